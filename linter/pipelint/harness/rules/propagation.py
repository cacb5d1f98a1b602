"""Services that one stage takes from another, and artifacts of the last deployment."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.expressions import expressions_of
from pipelint.harness.model import Model, Stage, TemplateDefinition
from pipelint.harness.values import is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Node, Scalar
from pipelint.yaml.view import mapping_of

_LATEST = "lastPublished.tag"
_DEPLOYED = "lastSuccessfulDeployed."


@rule(on=Model, level=INFO, family="harness", about=(_LATEST,))
def artifact_chosen_again(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a stage that takes over a service whose artifact is the last one published.

    ## Why is this bad?
    `<+lastPublished.tag>` is looked up in each stage anew. If somebody publishes meanwhile, the
    second stage deploys another artifact than the first.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: test
            identifier: test
            type: Deployment
            failureStrategies: &failures
              - onFailure: {errors: [AllErrors], action: {type: StageRollback}}
            spec:
              deploymentType: Kubernetes
              service:
                serviceRef: server
                serviceInputs:
                  serviceDefinition:
                    type: Kubernetes
                    spec:
                      artifacts:
                        primary:
                          primaryArtifactRef: image
                          sources:
                            - identifier: image
                              type: DockerRegistry
                              spec: {tag: <+lastPublished.tag>}
              environment:
                environmentRef: test
                infrastructureDefinitions: [{identifier: test}]
              execution: &execution
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
                rollbackSteps:
                  - step:
                      type: K8sRollingRollback
                      name: roll back
                      identifier: roll_back
                      timeout: 10m
                      spec: {}
        - stage:
            name: live
            identifier: live
            type: Deployment
            failureStrategies: *failures
            spec:
              deploymentType: Kubernetes
              service:
                useFromStage: {stage: test}
              environment:
                environmentRef: live
                infrastructureDefinitions: [{identifier: live}]
              execution: *execution
    ```

    ## Use instead
    Give the tag once, as a runtime input or a variable: `spec: {tag: <+input>}`.
    """
    known: dict[int, bool] = {}
    chosen = {stage.id: stage for stage in model.stages if stage.id and _is_latest(stage, known)}
    for stage in model.stages:
        source = mapping_of(_service(stage, "useFromStage"))
        name = text_of(source.get("stage")) if source is not None else None
        if name is not None and name.value in chosen:
            yield Finding(
                name.span,
                f"stage `{stage.label}` looks the last published artifact up anew",
                "may be another one",
                help="give the tag as an input or a variable that both stages read",
                related=(Related(chosen[name.value].span, "looked up here first"),),
            )


def _service(stage: Stage, key: str) -> Node | None:
    service = mapping_of(stage.spec.get("service")) if stage.spec is not None else None
    return service.get(key) if service is not None else None


def _is_latest(stage: Stage, known: dict[int, bool]) -> bool:
    """Tell whether the inputs of the stage's service ask for the last published artifact.

    `known` has the answers so far: stages may share their inputs by an alias.
    """
    inputs = _service(stage, "serviceInputs")
    if inputs is None:
        return False
    if id(inputs) not in known:
        known[id(inputs)] = _asks_for_latest(inputs)
    return known[id(inputs)]


def _asks_for_latest(inputs: Node) -> bool:
    work, seen = [inputs], set[int]()
    while work:
        node = work.pop()
        if isinstance(node, Scalar):
            if _LATEST in node.text:
                return True
        elif id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, Mapping):
                work += [value for _, value in node.fields.values()]
            else:
                work += node.items
    return False


@rule(on=Model, level=ERROR, family="harness", about=(_DEPLOYED,))
def last_deployment_in_sidecar(_: Model, context: Context) -> Iterator[Finding]:
    """Reports a sidecar whose artifact is the one of the last successful deployment.

    ## Why is this bad?
    Harness knows the artifact of the last deployment for the primary artifact only. For a sidecar
    the expression gives nothing.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      orgIdentifier: default
      projectIdentifier: web
      serviceDefinition:
        type: Kubernetes
        spec:
          artifacts:
            sidecars:
              - sidecar:
                  identifier: proxy
                  type: DockerRegistry
                  spec:
                    connectorRef: docker
                    imagePath: web/proxy
                    tag: <+lastSuccessfulDeployed.tag>
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      orgIdentifier: default
      projectIdentifier: web
      serviceDefinition:
        type: Kubernetes
        spec:
          artifacts:
            sidecars:
              - sidecar:
                  identifier: proxy
                  type: DockerRegistry
                  spec:
                    connectorRef: docker
                    imagePath: web/proxy
                    tag: <+input>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/artifact-sources
    """
    sidecars = sorted(field.value.span for field in context.fields("sidecars"))
    position, end = 0, 0
    for scalar in [one.scalar for one in expressions_of(context)] if sidecars else ():
        while position < len(sidecars) and sidecars[position].start <= scalar.start:
            end = max(end, sidecars[position].end)
            position += 1
        if scalar.start < end and _DEPLOYED in scalar.text:
            yield Finding(
                scalar.span,
                "a sidecar cannot take the artifact of the last deployment",
                "known for the primary only",
                help="write a tag, or `<+input>`",
            )


@rule(on=TemplateDefinition, level=WARNING, family="harness", about=("useFromStage",))
def use_from_stage_in_template(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a stage template that takes its service or environment from another stage.

    ## Why is this bad?
    The template does not know the stages of the pipeline that uses it. Harness refuses to save
    such a template; old ones may still exist. Leave the service open, and write `useFromStage`
    below `templateInputs` where the template is used.

    ## Example
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
        spec:
          deploymentType: Kubernetes
          service:
            useFromStage: {stage: test}
          environment: {environmentRef: <+input>, infrastructureDefinitions: <+input>}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## Use instead
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: <+input>}
          environment: {environmentRef: <+input>, infrastructureDefinitions: <+input>}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```
    """
    body = template.body
    if not isinstance(body, Stage) or body.spec is None:
        return
    for name in ("service", "services", "environment", "environments"):
        holder = mapping_of(body.spec.get(name))
        key = holder.key("useFromStage") if holder is not None else None
        if key is not None and is_filled(holder.get("useFromStage") if holder else None):
            yield Finding(
                key.span,
                f"a stage template cannot take its {name} from a stage",
                "no stages around it here",
                help=f"write `{name}: <+input>`; the pipeline gives `useFromStage`",
            )


RULES = (artifact_chosen_again, last_deployment_in_sidecar, use_from_stage_in_template)
