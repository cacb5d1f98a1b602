"""Neither the order of files nor the seed of hashes decides what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from properties.texts import seeds
from repository import pipelint

FILES = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write some pipelines into folders of their own."""
    root = tmp_path_factory.mktemp("many")
    every = len(seeds()) // FILES
    for number, text in enumerate(seeds()[::every][:FILES]):
        place = root / f"a{number % 10}" / f"b{number}"
        place.mkdir(parents=True)
        (place / ".vela.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    return root


def said(folder: Path, paths: list[str], output_format: str, seed: str = "0") -> str:
    options = ["--no-config", "--exit-zero", "--output-format", output_format]
    done = pipelint(*options, *paths, cwd=folder, env={"PYTHONHASHSEED": seed})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("output_format", ["full", "json"])
def test_the_seed_of_hashes_changes_nothing(folder: Path, output_format: str) -> None:
    first, *others = (said(folder, [], output_format, seed) for seed in ("0", "1", "4711"))
    assert len(first) > 10_000
    assert others == [first, first]


def test_the_order_of_files_changes_nothing(folder: Path) -> None:
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob(".vela.yml")]
    assert len(paths) == FILES
    whole = said(folder, [], "json")
    for order in (sorted(paths, reverse=True), sorted(paths, key=lambda path: path[::-1])):
        assert said(folder, order, "json") == whole


def test_a_file_is_judged_alone_as_among_others(folder: Path) -> None:
    """Nothing that is remembered of one file speaks about the next."""
    whole = json.loads(said(folder, [], "json"))["diagnostics"]
    for path in sorted(folder.rglob(".vela.yml"))[::12]:
        name = path.relative_to(folder).as_posix()
        alone = json.loads(said(folder, [name], "json"))["diagnostics"]
        assert alone == [one for one in whole if one["path"] == name]
