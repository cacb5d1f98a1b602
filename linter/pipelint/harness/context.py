"""What a rule of Harness may look at besides the node that it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING, Any

from pipelint.document import Surroundings
from pipelint.harness.catalogue import Places, catalogue_or_ours
from pipelint.harness.kind import Found
from pipelint.harness.model import Model, Unit
from pipelint.record import NamedTuple
from pipelint.source import Source
from pipelint.symbols import Symbols
from pipelint.yaml.node import Mapping, Node, Scalar, Tree

if TYPE_CHECKING:
    from pipelint.harness.expressions import Written
    from pipelint.harness.scope.uses import Use


class Field(NamedTuple):
    """A key with its value, somewhere in the document.

    `unit` is the step, group or stage around it; `partial` says that only what differs is written
    there.
    """

    key: Scalar
    value: Node
    owner: Mapping
    unit: Unit | None
    partial: bool


_Parts = tuple[Scalar, Node, Mapping, Unit | None, bool]
"""A field that nobody has asked for: most never are."""

PARTIAL_KEYS = frozenset({
    "templateInputs", "serviceInputs", "environmentInputs", "inputs", "serviceOverrideInputs",
    "overrideInputs", "inputSetReferences",
})  # fmt: skip
"""Below these only what differs is written."""


class Context:
    """One document and its surroundings.

    `found` says which kind of document it is, and by which key. `flags` are the feature flags of
    the account, `era` is `current` or `legacy`, `plan` is `free`, `team` or `enterprise`: settings.
    `options` holds the settings of rules. `expressions` are those of `expressions_of`, `uses` the
    names in them, of `uses_of`; they are None until they are asked for.
    """

    __slots__ = (
        "_fields", "catalogue", "era", "expressions", "flags", "found", "model", "options",
        "outside", "plan", "source", "symbols", "tree", "uses",
    )  # fmt: skip
    templated = False
    unread: frozenset[int] = frozenset()

    def __init__(
        self,
        source: Source,
        tree: Tree,
        found: Found,
        made: tuple[Model, Symbols],
        around: Surroundings,
    ) -> None:
        self.source = source
        self.tree = tree
        self.found = found
        self.model, self.symbols = made
        self.outside = around.outside
        self.options = around.options
        self.catalogue = catalogue_or_ours(around.catalogue)
        self.era: str = around.harness.get("era", "current")
        self.flags: tuple[str, ...] = tuple(around.harness.get("flags", ()))
        self.plan: str = around.harness.get("plan", "enterprise")
        self._fields: dict[str, list[_Parts]] | None = None
        self.expressions: list[Written] | None = None
        self.uses: list[Use] | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the document is an input set: only what differs is written in its pipeline."""
        return bool(self.model.pipeline and self.model.pipeline.is_partial)

    @property
    def placement(self) -> Dict[str, Places]:
        """Where each known step type may stand."""
        return self.catalogue.places

    def option(self, rule: str, name: str, default: Any) -> Any:
        """Return the setting of a rule."""
        return self.options.get(rule, {}).get(name, default)

    def fields(self, *names: str) -> list[Field]:
        """Return every field of these names in the document, in the order of the text.

        Each field is given once, also where aliases share it. The first call walks the document.
        """
        index = self.by_name()
        found = [Field(*parts) for name in names for parts in index.get(name, ())]
        return found if len(names) == 1 else sorted(found, key=lambda field: field.key.start)

    def all_fields(self) -> Iterator[Field]:
        """Give every field of the document, by names."""
        for fields in self.by_name().values():
            yield from (Field(*parts) for parts in fields)

    def by_name(self) -> Dict[str, list[_Parts]]:
        """Return what the fields are made of, by names: cheap where few of many are wanted."""
        if self._fields is None:
            self._fields = self._index()
        return self._fields

    def _index(self) -> dict[str, list[_Parts]]:
        """Walk the document once, without recursion."""
        index: defaultdict[str, list[_Parts]] = defaultdict(list)
        by_node = self.model.by_node
        seen: set[int] = set()
        has_aliases = bool(self.tree.aliases)
        partial = bool(self.model.pipeline and self.model.pipeline.is_partial)
        work: list[tuple[Node, Unit | None, bool]] = [
            (root, None, partial) for root in self.tree.documents[:1]
        ]
        while work:
            node, unit, partial = work.pop()
            if isinstance(node, Scalar) or id(node) in seen:
                continue
            if has_aliases:
                seen.add(id(node))
            if not isinstance(node, Mapping):
                work += [
                    (item, unit, partial)
                    for item in reversed(node.items)
                    if not isinstance(item, Scalar)
                ]
                continue
            unit = by_node.get(id(node), unit)
            below = []
            for name, (key, value) in node.fields.items():
                index[name].append((key, value, node, unit, partial))
                if not isinstance(value, Scalar):
                    below.append((value, unit, partial or name in PARTIAL_KEYS))
            work += below[::-1]
        return index
