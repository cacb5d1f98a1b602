"""Defaults of the inputs of a template."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import OFF, Finding
from pipelint.expressions.place import locate
from pipelint.expressions.runtime_input.read import is_runtime_input, read_runtime_input
from pipelint.harness.context import Context
from pipelint.harness.expressions import expressions_of
from pipelint.harness.model import TemplateDefinition
from pipelint.rule import rule
from pipelint.source import Span

_DEFAULT = ".default("


@rule(on=TemplateDefinition, level=OFF, family="expression", about=(_DEFAULT,))
def locked_default(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports an input of a template whose default cannot be changed when a pipeline is run.

    ## Why is this bad?
    An input with a default is not asked for where the template is used, so the default stays.
    With `.executionInput()` it is asked for while the pipeline runs.

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
            TARGET: <+input>.default(dev)
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
            TARGET: <+input>.default(dev).executionInput()
    ```

    ## When not to use it
    The rule is off by default: many templates have defaults that are meant to stay.

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/runtime-input-usage
    """
    for written in expressions_of(context):
        text = written.scalar.text
        if _DEFAULT not in text or not is_runtime_input(text):
            continue
        suffixes = {suffix.name: suffix for suffix in read_runtime_input(text).suffixes}
        default = suffixes.get("default")
        if default is not None and "executionInput" not in suffixes:
            place, _exact = locate(written.scalar, context.source.text)
            yield Finding(
                place(Span(default.start, default.end)),
                "users of the template cannot change this default",
                "fixed",
                "add `.executionInput()`, or leave the default out",
            )


RULES = (locked_default,)
