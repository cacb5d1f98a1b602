"""Steps that need a container, or cannot do with one, outside of build stages."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Step,
)
from pipelint.harness.stage_kind import (
    CUSTOM,
    DEPLOYMENT,
    article,
    container_group_of,
    infra_span,
    infra_type_of,
    stage_kind_of,
)
from pipelint.harness.values import Text, is_filled
from pipelint.rule import rule
from pipelint.yaml.node import Mapping

IN_CONTAINERS = frozenset({"Run", "Plugin", "Background", "GitClone", "S3Upload"})
WITH_IMAGE = frozenset({"Run", "Plugin", "Background"})
OTHER_APPROVALS = frozenset({"JiraApproval", "ServiceNowApproval", "CustomApproval"})


@rule(
    on=Step,
    level=WARNING,
    family="harness",
    about=("Run", "Plugin", "Background", "GitClone", "S3Upload"),
)
def container_step_outside_group(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that needs a container, where nothing provides one.

    ## Why is this bad?
    Build stages run every step in a container. Deployment and Custom stages do so only in a step
    group with `stepGroupInfra`; a `Run` step outside of one has no place to run, and fails.
    `ShellScript` is the step for scripts there: it runs on the delegate.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: prepare
                  identifier: prepare
                  type: Run
                  timeout: 10m
                  spec:
                    connectorRef: docker
                    image: alpine:3.22
                    shell: Sh
                    command: ./prepare.sh
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - stepGroup:
                  name: prepare
                  identifier: prepare
                  stepGroupInfra:
                    type: KubernetesDirect
                    spec:
                      connectorRef: cluster
                      namespace: builds
                  steps:
                    - step:
                        name: prepare
                        identifier: prepare
                        type: Run
                        timeout: 10m
                        spec:
                          connectorRef: docker
                          image: alpine:3.22
                          shell: Sh
                          command: ./prepare.sh
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/containerized-steps/containerized-step-groups
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/cd-steps-faqs
    """
    kind = stage_kind_of(step)
    if step.kind not in IN_CONTAINERS or kind not in {DEPLOYMENT, CUSTOM}:
        return
    if step.template is not None or not isinstance(step.type, Text) or _has_place(step):
        return
    yield Finding(
        step.type.span,
        f"`{step.kind}` runs in a container, and {article(kind)} stage provides none",
        "not in a containerised group",
        help="put it into a step group with `stepGroupInfra`"
        + (", or use `ShellScript`" if step.kind == "Run" else ""),
    )


def _has_place(step: Step) -> bool:
    """Tell whether a group or the stage says where steps run, in whatever way."""
    stage = step.stage
    spec = stage.spec if stage is not None else None
    if spec is not None and not {"runtime", "platform"}.isdisjoint(spec.fields):
        return True
    return any("stepGroupInfra" in group.node.fields for group in step.groups)


@rule(on=Step, level=WARNING, family="harness", about=("stepGroupInfra",))
def container_step_without_image(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step in a containerised group that does not say in which container it runs.

    ## Why is this bad?
    Each step of a group on Kubernetes is a container of its own. Without an image, and a connector
    to fetch it by, the pod cannot be made.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        stepGroupInfra:
          type: KubernetesDirect
          spec:
            connectorRef: cluster
            namespace: builds
        steps:
          - step:
              name: prepare
              identifier: prepare
              type: Run
              spec:
                shell: Sh
                command: ./prepare.sh
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        stepGroupInfra:
          type: KubernetesDirect
          spec:
            connectorRef: cluster
            namespace: builds
        steps:
          - step:
              name: prepare
              identifier: prepare
              type: Run
              spec:
                connectorRef: docker
                image: alpine:3.22
                shell: Sh
                command: ./prepare.sh
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/containerized-steps/containerized-step-groups
    """
    group = container_group_of(step)
    if group is None or infra_type_of(group) != "KubernetesDirect" or step.spec is None:
        return
    if step.kind not in WITH_IMAGE or step.template is not None or step.spec.broken:
        return
    missing = _missing(step.spec)
    if missing and isinstance(step.type, Text) and stage_kind_of(step) in {DEPLOYMENT, CUSTOM}:
        shown = " and ".join(f"`{key}`" for key in missing)
        yield Finding(
            step.type.span,
            f"step `{step.label}` runs in a container, but has no {shown}",
            "no container to run in",
            help=f"add {shown} below its `spec`",
        )


def _missing(spec: Mapping) -> list[str]:
    missing = [] if is_filled(spec.get("image")) else ["image"]
    if not is_filled(spec.get("connectorRef")) and not is_filled(spec.get("registryRef")):
        missing.append("connectorRef")
    return missing


@rule(on=Step, level=ERROR, family="harness", about=("stepGroupInfra",))
def approval_in_container_group(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval by a ticket or a script in a containerised step group.

    ## Why is this bad?
    Of the approvals only `HarnessApproval` is supported in such a group. The others fail.

    ## Example
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        stepGroupInfra:
          type: KubernetesDirect
          spec:
            connectorRef: cluster
            namespace: builds
        steps:
          - step:
              name: ticket
              identifier: ticket
              type: JiraApproval
              timeout: 1d
              spec:
                connectorRef: jira
                issueKey: SHOP-1
                approvalCriteria:
                  type: Jexl
                  spec:
                    expression: <+issue.Status> == "Done"
    ```

    ## Use instead
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step:
              name: ticket
              identifier: ticket
              type: JiraApproval
              timeout: 1d
              spec:
                connectorRef: jira
                issueKey: SHOP-1
                approvalCriteria:
                  type: Jexl
                  spec:
                    expression: <+issue.Status> == "Done"
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/containerized-steps/approval-steps-in-container-step-groups
    """
    group = container_group_of(step) if step.kind in OTHER_APPROVALS else None
    if group is not None and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            f"`{step.kind}` is not supported in a containerised step group",
            "only `HarnessApproval` is",
            help="move it out of the group, or use `HarnessApproval`",
            related=(Related(infra_span(group), "makes the group a pod"),),
        )


@rule(on=Step, level=WARNING, family="harness", about=("Container",))
def deprecated_container_step(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step of the type `Container`.

    ## Why is this bad?
    Harness retires this type. A step group with `stepGroupInfra` runs any number of `Run` and
    `Plugin` steps in one pod, and is what takes its place.

    ## Example
    ```yaml
    template:
      name: scan
      identifier: scan
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Container
        timeout: 10m
        spec:
          connectorRef: docker
          image: alpine:3.22
          command: ./scan.sh
          shell: Sh
          infrastructure:
            type: KubernetesDirect
            spec:
              connectorRef: cluster
              namespace: builds
              resources:
                limits:
                  cpu: "1"
                  memory: 512Mi
    ```

    ## Use instead
    ```yaml
    template:
      name: scan
      identifier: scan
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: Custom
        stepGroupInfra:
          type: KubernetesDirect
          spec:
            connectorRef: cluster
            namespace: builds
        steps:
          - step:
              name: scan
              identifier: scan
              type: Run
              spec:
                connectorRef: docker
                image: alpine:3.22
                shell: Sh
                command: ./scan.sh
    ```
    """
    if step.kind == "Container" and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            "step type `Container` is being retired",
            "deprecated type",
            help="use `Run` in a step group with `stepGroupInfra`",
        )


RULES = (
    approval_in_container_group,
    container_step_outside_group,
    container_step_without_image,
    deprecated_container_step,
)
