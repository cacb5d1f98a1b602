"""The format for people, as the reader sees it."""

from __future__ import annotations

import pytest

from pipelint.diagnostic import Edit, Finding, Fix
from pipelint.report import docs
from pipelint.report.full import render, render_findings
from pipelint.report.run import Run
from pipelint.report.summary import notes, summary
from pipelint.report.terminal import PLAIN
from pipelint.source import Span
from report.samples import (
    IGNORED,
    KNOWN,
    MIXED,
    SECRET,
    VELA,
    clean_files,
    diagnose,
    file_of,
    hide,
    lines,
    replace,
    run_of,
    span_of,
    vela_file,
)

HIDDEN = "2 findings ignored in place, 3 in the baseline"


def test_a_report_shows_findings_by_path_and_position_then_the_sum() -> None:
    expected = """\
error[unknown-step-type]: unknown step type `Rnu` in a CI stage
  --> .harness/checkout.yaml:12:25
   |
 6 |         type: CI
   |         -------- CI stage
...
12 |                   type: Rnu
   |                         ^^^ not a CI step type
   |
   = help: a step type with a similar name exists: `Run`
   = fix (safe): replace `Rnu` with `Run`
12 -                   type: Rnu
12 +                   type: Run

warning[mutable-image-tag]: image `target/vela-docker:latest` uses a tag that can change
 --> .vela.yml:8:31
  |
8 |     image: target/vela-docker:latest
  |                               ^^^^^^ pin a version or a digest

error[undefined-secret]: step `publish` uses secret `docker_usrname`, which is not declared
 --> .vela.yml:9:15
  |
4 |   - name: docker_username
  |           --------------- similar secret declared here
...
9 |     secrets: [docker_usrname]
  |               ^^^^^^^^^^^^^^ not declared under `secrets:`
  |
  = fix (safe): replace `docker_usrname` with `docker_username`
9 -     secrets: [docker_usrname]
9 +     secrets: [docker_username]

Found 2 errors and 1 warning in 2 of 4 files (1 Harness, 3 Vela); 3 findings ignored in place.
2 findings are fixable with `pipelint --fix`.
"""
    assert lines(render(MIXED, PLAIN)) == expected


def test_without_the_summary_only_findings_are_left() -> None:
    whole = list(render(MIXED, PLAIN))
    assert list(render_findings(MIXED, PLAIN)) == whole[:-2]


def test_the_order_of_files_and_findings_given_does_not_show() -> None:
    turned = Run(
        tuple(file._replace(diagnostics=file.diagnostics[::-1]) for file in MIXED.files[::-1])
    )
    assert list(render(turned, PLAIN)) == list(render(MIXED, PLAIN))


def test_findings_at_one_place_are_ordered_by_rule() -> None:
    here = Finding(Span(0, 1), "wrong")
    file = vela_file("a: b\n")._replace(
        diagnostics=(diagnose(here, "second"), diagnose(here, "first"))
    )
    text = lines(render(Run((file,)), PLAIN))
    assert text.index("[first]") < text.index("[second]")


def test_notes_help_and_an_unsafe_fix_stand_below_the_snippet() -> None:
    finding = Finding(
        span_of(VELA, "latest"),
        "the tag can change",
        help="pin a version",
        notes=("the registry decides", "so does the cache"),
        fixes=(replace(VELA, "latest", "v1", safe=False),),
    )
    expected = """\
error[some-rule]: the tag can change
 --> a.yml:8:31
  |
8 |     image: target/vela-docker:latest
  |                               ^^^^^^
  |
  = note: the registry decides
  = note: so does the cache
  = help: pin a version
  = fix (unsafe): replace `latest` with `v1`
8 -     image: target/vela-docker:latest
8 +     image: target/vela-docker:v1

"""
    assert lines(render_findings(run_of(VELA, finding), PLAIN)) == expected


def test_the_gutter_is_as_wide_as_the_largest_line_number_of_the_fix() -> None:
    text = "a: 1\n" * 12
    finding = Finding(Span(0, 1), "wrong", fixes=(Fix("add", (Edit(Span(60, 60), "b: 2\n"),)),))
    expected = """\
error[some-rule]: wrong
  --> a.yml:1:1
   |
 1 | a: 1
   | ^
   |
   = fix (safe): add
13 + b: 2

"""
    assert lines(render_findings(run_of(text, finding), PLAIN)) == expected


def test_a_long_fix_is_cut() -> None:
    finding = Finding(Span(0, 1), "w", fixes=(Fix("fill", (Edit(Span(0, 0), "x\n" * 23),)),))
    rendered = list(render_findings(run_of("a\n", finding), PLAIN))
    assert rendered[-4:] == ["19 + x", "20 + x", "   3 more lines not shown", ""]


def test_a_file_that_could_not_be_read_has_findings_without_a_snippet() -> None:
    unreadable = Finding(Span(0, 0), "not UTF-8 text (line 3)", help="save it as UTF-8")
    file = file_of("a.yml", "vela-pipeline", None, diagnose(unreadable), note="")
    expected = """\
error[some-rule]: not UTF-8 text (line 3)
 --> a.yml
  |
  = help: save it as UTF-8

Found 1 error in 1 file.
"""
    assert lines(render(Run((file,)), PLAIN)) == expected


