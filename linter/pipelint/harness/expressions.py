"""Where expressions stand in a Harness document: one list for rules, completion and hover."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pipelint.harness.context import Context, Field
from pipelint.harness.model import Step, Unit
from pipelint.record import NamedTuple
from pipelint.yaml.node import Scalar, Sequence

if TYPE_CHECKING:
    from pipelint.expressions.reading import Reading

_ALWAYS = frozenset({"condition", "jexlCondition", "jexlExpression", "skipCondition"})
_OF_STEP = {
    "assertion": frozenset({"Http"}),
    "expression": frozenset({"CustomApproval", "JiraApproval", "ServiceNowApproval"}),
    "failureCriteria": frozenset({"EventListener"}),
    "successCriteria": frozenset({"EventListener"}),
}
"""Keys of conditions, and the types of the steps that have them."""

_CONDITIONS = _ALWAYS | _OF_STEP.keys()


class Written(NamedTuple):
    """A scalar that holds an expression or what looks like one, or is a condition.

    `field` is what it stands in; where that holds a list, `scalar` is one of its items.
    """

    scalar: Scalar
    field: Field
    is_condition: bool

    @property
    def reading(self) -> Reading:
        """What is read in it; made once for each text."""
        from pipelint.expressions.reading import read_field, read_program

        read = read_program if self.is_condition else read_field
        return read(self.scalar.text)


def expressions_of(context: Context) -> list[Written]:
    """Return each scalar of the document once, in the order of the text.

    The first call looks for them. What could not be read is left out.
    """
    if context.expressions is None:
        found: dict[int, Written] = {}
        for one in sorted([*_conditions(context), *_fields(context)], key=_place):
            found.setdefault(id(one.scalar), one)  # an alias may share it
        context.expressions = list(found.values())
    return context.expressions


def _place(one: Written) -> tuple[int, int]:
    return one.scalar.start, one.field.key.start


def _conditions(context: Context) -> Iterator[Written]:
    for name in _CONDITIONS & context.tree.words:
        for parts in context.by_name().get(name, ()):
            value = parts[1]
            if not isinstance(value, Scalar) or not value.text or value.broken:
                continue
            if _is_condition(name, parts[3]):
                yield Written(value, Field(*parts), is_condition=True)


def _fields(context: Context) -> Iterator[Written]:
    words = context.tree.words
    alike = {
        word for word in words if (">" in word or "$" in word or "<" in word) and _is_like(word)
    }
    if not alike:
        return
    seen: set[int] = set()
    for parts in chain.from_iterable(context.by_name().values()):
        value = parts[1]
        if isinstance(value, Scalar):
            if value.text in alike and not value.broken:
                yield Written(value, Field(*parts), is_condition=False)
        elif isinstance(value, Sequence):
            for item in _scalars(value, seen):
                if item.text in alike and not item.broken:
                    yield Written(item, Field(*parts), is_condition=False)


def _scalars(sequence: Sequence, seen: set[int]) -> list[Scalar]:
    """Return the scalars of a list, and of lists right in it; each list once."""
    found: list[Scalar] = []
    work = [sequence]
    while work:
        node = work.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for item in node.items:
            if isinstance(item, Scalar):
                found.append(item)
            elif isinstance(item, Sequence):
                work.append(item)
    return found


def _is_like(text: str) -> bool:
    return "<+" in text or "${" in text or (">" in text and ("<" in text or "+" in text))


def _is_condition(name: str, unit: Unit | None) -> bool:
    kind = unit.kind if isinstance(unit, Step) else ""
    return kind in _OF_STEP[name] if name in _OF_STEP else not kind.startswith("Fme")
