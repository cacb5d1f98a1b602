"""Where a cursor stands in a YAML text, told from lines and columns: also where no parser can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelint.source import Source, Span
from pipelint_lsp.features.completion_flow import inside_flow
from pipelint_lsp.features.completion_item import Edit
from pipelint_lsp.features.completion_lines import (
    DASH,
    KEY,
    Entry,
    comment_start,
    entries,
    plain,
)

MAP = "map"
"""A key belongs here."""

LIST = "list"
"""An item belongs here: with `dashed` behind its dash, else the dash is still to be written."""

VALUE = "value"
"""The value of a key, on the line of the key or in brackets."""

BELOW = "below"
"""The value of a key, on the line below it."""

COMMENT = "comment"
TEXT = "text"
"""In a text block, or in a quoted text that began above."""

_TOP = 1 << 30
_WORD = re.compile(r"[^\s\[\]{},#:'\"]*")


class Rung:
    """A step on the way down from the root: into the value of a key, or into an item of a list.

    `fields` are the keys of the mapping that the key stands in, with the values that are written on
    their lines. `column` is that of the mapping, or of the dashes.
    """

    __slots__ = ("column", "fields", "kind", "name")

    def __init__(self, column: int, kind: str, name: str = "") -> None:
        self.column = column
        self.kind = kind
        self.name = name
        self.fields: dict[str, str | None] = {}

    def add(self, entry: Entry) -> None:
        """Note a key of the mapping."""
        self.fields.setdefault(entry.name, plain(entry.value))


class Place(NamedTuple):
    """Where a cursor stands.

    `what` is one of the words above, `rungs` lead there. For a new key `fields` are those that its
    mapping has. `word` is the span of what is being typed, `typed` the part of it before the
    cursor. `column` is where it stands on its line, `indent` the blanks that the line begins with.
    `has_colon` tells that a colon follows. `edits` put right what stands around the word. `also` is
    the other place that the cursor may mean: dashes may stand right below the key of their list.
    """

    what: str
    rungs: tuple[Rung, ...] = ()
    fields: dict[str, str | None] = {}  # noqa: RUF012 - the empty default is never written to
    word: Span = Span(0, 0)
    typed: str = ""
    column: int = 0
    indent: int = 0
    has_colon: bool = False
    dashed: bool = False
    quoted: bool = False
    flow: bool = False
    edits: tuple[Edit, ...] = ()
    also: tuple[Place, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys on the way, an item as `-`."""
        return tuple(rung.name if rung.kind == KEY else "-" for rung in self.rungs)


NOWHERE = Place(TEXT)


def find_place(source: Source, offset: int) -> Place:
    """Tell where an offset stands; nothing is raised, whatever the text."""
    number = source.position(offset).line
    start = source.line_starts[number - 1]
    line, column = source.line(number), offset - start
    lines = _Lines(source, number)
    found = entries(line[:column])
    indent = len(line) - len(line.lstrip(" "))
    own = min(found[0].column if found else indent, column)
    above = lines.open_above()
    outer = [entry for entry in above if entry.column < (own if line.strip() else column)]
    if outer and outer[0].opens_text:
        return NOWHERE
    if comment_start(line[:column]) is not None:
        return Place(COMMENT, word=Span(offset, offset), typed=line[:column])
    around = _Around(lines, line, start, column, indent)
    flow = _flow_start(outer, lines, offset)
    if flow is not None:
        return _in_flow(around, *flow)
    if found and found[-1].kind == KEY:
        return _value(around, found)
    if found and found[-1].kind == DASH:
        return _item(around, found)
    return _new_line(around, above)


class _Around(NamedTuple):
    """The line of the cursor. `start` is its offset, `column` that of the cursor."""

    lines: _Lines
    line: str
    start: int
    column: int
    indent: int

    def word(self, at: int) -> tuple[Span, str]:
        """Return the span of the word that begins at a column, and its typed part."""
        match = _WORD.match(self.line, self.column)
        end = match.end() if match else self.column
        return Span(self.start + at, self.start + end), self.line[at : self.column]

    def has_colon(self, end: int) -> bool:
        """Tell whether a colon stands right behind an offset."""
        rest = self.line[end - self.start :].lstrip(" ")
        return rest.startswith(":")


