"""`make tables`: the committed tables are what lark makes of the grammars."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipelint.grammar import build as builder

MODULE = [sys.executable, "-m", "pipelint.grammar.build"]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_committed_tables_are_up_to_date_for_any_hash_seed(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [*MODULE, "--check"], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_option_is_a_usage_error() -> None:
    done = subprocess.run([*MODULE, "--chekc"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_tables_are_python_that_says_who_made_them() -> None:
    tables = builder.build('start: "a" NAME+\nNAME: /b/', "start")
    text = builder.render(tables, "toy.lark")
    assert text.startswith('"""Parsing tables of toy.lark: made by make tables; do not edit."""\n')
    namespace: dict[str, object] = {}
    exec(text, namespace)  # noqa: S102 (this is the file that was just made)
    assert namespace["TABLES"] == tables


def test_a_keyword_with_flags_is_refused_rather_than_read_wrongly() -> None:
    with pytest.raises(builder.UnsupportedGrammarError, match="IF of NAME has flags"):
        builder.build('start: "if"i NAME\nNAME: /[a-z]+/', "start")


@pytest.fixture
def package(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a package of its own that holds one grammar of two."""
    monkeypatch.setattr(builder, "PACKAGE", str(tmp_path))
    grammars = tuple(builder.Grammar(f"{n}.lark", "start", f"{n}.py") for n in ("absent", "here"))
    monkeypatch.setattr(builder, "GRAMMARS", grammars)
    with open(f"{tmp_path}/here.lark", "w", encoding="utf-8") as file:
        file.write('start: "a"')
    return str(tmp_path)


def test_a_missing_grammar_is_an_error_that_stops_no_other(
    package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert builder.main([]) == 1
    assert os.path.exists(f"{package}/here.py")
    assert capsys.readouterr().err == (
        "error: absent.lark is missing: its tables are not made\nwrote here.py\n"
    )


def test_a_check_writes_nothing(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert builder.main(["--check"]) == 1
    assert not os.path.exists(f"{package}/here.py")
    assert "here.py is out of date" in capsys.readouterr().err
