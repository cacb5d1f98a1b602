"""The blocks of code in documents, and why some of them cannot be run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from repository import ROOT

PATTERNS = ("*.md", "docs/**/*.md", "examples/**/*.md", "vscode-extension/README.md")
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)

NOT_RUN = (
    ("docs/ci/*", "groovy", "", "needs Jenkins"),
    ("docs/ci/*", "yaml", "# azure-pipelines.yml", "tests/ci_recipes reads it"),
    ("docs/ci/*", "yaml", "# .git", "tests/ci_recipes reads it with the schema of its platform"),
    (
        "docs/ci/*",
        "yaml",
        "# .pre-commit",
        "tests/ci_recipes reads it with pre-commit",
    ),
    ("docs/ci/*", "yaml", "- id: pipelint", "a part of a file; tests/ci_recipes reads it"),
    ("docs/ci/*", "text", "$ git commit", "the words of pre-commit; tests/commit_hooks commits"),
    ("docs/editors/emacs.md", "elisp", "", "needs Emacs: tests/editors runs eglot"),
    ("docs/editors/neovim.md", "lua", "", "needs Neovim: tests/editors runs it"),
    ("docs/formats.md", "yaml", "- run: pip", "steps; docs/ci/github.md has the workflow"),
    ("docs/formats.md", "yaml", "pipelint:", "a job of GitLab; docs/ci/gitlab.md has it whole"),
    ("docs/editors/zed.md", "rust", "", "needs Zed and a compiler"),
)
"""Document, language, how the block begins, and the reason."""

COMMANDS_NOT_RUN = {
    "check-jsonschema": "a tool of somebody else, with schemas that are no part of the project",
    "docker": "needs a container engine",
    "gh": "asks GitHub",
    "git show HEAD:.vela.yml | docker": "needs a container engine",
    "npm": "needs node; make test-editors runs it",
    "pip": "asks a package index",
    "pipeline_check": "a tool of somebody else",
    "pipelint catalogue import ../harness-schema": "needs a checkout of the official schema",
    "pipx": "asks a package index; tests/packaging installs what is built",
    "yamllint": "a tool of somebody else",
}
"""How a line of a `sh` block begins, and the reason why it is not run."""


class Block(NamedTuple):
    """A block with its place; `line` is 1-based and that of the fence."""

    document: str
    line: int
    language: str
    text: str

    @property
    def named(self) -> str:
        """The file that the first line names in a comment, or nothing."""
        first = self.text.split("\n", 1)[0]
        return first.removeprefix("# ") if re.fullmatch(r"# \S+", first) else ""


def blocks(*languages: str) -> Iterator[Block]:
    """Give the blocks of these languages (or of all) in every document that people read."""
    for pattern in PATTERNS:
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            for match in _BLOCK.finditer(text):
                if not languages or match["language"] in languages:
                    line = text.count("\n", 0, match.start()) + 1
                    document = path.relative_to(ROOT).as_posix()
                    yield Block(document, line, match["language"], match["text"])


def reason(block: Block) -> str:
    """Return why a block is not run, or nothing."""
    return next((why for *where, why in NOT_RUN if is_about(where, block)), "")


def is_about(where: list[str], block: Block) -> bool:
    """Tell whether an entry of NOT_RUN is about a block."""
    document, language, begins = where
    return (
        fnmatchcase(block.document, document)
        and language == block.language
        and block.text.lstrip().startswith(begins)
    )
