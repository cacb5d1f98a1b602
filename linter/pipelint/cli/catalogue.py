"""`pipelint catalogue import PATH`: take over newer facts from the official Harness schema."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams

OUTPUT = "harness-catalogue.json"
USAGE = f"usage: pipelint catalogue import PATH [--output FILE]   (default: {OUTPUT})"
ABOUT = """
Reads a checkout of the official schema repository (the folder that holds `v0/`, or one with
`pipeline.json`), says what is new against the catalogue that pipelint comes with, and writes a
file. Name it in pipelint.yaml, so that editor and CI agree:

  catalogue: harness-catalogue.json
"""


def catalogue(argv: Sequence[str], streams: Streams) -> int:
    """Import a catalogue and write it; return the exit code."""
    words = list(argv)
    if not words or words[0] in {"-h", "--help"}:
        streams.write([USAGE, *ABOUT.splitlines()])
        return 0 if words else 2
    output = OUTPUT
    if "--output" in words[:-1]:
        at = words.index("--output")
        output = words[at + 1]
        del words[at : at + 2]
    if len(words) != 2 or words[0] != "import" or words[1].startswith("-"):  # noqa: PLR2004
        tell(streams, "say what to import", USAGE)
        return 2
    return _import(words[1], output, streams)


def _import(path: str, output: str, streams: Streams) -> int:
    from pipelint_schemas.harness_import import import_catalogue, write_catalogue

    try:
        imported, differences = import_catalogue(path)
        text = write_catalogue(imported)
        with open(output, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        name = os.fspath(error.filename) if error.filename else path
        tell(streams, f"cannot read or write `{name}`: {error.strerror}")
        return 2
    except ValueError as error:
        tell(streams, f"`{path}` is not the official schema: {error}", USAGE)
        return 2
    streams.write(differences.splitlines() or ["nothing new against the catalogue of pipelint"])
    streams.say(f"wrote {output}; name it in pipelint.yaml: `catalogue: {output}`")
    return 0
