"""The language server beside yaml-language-server, which reads Harness's official schema.

Both are told the same by the same editor. Where npm or the schema is missing, ours is measured
alone and the reason is said.
"""

from __future__ import annotations

import itertools
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import inputs
from comparison import Command
from conversation import Conversation

PEER = "yaml-language-server"
ROUNDS = 7
CHANGES = {1_000: 15, 10_000: 4}
PLACES = 60

MESSAGES = 10
"""So many that say something else are passed over."""

WRONG = "X"
"""What is typed into a value to make it wrong."""

THEIR_DELAY = 200.0
"""Milliseconds that the peer waits for more keys before it looks; they are taken off."""

PURE = """\
import sys
sys.modules["_ruamel_yaml"] = None
from pipelint.cli import main
sys.exit(main())
"""

NOTE = """
From the start of the process to its answer; what it holds in memory after 1 000 lines were opened
and checked; from a changed character until problems, or completions at that very place, are read
(the 95th percentile for completions and hovers, of places all over the text). The peer has the
official schema of Harness, waits 200 ms before it looks for problems (taken off here), and knows
nothing of expressions. 10 000 lines are refused by the pure parser, which says so.
"""


class Figure(NamedTuple):
    """One measurement; the budget is a part of the peer's, or an amount of its own.

    `theirs` is 0 where there is no peer.
    """

    what: str
    ours: float
    theirs: float
    budget: float
    unit: str = "ms"
    is_ratio: bool = False

    @property
    def ratio(self) -> float:
        """Ours in units of theirs; 0 without a peer."""
        return self.ours / self.theirs if self.theirs else 0.0

    @property
    def is_over(self) -> bool:
        """Whether it is more than the budget allows."""
        return (self.ratio if self.is_ratio else self.ours) > self.budget

    def __str__(self) -> str:
        """Return a line of the table in Markdown."""
        theirs = f"{self.theirs:.1f} {self.unit} | {self.ratio:.2f}" if self.theirs else "|"
        budget = f"{self.budget:g} {'of it' if self.is_ratio else self.unit}"
        over = " (over)" if self.is_over else ""
        return f"| {self.what} | {self.ours:.1f} {self.unit} | {theirs} | {budget}{over} |"


class Editor:
    """An editor with one of the servers, on a folder."""

    def __init__(self, command: Command, folder: Path, schema: Path | None = None) -> None:
        self._sends = schema is not None
        self._folder = folder
        known = {schema.as_uri(): "*"} if schema is not None else {}
        settings = {"yaml": {"schemas": known, "schemaStore": {"enable": False}}}
        self.said = Conversation(command, settings)
        self.start = self.said.greet(folder)
        if self._sends:  # it reads its settings when it likes: until then nothing is wrong
            for number in itertools.count():
                if self.problems_of(self.open(f"ready{number}.yaml", "pipeline: 1\n")):
                    break

    def open(self, name: str, text: str) -> str:
        """Open a text; return its URI."""
        uri = (self._folder / name).as_uri()
        self.said.open(uri, text)
        return uri

    def problems_of(self, uri: str) -> list[object]:
        """Wait for the problems of a text."""
        return [*(self.said.published(uri) if self._sends else self.said.problems(uri))]

    def change(self, uri: str, place: tuple[int, int]) -> float:
        """Make a value wrong and right again; return the time until the former is told."""
        begin = time.perf_counter()
        self.said.type(uri, *place, WRONG)
        self._wait(uri, wrong=True)
        spent = (time.perf_counter() - begin) * 1000
        self.said.type(uri, *place, "", over=len(WRONG))
        self._wait(uri, wrong=False)
        return spent - (THEIR_DELAY if self._sends else 0)

    def _wait(self, uri: str, *, wrong: bool) -> None:
        for _ in range(MESSAGES):
            if bool(self.problems_of(uri)) == wrong:
                return
        raise TimeoutError(f"problems of {uri} do not follow its text")

    def complete(self, uri: str, place: tuple[int, int]) -> float:
        """Type a character and ask what may stand there; return the time for both."""
        line, column = place
        begin = time.perf_counter()
        self.said.type(uri, line, column, WRONG)
        self.said.timed("textDocument/completion", uri, line, column + len(WRONG))
        spent = (time.perf_counter() - begin) * 1000
        self.said.type(uri, line, column, "", over=len(WRONG))
        return spent

    def hover(self, uri: str, place: tuple[int, int]) -> float:
        """Ask what is known of a place."""
        return self.said.timed("textDocument/hover", uri, *place)


Make = Callable[[], Editor]
NEVER = (0.0, 0.0)


# --- what is measured ----------------------------------------------------------------------------


def started(make: Make) -> tuple[float, float]:
    """Return how long a start takes, and what is held in memory after 1 000 lines."""
    editor = make()
    try:
        editor.problems_of(editor.open("pipeline.yaml", inputs.harness(1_000)))
        return editor.start, editor.said.memory
    finally:
        editor.said.end()


