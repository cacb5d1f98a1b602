"""The reference implementation, for what the guided validator lacks; imported only when needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.exceptions import Unresolvable

from pipelint.diagnostic import Finding
from pipelint.patterns import re2
from pipelint.schema.phrase import clip, limit_in_words, listing, quote, value_in_words
from pipelint.schema.state import State
from pipelint.schema.support import escape, subschemas
from pipelint.schema.value import UNKNOWN, plain
from pipelint.schema.violation import smallest
from pipelint.yaml.node import Mapping, Node, Sequence

_HARMLESS = re.compile(r"\^?(?:[\w /:@-]|\\[./-])*\$?", re.ASCII)
"""Patterns in which nothing repeats: Python's `re` runs them in linear time."""

_DEFAULT = jsonschema.Draft202012Validator


_HOLDS = {
    "additionalProperties": "holds a key that the schema does not know",
    "unevaluatedProperties": "holds a key that the schema does not know",
    "items": "holds an item that the schema does not allow",
    "unevaluatedItems": "holds an item that the schema does not allow",
}


def mistake(schema: Any) -> str:
    """Say what is wrong with a schema, or nothing."""
    kind = jsonschema.validators.validator_for(schema, default=_DEFAULT)
    try:
        kind.check_schema(schema)
    except jsonschema.SchemaError as error:
        place = _pointer(error.absolute_path)
        return f"this is no JSON Schema: `{place}` {_words(error.validator, error.validator_value)}"
    except RecursionError:
        return "this schema is nested too deeply"
    return _unsafe(schema)


def findings(schema: Any, root: Node, state: State) -> Iterator[tuple[Finding, str]]:
    """Judge a document: each finding with the JSON pointer of the keyword that is not kept."""
    value = plain(root, state.kind)
    seen: set[tuple[int, str]] = set()
    try:
        for error in _validator(schema).iter_errors(value):
            leaf = best_match([error]) or error
            node = _node_at(root, leaf.absolute_path)
            finding = _finding(leaf, node, state)
            if finding is not None and (finding.span.start, finding.message) not in seen:
                seen.add((finding.span.start, finding.message))
                yield finding, _pointer(leaf.absolute_schema_path)
    except (Unresolvable, RecursionError):
        # A reference to elsewhere, or one that never ends: nothing is known from here on.
        return


def _validator(schema: Any) -> Any:
    stock = jsonschema.validators.validator_for(schema, default=_DEFAULT)
    kind = jsonschema.validators.extend(stock, {"pattern": _pattern})
    return kind(schema, registry=Registry())


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(value, str) and re2.matches(pattern, value) is False:
        yield jsonschema.ValidationError("")


def _unsafe(schema: Any) -> str:
    """Refuse key patterns that the reference would run in `re` itself, and changes of draft."""
    from pipelint.schema.support import unsupported

    if not unsupported(schema):
        return ""
    for pointer, part in subschemas(schema):
        for pattern in part.get("patternProperties", {}):
            if not _HARMLESS.fullmatch(pattern):
                return (
                    f"this schema is not used: the pattern {quote(pattern)} is too powerful in it"
                )
        if "$schema" in part and pointer != "#":
            return "this schema is not used: it changes the draft on the way"
    return ""


def _finding(error: Any, node: Node, state: State) -> Finding | None:
    if state.kind(node) == UNKNOWN or (not _is_scalar(node) and node.broken):
        return None
    word, asked = error.validator, error.validator_value
    subject = _subject(error.absolute_path)
    missing = [name for name in asked if name not in error.instance] if word == "required" else []
    rest = f"needs {listing(missing)}" if missing else _words(word, asked)
    if word in {"enum", "const", "type"}:
        rest = f"{rest}, found {value_in_words(node, state.types)}"
    return Finding(smallest(node), f"{subject} {rest}")


def _words(word: str, asked: Any) -> str:
    if word == "type":
        return f"must be {_types(asked)}"
    if word in {"enum", "const"}:
        values = asked if word == "enum" else [asked]
        return f"must be one of {listing([_shown(value) for value in values])}"
    return _HOLDS.get(word) or limit_in_words((word, asked))


def _types(asked: str | list[str]) -> str:
    words = {
        "string": "text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "`true` or `false`",
        "array": "a list",
        "object": "a map",
        "null": "empty",
    }
    return " or ".join(words[kind] for kind in ([asked] if isinstance(asked, str) else asked))


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    return {None: "null", True: "true", False: "false"}.get(value, clip(str(value)))


def _subject(path: Any) -> str:
    keys = [part for part in path if isinstance(part, str)]
    if not path:
        return "the document"
    item = isinstance(path[-1], int)
    named = quote(keys[-1]) if keys else "the list"
    return f"an item of {named}" if item else named


def _node_at(root: Node, path: Any) -> Node:
    node = root
    for part in path:
        below = None
        if isinstance(node, Mapping):
            below = node.get(part)
        elif isinstance(node, Sequence):
            below = node.items[part]
        if below is None:
            return node
        node = below
    return node


def _is_scalar(node: Node) -> bool:
    return not isinstance(node, (Mapping, Sequence))


def _pointer(path: Any) -> str:
    return "#" + "".join(f"/{escape(str(part))}" for part in path)
