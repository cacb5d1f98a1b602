"""The Vela catalogue: the guided validator and the reference agree on real and on broken files."""

from __future__ import annotations

import copy
import glob
import json
import os
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from pipelint.schema.shape import shapes_of
from pipelint.schema.state import State
from pipelint.schema.validate import validate
from pipelint.schema.value import plain
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.merge import apply
from pipelint.yaml.node import Mapping, Node
from pipelint_schemas import build
from pipelint_schemas.load import Slices
from schema.reading import as_yaml, read, types

SHARED = os.environ.get("PIPELINT_CORPUS", os.path.join("..", "shared"))
FOLDERS = ("vela-probes/probes", "corpus/vela/files", "corpus/vela/fragments")

GUIDED = shapes_of(Slices("vela/slices.json").get)
REFERENCE = jsonschema_rs.Draft202012Validator(build.publish(build.read("vela"), "pipeline"))

SMALL = """
version: "1"
metadata: {template: false, clone: true, auto_cancel: {running: true}}
environment: {A: b}
worker: {flavor: large, platform: docker}
secrets:
  - {name: a, key: org/repo/a, engine: native, type: repo}
  - origin: {name: v, image: vault, pull: always, parameters: {a: [b]}, secrets: [a]}
services:
  - {name: db, image: "postgres:16", ports: ["5432:5432"], ulimits: [{name: nofile, soft: 1}]}
stages:
  test:
    needs: [clone]
    independent: true
    steps:
      - name: a
        image: go
        commands: [go test]
        environment: [A=b]
        secrets: [{source: a, target: b}]
        volumes: ["/a:/b:ro"]
        ruleset: {event: [push], if: {branch: main, operator: or}, unless: {status: failure}}
      - {name: b, template: {name: t, vars: {a: 1}}, pull: never, detach: true}
templates: [{name: t, source: a/b/c, type: github}]
deployment: {targets: [prod], parameters: {a: {type: integer, min: 1, max: 5, options: [a]}}}
git: {token: {repositories: [a], permissions: {contents: read}}}
"""


def verdicts(root: Node) -> tuple[bool, bool]:
    """Return what the guided validator says and what the reference says."""
    guided = not validate(root, GUIDED.get("pipeline"), types).violations
    return guided, REFERENCE.is_valid(plain(root, State(types).kind))


def corpus() -> list[str]:
    """Return the paths of all Vela files that are here; skips where there are none."""
    found = [
        path
        for folder in FOLDERS
        for path in glob.glob(os.path.join(SHARED, folder, "**", "*.y*ml"), recursive=True)
    ]
    if not found:
        pytest.skip(f"no corpus in {SHARED}: set PIPELINT_CORPUS")
    return sorted(found)


def test_equal_verdicts_on_the_corpus() -> None:
    """Real pipelines and probes, read with the same types of scalars on both sides."""
    differ, valid = [], 0
    for path in corpus():
        with open(path, encoding="utf-8", errors="replace") as file:
            tree = parse(Source(file.read()))
        if tree.problems or not isinstance(tree.root, Mapping):
            continue
        apply(tree)
        guided, reference = verdicts(tree.root)
        valid += reference
        if guided != reference:
            differ.append(path)
    assert differ == []
    assert valid > 100


def mutants(value: Any) -> Iterator[Any]:
    """Give the value with one place changed: another kind, a key more, a key less."""
    for change in ("x", 5, None, [], {}, ["x"], {"x": "y"}):
        if change != value:
            yield change
    if isinstance(value, dict):
        yield {**value, "xyz": 1}
        for key, part in value.items():
            yield {other: kept for other, kept in value.items() if other != key}
            yield from ({**value, key: mutant} for mutant in mutants(part))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            for mutant in mutants(part):
                changed = copy.copy(value)
                changed[at] = mutant
                yield changed


def test_equal_verdicts_on_mutants_and_one_violation_each() -> None:
    """Every place of a pipeline that uses most of the language, changed in every way.

    One changed place is at most one violation, but for the map that lacks all that it needs.
    """
    whole = plain(read(SMALL), State(types).kind)
    assert verdicts(read(as_yaml(whole))) == (True, True)
    differ, many, refused = [], [], 0
    for mutant in mutants(whole):
        root = read(as_yaml(mutant))
        found = validate(root, GUIDED.get("pipeline"), types).violations
        valid = REFERENCE.is_valid(mutant)
        refused += not valid
        if valid == bool(found):
            differ.append(mutant)
        if len(found) > 1 and {each.kind for each in found} - {"missing-key", "unknown-key"}:
            many.append((json.dumps(mutant), found))
    assert differ == []
    assert many == []
    assert refused > 300
