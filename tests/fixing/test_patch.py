"""Differences are those that `patch` and `git apply` understand."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelint.diagnostic import Edit
from pipelint.fixing.edits import apply
from pipelint.fixing.patch import patch
from pipelint.source import Span

TEXT = "".join(f"line {number}\n" for number in range(1, 21))


def replaced(text: str, *pairs: tuple[str, str]) -> list[Edit]:
    """Make edits that replace words which stand in a text once."""
    at = [text.index(f"{old}\n") for old, _ in pairs]
    return sorted(
        Edit(Span(start, start + len(old)), new)
        for start, (old, new) in zip(at, pairs, strict=True)
    )


def test_changes_stand_between_three_lines_that_stay() -> None:
    edits = replaced(TEXT, ("line 5", "five"))
    assert list(patch("a.yml", TEXT, edits)) == [
        "--- a.yml",
        "+++ a.yml",
        "@@ -2,7 +2,7 @@",
        " line 2",
        " line 3",
        " line 4",
        "-line 5",
        "+five",
        " line 6",
        " line 7",
        " line 8",
    ]


def test_what_is_near_stands_together() -> None:
    near = list(patch("a.yml", TEXT, replaced(TEXT, ("line 5", "x"), ("line 12", "y"))))
    far = list(patch("a.yml", TEXT, replaced(TEXT, ("line 5", "x"), ("line 13", "y"))))
    assert [line for line in near if line.startswith("@@")] == ["@@ -2,14 +2,14 @@"]
    assert [line for line in far if line.startswith("@@")] == [
        "@@ -2,7 +2,7 @@",
        "@@ -10,7 +10,7 @@",
    ]


def test_a_missing_end_of_line_is_said() -> None:
    lines = list(patch("a", "a\nb", [Edit(Span(2, 3), "c")]))
    mark = "\\ No newline at end of file"
    assert lines[2:] == ["@@ -1,2 +1,2 @@", " a", "-b", mark, "+c", mark]


def test_no_change_is_no_difference() -> None:
    assert list(patch("a", TEXT, [])) == []
    assert list(patch("a", TEXT, [Edit(Span(0, 4), "line")])) == []


@pytest.mark.parametrize("nasty", ["\x1b[31m", "\u202e", "\x85", "a\rb", "\x07"])
def test_nothing_acts_on_a_terminal(nasty: str) -> None:
    lines = list(
        patch("a\x1b", f"{nasty}\nb\r\n", [Edit(Span(len(nasty) + 1, len(nasty) + 2), "c")])
    )
    assert lines[0] == r"--- a\x1b"
    assert not any(character in line[:-1] for line in lines for character in "\x1b\u202e\x85\r\x07")
    assert lines[-2:] == ["-b\r", "+c\r"]


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Draw a text and edits of it."""
    text = draw(st.text("ab\r\n\t", min_size=1, max_size=60))
    places = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    spans = [Span(*places[at : at + 2]) for at in range(0, len(places) - 1, 2)]
    return text, [Edit(span, draw(st.text("xy\n", max_size=5))) for span in spans]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes())
def test_git_applies_it(tmp_path: Path, change: tuple[str, list[Edit]]) -> None:
    text, edits = change
    lines = list(patch("a.yml", text, edits))
    if any(r"\r" in line for line in lines):
        return  # a lone carriage return is shown, not written
    assert bool(lines) == (apply(text, edits) != text)
    assert applied(tmp_path, text, lines) == apply(text, edits).encode()


def applied(folder: Path, text: str, lines: Sequence[str]) -> bytes:
    (folder / "a.yml").write_bytes(text.encode())
    if lines:
        given = "".join(f"{line}\n" for line in lines).encode()
        command = ["git", "apply", "-p0", "--unidiff-zero", "--whitespace=nowarn", "-"]
        subprocess.run(command, cwd=folder, input=given, check=True)
    path = folder / "a.yml"
    return path.read_bytes() if path.exists() else b""
