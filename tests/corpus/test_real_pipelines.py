"""Real pipelines: nothing breaks, and what is found in them is written down.

The files are no part of the project (see CONTRIBUTING.md); without them these tests are skipped.
`pytest tests/corpus --update` writes the summary anew: its difference is for a reviewer to read.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from linting import DEFAULTS
from pipelint.diagnostic import Diagnostic
from pipelint.engine import INTERNAL_ERROR, Checked, check
from pipelint.source import Source, UndecodableError, decode
from repository import ROOT, SHARED, shared

SUMMARY = Path(__file__).parent / "vela-summary.txt"
HARNESS_SUMMARY = Path(__file__).parent / "harness-summary.txt"


def read(path: Path) -> Checked:
    """Check a file by itself; its neighbours are unknown."""
    name = path.relative_to(SHARED).as_posix()
    return check(Source(decode(path.read_bytes()), name), DEFAULTS)


def texts_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yml", ".yaml"})


def assert_sound(path: Path) -> None:
    try:
        checked = read(path)
    except UndecodableError:
        return
    for one in checked.diagnostics:
        assert one.rule != INTERNAL_ERROR.name, f"{path}: {one.finding.notes}"
        assert_inside(one, checked.source, path)


def assert_inside(one: Diagnostic, source: Source, path: Path) -> None:
    finding = one.finding
    own = [related.span for related in finding.related if related.path is None]
    for span in (finding.span, *own):
        assert 0 <= span.start < span.end <= len(source.text), f"{path}: {one.rule} {span}"


@pytest.mark.parametrize(
    "folder",
    ["vela-probes", "conformance/vela", "corpus/vela/files", "corpus/vela/fragments"],
)
def test_no_real_vela_file_breaks_a_rule(folder: str) -> None:
    paths = texts_in(shared(*folder.split("/")))
    assert len(paths) > 30
    for path in paths:
        assert_sound(path)


def test_no_version_of_a_pipeline_breaks_a_rule() -> None:
    for path in texts_in(shared("corpus", "vela", "history")):
        assert_sound(path)


def test_no_harness_file_breaks_a_rule() -> None:
    for path in texts_in(shared("corpus", "harness")):
        assert_sound(path)


def test_findings_in_real_pipelines_are_those_written_down(update: bool) -> None:
    folders = [shared("corpus", "vela", area) for area in ("files", "history", "fragments")]
    summary = "\n".join(summarise(folder.name, texts_in(folder)) for folder in folders)
    if update:
        SUMMARY.write_text(summary, encoding="utf-8")
    assert SUMMARY.read_text(encoding="utf-8") == summary


def test_findings_in_real_harness_files_are_those_written_down(update: bool) -> None:
    root = shared("corpus", "harness")
    with (root / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    origins: dict[str, list[Path]] = {}
    for row in rows:
        origins.setdefault(row["origin"].split(":")[0], []).append(root / row["file"])
    summary = "\n".join(summarise(origin, sorted(origins[origin])) for origin in sorted(origins))
    if update:
        HARNESS_SUMMARY.write_text(summary, encoding="utf-8")
    assert HARNESS_SUMMARY.read_text(encoding="utf-8") == summary


def summarise(name: str, paths: list[Path]) -> str:
    """Count the findings of each rule, and the files in which it reports."""
    findings: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    for path in paths:
        try:
            found = [(one.rule, one.level) for one in read(path).diagnostics]
        except UndecodableError:
            continue
        findings.update(found)
        files.update(set(found))
    rows = [
        f"{findings[rule, level]:>8}  {files[rule, level]:>5}  {level:<7}  {rule}\n"
        for rule, level in sorted(findings)
    ]
    head = f"{name}: {len(paths)} files\n\nfindings  files  level    rule\n"
    return head + "".join(rows)


def test_the_judge_finds_no_fault() -> None:
    judge = shared("tools", "judge.py")
    command = os.path.join(os.path.dirname(sys.executable), "pipelint")
    suites = "vela-probes,conformance,vela-corpus,harness-corpus"
    done = subprocess.run(
        [sys.executable, judge, "--pipelint", command, "--only", suites, "--list", "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
