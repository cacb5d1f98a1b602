"""What steps give to others: exports that cannot be made, and secrets that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Step, TemplateDefinition
from pipelint.harness.values import Text, is_null, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import items_of, mapping_of


@rule(on=Step, level=WARNING, family="harness", about=("outputVariables",))
def secret_output_without_source(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a secret output variable that does not say where its value comes from.

    ## Why is this bad?
    `value` names the variable of the script that is handed on. A text may go without, then its own
    name is taken; a secret may not.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: ./login.sh}
          outputVariables:
            - {name: token, type: Secret, value: ""}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: ./login.sh}
          outputVariables:
            - {name: token, type: Secret, value: TOKEN}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step
    """
    if step.kind != "ShellScript" or step.spec is None or context.is_partial:
        return
    for item in items_of(step.spec.get("outputVariables")):
        kind = text_of(item.get("type")) if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or kind is None or kind.value != "Secret":
            continue
        value, key = item.get("value"), item.key("value")
        if key is None or not isinstance(value, Scalar) or value.broken:
            continue
        if is_null(value) or not value.text.strip():
            yield Finding(
                key.span,
                "secret output without a variable to take",
                "empty",
                help="write the name of the variable in the script",
            )


def alias_of(step: Step) -> tuple[Text | None, Mapping, Scalar] | None:
    """Return the key of what a step exports, the map around it, and its own key."""
    spec = step.spec
    alias, key = (
        (mapping_of(spec.get("outputAlias")), spec.key("outputAlias")) if spec else (None, None)
    )
    return (text_of(alias.get("key")), alias, key) if alias and key else None


@rule(on=Step, level=ERROR, family="harness", about=("outputAlias",))
def looped_export(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an export of variables from within a loop.

    ## Why is this bad?
    What is exported never changes again. A second run of the loop would export the same alias once
    more, so Harness refuses it.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: export VERSION=1}
          outputVariables:
            - {name: version, type: String, value: VERSION}
          outputAlias: {key: build, scope: Pipeline}
        strategy:
          parallelism: 2
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: export VERSION=1}
          outputVariables:
            - {name: version, type: String, value: VERSION}
          outputAlias: {key: build, scope: Pipeline}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step
    """
    alias = alias_of(step)
    if alias is None:
        return
    for unit in step.lineage:
        if unit.looping is not None:
            yield Finding(
                alias[2].span,
                "variables are exported from within a loop",
                "exported once only",
                help="remove the alias, or export them in a step after the loop",
                related=(Related(unit.looping.key.span, f"the {unit.what} runs several times"),),
            )
            return


@rule(on=Model, level=ERROR, family="harness", about=("outputAlias",))
def repeated_export(model: Model, context: Context) -> Iterator[Finding]:
    """Reports an alias under which two steps export variables.

    ## Why is this bad?
    What is exported never changes again: the second step fails.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: one
                  identifier: one
                  type: ShellScript
                  timeout: 10m
                  spec: &script
                    shell: Bash
                    source:
                      type: Inline
                      spec: {script: export VERSION=1}
                    outputVariables:
                      - {name: version, type: String, value: VERSION}
                    outputAlias: {key: build, scope: Pipeline}
              - step:
                  name: two
                  identifier: two
                  type: ShellScript
                  timeout: 10m
                  spec:
                    <<: *script
                    outputAlias: {key: build, scope: Pipeline}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: one
                  identifier: one
                  type: ShellScript
                  timeout: 10m
                  spec: &script
                    shell: Bash
                    source:
                      type: Inline
                      spec: {script: export VERSION=1}
                    outputVariables:
                      - {name: version, type: String, value: VERSION}
                    outputAlias: {key: build, scope: Pipeline}
              - step:
                  name: two
                  identifier: two
                  type: ShellScript
                  timeout: 10m
                  spec:
                    <<: *script
                    outputAlias: {key: image, scope: Pipeline}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step
    """
    seen: dict[tuple[str, str, int], Text] = {}
    for step in model.steps:
        alias = alias_of(step)
        scope = text_of(alias[1].get("scope")) if alias else None
        if alias is None or scope is None or alias[0] is None or _may_be_skipped(step):
            continue
        name = alias[0]
        before = seen.setdefault((name.value, scope.value, _around(step, scope.value)), name)
        if before is not name:
            yield Finding(
                name.span,
                f"variables are exported as `{name.value}` twice",
                "the same alias",
                help="choose another alias",
                related=(Related(before.span, "first here"),),
            )


def _may_be_skipped(step: Step) -> bool:
    """Tell whether a condition, or a rollback, may keep a step from running."""
    return step.in_rollback or any("when" in unit.node.fields for unit in step.lineage)


def _around(step: Step, scope: str) -> int:
    """Return what tells one stage or group, in which an alias is known, from another."""
    if scope == "StepGroup":
        return next((id(group) for group in step.groups), 0)
    return id(step.stage) if scope == "Stage" else 0


@rule(on=Step, level=ERROR, family="harness", about=("outputAlias",))
def group_export_outside_group(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an export to a step group from a step that stands in none.

    ## Why is this bad?
    The scope `StepGroup` is the group around the step. Without one there is nobody who could read
    the variables.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
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
                      spec: {script: export VERSION=1}
                    outputAlias: {key: build, scope: StepGroup}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
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
                      spec: {script: export VERSION=1}
                    outputAlias: {key: build, scope: Stage}
    ```
    """
    alias = alias_of(step)
    scope = text_of(alias[1].get("scope")) if alias else None
    if scope is None or scope.value != "StepGroup" or isinstance(step.outer, TemplateDefinition):
        return
    if next(step.groups, None) is None:
        yield Finding(
            scope.span,
            "variables are exported to a step group, but there is none",
            "not in a step group",
            help="write `Stage` or `Pipeline`",
        )


RULES = (
    group_export_outside_group,
    looped_export,
    repeated_export,
    secret_output_without_source,
)
