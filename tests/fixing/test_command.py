"""`pipelint --fix` and `--diff`, as they are called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from repository import environment, pipelint

OLD = """version: "1"
steps:
  - name: test # keep me
    image: alpine:3.22
    pull: true
    commands: [ls]
"""
NEW = OLD.replace("true", "always")
PULL = ("true", "always")
MISSPELT = OLD + "    rulset: {event: push}\n"
_MAIN = "import sys; from pipelint.cli import main; sys.exit(main())"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela.yml").write_bytes(OLD.encode())
    return tmp_path


def put(home: Path, text: str) -> Path:
    path = home / ".vela.yml"
    path.write_bytes(text.encode())
    return path


def test_fix_writes_and_says_so(home: Path) -> None:
    done = pipelint("--fix", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Fixed 1 info in 1 file. No problems remain.\n"
    assert (home / ".vela.yml").read_bytes() == NEW.encode()
    again = pipelint("--fix", cwd=home)
    assert (again.returncode, again.stdout) == (0, "No problems in 1 file.\n")


def test_the_exit_code_judges_what_is_left(home: Path) -> None:
    broken = (
        OLD + '  - {name: b, image: "c:1", commands: [ls], ruleset: {evnt: x}}\n  - {image: d}\n'
    )
    put(home, broken)
    assert pipelint(cwd=home).returncode == 1
    done = pipelint("--fix", cwd=home)
    assert done.returncode == 1
    assert "Fixed 1 info in 1 file. 1 error and 1 warning remain.\n" in done.stdout
    assert pipelint("--fix", "--exit-zero", cwd=home).returncode == 0


def test_the_summary_says_what_is_fixable(home: Path) -> None:
    put(home, MISSPELT)
    last = pipelint(cwd=home).stdout.splitlines()[-1]
    assert last == "1 finding is fixable with `pipelint --fix`, 1 more with `--unsafe-fixes`."
    last = pipelint("--unsafe-fixes", cwd=home).stdout.splitlines()[-1]
    assert last == "2 findings are fixable with `pipelint --fix --unsafe-fixes`."
    assert (home / ".vela.yml").read_bytes() == MISSPELT.encode()


def test_unsafe_fixes_are_made_only_when_they_are_asked_for(home: Path) -> None:
    path = put(home, MISSPELT)
    done = pipelint("--fix", cwd=home)
    assert done.stdout.splitlines()[-2:] == [
        "Fixed 1 info in 1 file. 1 warning remains.",
        "1 finding is fixable with `pipelint --fix --unsafe-fixes`.",
    ]
    assert path.read_text() == MISSPELT.replace("true", "always")
    done = pipelint("--fix", "--unsafe-fixes", cwd=home)
    assert done.stdout == "Fixed 1 warning in 1 file. No problems remain.\n"
    assert path.read_text() == NEW + "    ruleset: {event: push}\n"


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        (OLD.replace("\n", "\r\n").encode(), b"true", b"always"),
        (OLD.replace("keep me", "tést 🙂").encode(), b"true", b"always"),
        (b"\xef\xbb\xbf" + OLD.encode(), b"true", b"always"),
        (b"\xff\xfe" + OLD.encode("utf-16-le"), *(word.encode("utf-16-le") for word in PULL)),
        (OLD.replace("steps:\n", "steps:\r\n").encode().rstrip(b"\n"), b"true", b"always"),
        (OLD.replace("pull: true", "pull:    true   # \u3000x ").encode(), b"true", b"always"),
    ],
    ids=["CRLF", "astral", "BOM", "UTF-16", "mixed", "blanks"],
)  # fmt: skip
def test_all_other_bytes_stay(home: Path, before: bytes, old: bytes, new: bytes) -> None:
    path = home / ".vela.yml"
    path.write_bytes(before)
    assert pipelint("--fix", cwd=home).stdout.startswith("Fixed 1 info in 1 file.")
    assert path.read_bytes() == before.replace(old, new)


def test_what_is_off_or_hidden_is_not_fixed(home: Path) -> None:
    path = home / ".vela.yml"
    assert pipelint("--fix", "--ignore", "deprecated-pull", cwd=home).returncode == 0
    assert path.read_text() == OLD
    hidden = OLD.replace("true", "true # pipelint: ignore[deprecated-pull]")
    put(home, hidden)
    assert pipelint("--fix", cwd=home).returncode == 0
    assert path.read_text() == hidden
    assert pipelint("--fix", "--no-ignores", cwd=home).returncode == 0
    assert "pull: always" in path.read_text()


def test_the_difference_is_printed_and_nothing_written(home: Path) -> None:
    path = put(home, MISSPELT)
    done = pipelint("--diff", cwd=home)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "--- .vela.yml",
        "+++ .vela.yml",
        "@@ -2,6 +2,6 @@",
        " steps:",
        "   - name: test # keep me",
        "     image: alpine:3.22",
        "-    pull: true",
        "+    pull: always",
        "     commands: [ls]",
        "     rulset: {event: push}",
    ]
    summary = "Would fix 1 info in 1 file; 1 unsafe fix not shown (`--unsafe-fixes`).\n"
    assert done.stderr == summary
    assert path.read_text() == MISSPELT
    assert pipelint("--diff", "--fix", "--exit-zero", "-q", cwd=home).stderr == ""
    assert path.read_text() == MISSPELT


def test_without_a_difference_the_exit_code_is_0(home: Path) -> None:
    put(home, NEW + "  - {name: b}\n")
    done = pipelint("--diff", cwd=home)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Nothing to fix in 1 file.\n"


def test_git_applies_the_difference(home: Path) -> None:
    text = MISSPELT.replace("\n", "\r\n")
    path = put(home, text)
    done = run(home, "--diff", "--unsafe-fixes")
    subprocess.run(["git", "apply", "-p0", "-"], cwd=home, input=done.stdout, check=True)
    assert path.read_bytes() == text.replace("true", "always").replace("rul", "rule").encode()


def run(home: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command on bytes: nothing here translates line ends."""
    command = [sys.executable, "-c", _MAIN, *arguments]
    env = environment()
    return subprocess.run(command, cwd=home, env=env, input=given, capture_output=True, check=False)


