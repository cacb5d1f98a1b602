"""Terraform: plans that are applied without being made, and identifiers that tie steps together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Model
from pipelint.harness.values import Text, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MAKES_PLAN = {"TerraformPlan", "TerragruntPlan"}
_INHERITS = "InheritFromPlan"

MOST_COMPARED = 8
"""So many unknown names are compared with those that are known."""

_APPLIES = frozenset({"TerraformApply", "TerraformPlan", "TerraformDestroy", "TerraformCloudRun"})


class _Use:
    """A step of Terraform: its type, the identifier that ties it to others, its spec."""

    __slots__ = ("identifier", "kind", "spec")

    def __init__(self, kind: str, identifier: Text, spec: Mapping) -> None:
        self.kind = kind
        self.identifier = identifier
        self.spec = spec

    @property
    def inherits(self) -> bool:
        """Whether it takes its settings from a plan."""
        configuration = mapping_of(self.spec.get("configuration"))
        kind = text_of(configuration.get("type")) if configuration else None
        return kind is not None and kind.value == _INHERITS


def _uses(context: Context) -> list[_Use]:
    """Return the steps of Terraform, also those that make an infrastructure first."""
    kinds = {id(field.owner.get("spec")): field for field in context.fields("type")}
    found = []
    for field in context.fields("provisionerIdentifier"):
        kind = _kind(kinds.get(id(field.owner)))
        identifier = text_of(field.value)
        if identifier is not None and kind and not field.partial:
            found.append(_Use(kind, identifier, field.owner))
    return found


def _kind(field: Field | None) -> str:
    text = text_of(field.value) if field is not None else None
    return text.value if text is not None else ""


def _may_hold_more(model: Model, context: Context) -> bool:
    """Tell whether steps may be where they cannot be seen."""
    if model.pipeline is None or model.pipeline.is_open or model.links or model.inserts:
        return True
    known = (text_of(field.value) for field in context.fields("provisionerIdentifier"))
    return any(text is None for text in known)


@rule(on=Model, level=ERROR, family="harness", about=("provisionerIdentifier",))
def malformed_provisioner_identifier(model: Model, context: Context) -> Iterator[Finding]:
    """Reports an identifier of a provisioner that Harness does not take.

    ## Why is this bad?
    The identifier becomes a part of the path of the state. Harness takes letters, digits and `_`,
    and fails the step otherwise.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: TerraformRollback
        timeout: 10m
        spec: {provisionerIdentifier: my-network}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: TerraformRollback
        timeout: 10m
        spec: {provisionerIdentifier: my_network}
    ```

    ## Fix safety
    The fix is unsafe: the name need not be the one that is used elsewhere.
    """
    for field in context.fields("provisionerIdentifier"):
        text = text_of(field.value)
        if text is None or _IDENTIFIER.fullmatch(text.value):
            continue
        right = re.sub(r"\W+", "_", text.value.strip(), flags=re.ASCII)
        good = bool(_IDENTIFIER.fullmatch(right))
        fix = Fix(f"replace it with `{right}`", (Edit(text.span, right),), safe=False)
        yield Finding(
            text.span,
            f"`{text.value}` is no identifier of a provisioner",
            "letters, digits and `_` only",
            help="use the same identifier in all steps that belong together",
            fixes=(fix,) if good else (),
        )


@rule(on=Model, level=WARNING, family="harness", about=(_INHERITS,))
def unknown_terraform_plan(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a step that takes a plan which no step makes.

    ## Why is this bad?
    `InheritFromPlan` applies what the plan step of the same `provisionerIdentifier` planned. Where
    the pipeline has none, the step fails.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: network
            identifier: network
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: apply
                      identifier: apply
                      type: TerraformApply
                      timeout: 10m
                      spec:
                        provisionerIdentifier: network
                        configuration: {type: InheritFromPlan}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: network
            identifier: network
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: plan
                      identifier: plan
                      type: TerraformPlan
                      timeout: 10m
                      spec:
                        provisionerIdentifier: network
                        configuration:
                          command: Apply
                          secretManagerRef: harnessSecretManager
                          configFiles:
                            store:
                              type: Github
                              spec:
                                connectorRef: account.github
                                repoName: infra
                                branch: main
                                folderPath: network
                                gitFetchType: Branch
                  - step:
                      name: apply
                      identifier: apply
                      type: TerraformApply
                      timeout: 10m
                      spec:
                        provisionerIdentifier: network
                        configuration: {type: InheritFromPlan}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """
    if _may_hold_more(model, context):
        return
    uses = _uses(context)
    plans = {use.identifier.value for use in uses if use.kind in _MAKES_PLAN}
    lost = [
        use
        for use in uses
        if use.kind not in _MAKES_PLAN and use.inherits and use.identifier.value not in plans
    ]
    for number, use in enumerate(lost):
        near = plans if number < MOST_COMPARED else set[str]()
        yield _unknown(use, near, "plan", "a TerraformPlan step")


def _unknown(use: _Use, known: set[str], what: str, step: str) -> Finding:
    name = use.identifier
    near = nearest(name.value, known, 1)
    fix = (
        Fix(f"replace it with `{near[0]}`", (Edit(name.span, near[0]),), safe=False)
        if near
        else None
    )
    return Finding(
        name.span,
        f"no step makes the {what} `{name.value}`",
        "no such step in the pipeline",
        help=f"a similar identifier exists: `{near[0]}`"
        if near
        else f"add {step} of this identifier",
        fixes=(fix,) if fix else (),
    )


@rule(on=Model, level=WARNING, family="harness", about=("TerraformRollback",))
def unknown_terraform_apply(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a rollback of what no step has applied.

    ## Why is this bad?
    TerraformRollback goes back to the state before the step of the same `provisionerIdentifier`.
    Where there is none, it does nothing.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: network
            identifier: network
            type: Deployment
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: prod
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: apply
                      identifier: apply
                      type: TerraformApply
                      timeout: 10m
                      spec:
                        provisionerIdentifier: network
                        configuration: {type: InheritFromApply}
                rollbackSteps:
                  - step:
                      name: back
                      identifier: back
                      type: TerraformRollback
                      timeout: 10m
                      spec: {provisionerIdentifier: netwrok}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: network
            identifier: network
            type: Deployment
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: prod
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: apply
                      identifier: apply
                      type: TerraformApply
                      timeout: 10m
                      spec:
                        provisionerIdentifier: network
                        configuration: {type: InheritFromApply}
                rollbackSteps:
                  - step:
                      name: back
                      identifier: back
                      type: TerraformRollback
                      timeout: 10m
                      spec: {provisionerIdentifier: network}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """
    if _may_hold_more(model, context):
        return
    uses = _uses(context)
    applied = {use.identifier.value for use in uses if use.kind in _APPLIES}
    rollbacks = [use for use in uses if use.kind == "TerraformRollback"]
    lost = [use for use in rollbacks if use.identifier.value not in applied]
    for number, use in enumerate(lost):
        near = applied if number < MOST_COMPARED else set[str]()
        yield _unknown(use, near, "change", "a TerraformApply step")


RULES = (
    malformed_provisioner_identifier,
    unknown_terraform_apply,
    unknown_terraform_plan,
)
