"""Parse text with tables that lark has built: its LALR automaton and contextual lexer, no lark.

The trees are those of `Lark(parser="lalr", lexer="contextual", maybe_placeholders=False)`:
filtered punctuation, `?rule`, `_rule`, `-> alias` and `!rule` mean what lark's manual says.
"""

from __future__ import annotations

from typing import Any

from pipelint.grammar.tables import ACCEPT, END, REFUSE, Rule, Tables
from pipelint.record import NamedTuple

__all__ = ["SyntaxProblem", "Tables", "Token", "Tree", "explain", "parse", "read"]

_MOST_REDUCTIONS = 1_000  # to find out what is expected


class Token(NamedTuple):
    """A piece of the text: `kind` is its terminal, the offsets are 0-based, `end` is exclusive."""

    kind: str
    text: str
    start: int
    end: int


class Tree(NamedTuple):
    """A rule's match. Its range covers what is filtered out too, such as parentheses.

    An empty match has the empty range after the token before it.
    """

    name: str
    children: tuple[Tree | Token, ...]
    start: int
    end: int


class SyntaxProblem(NamedTuple):
    """The first token that cannot stand where it does.

    `start` and `end` are 0-based; both are the length of the text where it ends too early.
    `expected` are the terminals that could stand here instead, sorted; `$END` is one of them.
    """

    start: int
    end: int
    expected: tuple[str, ...]


# A `_rule` that is not yet part of a tree is a list, so that long repetitions stay linear.
_Value = Any
_Range = tuple[int, int] | None


def parse(tables: Tables, text: str) -> Tree | SyntaxProblem:
    """Parse the whole text in linear time, without recursion.

    A text that a `?start` rule reduces to one token gives a tree of that rule with the token.
    """
    result = read(tables, text)
    return result if isinstance(result, Tree) else explain(tables, text, result)


def read(tables: Tables, text: str) -> Tree | int:
    """Parse as `parse` does; return only the offset of the first token that cannot stand there."""
    run = _Run(tables)
    refused = _advance(run, text, len(text) + 1)
    return _tree(run) if refused is None else refused


def explain(tables: Tables, text: str, offset: int) -> SyntaxProblem:
    """Say what could stand at the offset that `read` has returned.

    The automaton reduces before it sees that a token does not fit, and then knows fewer
    continuations than there are: so go there again, and stop before it.
    """
    run = _Run(tables)
    _advance(run, text, offset)
    kinds = tables.lexers[run.states[-1]].kinds
    expected = tuple(sorted(kind for kind in kinds if _fits(tables, run.states, kind)))
    return SyntaxProblem(offset, _end_of_word(tables, text, offset), expected)


def _advance(run: _Run, text: str, stop: int) -> int | None:
    """Shift tokens until the text is accepted, or one at `stop` or behind it has been read.

    Returns the place of the token that is not accepted. One loop, since it is the hot one.
    """
    tables, states, values, ranges = run.tables, run.states, run.values, run.ranges
    ignored, keywords, rows, lexers = tables.ignored, tables.keywords, tables.states, tables.lexers
    position, size = 0, len(text)
    while True:
        match_at, kinds = lexers[states[-1]]
        kind, end = END, position
        while position < size:
            match = match_at(text, position)
            if match is None:
                return position
            kind, end = match.lastgroup or END, match.end()
            if kind not in ignored:
                break
            kind, position = END, end
        if position >= stop:
            return position
        word = text[position:end]
        if kind in keywords and keywords[kind].get(word) in kinds:
            kind = keywords[kind][word]
        while (action := rows[states[-1]].get(kind, REFUSE)) < 0:
            run.reduce(tables.rules[~action], kind)
        if action >= REFUSE:
            return None if action == ACCEPT else position
        states.append(action)
        values.append(_new(Token, (kind, word, position, end)))
        ranges.append((position, end))
        position = run.last = end


class _Run:
    """One parse: the stacks of states, values and the ranges that the values take up."""

    __slots__ = ("last", "ranges", "states", "tables", "values")

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.last = 0  # where the last token ended
        self.states = [0]
        self.values: list[_Value] = []  # one less than states
        self.ranges: list[_Range] = []

    def reduce(self, rule: Rule, kind: str) -> None:
        """Replace the values of a rule by one; `kind` is the terminal behind them."""
        states, values, ranges, size = self.states, self.values, self.ranges, rule.size
        cut = len(values) - size
        del states[cut + 1 :]
        states.append(self.tables.settled[states[-1], rule.origin, kind])
        if rule.is_chain:
            return
        if size == 1:
            taken = ranges[-1]
        else:
            taken = _cover(ranges[cut:])
            ranges[cut:] = (taken,)
        value = _build(rule, values[cut:], taken or (self.last, self.last))
        values[cut:] = (value,)


_new = tuple.__new__  # what the constructor of a tuple with names comes to, in half of the time


def _tree(run: _Run) -> Tree:
    value = run.values[-1]
    if isinstance(value, Tree):
        return value
    start, end = run.ranges[-1] or (0, 0)
    children = (value,) if isinstance(value, Token) else tuple(value)
    return Tree(run.tables.start, children, start, end)


def _cover(ranges: list[_Range]) -> _Range:
    """Join ranges; None is the range of an empty match."""
    if ranges and ranges[0] and ranges[-1]:
        return ranges[0][0], ranges[-1][1]
    taken = [each for each in ranges if each]
    return (taken[0][0], taken[-1][1]) if taken else None


def _build(rule: Rule, values: list[_Value], taken: tuple[int, int]) -> _Value:
    children = values if rule.is_whole else _kept(rule, values)
    if rule.may_vanish and len(children) == 1:
        return children[0]
    return children if rule.is_fragment else _new(Tree, (rule.name, tuple(children), *taken))


def _kept(rule: Rule, values: list[_Value]) -> list[_Value]:
    children: list[_Value] = []
    for index, is_fragment in rule.kept:
        if not is_fragment:
            children.append(values[index])
        elif children:
            children += values[index]
        else:
            # The long side of a repetition is its left: go on with its list, nobody else has it.
            children = values[index]
    return children


def _fits(tables: Tables, states: list[int], kind: str) -> bool:
    """Tell whether a terminal can come next, or would take too long to exclude.

    Reductions happen on a short stack of their own, above a part of `states`.
    """
    depth, above = len(states), list[int]()
    for _ in range(_MOST_REDUCTIONS):
        action = tables.states[above[-1] if above else states[depth - 1]].get(kind)
        if action is None or action >= 0:
            return action is not None
        rule = tables.rules[~action]
        from_above = min(rule.size, len(above))
        del above[len(above) - from_above :]
        depth -= rule.size - from_above
        state = above[-1] if above else states[depth - 1]
        above.append(tables.settled[state, rule.origin, kind])
    return True


def _end_of_word(tables: Tables, text: str, offset: int) -> int:
    """Find where the misplaced token ends, if it is a token anywhere in the language."""
    match = tables.everything.match(text, offset)
    if match and match.lastgroup not in tables.ignored:
        return match.end()
    return min(offset + 1, len(text))
