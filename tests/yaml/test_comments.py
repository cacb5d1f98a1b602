"""The comments that speak to pipelint, and the text that only looks like one."""

from __future__ import annotations

import pytest

from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.comments import Comment, comments


def found(text: str) -> list[tuple[str, bool]]:
    """Return the text of each comment, and whether it has a line of its own."""
    source = Source(text)
    each = comments(source, parse(source))
    assert all(source.text[one.start : one.end] == one.text for one in each)
    return [(one.text, one.own_line) for one in each]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# pipelint: x\na: b\n", [("# pipelint: x", True)]),
        ("a: b # pipelint: x\n", [("# pipelint: x", False)]),
        ("a:\n  # pipelint: x\n  b: c\n", [("# pipelint: x", True)]),
        ("a: b\n# pipelint: x", [("# pipelint: x", True)]),
        (
            "# pipelint: x\r\na: b # pipelint: y\r\n",
            [("# pipelint: x", True), ("# pipelint: y", False)],
        ),
        ("a: [b, # pipelint: x\n  c]\n", [("# pipelint: x", False)]),
        ("#pipelint:x\n", [("#pipelint:x", True)]),
        ("# see # pipelint: x\na: b\n", [("# see # pipelint: x", True)]),
        # Other comments are none of ours.
        ("# note\na: b # pipelint\n", []),
        # Text of scalars.
        ("a: |\n  # pipelint: x\n", []),
        ("a: >-\n  b\n\n  # pipelint: x\n  c\n", []),
        ("a: 'b # pipelint: x'\n", []),
        ('a: "b\n  # pipelint: x"\n', []),
        ("a: b#pipelint: x\n", []),
        ("a: 'b # pipelint: x' # pipelint: y\n", [("# pipelint: y", False)]),
        ("a: ['# pipelint: x', b] # pipelint: y\n", [("# pipelint: y", False)]),
        # Beside a block, not in it.
        ("a: | # pipelint: x\n  # pipelint: y\n", [("# pipelint: x", False)]),
        ("a: |\n  b\n# pipelint: x\n", [("# pipelint: x", True)]),
        ("a:\n  - |\n    b\n  # pipelint: x\n  - c\n", [("# pipelint: x", True)]),
        # Text with mistakes.
        ("a: b: c # pipelint: x\nd: |\n  # pipelint: y\n", [("# pipelint: x", False)]),
        (
            "# pipelint: x\na: 'b\n# pipelint: y\n",
            [("# pipelint: x", True), ("# pipelint: y", True)],
        ),
        ("a: 'b # pipelint: x\n", []),
        ("{{ if }} # pipelint: x\na: b\n", [("# pipelint: x", False)]),
    ],
)
def test_which_comments_are_found(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


def test_another_marker() -> None:
    source = Source("a: b # note: c\n")
    assert comments(source, parse(source), "note:") == (
        Comment(5, 14, "# note: c", own_line=False),
    )
