"""Variables and what expressions do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Edit, Finding, Fix, Related
from pipelint.expressions.paths import end_of
from pipelint.expressions.place import locate, write
from pipelint.expressions.runtime_input.read import is_runtime_input, read_runtime_input
from pipelint.expressions.runtime_input.values import split_values
from pipelint.expressions.sides import EQUALITY
from pipelint.expressions.tree import Binary, Literal, Nested, Node, without_parentheses
from pipelint.harness.context import Context
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.model import Model, Pipeline, Variable
from pipelint.harness.scope.scopes import DocumentScope, Scopes
from pipelint.harness.scope.world import CLONING
from pipelint.harness.values import Deferred, Text
from pipelint.rule import rule
from pipelint.source import Span

_FLAGS = frozenset({"true", "false"})
_COMPARED = (
    "!= false", "!= true", "!=false", "!=true", "== false", "== true", "==false", "==true",
)  # fmt: skip
_DECLARED = ("String", "variables")
_LISTS = frozenset({"allowedValues", "selectOneFrom"})


@rule(on=Model, level=WARNING, family="expression", about=_COMPARED)
def text_compared_to_flag(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a variable of the type `String` that is compared with `true` or `false`.

    ## Why is this bad?
    Any text but `false` and the empty one is equal to `true`: also `no`, `False` and `0`. In
    quotes the flag is compared as a text. Variables that can be nothing but `true` or `false` are
    not reported.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      variables:
        - name: run
          type: String
          value: <+input>
      stages:
        - stage:
            name: check
            identifier: check
            type: Custom
            when:
              pipelineStatus: Success
              condition: <+pipeline.variables.run> == true
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
      projectIdentifier: web
      orgIdentifier: default
      variables:
        - name: run
          type: String
          value: <+input>
      stages:
        - stage:
            name: check
            identifier: check
            type: Custom
            when:
              pipelineStatus: Success
              condition: <+pipeline.variables.run> == "true"
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## Fix safety
    The fix is unsafe: the comparison may come out differently.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/step-skip-condition-settings
    """
    texts = {one.name.span: one for one in model.variables if one.name and _may_be_any_text(one)}
    if not texts:
        return
    scopes = Scopes(context)
    for written in expressions_of(context):
        text = written.scalar.text
        if "=" in text and ("true" in text or "false" in text) and not is_runtime_input(text):
            yield from _compared(written, scopes.of(written), texts, context.source.text)


def _may_be_any_text(variable: Variable) -> bool:
    """Tell whether a variable is certainly a text, and one that may be more than a flag."""
    kind, value = variable.type, variable.value
    if not isinstance(kind, Text) or (kind.value, variable.list_key.text) != _DECLARED:
        return False
    if isinstance(value, Text):
        return value.value not in _FLAGS
    if not isinstance(value, Deferred) or not is_runtime_input(value.node.text):
        return False
    found = read_runtime_input(value.node.text)
    lists = [split_values(one.argument or "") for one in found.suffixes if one.name in _LISTS]
    return found.problem is None and not any(_FLAGS.issuperset(one) for one in lists)


def _compared(
    written: Written, scope: DocumentScope, texts: dict[Span, Variable], source: str
) -> Iterator[Finding]:
    for base, block in written.reading.blocks():
        for node in block.nodes:
            if not isinstance(node, Binary) or node.operator not in EQUALITY:
                continue
            for side, other in ((node.left, node.right), (node.right, node.left)):
                variable = _variable(side, scope, texts)
                if variable and isinstance(other, Literal) and other.kind == "boolean":
                    span = Span(base + other.start, base + other.end)
                    yield _text_beside_flag(variable, span, written, source)


def _variable(node: Node, scope: DocumentScope, texts: dict[Span, Variable]) -> Variable | None:
    """Return the variable that an operand is, if it is one of these."""
    node = without_parentheses(node)
    names = node.block.names if isinstance(node, Nested) else None
    if not names or "variables" not in names:
        return None
    value = end_of(names, node.block.argument if isinstance(node, Nested) else None, scope)
    place = value.definition if value is not None else None
    return texts.get(place) if place is not None else None


def _text_beside_flag(variable: Variable, span: Span, written: Written, source: str) -> Finding:
    assert variable.name is not None  # noqa: S101 - it was found by its name
    place, is_exact = locate(written.scalar, source)
    quoted = f'"{written.scalar.text[slice(*span)]}"'
    fix = Fix(
        f"write `{quoted}`", (Edit(place(span), write(quoted, written.scalar.style)),), safe=False
    )
    return Finding(
        place(span),
        f"the text `{variable.name.value}` is compared with a truth value",
        "nearly any text is true",
        f"write `{quoted}`",
        related=(Related(variable.name.span, "a `String`"),),
        fixes=(fix,) if is_exact and span.start else (),  # YAML reads quotes in front as its own
    )


_DYNAMIC = r"\bvariables(?:[^.\w]|\.?\Z|\.[^\w$\"']|\.[\w$]+<|\.get\(\s*[^\s\"'])"
"""Variables that are taken as a whole, or by a name that is known later."""


@rule(on=Model, level=OFF, family="expression", about=("variables",))
def unused_variable(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a variable of a pipeline or a stage that no expression of the document names.

    ## Why is this bad?
    Whoever runs the pipeline is asked for a value, or reads one, that does nothing.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: web
      orgIdentifier: default
      variables:
        - name: region
          type: String
          value: <+input>
      stages:
        - stage:
            name: check
            identifier: check
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
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
    ```

    ## When not to use it
    The rule is off by default: manifests, services and scripts that are kept elsewhere may read
    the variable. It says nothing about pipelines with templates, and about stages whose variables
    are handed to each step.
    """
    root = model.root
    if not isinstance(root, Pipeline) or root.is_open or model.links or model.inserts:
        return
    texts = [written.scalar.text for written in expressions_of(context)]
    if any(re.search(_DYNAMIC, text) for text in texts if "variables" in text):
        return
    words = {word for text in texts for word in re.findall(r"[\w$]+", text)}
    owners = [stage for stage in model.stages if stage.kind and stage.kind not in CLONING]
    for variables in (root.variables, *[stage.variables for stage in owners]):
        for one in variables:
            name = one.name
            if name is not None and name.value not in words and re.fullmatch(r"\w+", name.value):
                message = f"no expression here uses the variable `{name.value}`"
                yield Finding(name.span, message, "unused", "remove it, if nothing else reads it")


RULES = (text_compared_to_flag, unused_variable)
