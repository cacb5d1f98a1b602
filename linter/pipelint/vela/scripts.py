"""The scripts of a Vela pipeline, with what is known about the values in them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.security.flow import Flow
from pipelint.security.script import SECRET, UNTRUSTED, Origin, Pasted, Script, Subject
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

_REMEDY = "write `$NAME` without braces, in double quotes: the shell reads it as data then"


def subject_of(context: Context) -> Subject:
    """Return a document as the rules about security see it."""
    return Subject(context.source.text, context.tree, lambda: list(_scripts(context)))


def _scripts(context: Context) -> Iterator[Script]:
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
    pasted = []
    if "${" in scalar.text:
        for found in find(scalar.text):
            if isinstance(found, Substitution) and found.name in WRITTEN_BY_OTHERS:
                pasted.append(Pasted(*found.span, Origin(UNTRUSTED, found.name)))
    return Script(
        scalar,
        file=context.source.text,
        pasted=pasted,
        environment=environment,
        remedy=_REMEDY,
    )


def _environment(step: Step, context: Context) -> dict[str, Origin]:
    """Gather the variables of a step whose values are secrets, or written by others."""
    known = {name: Origin(UNTRUSTED, name) for name in WRITTEN_BY_OTHERS}
    layers = [context.pipeline.environment, step.container.environment]
    for layer in layers:
        for variable in layer.variables:
            text = variable.value.value if variable.value else ""
            names = [one.name for one in find(text) if isinstance(one, Substitution)] if "${" in text else []
            name = next((name for name in names if name in known), "")
            if name:
                known[variable.name] = known[name]._replace(span=variable.span)
            else:
                known.pop(variable.name, None)
    for use in step.container.secrets:
        known[use.variable] = Origin(SECRET, use.source.value, use.source.span)
    return known