def test_credentials_are_no_part_of_the_difference(home: Path) -> None:
    token = "ghp_" + "Qm8xT2vLz7RkYw4Nc1Bd5Hs9Jf3Gp6Aa0Ue"
    put(home, OLD + f"    environment: {{TOKEN: {token}}}\n")
    done = pipelint("--diff", cwd=home)
    assert token not in done.stdout + done.stderr
    assert "+    pull: always" in done.stdout
    assert f"TOKEN: {'*' * len(token)}" in done.stdout
    assert pipelint("--fix", cwd=home).stdout.count("Fixed 1 info") == 1
    assert token in (home / ".vela.yml").read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_standard_input_comes_out_mended(home: Path, end: str) -> None:
    text = MISSPELT.replace("\n", end).encode()
    done = run(home, "--fix", "--stdin-filename", ".vela.yml", "-", given=text)
    assert done.stdout == text.replace(b"true", b"always")
    assert b"Fixed 1 info in 1 file. 1 warning remains." in done.stderr
    assert done.returncode == 0
    done = run(home, "--fix", "-", given=text + b"  - {name: b, pull: 3}" + end.encode())
    assert done.returncode == 1


@pytest.mark.parametrize("given", [b"a: 1\n", b"\xff\xff\xff", b"", b"version: [\n"])
def test_what_cannot_be_mended_comes_out_as_it_went_in(home: Path, given: bytes) -> None:
    done = run(home, "--fix", "-", given=given)
    assert done.stdout == given
    assert done.stderr


def test_standard_input_has_a_difference_too(home: Path) -> None:
    done = pipelint("--diff", "--stdin-filename", "ci/.vela.yml", "-", cwd=home, given=OLD)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == ["--- ci/.vela.yml", "+++ ci/.vela.yml"]


