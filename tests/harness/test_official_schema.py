"""The official schema and pipelint agree on what is wrong, or it is known why they do not.

The schema is an oracle and no part of the project, nor are the files (see CONTRIBUTING.md); without
them this is skipped. Both are asked about real files, and about real files with a single fault.
`pytest tests/harness/test_official_schema.py -s` prints how often each reason is needed.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

import yaml
from corpus.mutations import mutants
from linting import DEFAULTS
from pipelint.engine import check
from pipelint.registry import rules_of
from pipelint.source import Source
from repository import shared

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="the oracle needs jsonschema-rs")
pytestmark = pytest.mark.xdist_group("official-schema")

FAMILIES = {rule.name: rule.family for rule in rules_of("harness")}

KINDS = ("pipeline", "template", "trigger")
EVERY = 2
"""Of so many files one is given faults: all of them find nothing else, and take twice as long."""

UNCHECKED = "the official schema takes any keys and leaves this value open"
WHOLE = "a matter of the whole document, which a schema cannot state"
LOOSE = "the official schema does not look into the spec of a step group template"

REFUSED = {
    "build-without-infrastructure": UNCHECKED,
    "clone-without-codebase": WHOLE,
    "duplicate-entry": WHOLE,
    "duplicate-key": "a YAML parser keeps the last of them; the server refuses both",
    "duplicate-stage-identifier": WHOLE,
    "duplicate-step-identifier": WHOLE,
    "environment-without-target": UNCHECKED,
    "expression": "the official schema does not read what stands in an expression",
    "group-template-without-stage-type": LOOSE,
    "loop-without-runs": UNCHECKED,
    "malformed-reference": "any text is taken for a reference",
    "matrix-without-axes": UNCHECKED,
    "misspelt-key": "unknown keys are taken, and few keys are required",
    "misspelt-kind": "no kind of document is required",
    "missing-key": "few keys are required, and none in a step group template",
    "step-not-allowed-here": LOOSE,
    "step-without-image": UNCHECKED,
    "template-uses-itself": WHOLE,
    "unknown-axis-in-exclude": WHOLE,
    "unknown-http-method": UNCHECKED,
    "unknown-source-stage": WHOLE,
    "unknown-stage-type": "any type is taken where a stage comes of a template",
    "unknown-step-type": LOOSE,
    "unsupported-value": UNCHECKED,
    "wrong-type": UNCHECKED,
}
"""Rules of level error that report where the schema has no objection, and why they are right.

The rules about expressions go by the name of their family.
"""

ACCEPTED = {
    "empty-value": "a key without a value is as good as none to the server; a warning",
    "expression-in-name": "official examples have expressions in names; a warning",
    "unquoted-value": "the server takes what YAML makes of it, and saves it so; a warning",
    "unknown-template-type": "documentation knows types that the schema lacks; a warning",
    "unlisted-step-type": "new step types come every month; what is near none is a warning",
    "placeholder": "a generator puts something in its place before Harness reads the file",
    "expression": "the product's own tests leave the type of a step to a runtime input",
}
"""Why something is no error that the schema refuses: rules of level warning, or what is there."""

_PLACEHOLDER = re.compile(r"^ +(?:identifier|name): .*\$\{", re.MULTILINE)
_OPEN_TYPE = re.compile(r"^ +type: <\+input>", re.MULTILINE)


class Case(NamedTuple):
    """A text about which the two do not agree. `reasons` are keys of the tables above."""

    name: str
    reasons: tuple[str, ...]
    refused: bool


class _Loader(yaml.CSafeLoader):
    """Reads dates as text: JSON has none."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def mended(schema: Any, *, named: bool = False) -> Any:
    """Return a copy without what is no JSON Schema; `named` maps hold names, no words of it.

    An empty `enum` takes nothing: the definitions that have one are never meant to match.
    """
    if isinstance(schema, list):
        return [mended(part) for part in schema if part is not None]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for word, value in schema.items():
        if value is None or (named and word == "$schema"):
            continue
        if named:
            made[word] = mended({"anyOf": value} if isinstance(value, list) else value)
        elif value != []:
            below = word in {"properties", "definitions", "patternProperties"}
            made[word] = mended(value, named=below)
        elif word == "enum":
            made["not"] = {}
    return made


