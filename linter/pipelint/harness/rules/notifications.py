"""Who is told of what: messages to nobody, about nothing, or twice."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.build import STAGE
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Step
from pipelint.harness.values import Deferred, Text, is_filled, text_of, texts_of, value_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import items_of, mapping_of

ALL_STAGES = "AllStages"

MOST_COMPARED = 8
"""So many unknown names are compared with those that are known."""

_STAGE_EVENTS = frozenset({"StageStart", "StageSuccess", "StageFailed"})
_WHERE = {
    "Slack": ("webhookUrl", "userGroups"),
    "Email": ("recipients", "userGroups"),
    "PagerDuty": ("integrationKey", "userGroups"),
    "MsTeams": ("msTeamKeys", "userGroups"),
    "Webhook": ("webhookUrl",),
}
"""What says where a message goes, by the type of the notification."""

_PARTS = {"PipelineEnd": ("PipelineSuccess", "PipelineFailed")}


def _rules(pipeline: Pipeline) -> list[Mapping]:
    items = items_of(pipeline.node.get("notificationRules"))
    return [item for item in items if isinstance(item, Mapping) and not item.broken]


def _events(item: Mapping) -> list[tuple[Text, Mapping]]:
    """Return the events of a rule, with their literal types."""
    found = []
    for event in items_of(item.get("pipelineEvents")):
        kind = text_of(event.get("type")) if isinstance(event, Mapping) else None
        if kind is not None and isinstance(event, Mapping) and not event.broken:
            found.append((kind, event))
    return found


@rule(on=Pipeline, level=WARNING, family="harness", about=("forStages",))
def unknown_notified_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a notification about a stage that the pipeline does not have.

    ## Why is this bad?
    Stages are named by their identifier. No event of an unknown stage ever comes, so nobody is
    told.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: Build it
            identifier: build
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - {type: StageFailed, forStages: [Build it]}
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
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
            name: Build it
            identifier: build
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - {type: StageFailed, forStages: [build]}
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/notify-users-of-pipeline-events
    """
    if pipeline.is_open or any(not stage.id for stage in pipeline.all_stages()):
        return
    known = set(context.symbols.names(STAGE))
    by_name = {
        stage.name.value: stage.id
        for stage in pipeline.all_stages()
        if isinstance(stage.name, Text)
    }
    named = [
        name
        for item in _rules(pipeline)
        for _, event in _events(item)
        for name in texts_of(event.get("forStages"))
        if name.value != ALL_STAGES and name.value not in known
    ]
    for number, name in enumerate(named):
        near = known if number < MOST_COMPARED else set[str]()
        yield _unknown(name, near, by_name.get(name.value, ""))


def _unknown(name: Text, known: set[str], meant: str) -> Finding:
    near = meant or next(iter(nearest(name.value, known, 1)), "")
    fixes: tuple[Fix, ...] = ()
    if near:
        fixes = (Fix(f"replace it with `{near}`", (Edit(name.span, near),), safe=False),)
    return Finding(
        name.span,
        f"notification about stage `{name.value}`, which does not exist",
        "a name, no identifier" if meant else "no stage of this identifier",
        help=f"a stage with a similar identifier exists: `{near}`"
        if near
        else "write the identifier of a stage",
        fixes=fixes,
    )


