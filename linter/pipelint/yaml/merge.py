"""Merge keys (`<<`): what a mapping gets from others, with the semantics of yaml.v3.

Keys of its own win; of several merged mappings the first wins. Nothing is merged deeply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipelint.yaml.build import is_merge
from pipelint.yaml.node import MERGE, Mapping, Node, Problem, Sequence, Tree

MERGED_LIMIT = 20_000
"""How many keys one document may merge in all; a bomb of merges stops there, in milliseconds."""


def apply(tree: Tree, without: Collection[Node] = ()) -> None:
    """Put into the `fields` of each merging mapping what its `<<` brings in.

    A mapping in `without` keeps `<<` as a plain key. Inner mappings close first, so a merged
    mapping that merges itself is complete when it is used. What is merged beyond the limit is
    unknown: those mappings are marked broken.
    """
    kept = {id(node) for node in without}
    budget = MERGED_LIMIT
    for mapping in tree.merging:
        if id(mapping) in kept:
            continue
        if budget >= 0:
            budget = _fill(mapping, budget)
            if budget < 0:
                tree.problems.append(_too_much(mapping))
        mapping.broken = mapping.broken or budget < 0


def sources(mapping: Mapping) -> Iterator[Mapping]:
    """Give the mappings that the `<<` keys of a mapping name, in the order of precedence."""
    return (node for node in _named(mapping) if isinstance(node, Mapping))


def _named(mapping: Mapping) -> Iterator[Node]:
    for key, value in mapping.pairs:
        if is_merge(key):
            yield from value.items if isinstance(value, Sequence) else [value]


def _fill(mapping: Mapping, budget: int) -> int:
    """Merge into one mapping, and return what is left of the budget."""
    for source in _named(mapping):
        budget -= 1 + (len(source.fields) if isinstance(source, Mapping) else 0)
        if budget < 0:
            break
        mapping.broken = mapping.broken or source.broken
        if isinstance(source, Mapping):
            for name, field in source.fields.items():
                if name != MERGE:
                    mapping.fields.setdefault(name, field)
        else:
            mapping.broken = True  # what was to be merged is not known
    return budget


def _too_much(mapping: Mapping) -> Problem:
    return Problem(
        mapping.fields[MERGE][0].span,
        f"this text merges more than {MERGED_LIMIT} keys in all",
        "too many merged keys",
        "what is merged from here on is not checked",
    )
