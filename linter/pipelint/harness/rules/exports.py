"""Exported variables that are read where nobody can see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.expressions.place import locate
from pipelint.expressions.tree import Call, Chain, Literal, Member, Name, Node
from pipelint.harness.context import Context
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.model import Model, Stage, Step
from pipelint.harness.rules.outputs import alias_of
from pipelint.harness.values import Text, text_of
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span

_FUNCTOR = "exportedVariables"


class _Read(NamedTuple):
    """`exportedVariables.getValue("scope.alias…")` in a step; `span` is the path in quotes."""

    step: Step
    scope: str
    alias: str
    span: Span


class _Export(NamedTuple):
    """What a step exports; `scope` is the word with which it is read."""

    step: Step
    scope: str
    alias: Text


@rule(on=Model, level=WARNING, family="expression", about=(_FUNCTOR,))
def export_across_chain(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a variable of the pipeline that only a called pipeline can export.

    ## Why is this bad?
    Variables are exported within one pipeline. What a pipeline exports that is called by a stage
    cannot be read here; it is handed over as an output of that stage.

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
            type: Pipeline
            spec: {org: default, project: web, pipeline: build}
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: two
                      identifier: two
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec:
                            script: ./check.sh <+exportedVariables.getValue("pipeline.image.tag")>
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
            type: Pipeline
            spec:
              org: default
              project: web
              pipeline: build
              outputs:
                - name: tag
                  value: <+pipeline.stages.a.spec.execution.steps.one.output.outputVariables.tag>
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: two
                      identifier: two
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: ./check.sh <+pipeline.stages.build.output.tag>}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step
    """
    pipeline = model.pipeline
    callers = [stage for stage in model.stages if stage.kind == "Pipeline"]
    if pipeline is None or pipeline.is_open or not callers or not _is_clear(model.stages):
        return
    known = {export.alias.value for export in _exports(model.steps) if export.scope == "pipeline"}
    for read in _reads(context):
        if read.scope == "pipeline" and read.alias not in known:
            yield Finding(
                read.span,
                f"no step of this pipeline exports `{read.alias}` to the pipeline",
                "not visible from a called one",
                help="read an output of the stage that calls the pipeline",
                related=(Related(callers[0].span, "calls a pipeline"),),
            )


@rule(on=Model, level=ERROR, family="expression", about=(_FUNCTOR,))
def export_out_of_scope(model: Model, context: Context) -> Iterator[Finding]:
    """Reports an exported variable that is read outside of its stage or its step group.

    ## Why is this bad?
    What is exported to the scope `Stage` or `StepGroup` is known in that stage or group only. In
    any other one the expression gives null.

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
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: one
                      identifier: one
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: export TAG=1}
                        outputVariables:
                          - {name: tag, type: String, value: TAG}
                        outputAlias: {key: image, scope: Stage}
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: two
                      identifier: two
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: ./check <+exportedVariables.getValue("stage.image.tag")>}
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
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: one
                      identifier: one
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: export TAG=1}
                        outputVariables:
                          - {name: tag, type: String, value: TAG}
                        outputAlias: {key: image, scope: Pipeline}
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: two
                      identifier: two
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec:
                            script: ./check <+exportedVariables.getValue("pipeline.image.tag")>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step
    """
    first: dict[tuple[str, str], _Export] = {}
    seen: set[tuple[str, str, int]] = set()
    for export in _exports(model.steps):
        name = (export.scope, export.alias.value)
        first.setdefault(name, export)
        seen.update((*name, place) for place in _places(export.step, export.scope))
    clear: dict[int, bool] = {}
    for read in _reads(context):
        name, stage = (read.scope, read.alias), read.step.stage
        if read.scope == "pipeline" or name not in first or stage is None:
            continue
        if not seen.isdisjoint((*name, place) for place in _places(read.step, read.scope)):
            continue
        if id(stage) not in clear:
            clear[id(stage)] = _is_clear((stage,))
        if clear[id(stage)]:
            yield _out_of_scope(read, first[name])


def _out_of_scope(read: _Read, export: _Export) -> Finding:
    what = "stage" if read.scope == "stage" else "step group"
    return Finding(
        read.span,
        f"`{read.alias}` is exported in another {what}",
        "not visible here",
        help="export it to the scope `Pipeline`, and read it with `pipeline`",
        related=(Related(export.alias.span, "exported here"),),
    )


def _places(step: Step, scope: str) -> list[int]:
    """Return what tells the stage, or each group, around a step from others."""
    return [id(step.stage)] if scope == "stage" else [id(group) for group in step.groups]


def _exports(steps: Iterable[Step]) -> Iterator[_Export]:
    for step in steps:
        alias = alias_of(step)
        scope = text_of(alias[1].get("scope")) if alias else None
        if alias is not None and alias[0] is not None and scope is not None:
            yield _Export(step, scope.value[:1].lower() + scope.value[1:], alias[0])


def _is_clear(stages: Iterable[Stage]) -> bool:
    """Tell whether all that the steps of some stages export can be seen."""
    for stage in stages:
        if stage.is_open or stage.node.broken:
            return False
        if any(flow.node.broken for flow in stage.flows):
            return False
        if not all(_is_plain(step) for step in stage.all_steps()):
            return False
    return True


def _is_plain(step: Step) -> bool:
    if step.spec is None or step.spec.broken:
        return not step.node.broken and step.spec is None
    return "outputAlias" not in step.spec.fields or next(_exports((step,)), None) is not None


def _reads(context: Context) -> Iterator[_Read]:
    """Give each exported variable that a step reads by a literal path of scope and alias."""
    for written in expressions_of(context):
        step = written.field.unit
        if _FUNCTOR in written.scalar.text and isinstance(step, Step) and not written.field.partial:
            yield from _reads_in(written, step, context.source.text)


def _reads_in(written: Written, step: Step, text: str) -> Iterator[_Read]:
    place, _exact = locate(written.scalar, text)
    for base, block in written.reading.blocks():
        for node in block.nodes:
            path = _path(node)
            if path is None:
                continue
            scope, _, rest = path.value.partition(".")
            alias = rest.partition(".")[0]
            if alias:
                span = Span(base + path.start + 1, base + path.end - 1)
                yield _Read(step, scope, alias, place(span))


def _path(node: Node) -> Literal | None:
    """Return the argument of `exportedVariables.getValue`, if it is a text without expressions."""
    if not isinstance(node, Chain) or not isinstance(node.root, Name) or node.root.text != _FUNCTOR:
        return None
    member, call = (*node.steps, None, None)[:2]
    if not isinstance(member, Member) or not isinstance(call, Call) or len(call.arguments) != 1:
        return None
    first = call.arguments[0]
    is_text = isinstance(first, Literal) and first.kind == "string" and not first.inner
    return first if is_text and isinstance(first, Literal) else None


RULES = (export_across_chain, export_out_of_scope)
