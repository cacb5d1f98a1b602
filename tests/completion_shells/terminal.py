"""A shell on a terminal: somebody types a line and presses the key that completes it."""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
import time
from pathlib import Path

import pytest

from repository import environment, pipelint

PATIENCE = 20
COMMANDS = {"bash": ("bash", "--norc", "-i"), "zsh": ("zsh", "-f", "-i")}
SET_UP = {
    "bash": "bind 'set bell-style none'; PS1='$ '; source {}",
    "zsh": "autoload -Uz compinit; compinit -u -D; unsetopt beep; PS1='$ '; source {}",
}
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\x07")


def needs(shell: str) -> None:
    """Skip a test where a shell is not installed."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")


def make_script(shell: str, folder: Path) -> Path:
    """Write the script of a shell."""
    done = pipelint("completion", shell, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    path = folder / f"script.{shell}"
    path.write_text(done.stdout, encoding="utf-8")
    return path


def command_in(folder: Path) -> dict[str, str]:
    """Make an environment in which `pipelint` is the one under test."""
    program = folder / "bin" / "pipelint"
    program.parent.mkdir(exist_ok=True)
    code = "import sys; from pipelint.cli import main; sys.exit(main())"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}' \"$@\"\n")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return environment(PATH=path, TERM="dumb", HOME=str(folder), COLUMNS="200")


class Shell:
    """A shell that waits for somebody to type."""

    def __init__(self, shell: str, folder: Path) -> None:
        import pty

        script = make_script(shell, folder)
        environ = command_in(folder)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(folder / "work")
            os.execvpe(shell, COMMANDS[shell], environ)  # noqa: S606 - as a terminal does
        self.pid = pid
        self.written = ""
        self.type(SET_UP[shell].format(script) + "; echo RE''ADY\n")
        self.wait_for("READY")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.terminal, keys.encode())

    def wait_for(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.written:
            assert time.monotonic() < end, self.written
            if select.select([self.terminal], [], [], 0.2)[0]:
                self.written += _CONTROL.sub("", os.read(self.terminal, 65536).decode())

    def complete(self, line: str, expected: str) -> None:
        """Type a line and the key; wait until it has become what is expected; take it away."""
        self.written = ""
        self.type(line + "\t")
        self.wait_for(expected)
        self.type("\x15")

    def close(self) -> None:
        """End the shell."""
        os.close(self.terminal)
        os.waitpid(self.pid, 0)
