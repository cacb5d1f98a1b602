"""The catalogue is the source: what is published and what runs are made of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from pipelint_schemas import build
from pipelint_schemas.load import HERE, Slices

PUBLISHED = [
    f"{name}/{kind}.schema.json"
    for name in build.CATALOGUES
    for kind in build.read(name)["x-roots"]
]


def published(path: str) -> dict[str, Any]:
    """Read a published schema."""
    with open(os.path.join(HERE, path), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def keys(value: Any) -> Iterator[str]:
    """Give every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        yield from value
    if isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from keys(part)


def test_what_is_committed_is_what_the_catalogues_make() -> None:
    assert build.main(["--check"]) == 0, "run `make schemas`"


each_published = pytest.mark.parametrize("path", PUBLISHED)
"""Ordinary JSON Schemas that any tool can use."""


@each_published
def test_holds_no_words_of_our_own(path: str) -> None:
    assert [key for key in keys(published(path)) if key.startswith("x-")] == []


@each_published
def test_is_a_schema_for_python_and_rust(path: str) -> None:
    jsonschema.Draft202012Validator.check_schema(published(path))
    jsonschema_rs.Draft202012Validator(published(path))


@each_published
def test_every_definition_is_reached(path: str) -> None:
    schema = published(path)
    refs = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)))
    assert refs == set(schema["$defs"])


@pytest.mark.parametrize("path", [path for path in PUBLISHED if path.startswith("vela/")])
def test_every_key_of_a_step_has_words_for_hover(path: str) -> None:
    step = published(path)["$defs"]["step"]["properties"]
    definitions = published(path)["$defs"]
    silent = [
        key
        for key, part in step.items()
        if "description" not in {**definitions.get(part.get("$ref", "")[8:], {}), **part}
    ]
    assert silent in ([], ["environment"])


@each_published
def test_is_strict_enough_for_ajv(path: str, tmp_path_factory: Any) -> None:
    program = (
        "const Ajv = require('ajv/dist/2020');"
        "const lax = {strictRequired: false, strictTypes: false};"
        "const strict = {strict: true, allowUnionTypes: true};"
        "const imported = process.argv[1].includes('/harness/');"
        "const ajv = new Ajv({...strict, ...(imported ? lax : {})});"
        "ajv.compile(JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')));"
    )
    folder = ajv_folder(tmp_path_factory)
    command = ["node", "-e", program, os.path.join(HERE, path)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def ajv_folder(factory: Any) -> str:
    """Return a folder in which node finds ajv; skips where node, npm or the package is missing."""
    folder = os.path.join(str(factory.getbasetemp()), "ajv")
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not here")
    if not os.path.isdir(os.path.join(folder, "node_modules", "ajv")):
        os.makedirs(folder, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "ajv@8"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
        if done.returncode:
            pytest.skip("npm cannot install ajv")
    return folder


@pytest.mark.parametrize("name", build.CATALOGUES)
def test_slices_hold_every_definition(name: str) -> None:
    slices = Slices(f"{name}/slices.json")
    catalogue = build.read(name)
    definitions = catalogue["$defs"]
    assert [each for each in slices.names() if not each.startswith("x-")] == list(definitions)
    for definition in definitions:
        part = slices.get(definition)
        assert part.get("type") == definitions[definition].get("type")
        assert "description" not in part


def test_an_unknown_definition_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Slices("vela/slices.json").get("nothing")


@pytest.mark.parametrize("name", build.CATALOGUES)
def test_patterns_of_a_catalogue_are_linear(name: str) -> None:
    """These run in Python's `re`: each takes milliseconds for text that almost fits."""
    patterns = re.findall(r'"pattern":"((?:[^"\\]|\\.)*)"', build.slice_up(build.read(name)))
    texts = [text * 20_000 + "!" for text in ("a", "1", "1m", "1m ", "10s", ".", "-_", " ")]
    slow = []
    for pattern in sorted({json.loads(f'"{each}"') for each in patterns}):
        started = time.process_time()
        for text in texts:
            re.search(pattern, text)
        if time.process_time() - started > 1:
            slow.append(pattern)
    assert slow == []


def test_a_published_branch_is_not_sliced() -> None:
    """Other tools read the words of YAML 1.1 as text; the guided validator knows better."""
    catalogue = {
        "title": "x",
        "x-roots": {"x": "flag"},
        "$defs": {
            "flag": {
                "description": "D",
                "anyOf": [{"type": "boolean"}, {"x-published": True, "enum": ["yes"]}],
            }
        },
    }
    schema = build.publish(catalogue, "flag")
    assert schema["anyOf"] == [{"type": "boolean"}, {"enum": ["yes"]}]
    line = build.slice_up(catalogue).splitlines()[1]
    assert json.loads(line)["anyOf"] == [{"type": "boolean"}]
    assert build.describe(catalogue) == {"flag": {"": "D"}}


def test_keys_that_look_like_annotations_stay() -> None:
    """What a document may call `x-key` or `description` is no annotation."""
    schema = {"properties": {"x-key": {"x-what": "a", "type": "string"}, "description": True}}
    stripped = build.strip(schema, ("x-", "description"))
    assert stripped == {"properties": {"x-key": {"type": "string"}, "description": True}}
