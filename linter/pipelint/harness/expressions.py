"""Where expressions stand in a Harness document: one list for rules, completion and hover."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.reading import Reading, read_field, read_program
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Step
from pipelint.record import NamedTuple
from pipelint.yaml.node import Node, Scalar, Sequence

_ALWAYS = frozenset({"condition", "jexlCondition", "jexlExpression", "skipCondition"})
_OF_STEP = {
    "assertion": frozenset({"Http"}),
    "expression": frozenset({"CustomApproval", "JiraApproval", "ServiceNowApproval"}),
    "failureCriteria": frozenset({"EventListener"}),
    "successCriteria": frozenset({"EventListener"}),
}
"""Keys of conditions, and the types of the steps that have them."""


class Written(NamedTuple):
    """A scalar that holds an expression, or is a condition; `field` is what it stands in.

    Where the field holds a list, `scalar` is one of its items.
    """

    scalar: Scalar
    field: Field
    is_condition: bool

    @property
    def reading(self) -> Reading:
        """What is read in it; made once for each text."""
        read = read_program if self.is_condition else read_field
        return read(self.scalar.text)


def expressions_of(context: Context) -> list[Written]:
    """Return each scalar of the document once, in the order of the text.

    The first call looks for them. What a repair guessed is left out.
    """
    if context.expressions is None:
        found = {id(one.scalar): one for one in _written(context)}
        context.expressions = sorted(found.values(), key=lambda one: one.scalar.start)
    return context.expressions


def _written(context: Context) -> Iterator[Written]:
    for field in context.all_fields():
        value = field.value
        if isinstance(value, Scalar):
            text = value.text
            is_condition = _is_condition(field)
            if ("<+" in text or (is_condition and text)) and not value.broken:
                yield Written(value, field, is_condition)
        elif isinstance(value, Sequence):
            for item in _scalars(value):
                if "<+" in item.text and not item.broken:
                    yield Written(item, field, is_condition=False)


def _scalars(sequence: Sequence) -> Iterator[Scalar]:
    """Give the scalars of a list, and of lists right in it."""
    work: list[Node] = [sequence]
    while work:
        node = work.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            work += node.items


def _is_condition(field: Field) -> bool:
    name, unit = field.key.text, field.unit
    if name in _ALWAYS:
        return not (isinstance(unit, Step) and unit.kind.startswith("Fme"))
    kinds = _OF_STEP.get(name)
    return kinds is not None and isinstance(unit, Step) and unit.kind in kinds
