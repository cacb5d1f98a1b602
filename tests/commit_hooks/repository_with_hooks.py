"""A repository whose commits pass through a real pre-commit, and the hooks of this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from repository import PATIENCE, ROOT, environment

PAGE = ROOT / "docs" / "ci" / "pre-commit.md"
SOURCES = ("LICENSE", "README.md", "linter", "lsp", "pyproject.toml", "schemas")
SYSTEM = "- id: pipelint-system"

GOOD = 'version: "1"\nsteps:\n  - name: test\n    image: golang:1.24\n    commands: [go test]\n'
BROKEN = GOOD.replace("    image: golang:1.24\n", "")
FOUND = "{}:3:11: error[missing-image] step `test` has no image"
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONCISE = "args: [--output-format, concise, --]"


class Repository:
    """A git repository; `environ` is what git, pre-commit and the hooks see."""

    def __init__(self, path: Path, environ: dict[str, str]) -> None:
        self.path = path
        self.environ = environ
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str, cwd: str = ".") -> subprocess.CompletedProcess[str]:
        """Run a command; both of its streams are in `stdout`, in order."""
        return subprocess.run(
            command,
            cwd=self.path / cwd,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )

    def git(self, *arguments: str, cwd: str = ".") -> str:
        """Run git, which must succeed; return what it says."""
        done = self.run("git", *arguments, cwd=cwd)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit."""
        return self.run(sys.executable, "-m", "pre_commit", *arguments)

    def write(self, path: str, text: str) -> None:
        """Write a file, and the folders around it."""
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.path / path).read_text(encoding="utf-8")

    def stage(self, texts: Mapping[str, str]) -> None:
        """Write files, by path, and add them to the index."""
        for path, text in texts.items():
            self.write(path, text)
            self.git("add", "--", path)

    def commit(self, *arguments: str, cwd: str = ".") -> subprocess.CompletedProcess[str]:
        """Commit what is staged; the hooks may refuse it."""
        return self.run("git", "commit", "--quiet", "-m", "a change", *arguments, cwd=cwd)

    def configure(self, hooks: str, offered: Path) -> None:
        """Commit a configuration with hooks (YAML of the list) that another repository offers."""
        revision = self.git("-C", str(offered), "rev-parse", "HEAD").strip()
        listed = hooks.rstrip().replace("\n", "\n      ")
        text = f"repos:\n  - repo: {offered}\n    rev: {revision}\n    hooks:\n      {listed}\n"
        self.stage({".pre-commit-config.yaml": text})
        self.git("commit", "--quiet", "--no-verify", "-m", "the hooks")

    def install(self) -> subprocess.CompletedProcess[str]:
        """Let pre-commit prepare the hooks, and run on each commit from now on."""
        return self.pre_commit("install", "--install-hooks")

    def use(self, hooks: str, offered: Path) -> None:
        """Configure and install hooks that need nothing."""
        self.configure(hooks, offered)
        done = self.install()
        assert done.returncode == 0, done.stdout


def surroundings(home: Path) -> dict[str, str]:
    """Make an environment in which git and pre-commit know nothing of the machine's user."""
    return environment(
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
        **{
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A Person"), ("EMAIL", "person@example.com"))
        },
        PATH=os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])),
        PRE_COMMIT_COLOR="never",
        PRE_COMMIT_HOME=str(home),
    )


def offer(repository: Repository) -> Path:
    """Commit the hooks of this checkout, and what they install, to a repository of their own."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in (".pre-commit-hooks.yaml", *SOURCES):
        source, target = ROOT / name, repository.path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "-m", "pipelint")
    return repository.path


def shown_hooks() -> list[str]:
    """Return the hooks that the page shows as blocks of YAML, without those around them."""
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [dedent(block) for block in blocks if block.lstrip().startswith("- id:")]


def shown_hook(word: str) -> str:
    """Return the shown hook that has a word in it, for the pipelint of this environment."""
    (hook,) = [one for one in shown_hooks() if word in one]
    return hook.replace("- id: pipelint\n", f"{SYSTEM}\n")
