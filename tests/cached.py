"""A repository whose answers are remembered, and runs in it with and without a memory."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelint.cli import run
from pipelint.cli.streams import Streams

Said = tuple[int, str, str]
"""The exit code and what was said on both streams."""

WRONG = 'version: "1"\nsteps:\n  - name: test {n}\n    pull: maybe\n    commands: [go test]\n'
CALLER = """\
version: "1"
templates:
  - name: build
    source: templates/build.yml
    type: file
steps:
  - name: build
    template:
      name: build
"""
TEMPLATE = (
    "metadata:\n  template: true\nsteps:\n  - name: go\n    image: golang\n    commands: [go]\n"
)
HARNESS = """\
pipeline:
  name: shop
  identifier: shop
  stages:
    - stage:
        identifier: build
        name: build
        type: CI
        spec:
          execution:
            steps:
              - step: {identifier: test, type: Rnu, name: test}
"""
CONFIGURATION = """\
rules: {deprecated-pull: off}
overrides: [{files: ["a1/**"], rules: {missing-image: warning}}]
schemas: {"a2/**": names.json}
"""
FILES = {
    ".vela.yml": CALLER,
    "templates/build.yml": TEMPLATE,
    ".harness/shop.yaml": HARNESS,
    "pipelint.yaml": CONFIGURATION,
    "names.json": json.dumps({"properties": {"version": {"const": "1"}}}),
    **{f"a{number}/.vela.yml": WRONG.format(n=number) for number in range(8)},
}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder that is a repository."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))


def remembering(folder: Path, *arguments: str) -> Said:
    """Run with a cache."""
    return _run(folder, arguments)


def forgetful(folder: Path, *arguments: str) -> Said:
    """Run without one."""
    return _run(folder, (*arguments, "--no-cache", "--jobs", "1"))


def _run(folder: Path, arguments: Sequence[str]) -> Said:
    """Run in this process: there is much to try."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        code = run(list(arguments), Streams(io.StringIO(), out, err, {}))
    finally:
        os.chdir(before)
    return code, out.getvalue(), err.getvalue()


def caches(folder: Path) -> list[Path]:
    """Return the files that hold answers."""
    return sorted(folder.glob(".pipelint_cache/*.cache"))


def diagnostics(said: Said) -> list[dict[str, Any]]:
    """Read the diagnostics of a run with `--output-format json`."""
    found: list[dict[str, Any]] = json.loads(said[1])["diagnostics"]
    return found
