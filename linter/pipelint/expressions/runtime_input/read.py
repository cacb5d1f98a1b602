"""Read `<+input>` with its suffixes."""

from __future__ import annotations

from functools import lru_cache

from pipelint.expressions.vocabulary import TOKEN
from pipelint.grammar.driver import SyntaxProblem, Tables, Token, Tree, parse
from pipelint.record import NamedTuple

LONGEST = 4_000
"""Longer texts, in code points, are not read."""

_KNOWN = (".default(", ".regex(", ".allowedValues(", ".selectOneFrom(", ".selectManyFrom(")


class Suffix(NamedTuple):
    """`.name(argument)`; `argument` is None without parentheses. Places are in the text."""

    name: str
    start: int
    end: int
    argument: str | None
    argument_start: int
    stop: int  # behind the whole of it


class RuntimeInput(NamedTuple):
    """An `<+input>` that is a whole text; `problem` is where it stops being one.

    `suffixes` are complete unless there is a problem.
    """

    suffixes: tuple[Suffix, ...]
    problem: SyntaxProblem | None = None


PLAIN = RuntimeInput(())


def is_runtime_input(text: str) -> bool:
    """Tell whether a text asks for a runtime input, right or wrong."""
    return text.startswith(TOKEN)


def read_runtime_input(text: str) -> RuntimeInput:
    """Read a text that begins with `<+input>`; blanks at its end do not count."""
    text = text.rstrip()
    return PLAIN if text == TOKEN or len(text) > LONGEST else _read(text)


@lru_cache(maxsize=512)
def _read(text: str) -> RuntimeInput:
    result = parse(_tables(), text)
    if isinstance(result, Tree):
        return RuntimeInput(tuple(_suffix(text, tree) for tree in result.children[1:]))
    if text.endswith(")") and text.startswith(_KNOWN, len(TOKEN)):
        return PLAIN  # parentheses that do not pair are fine, only nobody knows where they end
    return RuntimeInput((), result)


def _suffix(text: str, tree: Tree | Token) -> Suffix:
    assert isinstance(tree, Tree)  # noqa: S101 - the grammar says so
    word, *argument = tree.children
    start, end = word.start, word.end
    name = text[start:end]
    if argument:
        inside = argument[0]
        return Suffix(name, start, end, text[inside.start : inside.end], inside.start, tree.end)
    is_called = tree.end > end
    return Suffix(name, start, end, "" if is_called else None, end + is_called, tree.end)


@lru_cache(maxsize=1)
def _tables() -> Tables:
    from pipelint.expressions.runtime_input._tables import TABLES

    return Tables(TABLES)
