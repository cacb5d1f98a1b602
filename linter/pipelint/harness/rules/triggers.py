"""What triggers wait for: polling, connectors and sources."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.duration import HOUR, MINUTE, seconds_of
from pipelint.harness.model import Trigger
from pipelint.harness.trigger_source import source_of, specs_of, type_of
from pipelint.harness.values import is_filled, is_null, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of


@rule(on=Trigger, level=ERROR, family="harness", about=("pollInterval",))
def poll_interval_out_of_range(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a webhook of GitHub that is polled too often or too rarely.

    ## Why is this bad?
    Harness looks for events that it has missed every 2 minutes to 1 hour, or (with `"0"`) not at
    all.

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
        pollInterval: 1m
        webhookId: "1234"
        spec:
          type: Github
          spec:
            type: Push
            spec: {connectorRef: github, repoName: shop}
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
        pollInterval: 2m
        webhookId: "1234"
        spec:
          type: Github
          spec:
            type: Push
            spec: {connectorRef: github, repoName: shop}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    polled = _polled(trigger)
    text = text_of(polled.get("pollInterval")) if polled is not None else None
    length = seconds_of(text.node) if text is not None else None
    if text is not None and length is not None and not 2 * MINUTE <= length <= HOUR:
        yield Finding(
            text.span,
            f"polling every `{text.value}` is not possible",
            "2m to 1h",
            help='write `2m` to `1h`, or `"0"` for no polling',
        )


def _polled(trigger: Trigger) -> Mapping | None:
    """Return the source of a webhook of GitHub; Harness polls no other."""
    source = source_of(trigger)
    if source is None or type_of(source) != "Webhook":
        return None
    return source if type_of(mapping_of(source.get("spec"))) == "Github" else None


@rule(on=Trigger, level=WARNING, family="harness", about=("pollInterval",))
def polling_without_webhook(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a webhook of GitHub that is polled, but does not say which webhook that is.

    ## Why is this bad?
    Harness asks GitHub what was sent to the webhook, by its number. Without one nothing is polled.

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
        pollInterval: 5m
        spec:
          type: Github
          spec:
            type: Push
            spec: {connectorRef: github, repoName: shop}
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
        pollInterval: 5m
        webhookId: "1234"
        spec:
          type: Github
          spec:
            type: Push
            spec: {connectorRef: github, repoName: shop}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    polled = _polled(trigger)
    if polled is None or is_filled(polled.get("webhookId")):
        return
    key, length = polled.key("pollInterval"), seconds_of(polled.get("pollInterval"))
    if key is not None and length:
        yield Finding(
            key.span,
            "polling needs `webhookId`",
            "nothing is polled",
            help='add the number of the webhook, or write `"0"`',
        )


_PROVIDERS = frozenset({"AwsCodeCommit", "AzureRepo", "Bitbucket", "Github", "Gitlab"})


@rule(on=Trigger, level=WARNING, family="harness", about=("Webhook",))
def webhook_without_connector(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a webhook of a Git provider without a connector to it.

    ## Why is this bad?
    Harness uses the connector to register the webhook, and to know which repository is meant.

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
          type: Gitlab
          spec:
            type: Push
            spec: {repoName: shop}
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
          type: Gitlab
          spec:
            type: Push
            spec: {connectorRef: gitlab, repoName: shop}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    specs = list(specs_of(trigger))
    if len(specs) < 4 or type_of(specs[0]) != "Webhook":  # noqa: PLR2004 - source, provider, event
        return
    provider, event = type_of(specs[1]), specs[3]
    key = specs[2].key("spec")
    if provider not in _PROVIDERS or key is None or event.broken:
        return
    if "connectorRef" not in event.fields:
        yield Finding(
            key.span,
            f"a webhook of {provider} needs `connectorRef`",
            help="add the connector to the repository",
        )


@rule(on=Trigger, level=WARNING, family="harness", about=("MultiRegionArtifact",))
def trigger_without_sources(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a trigger on artifacts of several regions that names no source.

    ## Why is this bad?
    There is nothing to wait for: Harness refuses the trigger.

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
        type: MultiRegionArtifact
        spec:
          type: DockerRegistry
          sources: []
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
        type: MultiRegionArtifact
        spec:
          type: DockerRegistry
          sources:
            - spec:
                connectorRef: docker_hub
                imagePath: shop/server
                tag: <+trigger.artifact.build>
    ```
    """
    source = source_of(trigger)
    spec = mapping_of(source.get("spec")) if source is not None else None
    if type_of(source) != "MultiRegionArtifact" or spec is None or spec.broken:
        return
    sources, key = spec.get("sources"), spec.key("sources")
    if key is not None and (is_null(sources) or (sources is not None and not is_filled(sources))):
        yield Finding(
            key.span,
            "this trigger has no sources",
            "nothing to wait for",
            help="name the artifact in one region or more",
        )


RULES = (
    poll_interval_out_of_range,
    polling_without_webhook,
    trigger_without_sources,
    webhook_without_connector,
)
