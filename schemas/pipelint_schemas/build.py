"""Make the published JSON Schemas and the run-time slices from the catalogues.

`python -m pipelint_schemas.build` writes them, `--check` tells whether what is there is fresh
(exit 1 if not). The same catalogue gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from pipelint.schema.guide import make_guide, pack
from pipelint.schema.shape import DEFINITIONS, GUIDES
from pipelint_schemas.load import HERE
from pipelint_schemas.parts import Schema, name_of, over_parts, strip
from pipelint_schemas.published import publish, write_schema
from pipelint_schemas.sources import DATA, read

__all__ = ["CATALOGUES", "describe", "guided", "make", "publish", "read", "slice_up", "strip"]

CATALOGUES = ("vela", "harness")
PUBLISHED_ONLY = "x-published"
"""Marks a branch that other tools need, and that the guided validator does without."""

_WORTH_SHARING = 10_000
"""How many characters an annotation takes in all before it is said only once."""

_BRANCHES = ("anyOf", "oneOf")
_SETTLED = ("x-closed", "x-extra")
"""Annotations that the slices say in the words of JSON Schema."""


def make(name: str) -> dict[str, str]:
    """Return the text of every file to be made, by its path below this folder."""
    catalogue = read(name)
    made = {
        f"{name}/{kind}.schema.json": write_schema(publish(catalogue, root))
        for kind, root in catalogue["x-roots"].items()
    }
    made[f"{name}/slices.json"] = slice_up(catalogue)
    made[f"{name}/descriptions.json"] = _pretty(describe(catalogue))
    return made


def slice_up(catalogue: Schema) -> str:
    """Make one line for each definition, behind a line with the names and lengths of all."""
    definitions = catalogue["$defs"]
    ready = {
        name: schema if name in DATA else slice_of(schema, definitions)
        for name, schema in definitions.items()
    }
    share(ready)
    lines = [_compact(schema) for schema in ready.values()]
    index = [" ".join(ready), [len(line) + 1 for line in lines]]
    return "\n".join([_compact(index), *lines, ""])


def share(ready: Schema) -> None:
    """Give long annotations that many definitions have a slice of their own, to be referred to."""
    users: dict[tuple[str, str], list[Schema]] = {}
    for schema in ready.values():
        for word in schema:
            if word.startswith("x-") and isinstance(schema[word], dict):
                users.setdefault((word, _compact(schema[word])), []).append(schema)
    for (word, text), schemas in users.items():
        if word != GUIDES and len(text) * len(schemas) > _WORTH_SHARING and len(schemas) > 1:
            name = f"{word}.{len(ready)}"
            ready[name] = json.loads(text)
            for schema in schemas:
                schema[word] = DEFINITIONS + name


def slice_of(schema: Any, definitions: Schema) -> Any:
    """Make a definition ready for the guided validator."""
    return strip(guided(settle(schema), definitions), ("description",))


def describe(catalogue: Schema) -> dict[str, dict[str, str]]:
    """Collect for each definition its own description (under an empty key) and its keys'.

    Under an empty name stands what is said of every key of a name.
    """
    definitions, imported = catalogue["$defs"], set(catalogue.get("x-imported", ()))
    found = {}
    if "x-descriptions" in catalogue:
        found[""] = catalogue["x-descriptions"]
    for name, schema in definitions.items():
        if name in DATA:
            continue
        texts = {"": schema.get("description", "")}
        for key, part in schema.get("properties", {}).items():
            texts[key] = _description(part, {} if name in imported else definitions)
        said = {key: text for key, text in texts.items() if text}
        if said or name not in imported:
            found[name] = said
    return found


def settle(schema: Any) -> Any:
    """Say in the words of JSON Schema which keys a mapping may have."""
    if not isinstance(schema, dict):
        return schema
    made = over_parts(schema, settle)
    extra = dict.fromkeys(made.get("x-extra", ()), True)
    if extra:
        made["properties"] = {**made.get("properties", {}), **extra}
    if made.get("x-closed"):
        made.setdefault("additionalProperties", False)
    return {word: part for word, part in made.items() if word not in _SETTLED}


def guided(schema: Any, definitions: Schema) -> Any:
    """Drop the branches that are only published, and say how to choose among the others."""
    if not isinstance(schema, dict):
        return schema
    made = over_parts(_without_published(schema), lambda part: guided(part, definitions))
    guides = {
        word: pack(make_guide(made[word], lambda ref: definitions[name_of(ref)]))
        for word in _BRANCHES
        if word in made
    }
    return {**made, GUIDES: guides} if guides else made


def _without_published(schema: Schema) -> Schema:
    kept = dict(schema)
    for word in _BRANCHES:
        if word in schema:
            kept[word] = [branch for branch in schema[word] if not _is_published_only(branch)]
    return kept


def _is_published_only(branch: Any) -> bool:
    return isinstance(branch, dict) and bool(branch.get(PUBLISHED_ONLY))


def _description(part: Any, definitions: Schema) -> str:
    while isinstance(part, dict):
        if "description" in part:
            return str(part["description"])
        part = definitions.get(name_of(part.get("$ref", "")))
    return ""


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def write(path: str, text: str) -> None:
    """Write one made file, with the same line ends on every system."""
    with open(os.path.join(HERE, path), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def is_fresh(path: str, text: str) -> bool:
    """Tell whether a made file is there and says what the catalogue says."""
    try:
        with open(os.path.join(HERE, path), encoding="utf-8", newline="") as file:
            return file.read() == text
    except FileNotFoundError:
        return False


def main(arguments: list[str]) -> int:
    """Write all files, or with `--check` name those that are stale; return the exit code."""
    made = {path: text for name in CATALOGUES for path, text in make(name).items()}
    stale = [path for path, text in made.items() if not is_fresh(path, text)]
    if "--check" in arguments:
        for path in stale:
            print(f"{path} is stale: run `make schemas`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        write(path, made[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
