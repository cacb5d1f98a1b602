"""A baseline that is none is told with its place, like a mistake in a configuration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelint.baseline import Entry, InvalidBaselineError, read, write
from pipelint.source import Source
from repository import pipelint

NAME = ".pipelint-baseline.json"
TEXT = 'version: "1"\nsteps:\n  - {name: a, commands: [b]}\n'
GOOD = '{"path": "a", "rule": "b", "at": "c", "fingerprint": "d"}'
ENTRIES = [
    Entry("b/.vela.yml", "missing-image", "steps[\u00e4 \u202e].name", "1" * 16),
    Entry(".vela.yml", "unknown-need", 'stages["x"].needs[]', "2" * 16),
    Entry(".vela.yml", "missing-image", "", "3" * 16),
]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "this baseline is no JSON: expecting value", (1, 1)),
        ("{]", "this baseline is no JSON", (1, 2)),
        ("findings:\n", "this baseline is no JSON", (1, 1)),
        ("[]", "this is no baseline of pipelint", (1, 1)),
        ("{}", "this is no baseline of pipelint", (1, 1)),
        ('{"findings": {}}', "this is no baseline of pipelint", (1, 1)),
        ('{"findings": []}', "written in a form that this version cannot read", (1, 1)),
        (
            '{"pipelint": "9.1",\n "version": 2, "findings": []}',
            "written by pipelint 9.1 in a form that this version cannot read",
            (2, 13),
        ),
        (
            '{"version": 1, "findings": [\n{"path": "a", "rule": "b"}]}',
            "an entry of a baseline has the texts `path`, `rule`, `at`, `fingerprint`",
            (2, 1),
        ),
        (
            f'{{"version": 1, "findings": [\n{GOOD},\n7]}}',
            "an entry of a baseline has the texts",
            (3, 1),
        ),
        (
            '{"version": 1, "findings": [\n<<<<<<< ours\n]}',
            "a merge has left a conflict in this baseline",
            (2, 1),
        ),
        ("[" * 100_000, "this baseline cannot be read", (1, 1)),
        ("9" * 10_000, "this baseline cannot be read", (1, 1)),
    ],
)
def test_the_mistake_has_a_place(text: str, message: str, place: tuple[int, int]) -> None:
    source = Source(text, NAME)
    with pytest.raises(InvalidBaselineError, match=re.escape(message)) as caught:
        read(source)
    assert source.position(caught.value.span.start) == place


def test_the_command_shows_it_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".vela.yml").write_text(TEXT)
    (tmp_path / NAME).write_text('{"version": 1, "findings": [\n{"path": 1}]}')
    done = pipelint(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[configuration]: an entry of a baseline has the texts" in done.stderr
    assert f"--> {NAME}:2:1" in done.stderr
    assert "= help: write it anew with `pipelint baseline`" in done.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff{}", "this baseline is not UTF-8 text (line 1)"), (None, "this is no baseline")],
)
def test_what_is_no_text_or_no_file_is_told(tmp_path: Path, data: bytes | None, said: str) -> None:
    (tmp_path / ".vela.yml").write_text(TEXT)
    if data is None:
        (tmp_path / NAME).mkdir()
    else:
        (tmp_path / NAME).write_bytes(data)
    done = pipelint(cwd=tmp_path)
    assert done.returncode == 2
    assert f"{NAME}: {said}" in done.stderr


def test_it_is_written_anew_as_a_whole_but_not_in_part(tmp_path: Path) -> None:
    (tmp_path / ".vela.yml").write_text(TEXT)
    (tmp_path / NAME).write_text("<<<<<<< ours\n")
    for arguments in (["baseline", "."], ["baseline", "--prune"]):
        done = pipelint(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert "a merge has left a conflict in this baseline" in done.stderr
    assert pipelint("baseline", cwd=tmp_path).returncode == 0
    assert pipelint(cwd=tmp_path).returncode == 0


def test_what_is_written_is_read_again() -> None:
    text = write(ENTRIES)
    assert sorted(read(Source(text)).entries()) == sorted(ENTRIES)
    assert text == write(reversed([*ENTRIES, *ENTRIES]))
    assert text.isascii()
    assert write([]) == write(read(Source(write([]))).entries())
