"""The way to a place, and the extent of what begins there."""

from __future__ import annotations

import pytest

from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping
from pipelint.yaml.place import Router, extent, path_at, route

TEXT = """\
# first
shared: &shared
  pull: always
stages:
  build:
    # second
    steps:
      - name: unit tests
        <<: *shared
        image: golang  # third

      -
        # fourth
        name: lint
        commands: [make lint,
          {key: value}]
      - *shared
      - step:
          identifier: deploy
          spec: {x: 1}
      - - inner
&anchor last: |
  text
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("shared:", "shared"),
        ("always", "shared.pull"),
        ("unit", "stages.build.steps[unit tests].name"),
        ("image", "stages.build.steps[unit tests].image"),
        ("<<", "stages.build.steps[unit tests].<<"),
        ("make", "stages.build.steps[lint].commands[]"),
        ("value", "stages.build.steps[lint].commands[].key"),
        ("*shared\n      - step", "stages.build.steps[]"),
        ("x: 1", "stages.build.steps[deploy].step.spec.x"),
        ("inner", "stages.build.steps[][]"),
        ("  text", "last"),
        ("# first", ""),
    ],
)
def test_the_way_to_a_place(words: str, expected: str) -> None:
    tree = parse(Source(TEXT))
    assert route(tree, TEXT.index(words)) == expected
    assert Router(tree).route(TEXT.index(words)) == expected


def test_the_nodes_on_the_way() -> None:
    tree = parse(Source(TEXT))
    steps = path_at(tree, TEXT.index("golang"))
    assert [step.at for step in steps] == ["stages", "build", "steps", 0, "image"]
    assert steps[0].container is tree.root
    innermost = steps[-1].container
    assert isinstance(innermost, Mapping)
    assert innermost.fields["image"][1].start == TEXT.index("golang")


def test_an_aliased_node_lies_where_it_is_anchored() -> None:
    text = "- *a\n- &a {b: c}\n- *a\n"
    tree = parse(Source(text))
    assert route(tree, text.index("c}")) == "[].b"


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        # The pair or item that begins on the first line with text.
        ("# first", "shared: &", "always"),
        ("stages:", "stages:", "- - inner"),
        ("    # second", "steps:", "- - inner"),
        ("      - name", "- name", "golang"),
        ("        image", "image", "golang"),
        ("# third", "-\n        # fourth", "{key: value}]"),
        ("      -\n", "-\n", "{key: value}]"),
        ("# fourth", "name: lint", "lint"),
        ("          {key", "{key", "{key: value}"),
        ("      - *shared", "- *shared", "- *shared"),
        ("      - - inner", "- - inner", "inner"),
        ("&anchor", "&anchor", "text"),
        # Where nothing begins, the rest of the line.
        ("  text", "text", "text"),
    ],
)
def test_the_extent_of_what_begins_there(words: str, begins: str, ends: str) -> None:
    source = Source(TEXT)
    found = TEXT[slice(*extent(parse(source), source, TEXT.index(words)))]
    assert found.startswith(begins)
    assert found.endswith(ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("# only a comment\n", ""),
        ("a: b\n# at the end\n", ""),
        ("# x\na: *b\n", "a: *b"),
        ("# x\na:\nb: c\n", "a:"),
        ("# x\n[a, b]\n", "a"),
        ("# x\ntext\n", "text"),
        ("a: 1\n---\n# x\nb:\n  c: d\n", "b:\n  c: d"),
    ],
)
def test_the_extent_in_small_texts(text: str, expected: str) -> None:
    source = Source(text)
    start = text.find("#")
    found = extent(parse(source), source, max(start, 0))
    assert text[slice(*found)] == expected
