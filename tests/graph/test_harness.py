"""What of a Harness pipeline is drawn."""

from __future__ import annotations

import pytest

from graph.drawn import arrows, drawn, harness, notes, outline, stage
from pipelint.graph.value import IN_SEQUENCE, NEED, PARALLEL, THEN, TOGETHER

DEPLOYED, PLACE = "type: Deployment\n    spec:", "environment: {environmentRef: e}"
SERVICES = "services: {values: [{serviceRef: a}, {serviceRef: b}]}"
STEP = "- step: {name: one, identifier: one, type: Run}"


def test_stages_follow_each_other_with_their_steps() -> None:
    text = harness("""
- stage:
    name: Build it
    identifier: build
    type: CI
    spec:
      execution:
        steps:
          - step: {name: compile, identifier: compile, type: Run}
          - step: {identifier: test, type: RunTests}
- stage: {identifier: ship, type: Custom}
""")
    graph = drawn(text)
    assert graph.title == "P: Harness pipeline"
    assert outline(graph) == ["stage Build it", "  step compile", "  step test", "stage ship"]
    assert arrows(graph, THEN) == ["Build it > ship", "compile > test"]
    [build, _] = graph.root.children
    assert (build.identifier, build.detail, build.line) == ("build", "CI", 5)


def test_parallel_branches_and_groups_hold_what_is_in_them() -> None:
    graph = drawn(
        harness(
            stage("""
steps:
  - stepGroup:
      name: group
      identifier: group
      steps:
        - parallel:
            - step: {name: a, identifier: a, type: Run}
            - stepGroup: {name: inner, identifier: inner, steps: [{step: {identifier: b}}]}
        - step: {name: c, identifier: c, type: Run}
""")
        )
    )
    assert outline(graph) == [
        "stage S",
        "  step group group",
        "    parallel parallel",
        "      step a",
        "      step group inner",
        "        step b",
        "    step c",
    ]
    assert arrows(graph, THEN) == ["parallel > c"]
    flows = {node.label: node.flow for node in graph.root.walk()}
    assert (flows[PARALLEL], flows["group"]) == (TOGETHER, IN_SEQUENCE)


def test_rollback_stands_aside() -> None:
    steps = f"steps:\n  {STEP}\nrollbackSteps:\n  - step: {{name: undo, identifier: undo}}"
    graph = drawn(harness(stage(steps)))
    assert outline(graph) == ["stage S", "  step one", "  section rollback", "    step undo"]
    assert arrows(graph, THEN) == []
    assert outline(drawn(harness(stage("steps: []\nrollbackSteps: []")))) == ["stage S"]


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("when: {pipelineStatus: Success}", None),
        ("when: {pipelineStatus: Failure}", "condition: on failure"),
        ("when: {pipelineStatus: All}", "condition: always"),
        ("when: {pipelineStatus: Success, condition: <+a.b>}", "condition: if <+a.b>"),
        ('when: {pipelineStatus: All, condition: "x"}', "condition: always, if x"),
        ("when: <+input>", None),
        ("strategy: {matrix: {os: [a, b], go: <+x>}}", "loop: matrix os (2) × go"),  # noqa: RUF001
        (
            "strategy: {matrix: {os: [a], maxConcurrency: 3}}",
            "loop: matrix os (1), 3 at a time",
        ),
        ("strategy: {repeat: {times: 4}}", "loop: repeat 4 times"),
        ("strategy: {repeat: {items: [a, b]}}", "loop: repeat for 2 items"),
        ("strategy: {repeat: {items: <+x.y>}}", "loop: repeat for <+x.y>"),
        ("strategy: {parallelism: 2}", "loop: parallelism 2"),
        ("template: {templateRef: org.t, versionLabel: v1}", "template: template org.t@v1"),
        ("template: {templateRef: t}", "template: template t"),
        ("template: {templateRef: <+input>}", "template: template <+input>"),
        ("type: Pipeline\n    spec: {pipeline: other, org: o}", "chain: runs pipeline other"),
        (f"{DEPLOYED} {{service: {{serviceRef: s}}, {PLACE}}}", "target: s → e"),
        (f"{DEPLOYED} {{{PLACE}}}", "target: to e"),
        (f"{DEPLOYED} {{service: {{serviceRef: s}}}}", "target: s"),
        (f"{DEPLOYED} {{{SERVICES}, environmentGroup: {{envGroupRef: g}}}}", "target: a, b → g"),
        (f"{DEPLOYED} {{service: {{useFromStage: {{stage: q}}}}, {PLACE}}}", "target: as in q → e"),
    ],
)
def test_what_there_is_to_know_of_a_stage(key: str, note: str | None) -> None:
    graph = drawn(harness(f"- stage:\n    name: S\n    identifier: s\n    {key}"))
    assert notes(graph, "S") == ([note] if note else [])


def test_steps_and_groups_have_conditions_and_loops_too() -> None:
    graph = drawn(
        harness(
            stage("""
steps:
  - stepGroup:
      name: G
      identifier: g
      when: {stageStatus: All}
      steps:
        - step: {name: T, identifier: t, type: Run, strategy: {parallelism: 2}}
  - insert: {name: I, identifier: i}
""")
        )
    )
    assert notes(graph, "G") == ["condition: always"]
    assert notes(graph, "T") == ["loop: parallelism 2"]
    assert outline(graph)[-1] == "  insert I"


def test_stages_that_wait_for_each_other_are_joined_by_needs() -> None:
    graph = drawn(
        harness("""
- stage: {name: A, identifier: a, dependsOn: [c]}
- stage: {name: B, identifier: b, dependsOn: [a, gone]}
- stage: {name: C, identifier: c, dependsOn: [b]}
- stage: {name: D, identifier: d, dependsOn: [d, a, a]}
""")
    )
    assert sorted(arrows(graph, NEED)) == [
        "A > B ring", "A > D", "B > C ring", "C > A ring", "D > D ring",
    ]  # fmt: skip
    assert arrows(graph, THEN) == []
    assert notes(graph, "B") == ["missing: needs gone, which is not there"]


@pytest.mark.parametrize(
    ("kind", "spec", "lines"),
    [
        ("Pipeline", "stages: [{stage: {identifier: a}}]", ["stage a"]),
        ("Stage", "spec: {execution: {steps: [{step: {name: b}}]}}", ["stage stage", "  step b"]),
        ("StepGroup", "steps: [{step: {identifier: b}}]", ["step group step group", "  step b"]),
        ("Step", "type: Run", ["step Run"]),
    ],
)  # fmt: skip
def test_templates_of_a_part_are_drawn(kind: str, spec: str, lines: list[str]) -> None:
    text = f"template:\n  name: T\n  identifier: t\n  type: {kind}\n  spec:\n    {spec}\n"
    graph = drawn(text)
    assert graph.title == "T: Harness template"
    assert outline(graph) == lines


def test_pipeline_that_is_a_template_says_so_and_is_empty() -> None:
    graph = drawn("pipeline:\n  name: P\n  identifier: p\n  template: {templateRef: t}\n")
    assert outline(graph) == []
    assert notes(graph, "P") == ["template: template t"]
    assert graph.root.is_open
