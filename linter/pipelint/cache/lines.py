"""What was found in a file as one line of JSON, and back.

A line may come from a stranger: whatever is not as it was written raises DamagedError, and nothing
in it is ever run. The text of the file is not in it, and neither is its path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pipelint.cache.questions import Question
from pipelint.diagnostic import (
    BASELINE,
    IGNORE,
    LEVELS,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Related,
    Suppression,
)
from pipelint.engine import Checked
from pipelint.source import Source, Span

_Item = TypeVar("_Item")


class DamagedError(ValueError):
    """A line is not what was written."""


def write(checked: Checked, asked: Iterable[Question]) -> str:
    """Write a line, in ASCII."""
    found = [one._replace(path="") for one in checked.diagnostics]
    rest = (checked.kind, checked.checked, checked.note, checked.masked, checked.complete)
    return json.dumps([list(asked), *rest, found], separators=(",", ":"))


def read(said: str | bytes) -> tuple[tuple[Question, ...], Any]:
    """Read the questions of a line; the rest is for `read_checked`."""
    try:
        asked, *rest = json.loads(said)
        return _each(_question, asked), rest
    except (RecursionError, TypeError, ValueError) as error:
        raise DamagedError from error


def read_checked(rest: Any, source: Source) -> Checked:
    """Make the rest of a line what was found in a text."""
    try:
        kind, checked, note, masked, complete, found = rest
        path = source.path
        return Checked(
            source,
            _text(kind),
            _truth(checked),
            tuple([_diagnostic(path, *one) for one in found]),
            _text(note),
            _each(_span, masked),
            _truth(complete),
        )
    except (TypeError, ValueError) as error:
        raise DamagedError from error


# --- values --------------------------------------------------------------------------------------


def _each(read: Callable[[Any], _Item], values: Any) -> tuple[_Item, ...]:
    return tuple([read(value) for value in values])


def _text(value: Any) -> str:
    if type(value) is not str:
        raise DamagedError(value)
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise DamagedError(value)
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise DamagedError(value)
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise DamagedError(value)
    return _text(value)


def _question(value: Any) -> Question:
    how, name, state, path, digest = value
    return _text(how), _text(name), _text(state), _text(path), _text(digest)


def _span(value: Any) -> Span:
    start, end = value
    return Span(_number(start), _number(end))


def _diagnostic(path: str, *values: Any) -> Diagnostic:
    _, rule, level, finding, mark, suppressed, place, ordinal = values
    return Diagnostic(
        path,
        _text(rule),
        _one_of(level, LEVELS),
        _finding(finding),
        _text(mark),
        None if suppressed is None else _suppression(suppressed),
        _text(place),
        _number(ordinal),
    )


def _finding(value: Any) -> Finding:
    span, message, label, help_, notes, related, fixes = value
    return Finding(
        _span(span),
        _text(message),
        _text(label),
        _text(help_),
        _each(_text, notes) if notes else (),
        _each(_related, related) if related else (),
        _each(_fix, fixes) if fixes else (),
    )


def _suppression(value: Any) -> Suppression:
    kind, reason = value
    return Suppression(_one_of(kind, (IGNORE, BASELINE)), _text(reason))


def _related(value: Any) -> Related:
    span, message, path = value
    return Related(_span(span), _text(message), None if path is None else _text(path))


def _fix(value: Any) -> Fix:
    title, edits, safe = value
    return Fix(_text(title), _each(_edit, edits), _truth(safe))


def _edit(value: Any) -> Edit:
    span, text = value
    return Edit(_span(span), _text(text))