class _Lines:
    """The lines of a text around one of them (1-based), each read when it is asked for."""

    __slots__ = ("_above", "number", "source")

    def __init__(self, source: Source, number: int) -> None:
        self.source = source
        self.number = number
        self._above: list[tuple[int, Entry]] | None = None

    def open_above(self) -> list[Entry]:
        """Return what is open at the end of the line before, from the inside out."""
        return [entry for _, entry in self.numbered()]

    def numbered(self) -> list[tuple[int, Entry]]:
        """Return the same, each with the number of its line."""
        if self._above is None:
            self._above = self._read_above()
        return self._above

    def _read_above(self) -> list[tuple[int, Entry]]:
        found: list[tuple[int, Entry]] = []
        bound, last = _TOP, KEY
        for number in range(self.number - 1, 0, -1):
            line = self.source.line(number)
            if line.startswith(("---", "...")):
                break
            for entry in reversed(entries(line)):
                same_list = entry.column == bound and entry.kind == KEY and last == DASH
                if entry.column < bound or same_list:
                    found.append((number, entry))
                    bound, last = entry.column, entry.kind
            if bound == 0 and last == KEY:
                break
        return found

    def rungs(self, column: int, kind: str, own: Sequence[Entry] = ()) -> tuple[Rung, ...]:
        """Return the way to a mapping (or list) at a column; `own` opens it on the cursor's line.

        The last rung is the mapping itself, with its fields, or the list.
        """
        way = [Rung(column, kind)]
        for entry in reversed(own):
            _climb(way, entry)
        for number in range(self.number - 1, 0, -1):
            line = self.source.line(number)
            if line.startswith(("---", "...")):
                break
            for entry in reversed(entries(line)):
                _climb(way, entry)
        self._descend(way)
        return tuple(reversed(way))

    def _descend(self, way: list[Rung]) -> None:
        """Add the fields that stand below the cursor."""
        waiting = list(way)
        for number in range(self.number + 1, len(self.source.line_starts) + 1):
            line = self.source.line(number)
            if not waiting or line.startswith(("---", "...")):
                return
            found = entries(line)
            if not found:
                continue
            first = found[0]
            while waiting and waiting[0].column > first.column:
                waiting.pop(0)
            if first.kind == DASH:
                while waiting and waiting[0].column == first.column and waiting[0].kind == DASH:
                    waiting.pop(0)
            elif waiting and waiting[0].column == first.column and waiting[0].kind == DASH:
                waiting.pop(0)
            if waiting and first.kind == KEY and waiting[0].column == first.column:
                waiting[0].add(first)


def _climb(way: list[Rung], entry: Entry) -> None:
    """Go from the innermost rung outwards over one entry of a line above it."""
    last = way[-1]
    if last.kind == KEY:
        if entry.column == last.column and entry.kind == KEY:
            last.add(entry)
        elif entry.column < last.column:
            _push(way, entry)
    elif entry.column < last.column or (entry.column == last.column and entry.kind == KEY):
        _push(way, entry)


def _push(way: list[Rung], entry: Entry) -> None:
    rung = Rung(entry.column, entry.kind, entry.name)
    if entry.kind == KEY:
        rung.add(entry)
    way.append(rung)


# --- the kinds of places -------------------------------------------------------------------------


def _value(around: _Around, found: list[Entry]) -> Place:
    """Tell of a cursor behind a key, on its line."""
    key = found[-1]
    way = around.lines.rungs(key.column, KEY, found[:-1])
    way[-1].name = key.name
    at = min(key.value_at, around.column)
    written = around.line[at : around.column]
    quoted = written[:1] in {"'", '"'}
    if written[:1] in {"[", "{"}:
        return _in_flow(around, around.start + at, way)
    if written[:1] in {"|", ">"}:
        return NOWHERE
    fields = way[-1].fields
    fields.setdefault(key.name, None)
    at += quoted
    end = _end_of_value(around.line, around.column, written[:1] if quoted else "")
    word = Span(around.start + at, around.start + end)
    gap = not around.line[: around.column].endswith((" ", "\t")) and not written
    edits = (Edit(Span(word.start, word.start), " "),) if gap else ()
    return Place(
        VALUE, way, fields, word, around.line[at : around.column], at, around.indent,
        quoted=quoted, edits=edits,
    )  # fmt: skip


def _end_of_value(line: str, column: int, quote: str) -> int:
    if quote:
        end = line.find(quote, column)
        return end if end >= 0 else len(line)
    comment = comment_start(line)
    end = comment if comment is not None and comment >= column else len(line)
    return max(len(line[:end].rstrip()), column)


