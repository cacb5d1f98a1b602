"""What becomes of a text when the server has put values into its YAML."""

from __future__ import annotations

import pytest

from pipelint.source import Span
from pipelint.vela.emitted import (
    BROKEN,
    CHANGED,
    RESHAPED,
    SAME,
    Outcome,
    inserted,
    is_harmless,
    replace,
    style,
)


def put(text: str, value: str, *, item: bool = True) -> Outcome | None:
    """Put a value in for `${J}`."""
    start = text.index("${J}")
    return replace(text, [(Span(start, start + 4), inserted(value))], item=item)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("echo ${J}", ""),
        ("${J}", ""),
        ("echo '${J}' \"x\"", ""),
        ("a:${J}", ""),
        ("a: ${J}", "'"),
        ("${J}:", "'"),
        ("a #${J}", "'"),
        ("'${J}'", "'"),
        ("[ ${J} ]", "'"),
        ("- ${J}", "'"),
        ("-${J}", ""),
        (" ${J}", "'"),
        ("a\t${J}", '"'),
        ("a\n${J}", "|"),
        ("a \n${J}", '"'),
        ("a\n${J} ", '"'),
        ("a\x07${J}", None),
    ],
)
def test_how_the_server_quotes_a_text(text: str, quotes: str | None) -> None:
    assert style(text) == quotes


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("echo ${J}", "plain", SAME),
        ("echo ${J}", "a:b", SAME),
        ("echo ${J}", "https://example.com:80/#a", SAME),
        ("echo ${J}", '"quoted"', SAME),
        ("echo ${J}", "a: b", RESHAPED),
        ("echo ${J}", '{"a": "b"}', BROKEN),
        ("echo ${J}", "# x", CHANGED),
        ("${J}", "# x", CHANGED),
        ("${J}", '"x"', CHANGED),
        ("${J}", '"x" y', BROKEN),
        ("${J}", "[a, b]", RESHAPED),
        ("${J}", "- a", RESHAPED),
        ("${J}", "*.txt", BROKEN),
        ("${J}", "@x", BROKEN),
        ("x ${J} y", "a:", RESHAPED),
        ("x: ${J}", "a: b", SAME),
        ("x: ${J}", "don't", BROKEN),
        ("a\t${J}", 'a"b', BROKEN),
        ("a\n${J}", 'a: "b" # c', SAME),
    ],
)
def test_what_a_value_does_to_a_command(text: str, value: str, kind: str) -> None:
    outcome = put(text, value)
    assert outcome is not None
    assert outcome.kind == kind


def test_a_value_of_a_map_cannot_become_a_map() -> None:
    assert put("echo ${J}", "a: b", item=False) == Outcome(BROKEN)


def test_several_lines_are_put_in_as_one_quoted_text() -> None:
    assert put("echo ${J}", "a\nb") == Outcome(SAME, 'echo "a\\nb"')
    assert put("${J}", "a\nb") == Outcome(CHANGED, "a\nb")


@pytest.mark.parametrize("value", ["a", "1.2.3", "x-", "a b", "/a/b=c", "x+y~z", "$HOME"])
def test_harmless_values_stay_what_they_are_anywhere(value: str) -> None:
    assert is_harmless(value)
    for text in ("${J}", "echo ${J}", "a: ${J}", "'${J}' b", "x\t${J}", "x\n${J}"):
        outcome = put(text, value)
        assert outcome is not None
        assert outcome.kind == SAME


@pytest.mark.parametrize(
    "value", ["", " a", "a ", "- a", "a: b", "#a", "'", '"', "\\", "a\nb", "[", "?", "@"]
)
def test_values_that_may_not_be_harmless(value: str) -> None:
    assert not is_harmless(value)
