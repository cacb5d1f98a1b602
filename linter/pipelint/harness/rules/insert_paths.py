"""Paths to steps that a pipeline puts into the inserts of a template."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix, Related
from pipelint.expressions.place import locate
from pipelint.expressions.sides import name_of
from pipelint.expressions.tree import path_of
from pipelint.harness.context import Context
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.model import Model, Stage
from pipelint.harness.values import Text, text_of
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Sequence

_STEPS = ("execution", "steps")


class _Hidden(NamedTuple):
    """A step or group right in an insert; `insert` is the identifier of that."""

    insert: str
    identifier: Text


@rule(on=Model, level=WARNING, family="expression", about=("insert",))
def path_past_insert(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a path to a step in an insert that leaves the insert out.

    ## Why is this bad?
    The insert is a part of the path, as a step group is. Without its identifier the step is not
    found, and the expression gives null.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            template:
              templateRef: build
              versionLabel: v1
              templateInputs:
                type: Custom
                spec:
                  execution:
                    steps:
                      - insert:
                          identifier: checks
                          steps:
                            - step:
                                name: count
                                identifier: count
                                type: ShellScript
                                timeout: 10m
                                spec:
                                  shell: Bash
                                  source: {type: Inline, spec: {script: export N=1}}
                                  outputVariables:
                                    - {name: n, type: String, value: N}
                            - step:
                                name: show
                                identifier: show
                                type: ShellScript
                                timeout: 10m
                                spec:
                                  shell: Bash
                                  source:
                                    type: Inline
                                    spec:
                                      script: echo <+execution.steps.count.output.outputVariables.n>
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            template:
              templateRef: build
              versionLabel: v1
              templateInputs:
                type: Custom
                spec:
                  execution:
                    steps:
                      - insert:
                          identifier: checks
                          steps:
                            - step:
                                name: count
                                identifier: count
                                type: ShellScript
                                timeout: 10m
                                spec:
                                  shell: Bash
                                  source: {type: Inline, spec: {script: export N=1}}
                                  outputVariables:
                                    - {name: n, type: String, value: N}
                            - step:
                                name: show
                                identifier: show
                                type: ShellScript
                                timeout: 10m
                                spec:
                                  shell: Bash
                                  source:
                                    type: Inline
                                    spec:
                                      script: >-
                                        echo
                                        <+execution.steps.checks.steps.count.output.outputVariables.n>
    ```

    ## Fix safety
    The fix is unsafe: the template may have a step of the same identifier outside of the insert.

    ## References
    - https://developer.harness.io/docs/platform/templates/inject-step-stage-templates
    """
    hidden = _hidden_steps(context)
    stages = {stage.id: stage for stage in reversed(model.stages)}
    for written in expressions_of(context) if hidden else ():
        if "execution.steps." in written.scalar.text:
            yield from _paths(written, stages, hidden, context.source.text)


def _hidden_steps(context: Context) -> dict[tuple[int, str], _Hidden]:
    """Return what stands in the inserts that templates of stages are given, by stage and name.

    What also stands in a list around them is left out.
    """
    found: dict[tuple[int, str], _Hidden] = {}
    for field in context.fields("insert"):
        insert = (
            text_of(field.value.get("identifier")) if isinstance(field.value, Mapping) else None
        )
        if insert is None or not field.partial or not isinstance(field.unit, Stage):
            continue
        assert isinstance(field.value, Mapping)  # noqa: S101 - it has an identifier
        for name in _named(field.value.get("steps")):
            hidden = _Hidden(insert.value if insert else "", name)
            found.setdefault((id(field.unit), name.value), hidden)
    if found:
        for stage, outside in _seen_elsewhere(context):
            found.pop((id(stage), outside), None)
    return found


def _seen_elsewhere(context: Context) -> Iterator[tuple[Stage, str]]:
    """Give the steps right in the execution of a template, and the inserts themselves."""
    for field in context.fields("execution"):
        if field.partial and isinstance(field.unit, Stage) and isinstance(field.value, Mapping):
            for name in _named(field.value.get("steps"), "insert"):
                yield field.unit, name.value


def _named(node: Node | None, *more: str) -> Iterator[Text]:
    """Give the identifiers of the items of a list of steps; `parallel` is looked through."""
    waiting: list[Node | None] = [node]
    seen: set[int] = set()  # aliases may share a list
    while waiting:
        steps = waiting.pop()
        if not isinstance(steps, Sequence) or id(steps) in seen:
            continue
        seen.add(id(steps))
        for item in steps.items:
            if isinstance(item, Mapping):
                waiting.append(item.get("parallel"))
                yield from _names_in(item, ("step", "stepGroup", *more))


def _names_in(item: Mapping, keys: tuple[str, ...]) -> Iterator[Text]:
    for key in keys:
        value = item.get(key)
        name = text_of(value.get("identifier")) if isinstance(value, Mapping) else None
        if name is not None:
            yield name


def _paths(
    written: Written, stages: dict[str, Stage], hidden: dict[tuple[int, str], _Hidden], source: str
) -> Iterator[Finding]:
    unit = written.field.unit
    stage = unit.stage if unit is not None else None
    for base, block in written.reading.blocks():
        for node in block.nodes:
            path = path_of(node) or ()
            names = [name_of(part) for part in path]
            here, rest = _stage_of(names, stage, stages)
            step = rest[2] if tuple(rest[:2]) == _STEPS and len(rest) > len(_STEPS) else ""
            found = hidden.get((id(here), step)) if step and here is not None else None
            if found is not None:
                part = path[len(names) - len(rest) + 2]
                yield _past(found, Span(base + part.start, base + part.end), written, source)


def _stage_of(
    names: list[str], stage: Stage | None, stages: dict[str, Stage]
) -> tuple[Stage | None, list[str]]:
    """Return the stage that a path leads to, and the path from there."""
    if names[:1] == ["execution"]:
        return stage, names
    if names[:2] == ["stage", "spec"]:
        return stage, names[2:]
    if names[:2] == ["pipeline", "stages"] and names[3:4] == ["spec"]:
        return stages.get(names[2]), names[4:]
    return None, []


def _past(found: _Hidden, span: Span, written: Written, source: str) -> Finding:
    place, is_exact = locate(written.scalar, source)
    name = found.identifier.value
    path = f"{found.insert}.steps.{name}"
    is_plain = written.scalar.text[slice(*span)] == name
    fix = Fix(f"write `{path}`", (Edit(place(span), path),), safe=False)
    return Finding(
        place(span),
        f"step `{name}` is in insert `{found.insert}`",
        "insert left out",
        f"write `{path}`",
        related=(Related(found.identifier.span, "this is it"),),
        fixes=(fix,) if is_exact and is_plain else (),
    )


RULES = (path_past_insert,)
