"""What a template may hold, and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Stage, Step, TemplateDefinition
from pipelint.harness.values import INPUT, Text, is_filled, texts_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar


@rule(on=TemplateDefinition, level=WARNING, family="harness", about=("template",))
def identity_in_template(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a name or an identifier in the spec of a template.

    ## Why is this bad?
    Whoever uses the template gives the step, step group or stage its name and identifier; those
    in the template have no effect.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        name: wait
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    if template.kind not in {"Step", "StepGroup", "Stage"} or template.spec is None:
        return
    for name in ("name", "identifier"):
        key = template.spec.key(name)
        if key is not None and is_filled(template.spec.get(name)):
            yield Finding(
                key.span,
                f"`{name}` has no effect in the spec of a template",
                "given where it is used",
                help="remove it",
            )


_STAGES_WITHOUT_TEMPLATE = frozenset({"DRTest", "Dynamic"})


@rule(on=TemplateDefinition, level=WARNING, family="harness", about=("template",))
def type_without_templates(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a template of a kind of step or stage of which Harness makes none.

    ## Why is this bad?
    The schema of Harness knows no templates of stages whose pipeline is made at run time, of
    stages that rehearse a disaster, and of some types of steps.

    ## Example
    ```yaml
    template:
      name: generated
      identifier: generated
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Dynamic
        spec:
          source: <+trigger.payload.pipeline>
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: generated
      identifier: generated
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: generated
            identifier: generated
            type: Dynamic
            spec:
              source: <+trigger.payload.pipeline>
    ```
    """
    body = template.body
    if not isinstance(body, (Stage, Step)) or not isinstance(body.type, Text):
        return
    if isinstance(body, Stage):
        refused = body.kind in _STAGES_WITHOUT_TEMPLATE
    else:
        places = context.placement.get(body.kind)
        refused = places is not None and not places.template
    if refused:
        yield Finding(
            body.type.span,
            f"Harness has no templates of {body.kind} {body.what}s",
            "not a type of a template",
            help=f"write the {body.what} in the pipelines that need it",
        )


_OVERRIDES = {
    "Step": (
        "ConditionalExecution", "LoopingStrategy", "FailureStrategy", "PolicyEnforcement",
        "DelegateSelectors",
    ),
    "Stage": (
        "ConditionalExecution", "LoopingStrategy", "FailureStrategy", "DelegateSelectors",
        "ExecutionStrategy",
    ),
    "StepGroup": (
        "ConditionalExecution", "LoopingStrategy", "FailureStrategy", "DelegateSelectors",
    ),
    "Pipeline": (
        "PipelineTimeout", "AllowStageExecutions", "FixedInputsOnRerun", "DelegateSelectors",
    ),
}  # fmt: skip
_SETTINGS = {
    "ConditionalExecution": "when", "LoopingStrategy": "strategy", "PolicyEnforcement": "enforce",
    "FailureStrategy": "failureStrategies", "DelegateSelectors": "delegateSelectors",
    "PipelineTimeout": "timeout", "AllowStageExecutions": "allowStageExecutions",
    "FixedInputsOnRerun": "fixedInputsOnRerun",
}  # fmt: skip
"""The overrides that pipelines may be allowed, by type of template, and the keys of the spec."""


@rule(on=TemplateDefinition, level=ERROR, family="harness", about=("allowedOverrides",))
def unknown_override(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports an allowed override that this type of template cannot have.

    ## Why is this bad?
    Harness refuses the template: steps, step groups, stages and pipelines each have a list of
    their own. A setting that is a runtime input anyway cannot be overridden, too.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      allowedOverrides: [PipelineTimeout]
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      allowedOverrides: [FailureStrategy]
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/template-overrides
    """
    allowed = _OVERRIDES.get(template.kind)
    if allowed is None:
        return
    for value in texts_of(template.node.get("allowedOverrides")):
        setting = template.spec.get(_SETTINGS.get(value.value, "")) if template.spec else None
        if value.value not in allowed:
            yield Finding(
                value.span,
                f"a template of type {template.kind} cannot allow `{value.value}`",
                "not among its overrides",
                help=f"it can allow {', '.join(f'`{one}`' for one in allowed)}",
            )
        elif isinstance(setting, Scalar) and setting.text.startswith(INPUT):
            yield Finding(
                value.span,
                f"`{value.value}` is a runtime input of the template already",
                "given as an input",
                help="remove it from the list, or set the value in the template",
                related=(Related(setting.span, "the input"),),
            )


@rule(on=TemplateDefinition, level=ERROR, family="harness", about=("templateRef",))
def template_uses_itself(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a template that is made of itself.

    ## Why is this bad?
    Harness never comes to an end of it, and refuses the template.

    ## Example
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Pipeline
      spec:
        template:
          templateRef: release
          versionLabel: "1.0"
    ```

    ## Use instead
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Pipeline
      spec:
        template:
          templateRef: account.release
          versionLabel: "1.0"
    ```
    """
    own, version = template.identifier, template.version
    if not isinstance(own, Text) or not isinstance(version, Text):
        return
    full = _scope(template.node) + own.value
    for link in context.model.links:
        ref, used = link.ref, link.version
        if not isinstance(ref, Text) or ref.value != full or not isinstance(used, Text):
            continue
        if used.value == version.value:
            yield Finding(
                ref.span,
                f"template `{own.value}` uses itself",
                "the same version",
                help="name another template",
                related=(Related(own.span, "this template"),),
            )


def _scope(node: Mapping) -> str:
    if is_filled(node.get("projectIdentifier")):
        return ""
    return "org." if is_filled(node.get("orgIdentifier")) else "account."


@rule(on=TemplateDefinition, level=ERROR, family="harness", about=("StepGroup",))
def group_template_without_stage_type(
    template: TemplateDefinition, context: Context
) -> Iterator[Finding]:
    """Reports a step group template that does not say for which kind of stage it is.

    ## Why is this bad?
    Harness refuses it: which steps may stand in the group depends on the stage.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        steps:
          - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```
    """
    spec, key = template.spec, template.node.key("spec")
    if template.kind != "StepGroup" or spec is None or key is None or spec.broken:
        return
    if "stageType" not in spec.fields:
        yield Finding(
            key.span,
            "a step group template needs `stageType`",
            help="add `stageType:` with a kind of stage, such as `Deployment` or `CI`",
        )


RULES = (
    group_template_without_stage_type,
    identity_in_template,
    template_uses_itself,
    type_without_templates,
    unknown_override,
)
