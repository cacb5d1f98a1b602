"""Plain values of `parameters` and `vars`, and the text that the server makes of them."""

from __future__ import annotations

import pytest

from pipelint.vela.untyped import ITEM, MEMBER, PARAMETER, TEMPLATE, becomes


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("1.10", "1.1"),
        ("1.0", "1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1234e56", "1.234e+59"),
        ("1234567.5", "1.2345675e+06"),
        ("0.00001", "1e-05"),
        ("-0.50", "-0.5"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("010", "8"),
        ("-010", "-8"),
        ("0o17", "15"),
        ("089", "89"),
        ("00", "0"),
        ("-0", "0"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("1_000", "1000"),
        (".inf", "+Inf"),
        ("-.inf", "-Inf"),
        (".nan", "NaN"),
        ("2024-01-01", '"2024-01-01T00:00:00Z"'),
        ("2024-1-5", '"2024-01-05T00:00:00Z"'),
        ("2024-01-01 10:00:00.50", '"2024-01-01T10:00:00.5Z"'),
        ("2024-01-01T10:00:00+02:00", '"2024-01-01T10:00:00+02:00"'),
    ],
)
def test_values_that_become_another_text(written: str, made: str) -> None:
    assert becomes(written) == made


@pytest.mark.parametrize(
    "written",
    [
        "", "0", "7", "-7", "+7", "1.5", "18446744073709551615", "-9223372036854775808",
        "12:30:45", "1.2.3", "1e999", "1e", "0x", "0xG", "08x", "2024-13-01", "2024-02-30",
        "2024-01-01T10:00:00", "no", "yes", "true", "True", "~", "null", "v1.10", "1,000", "_1",
        "-", "+", ".", "..", "1__" + "0" * 200,
    ],
)  # fmt: skip
def test_values_that_stay_what_they_are(written: str) -> None:
    assert becomes(written) is None


@pytest.mark.parametrize(
    ("where", "made"),
    [
        (PARAMETER, '"2024-01-01T00:00:00Z"'),
        (ITEM, "2024-01-01T00:00:00Z"),
        (MEMBER, '"2024-01-01T00:00:00Z"'),
        (TEMPLATE, "2024-01-01 00:00:00 +0000 UTC"),
    ],
)
def test_a_date_depends_on_where_it_stands(where: str, made: str) -> None:
    assert becomes("2024-01-01", where) == made


def test_json_writes_large_numbers_without_exponent() -> None:
    assert becomes("1234567.5", MEMBER) is None
    assert becomes("1000000.0", MEMBER) == "1000000"
    assert becomes("1e21", MEMBER) == "1e+21"
