"""`pipelint schema KIND`: the JSON Schema of a kind of document, for other editors and tools."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.name import nearest
from pipelint_schemas.load import HERE

USAGE = "usage: pipelint schema KIND"
FOLDERS = ("harness", "vela", "")
ENDING = ".schema.json"


def print_schema(argv: Sequence[str], streams: Streams) -> int:
    """Print the schema of a kind; `config` and `report` are those of pipelint itself."""
    paths = schema_paths()
    kinds = ", ".join(f"`{kind}`" for kind in paths)
    if argv and argv[0] in {"-h", "--help"}:
        lines = [USAGE, "", "Print a JSON Schema (draft 2020-12). Kinds:"]
        streams.write([*lines, *(f"  {kind}" for kind in paths)])
        return 0
    if len(argv) != 1:
        tell(streams, "name one kind of document", kinds)
        return 2
    if argv[0] not in paths:
        near = nearest(argv[0], paths, 1)
        hint = f"a kind with a similar name exists: `{near[0]}`" if near else f"kinds: {kinds}"
        tell(streams, f"unknown kind `{argv[0]}`", hint)
        return 2
    with open(paths[argv[0]], encoding="utf-8") as file:
        streams.write(file.read().splitlines())
    return 0


def schema_paths() -> dict[str, str]:
    """Return the file of each published schema, by the kind of document."""
    found = {}
    for folder in FOLDERS:
        for name in sorted(os.listdir(os.path.join(HERE, folder))):
            if name.endswith(ENDING):
                found[name.removesuffix(ENDING)] = os.path.join(HERE, folder, name)
    return found