def test_an_empty_file_can_be_wrong() -> None:
    expected = """\
error[some-rule]: the file is empty
 --> a.yml:1:1
  |
1 |
  | ^

Found 1 error in 1 file.
"""
    assert lines(render(run_of("", Finding(Span(0, 0), "the file is empty")), PLAIN)) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Run(()), "No files checked."),
        (Run(tuple(clean_files("vela-pipeline", 1))), "No problems in 1 file."),
        (Run(tuple(clean_files("vela-pipeline", 2))), "No problems in 2 files (2 Vela)."),
        (
            Run((
                *clean_files("vela-template", 5),
                *clean_files("harness-trigger", 8),
                hide(file_of("a", "harness-trigger", "a"), IGNORED, KNOWN, IGNORED, KNOWN, KNOWN),
            )),
            f"No problems in 14 files (9 Harness, 5 Vela); {HIDDEN}.",
        ),
        (run_of(VELA, SECRET), "Found 1 error in 1 file."),
        (Run((hide(vela_file(VELA, SECRET), IGNORED, IGNORED),)),
         "Found 1 error in 1 file; 2 findings ignored in place."),
        (Run((hide(vela_file("a"), KNOWN),)),
         "No problems in 1 file; 1 finding in the baseline."),
    ],
)  # fmt: skip
def test_the_sum_counts_in_proper_english(run: Run, expected: str) -> None:
    assert summary(run) == expected


def test_the_sum_lists_levels_from_the_most_severe() -> None:
    here = Finding(Span(0, 1), "wrong")
    levels = ("info", "error", "warning", "info", "error")
    file = vela_file("a")._replace(diagnostics=tuple(diagnose(here, level=one) for one in levels))
    assert summary(Run((file,))) == "Found 2 errors, 1 warning and 2 infos in 1 file."


def test_files_that_were_not_checked_are_named_once_for_each_reason() -> None:
    old = [file_of(f"v1/{name}.yml", "harness-v1", "", note="Harness v1") for name in "dcbae"]
    bare = file_of("x.yml", "unknown", "", note="")
    assert notes(Run((*old, *MIXED.files, bare))) == [
        "note: 1 file not checked: deploy/.vela.yml (a Starlark template)",
        "note: 5 files not checked: v1/a.yml, v1/b.yml, v1/c.yml and 2 more (Harness v1)",
        "note: 1 file not checked: x.yml",
    ]


def test_everything_checked_needs_no_note() -> None:
    assert notes(run_of(VELA, SECRET)) == []


def test_colours_say_what_is_what() -> None:
    finding = Finding(Span(3, 4), "wrong", label="here", fixes=(replace("a: b\n", "b", "c"),))
    style = PLAIN._replace(colour=True)
    assert list(render_findings(run_of("a: b\n", finding), style)) == [
        "\x1b[1;31merror[some-rule]\x1b[0m\x1b[1m: wrong\x1b[0m",
        " \x1b[1;34m-->\x1b[0m a.yml:1:4",
        " \x1b[1;34m |\x1b[0m",
        "\x1b[1;34m1 |\x1b[0m a: b",
        " \x1b[1;34m |\x1b[0m    \x1b[1;31m^ here\x1b[0m",
        " \x1b[1;34m |\x1b[0m",
        "  \x1b[1;34m=\x1b[0m \x1b[1mfix\x1b[0m (safe): replace `b` with `c`",
        "\x1b[1;34m1\x1b[0m \x1b[31m- a: b\x1b[0m",
        "\x1b[1;34m1\x1b[0m \x1b[32m+ a: c\x1b[0m",
        "",
    ]


@pytest.mark.parametrize(("level", "code"), [("error", 31), ("warning", 33), ("info", 36)])
def test_each_level_has_its_colour(level: str, code: int) -> None:
    file = vela_file("a")._replace(diagnostics=(diagnose(Finding(Span(0, 1), "w"), level=level),))
    first, *_, marks, _ = render_findings(Run((file,)), PLAIN._replace(colour=True))
    assert first.startswith(f"\x1b[1;{code}m{level}[")
    assert f"\x1b[1;{code}m^" in marks


def test_no_address_is_printed_while_there_is_no_site() -> None:
    assert "docs" not in lines(render(MIXED, PLAIN))
    assert "\x1b]8" not in lines(render(MIXED, PLAIN._replace(colour=True, links=True)))


def test_with_a_site_the_rule_is_a_link_or_the_address_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    run = run_of("a", Finding(Span(0, 1), "wrong"))
    assert "  = docs: https://example.org/rules/some-rule.html" in list(render(run, PLAIN))
    linked = lines(render(run, PLAIN._replace(links=True)))
    link = "\x1b]8;;https://example.org/rules/some-rule.html\x1b\\some-rule\x1b]8;;\x1b\\"
    assert linked.startswith(f"error[{link}]: wrong\n")
    assert "docs" not in linked
