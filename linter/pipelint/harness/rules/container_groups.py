"""Step groups whose steps run in the containers of one pod, or on one machine."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Stage, StepGroup
from pipelint.harness.stage_kind import (
    CUSTOM,
    DEPLOYMENT,
    KINDS,
    article,
    container_group_of,
    infra_span,
    stage_kind_of,
)
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of, mapping_of

_MACHINES = frozenset({DEPLOYMENT, CUSTOM, "DRTest", "CompositeLoadTest"})


@rule(on=StepGroup, level=ERROR, family="harness", about=("stepGroupInfra",))
def group_in_container_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a step group in a containerised step group.

    ## Why is this bad?
    A group with `stepGroupInfra` becomes one pod, in which all its steps run. Harness does not
    support groups in it.

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
          - stepGroup:
              name: inner
              identifier: inner
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
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/step-groups
    """
    outer = container_group_of(group)
    if outer is not None and outer.infra is not None:
        yield Finding(
            group.key.span,
            f"step group `{group.label}` stands in a containerised group",
            "no groups in a pod",
            help="move it out of the containerised group",
            related=(Related(infra_span(outer), "makes the outer group a pod"),),
        )


@rule(on=StepGroup, level=ERROR, family="harness", about=("stepGroupInfra",))
def group_infrastructure_not_here(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports machines as the infrastructure of a step group in a stage that has none for groups.

    ## Why is this bad?
    `VM` and `ECSDirect` are offered for groups in Deployment, Custom and test stages; elsewhere
    Harness refuses them.

    ## Example
    ```yaml
    template:
      name: scan
      identifier: scan
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Approval
        stepGroupInfra:
          type: VM
          spec:
            type: Pool
            spec:
              poolName: linux
              os: Linux
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: scan
      identifier: scan
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        stepGroupInfra:
          type: VM
          spec:
            type: Pool
            spec:
              poolName: linux
              os: Linux
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```
    """
    kind = stage_kind_of(group)
    text = text_of(group.infra.get("type")) if group.infra is not None else None
    if text is None or text.value not in {"VM", "ECSDirect"}:
        return
    if kind in KINDS and kind not in _MACHINES:
        yield Finding(
            text.span,
            f"a step group in {article(kind)} stage cannot run on `{text.value}`",
            "not offered in this stage",
            help="use `KubernetesDirect`, or move the group to a Custom stage",
        )


@rule(on=(StepGroup, Stage), level=WARNING, family="harness", about=("mountPath",))
def repeated_mount_path(unit: StepGroup | Stage, context: Context) -> Iterator[Finding]:
    """Reports two volumes of a build stage or a step group that are mounted at the same path.

    ## Why is this bad?
    Kubernetes refuses a pod with two mounts at one path; the stage or the group cannot start.

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
            volumes:
              - mountPath: /cache
                type: EmptyDir
                spec:
                  size: 1Gi
              - mountPath: /cache
                type: EmptyDir
                spec:
                  size: 2Gi
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
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
            volumes:
              - mountPath: /cache
                type: EmptyDir
                spec:
                  size: 1Gi
              - mountPath: /results
                type: EmptyDir
                spec:
                  size: 2Gi
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```
    """
    below = unit.spec.get("infrastructure") if isinstance(unit, Stage) and unit.spec else None
    infra = unit.infra if isinstance(unit, StepGroup) else mapping_of(below)
    spec = infra.get("spec") if infra is not None else None
    first: dict[str, Text] = {}
    for volume in items_of(spec.get("volumes")) if isinstance(spec, Mapping) else ():
        path = text_of(volume.get("mountPath")) if isinstance(volume, Mapping) else None
        if path is None:
            continue
        before = first.setdefault(path.value.rstrip("/"), path)
        if before is not path:
            yield Finding(
                path.span,
                f"two volumes are mounted at `{path.value}`",
                "mounted before",
                help="mount one of them at another path",
                related=(Related(before.span, "first here"),),
            )


RULES = (group_in_container_group, group_infrastructure_not_here, repeated_mount_path)
