"""Whatever a text of a megabyte says, it is checked in a bounded time and in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from hostile.texts import everything
from hostile.writing import SECONDS, SIZE
from pipelint.surplus import MOST
from repository import ROOT, environment

PEAK = 300
"""Megabytes; Python alone takes 15 of them."""

TEXTS = [pytest.param(name, title, id=f"{name}: {title}") for name, title, _ in everything()]

pytestmark = [
    # Two that are measured at the same time disturb each other.
    pytest.mark.xdist_group("hostile"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of memory"),
]


@cache
def outcomes(name: str) -> dict[str, dict[str, Any]]:
    """Watch a whole set; return what came of each text by its title."""
    done = subprocess.run(
        [sys.executable, "-m", "hostile.watch", name],
        cwd=ROOT / "tests",
        env=environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    lines = map(json.loads, done.stdout.splitlines())
    return {line["title"]: line for line in lines}


@pytest.mark.parametrize(("name", "title"), TEXTS)
def test_a_hostile_text_is_checked(name: str, title: str) -> None:
    outcome = outcomes(name)[title]
    assert outcome["ended"] == 0, "the process crashed, hung or ran out of memory"
    assert "internal-error" not in outcome["rules"]
    assert outcome["check"] + outcome["reports"] < SECONDS
    assert outcome["peak"] < PEAK
    assert outcome["findings"] <= (MOST + 1) * len(outcome["rules"])


def test_the_texts_are_as_large_as_promised() -> None:
    sizes = {f"{name}: {title}": len(text()) for name, title, text in everything()}
    assert {title for title, size in sizes.items() if size > 1.3 * SIZE} == set()
    assert sum(size > 0.9 * SIZE for size in sizes.values()) > len(sizes) / 2
