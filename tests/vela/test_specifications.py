"""The rules of Vela do what their specifications say."""

from __future__ import annotations

from pathlib import Path

import pytest

from linting import covered, lint
from pipelint.source import Source
from specification import Block, blocks

FOLDER = Path(__file__).parent / "rules"
BLOCKS = [
    pytest.param(block, id=f"{file.stem}:{block.line} {block.heading}")
    for file in sorted(FOLDER.glob("*.md"))
    for block in blocks(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("block", BLOCKS)
def test_specification(block: Block) -> None:
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
    want: object, found: list[tuple[int, str, str, str, str]]
) -> tuple[int, str, str, str, str]:
    """Return the finding of the same line and rule, for what the specification leaves open."""
    line, rule, text = want.line, want.rule, want.text  # type: ignore[attr-defined]
    same = [one for one in found if (one[0], one[2]) == (line, rule) and text in {"", one[3]}]
    return same[0] if same else (0, "", "", "", "")
