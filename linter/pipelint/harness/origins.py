"""Where the value of an expression comes from: a secret, or somebody who is not trusted.

Variables, the environment of steps and the outputs of steps are followed as far as the document
goes. What cannot be told has no origin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.expressions.scan import find_expressions
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Stage, Step, Variable
from pipelint.harness.values import EXPRESSION, Deferred, Text, text_of
from pipelint.security.script import SECRET, UNTRUSTED, Origin
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar, Sequence

_PATH = re.compile(r"(?<![\w.\"'$-])[A-Za-z_]\w*(?:\.[\w$-]+|\[[^\]\n]{0,80}\])+")
_DECIDES = re.compile(
    r"==|!=|=~|\?|&&|\|\||\.(?:contains|equals|startsWith|endsWith|matches|length|size|hashCode"
    r"|indexOf|isEmpty)\("
)
_VARIABLE = re.compile(
    r"(?:pipeline\.stages\.(?P<stage>[\w$-]+)\.variables|(?P<scope>pipeline|stage)\.variables)\.(?P<name>[\w$-]+)\Z"
)
_OUTPUT = re.compile(r"(?:.*\.)?steps\.(?P<step>[\w$-]+)\.output\.outputVariables\.(?P<name>\w+)\Z")

_TEXTS = frozenset({
    "codebase.prTitle", "codebase.commitMessage", "codebase.sourceBranch", "codebase.gitUser",
    "codebase.gitUserEmail", "codebase.pullRequestBody", "trigger.prTitle",
    "trigger.sourceBranch", "trigger.commitMessage",
})  # fmt: skip
"""What a pull request or a commit says of itself."""

_PAYLOAD = ("trigger.payload.", "eventPayload.")
_HARMLESS = re.compile(
    r"(?:number|id|sha|hash|after|before|action|created|deleted|forced|merged|draft|timestamp|login"
    r"|full_name|size|state|type|node_id|\w+_(?:at|id|sha|number|count)|ref|tag_name|date|version)\Z"
    r"|.*\.(?:repository|repo|project|organization|base)\."
)
"""Parts of payloads that the host of the repository makes itself, or only its writers."""

_HEAD_REF = re.compile(r".*\.head\.(?:ref|label)\Z")


class Origins:
    """Answers for one document; each variable is looked at once."""

    __slots__ = ("_context", "_open", "_output", "_steps", "_variables")

    def __init__(self, context: Context, output: Callable[[Step, str], Origin | None]) -> None:
        self._context = context
        self._output = output
        self._open: set[str] = set()
        self._steps = {step.id: step for step in reversed(context.model.steps) if step.id}
        self._variables: dict[tuple[int, str], Variable] = {
            (id(one.owner), one.name.value): one for one in context.model.variables if one.name
        }

    def of_text(self, text: str, step: Step | None) -> Origin | None:
        """Return the origin of the first part of a text that has one."""
        if EXPRESSION not in text:
            return None
        for start, end in find_expressions(text).spans:
            inside = text[start + 2 : end - 1]
            if _DECIDES.search(inside):
                continue
            for path in _PATH.finditer(inside):
                origin = self._of_path(path[0], step, inside)
                if origin is not None:
                    return origin
        return None

    def _of_path(self, path: str, step: Step | None, whole: str) -> Origin | None:
        if path.startswith("secrets.getValue"):
            return Origin(SECRET, whole if len(whole) < 60 else path)  # noqa: PLR2004 - to be read
        if path in _TEXTS or (path.startswith(_PAYLOAD) and _is_written_by_others(path)):
            return Origin(UNTRUSTED, path)
        if path in self._open:
            return None
        self._open.add(path)
        try:
            return self._of_variable(path, step) or self._of_output(path)
        finally:
            self._open.discard(path)

    def _of_variable(self, path: str, step: Step | None) -> Origin | None:
        found = _VARIABLE.match(path)
        if found is None:
            return None
        owner: Pipeline | Stage | None
        if found["scope"] == "pipeline":
            owner = self._context.model.pipeline
        elif found["scope"] == "stage":
            owner = step.stage if step else None
        else:
            stages = self._context.model.stages
            owner = next((one for one in stages if one.id == found["stage"]), None)
        variable = self._variables.get((id(owner), found["name"]))
        if variable is None or variable.name is None:
            return None
        if isinstance(variable.type, Text) and variable.type.value == "Secret":
            return Origin(SECRET, path, variable.name.span)
        if isinstance(variable.value, Deferred):
            origin = self.of_text(variable.value.node.text, step)
            return origin._replace(span=variable.value.node.span) if origin else None
        return None

    def _of_output(self, path: str) -> Origin | None:
        found = _OUTPUT.match(path)
        step = self._steps.get(found["step"]) if found else None
        origin = self._output(step, found["name"]) if found and step else None
        return (
            origin._replace(span=origin.span or (step.span if step else None)) if origin else None
        )


def _is_written_by_others(path: str) -> bool:
    if _HEAD_REF.match(path):
        return True
    return not (_HARMLESS.match(path.rpartition(".")[2]) or _HARMLESS.match(path))


def environment_of(spec: Mapping) -> Iterator[tuple[str, Span, str]]:
    """Give the variables that a step sets for its script: name, its place, value."""
    mapping = spec.get("envVariables")
    if isinstance(mapping, Mapping):
        for name, (key, value) in mapping.fields.items():
            if isinstance(value, Scalar):
                yield name, key.span, value.text
    listed = spec.get("environmentVariables")
    for item in listed.items if isinstance(listed, Sequence) else ():
        if not isinstance(item, Mapping):
            continue
        named, kind, given = text_of(item.get("name")), text_of(item.get("type")), item.get("value")
        if named is not None and isinstance(given, Scalar):
            secret = kind is not None and kind.value == "Secret" and EXPRESSION not in given.text
            text = f'<+secrets.getValue("{given.text}")>' if secret else given.text
            yield named.value, named.span, text
