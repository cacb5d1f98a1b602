"""Names: what the server refuses in them, and what only some parts of Harness take."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix
from pipelint.harness.context import Context
from pipelint.harness.model import Insert, Pipeline, Stage, Step
from pipelint.harness.rules.identifiers import NAMED, Named
from pipelint.harness.values import EXPRESSION, Deferred, Text
from pipelint.rule import rule

_STRICT_STAGES = frozenset({"CompositeLoadTest", "DRTest", "IDP"})

_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \t\r\n_-./")


@rule(on=NAMED, level=WARNING, family="harness", about=(EXPRESSION,))
def expression_in_name(node: Named, context: Context) -> Iterator[Finding]:
    """Reports an expression in the name of a stage, a step or another part.

    ## Why is this bad?
    A name is a fixed text; the schema of Harness refuses expressions in it. The runs of a loop
    get names of their own by `nodeName` of the matrix.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: deploy to <+matrix.region>
            identifier: deploy
            type: Custom
            strategy:
              matrix:
                region: [east, west]
                maxConcurrency: 2
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
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
            name: deploy
            identifier: deploy
            type: Custom
            strategy:
              matrix:
                region: [east, west]
                nodeName: to <+matrix.region>
                maxConcurrency: 2
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
    ```
    """
    name = node.name
    if isinstance(node, Pipeline) and node.is_partial:
        return
    if isinstance(name, Deferred) and EXPRESSION in name.node.text:
        yield Finding(
            name.node.span,
            "a name cannot hold an expression",
            "must be a fixed text",
            help="write a fixed name; name the runs of a loop by `nodeName` of its matrix",
        )


@rule(on=NAMED, level=WARNING, family="harness")
def doubtful_name(node: Named, context: Context) -> Iterator[Finding]:
    """Reports a name with a sign in it that only some parts of Harness take.

    ## Why is this bad?
    The server saves a `/` in a name, and the schema of Harness refuses it; with a line break it
    is the other way round. Inserts, and the stages `IDP`, `DRTest` and `CompositeLoadTest`, have
    names without dots that begin with a letter.

    ## Example
    ```yaml
    template:
      name: wait/long
      identifier: wait_long
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: wait long
      identifier: wait_long
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    name = node.name
    if not isinstance(name, Text):
        return
    trouble = _trouble(name.value, strict=_is_strict(node))
    if trouble:
        yield Finding(
            name.span,
            f"a name with {trouble} may be refused",
            "not taken everywhere",
            help="use letters, digits, blanks, `-`, `_` and `.`, a letter first",
        )


def _is_strict(node: Named) -> bool:
    return isinstance(node, Insert) or (isinstance(node, Stage) and node.kind in _STRICT_STAGES)


def _trouble(name: str, *, strict: bool) -> str:
    if not _SIGNS.issuperset(name):
        return ""  # the schema says so
    if "/" in name:
        return "a `/`"
    if "\n" in name or "\r" in name:
        return "a line break"
    if strict and "." in name:
        return "a dot"
    return "a digit first" if strict and name[:1].isdigit() else ""


@rule(on=Step, level=WARNING, family="harness", about=("ShellScript",))
def dot_in_script_name(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a dot in the name of a ShellScript step.

    ## Why is this bad?
    The documentation of the step rules it out: the name becomes a part of paths in which a dot
    separates the parts.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: prepare
            identifier: prepare
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: ShellScript
                      name: run.sh
                      identifier: run_sh
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: ./run.sh}
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
            name: prepare
            identifier: prepare
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: ShellScript
                      name: run sh
                      identifier: run_sh
                      timeout: 10m
                      spec:
                        shell: Bash
                        source:
                          type: Inline
                          spec: {script: ./run.sh}
    ```

    ## Fix safety
    The fix is unsafe: whatever uses the script by its old name has to follow.
    """
    name = step.name
    if step.kind == "ShellScript" and isinstance(name, Text) and "." in name.value:
        right = name.value.replace(".", " ").strip()
        written = name.span.end - name.span.start == len(name.value)
        fix = Fix(f"replace it with `{right}`", (Edit(name.span, right),), safe=False)
        yield Finding(
            name.span,
            f"the name `{name.value}` of a ShellScript step has a dot in it",
            "no dots here",
            help="use a blank or `_` in place of the dot",
            fixes=(fix,) if written and right else (),
        )


RULES = (dot_in_script_name, doubtful_name, expression_in_name)
