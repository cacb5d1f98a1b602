"""Hostile texts: an answer in bounded time."""

from __future__ import annotations

import time

import pytest

from pipelint.source import Source
from pipelint.yaml import PURE_LIMIT, merge, parse
from pipelint.yaml.comments import comments
from pipelint.yaml.place import Router

SIZE = 1_000_000
PATIENCE = 2.0


def filled(line: str) -> str:
    """Repeat a line until the text is as long as texts may be."""
    return line * (SIZE // len(line))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name)
        for name, text in {
            "open brackets": filled("["),
            "open braces": filled("{"),
            "brackets": "[" + filled("[],") + "]",
            "repeated keys": "{" + filled("a,") + "}",
            "empty values": filled("a: \n"),
            "dashes": filled("- \n"),
            "aliases": "- &a x\n" + filled("- *a\n"),
            "control characters": filled("\0"),
            "control characters on lines": filled("a: \x07\n"),
            "tabs": "a: 1\n" + filled("\tb: 1\n"),
            "quotes": filled('"a" '),
            "an open quote": '"' + filled("a\n"),
            "escapes": '"' + filled("\\d"),
            "colons": filled("a: b: c\n"),
            "colons in one line": "a: " + filled("b: "),
            "no colons": "a: 1\n" + filled("b\n"),
            "blank lines before a mistake": filled("\n") + "a: b: c",
            "lines before a mistake": filled("a: 1 # x\n") + "b: c: d",
            "keys before a mistake": "".join(f"k{at}: v\n" for at in range(90_000)) + "x: y: z",
            "lists that never close": filled("- [\n"),
            "template directives": filled("a: 1\n{{ range }}\n"),
            "levels": filled("  a: 1\n b: 2\n"),
            "tags": "".join(f"%TAG !a{at}! x\n" for at in range(60_000)),
            "colons in words": "[" + filled("a:b,"),
            "hashes": filled("a: '# x'  # pipelint: y\n"),
            "hashes in one line": "[" + filled("'# x',") + "] # pipelint: y",
        }.items()
    ],
)
def test_time_is_bounded(text: str) -> None:
    source = Source(text)
    before = time.process_time()
    tree = parse(source)
    merge.apply(tree)
    comments(source, tree)
    assert time.process_time() - before < PATIENCE


def test_many_places_are_found_in_linear_time() -> None:
    source = Source("".join(f"- name: n{at}\n" for at in range(20_000)))
    tree = parse(source)
    before = time.process_time()
    router = Router(tree)
    for start in source.line_starts[:-1]:
        router.route(start + 8)
        router.extent(source, start)
    assert time.process_time() - before < PATIENCE


def test_the_slow_parser_refuses_long_texts() -> None:
    text = "a: b\n" * (PURE_LIMIT // 5 + 1)
    (problem,) = parse(Source(text), pure=True).problems
    assert problem.message == (
        "the text is longer than 300000 characters, too long for the slow YAML parser"
    )
    assert "longer" not in [each.message for each in parse(Source(text)).problems]


def test_too_many_values() -> None:
    (problem,) = parse(Source(filled("[],")[:-1].join("[]"))).problems
    assert problem.message == "the text holds more than 125000 values"
