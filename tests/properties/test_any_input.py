"""Whatever the bytes: the command answers, and its JSON keeps what it promises."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipelint.cli import run
from pipelint.cli.streams import Streams
from pipelint.source import Source, UndecodableError, decode
from properties.texts import edited
from report.test_json import SCHEMA, closed

VALIDATOR = Draft202012Validator(closed(SCHEMA))
BYTES = st.one_of(
    st.binary(),
    edited().map(lambda text: text.encode("utf-8", "surrogatepass")),
    edited().map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.tuples(edited(), st.binary(max_size=9)).map(
        lambda two: two[0].encode("utf-8", "replace") + two[1]
    ),
)
NAMES = st.sampled_from([".vela.yml", "templates/a.vela.yml", "steps.yaml", ".harness/a.yaml"])


@pytest.fixture(autouse=True, scope="module")
def _elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Work where there are no other files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("empty"))
        yield


def report(data: bytes, name: str) -> tuple[int, dict[str, Any]]:
    """Check bytes as the command does that reads them from its standard input."""
    given_, said, complaints = io.TextIOWrapper(io.BytesIO(data)), io.StringIO(), io.StringIO()
    options = ["-", "--stdin-filename", name, "--no-config", "--output-format", "json"]
    code = run(options, Streams(given_, said, complaints, {}))
    return code, json.loads(said.getvalue())


@settings(max_examples=300, deadline=None)
@given(BYTES, NAMES)
@example(b"", ".vela.yml")
@example(b"\xff", ".vela.yml")
@example(b"\n", ".vela.yml")
@example(b"\xef\xbb\xbf", ".vela.yml")
def test_any_bytes_are_answered_as_promised(data: bytes, name: str) -> None:
    code, value = report(data, name)
    VALIDATOR.validate(value)
    assert [file["path"] for file in value["files"]] == [name]
    found = value["diagnostics"]
    assert "internal-error" not in {one["rule"] for one in found}
    if value["files"][0]["checked"]:
        assert code == int(any(one["level"] == "error" for one in found))
    assert found == sorted(found, key=order)
    for one in found:
        assert_inside(one, readable(data))
    assert len({one["fingerprint"] for one in found}) == len(found)


def readable(data: bytes) -> Source:
    """Return the text that lines and columns are counted in; none where it cannot be read."""
    try:
        return Source(decode(data))
    except UndecodableError:
        return Source(data.decode("utf-8", "replace"))


def order(one: dict[str, Any]) -> tuple[str, int, int, str]:
    return one["path"], one["start"]["line"], one["start"]["column"], one["rule"]


def assert_inside(one: dict[str, Any], source: Source) -> None:
    """Assert that each place is a place of the text; only an edit may be empty."""
    for place in (one, *one.get("related", ())):
        assert_place(place, source)
        assert key(place["start"]) < key(place["end"])
    for fix in one.get("fixes", ()):
        for edit in fix["edits"]:
            assert_place(edit, source)
        spans = sorted((key(edit["start"]), key(edit["end"])) for edit in fix["edits"])
        ends = [(0, 0), *(end for _, end in spans)]
        assert all(end <= start for end, (start, _) in zip(ends, spans, strict=False))


def assert_place(place: dict[str, Any], source: Source) -> None:
    if not source.text:
        assert key(place["start"]) == (1, 1)
        assert key(place["end"]) in {(1, 1), (1, 2)}
        return
    starts = [*source.line_starts, len(source.text) + 1]
    for line, column in (key(place["start"]), key(place["end"])):
        assert 1 <= line < len(starts)
        assert 1 <= column <= starts[line] - starts[line - 1]


def key(position: dict[str, int]) -> tuple[int, int]:
    return position["line"], position["column"]
