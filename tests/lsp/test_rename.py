"""Renaming changes the definition and every reference, or says why it does not."""

from __future__ import annotations

import pytest

from looking import at_cursor, snapshot_of
from pipelint_lsp.features.occurrences import occurrences
from pipelint_lsp.features.rename import Refusal, prepare, rename
from pipelint_lsp.snapshot import Snapshot
from repository import shared
from two_pipelines import HARNESS, HARNESS_PATH, VELA, with_cursor


def renamed(snapshot: Snapshot, offset: int, name: str) -> str:
    """Apply a rename; a refusal is an error."""
    edits = rename(snapshot, offset, name)
    assert not isinstance(edits, Refusal), edits.reason
    text = snapshot.source.text
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("  bui‸ld:\n", "build", "assemble"),
        ("needs: [bu‸ild]\n", "build", "assemble"),
        ("  - name: tok‸en", "token", "bot token"),
        ("          name: notify‸", "notify", "shout"),
    ],
)
def test_names_of_vela_change_everywhere(place: str, old: str, new: str) -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, place))
    count = sum(one.name == old for one in occurrences(snapshot))
    text = renamed(snapshot, offset, new)
    again = snapshot_of(text)
    assert sum(one.name == new for one in occurrences(again)) == count > 1
    assert not again.checked.diagnostics


def test_identifiers_of_harness_change_in_expressions_too() -> None:
    snapshot, offset = at_cursor(with_cursor(HARNESS, "identifier: lo‸ok"), HARNESS_PATH)
    text = renamed(snapshot, offset, "peek")
    assert "identifier: peek" in text
    assert "steps.peek.output" in text
    assert "steps.look." not in text


def test_a_new_name_is_written_as_its_scalar_demands() -> None:
    text = "version: '1'\nstages:\n  a:\n    steps: [{name: x, image: y}]\n  b:\n    needs: 'a‸'\n"
    snapshot, offset = at_cursor(text + "    steps: [{name: x, image: y}]\n")
    assert "needs: 'c'" in renamed(snapshot, offset, "c")


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("image: gol‸ang:1.22\n        secrets: [token]\n        environment", "no name here"),
        ("${MO‸DE}", "no name here"),
    ],
)
def test_what_is_no_name_is_refused(place: str, reason: str) -> None:
    found = prepare(*at_cursor(with_cursor(VELA, place)))
    assert isinstance(found, Refusal)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("test", "there is a stage `test` already"),
        ("a: b", "`a: b` cannot be the name of a stage"),
        ("true", "YAML reads `true` as something else than text"),
        ("", "`` cannot be the name of a stage"),
    ],
)
def test_names_that_cannot_be_are_refused(new: str, reason: str) -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, "  bui‸ld:\n"))
    assert rename(snapshot, offset, new) == Refusal(reason)


@pytest.mark.parametrize(
    "dynamic", ["<+<+pipeline.stages>.prepare.name>", "<+json.select('prepare', pipeline.stages)>"]
)
def test_names_known_only_in_a_run_are_refused(dynamic: str) -> None:
    text = HARNESS.replace("<+pipeline.stages.prepare.name>", dynamic)
    found = prepare(*at_cursor(with_cursor(text, "identifier: pre‸pare"), HARNESS_PATH))
    assert isinstance(found, Refusal)
    assert "known only in a run" in found.reason


def test_a_name_that_is_defined_twice_is_refused() -> None:
    text = "version: '1'\nsecrets:\n  - name: a‸\n  - name: a\nsteps: []\n"
    found = prepare(*at_cursor(text))
    assert isinstance(found, Refusal)
    assert "several times" in found.reason


def test_broken_text_is_refused() -> None:
    found = prepare(*at_cursor(with_cursor(VELA, "  bui‸ld:\n") + "  - [\n"))
    assert isinstance(found, Refusal)
    assert "syntax errors" in found.reason


@pytest.mark.parametrize("area", ["vela/files", "harness"])
def test_there_and_back_leaves_real_files_as_they_were(area: str) -> None:
    folder = shared("corpus", *area.split("/"))
    paths = [path for path in sorted(folder.rglob("*.y*ml")) if path.stat().st_size < 30_000]
    done = 0
    for path in paths[:: max(1, len(paths) // 40)]:
        done += there_and_back(path.read_text("utf-8", "replace"), path.name)
    assert done > 10


def there_and_back(text: str, name: str) -> int:
    """Rename a few names of a file and undo it; return how many could be renamed."""
    path = ".vela.yml" if "steps" in text and "pipeline:" not in text else f".harness/{name}"
    snapshot = snapshot_of(text, path)
    rules = sorted(one.rule for one in snapshot.checked.diagnostics)
    definitions = [one for one in occurrences(snapshot) if one.is_definition][:4]
    count = 0
    for one in definitions:
        edits = rename(snapshot, one.span.start, "zz_renamed")
        if isinstance(edits, Refusal):
            continue
        text_there = renamed(snapshot, one.span.start, "zz_renamed")
        there = snapshot_of(text_there, path)
        assert sorted(each.rule for each in there.checked.diagnostics) == rules, (name, one)
        place = next(each for each in occurrences(there) if each.name == "zz_renamed")
        back = renamed(there, place.span.start, one.name)
        assert back == snapshot.source.text, (name, one)
        count += 1
    return count
