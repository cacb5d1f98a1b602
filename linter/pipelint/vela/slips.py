"""A misspelt key, and what its container lacks for it: one mistake, told once, at the key."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.diagnostic import Finding
from pipelint.vela.model import Container, Pipeline, Step
from pipelint.vela.names import RESERVED
from pipelint.vela.values import flag_of, has_entries, is_filled, is_null
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import mapping_of

Named = tuple[str, Finding]
"""A finding with the name of its rule."""

Told = frozenset[tuple[int, str]]
"""Identities of containers, each with the rule that has spoken about it already."""

DOES_SOMETHING = ("commands", "environment", "parameters", "secrets", "template", "detach")
_LACKS = {"image": ("missing-image", "no image")} | dict.fromkeys(
    DOES_SOMETHING, ("nothing-to-do", "nothing to do")
)
"""What a key gives to a container, and the rule that speaks where that is not there."""


def does_nothing(step: Step) -> bool:
    """Tell whether a step has an image, and nothing that Vela takes for something to do."""
    node = step.node
    if node.broken or step.name is None or step.name.value in RESERVED:
        return False
    detach = node.get("detach")
    if not is_filled(node.get("image")) or not (is_null(detach) or flag_of(detach) is False):
        return False  # detached, or nobody knows
    return not any(has_entries(node.get(key)) for key in DOES_SOMETHING[:4]) and not may_call(node)


def may_call(node: Mapping) -> bool:
    """Tell whether a step calls a template; a call of a wrong shape is unknown."""
    call = mapping_of(node.get("template"))
    return is_filled(call.get("name")) or call.broken if call else is_filled(node.get("template"))


def lacks_image(container: Container) -> bool:
    """Tell whether a container needs an image and has none."""
    node = container.node
    if node.broken or is_filled(node.get("image")):
        return False
    return container.what != "step" or not may_call(node)


def join(shape: Sequence[Named], pipeline: Pipeline) -> tuple[list[Named], Told]:
    """Let unknown keys speak for what their containers lack, where it is meant by them.

    Returns the findings, and what is told by them.
    """
    meant = {
        finding.span.start: _meant(finding)
        for rule, finding in shape
        if rule == "unknown-key" and _meant(finding) in _LACKS
    }
    lacking = _lacking(pipeline, meant) if meant else {}
    joined = [
        _louder(finding, lacking[finding.span.start][1])
        if rule == "unknown-key" and finding.span.start in lacking
        else (rule, finding)
        for rule, finding in shape
    ]
    return joined, frozenset((owner, lack) for owner, lack in lacking.values())


def _meant(finding: Finding) -> str:
    """Return the one key that an unknown one stands for, or nothing."""
    return finding.fixes[0].edits[0].text.strip("'\"") if finding.fixes else ""


def _lacking(pipeline: Pipeline, meant: dict[int, str]) -> dict[int, tuple[int, str]]:
    """Return, by the places of keys, the containers for which they are the first to be meant."""
    found: dict[int, tuple[int, str]] = {}
    told: set[tuple[int, str]] = set()
    idle = {id(step.node) for step in pipeline.steps if does_nothing(step)}
    for container in pipeline.containers:
        node = container.node
        lacks = {"missing-image"} if lacks_image(container) else set()
        lacks |= {"nothing-to-do"} if id(node) in idle else set()
        for start in _keys(node) if lacks else ():
            lack = _LACKS[meant[start]][0] if start in meant else ""
            if lack in lacks and (id(node), lack) not in told:
                told.add((id(node), lack))
                found[start] = id(node), lack
    return found


def _keys(node: Mapping) -> list[int]:
    return [key.start for key, _ in node.pairs if isinstance(key, Scalar)]


def _louder(finding: Finding, lack: str) -> Named:
    what = next(what for rule, what in _LACKS.values() if rule == lack)
    return lack, finding._replace(message=f"{finding.message}, which then has {what}")
