"""What a file holds as a whole: its kind, its size, and how many things are in it."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model
from pipelint.rule import Rule, rule


@rule(on=Model, level=ERROR, family="harness")
def misspelt_kind(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a key at the root that is nearly `pipeline`, `template` or another kind.

    ## Why is this bad?
    The key at the root says what the document is. Harness knows nothing of another name, and
    refuses the document.

    ## Example
    ```yaml
    pipelines:
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
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## Fix safety
    The fix is unsafe: what is ignored today begins to work.
    """
    key, meant = context.found.key, context.found.meant
    if key is not None and meant:
        fix = Fix(f"replace `{key.text}` with `{meant}`", (Edit(key.span, meant),), safe=False)
        yield Finding(
            key.span,
            f"`{key.text}` is no kind of document",
            "unknown to Harness",
            help=f"write `{meant}`",
            fixes=(fix,),
        )


@rule(on=Model, level=WARNING, family="harness")
def several_kinds(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a second pipeline, template or other entity in one file.

    ## Why is this bad?
    Harness keeps one entity in a file, and takes no notice of the other.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    inputSet:
      name: night
      identifier: night
      pipeline:
        identifier: release
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
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    found = context.found
    if found.key is None:
        return
    for key in found.extra:
        yield Finding(
            key.span,
            f"a file with `{found.key.text}` cannot hold `{key.text}`, too",
            "ignored by Harness",
            help="put it in a file of its own",
            related=(Related(found.key.span, "what the file is"),),
        )


misplaced_key = Rule(
    name="misplaced-key",
    level=WARNING,
    family="harness",
    document="""Reports a key that has a meaning one level up or one level down, but not here.

    ## Why is this bad?
    Harness takes no notice of it. Settings of a kind of step stand below its `spec`; `timeout`,
    `when` and `failureStrategies` stand beside it.

    ## Example
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          shell: Sh
          command: go test ./...
          timeout: 10m
    ```

    ## Use instead
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: go test ./...
    ```

    ## Fix safety
    The fix is unsafe: what is ignored today begins to work.
    """,
)


RULES = (misplaced_key, misspelt_kind, several_kinds)
