"""A literal credential never appears in a report, whatever the format."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pipelint.diagnostic import Edit, Finding, Fix, Related
from pipelint.report import as_json, concise, full, statistics
from pipelint.report.masking import hide_secrets, mask
from pipelint.report.run import Run
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import BOM, Source, Span
from report.samples import lines, run_of, span_of, vela_file

TEXT = """\
user: bob
password: hunter2
# the line between
other: 1
"""
PASSWORD = span_of(TEXT, "hunter2")
LOUD = Finding(
    PASSWORD,
    "password `hunter2` is written out",
    label="hunter2",
    help="store `hunter2` elsewhere",
    notes=("hunter2 is old",),
    related=(Related(span_of(TEXT, "bob"), "hunter2 is his"),),
    fixes=(
        Fix("quote hunter2", (Edit(PASSWORD, '"hunter2"'),)),
        Fix("move", (Edit(Span(0, 0), "x: hunter2\n"),), safe=False),
        Fix("drop hunter2", (Edit(PASSWORD, "<secret>"),)),
    ),
)
RUN = run_of(TEXT, LOUD, masked=(PASSWORD,))
STYLES = [
    PLAIN,
    PLAIN._replace(unicode=False),
    PLAIN._replace(width=40),
    Style(colour=True, links=True, width=100, unicode=True),
]
FORMATS: list[Callable[[], str]] = [
    lambda: lines(as_json.render(RUN)),
    *(
        lambda module=module, style=style: lines(module.render(RUN, style))
        for module in (full, concise, statistics)
        for style in STYLES
    ),
]


@pytest.mark.parametrize("rendered", FORMATS)
def test_no_format_prints_it(rendered: Callable[[], str]) -> None:
    assert "hunter2" not in rendered()
    assert "some-rule" in rendered()


def test_the_rest_of_the_report_stays_as_it_is() -> None:
    expected = """\
error[some-rule]: password `*******` is written out
 --> a.yml:2:11
  |
1 | user: bob
  |       --- ******* is his
2 | password: *******
  |           ^^^^^^^ *******
  |
  = note: ******* is old
  = help: store `*******` elsewhere
  = fix (safe): drop *******
2 - password: *******
2 + password: <secret>

"""
    assert lines(full.render_findings(RUN, PLAIN)) == expected


def test_a_fix_that_writes_it_is_not_offered_since_stars_would_get_into_the_file() -> None:
    (found,) = json.loads(lines(as_json.render(RUN)))["diagnostics"]
    (edit,) = [edit for fix in found["fixes"] for edit in fix["edits"]]
    assert (edit["text"], edit["start"]) == ("<secret>", {"line": 2, "column": 11})


def test_a_neighbour_of_another_finding_is_masked_too() -> None:
    related = Related(span_of(TEXT, "other"), "and this")
    finding = Finding(span_of(TEXT, "password"), "wrong", related=(related,))
    rendered = lines(full.render(run_of(TEXT, finding, masked=(PASSWORD,)), PLAIN))
    assert "2 | password: *******\n" in rendered


def test_the_other_file_of_a_run_is_masked_where_it_is_shown() -> None:
    secret = vela_file(TEXT, masked=(PASSWORD,))._replace(path="b.yml")
    finding = Finding(Span(0, 1), "wrong", related=(Related(PASSWORD, "here", "b.yml"),))
    run = Run((vela_file("a", finding), secret), sources={"b.yml": Source(TEXT)})
    assert "2 | password: *******" in list(full.render(run, PLAIN))


def test_a_credential_of_several_lines_is_hidden_line_by_line() -> None:
    text = "key: |\n  first\n  second\nb: 1\n"
    body = span_of(text, "  first\n  second\n")
    finding = Finding(body, "key `first` written out", "second")
    expected = """\
error[some-rule]: key `*****` written out
 --> a.yml:2:1
  |
2 | *******
  | ^^^^^^^ ******

"""
    assert lines(full.render_findings(run_of(text, finding, masked=(body,)), PLAIN)) == expected


def test_quotes_belong_to_the_credential_in_the_file_but_not_elsewhere() -> None:
    text = "password: 'hunter2'\n"
    span = span_of(text, "'hunter2'")
    finding = Finding(span, "password `hunter2` is written out")
    rendered = lines(full.render(run_of(text, finding, masked=(span,)), PLAIN))
    assert "1 | password: *********\n" in rendered
    assert "password `*******` is" in rendered


def test_positions_hold_in_a_text_with_two_byte_order_marks() -> None:
    text = BOM + "a: hunter2"
    (file,) = hide_secrets(run_of(BOM + text, masked=(span_of(text, "hunter2"),))).files
    assert file.source is not None
    assert file.source.text == BOM + "a: *******"


def test_a_run_without_credentials_is_left_alone() -> None:
    run = run_of(TEXT, LOUD)
    assert hide_secrets(run) is run


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "ab\r\ncd"),
        ([Span(1, 5)], "a*\r\n*d"),
        ([Span(0, 2), Span(1, 5)], "**\r\n*d"),
        ([Span(4, 6), Span(0, 1)], "*b\r\n**"),
        ([Span(0, 6), Span(1, 2)], "**\r\n**"),
        ([Span(2, 2), Span(5, 99)], "ab\r\nc*"),
    ],
)
def test_a_mask_has_a_star_for_each_character(spans: list[Span], expected: str) -> None:
    assert mask("ab\r\ncd", spans) == expected
