"""The text in `inputYaml` of a trigger, which is YAML of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Trigger
from pipelint.harness.shape import check_inputs
from pipelint.harness.values import EXPRESSION, is_null, text_of
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Source, Span
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node, Scalar, Tree
from pipelint.yaml.view import mapping_of

_TOOLS = ("${", "{{", "{%", "<%")
"""What other tools fill in before Harness reads the text."""

LITERAL = "|"


class Inputs(NamedTuple):
    """A text of inputs, and what is in it."""

    source: Source
    tree: Tree


_last: list[Inputs] = []
"""What was read last: three rules ask for the same."""


@rule(on=Trigger, level=ERROR, family="harness", about=("inputYaml",))
def malformed_input_yaml(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports an `inputYaml` that is no YAML, or holds something else than a pipeline.

    ## Why is this bad?
    `inputYaml` is a text that holds YAML of its own: the key `pipeline` with what the pipeline
    leaves open. Harness refuses anything else.

    ## Example
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        identifier: release
        variables:
          - {name: reason, type: String, value: call}
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        pipeline:
          identifier: release
          variables:
            - {name: reason, type: String, value: call}
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    value = trigger.node.get("inputYaml")
    inputs = _inputs(value)
    if inputs is None or not isinstance(value, Scalar):
        return
    root = inputs.tree.root
    if inputs.tree.problems:
        problem = inputs.tree.problems[0]
        yield Finding(
            _place(value, inputs, problem.span.start, context.source),
            f"`inputYaml` is no YAML: {problem.message}",
            problem.label,
            help=problem.help,
        )
    elif not isinstance(root, Mapping) or "pipeline" not in root.fields:
        yield Finding(
            _place(value, inputs, root.start if root is not None else 0, context.source),
            "`inputYaml` does not hold a pipeline",
            "no key `pipeline`",
            help="begin the text with `pipeline:`, and indent the inputs below it",
        )


def _inputs(value: Node | None) -> Inputs | None:
    """Read the YAML in a text; None where there is none, or a tool makes it first."""
    if not isinstance(value, Scalar) or value.broken or not value.text.strip():
        return None
    text = value.text
    if is_null(value) or text.startswith(EXPRESSION) or any(sign in text for sign in _TOOLS):
        return None
    if not _last or _last[0].source.text != text:
        # Examples for Terraform end such a text with `\n` written out.
        tree = parse(Source(text.rstrip().removesuffix("\\n")))
        _last[:] = [Inputs(Source(text), tree)]
    return _last[0]


def _pipeline(inputs: Inputs) -> Mapping | None:
    root = None if inputs.tree.problems else inputs.tree.root
    return mapping_of(root.get("pipeline")) if isinstance(root, Mapping) else None


def _place(value: Scalar, inputs: Inputs, offset: int, source: Source) -> Span:
    """Return the line of the document on which an offset of the inputs stands."""
    if value.style != LITERAL:
        return value.span
    number = source.position(value.start).line + inputs.source.position(offset).line
    if number > len(source.line_starts):
        return value.span
    start, line = source.line_starts[number - 1], source.line(number)
    end = start + len(line.rstrip())
    start += len(line) - len(line.lstrip())
    return Span(start, end) if value.start < start < end <= value.end else value.span


@rule(on=Trigger, level=WARNING, family="harness", about=("inputYaml",))
def input_yaml_of_other_pipeline(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports an `inputYaml` with the identifier of another pipeline than the trigger's.

    ## Why is this bad?
    The inputs were written for another pipeline, or the trigger starts the wrong one.

    ## Example
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        pipeline:
          identifier: rollback
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        pipeline:
          identifier: release
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    value, started = trigger.node.get("inputYaml"), text_of(trigger.node.get("pipelineIdentifier"))
    inputs = _inputs(value)
    pipeline = _pipeline(inputs) if inputs is not None else None
    named = text_of(pipeline.get("identifier")) if pipeline is not None else None
    if inputs is None or not isinstance(value, Scalar) or started is None or named is None:
        return
    if named.value == started.value:
        return
    yield Finding(
        _place(value, inputs, named.node.start, context.source),
        f"`inputYaml` is for `{named.value}`, the trigger starts `{started.value}`",
        "another pipeline",
        help="write the inputs of the pipeline that is started",
        related=(Related(started.span, "the pipeline that is started"),),
    )


@rule(on=Trigger, level=WARNING, family="harness", about=("inputYaml",))
def unfit_input_yaml(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports what no pipeline has in the text of an `inputYaml`.

    ## Why is this bad?
    The text has the shape of a pipeline, with only those parts in it that the pipeline leaves
    open. Keys that no pipeline has give nothing a value.

    ## Example
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        pipeline:
          identifier: release
          variabels:
            - {name: reason, type: String, value: call}
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputYaml: |
        pipeline:
          identifier: release
          variables:
            - {name: reason, type: String, value: call}
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    value = trigger.node.get("inputYaml")
    inputs = _inputs(value)
    pipeline = _pipeline(inputs) if inputs is not None else None
    if inputs is None or pipeline is None or not isinstance(value, Scalar):
        return
    for _, fault in check_inputs(pipeline, context.catalogue):
        yield Finding(
            _place(value, inputs, fault.span.start, context.source),
            fault.message,
            fault.label,
            help=fault.help,
            notes=("the text of `inputYaml` is YAML of its own",),
        )


RULES = (input_yaml_of_other_pipeline, malformed_input_yaml, unfit_input_yaml)
