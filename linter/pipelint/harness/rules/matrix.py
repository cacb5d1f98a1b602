"""A matrix: values that are no list, and exclusions that leave out nothing, or everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Looping
from pipelint.harness.runs import excluded, is_ignored, runs_of, values_of
from pipelint.harness.values import is_null, is_untyped, json_type, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.schema.phrase import listing
from pipelint.source import Span
from pipelint.yaml.node import MERGE, Scalar, Sequence

MOST_COMPARED = 8
"""So many names are compared with others, or looked for in the text."""


@rule(on=Looping, level=ERROR, family="harness", about=("matrix",))
def unusable_axis(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports values of a matrix that are no list, or a list without values.

    ## Why is this bad?
    A matrix runs once for each value of a list. Harness refuses a text that is no list, and an
    empty list.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: "eu, us"
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
    ```

    ## Fix safety
    The fix is unsafe: each part of the text becomes a run of its own.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
    """
    for name, (key, value) in looping.axes.items():
        if isinstance(value, Sequence) and not (value.items or value.broken):
            yield Finding(
                key.span,
                f"axis `{name}` of the matrix has no values",
                "an empty list",
                help="list the values, or remove the axis",
            )
        elif isinstance(value, Scalar) and _is_text(value) and not value.text.startswith("["):
            yield _no_list(name, value)


def _no_list(name: str, value: Scalar) -> Finding:
    parts = [part.strip() for part in value.text.split(",")]
    simple = "\n" not in value.text and not any(sign in value.text for sign in "\"'[]{}:#&*!|>%@`")
    fixes: tuple[Fix, ...] = ()
    if simple:
        text = f"[{', '.join(parts)}]"
        fixes = (Fix("write a list", (Edit(value.span, text),), safe=False),)
    return Finding(
        value.span,
        f"axis `{name}` of the matrix is no list",
        "text, not a list",
        help="write the values as a list: `[a, b]`",
        fixes=fixes,
    )


def _is_text(value: Scalar) -> bool:
    """Tell whether a value is a literal text that is neither a number nor a flag."""
    if value.broken or is_untyped(value) or is_null(value) or not value.text.strip():
        return False
    if ".allowedValues(" in value.text:
        return False
    return bool(value.style) or json_type(value) == "string"


