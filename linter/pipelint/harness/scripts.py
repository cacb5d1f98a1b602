"""The scripts of a Harness document, with what is known about the values in them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.scan import find_expressions
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Step
from pipelint.harness.origins import Origins, environment_of
from pipelint.harness.values import EXPRESSION, text_of
from pipelint.security.flow import Flow
from pipelint.security.script import Origin, Pasted, Script
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import items_of

_KEYS = ("command", "script", "preCommand", "postCommand", "args")
_RUNNING = frozenset({"Run", "Background", "Test", "RunTests", "Container", ""})
"""Types of steps whose `command` is a script; of others it is one word, as in `command: Apply`."""

_REMEDY = {
    "Run": 'set it in `envVariables`, and write `"$NAME"` in the script',
    "ShellScript": 'set it in `environmentVariables`, and write `"$NAME"` in the script',
}
_UNREADABLE = "\ue001"


def scripts_of(context: Context) -> list[Script]:
    """Return every script of a document, each once."""
    return _Scripts(context).all()


class _Scripts:
    """Makes each script once; what a step puts out is asked for on the way."""

    __slots__ = ("_asked", "_context", "_fields", "_made", "_origins")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[int, Script] = {}
        self._asked: set[int] = set()
        self._origins = Origins(context, self._output)
        self._fields = {id(field.value): field for field in _script_fields(context)}

    def all(self) -> list[Script]:
        return [self._script(field) for field in self._fields.values()]

    def _script(self, field: Field) -> Script:
        value = field.value
        if id(value) not in self._made:
            self._made[id(value)] = self._make(field)
        return self._made[id(value)]

    def _make(self, field: Field) -> Script:
        scalar, step = field.value, field.unit if isinstance(field.unit, Step) else None
        assert isinstance(scalar, Scalar)  # noqa: S101 - only those are gathered
        pasted, shell_text = self._read(scalar.text, step)
        spec = step.spec if step is not None else None
        shell = text_of(field.owner.get("shell")) or text_of(spec.get("shell") if spec else None)
        environment = {}
        for name, span, text in environment_of(spec) if spec else ():
            origin = self._origins.of_text(text, step)
            if origin is not None:
                environment[name] = origin._replace(span=span)
        script = Script(
            scalar,
            file=self._context.source.text,
            shell=shell.value if shell else "",
            shell_text=shell_text,
            pasted=pasted,
            environment=environment,
            remedy=_REMEDY.get(step.kind if step else "", _REMEDY["Run"]),
        )
        script.outputs = dict(_shown_outputs(spec)) if spec else {}
        return script

    def _read(self, text: str, step: Step | None) -> tuple[list[Pasted], str]:
        """Find the expressions of a script: what they bring, and the script without them."""
        pasted: list[Pasted] = []
        if EXPRESSION not in text:
            return pasted, text
        parts, done = [], 0
        for start, end in find_expressions(text).spans:
            parts += [text[done:start], _UNREADABLE * (end - start)]
            done = end
            origin = self._origins.of_text(text[start:end], step)
            if origin is not None:
                pasted.append(Pasted(start, end, origin))
        return pasted, "".join([*parts, text[done:]])

    def _output(self, step: Step, name: str) -> Origin | None:
        """Return where the value of an output variable of a step comes from."""
        if id(step) in self._asked:
            return None
        self._asked.add(id(step))
        try:
            known: Origin | None = None
            for field in self._fields.values():
                if field.unit is step:
                    known = Flow(self._script(field)).known.get(_inside(step, name)) or known
            return known
        finally:
            self._asked.discard(id(step))


def _shown_outputs(spec: Mapping) -> Iterator[tuple[str, Span]]:
    """Give the variables of a script that become outputs in plain text, each with its place."""
    for item in items_of(spec.get("outputVariables")):
        if not isinstance(item, Mapping):
            continue
        name, value, kind = (text_of(item.get(key)) for key in ("name", "value", "type"))
        source = value or name
        if source is not None and (kind is None or kind.value == "String"):
            yield source.value, (name or source).span


def _inside(step: Step, name: str) -> str:
    """Return the variable of the script that an output variable takes its value from."""
    for item in items_of(step.spec.get("outputVariables") if step.spec else None):
        if isinstance(item, Mapping):
            named, value = text_of(item.get("name")), text_of(item.get("value"))
            if named is not None and named.value == name and value is not None:
                return value.value
    return name


def _script_fields(context: Context) -> Iterator[Field]:
    for field in context.fields(*_KEYS):
        value = field.value
        if not isinstance(value, Scalar) or value.broken or not value.text:
            continue
        kind = field.unit.kind if isinstance(field.unit, Step) else ""
        if field.key.text == "args" and kind != "RunTests":
            continue
        if field.key.text != "command" or kind in _RUNNING:
            yield field
