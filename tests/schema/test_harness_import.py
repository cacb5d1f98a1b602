"""What is taken over from the official schema of Harness, and what becomes of it."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from pipelint_schemas.harness_import import SHIPPED, import_catalogue, make_catalogue
from pipelint_schemas.harness_import import write_catalogue as write
from pipelint_schemas.harness_import.bundle import Bundle, read_bundles
from pipelint_schemas.harness_import.convert import Converter
from pipelint_schemas.harness_import.difference import compare
from pipelint_schemas.imported import ImportedSlices
from pipelint_schemas.load import Slices

SHARED = os.environ.get("PIPELINT_SHARED", os.path.join("..", "shared"))
BUNDLES = os.path.join(SHARED, "vendor", "harness-schema")
FACTS = os.path.join(SHARED, "facts", "harness", "steps.json")

NEWER = {"MythosAgent"}
"""Newer than the bundle of templates that we have, which therefore cannot refuse it."""


def shipped() -> dict[str, Any]:
    with open(SHIPPED, encoding="utf-8") as file:
        catalogue: dict[str, Any] = json.load(file)
    return catalogue


DEFINITIONS = shipped()["$defs"]


def converted(schema: dict[str, Any], **others: Any) -> Any:
    """Convert one schema that may refer to others."""
    bundle = Bundle({"definitions": {"pipeline": {"common": others}}})
    return Converter(bundle, {}).value(Bundle({"x": schema}).get("x"))


def expression(pattern: str = "(<\\+.+>.*)") -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "minLength": 1}


REF = "#/definitions/pipeline/common/"
ONLY_INPUT = expression(
    "^<\\+input>((\\.)((executionInput\\(\\))|(allowedValues|default|regex)\\(.+?\\)))*$"
)


@pytest.mark.parametrize(
    ("official", "ours"),
    [
        ({"oneOf": [{"type": "boolean"}, expression()]}, {"type": "boolean"}),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, {"type": ["integer", "string"]}),
        (
            {"oneOf": [{"type": "string", "enum": ["a"]}, ONLY_INPUT]},
            {"enum": ["a"]},
        ),
        (
            {"oneOf": [{"type": "array", "items": {"type": "string"}}, expression("^<\\+input>$")]},
            {"type": "array", "items": {"type": "string"}},
        ),
        ({"type": "string", "minLength": None}, {"type": "string"}),
        ({"type": "string", "enum": []}, {"type": "string"}),
        ({"title": "JsonNode", "type": "object"}, {}),
        ({"type": "object"}, {"type": "object"}),
        (
            {"type": "string", "pattern": "^[a-zA-Z_][0-9a-zA-Z_]{0,127}$"},
            {"$ref": "#/$defs/identifier"},
        ),
        (
            {"type": "string", "pattern": "^(([1-9])+\\d+[s])|(<\\+input>.*)|(^$))$"},
            {"$ref": "#/$defs/timeout"},
        ),
        ({"type": "string", "pattern": "(a+)+$"}, {"type": "string"}),
        ({"type": "string", "pattern": "^(?!.*<\\+).*$"}, {"type": "string", "x-literal": True}),
    ],
)
def test_a_value_has_its_real_type(official: dict[str, Any], ours: Any) -> None:
    assert converted(official) == ours


def test_a_wrapper_of_the_server_is_the_value_in_it() -> None:
    wrapper = {"title": "ParameterFieldBoolean", "properties": {"value": {"type": "boolean"}}}
    schema = {"oneOf": [{"type": "boolean"}, {"$ref": REF + "Wrapper"}, expression()]}
    assert converted(schema, Wrapper=wrapper) == {"type": "boolean"}


def test_what_is_said_twice_is_said_once() -> None:
    own = {"required": ["a"], "properties": {"a": {"type": "string"}}}
    base = {"type": "object", "properties": {"description": {"desc": "This is …"}}}
    schema = {"type": "object", "allOf": [{"$ref": REF + "Base"}, own], **own}
    assert converted(schema, Base=base) == {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}},
        "x-closed": True,
    }


def test_conditions_become_branches_also_beside_a_reference() -> None:
    """The official draft ignores what stands beside `$ref`; it is meant all the same."""

    def case(text: str) -> dict[str, Any]:
        then = {"properties": {"spec": {"type": "object", "required": [text]}}}
        return {"if": {"properties": {"type": {"const": text}}}, "then": then}

    schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "enum": ["a", "b", "c"]}},
        "allOf": [{"$ref": REF + "Base", **case("a")}, case("b")],
    }
    assert converted(schema, Base={"type": "object"}) == {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": ["a", "b", "c"]}, "spec": {}},
        "anyOf": [
            {
                "properties": {
                    "type": {"const": text},
                    "spec": {"type": "object", "required": [text]},
                }
            }
            for text in ("a", "b")
        ]
        + [{"properties": {"type": {"const": "c"}}}],
        "x-closed": True,
    }


# --- the shipped catalogue -----------------------------------------------------------------------


def test_how_much_there_is() -> None:
    steps = [name for name in DEFINITIONS if name.startswith("step.")]
    assert len(steps) == 356
    assert len(DEFINITIONS["step-body"]["oneOf"]) == 356
    places = DEFINITIONS["placement"]
    assert sorted(places) == sorted(name.removeprefix("step.") for name in steps)
    assert len({stage for place in places.values() for stage in place["stages"]}) == 10


def test_there_are_no_sentences_and_no_expressions() -> None:
    text = json.dumps({**DEFINITIONS, "expression": {}})
    assert "This is the description" not in text
    assert "<\\\\+" not in text
    assert "executionInput" not in text


def test_two_types_of_the_same_name_take_either_spec() -> None:
    for kind in ("AiTestAutomation", "SlackNotify"):
        assert len(DEFINITIONS[f"step.{kind}"]["properties"]["spec"]["anyOf"]) == 2


def test_every_stage_is_described() -> None:
    """The twelve kinds, and the link to a template."""
    assert len(DEFINITIONS["stages.stages"]["properties"]["stage"]["anyOf"]) == 13


# --- against the official files, where they are ---------------------------------------------------


@pytest.fixture(scope="module")
def imported() -> dict[str, Any]:
    if not os.path.exists(os.path.join(BUNDLES, "pipeline.json")):
        pytest.skip(f"no official bundles in {BUNDLES}: set PIPELINT_SHARED")
    return make_catalogue(read_bundles(BUNDLES), **shipped()["meta"])


def test_what_is_shipped_is_what_the_bundles_make(imported: dict[str, Any]) -> None:
    with open(SHIPPED, encoding="utf-8", newline="") as file:
        assert file.read() == write(imported)


def test_an_import_tells_what_is_new(imported: dict[str, Any]) -> None:
    assert import_catalogue(BUNDLES)[1] == ""
    changed = json.loads(json.dumps(imported))
    changed["$defs"]["step.New"] = {}
    del changed["$defs"]["step.Wait"]
    run = changed["$defs"]["steps.common.RunStepInfo"]
    run["required"] = ["command"]
    run["properties"]["shell"]["enum"][0] = "Zsh"
    run["properties"]["retry"] = {"type": "integer"}
    assert compare(imported, changed).splitlines() == [
        "new step type `New`",
        "step type `Wait` is gone",
        "steps.common.RunStepInfo: new key `retry`",
        "steps.common.RunStepInfo: new needed key `command`",
        "steps.common.RunStepInfo: `shell`: +Zsh -Sh",
    ]


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Any) -> None:
    (tmp_path / "pipeline.json").write_text('{"type": "object"}')
    with pytest.raises(ValueError, match="not the official schema"):
        import_catalogue(str(tmp_path))


def test_a_catalogue_of_ones_own_takes_the_place_of_ours(
    imported: dict[str, Any], tmp_path: Any
) -> None:
    changed = json.loads(json.dumps(imported))
    changed["$defs"]["steps.common.RunStepInfo"]["properties"]["novel"] = {"type": "string"}
    path = tmp_path / "catalogue.json"
    path.write_text(write(changed))
    slices, ours = ImportedSlices("harness", str(path)), Slices("harness/slices.json")
    assert "novel" in slices.get("steps.common.RunStepInfo")["properties"]
    assert "novel" not in ours.get("steps.common.RunStepInfo")["properties"]
    assert slices.get("pipeline-file") == ours.get("pipeline-file")


def test_places_and_keys_are_those_of_the_sources() -> None:
    """The facts were read from the sources of the bundles, by a program that shares nothing."""
    if not os.path.exists(FACTS):
        pytest.skip(f"no facts in {FACTS}: set PIPELINT_SHARED")
    with open(FACTS, encoding="utf-8") as file:
        facts = json.load(file)["steps"]
    placement = DEFINITIONS["placement"]
    assert set(placement) == set(facts)
    for kind, fact in facts.items():
        place = placement[kind]
        assert place["stages"] == fact["stages"], kind
        assert place["rollback"] == fact["rollback_in"], kind
        assert place["group"] == fact["step_group_in"], kind
        assert place["template"] == fact["template"] or kind in NEWER, kind


DIFFER = {"UpdateGitOpsApp", "SaveCache", "LoadTest", "External", "IACMTerraformPlan", "Security"}
"""Keys of conditions that the facts leave out or (Security) mix, and types that no bundle holds."""


def test_keys_of_each_spec_are_those_of_the_sources() -> None:
    if not os.path.exists(FACTS):
        pytest.skip(f"no facts in {FACTS}: set PIPELINT_SHARED")
    with open(FACTS, encoding="utf-8") as file:
        facts = json.load(file)["steps"]
    differ = set()
    for kind, fact in facts.items():
        spec = DEFINITIONS[f"step.{kind}"]["properties"]["spec"]
        parts = [
            DEFINITIONS.get(part.get("$ref", "")[8:], {}) for part in spec.get("anyOf", [spec])
        ]
        keys = {key for part in parts for key in part.get("properties", {})}
        if not set(fact["spec_keys"]) <= keys:
            differ.add(kind)
    assert differ <= DIFFER
