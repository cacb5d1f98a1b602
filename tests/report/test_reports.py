"""`--report FORMAT=FILE`, `--show-suppressed`, and how files are named in what platforms read."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from pipelint.report import FORMATS
from report.documents import READERS
from repository import pipelint

BROKEN = """\
version: "1"
steps:
  - name: test
    pull: maybe # pipelint: ignore[unknown-value] the old runner | `wants` it
    commands: [go test ./...]
"""
PLATFORMS = [name for name in FORMATS if FORMATS[name].from_root]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a repository with one file; a folder in it has another."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "services" / "a b").mkdir(parents=True)
    (tmp_path / ".vela.yml").write_text(BROKEN)
    (tmp_path / "services" / "a b" / ".vela.yml").write_text(BROKEN)
    return tmp_path


def read(path: Path) -> str:
    return path.read_bytes().decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_what_would_be_printed(name: str, home: Path) -> None:
    printed = pipelint("--output-format", name, cwd=home)
    done = pipelint(f"--report={name}=out", "--output-format", "concise", cwd=home)
    READERS[name](read(home / "out"))
    assert read(home / "out") == printed.stdout
    assert done.stdout == pipelint("--output-format", "concise", cwd=home).stdout
    assert (done.returncode, done.stderr) == (1, printed.stderr)


def test_a_run_writes_many_reports(home: Path) -> None:
    (home / "out").mkdir()
    wanted = [f"--report={name}=out/{name}" for name in FORMATS]
    assert pipelint(*wanted, cwd=home).returncode == 1
    assert sorted(os.listdir(home / "out")) == sorted(FORMATS)


def test_reports_are_written_where_nothing_is_printed(home: Path) -> None:
    done = pipelint("-qq", "--report", "json=out.json", cwd=home)
    assert (done.stdout, done.stderr) == ("", "")
    assert json.loads(read(home / "out.json"))["summary"]["files"] == 2


def test_a_run_that_checks_nothing_writes_its_reports(tmp_path: Path) -> None:
    done = pipelint("--report", "sarif=out.sarif", "--report=junit=out.xml", cwd=tmp_path)
    assert done.returncode == 2
    assert READERS["sarif"](read(tmp_path / "out.sarif"))["runs"][0]["results"] == []
    assert READERS["junit"](read(tmp_path / "out.xml")).get("tests") == "0"


def test_a_run_with_a_broken_configuration_leaves_the_old_report(home: Path) -> None:
    (home / "pipelint.yaml").write_text("rulez: {}\n")
    (home / "out.json").write_text("old")
    assert pipelint("--report", "json=out.json", cwd=home).returncode == 2
    assert read(home / "out.json") == "old"


@pytest.mark.parametrize(
    ("value", "said", "help_"),
    [
        ("sarf=x", "unknown format `sarf` for `--report`", "similar name exists: `sarif`"),
        ("out.sarif", "unknown format `out.sarif` for `--report`", "formats: full, concise, json"),
        ("sarif", "`--report` needs a format and a file", "write `--report sarif=FILE`"),
        ("sarif=", "`--report` needs a format and a file", "write `--report sarif=FILE`"),
        ("sarif=-", "`--report` writes files", "say `--output-format sarif`"),
        ("sarif=no/x", "cannot write the report no/x: there is no folder no", "make it first"),
        ("sarif=services", "cannot write the report services: it is a folder", "name a file"),
    ],
)
def test_what_is_no_report_is_told_before_anything_is_checked(
    value: str, said: str, help_: str, home: Path
) -> None:
    done = pipelint("--report", value, cwd=home)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"error: {said}\n" in done.stderr
    assert help_ in done.stderr


def test_two_reports_in_one_file_are_refused(home: Path) -> None:
    done = pipelint("--report", "sarif=x", "--report", "json=./x", cwd=home)
    assert "error: two reports go to `./x`" in done.stderr
    assert (done.returncode, (home / "x").exists()) == (2, False)


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")
def test_a_link_stays_and_a_file_keeps_its_mode(home: Path) -> None:
    (home / "real").write_text("old")
    (home / "real").chmod(0o640)
    (home / "link").symlink_to("real")
    pipelint("--report", "json=link", cwd=home)
    assert (home / "link").is_symlink()
    assert json.loads(read(home / "real"))["version"] == 1
    assert stat.S_IMODE((home / "real").stat().st_mode) == 0o640
    assert [one for one in os.listdir(home) if one.endswith(".tmp")] == []


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")
def test_a_new_file_can_be_read_by_whom_the_mask_lets(home: Path) -> None:
    before = os.umask(0o027)
    try:
        pipelint("--report", "json=out", cwd=home)
    finally:
        os.umask(before)
    assert stat.S_IMODE((home / "out").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")
def test_a_pipe_is_written_to(home: Path) -> None:
    os.mkfifo(home / "pipe")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(read(home / "pipe")))
    reader.start()
    pipelint("--report", "json=pipe", cwd=home)
    reader.join(timeout=20)
    assert json.loads(got[0])["version"] == 1
    assert stat.S_ISFIFO((home / "pipe").stat().st_mode)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who is root may do all")
def test_a_file_in_a_folder_that_takes_none_is_written_to(home: Path) -> None:
    folder = home / "services"
    (folder / "out").write_text("old")
    folder.chmod(0o555)
    pipelint(".vela.yml", "--report", "json=services/out", cwd=home)
    folder.chmod(0o755)
    assert json.loads(read(folder / "out"))["version"] == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device")
def test_a_report_that_cannot_be_written_is_two_and_the_others_are_written(home: Path) -> None:
    done = pipelint("--exit-zero", "--report=json=/dev/full", "--report=sarif=x", cwd=home)
    assert "error: cannot write the report /dev/full: no space left on device\n" in done.stderr
    assert done.returncode == 2
    assert done.stdout.startswith("error[")
    assert (home / "x").exists()


# --- what is hidden ------------------------------------------------------------------------------


def results(path: Path, *arguments: str) -> list[Any]:
    done = pipelint(".vela.yml", "--output-format", "sarif", *arguments, cwd=path)
    found: list[Any] = json.loads(done.stdout)["runs"][0]["results"]
    return found


def test_json_lists_what_is_hidden_when_asked(home: Path) -> None:
    plain = json.loads(pipelint(".vela.yml", "--output-format=json", cwd=home).stdout)
    done = pipelint(".vela.yml", "--output-format=json", "--show-suppressed", cwd=home)
    shown = json.loads(done.stdout)
    assert "unknown-value" not in {one["rule"] for one in plain["diagnostics"]}
    (hidden,) = [one for one in shown["diagnostics"] if "suppressed" in one]
    assert (hidden["rule"], hidden["suppressed"]) == (
        "unknown-value",
        {"kind": "ignore", "reason": "the old runner | `wants` it"},
    )
    assert shown["summary"] == plain["summary"]
    assert done.returncode == 1


def test_people_are_told_what_hides_it(home: Path) -> None:
    full = pipelint(".vela.yml", "--show-suppressed", cwd=home).stdout
    assert "  = hidden: ignored in place: the old runner | `wants` it\n" in full
    arguments = (".vela.yml", "--show-suppressed", "--output-format", "concise")
    assert (
        " [ignored in place: the old runner | `wants` it]\n"
        in pipelint(*arguments, cwd=home).stdout
    )


def test_what_is_hidden_alone_does_not_fail_the_run(home: Path) -> None:
    arguments = (".vela.yml", "--show-suppressed", "--select", "unknown-value")
    done = pipelint(*arguments, cwd=home)
    assert done.returncode == 0
    assert "warning[unknown-value]" in done.stdout
    assert done.stdout.endswith("No problems in 1 file; 1 finding ignored in place.\n")


def test_sarif_has_it_unless_told_otherwise(home: Path) -> None:
    (hidden,) = [one for one in results(home) if one["suppressions"]]
    reason = "the old runner | `wants` it"
    expected = {"kind": "inSource", "status": "accepted", "justification": reason}
    assert (hidden["ruleId"], hidden["suppressions"]) == ("unknown-value", [expected])
    assert [one for one in results(home, "--hide-suppressed") if one["suppressions"]] == []
    assert results(home, "--show-suppressed") == results(home)


# --- paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_platforms_read_paths_from_the_root_of_the_repository(name: str, home: Path) -> None:
    below = home / "services"
    told = pipelint("--output-format", name, cwd=below).stdout
    assert READERS[name](told) is not None
    space = "%20" if name == "sarif" else " "
    assert (f"services/a{space}b/.vela.yml" in told) == (name in PLATFORMS)


def test_where_there_is_no_repository_the_folder_is_its_root(tmp_path: Path) -> None:
    (tmp_path / ".vela.yml").write_text(BROKEN)
    told = json.loads(pipelint("--output-format", "gitlab", cwd=tmp_path).stdout)
    assert {one["location"]["path"] for one in told} == {".vela.yml"}


def test_a_text_from_standard_input_keeps_its_name(home: Path) -> None:
    arguments = ("-", "--kind=vela-pipeline", "--output-format=gitlab")
    told = json.loads(pipelint(*arguments, cwd=home / "services", given=BROKEN).stdout)
    assert {one["location"]["path"] for one in told} == {"<stdin>"}
    arguments = ("-", "--stdin-filename=x/.vela.yml", "--output-format=gitlab")
    told = json.loads(pipelint(*arguments, cwd=home / "services", given=BROKEN).stdout)
    assert {one["location"]["path"] for one in told} == {"services/x/.vela.yml"}


# --- what could not be read ----------------------------------------------------------------------


def test_a_missing_file_is_in_every_report_that_has_a_place_for_it(home: Path) -> None:
    wanted = [f"--report={name}={name}" for name in FORMATS]
    done = pipelint("gone.yml", ".vela.yml", *wanted, cwd=home)
    assert done.returncode == 2
    assert done.stderr.count("gone.yml") == 1
    files = json.loads(read(home / "json"))["files"]
    assert {"path": "gone.yml", "kind": "unknown", "checked": False} in files
    invocation = READERS["sarif"](read(home / "sarif"))["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    for name in ("github", "junit", "checkstyle", "markdown"):
        assert "gone.yml" in read(home / name)
