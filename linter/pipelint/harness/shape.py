"""The shape of Harness's documents: the catalogue, and scalars as the server types them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipelint.diagnostic import Finding
from pipelint.harness import kind
from pipelint.harness.catalogue import Catalogue
from pipelint.harness.kind import Found
from pipelint.harness.values import is_untyped, json_type
from pipelint.schema.shape import Shape
from pipelint.schema.validate import validate
from pipelint.yaml.node import Mapping, Node

ROOTS = {
    kind.PIPELINE: "pipeline-file",
    kind.TEMPLATE: "template-file",
    kind.INPUT_SET: "input-set-file",
    kind.OVERLAY: "overlay-input-set-file",
    kind.TRIGGER: "trigger-file",
    kind.SERVICE: "service-file",
    kind.ENVIRONMENT: "environment-file",
    kind.INFRASTRUCTURE: "infrastructure-file",
}

NAMES = {
    "unknown-value": "unsupported-value",
    "bad-format": "malformed-value",
    "no-alternative": "conflicting-keys",
    "too-few": "wrong-number-of-entries",
    "too-many": "wrong-number-of-entries",
}
"""What is found, and the rule that reports it, where the catalogue names no other."""

ShapeOf: TypeAlias = Callable[[str], Shape]
"""Gives the definition of a name."""

SAID_BY_RULES = frozenset({"unknown-step-type", "unknown-stage-type"})
"""Rules with functions, which know more: the stage around it, the words that people use."""


def check_shape(
    root: Mapping, found: Found, catalogue: Catalogue, *, shared: bool = True
) -> list[tuple[str, Finding]]:
    """Return what the catalogue says against a document, by the names of rules.

    `shared` tells that the document has aliases. Where the key at the root is a slip of the pen,
    what stands under it is checked all the same.
    """
    shape = catalogue.shape(ROOTS[found.kind])
    node: Node | None = root
    if found.meant and found.key is not None:
        inside = shape.open().properties[found.meant]
        node, shape = root.get(found.key.text), inside or shape
    named = _named(node, shape, catalogue.shape, shared=shared) if node is not None else []
    return [(name, finding) for name, finding in named if name not in SAID_BY_RULES]


def check_inputs(pipeline: Mapping, catalogue: Catalogue) -> list[tuple[str, Finding]]:
    """Return what the catalogue says against the inputs of a pipeline."""
    return _named(pipeline, catalogue.shape("pipeline-inputs"), catalogue.shape)


def check_value(node: Node, shape: Shape, shape_of: ShapeOf) -> list[tuple[str, Finding]]:
    """Return what a shape says against a value."""
    return _named(node, shape, shape_of)


def _named(
    node: Node, shape: Shape, shape_of: ShapeOf, *, shared: bool = True
) -> list[tuple[str, Finding]]:
    verdict = validate(node, shape, json_type, is_untyped, shared=shared)
    if not verdict.violations:
        return []
    # Most documents are right; only the others need words.
    from pipelint.harness.untyped import retell
    from pipelint.schema.words import tell_each

    stranger = str(shape.note("x-stranger") or "")
    told = [
        retell(violation, name, finding, shape_of)
        for violation, (name, finding) in tell_each(verdict, json_type, stranger)
    ]
    told.sort(key=lambda named: named[1].span)
    return [(NAMES.get(name, name), finding) for name, finding in told]
