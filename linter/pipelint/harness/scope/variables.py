"""Variables, and the output variables that a step declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from pipelint.expressions.types import MAP, NOTHING_KNOWN, NUMBER, SECRET, STRING, UNKNOWN, Reason
from pipelint.harness.build import VARIABLE
from pipelint.harness.model import Pipeline, Stage, Step, StepGroup, Variable
from pipelint.harness.scope.value import Known, Missing, Symbol, Value, refused, unknown
from pipelint.harness.values import Text, text_of
from pipelint.yaml.node import MERGE, Mapping, Node, Sequence

if TYPE_CHECKING:
    from pipelint.harness.scope.world import World

OUTPUT = "output variable"
"""The kind of the symbol of an output variable."""

_TYPES = {"Number": NUMBER, "Secret": SECRET}

Owner = Pipeline | Stage | StepGroup


def variables_of(world: World, owner: Owner) -> Value:
    """Return the variables of a node."""
    made = world.made.get(("variables", id(owner)))
    if made is None:
        made = world.made["variables", id(owner)] = Variables(world, owner)
    return made


def output_variables_of(world: World, step: Step, *, is_declared: bool) -> OutputVariables:
    """Return the output variables of a step."""
    made = world.made.get(("output variables", id(step)))
    if not isinstance(made, OutputVariables):
        made = world.made["output variables", id(step)] = OutputVariables(
            step, is_declared=is_declared
        )
    return made


class Variables(Known):
    """The variables of a pipeline, a stage or a group, by name."""

    __slots__ = ("_by_name", "_is_open", "_made", "_owner", "_world")

    def __init__(self, world: World, owner: Owner) -> None:
        super().__init__(MAP, f"The variables of this {owner.what}, by name.")
        self._world = world
        self._owner = owner
        self._made: dict[str, Value] = {}
        self._by_name: dict[str, Variable] = {}
        for one in owner.variables:
            if one.name is not None:
                self._by_name.setdefault(one.name.value, one)
        self._is_open = _is_open(owner)

    def member(self, name: str) -> Value | None:
        """Return a variable."""
        made = self._made.get(name)
        if made is not None:
            return made
        found = self._by_name.get(name)
        if found is not None:
            value = self._made[name] = _variable(found, self._owner)
            return value
        if self._is_open:
            return NOTHING_KNOWN
        return Missing(lambda: self._unknown(name).reason)

    def members(self) -> Iterable[str]:
        """Give the names of the variables."""
        return self._by_name

    def _unknown(self, name: str) -> Value:
        what = self._owner.what
        message = f"the {what} has no variable `{name}`"
        dotted = next((one for one in self._by_name if one.startswith(f"{name}.")), "")
        if dotted:
            help_text = f'a name with a dot is written `get("{dotted}")`'
            return refused(Reason("unknown-variable", message, "not declared", help_text))
        other = self._elsewhere(name)
        if other:
            return refused(Reason("unknown-variable", message, "not declared here", other))
        return unknown("unknown-variable", message, name, self._by_name, "not declared")

    def _elsewhere(self, name: str) -> str:
        """Say where a variable of this name is declared."""
        for owner in _around(self._owner, self._world.pipeline):
            if any(one.name is not None and one.name.value == name for one in owner.variables):
                return f"the {owner.what} has it: `{_ROOTS[type(owner)]}.variables.{name}`"
        return ""


_ROOTS = {Pipeline: "pipeline", Stage: "stage", StepGroup: "stepGroup"}


def _around(owner: Owner, pipeline: Pipeline | None) -> Iterator[Owner]:
    """Give the nodes around an owner of variables."""
    here: object = owner
    while isinstance(here, (Stage, StepGroup)):
        here = here.outer
        if isinstance(here, (Stage, StepGroup)):
            yield here
    if pipeline is not None:
        yield pipeline


def _is_open(owner: Owner) -> bool:
    """Tell whether there may be variables that cannot be seen."""
    if owner.template is not None or owner.node.broken or MERGE in owner.node.fields:
        return True
    if isinstance(owner, Pipeline) and owner.is_partial:
        return True
    return "variables" in owner.node.fields and _is_odd(owner.node.get("variables"))


def _is_odd(node: Node | None) -> bool:
    """Tell whether a list of variables holds what is no variable with a literal name."""
    if not isinstance(node, Sequence):
        return not (node is not None and not getattr(node, "text", "?"))
    return node.broken or any(
        not isinstance(item, Mapping) or item.broken or text_of(item.get("name")) is None
        for item in node.items
    )


def _variable(one: Variable, owner: Owner) -> Value:
    assert one.name is not None  # noqa: S101 - it was found by its name
    static = one.value.value if isinstance(one.value, Text) else None
    kind = _TYPES.get(one.type.value, STRING) if isinstance(one.type, Text) else STRING
    if kind == STRING and (static is None or static.lstrip()[:1] in {"{", "["}):
        kind = UNKNOWN  # what is in the text may be asked for, too
    scope = "" if isinstance(owner, Pipeline) else owner.id
    symbol = Symbol(VARIABLE, one.name.value, scope)
    words = _words(one)
    return Known(kind, words, one.name.span, static, symbol)


def _words(one: Variable) -> str:
    description = text_of(one.node.get("description"))
    kind = one.type.value if isinstance(one.type, Text) else "String"
    said = f"A variable of the type {kind}."
    return f"{said} {description.value}" if description else said


class OutputVariables(Known):
    """The output variables of a step, by name."""

    __slots__ = ("_by_name", "_is_open", "_made", "_step")

    def __init__(self, step: Step, *, is_declared: bool) -> None:
        super().__init__(MAP, "The output variables of the step, by name.")
        self._step = step
        self._made: dict[str, Value] = {}
        self._by_name: dict[str, Text] = {}
        node = step.spec.get("outputVariables") if step.spec else None
        for item in node.items if isinstance(node, Sequence) else ():
            name = text_of(item.get("name")) if isinstance(item, Mapping) else None
            if name is not None:
                self._by_name.setdefault(name.value, name)
        self._is_open = not is_declared or _may_export_more(step, node)

    def member(self, name: str) -> Value | None:
        """Return an output variable."""
        made = self._made.get(name)
        if made is not None:
            return made
        found = self._by_name.get(name)
        if found is not None:
            symbol = Symbol(OUTPUT, name, self._step.id)
            words = "An output variable of a step."
            value = self._made[name] = Known(UNKNOWN, words, found.span, None, symbol)
            return value
        if self._is_open:
            return NOTHING_KNOWN
        message = f"step `{self._step.id}` has no output variable `{name}`"
        help_text = "declare it in `outputVariables` of that step"
        return unknown("unknown-output", message, name, self._by_name, "not declared", help_text)

    def members(self) -> Collection[str]:
        """Give the names of the output variables."""
        return self._by_name


def _may_export_more(step: Step, node: Node | None) -> bool:
    spec = step.spec
    if spec is None or spec.broken or MERGE in spec.fields or step.template is not None:
        return True
    if node is not None and _is_odd(node):
        return True
    return any(_mentions(spec.get(key), 3) for key in ("command", "script", "source"))


def _mentions(node: Node | None, depth: int) -> bool:
    """Tell whether a script may export more than is declared."""
    if isinstance(node, Mapping) and depth:
        return any(_mentions(value, depth - 1) for _, value in node.fields.values())
    text = getattr(node, "text", "")
    return "_OUTPUT" in text or text.startswith("<+")
