"""What plain scalars are to yaml.v3, and nodes as JSON data."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pipelint.yaml.resolve import core, is_yaml11_bool, json_value
from trees import root

KINDS = {
    "null": ["", "~", "null", "Null", "NULL"],
    "bool": ["true", "True", "TRUE", "false", "False", "FALSE"],
    "int": [
        *("0", "1", "-1", "+1", "-0", "12345678901234567890", "-9223372036854775808"),
        *("0x1f", "0X1F", "-0x1f", "0b101", "0o17", "0O17", "0777", "00"),
        *("1_000", "1__0_", "0x_f"),
    ],
    "float": [
        *("1.5", "1.", ".5", "-.5", "+1.5e3", "1e3", "1E-3", "1_0.5", "08", "0778"),
        *(".inf", ".Inf", ".INF", "+.inf", "-.INF", ".nan", ".NaN", ".NAN"),
        *("18446744073709551616", "-9223372036854775809", "+9223372036854775808"),
    ],
    "timestamp": [
        *("2020-01-02", "2020-1-2", "2020-02-29", "2020-01-02T10:00:00Z"),
        *("2020-01-02t1:2:3.5+02:00", "2020-01-02 10:00:00", "2020-01-02 10:00:00.123"),
    ],
    "merge": ["<<"],
    "str": [
        *("a", "tRUE", "yes", "on", "y", "No", "nil", "NuLL", "none", "_1", "+", "-", ".", "--"),
        *("0x", "0b12", "0o8", "1e", "1e999", "1.2.3", "12:30", "1:2:3", "-.nan", "..5", "1 2"),
        *("2020-13-01", "2020-02-30", "2021-02-29", "2020-01-02 25:00:00", "2020-01-02 10:00:00 Z"),
        *("20-01-02", "2020-01", "1.20.x", "v1", "é", "0xg", "\u0661"),
    ],
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts]
)
def test_core(text: str, kind: str) -> None:
    assert core(text) == kind


def test_the_old_bools() -> None:
    accepted = [*("y", "Y", "yes", "Yes", "YES", "on", "On", "ON")]
    accepted += [*("n", "N", "no", "No", "NO", "off", "Off", "OFF")]
    assert all(is_yaml11_bool(text) for text in accepted)
    assert not any(is_yaml11_bool(text) for text in ("true", "yEs", "1", "", "enabled"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-0x1f", -31),
        ("0777", 511),
        ("1_000", 1000),
        ("1.50", 1.5),
        ("08", 8.0),
        ("-.inf", -math.inf),
        ("true", True),
        ("yes", "yes"),
        ("~", None),
        ("2020-01-02", "2020-01-02"),
        ("'1'", "1"),
        ("'null'", "null"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("!!float 1", 1.0),
        ("!foo 1", "1"),
        ("|\n  1", "1"),
        ("[1, {a: b}, []]", [1, {"a": "b"}, []]),
        ("{1: a, 'b': ~, ? [x] : y}", {"1": "a", "b": None}),
    ],
)
def test_json_values(text: str, value: Any) -> None:
    found = json_value(root(text))
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_a_number() -> None:
    assert math.isnan(json_value(root(".nan")))


def test_what_is_anchored_once_is_made_once() -> None:
    lines = [f"- &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 100)]
    found = json_value(root("- &a0 [x]\n" + "".join(lines)))
    assert found[5][0] is found[5][1] is found[4]
