"""Where an expression is written, through each style of YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.expressions.place import locate, write
from pipelint.expressions.scan import find_expressions
from pipelint.source import Source, Span
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Scalar


def scalar_of(source: Source) -> Scalar:
    """Return the value of the key `k`."""
    root = parse(source).root
    assert isinstance(root, Mapping)
    node = root.get("k")
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    "written",
    [
        "<+a.b>",
        "x <+a.b> y",
        "&anchor <+a.b>",
        "!!str <+a.b>",
        "'it''s <+a.b> it''s'",
        '"\\t\\x41\\u00e9 <+a.b>\\n"',
        "x\n  y\n\n  <+a.b>",
        "'x\n\n  y <+a.b>'",
        '"x \\\n   y <+a.b>"',
        "|\n  echo é\n  echo <+a.b>",
        "|2-\n    echo\n  <+a.b>\n",
        ">\n  x\n  y\n\n    z\n  <+a.b>\n",
        ">-\n  x <+a.b>\n",
        "|\r\n  x\r\n  <+a.b>\r\n",
    ],
)
def test_an_expression_is_found_where_it_is_written(written: str) -> None:
    source = Source(f"k: {written}\n")
    scalar = scalar_of(source)
    find, is_exact = locate(scalar, source.text)
    (span,) = find_expressions(scalar.text).spans
    place = find(span)
    assert is_exact
    assert source.text[place.start : place.end] == "<+a.b>"


@pytest.mark.parametrize(
    ("written", "covered"),
    [
        ("'<+f(''x'')>'", "''x''"),
        ('"<+f(\\"x\\")>"', '\\"x\\"'),
        ('"<+f(\\u0022x\\x22)>"', "\\u0022x\\x22"),
        ('<+f("x")>', '"x"'),
        ('|\n  <+f("x")>', '"x"'),
        ('>\n  <+f(\n  "x")>', '"x"'),
    ],
)
def test_a_sign_that_takes_several_characters_is_covered(written: str, covered: str) -> None:
    source = Source(f"k: {written}\n")
    scalar = scalar_of(source)
    quotes = [at for at, sign in enumerate(scalar.text) if sign in "\"'"]
    place = locate(scalar, source.text)[0](Span(quotes[0], quotes[-1] + 1))
    assert source.text[place.start : place.end] == covered


WORDS = st.lists(
    st.sampled_from(["<+a>", "<+b.c>", '<+f("x")>', "<+g('y')>", "é", "word", "\\", "#", "𝄞"]),
    min_size=1,
    max_size=8,
)


def double(text: str) -> str:
    return f'"{write(text, chr(34))}"'


STYLES = {
    "single": lambda words: "'" + "\n\n  ".join(words).replace("'", "''") + "'",
    "double": lambda words: double(" ".join(words)),
    "double, many lines": lambda words: '"' + "\\\n  ".join(double(w)[1:-1] for w in words) + '"',
    "literal": lambda words: "|\n  " + "\n  ".join(words) + "\n",
    "literal, deeper": lambda words: "|-\n" + "".join(f"      {word}\n\n" for word in words),
    "folded": lambda words: ">\n  " + "\n  ".join(words) + "\n",
    "folded, deeper": lambda words: ">+\n  x\n" + "".join(f"    {word}\n  y\n" for word in words),
    "plain": lambda words: "x" + "\n  ".join(word.replace("#", "-") for word in words),
}


@given(WORDS, st.sampled_from(sorted(STYLES)), st.sampled_from(["\n", "\r\n"]))
def test_places_hold_in_each_style(words: list[str], style: str, line_end: str) -> None:
    source = Source(f"j: 1\nk: {STYLES[style](words)}\n".replace("\n", line_end))
    scalar = scalar_of(source)
    find, is_exact = locate(scalar, source.text)
    assert is_exact
    for span in find_expressions(scalar.text).spans:
        place = find(span)
        covered = source.text[place.start : place.end]
        unescaped = covered.replace('\\"', '"').replace("''", "'")
        assert unescaped == scalar.text[span.start : span.end]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_is_read_again(text: str) -> None:
    assert scalar_of(Source(f"k: {double(text)}\n")).text == text
