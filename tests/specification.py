"""Specifications: Markdown with pipelines in it, and what pipelint says about them.

A ```yaml block is a file. `# error: [rule] "covered text" message` at the end of a line expects a
finding that begins on that line; the text and the message may be left out, several are separated by
`;`. Inside a block scalar, where `#` is script, write the comment elsewhere as
`# line 7 error: [rule]`. A block without such comments must be clean. `yaml path=NAME` gives the
file another name than `.vela.yml`; `config` blocks before it are its pipelint.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
            path=path[1] if path else ".vela.yml",
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
