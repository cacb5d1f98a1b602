"""Lint a text the way every test does: the default settings, no disk, no neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipelint.config import Rulebook, Settings
from pipelint.diagnostic import Diagnostic
from pipelint.engine import Checked, check
from pipelint.outside import FOUND, MISSING, UNKNOWN, Document
from pipelint.registry import all_rules
from pipelint.source import Source

BOOK = Rulebook(all_rules)
DEFAULTS = Settings(BOOK)


class Files:
    """A repository in memory: what is not in it is missing."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def file(self, path: str) -> Document:
        """Look a file up."""
        if path in self.files:
            return Document(FOUND, path, Source(self.files[path], path))
        return Document(MISSING, path)

    def copy_of(self, name: str) -> Document:
        """Say that a copy of another repository's file is not known."""
        return Document(UNKNOWN, name)


HARNESS = re.compile(
    r"^(pipelines?|template|inputSet|overlayInputSet|trigger|service|environment"
    r"|infrastructureDefinition|connector):[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
VELA = re.compile(r"^(version|steps|stages|metadata|secrets|services):", re.MULTILINE)


def path_of(text: str) -> str:
    """Return a path under which a text is taken for what it looks like."""
    is_vela = VELA.search(text) is not None
    return ".harness/example.yaml" if HARNESS.search(text) and not is_vela else ".vela.yml"


def checked(
    text: str, path: str = "", files: Mapping[str, str] | None = None, **settings: Any
) -> Checked:
    """Check a text; `settings` replace those of the defaults, `files` lie beside it."""
    outside = Files(files) if files is not None else None
    return check(Source(text, path or path_of(text)), DEFAULTS._replace(**settings), outside)


def lint(text: str, path: str = "", **settings: Any) -> list[Diagnostic]:
    """Return the findings that are not suppressed."""
    return [one for one in checked(text, path, **settings).diagnostics if not one.suppressed]


def covered(text: str, diagnostic: Diagnostic) -> str:
    """Return the text under the caret."""
    span = diagnostic.finding.span
    return text.removeprefix("\ufeff")[span.start : span.end]


def rules_in(text: str, path: str = "", **settings: Any) -> list[str]:
    """Return the names of the rules that report, sorted."""
    return sorted({one.rule for one in lint(text, path, **settings)})
