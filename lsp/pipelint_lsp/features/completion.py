"""What may stand at the cursor: keys, values, expressions, names, comments.

Everything is told from the snapshot alone, and nothing is raised, whatever the text: half-typed
lines are the normal state here.
"""

from __future__ import annotations

from pipelint.schema.shape import Shape
from pipelint_lsp.features.completion_comments import complete_comment
from pipelint_lsp.features.completion_item import Edit, Item
from pipelint_lsp.features.completion_keys import complete_keys, root_keys
from pipelint_lsp.features.completion_place import (
    BELOW,
    COMMENT,
    LIST,
    MAP,
    TEXT,
    Place,
    find_place,
)
from pipelint_lsp.features.completion_schema import (
    CONFIG,
    HARNESS,
    VELA,
    dialect_of,
    root_of,
)
from pipelint_lsp.features.completion_values import complete_values
from pipelint_lsp.snapshot import Snapshot

__all__ = ["TRIGGERS", "Edit", "Item", "complete"]

TRIGGERS = ("+", ".", "(", '"', "'", "{", "$", "[", " ")
"""Characters after which an editor should ask by itself; after letters it does so anyway."""


def complete(snapshot: Snapshot, offset: int) -> list[Item]:
    """Return what may stand at an offset (0-based, code points), the best first.

    Nothing is offered in a text that is no pipeline and no settings file.
    """
    dialect = dialect_of(snapshot)
    if not dialect:
        return []
    offset = min(max(offset, 0), len(snapshot.source.text))
    found = _complete(snapshot, dialect, offset)
    best: dict[str, Item] = {}
    for item in sorted(found, key=lambda item: (item.sort, item.label)):
        best.setdefault(item.label, item)
    return list(best.values())


def _complete(snapshot: Snapshot, dialect: str, offset: int) -> list[Item]:
    place = find_place(snapshot.source, offset)
    if place.what == COMMENT:
        return complete_comment(snapshot, dialect, place, offset)
    inside = _inside_value(snapshot, dialect, place, offset)
    if inside is not None:
        return inside
    if place.what == TEXT:
        return []
    if dialect == HARNESS and not place.rungs and not place.fields:
        return root_keys(place)
    root = root_of(snapshot)
    places = (place, *place.also)
    return [item for one in places for item in _of_schema(snapshot, dialect, root, one)]


def _inside_value(snapshot: Snapshot, dialect: str, place: Place, offset: int) -> list[Item] | None:
    """Return what may stand in an expression or a variable; None where none is begun."""
    if dialect == HARNESS:
        from pipelint_lsp.features.completion_expressions import complete_expression

        return complete_expression(snapshot, place, offset)
    if dialect == VELA:
        from pipelint_lsp.features.completion_vela import complete_variable

        return complete_variable(snapshot, offset)
    return None


def _of_schema(snapshot: Snapshot, dialect: str, root: Shape | None, place: Place) -> list[Item]:
    """Return keys and values."""
    if root is None:
        return []
    found = complete_values(snapshot, dialect, root, place)
    if dialect == VELA:
        from pipelint_lsp.features.completion_vela import complete_names

        found += complete_names(snapshot, place)
    elif dialect == CONFIG:
        from pipelint_lsp.features.completion_config import complete_settings

        found += complete_settings(place)
    if place.what in {MAP, LIST, BELOW}:
        found += complete_keys(dialect, root, place, snapshot.source.text)
    return found
