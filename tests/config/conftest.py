"""What the tests of configuration share."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make a fresh repository."""
    return Project(str(tmp_path / "repository"))
