"""What an editor shows under the pointer."""

from __future__ import annotations

import pytest

from looking import at_cursor, snapshot_of
from pipelint_lsp.features.hover import hover
from pipelint_lsp.features.status import status
from two_pipelines import HARNESS, HARNESS_PATH, VELA, with_cursor

TOKEN = "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8"


def told(marked: str, path: str = ".vela.yml") -> str:
    """Return what is told at the cursor."""
    found = hover(*at_cursor(marked, path))
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("pipeline.variables.reg‸ion>", ["`pipeline.variables.region`", "`eu-west-1`", "line 7"]),
        ("stages.‸prepare.spec", ["line 13"]),
        ("  project‸Identifier", ["**projectIdentifier**"]),
        ("  sta‸ges:\n", ["**stages**"]),
    ],
)
def test_harness(place: str, words: list[str]) -> None:
    text = told(with_cursor(HARNESS, place), HARNESS_PATH)
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("needs: [bu‸ild]\n", ["stage `build`", "line 15", "used 2 times"]),
        ("  bui‸ld:\n", ["stage `build`", "used 2 times"]),
        ("imag‸e: golang:1.22\n        secrets: [token]\n        env", ["**image**"]),
        ("${MO‸DE}", ["variable `MODE`", "set in line 21", "`fast`"]),
    ],
)
def test_vela(place: str, words: list[str]) -> None:
    text = told(with_cursor(VELA, place))
    for word in words:
        assert word in text


def test_a_problem_shows_the_page_of_its_rule() -> None:
    text = told(VELA.replace("needs: [build]\n", "needs: [bui‸d]\n"))
    assert "unknown-need" in text
    assert "## Why is this bad?" in text


def test_inputs_say_when_somebody_is_asked() -> None:
    text = HARNESS.replace("value: eu-west-1", "value: <+inp‸ut>")
    assert "asked for when the pipeline starts" in told(text, HARNESS_PATH)


def test_credentials_are_not_shown() -> None:
    text = HARNESS.replace("value: eu-west-1", f"value: {TOKEN}")
    shown = told(with_cursor(text, "pipeline.variables.reg‸ion>"), HARNESS_PATH)
    assert "pipeline.variables.region" in shown
    assert TOKEN not in shown
    assert "****" in shown


def test_nothing_is_shown_in_what_is_no_pipeline() -> None:
    assert hover(*at_cursor("services:\n  we‸b:\n    image: nginx\n", "docker-compose.yml")) is None


@pytest.mark.parametrize(
    ("text", "path", "kind", "reason"),
    [
        (VELA, ".vela.yml", "vela-pipeline", "Vela pipeline"),
        (HARNESS, HARNESS_PATH, "harness-pipeline", "Harness pipeline"),
        ("a: 1\n", "values.yaml", "unknown", "not a pipeline: neither its path nor"),
        ("connector:\n  identifier: a\n  type: K8s\n", "a.yaml", "harness-other", "not checked"),
    ],
)
def test_status_says_why(text: str, path: str, kind: str, reason: str) -> None:
    said = status(snapshot_of(text, path))
    assert said.kind == kind
    assert reason in said.reason


def test_words_of_the_user_cannot_leave_their_code() -> None:
    text = VELA.replace("test:", "'`[x](command:y)`':").replace("[build, test]", "[build]")
    shown = told(text.replace("'`[x]", "'`[‸x]"))
    assert "`` `[x](command:y)` ``" in shown
