"""`pipelint graph FILE` at the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.drawn import elements
from repository import ROOT, pipelint

STEPS = "steps:\n  - {name: a, image: go, commands: [b]}\n  - {name: c, image: sh, commands: [d]}\n"
WHOLE = 'version: "1"\n' + STEPS
BROKEN = WHOLE + '  - {name: "e\n'
CHECKOUT = "examples/broken/checkout/.harness/deploy.yaml"
MODULES = """
import json, sys
from pipelint.cli import main
main(sys.argv[1:])
print(json.dumps(list(sys.modules)))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".vela.yml").write_text(WHOLE)
    return tmp_path


def test_tree_is_drawn_where_nothing_is_said(folder: Path) -> None:
    done = pipelint("graph", ".vela.yml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ".vela.yml  Vela pipeline\n├─ a  go\n└─ c  sh\n"


def test_console_that_knows_no_unicode_gets_ascii(folder: Path) -> None:
    narrow = {"PYTHONIOENCODING": "ascii"}
    done = pipelint("graph", ".vela.yml", cwd=folder, env=narrow)
    assert done.stdout == ".vela.yml  Vela pipeline\n|- a  go\n`- c  sh\n"
    for name in ("mermaid", "dot", "svg"):
        done = pipelint("graph", "--format", name, CHECKOUT, cwd=ROOT, env=narrow)
        assert done.stdout.isascii()
        assert "8594;" in done.stdout  # the arrow between what is deployed and where to
        assert "\\u" not in done.stdout


def test_colours_are_for_terminals_and_those_who_ask(folder: Path) -> None:
    assert "\x1b[" not in pipelint("graph", ".vela.yml", cwd=folder).stdout
    done = pipelint("graph", "--color", "always", CHECKOUT, cwd=ROOT)
    assert "\x1b[1mBuild\x1b[0m" in done.stdout
    assert "\x1b[1;31m1 error\x1b[0m" in done.stdout


@pytest.mark.parametrize(
    ("name", "first"),
    [("x.svg", "<svg "), ("x.mmd", "flowchart "), ("x.DOT", "digraph "), ("x.txt", ".vela.yml ")],
)
def test_name_of_the_output_says_which_format(folder: Path, name: str, first: str) -> None:
    done = pipelint("graph", ".vela.yml", "--output", name, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / name).read_text(encoding="utf-8").startswith(first)


def test_format_wins_over_the_name(folder: Path) -> None:
    pipelint("graph", ".vela.yml", "-o", "x.svg", "--format", "dot", cwd=folder)
    assert (folder / "x.svg").read_text(encoding="utf-8").startswith("digraph ")


def test_problems_are_marked_and_do_not_fail() -> None:
    done = pipelint("graph", "--format", "svg", CHECKOUT, cwd=ROOT)
    assert done.returncode == 0
    titles = [one.text for one in elements(done.stdout, "title")]
    assert [title for title in titles if "(unknown-stage)" in title]
    clean = pipelint("graph", "--no-problems", "--format", "svg", CHECKOUT, cwd=ROOT)
    assert "has-error" in done.stdout.partition("</style>")[2]
    assert "has-error" not in clean.stdout.partition("</style>")[2]


def test_problems_that_a_comment_hides_are_not_marked(folder: Path) -> None:
    wrong = WHOLE.replace("image: go", "image: go, comands: [x]")
    (folder / ".vela.yml").write_text(wrong)
    assert "1 warning" in pipelint("graph", ".vela.yml", cwd=folder).stdout
    (folder / ".vela.yml").write_text(f"# pipelint: ignore-file[unknown-key]\n{wrong}")
    assert "1 warning" not in pipelint("graph", ".vela.yml", cwd=folder).stdout


def test_depth_stages_draws_no_steps() -> None:
    deep = pipelint("graph", CHECKOUT, cwd=ROOT).stdout
    flat = pipelint("graph", "--depth", "stages", CHECKOUT, cwd=ROOT).stdout
    assert "Roll out" in deep
    assert "Roll out" not in flat
    assert flat.count("2 steps") == 3


def test_nothing_is_cut_off_where_there_is_no_terminal() -> None:
    lines = pipelint("graph", CHECKOUT, cwd=ROOT).stdout.splitlines()
    assert max(map(len, lines)) > 100
    assert not any(line.endswith("…") for line in lines)


def test_standard_input_is_drawn(folder: Path) -> None:
    done = pipelint("graph", "-", "--stdin-filename", "sub/.vela.yml", cwd=folder, given=WHOLE)
    assert done.stdout.splitlines()[0] == "sub/.vela.yml  Vela pipeline"
    done = pipelint("graph", "-", "--kind", "vela-pipeline", cwd=folder, given=STEPS)
    assert done.stdout.splitlines()[1] == "├─ a  go"


def test_broken_text_is_drawn_as_far_as_it_is_read_and_the_code_says_so(folder: Path) -> None:
    done = pipelint("graph", "-", "--stdin-filename", ".vela.yml", cwd=folder, given=BROKEN)
    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == ["├─ a  go", "└─ c  sh"]
    assert done.stderr.startswith("note: .vela.yml:5: ")
    assert done.stderr.endswith("; drawn is what could be read\n")
    for name in ("svg", "mermaid", "dot"):
        args = ("graph", "-", "--stdin-filename", ".vela.yml", "--format", name)
        done = pipelint(*args, cwd=folder, given=BROKEN)
        assert done.returncode == 1
        assert "part of the file could not be read" in done.stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("values.yaml", "replicas: 3\n", "values.yaml is not a Harness or Vela file"),
        ("t.yaml", "trigger: {name: t, identifier: t}\n", "t.yaml: a Harness trigger has no st"),
        ("s.yaml", "service: {name: t, identifier: t}\n", "no stages or steps"),
        (".vela.star", "def main(ctx):\n  return {}\n", ".vela.star is a Starlark template"),
        ("empty.yaml", "", "empty.yaml is not a Harness or Vela file"),
        ("v1.yaml", "version: 1\nkind: pipeline\nspec: {stages: []}\n", "v1"),
        ("x.yaml", "template: {identifier: t, type: SecretManager, spec: {}}\n", "no stages"),
    ],
)  # fmt: skip
def test_what_is_no_pipeline_is_said_to_be_none(
    folder: Path, name: str, text: str, said: str
) -> None:
    (folder / name).write_text(text)
    done = pipelint("graph", name, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name one file to draw"),
        ([".vela.yml", "other.yml"], "name one file to draw"),
        (["none.yml"], "none.yml: no such file or directory"),
        (["."], "is a directory"),
        ([".vela.yml", "--format", "svgg"], "`svg`"),
        ([".vela.yml", "--depht", "stages"], "`--depth`"),
        ([".vela.yml", "--kind", "vela-pipelin"], "`vela-pipeline`"),
        ([".vela.yml", "--output", ".vela.yml"], "would overwrite"),
        ([".vela.yml", "--output", "no/folder/x.svg"], "no/folder/x.svg: no such file"),
        ([".vela.yml", "--config", "none.yaml"], "no configuration at none.yaml"),
    ],
)
def test_mistakes_in_arguments_are_told(folder: Path, arguments: list[str], said: str) -> None:
    done = pipelint("graph", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert (folder / ".vela.yml").read_text() == WHOLE


def test_bytes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / "b.yml").write_bytes(b"version: \xff\n")
    done = pipelint("graph", "b.yml", cwd=folder)
    assert done.returncode == 2
    assert "b.yml: not UTF-8 text (line 1)" in done.stderr


