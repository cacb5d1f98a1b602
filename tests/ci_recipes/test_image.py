"""The image: what is sent to the builder, what is built, and how it runs.

Where a Docker daemon is, the image is built and used; elsewhere the commands of the build are run
on what would be sent.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ci_recipes.dockerfile import DOCKERFILE, context, stages, values
from ci_recipes.pages import judge
from package_index import succeed
from repository import PATIENCE, ROOT, environment, pipelint

pytestmark = pytest.mark.xdist_group("image")

PREFIX = "/opt/pipelint"
BROKEN = ROOT / "examples" / "broken" / "checkout"
PACKAGES = {"linter", "lsp", "schemas"}
MEGABYTE = 1_000_000


# --- as it is written ----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint has no wheel for Windows")
def test_hadolint_finds_nothing() -> None:
    assert judge("hadolint", "--no-color", DOCKERFILE) == (0, "")


def test_it_starts_pipelint_in_the_repository_as_nobody() -> None:
    final = stages()[-1]
    assert values(final, "ENTRYPOINT") == ['["pipelint"]']
    assert values(final, "WORKDIR") == ["/repo"]
    (user,) = values(final, "USER")
    assert all(number.isdigit() and int(number) > 0 for number in user.split(":"))
    words = [one.word for one in final]
    assert "RUN" not in words[words.index("USER") :]


def test_both_stages_have_one_pinned_base() -> None:
    (argument,) = values(stages()[0], "ARG")
    name, _, base = argument.partition("=")
    assert [values(stage, "FROM")[0].split()[0] for stage in stages()[1:]] == [f"${{{name}}}"] * 2
    image, _, tag = base.partition(":")
    assert (image, tag.count("."), "slim" in tag) == ("python", 1, True)


def test_the_last_stage_takes_only_the_environment() -> None:
    assert values(stages()[-1], "COPY") == [f"--from=build {PREFIX} {PREFIX}"]
    assert values(stages()[-1], "RUN") == []


# --- what is sent --------------------------------------------------------------------------------


def test_only_what_the_wheel_is_built_from_is_sent() -> None:
    sent = context()
    assert {path.parts[0] for path in sent} == {*PACKAGES, "LICENSE", "README.md", "pyproject.toml"}
    assert not [path for path in sent if "__pycache__" in path.parts]


def test_every_file_of_the_packages_is_sent() -> None:
    ours = {
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in context() if path.parts[0] in PACKAGES} == ours


# --- what is built -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the commands of the build on what would be sent; give the environment they make."""
    source, prefix = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("opt") / "pipelint"
    for path in context():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, source / path)
    (build,) = [stage for stage in stages() if values(stage, "FROM")[:1] == ["${BASE} AS build"]]
    for command in values(build, "RUN"):
        done = subprocess.run(
            ["sh", "-ec", command.replace(PREFIX, str(prefix))],
            cwd=source,
            env=environment(
                PATH=f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        succeed(done)
    return prefix


def test_what_is_built_checks_a_repository(built: Path, tmp_path: Path) -> None:
    shutil.copytree(BROKEN, tmp_path / "repo")
    command = [str(built / "bin" / "pipelint")]
    nobody = {"PATH": os.defpath, "HOME": "/nonexistent"}
    done = pipelint(
        "--output-format", "concise", cwd=tmp_path / "repo", command=command, env=nobody
    )
    assert "error[step-not-allowed-here]" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_schemas_of_the_user_can_be_checked(built: Path, tmp_path: Path) -> None:
    (tmp_path / "pipelint.yaml").write_text("schemas: {.vela.yml: own.json}\n")
    (tmp_path / "own.json").write_text('{"type": 7}')
    (tmp_path / ".vela.yml").write_text('version: "1"\n')
    done = pipelint(".vela.yml", cwd=tmp_path, command=[str(built / "bin" / "pipelint")])
    assert "own.json: this is no JSON Schema" in done.stderr  # only the reference knows
    assert done.returncode == 2


def test_it_is_small_and_has_no_pip(built: Path) -> None:
    files = [path for path in built.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < 30 * MEGABYTE
    assert not [path for path in files if path.name.startswith("pip-") or "/pip/" in str(path)]


# --- with a daemon -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def image() -> str:
    """Build the image with Docker; skip where no daemon answers."""
    docker = shutil.which("docker")
    asked = docker and subprocess.run([docker, "info"], capture_output=True, check=False)
    if not asked or asked.returncode:
        pytest.skip("no Docker daemon answers")
    name = "pipelint:test"
    subprocess.run(["docker", "build", "--tag", name, ROOT], check=True, timeout=10 * PATIENCE)
    return name


def test_the_image_checks_what_is_mounted(image: str) -> None:
    mounted = ["--rm", "--read-only", "--volume", f"{BROKEN}:/repo:ro", image]
    done = subprocess.run(
        ["docker", "run", *mounted], capture_output=True, encoding="utf-8", check=False
    )
    assert "error[step-not-allowed-here]" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")
