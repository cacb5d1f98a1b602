"""`extends` builds on other files of the repository: what the extending file says holds."""

from __future__ import annotations

import pytest

from config.project import SECRET, SLOW, Project
from pipelint.config import level_of


def test_the_extending_file_has_the_last_word_and_lists_add_up(project: Project) -> None:
    project.write(
        "ci/shared.yaml",
        "rules: {slow-step: error, undefined-secret: info}\n"
        "vela: {known-secrets: [a], limits: {report-as: 3, token-steps: 4}}\n"
        "harness: {era: legacy, flags: [A]}\nrequire-reason: true\n",
    )
    project.write(
        "pipelint.yaml",
        "extends: ci/shared.yaml\nrules: {slow-step: off}\n"
        "vela: {known-secrets: [b], limits: {report-as: 5}}\n"
        "harness: {flags: [B], plan: free}\n",
    )
    settings = project.resolver().settings(project.path("a.yml"))
    assert (level_of(SLOW, settings), level_of(SECRET, settings)) == ("off", "info")
    assert settings.known_secrets == ("a", "b")
    assert settings.limits == {"report-as": 5, "token-steps": 4}
    assert settings.harness == {"era": "legacy", "flags": ("A", "B"), "plan": "free"}
    assert settings.require_reason
    assert settings.config_path == project.path("pipelint.yaml")


def test_of_several_the_later_one_is_stronger(project: Project) -> None:
    project.write("one.yaml", "rules: {slow-step: error}\n")
    project.write("two.yaml", "rules: {slow-step: info}\n")
    project.write("pipelint.yaml", "extends: [one.yaml, two.yaml]\n")
    assert level_of(SLOW, project.resolver().settings(project.path("a.yml"))) == "info"


def test_paths_and_globs_belong_to_the_file_that_writes_them(project: Project) -> None:
    project.write("ci/schema.json", "{}")
    project.write("ci/shared.yaml", "exclude: [old/]\nschemas: {'*.yml': schema.json}\n")
    project.write("pipelint.yaml", "extends: ci/shared.yaml\n")
    resolver = project.resolver()
    inside = resolver.settings(project.path("ci/old/a.yml"))
    assert inside.excluded == "ci/shared.yaml:1"
    assert inside.schema == project.path("ci/schema.json")
    assert resolver.settings(project.path("old/a.yml")).excluded == ""


@pytest.mark.parametrize(
    ("files", "place", "message"),
    [
        (
            {"pipelint.yaml": "extends: pipelint.yaml"},
            "pipelint.yaml",
            "`extends` goes in a circle: `pipelint.yaml` → `pipelint.yaml`",
        ),
        (
            {
                "pipelint.yaml": "extends: b.yaml",
                "b.yaml": "extends: [c.yaml]",
                "c.yaml": "extends: b.yaml",
            },
            "b.yaml",
            "`extends` goes in a circle: `b.yaml` → `c.yaml` → `b.yaml`",
        ),
    ],
)
def test_a_circle_is_reported_once(
    project: Project, files: dict[str, str], place: str, message: str
) -> None:
    for name, text in files.items():
        project.write(name, text)
    resolver = project.resolver()
    resolver.settings(project.path("a.yml"))
    resolver.settings(project.path("sub/a.yml"))
    (problem,) = resolver.problems
    assert problem.message == message
    assert problem.source is not None
    assert problem.source.text[problem.span.start : problem.span.end] == place


def test_a_chain_has_an_end(project: Project) -> None:
    project.write("pipelint.yaml", "extends: c0.yaml")
    for number in range(1200):
        project.write(f"c{number}.yaml", f"extends: c{number + 1}.yaml")
    project.write("c1200.yaml")
    resolver = project.resolver()
    resolver.settings(project.path("a.yml"))
    (problem,) = resolver.problems
    assert problem.message == "`extends` goes on for more than 20 files"


def test_many_ways_to_one_file_cost_one_reading(project: Project) -> None:
    for number in range(18):
        names = f"[x{number + 1}.yaml, y{number + 1}.yaml]"
        for letter in "xy":
            project.write(f"{letter}{number}.yaml", f"extends: {names}\n")
    project.write("x18.yaml", "rules: {slow-step: info}\n")
    project.write("y18.yaml", "rules: {nonsense: off}\n")
    project.write("pipelint.yaml", "extends: [x0.yaml, y0.yaml]\n")
    resolver = project.resolver()
    assert level_of(SLOW, resolver.settings(project.path("a.yml"))) == "info"
    assert [problem.message for problem in resolver.problems] == ["unknown rule `nonsense`"]


def test_in_a_workspace_that_is_not_trusted_no_other_file_is_read(project: Project) -> None:
    text = (
        "extends: shared.yaml\nschemas: {'*': s.json}\ncatalogue: c.json\nrules: {slow-step: off}\n"
    )
    project.write("pipelint.yaml", text)
    project.write("shared.yaml", "rules: {undefined-secret: off}\n")
    resolver = project.resolver(trusted=False)
    settings = resolver.settings(project.path("a.yml"))
    assert settings.levels == {"slow-step": "off"}
    assert (settings.schema, settings.catalogue, resolver.problems) == (None, None, [])
    covered = [text[problem.span.start : problem.span.end] for problem in resolver.withheld]
    assert covered == ["extends", "schemas", "catalogue"]
