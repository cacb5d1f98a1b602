"""From the official draft-07 to definitions of ours: real types, said once, told by `type`."""

from __future__ import annotations

from typing import Any

from pipelint_schemas.harness_import.bundle import Bundle, Schema, name_of
from pipelint_schemas.harness_import.choices import choose, is_demand
from pipelint_schemas.harness_import.merge import merge
from pipelint_schemas.harness_import.objects import Parts, assemble
from pipelint_schemas.harness_import.patterns import read_pattern

OURS = {
    "common.FailureStrategyConfig": "failure-strategy",
    "common.StepWhenCondition": "when-step",
    "common.StrategyConfig": "strategy",
    "common.Timeout": "timeout",
    "steps.custom.StageWhenCondition": "when-stage",
    "steps.custom.TemplateLinkConfig": "template-link",
}
"""Definitions that we write by hand, and the names that those have."""

_KINDS = {
    "ExecutionElementConfig": "execution",
    "ExecutionWrapperConfig": "step-item",
    "StepGroupElementConfig": "step-group",
}
"""The same for what each kind of stage has of its own."""

_VARIABLES = {"numberVariable", "secretVariable", "stringVariable"} | {
    f"common.{kind}NGVariable" for kind in ("Number", "Secret", "String")
}
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_LISTS = ("minItems", "maxItems", "uniqueItems")
_TEXTS = ("minLength", "maxLength", "const")
_OBJECT_WORDS = ("properties", "required", "allOf", "if", "dependencies", "propertyNames")
_BESIDE_REF = {"type", "minLength", "readOnly", "title", "description", "desc", "metadata"}
_ENDLESS = 2**31 - 1


