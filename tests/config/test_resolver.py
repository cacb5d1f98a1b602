"""Which configuration holds for a file, and what it comes to."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.project import ADVICE, ROOT, SECRET, SLOW, Project
from pipelint.config import Command, level_of, option_of


def test_without_configuration_the_defaults_hold(project: Project) -> None:
    settings = project.resolver().settings(project.path(".vela.yml"))
    assert level_of(SLOW, settings) == "warning"
    assert option_of(SLOW, "max", settings) == 64
    assert (settings.config_path, settings.excluded, settings.kind) == (None, "", "")


@pytest.mark.parametrize("name", ["pipelint.yaml", ".pipelint.yaml"])
def test_the_nearest_configuration_upward_holds(project: Project, name: str) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: error}\n")
    near = project.write(f"team/{name}", "rules: {slow-step: info}\n")
    resolver = project.resolver()
    inner = resolver.settings(project.path("team/a/b/.vela.yml"))
    outer = resolver.settings(project.path("other/.vela.yml"))
    assert (level_of(SLOW, inner), inner.config_path) == ("info", near)
    assert level_of(SLOW, outer) == "error"


def test_what_lies_above_the_root_is_not_read(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: error}\n")
    project.write("inner/.git/HEAD")
    resolver = project.resolver(root=None)
    assert level_of(SLOW, resolver.settings(project.path("inner/a.yml"))) == "warning"
    assert level_of(SLOW, resolver.settings(project.path("a.yml"))) == "error"


def test_a_file_outside_the_root_has_no_configuration(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: error}\n")
    resolver = project.resolver(root=project.path("sub"))
    assert level_of(SLOW, resolver.settings(project.path("a.yml"))) == "warning"


def test_a_configuration_that_links_out_of_the_root_is_not_read(project: Project) -> None:
    project.write("other/pipelint.yaml", "rules: {slow-step: error}\n")
    project.write("inner/.git/HEAD")
    os.symlink(project.path("other/pipelint.yaml"), project.path("inner/pipelint.yaml"))
    resolver = project.resolver(root=project.path("inner"))
    assert level_of(SLOW, resolver.settings(project.path("inner/a.yml"))) == "warning"
    (problem,) = resolver.problems
    assert problem.message == "this configuration file is a link out of the repository"


def test_a_named_configuration_is_the_only_one(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: error}\n")
    mine = project.write("ci/mine.yaml", "rules: {undefined-secret: info}\n")
    settings = project.resolver(config=mine).settings(project.path("a.yml"))
    assert settings.levels == {"undefined-secret": "info"}


def test_no_config_reads_none(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: nonsense}\nexclude: ['*']\n")
    resolver = project.resolver(no_config=True)
    assert resolver.settings(project.path("a.yml")).levels == {}
    assert resolver.excluded(project.path("a.yml")) == ""
    assert resolver.problems == []


@pytest.mark.parametrize("cwd", ["", "team", "team/deep"])
@pytest.mark.parametrize("how", ["nearest", "named"])
def test_globs_are_relative_to_the_configuration_whatever_the_current_folder(
    project: Project, monkeypatch: pytest.MonkeyPatch, cwd: str, how: str
) -> None:
    config = project.write(
        "team/pipelint.yaml",
        """
