"""Make the published JSON Schemas and the run-time slices from the catalogues.

`python -m pipelint_schemas.build` writes them, `--check` tells whether what is there is fresh
(exit 1 if not). The same catalogue gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TypeAlias

from pipelint.schema.guide import make_guide, pack
from pipelint.schema.keywords import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMAS
from pipelint.schema.shape import DEFINITIONS, GUIDES
from pipelint_schemas.load import HERE

Schema: TypeAlias = dict[str, Any]

CATALOGUES = ("vela",)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED_ONLY = "x-published"
"""Marks a branch that other tools need, and that the guided validator does without."""

_BRANCHES = ("anyOf", "oneOf")


def read(name: str) -> Schema:
    """Read the catalogue of a dialect, anchors and merge keys resolved."""
    from ruamel.yaml import YAML

    with open(os.path.join(HERE, name, "catalogue.yaml"), encoding="utf-8") as file:
        # Through JSON: what an alias shares becomes a copy, and nothing but JSON is left.
        catalogue: Schema = json.loads(json.dumps(YAML(typ="safe").load(file)))
    return catalogue


def make(name: str) -> dict[str, str]:
    """Return the text of every file to be made, by its path below this folder."""
    catalogue = read(name)
    made = {
        f"{name}/{kind}.schema.json": _pretty(publish(catalogue, root))
        for kind, root in catalogue["x-roots"].items()
    }
    made[f"{name}/slices.json"] = slice_up(catalogue)
    made[f"{name}/descriptions.json"] = _pretty(describe(catalogue))
    return made


def publish(catalogue: Schema, root: str) -> Schema:
    """Make an ordinary JSON Schema of one root, with the definitions that it reaches."""
    definitions = catalogue["$defs"]
    top = strip(definitions[root], ("x-",))
    reached = _reach(top, definitions)
    return {
        "$schema": DIALECT,
        "title": _title(definitions[root], catalogue),
        **top,
        "$defs": {
            name: strip(schema, ("x-",)) for name, schema in definitions.items() if name in reached
        },
    }


def slice_up(catalogue: Schema) -> str:
    """Make one line for each definition, behind a line that says where each begins."""
    definitions = catalogue["$defs"]
    ready = {name: guided(schema, definitions) for name, schema in definitions.items()}
    index: dict[str, tuple[int, int]] = {}
    lines: list[str] = []
    offset = 0
    for name, schema in ready.items():
        line = json.dumps(strip(schema, ("description",)), separators=(",", ":"))
        index[name] = offset, len(line)
        offset += len(line) + 1
        lines.append(line)
    return "\n".join([json.dumps(index, separators=(",", ":")), *lines, ""])


def describe(catalogue: Schema) -> dict[str, dict[str, str]]:
    """Collect for each definition its own description (under an empty key) and its keys'."""
    definitions = catalogue["$defs"]
    found = {}
    for name, schema in definitions.items():
        texts = {"": schema.get("description", "")}
        for key, part in schema.get("properties", {}).items():
            texts[key] = _description(part, definitions)
        found[name] = {key: text for key, text in texts.items() if text}
    return found


def strip(schema: Any, prefixes: tuple[str, ...]) -> Any:
    """Leave out the annotations whose keys begin so; keys of the described documents stay."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: part for key, part in schema.items() if not key.startswith(prefixes)}
    return over_parts(kept, lambda part: strip(part, prefixes))


def guided(schema: Any, definitions: Schema) -> Any:
    """Drop the branches that are only published, and say how to choose among the others."""
    if not isinstance(schema, dict):
        return schema
    made = over_parts(_without_published(schema), lambda part: guided(part, definitions))
    guides = {
        word: pack(make_guide(made[word], lambda ref: definitions[_name(ref)]))
        for word in _BRANCHES
        if word in made
    }
    return {**made, GUIDES: guides} if guides else made


def over_parts(schema: Schema, change: Any) -> Schema:
    """Apply a change to each schema directly inside this one."""
    made: Schema = {}
    for word, value in schema.items():
        if word in SCHEMA_MAPS:
            made[word] = {key: change(part) for key, part in value.items()}
        elif word in SCHEMA_LISTS:
            made[word] = [change(part) for part in value]
        else:
            made[word] = change(value) if word in SCHEMAS else value
    return made


def parts(schema: Schema) -> list[Any]:
    """Return each schema directly inside this one."""
    inside: list[Any] = []
    over_parts(schema, inside.append)
    return inside


def _without_published(schema: Schema) -> Schema:
    kept = dict(schema)
    for word in _BRANCHES:
        if word in schema:
            kept[word] = [branch for branch in schema[word] if not _is_published_only(branch)]
    return kept


def _is_published_only(branch: Any) -> bool:
    return isinstance(branch, dict) and bool(branch.get(PUBLISHED_ONLY))


def _reach(top: Schema, definitions: Schema) -> set[str]:
    reached: set[str] = set()
    work: list[Any] = [top]
    while work:
        schema = work.pop()
        if not isinstance(schema, dict):
            continue
        name = _name(schema.get("$ref", ""))
        if name and name not in reached:
            reached.add(name)
            work.append(definitions[name])
        work += parts(schema)
    return reached


def _name(ref: str) -> str:
    """Return the name of the definition that a reference names."""
    return ref.removeprefix(DEFINITIONS)


def _description(part: Any, definitions: Schema) -> str:
    while isinstance(part, dict):
        if "description" in part:
            return str(part["description"])
        part = definitions.get(_name(part.get("$ref", "")))
    return ""


def _title(root: Schema, catalogue: Schema) -> str:
    noun = str(root.get("x-noun", catalogue["title"]))
    return noun.removeprefix("a ").removeprefix("an ")


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
