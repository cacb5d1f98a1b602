"""Fixes on real files, all that there are: what must hold of each of them.

Every rule is on, and unsafe fixes are made, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from pipelint.config import Command, Resolver
from pipelint.engine import Checked
from pipelint.fixing import Mended, mend
from pipelint.fixing.edits import apply
from pipelint.fixing.mend import BUGS
from pipelint.fixing.stored import stored
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.source import UndecodableError
from repository import shared


@cache
def project() -> Project:
    root = str(shared("corpus"))
    everything = Command(select=("all",))
    return Project(root, Resolver(all_rules, no_config=True, command=everything))


def texts() -> Iterator[tuple[str, str]]:
    for area in ("harness", "vela"):
        for path in sorted(shared("corpus", area, "files").rglob("*.y*ml")):
            try:
                yield str(path), stored(path.read_bytes()).text
            except UndecodableError:
                continue


def made(path: str, text: str) -> Mended:
    return mend(text, lambda text: project().examine_text(text, path), unsafe=True)


@cache
def mended_files() -> list[tuple[str, str, Mended]]:
    """Mend every real file."""
    return [(path, text, made(path, text)) for path, text in texts()]


def rules_in(checked: Checked) -> Counter[str]:
    return Counter(one.rule for one in checked.diagnostics if not one.suppressed)


def test_there_is_something_to_mend() -> None:
    fixed = Counter(one.rule for _, _, mended in mended_files() for one in mended.fixed)
    assert len(fixed) > 10, fixed
    assert sum(fixed.values()) > 200, fixed


def test_nothing_is_found_that_was_not_there() -> None:
    for path, _, mended in mended_files():
        assert rules_in(mended.after) - rules_in(mended.before) == Counter(), path


def test_what_is_fixed_is_gone() -> None:
    for path, _, mended in mended_files():
        fixed = Counter(one.rule for one in mended.fixed)
        assert rules_in(mended.after) + fixed <= rules_in(mended.before), path


def test_all_of_it_can_be_read() -> None:
    for path, _, mended in mended_files():
        if mended.edits:
            _, document = project().examine_text(mended.after.source.text, path)
            assert document is not None, path
            assert document.tree.problems == [], path


def test_only_the_edits_change_anything() -> None:
    for path, text, mended in mended_files():
        assert apply(text, mended.edits) == mended.after.source.text, path
        ends = [0, *(edit.span.end for edit in mended.edits)]
        starts = [*(edit.span.start for edit in mended.edits), len(text)]
        assert all(end <= start for end, start in zip(ends, starts, strict=True)), path


def test_a_second_time_changes_nothing() -> None:
    for path, _, mended in mended_files():
        assert mended.settled, path
        if mended.edits:
            assert made(path, mended.after.source.text).edits == (), path


def test_no_fix_is_a_bug_of_ours() -> None:
    for path, _, mended in mended_files():
        assert [one for one in mended.refused if one.why in BUGS] == [], path


@pytest.mark.parametrize("area", ["harness", "vela"])
def test_files_stay_what_they_are_byte_by_byte(area: str) -> None:
    for path in sorted(shared("corpus", area, "files").rglob("*.y*ml"))[:300]:
        data = path.read_bytes()
        try:
            read = stored(data)
        except UndecodableError:
            continue
        assert read.encoded(read.text) == data, path