exclude: [vendor/, /top.yml]
overrides:
  - files: [legacy/**]
    rules: {slow-step: off}
files: {ci/*.yml: vela-pipeline}
""",
    )
    project.write("team/deep/a.yml")
    monkeypatch.chdir(project.path(cwd) if cwd else project.root)
    resolver = project.resolver(config=config if how == "named" else None)

    def settings(name: str) -> tuple[str, str, str]:
        found = resolver.settings(os.path.relpath(project.path(name)))
        return level_of(SLOW, found), found.kind, found.excluded

    assert settings("team/a.yml") == ("warning", "", "")
    assert settings("team/legacy/a.yml") == ("off", "", "")
    assert settings("legacy/a.yml") == ("warning", "", "")
    assert settings("team/ci/a.yml") == ("warning", "vela-pipeline", "")
    assert settings("team/deep/ci/a.yml") == ("warning", "", "")
    assert settings("team/deep/vendor/x/a.yml") == ("warning", "", "team/pipelint.yaml:2")
    assert settings("team/top.yml") == ("warning", "", "team/pipelint.yaml:2")
    assert settings("team/deep/top.yml") == ("warning", "", "")


def test_what_is_excluded_stays_so_although_it_brings_a_configuration(project: Project) -> None:
    project.write("pipelint.yaml", "exclude:\n  - vendor/\n")
    project.write("vendor/copy/pipelint.yaml", "rules: {nonsense: off}\n")
    resolver = project.resolver()
    assert resolver.settings(project.path("vendor/copy/a.yml")).excluded == "pipelint.yaml:2"
    assert resolver.problems == []


def test_an_exclusion_can_be_taken_back(project: Project) -> None:
    project.write("pipelint.yaml", "exclude: ['*.yml', '!.vela.yml']\n")
    resolver = project.resolver()
    assert resolver.excluded(project.path("a.yml")) == "pipelint.yaml:1"
    assert resolver.excluded(project.path(".vela.yml")) == ""


LEVELS = [
    # The configuration, then the levels of slow-step, undefined-secret and long-name.
    ("rules: {vela: info}", ("info", "info", "off")),
    ("rules: {slow-step: error, vela: info}", ("error", "info", "off")),
    ("rules: {long-name: info, vela: off}", ("off", "off", "info")),
    ("rules: {unknown-secret: info}", ("warning", "info", "off")),
    ("rules: {slow-step: 'off'}", ("off", "error", "off")),
    ("rules: {slow-step: {max: 3}}", ("warning", "error", "off")),
    (
        """
rules: {slow-step: error}
overrides:
  - {files: '*.yml', rules: {slow-step: info}}
  - {files: '*.yml', rules: {slow-step: off}}
  - {files: '*.json', rules: {slow-step: error}}
""",
        ("off", "error", "off"),
    ),
    (
        """
rules: {slow-step: error, long-name: info}
overrides: [{files: '*.yml', rules: {vela: warning}}]
""",
        ("warning", "warning", "info"),
    ),
    (
        "rules: {long-name: info}\noverrides: [{files: '*.yml', rules: {vela: off}}]\n",
        ("off", "off", "off"),
    ),
]


@pytest.mark.parametrize(("text", "levels"), LEVELS)
def test_overrides_are_stronger_than_names_and_these_than_families(
    project: Project, text: str, levels: tuple[str, str, str]
) -> None:
    project.write("pipelint.yaml", text)
    settings = project.resolver().settings(project.path("a.yml"))
    assert tuple(level_of(rule, settings) for rule in (SLOW, SECRET, ADVICE)) == levels


COMMANDS = [
    # The command line, then slow-step, undefined-secret, long-name (off), runs-as-root.
    (Command(select=("slow-step",)), ("warning", "off", "off", "off")),
    (Command(select=("vela",)), ("warning", "error", "info", "off")),
    (Command(select=("all",)), ("warning", "error", "info", "info")),
    (Command(select=("all",), ignore=("vela",)), ("off", "off", "off", "info")),
    (Command(select=("all", "slow-step"), ignore=("vela",)), ("warning", "off", "off", "info")),
    (Command(ignore=("unknown-secret",)), ("warning", "off", "off", "info")),
    (Command(error=("vela",)), ("error", "error", "off", "info")),
    (Command(info=("long-name",)), ("warning", "error", "info", "info")),
    (Command(ignore=("vela",), error=("slow-step",)), ("error", "off", "off", "info")),
    (Command(ignore=("slow-step",), error=("slow-step",)), ("off", "error", "off", "info")),
    (Command(select=("vela",), info=("undefined-secret",)), ("warning", "info", "info", "off")),
]


@pytest.mark.parametrize(("command", "levels"), COMMANDS)
def test_the_command_line_sets_levels(
    project: Project, command: Command, levels: tuple[str, ...]
) -> None:
    settings = project.resolver(command=command).settings(project.path("a.yml"))
    assert tuple(level_of(rule, settings) for rule in (SLOW, SECRET, ADVICE, ROOT)) == levels


def test_the_command_line_is_stronger_than_overrides(project: Project) -> None:
    project.write("pipelint.yaml", "overrides: [{files: '*', rules: {slow-step: off}}]\n")
    settings = project.resolver(command=Command(error=("slow-step",))).settings(project.path("a"))
    assert level_of(SLOW, settings) == "error"


def test_options_are_read_as_what_their_defaults_are(project: Project) -> None:
    project.write(
        "pipelint.yaml",
        "rules: {slow-step: {level: error, max: 3, strict: true, word: 7, names: [a, b]}}\n",
    )
    settings = project.resolver().settings(project.path("a.yml"))
    assert level_of(SLOW, settings) == "error"
    values = [option_of(SLOW, name, settings) for name in ("max", "strict", "word", "names")]
    assert values == [3, True, "7", ("a", "b")]


def test_an_override_changes_single_options(project: Project) -> None:
    project.write(
        "pipelint.yaml",
        "rules: {slow-step: {max: 3, word: a}}\n"
        "overrides: [{files: x.yml, rules: {slow-step: {max: 5}}}]\n",
    )
    settings = project.resolver().settings(project.path("x.yml"))
    assert settings.options == {"slow-step": {"max": 5, "word": "a"}}


def test_everything_else_is_read(project: Project) -> None:
    schema = project.write("ci/mine.json", "{}")
    catalogue = project.write("ci/catalogue.json", "{}")
    project.write(
        "pipelint.yaml",
        """
catalogue: ci/catalogue.json
schemas: {'*.yml': ci/mine.json}
harness: {era: legacy, flags: [PIPE_A, PIPE_B], plan: team}
vela:
  known-secrets: [docker_*, TOKEN]
  limits: {template-depth: 5}
require-reason: true
""",
    )
    resolver = project.resolver()
    settings = resolver.settings(project.path("a.yml"))
    assert resolver.problems == []
    assert settings.harness == {"era": "legacy", "flags": ("PIPE_A", "PIPE_B"), "plan": "team"}
    assert settings.known_secrets == ("docker_*", "TOKEN")
    assert settings.limits == {"template-depth": 5}
    assert settings.require_reason
    assert (settings.schema, settings.catalogue) == (schema, catalogue)


def test_files_for_which_the_same_holds_share_their_settings(project: Project) -> None:
    """The engine makes its tables once for each settings: a new one for each file is slow."""
    project.write("pipelint.yaml", "overrides: [{files: [a], rules: {slow-step: off}}]")
    resolver = project.resolver()
    one, other, overridden = (resolver.settings(project.path(name)) for name in "bca")
    assert one is other
    assert one is not overridden


def test_a_misnamed_configuration_is_noted(project: Project) -> None:
    path = project.write("pipelint.yml", "rules: {slow-step: off}\n")
    resolver = project.resolver()
    assert resolver.settings(project.path("a.yml")).levels == {}
    assert resolver.notes == [f"{path} is not read: name it pipelint.yaml"]


def test_of_two_names_in_a_folder_the_plain_one_holds(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: off}\n")
    other = project.write(".pipelint.yaml", "rules: {slow-step: error}\n")
    resolver = project.resolver()
    assert resolver.settings(project.path("a.yml")).levels == {"slow-step": "off"}
    assert resolver.notes == [f"{other} is not read: pipelint.yaml stands beside it"]


def test_a_changed_configuration_is_read_after_forgetting(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: off}\n")
    resolver = project.resolver()
    resolver.settings(project.path("a.yml"))
    project.write("pipelint.yaml", "rules: {slow-step: error}\n")
    assert level_of(SLOW, resolver.settings(project.path("a.yml"))) == "off"
    resolver.forget()
    assert level_of(SLOW, resolver.settings(project.path("a.yml"))) == "error"


def test_a_very_deep_folder_is_no_problem(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: off}\n")
    path = os.path.join(project.root, *["d"] * 1500, "a.yml")
    assert level_of(SLOW, project.resolver().settings(path)) == "off"


def test_without_configuration_no_rule_is_loaded_and_nothing_slow_imported() -> None:
    program = """
import sys
from pipelint.config import Resolver
def fail(): raise AssertionError("rules were loaded")
Resolver(fail, root="/nonexistent").settings("/nonexistent/a.yml")
slow = {"pathspec", "pathlib", "hashlib", "dataclasses", "logging", "ruamel", "pipelint.yaml"}
print(*sorted(slow & set(sys.modules)))
"""
    command = [sys.executable, "-SIc", _with_path(program)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def _with_path(program: str) -> str:
    import pipelint

    folder = os.path.dirname(os.path.dirname(pipelint.__file__))
    return f"import sys; sys.path.insert(0, {folder!r})\n{program}"
