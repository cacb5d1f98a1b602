"""A document between its dialect and the engine: what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipelint.diagnostic import Finding
from pipelint.outside import Nowhere, Outside
from pipelint.record import NamedTuple
from pipelint.yaml.node import Tree

Named = tuple[str, Finding]
"""A finding and the name of the rule that it is of."""


class Surroundings(NamedTuple):
    """What is known about a text besides itself.

    `kind` is what the configuration says it is, or empty. `limits` and `known_secrets` are settings
    of the dialect, `options` those of rules, by name. `schema` is one of the user's own, or None.
    `harness` holds what is said of the account (`era`, `flags`, `plan`), `catalogue` the path of an
    imported one.
    """

    kind: str = ""
    outside: Outside = Nowhere()
    limits: Mapping[str, int] = {}
    known_secrets: Sequence[str] = ()
    options: Mapping[str, Mapping[str, Any]] = {}
    schema: Any = None
    harness: Mapping[str, Any] = {}
    catalogue: str = ""


class Document(NamedTuple):
    """A document as its dialect reads it.

    `shape` holds what the schema finds, by the name of the rule. `nodes` are those of the model in
    the order of one walk; each goes with `context` to the rules that are on its type. `later` finds
    more by the name of the rule, where that is work of its own. `note` says what of the file is not
    checked, or is empty; with `checked` false that is all of it.
    """

    kind: str
    tree: Tree
    shape: Sequence[Named]
    nodes: Sequence[Any]
    context: Any
    note: str = ""
    checked: bool = True
    later: Callable[[], Iterable[Named]] = tuple
