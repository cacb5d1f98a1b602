"""What a rule of Vela may look at besides the node that it is given."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Any

from pipelint.outside import Outside
from pipelint.record import NamedTuple
from pipelint.source import Source
from pipelint.symbols import Symbols
from pipelint.vela.model import Pipeline
from pipelint.yaml.node import Mapping, Tree


class Context(NamedTuple):
    """One document and its surroundings.

    `limits` are those of the installation (`vela: {limits: …}`), by name; `known_secrets` names
    the secrets that exist outside the file, `*` globs allowed. `options` holds the settings of
    rules. `unread` holds the offsets of keys whose values Vela does not look at. `templated` says
    that Go template actions were blanked out: what they make is not there. `told` names
    containers, by identity, each with a rule that the shape has spoken for.
    """

    source: Source
    tree: Tree
    pipeline: Pipeline
    outside: Outside
    limits: Dict[str, int] = {}
    known_secrets: tuple[str, ...] = ()
    options: Dict[str, Dict[str, Any]] = {}
    unread: frozenset[int] = frozenset()
    templated: bool = False
    told: frozenset[tuple[int, str]] = frozenset()

    @property
    def symbols(self) -> Symbols:
        """The definitions and references of the document."""
        return self.pipeline.symbols

    def is_told(self, node: Mapping, rule: str) -> bool:
        """Tell whether the shape has said already what a rule says of a container."""
        return (id(node), rule) in self.told

    def option(self, rule: str, name: str, default: Any) -> Any:
        """Return a setting of a rule."""
        return self.options.get(rule, {}).get(name, default)
