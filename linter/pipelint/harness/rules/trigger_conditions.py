"""Conditions under which a trigger starts its pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Trigger
from pipelint.harness.trigger_source import specs_of, type_of
from pipelint.harness.values import text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar, Sequence

_CONDITIONS = ("payloadConditions", "headerConditions", "eventConditions", "metaDataConditions")


def _conditions(trigger: Trigger) -> Iterator[tuple[Mapping, Sequence]]:
    """Give the lists of conditions with what holds them."""
    for spec in specs_of(trigger):
        for name in _CONDITIONS:
            conditions = spec.get(name)
            if isinstance(conditions, Sequence):
                yield spec, conditions


def _condition(item: object) -> tuple[str, str, Scalar] | None:
    """Return the key, the operator and the literal value of a condition."""
    if not isinstance(item, Mapping):
        return None
    key, operator, value = (text_of(item.get(name)) for name in ("key", "operator", "value"))
    if key is None or operator is None or value is None:
        return None
    return key.value, operator.value, value.node


@rule(on=Trigger, level=WARNING, family="harness", about=_CONDITIONS)
def contradicting_conditions(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports two conditions of a trigger that are never true together.

    ## Why is this bad?
    All conditions must hold. Something that equals one value does not equal another: the trigger
    never starts anything.

    ## Example
    ```yaml
    trigger:
      name: push
      identifier: push
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Webhook
        spec:
          type: Github
          spec:
            type: Push
            spec:
              connectorRef: github
              repoName: shop
              payloadConditions:
                - {key: targetBranch, operator: Equals, value: main}
                - {key: targetBranch, operator: Equals, value: develop}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: push
      identifier: push
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Webhook
        spec:
          type: Github
          spec:
            type: Push
            spec:
              connectorRef: github
              repoName: shop
              payloadConditions:
                - {key: targetBranch, operator: In, value: "main, develop"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    for _, conditions in _conditions(trigger):
        first: dict[str, Scalar] = {}
        for item in conditions.items:
            key, operator, value = _condition(item) or ("", "", None)
            if value is None or operator != "Equals":
                continue
            before = first.setdefault(key, value)
            if before.text != value.text:
                yield Finding(
                    value.span,
                    f"`{key}` cannot equal `{before.text}` and `{value.text}`",
                    "never true together",
                    help="write both in one condition with the operator `In`",
                    related=(Related(before.span, "the other value"),),
                )


@rule(on=Trigger, level=WARNING, family="harness", about=("changedFiles",))
def changed_files_of_azure(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a condition on the changed files of a pull request of Azure Repos.

    ## Why is this bad?
    Azure does not say which files a pull request changes: the condition is never true.

    ## Example
    ```yaml
    trigger:
      name: review
      identifier: review
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Webhook
        spec:
          type: AzureRepo
          spec:
            type: PullRequest
            spec:
              connectorRef: azure
              repoName: shop
              actions: [Create]
              payloadConditions:
                - {key: changedFiles, operator: Contains, value: src/}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: review
      identifier: review
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Webhook
        spec:
          type: AzureRepo
          spec:
            type: PullRequest
            spec:
              connectorRef: azure
              repoName: shop
              actions: [Create]
              payloadConditions:
                - {key: targetBranch, operator: Equals, value: main}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    types = [type_of(spec) for spec in specs_of(trigger)]
    if types[:3] != ["Webhook", "AzureRepo", "PullRequest"]:
        return
    for _, conditions in _conditions(trigger):
        for item in conditions.items:
            key = text_of(item.get("key")) if isinstance(item, Mapping) else None
            if key is not None and key.value == "changedFiles":
                yield Finding(
                    key.span,
                    "changed files are not known for pull requests of Azure",
                    "never true",
                    help="use another condition, or a trigger on pushes",
                )


@rule(on=Trigger, level=WARNING, family="harness", about=("latest",))
def waits_for_latest(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a trigger on artifacts that waits for the tag `latest`.

    ## Why is this bad?
    Harness starts a pipeline when a new tag appears. `latest` is moved from one artifact to the
    next, and is not new after the first time.

    ## Example
    ```yaml
    trigger:
      name: image
      identifier: image
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Artifact
        spec:
          type: DockerRegistry
          spec:
            connectorRef: docker_hub
            imagePath: shop/server
            tag: <+trigger.artifact.build>
            eventConditions:
              - {key: build, operator: Equals, value: latest}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: image
      identifier: image
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Artifact
        spec:
          type: DockerRegistry
          spec:
            connectorRef: docker_hub
            imagePath: shop/server
            tag: <+trigger.artifact.build>
            eventConditions:
              - {key: build, operator: StartsWith, value: "1."}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/trigger-on-a-new-artifact
    """
    for _, conditions in _conditions(trigger):
        for item in conditions.items:
            key, operator, value = _condition(item) or ("", "", None)
            if value is not None and (key, operator, value.text) == ("build", "Equals", "latest"):
                yield Finding(
                    value.span,
                    "`latest` is no new tag when an artifact is published",
                    "starts nothing",
                    help="wait for tags of versions, such as those that start with `1.`",
                )


RULES = (changed_files_of_azure, contradicting_conditions, waits_for_latest)
