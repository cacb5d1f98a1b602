"""A mistake in a configuration is reported like one in a pipeline: on its place, with a way out."""

from __future__ import annotations

import pytest

from config.project import Project

# The text, the part of it under the caret, the message, the help.
MISTAKES = [
    (
        "overide: []",
        "overide",
        "unknown key `overide`",
        "a setting with a similar name exists: `overrides`",
    ),
    (
        "rules: {undefind-secret: off}",
        "undefind-secret",
        "unknown rule `undefind-secret`",
        "a rule with a similar name exists: `undefined-secret`",
    ),
    (
        "rules: {securty: off}",
        "securty",
        "unknown rule `securty`",
        "a family with a similar name exists: `security`",
    ),
    (
        "rules: {zzzzzz: off}",
        "zzzzzz",
        "unknown rule `zzzzzz`",
        "list all rules with `pipelint rules`",
    ),
    (
        "rules: {slow-step: warn}",
        "warn",
        "unknown level `warn`",
        "known: `off`, `info`, `warning`, `error`",
    ),
    (
        "rules: {slow-step: Warning}",
        "Warning",
        "unknown level `Warning`",
        "a level with a similar name exists: `warning`",
    ),
    (
        "rules: {slow-step: {level: eror}}",
        "eror",
        "unknown level `eror`",
        "a level with a similar name exists: `error`",
    ),
    (
        "rules: {slow-step: {maxx: 3}}",
        "maxx",
        "`slow-step` has no option `maxx`",
        "an option with a similar name exists: `max`",
    ),
    (
        "rules: {vela: {max: 3}}",
        "max",
        "a family has no option `max`",
        "options belong to rules",
    ),
    ("rules: {slow-step: {max: many}}", "many", "`max` must be a whole number, found `many`", ""),
    ('rules: {slow-step: {max: "3"}}', '"3"', "`max` must be a whole number, found `3`", ""),
    (
        "rules: {slow-step: {strict: yes}}",
        "yes",
        "`strict` must be `true` or `false`, found `yes`",
        "",
    ),
    ("rules: [slow-step]", "[", "`rules` must be a map of rules to levels, found a list", ""),
    ("- rules", "-", "a configuration must be a map of settings, found a list", ""),
    ("exclude: vendor/", "vendor/", "`exclude` must be a list of texts, found `vendor/`", ""),
    ("exclude: [[a]]", "[", "an item of `exclude` must be text, found a list", ""),
    (
        "exclude: [../vendor]",
        "../vendor",
        "`../vendor` leads out of the folder of this file",
        "globs match what lies below this file",
    ),
    (
        "overrides: [{file: a, rules: {}}]",
        "file",
        "unknown key `file`",
        "a setting of an override with a similar name exists: `files`",
    ),
    ("overrides: [{rules: {}}]", "rules", "this override needs `files`", ""),
    (
        "files: {'ci/*.yml': vela-pipline}",
        "vela-pipline",
        "unknown kind `vela-pipline`",
        "a kind with a similar name exists: `vela-pipeline`",
    ),
    (
        "harness: {era: old}",
        "old",
        "unknown era `old`",
        "known: `current`, `legacy`",
    ),
    (
        "vela: {limits: {templates-depth: 4}}",
        "templates-depth",
        "unknown key `templates-depth`",
        "a limit with a similar name exists: `template-depth`",
    ),
    (
        "vela: {limits: {template-depth: deep}}",
        "deep",
        "`template-depth` must be a whole number, found `deep`",
        "",
    ),
    ("require-reason: on", "on", "`require-reason` must be `true` or `false`, found `on`", ""),
    (
        "required-version: new",
        "new",
        "`new` is no version",
        'write for example `">=0.2, <1"`',
    ),
    (
        "extends: https://example.com/pipelint.yaml",
        "https://example.com/pipelint.yaml",
        "`extends` must be a path, found a URL",
        "write a path relative to this file",
    ),
    (
        "catalogue: /etc/passwd",
        "/etc/passwd",
        "`catalogue` must be a relative path",
        "write a path relative to this file",
    ),
    (
        "catalogue: ../other.json",
        "../other.json",
        "`../other.json` leads out of the repository",
        "",
    ),
    (
        "schemas: {'*.yml': mine.json}",
        "mine.json",
        "there is no file `mine.json`",
        "paths are relative to this file",
    ),
    ("exclude: []\nexclude: []", "exclude", "the key `exclude` stands twice", ""),
    ("exclude: []\n---\nrules: {}", "r", "a configuration is one YAML document", ""),
]


@pytest.mark.parametrize(("text", "covered", "message", "hint"), MISTAKES)
def test_a_mistake_is_reported_on_its_place(
    project: Project, text: str, covered: str, message: str, hint: str
) -> None:
    (problem,) = project.problems(text)
    start, end = problem.span
    assert (text[start:end], problem.message, problem.help) == (covered, message, hint)
    assert problem.path == project.path("pipelint.yaml")
    assert problem.source is not None
    assert problem.source.text == text


def test_a_repeated_key_is_reported_where_it_stands_again(project: Project) -> None:
    (problem,) = project.problems("exclude: []\nexclude: []\n")
    assert problem.source is not None
    assert problem.source.position(problem.span.start) == (2, 1)


def test_text_that_is_no_yaml_is_reported_and_nothing_of_it_holds(project: Project) -> None:
    problems = project.problems("rules: {slow-step: off}\nexclude: [")
    assert problems
    assert project.resolver().settings(project.path("a.yml")).levels == {}


def test_what_is_right_beside_a_mistake_still_holds(project: Project) -> None:
    project.write("pipelint.yaml", "rules: {slow-step: off, nonsense-name: off}\n")
    assert project.resolver().settings(project.path("a.yml")).levels == {"slow-step": "off"}


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "rules:\n", "exclude:\n  # - vendor/\n", "overrides: ~\n"]
)
def test_an_empty_value_is_no_mistake(project: Project, text: str) -> None:
    assert project.problems(text) == []


def test_a_file_that_is_not_text_is_reported(project: Project) -> None:
    path = project.write("pipelint.yaml")
    with open(path, "wb") as file:
        file.write(b"rules:\n  \xff: off\n")
    resolver = project.resolver()
    resolver.settings(project.path("a.yml"))
    (problem,) = resolver.problems
    assert problem.message == "this configuration file is not UTF-8 text (line 2)"
    assert problem.source is None


def test_a_configuration_that_is_named_but_missing_is_reported(project: Project) -> None:
    resolver = project.resolver(config=project.path("none.yaml"))
    resolver.settings(project.path("a.yml"))
    (problem,) = resolver.problems
    assert problem.path == project.path("none.yaml")
    assert problem.message == ("this configuration file cannot be read: no such file or directory")


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (">=0.0.1", True),
        (">=0.0.1, <99", True),
        ("<0.0.1", False),
        ("99.1", False),
        ("!=99", True),
        (">= 99.0", False),
    ],
)
def test_a_version_that_does_not_fit_is_reported(
    project: Project, wanted: str, *, fits: bool
) -> None:
    problems = project.problems(f'required-version: "{wanted}"')
    messages = [] if fits else [f"this configuration needs pipelint `{wanted}`"]
    assert [problem.message for problem in problems] == messages
