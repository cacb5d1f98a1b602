"""The scripts of a Vela pipeline, with what is known about the values in them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.security.flow import Flow
from pipelint.security.script import SECRET, UNTRUSTED, Origin, Pasted, Script
from pipelint.vela.context import Context
from pipelint.vela.model import Step
from pipelint.vela.substitution.found import Substitution
from pipelint.vela.substitution.parse import find
from pipelint.vela.values import texts_of
from pipelint.yaml.node import Scalar

WRITTEN_BY_OTHERS = frozenset({
    "VELA_BUILD_MESSAGE", "VELA_BUILD_TITLE", "VELA_BUILD_AUTHOR", "VELA_BUILD_AUTHOR_EMAIL",
    "VELA_PULL_REQUEST_SOURCE", "BUILD_MESSAGE", "BUILD_TITLE", "BUILD_AUTHOR",
    "BUILD_AUTHOR_EMAIL",
})  # fmt: skip
"""Variables whose text is that of a commit or of a pull request: anybody may write it."""

_UNREADABLE = "\ue001"
_REMEDY = "write `$NAME` without braces, in double quotes: the shell reads it as data then"


def scripts_of(context: Context) -> Iterator[Script]:
    """Give every script of a document, each once."""
    seen: set[int] = set()
    for step in context.pipeline.steps:
        commands = [
            text.node for text in texts_of(step.node.get("commands")) if id(text.node) not in seen
        ]
        seen.update(map(id, commands))
        environment = _environment(step, context) if commands else {}
        for scalar in commands:
            script = _script(scalar, environment, context)
            yield script
            if any(name in scalar.text for name in environment):
                environment = Flow(script).known


def _script(scalar: Scalar, environment: dict[str, Origin], context: Context) -> Script:
    found = [one for one in _replaced(scalar.text) if one.depth == 0]
    pasted = [
        Pasted(*one.span, Origin(UNTRUSTED, one.name))
        for one in found
        if one.name in WRITTEN_BY_OTHERS
    ]
    return Script(
        scalar,
        file=context.source.text,
        shell_text=_for_shell(scalar.text, found),
        pasted=pasted,
        environment=environment,
        remedy=_REMEDY,
    )


def _replaced(text: str) -> list[Substitution]:
    found = find(text) if "${" in text else ()
    return [one for one in found if isinstance(one, Substitution)]


def _for_shell(text: str, replaced: list[Substitution]) -> str:
    """Make what the server works out itself unreadable: no shell ever sees it."""
    parts, done = [], 0
    for one in replaced:
        if one.kind != "plain" and one.span.start >= done:
            parts += [text[done : one.span.start], _UNREADABLE * (one.span.end - one.span.start)]
            done = one.span.end
    return "".join([*parts, text[done:]])


def _environment(step: Step, context: Context) -> dict[str, Origin]:
    """Gather the variables of a step whose values are secrets, or written by others."""
    known = {name: Origin(UNTRUSTED, name) for name in WRITTEN_BY_OTHERS}
    layers = [context.pipeline.environment, step.container.environment]
    for layer in layers:
        for variable in layer.variables:
            text = variable.value.value if variable.value else ""
            names = [one.name for one in _replaced(text)]
            name = next((name for name in names if name in known), "")
            if name:
                known[variable.name] = known[name]._replace(span=variable.span)
            else:
                known.pop(variable.name, None)
    for use in step.container.secrets:
        known[use.variable] = Origin(SECRET, use.source.value, use.source.span)
    return known
