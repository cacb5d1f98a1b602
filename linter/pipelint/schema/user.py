"""Schemas that users bring: checked themselves first, then run like our own.

The reference implementation (`jsonschema`, an extra) checks the schema, and judges documents where
the guided validator lacks a keyword. Nothing is fetched, and no pattern of a user runs in `re`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from pipelint.diagnostic import Finding
from pipelint.patterns import re2
from pipelint.record import NamedTuple
from pipelint.schema.shape import CircularError, Match, Shapes
from pipelint.schema.state import Deferred, State, Types
from pipelint.schema.support import subschemas, unsupported
from pipelint.schema.validate import validate
from pipelint.schema.value import expanded_size, plain
from pipelint.schema.words import tell_each
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Node

RULE = "user-schema"
UNCHECKED = "this schema is unchecked: install pipelint[schemas]"
SIZE_LIMIT = 200_000
"""How many nodes, aliases written out, the reference implementation is given."""

MATCHES_LIMIT = 5_000
"""How many distinct texts a run matches against patterns; more are let through."""


class UserSchema(NamedTuple):
    """A schema that is ready to run.

    `problem` says why it is not used at all, `note` what could not be done. `lacking` are the
    keywords for which the reference implementation judges in place of the guided validator.
    """

    path: str
    schema: Any = True
    problem: str = ""
    note: str = ""
    lacking: tuple[str, ...] = ()


def load(text: str, path: str, types: Types) -> UserSchema:
    """Read a schema, JSON or YAML, and check it; `types` as for the documents it is meant for."""
    schema, problem = _read(text, types)
    if problem:
        return UserSchema(path, problem=problem)
    problem, note = _check(schema)
    lacking = tuple(unsupported(schema)) if not problem else ()
    if note and lacking:
        problem = f"this schema is not used: `{lacking[0]}` in it needs pipelint[schemas]"
    return UserSchema(path, schema, problem or _unresolved(schema, lacking), note, lacking)


def judge(
    user: UserSchema, root: Node, types: Types, deferred: Deferred | None = None
) -> list[tuple[str, Finding]]:
    """Check a document against a user's schema; every finding says where the schema says so."""
    if user.problem:
        return []
    if user.lacking:
        from pipelint.schema.reference import findings

        if expanded_size(root) > SIZE_LIMIT:
            return []
        state = State(types, deferred)
        found: Iterable[tuple[Finding, str]] = findings(user.schema, root, state)
    else:
        found = _guided(user.schema, root, types, deferred)
    return [(RULE, _located(finding, user.path, pointer)) for finding, pointer in found]


def matcher() -> Match:
    """Make a function that runs patterns of users in linear time, a bounded number of times."""
    known: dict[tuple[str, str], bool | None] = {}

    def match(pattern: str, text: str) -> bool | None:
        key = pattern, text
        if key not in known:
            known[key] = re2.matches(pattern, text) if len(known) < MATCHES_LIMIT else None
        return known[key]

    return match


def resolve(schema: Any, ref: str) -> Any:
    """Return what a local JSON pointer names; raises KeyError where it names nothing."""
    here = schema
    for part in unquote(ref.removeprefix("#")).split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            here = here[int(key)] if isinstance(here, list) else here[key]
        except (IndexError, TypeError, ValueError):
            raise KeyError(ref) from None
    return here


def _read(text: str, types: Types) -> tuple[Any, str]:
    try:
        return json.loads(text), ""
    except (ValueError, RecursionError):
        pass
    tree = parse(Source(text))
    if tree.problems:
        return None, f"this schema is neither JSON nor YAML: {tree.problems[0].message}"
    if tree.root is None:
        return None, "this schema is empty"
    if expanded_size(tree.root) > SIZE_LIMIT:
        return None, "this schema is too large"
    return plain(tree.root, State(types).kind), ""


def _check(schema: Any) -> tuple[str, str]:
    """Return the problem of a schema that is none, and the note where that cannot be told."""
    if not isinstance(schema, (dict, bool)):
        return "a schema is a map", ""
    try:
        from pipelint.schema.reference import mistake
    except ImportError:
        return "", UNCHECKED
    return mistake(schema), ""


def _unresolved(schema: Any, lacking: tuple[str, ...]) -> str:
    """Open every part once: what refers to nothing, or only to itself, is found now."""
    if lacking:
        return ""
    shapes = _shapes(schema)
    for pointer, part in subschemas(schema):
        if "$ref" not in part:
            continue
        try:
            shapes.at(pointer).open()
        except KeyError:
            return f"`{part['$ref']}` in this schema names nothing"
        except CircularError:
            return f"`{part['$ref']}` in this schema refers to itself"
    return ""


def _shapes(schema: Any) -> Shapes:
    return Shapes(lambda ref: resolve(schema, ref), matcher())


def _guided(
    schema: Any, root: Node, types: Types, deferred: Deferred | None
) -> Iterable[tuple[Finding, str]]:
    pointers = {id(part): pointer for pointer, part in subschemas(schema)}
    verdict = validate(root, _shapes(schema).at("#"), types, deferred)
    for violation, (_, finding) in tell_each(verdict, types):
        yield finding, pointers.get(id(violation.fault.shape.schema), "#")


def _located(finding: Finding, path: str, pointer: str) -> Finding:
    return finding._replace(notes=(*finding.notes, f"the schema `{path}` says so at `{pointer}`"))
