"""Pipelines to begin with, and what becomes of them when somebody edits without looking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hypothesis import strategies as st

from pipelint.registry import all_rules
from pipelint.source import UndecodableError, decode
from repository import ROOT, SHARED
from specification import blocks

_YAML = re.compile(r"^```yaml[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)

FOLDERS = ("vela-probes/probes", "conformance/vela", "corpus/vela/files", "corpus/harness/files")
"""Real files that are no part of the project; where they are not, the others do."""

LONGEST = 6_000
"""Characters of a text; of longer ones there are few, and each takes the time of many."""

PIECES = [
    *("a", " ", "  ", "\n", "\n  ", "\n    - ", ": ", ":", "- ", "#", " # c", '"', "'", "\t"),
    *("[", "]", "{", "}", ",", "&x ", "*x", "<<: *x", "!!str ", "|", ">", "|\n", "~", "null"),
    *("true", "no", "1", "1.5", "-1", "\r\n", "\r", "\x85", "\u2028", "\ufeff", "\0", "\x1b[31m"),
    *("é", "公", "😀", "\u0301", "\ud800", "---\n", "...\n", "%YAML 1.1\n", "? ", "{{ x }}"),
    *("${A}", "${A-b}", "${A:-b}", "$$", "${{ a }}", "${", "latest", "octocat/a", "go", "Github"),
    *("steps:\n", "stages:\n", "secrets: []\n", "ruleset: ", "needs: [a]\n", "pull: true\n"),
    *("name: a\n", "image: ", "commands: ", "template: ", "parameters: ", "environment: "),
    *("<+input>", "<+", ">", "<+a.b>", "<+input>.default(1)", "type: Run\n", "identifier: a\n"),
    *("spec:\n", "step:\n", "stage:\n", "template:\n", "timeout: 1m\n", "when: ", "AllErrors"),
    *("# pipelint: ignore[unknown-key]\n", "# pipelint: ignore-file\n", "# pipelint: ignore[x,"),
]


@cache
def seeds() -> list[str]:
    """Return the pipelines at hand: of examples, pages of rules, specifications, and real ones."""
    found = list(_seeds())
    return sorted(
        {text for text in found if len(text) <= LONGEST}, key=lambda text: (len(text), text)
    )


def _seeds() -> Iterator[str]:
    for rule in all_rules():
        yield from _YAML.findall(rule.page + "\n")
    for path in sorted((ROOT / "tests").glob("*/rules/*.md")):
        yield from (block.text for block in blocks(path.read_text(encoding="utf-8")))
    files = sorted((ROOT / "examples").rglob("*.y*ml"))
    for folder in FOLDERS:
        files += sorted(SHARED.joinpath(folder).rglob("*.y*ml"))
    for path in files:
        try:
            yield decode(path.read_bytes()).removeprefix("\ufeff")
        except UndecodableError:
            continue


def edited(most: int = 4, among: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Make pipelines that were edited in up to so many places; `among` are those to begin with."""
    places = st.integers(0, LONGEST)
    lengths = st.integers(0, 30)
    edits = st.tuples(places, lengths, st.sampled_from(PIECES), st.booleans())
    return st.builds(_edit, st.sampled_from(among or seeds()), st.lists(edits, max_size=most))


def _edit(text: str, edits: list[tuple[int, int, str, bool]]) -> str:
    for place, length, piece, moves in edits:
        start = place % (len(text) + 1)
        end = min(start + length, len(text))
        gone = text[start:end]
        if moves:  # what is cut out is put in elsewhere, as when lines are moved
            rest = text[:start] + text[end:]
            at = place * 7 % (len(rest) + 1)
            text = rest[:at] + gone + rest[at:]
        else:
            text = text[:start] + piece + text[end:]
    return text
