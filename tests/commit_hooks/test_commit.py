"""What happens on `git commit`: a real git, a real pre-commit, the hook `pipelint-system`."""

from __future__ import annotations

from pathlib import Path

import pytest

from commit_hooks.repository_with_hooks import (
    BROKEN,
    CONCISE,
    FOUND,
    GOOD,
    SYSTEM,
    Repository,
    shown_hook,
)

# One process makes the repository that offers the hooks, also under pytest-xdist.
pytestmark = pytest.mark.xdist_group("hooks")

PASSED = "pipelint.................................................................Passed\n"
SKIPPED = "pipelint.............................................(no files to check)Skipped\n"
FAILED = """\
pipelint.................................................................Failed
- hook id: pipelint-system
- exit code: 1

"""
WARNED = GOOD.replace("commands:", "ruleset: {event: [pul]}\n    commands:")
OTHER = "replicas: 3\n"
CALLS = """\
version: "1"
templates:
  - {name: build, source: templates/build.yml, type: file}
steps:
  - name: build
    template: {name: build}
"""
BUILD = "steps:\n  - {name: compile, image: golang:1.24, commands: [go build]}\n"


def refusal(path: str = ".vela.yml") -> str:
    return f"{FAILED}{FOUND.format(path)}\n\n"


# --- the plain cases -----------------------------------------------------------------------------


def test_a_good_pipeline_is_committed(repository: Repository) -> None:
    repository.stage({".vela.yml": GOOD})
    done = repository.commit()
    assert (done.stdout, done.returncode) == (PASSED, 0)
    assert repository.git("show", "HEAD:.vela.yml") == GOOD


def test_a_mistake_fails_the_commit_with_one_line(repository: Repository) -> None:
    repository.stage({".vela.yml": BROKEN})
    done = repository.commit()
    assert (done.stdout, done.returncode) == (refusal(), 1)
    assert repository.git("log", "--format=%s") == "the hooks\n"


def test_without_options_the_line_and_the_remedy_are_shown(bare: Repository, offered: Path) -> None:
    bare.use(SYSTEM, offered)
    bare.stage({".vela.yml": BROKEN})
    done = bare.commit()
    assert (done.stdout, done.returncode) == (FAILED + WHOLE.format(".vela.yml"), 1)


WHOLE = """\
error[missing-image]: step `test` has no image
 --> {}:3:11
  |
3 |   - name: test
  |           ^^^^ every step needs one
  |
  = help: add `image: …`

Found 1 error in 1 file.

"""


def test_a_warning_passes(repository: Repository) -> None:
    repository.stage({".vela.yml": WARNED})
    assert repository.commit().stdout == PASSED


# --- files that are no pipelines -----------------------------------------------------------------


def test_other_yaml_is_left_alone(repository: Repository) -> None:
    repository.stage({"values.yaml": OTHER, ".github/workflows/ci.yml": "on: push\njobs: {}\n"})
    done = repository.commit()
    assert (done.stdout, done.returncode) == (SKIPPED, 0)


def test_other_yaml_among_pipelines_is_named_and_passes(bare: Repository, offered: Path) -> None:
    bare.use(f"{SYSTEM}\n  verbose: true", offered)
    bare.stage({".harness/values.yaml": OTHER})
    done = bare.commit()
    assert done.returncode == 0
    note = "note: 1 file not checked: .harness/values.yaml (not a Harness or Vela file)"
    assert done.stdout.splitlines().count(note) == 1


def test_what_the_configuration_excludes_passes(repository: Repository) -> None:
    repository.stage({"pipelint.yaml": "exclude: [old/]\n", "old/.vela.yml": BROKEN})
    assert repository.commit().stdout == PASSED


def test_a_broken_configuration_fails_the_commit(repository: Repository) -> None:
    repository.stage({"pipelint.yaml": "exclud: [old/]\n", ".vela.yml": GOOD})
    done = repository.commit()
    assert "- exit code: 2\n" in done.stdout
    assert "error[configuration]: unknown key `exclud`\n --> pipelint.yaml:1:1\n" in done.stdout
    assert done.returncode == 1


# --- what is staged counts, not what lies in the folder ------------------------------------------


def test_a_mistake_that_is_not_staged_passes(repository: Repository) -> None:
    repository.stage({".vela.yml": GOOD})
    repository.write(".vela.yml", BROKEN)
    done = repository.commit()
    assert done.returncode == 0, done.stdout
    assert repository.git("show", "HEAD:.vela.yml") == GOOD
    assert repository.read(".vela.yml") == BROKEN


def test_a_mistake_that_is_mended_but_staged_fails(repository: Repository) -> None:
    repository.stage({".vela.yml": BROKEN})
    repository.write(".vela.yml", GOOD)
    done = repository.commit()
    assert refusal() in done.stdout
    assert done.returncode == 1
    assert repository.read(".vela.yml") == GOOD


def test_commit_all_stages_the_mistake_itself(repository: Repository) -> None:
    repository.stage({".vela.yml": GOOD})
    repository.commit()
    repository.write(".vela.yml", BROKEN)
    done = repository.commit("-a")
    assert (done.stdout, done.returncode) == (refusal(), 1)


