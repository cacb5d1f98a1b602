"""Names of a Vela pipeline: stages, secrets, templates, events, and variables in `${…}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.source import Span
from pipelint.vela.build import SECRET, STAGE, TEMPLATE
from pipelint.vela.context import Context
from pipelint.vela.model import Step
from pipelint.vela.rulesets import EVENTS, EXPANDED, STATUSES
from pipelint.vela.scope import Scopes
from pipelint.vela.variables import RUN, VARIABLES
from pipelint_lsp.features.completion_item import CONSTANT, REFERENCE, VARIABLE, Item
from pipelint_lsp.features.completion_lines import DASH
from pipelint_lsp.features.completion_place import LIST, VALUE, Place
from pipelint_lsp.features.completion_values import written
from pipelint_lsp.snapshot import Snapshot

_OPEN = re.compile(r"(?<!\$)\$\{?([A-Za-z_]\w*)?$")
_NAME = re.compile(r"\w*")
_TYPES = ("github", "file")
_FORMATS = ("golang", "starlark")


def complete_variable(snapshot: Snapshot, offset: int) -> list[Item] | None:
    """Return the variables at `${…‸`; None where no variable is begun."""
    text = snapshot.source.text
    start = text.rfind("\n", 0, offset) + 1
    begun = _OPEN.search(text, max(start, offset - 200), offset)
    if begun is None:
        return None
    typed = begun[1] or ""
    behind = _NAME.match(text, offset)
    span = Span(offset - len(typed), behind.end() if behind else offset)
    in_braces = "{" in begun[0]
    closing = "}" if in_braces and not text.startswith("}", span.end) else ""
    return list(_variables(snapshot, offset, span, closing, in_braces=in_braces))


def _variables(
    snapshot: Snapshot, offset: int, span: Span, closing: str, *, in_braces: bool
) -> Iterator[Item]:
    own: set[str] = set()
    for at, name in enumerate(_own_names(snapshot, offset)):
        own.add(name)
        yield Item(name, VARIABLE, name + closing, span, f"1{at:03}", "of this pipeline")
    for name, variable in VARIABLES.items():
        if variable.replaced_by or name in own:
            continue
        late = variable.since == RUN
        events = ", ".join(variable.events)
        said = f"{variable.meaning[:1].upper()}{variable.meaning[1:]}."
        only = f" Only on {events}." if events else ""
        when = " Set when the container runs: write `$${…}` for the shell." if late else ""
        # What is only there at run time is empty where the server replaces `${…}`.
        sort = f"{3 if late and in_braces else 2}{name}"
        yield Item(name, VARIABLE, name + closing, span, sort, "of Vela", said + only + when)


def _own_names(snapshot: Snapshot, offset: int) -> list[str]:
    """Return what the environment around an offset defines."""
    document = snapshot.document
    context = document.context if document is not None else None
    if not isinstance(context, Context):
        return []
    step = _step_at(context, offset)
    scopes = Scopes(context)
    scope = scopes.of_step(step) if step is not None else scopes.around(None)
    names = [name for layer in scope.layers for name in layer]
    secrets = [use.variable for use in step.container.secrets] if step is not None else []
    return list(dict.fromkeys([*names, *sorted(scope.parameters), *secrets]))


def _step_at(context: Context, offset: int) -> Step | None:
    near = [step for step in context.pipeline.steps if step.node.start <= offset]
    return max(near, key=lambda step: step.node.start, default=None)


# --- values --------------------------------------------------------------------------------------


def complete_names(snapshot: Snapshot, place: Place) -> list[Item]:
    """Return the names that a value may be, by the key that it stands below."""
    if place.what not in {VALUE, LIST}:
        return []
    rungs = place.rungs[:-1] if place.rungs and place.rungs[-1].kind == DASH else place.rungs
    names = [rung.name for rung in rungs if rung.name]
    key = names[-1] if names else ""
    return [
        Item(
            name, kind, written(name, place) if not place.quoted else name, place.word,
            f"0{at:03}", detail, edits=place.edits,
        )
        for at, (name, kind, detail) in enumerate(_candidates(snapshot, key, names))
    ]  # fmt: skip


def _candidates(snapshot: Snapshot, key: str, names: list[str]) -> Iterator[tuple[str, str, str]]:
    if key == "needs":
        around = names[1] if len(names) > 1 else ""
        found = [name for name in _defined(snapshot, STAGE) if name != around]
        yield from ((name, REFERENCE, "stage") for name in found)
    elif names[1:] and (key == "secrets" or (key == "source" and "secrets" in names[1:])):
        yield from ((name, REFERENCE, "secret") for name in _defined(snapshot, SECRET))
    elif key == "name" and names[-2:-1] == ["template"]:
        yield from ((name, REFERENCE, "template") for name in _defined(snapshot, TEMPLATE))
    elif key == "event":
        yield from ((name, CONSTANT, "event") for name in _events())
    elif key == "status" and _in_ruleset(names):
        yield from ((name, CONSTANT, "") for name in STATUSES)
    elif names[:1] == ["templates"]:
        words = {"type": _TYPES, "format": _FORMATS}.get(key, ())
        yield from ((word, CONSTANT, "") for word in words)


def _in_ruleset(names: list[str]) -> bool:
    return "ruleset" in names


def _events() -> list[str]:
    """Return the events, the short forms first."""
    plain = [event for event in EVENTS if ":" not in event]
    return [*plain[:2], *EXPANDED, *plain[2:], *(event for event in EVENTS if ":" in event)]


def _defined(snapshot: Snapshot, kind: str) -> list[str]:
    document = snapshot.document
    context = document.context if document is not None else None
    return context.symbols.names(kind) if isinstance(context, Context) else []
