"""Parts of stages and steps below `templateInputs` and in input sets, found by their keys."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import InputSet, Owner, Stage, Step, StepGroup, TemplateLink
from pipelint.harness.stage_kind import (
    CHAINED,
    WITH_STEPS,
    article,
    stage_kind_of,
    stages_in_words,
)
from pipelint.harness.values import text_of
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

_KEYS = ("inputSet", "inputs", "templateInputs")
"""Where inputs are written: a document without these has none."""

_UNITS = frozenset({"stage", "step", "stepGroup"})
_TEMPLATE = frozenset({"template", "templateInputs"})
_WAYS = frozenset({
    "execution", "inputs", "parallel", "pipeline", "rollbackSteps", "spec", "stages", "steps",
})  # fmt: skip
"""Keys between a stage and its steps, or the stages of the pipeline that it runs."""


class _Part(NamedTuple):
    """A part of a stage, step group or step (`role`), and the literal kind of the stage around it.

    `key` is that of an entry of a list. `inside` tells that it is none of the document's own.
    """

    node: Node
    role: str
    kind: str
    key: Scalar | None = None
    inside: bool = False


@rule(on=(InputSet, Stage, TemplateLink), level=WARNING, family="harness", about=_KEYS)
def template_step_not_allowed_here(
    holder: InputSet | Stage | TemplateLink, context: Context
) -> Iterator[Finding]:
    """Reports inputs of a template or pipeline for a step that its kind of stage does not offer.

    ## Why is this bad?
    The inputs repeat the types of the stage and of its steps. A template or a pipeline with such a
    step in such a stage cannot be saved, so these inputs fit none.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: gate
            identifier: gate
            template:
              templateRef: gate
              versionLabel: v1
              templateInputs:
                type: Approval
                spec:
                  execution:
                    steps:
                      - step:
                          identifier: ask
                          type: Run
                          timeout: 1h
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: gate
            identifier: gate
            template:
              templateRef: gate
              versionLabel: v1
              templateInputs:
                type: Approval
                spec:
                  execution:
                    steps:
                      - step:
                          identifier: ask
                          type: HarnessApproval
                          timeout: 1h
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """
    for part in _parts(holder):
        if part.role != "step" or not part.inside or part.kind not in WITH_STEPS:
            continue
        kind = text_of(part.node.get("type")) if isinstance(part.node, Mapping) else None
        places = context.placement.get(kind.value) if kind else None
        if kind is None or places is None or not places.stages or part.kind in places.stages:
            continue
        yield Finding(
            kind.span,
            f"`{kind.value}` is not allowed in {article(part.kind)} stage",
            f"not offered in {part.kind} stages",
            help="write the type that the step itself has",
            notes=_others(kind.value, places.stages),
        )


def _others(kind: str, stages: frozenset[str]) -> tuple[str, ...]:
    others = sorted(stages & WITH_STEPS)
    return (f"`{kind}` may stand in {stages_in_words(others)}",) if others else ()


@rule(on=(InputSet, Stage, TemplateLink), level=WARNING, family="harness", about=_KEYS)
def input_without_identifier(
    holder: InputSet | Stage | TemplateLink, context: Context
) -> Iterator[Finding]:
    """Reports inputs for a stage, a step group or a step that do not say for which one.

    ## Why is this bad?
    Harness finds the stage or the step that the inputs are for by its identifier. Inputs without
    one fit none.

    ## Example
    ```yaml
    inputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipeline:
        identifier: release
        stages:
          - stage:
              type: Custom
              timeout: 1h
    ```

    ## Use instead
    ```yaml
    inputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipeline:
        identifier: release
        stages:
          - stage:
              identifier: build
              type: Custom
              timeout: 1h
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/input-sets
    """
    if context.is_partial and not isinstance(holder, InputSet):
        return  # its inputs are read with the input set around it
    for part in _parts(holder):
        node, key = part.node, part.key
        if key is None or not isinstance(node, Mapping) or node.broken or not node.fields:
            continue
        if "identifier" not in node.fields:
            noun = "step group" if part.role == "stepGroup" else part.role
            yield Finding(
                Span(key.start, key.end),
                f"these inputs do not say for which {noun} they are",
                "no `identifier`",
                help=f"add the `identifier` that the {noun} has",
            )


def _parts(holder: InputSet | Stage | TemplateLink) -> Iterator[_Part]:
    """Give the parts in inputs of a template or a pipeline, in the order of the text."""
    work = list(_tops(holder))
    seen: set[int] = set()
    while work:
        part = work.pop()
        if id(part.node) in seen:
            continue
        seen.add(id(part.node))
        node = part.node
        if isinstance(node, Mapping):
            known = _with_kind(part, node)
            yield known
            work += reversed(list(_below(known, node)))
        elif isinstance(node, Sequence):
            work += [part._replace(node=item) for item in reversed(node.items)]


def _tops(holder: InputSet | Stage | TemplateLink) -> Iterator[_Part]:
    if isinstance(holder, InputSet):
        if holder.pipeline is not None:
            yield _Part(holder.pipeline.node, "", "")
    elif isinstance(holder, Stage):
        spec = holder.node.get("spec") if holder.kind == CHAINED else None
        inputs = spec.get("inputs") if isinstance(spec, Mapping) else None
        if inputs is not None:
            yield _Part(inputs, "", "", inside=True)
    elif holder.inputs is not None:
        yield _top(holder.inputs, holder.owner)


def _top(inputs: Mapping, owner: Owner) -> _Part:
    if isinstance(owner, Stage):
        return _Part(inputs, "stage", "", inside=True)
    if isinstance(owner, (Step, StepGroup)):
        role = "step" if isinstance(owner, Step) else "stepGroup"
        return _Part(inputs, role, stage_kind_of(owner), inside=True)
    return _Part(inputs, "", "", inside=True)


def _with_kind(part: _Part, node: Mapping) -> _Part:
    """Note the kind of a stage that says it."""
    kind = text_of(node.get("type")) if part.role == "stage" else None
    return part._replace(kind=kind.value) if kind else part


def _below(part: _Part, node: Mapping) -> Iterator[_Part]:
    for name, (key, value) in node.fields.items():
        if name in _TEMPLATE:
            inside = part.inside or name == "templateInputs"
            yield _Part(value, part.role, part.kind, inside=inside)
        elif part.role == "step":
            continue
        elif name in _UNITS:
            kind = "" if name == "stage" else part.kind
            yield _Part(value, name, kind, key, part.inside)
        elif name in _WAYS:
            yield _Part(value, "", part.kind, inside=part.inside or name == "inputs")


RULES = (input_without_identifier, template_step_not_allowed_here)
