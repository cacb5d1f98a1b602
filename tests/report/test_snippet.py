"""Places in the source: which lines are shown, and what is drawn below them."""

from __future__ import annotations

import pytest

from pipelint.diagnostic import Finding, Related
from pipelint.report.full import render_findings, render_one
from pipelint.report.run import Run
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Source, Span
from report.samples import diagnose, lines, run_of, span_of


def shown(
    text: str, span: Span, label: str = "here", *related: Related, style: Style = PLAIN
) -> str:
    """Draw a finding and leave out its first two lines, which are always alike."""
    finding = Finding(span, "wrong", label, related=related)
    return lines(list(render_findings(run_of(text, finding), style))[2:-1])


def test_one_line_between_two_places_is_shown() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    expected = """\
  |
1 | a: 1
  | - first
2 | b: 2
3 | a: 3
  | ^ again
"""
    assert shown(text, Span(10, 11), "again", Related(Span(0, 1), "first")) == expected


def test_neighbours_need_no_fold_and_more_lines_are_folded() -> None:
    text = "a\nb\nc\nd\ne\n"
    places = Related(Span(2, 3), "second"), Related(Span(8, 9), "last")
    expected = """\
  |
1 | a
  | ^ first
2 | b
  | - second
...
5 | e
  | - last
"""
    assert shown(text, Span(0, 1), "first", *places) == expected


def test_two_places_on_a_line_have_a_row_each() -> None:
    text = "{a: 1, a: 2}\n"
    expected = """\
  |
1 | {a: 1, a: 2}
  |        ^ again
  |  - first
"""
    assert shown(text, Span(7, 8), "again", Related(Span(1, 2), "first")) == expected


def test_a_place_in_another_file_has_its_own_block() -> None:
    finding = Finding(
        Span(0, 8),
        "wrong",
        "asks for it",
        related=(Related(Span(11, 14), "defined here", "lib/t.yml"),),
    )
    run = run_of("template: t\n", finding)._replace(
        sources={"lib/t.yml": Source("template:\n  tag: t\n")}
    )
    expected = """\
error[some-rule]: wrong
 --> a.yml:1:1
  |
1 | template: t
  | ^^^^^^^^ asks for it
  |
 ::: lib/t.yml:2:2
  |
2 |   tag: t
  |  --- defined here

"""
    assert lines(render_findings(run, PLAIN)) == expected


def test_a_place_in_another_file_of_the_run_is_found_there() -> None:
    finding = Finding(Span(0, 1), "wrong", related=(Related(Span(0, 1), "other", "b.yml"),))
    file = run_of("a", finding).files[0]
    other = file._replace(path="b.yml", source=Source("b"), diagnostics=())
    rendered = list(render_findings(Run((file, other)), PLAIN))
    assert rendered[-5:-1] == [" ::: b.yml:1:1", "  |", "1 | b", "  | - other"]


def test_a_file_whose_text_is_unknown_is_only_named() -> None:
    related = Related(Span(4, 5), "defined here", "b.yml")
    assert shown("a", Span(0, 1), "", related).endswith("  |\n ::: b.yml: defined here\n")


def test_two_other_places_are_drawn_and_the_rest_are_counted() -> None:
    related = [Related(Span(at, at + 1), f"number {at}") for at in (2, 4, 6, 8)]
    expected = """\
  |
1 | a
  | ^ here
2 | b
  | - number 2
3 | c
  | - number 4
  |
  = note: 2 more places not shown
"""
    assert shown("a\nb\nc\nd\ne\n", Span(0, 1), "here", *related) == expected


