"""What is built holds what it must and nothing else, and runs where nothing of the checkout is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from repository import ROOT, environment, interpreter, pipelint, shared

PACKAGES = ("pipelint", "pipelint_lsp", "pipelint_schemas")

# One process builds and installs, also under pytest-xdist.
pytestmark = pytest.mark.xdist_group("packaging")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", folder, ROOT],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.fixture(scope="session")
def in_wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="session")
def in_sdist(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def test_wheel_has_every_file_of_the_packages(in_wheel: set[str]) -> None:
    ours = {
        path.relative_to(folder).as_posix()
        for folder in (ROOT / "linter", ROOT / "lsp", ROOT / "schemas")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in in_wheel if ".dist-info/" not in name} == ours


@pytest.mark.parametrize(
    "name",
    [
        *(f"{package}/py.typed" for package in PACKAGES),
        "pipelint/expressions/jexl/_tables.py",
        "pipelint/expressions/runtime_input/_tables.py",
        "pipelint/vela/evaluation/_tables.py",
        "pipelint/vela/substitution/_tables.py",
        "pipelint_schemas/config.schema.json",
        "pipelint_schemas/harness/catalogue.yaml",
        "pipelint_schemas/harness/entities.yaml",
        "pipelint_schemas/harness/harness-pipeline.schema.json",
        "pipelint_schemas/harness/imported.json",
        "pipelint_schemas/harness/slices.json",
        "pipelint_schemas/report.schema.json",
        "pipelint_schemas/vela/slices.json",
        "pipelint_schemas/vela/vela-pipeline.schema.json",
    ],
)
def test_wheel_has_what_is_read_at_run_time(in_wheel: set[str], name: str) -> None:
    assert name in in_wheel


def test_wheel_has_the_licence(in_wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in in_wheel)


@pytest.mark.parametrize(
    "name",
    ["LICENSE", "README.md", "pyproject.toml", "linter/pipelint/py.typed", "examples/README.md"],
)
def test_sdist_has_what_the_wheel_is_built_from(in_sdist: set[str], name: str) -> None:
    assert name in in_sdist


def test_sdist_has_no_leftovers(in_sdist: set[str]) -> None:
    leftovers = {".venv", ".git", ".hypothesis", ".mypy_cache", "__pycache__", "dist"}
    assert [name for name in in_sdist if leftovers & set(name.split("/"))] == []


def test_sdist_has_no_pipelines_of_others(in_sdist: set[str]) -> None:
    pipelines = {name for name in in_sdist if name.endswith(".vela.yml") or "/.harness/" in name}
    assert {name.split("/")[0] for name in pipelines} == {"examples"}


# --- installed -----------------------------------------------------------------------------------


@pytest.fixture(scope="session", params=["3.10", "3.13"])
def installed(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Install the wheel for a version of Python; give the folder of its commands."""
    version = str(request.param)
    python = interpreter(version)
    if python is None and os.environ.get("CI"):
        pytest.fail(f"no Python {version}; CI must have it")
    if python is None:
        pytest.skip(f"no Python {version} on the path or among pyenv's")
    folder = tmp_path_factory.mktemp(f"python{version}")
    subprocess.run([python, "-m", "venv", folder], check=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wheel = next(built.glob("*.whl"))
    subprocess.run([folder / "bin" / "python", *install, wheel], check=True, env=environment())
    return folder / "bin"


BROKEN = 'version: "1"\nsteps:\n  - name: test\n    imgae: golang:1.24\n    commands: [go test]\n'
HARNESS = ROOT / "examples" / "broken" / "checkout" / ".harness" / "deploy.yaml"


def test_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = pipelint("--version", cwd=tmp_path, command=[str(installed / "pipelint")])
    version = (ROOT / "linter/pipelint/__init__.py").read_text().split('__version__ = "')[1]
    assert (done.stdout, done.returncode) == (f"pipelint {version.split(chr(34))[0]}\n", 0)


def test_installed_command_finds_mistakes(installed: Path, tmp_path: Path) -> None:
    (tmp_path / ".vela.yml").write_text(BROKEN)
    command = [str(installed / "pipelint")]
    done = pipelint("--output-format", "json", ".vela.yml", cwd=tmp_path, command=command)
    found = {one["rule"] for one in json.loads(done.stdout)["diagnostics"]}
    assert "missing-image" in found
    assert (done.returncode, done.stderr) == (1, "")


def test_installed_command_finds_mistakes_of_harness(installed: Path, tmp_path: Path) -> None:
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "deploy.yaml").write_bytes(HARNESS.read_bytes())
    command = [str(installed / "pipelint")]
    done = pipelint("--output-format", "json", cwd=tmp_path, command=command)
    found = {one["rule"] for one in json.loads(done.stdout)["diagnostics"]}
    assert {"step-not-allowed-here", "unknown-stage"} <= found
    assert "internal-error" not in found
    assert (done.returncode, done.stderr) == (1, "")


def test_installed_command_has_the_schemas_and_can_import_one(
    installed: Path, tmp_path: Path
) -> None:
    command = [str(installed / "pipelint")]
    printed = pipelint("schema", "harness-pipeline", cwd=tmp_path, command=command)
    assert json.loads(printed.stdout)["$schema"].startswith("https://json-schema.org/")
    official = str(shared("vendor", "harness-schema"))
    imported = pipelint("catalogue", "import", official, cwd=tmp_path, command=command)
    assert (imported.returncode, imported.stdout.count("\n")) == (0, 1), imported.stderr


def test_installed_command_uses_the_c_parser(installed: Path, tmp_path: Path) -> None:
    done = pipelint("--version", "-v", cwd=tmp_path, command=[str(installed / "pipelint")])
    assert "YAML parser: libyaml (C)" in done.stdout.splitlines()


def test_installed_packages_fit_together(installed: Path, tmp_path: Path) -> None:
    check = [str(installed / "python"), "-m", "pip", "check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
