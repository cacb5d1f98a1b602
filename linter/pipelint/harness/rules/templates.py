"""Where a template is used: which version, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, TemplateDefinition, TemplateLink
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.rule import rule

_LABEL = re.compile(r"[a-z][a-z0-9_]*")


@rule(on=TemplateLink, level=OFF, family="harness", about=("templateRef",))
def unpinned_template(link: TemplateLink, context: Context) -> Iterator[Finding]:
    """Reports a template that is used without a version.

    ## Why is this bad?
    Harness takes the version that is marked stable when the pipeline runs: the same pipeline may
    do something else tomorrow.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              template:
                templateRef: account.lint
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              template:
                templateRef: account.lint
                versionLabel: "3.2"
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """
    node = link.node
    if node.broken or is_filled(node.get("versionLabel")) or is_filled(node.get("label")):
        return
    if isinstance(link.ref, Text) and not _is_partial(context):
        yield Finding(
            link.ref.span,
            f"template `{link.ref.value}` is used without a version",
            "the stable one, whichever it is",
            help="add `versionLabel`",
        )


def _is_partial(context: Context) -> bool:
    pipeline = context.model.pipeline
    return pipeline is not None and pipeline.is_partial


@rule(on=TemplateLink, level=WARNING, family="harness", about=("label",))
def useless_template_label(link: TemplateLink, context: Context) -> Iterator[Finding]:
    """Reports a label of a template that chooses no version.

    ## Why is this bad?
    `versionLabel` wins over `label`. And a label is one word of small letters, digits and `_`:
    no version can have another one.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              template:
                templateRef: account.lint
                label: Prod-v2
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              template:
                templateRef: account.lint
                label: prod_v2
    ```

    ## Fix safety
    The fix is safe: Harness takes the version. Where it is the label that was meant, remove the
    version instead.

    ## References
    - https://developer.harness.io/docs/platform/templates/use-template-labels
    """
    label, key = text_of(link.node.get("label")), link.node.key("label")
    version = link.node.key("versionLabel")
    if key is not None and version is not None and is_filled(link.node.get("versionLabel")):
        from pipelint.yaml.removal import remove_key

        removal = remove_key(context.source.text, link.node, "label")
        yield Finding(
            key.span,
            "`label` has no effect beside `versionLabel`",
            "the version wins",
            help="remove one of the two",
            fixes=(Fix("remove the label", removal),) if removal else (),
            related=(Related(version.span, "this one is taken"),),
        )
    elif label is not None and not _LABEL.fullmatch(label.value):
        yield Finding(
            label.span,
            f"no version of a template has the label `{label.value}`",
            "no label",
            help="use small letters, digits and `_`, a letter first",
        )


_BESIDE = ("when", "failureStrategies", "strategy", "timeout")


@rule(on=TemplateLink, level=WARNING, family="harness", about=("templateRef",))
def ignored_beside_template(link: TemplateLink, context: Context) -> Iterator[Finding]:
    """Reports settings beside `template` of a step, step group or stage.

    ## Why is this bad?
    The template says all of it. Harness takes no notice of what stands beside it, or refuses it.
    What the template leaves open is given by `templateInputs`.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              timeout: 10m
              template:
                templateRef: account.lint
                versionLabel: "3.2"
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: lint
              identifier: lint
              template:
                templateRef: account.lint
                versionLabel: "3.2"
                templateInputs:
                  timeout: 10m
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/template-overrides
    """
    if isinstance(link.owner, (Pipeline, TemplateDefinition)):
        return
    node = link.owner.node
    for name in ("type", "spec", *_BESIDE):
        if name in node.fields and is_filled(node.get(name)):
            yield Finding(
                node.fields[name][0].span,
                f"`{name}` stands beside `template`",
                "the template says that",
                help="write it below `templateInputs`, or change the template",
                related=(Related(link.key.span, "the template"),),
            )


@rule(on=Pipeline, level=WARNING, family="harness", about=("fixedInputsOnRerun",))
def rerun_setting_beside_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports `fixedInputsOnRerun` in a pipeline that is made of a template.

    ## Why is this bad?
    The setting of the template counts. A pipeline may only replace it where the template lists
    `FixedInputsOnRerun` among its allowed overrides, and then below `templateOverrides`.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      fixedInputsOnRerun: true
      template:
        templateRef: account.release
        versionLabel: "2.0"
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      template:
        templateRef: account.release
        versionLabel: "2.0"
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/re-run-with-no-input-changes
    """
    key = pipeline.node.key("fixedInputsOnRerun")
    if key is not None and pipeline.template is not None:
        yield Finding(
            key.span,
            "`fixedInputsOnRerun` has no effect beside `template`",
            "the template says that",
            help="set it in the template",
            related=(Related(pipeline.template.key.span, "the template"),),
        )


RULES = (
    ignored_beside_template,
    rerun_setting_beside_template,
    unpinned_template,
    useless_template_label,
)
