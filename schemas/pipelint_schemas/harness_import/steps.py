"""What the bundles say between the lines: a definition for each type of step, and its places."""

from __future__ import annotations

from typing import Any

from pipelint_schemas.harness_import.bundle import Bundle, Schema
from pipelint_schemas.harness_import.convert import Converter

STAGES = "#/definitions/pipeline/stages/stages"
STEPS = "#/definitions/pipeline/steps"
TEMPLATE = "#/definitions/template/step/template"

UNLISTED = ("External", "IACMTemplate", "IACMTerraformPlan")
"""Types that the official sources describe and that no bundle holds; older files use them."""

_FIELDS = ("identifier", "name", "description", "type", "timeout", "spec")
_ENTRY = ("identifier", "name")


def step_nodes(bundle: Bundle) -> dict[str, list[Schema]]:
    """Return the nodes of each type of step, in the order of the bundle."""
    nodes: dict[str, list[Schema]] = {}
    for folder in bundle.get(STEPS).values():
        for node in folder.values() if isinstance(folder, dict) else ():
            for kind in types_of(node) if _is_node(node) else ():
                nodes.setdefault(kind, []).append(node)
    return nodes


def types_of(node: Any) -> list[str]:
    """Return the types that a node says it has."""
    kind = node.get("properties", {}).get("type", {}) if isinstance(node, dict) else {}
    values: list[str] = kind.get("enum", []) if isinstance(kind, dict) else []
    return values


def make_steps(converter: Converter) -> dict[str, Schema]:
    """Make a definition for each type of step, and the one that chooses among them."""
    nodes = step_nodes(converter.bundle)
    made = {f"step.{kind}": _step(kind, nodes[kind], converter) for kind in sorted(nodes)}
    common = made["step.Run"]["properties"]
    for kind in UNLISTED:
        properties = {**common, "type": {"const": kind}, "spec": {"type": "object"}}
        made.setdefault(f"step.{kind}", _closed(properties, ["type"]))
    made = dict(sorted(made.items()))
    made["step-body"] = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in made]}
    made["step"] = {
        "type": "object",
        "if": {"required": ["template"]},
        "then": {"$ref": "#/$defs/template-step"},
        "else": {"required": [*_ENTRY, "type"], "$ref": "#/$defs/step-body"},
    }
    return made


def _is_node(node: Any) -> bool:
    keys = node.get("properties", {}) if isinstance(node, dict) else {}
    return {"identifier", "type", "when"} <= set(keys)


def _step(kind: str, nodes: list[Schema], converter: Converter) -> Schema:
    """Join the nodes of one type; what an entry of a list needs is asked for by `step`."""
    made = [converter.object(node) for node in nodes]
    properties: dict[str, Schema] = {key: {} for key in _FIELDS}
    properties.update({"description": {"type": "string"}, "timeout": {"$ref": "#/$defs/timeout"}})
    for each in made:
        properties.update(each["properties"])
    properties["type"] = {"const": kind}
    specs = [each["properties"].get("spec", {}) for each in made]
    properties["spec"] = specs[0] if len(specs) == 1 else {"anyOf": specs}
    required = [
        name
        for name in ("type", "spec")
        if name == "type" or all(name in each.get("required", ()) for each in made)
    ]
    return _closed(properties, required)


def _closed(properties: dict[str, Schema], required: list[str]) -> Schema:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "x-closed": True,
    }


# --- places --------------------------------------------------------------------------------------


def make_placement(bundles: dict[str, Bundle]) -> dict[str, Schema]:
    """Tell for each type of step where it may stand."""
    nodes = step_nodes(bundles["pipeline"])
    placement: dict[str, Schema] = {
        kind: {"stages": [], "rollback": [], "group": [], "template": False}
        for kind in sorted({*nodes, *UNLISTED})
    }
    for stage, kinds, keys in _wrappers(bundles["pipeline"]):
        for kind in kinds:
            for key in keys:
                placement[kind][key].append(stage)
    for kind in _templates(bundles, set(nodes)):
        placement[kind]["template"] = True
    for place in placement.values():
        for key in ("stages", "rollback", "group"):
            place[key] = sorted(place[key])
    return placement


def _wrappers(bundle: Bundle) -> list[tuple[str, list[str], list[str]]]:
    """Return for each type of stage the steps that it offers, and where it offers them."""
    found = []
    for stage in bundle.get(STAGES)["properties"]["stage"]["oneOf"]:
        node = bundle.get(stage["$ref"])
        execution = _execution(node, bundle)
        for kind in types_of(node) if execution else ():
            items = execution["properties"]["steps"]["items"]["$ref"]
            wrapper = bundle.get(items)["properties"]
            keys = ["stages"]
            keys += ["rollback"] if "rollbackSteps" in execution["properties"] else []
            keys += ["group"] if "stepGroup" in wrapper else []
            found.append((kind, _offered(wrapper["step"], bundle), keys))
    return found


def _execution(node: Schema, bundle: Bundle) -> Schema:
    """Return how a stage describes its execution; empty where it has none."""
    for condition in node.get("allOf", ()):
        spec = condition.get("then", {}).get("properties", {}).get("spec", {})
        if "$ref" in spec:
            ref = _find(bundle.get(spec["$ref"]), "execution")
            if ref:
                return bundle.get(ref)
    return {}


def _find(config: Schema, key: str) -> str:
    for part in (config, *config.get("allOf", ())):
        ref: str = part.get("properties", {}).get(key, {}).get("$ref", "")
        if ref:
            return ref
    return ""


def _offered(step: Schema, bundle: Bundle) -> list[str]:
    refs = [part["$ref"] for part in step["oneOf"] if "$ref" in part]
    return list(dict.fromkeys(kind for ref in refs for kind in types_of(bundle.get(ref))))


def _templates(bundles: dict[str, Bundle], known: set[str]) -> set[str]:
    """Return the types that templates offer; those that the bundle does not know yet, too."""
    if "template" not in bundles:
        return known
    bundle = bundles["template"]
    offered = set(_offered(bundle.get(TEMPLATE)["properties"]["spec"], bundle))
    return (offered & known) | (known - set(step_nodes(bundle)))
