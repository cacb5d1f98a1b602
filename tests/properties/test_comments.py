"""A comment that does not speak to pipelint is nothing to it."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linting import lint
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.comments import comments
from pipelint.yaml.node import Scalar
from properties.texts import edited
from trees import nodes

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30).filter(
    lambda words: "pipelint:" not in words and "\ufeff" not in words and "{{" not in words
)


def findings(text: str) -> Counter[tuple[str, str, str]]:
    """Return what is found, without the places."""
    return Counter((one.rule, one.finding.message, one.fingerprint) for one in lint(text))


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, str]:
    """Make a pipeline that is YAML, and the same with a few comments more."""
    text = draw(edited(most=2))
    source = Source(text)
    tree = parse(source)
    assume(not tree.problems)
    taken = [(node.start, node.end) for node in nodes(tree) if isinstance(node, Scalar)]
    free = [
        start
        for start in source.line_starts
        if not any(begin < start <= end for begin, end in taken)
    ]
    other = source.text
    for start in sorted(draw(st.lists(st.sampled_from(free or [0]), max_size=3)), reverse=True):
        indent = " " * draw(st.integers(0, 6))
        other = f"{other[:start]}{indent}# {draw(WORDS)}\n{other[start:]}"
    return source.text, other


@settings(max_examples=250, deadline=None)
@given(commented())
def test_comments_on_lines_of_their_own_change_nothing(both: tuple[str, str]) -> None:
    before, after = both
    assert findings(before) == findings(after)


@settings(max_examples=200, deadline=None)
@given(edited(most=2), WORDS)
def test_other_words_in_comments_change_nothing(text: str, words: str) -> None:
    source = Source(text)
    tree = parse(source)
    assume(not tree.problems)
    other = source.text
    for comment in reversed(list(comments(source, tree))):
        if "pipelint:" not in comment.text:
            other = f"{other[: comment.start]}# {words}{other[comment.end :]}"
    assert findings(source.text) == findings(other)
