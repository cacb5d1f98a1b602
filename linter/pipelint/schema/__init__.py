"""The guided validator: one wrong value, one problem, on that value."""

from __future__ import annotations

from pipelint.diagnostic import Finding
from pipelint.schema.shape import Shape
from pipelint.schema.state import Deferred, Types
from pipelint.schema.validate import validate
from pipelint.yaml.node import Node

__all__ = ["check"]


def check(
    root: Node,
    shape: Shape,
    types: Types,
    deferred: Deferred | None = None,
    *,
    shared: bool = True,
) -> list[tuple[str, Finding]]:
    """Check a document against a shape: names of rules with what they find, in order of the text.

    `types` names the JSON type of a scalar without quotes, `deferred` tells which scalars stand for
    values that are known later. `shared` says that aliases may let a node stand in several
    places: the check is faster without. As a by-product `node.shape` of each mapping and sequence
    is the name of the definition that it met.
    """
    verdict = validate(root, shape, types, deferred, shared=shared)
    if not verdict.violations and not verdict.strays:
        return []
    # Most documents are right; only the others need words.
    from pipelint.schema.words import tell

    return tell(verdict, types, str(shape.note("x-stranger") or ""))
