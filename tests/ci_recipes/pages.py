"""The pages of `docs/ci`, the files that they show, and the programs that judge such files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from repository import PATIENCE, ROOT, environment

PAGES = ROOT / "docs" / "ci"
_BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[tuple[str, str]]:
    """Return the whole files that a page shows: the name in the first line, and the text."""
    return _BLOCK.findall((PAGES / page).read_text(encoding="utf-8"))


def shown_with_page(page: str) -> list[tuple[str, str, str]]:
    """Return the same with the number of the file on its page, as a name for a test."""
    return [(f"{page}-{number}", *file) for number, file in enumerate(shown(page))]


def judge(program: str, *arguments: str | Path, given: str = "") -> tuple[int, str]:
    """Run a program that is installed beside this Python; return its code and all it says."""
    done = subprocess.run(
        [os.path.join(os.path.dirname(sys.executable), program), *arguments],
        env=environment(NO_COLOR="1"),
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout


def fits(path: Path, schema: str, *more: str) -> None:
    """Assert that a file is what the published schema of a CI expects."""
    code, said = judge("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *more, path)
    assert code == 0, said
