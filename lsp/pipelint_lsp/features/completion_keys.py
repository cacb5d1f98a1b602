"""Keys that may stand at a place, with what has to follow them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipelint.schema.shape import Shape
from pipelint.schema.value import ARRAY, OBJECT
from pipelint_lsp.features.completion_item import PROPERTY, SNIPPET, Item
from pipelint_lsp.features.completion_place import BELOW, LIST, Place
from pipelint_lsp.features.completion_schema import words_of
from pipelint_lsp.features.completion_shapes import (
    SPARE,
    Key,
    faces,
    keys_of,
    kind_of,
    walk,
)
from pipelint_lsp.features.completion_snippets import Block, blocks_of, shift

_KEYS = re.compile(r"^[ -]*([A-Za-z_][\w-]{0,60}):", re.MULTILINE)
_DETAILS = ("required", "one of these is needed", "", "")
_STEP = 2
"""Blanks of one level."""


def complete_keys(dialect: str, root: Shape, place: Place, text: str) -> list[Item]:
    """Return the keys that may stand at a place, with blocks to begin an item with."""
    if place.quoted:
        return []
    shapes = walk(root, place.rungs)
    used = Counter(_KEYS.findall(text))
    if place.what == BELOW:
        found = list(_keys(dialect, [one for one in shapes if kind_of(one) != ARRAY], place, used))
        inner = items_of(shapes)
        return [*found, *_new_items(dialect, inner, place, used)]
    if place.what == LIST and not place.dashed:
        return list(_new_items(dialect, shapes, place, used))
    found = list(_keys(dialect, shapes, place, used))
    return [*found, *_blocks(dialect, shapes, place)]


_ROOTS = ("pipeline", "template", "service", "environment", "trigger")
"""What a document most often is."""


def _seldom(root: tuple[str, str]) -> int:
    return _ROOTS.index(root[0]) if root[0] in _ROOTS else len(_ROOTS)


def root_keys(place: Place) -> list[Item]:
    """Return what a document of Harness that is still empty may begin with."""
    from pipelint.harness.kind import ROOTS

    pad = " " * (place.column - place.indent + _STEP)
    found = [
        Item(
            name, PROPERTY, name if place.has_colon else f"{name}:\n{pad}$0", place.word,
            f"1{at}", f"a {kind.replace('-', ' ')}", is_snippet=not place.has_colon,
            edits=place.edits, again=not place.has_colon,
        )
        for at, (name, kind) in enumerate(sorted(ROOTS.items(), key=_seldom))
    ]  # fmt: skip
    blocks = enumerate(blocks_of("harness", "pipeline-file"))
    return [*found, *(_block_item(block, place, f"3{at}") for at, block in blocks)]


def items_of(shapes: list[Shape]) -> list[Shape]:
    """Return the shapes of the items of lists."""
    found = [
        face.shape.items
        for shape in shapes
        for face in faces(shape, ARRAY, {})
        if face.shape.items is not None
    ]
    return list({id(one): one for one in found}.values())


def _new_items(
    dialect: str, shapes: list[Shape], place: Place, used: Counter[str]
) -> Iterator[Item]:
    """Give what begins an item whose dash is still to be written."""
    inside = place._replace(column=place.column + _STEP)
    for item in (*_keys(dialect, shapes, inside, used), *_blocks(dialect, shapes, inside)):
        yield item._replace(text=f"- {item.text}", filter=item.filter or item.label)


def _keys(dialect: str, shapes: list[Shape], place: Place, used: Counter[str]) -> Iterator[Item]:
    present = place.fields.keys() - {place.typed}
    found = [key for key in keys_of(shapes, place.fields) if key.name not in present]
    for at, key in enumerate(found):
        seldom = int(not used[key.name] or key.rank == SPARE)
        usual = _USUAL_AT.get(key.name, 99)
        yield _key_item(dialect, key, place, f"1{key.rank}{seldom}{usual:02}{at:03}")


_USUAL = (
    "version", "name", "identifier", "projectIdentifier", "orgIdentifier", "type", "spec",
    "versionLabel", "stages", "steps", "execution", "image",
    "commands", "pull", "ruleset", "event", "branch", "shell", "command", "source", "script",
    "connectorRef", "repo", "tag", "template", "templates", "secrets", "parameters", "environment",
    "needs", "services", "service", "serviceRef", "environmentRef", "infrastructureDefinitions",
    "platform", "runtime", "timeout", "tags", "description", "variables", "failureStrategies",
    "when", "strategy", "envVariables", "outputVariables", "reports", "templateRef",
    "templateInputs",
)  # fmt: skip
"""Keys that are written most, in the order in which people write them."""
_USUAL_AT = {name: at for at, name in enumerate(_USUAL)}


def _key_item(dialect: str, key: Key, place: Place, sort: str) -> Item:
    name = f'"{key.name}"' if key.name in _QUOTED else key.name
    pad = " " * (place.column - place.indent + _STEP)
    kind = kind_of(key.shape)
    text, is_snippet = f"{name}: ", False
    if place.has_colon:
        text = name
    elif not place.flow and kind == OBJECT:
        text, is_snippet = f"{name}:\n{pad}$0", True
    elif not place.flow and kind == ARRAY:
        text, is_snippet = f"{name}:\n{pad}- $0", True
    return Item(
        key.name, PROPERTY, text, place.word, sort, _DETAILS[key.rank],
        words_of(dialect, key), is_snippet, edits=place.edits, again=not place.has_colon,
    )  # fmt: skip


_QUOTED = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false", "null", "~"})


def _blocks(dialect: str, shapes: list[Shape], place: Place) -> Iterator[Item]:
    if place.has_colon or place.flow or place.fields:
        return
    names = {face.shape.name for shape in shapes for face in faces(shape, OBJECT, {})}
    for name in sorted(filter(None, names)):
        for at, block in enumerate(blocks_of(dialect, name)):
            yield _block_item(block, place, f"3{at:03}")


def _block_item(block: Block, place: Place, sort: str) -> Item:
    text = shift(block.body, place.column - place.indent)
    return Item(
        f"{block.label} …", SNIPPET, text, place.word, sort, block.detail,
        is_snippet=True, filter=block.label, edits=place.edits,
    )  # fmt: skip
