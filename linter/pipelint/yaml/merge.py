"""Merge keys (`<<`): what a mapping gets from others, with the semantics of yaml.v3.

Keys of its own win; of several merged mappings the first wins. Nothing is merged deeply.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from pipelint.yaml.node import MERGE, Mapping, Node, Problem, Sequence, Tree

MERGED_LIMIT = 200_000
"""How many keys one document may merge in all; a bomb of merges stops there."""


def apply(tree: Tree, without: Container[Node] = ()) -> None:
    """Put into the `fields` of each merging mapping what its `<<` brings in.

    A mapping in `without` keeps `<<` as a plain key. Inner mappings close first, so a merged
    mapping that merges itself is complete when it is used.
    """
    budget = MERGED_LIMIT
    for mapping in tree.merging:
        if any(mapping is other for other in without):  # type: ignore[attr-defined]
            continue
        for source in sources(mapping):
            budget -= len(source.fields)
            if budget < 0:
                tree.problems.append(_too_much(mapping))
                return
            _merge(source, mapping)


def sources(mapping: Mapping) -> Iterator[Mapping]:
    """Give the mappings that the `<<` keys of a mapping name, in the order of precedence."""
    for key, value in mapping.pairs:
        if getattr(key, "text", None) == MERGE:
            items = value.items if isinstance(value, Sequence) else [value]
            yield from (item for item in items if isinstance(item, Mapping))


def _merge(source: Mapping, target: Mapping) -> None:
    target.broken = target.broken or source.broken
    fields = target.fields
    for name, field in source.fields.items():
        if name != MERGE:
            fields.setdefault(name, field)


def _too_much(mapping: Mapping) -> Problem:
    return Problem(
        mapping.fields[MERGE][0].span,
        f"this document merges more than {MERGED_LIMIT} keys",
        "too many merged keys",
    )