def test_mistakes_in_the_configuration_are_told(folder: Path) -> None:
    (folder / "pipelint.yaml").write_text("ruls: {}\n")
    done = pipelint("graph", ".vela.yml", cwd=folder)
    assert done.returncode == 2
    assert "ruls" in done.stderr
    assert pipelint("graph", "--no-config", ".vela.yml", cwd=folder).returncode == 0


def test_limits_of_mermaid_are_told(folder: Path) -> None:
    steps = "".join(f"  - {{name: step{n}, image: go, commands: [a]}}\n" for n in range(600))
    (folder / ".vela.yml").write_text(f'version: "1"\nsteps:\n{steps}')
    done = pipelint("graph", "--format", "mermaid", ".vela.yml", cwd=folder)
    assert done.returncode == 0
    assert "note: Mermaid draws at most 500 arrows" in done.stderr
    assert "--depth stages" in done.stderr


def test_help_says_what_the_exit_codes_mean(folder: Path) -> None:
    done = pipelint("graph", "--help", cwd=folder)
    assert done.returncode == 0
    assert "--depth" in done.stdout
    assert "Exits with 1 where" in " ".join(done.stdout.split())


def test_unknown_verb_is_led_here(folder: Path) -> None:
    assert "`graph`" in pipelint("grahp", cwd=folder).stderr


def test_vela_is_drawn_without_harness(folder: Path) -> None:
    run = [sys.executable, "-c", MODULES, "graph", ".vela.yml"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    modules = json.loads(done.stdout.splitlines()[-1])
    assert "pipelint.graph.vela" in modules
    assert not [name for name in modules if name.startswith("pipelint.harness")]
    assert not {"pipelint.graph.svg", "pipelint.graph.dot", "asyncio"} & set(modules)
