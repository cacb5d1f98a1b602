"""What the tests of hooks share."""

from __future__ import annotations

from pathlib import Path

import pytest

from commit_hooks.repository_with_hooks import CONCISE, SYSTEM, Repository, offer, surroundings


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return surroundings(tmp_path_factory.mktemp("pre-commit"))


@pytest.fixture(scope="session")
def offered(environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the repository that offers the hooks; give its path."""
    return offer(Repository(tmp_path_factory.mktemp("offered") / "pipelint", environ))


@pytest.fixture
def bare(environ: dict[str, str], tmp_path: Path) -> Repository:
    """Make a repository without hooks."""
    return Repository(tmp_path / "repository", environ)


@pytest.fixture
def repository(bare: Repository, offered: Path) -> Repository:
    """Make a repository with the hook `pipelint-system`, which tells each finding in a line."""
    bare.use(f"{SYSTEM}\n  {CONCISE}", offered)
    return bare
