"""What people see: whole outputs, to be read as a stranger would read them.

Each Markdown file shows mistakes of one subject: a line of prose, the files (```yaml, named by
`file=NAME` where it is not `.vela.yml`) and, in a ```console block, all that a command prints.
`pytest tests/golden --update` writes down what is printed now; read the difference.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelint.cli import run
from pipelint.cli.streams import Streams

FOLDER = Path(__file__).parent
_SECTION = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^```yaml(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Scene(NamedTuple):
    """One section of a file: a heading, prose, files and a console."""

    subject: str
    heading: str
    text: str


def scenes() -> Iterator[Scene]:
    for path in sorted(FOLDER.glob("*.md")):
        for section in _SECTION.findall(path.read_text(encoding="utf-8")):
            yield Scene(path.stem, section[3:].split("\n", 1)[0], section)


SCENES = list(scenes())


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.subject}: {scene.heading}")
def test_output_reads_as_written_down(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, text in _FILE.findall(scene.text):
        place = tmp_path / (name or ".vela.yml")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (console,) = _CONSOLE.findall(scene.text)
    shown = "".join(f"{line}\n{printed(line)}" for line in console.splitlines() if is_call(line))
    if update:
        replace(scene, scene.text.replace(f"```console\n{console}```", f"```console\n{shown}```"))
    assert shown == console


def test_every_section_has_a_scene_of_its_own() -> None:
    names = [(scene.subject, scene.heading) for scene in SCENES]
    assert len(names) == len(set(names))
    assert len(names) >= 45


def is_call(line: str) -> bool:
    return line.startswith("$ pipelint")


def printed(command: str) -> str:
    """Run a command in the current folder; return its output, then its complaints."""
    out, err = io.StringIO(), io.StringIO()
    run(shlex.split(command)[2:], Streams(io.StringIO(), out, err, {}))
    return out.getvalue() + err.getvalue()


def replace(scene: Scene, text: str) -> None:
    path = FOLDER / f"{scene.subject}.md"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(scene.text, text), encoding="utf-8")