def _item(around: _Around, found: list[Entry]) -> Place:
    """Tell of a cursor behind a dash."""
    at = found[-1].value_at if found[-1].value else around.column
    written = around.line[at : around.column]
    way = around.lines.rungs(found[-1].column, DASH, found[:-1])
    if written[:1] in {"[", "{"}:
        return _in_flow(around, around.start + at, way)
    if written[:1] in {"|", ">"}:
        return NOWHERE
    quoted = written[:1] in {"'", '"'}
    at += quoted
    word, typed = around.word(at)
    here = Rung(at, KEY)
    _read_item(around, here)
    gap = not around.line[: around.column].endswith((" ", "\t")) and not written
    edits = (Edit(Span(word.start, word.start), " "),) if gap else ()
    return Place(
        LIST, way, here.fields, word, typed, at + gap, around.indent,
        has_colon=around.has_colon(word.end), dashed=True, quoted=quoted, edits=edits,
    )  # fmt: skip


def _read_item(around: _Around, here: Rung) -> None:
    """Add the fields of the item that stand below the line of its dash."""
    lines = around.lines
    for number in range(lines.number + 1, len(lines.source.line_starts) + 1):
        found = entries(lines.source.line(number))
        if found and found[0].column < here.column:
            return
        if found and found[0].column == here.column:
            if found[0].kind == DASH:
                return
            here.add(found[0])


def _new_line(around: _Around, above: list[Entry]) -> Place:
    """Tell of a cursor on a line of its own, with nothing or a word before it."""
    word_at = min(around.indent, around.column)
    word, typed = around.word(word_at)
    if " " in typed.strip() or typed[:1] in {"'", '"', "&", "*", "!"}:
        return NOWHERE
    what, column = _belongs(above, word_at)
    if what == TEXT:
        return NOWHERE
    surplus = (Edit(Span(around.start + column, word.start), ""),) if column < word_at else ()
    has_colon = around.has_colon(word.end)
    place = Place(
        what, (), {}, word, typed, column, min(around.indent, column),
        has_colon=has_colon, edits=surplus,
    )  # fmt: skip
    if what == BELOW:
        key = above[0]
        way = around.lines.rungs(column, KEY)
        # The mapping that is about to begin is no rung yet.
        return place._replace(rungs=way[:-1] if key.kind == KEY else way, fields=way[-1].fields)
    if what == LIST:
        items = place._replace(rungs=around.lines.rungs(column, DASH))
        if not any(entry.column == column and entry.kind == KEY for entry in above):
            return items
        place = place._replace(what=MAP, also=(items,))
    way = around.lines.rungs(column, KEY)
    return place._replace(rungs=way[:-1], fields=way[-1].fields)


def _belongs(above: list[Entry], column: int) -> tuple[str, int]:
    """Say to which of the open collections a new line at a column belongs, and its right column."""
    if not above:
        return MAP, 0
    top = above[0]
    if column > top.column:
        if top.is_empty:
            return BELOW if top.kind == KEY else MAP, column
        if top.value[:1] in {"'", '"'} and plain(top.value) == top.value:
            return TEXT, column
        if top.kind == DASH and top.value != "-":
            return LIST, top.column
    for entry in above:
        if entry.column <= column:
            return (LIST if entry.kind == DASH else MAP), entry.column
    return MAP, above[-1].column


# --- brackets ------------------------------------------------------------------------------------


def _flow_start(
    outer: list[Entry], lines: _Lines, offset: int
) -> tuple[int, tuple[Rung, ...]] | None:
    """Return where brackets begin that a line above has opened, with the way there."""
    for number, entry in reversed(lines.numbered()):
        if entry in outer and entry.value[:1] in {"[", "{"}:
            start = lines.source.line_starts[number - 1] + entry.value_at
            if inside_flow(lines.source.text[start:offset]) is None:
                continue
            way = lines.rungs(entry.column, entry.kind)
            if entry.kind == KEY:
                way[-1].name = entry.name
            return start, way
    return None


def _in_flow(around: _Around, begin: int, way: tuple[Rung, ...]) -> Place:
    """Tell of a cursor in brackets that begin at an offset."""
    offset = around.start + around.column
    text = around.lines.source.text
    found = inside_flow(text[begin:offset])
    if found is None:
        return NOWHERE
    rungs = list(way)
    for kind, name, fields in found.steps:
        rung = Rung(_TOP, kind, name)
        rung.fields = fields
        rungs.append(rung)
    at = around.column - len(found.word)
    word, typed = around.word(max(at, 0))
    return Place(
        found.what, tuple(rungs), found.fields, word, typed, at, around.indent,
        has_colon=around.has_colon(word.end), dashed=True, quoted=found.quoted, flow=True,
    )  # fmt: skip
