"""Templates of type `file`, read from the repository of the pipeline that uses them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelint.config import Resolver
from pipelint.engine import Checked
from pipelint.project import Project
from pipelint.registry import all_rules

CALLED = """\
version: "1"
templates:
  - name: build
    source: templates/build.yml
    type: file
steps:
  - name: build
    template:
      name: build
"""
INLINE = """\
version: "1"
metadata:
  render_inline: true
templates:
  - name: build
    source: templates/build.yml
    type: file
"""
STEPS = "steps:\n  - name: compile\n    image: golang:1.24\n    commands: [go build]\n"
STAGES = "stages:\n  build:\n" + "".join(f"    {line}\n" for line in STEPS.splitlines())
NESTED = """\
templates:
  - name: {0}
    source: templates/{0}.yml
    type: file
steps:
  - name: {0}
    template:
      name: {0}
"""
INLINE_NESTED = """\
metadata:
  render_inline: true
templates:
  - name: {0}
    source: templates/{0}.yml
    type: file
"""
A_STEP = "steps:\n  - {name: test, image: alpine:3.22, commands: [ls]}\n"


def check(folder: Path, pipeline: str, templates: Mapping[str, str], **limits: int) -> list[str]:
    """Write a repository and return what is said of its pipeline: rule and covered text."""
    (folder / ".git").mkdir()
    (folder / "templates").mkdir()
    (folder / ".vela.yml").write_text(pipeline)
    for name, text in templates.items():
        (folder / "templates" / name).write_text(text)
    if limits:
        depth = limits["template_depth"]
        (folder / "pipelint.yaml").write_text(f"vela: {{limits: {{template-depth: {depth}}}}}\n")
    checked = Project(str(folder), Resolver(all_rules)).check(str(folder / ".vela.yml"))
    assert isinstance(checked, Checked)
    return [
        f"{one.rule} {pipeline[one.finding.span.start : one.finding.span.end]}"
        for one in checked.diagnostics
    ]


@pytest.mark.parametrize(
    ("pipeline", "template", "expected"),
    [
        (CALLED, STEPS, []),
        (CALLED, "services:\n  - {name: db, image: postgres:17}\n", []),
        (CALLED, STAGES, ["stages-in-step-template build"]),
        (CALLED, "image: {{ .image }}\n" + STAGES, ["stages-in-step-template build"]),
        (CALLED, "{{ if .all }}\n" + STAGES + "{{ else }}\n" + STEPS + "{{ end }}\n", []),
        (CALLED, "{{ .everything }}\n", []),
        (CALLED, "stages: {{ .stages }}\n" + STEPS, []),
        (CALLED, "", ["empty-template templates/build.yml"]),
        (CALLED, INLINE_NESTED.format("other") + STEPS, ["inline-in-step-template build"]),
        (CALLED, "metadata: {render_inline: true}\n" + STEPS, []),
        (INLINE, STEPS, []),
        (INLINE, STAGES, []),
        (INLINE, "environment: {A: b}\n", []),
        (INLINE, "metadata: {template: true}\n", ["empty-template templates/build.yml"]),
        (INLINE, "metadata: {template: true}\n{{ .rest }}\n", []),
        (INLINE, STEPS + STAGES, ["mixed-inline-template templates/build.yml"]),
        (INLINE + A_STEP, STEPS, []),
        (INLINE + A_STEP, STAGES, ["mixed-inline-template templates/build.yml"]),
        (INLINE + A_STEP, "{{ if .x }}\n" + STAGES + "{{ end }}\n", []),
        (INLINE + STAGES, STEPS, ["mixed-inline-template templates/build.yml"]),
        (INLINE + STAGES, STAGES, []),
    ],
)
def test_template_fits_its_caller(
    tmp_path: Path, pipeline: str, template: str, expected: list[str]
) -> None:
    assert check(tmp_path, pipeline, {"build.yml": template}) == expected


def test_templates_of_one_pipeline_must_fit_each_other(tmp_path: Path) -> None:
    second = "  - name: other\n    source: templates/other.yml\n    type: file\n"
    found = check(tmp_path, INLINE + second, {"build.yml": STEPS, "other.yml": STAGES})
    assert found == ["mixed-inline-template templates/other.yml"]


@pytest.mark.parametrize("form", [NESTED, INLINE_NESTED])
def test_templates_may_be_nested_three_deep(tmp_path: Path, form: str) -> None:
    pipeline = CALLED if form is NESTED else INLINE
    templates = {
        "build.yml": form.format("two"),
        "two.yml": form.format("three"),
        "three.yml": STEPS,
    }
    assert check(tmp_path, pipeline, templates) == []


@pytest.mark.parametrize("form", [NESTED, INLINE_NESTED])
def test_the_third_template_must_not_declare_more(tmp_path: Path, form: str) -> None:
    pipeline = CALLED if form is NESTED else INLINE
    templates = {
        "build.yml": form.format("two"),
        "two.yml": form.format("three"),
        "three.yml": form.format("four"),
    }
    assert check(tmp_path, pipeline, templates) == ["too-deep-template templates/build.yml"]


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    templates = {"build.yml": NESTED.format("two"), "two.yml": NESTED.format("three")}
    templates["three.yml"] = STEPS
    found = check(tmp_path, CALLED, templates, template_depth=2)
    assert found == ["too-deep-template templates/build.yml"]


@pytest.mark.parametrize("form", [NESTED, INLINE_NESTED])
@pytest.mark.parametrize("chain", [["build"], ["two", "build"]])
def test_a_template_must_not_come_round(tmp_path: Path, form: str, chain: list[str]) -> None:
    pipeline = CALLED if form is NESTED else INLINE
    files = ["build", *chain]
    templates = {
        f"{one}.yml": form.format(following) for one, following in zip(files, chain, strict=False)
    }
    assert check(tmp_path, pipeline, templates) == ["template-calls-itself templates/build.yml"]


def test_a_call_under_a_condition_may_end(tmp_path: Path) -> None:
    template = "{{ if .again }}\n" + NESTED.format("build") + "{{ end }}\n"
    assert check(tmp_path, CALLED, {"build.yml": template}) == []


def test_a_template_that_is_declared_and_not_called_is_no_ring(tmp_path: Path) -> None:
    declared = "templates:\n  - {name: x, source: templates/build.yml, type: file}\n"
    assert check(tmp_path, CALLED, {"build.yml": declared + STEPS}) == []


def test_missing_file(tmp_path: Path) -> None:
    assert check(tmp_path, CALLED, {}) == ["missing-template-file templates/build.yml"]


def test_a_template_that_is_not_used_may_be_missing(tmp_path: Path) -> None:
    pipeline = CALLED.replace(
        "    template:\n      name: build\n", "    image: go:1\n    user: a\n"
    )
    found = check(tmp_path, pipeline, {})
    assert not [one for one in found if one.startswith("missing-template-file")]


def test_starlark_is_not_read(tmp_path: Path) -> None:
    pipeline = CALLED.replace("build.yml", "build.star") + ""
    pipeline = pipeline.replace("type: file", "type: file\n    format: starlark")
    assert check(tmp_path, pipeline, {"build.star": "def main(ctx):\n  return {}\n"}) == []


def test_a_template_file_says_nothing_of_the_files_it_uses(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela").mkdir()
    path = tmp_path / ".vela" / "build.yml"
    path.write_text("metadata: {template: true}\n" + NESTED.format("gone"))
    checked = Project(str(tmp_path), Resolver(all_rules)).check(str(path))
    assert isinstance(checked, Checked)
    assert checked.diagnostics == ()
