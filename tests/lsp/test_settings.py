"""Which settings hold for a text: the same as on the command line, for each folder its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelint_lsp import handlers
from pipelint_lsp.session import Opened, Session
from two_pipelines import VELA

BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """Make two repositories; the second does not want to hear of unknown needs."""
    one, other = tmp_path / "one", tmp_path / "other"
    for root in (one, other):
        (root / ".git").mkdir(parents=True)
    (other / "pipelint.yaml").write_text("rules: {unknown-need: off}\nexclude: [old/**]\n")
    return one, other


def opened(session: Session, root: Path, name: str = ".vela.yml", text: str = BROKEN) -> Opened:
    return session.open((root / name).as_uri(), "yaml", 1, text)


def rules(session: Session, text: Opened) -> list[str]:
    return [one.rule for one in session.snapshot(text).checked.diagnostics]


def test_each_folder_has_its_own(roots: tuple[Path, Path]) -> None:
    session = Session([str(root) for root in roots])
    assert rules(session, opened(session, roots[0])) == ["unknown-need"]
    assert rules(session, opened(session, roots[1])) == []


def test_excluded_files_say_so(roots: tuple[Path, Path]) -> None:
    session = Session()
    text = opened(session, roots[1], "old/.vela.yml")
    assert rules(session, text) == []
    assert handlers.status(session, text)["reason"] == "excluded in pipelint.yaml:2"


def test_the_kind_may_be_said(roots: tuple[Path, Path]) -> None:
    (roots[0] / "pipelint.yaml").write_text("files: {odd.txt.yaml: vela-pipeline}\n")
    session = Session()
    status = handlers.status(session, opened(session, roots[0], "odd.txt.yaml", "worker: {}\n"))
    assert status["kind"] == "vela-pipeline"
    assert status["config"] == str(roots[0] / "pipelint.yaml")


def test_a_folder_that_is_not_trusted_leads_nowhere(roots: tuple[Path, Path]) -> None:
    (roots[0] / "pipelint.yaml").write_text("schemas: {'**': own.json}\n")
    (roots[0] / "own.json").write_text("{not json")
    for trusted in (True, False):
        session = Session(options={"trusted": trusted})
        text = opened(session, roots[0])
        rules(session, text)
        said = "`schemas` is not read: this workspace is not trusted"
        assert (said in handlers.status(session, text)["notes"]) is not trusted


def test_a_version_is_checked_once(roots: tuple[Path, Path]) -> None:
    session = Session()
    text = opened(session, roots[0])
    assert session.snapshot(text) is session.snapshot(text)
    newer = session.change(text.uri, 2, BROKEN)
    assert newer is not None
    assert session.snapshot(newer).version == 2
    assert not session.is_current(text)


def test_other_spellings_of_a_name_are_the_same_text() -> None:
    session = Session()
    session.open("file:///c%3A/.vela.yml", "yaml", 1, VELA)
    assert session.opened("file:///c:/.vela.yml") is not None
    session.close("file:///c:/.vela.yml")
    assert session.opened("file:///c%3A/.vela.yml") is None
