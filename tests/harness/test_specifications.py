"""The rules of Harness do what their specifications say."""

from __future__ import annotations

from pathlib import Path

import pytest

from specification import Block, compare, in_folder

BLOCKS = [
    pytest.param(block, id=name) for name, block in in_folder(Path(__file__).parent / "rules")
]


@pytest.mark.parametrize("block", BLOCKS)
def test_specification(block: Block) -> None:
    compare(block)
