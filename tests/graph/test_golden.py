"""What our examples look like in each format. `pytest tests/graph --update` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.drawn import FORMATS, drawn
from pipelint.graph.make import only_stages
from pipelint.graph.value import Graph
from repository import ROOT

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = ROOT / "examples" / "broken"
PICTURE = ROOT / "docs" / "assets" / "graph.svg"
CHOSEN = {
    "checkout": ".harness/deploy.yaml",
    "release": ".harness/release.yaml",
    "web-shop": ".vela.yml",
}
ENDINGS = {"tree": "txt", "mermaid": "mmd", "dot": "dot", "svg": "svg"}


def example(path: Path) -> Graph:
    inner = path.relative_to(EXAMPLES).parts[1:]
    return drawn(path.read_text(encoding="utf-8"), "/".join(inner))


def compare(name: str, lines: list[str], *, update: bool) -> None:
    path, text = GOLDEN / name, "".join(f"{line}\n" for line in lines)
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("name", CHOSEN)
def test_examples_look_as_before(name: str, output: str, update: bool) -> None:
    graph = example(EXAMPLES / name / CHOSEN[name])
    lines = list(FORMATS[output](graph))
    compare(f"{name}.{ENDINGS[output]}", lines, update=update)


def test_all_pipelines_of_the_examples_as_trees(update: bool) -> None:
    lines = []
    for path in sorted(EXAMPLES.glob("*/**/*.y*ml")):
        if path.parent.name in {"input_sets", "triggers"}:
            continue
        lines += [f"# {path.relative_to(EXAMPLES).as_posix()}", *FORMATS["tree"](example(path)), ""]
    assert sum(line.startswith("# ") for line in lines) > 10
    compare("trees.txt", lines, update=update)


def test_stages_alone_take_over_problems_and_count_steps(update: bool) -> None:
    graph = example(EXAMPLES / "release" / CHOSEN["release"])
    small = only_stages(graph)
    assert len(small.problems) == len(graph.problems)
    compare("release-stages.txt", list(FORMATS["tree"](small)), update=update)


def test_picture_in_the_documents_is_that_of_the_example(update: bool) -> None:
    golden = (GOLDEN / "checkout.svg").read_text(encoding="utf-8")
    if update:
        PICTURE.write_text(golden, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == golden
