"""Where the project lies, what lies beside it, and how its command is called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from glob import glob
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIPELINT_CORPUS") or ROOT.parent / "shared")
"""Real pipelines that are no part of the project; what needs them is skipped where they are not."""

PATIENCE = 120
"""Seconds until a command is taken for hanging."""

_MAIN = "import sys; from pipelint.cli import main; sys.exit(main())"
_KEPT = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")


def shared(*parts: str) -> Path:
    """Return a path of the shared data; skip the test where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {'/'.join(parts)} in {SHARED}: set PIPELINT_CORPUS")
    return path


def environment(**more: str) -> dict[str, str]:
    """Make an environment in which nothing decides about colours, parsers or encodings.

    No run repeats what another has found: only those tests that are about the cache want that.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "PIPELINT_NO_CACHE": "1", **more}


def pipelint(
    *arguments: str,
    cwd: Path,
    given: str = "",
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = (sys.executable, "-c", _MAIN),
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder; `given` is its standard input. It never shows a traceback."""
    done = subprocess.run(
        [*command, *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=PATIENCE,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def start(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    """Start the command and leave it running; the caller ends it."""
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, *arguments],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def interpreter(version: str) -> str | None:
    """Find a Python of this version (`3.10`) on the path or among pyenv's."""
    home = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    candidates = [
        shutil.which(f"python{version}"),
        *sorted(glob(f"{home}/versions/{version}*/bin/python")),
    ]
    for candidate in candidates:
        if candidate and _version_of(candidate) == version:
            return candidate
    return None


def _version_of(python: str) -> str:
    """Ask an interpreter; pyenv's stand-in for a version that is not chosen says nothing."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip()
