"""No request ever fails: half-typed files are what a server sees most of the time."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from pipelint_lsp.convert.columns import UTF16
from pipelint_lsp.convert.view import Client, View
from pipelint_lsp.handlers import REQUESTS, problems
from pipelint_lsp.session import Session
from repository import shared
from two_pipelines import HARNESS, VELA

ODD = [
    "", "\n", "\ufeff", "a", "- ", "{", "pipeline:", "pipeline: <+", "steps:\n - &a *a\n", "\t\t",
    "%YAML 9\n---\n", "version: '1'\nsteps:\n  - name: ${\n", "---\n...\n---\npipeline: {}\n",
    "pipeline:\n  stages:\n    - stage:\n        identifier: <+a.b\n",
    "stages: {a: {needs: [a, a]}}", "\x00",
]  # fmt: skip
DOCUMENT = types.TextDocumentIdentifier("file:///r/.vela.yml")


def dice_of(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret is chosen


def parameters(method: str, place: types.Position, other: types.Position) -> Any:
    """Make the parameters of a request at a place."""
    made: dict[str, Any] = {"text_document": DOCUMENT, "position": place}
    if method == types.TEXT_DOCUMENT_REFERENCES:
        made["context"] = types.ReferenceContext(include_declaration=True)
    if method == types.TEXT_DOCUMENT_RENAME:
        made["new_name"] = "other"
    if method == types.TEXT_DOCUMENT_CODE_ACTION:
        made = {"text_document": DOCUMENT, "range": types.Range(place, other)}
        made["context"] = types.CodeActionContext([])
    if method == types.TEXT_DOCUMENT_INLAY_HINT:
        made["range"] = types.Range(place, other)
    if method == types.TEXT_DOCUMENT_SELECTION_RANGE:
        made = {"text_document": DOCUMENT, "positions": [place, other]}
    kinds: Any = types.METHOD_TO_TYPES[method][2]
    known = {field.name for field in kinds.__attrs_attrs__}
    return kinds(**{name: value for name, value in made.items() if name in known})


def ask_everything(text: str, name: str, dice: random.Random, times: int = 3) -> None:
    """Send every request about a text, at random places, some of which do not exist."""
    session = Session(["/r"])
    opened = session.open(f"file:///r/{name}", "yaml", 1, text)
    view = View(session.snapshot(opened), Client(UTF16), marked=opened.is_marked, root="/r")
    problems(view)
    lines = len(view.snapshot.source.line_starts)
    for _ in range(times):
        place = types.Position(dice.randrange(lines + 1), dice.randrange(60))
        other = types.Position(dice.randrange(lines + 2), dice.randrange(200))
        for request in REQUESTS:
            request.handler(view, parameters(request.method, place, other))


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("name", [".vela.yml", ".harness/a.yaml", "values.yaml", "pipelint.yaml"])
def test_odd_texts(text: str, name: str) -> None:
    ask_everything(text, name, dice_of(1))


@pytest.mark.parametrize(("text", "name"), [(VELA, ".vela.yml"), (HARNESS, ".harness/a.yaml")])
def test_every_truncation_of_a_line(text: str, name: str) -> None:
    dice = dice_of(2)
    for _ in range(60):
        end = dice.randrange(len(text))
        rest = text.find("\n", end)
        ask_everything(text[:end] + text[rest:], name, dice, times=1)
        ask_everything(text[:end], name, dice, times=1)


@pytest.mark.parametrize("area", ["vela/files", "harness"])
def test_real_files_cut_anywhere(area: str) -> None:
    folder = shared("corpus", *area.split("/"))
    dice = dice_of(area)
    paths = [path for path in sorted(folder.rglob("*.y*ml")) if path.stat().st_size < 20_000]
    for path in dice.sample(paths, 40):
        text = path.read_text("utf-8", "replace")
        name = ".vela.yml" if area.startswith("vela") else f".harness/{Path(path).name}"
        ask_everything(text[: dice.randrange(len(text) + 1)], name, dice)