def changed(make: Make, lines: int) -> float:
    """Return the time from a change to its problems."""
    text = inputs.harness(lines)
    places = [place for place in _places(text) if _line(text, place).strip() == "shell: Sh"]
    editor = make()
    try:
        uri = editor.open("pipeline.yaml", text)
        editor.problems_of(uri)
        chosen = _some(places, CHANGES[lines])
        return statistics.median(editor.change(uri, place) for place in chosen)
    finally:
        editor.said.end()


def asked(make: Make, question: Callable[[Editor, str, tuple[int, int]], float]) -> float:
    """Return the 95th percentile of a question at places all over 1 000 lines."""
    text = inputs.harness(1_000)
    editor = make()
    try:
        uri = editor.open("pipeline.yaml", text)
        editor.problems_of(uri)
        times = [question(editor, uri, place) for place in _some(_places(text), PLACES)]
        return statistics.quantiles(times, n=20)[-1]
    finally:
        editor.said.end()


def _places(text: str) -> list[tuple[int, int]]:
    """Return where the keys' values begin."""
    return [
        (number, line.index(": ") + 2)
        for number, line in enumerate(text.split("\n"))
        if ": " in line
    ]


def _line(text: str, place: tuple[int, int]) -> str:
    return text.split("\n")[place[0]]


def _some(places: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    return random.Random(0).sample(places, min(count, len(places)))  # noqa: S311 - no secret


# --- the rows ------------------------------------------------------------------------------------


def figures(ours: Make, theirs: Make | None, pure: Make) -> list[Figure]:
    """Measure everything, the servers in turn."""

    def each(what: Callable[[Make], float]) -> tuple[float, float]:
        return what(ours), what(theirs) if theirs is not None else 0.0

    starts = [
        (started(ours), started(theirs) if theirs is not None else NEVER) for _ in range(ROUNDS)
    ]
    start, memory = (
        [statistics.median(both[side][what] for both in starts) for side in (0, 1)]
        for what in (0, 1)
    )
    short, long = each(lambda make: changed(make, 1_000)), each(lambda make: changed(make, 10_000))
    completion = each(lambda make: asked(make, Editor.complete))
    hover = each(lambda make: asked(make, Editor.hover))
    return [
        Figure("`initialize`", start[0], start[1], 1.1, is_ratio=True),
        Figure("memory, 1 000 lines open", memory[0], memory[1], 0.6, "MB", is_ratio=True),
        Figure("change → problems, 1 000 lines", *short, 25),
        Figure("change → problems, 10 000 lines", *long, 200),
        Figure("the same, 1 000 lines, pure parser", changed(pure, 1_000), 0, 60),
        Figure("completion, 1 000 lines, p95", *completion, 30),
        Figure("hover, 1 000 lines, p95", *hover, 10),
    ]


def peer(folder: Path) -> tuple[Command | None, str]:
    """Install the peer below a folder; return how to start it, or why that cannot be."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None, "npm is not installed"
    quiet = ("--no-audit", "--no-fund", "--no-save", "--silent")
    done = subprocess.run([npm, "install", *quiet, "--prefix", folder, PEER], check=False)
    program = folder / "node_modules" / PEER / "bin" / PEER
    if done.returncode or not program.is_file():
        return None, "npm could not install it"
    return [node, program, "--stdio"], ""


def measure(folder: Path, python: Path, schema: Path) -> tuple[list[Figure], str]:
    """Measure the server that this Python has; return the rows, and why there is no peer."""
    workspace = folder / "workspace"
    workspace.mkdir()
    command, why = peer(folder) if schema.is_file() else (None, "its schema is not at hand")
    server = python.with_name("pipelint")
    theirs = None if command is None else lambda: Editor(command, workspace, schema)
    rows = figures(
        lambda: Editor([server, "server"], workspace),
        theirs,
        lambda: Editor([python, "-c", PURE, "server"], workspace),
    )
    return rows, why


def table(rows: Sequence[Figure], why: str) -> str:
    """Write the table in Markdown."""
    absent = f"{PEER} is not measured: {why}.\n" if why else ""
    head = f"| what | pipelint | {PEER} | ratio | budget |\n|---|---:|---:|---:|---:|\n"
    body = "".join(f"{row}\n" for row in rows)
    return f"\n## In an editor\n\n{head}{body}{NOTE}{absent}"


def main() -> int:
    """Measure the server of the environment that runs this, and print the table."""
    import tempfile

    schema = inputs.shared() / "vendor" / "harness-schema" / "pipeline.json"
    with tempfile.TemporaryDirectory() as folder:
        rows, why = measure(Path(folder), Path(sys.executable), schema)
    sys.stdout.write(table(rows, why))
    return int(any(row.is_over for row in rows))


if __name__ == "__main__":
    sys.exit(main())
