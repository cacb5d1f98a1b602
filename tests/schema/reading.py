"""YAML text and schemas for the tests of the guided validator."""

from __future__ import annotations

import json
import re
from typing import Any

from pipelint.diagnostic import Finding
from pipelint.schema import check
from pipelint.schema.shape import Shapes, search
from pipelint.schema.state import State
from pipelint.schema.user import resolve
from pipelint.schema.validate import validate
from pipelint.schema.value import plain
from pipelint.schema.violation import Violation
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.merge import apply
from pipelint.yaml.node import Node, Scalar

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": "null", "~": "null", "null": "null", "true": "boolean", "false": "boolean"}


def types(scalar: Scalar) -> str:
    """Read scalars as the core schema of YAML 1.2 does, which is what JSON needs."""
    text = scalar.text
    if scalar.style:
        return "string"
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return "string"
    return "integer" if text.lstrip("+-").isdigit() else "number"


def deferred(scalar: Scalar) -> bool:
    """Hold what contains `<+` for a value that is known later."""
    return "<+" in scalar.text


def read(text: str) -> Node:
    """Parse one document and apply its merge keys."""
    tree = parse(Source(text))
    apply(tree)
    assert tree.root is not None, text
    return tree.root


def value(node: Node) -> Any:
    """Turn a node into what `json` would give."""
    return plain(node, State(types).kind)


def shapes(schema: Any) -> Shapes:
    """Make a schema ready; its patterns are ours and run in `re`."""
    return Shapes(lambda ref: resolve(schema, ref), search)


def violations(schema: Any, text: str) -> list[Violation]:
    """Validate a text against a schema."""
    return validate(read(text), shapes(schema).at("#"), types, deferred).violations


def findings(schema: Any, text: str) -> list[tuple[str, Finding]]:
    """Validate a text and put what is wrong into words."""
    return check(read(text), shapes(schema).at("#"), types, deferred)


def blamed(schema: Any, text: str) -> list[str]:
    """Say what is wrong in short: `kind` at the first line of the text that is blamed."""
    return [
        f"{each.kind}: {text[each.span.start : each.span.end]}" for each in violations(schema, text)
    ]


def as_yaml(instance: Any) -> str:
    """Write a JSON value so that YAML reads the same."""
    return json.dumps(instance, ensure_ascii=False)
