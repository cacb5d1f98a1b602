"""What can be done about a problem: each action does what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from looking import snapshot_of
from pipelint.diagnostic import Edit
from pipelint.fixing import Mended
from pipelint.source import Span
from pipelint_lsp.features.actions import FIX, IGNORE, Action, actions, fix_all
from pipelint_lsp.session import Session
from pipelint_lsp.snapshot import Snapshot
from repository import shared
from two_pipelines import VELA

BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")


def applied(snapshot: Snapshot, edits: Iterable[Edit]) -> str:
    """Apply edits that do not overlap."""
    text = snapshot.source.text
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def offered(snapshot: Snapshot) -> list[Action]:
    return actions(snapshot, Span(0, len(snapshot.source.text)))


def mended(snapshot: Snapshot) -> Mended:
    """Fix what is safe to fix, as the server does when an editor saves."""
    return Session().mended(snapshot)


def rules_in(snapshot: Snapshot) -> Counter[str]:
    return Counter(one.rule for one in snapshot.checked.diagnostics if not one.suppressed)


def test_a_fix_takes_the_problem_away() -> None:
    snapshot = snapshot_of(BROKEN)
    assert rules_in(snapshot) == {"unknown-need": 1}
    [fix] = [one for one in offered(snapshot) if one.what == FIX]
    assert applied(snapshot, fix.edits) == VELA


def test_actions_are_offered_where_their_problem_is() -> None:
    snapshot = snapshot_of(BROKEN)
    assert actions(snapshot, Span(0, 3)) == []
    at = BROKEN.index("biuld")
    assert len(actions(snapshot, Span(at, at))) == 3


@pytest.mark.parametrize("place", ["here", "in this file"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_ignore_hides_the_problem(place: str, end: str) -> None:
    snapshot = snapshot_of(BROKEN.replace("\n", end))
    [ignore] = [one for one in offered(snapshot) if one.title.endswith(place)]
    text = applied(snapshot, ignore.edits)
    assert text.count("\n") == BROKEN.count("\n") + 1
    assert text.count("\r") == (text.count("\n") if end == "\r\n" else 0)
    assert rules_in(snapshot_of(text)) == {}


def test_an_ignore_of_a_script_stands_above_it() -> None:
    text = VELA.replace("- go test ./...", "|\n          curl http://example.com/a.sh | sh\n")
    text = text.replace("commands:\n          |", "commands: |")
    for one in offered(snapshot_of(text)):
        if one.what == IGNORE and one.title.endswith("here"):
            snapshot = snapshot_of(text)
            assert one.rule not in rules_in(snapshot_of(applied(snapshot, one.edits)))


def test_all_safe_fixes_are_made_at_once() -> None:
    snapshot = snapshot_of(BROKEN + "# pipelint: ignore-file[needs-cycle] no reason\n")
    everything = fix_all(mended(snapshot))
    assert everything is not None
    again = snapshot_of(applied(snapshot, everything.edits))
    assert fix_all(mended(again)) is None
    assert sum(rules_in(again).values()) < sum(rules_in(snapshot).values())


def test_what_is_clean_has_no_actions() -> None:
    assert offered(snapshot_of(VELA)) == []
    assert fix_all(mended(snapshot_of(VELA))) is None


@pytest.mark.parametrize("area", ["vela/files", "harness"])
def test_ignores_hide_what_they_name_in_real_files(area: str) -> None:
    folder = shared("corpus", *area.split("/"))
    paths = [path for path in sorted(folder.rglob("*.y*ml")) if path.stat().st_size < 20_000]
    tried = 0
    for path in paths[:: max(1, len(paths) // 60)]:
        name = ".vela.yml" if area.startswith("vela") else f".harness/{path.name}"
        snapshot = snapshot_of(path.read_text("utf-8", "replace"), name)
        before = rules_in(snapshot)
        for one in [one for one in offered(snapshot) if one.title.endswith("here")][:3]:
            after = rules_in(snapshot_of(applied(snapshot, one.edits), name))
            assert after[one.rule] < before[one.rule], (path, one)
            tried += 1
    assert tried > 10
