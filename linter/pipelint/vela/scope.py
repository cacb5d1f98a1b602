"""Which variables a step has when the server replaces its `${…}`, as far as the file can tell."""

from __future__ import annotations

from collections.abc import Mapping as Dict

from pipelint.vela.calls import may_bring_more
from pipelint.vela.context import Context
from pipelint.vela.model import Stage, Step, Variable
from pipelint.vela.rulesets import EVENTS, possible_events
from pipelint.vela.values import is_null, texts_of
from pipelint.vela.variables import DEPLOYMENT, PARAMETER, events_with, is_always_set
from pipelint.yaml.node import MERGE, Mapping, Sequence
from pipelint.yaml.view import mapping_of

SET, SOMETIMES, ON_OTHER_EVENTS, UNSET, UNKNOWN = (
    "set", "sometimes", "on other events", "unset", "unknown",
)  # fmt: skip
"""Whether a variable has a value: always, on some of the step's events, only on events that the
step does not run on, never, or nobody can tell."""

Layer = Dict[str, Variable]


class Scope:
    """The variables of one step.

    `layers` are what its own, its stage's and the pipeline's environment define, `parameters` the
    names made of its parameters. `events` are those on which it can be there. `certain` says that
    there are no other variables.
    """

    __slots__ = ("certain", "events", "layers", "parameters")

    def __init__(
        self,
        layers: tuple[Layer, ...],
        *,
        certain: bool,
        parameters: frozenset[str] = frozenset(),
        events: frozenset[str] = frozenset(EVENTS),
    ) -> None:
        self.layers = layers
        self.certain = certain
        self.parameters = parameters
        self.events = events

    def state(self, name: str) -> str:
        """Tell whether a variable has a value when the step is compiled."""
        if name in self.parameters or is_always_set(name):
            return SET
        if any(name in layer for layer in self.layers):
            return SET
        events = events_with(name)
        if not events:
            return UNSET if self.certain else UNKNOWN
        if not self.events & events:
            return ON_OTHER_EVENTS if self.certain and self.events else UNKNOWN
        if self.events <= _sure(name, events):
            return SET
        return SOMETIMES if self.certain else UNKNOWN

    def definition(self, name: str) -> Variable | None:
        """Return the entry that surely gives a variable its value, whatever the event."""
        if not self.certain or name in self.parameters or is_always_set(name) or events_with(name):
            return None
        return next((layer[name] for layer in self.layers if name in layer), None)


def _sure(name: str, events: frozenset[str]) -> frozenset[str]:
    """Leave out deployments: not all are of a tag."""
    return events - set(DEPLOYMENT) if name in {"VELA_BUILD_TAG", "BUILD_TAG"} else events


class Scopes:
    """Makes the scopes of a document; each shared environment is read once."""

    __slots__ = ("_certain", "_parameters", "_shared", "_stages")

    def __init__(self, context: Context) -> None:
        pipeline = context.pipeline
        reaches = reaches_steps(context)
        self._parameters: dict[int, frozenset[str]] = {}
        self._shared = pipeline.environment.by_name if reaches else {}
        self._stages = {id(stage): stage.environment.by_name for stage in pipeline.stages}
        self._certain = not (
            context.templated
            or pipeline.is_template
            or pipeline.node.broken
            or may_bring_more(pipeline)
            or (reaches and not pipeline.environment.certain)
        )

    def of_step(self, step: Step) -> Scope:
        """Make the scope of a step."""
        own, stage = step.container.environment, step.stage
        parameters = mapping_of(step.node.get("parameters"))
        return Scope(
            (own.by_name, *self._around(stage)),
            certain=self._certain
            and own.certain
            and not step.node.broken
            and not (stage and not stage.environment.certain)
            and not (parameters and parameters.broken),
            parameters=self._names(parameters) if parameters else frozenset(),
            events=possible_events(step.ruleset),
        )

    def around(self, stage: Stage | None) -> Scope:
        """Make the scope of an environment that several steps share; they may know more."""
        return Scope(self._around(stage), certain=False)

    def _names(self, parameters: Mapping) -> frozenset[str]:
        """Return the variables that parameters become; shared ones are read once."""
        if id(parameters) not in self._parameters:
            self._parameters[id(parameters)] = _names(parameters)
        return self._parameters[id(parameters)]

    def _around(self, stage: Stage | None) -> tuple[Layer, ...]:
        return (self._stages[id(stage)], self._shared) if stage else (self._shared,)


def _names(parameters: Mapping) -> frozenset[str]:
    return frozenset(
        PARAMETER + name.upper()
        for name, (_, value) in parameters.fields.items()
        if name != MERGE and not is_null(value)
    )


def reaches_steps(context: Context) -> bool:
    """Tell whether steps get the environment of the pipeline; `metadata.environment` says so."""
    metadata = mapping_of(context.pipeline.node.get("metadata"))
    named = metadata.get("environment") if metadata else None
    if not isinstance(named, Sequence) or named.broken:
        return True
    return any(text.value == "steps" for text in texts_of(named))
