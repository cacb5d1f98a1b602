"""The shape of Vela's documents: the catalogue's slices, and scalars as the server types them."""

from __future__ import annotations

from pipelint.diagnostic import Finding
from pipelint.schema import check
from pipelint.schema.shape import Shapes, shapes_of
from pipelint.vela.values import FALSE, NULLS, STANDARD_TAG, TRUE, UNTAGGED
from pipelint.yaml.node import Node, Scalar
from pipelint.yaml.resolve import core
from pipelint_schemas.load import Slices

ROOTS = {"vela-pipeline": "pipeline", "vela-template": "template-file"}

_shapes: list[Shapes] = []


def check_shape(root: Node, kind: str, *, shared: bool = True) -> list[tuple[str, Finding]]:
    """Return what the catalogue says against a document, by the names of rules.

    `shared` tells that the document has aliases.
    """
    if not _shapes:
        _shapes.append(shapes_of(Slices("vela/slices.json").get))
    return check(root, _shapes[0].get(ROOTS[kind]), json_type, shared=shared)


_NUMBERS = {"int": "integer", "float": "number"}
_TAGGED = {"null": "null", "bool": "boolean", **_NUMBERS}
_ENDLESS = frozenset({".inf", "+.inf", ".nan"})
"""Numbers that no whole number can be made of; where text is wanted they are text anyway."""


def json_type(scalar: Scalar) -> str:
    """Return the JSON type of a scalar as if it had no quotes, or of its tag.

    The words of YAML 1.1 for true and false are booleans: the server takes them where it wants a
    flag, and text as it is written where it wants text. What a tag of its own makes is text.
    """
    if scalar.tag not in UNTAGGED:
        return _tagged(scalar)
    text = scalar.text
    if text in NULLS:
        return "null"
    if text in TRUE or text in FALSE:
        return "boolean"
    return "string" if text.lower() in _ENDLESS else _NUMBERS.get(core(text), "string")


def _tagged(scalar: Scalar) -> str:
    """Return what a standard tag says, also where the text does not fit it: a rule reports that."""
    kind = (scalar.tag or "").removeprefix(STANDARD_TAG)
    return "string" if kind == scalar.tag else _TAGGED.get(kind, "string")
