"""`action.yml`: judged by GitHub's schema, zizmor and shellcheck, and run as a runner runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import yaml
from ci_recipes.pages import PAGES, fits, judge
from package_index import succeed
from repository import PATIENCE, ROOT, environment

pytestmark = pytest.mark.xdist_group("action")

ACTION = ROOT / "action.yml"
BROKEN = 'version: "1"\nsteps:\n  - name: test\n    commands: [go test]\n'
FOUND = "::error file={},line=3,endLine=3,col=11,endColumn=14,title=pipelint missing-image::"
_INPUT = re.compile(r"^\$\{\{ inputs\.([a-z-]+) \}\}$")


def action() -> Any:
    return yaml.safe_load(ACTION.read_text(encoding="utf-8"))


def steps() -> Any:
    return action()["runs"]["steps"]


# --- as it is written ----------------------------------------------------------------------------


def test_it_is_what_github_expects() -> None:
    fits(ACTION, "github-actions")


def test_it_is_safe() -> None:
    code, said = judge(
        "zizmor", "--offline", "--no-progress", "--quiet", "--persona=auditor", ACTION
    )
    assert (code, said[:22]) == (0, "No findings to report.")


def test_its_scripts_are_sound_and_hold_no_inputs() -> None:
    for step in steps():
        assert "${{" not in step["run"]
        assert judge("shellcheck", f"--shell={step['shell']}", "-", given=step["run"]) == (0, "")


def test_every_input_is_used_described_and_on_the_page() -> None:
    inputs = action()["inputs"]
    used = {_INPUT.match(value)[1] for step in steps() for value in step["env"].values()}  # type: ignore[index]
    page = (PAGES / "github.md").read_text(encoding="utf-8")
    assert used == set(inputs)
    assert used == set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE))
    assert all({"description", "default"} == set(one) for one in inputs.values())


# --- as it runs ----------------------------------------------------------------------------------


class Runner:
    """A runner of GitHub Actions, as far as steps in a shell need it."""

    def __init__(self, workspace: Path, temporary: Path) -> None:
        self.workspace = workspace
        self.temporary = temporary
        self.summary = workspace.parent / "summary.md"

    def run(self, number: int, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step with these inputs (`fail_on` is `fail-on`), and defaults for all others."""
        step, given = (
            steps()[number],
            {name: one["default"] for name, one in action()["inputs"].items()},
        )
        given.update({name.replace("_", "-"): value for name, value in inputs.items()})
        script = self.temporary / f"step-{number}.sh"
        script.write_text(step["run"], encoding="utf-8")
        self.summary.touch()
        variables = {
            name: _INPUT.sub(lambda found: given[found[1]], value)
            for name, value in step["env"].items()
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.workspace,
            env=environment(
                **variables,
                CI="true",
                GITHUB_ACTION_PATH=str(ROOT),
                GITHUB_STEP_SUMMARY=str(self.summary),
                RUNNER_TEMP=str(self.temporary),
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it in a workspace whose modules want to be imported; give the runner's folder."""
    workspace = tmp_path_factory.mktemp("hostile")
    temporary = tmp_path_factory.mktemp("runner temp")
    for name in ("venv", "pip", "ensurepip", "hatchling", "subprocess", "pipelint"):
        (workspace / f"{name}.py").write_text("open('imported', 'w')\n", encoding="utf-8")
    done = Runner(workspace, temporary).run(0)
    succeed(done)
    assert not (workspace / "imported").exists()
    return temporary


@pytest.fixture
def runner(installed: Path, tmp_path: Path) -> Runner:
    """Make a runner with an empty repository."""
    workspace = tmp_path / "work space"
    (workspace / ".git").mkdir(parents=True)
    return Runner(workspace, installed)


def test_an_old_python_is_refused(tmp_path: Path) -> None:
    done = Runner(tmp_path, tmp_path).run(0, python="false")
    assert done.stdout.startswith("::error title=pipelint::needs Python 3.10 or later")
    assert done.returncode == 2


def test_findings_are_annotations_and_fail_the_job(runner: Runner) -> None:
    (runner.workspace / ".vela.yml").write_text(BROKEN)
    done = runner.run(1)
    assert done.stdout.startswith(FOUND.format(".vela.yml"))
    assert done.returncode == 1
    assert "missing-image" in runner.summary.read_text(encoding="utf-8")


def test_modules_of_the_repository_are_not_imported(runner: Runner) -> None:
    (runner.workspace / ".vela.yml").write_text(BROKEN)
    for name in ("pipelint", "ruamel", "json", "argparse"):
        (runner.workspace / f"{name}.py").write_text("open('imported', 'w')\n")
    assert runner.run(1).returncode == 1
    assert not (runner.workspace / "imported").exists()


def test_a_clean_repository_passes(runner: Runner) -> None:
    (runner.workspace / ".vela.yml").write_text(
        BROKEN.replace("commands", "image: a:1\n    commands")
    )
    done = runner.run(1)
    assert done.returncode == 0, done.stdout
    assert "::" not in done.stdout


def test_nothing_to_check_fails(runner: Runner) -> None:
    assert runner.run(1).returncode == 2
    assert runner.run(1, args="--allow-empty").returncode == 0


def test_every_input_is_heard(runner: Runner) -> None:
    for path in ("a b/.vela.yml", "größe/.vela.yml", "other/.vela.yml"):
        (runner.workspace / path).parent.mkdir()
        (runner.workspace / path).write_text(BROKEN)
    done = runner.run(
        1,
        paths="a b\n\n  größe/.vela.yml\n",
        args="--select=missing-image,unknown-key\n--no-config\n",
        fail_on="never",
        format="concise",
        sarif="found it.sarif",
        summary="false",
    )
    text = "{}/.vela.yml:3:11: error[missing-image] step `test` has no image\n"
    assert done.stdout == text.format("a b") + text.format("größe")
    assert done.returncode == 0
    assert runner.summary.read_text(encoding="utf-8") == ""
    report = json.loads((runner.workspace / "found it.sarif").read_text(encoding="utf-8"))
    assert len(report["runs"][0]["results"]) == 2


@pytest.mark.parametrize("name", ["paths", "args", "fail_on", "format", "sarif"])
@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "a;touch pwned"]
)
def test_no_input_is_run(runner: Runner, name: str, text: str) -> None:
    (runner.workspace / ".vela.yml").write_text(BROKEN)
    runner.run(1, **{name: text})
    assert "pwned" not in os.listdir(runner.workspace)


def test_a_path_is_never_an_option(runner: Runner) -> None:
    (runner.workspace / ".vela.yml").write_text(BROKEN)
    done = runner.run(1, paths="--exit-zero")
    assert "--exit-zero: no such file or folder" in done.stdout
    assert done.returncode == 2
