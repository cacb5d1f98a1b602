"""Who may start a pipeline, and who lets it through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import INFO, OFF, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Stage, Trigger
from pipelint.harness.values import flag_of, text_of
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

_PRODUCTION = re.compile(r"(?i:(?:.*[_.\s-])?(?:prod|production|prd|live)(?:[_.\s-].*|\d*)?)\Z")
_NOT_YET = re.compile(r"(?i:non|pre|not|sub|fake|test)")


@rule(on=Trigger, level=OFF, family="security", about=("Webhook",))
def unauthenticated_webhook(trigger: Trigger, _context: Context) -> Iterator[Finding]:
    """Reports a webhook trigger that does not check who calls it.

    ## Why is this bad?
    Whoever learns the address can start the pipeline, with a payload of his own. With a secret
    that the host of the repository signs its calls with, Harness refuses all others.

    An account may demand this of all triggers, which the file does not show; so the rule is off by
    default.

    ## Example
    ```yaml
    trigger:
      name: push
      identifier: push
      enabled: true
      orgIdentifier: default
      projectIdentifier: web
      pipelineIdentifier: build
      source:
        type: Webhook
        spec:
          type: Github
          spec:
            type: Push
            spec:
              connectorRef: account.github
              autoAbortPreviousExecutions: false
              payloadConditions: []
              headerConditions: []
              repoName: shop
              actions: []
      inputYaml: |
        pipeline:
          identifier: build
    ```

    ## Use instead
    ```yaml
    trigger:
      name: push
      identifier: push
      enabled: true
      encryptedWebhookSecretIdentifier: account.hook
      orgIdentifier: default
      projectIdentifier: web
      pipelineIdentifier: build
      source:
        type: Webhook
        spec:
          type: Github
          spec:
            type: Push
            spec:
              connectorRef: account.github
              autoAbortPreviousExecutions: false
              payloadConditions: []
              headerConditions: []
              repoName: shop
              actions: []
      inputYaml: |
        pipeline:
          identifier: build
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    source = mapping_of(trigger.node.get("source"))
    kind = text_of(source.get("type")) if source else None
    secret = trigger.node.get("encryptedWebhookSecretIdentifier")
    if kind is None or kind.value != "Webhook" or trigger.node.broken:
        return
    if secret is None or (text_of(secret) is None and getattr(secret, "text", "") == ""):
        yield Finding(
            kind.span,
            "nobody checks who calls this webhook",
            "no secret",
            help="set `encryptedWebhookSecretIdentifier`, and the same secret at the host",
        )


def _is_production(stage: Stage) -> bool:
    """Tell whether a stage deploys to what is called production."""
    environment = mapping_of(stage.spec.get("environment")) if stage.spec else None
    reference = text_of(environment.get("environmentRef")) if environment else None
    if reference is None:
        return False
    name = reference.value.rpartition(".")[2]
    return _PRODUCTION.match(name) is not None and not _NOT_YET.search(name)


@rule(on=Pipeline, level=INFO, family="security", about=("disallowPipelineExecutor",))
def self_approval(pipeline: Pipeline, _context: Context) -> Iterator[Finding]:
    """Reports an approval before production that the one who started the pipeline may give.

    ## Why is this bad?
    An approval is there so that a second person looks at it. With `disallowPipelineExecutor: false`
    whoever starts the pipeline, and is in the group, approves what he has done himself.

    Only approvals before a deployment to an environment that is called production are reported.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: approve
            identifier: approve
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec:
                        approvalMessage: Release?
                        includePipelineExecutionHistory: true
                        approvers:
                          userGroups: [account.ops]
                          minimumCount: 1
                          disallowPipelineExecutor: false
        - stage:
            name: deploy
            identifier: deploy
            type: Deployment
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
                      name: roll out
                      identifier: rollout
                      type: K8sRollingDeploy
                      timeout: 10m
                      spec: {skipDryRun: false}
                rollbackSteps: []
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
    ```

    ## Use instead
    ```yaml
    template:
      name: ask
      identifier: ask
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          approvalMessage: Release?
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.ops]
            minimumCount: 1
            disallowPipelineExecutor: true
    ```

    ## References
    - https://developer.harness.io/docs/platform/approvals/adding-harness-approval-stages
    """
    stages = list(pipeline.all_stages())
    last = max((at for at, stage in enumerate(stages) if _is_production(stage)), default=-1)
    for stage in stages[: last + 1]:
        for step in stage.all_steps():
            approvers = (
                step.spec.get("approvers") if step.kind == "HarnessApproval" and step.spec else None
            )
            if not isinstance(approvers, Mapping):
                continue
            key, value = (
                approvers.key("disallowPipelineExecutor"),
                approvers.get("disallowPipelineExecutor"),
            )
            if key is not None and value is not None and flag_of(value) is False:
                yield Finding(
                    Span(key.start, value.end),
                    "who starts the pipeline may approve it himself",
                    "a second person is meant",
                    help="write `disallowPipelineExecutor: true`",
                )


@rule(on=Pipeline, level=OFF, family="security", about=("environmentRef",))
def unapproved_production(pipeline: Pipeline, _context: Context) -> Iterator[Finding]:
    """Reports a deployment to production without an approval before it.

    ## Why is this bad?
    Whoever can start the pipeline, or push to the branch that starts it, changes production, and
    nobody else looks at it. Where that is what you want, it is fine: the rule is off by default.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: deploy
            identifier: deploy
            type: Deployment
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
                      name: roll out
                      identifier: rollout
                      type: K8sRollingDeploy
                      timeout: 10m
                      spec: {skipDryRun: false}
                rollbackSteps: []
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
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
            name: deploy
            identifier: deploy
            type: Deployment
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
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec:
                        approvalMessage: Release?
                        includePipelineExecutionHistory: true
                        approvers:
                          userGroups: [account.ops]
                          minimumCount: 1
                          disallowPipelineExecutor: true
                  - step:
                      name: roll out
                      identifier: rollout
                      type: K8sRollingDeploy
                      timeout: 10m
                      spec: {skipDryRun: false}
                rollbackSteps: []
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
    ```
    """
    if pipeline.is_partial:
        return
    for stage in pipeline.all_stages():
        if stage.is_open or stage.kind == "Approval":
            return
        if any(step.kind.endswith("Approval") for step in stage.all_steps()):
            return
        if _is_production(stage):
            yield Finding(
                stage.span,
                "production is deployed to without an approval",
                "no approval before this",
                help="put an Approval stage, or an approval step, before it",
            )


RULES = (self_approval, unapproved_production, unauthenticated_webhook)
