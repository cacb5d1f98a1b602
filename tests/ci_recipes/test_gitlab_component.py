"""`templates/pipelint.yml`: judged by GitLab's schema, and run as a runner runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import yaml
from ci_recipes.pages import PAGES, fits, judge, shown
from repository import PATIENCE, ROOT, environment

COMPONENT = ROOT / "templates" / "pipelint.yml"
BROKEN = 'version: "1"\nsteps:\n  - name: test\n    commands: [go test]\n'
REPORT = "gl-code-quality-report.json"
_INPUT = re.compile(r"\$\[\[ inputs\.([a-z-]+) \]\]")


def documents() -> Any:
    """Return the head, which declares the inputs, and the jobs."""
    return list(yaml.safe_load_all(COMPONENT.read_text(encoding="utf-8")))


def inputs() -> Any:
    return documents()[0]["spec"]["inputs"]


def included(**given: str) -> Any:
    """Write inputs into the jobs as GitLab does: into each text that was read, then as text."""
    values = {name: one["default"] for name, one in inputs().items() if "default" in one}
    values.update({name.replace("_", "-"): value for name, value in given.items()})
    return filled(documents()[1], values)


def filled(node: Any, values: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {filled(key, values): filled(one, values) for key, one in node.items()}
    if isinstance(node, list):
        return [filled(one, values) for one in node]
    return _INPUT.sub(lambda found: values[found[1]], node) if isinstance(node, str) else node


# --- as it is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["", "https://git.example.com/pipelint.tar.gz"])
def test_it_is_what_gitlab_expects(tmp_path: Path, package: str) -> None:
    head, path = tmp_path / "head.yml", tmp_path / "jobs.yml"
    head.write_text(yaml.safe_dump(documents()[0]), encoding="utf-8")
    path.write_text(yaml.safe_dump(included(package=package)), encoding="utf-8")
    fits(head, "gitlab-ci")
    fits(path, "gitlab-ci")


def test_its_script_is_sound_and_holds_no_inputs() -> None:
    (job,) = documents()[1].values()
    script = "\n".join(job["script"])
    assert not _INPUT.search(script)
    assert judge("shellcheck", "--shell=sh", "-", given=script) == (0, "")


def test_every_input_is_used_described_and_on_the_page() -> None:
    text = COMPONENT.read_text(encoding="utf-8")
    page = (PAGES / "gitlab.md").read_text(encoding="utf-8")
    assert set(_INPUT.findall(text)) == set(inputs())
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == set(inputs())
    assert all("description" in one for one in inputs().values())


def test_what_the_page_includes_is_complete() -> None:
    needed = {name for name, one in inputs().items() if "default" not in one}
    used = [
        one["inputs"]
        for _, text in shown("gitlab.md")
        for one in yaml.safe_load(text).get("include", ())
    ]
    assert len(used) == 2
    for given in used:
        assert needed <= set(given) <= set(inputs())


# --- as it runs ----------------------------------------------------------------------------------


def run(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the job with these inputs (`fail_on` is `fail-on`) where pipelint is on the path."""
    (job,) = included(package="", **given).values()
    return subprocess.run(
        ["sh", "-ec", "\n".join(job["script"])],
        cwd=folder,
        env=environment(
            **{name: one["value"] for name, one in job["variables"].items()},
            GITLAB_CI="true",
            NO_COLOR="1",
            PATH=os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])),
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a repository with a broken pipeline."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela.yml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_findings_fail_the_job_and_are_reported(folder: Path) -> None:
    done = run(folder)
    assert done.stdout.startswith("error[missing-image]: step `test` has no image\n")
    assert done.returncode == 1
    (finding,) = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    assert (finding["check_name"], finding["location"]["path"]) == ("missing-image", ".vela.yml")


def test_the_report_is_the_one_that_is_kept() -> None:
    (job,) = documents()[1].values()
    assert job["artifacts"] == {"when": "always", "reports": {"codequality": REPORT}}
    assert f"--report gitlab={REPORT}" in job["script"][-1]


def test_a_clean_repository_passes(folder: Path) -> None:
    (folder / ".vela.yml").write_text(BROKEN.replace("commands", "image: go:1\n    commands"))
    assert run(folder).returncode == 0
    assert json.loads((folder / REPORT).read_text(encoding="utf-8")) == []


def test_nothing_to_check_fails(folder: Path) -> None:
    (folder / ".vela.yml").unlink()
    assert run(folder).returncode == 2
    assert run(folder, args="--allow-empty").returncode == 0


def test_every_input_is_heard(folder: Path) -> None:
    for path in ("a b", "größe", "other"):
        (folder / path).mkdir()
        (folder / path / ".vela.yml").write_text(BROKEN, encoding="utf-8")
    more = "--output-format=concise\n\n--select=missing-image\n"
    done = run(folder, paths="a b\n\n  größe/.vela.yml\n", args=more, fail_on="never")
    text = "{}/.vela.yml:3:11: error[missing-image] step `test` has no image\n"
    assert done.stdout == text.format("a b") + text.format("größe")
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["paths", "args", "fail_on"])
@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "\nEND\ntouch pwned"]
)
def test_no_input_is_run(folder: Path, name: str, text: str) -> None:
    run(folder, **{name: text})
    assert "pwned" not in os.listdir(folder)


def test_a_path_is_never_an_option(folder: Path) -> None:
    done = run(folder, paths="--exit-zero")
    assert "--exit-zero: no such file or folder" in done.stdout
    assert done.returncode == 2
