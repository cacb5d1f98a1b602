"""pipelint agrees with Vela's server: `verdicts.md` holds what the server said to each pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from linting import lint
from pipelint.diagnostic import ERROR, INFO

TEXT = (Path(__file__).parent / "verdicts.md").read_text(encoding="utf-8")
STEP = '{name: a, image: "alpine:3.22", commands: [ls]}'

_SECTION = re.compile(r"^## (.+)\n\n(?:```yaml\n([\s\S]*?)```\n\n)?((?:\|.*\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (?:`` (.+) ``|`(.+)`) \| (\w+) \| ?(.*?) ?\|$", re.MULTILINE)


class Row(NamedTuple):
    """One pipeline: what the server says to it, and the rules that say something."""

    text: str
    verdict: str
    rules: frozenset[str]


def rows() -> Iterator[object]:
    for title, frame, table in _SECTION.findall(TEXT):
        for doubled, single, verdict, rules in _ROW.findall(table):
            cell = (doubled or single).replace("\\|", "|").replace("§", STEP)
            text = fill(frame.replace("§", STEP) or "…\n", cell.split(" ⏎"))
            row = Row(text, verdict, frozenset(rules.split()))
            yield pytest.param(row, id=f"{title}: {doubled or single}")


def fill(frame: str, lines: list[str]) -> str:
    """Put lines into the place of a frame; those below the first are indented as the first is."""
    before, after = frame.split("…")
    margin = " " * (len(before) - before.rfind("\n") - 1)
    first, *rest = [line.removeprefix(" ") if at else line for at, line in enumerate(lines)]
    return before + f"\n{margin}".join((first, *rest)) + after


@pytest.mark.parametrize("row", list(rows()))
def test_pipelint_agrees_with_the_server(row: Row) -> None:
    found = lint(row.text)
    said = {one.rule for one in found}
    levels = {one.level for one in found}
    assert row.rules <= said
    if row.verdict in {"refused", "useless"}:
        assert ERROR in levels, said
    elif row.verdict == "sometimes":
        assert levels - {INFO}
    else:
        assert row.verdict == "accepted"
        assert ERROR not in levels, said
        assert {one.rule for one in found if one.level != INFO} <= row.rules


GOOD = f"version: '1'\nsteps:\n  - {STEP}\n"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip("\n"),
        GOOD + "\n  \n# end\n",
        "\n# begin\n---\n" + GOOD + "...\n",
        GOOD.replace("commands: ", "commands:\n      "),
    ],
    ids=["BOM", "CRLF", "no end of line", "blank lines", "marks", "two lines"],
)
def test_how_a_text_is_stored_is_no_matter(text: str) -> None:
    assert lint(text) == []


def test_every_line_of_a_table_is_a_row() -> None:
    lines = [line for line in TEXT.splitlines() if line.startswith("|")]
    heads = 2 * len(_SECTION.findall(TEXT))
    assert len(lines) - heads == len(list(rows())) > 400
