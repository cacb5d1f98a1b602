"""A line says everything that was found, and nothing that a stranger makes of it does harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linting import checked
from pipelint.cache import lines, shelf
from pipelint.cache.lines import DamagedError
from pipelint.diagnostic import (
    BASELINE,
    IGNORE,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Related,
    Suppression,
)
from pipelint.engine import Checked
from pipelint.source import Source, Span
from properties.texts import seeds

EVERYTHING = Checked(
    Source("steps: []\n", "a.yml"),
    "vela-pipeline",
    True,  # noqa: FBT003
    (
        Diagnostic(
            "a.yml",
            "x",
            "warning",
            Finding(
                Span(1, 2),
                "m\ud800é",
                "l",
                "h",
                ("n", "\x00\n"),
                (Related(Span(3, 4), "r"), Related(Span(5, 6), "s", "b.yml")),
                (Fix("f", (Edit(Span(7, 8), "t"), Edit(Span(9, 9), ""))), Fix("g", (), safe=False)),
            ),
            "0123",
            Suppression(IGNORE, "why"),
            "place",
            3,
        ),
        Diagnostic(
            "a.yml", "y", "info", Finding(Span(0, 1), "m"), suppressed=Suppression(BASELINE)
        ),
    ),
    "a note",
    (Span(2, 3),),
    complete=False,
)


def again(found: Checked) -> Checked:
    """Write what was found, and read it."""
    asked, rest = lines.read(lines.write(found, [("file", "a", "found", "b", "c")]))
    assert asked == (("file", "a", "found", "b", "c"),)
    return lines.read_checked(rest, found.source)


def test_nothing_is_lost() -> None:
    assert again(EVERYTHING) == EVERYTHING
    parts: list[object] = [*EVERYTHING.diagnostics, *EVERYTHING.diagnostics[0].finding.fixes]
    for one, other in zip(again(EVERYTHING).diagnostics, EVERYTHING.diagnostics, strict=True):
        assert type(one.finding.span) is type(other.finding.span) is Span
    assert len(parts) == 4


def test_nothing_is_lost_of_real_findings() -> None:
    found = [checked(text) for text in seeds()[::7]]
    assert sum(len(one.diagnostics) for one in found) > 100
    for one in found:
        assert again(one) == one


def test_a_line_is_ascii_and_one() -> None:
    text = lines.write(EVERYTHING, ())
    line = shelf.line_of("0" * 32, text)
    assert b"\n" not in line
    assert shelf.text_of(line).decode() == text


def test_a_line_does_not_hold_the_text_or_the_path() -> None:
    text = lines.write(EVERYTHING, ())
    assert "a.yml" not in text
    assert "steps" not in text


plain = st.none() | st.booleans() | st.integers(-1, 9) | st.text(max_size=3)
anything = st.recursive(plain, lambda inner: st.lists(inner, max_size=4), max_leaves=6)


@given(st.lists(anything, min_size=6, max_size=8))
def test_anything_else_is_refused(value: list[object]) -> None:
    text = json.dumps(value)
    try:
        asked, rest = lines.read(text)
        found = lines.read_checked(rest, EVERYTHING.source)
    except DamagedError:
        return
    assert isinstance(asked, tuple)
    assert json.loads(lines.write(found, asked)) == json.loads(text)


PLACES = [
    ([1], "vela-pipeline", 7),
    ([2], True, "yes"),
    ([3], "a note", None),
    ([4, 0, 0], 2, -1),
    ([5], False, 0),
    ([6, 0, 2], "warning", "deadly"),
    ([6, 0, 3, 0, 0], 1, 1.5),
    ([6, 0, 3, 1], "m\ud800é", ["m"]),
    ([6, 0, 3, 6, 0, 2], True, 1),
    ([6, 0, 5, 0], "ignore", "fate"),
    ([6, 0, 7], 3, True),
]


@pytest.mark.parametrize(("way", "good", "bad"), PLACES)
def test_a_value_of_another_type_is_refused(way: list[int], good: object, bad: object) -> None:
    value = json.loads(lines.write(EVERYTHING, ()))
    place = value
    for step in way[:-1]:
        place = place[step]
    assert place[way[-1]] == good
    place[way[-1]] = bad
    _, rest = lines.read(json.dumps(value))
    with pytest.raises(DamagedError):
        lines.read_checked(rest, EVERYTHING.source)


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 100_000, "7", "null", "{}", '"x"', "[[[]]]", "[7]"]
)
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(DamagedError):
        lines.read(text)
