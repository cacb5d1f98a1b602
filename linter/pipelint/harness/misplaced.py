"""Keys that are unknown where they stand, and known one level up or down: a better finding.

Only asked when the catalogue has found unknown keys; then the document is walked once to learn
what stands around them.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelint.diagnostic import Edit, Finding, Fix, Related
from pipelint.record import NamedTuple
from pipelint.schema.shape import Shape
from pipelint.source import Source, Span
from pipelint.yaml.node import Mapping, Node, Scalar

UNKNOWN = "unknown-key"
NAME = "misplaced-key"

_COUNTED = frozenset({"missing-key", "misspelt-key", "wrong-number-of-entries"})

Named = list[tuple[str, Finding]]
ShapeOf = Callable[[str], Shape]


class _Site(NamedTuple):
    """A key with the mapping that holds it, and what holds that: its key and its mapping."""

    key: Scalar
    value: Node
    owner: Mapping
    outer_key: Scalar | None
    outer: Mapping | None


def place(found: Named, root: Mapping, source: Source, shape_of: ShapeOf) -> Named:
    """Replace the findings about unknown keys that only stand at the wrong level.

    What stands below such a key is checked as if it stood where it belongs. `shape_of` gives the
    definition of a name that the check has noted in `node.shape`.
    """
    wanted = {finding.span.start for name, finding in found if name == UNKNOWN}
    if not wanted:
        return found
    sites = _sites(root, wanted)
    told: Named = []
    for name, finding in found:
        site = sites.get(finding.span.start) if name == UNKNOWN else None
        placed = _placed(site, source, shape_of) if site is not None else []
        told += placed or [(name, finding)]
    return told


def _placed(site: _Site, source: Source, shape_of: ShapeOf) -> Named:
    word = site.key.text
    spec = site.owner.fields.get("spec")
    if spec is not None and _takes(spec[1], word, shape_of):
        return [(NAME, _down(site, *spec, source)), *_inside(site, spec[1], shape_of)]
    if site.outer is not None and site.outer_key is not None and _takes(site.outer, word, shape_of):
        up = _up(site, site.outer_key, source)
        return [(NAME, up), *_inside(site, site.outer, shape_of)]
    return []


def _inside(site: _Site, target: Node, shape_of: ShapeOf) -> Named:
    """Check the value as that of the mapping where it belongs; it may be only a part of one."""
    from pipelint.harness.shape import check_value

    shape = shape_of(target.shape or "").open().properties[site.key.text]
    found = check_value(site.value, shape, shape_of) if shape is not None else []
    return [named for named in found if named[0] not in _COUNTED]


def _takes(node: Node, word: str, shape_of: ShapeOf) -> bool:
    """Tell whether a mapping knows a key that it does not have yet."""
    if not isinstance(node, Mapping) or not node.shape or word in node.fields:
        return False
    try:
        shape = shape_of(node.shape)
        return word in (shape.real or shape.open()).properties
    except KeyError:
        return False


def _down(site: _Site, spec: Scalar, below: Node, source: Source) -> Finding:
    word = site.key.text
    return Finding(
        site.key.span,
        f"`{word}` stands beside `spec`, not below it",
        "ignored here",
        help=f"move `{word}` below `spec`",
        related=(Related(spec.span, "it belongs below this"),),
        fixes=_move(site, below.start, source, f"move `{word}` below `spec`"),
    )


def _up(site: _Site, outer: Scalar, source: Source) -> Finding:
    word = site.key.text
    return Finding(
        site.key.span,
        f"`{word}` stands below `{outer.text}`, not beside it",
        "ignored here",
        help=f"move `{word}` one level up, beside `{outer.text}`",
        related=(Related(outer.span, "it belongs beside this"),),
        fixes=_move(site, outer.start, source, f"move `{word}` beside `{outer.text}`"),
    )


def _move(site: _Site, target: int, source: Source, title: str) -> tuple[Fix, ...]:
    """Move a line to before the line of a key, as deep as that; nothing where more is to be done.

    Unsafe, since what was ignored so far begins to work.
    """
    text, key, value = source.text, site.key, site.value
    place, goal = source.position(key.start), source.position(target)
    line, goal_line = source.line(place.line), source.line(goal.line)
    alone = not line[: place.column - 1].strip() and len(site.owner.fields) > 1
    indent = goal_line[: goal.column - 1]
    if not alone or indent.strip() or goal.line == place.line or not isinstance(value, Scalar):
        return ()
    if source.position(max(value.end, key.end)).line != place.line or value.style in {"|", ">"}:
        return ()
    start = source.line_starts[place.line - 1]
    end = start + len(line)
    end += len(text[end : end + 2]) if text[end : end + 2] == "\r\n" else len(text[end : end + 1])
    at = source.line_starts[goal.line - 1]
    moved = Edit(Span(at, at), f"{indent}{line.strip()}\n")
    return (Fix(title, (moved, Edit(Span(start, end), "")), safe=False),)


def _sites(root: Mapping, wanted: set[int]) -> dict[int, _Site]:
    """Find the keys that begin at the wanted offsets; one walk, without recursion."""
    sites: dict[int, _Site] = {}
    seen: set[int] = set()
    work: list[tuple[Node, Scalar | None, Mapping | None]] = [(root, None, None)]
    while work and len(sites) < len(wanted):
        node, outer_key, outer = work.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, Mapping):
            work += [(item, None, None) for item in node.items]
            continue
        for key, value in node.fields.values():
            if key.start in wanted:
                sites.setdefault(key.start, _Site(key, value, node, outer_key, outer))
            work.append((value, key, node))
    return sites
