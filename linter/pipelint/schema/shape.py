"""Schemas made ready to be walked: opened only when a document reaches them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeAlias

from pipelint.schema.guide import Guide, Lookup, make_guide, unpack, wide
from pipelint.schema.keywords import (
    ANY_KIND,
    ASSERTIONS,
    COUNTED,
    LIST_WORDS,
    MAP_WORDS,
    NAMED,
    NUMBER_LIMITS,
    SIZES,
    TEXT_LIMITS,
)
from pipelint.schema.value import (
    ARRAY,
    INTEGER,
    KINDS,
    NUMBER,
    NUMBERS,
    OBJECT,
    STRING,
    value_key,
)

Match: TypeAlias = Callable[[str, str], bool | None]
"""Tells whether a pattern is found in a text; None where that cannot be told."""

ROOT = "#"
DEFINITIONS = "#/$defs/"
GUIDES = "x-guide"
LOOSE = "x-loose"
PARTIAL = "x-partial"

_SAYING = frozenset({*ASSERTIONS, "$ref", LOOSE, PARTIAL})


class CircularError(ValueError):
    """A definition that is nothing but a reference to itself."""


def search(pattern: str, text: str) -> bool | None:
    """Run a pattern of our own catalogues; a test proves those to be linear. Never a user's."""
    return _searcher(pattern)(text) is not None


@cache
def _searcher(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).search


class Shapes:
    """The definitions of one schema, by their references."""

    __slots__ = ("_named", "lookup", "match")

    def __init__(self, lookup: Lookup, match: Match = search) -> None:
        self.lookup = lookup
        self.match = match
        self._named: dict[str, Shape] = {}

    def get(self, name: str) -> Shape:
        """Return the definition of a name; raises KeyError where there is none."""
        return self.at(DEFINITIONS + name)

    def at(self, ref: str) -> Shape:
        """Return what a reference names; raises KeyError where it names nothing."""
        shape = self._named.get(ref)
        if shape is None:
            name = ref.removeprefix(DEFINITIONS) if ref.startswith(DEFINITIONS) else None
            shape = self._named[ref] = Shape(self.lookup(ref), self, name)
            shape.shared = True
        return shape


def shapes_of(get: Callable[[str], Any]) -> Shapes:
    """Make the definitions of a catalogue, `get` returning each by its name."""
    return Shapes(lambda ref: get(ref.removeprefix(DEFINITIONS)))


class Listed:
    """The values of `enum` or `const`, scalars also by the key that equal ones share."""

    __slots__ = ("keys", "texts", "values")

    def __init__(self, values: list[Any]) -> None:
        self.values = values
        scalars = (value for value in values if not isinstance(value, (dict, list)))
        self.keys: frozenset[Hashable] = frozenset(value_key(value) for value in scalars)
        self.texts = frozenset(value for value in values if isinstance(value, str))


class Branches:
    """The branches of an alternative: of some hundreds only those become shapes that are tried."""

    __slots__ = ("_made", "_parts", "_shapes")

    def __init__(self, parts: list[Any], shapes: Shapes) -> None:
        self._parts = parts
        self._shapes = shapes
        self._made: dict[int, Shape] = {}

    def __getitem__(self, at: int) -> Shape:
        shape = self._made.get(at)
        if shape is None:
            shape = self._made[at] = Shape(self._parts[at], self._shapes)
        return shape


class Alternatives:
    """The branches of `anyOf` or (`exact`) `oneOf`, and for each kind those that may accept it.

    `needs` holds for each branch the keys that it needs, where no branch asks for anything else.
    """

    __slots__ = ("branches", "by_kind", "exact", "guide", "needs")

    def __init__(
        self, branches: Branches, guide: Guide, needs: tuple[frozenset[str], ...], *, exact: bool
    ) -> None:
        self.branches = branches
        self.guide = guide
        self.needs = needs
        self.exact = exact
        self.by_kind = _by_kind(guide.kinds)


def _by_kind(branches: tuple[frozenset[str], ...]) -> dict[str, tuple[int, ...]]:
    """Give for each kind the places of the branches that may accept it."""
    shared = set(branches)
    if len(shared) == 1:
        every = tuple(range(len(branches)))
        return {kind: every if kind in branches[0] else () for kind in KINDS}
    return {kind: tuple(at for at, kinds in enumerate(branches) if kind in kinds) for kind in KINDS}


