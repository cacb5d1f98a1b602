"""Any text and any place in it can be reported."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from unicodedata import category, east_asian_width

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipelint.diagnostic import Edit, Finding, Fix, Related
from pipelint.report import as_json, concise, full, statistics
from pipelint.report.drawing import draw_line, printable
from pipelint.report.run import Run
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Source, Span
from report.samples import lines, run_of
from report.test_json import SCHEMA

TRICKY = st.sampled_from("ab :\t\r\n公é\u0301\u200d\u202e\x1b\x00✓😀\u2028\ufeff\u1161\xa0…")
TEXTS = st.text(st.one_of(TRICKY, st.characters()), max_size=150)
SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 160), st.integers(0, 60)
)
STYLES = st.builds(
    Style,
    colour=st.booleans(),
    links=st.booleans(),
    width=st.integers(1, 140),
    unicode=st.booleans(),
)
PATHS = st.sampled_from([None, "a.yml", "b.yml", "c.yml"])
RELATED = st.builds(Related, SPANS, TEXTS, PATHS)
FIXES = st.builds(
    Fix,
    TEXTS.map(lambda text: text or "title"),
    st.lists(st.builds(Edit, SPANS, TEXTS), min_size=1, max_size=3).map(tuple),
    st.booleans(),
)
FINDINGS = st.builds(
    Finding,
    SPANS,
    TEXTS.map(lambda text: text or "message"),
    label=TEXTS,
    help=TEXTS,
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    related=st.lists(RELATED, max_size=3).map(tuple),
    fixes=st.lists(FIXES, max_size=2).map(tuple),
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Make a run of one file whose findings may point into another and into the unknown."""
    findings = draw(st.lists(FINDINGS, max_size=3))
    masked = tuple(draw(st.lists(SPANS, max_size=2)))
    sources = {"b.yml": Source(draw(TEXTS))}
    return run_of(draw(TEXTS), *findings, masked=masked)._replace(sources=sources)


@given(runs(), STYLES)
@pytest.mark.parametrize("render", [full.render, concise.render, statistics.render])
def test_nothing_in_a_run_can_control_the_terminal(
    render: Callable[..., list[str]], run: Run, style: Style
) -> None:
    plain = style._replace(colour=False, links=False)
    for line in render(run, plain):
        assert line.isprintable()
        assert style.unicode or line.isascii()
    assert len(list(render(run, style))) == len(list(render(run, plain)))


@given(runs())
def test_every_run_is_json_that_the_schema_allows(run: Run) -> None:
    value = json.loads(lines(as_json.render(run)))
    Draft202012Validator(SCHEMA).validate(value)
    for found in value["diagnostics"]:
        start, end = found["start"], found["end"]
        assert (start["line"], start["column"]) < (end["line"], end["column"])


def cells(text: str) -> list[str]:
    """Lay a drawn text out as a terminal does: one entry a cell, marks join the one before."""
    row: list[str] = []
    for character in text:
        if category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
            row[-1:] = ["".join([*row[-1:], character])]
        else:
            row += [character, ""] if east_asian_width(character) in "WF" else [character]
    return row


@given(TEXTS, SPANS, st.booleans())
@example(text="a: 公開 b", span=Span(3, 5), unicode=True)
@example(text="a\tb", span=Span(1, 2), unicode=False)
@example(text="x", span=Span(9, 9), unicode=True)
def test_carets_are_as_wide_as_what_they_mark(text: str, span: Span, unicode: bool) -> None:
    source = Source(text)
    style = Style(colour=False, links=False, width=100_000, unicode=unicode)
    *_, marks, _ = full.render_findings(run_of(text, Finding(span, "wrong")), style)
    fitted = source.inside(span)
    line, column = source.position(fitted.start)
    covered = source.line(line)[column - 1 : column - 1 + fitted.end - fitted.start]
    tab = "⇥ " if unicode else "->"
    drawn = tab.join(printable(part, unicode) for part in covered.split("\t"))
    assert marks.count("^") == max(len(cells(drawn)), 1) - leading_marks(covered)
    assert marks.endswith("^")


def leading_marks(covered: str) -> int:
    """Count one where a text that takes room begins with a mark that needs a letter before it."""
    row = cells(covered[:1])
    return int(bool(row) and category(covered[0]) in {"Mn", "Me"} and len(cells(covered)) > 1)


@given(st.text(TRICKY.filter(lambda one: one not in "\r\n"), max_size=150), SPANS)
@pytest.mark.parametrize("room", [8, 20, 40])
def test_a_drawn_line_fits_and_is_part_of_the_whole(room: int, text: str, span: Span) -> None:
    line = Span(0, len(text))
    focus = Span(min(span.start, line.end), min(span.end, line.end))
    whole = draw_line(text, line, focus, 100_000).text
    drawn = draw_line(text, line, focus, room)
    widest = 6  # a code such as \u202e is never cut; what is shown may begin with a mark
    assert drawn.edges[-1] <= room
    assert drawn.text.removeprefix("…").removesuffix("…").strip("…") in whole
    assert drawn.edges[-1] - drawn.edges[0] >= min(len(cells(whole)), room - 2) - 2 * widest


@pytest.mark.parametrize(
    "text",
    ["name: value\n" * 10_000, "a: b, " * 20_000, "公\u0301" * 60_000],
    ids=["many lines", "one line", "one line of marks"],
)
@pytest.mark.parametrize("render", [full.render, lambda run, _: as_json.render(run)])
def test_a_thousand_findings_in_a_large_file_take_no_time(
    render: Callable[..., list[str]], text: str
) -> None:
    starts = range(0, 120_000, 120)
    findings = [
        Finding(
            Span(start, start + 4),
            "wrong",
            related=(Related(Span(start // 2, start // 2 + 4), "there"),),
            fixes=(Fix("fix", (Edit(Span(start, start + 4), "other"),)),),
        )
        for start in starts
    ]
    run = run_of(text, *findings)
    begun = time.process_time()
    assert len(list(render(run, PLAIN))) > 1000
    assert time.process_time() - begun < 3
