"""`pipelint completion`: real shells complete real lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from completion_shells.terminal import Shell, command_in, make_script, needs
from pipelint.cli import VERBS
from pipelint.cli.offers import verbs
from pipelint.cli.parser import make_parser
from pipelint.registry import all_rules
from pipelint.report import FORMATS
from repository import pipelint

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")

LINES = [
    ("pipelint expl", "pipelint explain"),
    ("pipelint explain needs-cy", "pipelint explain needs-cycle"),
    ("pipelint rules ve", "pipelint rules vela"),
    ("pipelint schema vela-p", "pipelint schema vela-pipeline"),
    ("pipelint completion fi", "pipelint completion fish"),
    ("pipelint --stat", "pipelint --statistics"),
    ("pipelint --fail-on warn", "pipelint --fail-on warning"),
    ("pipelint --output-format sar", "pipelint --output-format sarif"),
    ("pipelint --output-format=sar", "pipelint --output-format=sarif"),
    ("pipelint check --output-format sar", "pipelint check --output-format sarif"),
    ("pipelint --report sari", "pipelint --report sarif="),
    ("pipelint --kind vela-t", "pipelint --kind vela-template"),
    ("pipelint --select needs-cy", "pipelint --select needs-cycle"),
    ("pipelint --select a,needs-cy", "pipelint --select a,needs-cycle"),
    ("pipelint --ignore yam", "pipelint --ignore yaml"),
    ("pipelint --root inn", "pipelint --root inner/"),
    ("pipelint --config my", r"pipelint --config my\ file.yml"),
    ("pipelint my", r"pipelint my\ file.yml"),
    ("pipelint rules --output-format js", "pipelint rules --output-format json"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder to work in, and one that is no pipeline."""
    (tmp_path / "work" / "inner").mkdir(parents=True)
    (tmp_path / "work" / "my file.yml").write_text("")
    return tmp_path


@pytest.fixture(params=["bash", "zsh"])
def shell(request: pytest.FixtureRequest, home: Path) -> Iterator[Shell]:
    needs(request.param)
    shell = Shell(request.param, home)
    yield shell
    shell.close()


def test_lines_are_completed(shell: Shell) -> None:
    for line, expected in LINES:
        shell.complete(line, expected)


@pytest.mark.parametrize("shell", ["bash"], indirect=True)
def test_all_that_may_follow_is_listed(shell: Shell) -> None:
    for name in ("full", "junit", "checkstyle"):
        shell.complete("pipelint --output-format \t", name)
    for name in (*VERBS, "inner"):
        shell.complete("pipelint \t", name)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pipelint ", set(VERBS) | {"my file.yml", "inner/"}),
        ("pipelint --output-format ", set(FORMATS)),
        ("pipelint --select ", {rule.name for rule in all_rules()} | {"vela", "all"}),
        ("pipelint --select a,needs-", {"a,needs-cycle"}),
        ("pipelint explain needs-", {"needs-cycle"}),
        ("pipelint rules ", {rule.family for rule in all_rules()}),
        ("pipelint check --fail-on ", {"error", "warning", "info", "never"}),
        ("pipelint --report s", {"sarif="}),
        ("pipelint --config m", {"my file.yml"}),
        ("pipelint -", {"--statistics", "-q", "--watch"}),
        ("pipelint rules -", {"--since"}),
    ],
)
def test_fish_offers(home: Path, line: str, offered: set[str]) -> None:
    needs("fish")
    script = make_script("fish", home)
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"],
        cwd=home / "work",
        env=command_in(home),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert offered <= {one.partition("\t")[0] for one in done.stdout.splitlines()}


def test_fish_keeps_the_flags_of_verbs_apart(home: Path) -> None:
    needs("fish")
    script = make_script("fish", home)
    code = f"source {script}; complete -C 'pipelint rules --'"
    said = subprocess.run(
        ["fish", "--no-config", "-c", code], env=command_in(home), capture_output=True, check=True
    ).stdout.decode()
    assert "--since" in said
    assert "--watch" not in said


# --- without a shell -----------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_every_verb_and_flag_is_in_the_script(home: Path, shell: str) -> None:
    script = make_script(shell, home).read_text(encoding="utf-8")
    flags = make_parser().flags()
    assert len(flags) > 20
    sign = "-l " if shell == "fish" else "--"
    for word in (*VERBS, *(sign + flag.removeprefix("--") for flag in flags)):
        assert word in script


def test_every_verb_says_what_it_does() -> None:
    assert [verb.name for verb in verbs()] == sorted(VERBS)
    assert [verb.name for verb in verbs() if not verb.about] == []


def test_the_words_of_a_script(tmp_path: Path) -> None:
    names = pipelint("completion", "--words", "rules", cwd=tmp_path).stdout.splitlines()
    assert {rule.name for rule in all_rules()} < set(names)
    assert pipelint("completion", "--words", "x", cwd=tmp_path).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("", 2, "name one shell"),
        ("bash zsh", 2, "name one shell"),
        ("bsah", 2, "a shell with a similar name exists: `bash`"),
        ("powershell", 2, "unknown shell `powershell`"),
        ("--help", 0, "usage: pipelint completion {bash,fish,zsh}"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    tmp_path: Path, arguments: str, code: int, said: str
) -> None:
    done = pipelint("completion", *arguments.split(), cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
