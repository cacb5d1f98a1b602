"""How tightly operators bind: a flat operation becomes a tree of binary and prefix ones."""

from __future__ import annotations

from pipelint.grammar.driver import Token, Tree
from pipelint.record import NamedTuple
from pipelint.vela.evaluation.parsing import Node

COMPARISONS = ("<", ">", "<=", ">=")

_BINDS = {
    "or": 10,
    "||": 10,
    "and": 15,
    "&&": 15,
    **dict.fromkeys(("==", "!=", *COMPARISONS), 20),
    **dict.fromkeys(("in", "matches", "contains", "startsWith", "endsWith"), 20),
    "..": 25,
    "+": 30,
    "-": 30,
    "*": 60,
    "/": 60,
    "%": 60,
    "**": 100,
    "^": 100,
    "??": 500,
}
_PREFIX_BINDS = {"not": 50, "!": 50, "-": 90, "+": 90}
_FROM_THE_RIGHT = frozenset({"**", "^"})


class Mixture(NamedTuple):
    """An operator that may not stand beside `??` without parentheses."""

    operator: Token


class _Waiting(NamedTuple):
    """An operator whose right operand is not complete; one that binds less tightly ends it."""

    tokens: tuple[Token, ...]
    least: int
    is_prefix: bool


def bind(operation: Tree) -> Tree | Mixture:
    """Make the tree of an operation, in linear time and without recursion.

    The trees: `prefix` (operator, operand); `binary` (left, operator, right), `negated` (left,
    `not`, operator, right); `comparison`, like `binary`, whose left may be one too: `a < b < c`
    compares b twice; and `pipe` (left, call).
    """
    run = _Run()
    tokens: list[Token] = []
    for child in operation.children:
        if isinstance(child, Token):
            tokens.append(child)
            continue
        if child.name == "piped":
            run.pipe(child)
        elif (mixture := run.push(tokens, child)) is not None:
            return mixture
        tokens = []
    run.reduce(-1)
    return run.operands[-1]


class _Run:
    """Operands and waiting operators; `last` is the operator before, at each depth of them."""

    __slots__ = ("last", "operands", "waiting")

    def __init__(self) -> None:
        self.operands: list[Tree] = []
        self.waiting: list[_Waiting] = []
        self.last = [""]

    def push(self, tokens: list[Token], operand: Tree) -> Mixture | None:
        """Take what stands between two operands, a binary operator and prefixes, and the next."""
        prefixes = tokens
        if self.operands:
            size = 2 if tokens[0].kind == "NOT" else 1
            operator, prefixes = tokens[:size], tokens[size:]
            if (mixture := self._push_binary(operator)) is not None:
                return mixture
        for prefix in prefixes:
            self._wait(_Waiting((prefix,), _PREFIX_BINDS[prefix.text], is_prefix=True))
        self.operands.append(operand)
        return None

    def pipe(self, call: Tree) -> None:
        """Give all that stands before `|` to the call after it."""
        self.reduce(-1)
        left = self.operands.pop()
        self.operands.append(_tree("pipe", (left, call)))
        self.last[-1] = "|"

    def reduce(self, binds: int) -> None:
        """Complete the operators that do not leave their right operand to the next operator."""
        while self.waiting and binds < self.waiting[-1].least:
            operator = self.waiting.pop()
            self.last.pop()
            right = self.operands.pop()
            if operator.is_prefix:
                self.operands.append(_tree("prefix", (*operator.tokens, right)))
                continue
            left = self.operands.pop()
            self.operands.append(_join(left, operator.tokens, right))
            self.last[-1] = operator.tokens[-1].text

    def _push_binary(self, tokens: list[Token]) -> Mixture | None:
        text = tokens[-1].text
        binds = _BINDS[text]
        self.reduce(binds)
        if self.last[-1] == "??" != text:
            return Mixture(tokens[0])
        least = binds if text in _FROM_THE_RIGHT else binds + 1
        self._wait(_Waiting(tuple(tokens), least, is_prefix=False))
        return None

    def _wait(self, operator: _Waiting) -> None:
        self.waiting.append(operator)
        self.last.append("")


def _join(left: Tree, tokens: tuple[Token, ...], right: Tree) -> Tree:
    if len(tokens) > 1:
        return _tree("negated", (left, *tokens, right))
    name = "comparison" if tokens[0].text in COMPARISONS else "binary"
    return _tree(name, (left, *tokens, right))


def _tree(name: str, children: tuple[Node, ...]) -> Tree:
    return Tree(name, children, children[0].start, children[-1].end)
