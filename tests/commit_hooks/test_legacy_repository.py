"""A repository full of old findings takes pipelint up, from `init` to SARIF, on real files."""

from __future__ import annotations

import json
import re
import shutil

import jsonschema_rs
import pytest

from commit_hooks.repository_with_hooks import Repository
from repository import shared

pytestmark = pytest.mark.xdist_group("hooks")

PIPELINE = "shop/.vela.yml"
GOOD = """\
version: "1"
steps:
  - name: test
    image: golang:1.24
    pull: always
    commands: [go test]
"""
MISTAKE = GOOD.replace("    image: golang:1.24\n", "")
OLD_WORD = GOOD.replace("pull: always", "pull: true")


@pytest.fixture
def legacy(bare: Repository) -> Repository:
    """Make a repository of real files, some thousand, with the findings that they have."""
    for platform in ("harness", "vela"):
        shutil.copytree(
            shared("corpus", platform), bare.path / platform, copy_function=shutil.copyfile
        )
    for folder in (bare.path, *bare.path.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    bare.write(PIPELINE, GOOD)
    return bare


def test_it_takes_pipelint_up(legacy: Repository) -> None:
    before = findings(legacy)
    assert before > 1000

    assert "wrote .pre-commit-config.yaml\n" in said(legacy, "init", "--ci", "github")
    recorded = re.search(r"^Recorded (\d+) findings of", said(legacy, "baseline"), re.MULTILINE)
    assert recorded
    assert int(recorded[1]) > 1000
    assert findings(legacy) == 0
    commit_all(legacy)

    # A new mistake fails the commit, with that and nothing else.
    legacy.stage({PIPELINE: MISTAKE})
    done = legacy.commit()
    assert done.returncode == 1
    headlines = re.findall(r"^\w+\[[\w-]+\]: .*$", done.stdout, re.MULTILINE)
    assert headlines == ["error[missing-image]: step `test` has no image"]
    assert f" --> {PIPELINE}:3:11\n" in done.stdout

    # What is certain is mended; nothing else changes.
    legacy.stage({PIPELINE: OLD_WORD})
    assert legacy.run("pipelint", "--fix", PIPELINE).returncode == 0
    assert legacy.read(PIPELINE) == GOOD
    legacy.git("add", "--all")
    assert legacy.git("diff", "--cached", "--name-only") == ""

    # Code scanning gets all of it: what the baseline hides is there, as suppressed.
    legacy.write(PIPELINE, MISTAKE)
    assert legacy.run("pipelint", "--report", "sarif=pipelint.sarif").returncode == 1
    report = json.loads(legacy.read("pipelint.sarif"))
    schema = shared("vendor", "formats", "sarif-schema-2.1.0.json")
    jsonschema_rs.validate(json.loads(schema.read_text(encoding="utf-8")), report)
    results = report["runs"][0]["results"]
    shown = [one["ruleId"] for one in results if not one.get("suppressions")]
    assert shown == ["missing-image"]
    assert len(results) > int(recorded[1])


def commit_all(repository: Repository) -> None:
    """Commit everything through the hook that `init` wrote."""
    done = repository.install()
    assert done.returncode == 0, done.stdout
    repository.git("add", "--all")
    done = repository.commit()
    assert done.stdout.endswith("Passed\n"), done.stdout
    assert done.returncode == 0


def said(repository: Repository, *arguments: str) -> str:
    done = repository.run("pipelint", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout


def findings(repository: Repository) -> int:
    done = repository.run("pipelint", "--output-format", "json")
    start = done.stdout.index('{"version"')
    summary = json.JSONDecoder().raw_decode(done.stdout, start)[0]["summary"]
    return int(summary["error"] + summary["warning"] + summary["info"])
