"""Findings counted by rule."""

from __future__ import annotations

from pipelint.diagnostic import Finding
from pipelint.report.run import Run
from pipelint.report.statistics import render
from pipelint.report.terminal import PLAIN
from pipelint.source import Span
from report.samples import (
    HARNESS_FILE,
    IGNORED,
    MIXED,
    VELA_FILE,
    clean_files,
    diagnose,
    hide,
    lines,
    vela_file,
)

HERE = Finding(Span(0, 1), "wrong")


def test_the_most_frequent_rule_comes_first_and_columns_line_up() -> None:
    many = vela_file("a")._replace(
        diagnostics=tuple(diagnose(HERE, "mutable-image-tag", "warning") for _ in range(11))
    )
    expected = """\
  12  warning  mutable-image-tag  vela
   1  error    undefined-secret   vela     [fixable]
   1  error    unknown-step-type  harness  [fixable]
Found 2 errors and 12 warnings in 3 files.
"""
    assert lines(render(Run((VELA_FILE, HARNESS_FILE, many)), PLAIN)) == expected


def test_a_rule_of_two_levels_and_dialects_is_told_apart_by_level() -> None:
    both = (diagnose(HERE, "long-name", "info"), diagnose(HERE, "long-name"))
    vela = vela_file("a")._replace(diagnostics=both)
    harness = vela_file("a")._replace(path="b", kind="harness-trigger", diagnostics=both[:1])
    expected = """\
  2  info     long-name  harness, vela
  1  error    long-name  vela
Found 1 error and 2 infos in 2 files.
"""
    assert lines(render(Run((vela, harness)), PLAIN)) == expected


def test_without_findings_only_the_sum_is_left() -> None:
    first, second = clean_files("vela-pipeline", 2)
    run = Run((hide(first, IGNORED), second))
    assert list(render(run, PLAIN)) == ["No problems in 2 files; 1 finding ignored in place."]


def test_colour_does_not_move_the_columns() -> None:
    coloured = lines(render(MIXED, PLAIN._replace(colour=True)))
    assert "  \x1b[1;31merror\x1b[0m    " in coloured
    for code in ("\x1b[1;31m", "\x1b[1;33m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == lines(render(MIXED, PLAIN))
