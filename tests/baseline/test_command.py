"""`pipelint baseline`: what it writes, what a check makes of it, how it is kept up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelint import check_text
from repository import pipelint

CLEAN = 'version: "1"\nsteps:\n  - name: a\n    image: b\n    commands: [c]\n'
TWO = 'version: "1"\nsteps:\n  - {name: a, commands: [b]}\n  - {name: c, commands: [d]}\n'
NAME = ".pipelint-baseline.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a work tree with three findings in two files."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".vela.yml", TWO)
    write(tmp_path, "team/.vela.yml", TWO.replace("name: c, ", "name: c, image: e, "))
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run the command; return what it printed."""
    done = pipelint(*arguments, cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def entries(folder: Path, name: str = NAME) -> list[tuple[str, str, str]]:
    """Return path, rule and place of each entry, in the order of the file."""
    findings = json.loads((folder / name).read_text(encoding="utf-8"))["findings"]
    return [(one["path"], one["rule"], one["at"]) for one in findings]


def report(folder: Path, *arguments: str) -> Any:
    return json.loads(pipelint("--output-format", "json", *arguments, cwd=folder).stdout)


# --- writing and reading -------------------------------------------------------------------------


def test_what_is_recorded_is_not_reported_again(folder: Path) -> None:
    run(folder, code=1)
    said = run(folder, "baseline")
    assert said == (
        f"Recorded 3 findings of 2 files in {NAME}."
        " They are not reported again; new findings are.\n"
    )
    assert run(folder) == "No problems in 2 files (2 Vela); 3 findings in the baseline.\n"
    assert report(folder)["summary"]["suppressed"] == 3


def test_a_new_mistake_is_reported(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, ".vela.yml", "# grown\n\n" + TWO + "  - {name: e, commands: [f]}\n")
    (only,) = report(folder)["diagnostics"]
    assert (only["path"], only["start"]["line"]) == (".vela.yml", 7)
    run(folder, code=1)


def test_one_line_holds_one_entry_and_no_line_number(folder: Path) -> None:
    run(folder, "baseline")
    text = (folder / NAME).read_text(encoding="utf-8")
    assert text.isascii()
    assert len(text.splitlines()) == 3 + 2
    assert entries(folder) == [
        (".vela.yml", "missing-image", "steps[a].name"),
        (".vela.yml", "missing-image", "steps[c].name"),
        ("team/.vela.yml", "missing-image", "steps[a].name"),
    ]
    assert set(json.loads(text)["findings"][0]) == {"path", "rule", "at", "fingerprint"}


def test_the_same_findings_give_the_same_bytes(folder: Path) -> None:
    run(folder, "baseline")
    before = (folder / NAME).read_bytes()
    write(folder, ".vela.yml", "# moved\n" + TWO)
    assert run(folder, "baseline") == f"Nothing has changed: 3 findings of 2 files in {NAME}.\n"
    assert (folder / NAME).read_bytes() == before


def test_a_new_finding_is_one_new_line(folder: Path) -> None:
    run(folder, "baseline")
    before = (folder / NAME).read_text().splitlines()
    write(folder, ".vela.yml", TWO + "  - {name: b, commands: [f]}\n")
    assert "Recorded 4 findings of 2 files in" in run(folder, "baseline")
    after = (folder / NAME).read_text().splitlines()
    assert len(set(after) - set(before)) == 1
    assert [line for line in after if line in before] == before


def test_a_literal_credential_is_not_in_it(folder: Path) -> None:
    token = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"[:36]
    text = TWO.replace("name: a,", f"name: {token}, environment: {{TOKEN: {token}}},")
    write(folder, ".vela.yml", text)
    run(folder, "baseline")
    assert "steps[****" in (folder / NAME).read_text()
    assert token not in (folder / NAME).read_text()


def test_nothing_found_is_an_empty_baseline(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".vela.yml", CLEAN)
    assert "Recorded 0 findings of 0 files" in run(tmp_path, "baseline")
    assert entries(tmp_path) == []


def test_quiet_says_nothing(folder: Path) -> None:
    assert run(folder, "baseline", "-q") == ""


@pytest.mark.parametrize("flag", ["--no-baseline", "--no-ignores", "--no-config"])
def test_a_flag_shows_what_it_hides(folder: Path, flag: str) -> None:
    run(folder, "baseline")
    assert len(report(folder, flag)["diagnostics"]) == 3


def test_standard_input_is_compared_with_the_baseline_of_its_name(folder: Path) -> None:
    run(folder, "baseline")
    for name, code in [(".vela.yml", 0), ("other/.vela.yml", 1)]:
        done = pipelint("-", "--stdin-filename", name, cwd=folder, given=TWO)
        assert done.returncode == code


def test_it_is_written_from_all_that_is_found_not_from_what_an_older_one_leaves(
    folder: Path,
) -> None:
    run(folder, "baseline")
    write(folder, ".vela.yml", TWO + "  - {name: e, commands: [f]}\n")
    assert f"Recorded 4 findings of 2 files in {NAME}: 1 new, 0 gone." in run(folder, "baseline")


def test_what_a_comment_hides_is_not_recorded(folder: Path) -> None:
    write(folder, ".vela.yml", "# pipelint: ignore-file[missing-image] why\n" + TWO)
    run(folder, "baseline")
    assert {path for path, _, _ in entries(folder)} == {"team/.vela.yml"}


def test_python_sees_what_the_command_line_sees(folder: Path) -> None:
    run(folder, "baseline")
    code = "import pipelint; print(pipelint.check_paths(['.']), len(pipelint.check_text({!r})))"
    text = code.format(TWO + "  - {name: e, commands: [f]}\n")
    assert pipelint(cwd=folder, command=[sys.executable, "-c", text]).stdout == "[] 1\n"
    (folder / NAME).write_text("{")
    with pytest.raises(ValueError, match=f"{NAME}: this baseline is no JSON"):
        check_text(TWO, str(folder / ".vela.yml"))


# --- where it lies -------------------------------------------------------------------------------


def test_it_lies_at_the_root_also_when_it_is_written_from_below(folder: Path) -> None:
    run(folder / "team", "baseline")
    assert entries(folder) == [("team/.vela.yml", "missing-image", "steps[a].name")]
    assert run(folder / "team") == "No problems in 1 file; 1 finding in the baseline.\n"


def test_the_nearest_one_upward_holds(folder: Path) -> None:
    write(folder, f"team/{NAME}", '{"version": 1, "findings": []}')
    run(folder, "baseline")
    assert [path for path, _, _ in entries(folder)] == [".vela.yml", ".vela.yml"]
    assert [path for path, _, _ in entries(folder, f"team/{NAME}")] == ["team/.vela.yml"]
    run(folder)


def test_the_configuration_may_name_it(folder: Path) -> None:
    write(folder, "pipelint.yaml", "baseline: ci/known.json\n")
    (folder / "ci").mkdir()
    run(folder, "baseline")
    assert len(entries(folder, "ci/known.json")) == 3
    assert not (folder / NAME).exists()
    run(folder)
    assert f"baseline: {(folder / 'ci' / 'known.json').resolve()}" in run(folder, "--show-settings")


def test_one_that_is_named_and_missing_is_an_error(folder: Path) -> None:
    write(folder, "pipelint.yaml", "baseline: known.json\n")
    said = run(folder, code=2)
    assert "known.json: this baseline cannot be read: no such file" in said
    assert "write it anew with `pipelint baseline`" in said


def test_a_file_of_another_name_is_to_be_named_in_the_configuration(folder: Path) -> None:
    said = run(folder, "baseline", "--output", "known.json")
    assert "note: name it in pipelint.yaml, so that it is found: `baseline: known.json`" in said
    write(folder, "pipelint.yaml", "baseline: known.json\n")
    run(folder)
    assert "note" not in run(folder, "baseline", "--output", "known.json")


def test_it_never_leaves_the_root(folder: Path) -> None:
    said = run(folder, "baseline", "--output", "../known.json", code=2)
    assert "leads out of" in said
    (folder / NAME).symlink_to(folder.parent / "known.json")
    said = run(folder, code=2)
    assert f"{NAME}: this baseline is a link out of the repository" in said


def test_without_git_each_folder_has_its_own(folder: Path) -> None:
    """A root is the file's own folder there, as for configurations."""
    (folder / ".git").rmdir()
    run(folder, "baseline")
    assert len(entries(folder)) == 2
    assert len(entries(folder, f"team/{NAME}")) == 1
    run(folder)


def test_without_git_a_root_can_be_named(folder: Path) -> None:
    (folder / ".git").rmdir()
    run(folder, "baseline", "--root", ".")
    assert len(entries(folder)) == 3
    run(folder, "--root", ".")


# --- parts, and what goes ------------------------------------------------------------------------


def test_a_part_is_written_and_the_rest_stays(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, ".vela.yml", CLEAN)
    write(folder, "team/.vela.yml", TWO)
    run(folder, "baseline", "team")
    assert [path for path, _, _ in entries(folder)] == [".vela.yml"] * 2 + ["team/.vela.yml"] * 2


def test_stale_entries_are_told(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, ".vela.yml", TWO.replace("name: a, ", "name: a, image: b, "))
    note = "note: 1 baseline entry no longer occurs; drop it with `pipelint baseline --prune`\n"
    assert run(folder).endswith(note)
    assert run(folder, ".vela.yml").endswith(note)
    assert "note" not in run(folder, "team")
    assert "note" not in run(folder, "-q")
    (folder / "team" / ".vela.yml").unlink()
    note = "note: 2 baseline entries no longer occur; drop them with `pipelint baseline --prune`\n"
    assert run(folder).endswith(note)
    assert "note: 1 " in run(folder, ".vela.yml")


def test_rules_that_were_not_asked_for_make_nothing_stale(folder: Path) -> None:
    run(folder, "baseline")
    assert "note" not in run(folder, "--select", "needs-cycle")
    assert "note" not in run(folder, "--ignore", "missing-image")


def test_prune_drops_what_is_gone_and_adds_nothing(folder: Path) -> None:
    run(folder, "baseline")
    text = TWO.replace("name: a, ", "name: a, image: b, ") + "  - {name: e, commands: [f]}\n"
    write(folder, ".vela.yml", text)
    assert run(folder, "baseline", "--prune") == f"Dropped 1: 2 findings left in {NAME}.\n"
    assert "note" not in run(folder, code=1)
    again = f"Nothing to drop: 2 findings in {NAME}, all of them still found.\n"
    assert run(folder, "baseline", "--prune") == again


@pytest.mark.parametrize("to", ["service/.vela.yml", ".vela.yaml"])
def test_prune_follows_a_file_that_was_moved(folder: Path, to: str) -> None:
    run(folder, "baseline")
    write(folder, to, (folder / ".vela.yml").read_text() + "  - {name: e, commands: [f]}\n")
    (folder / ".vela.yml").unlink()
    assert len(report(folder)["diagnostics"]) == 3
    assert run(folder, "baseline", "--prune") == f"Moved 2: 3 findings left in {NAME}.\n"
    (only,) = report(folder)["diagnostics"]
    assert only["start"]["line"] == 5


def test_prune_does_not_follow_to_a_file_that_is_another_one(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, "new/.vela.yml", TWO.replace("name: a", "name: x").replace("name: c", "name: y"))
    (folder / ".vela.yml").unlink()
    assert run(folder, "baseline", "--prune") == f"Dropped 2: 1 finding left in {NAME}.\n"


def test_prune_keeps_what_cannot_be_known_now(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, ".vela.yml", 'version: "1"\nsteps: [\n')
    write(folder, "pipelint.yaml", "overrides: [{files: team, rules: {missing-image: off}}]\n")
    assert "Nothing to drop: 3 findings" in run(folder, "baseline", "--prune")
    write(folder, ".vela.yml", TWO)
    assert "3 findings" in run(folder, "baseline", "--prune")


def test_what_is_excluded_is_dropped(folder: Path) -> None:
    run(folder, "baseline")
    write(folder, "pipelint.yaml", "exclude: [team/]\n")
    assert run(folder, "baseline", "--prune") == f"Dropped 1: 2 findings left in {NAME}.\n"


def test_prune_works_when_every_file_is_gone(folder: Path) -> None:
    run(folder, "baseline")
    (folder / ".vela.yml").unlink()
    (folder / "team" / ".vela.yml").unlink()
    assert run(folder, "baseline", "--prune") == f"Dropped 3: 0 findings left in {NAME}.\n"


# --- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--prune", f"there is no baseline at {NAME}"),
        ("missing.yml", "missing.yml: no such file or folder"),
        ("--prun", "a flag with a similar name exists: `--prune`"),
        ("--config none.yaml", "no configuration at none.yaml"),
        ("--output", "`--output` needs a value"),
        ("--output no/such/folder.json", "cannot write no/such/folder.json: no such file"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(folder: Path, arguments: str, said: str) -> None:
    before = sorted(folder.rglob("*"))
    assert said in run(folder, "baseline", *arguments.split(), code=2)
    assert sorted(folder.rglob("*")) == before


def test_nothing_to_check_is_told(tmp_path: Path) -> None:
    assert "found no Harness or Vela files under this folder" in run(tmp_path, "baseline", code=2)


def test_a_broken_configuration_leaves_the_baseline_alone(folder: Path) -> None:
    run(folder, "baseline")
    before = (folder / NAME).read_bytes()
    write(folder, "pipelint.yaml", "rulez: {}\n")
    write(folder, ".vela.yml", CLEAN)
    assert "unknown key `rulez`" in run(folder, "baseline", code=2)
    assert (folder / NAME).read_bytes() == before


def test_help_tells_what_it_does(tmp_path: Path) -> None:
    said = run(tmp_path, "baseline", "--help")
    assert said.startswith("usage: pipelint baseline [--prune] [OPTIONS] [PATH]...")
    assert NAME in said
