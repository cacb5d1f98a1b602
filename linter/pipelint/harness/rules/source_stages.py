"""Stages that take their service, environment or machine from another one: `useFromStage`."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.build_place import BUILD_KINDS
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Pipeline, Stage
from pipelint.harness.stage_kind import DEPLOYMENT
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.name import nearest
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Node
from pipelint.yaml.view import mapping_of

KEY = "useFromStage"
MOST_COMPARED = 50

_PLURAL = {"service": "services", "environment": "environments"}


class Use(NamedTuple):
    """What a stage takes from which other stage; `key` is where it would stand in its own spec."""

    stage: Stage
    key: str
    source: Text


def _source(value: Node | None) -> Text | None:
    """Return the identifier of the stage; build stages write it right below the key."""
    below = mapping_of(value)
    return text_of(below.get("stage")) if below is not None else text_of(value)


def _known_stages(pipeline: Pipeline) -> dict[str, Stage]:
    """Return the stages by their identifiers; nothing where not all of them are known."""
    if pipeline.is_open:
        return {}
    stages = list(pipeline.all_stages())
    return {stage.id: stage for stage in stages} if all(stage.id for stage in stages) else {}


def _uses(stage: Stage) -> Iterator[Use]:
    """Give what a stage takes from others, where it is written in the stage itself."""
    for key in ("service", "services", "environment", "infrastructure", "serviceConfig"):
        holder = mapping_of(stage.spec.get(key)) if stage.spec is not None else None
        source = _source(holder.get(KEY)) if holder is not None else None
        if source is not None:
            yield Use(stage, key, source)


@rule(on=Pipeline, level=ERROR, family="harness", about=(KEY,))
def unknown_source_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a service, an environment or a machine that is taken from a stage which is not there.

    ## Why is this bad?
    Harness looks the stage up by its identifier and refuses the pipeline when there is none.
    `useFromStage` takes identifiers, not the names that are shown.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: test
            identifier: test
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {useFromStage: {stage: tset}}
              environment:
                environmentRef: production
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
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
            name: test
            identifier: test
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {useFromStage: {stage: test}}
              environment:
                environmentRef: production
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/propagate-and-override-cd-services
    """
    known = _known_stages(pipeline)
    if not known:
        return
    unknown = [
        (field, source)
        for field in context.fields(KEY)
        if (source := _source(field.value)) is not None and source.value not in known
    ]
    for number, (field, source) in enumerate(unknown):
        yield _unknown(field, source, known if number < MOST_COMPARED else {})


def _unknown(field: Field, source: Text, known: dict[str, Stage]) -> Finding:
    own = field.unit.stage if field.unit is not None else None
    near = nearest(source.value, [name for name in known if own is None or name != own.id])
    named = [
        stage
        for stage in known.values()
        if isinstance(stage.name, Text) and stage.name.value == source.value
    ]
    right = named[0].id if len(named) == 1 else near[0] if near else ""
    fixes: tuple[Fix, ...] = ()
    if right and (named or len(near) == 1):
        title = f"replace `{source.value}` with `{right}`"
        fixes = (Fix(title, (Edit(source.span, right),), safe=False),)
    return Finding(
        source.span,
        f"there is no stage `{source.value}` to take it from",
        "no stage of this identifier",
        help=_advice(source, right, named),
        related=(Related(known[right].span, "perhaps this one"),) if right else (),
        fixes=fixes,
    )


def _advice(source: Text, right: str, named: list[Stage]) -> str:
    if named and right:
        return f"`{source.value}` is the name of the stage; its identifier is `{right}`"
    return f"a stage with a similar identifier exists: `{right}`" if right else "name a stage"


@rule(on=Pipeline, level=WARNING, family="harness", about=(KEY,))
def later_source_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that takes something from itself or from a stage that runs after it.

    ## Why is this bad?
    A service, an environment or a machine can be taken from an earlier stage only.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: test
            identifier: test
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {useFromStage: {stage: ship}}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: production
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
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
            name: test
            identifier: test
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {useFromStage: {stage: test}}
              environment:
                environmentRef: production
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/propagate-and-override-cd-services
    """
    known = _known_stages(pipeline)
    for field in context.fields(KEY):
        own = field.unit.stage if field.unit is not None else None
        source = _source(field.value)
        found = known.get(source.value) if source is not None else None
        if own is None or found is None or source is None or found.position < own.position:
            continue
        if found is own or own.parallel is None or own.parallel is not found.parallel:
            where = "itself" if found is own else f"`{found.id}`, which runs later"
            yield Finding(
                source.span,
                f"stage `{own.id}` takes something from {where}",
                "not an earlier stage",
                help="write it out here, and take it from here in the later stage"
                if found is not own
                else "name an earlier stage",
                related=() if found is own else (Related(found.span, "the later stage"),),
            )


@rule(on=Pipeline, level=WARNING, family="harness", about=(KEY,))
def unusable_source_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage from which another stage cannot take what it wants.

    ## Why is this bad?
    A stage can take a service or an environment from a stage that deploys to the same kind of
    platform and has one of its own: neither several, nor one that comes from a third stage. The
    machine of a build comes from another build.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: prepare
            identifier: prepare
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 1m}}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {useFromStage: {stage: prepare}}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
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
            name: prepare
            identifier: prepare
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 1m}}
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: testing
                infrastructureDefinitions: [{identifier: cluster}]
              execution:
                steps:
                  - step:
                      type: K8sRollingDeploy
                      name: roll out
                      identifier: roll_out
                      timeout: 10m
                      spec: {skipDryRun: false}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/propagate-and-override-cd-services
    """
    known = _known_stages(pipeline)
    for stage in known.values():
        for use in _uses(stage):
            found = known.get(use.source.value)
            if found is None or found is stage or found.template is not None:
                continue
            reason = _reason(use, found)
            if reason:
                yield Finding(
                    use.source.span,
                    f"stage `{stage.id}` cannot take its {_noun(use)} from `{found.id}`",
                    "not to be had there",
                    help=f"{reason}: name another stage, or write the {_noun(use)} out",
                    related=(Related(found.span, "the stage"),),
                )


def _noun(use: Use) -> str:
    return {"serviceConfig": "service"}.get(use.key, use.key)


def _reason(use: Use, found: Stage) -> str:
    """Say why a stage has nothing to take; the empty text where it has, or is not known."""
    spec = found.spec
    if spec is None or spec.broken or not found.kind or use.stage.spec is None:
        return ""
    family = BUILD_KINDS if use.stage.kind in BUILD_KINDS else {DEPLOYMENT}
    if use.stage.kind not in BUILD_KINDS | {DEPLOYMENT}:
        return ""
    if found.kind not in family:
        return f"it is a stage of type `{found.kind}`"
    own, other = text_of(use.stage.spec.get("deploymentType")), text_of(spec.get("deploymentType"))
    if own is not None and other is not None and own.value != other.value:
        return f"it deploys to `{other.value}`"
    return _without(use.key, spec)


def _without(key: str, spec: Mapping) -> str:
    below = mapping_of(spec.get(key))
    if below is not None and is_filled(below.get(KEY)):
        return "it takes it from another stage, too"
    plural = _PLURAL.get(key, "")
    if plural and key not in spec.fields and plural in spec.fields:
        return f"it has several {plural}"
    if key == "environment" and "environmentGroup" in spec.fields:
        return "it has a group of environments"
    return ""


RULES = (later_source_stage, unknown_source_stage, unusable_source_stage)
