"""Loops: counts that give no runs, or too many, and limits that are not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Looping
from pipelint.harness.runs import runs_of
from pipelint.harness.values import whole_of
from pipelint.rule import Option, rule
from pipelint.yaml.node import Scalar, Sequence

LIMITS = {"free": 10}
LIMIT = 256
MANY = 4
"""So many combinations may well run at the same time."""


@rule(on=Looping, level=WARNING, family="harness", about=("maxConcurrency",))
def misplaced_max_concurrency(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports `maxConcurrency` beside the loop that it is meant for.

    ## Why is this bad?
    It is read below `matrix` or `repeat`. Beside them, or beside `parallelism`, Harness passes it
    over, and everything runs at the same time.

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
            region: [eu, us, asia]
          maxConcurrency: 1
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
            region: [eu, us, asia]
            maxConcurrency: 1
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
    """
    key = looping.node.key("maxConcurrency")
    if key is None:
        return
    loop = next((name for name in ("matrix", "repeat") if name in looping.node.fields), "")
    yield Finding(
        key.span,
        "`maxConcurrency` has no effect here",
        f"beside `{loop}`, not in it" if loop else "not for `parallelism`",
        help=f"write it below `{loop or 'repeat'}`",
    )


@rule(on=Looping, level=ERROR, family="harness", about=("parallelism", "repeat"))
def loop_without_runs(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a loop that is to run no times.

    ## Why is this bad?
    Harness refuses `parallelism: 0`, `times: 0` and parts of no size.

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
          repeat: {times: 0}
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
          repeat: {times: 3}
    ```
    """
    repeat = looping.repeat
    counts = [("parallelism", looping.parallelism)]
    if repeat is not None:
        counts += [
            (name, value)
            for name in ("times", "partitionSize")
            if isinstance(value := repeat.get(name), Scalar)
        ]
    for name, value in counts:
        if value is not None and whole_of(value) == 0:
            yield Finding(value.span, f"`{name}` is 0", "nothing would run", help="write 1 or more")
    items, key = (repeat.get("items"), repeat.key("items")) if repeat else (None, None)
    if isinstance(items, Sequence) and key and not (items.items or items.broken):
        yield Finding(
            key.span, "`items` is empty", "nothing would run", help="list what to go through"
        )


@rule(on=Looping, level=WARNING, family="harness", about=("maxConcurrency",))
def zero_concurrency(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a limit of 0 for the runs at the same time.

    ## Why is this bad?
    A limit that lets nothing run can hardly be meant. Without the key there is no limit.

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
          repeat: {times: 3, maxConcurrency: 0}
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
          repeat: {times: 3, maxConcurrency: 1}
    ```
    """
    for holder in (looping.matrix, looping.repeat):
        value = holder.get("maxConcurrency") if holder else None
        if isinstance(value, Scalar) and whole_of(value) == 0:
            yield Finding(
                value.span,
                "`maxConcurrency` is 0",
                "lets nothing run",
                help="write 1 or more, or leave it out",
            )


@rule(
    on=Looping,
    level=WARNING,
    family="harness",
    about=("strategy",),
    options=(Option("limit", 0, "how many runs a loop may have; 0: what the plan allows"),),
)
def too_many_runs(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a loop with more runs than Harness allows.

    ## Why is this bad?
    Harness stops at 256 runs of one loop, and at 10 on the free plan. `maxConcurrency` does not
    change that.

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
          parallelism: 300
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
          parallelism: 200
    ```

    ## Options
    - `limit`: how many runs a loop may have. 0, the default, takes the limit of the plan
      (`harness.plan`).

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-settings
    """
    limit = context.option("too-many-runs", "limit", 0) or LIMITS.get(context.plan, LIMIT)
    runs = runs_of(looping)
    if runs is None or runs <= limit:
        return
    kind = next((key for key in ("matrix", "repeat") if key in looping.node.fields), "parallelism")
    key = looping.node.key(kind) or looping.key
    yield Finding(
        key.span,
        f"loop with {runs} runs, more than the {limit} that are allowed",
        f"asks for {runs}",
        help="go through less, or spread it over several loops",
    )


@rule(on=Looping, level=OFF, family="harness", about=("matrix",))
def unlimited_concurrency(looping: Looping, context: Context) -> Iterator[Finding]:
    """Reports a matrix with many combinations that all run at the same time.

    ## Why is this bad?
    Each run takes its share of delegates, pods and build machines. A limit keeps some for others.

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
            region: [eu, us, asia]
            tier: [test, stage, prod]
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
            region: [eu, us, asia]
            tier: [test, stage, prod]
            maxConcurrency: 3
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/looping-strategies/best-practices-for-looping-strategies
    """
    matrix = looping.matrix
    if matrix is None or {"maxConcurrency"} & (matrix.fields.keys() | looping.node.fields.keys()):
        return
    runs, key = runs_of(looping), looping.node.key("matrix")
    if runs is not None and runs > MANY and key is not None:
        yield Finding(
            key.span,
            f"matrix with {runs} runs at the same time",
            "no limit",
            help="add `maxConcurrency`",
        )


RULES = (
    loop_without_runs,
    misplaced_max_concurrency,
    too_many_runs,
    unlimited_concurrency,
    zero_concurrency,
)
