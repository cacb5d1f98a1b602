"""The published JSON Schema of the configuration says what the loader says."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import pipelint_schemas
from config.project import Project
from pipelint.config import KINDS
from pipelint.config.layer import LIMITS
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar

with open(
    os.path.join(os.path.dirname(pipelint_schemas.__file__), "config.schema.json"),
    encoding="utf-8",
) as _file:
    SCHEMA = json.load(_file)


GOOD = [
    "",
    "rules:\n",
    "rules: {slow-step: off, vela: info, undefined-secret: {level: error}}",
    "rules: {slow-step: {level: warning, max: 3, names: [a]}}",
    "exclude: [vendor/, '!vendor/mine/', '**/..a/*']",
    "overrides: [{files: a.yml, rules: {}}, {files: [a, b], rules: {vela: off}}]",
    "extends: there.json",
    "extends: [there.json]",
    "files: {'ci/*.yml': vela-pipeline, x: harness-template}",
    "schemas: {'*.yml': there.json}",
    "catalogue: ./there.json",
    "baseline: not-yet/there.json",
    "harness: {era: current, flags: [A, B], plan: enterprise}",
    "vela: {known-secrets: ['docker_*'], limits: {template-depth: 4, report-as: 0}}",
    "require-reason: true",
    "required-version: '>=0.0.1, <99'",
    "required-version: ' >= 0.0 '",
]

BAD = [
    "[]",
    "rules: []",
    "rule: {}",
    "rules: {slow-step: warn}",
    "rules: {slow-step: true}",
    "rules: {slow-step: }",
    "rules: {slow-step: [error]}",
    "rules: {slow-step: {level: on}}",
    "exclude: vendor/",
    "exclude: [a, {}]",
    "exclude: [../a]",
    "exclude: [a/../b]",
    "overrides: {}",
    "overrides: [{files: a.yml}]",
    "overrides: [{files: a.yml, rules: {}, exclude: []}]",
    "overrides: [a.yml]",
    "extends: {}",
    "extends: https://example.com/x.yaml",
    "extends: /etc/x.yaml",
    "extends: 'C:\\x.yaml'",
    "files: {a: vela}",
    "files: {a: unknown}",
    "schemas: {a: 'file:///x'}",
    "schemas: [a]",
    "catalogue: ~/x",
    "baseline: /tmp/x.json",
    "baseline: [x.json]",
    "harness: {era: new}",
    "harness: {eras: current}",
    "harness: {flags: A}",
    "harness: {plan: gold}",
    "vela: {secrets: []}",
    "vela: {known-secrets: a}",
    "vela: {limits: {report-as: many}}",
    "vela: {limits: {report-as: -1}}",
    "vela: {limits: {other: 1}}",
    "require-reason: yes",
    "require-reason: 'true'",
    "required-version: new",
    "required-version: '>=1,'",
]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", GOOD)
def test_both_accept(project: Project, text: str) -> None:
    project.write("there.json", "")
    assert project.problems(text) == []
    assert Draft202012Validator(SCHEMA).is_valid(_value(text))


@pytest.mark.parametrize("text", BAD)
def test_both_refuse(project: Project, text: str) -> None:
    assert project.problems(text) != []
    assert not Draft202012Validator(SCHEMA).is_valid(_value(text))


def test_both_know_the_same_words() -> None:
    assert tuple(SCHEMA["$defs"]["kind"]["enum"]) == KINDS
    limits = SCHEMA["properties"]["vela"]["properties"]["limits"]["properties"]
    assert list(limits) == list(LIMITS)


def _value(text: str) -> Any:
    root = parse(Source(text)).root
    return None if root is None else _plain(root)


def _plain(node: Node) -> Any:
    """Read a node as YAML 1.2 does, which is what editors check configurations with."""
    if isinstance(node, Mapping):
        return {_plain(key): _plain(value) for key, value in node.pairs}
    if not isinstance(node, Scalar):
        return [_plain(item) for item in node.items]
    if node.style == PLAIN:
        known = {"true": True, "false": False, "": None, "~": None, "null": None}
        if node.text in known:
            return known[node.text]
        if node.text.lstrip("-").isdigit():
            return int(node.text)
    return node.text
