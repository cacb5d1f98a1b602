"""Places in templates that pipelines fill: inserts, and files that people upload."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Insert, Model, Pipeline, TemplateDefinition
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of


@rule(on=Insert, level=WARNING, family="harness", about=("insert",))
def misplaced_insert(insert: Insert, context: Context) -> Iterator[Finding]:
    """Reports an insert where none may stand.

    ## Why is this bad?
    An insert is a place in a pipeline or stage template which a pipeline fills by
    `templateInputs`. It has no meaning outside of those, not in an insert, and with stages not
    in `parallel`.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - insert:
            name: checks
            identifier: checks
            stages: <+input>
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## Use instead
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Pipeline
      spec:
        stages:
          - insert:
              name: checks
              identifier: checks
              stages: <+input>
          - stage:
              name: pause
              identifier: pause
              type: Custom
              spec:
                execution:
                  steps:
                    - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/inject-step-stage-templates
    """
    root = context.model.root
    if isinstance(root, TemplateDefinition) and root.kind == "StepGroup":
        yield _misplaced(insert, "in a step group template", "put it in a stage template")
    elif isinstance(root, Pipeline) and not root.is_partial:
        yield _misplaced(insert, "in a pipeline", "put it in a template, or write what it is for")
    elif insert.parallel is not None and insert.parallel.flow.key.text == "stages":
        yield _misplaced(insert, "with stages in `parallel`", "put it beside the block")


def _misplaced(insert: Insert, where: str, advice: str) -> Finding:
    return Finding(insert.key.span, f"an insert cannot stand {where}", "not here", help=advice)


@rule(on=Insert, level=ERROR, family="harness", about=("insert",))
def nested_insert(insert: Insert, context: Context) -> Iterator[Finding]:
    """Reports an insert in an insert.

    ## Why is this bad?
    The outer one is filled as a whole by the pipeline that uses the template; what stands in it
    is never asked for.

    ## Example
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - insert:
                  name: checks
                  identifier: checks
                  steps:
                    - insert:
                        name: more
                        identifier: more
                        steps: <+input>
    ```

    ## Use instead
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - insert:
                  name: checks
                  identifier: checks
                  steps: <+input>
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/inject-step-stage-templates
    """
    for name in ("steps", "stages"):
        for item in items_of(insert.node.get(name)):
            key = item.key("insert") if isinstance(item, Mapping) else None
            if key is not None:
                yield Finding(
                    key.span,
                    "an insert cannot stand in an insert",
                    "never filled",
                    help="put it beside the other one",
                    related=(Related(insert.key.span, "the outer insert"),),
                )


_MOST_UPLOADS = 2


@rule(on=Model, level=WARNING, family="harness", about=("FilesUpload",))
def too_many_uploads(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a third step that asks for files to upload.

    ## Why is this bad?
    A pipeline may ask for files in two steps at most.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: files
            identifier: files
            type: Custom
            spec:
              execution:
                steps:
                  - step: &upload
                      type: FilesUpload
                      name: notes
                      identifier: notes
                      timeout: 1h
                      spec: {}
                  - step: {<<: *upload, name: plan, identifier: plan}
                  - step: {<<: *upload, name: list, identifier: list}
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
            name: files
            identifier: files
            type: Custom
            spec:
              execution:
                steps:
                  - step: &upload
                      type: FilesUpload
                      name: notes
                      identifier: notes
                      timeout: 1h
                      spec: {}
                  - step: {<<: *upload, name: plan, identifier: plan}
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/runtime-input-usage
    """
    uploads = [step for step in model.steps if step.kind == "FilesUpload"]
    for step in uploads[_MOST_UPLOADS:]:
        yield Finding(
            step.span,
            "a pipeline can ask for files in two steps only",
            "one too many",
            help="ask for several files in one step",
            related=(Related(uploads[0].span, "the first one"),),
        )


RULES = (misplaced_insert, nested_insert, too_many_uploads)