def _needs_keys(schema: Any) -> bool:
    """Tell whether a schema asks a map for some keys, and for nothing else."""
    if not isinstance(schema, dict) or "required" not in schema:
        return False
    said = schema.keys() & _SAYING
    return said == {"required"} or (said == {"required", "type"} and schema["type"] == OBJECT)


class Shape:
    """One schema. Nothing but `schema`, `name` and `shared` is set before it is opened.

    `real` is what to check: the shape itself, or the one that a mere `$ref` names; None before it
    is opened. `kinds` are those that it may accept, `easy` those that it accepts at once. Below a
    `partial` one nothing has to be there. A `shared` one can be met in several ways, also by itself
    at the same node; all others only by the one that holds them. `bare` tells that it asks for some
    keys, and for nothing else.
    """

    __slots__ = (
        "_shapes",
        "additional",
        "alternatives",
        "applies",
        "as_written",
        "bare",
        "condition",
        "contains",
        "counts",
        "dependent",
        "easy",
        "every",
        "integral",
        "items",
        "kinds",
        "listed",
        "loose",
        "marks",
        "name",
        "names",
        "needs",
        "negated",
        "never",
        "numbers",
        "partial",
        "patterns",
        "prefix",
        "properties",
        "real",
        "required",
        "schema",
        "shared",
        "sized",
        "sole",
        "target",
        "texts",
        "walks",
    )

    def __init__(self, schema: Any, shapes: Shapes, name: str | None = None) -> None:
        self.schema: dict[str, Any] = _as_map(schema)
        self.name = name
        self.shared = False
        self._shapes = shapes
        self.real: Shape | None = None
        self.target: Shape | None = None

    @property
    def match(self) -> Match:
        """How the patterns of this schema are run."""
        return self._shapes.match

    def open(self) -> Shape:
        """Read the schema one level deep and return the shape to check.

        Raises CircularError, and KeyError where a `$ref` names nothing.
        """
        if not self._refers():
            self._read()
            self.real = self
            return self
        seen = {id(self)}
        shape = self
        while shape._refers():
            shape.target = shape = self._shapes.at(shape.schema["$ref"])
            if id(shape) in seen:
                raise CircularError(f"{self.schema['$ref']} refers to itself")
            seen.add(id(shape))
        self.real = shape.real or shape.open()
        return self.real

    def note(self, key: str) -> Any:
        """Return an annotation of this place, else of the definitions that it refers to."""
        shape: Shape | None = self
        while shape is not None:
            if key in shape.schema:
                said = shape.schema[key]
                # What many definitions say alike stands in a slice of its own.
                shared = isinstance(said, str) and said.startswith(DEFINITIONS)
                return self._shapes.lookup(said) if shared else said
            shape = shape.target
        return None

    def known_keys(self) -> tuple[str, ...]:
        """Return the keys that this shape describes, in the order of the schema."""
        parts = self.schema.get("properties", {})
        return tuple(key for key, part in parts.items() if not isinstance(part, bool))

    def _refers(self) -> bool:
        """Tell whether this is a `$ref` with nothing beside it but annotations."""
        schema = self.schema
        if "$ref" not in schema or PARTIAL in schema:
            return False
        return not any(word in schema for word in ASSERTIONS)

    def _part(self, schema: Any) -> Shape | None:
        return None if schema is True or schema == {} else Shape(schema, self._shapes)

    def _parts(self, word: str) -> dict[str, Shape | None]:
        return {key: self._part(part) for key, part in self.schema.get(word, {}).items()}

    def _read(self) -> None:
        schema = self.schema
        types = schema.get("type")
        self.kinds = wide(types) if types is not None else KINDS
        self.never = "not" in schema and schema["not"] in (True, {})
        self.integral = types is not None and INTEGER in types and NUMBER not in _as_list(types)
        self.easy = self._easy()
        self._read_scalar()
        self._read_collections()
        self._read_branches()

    def _easy(self) -> frozenset[str]:
        schema = self.schema
        if any(word in schema for word in ANY_KIND):
            return frozenset()
        easy = set(self.kinds)
        if any(word in schema for word in TEXT_LIMITS):
            easy.discard(STRING)
        if self.integral or any(word in schema for word in NUMBER_LIMITS):
            easy -= NUMBERS
        if any(word in schema for word in LIST_WORDS):
            easy.discard(ARRAY)
        if any(word in schema for word in MAP_WORDS):
            easy.discard(OBJECT)
        return frozenset(easy)

    def _read_scalar(self) -> None:
        schema = self.schema
        self.texts = [(word, schema[word]) for word in TEXT_LIMITS if word in schema]
        self.numbers = [(word, schema[word]) for word in NUMBER_LIMITS if word in schema]
        listed = [schema["enum"]] if "enum" in schema else []
        if "const" in schema:
            listed.append([schema["const"]])
        self.as_written = bool(schema.get("x-as-written"))
        self.listed = [Listed(values) for values in listed]

    def _read_collections(self) -> None:
        schema = self.schema
        # Only what describes a collection by itself is noted at the nodes; not a choice of others.
        self.marks = self.name is not None and any(
            word in schema for word in ("items", "prefixItems", *NAMED)
        )
        self.loose = bool(schema.get(LOOSE))
        self.partial = bool(schema.get(PARTIAL))
        self.properties = self._parts("properties")
        self.patterns = list(self._parts("patternProperties").items())
        self.additional = self._part(schema.get("additionalProperties", True))
        self.walks = bool(self.properties or self.patterns or self.loose) or (
            self.additional is not None
        )
        self.counts = any(word in schema for word in COUNTED)
        self.names = self._part(schema.get("propertyNames", True))
        self.required: list[str] = schema.get("required", [])
        self.needs = frozenset(self.required)
        self.bare = _needs_keys(schema)
        self.sized = any(word in schema for word in SIZES)
        self.dependent = self._parts("dependentSchemas")
        self.prefix = [self._part(part) for part in schema.get("prefixItems", ())]
        self.items = self._part(schema.get("items", True))
        self.contains = Shape(schema["contains"], self._shapes) if "contains" in schema else None

    def _read_branches(self) -> None:
        schema = self.schema
        self.every = [Shape(part, self._shapes) for part in schema.get("allOf", ())]
        if "$ref" in schema:
            # Annotations of a mere reference are looked up in what it names, too.
            self.target = self._shapes.at(schema["$ref"])
            self.every.insert(0, self.target)
        self.alternatives = [
            self._alternatives(word) for word in ("anyOf", "oneOf") if word in schema
        ]
        self.negated = Shape(schema["not"], self._shapes) if "not" in schema else None
        self.condition: tuple[Shape, Shape | None, Shape | None] | None = None
        if "if" in schema:
            branches = [self._part(schema.get(word, True)) for word in ("then", "else")]
            self.condition = (Shape(schema["if"], self._shapes), branches[0], branches[1])

        self.sole = self._sole()
        self.applies = any(
            word in schema for word in (*ANY_KIND[2:], "dependentSchemas") if word != "$ref"
        ) or bool(self.every)

    def _sole(self) -> dict[str, Shape]:
        """Give the branch for each kind that one alone may accept, if there is no more to check."""
        if (
            self.every
            or len(self.alternatives) != 1
            or sum(word in self.schema for word in ASSERTIONS) != 1
        ):
            return {}
        chosen = self.alternatives[0]
        return {
            kind: chosen.branches[places[0]]
            for kind, places in chosen.by_kind.items()
            if len(places) == 1
        }

    def _alternatives(self, word: str) -> Alternatives:
        parts = self.schema[word]
        packed = self.schema.get(GUIDES, {}).get(word)
        guide = unpack(packed, len(parts)) if packed else make_guide(parts, self._shapes.lookup)
        needs = [frozenset(part["required"]) for part in parts if _needs_keys(part)]
        known = tuple(needs) if len(needs) == len(parts) else ()
        return Alternatives(Branches(parts, self._shapes), guide, known, exact=word == "oneOf")


def _as_map(schema: Any) -> dict[str, Any]:
    if isinstance(schema, dict):
        return schema
    return {} if schema else {"not": {}}


def _as_list(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types
