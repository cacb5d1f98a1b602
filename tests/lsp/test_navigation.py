"""Definitions, references, highlights: from every end of a name to all others."""

from __future__ import annotations

import pytest

from looking import at_cursor, snapshot_of, words
from pipelint_lsp.features.links import lenses, links
from pipelint_lsp.features.navigation import definition, highlights, references, template_ref
from two_pipelines import HARNESS, HARNESS_PATH, VELA, with_cursor


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("needs: [bu‸ild]\n", "15:build"),
        ("needs: [build, ‸test]", "25:test"),
        ("          name: notify‸", "4:notify"),
        ("      - name: compi‸le", "17:compile"),
    ],
)
def test_names_of_vela_lead_to_what_defines_them(place: str, expected: str) -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, place))
    assert words(snapshot, [one.span for one in definition(snapshot, offset)]) == [expected]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("pipeline.variables.reg‸ion>", "7:region"),
        ("stages.pre‸pare.spec", "13:prepare"),
        ("steps.‸look.output", "20:look"),
        ("outputVariables.colour‸>", "33:colour"),
        ("stages.prepare‸.name>", "13:prepare"),
    ],
)
def test_segments_of_expressions_lead_to_what_defines_them(place: str, expected: str) -> None:
    snapshot, offset = at_cursor(with_cursor(HARNESS, place), HARNESS_PATH)
    found = [one.span for one in definition(snapshot, offset)]
    assert [word.partition(":")[0] for word in words(snapshot, found)] == [
        expected.partition(":")[0]
    ]
    assert words(snapshot, found) == [expected]


def test_aliases_lead_to_their_anchors() -> None:
    text = "version: '1'\nsteps:\n  - &one\n    name: a\n    image: b\n  - <<: *on‸e\n    name: c\n"
    snapshot, offset = at_cursor(text)
    assert words(snapshot, [one.span for one in definition(snapshot, offset)]) == ["3:one"]


def test_references_are_found_from_the_definition() -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, "  bui‸ld:\n"))
    found = references(snapshot, offset, declaration=False)
    assert words(snapshot, found) == ["26:build", "35:build"]
    everything = references(snapshot, offset, declaration=True)
    assert words(snapshot, everything) == ["15:build", "26:build", "35:build"]


def test_references_are_found_from_one_of_them() -> None:
    snapshot, offset = at_cursor(with_cursor(HARNESS, "stages.prepare‸.name>"), HARNESS_PATH)
    found = references(snapshot, offset, declaration=True)
    assert words(snapshot, found) == ["13:prepare", "55:prepare", "56:prepare"]


def test_highlights_tell_where_a_name_is_defined() -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, "needs: [build, ‸test]"))
    assert [one.is_definition for one in highlights(snapshot, offset)] == [True, False]


def test_nothing_is_found_where_no_name_stands() -> None:
    snapshot, offset = at_cursor(with_cursor(VELA, "version: ‸"))
    assert definition(snapshot, offset) == []
    assert references(snapshot, offset, declaration=True) == []


def test_template_references_are_read_without_their_scope() -> None:
    text = "pipeline:\n  identifier: a\n  template:\n    templateRef: account.go_bu‸ild\n"
    snapshot, offset = at_cursor(text, HARNESS_PATH)
    assert template_ref(snapshot, offset) == "go_build"


def test_sources_of_templates_are_links() -> None:
    snapshot = snapshot_of(VELA)
    found = [(words(snapshot, [one.span]), one.url) for one in links(snapshot)]
    source = "5:github.com/octo/templates/notify.yml@main"
    assert found == [([source], "https://github.com/octo/templates/blob/main/notify.yml")]


def test_lenses_count_what_is_used() -> None:
    snapshot = snapshot_of(VELA)
    found = {words(snapshot, [one.span])[0]: one.title for one in lenses(snapshot)}
    assert found == {
        "4:notify": "used once",
        "9:token": "used 2 times",
        "15:build": "used 2 times",
        "25:test": "used once",
    }
