"""`pipelint catalogue import PATH`: take over newer facts from the official Harness schema."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams

OUTPUT = "harness-catalogue.json"
FLAG = "--output"
USAGE = f"usage: pipelint catalogue import PATH [--output FILE]   (default: {OUTPUT})"
SOURCE = "name the folder that holds `v0/`, or one with `pipeline.json`"
ABOUT = """
Reads a checkout of the official schema repository (the folder that holds `v0/`, or one with
`pipeline.json`), says what is new against the catalogue that pipelint comes with, and writes a
file. Name it in pipelint.yaml, so that editor and CI agree:

  catalogue: harness-catalogue.json
"""


def catalogue(argv: Sequence[str], streams: Streams) -> int:
    """Import a catalogue and write it; return the exit code."""
    if argv and argv[0] in {"-h", "--help"}:
        streams.write([USAGE, *ABOUT.splitlines()])
        return 0
    words, output = _read(argv)
    if words and words[0] != "import":
        tell(streams, f"unknown word `{words[0]}`", USAGE)
    elif len(words) != 2 or words[1].startswith("-") or not output:  # noqa: PLR2004
        tell(streams, "say what to import", USAGE)
    else:
        return _import(words[1], output, streams)
    return 2


def _read(argv: Sequence[str]) -> tuple[list[str], str]:
    """Read the arguments: the words, and where to write."""
    words, output = [], OUTPUT
    rest = iter(argv)
    for word in rest:
        if word == FLAG:
            output = next(rest, "")
        elif word.startswith(FLAG + "="):
            output = word.removeprefix(FLAG + "=")
        else:
            words.append(word)
    return words, output


def _import(path: str, output: str, streams: Streams) -> int:
    from pipelint_schemas.harness_import import import_catalogue, write_catalogue

    try:
        imported, differences = import_catalogue(path)
        text = write_catalogue(imported)
        with open(output, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        name = os.fspath(error.filename) if error.filename else path
        tell(streams, f"{name}: {(error.strerror or 'cannot be read or written').lower()}")
        return 2
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        tell(streams, f"`{path}` is not the official schema", SOURCE)
        return 2
    streams.write(differences.splitlines() or ["nothing new against the catalogue of pipelint"])
    streams.say(f"wrote {output}; name it in pipelint.yaml: `catalogue: {output}`")
    return 0
