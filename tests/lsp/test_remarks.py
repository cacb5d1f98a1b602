"""Signature help, inlay hints, semantic tokens: what an editor shows beside what is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lsprotocol import types

from looking import at_cursor, snapshot_of
from pipelint.source import Span
from pipelint_lsp.convert import results
from pipelint_lsp.convert.columns import UTF8, UTF16
from pipelint_lsp.convert.view import Client, View
from pipelint_lsp.features.hints import hints
from pipelint_lsp.features.signature import signature
from pipelint_lsp.features.tokens import KINDS, tokens
from two_pipelines import HARNESS, HARNESS_PATH, VELA

LINE = '                          echo "<+pipeline.stages.prepare.name>"\n'


def with_line(line: str) -> str:
    return HARNESS.replace(LINE, f"                          {line}\n")


@pytest.mark.parametrize(
    ("line", "label", "active"),
    [
        ('<+json.select("a",‸ <+x>)>', "select(path, text) → unknown", 1),
        ('<+json.select(‸"a", <+x>)>', "select(path, text) → unknown", 0),
        ('<+json.select("a, (b", "‸', "select(path, text) → unknown", 1),
        ('<+regex.replace("[,(]", f(1, 2), ‸', "replace(pattern, replacement, text) → string", 2),
        ("<+<+stage.name>.replace(‸", "replace(argument1, argument2) → string", 0),
        ("<+pipeline.name.concat(‸)>", "concat(argument1) → string", 0),
        ("<+secrets.getValue(‸", "getValue(identifier) → secret", 0),
    ],
)
def test_the_arguments_of_a_call(line: str, label: str, active: int) -> None:
    found = signature(*at_cursor(with_line(line), HARNESS_PATH))
    assert found is not None
    assert (found.label, found.active) == (label, active)
    assert all(parameter in found.label for parameter in found.parameters)


@pytest.mark.parametrize(
    "line",
    ["echo (‸)", "<+stage.name‸>", "<+json.select()‸>", "<+nobody.knows(‸)>"],
)
def test_no_arguments_outside_of_a_call(line: str) -> None:
    assert signature(*at_cursor(with_line(line), HARNESS_PATH)) is None


def test_no_arguments_in_a_comment() -> None:
    marked = HARNESS.replace("name: Shop", "name: Shop  # <+json.select(‸")
    assert signature(*at_cursor(marked, HARNESS_PATH)) is None


def test_an_expression_is_followed_by_what_it_gives() -> None:
    snapshot = snapshot_of(HARNESS, HARNESS_PATH)
    text = snapshot.source.text
    found = hints(snapshot, Span(0, len(text)))
    shown = {text[: one.offset].rsplit("<+", 1)[1]: one.text for one in found}
    assert shown == {
        "pipeline.variables.region>": "= eu-west-1",
        "pipeline.stages.prepare.name>": "= Prepare",
    }
    assert hints(snapshot, Span(0, 10)) == []


def test_a_long_value_is_cut_and_a_credential_is_hidden() -> None:
    long = HARNESS.replace("eu-west-1", "x" * 200)
    (first, *_) = hints(snapshot_of(long, HARNESS_PATH), Span(0, len(long)))
    assert first.text == f"= {'x' * 39}…"
    word = "Xq7" + "tR2mKp9LwZ4bVn8c"
    secret = HARNESS.replace("region", "password").replace("eu-west-1", word)
    said = hints(snapshot_of(secret, HARNESS_PATH), Span(0, len(secret)))
    assert said
    assert all(word not in one.text for one in said)


def test_names_are_told_apart() -> None:
    snapshot = snapshot_of(HARNESS, HARNESS_PATH)
    found = {
        (snapshot.source.text[one.span.start : one.span.end], one.kind, one.is_definition)
        for one in tokens(snapshot)
    }
    assert {
        ("region", "variable", True),
        ("region", "variable", False),
        ("prepare", "class", True),
        ("prepare", "class", False),
        ("look", "function", False),
        ("colour", "property", False),
    } <= found


@pytest.mark.parametrize(("text", "path"), [(HARNESS, HARNESS_PATH), (VELA, ".vela.yml")])
@pytest.mark.parametrize("encoding", [UTF8, UTF16])
def test_tokens_of_the_protocol_lead_back_to_the_names(text: str, path: str, encoding: str) -> None:
    snapshot = snapshot_of(text.replace("colour", "größe"), path)
    found = tokens(snapshot)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    view = View(snapshot, Client(encoding))
    data = results.tokens(found, view).data
    line = column = 0
    read = []
    for at in range(0, len(data), 5):
        down, right, size, kind, declares = data[at : at + 5]
        line, column = line + down, right + (0 if down else column)
        start = view.offset(types.Position(line, column))
        end = view.offset(types.Position(line, column + size))
        read.append((Span(start, end), KINDS[kind], bool(declares)))
    assert read == [tuple(one) for one in found]
