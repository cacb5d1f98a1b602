"""Names of Harness FirstGen, and what is written for them today."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.tree import Chain, Member, Name, walk
from pipelint.source import Span

# The first names of a path, and what takes their place; empty where that depends on more.
_NAMES: dict[tuple[str, ...], str] = {
    ("workflow", "variables"): "pipeline.variables",
    ("serviceVariable",): "serviceVariables",
    ("environmentVariable",): "env.variables",
    ("infra", "kubernetes", "infraId"): "INFRA_KEY",
    ("infra", "kubernetes"): "infra",
    ("artifact", "buildNo"): "artifact.tag",
    ("approvedBy", "name"): "approval.approvalActivities[0].user.name",
    ("approvedBy", "email"): "approval.approvalActivities[0].user.email",
    ("host",): "instance",
    ("deploymentUrl",): "pipeline.executionUrl",
    ("deploymentTriggeredBy",): "pipeline.triggeredBy.name",
    ("httpsResponseCode",): "httpResponseCode",
    ("http", "ResponseCode"): "httpResponseCode",
    ("http", "responseCode"): "httpResponseCode",
}
FIRST_NAMES = frozenset(names[0] for names in _NAMES)
"""What such a path begins with; some of these names are alive."""

_LONGEST = max(map(len, _NAMES))


def first_generation_names(reading: Reading) -> Iterator[Problem]:
    """Yield paths that only FirstGen knows."""
    for base, block in reading.blocks():
        roots: set[int] = set()
        for node in walk(block.tree) if block.tree else ():
            if isinstance(node, Chain) and isinstance(node.root, Name):
                members = [step for step in node.steps[: _LONGEST - 1] if isinstance(step, Member)]
                roots.add(node.root.start)
                yield from _judge(base, [node.root, *members])
            elif isinstance(node, Name) and node.start not in roots:
                yield from _judge(base, [node])


def _judge(base: int, steps: list[Name | Member]) -> Iterator[Problem]:
    names = tuple(step.text if isinstance(step, Name) else step.name for step in steps)
    for size in range(len(names), 0, -1):
        right = _NAMES.get(names[:size])
        if right is None:
            continue
        span = Span(base + steps[0].start, base + steps[size - 1].end)
        message = f"{show('.'.join(names[:size]))} is a name of Harness FirstGen"
        changes = replace(f"write {show(right)}", span, right)
        yield Problem(
            "first-generation-name", span, message, "unknown today", f"write {show(right)}", changes
        )
        return
