"""Run pipelint as its users do, in this process: a thousand processes would take minutes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from pipelint.cli import run
from pipelint.cli.streams import Streams

WIDE = "1000"
"""Columns of a help text, so that every flag stands in a line of its own."""


class Done(NamedTuple):
    """What a run has written, and its exit code."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Done:
    """Run the command line; nothing of the environment decides about colours."""
    out, err = io.StringIO(), io.StringIO()
    code = run(list(arguments), Streams(io.StringIO(), out, err, {}))
    return Done(code, out.getvalue(), err.getvalue())


def help_of(verb: str) -> str:
    """Return what `--help` of a verb prints, in a process of its own: no line is broken there."""
    code = f"from pipelint.cli import main; main([{verb!r}, '--help'])"
    environ = {**os.environ, "COLUMNS": WIDE, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=environ, capture_output=True, encoding="utf-8", check=True
    ).stdout


@contextmanager
def repository() -> Iterator[None]:
    """Stand in an empty repository as long as the block runs."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir(".git")
        try:
            yield
        finally:
            os.chdir(before)


@contextmanager
def files(texts: Mapping[str, str]) -> Iterator[None]:
    """Have these files in the current folder as long as the block runs."""
    for path, text in texts.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    try:
        yield
    finally:
        for path in texts:
            os.remove(path)
