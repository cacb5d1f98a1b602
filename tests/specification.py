"""Specifications: Markdown with pipelines in it, and what pipelint says about them.

A ```yaml block is a file. `# error: [rule] "covered text" message` at the end of a line expects a
finding that begins on that line; the text and the message may be left out, several are separated by
`;`. Inside a block scalar, where `#` is script, write the comment elsewhere as
`# line 7 error: [rule]`. A block without such comments must be clean. `yaml path=NAME` gives the
file a name of its own; `config` blocks before it are its pipelint.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linting import covered, lint, path_of
from pipelint.source import Source

_BLOCK = re.compile(r"^```yaml([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"#\s*(?=(?:line \d+ )?(?:error|warning|info): \[)(.*)$")
_EXPECTED = re.compile(
    r"""(?:line\ (?P<line>\d+)\ )?(?P<level>error|warning|info):\ \[(?P<rule>[a-z0-9-]+)\]
        (?:\ "(?P<text>(?:[^"\\]|\\.)*)")?(?:\ (?P<message>[^;]+))?""",
    re.VERBOSE,
)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Expected(NamedTuple):
    """A finding that a block asks for; an empty text or message is not compared."""

    line: int
    level: str
    rule: str
    text: str = ""
    message: str = ""


class Block(NamedTuple):
    """One file of a specification, with its place in it."""

    heading: str
    line: int
    path: str
    text: str
    expected: tuple[Expected, ...]


def blocks(markdown: str) -> Iterator[Block]:
    """Give the files of a specification."""
    for match in _BLOCK.finditer(markdown):
        before = markdown[: match.start()]
        headings = _HEADING.findall(before)
        path = re.search(r"path=(\S+)", match[1])
        yield Block(
            heading=headings[-1] if headings else "",
            line=before.count("\n") + 1,
            path=path[1] if path else path_of(match[2]),
            text=match[2],
            expected=tuple(_expected(match[2])),
        )


def _expected(text: str) -> Iterator[Expected]:
    for number, line in enumerate(text.split("\n"), 1):
        comment = _COMMENT.search(line)
        for found in _EXPECTED.finditer(comment[1]) if comment else ():
            yield Expected(
                line=int(found["line"] or number),
                level=found["level"],
                rule=found["rule"],
                text=(found["text"] or "").replace('\\"', '"'),
                message=(found["message"] or "").strip(),
            )


def in_folder(folder: Path) -> Iterator[tuple[str, Block]]:
    """Give every file of the specifications in a folder, with a name for it."""
    for file in sorted(folder.glob("*.md")):
        for block in blocks(file.read_text(encoding="utf-8")):
            yield f"{file.stem}:{block.line} {block.heading}", block


def compare(block: Block) -> None:
    """Assert that what is found is what the block expects."""
    source = Source(block.text, block.path)
    found = [
        (
            source.position(one.finding.span.start).line,
            one.level,
            one.rule,
            covered(block.text, one),
            one.finding.message,
        )
        for one in lint(block.text, block.path)
    ]
    expected = [
        (want.line, want.level, want.rule, want.text or text, want.message or message)
        for want in block.expected
        for _, _, _, text, message in [_nearest(want, found)]
    ]
    assert sorted(found) == sorted(expected)


def _nearest(
    want: Expected, found: list[tuple[int, str, str, str, str]]
) -> tuple[int, str, str, str, str]:
    """Return the finding of the same line and rule, for what the specification leaves open."""
    line, rule, text = want.line, want.rule, want.text
    same = [one for one in found if (one[0], one[2]) == (line, rule) and text in {"", one[3]}]
    return same[0] if same else (0, "", "", "", "")
