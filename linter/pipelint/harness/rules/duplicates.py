"""The same identifier twice: refused in one list, confusing in one stage."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Finding, Related
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Flow, Insert, Model, Stage, Step, StepGroup, Unit
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar, Sequence
from pipelint.yaml.view import mapping_of


@rule(on=Flow, level=ERROR, family="harness")
def duplicate_stage_identifier(flow: Flow, context: Context) -> Iterator[Finding]:
    """Reports two stages of a pipeline with the same identifier.

    ## Why is this bad?
    Harness refuses the pipeline: expressions find a stage by its identifier. Stages in
    `parallel` count like those beside it.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: first
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
        - stage:
            name: second
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: first
            identifier: first
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
        - stage:
            name: second
            identifier: second
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    if flow.key.text == "stages":
        yield from _repeated(unit for unit in flow.units if isinstance(unit, (Stage, Insert)))


@rule(on=Flow, level=ERROR, family="harness")
def duplicate_step_identifier(flow: Flow, context: Context) -> Iterator[Finding]:
    """Reports two steps, or two step groups, of one list with the same identifier.

    ## Why is this bad?
    Harness refuses the pipeline: expressions find a step by its identifier. Steps in `parallel`
    count like those beside it; `steps` and `rollbackSteps` are lists of their own.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: first, identifier: wait, spec: {duration: 10m}}
                  - step: {type: Wait, name: second, identifier: wait, spec: {duration: 10m}}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: first, identifier: first, spec: {duration: 10m}}
                  - step: {type: Wait, name: second, identifier: second, spec: {duration: 10m}}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    if flow.key.text != "stages":
        units = list(flow.units)
        yield from _repeated(unit for unit in units if isinstance(unit, Step))
        yield from _repeated(unit for unit in units if isinstance(unit, (StepGroup, Insert)))


def _repeated(units: Iterator[Unit]) -> Iterator[Finding]:
    first: dict[str, Unit] = {}
    for unit in units:
        before = first.setdefault(unit.id, unit) if unit.id else unit
        if before.node is not unit.node:
            yield Finding(
                unit.span,
                f"two {_plural(unit)} have the identifier `{unit.id}`",
                "taken already",
                help="give each its own identifier",
                related=(Related(before.span, "first here"),),
            )


def _plural(unit: Unit) -> str:
    return f"{unit.what}s"


_KEYED = (
    "variables", "environmentVariables", "outputVariables", "inputVariables", "barriers",
    "notificationRules", "headers", "values", "manifests", "configFiles", "tolerations",
    "sidecars", "sources",
)  # fmt: skip
_KEYS = ("identifier", "id", "name", "key", "commandType", "serviceRef", "environmentRef")
_WRAPPERS = frozenset({"manifest", "configFile", "sidecar", "source"})


@rule(on=Model, level=ERROR, family="harness", about=_KEYED)
def duplicate_entry(model: Model, context: Context) -> Iterator[Finding]:
    """Reports two entries of a list with the same name.

    ## Why is this bad?
    Harness finds variables, manifests, barriers and entries of many other lists by their name
    (or identifier, or key), and refuses a document with two of the same.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - {name: reason, type: String, value: release}
        - {name: reason, type: String, value: incident}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - {name: reason, type: String, value: incident}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    for field in context.fields(*_KEYED):
        if isinstance(field.value, Sequence):
            yield from _repeated_entries(field, field.value)


def _repeated_entries(field: Field, entries: Sequence) -> Iterator[Finding]:
    first: dict[tuple[str, str], tuple[Mapping, Text]] = {}
    for item in entries.items:
        entry = _unwrapped(item) if isinstance(item, Mapping) else None
        named = _name_of(entry) if entry is not None else None
        if entry is None or named is None:
            continue
        key, name = named
        node, before = first.setdefault((key, name.value), (entry, name))
        if node is not entry:
            yield Finding(
                name.span,
                f"two entries of `{field.key.text}` have the {key} `{name.value}`",
                "taken already",
                help="remove one, or rename it",
                related=(Related(before.span, "first here"),),
            )


def _unwrapped(item: Mapping) -> Mapping | None:
    """Return what an item holds where it is a map with a single key, as manifests are."""
    if len(item.fields) == 1:
        name, (_, value) = next(iter(item.fields.items()))
        if name in _WRAPPERS:
            return mapping_of(value)
    return item


def _name_of(entry: Mapping) -> tuple[str, Text] | None:
    for key in _KEYS:
        if key in entry.fields:
            node = entry.get(key)
            name = text_of(node) if isinstance(node, Scalar) else None
            return (key, name) if name is not None else None
    return None


RULES = (
    duplicate_entry,
    duplicate_stage_identifier,
    duplicate_step_identifier,
)
