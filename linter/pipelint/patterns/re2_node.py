"""The syntax tree of an RE2 pattern, with the measures that Go limits."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.patterns.re2_names import Ranges

EMPTY = "empty"
TEXT = "text"
ANY = "any"
SET = "set"
ASSERT = "assert"
GROUP = "group"
REPEAT = "repeat"
CONCAT = "concat"
CHOICE = "choice"

_SINGLE = frozenset({TEXT, ANY, SET})


class CharSet:
    """The characters of a class.

    `members` are texts of single characters and ranges, `groups` named classes with their negation.
    A set with `unknown` holds a Unicode class, whose characters are not known here.
    """

    __slots__ = ("groups", "members", "negated", "ranges", "unknown")

    def __init__(self, negated: bool = False) -> None:
        self.negated = negated
        self.members: list[str] = []
        self.ranges: list[tuple[int, int]] = []
        self.groups: list[tuple[bool, Ranges]] = []
        self.unknown = False


class Node:
    """A part of a pattern; never changed once it is made, so equal parts can be one node.

    `text` is the text of a TEXT or the sign of an ASSERT, `fold` says that letter case is ignored,
    `low` and `high` count a REPEAT (`high` -1: without end). An ANY with `fold` matches a line end.
    `height` is how deep groups and repeats nest, `size` how long the pattern is with its repeats
    written out, `copies` the largest product of counts on a way down.
    """

    __slots__ = ("copies", "fold", "height", "high", "kind", "low", "set", "size", "subs", "text")

    def __init__(self, kind: str, text: str = "", fold: bool = False) -> None:
        self.kind = kind
        self.text = text
        self.fold = fold
        self.set: CharSet | None = None
        self.subs: Sequence[Node] = ()
        self.low = self.high = 0
        self.height = 1
        self.size = len(text) or 1
        self.copies = 1


_EMPTY = Node(EMPTY)


def make_set(chars: CharSet, fold: bool) -> Node:
    """Make the node of a class."""
    node = Node(SET, fold=fold)
    node.set = chars
    return node


def make_group(sub: Node) -> Node:
    """Put a capturing group around a node."""
    node = Node(GROUP)
    node.subs = (sub,)
    node.height = sub.height + 1
    node.size = sub.size + 2
    node.copies = sub.copies
    return node


def make_repeat(sub: Node, low: int, high: int) -> Node:
    """Repeat a node `low` to `high` times; -1 is without end."""
    node = Node(REPEAT)
    node.subs = (sub,)
    node.low, node.high = low, high
    node.height = sub.height + 1
    if high < 0:
        node.size = 1 + low * sub.size if low else 2 + sub.size
    else:
        node.size = max(1, high * sub.size + high - low)
    node.copies = 1 if high == 0 else sub.copies * max(1, low if high < 0 else high)
    return node


def make_concat(subs: list[Node]) -> Node:
    """Put nodes one after the other; text after text is one text, as in Go."""
    if not subs:
        return _EMPTY
    if len(subs) == 1:
        return subs[0]
    node = _join(CONCAT, subs)
    if all(sub.height == 1 and sub.kind in {TEXT, CONCAT} for sub in subs):
        node.height = 1
    return node


def make_choice(subs: list[Node]) -> Node:
    """Offer a choice of nodes; single characters are one class, as in Go."""
    if len(subs) == 1:
        return subs[0]
    node = _join(CHOICE, subs)
    node.size += len(subs) - 1
    if all(sub.size == 1 and sub.kind in _SINGLE for sub in subs):
        node.height = 1
    return node


def _join(kind: str, subs: list[Node]) -> Node:
    """Make a node of several; a node of the same kind inside counts as part of the outer one."""
    node = Node(kind)
    node.subs = subs
    node.height = max(sub.height + (sub.kind != kind or sub.height == 1) for sub in subs)
    node.size = sum(sub.size for sub in subs)
    node.copies = max(sub.copies for sub in subs)
    return node
