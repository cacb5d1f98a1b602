"""Good manners of a command: pipes, interrupts, narrow consoles, files that go away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from repository import pipelint, start

BROKEN = 'version: "1"\nsteps:\n  - name: test {n} # tëst ✓\n    commands: [go test ./...]\n'

posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Make a folder with more findings than a pipe holds."""
    for number in range(300):
        (tmp_path / str(number)).mkdir()
        text = BROKEN.replace("{n}", str(number))
        (tmp_path / str(number) / ".vela.yml").write_text(text, encoding="utf-8")
    return tmp_path


@posix
def test_reader_that_has_enough_is_no_error(many: Path) -> None:
    process = start(cwd=many)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1
    process.stderr.close()


@posix
def test_interrupt_is_quiet_and_130(tmp_path: Path) -> None:
    pipe = tmp_path / ".vela.yml"
    os.mkfifo(pipe)
    process = start(".vela.yml", cwd=tmp_path)
    writer = wait_for_reader(process, pipe)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    os.close(writer)
    assert (process.returncode, out, err) == (130, b"", b"")


def wait_for_reader(process: subprocess.Popen[bytes], pipe: Path) -> int:
    """Open a pipe as soon as a process reads from it."""
    while process.poll() is None:
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.01)
    pytest.fail("the process ended without reading")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_console_that_lacks_characters_is_no_crash(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".vela.yml").write_text(BROKEN, encoding="utf-8")
    done = pipelint(cwd=tmp_path, env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (1, "")
    assert ("✓" in done.stdout) is (encoding == "utf-8")
    assert ("\\u2713" in done.stdout) is (encoding != "utf-8")


@posix
def test_file_that_vanishes_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.vela.yml").symlink_to("nowhere.yml")
    (tmp_path / ".vela.yml").write_text(BROKEN, encoding="utf-8")
    done = pipelint("a.vela.yml", ".vela.yml", cwd=tmp_path)
    assert "a.vela.yml: " in done.stderr
    assert "missing-image" in done.stdout
    assert done.returncode == 2


# --- standard input ------------------------------------------------------------------------------


def test_dash_reads_standard_input(tmp_path: Path) -> None:
    done = pipelint("-", cwd=tmp_path, given=BROKEN)
    assert "--> <stdin>:3:" in done.stdout
    assert done.returncode == 1


def test_standard_input_has_the_name_it_is_given(tmp_path: Path) -> None:
    arguments = ("-", "--stdin-filename", "ci/.vela.yml", "--output-format", "json")
    done = pipelint(*arguments, cwd=tmp_path, given=BROKEN)
    report = json.loads(done.stdout)
    assert report["files"] == [{"path": "ci/.vela.yml", "kind": "vela-pipeline", "checked": True}]
    assert {one["path"] for one in report["diagnostics"]} == {"ci/.vela.yml"}


def test_standard_input_obeys_the_configuration_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci" / "pipelint.yaml").write_text("rules: {missing-image: off}\n")
    given = BROKEN.format(n=1)
    done = pipelint("-", "--stdin-filename", "ci/.vela.yml", cwd=tmp_path, given=given)
    assert (done.returncode, done.stdout) == (0, "No problems in 1 file.\n")


# --- the same answer every time ------------------------------------------------------------------


def test_hash_seed_changes_nothing(many: Path) -> None:
    runs = {
        pipelint("--output-format", "json", cwd=many, env={"PYTHONHASHSEED": seed}).stdout
        for seed in "012"
    }
    assert len(runs) == 1
    assert len(json.loads(runs.pop())["diagnostics"]) == 300


def test_order_of_arguments_changes_nothing(many: Path) -> None:
    names = [f"{number}/.vela.yml" for number in range(12)]
    forward = pipelint(*names, cwd=many).stdout
    assert pipelint(*reversed(names), cwd=many).stdout == forward
    assert pipelint(*names, *names, cwd=many).stdout == forward


def test_colour_only_where_it_is_asked_for(many: Path) -> None:
    plain = pipelint("7", cwd=many)
    assert "\x1b" not in plain.stdout
    assert "\x1b[1;31m" in pipelint("7", "--color", "always", cwd=many).stdout
    assert "\x1b[1;31m" in pipelint("7", cwd=many, env={"FORCE_COLOR": "1"}).stdout
    arguments = ("7", "--output-format", "json", "--color", "always")
    assert "\x1b" not in pipelint(*arguments, cwd=many).stdout


def test_main_can_be_called_from_python(tmp_path: Path) -> None:
    (tmp_path / ".vela.yml").write_text(BROKEN, encoding="utf-8")
    code = "from pipelint.cli import main; print(main(['-qq']), main(['--exit-zero', '-qq']))"
    done = pipelint(cwd=tmp_path, command=[sys.executable, "-c", code])
    assert done.stdout == "1 0\n"
