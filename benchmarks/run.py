"""Measure pipelint against its floor and its peers, in turn, and write benchmarks/RESULTS.md.

Everything is a ratio of medians. Peers are public tools; where one is missing its row says so.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import editor
import inputs
import yaml
from comparison import FEW, Command, Row, in_turn, processes
from pipelint.config import Rulebook, Settings
from pipelint.engine import check
from pipelint.registry import all_rules
from pipelint.source import Source

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
PEERS = ("yamllint", "check-jsonschema", "zizmor", "pipeline-check")
MOST_MEMORY = 45
"""The budget for 10 000 lines, in MB."""

NOTE = """
check-jsonschema reads Harness files with Harness's official schema, and Vela files with Vela's. The
bound of 0.05 is set for Harness alone, whose schema takes it seconds; with the small schema of Vela
a twentieth of its time is less than FLOOR. jsonschema-rs and ajv have no rows: they refuse the
official schema of Harness, which is not a valid one. zizmor reads a workflow of GitHub with as many
lines. Python's collector runs during FLOOR, as it does for everybody, and is paused during a check.
Real pipelines are short (50 lines on average for Harness, 24 for Vela): what a file costs before
its first line weighs most there.
"""


# --- in process ----------------------------------------------------------------------------------


def floor(texts: Sequence[str]) -> Callable[[], None]:
    """Compose the texts with PyYAML's C loader: no linter can do with less."""

    def run() -> None:
        for text in texts:
            try:
                yaml.compose(text, Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                continue

    return run


def whole(texts: Sequence[str], path: str) -> Callable[[], None]:
    """Check the texts with every rule that is on by default."""
    settings = Settings(Rulebook(all_rules))

    def run() -> None:
        for text in texts:
            check(Source(text, path), settings)

    return run


def in_process() -> list[Row]:
    """Measure whole checks in one process."""
    harness, vela = ".harness/pipeline.yaml", ".vela.yml"
    sets = [
        ("Harness, 1 000 lines", [inputs.harness(1_000)], harness),
        ("Harness, 10 000 lines", [inputs.harness(10_000)], harness),
        ("Harness, 300 real pipelines", inputs.real_harness(), harness),
        ("Vela, 1 000 lines", [inputs.pipeline(1_000)], vela),
        ("Vela, 10 000 lines", [inputs.pipeline(10_000)], vela),
        ("Vela, real pipelines", inputs.real(), vela),
    ]
    rows = []
    for name, texts, path in sets:
        if texts:
            gc.collect()
            ours, theirs = in_turn(whole(texts, path), floor(texts), ROUNDS)
            rows.append(Row(f"{name}, in process", ours, "FLOOR", theirs, 3.0))
    return rows


# --- whole processes -----------------------------------------------------------------------------


def installed(folder: Path) -> Path:
    """Install the wheel and the peers in an environment of their own; return its `bin`.

    Compiled, not editable: that is what users start.
    """
    target = folder / "venv"
    venv.create(target, with_pip=True)
    bin_ = target / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_ / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(ROOT)], check=True)
    for peer in PEERS:
        subprocess.run([*pip, peer], check=False)
    return bin_


