"""The picture of a pipeline: `pipelint/graph`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.drawn import elements
from looking import snapshot_of
from pipelint_lsp.features.graph import Picture, picture
from talking import Client, started
from two_pipelines import HARNESS, VELA

HARNESS_PATH = ".harness/pipeline.yaml"
BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    talking, process = started(tmp_path)
    yield talking
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def nodes(made: Picture) -> list[Any]:
    """Return what stands for the nodes of a picture: groups that know their line."""
    return [one for one in elements(made.svg, "g") if one.get("data-line")]


@pytest.mark.parametrize(("text", "path"), [(VELA, ".vela.yml"), (HARNESS, HARNESS_PATH)])
def test_every_stage_is_drawn_and_knows_its_line(text: str, path: str) -> None:
    snapshot = snapshot_of(text, path)
    made = picture(snapshot)
    context = snapshot.document.context  # type: ignore[union-attr]
    model = context.pipeline if path == ".vela.yml" else context.model
    lines = {snapshot.source.position(stage.key.start).line for stage in model.stages}
    drawn = {int(one.get("data-line")) for one in nodes(made) if is_stage(one)}
    assert lines
    assert drawn == lines
    assert made.complete
    assert made.reason == ""


def is_stage(node: Any) -> bool:
    return bool(node.get("class").split()[0] == "stage")


def test_picture_shows_the_problems_that_the_editor_shows() -> None:
    [wrong] = [one for one in nodes(picture(snapshot_of(BROKEN))) if "has-" in one.get("class")]
    assert "warning: " in wrong[0].text
    assert "(unknown-need)" in wrong[0].text
    assert "has-" not in picture(snapshot_of(VELA)).svg.partition("</style>")[2]


def test_picture_of_the_stages_alone_has_no_steps() -> None:
    snapshot = snapshot_of(VELA)
    kinds = {one.get("class") for one in nodes(picture(snapshot, stages=True))}
    assert "step" in {one.get("class") for one in nodes(picture(snapshot))}
    assert "stage" in kinds
    assert "step" not in kinds


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("a: 1\n", "values.yaml", "not a pipeline"),
        ("trigger: {name: t, identifier: t}\n", ".harness/t.yaml", "Harness trigger"),
        ("", "empty.yaml", "not a pipeline"),
    ],
)
def test_where_there_is_nothing_to_draw_the_reason_is_told(text: str, path: str, why: str) -> None:
    made = picture(snapshot_of(text, path))
    assert made.svg == ""
    assert why in made.reason


def test_half_typed_text_is_drawn_as_far_as_it_can_be_read() -> None:
    made = picture(snapshot_of(VELA + '  late:\n    steps: [{name: "x\n'))
    assert not made.complete
    assert len([one for one in nodes(made) if is_stage(one)]) >= 2


def test_client_hears_of_it_and_asks_for_it(client: Client, tmp_path: Path) -> None:
    can = client.greet(tmp_path, {})
    assert can["experimental"] == {"pipelint": {"graph": True}}
    uri = (tmp_path / ".vela.yml").as_uri()
    client.open(uri, BROKEN)
    whole = client.result("pipelint/graph", {"uri": uri})
    assert whole["title"] == ".vela.yml: Vela pipeline"
    assert whole["svg"].startswith("<svg ")
    assert "(unknown-need)" in whole["svg"]
    small = client.result("pipelint/graph", {"uri": uri, "depth": "stages"})
    assert len(small["svg"]) < len(whole["svg"])
    narrow = client.result("pipelint/graph", {"uri": uri, "width": 400})
    assert elements(narrow["svg"])[0].get("width") <= "400"
    odd = client.result("pipelint/graph", {"uri": uri, "width": -3, "depth": [1]})
    assert odd == whole
    assert client.result("pipelint/graph", {"uri": "file:///not/open.yml"}) is None
    assert client.result("pipelint/graph", {}) is None
