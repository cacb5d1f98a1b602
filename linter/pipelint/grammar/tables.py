"""The tables of a grammar: text rows as lark's builder leaves them, read when they are needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

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
    is_whole: bool  # nothing is left out or spread


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

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class _Lazy(dict[_Key, _Made]):
    """What is made when it is first asked for."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[_Key], _Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Made:
        made = self[key] = self._make(key)
        return made


class Tables:
    """The tables of one grammar, made from the dict literal of a `_tables.py`.

    Rows are text: a state, a rule or a lexer is read when the parser first comes to it. `lexers`
    are those of the states, by their numbers; 0 is the first state.
    """

    __slots__ = (
        "_cutters", "_raw", "ignored", "keywords", "lexers", "rules", "settled", "start", "states",
    )  # fmt: skip

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.start: str = raw["start"]
        self.ignored = frozenset[str](raw["ignored"])
        self.keywords: Mapping[str, Mapping[str, str]] = raw["keywords"]
        self.states = _Lazy(self._state)
        self.lexers = _Lazy(self._lexer)
        self.rules = _Lazy(self._rule)
        self.settled = _Lazy(self._settle)
        self._cutters = _Lazy(self._cutter)

    @property
    def everything(self) -> Lexer:
        """The lexer that knows every terminal."""
        return self._cutters[EVERYTHING]

    def _state(self, number: int) -> State:
        lexer, *entries = self._raw["states"][number].split()
        return _read_state(entries, self._raw["lexers"][int(lexer)].split())

    def _lexer(self, state: int) -> Lexer:
        return self._cutters[int(self._raw["states"][state].partition(" ")[0])]

    def _cutter(self, number: int) -> Lexer:
        return _make_lexer(self._raw, number)

    def _rule(self, number: int) -> Rule:
        return _read_rule(self._raw["rules"][number])

    def _settle(self, way: tuple[int, str, str]) -> int:
        """Return where a state leads with a symbol, and a terminal behind it.

        A value passes a dozen levels of operators, `?rule: other`, which do nothing to it: what
        comes behind all of these is kept as one step.
        """
        state, symbol, kind = way
        while True:
            next_state = self.states[state][symbol]
            action = self.states[next_state].get(kind, REFUSE)
            if action >= 0 or not self.rules[~action].is_chain:
                return next_state
            symbol = self.rules[~action].origin


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
    is_whole = kept == tuple((i, False) for i in range(len(parts)))
    return Rule(
        origin, name or origin, len(parts), kept, may_vanish, is_fragment, is_chain, is_whole
    )


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
