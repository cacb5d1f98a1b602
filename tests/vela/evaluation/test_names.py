"""Which environment variables an expression reads, and where."""

from __future__ import annotations

import pytest

from pipelint.vela.evaluation.names import Name, names


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("VELA_BUILD_STATUS == 'failure'", ["VELA_BUILD_STATUS"]),
        ("B == 1 && A == nil || B == true", ["B", "A", "B"]),
        ("$env.A == $env['B'] ?? get($env, `C`)", ["A", "B", "C"]),
        ("$env == 1 and len($env) > 1", []),
        ("filter(A, #.x == B.y)[C]", ["A", "B", "C"]),
        ("A | map(upper(B)) | join(C)", ["A", "B", "C"]),
        ("{a: A, (B): 1, 'c': C}.d", ["A", "B", "C"]),
        ("let a = A; a == B", ["A", "B"]),
        ("foo(A) == len", ["A"]),
        ("if A { B } else { C }", ["A", "B", "C"]),
        ("true || false || nil", []),
        ("A == ", []),
        ("", []),
    ],
)
def test_names(text: str, read: list[str]) -> None:
    found = names(text)
    assert [each.name for each in found] == read
    assert all(text[each.start : each.end] == each.name for each in found)


def test_places_count_code_points() -> None:
    assert names('"😀" == A') == [Name("A", 7, 8)]
