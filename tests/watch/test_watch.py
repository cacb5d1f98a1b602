"""`--watch`: a process that goes on, and says what has become of it after each change."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cached import FILES, WRONG, write
from repository import environment, pipelint

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")

MAIN = "import sys; from pipelint.cli import main; sys.exit(main())"
PATIENCE = 60
STILL = 1.5
"""Seconds after which nothing more is to be expected: three looks at the files."""

_FOOTER = re.compile(r"\d\d:\d\d:\d\d: checked (\d+) of (\d+) files? anew in [\d.]+ s; .*\n")


class Watch:
    """A run that watches. Its output goes into files, so that nothing waits for a reader."""

    def __init__(self, folder: Path, logs: Path, *arguments: str) -> None:
        self.out, self.err = logs / "out", logs / "err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-c", MAIN, "--watch", "--output-format", "concise", *arguments],
                cwd=folder,
                env=environment(PIPELINT_NO_CACHE=""),
                stdout=out,
                stderr=err,
            )
        self.read = 0

    def rounds(self) -> list[tuple[int, int]]:
        """Return how many files each round has checked anew, and of how many."""
        return [(int(a), int(b)) for a, b in _FOOTER.findall(self.err.read_text())]

    def next(self) -> tuple[tuple[int, int], str]:
        """Wait for the next round; return its numbers and what it says on the standard output."""
        number = self.read + 1
        end = time.monotonic() + PATIENCE
        while len(self.rounds()) < number:
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < end, "nothing happens"
            time.sleep(0.02)
        before, self.read = getattr(self, "said", 0), number
        self.said = self.out.stat().st_size
        return self.rounds()[number - 1], self.out.read_bytes()[before:].decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    write(folder, FILES)
    return folder


@pytest.fixture
def watch(folder: Path, tmp_path: Path) -> Iterator[Watch]:
    """Start to watch, and wait until everything has been checked once."""
    watch = Watch(folder, tmp_path)
    assert watch.next()[0] == (10, 10)
    yield watch
    watch.process.kill()
    watch.process.wait()


def test_first_round_says_what_a_run_says(folder: Path, tmp_path: Path, watch: Watch) -> None:
    assert (tmp_path / "out").read_text() == pipelint(
        "--output-format", "concise", cwd=folder
    ).stdout
    assert watch.process.poll() is None


def test_a_file_that_changes_is_checked_alone(folder: Path, watch: Watch) -> None:
    write(folder, {"a3/.vela.yml": WRONG.replace("pull:", "pul:").format(n=3)})
    numbers, said = watch.next()
    assert numbers == (1, 10)
    assert "a3/.vela.yml:4:5: warning[unknown-key]" in said
    assert "a4/.vela.yml" in said


def test_what_depends_on_a_file_is_checked_as_well(folder: Path, watch: Watch) -> None:
    write(folder, {"templates/build.yml": "metadata:\n  template: true\nsteps: [{nam: a}]\n"})
    numbers, _ = watch.next()
    assert 1 <= numbers[0] < 10
    (folder / "templates/build.yml").unlink()
    numbers, said = watch.next()
    assert numbers[0] == 1
    assert ".vela.yml:4:13: error[missing-template" in said


def test_files_come_and_go(folder: Path, watch: Watch) -> None:
    write(folder, {"new/deep/.vela.yml": WRONG.format(n="new")})
    numbers, said = watch.next()
    assert numbers == (1, 11)
    assert "new/deep/.vela.yml" in said
    shutil.rmtree(folder / "new")
    numbers, said = watch.next()
    assert numbers == (0, 10)
    assert "new" not in said


def test_a_configuration_counts_at_once(folder: Path, watch: Watch) -> None:
    write(folder, {"pipelint.yaml": "rules: {missing-image: off}\n"})
    assert "missing-image" not in watch.next()[1]
    (folder / "pipelint.yaml").unlink()
    assert "missing-image" in watch.next()[1]
    write(folder, {"a1/pipelint.yaml": "rules: {missing-image: off}\n"})
    said = watch.next()[1]
    assert "a1/.vela.yml:3:" not in said
    assert "a2/.vela.yml:3:" in said


def test_a_mistake_in_a_configuration_is_told_and_can_be_mended(folder: Path, watch: Watch) -> None:
    write(folder, {"pipelint.yaml": "rulez: {}\n"})
    assert watch.next()[1] == ""
    assert "unknown key `rulez`" in watch.err.read_text()
    write(folder, {"pipelint.yaml": "rules: {}\n"})
    assert "missing-image" in watch.next()[1]


def test_an_ignored_folder_is_left_out_at_once(folder: Path, watch: Watch) -> None:
    write(folder, {".gitignore": "a3\n"})
    assert watch.next()[0][1] == 9


def test_what_is_no_pipeline_is_no_reason_to_check(folder: Path, watch: Watch) -> None:
    (folder / "a1" / ".vela.yml.swp").write_text("a draft of an editor")
    (folder / "notes.txt").write_text("a note")
    (folder / "notes.txt").unlink()
    time.sleep(STILL)
    assert len(watch.rounds()) == 1


def test_a_report_that_is_written_is_no_reason_to_check(folder: Path, tmp_path: Path) -> None:
    watch = Watch(folder, tmp_path, "--report", "json=report.json")
    watch.next()
    time.sleep(STILL)
    assert len(watch.rounds()) == 1
    assert (folder / "report.json").exists()
    watch.process.kill()
    watch.process.wait()


def test_without_a_cache_the_process_remembers_itself(folder: Path, tmp_path: Path) -> None:
    watch = Watch(folder, tmp_path, "--no-cache")
    watch.next()
    write(folder, {"a3/.vela.yml": "steps: []\n"})
    assert watch.next()[0] == (1, 10)
    assert not (folder / ".pipelint_cache").exists()
    watch.process.kill()
    watch.process.wait()


def test_an_interrupt_ends_it_quietly(watch: Watch) -> None:
    before = watch.err.read_text()
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(PATIENCE) == 130
    assert watch.err.read_text() == before


def test_it_ends_when_nobody_reads_any_more(folder: Path) -> None:
    command = [sys.executable, "-c", MAIN, "--watch"]
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stderr.readline()
    process.stdout.close()
    time.sleep(0.1)
    write(folder, {"a3/.vela.yml": "steps: []\n"})
    assert process.wait(PATIENCE) == 0
    process.stderr.close()


def test_the_screen_is_cleared_on_a_terminal_only(folder: Path, watch: Watch) -> None:
    import pty

    assert "\x1b" not in watch.out.read_text()
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", MAIN, "--watch", "--color", "never", "a1"]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=follower)
    assert os.read(leader, 7) == b"\x1b[H\x1b[2J"
    process.kill()
    process.wait()
    os.close(leader)
    os.close(follower)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "standard input cannot be watched"),
        (["--fix"], "`--watch` changes no files"),
        (["--diff"], "`--watch` changes no files"),
        (["--output-format", "json"], "`--watch` is for people, `json` is not"),
        (["--select", "no-such-rule"], "unknown rule `no-such-rule`"),
    ],
)
def test_what_cannot_be_watched_is_told(folder: Path, arguments: list[str], said: str) -> None:
    done = pipelint("--watch", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
