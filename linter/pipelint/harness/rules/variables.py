"""Variables: names that expressions cannot read, and values that are lost."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Stage, StepGroup, Variable
from pipelint.harness.rules.identifiers import RESERVED
from pipelint.harness.values import Text, flag_of, is_filled
from pipelint.rule import rule
from pipelint.yaml.node import Scalar


def _is_declared(variable: Variable) -> bool:
    """Tell whether it is one of `variables`; outputs and settings of steps are others."""
    return variable.list_key.text == "variables"


@rule(on=Variable, level=ERROR, family="harness", about=("variables",))
def reserved_variable_name(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable with a name that is a word of Harness's expression language.

    ## Why is this bad?
    Harness refuses to save the document: `new`, `null`, `step` and some others mean something
    else in expressions.

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
        - {name: new, type: String, value: release}
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
        - {name: new_release, type: String, value: release}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    name = variable.name
    if name is not None and name.value in RESERVED and _is_declared(variable):
        yield Finding(
            name.span,
            f"variable name `{name.value}` is a reserved word",
            "refused by Harness",
            help="choose another name",
        )


@rule(on=Variable, level=INFO, family="harness", about=("variables",))
def unreadable_variable_name(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable with a `-` or a `.` in its name.

    ## Why is this bad?
    In an expression `-` subtracts, and `.` goes one level down. Such a variable is only read
    where its name is quoted: `<+pipeline.variables["image-tag"]>`.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      variables:
        - {name: image-tag, type: String, value: "1.24"}
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
      variables:
        - {name: image_tag, type: String, value: "1.24"}
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

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/add-a-variable
    """
    name = variable.name
    partial = context.model.pipeline is not None and context.model.pipeline.is_partial
    if name is None or partial or not _is_declared(variable):
        return
    sign = next((sign for sign in "-." if sign in name.value), "")
    if sign:
        right = name.value.replace("-", "_").replace(".", "_")
        yield Finding(
            name.span,
            f"variable name `{name.value}` must be quoted in expressions",
            f"`{sign}` is an operator",
            help=f"call it `{right}`",
        )


@rule(on=Variable, level=WARNING, family="harness", about=("required",))
def empty_required_variable(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable that must have a value, and has an empty one.

    ## Why is this bad?
    Nobody is asked for a value that is fixed, and this one is empty.

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
        - {name: reason, type: String, required: true, value: ""}
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
        - {name: reason, type: String, required: true, value: <+input>}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/add-a-variable
    """
    value = variable.node.get("value")
    if not isinstance(value, Scalar) or value.broken or value.text or not value.style:
        return
    if flag_of(variable.node.get("required")) and variable.name is not None:
        yield Finding(
            value.span,
            f"variable `{variable.name.value}` is required, and empty",
            "nobody is asked",
            help="write `<+input>`, or a value",
        )


@rule(on=Variable, level=INFO, family="harness", about=("default",))
def default_without_input(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports the default of a variable whose value is fixed.

    ## Why is this bad?
    The default is only offered to whoever is asked for the value: it needs a value of `<+input>`.

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
        - {name: reason, type: String, default: release, value: incident}
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
        - {name: reason, type: String, default: release, value: <+input>}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    key = variable.node.key("default")
    if key is None or not is_filled(variable.node.get("default")):
        return
    if isinstance(variable.value, Text) and variable.name is not None:
        yield Finding(
            key.span,
            f"the default of variable `{variable.name.value}` has no effect",
            "the value is fixed",
            help="write `value: <+input>`, or remove the default",
        )


@rule(on=Model, level=OFF, family="harness", about=("variables",))
def shadowed_variable(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a variable of a stage or group with the name of a variable of the pipeline.

    ## Why is this bad?
    `<+pipeline.variables.NAME>` gives the value of the pipeline all the same: a reader expects
    the nearer one.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      variables:
        - {name: reason, type: String, value: release}
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            variables:
              - {name: reason, type: String, value: incident}
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
      variables:
        - {name: reason, type: String, value: release}
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            variables:
              - {name: stage_reason, type: String, value: incident}
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```
    """
    pipeline = model.pipeline
    if pipeline is None or pipeline.is_partial:
        return
    outer = {one.name.value: one.name for one in pipeline.variables if one.name is not None}
    for variable in model.variables:
        name = variable.name
        if name is None or not _is_declared(variable) or name.value not in outer:
            continue
        if isinstance(variable.owner, (Stage, StepGroup)):
            yield Finding(
                name.span,
                f"a variable of the pipeline is called `{name.value}`, too",
                "the nearer of two",
                help=f"rename it where `<+pipeline.variables.{name.value}>` is not meant",
                related=(Related(outer[name.value].span, "the variable of the pipeline"),),
            )


RULES = (
    default_without_input,
    empty_required_variable,
    reserved_variable_name,
    shadowed_variable,
    unreadable_variable_name,
)