@cache
def _oracle(kind: str) -> Any:
    schema = json.loads(shared("vendor", "harness-schema", f"{kind}.json").read_bytes())
    return jsonschema_rs.Draft7Validator(mended(schema))


def _files(kind: str) -> Iterator[tuple[str, str]]:
    """Give path and text of the files of a kind."""
    folder = shared("corpus", "harness")
    with open(folder / "manifest.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == kind]
    assert len(rows) > 100
    for row in rows:
        text = (folder / row["file"]).read_text(encoding="utf-8-sig", errors="replace")
        yield row["path"], text


def _disagreement(kind: str, path: str, text: str) -> Case | None:
    """Ask both; None where they agree, and where the oracle cannot read the text."""
    try:
        document = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError):
        return None
    found = check(Source(text, path), DEFAULTS).diagnostics
    errors = {_class_of(one.rule) for one in found if one.level == "error"}
    valid = _oracle(kind).is_valid(document)
    if valid != bool(errors):
        return None
    if errors:
        return Case(path, tuple(sorted(errors)), refused=True)
    return Case(path, _excuses(text, {one.rule for one in found}), refused=False)


def _class_of(rule: str) -> str:
    return "expression" if FAMILIES[rule] == "expression" else rule


def _excuses(text: str, rules: set[str]) -> tuple[str, ...]:
    """Tell why we have no error."""
    found = sorted(rules & ACCEPTED.keys())
    found += ["placeholder"] if _PLACEHOLDER.search(text) else []
    found += ["expression"] if _OPEN_TYPE.search(text) else []
    return tuple(found[:1])


@cache
def _disagreements(kind: str) -> tuple[Case, ...]:
    found = []
    for number, (path, text) in enumerate(_files(kind)):
        texts = [(path, text)]
        if number % EVERY == 0:
            texts += [(f"{path} ({one.what}, {one.line})", one.text) for one in mutants(text)]
        for name, changed in texts:
            case = _disagreement(kind, path, changed)
            found += [case._replace(name=name)] if case is not None else []
    return tuple(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disagreement_has_a_reason(kind: str) -> None:
    for case in _disagreements(kind):
        known = REFUSED if case.refused else ACCEPTED
        assert case.reasons, f"the schema refuses what we do not: {case.name}"
        assert set(case.reasons) <= known.keys(), f"{case.name}: {case.reasons}"


def test_every_reason_is_needed() -> None:
    cases = [case for kind in KINDS for case in _disagreements(kind)]
    refused = Counter(reason for case in cases if case.refused for reason in case.reasons)
    accepted = Counter(reason for case in cases if not case.refused for reason in case.reasons)
    for title, counted, known in (
        ("only we refuse", refused, REFUSED),
        ("only the schema refuses", accepted, ACCEPTED),
    ):
        print(f"\n{title}:")
        print(
            "\n".join(f"{counted[name]:>6}  {name}: {known.get(name)}" for name in sorted(counted))
        )
        assert set(counted) == set(known)


def test_an_oracle_accepts_and_refuses() -> None:
    """An oracle that says the same of everything would agree with nobody, or hide it."""
    stage = {"name": "a", "identifier": "a", "type": "Custom", "spec": {"execution": {"steps": []}}}
    step = {"name": "a", "identifier": "a", "type": "Wait", "spec": {"duration": "1m"}}
    stage["spec"] = {"execution": {"steps": [{"step": step}]}}
    pipeline = {"name": "a", "identifier": "a", "stages": [{"stage": stage}]}
    assert _oracle("pipeline").is_valid({"pipeline": pipeline})
    step["spec"] = {}
    assert not _oracle("pipeline").is_valid({"pipeline": pipeline})
