"""The schema that a text is completed from, with its words: of a dialect, or of the settings."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pipelint.schema.shape import Shape, Shapes, shapes_of
from pipelint_lsp.features.completion_shapes import Key
from pipelint_lsp.snapshot import Snapshot
from pipelint_schemas.load import HERE, Slices

HARNESS = "harness"
VELA = "vela"
CONFIG = "config"

CONFIG_FILES = frozenset({"pipelint.yaml", ".pipelint.yaml"})


def dialect_of(snapshot: Snapshot) -> str:
    """Return whose text it is; empty where it is nobody's."""
    if snapshot.path.replace("\\", "/").rpartition("/")[2] in CONFIG_FILES:
        return CONFIG
    kind = kind_of(snapshot)
    return kind.partition("-")[0] if kind.startswith((HARNESS, VELA)) else ""


def kind_of(snapshot: Snapshot) -> str:
    """Return the kind of a document, or the one that its path promises while nothing is in it."""
    if snapshot.document is not None:
        return snapshot.document.kind
    path = snapshot.path.replace("\\", "/")
    from pipelint.vela.kind import of_path

    return of_path(path) or ("harness-pipeline" if "/.harness/" in f"/{path}" else "")


def root_of(snapshot: Snapshot) -> Shape | None:
    """Return the shape of the whole document; None where nothing is known of it."""
    dialect, kind = dialect_of(snapshot), kind_of(snapshot)
    if dialect == CONFIG:
        return _settings().at("#")
    if dialect == VELA:
        from pipelint.vela.shape import ROOTS as VELA_ROOTS

        return _vela().get(VELA_ROOTS[kind]) if kind in VELA_ROOTS else None
    if dialect == HARNESS:
        from pipelint.harness.shape import ROOTS

        return catalogue_of(snapshot).shape(ROOTS[kind]) if kind in ROOTS else None
    return None


def catalogue_of(snapshot: Snapshot) -> Any:
    """Return the catalogue of Harness that the text is checked with."""
    from pipelint.harness.catalogue import catalogue_or_ours

    context = snapshot.document.context if snapshot.document is not None else None
    return context.catalogue if context is not None else catalogue_or_ours("")


@lru_cache(maxsize=1)
def _vela() -> Shapes:
    return shapes_of(Slices("vela/slices.json").get)


@lru_cache(maxsize=1)
def _settings() -> Shapes:
    schema = _json("config.schema.json")
    definitions = schema.get("$defs", {})

    def lookup(ref: str) -> Any:
        return schema if ref == "#" else definitions[ref.removeprefix("#/$defs/")]

    return Shapes(lookup)


# --- words ---------------------------------------------------------------------------------------


def words_of(dialect: str, key: Key) -> str:
    """Return what a key means, in Markdown; empty where nothing is said."""
    if dialect == CONFIG:
        return str(key.shape.note("description") or "") if key.shape is not None else ""
    table = _descriptions(dialect)
    own = table.get(key.owner, {}).get(key.name)
    if own:
        return own
    target = key.shape.schema.get("$ref", "") if key.shape is not None else ""
    general = table.get("", {}).get(key.name, "")
    return general or table.get(target.rpartition("/")[2], {}).get("", "")


def words_of_definition(dialect: str, name: str) -> str:
    """Return what is said of a whole definition."""
    return _descriptions(dialect).get(name, {}).get("", "")


@lru_cache(maxsize=2)
def _descriptions(dialect: str) -> Mapping[str, Mapping[str, str]]:
    return _json(f"{dialect}/descriptions.json")


def _json(path: str) -> dict[str, Any]:
    with open(os.path.join(HERE, path), encoding="utf-8") as file:
        found: dict[str, Any] = json.loads(file.read())
    return found