@rule(on=Pipeline, level=WARNING, family="harness", about=tuple(sorted(_STAGE_EVENTS)))
def stage_event_without_stages(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a notification about stages that does not say which.

    ## Why is this bad?
    Harness sends events of the stages in `forStages` only. Without them nobody is told.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: StageFailed
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: StageFailed
              forStages: [AllStages]
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/notify-users-of-pipeline-events
    """
    for item in _rules(pipeline) if not context.is_partial else ():
        for kind, event in _events(item):
            if kind.value in _STAGE_EVENTS and not is_filled(event.get("forStages")):
                yield Finding(
                    kind.span,
                    f"`{kind.value}` of no stage",
                    "no `forStages`",
                    help=f"add `forStages: [{ALL_STAGES}]`, or the identifiers of stages",
                )


def _methods(pipeline: Pipeline) -> Iterator[tuple[Text, Mapping, Mapping | None]]:
    """Give each way of a notification: type, the method and its spec."""
    for item in _rules(pipeline):
        method = mapping_of(item.get("notificationMethod"))
        kind = text_of(method.get("type")) if method else None
        if method is not None and kind is not None and not method.broken:
            yield kind, method, mapping_of(method.get("spec"))


@rule(on=Pipeline, level=ERROR, family="harness", about=("notificationMethod",))
def notification_to_nobody(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a notification that does not say where it goes.

    ## Why is this bad?
    Each way has an address of its own (`webhookUrl`, `recipients`, `integrationKey`,
    `msTeamKeys`), or takes those of user groups. Without any of them nothing is sent.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: PipelineFailed
          notificationMethod:
            type: Email
            spec:
              userGroups: []
              recipients: []
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: PipelineFailed
          notificationMethod:
            type: Email
            spec:
              userGroups: [account.team]
              recipients: []
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/notify-users-of-pipeline-events
    """
    for kind, method, spec in _methods(pipeline) if not context.is_partial else ():
        where = _WHERE.get(kind.value)
        if where is None or (spec is None and is_filled(method.get("spec"))):
            continue
        if spec is not None and (spec.broken or any(is_filled(spec.get(key)) for key in where)):
            continue
        yield Finding(
            kind.span,
            f"{kind.value} notification to nobody",
            "no address, no user group",
            help=f"add {' or '.join(f'`{key}`' for key in where)} to its `spec`",
        )


@rule(on=Pipeline, level=WARNING, family="harness", about=("notificationMethod",))
def runtime_input_in_notification(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a setting of a notification that is left open for the run.

    ## Why is this bad?
    Harness does not ask for the settings of notifications. The text `<+input>` stays, and the
    message goes nowhere.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: PipelineFailed
          notificationMethod:
            type: Slack
            spec:
              userGroups: []
              webhookUrl: <+input>
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: PipelineFailed
          notificationMethod:
            type: Slack
            spec:
              userGroups: []
              webhookUrl: <+secrets.getValue("account.slack")>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/notify-users-of-pipeline-events
    """
    for _, _, spec in _methods(pipeline):
        for name, (_, node) in spec.fields.items() if spec else ():
            value = value_of(node)
            if isinstance(value, Deferred) and value.is_input:
                yield Finding(
                    value.node.span,
                    f"`{name}` of a notification is a runtime input",
                    "never asked for",
                    help="write the value, or an expression such as one with a secret",
                )


@rule(on=Pipeline, level=OFF, family="harness", about=("pipelineEvents",))
def repeated_notification(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports events that a notification rule tells of twice.

    ## Why is this bad?
    `AllEvents` holds every other event, and `PipelineEnd` comes after each success and failure, so
    people get two messages.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: AllEvents
            - type: PipelineFailed
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      template: {templateRef: account.service, versionLabel: v1}
      notificationRules:
        - name: failures
          enabled: true
          pipelineEvents:
            - type: AllEvents
          notificationMethod:
            type: Slack
            spec: {userGroups: [account.team]}
    ```
    """
    for item in _rules(pipeline):
        events = {kind.value: kind for kind, _ in reversed(_events(item))}
        for name, kind in events.items():
            wider = "AllEvents" if name != "AllEvents" and "AllEvents" in events else ""
            wider = wider or next(
                (whole for whole, parts in _PARTS.items() if name in parts and whole in events), ""
            )
            if wider:
                yield Finding(
                    kind.span,
                    f"`{name}` is told of twice",
                    f"part of `{wider}`",
                    help="remove it",
                    related=(Related(events[wider].span, "includes it"),),
                )


@rule(on=Step, level=ERROR, family="harness", about=("Email",))
def blank_email(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an Email step without a subject or a body.

    ## Why is this bad?
    Harness refuses to send it: the step fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Email
        timeout: 1m
        spec:
          to: team@example.com
          subject: ""
          body: The release is out.
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Email
        timeout: 1m
        spec:
          to: team@example.com
          subject: Released
          body: The release is out.
    ```
    """
    if step.kind != "Email" or step.spec is None or context.is_partial:
        return
    for name in ("subject", "body"):
        value, key = step.spec.get(name), step.spec.key(name)
        blank = isinstance(value, Scalar) and not value.broken and not value.text.strip()
        if blank and key is not None:
            yield Finding(
                key.span, f"email without a {name}", f"empty `{name}`", help="write some text"
            )


RULES = (
    blank_email,
    notification_to_nobody,
    repeated_notification,
    runtime_input_in_notification,
    stage_event_without_stages,
    unknown_notified_stage,
)
