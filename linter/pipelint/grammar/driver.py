"""Parse text with tables that lark has built: its LALR automaton and contextual lexer, no lark.

The trees are those of `Lark(parser="lalr", lexer="contextual", maybe_placeholders=False)`:
filtered punctuation, `?rule`, `_rule`, `-> alias` and `!rule` mean what lark's manual says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

END = "$END"
"""The terminal that stands for the end of the text."""


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


class _Rule(NamedTuple):
    origin: str
    name: str
    size: int
    kept: tuple[tuple[int, bool], ...]  # position in the rule; is it a `_rule` to spread
    may_vanish: bool  # `?rule`: an only child takes its place
    is_fragment: bool  # `_rule`: a list that its parent spreads
    is_chain: bool  # `?rule: other`: nothing happens to the value


class _Lexer(NamedTuple):
    match: Callable[[str, int], re.Match[str] | None]
    kinds: frozenset[str]


_State = dict[str, int]  # symbol -> the next state; or the bitwise complement of a rule to reduce

_REFUSE = 1 << 30
_ACCEPT = _REFUSE + 1
_EVERYTHING = -1

# A `_rule` that is not yet part of a tree is a list, so that long repetitions stay linear.
_Value = Any
_Range = tuple[int, int] | None


class Tables:
    """The tables of one grammar, made from the dict literal of a `_tables.py`.

    Rows are text. A state, a rule or a lexer is read when the parser first comes to it.
    """

    __slots__ = ("_lexers", "_raw", "_rules", "ignored", "keywords", "lexers", "start", "states")

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.start: str = raw["start"]
        self.ignored = frozenset[str](raw["ignored"])
        self.keywords: Mapping[str, Mapping[str, str]] = raw["keywords"]
        self.states: dict[int, _State] = {}
        self.lexers: dict[int, _Lexer] = {}
        self._rules: dict[int, _Rule] = {}
        self._lexers: dict[int, _Lexer] = {}

    def visit(self, number: int) -> _State:
        """Read a state of the automaton and the lexer that knows what can come next in it."""
        row: str = self._raw["states"][number]
        lexer, *entries = row.split()
        self.states[number] = _read_state(entries, self._raw["lexers"][int(lexer)].split())
        self.lexers[number] = self.lexer(int(lexer))
        return self.states[number]

    def state(self, number: int) -> _State:
        """Return a state of the automaton; 0 is the first."""
        return self.states.get(number) or self.visit(number)

    def rule(self, number: int) -> _Rule:
        """Return a rule to reduce by."""
        found = self._rules.get(number)
        if found is None:
            found = self._rules[number] = _read_rule(self._raw["rules"][number])
        return found

    def lexer(self, number: int) -> _Lexer:
        """Return one of the lexers; -1 is the one that knows every terminal."""
        found = self._lexers.get(number)
        if found is None:
            found = self._lexers[number] = _make_lexer(self._raw, number)
        return found


def parse(tables: Tables, text: str) -> Tree | SyntaxProblem:
    """Parse the whole text in linear time, without recursion.

    A text that a `?start` rule reduces to one token gives a tree of that rule with the token.
    """
    run = _Run(tables)
    return _advance(run, text) or _tree(run)


def _advance(run: _Run, text: str) -> SyntaxProblem | None:
    """Read tokens and shift them until the text is accepted; one loop, since it is the hot one."""
    tables, states, ignored, keywords = (
        run.tables,
        run.states,
        run.tables.ignored,
        run.tables.keywords,
    )
    position, size = 0, len(text)
    while True:
        match_at, kinds = tables.lexers[states[-1]]
        kind, end = END, position
        while position < size:
            match = match_at(text, position)
            if match is None:
                return _problem(tables, text, position, states)
            kind, end = match.lastgroup or END, match.end()
            if kind not in ignored:
                break
            kind, position = END, end
        word = text[position:end]
        if kind in keywords and keywords[kind].get(word) in kinds:
            kind = keywords[kind][word]
        run.popped.clear()
        while (action := tables.states[states[-1]].get(kind, _REFUSE)) < 0:
            run.reduce(tables.rule(~action))
        if action >= _REFUSE:
            break
        run.push(action, Token(kind, word, position, end), (position, end))
        position = run.last = end
    if action == _ACCEPT:
        return None
    return _problem(tables, text, position, _states_before(run))


class _Run:
    """One parse: the stacks of states, values and the ranges that the values take up."""

    __slots__ = ("last", "popped", "ranges", "states", "tables", "values")

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.last = 0  # where the last token ended
        self.states = [0]
        self.popped: list[list[int]] = []  # what each reduction before the present token took
        self.values: list[_Value] = []
        self.ranges: list[_Range] = []
        tables.state(0)

    def push(self, state: int, value: _Value, taken: _Range) -> None:
        """Enter a state with the value that led to it."""
        if state not in self.tables.states:
            self.tables.visit(state)
        self.states.append(state)
        self.values.append(value)
        self.ranges.append(taken)

    def reduce(self, rule: _Rule) -> None:
        """Replace the values of a rule by one."""
        states, values, ranges, size = self.states, self.values, self.ranges, rule.size
        cut = len(states) - size
        self.popped.append(states[cut:])
        del states[cut:]
        state = self.tables.states[states[-1]][rule.origin]
        if rule.is_chain:
            self.tables.state(state)
            states.append(state)
            return
        cut = len(values) - size
        taken = _cover(ranges[cut:])
        value = _build(rule, values[cut:], taken or (self.last, self.last))
        del values[cut:], ranges[cut:]
        self.push(state, value, taken)


def _states_before(run: _Run) -> list[int]:
    """Undo the reductions that the present token caused; the stack of states is then spent.

    The automaton reduces before it sees that a token does not fit, and then knows fewer
    continuations than there are.
    """
    for popped in reversed(run.popped):
        run.states[-1:] = popped
    return run.states


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


def _build(rule: _Rule, values: list[_Value], taken: tuple[int, int]) -> _Value:
    children = _kept(rule, values)
    if rule.may_vanish and len(children) == 1:
        return children[0]
    return children if rule.is_fragment else Tree(rule.name, tuple(children), *taken)


def _kept(rule: _Rule, values: list[_Value]) -> list[_Value]:
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


def _problem(tables: Tables, text: str, offset: int, states: list[int]) -> SyntaxProblem:
    kinds = tables.lexers[states[-1]].kinds
    expected = tuple(sorted(kind for kind in kinds if _fits(tables, states, kind)))
    return SyntaxProblem(offset, _end_of_word(tables, text, offset), expected)


def _fits(tables: Tables, states: list[int], kind: str) -> bool:
    """Tell whether a terminal can come next; reductions happen on a short stack of their own."""
    depth, above = len(states), list[int]()
    while True:
        state = above[-1] if above else states[depth - 1]
        action = tables.state(state).get(kind)
        if action is None or action >= 0:
            return action is not None
        rule = tables.rule(~action)
        from_above = min(rule.size, len(above))
        del above[len(above) - from_above :]
        depth -= rule.size - from_above
        state = above[-1] if above else states[depth - 1]
        above.append(tables.state(state)[rule.origin])


def _end_of_word(tables: Tables, text: str, offset: int) -> int:
    """Find where the misplaced token ends, if it is a token anywhere in the language."""
    match = tables.lexer(_EVERYTHING).match(text, offset)
    if match and match.lastgroup not in tables.ignored:
        return match.end()
    return min(offset + 1, len(text))


def _read_state(entries: list[str], kinds: list[str]) -> _State:
    """Read `PLUS>4 sum>7 *<5`: what to shift, what to reduce by, also on all other `kinds`."""
    actions: _State = {}
    for entry in entries:
        if ">" in entry:
            name, _, target = entry.partition(">")
            actions[name] = int(target)
        elif "<" in entry:
            name, _, rule = entry.partition("<")
            names = kinds if name == "*" else (name,)
            actions.update((each, ~int(rule)) for each in names if each not in actions)
        else:
            actions[END] = _ACCEPT
    return actions


def _read_rule(row: str) -> _Rule:
    """Read `?sum: sum -PLUS *_rest` or `sum add: ...`: origin, name; `-` left out, `*` spread."""
    head, _, symbols = row.partition(":")
    origin, _, name = head.removeprefix("?").partition(" ")
    parts = symbols.split()
    kept = tuple((i, part[0] == "*") for i, part in enumerate(parts) if part[0] != "-")
    may_vanish, is_fragment = head[0] == "?", origin[0] == "_"
    is_chain = may_vanish and len(parts) == 1 and kept == ((0, False),)
    return _Rule(origin, name or origin, len(parts), kept, may_vanish, is_fragment, is_chain)


def _make_lexer(raw: Mapping[str, Any], number: int) -> _Lexer:
    terminals: Mapping[str, str] = raw["terminals"]
    kinds = set(terminals if number == _EVERYTHING else raw["lexers"][number].split())
    read = kinds | set(raw["ignored"])
    as_keyword = {
        word for host, words in raw["keywords"].items() if host in read for word in words.values()
    }
    # `terminals` is in the order in which lark tries them: priority first, then length.
    groups = [
        f"(?P<{name}>{pattern})"
        for name, pattern in terminals.items()
        if name in read and name not in as_keyword
    ]
    return _Lexer(re.compile("|".join(groups) or "(?!)").match, frozenset(kinds))
