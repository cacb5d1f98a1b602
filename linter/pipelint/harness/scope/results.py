"""What steps and called pipelines give."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.expressions.types import MAP, NOTHING_KNOWN, OBJECT, UNKNOWN, Reason
from pipelint.harness.model import Stage, Step
from pipelint.harness.scope.facts import (
    ANY,
    Entries,
    Entry,
    fact,
    member_of,
    names_of,
    outputs,
)
from pipelint.harness.scope.ready import not_ready
from pipelint.harness.scope.value import Known, Symbol, Value, refused, unknown
from pipelint.harness.scope.variables import OUTPUT, output_variables_of
from pipelint.harness.scope.viewer import Viewer
from pipelint.harness.scope.world import World
from pipelint.harness.values import Text, text_of
from pipelint.name import nearest
from pipelint.yaml.node import MERGE, Mapping, Sequence

DECLARED = frozenset({"Http", "Run", "RunTests", "ShellScript", "Test"})
"""Types of steps whose output variables are those that they declare."""

COMPLETE = DECLARED | {"Email", "HarnessApproval"}
"""Types of steps whose output is listed completely."""

_OUTCOMES = {
    "BambooBuild": "build",
    "JenkinsBuild": "build",
    "JiraCreate": "issue",
    "JiraUpdate": "issue",
    "ServiceNowCreate": "ticket",
    "ServiceNowUpdate": "ticket",
}
"""Types of steps that give what they give under another name than `output`."""

_ARTIFACT = "artifact_"


def result_names(step: Step) -> Iterable[str]:
    """Give the names under which a step publishes its results."""
    return names_of(outputs(step.kind) or {})


def step_result(viewer: Viewer, step: Step, name: str, *, is_sure: bool) -> Value | None:
    """Return a result of a step; None where `name` is none that is known."""
    entries = outputs(step.kind) if step.template is None else None
    if name == "outputVariables" and step.kind in DECLARED:
        instead = "output.outputVariables"
        message = f"`outputVariables` of step `{step.id}` are in its `output`"
        reason = Reason("incomplete-path", message, "`output` left out", "", instead)
        return refused(reason)
    if name != "output" and (entries is None or not _is_result(entries, name)):
        return None
    late = not_ready(viewer, step, name) if is_sure else None
    return late or _result(viewer.world, step, name, entries)


def _result(world: World, step: Step, name: str, entries: Entries | None) -> Value:
    if entries is None:
        return NOTHING_KNOWN
    if name == "output":
        return _output(world, step, entries)
    return _artifact(step, name) if name.startswith(_ARTIFACT) else fact(entries[name])


def _is_result(entries: Entries, name: str) -> bool:
    return name in entries or (name.startswith(_ARTIFACT) and _ARTIFACT + ANY in entries)


def _output(world: World, step: Step, entries: Entries) -> Value:
    entry = entries.get("output")
    if entry is not None or step.kind in DECLARED:
        return Output(world, step, entry if entry is not None else {})
    outcome = _OUTCOMES.get(step.kind, "")
    if not outcome or outcome not in entries:
        return NOTHING_KNOWN
    message = f"a step of the type `{step.kind}` has no `output`"
    help_text = f"its result is `{outcome}`"
    return refused(Reason("unknown-output", message, "no result", help_text, outcome))


def _artifact(step: Step, name: str) -> Value:
    """Judge the key of what a step has pushed: it repeats the identifiers down to the step."""
    groups = [group.id for group in step.groups]
    full = "_".join([*reversed(groups), step.id])
    if name in {_ARTIFACT + full, _ARTIFACT + step.id} or not all(groups) or step.looping:
        return Known(OBJECT, "What the step has published.")
    message = f"step `{step.id}` publishes no `{name}`"
    instead = _ARTIFACT + full
    reason = Reason("unknown-output", message, "another key", f"write `{instead}`", instead)
    return refused(reason)


class Output(Known):
    """The `output` of a step."""

    __slots__ = ("_entries", "_step", "_world")

    def __init__(self, world: World, step: Step, entry: Entry) -> None:
        super().__init__(OBJECT, "What the step gave.")
        self._world = world
        self._step = step
        self._entries: Entries = entry if isinstance(entry, dict) else {}

    def member(self, name: str) -> Value | None:
        """Return a part of the output."""
        step, entries = self._step, self._entries
        if name == "outputVariables":
            return output_variables_of(self._world, step, is_declared=step.kind in DECLARED)
        if name in entries or ANY in entries or not entries:
            return member_of(entries, name)
        if step.kind in DECLARED:
            variables = output_variables_of(self._world, step, is_declared=True)
            if name in variables.members():
                message = f"`{name}` is one of the `outputVariables` of step `{step.id}`"
                instead = f"outputVariables.{name}"
                reason = Reason(
                    "incomplete-path", message, "a part is left out", f"write `{instead}`", instead
                )
                return refused(reason)
        if step.kind not in COMPLETE and not nearest(name, names_of(entries)):
            return NOTHING_KNOWN
        message = f"a step of the type `{step.kind}` has no output `{name}`"
        return unknown("unknown-output", message, name, names_of(entries), "not in its output")

    def members(self) -> Iterable[str]:
        """Give the names of what is in the output."""
        return names_of(self._entries)


class ChainedOutputs(Known):
    """What a stage that calls a pipeline gives: the outputs that it lists."""

    __slots__ = ("_by_name", "_is_open", "_stage")

    def __init__(self, stage: Stage) -> None:
        super().__init__(MAP, "The outputs of the called pipeline.")
        self._stage = stage
        self._by_name: dict[str, Text] = {}
        spec = stage.spec
        node = spec.get("outputs") if spec else None
        for item in node.items if isinstance(node, Sequence) else ():
            name = text_of(item.get("name")) if isinstance(item, Mapping) else None
            if name is not None:
                self._by_name.setdefault(name.value, name)
        is_list = isinstance(node, Sequence) and len(self._by_name) == len(node.items)
        is_read = spec is not None and not spec.broken and MERGE not in spec.fields
        self._is_open = not is_read or not (is_list or node is None)

    def member(self, name: str) -> Value | None:
        """Return an output."""
        found = self._by_name.get(name)
        if found is not None:
            symbol = Symbol(OUTPUT, name, self._stage.id)
            return Known(UNKNOWN, "An output of a called pipeline.", found.span, None, symbol)
        if self._is_open:
            return NOTHING_KNOWN
        message = f"stage `{self._stage.id}` has no output `{name}`"
        help_text = "list it in `outputs` of that stage"
        return unknown("unknown-output", message, name, self._by_name, "not listed", help_text)

    def members(self) -> Iterable[str]:
        """Give the names of the outputs."""
        return self._by_name
