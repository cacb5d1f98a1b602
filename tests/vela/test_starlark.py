"""What a Starlark template says plainly about the blocks that it makes."""

from __future__ import annotations

import pytest

from pipelint.vela.starlark import blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def main(ctx):\n  return {'version': '1', 'steps': []}\n", {"version", "steps"}),
        ("def main(ctx):\n  a = 1\n  return {'stages': {}}\n", {"stages"}),
    ],
)
def test_one_map_with_written_keys_tells_its_blocks(text: str, expected: set[str]) -> None:
    assert blocks(text) == frozenset(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def other(ctx):\n  return {'steps': []}\n",
        "def main(ctx):\n  return build(ctx)\n",
        "def main(ctx):\n  if ctx:\n    return {'steps': []}\n  return {'stages': {}}\n",
        "def main(ctx):\n  return {key: [] for key in ['steps']}\n",
        "def main(ctx):\n  return {'st' + 'eps': []}\n",
        "def main(ctx):\n  return {**extra, 'steps': []}\n",
        "def main(ctx:\n",
        "\0",
        "(" * 5000,
    ],
)
def test_everything_else_is_unknown(text: str) -> None:
    assert blocks(text) is None
