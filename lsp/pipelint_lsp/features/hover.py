"""What stands here: a problem's page, what an expression leads to, what a name or a key means."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any, NamedTuple

import pipelint_schemas
from pipelint.config import Rulebook
from pipelint.registry import all_rules
from pipelint.report.masking import HEAD, mask
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.place import Router
from pipelint_lsp.features.diagnostics import problems
from pipelint_lsp.features.navigation import used
from pipelint_lsp.features.occurrences import ANCHOR, occurrence_at
from pipelint_lsp.snapshot import Snapshot

_SHOWN = 200


class Hovered(NamedTuple):
    """Markdown about a place."""

    span: Span
    text: str


def hover(snapshot: Snapshot, offset: int) -> Hovered | None:
    """Return what is known of the place at an offset: the nearest first, pages of rules last."""
    if snapshot.document is None:
        return None
    found = [_expression(snapshot, offset) or _name(snapshot, offset), _variable(snapshot, offset)]
    found += [_key(snapshot, offset), *_pages(snapshot, offset)]
    parts = [one for one in found if one is not None]
    if not parts:
        return None
    text = "\n\n---\n\n".join(dict.fromkeys(one.text for one in parts))
    return Hovered(parts[0].span, _hidden(snapshot, text))


# --- expressions and names -----------------------------------------------------------------------


def _expression(snapshot: Snapshot, offset: int) -> Hovered | None:
    context: Any = snapshot.document.context if snapshot.document else None
    if not hasattr(context, "expressions"):
        return None
    from pipelint.harness.scope.uses import uses_of

    for use in uses_of(context):
        if use.span.start <= offset <= use.span.end:
            return Hovered(use.span, _value_text(snapshot, use.path, use.value))
    return _input(context, offset)


def _input(context: Any, offset: int) -> Hovered | None:
    """Say of an `<+input>` when somebody is asked for it."""
    from pipelint.harness.resolution import ASKED, ASKED_LATER
    from pipelint.harness.scope.uses import written_at

    written = written_at(context, offset)
    if written is None or not written.scalar.text.startswith("<+input>"):
        return None
    later = ".executionInput()" in written.scalar.text
    text = f"`<+input>`: {ASKED_LATER if later else ASKED}"
    return Hovered(written.scalar.span, text)


def _value_text(snapshot: Snapshot, path: tuple[str, ...], value: Any) -> str:
    lines = [f"{_code('.'.join(path))} · {value.type}"]
    if value.documentation:
        lines.append(value.documentation)
    if value.reason is not None:
        lines.append(value.reason.message)
    elif value.status == "unknown" and not value.documentation:
        lines.append("known only when the pipeline runs")
    if value.static is not None:
        lines.append(f"value: {_code(_hidden(snapshot, value.static))}")
    if value.definition is not None:
        line = snapshot.source.position(value.definition.start).line
        lines.append(f"defined in line {line}")
    return "\n\n".join(lines)


def _name(snapshot: Snapshot, offset: int) -> Hovered | None:
    found = occurrence_at(snapshot, offset)
    if found is None:
        return None
    what = f"{found.kind} {_code(found.name)}"
    if found.target is None:
        return Hovered(found.span, f"{what}: not defined in this file")
    count = used(snapshot).get(found.target, 0)
    line = snapshot.source.position(found.target.start).line
    where = "" if found.is_definition else f", defined in line {line}"
    times = "" if found.kind == ANCHOR and not count else f" · {counted(count)}"
    return Hovered(found.span, f"{what}{where}{times}")


def counted(count: int) -> str:
    """Say how often something is used."""
    return "used once" if count == 1 else f"used {count} times" if count else "not used here"


def _variable(snapshot: Snapshot, offset: int) -> Hovered | None:
    """Say what a `${…}` of Vela is: where the pipeline sets it, or on which events it is there."""
    document = snapshot.document
    if document is None or not hasattr(document.context, "pipeline"):
        return None
    from pipelint.vela.uses import uses_of

    everything = uses_of(document.context)
    for uses in everything.of_steps:
        for use, found in uses.substitutions():
            if not use.scalar.start <= offset <= use.scalar.end:
                continue
            span = everything.place(use.scalar, found.span)
            if span.start <= offset <= span.end:
                return Hovered(span, _variable_text(snapshot, found.name, uses.scope))
    return None


def _variable_text(snapshot: Snapshot, name: str, scope: Any) -> str:
    from pipelint.vela.variables import events_with, is_always_set

    defined = next((layer[name] for layer in scope.layers if name in layer), None)
    if defined is not None:
        line = snapshot.source.position(defined.span.start).line
        value = defined.value.value if defined.value is not None else ""
        said = f"\n\nvalue: {_code(_hidden(snapshot, value))}" if value else ""
        return f"variable `{name}`, set in line {line}{said}"
    if is_always_set(name):
        return f"variable `{name}`: Vela always sets it"
    events = events_with(name)
    if events:
        return f"variable `{name}`: Vela sets it on {', '.join(sorted(events))}"
    return f"variable `{name}`: {scope.state(name)}"


def _hidden(snapshot: Snapshot, text: str) -> str:
    """Hide every credential of the file in a text."""
    own = snapshot.source.text
    words = {own[span.start : span.end].strip(" \t\r\n\"'") for span in snapshot.masked}
    for word in sorted(words, key=len, reverse=True):
        at = text.find(word) if len(word) >= HEAD else -1
        while at >= 0:
            text = mask(text, [Span(at, at + len(word))])
            at = text.find(word, at + len(word))
    return text


def _code(text: str) -> str:
    """Write a text as code that ends where it should: one line, and not too much."""
    line = text.split("\n", 1)[0]
    line = line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
    more = " …" if "\n" in text.rstrip("\n") else ""
    fence = "``" if "`" in line else "`"
    return f"{fence} {line} {fence}{more}" if "`" in line or not line else f"`{line}`{more}"


# --- keys ----------------------------------------------------------------------------------------


def _key(snapshot: Snapshot, offset: int) -> Hovered | None:
    if snapshot.document is None:
        return None
    way = Router(snapshot.document.tree).path(offset)
    if not way or not isinstance(way[-1].container, Mapping):
        return None
    container, name = way[-1].container, str(way[-1].at)
    key = container.key(name)
    if key is None or not key.start <= offset <= key.end:
        return None
    text = key_text(snapshot.checked.kind, container, name)
    return Hovered(key.span, text) if text else None


def key_text(kind: str, container: Mapping, name: str) -> str:
    """Return what the catalogue says of a key of a mapping; empty where it says nothing."""
    said = descriptions(kind.partition("-")[0])
    shape = container.shape or ""
    own = said.get(shape, {}).get(name) or said.get("", {}).get(name, "")
    value = container.get(name)
    if not own and value is not None and not isinstance(value, Scalar) and value.shape:
        own = said.get(value.shape, {}).get("", "")
    return f"**{name}**\n\n{own}" if own else ""


@cache
def descriptions(dialect: str) -> dict[str, dict[str, str]]:
    """Read what the catalogue of a dialect says of its definitions and of their keys."""
    folder = os.path.dirname(pipelint_schemas.__file__)
    try:
        with open(os.path.join(folder, dialect, "descriptions.json"), encoding="utf-8") as file:
            found: dict[str, dict[str, str]] = json.load(file)
    except OSError:
        return {}
    return found


# --- rules ---------------------------------------------------------------------------------------


def _pages(snapshot: Snapshot, offset: int) -> list[Hovered]:
    found = [one for one in problems(snapshot) if one.span.start <= offset <= one.span.end]
    pages = [(one.span, page(one.rule)) for one in found]
    return [Hovered(span, text) for span, text in pages if text]


def page(name: str) -> str:
    """Return the page of a rule in Markdown; empty where there is no such rule."""
    rule = Rulebook(all_rules).rule(name)
    return f"**{rule.name}** ({rule.level})\n\n{rule.page}" if rule is not None else ""
