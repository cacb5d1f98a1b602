"""Every format on the worst words there are, on a clean run and on an empty one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pipelint import __version__
from pipelint.report import FORMATS, renderer
from pipelint.report.terminal import PLAIN
from report.documents import READERS, has_controls, require_schemas
from report.runs import HIDDEN, RUNS, SHOWN
from report.samples import lines

GOLDEN = Path(__file__).parent / "golden"
EVERY = [
    *itertools.product(RUNS, FORMATS),
    *(("shown", name) for name in ("full", "concise", "json")),
]


def written(run: str, name: str) -> str:
    value = SHOWN if run == "shown" else RUNS[run]
    return lines(renderer(name)(value, PLAIN))


@pytest.mark.parametrize(("run", "name"), EVERY)
def test_a_format_writes_what_it_wrote_before(run: str, name: str, update: bool) -> None:
    path = GOLDEN / f"{run}.{name}"
    text = written(run, name).replace(f'"{__version__}"', '"VERSION"')
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize(("run", "name"), EVERY)
def test_its_readers_can_read_it(run: str, name: str) -> None:
    require_schemas()
    READERS[name](written(run, name))


@pytest.mark.parametrize(("run", "name"), EVERY)
def test_nothing_in_it_controls_a_terminal_and_no_credential_shows(run: str, name: str) -> None:
    text = written(run, name)
    assert not has_controls(text.split("\n"))
    assert HIDDEN not in text


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)