@rule(on=Looping, level=WARNING, family="harness", about=("matrix",))
def ignored_axis(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports what stands in a matrix and is no list of values.

    ## Why is this bad?
    Harness drops numbers, flags and maps in a matrix without a word. Most often they are settings
    of another name: `parallelism` is a loop of its own, and the limit is called `maxConcurrency`.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            parallelism: 1
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            maxConcurrency: 1
    ```
    """
    if all(is_ignored(value) for _, value in looping.axes.values()):
        return  # a matrix without axes then
    for name, (key, value) in looping.axes.items():
        if not is_ignored(value):
            continue
        known = name in {"parallelism", "concurrency", "max_concurrency"}
        yield Finding(
            key.span,
            f"`{name}` is ignored in a matrix",
            "not a list of values",
            help="the key for that is `maxConcurrency`" if known else "write the values as a list",
        )


@rule(on=Looping, level=ERROR, family="harness", about=("matrix",))
def matrix_without_axes(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a matrix that has no values to go through.

    ## Why is this bad?
    `exclude`, `maxConcurrency` and `nodeName` say how to go through the values of a matrix.
    Without any values Harness refuses it.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            maxConcurrency: 2
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          repeat:
            times: 4
            maxConcurrency: 2
    ```
    """
    matrix = looping.matrix
    if matrix is None or matrix.broken or context.is_partial:
        return
    if not all(is_ignored(value) for _, value in looping.axes.values()):
        return
    key = looping.node.key("matrix") or looping.key
    yield Finding(
        key.span,
        "matrix without values",
        "no axis",
        help="add a list of values, or use `repeat` to run it several times",
    )


@rule(on=Looping, level=WARNING, family="harness", about=("<+matrix.",))
def unreadable_axis(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports an axis whose name an expression cannot read as it is written.

    ## Why is this bad?
    A dot in the name begins a member: `<+matrix.jdk.version>` gives null. (A hyphen is reported
    where it is used, by `hyphen-in-path`.)

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: ./build.sh "<+matrix.jdk.version>"}
        strategy:
          matrix:
            jdk.version: ["17", "21"]
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec: {script: ./build.sh "<+matrix.jdk>"}
        strategy:
          matrix:
            jdk: ["17", "21"]
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
    """
    for name, (key, _) in islice(looping.axes.items(), MOST_COMPARED):
        read = f"<+matrix.{name}>"
        if "." in name and read in context.source.text:
            at = context.source.text.index(read)
            yield Finding(
                key.span,
                f"axis `{name}` cannot be read as `{read}`",
                "not a plain name",
                help=f'rename it, or write `<+matrix.get("{name}")>`',
                related=(Related(Span(at, at + len(read)), "gives null"),),
            )


@rule(on=Looping, level=ERROR, family="harness", about=("exclude",))
def unknown_axis_in_exclude(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports an exclusion that names an axis which the matrix does not have.

    ## Why is this bad?
    An exclusion holds values of the axes of its own matrix. One with another name fits no
    combination, and Harness refuses the matrix.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            tier: [test, prod]
            exclude:
              - {regoin: us, tier: test}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            tier: [test, prod]
            exclude:
              - {region: us, tier: test}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
    """
    if context.is_partial or not looping.axes:
        return
    unknown = [
        key
        for item in excluded(looping)
        for name, (key, _) in item.fields.items()
        if name not in looping.axes and name != MERGE
    ]
    for number, key in enumerate(unknown):
        near = nearest(key.text, looping.axes, 1) if number < MOST_COMPARED else []
        edits = (Edit(key.span, near[0]),) if near and not key.style else ()
        yield Finding(
            key.span,
            f"`{key.text}` is no axis of the matrix",
            "not in this matrix",
            help=f"an axis with a similar name exists: `{near[0]}`" if near else _axes(looping),
            fixes=(Fix(f"replace it with `{near[0]}`", edits, safe=False),) if edits else (),
        )


def _axes(looping: Looping) -> str:
    return f"the axes are {listing(list(looping.axes))}" if looping.axes else "remove it"


@rule(on=Looping, level=INFO, family="harness", about=("exclude",))
def exclude_without_effect(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports an exclusion of a value that the matrix does not have.

    ## Why is this bad?
    No combination fits it, so nothing is left out.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            exclude:
              - region: asia
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            exclude:
              - region: us
    ```
    """
    known = {name: values_of(value) for name, (_, value) in looping.axes.items()}
    sets = {name: frozenset(values) for name, values in known.items() if values is not None}
    for item in excluded(looping):
        for name, (_, value) in item.fields.items():
            text = text_of(value)
            if text is None or name not in sets or text.value in sets[name]:
                continue
            yield Finding(
                text.span,
                f"`{text.value[:50]}` is no value of axis `{name}`",
                "excludes nothing",
                help="remove the exclusion, or correct the value",
                related=(Related(looping.axes[name][0].span, "the axis"),),
            )


@rule(on=Looping, level=ERROR, family="harness", about=("exclude",))
def everything_excluded(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a matrix whose exclusions leave nothing to run.

    ## Why is this bad?
    Harness fails a loop that has no runs.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            exclude:
              - region: eu
              - region: us
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        strategy:
          matrix:
            region: [eu, us]
            exclude:
              - region: us
    ```
    """
    key = looping.matrix.key("exclude") if looping.matrix else None
    if key is not None and runs_of(looping) == 0:
        yield Finding(
            key.span,
            "every combination of the matrix is excluded",
            "nothing left to run",
            help="exclude less",
        )


RULES = (
    everything_excluded,
    exclude_without_effect,
    ignored_axis,
    matrix_without_axes,
    unknown_axis_in_exclude,
    unreadable_axis,
    unusable_axis,
)
