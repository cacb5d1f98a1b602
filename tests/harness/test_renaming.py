"""Whoever renames a stage, group, step or variable at its definition alone, hears of every use.

Real pipelines are renamed name by name: each use must be a finding then, and nothing else may be.
A use is beyond reach where its list may hold more than the document shows.
"""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from linting import DEFAULTS, Files
from pipelint.document import Document, Surroundings
from pipelint.harness import build
from pipelint.harness.dialect import read
from pipelint.harness.expression_findings import findings_of
from pipelint.harness.model import Pipeline
from pipelint.harness.rules import expression_places, expression_references, expression_ways
from pipelint.harness.scope.uses import Use, uses_of
from pipelint.source import Source, Span
from pipelint.yaml import parse
from repository import shared

KINDS = {build.STAGE, build.GROUP, build.STEP, build.VARIABLE}
NAMES = [
    rule.name
    for family in (expression_places, expression_references, expression_ways)
    for rule in family.RULES
]
SECONDS = 50
PREFIX = "Renamed_"


class Renaming(NamedTuple):
    """One definition, with the places that must be findings once it is renamed."""

    path: str
    text: str
    definition: Span
    uses: list[Use]


def document_of(text: str, path: str) -> Document | None:
    source = Source(text, path)
    around = Surroundings("", Files({}), DEFAULTS.limits, DEFAULTS.known_secrets)
    document = read(source, parse(source), around)
    return document if document is not None and document.checked else None


def findings(document: Document) -> set[tuple[str, Span]]:
    found = findings_of(document.context)
    return {(name, one.span) for name, one in found if name in NAMES}


def renamings() -> Iterator[Renaming]:
    corpus = shared("corpus", "harness")
    with (corpus / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["kind"] not in {"pipeline", "template"}:
            continue
        text = (corpus / row["file"]).read_text(encoding="utf-8-sig")
        document = document_of(text, row["path"]) if "<+" in text else None
        if document is None or document.tree.aliases or document.tree.problems:
            continue
        by_definition: dict[Span, list[Use]] = defaultdict(list)
        for use in uses_of(document.context):
            symbol, definition = use.symbol, use.value.definition
            if symbol is not None and symbol.kind in KINDS and definition is not None:
                by_definition[definition].append(use)
        for definition, uses in by_definition.items():
            yield Renaming(row["file"], text, definition, uses)


def is_in_reach(use: Use, document: Document) -> bool:
    """Tell whether nothing unknown is on the way to a use, by what the document looks like."""
    symbol = use.symbol
    assert symbol is not None
    pipeline = document.context.model.pipeline
    if len(use.path) == 1:
        return False  # a node around the place, by its own identifier: any name may be one
    if symbol.kind == build.STAGE:
        return isinstance(pipeline, Pipeline) and not pipeline.is_open
    return True


def shifted(span: Span, at: int) -> Span:
    by = len(PREFIX) if span.start >= at else 0
    return Span(span.start + by, span.end + by)


def test_renaming_makes_every_use_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    deadline = time.monotonic() + SECONDS
    expected = reported = surplus = beyond = count = 0
    wrong: list[str] = []
    for path, text, definition, uses in renamings():
        if time.monotonic() > deadline:
            break
        before = document_of(text, path)
        at = definition.start + (text[definition.start] in "'\"")
        after = document_of(text[:at] + PREFIX + text[at:], path)
        assert before is not None
        assert after is not None
        count += 1
        old = {(name, shifted(span, at)) for name, span in findings(before)}
        new = {span.start for name, span in findings(after) - old}
        wanted = {shifted(use.span, at).start for use in uses if is_in_reach(use, before)}
        others = {shifted(use.span, at).start for use in uses} - wanted
        beyond += len(others)
        expected += len(wanted)
        reported += len(wanted & new)
        surplus += len(new - wanted - others)
        if wanted - new or new - wanted - others:
            name = text[definition.start : definition.end]
            wrong.append(f"{path}: {name}: {sorted(wanted - new)} {sorted(new - wanted - others)}")
    with capsys.disabled():
        print(f"\n{count} renamings: {expected} uses in reach, {beyond} beyond")
        print(f"recall {reported / max(expected, 1):.4f}, {surplus} surplus findings")
    assert not wrong, "\n".join(wrong)
    assert expected > 0
