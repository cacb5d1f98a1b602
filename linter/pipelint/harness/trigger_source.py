"""What a trigger waits for, as rules look at it."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.harness.model import Trigger
from pipelint.harness.values import text_of
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of


def source_of(trigger: Trigger) -> Mapping | None:
    """Return what stands under `source`."""
    return mapping_of(trigger.node.get("source"))


def type_of(node: Mapping | None) -> str:
    """Return the literal `type` of a mapping, or the empty text."""
    text = text_of(node.get("type")) if node is not None else None
    return text.value if text is not None else ""


def specs_of(trigger: Trigger) -> Iterator[Mapping]:
    """Give the source of a trigger and each `spec` below the one before."""
    node = source_of(trigger)
    while node is not None:
        yield node
        node = mapping_of(node.get("spec"))
