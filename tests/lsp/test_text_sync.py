"""The text of the server is that of the editor, whatever is typed, in every encoding."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelint.source import Source
from pipelint_lsp.convert.columns import UTF8, UTF16, UTF32, Change, Columns, apply

ENCODINGS = (UTF8, UTF16, UTF32)
CODECS = {UTF8: ("utf-8", 1), UTF16: ("utf-16-le", 2), UTF32: ("utf-32-le", 4)}
ALPHABET = "ab:- \n\r\t\x0c\x0b\x1c\x85\u2028\u2029äé€\U0001f600\ufeff"

texts = st.text(ALPHABET, max_size=30)
places = st.tuples(st.integers(0, 8), st.integers(0, 40))
changes = st.lists(
    st.one_of(texts.map(Change), st.builds(Change, texts, places, places)), max_size=4
)


def lines_of(text: str) -> list[str]:
    """Split a text at the three line ends of the protocol, and keep them."""
    lines, line = [], ""
    for at, sign in enumerate(text):
        line += sign
        if sign == "\n" or (sign == "\r" and text[at + 1 : at + 2] != "\n"):
            lines.append(line)
            line = ""
    return [*lines, line]


def model_offset(text: str, place: tuple[int, int], encoding: str) -> int:
    """Walk to a place unit by unit: slow, and plain to see."""
    lines = lines_of(text)
    number, column = place
    if number >= len(lines):
        return len(text)
    at = sum(map(len, lines[:number]))
    codec, width = CODECS[encoding]
    for sign in lines[number].rstrip("\r\n"):
        units = len(sign.encode(codec)) // width
        if units > column:
            break
        column -= units
        at += 1
    return at


def model_apply(text: str, change: Change, encoding: str) -> str:
    if change.start is None or change.end is None:
        return change.text
    one, other = (model_offset(text, place, encoding) for place in (change.start, change.end))
    return text[: min(one, other)] + change.text + text[max(one, other) :]


@example("\ufeffa", [Change("b", (0, 0), (0, 0))], "utf-8")
@given(texts, changes, st.sampled_from(ENCODINGS))
def test_changes_are_applied_as_the_editor_does(
    text: str, edits: list[Change], encoding: str
) -> None:
    expected = text
    for change in edits:
        expected = model_apply(expected, change, encoding)
    assert apply(text, edits, encoding) == expected


@given(texts, st.sampled_from(ENCODINGS), st.data())
def test_every_offset_finds_its_way_back(text: str, encoding: str, data: st.DataObject) -> None:
    columns = Columns(Source(text), encoding, marked=text.startswith("\ufeff"))
    offset = data.draw(st.integers(0, len(columns.source.text)))
    inside_of_line_end = columns.source.text[offset - 1 : offset + 1] == "\r\n"
    back = columns.offset(*columns.place(offset))
    assert back == offset - inside_of_line_end


@pytest.mark.parametrize("mark", ["\x0c", "\x0b", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_line_ends_end_lines(mark: str) -> None:
    """What pygls takes for a line end is none for editors."""
    assert apply(f"a{mark}b\nc", [Change("X", (1, 0), (1, 0))], UTF16) == f"a{mark}b\nXc"


@pytest.mark.parametrize(("text", "expected"), [("abc", "abcX"), ("abc\n", "abcX\n")])
def test_places_behind_a_line_are_its_end(text: str, expected: str) -> None:
    """In pygls, one on the last line ends up before its last character."""
    assert apply(text, [Change("X", (0, 99), (0, 99))], UTF16) == expected


def test_places_in_the_middle_of_a_character_are_before_it() -> None:
    assert apply("\U0001f600", [Change("X", (0, 1), (0, 1))], UTF16) == "X\U0001f600"


def test_a_byte_order_mark_counts_for_editors_alone() -> None:
    columns = Columns(Source("\ufeffab\ncd"), UTF16, marked=True)
    assert columns.source.text == "ab\ncd"
    assert columns.place(0) == (0, 1)
    assert columns.place(3) == (1, 0)
    assert columns.offset(0, 2) == 1