def written(folder: Path, name: str, text: str) -> Path:
    """Write a text to a file below a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def of_harness(folder: Path, bin_: Path) -> list[Row]:
    """Measure the installed wheel on pipelines of Harness, from its start to its end."""
    ours, yamllint = bin_ / "pipelint", bin_ / "yamllint"
    small = written(folder, "small/.harness/pipeline.yaml", inputs.harness(100))
    large = written(folder, "large/.harness/pipeline.yaml", inputs.harness(10_000))
    cold, long = "Harness, 100 lines, cold", "Harness, 10 000 lines"
    rows = [
        processes(cold, [ours, small], [bin_ / "python", "-c", "pass"], 7.0),
        processes(cold, [ours, small], [yamllint, small], 1.0),
        processes(long, [ours, large], [yamllint, large], 0.30),
    ]
    schema = inputs.shared() / "vendor" / "harness-schema" / "pipeline.json"
    if schema.is_file():
        checker: Command = [bin_ / "check-jsonschema", "--schemafile", schema]
        rows += [
            processes(cold, [ours, small], [*checker, small], 0.25),
            processes(long, [ours, large], [*checker, large], 0.05, FEW),
        ]
    corpus = inputs.shared() / "corpus" / "harness" / "files"
    if corpus.is_dir():
        scanner: Command = [bin_ / "pipeline_check", "-p", "harness", "--harness-path", corpus]
        what = "Harness, all real files"
        rows.append(processes(what, [ours, corpus], scanner, 0.2, FEW))
    return rows


def of_vela(folder: Path, bin_: Path) -> list[Row]:
    """Measure the installed wheel on pipelines of Vela."""
    ours, yamllint = bin_ / "pipelint", bin_ / "yamllint"
    small = written(folder, "small/.vela.yml", inputs.pipeline(100))
    large = written(folder, "large/.vela.yml", inputs.pipeline(10_000))
    workflow = written(folder, "workflow.yml", inputs.workflow(10_000))
    zizmor: Command = [bin_ / "zizmor", "--offline", "--no-progress", workflow]
    cold, long = "Vela, 100 lines, cold", "Vela, 10 000 lines"
    rows = [
        processes(cold, [ours, small], [bin_ / "python", "-c", "pass"], 7.0),
        processes(cold, [ours, small], [yamllint, small], 1.0),
        processes(long, [ours, large], [yamllint, large], 0.30),
        processes(long, [ours, large], zizmor, 1.0),
    ]
    schema = inputs.shared() / "vendor" / "vela-schema" / "schema.json"
    if schema.is_file():
        checker: Command = [bin_ / "check-jsonschema", "--schemafile", schema]
        rows.append(processes(cold, [ours, small], [*checker, small], 0.25))
    return rows


def in_editor(folder: Path, bin_: Path) -> tuple[list[editor.Figure], str]:
    """Measure the server of the installed wheel; return the rows, and why its peer is absent."""
    pip = [str(bin_ / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"{ROOT}[lsp]"], check=True)
    schema = inputs.shared() / "vendor" / "harness-schema" / "pipeline.json"
    return editor.measure(folder, bin_ / "python", schema)


def peak_memory(program: Path, path: Path) -> float:
    """Return the peak memory of a check of a file, in MB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, str(program), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


# --- the table -----------------------------------------------------------------------------------


def table(rows: Sequence[Row], memory: dict[str, float]) -> str:
    """Write the table in Markdown; `memory` is in MB, by what was checked."""
    lines = [
        "# Measurements",
        "",
        "Made by `make bench`: medians, both sides in turn in one run. FLOOR is",
        "`yaml.compose(text, Loader=yaml.CSafeLoader)`. Ratios carry over to other machines,",
        "times do not.",
        "",
        "| what | pipelint (ms) | against | its time (ms) | ratio | budget |",
        "|---|---:|---|---:|---:|---:|",
        *map(str, rows),
    ]
    for what, peak in memory.items():
        kept = "" if peak <= MOST_MEMORY else " (over)"
        lines.append(f"| {what}, peak memory | {peak:.0f} MB | | | | {MOST_MEMORY} MB{kept} |")
    return "\n".join(lines) + "\n" + NOTE


def main() -> int:
    """Measure everything and write the table."""
    folder = Path(tempfile.mkdtemp())
    try:
        bin_ = installed(folder)
        rows = [*in_process(), *of_harness(folder, bin_), *of_vela(folder, bin_)]
        files = {"Harness": ".harness/pipeline.yaml", "Vela": ".vela.yml"}
        memory = {
            f"{dialect}, 10 000 lines": peak_memory(bin_ / "pipelint", folder / "large" / name)
            for dialect, name in files.items()
        }
        felt, absent = in_editor(folder, bin_)
        text = table(rows, memory) + editor.table(felt, absent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "benchmarks" / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return int(any(row.is_over for row in rows) or any(row.is_over for row in felt))


if __name__ == "__main__":
    sys.exit(main())
