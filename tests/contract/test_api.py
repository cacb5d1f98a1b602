"""The public interface for Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipelint

BROKEN = 'version: "1"\nsteps:\n  - name: test\n    commands: [go test ./...]\n'
CLEAN = BROKEN.replace("name: test", "name: test\n    image: golang:1.24")


def test_public_names_are_these() -> None:
    names = ["Diagnostic", "__version__", "check_paths", "check_text"]
    assert pipelint.__all__ == names
    assert set(names) <= set(dir(pipelint))
    assert all(getattr(pipelint, name) for name in names)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute `chekc`"):
        pipelint.chekc  # noqa: B018 - asking is the test


def test_text_is_checked() -> None:
    (found,) = pipelint.check_text(BROKEN)
    assert isinstance(found, pipelint.Diagnostic)
    assert (found.path, found.rule, found.level) == (".vela.yml", "missing-image", "error")
    assert BROKEN[slice(*found.finding.span)] == "test"


def test_clean_text_has_no_findings() -> None:
    assert pipelint.check_text(CLEAN) == []


def test_text_that_is_no_pipeline_has_no_findings() -> None:
    assert pipelint.check_text("replicas: 3\n", path="values.yaml") == []


def test_path_decides_about_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "pipelint.yaml").write_text("rules: {missing-image: info}\n")
    (found,) = pipelint.check_text(BROKEN, path=str(tmp_path / ".vela.yml"))
    assert found.level == "info"


def test_ignored_findings_are_left_out() -> None:
    comment = "name: test # pipelint: ignore[missing-image] the template adds it"
    assert pipelint.check_text(BROKEN.replace("name: test", comment)) == []


def test_paths_are_checked_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"b": BROKEN, "a": BROKEN, "c": CLEAN}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / ".vela.yml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert [one.path for one in pipelint.check_paths(["."])] == ["a/.vela.yml", "b/.vela.yml"]
    assert [one.path for one in pipelint.check_paths([tmp_path / "b"])] == ["b/.vela.yml"]
    assert pipelint.check_paths([]) == []


def test_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such file or folder"):
        pipelint.check_paths([tmp_path / "missing.yml"])


def test_wrong_configuration_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pipelint.yaml").write_text("rulez: {}\n")
    with pytest.raises(ValueError, match="unknown key `rulez`"):
        pipelint.check_text(CLEAN, path=str(tmp_path / ".vela.yml"))
