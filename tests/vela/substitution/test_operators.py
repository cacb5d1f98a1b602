"""What an operator leaves of a value, for the Vela server."""

from __future__ import annotations

import time

import pytest

from pipelint.vela.substitution.operators import apply_operator
from pipelint.vela.substitution.parse import Substitution, find


def left(value: str, text: str) -> str | None:
    """Apply the first substitution of a text to a value."""
    one = find(text)[0]
    assert isinstance(one, Substitution)
    return apply_operator(value, one)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("${x}", "${x}"),
        ("${x:-d}", "${x}"),
        ("${x:+d}", "${x}"),
        ("${x=d}", "${x}"),
        ("${x%.txt}", "${x}"),
        ("${x:0:3}", "${x"),
        ("${x:2}", "x}"),
        ("${x^^}", "${X}"),
        ("${x##*/}", "${x}"),
        ("${x/x/y}", "${y}"),
        ("${#x}", "4"),
    ],
)
def test_an_unknown_name_is_its_own_text_and_that_is_cut(text: str, result: str) -> None:
    assert left("${x}", text) == result


@pytest.mark.parametrize(
    ("value", "text", "result"),
    [
        ("", "${X:-d}", "d"),
        ("", "${X:-}", ""),
        ("", "${X:?d}", "d"),
        ("", "${X:+d}", "d"),
        ("v", "${X:+d}", "v"),
        ("pushed", "${X^}", "Pushed"),
        ("PUSHED", "${X,}", "pUSHED"),
        ("PUSHED", "${X,,}", "pushed"),
        ("pushed", "${X^,}", "pushed"),
        ("straße", "${X^^}", "STRAßE"),
        ("", "${X^}", ""),
        ("push", "${X:1}", "ush"),
        ("push", "${X:1:2}", "us"),
        ("push", "${X:0:99}", "push"),
        ("push", "${X:9}", ""),
        ("push", "${X:9:1}", ""),
        ("push", "${X: -2}", "push"),
        ("push", "${X:-2}", "push"),
        ("push", "${X:+2}", "push"),
        ("push", "${X:0:z}", "push"),
        ("push", "${X:##v}", "push"),
        ("é", "${#X}", "2"),
        ("éa", "${X:2}", "a"),
        ("a.b.txt", "${X#*.}", "b.txt"),
        ("a.b.txt", "${X##*.}", "txt"),
        ("a.b.txt", "${X%.*}", "a.b"),
        ("a.b.txt", "${X%%.*}", "a"),
        ("v1.2", "${X#v}", "1.2"),
        ("v1.2", "${X#?}", "1.2"),
        ("v1.2", "${X#*}", "1.2"),
        ("v1.2", "${X##*}", ""),
        ("v1.2", "${X#x}", "v1.2"),
        ("/a/b", "${X##*/}", "b"),
        ("abcab", "${X/ab/-}", "-cab"),
        ("abcab", "${X//ab/-}", "-c-"),
        ("abcab", "${X//ab/}", "c"),
        ("abcab", "${X/#ab/-}", "-cab"),
        ("abcab", "${X/%ab/-}", "abc-"),
        ("abcab", "${X/#ab/}", "abcab"),
        ("abcab", "${X/%b/}", "abcab"),
        ("a*b", "${X/*/-}", "a-b"),
        ("a/b", r"${X/\//-}", "a-b"),
    ],
)
def test_a_known_value_is_changed_as_the_server_does(value: str, text: str, result: str) -> None:
    assert left(value, text) == result


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", "${X:-${Y}}"),
        ("a", "${X#${Y}}"),
        ("a", "${X/a/${Y}}"),
        ("a", "${X#[ab]}"),
        ("a", r"${X#\*}"),
        ("é", "${X#?}"),
        ("éa", "${X:1}"),
    ],
)
def test_what_cannot_be_known_is_not_guessed(value: str, text: str) -> None:
    assert left(value, text) is None


def test_a_default_that_is_not_needed_need_not_be_known() -> None:
    assert left("a", "${X:-${Y}}") == "a"


def test_a_hostile_pattern_takes_no_time() -> None:
    begin = time.process_time()
    assert left("a" * 300, "${X#" + "*a" * 160 + "b}") == "a" * 300
    assert left("a" * 300, "${X#" + "*a" * 100_000 + "b}") is None
    assert time.process_time() - begin < 2