def test_a_place_of_several_lines_is_underlined_on_its_first() -> None:
    text = "steps:\n  - name: a\n    image: b\n"
    expected = """\
  |
2 |   - name: a
  |   ^^^^^^^^^ this step
"""
    assert shown(text, Span(9, len(text)), "this step") == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_in_yaml(end: str) -> None:
    text = f"a: 1{end}b: 2{end}"
    assert shown(text, span_of(text, "2")) == "  |\n2 | b: 2\n  |    ^ here\n"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("name: 公開 ✓ x", "✓", ("name: 公開 ✓ x", "           ^ here")),
        ("name: 公開", "公開", ("name: 公開", "      ^^^^ here")),
        ("name: e\u0301t x", "t", ("name: e\u0301t x", "       ^ here")),
        ("name: e\u0301 x", "e\u0301", ("name: e\u0301 x", "      ^ here")),
        ("\tname: x", "name", ("⇥ name: x", "  ^^^^ here")),
        ("\tname: x", "\t", ("⇥ name: x", "^^ here")),
        ("a: \x1b[31mred", "red", (r"a: \x1b[31mred", "           ^^^ here")),
        ("a: \u202eb", "\u202e", (r"a: \u202eb", "   ^^^^^^ here")),
        ("a:\xa0b", "\xa0", (r"a:\xa0b", "  ^^^^ here")),
        ("a: \x00", "\x00", (r"a: \x00", "   ^^^^ here")),
        ("a: \u2028b", "b", (r"a: \u2028b", "         ^ here")),
    ],
)
def test_marks_stand_below_what_they_mark(text: str, words: str, expected: tuple[str, str]) -> None:
    line, marks = expected
    assert shown(text, span_of(text, words)) == f"  |\n1 | {line}\n  | {marks}\n"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("\tname: é", "é", (r"->name: \xe9", "        ^^^^ here")),
        ("a… b", "b", ("a... b", "     ^ here")),
    ],
)
def test_where_unicode_cannot_be_written_all_is_ascii(
    text: str, words: str, expected: tuple[str, str]
) -> None:
    line, marks = expected
    ascii_only = PLAIN._replace(unicode=False)
    drawn = shown(text, span_of(text, words), style=ascii_only)
    assert drawn == f"  |\n1 | {line}\n  | {marks}\n"


NARROW = PLAIN._replace(width=44)
LONG = f"script: {'a' * 60} <+x.y> {'b' * 60}"


@pytest.mark.parametrize(
    ("words", "line", "marks"),
    [
        ("<+x.y>", "…aaaaaaaaaaaaaaa <+x.y> bbbbbbbbbbbbbbb…", "                 ^^^^^^ here"),
        ("script", "script: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", "^^^^^^ here"),
        ("b" * 60, "…bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…", " " + "^" * 38 + " here"),
    ],
)
def test_a_long_line_is_clipped_around_the_place(words: str, line: str, marks: str) -> None:
    drawn = shown(LONG, span_of(LONG, words), style=NARROW)
    assert drawn == f"  |\n1 | {line}\n  | {marks}\n"


def test_the_end_of_a_long_line_is_shown_whole() -> None:
    text = "x" * 60 + "end"
    drawn = shown(text, span_of(text, "end"), style=NARROW)
    assert drawn == f"  |\n1 | …{'x' * 35}end\n  | {' ' * 36}^^^ here\n"


def test_places_far_apart_on_a_long_line_are_shown_one_after_the_other() -> None:
    related = Related(span_of(LONG, "script"), "the key")
    rows = shown(LONG, span_of(LONG, "<+x.y>"), "here", related, style=NARROW).splitlines()
    assert [row[:12] for row in rows] == [
        "  |",
        "1 | …aaaaaaa",
        "  |         ",
        "1 | script: ",
        "  | ------ t",
    ]


def test_what_is_said_stays_on_its_line() -> None:
    finding = Finding(
        Span(0, 1),
        "bad `a\nb\x1b[2J`",
        label="a\tb",
        help="use\r\nthis",
        notes=("\u202etxet",),
        related=(Related(Span(0, 1), "there\n::error::", "x\n.yml"),),
    )
    assert list(render_one(diagnose(finding, path="a\x07.yml"), {}, PLAIN)) == [
        r"error[some-rule]: bad `a\nb\x1b[2J`",
        r" --> a\x07.yml",
        "  |",
        r" ::: x\n.yml: there\n::error::",
        "  |",
        r"  = note: \u202etxet",
        r"  = help: use\r\nthis",
    ]