@pytest.mark.parametrize("output", ["concise", "json"])
def test_formats_for_programs_hold_what_is_left(home: Path, output: str) -> None:
    put(home, MISSPELT)
    done = pipelint("--fix", "--output-format", output, cwd=home)
    assert "unknown-key" in done.stdout
    assert "deprecated-pull" not in done.stdout
    assert done.stderr == "Fixed 1 info in 1 file. 1 warning remains.\n"
    assert pipelint("--fix", "-qq", cwd=home).stdout == ""


def test_read_only_files_are_told_and_left(home: Path) -> None:
    path = home / ".vela.yml"
    path.chmod(0o444)
    done = pipelint("--fix", cwd=home)
    assert done.returncode == 2
    assert done.stderr == "error: .vela.yml is read-only: not fixed\n"
    assert "deprecated-pull" in done.stdout
    assert path.read_text() == OLD


def test_the_mode_and_links_stay(home: Path) -> None:
    path = home / ".vela.yml"
    (home / "real.yml").write_text(OLD)
    (home / "real.yml").chmod(0o755)
    path.unlink()
    path.symlink_to("real.yml")
    assert pipelint("--fix", cwd=home).returncode == 0
    assert os.readlink(path) == "real.yml"
    assert (home / "real.yml").read_text() == NEW
    assert (home / "real.yml").stat().st_mode & 0o777 == 0o755
    assert sorted(os.listdir(home)) == [".git", ".vela.yml", "real.yml"]


def test_broken_files_wait(home: Path) -> None:
    path = put(home, OLD + "  - [\n")
    done = pipelint("--fix", cwd=home)
    assert done.returncode == 1
    assert done.stderr == "note: .vela.yml is not fixed, since a part of it cannot be read\n"
    assert path.read_text() == OLD + "  - [\n"
    assert "fixable" not in pipelint(cwd=home).stdout


def test_nothing_to_check_is_no_success(tmp_path: Path) -> None:
    assert pipelint("--fix", cwd=tmp_path).returncode == 2
    assert pipelint("--diff", cwd=tmp_path).returncode == 2
    assert pipelint("--diff", "--allow-empty", cwd=tmp_path).returncode == 0


def test_a_baseline_keeps_what_it_knows(home: Path) -> None:
    assert pipelint("baseline", cwd=home).returncode == 0
    assert pipelint("--fix", cwd=home).returncode == 0
    assert (home / ".vela.yml").read_text() == OLD


def test_nothing_is_written_where_the_configuration_is_wrong(home: Path) -> None:
    (home / "pipelint.yaml").write_text("rulez: {}\n")
    done = pipelint("--fix", cwd=home)
    assert done.returncode == 2
    assert (home / ".vela.yml").read_text() == OLD


def test_rules_that_are_not_selected_fix_nothing(home: Path) -> None:
    assert pipelint("--fix", "--select", "missing-image", cwd=home).returncode == 0
    assert (home / ".vela.yml").read_text() == OLD


def test_statistics_count_what_is_left(home: Path) -> None:
    put(home, MISSPELT)
    lines = pipelint("--fix", "--statistics", cwd=home).stdout.splitlines()
    assert lines[-1] == "Fixed 1 info in 1 file. 1 warning remains."
    assert [line.split()[2] for line in lines[:-1]] == ["unknown-key"]


def test_a_plain_check_imports_nothing_of_it(home: Path) -> None:
    code = f"import sys\n{_MAIN.replace('sys.exit(main())', 'main()')}; print(*sys.modules)"
    command = [sys.executable, "-c", code, ".vela.yml"]
    done = subprocess.run(
        command, cwd=home, env=environment(), capture_output=True, text=True, check=True
    )
    modules = done.stdout.splitlines()[-1].split()
    assert "pipelint.vela.dialect" in modules
    assert not {"pipelint.fixing", "pipelint.cli.fix", "pipelint.yaml.removal"} & set(modules)
    assert "tempfile" not in modules
