"""The tables of a grammar: text rows as lark's builder leaves them, read when they are needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pipelint.record import NamedTuple

END = "$END"
"""The terminal that stands for the end of the text."""


class Rule(NamedTuple):
    """A rule to reduce by: `size` values become one of `origin`."""

    origin: str
    name: str
    size: int
    kept: tuple[tuple[int, bool], ...]  # position in the rule; is it a `_rule` to spread
    may_vanish: bool  # `?rule`: an only child takes its place
    is_fragment: bool  # `_rule`: a list that its parent spreads
    is_chain: bool  # `?rule: other`: nothing happens to the value


class Lexer(NamedTuple):
    """How to cut the next token where only `kinds` are of use."""

    match: Callable[[str, int], re.Match[str] | None]
    kinds: frozenset[str]


State = dict[str, int]  # symbol -> the next state; or the bitwise complement of a rule to reduce

# Actions that are neither a state nor a rule.
REFUSE = 1 << 30
ACCEPT = REFUSE + 1

EVERYTHING = -1
"""The number of the lexer that knows every terminal."""


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
        self.states: dict[int, State] = {}
        self.lexers: dict[int, Lexer] = {}
        self._rules: dict[int, Rule] = {}
        self._lexers: dict[int, Lexer] = {}

    def visit(self, number: int) -> State:
        """Read a state of the automaton and the lexer that knows what can come next in it."""
        row: str = self._raw["states"][number]
        lexer, *entries = row.split()
        self.states[number] = _read_state(entries, self._raw["lexers"][int(lexer)].split())
        self.lexers[number] = self.lexer(int(lexer))
        return self.states[number]

    def state(self, number: int) -> State:
        """Return a state of the automaton; 0 is the first."""
        return self.states.get(number) or self.visit(number)

    def rule(self, number: int) -> Rule:
        """Return a rule to reduce by."""
        found = self._rules.get(number)
        if found is None:
            found = self._rules[number] = _read_rule(self._raw["rules"][number])
        return found

    def lexer(self, number: int) -> Lexer:
        """Return one of the lexers, by its number in the tables or EVERYTHING."""
        found = self._lexers.get(number)
        if found is None:
            found = self._lexers[number] = _make_lexer(self._raw, number)
        return found


def _read_state(entries: list[str], kinds: list[str]) -> State:
    """Read `PLUS>4 sum>7 *<5`: what to shift, what to reduce by, also on all other `kinds`."""
    actions: State = {}
    for entry in entries:
        if ">" in entry:
            name, _, target = entry.partition(">")
            actions[name] = int(target)
        elif "<" in entry:
            name, _, rule = entry.partition("<")
            names = kinds if name == "*" else (name,)
            actions.update((each, ~int(rule)) for each in names if each not in actions)
        else:
            actions[END] = ACCEPT
    return actions


def _read_rule(row: str) -> Rule:
    """Read `?sum: sum -PLUS *_rest` or `sum add: ...`: origin, name; `-` left out, `*` spread."""
    head, _, symbols = row.partition(":")
    origin, _, name = head.removeprefix("?").partition(" ")
    parts = symbols.split()
    kept = tuple((i, part[0] == "*") for i, part in enumerate(parts) if part[0] != "-")
    may_vanish, is_fragment = head[0] == "?", origin[0] == "_"
    is_chain = may_vanish and len(parts) == 1 and kept == ((0, False),)
    return Rule(origin, name or origin, len(parts), kept, may_vanish, is_fragment, is_chain)


def _make_lexer(raw: Mapping[str, Any], number: int) -> Lexer:
    terminals: Mapping[str, str] = raw["terminals"]
    kinds = set(terminals if number == EVERYTHING else raw["lexers"][number].split())
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
    return Lexer(re.compile("|".join(groups) or "(?!)").match, frozenset(kinds))
