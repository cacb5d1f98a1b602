"""Nothing is raised, whatever stands in the text and wherever the cursor is."""

from __future__ import annotations

import random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from completing import HARNESS, VELA
from completion_text import PIPELINE
from looking import snapshot_of
from pipelint.source import Source
from pipelint_lsp.features.completion import complete
from pipelint_lsp.features.completion_place import find_place
from repository import shared

PIECES = st.sampled_from([
    "pipeline:", "stages:", "steps:", "- ", "  ", "    ", "\n", "\r\n", "step:", "type: Run", "{",
    "[", "]", "}", ", ", ": ", '"', "'", "|", ">", "#", "<+", ">", ".", "input", "(", ")", "$",
    "${", "VELA_", "name: a", "&a ", "*a", "<<: ", "needs: ", "😀", "\t", "# pipelint: ignore[",
    "\\", "secrets.getValue(", "get('", "?", "---", "rules:",
])  # fmt: skip


@pytest.mark.parametrize("path", [HARNESS, VELA, "pipelint.yaml"])
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30), at=st.integers(0, 120))
def test_any_text(path: str, pieces: list[str], at: int) -> None:
    text = "".join(pieces)
    for item in complete(snapshot_of(text, path), at):
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert "\n" not in text[item.span.start : item.span.end]
        assert all(edit.span.end <= item.span.start for edit in item.edits)


def test_every_place_of_a_pipeline_cut_off_there() -> None:
    text = PIPELINE.replace("COMMAND", "<+json.select('a', \"<+stage.name>\")>")
    for at in range(0, len(text), 7):
        complete(snapshot_of(text[:at], HARNESS), at)
        find_place(Source(text), at)


@pytest.mark.parametrize("dialect", ["harness", "vela"])
def test_real_files_cut_off_at_random(dialect: str) -> None:
    paths = sorted(shared("corpus", dialect, "files").rglob("*.y*ml"))
    rng = random.Random(3)  # noqa: S311 - nothing secret is chosen
    for path in rng.sample(paths, 60):
        text = path.read_text(encoding="utf-8", errors="replace")[:20_000]
        for _ in range(4):
            start, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
            left = text[:start] + text[min(start + 40, end) :]
            complete(snapshot_of(left, HARNESS if dialect == "harness" else VELA), start)


@pytest.mark.parametrize(
    "text",
    [
        "pipeline:\n  name: " + "a" * 500_000,
        "pipeline:\n  name: " + "<+" * 100_000,
        "pipeline:\n  name: <+" + "a." * 100_000,
        "pipeline:\n  name: <+" + "(" * 100_000,
        "pipeline:\n  name: " + "{a: [" * 50_000,
        "pipeline:\n" + "  - a\n" * 100_000 + "  ",
        "pipeline:\n" + "".join(f"{' ' * at}a:\n" for at in range(900)),
        "pipeline:\n  a: 'b\n" + "    c d\n" * 60_000,
        "pipeline:\n" + ("  - " + "- " * 900 + "a\n") * 200,
    ],
)
def test_hostile_texts_take_no_more_than_a_moment(text: str) -> None:
    source = Source(text)
    begun = perf_counter()
    find_place(source, len(text))
    assert perf_counter() - begun < 2
