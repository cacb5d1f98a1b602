"""Processes end: when somebody interrupts, when a file ends one, when the run is gone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelint.cli.workers import MOST_DEATHS
from repository import environment

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")

STEP = "  - {{name: s{0}, image: a, pull: maybe, commands: [go {0}]}}\n"
LONG = 'version: "1"\nsteps:\n' + "".join(STEP.format(number) for number in range(3_000))
FILES = 40
PATIENCE = 60
MAIN = "import sys; from pipelint.cli import main; sys.exit(main())"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Make some seconds of work."""
    for number in range(FILES):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / ".vela.yml").write_text(LONG)
    return tmp_path


class Run:
    """A run with processes of its own; what it says goes into files, which are never full."""

    def __init__(self, folder: Path) -> None:
        self.out, self.err = folder / "out", folder / "err"
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-c", MAIN, "--jobs", "2", "-q", "--output-format", "concise"],
                cwd=folder,
                env=environment(),
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        self.pid = self.process.pid

    def end(self) -> tuple[int, str, str]:
        """Wait for the end; return the exit code and what was said."""
        code = self.process.wait(PATIENCE)
        return code, self.out.read_text(), self.err.read_text()


@pytest.fixture
def busy(work: Path) -> Iterator[Run]:
    """Start a run with two processes of its own, and wait until both check."""
    started = Run(work)
    wait_until(lambda: len([pid for pid in children(started.pid) if spent(pid) > 0.5]) == 2)
    yield started
    started.process.kill()
    started.process.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "too slow"
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except FileNotFoundError:
        return []


def spent(pid: int) -> float:
    """Return the seconds of processor time that a process has had."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"X", "Z"}


def test_an_interrupt_ends_them_all_quietly(busy: Run) -> None:
    """A terminal interrupts every process of its foreground at once."""
    own = children(busy.pid)
    os.killpg(busy.pid, signal.SIGINT)
    assert busy.end() == (130, "", "")
    assert not any(is_alive(pid) for pid in own)


def test_an_interrupt_of_the_run_alone_ends_them_too(busy: Run) -> None:
    own = children(busy.pid)
    busy.process.send_signal(signal.SIGINT)
    assert busy.end() == (130, "", "")
    assert not any(is_alive(pid) for pid in own)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_none_behind(busy: Run, how: signal.Signals) -> None:
    own = children(busy.pid)
    busy.process.send_signal(how)
    busy.end()
    wait_until(lambda: not any(is_alive(pid) for pid in own))


def test_a_process_that_dies_costs_one_file(busy: Run) -> None:
    os.kill(children(busy.pid)[0], signal.SIGKILL)
    code, out, err = busy.end()
    told = re.findall(r"^error: (\d+/\.vela\.yml): (.*)$", err, re.MULTILINE)
    assert [reason for _, reason in told] == ["the process that checked it died (SIGKILL)"]
    assert len({line.partition(":")[0] for line in out.splitlines()}) == FILES - 1
    assert not re.search(rf"^{re.escape(told[0][0])}:", out, re.MULTILINE)
    assert code == 2


def test_processes_that_die_one_after_the_other_are_given_up(busy: Run) -> None:
    """Somebody kills whatever is started: a run must not go on for ever."""
    killed: set[int] = set()
    while busy.process.poll() is None:
        for pid in children(busy.pid):
            if pid not in killed and spent(pid) > 0.3:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        time.sleep(0.01)
    code, _, err = busy.end()
    assert err.count("the process that checked it died (SIGKILL)") >= MOST_DEATHS
    assert "not checked: process after process died" in err
    assert code == 2
