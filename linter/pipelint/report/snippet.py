"""The piece of source that explains a finding: what is wrong and the places that say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pipelint.diagnostic import Diagnostic
from pipelint.record import NamedTuple
from pipelint.report.drawing import Drawn, draw_line, line_span, printable
from pipelint.report.terminal import Style, paint
from pipelint.source import Position, Source, Span

MOST_RELATED = 2
"""Related places that are drawn; more would hide the one that matters."""

BAR = " | "


class Label(NamedTuple):
    """A place on one line; a longer span is shown on its first line only."""

    line: int
    span: Span
    text: str
    primary: bool


class Block(NamedTuple):
    """The labels of one file, and the place that its heading names.

    Where the file's text is not known, `source` is None and there is nothing to draw.
    """

    path: str
    source: Source | None
    place: Position
    labels: tuple[Label, ...]


def blocks_of(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> list[Block]:
    """Group the places of a diagnostic by file: its own first, then the others as named."""
    finding = diagnostic.finding
    places = {diagnostic.path: [(finding.span, finding.label, True)]}
    for related in finding.related[:MOST_RELATED]:
        path = related.path or diagnostic.path
        places.setdefault(path, []).append((related.span, related.message, False))
    return [_block(path, sources.get(path), here) for path, here in places.items()]


def _block(path: str, source: Source | None, places: list[tuple[Span, str, bool]]) -> Block:
    if source is None:
        labels = tuple(Label(1, *place) for place in places)
        return Block(path, None, Position(1, 1), labels)
    labels = tuple(_label(source, *place) for place in places)
    return Block(path, source, source.position(source.inside(places[0][0]).start), labels)


def _label(source: Source, span: Span, text: str, primary: bool) -> Label:
    fitted = source.inside(span)
    number = source.position(fitted.start).line
    line = line_span(source, number)
    visible = Span(min(fitted.start, line.end), min(fitted.end, line.end))
    return Label(number, visible, text, primary)


def last_line(blocks: Iterable[Block]) -> int:
    """Return the highest line number drawn: it decides how wide the gutter is."""
    return max((label.line for block in blocks for label in block.labels), default=1)


def draw_blocks(blocks: list[Block], level: str, gutter: int, style: Style) -> Iterator[str]:
    """Draw the places of a finding, line by line; `gutter` is the width of line numbers."""
    for index, block in enumerate(blocks):
        if index:
            yield _margin(gutter, style)
        yield _heading(block, "-->" if index == 0 else ":::", gutter, style)
        if block.source is not None:
            yield _margin(gutter, style)
            yield from _draw_lines(block.source, block.labels, level, gutter, style)


def _heading(block: Block, arrow: str, gutter: int, style: Style) -> str:
    where = printable(block.path, style.unicode)
    if block.source is not None:
        where += f":{block.place.line}:{block.place.column}"
    else:
        said = [label.text for label in block.labels if label.text and not label.primary]
        where = ": ".join([where, *(printable(text, style.unicode) for text in said)])
    return f"{' ' * gutter}{paint(style, 'gutter', arrow)} {where}"


def _margin(gutter: int, style: Style) -> str:
    return " " * gutter + paint(style, "gutter", BAR.rstrip())


def _draw_lines(
    source: Source, labels: tuple[Label, ...], level: str, gutter: int, style: Style
) -> Iterator[str]:
    previous = 0
    by_line = sorted(labels, key=lambda label: (label.line, not label.primary, label.span))
    for line, group in groupby(by_line, key=lambda label: label.line):
        unseen = line - previous - 1 if previous else 0
        if unseen == 1:
            yield _numbered(source, line - 1, gutter, style)
        elif unseen:
            yield paint(style, "gutter", "...")
        for drawn, here in _draw_together(source, list(group), gutter, style):
            yield _row(str(line), drawn.text, gutter, style)
            yield from (_underline(drawn, label, level, gutter, style) for label in here)
        previous = line


def _draw_together(
    source: Source, labels: list[Label], gutter: int, style: Style
) -> Iterator[tuple[Drawn, list[Label]]]:
    """Draw a line once for all its labels, or once for each where they lie too far apart."""
    hull = Span(min(one.span.start for one in labels), max(one.span.end for one in labels))
    drawn = _draw(source, labels[0].line, hull, gutter, style)
    if len(labels) == 1 or all(drawn.shows(label.span) for label in labels):
        yield drawn, labels
        return
    for label in labels:
        yield _draw(source, label.line, label.span, gutter, style), [label]


def _draw(source: Source, line: int, focus: Span, gutter: int, style: Style) -> Drawn:
    room = style.width - gutter - len(BAR)
    return draw_line(source.text, line_span(source, line), focus, room, style.unicode)


def _numbered(source: Source, line: int, gutter: int, style: Style) -> str:
    start = line_span(source, line).start
    return _row(
        str(line), _draw(source, line, Span(start, start), gutter, style).text, gutter, style
    )


def _row(number: str, text: str, gutter: int, style: Style) -> str:
    margin = paint(style, "gutter", number.rjust(gutter) + BAR.rstrip())
    return f"{margin} {text}".rstrip()


def _underline(drawn: Drawn, label: Label, level: str, gutter: int, style: Style) -> str:
    lead, width = drawn.cells(label.span)
    mark, kind = ("^", level) if label.primary else ("-", "gutter")
    said = f"{mark * width} {printable(label.text, style.unicode)}".rstrip()
    return f"{_margin(gutter, style)} {' ' * lead}{paint(style, kind, said)}"
