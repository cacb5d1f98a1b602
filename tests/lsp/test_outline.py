"""Outline, folding and selection follow what is written."""

from __future__ import annotations

from collections.abc import Iterable

from looking import at_cursor, snapshot_of
from pipelint_lsp.features.folding import COMMENT, Fold, folds, selections
from pipelint_lsp.features.symbols import Symbol, outline
from two_pipelines import HARNESS, HARNESS_PATH, VELA, with_cursor


def drawn(found: Iterable[Symbol], depth: int = 0) -> list[str]:
    """Write an outline as indented lines."""
    lines = []
    for one in found:
        lines += [f"{'  ' * depth}{one.kind} {one.name} ({one.detail})"]
        lines += drawn(one.children, depth + 1)
    return lines


def test_outline_of_harness() -> None:
    assert drawn(outline(snapshot_of(HARNESS, HARNESS_PATH))) == [
        "entity shop (pipeline)",
        "  variable region (String)",
        "  stage prepare (Custom)",
        "    step look (ShellScript)",
        "  stage ship (Custom)",
        "    step tell (ShellScript)",
    ]


def test_outline_of_vela() -> None:
    assert drawn(outline(snapshot_of(VELA))) == [
        "template notify (github)",
        "secret token (secret)",
        "stage build (stage)",
        "  step compile (golang:1.22)",
        "stage test (stage)",
        "  step unit (golang:1.22)",
        "stage tell (stage)",
        "  step tell (template)",
    ]


def test_names_lie_in_what_they_name() -> None:
    def check(found: Iterable[Symbol]) -> None:
        for one in found:
            assert one.span.start <= one.name_span.start <= one.name_span.end <= one.span.end
            check(one.children)

    check(outline(snapshot_of(HARNESS, HARNESS_PATH)))
    check(outline(snapshot_of(VELA)))


def test_folds_end_with_the_last_line_of_a_block() -> None:
    head = "# one\n# two\nversion: '1'\nsteps:\n  - name: a\n    image: b\n"
    text = head + "    commands:\n      - |\n        x\n        y\n\n\n"
    assert folds(snapshot_of(text)) == [
        Fold(0, 1, COMMENT),
        Fold(3, 9, "region"),
        Fold(4, 9, "region"),
        Fold(6, 9, "region"),
        Fold(7, 9, "region"),
    ]


def test_selection_grows_from_the_word_to_the_text() -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, "      - name: comp‸ile"))
    text = snapshot.source.text
    found = [text[start:end] for start, end in selections(snapshot, offset)]
    assert found[:3] == ["", "compile", "name: compile"]
    assert found[3].startswith("name: compile\n        image")
    assert found[-1] == text
