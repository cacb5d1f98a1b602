"""What the rooms of the server may know: a feature is a function, and no part of the protocol."""

from __future__ import annotations

import subprocess
import sys

import pytest

from repository import ROOT, environment

FEATURES = sorted(
    path.stem for path in (ROOT / "lsp/pipelint_lsp/features").glob("*.py") if path.stem[0] != "_"
)
PROTOCOL = ("asyncio", "attrs", "cattrs", "lsprotocol", "pygls")


def imported_by(*modules: str) -> set[str]:
    """Import modules in a fresh process; return all that came along."""
    names = [f"pipelint_lsp.{module}" for module in modules]
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_there_are_features() -> None:
    assert {"hover", "rename", "symbols"} <= set(FEATURES)


@pytest.mark.parametrize("rooms", [[f"features.{name}" for name in FEATURES], ["session", "index"]])
def test_rooms_below_the_wire_import_nothing_of_it(rooms: list[str]) -> None:
    assert imported_by(*rooms).isdisjoint(PROTOCOL)


def test_the_wire_imports_it() -> None:
    assert imported_by("server").issuperset({"lsprotocol", "pygls"})
