"""An editor hides what the command line hides, and says what is wrong with a baseline."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelint_lsp import handlers
from pipelint_lsp.session import Session
from repository import pipelint
from two_pipelines import VELA

NAME = ".pipelint-baseline.json"
BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository whose one mistake is in the baseline."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela.yml").write_text(BROKEN)
    assert pipelint("baseline", cwd=tmp_path).returncode == 0
    return tmp_path


def status(root: Path, session: Session, text: str) -> dict[str, object]:
    opened = session.open((root / ".vela.yml").as_uri(), "yaml", 1, text)
    return handlers.status(session, opened)


def test_what_is_known_is_not_shown(root: Path) -> None:
    said = status(root, Session([str(root)]), "# moved\n" + BROKEN)
    assert (said["problems"], said["suppressed"]) == (0, 1)


def test_what_is_new_is_shown(root: Path) -> None:
    said = status(root, Session([str(root)]), BROKEN.replace("image:", "imag:", 1))
    assert said["problems"] == 1


def test_a_newer_baseline_counts_when_the_disk_is_looked_at_anew(root: Path) -> None:
    session = Session([str(root)])
    assert status(root, session, BROKEN)["problems"] == 0
    (root / NAME).write_text('{"version": 1, "findings": []}')
    session.forget()
    assert status(root, session, BROKEN)["problems"] == 1


def test_a_baseline_that_is_none_hides_nothing_and_is_told(root: Path) -> None:
    (root / NAME).write_text("<<<<<<< ours\n")
    said = status(root, Session([str(root)]), BROKEN)
    assert said["problems"] == 1
    assert said["notes"] == [f"{NAME}: a merge has left a conflict in this baseline"]
