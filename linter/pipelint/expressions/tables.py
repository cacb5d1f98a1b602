"""Parsing tables that make a lexer when it reads, not when its state is passed.

A value passes twelve levels of operators, each a state with a lexer of its own, and all but one of
them read nothing. Making a lexer costs more than parsing ten expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipelint.grammar.tables import Lexer, State, Tables, _read_state


class _Lexers(dict[int, Lexer]):
    """Lexers by the number of a state; `numbers` are those of the lexers."""

    def __init__(self, make: Callable[[int], Lexer]) -> None:
        super().__init__()
        self.numbers: dict[int, int] = {}
        self._make = make

    def __missing__(self, state: int) -> Lexer:
        lexer = self[state] = self._make(self.numbers[state])
        return lexer


class LazyTables(Tables):
    """The tables of one grammar; each lexer is made for the first token that it reads."""

    __slots__ = ("_numbers", "_rows")

    def __init__(self, raw: Mapping[str, Any]) -> None:
        super().__init__(raw)
        self._rows = raw
        lexers = _Lexers(self.lexer)
        self._numbers = lexers.numbers
        self.lexers = lexers

    def visit(self, number: int) -> State:
        """Read a state of the automaton."""
        lexer, *entries = self._rows["states"][number].split()
        self._numbers[number] = int(lexer)
        self.states[number] = _read_state(entries, self._rows["lexers"][int(lexer)].split())
        return self.states[number]