class Converter:
    """Converts the definitions of one bundle, as far as they are reached.

    `made` is shared by all bundles: what one has converted the next ones leave as it is.
    """

    __slots__ = ("bundle", "made", "work")

    def __init__(self, bundle: Bundle, made: dict[str, Schema]) -> None:
        self.bundle = bundle
        self.made = made
        self.work: list[str] = []

    def finish(self) -> None:
        """Convert what was reached and what that reaches."""
        while self.work:
            ref = self.work.pop()
            name = name_of(ref)
            if name not in self.made:
                self.made[name] = {}
                self.made[name] = self.value(self.bundle.get(ref))

    def value(self, raw: Any) -> Schema:
        """Convert the schema of a value; an expression alone becomes text."""
        made = self.branch(raw)
        return {"type": "string"} if made is None else made

    def branch(self, raw: Any) -> Schema | None:
        """Convert one alternative; None where it only takes expressions."""
        if not isinstance(raw, dict) or raw.get("title") == "JsonNode":
            return {}
        if "$ref" in raw and not set(raw) - {"$ref"} - _BESIDE_REF:
            return self.refer(raw["$ref"])
        if _is_wrapper(raw):
            return self.branch(raw["properties"].get("value", {}))
        if _is_list(raw):
            return {"type": "array"}
        return self.object(raw) if _is_object(raw) else self.simple(raw)

    def simple(self, raw: Schema) -> Schema | None:
        """Convert what is no mapping."""
        for word in ("oneOf", "anyOf"):
            if word in raw:
                return self.choice(word, raw)
        return self.plain(raw)

    def refer(self, ref: str) -> Schema | None:
        """Refer to a definition, ours where we have one; what only wraps a value is unwrapped."""
        name = name_of(ref)
        ours = OURS.get(name) or _of_each_stage(name)
        if ours:
            # Ours may be made of what the official one is made of.
            self.work += [ref] if ours != "step-item" else []
            return _to(ours)
        raw = self.bundle.get(ref)
        if _is_wrapper(raw) or raw.get("title") == "JsonNode":
            return self.branch(raw)
        if not _is_object(raw):
            made = self.branch(raw)
            if made is None or "$ref" in made or not set(made) - {"type"}:
                return made
        self.work.append(ref)
        return _to(name)

    def choice(self, word: str, raw: Schema) -> Schema | None:
        """Convert alternatives to what is left of them without the expressions."""
        parts = raw[word]
        names = {name_of(part.get("$ref", "")) for part in parts if isinstance(part, dict)}
        if names and names <= _VARIABLES:
            return _to("variable")
        if all(is_demand(part) for part in parts):
            return {word: [self.demand(part) for part in parts]}
        branches = [self.branch(part) for part in parts]
        made = choose([branch for branch in branches if branch is not None])
        outer = {key: part for key, part in raw.items() if key != word}
        if made is None or not set(outer) & {"type", "enum"}:
            return made
        return merge(self.value(outer), made)

    def demand(self, raw: Schema) -> Schema:
        """Copy an alternative that only asks for keys."""
        made: Schema = {}
        for word, value in raw.items():
            if word in {"oneOf", "anyOf", "allOf"}:
                made[word] = [self.demand(part) for part in value]
            elif word == "not":
                made[word] = self.demand(value)
            elif word == "required":
                made[word] = list(value)
        return made

    def object(self, raw: Schema) -> Schema:
        """Convert a mapping: everything that is said about it in one place, and closed."""
        parts = Parts()
        self.gather(raw, parts)
        made = assemble(parts, self)
        if "discriminator" in raw and not parts.conditions and not parts.choices:
            # What tells the kinds apart is there, the kinds are not: their keys are not known.
            made.pop("x-closed", None)
        return made

    def gather(self, raw: Schema, parts: Parts) -> None:
        """Collect what a schema says of a mapping, with all that it includes."""
        if "$ref" in raw:
            self.gather(self.bundle.get(raw["$ref"]), parts)
        for part in raw.get("allOf", ()):
            if isinstance(part, dict):
                self.gather(part, parts)
        for key, part in raw.get("properties", {}).items():
            if isinstance(part, dict) and not _is_leftover(key, part):
                parts.add_property(key, self.property(key, part))
        parts.add(raw)

    def property(self, key: str, raw: Any) -> Schema:
        """Convert what a key holds."""
        if key == "failureStrategies":
            return _to("failure-strategies")
        return self.value(raw)

    def plain(self, raw: Schema) -> Schema | None:
        """Convert the schema of a scalar or a list."""
        kind = raw.get("type")
        made: Schema = {} if kind is None else {"type": kind}
        if "enum" in raw:
            return {"enum": list(dict.fromkeys(raw["enum"]))}
        if kind == "array":
            return {**made, **self._list(raw)}
        if kind == "object":
            parts = Parts()
            parts.add(raw)
            return assemble(parts, self)
        made.update({word: raw[word] for word in (*_TEXTS, *_NUMBERS) if word in raw})
        if "pattern" in raw:
            limits = read_pattern(raw["pattern"])
            if limits is None:
                return None
            made = limits if "$ref" in limits else {**made, **limits}
        refused = raw.get("not")
        return made if refused is None or "<" in str(refused) else {**made, "not": refused}

    def _list(self, raw: Schema) -> Schema:
        made = {word: raw[word] for word in _LISTS if word in raw}
        if made.get("maxItems", 0) >= _ENDLESS:
            del made["maxItems"]
        items = self.value(raw["items"]) if isinstance(raw.get("items"), dict) else {}
        return {**made, "items": items} if items else made


def _of_each_stage(name: str) -> str:
    folder, _, last = name.rpartition(".")
    return _KINDS.get(last, "") if folder.startswith("stages.") else ""


def _to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _is_wrapper(raw: Schema) -> bool:
    """Tell whether this describes how the server holds a value, not what people write."""
    return str(raw.get("title", "")).startswith("ParameterField")


def _is_object(raw: Schema) -> bool:
    if raw.get("type") in ("object", None):
        return any(word in raw for word in _OBJECT_WORDS) or (
            "$ref" in raw and ("oneOf" in raw or "anyOf" in raw)
        )
    return False


def _is_list(raw: Schema) -> bool:
    """Tell whether several statements speak of a list; what they ask of its items is left out."""
    return "allOf" in raw and any("items" in part for part in raw["allOf"] if "$ref" not in part)


def _is_leftover(key: str, raw: Schema) -> bool:
    """Tell whether a key is only there because a description of the whole slipped in."""
    return key == "description" and bool(raw) and set(raw) <= {"desc", "description"}
