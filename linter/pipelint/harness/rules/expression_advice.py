"""Values of runtime inputs that Harness does not support, and advice on expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, OFF, WARNING, Finding
from pipelint.expressions.place import locate
from pipelint.expressions.runtime_input.read import Suffix, is_runtime_input, read_runtime_input
from pipelint.expressions.runtime_input.values import split_values, unquote
from pipelint.harness.context import Context
from pipelint.harness.expressions import expressions_of
from pipelint.harness.model import Model, Variable
from pipelint.harness.values import Text
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Scalar

_LISTS = frozenset({"allowedValues", "selectOneFrom", "selectManyFrom"})
_NUMBER = r"\s*[-+]?[0-9]+(?:\.[0-9]+)?\s*"
_IN_QUOTES = r"\"<\+secrets\.getValue\(\"[^\"\n<>]*\"\)>\""
_COMMENT = r"(?m)^[ \t]*#(?!!)[^\n]*"
_SCRIPTS = frozenset({"command", "script", "preCommand", "postCommand"})


def _suffixes(scalar: Scalar) -> tuple[Suffix, ...]:
    """Return what follows `<+input>`, none where it cannot be read."""
    text = scalar.text
    if scalar.broken or not is_runtime_input(text):
        return ()
    found = read_runtime_input(text)
    return () if found.problem else found.suffixes


def _argument(suffix: Suffix) -> Span:
    return Span(suffix.argument_start, suffix.argument_start + len(suffix.argument or ""))


@rule(on=Model, level=OFF, family="expression", about=("allowedValues",))
def deprecated_allowed_values(_: Model, context: Context) -> Iterator[Finding]:
    """Reports `allowedValues`, which two newer suffixes replace.

    ## Why is this bad?
    `selectOneFrom` and `selectManyFrom` say whether one value is chosen or several. Harness still
    reads `allowedValues`, but calls it deprecated.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: <+input>.allowedValues(dev,qa)
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: <+input>.selectOneFrom(dev,qa)
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/runtime-input-usage
    """
    for written in expressions_of(context):
        for suffix in _suffixes(written.scalar):
            if suffix.name == "allowedValues":
                place, _exact = locate(written.scalar, context.source.text)
                yield Finding(
                    place(Span(suffix.start, suffix.end)),
                    "`allowedValues` is deprecated",
                    help="write `selectOneFrom`, or `selectManyFrom` for several values",
                )


@rule(on=Model, level=OFF, family="expression", about=("<+",))
def expression_in_comment(_: Model, context: Context) -> Iterator[Finding]:
    """Reports an expression in a comment of a script.

    ## Why is this bad?
    Harness replaces expressions before the shell reads the script, also those in comments: each is
    looked up. One that leads to nothing may fail the step.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: |
            # was <+stage.name>
            make
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: |
            # was the name of the stage
            make
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
    """
    for written in expressions_of(context):
        if written.field.key.text not in _SCRIPTS or "#" not in written.scalar.text:
            continue
        spans = iter(written.reading.found.spans)
        span = next(spans, None)
        for comment in re.finditer(_COMMENT, written.scalar.text):
            while span is not None and span.end <= comment.start():
                span = next(spans, None)
            while span is not None and span.start < comment.end():
                place, _exact = locate(written.scalar, context.source.text)
                yield Finding(place(span), "an expression stands in a comment", "is evaluated")
                span = next(spans, None)


@rule(on=Model, level=WARNING, family="expression", about=("<+input>.",))
def nested_json_in_input(_: Model, context: Context) -> Iterator[Finding]:
    """Reports JSON with objects in objects as the default of an input.

    ## Why is this bad?
    Harness reads flat JSON there only. It takes a nested object apart at the wrong places.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: '<+input>.default({"a": {"b": 1}})'
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: '<+input>.default({"a": 1})'
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/runtime-input-usage
    """
    for written in expressions_of(context):
        for suffix in _suffixes(written.scalar):
            if _is_nested(suffix.argument or ""):
                place, _exact = locate(written.scalar, context.source.text)
                yield Finding(
                    place(_argument(suffix)),
                    f"`{suffix.name}` holds JSON of several levels",
                    "only flat JSON is read",
                )


def _is_nested(text: str) -> bool:
    if text.count("{") < 2:  # noqa: PLR2004 - one in another
        return False
    import json

    try:
        value = json.loads(unquote(text))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and any(isinstance(one, dict) for one in value.values())


@rule(on=Variable, level=ERROR, family="expression", about=("<+input>.",))
def non_numeric_input(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports an input of a number whose default or allowed value is no number.

    ## Why is this bad?
    Harness holds the value of such a variable to its type, and refuses to run the pipeline.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
        variables:
          - name: replicas
            type: Number
            value: <+input>.default(two)
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
        variables:
          - name: replicas
            type: Number
            value: <+input>.default(2)
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/runtime-input-usage
    """
    value = variable.node.get("value")
    if not isinstance(variable.type, Text) or variable.type.value != "Number":
        return
    for suffix in _suffixes(value) if isinstance(value, Scalar) else ():
        if suffix.name == "default":
            values = [unquote(suffix.argument or "")]
        else:
            values = split_values(suffix.argument or "") if suffix.name in _LISTS else []
        wrong = [one for one in values if one and not re.fullmatch(_NUMBER, one)]
        if wrong and not any(sign in (suffix.argument or "") for sign in ("<+", "{", "jexl(")):
            assert isinstance(value, Scalar)  # noqa: S101 - it has suffixes
            place, _exact = locate(value, context.source.text)
            yield Finding(place(_argument(suffix)), f"`{wrong[0]}` is no number", "never accepted")


@rule(on=Model, level=OFF, family="expression", about=('"<+secrets.', '\\"<+secrets.'))
def secret_in_double_quotes(_: Model, context: Context) -> Iterator[Finding]:
    """Reports a secret in double quotes in a script.

    ## Why is this bad?
    The expression has double quotes itself, and Harness advises against putting it in such quotes:
    whoever reads the text before it is replaced, sees the quotes end early. Harness's own examples
    are written both ways.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make login --password "<+secrets.getValue("key")>"
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make login --password '<+secrets.getValue("key")>'
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
    """
    for written in expressions_of(context):
        if written.field.key.text not in _SCRIPTS:
            continue
        for match in re.finditer(_IN_QUOTES, written.scalar.text):
            place, _exact = locate(written.scalar, context.source.text)
            yield Finding(
                place(Span(*match.span())),
                "a secret stands in double quotes",
                "has such quotes itself",
                "write it in single quotes",
            )


@rule(on=Model, level=INFO, family="expression", about=(".default(*",))
def unquoted_star(_: Model, context: Context) -> Iterator[Finding]:
    """Reports a default that begins with `*` and has no quotes.

    ## Why is this bad?
    Harness is known to have trouble with such a default: it wants quotes around it.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: <+input>.default(*)
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
          envVariables:
            TARGET: <+input>.default("*")
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
    """
    for written in expressions_of(context):
        for suffix in _suffixes(written.scalar):
            if suffix.name == "default" and (suffix.argument or "").startswith("*"):
                place, _exact = locate(written.scalar, context.source.text)
                message = "a default begins with `*`"
                yield Finding(
                    place(_argument(suffix)), message, "has no quotes", "put it in quotes"
                )


RULES = (
    deprecated_allowed_values,
    expression_in_comment,
    nested_json_in_input,
    non_numeric_input,
    secret_in_double_quotes,
    unquoted_star,
)