def test_a_deleted_pipeline_passes(repository: Repository) -> None:
    repository.stage({".vela.yml": BROKEN})
    repository.commit("--no-verify")
    repository.git("rm", "--quiet", ".vela.yml")
    done = repository.commit()
    assert (done.stdout, done.returncode) == (SKIPPED, 0)


def test_a_file_that_is_renamed_to_a_pipeline_is_checked(repository: Repository) -> None:
    repository.stage({"draft.yml": BROKEN})
    assert repository.commit().returncode == 0
    repository.git("mv", "draft.yml", ".vela.yml")
    done = repository.commit()
    assert (done.stdout, done.returncode) == (refusal(), 1)


# --- names and places ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "team a/größe 🚀/.vela.yml",
        "--exit-zero/.vela.yml",
        "--exclude=*/.vela.yml",
        "$(date)/.vela.yml",
        "it's/.vela.yml",
        '"quoted"/.vela.yml',
    ],
)
def test_any_name_is_checked(bare: Repository, offered: Path, path: str) -> None:
    bare.use(SYSTEM, offered)
    bare.stage({path: BROKEN})
    done = bare.commit()
    assert (done.stdout, done.returncode) == (FAILED + WHOLE.format(path), 1)


def test_a_commit_from_a_folder_tells_paths_from_the_root(repository: Repository) -> None:
    repository.stage({"services/shop/.vela.yml": BROKEN})
    done = repository.commit(cwd="services/shop")
    assert (done.stdout, done.returncode) == (refusal("services/shop/.vela.yml"), 1)


def test_a_commit_in_another_work_tree(repository: Repository) -> None:
    repository.git("worktree", "add", "--quiet", "--detach", "../other")
    (repository.path / "../other/.vela.yml").write_text(BROKEN, encoding="utf-8")
    repository.git("add", ".vela.yml", cwd="../other")
    done = repository.commit(cwd="../other")
    assert (done.stdout, done.returncode) == (refusal(), 1)


def test_a_badly_resolved_merge_is_refused(repository: Repository) -> None:
    repository.stage({".vela.yml": GOOD})
    repository.commit()
    repository.git("switch", "--quiet", "--create", "newer")
    repository.stage({".vela.yml": GOOD.replace("1.24", "1.25")})
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.stage({".vela.yml": GOOD.replace("1.24", "1.26")})
    repository.commit()
    assert repository.run("git", "merge", "newer").returncode == 1
    repository.stage({".vela.yml": BROKEN})
    done = repository.commit()
    note = "[INFO] Checking merge-conflict files only.\n"
    assert (done.stdout, done.returncode) == (note + refusal(), 1)
    repository.stage({".vela.yml": GOOD})
    assert repository.commit().returncode == 0


# --- the repository around the staged files ------------------------------------------------------


def test_a_template_is_read_where_it_lies(repository: Repository) -> None:
    repository.stage({"templates/build.yml": BUILD})
    repository.commit()
    repository.stage({".vela.yml": CALLS})
    assert repository.commit().stdout == PASSED


def test_a_template_that_is_nowhere_fails(repository: Repository) -> None:
    repository.stage({".vela.yml": CALLS})
    done = repository.commit()
    assert "error[missing-template-file]" in done.stdout
    assert done.returncode == 1


def test_all_files_are_checked_where_that_is_configured(bare: Repository, offered: Path) -> None:
    bare.use(shown_hook("always_run"), offered)
    bare.stage({".vela.yml": CALLS, "templates/build.yml": BUILD})
    assert bare.commit().stdout == PASSED
    bare.git("rm", "--quiet", "templates/build.yml")
    done = bare.commit()
    assert "error[missing-template-file]" in done.stdout
    assert done.returncode == 1


def test_nothing_to_check_passes_where_all_are_checked(bare: Repository, offered: Path) -> None:
    bare.use(shown_hook("always_run"), offered)
    bare.stage({"values.yaml": OTHER})
    assert bare.commit().stdout == PASSED


# --- configured as the page shows ----------------------------------------------------------------


def test_other_places_can_be_named(bare: Repository, offered: Path) -> None:
    bare.use(f"{shown_hook('files:').rstrip()}\n  {CONCISE}", offered)
    path = "deploy/pipelines/release.yaml"
    bare.stage({path: BROKEN, "deploy/pipelines/values.yaml": OTHER})
    done = bare.commit()
    assert FOUND.format(path) in done.stdout.splitlines()
    assert done.returncode == 1


def test_a_stricter_level_can_be_asked_for(bare: Repository, offered: Path) -> None:
    hook = shown_hook("--fail-on").replace("  additional_dependencies: [jsonschema]\n", "")
    bare.use(hook, offered)
    bare.stage({".vela.yml": WARNED})
    done = bare.commit()
    assert "warning[unknown-event]" in done.stdout
    assert done.returncode == 1


def test_mistakes_can_be_mended(bare: Repository, offered: Path) -> None:
    bare.use(shown_hook("--fix"), offered)
    bare.stage({".vela.yml": FIXABLE})
    done = bare.commit()
    assert "- files were modified by this hook\n" in done.stdout
    assert done.returncode == 1
    assert bare.read(".vela.yml") == FIXABLE.replace("pull: true", "pull: always")
    assert bare.commit("-a").returncode == 0


FIXABLE = GOOD.replace("commands:", "pull: true\n    commands:")
