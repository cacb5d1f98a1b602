"""Scalars that YAML reads as something else than the text that Harness asks for, and empty values.

The guided validator says that such a value has a wrong type; here it is told why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipelint.diagnostic import Edit, Finding, Fix
from pipelint.harness.values import is_null, is_untyped, json_type
from pipelint.name import nearest
from pipelint.schema.phrase import must_be, value_in_words
from pipelint.schema.shape import Shape
from pipelint.schema.speaker import at_place, name_value, note, rename, similar
from pipelint.schema.validate import validate
from pipelint.schema.value import BOOLEAN, INTEGER, NUMBER, STRING
from pipelint.schema.violation import BAD_FORMAT, UNKNOWN_VALUE, WRONG_TYPE, Violation
from pipelint.yaml.node import PLAIN, Mapping, Scalar

UNQUOTED = "unquoted-value"
EMPTY = "empty-value"

_ABOUT_TEXT = frozenset({
    UNQUOTED, "malformed-duration", "malformed-identifier", "malformed-name",
    "malformed-version-label",
})  # fmt: skip
"""Rules that speak of texts, and that the catalogue names for values of other types, too."""

FLAGS = ("true", "false")
FLAG = "`true` or `false`"

_IN_QUOTES = {
    frozenset({BOOLEAN, STRING}): FLAG,
    frozenset({INTEGER, NUMBER, STRING}): "a number",
}
"""What a text stands for where another type is taken, too: it may be an expression."""

Named: TypeAlias = tuple[str, Finding]


def retell(
    violation: Violation, rule: str, finding: Finding, shape_of: Callable[[str], Shape]
) -> Named:
    """Return the rule that reports a violation, and what it says.

    `shape_of` gives the definition of a name that the check has noted in `node.shape`.
    """
    node, kind = violation.node, violation.kind
    if not isinstance(node, Scalar):
        is_text_asked = kind == WRONG_TYPE and rule in _ABOUT_TEXT
        return WRONG_TYPE if is_text_asked else rule, finding
    if kind == BAD_FORMAT:
        return _loose(violation, node, rule, finding)
    plain = at_place(violation) and node.style == PLAIN and node.tag is None
    if kind not in {WRONG_TYPE, UNKNOWN_VALUE} or not plain:
        return rule, finding
    if is_null(node):
        return _empty(violation, rule, finding, shape_of)
    if json_type(node) != STRING and _is_right_in_quotes(node, violation):
        return UNQUOTED, _unquoted(violation, node, finding)
    return rule, finding


def _loose(violation: Violation, node: Scalar, rule: str, finding: Finding) -> Named:
    """Say of a text what stands for a flag or a number, and is none."""
    what = _IN_QUOTES.get(violation.fault.shape.kinds)
    if what is None or note(violation, "x-what"):
        return rule, finding
    near = nearest(node.text, FLAGS) if what is FLAG else []
    found = value_in_words(node, json_type)
    said = Finding(
        node.span,
        must_be(name_value(violation), what, found, "other text"),
        help=similar("value", near) if near else "write one, or an expression",
        fixes=rename(node, near, len(near)),
    )
    return WRONG_TYPE, said


def _is_right_in_quotes(node: Scalar, violation: Violation) -> bool:
    shape = violation.place.site or violation.fault.shape
    quoted = Scalar(node.start, node.end, node.text, '"', None, None)
    return not validate(quoted, shape, json_type, is_untyped).violations


def _unquoted(violation: Violation, node: Scalar, finding: Finding) -> Finding:
    found = value_in_words(node, json_type)
    fix = Fix("put it in quotes", (Edit(node.span, f'"{node.text}"'),), safe=True)
    return Finding(
        node.span,
        f"{name_value(violation)} must be text, found {found}",
        help="put it in quotes",
        notes=finding.notes,
        fixes=(fix,),
    )


def _empty(
    violation: Violation, rule: str, finding: Finding, shape_of: Callable[[str], Shape]
) -> Named:
    """Tell keys that may be absent from those that must be there, and from items of lists."""
    if rule != WRONG_TYPE or _is_needed(violation, shape_of):
        return rule, finding
    message = f"{name_value(violation)} is empty"
    return EMPTY, Finding(finding.span, message, help="give it a value, or remove the key")


def _is_needed(violation: Violation, shape_of: Callable[[str], Shape]) -> bool:
    key, owner = violation.place.key, violation.place.owner
    if key is None or not isinstance(owner, Mapping) or not owner.shape:
        return True
    try:
        schema = shape_of(owner.shape).open().schema
    except KeyError:
        return True
    parts = [schema, *schema.get("allOf", ())]
    parts += [one for part in parts for word in ("anyOf", "oneOf") for one in part.get(word, ())]
    return any(key.text in part.get("required", ()) for part in parts)
