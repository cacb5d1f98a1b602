"""What of a Vela pipeline is drawn."""

from __future__ import annotations

import pytest

from graph.drawn import arrows, drawn, notes, outline
from pipelint.graph.value import BY_NEEDS, IN_SEQUENCE, NEED, THEN

HEAD = 'version: "1"\n'


def test_steps_follow_each_other() -> None:
    steps = "steps:\n  - {name: a, image: go, commands: [b]}\n  - {name: c, image: sh}\n"
    graph = drawn(HEAD + steps)
    assert graph.title == ".vela.yml: Vela pipeline"
    assert outline(graph) == ["step a", "step c"]
    assert arrows(graph, THEN) == ["a > c"]
    assert graph.root.flow == IN_SEQUENCE
    assert graph.root.children[0].detail == "go"


def test_stages_are_joined_by_needs_and_not_by_their_order() -> None:
    graph = drawn(
        HEAD
        + """
stages:
  build: {steps: [{name: x, image: i, commands: [a]}, {name: y, image: i, commands: [a]}]}
  test: {needs: [build], steps: [{name: x, image: i, commands: [a]}]}
  lint: {needs: build, steps: [{name: x, image: i, commands: [a]}]}
  ship: {name: deploy, needs: [test, lint, clone], steps: [{name: x, image: i, commands: [a]}]}
"""
    )
    assert outline(graph)[:3] == ["stage build", "  step x", "  step y"]
    assert arrows(graph, NEED) == [
        "build > test", "build > lint", "test > deploy", "lint > deploy",
    ]  # fmt: skip
    assert arrows(graph, THEN) == ["x > y"]
    assert graph.root.flow == BY_NEEDS
    assert notes(graph, "deploy") == []  # `clone` is a stage that Vela adds


def test_rings_and_needs_for_nothing_are_drawn_and_told() -> None:
    graph = drawn(
        HEAD
        + """
stages:
  a: {needs: [b], steps: [{name: x, image: i, commands: [a]}]}
  b: {needs: [a], steps: [{name: x, image: i, commands: [a]}]}
  c: {needs: [c, d, gone], independent: true, steps: [{name: x, image: i, commands: [a]}]}
  d: {needs: [], steps: [{name: x, image: i, commands: [a]}]}
"""
    )
    assert arrows(graph, NEED) == ["b > a ring", "a > b ring", "c > c ring", "d > c"]
    assert notes(graph, "c") == [
        "missing: needs gone, which is not there",
        "remark: independent",
    ]


def test_services_and_origins_stand_aside() -> None:
    graph = drawn(
        HEAD
        + """
services: [{name: db, image: "postgres:17", ruleset: {event: push}}]
secrets: [{name: token, key: o/r/t}, {origin: {name: vault, image: v}}]
steps: [{name: a, image: i, commands: [b]}]
"""
    )
    assert outline(graph) == [
        "section secret origins",
        "  secret origin vault",
        "section services",
        "  service db",
        "step a",
    ]
    assert arrows(graph, THEN) == []


@pytest.mark.parametrize(
    ("keys", "note"),
    [
        ("ruleset: {event: push}", "condition: if event push"),
        ("ruleset: {event: [push, tag], branch: m}", "condition: if event push/tag and branch m"),
        ("ruleset: {operator: or, event: tag, branch: m}", "condition: if event tag or branch m"),
        ("ruleset: {unless: {branch: [main, dev]}}", "condition: unless branch main/dev"),
        ("ruleset: {if: {tag: v}, unless: {event: a}}", "condition: if tag v, unless event a"),
        ("ruleset: {if: {eval: \"A == 'main'\"}}", "condition: if A == 'main'"),
        ("ruleset: {continue: true}", None),
        ("detach: true", "remark: detached"),
        ("template: {name: t}", "template: template t"),
    ],
)  # fmt: skip
def test_what_there_is_to_know_of_a_step(keys: str, note: str | None) -> None:
    graph = drawn(HEAD + f"steps:\n  - name: S\n    image: i\n    commands: [a]\n    {keys}\n")
    assert notes(graph, "S") == ([note] if note else [])


def test_templates_that_bring_more_are_named() -> None:
    graph = drawn(
        HEAD
        + "metadata: {render_inline: true}\ntemplates: [{name: go, source: a/b/c, type: github}]\n"
    )
    assert notes(graph, ".vela.yml") == ["remark: templates bring more: go"]


def test_template_actions_are_said_to_be_left_out() -> None:
    text = "metadata: {template: true}\nsteps:\n  - name: {{ .name }}\n    image: go\n"
    graph = drawn(text, ".vela/templates/go.yml")
    assert outline(graph)[0].startswith("step ")
    assert len(graph.remarks) == 1
    assert "left out" in graph.remarks[0]
