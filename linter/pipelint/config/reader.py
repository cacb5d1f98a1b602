"""Values of a configuration file, each read as what it must be, or reported where it stands."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from pipelint.config.root import within
from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import ConfigProblem
from pipelint.name import nearest
from pipelint.source import Source, Span
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "false": False}
_LISTED = 8
_NUMBER_LENGTH = 9


class Reader:
    """One configuration file while it is read.

    Paths and globs are relative to the folder `base`, and nothing may leave the folder `root`; both
    are absolute, with links resolved.
    """

    __slots__ = ("base", "book", "problems", "root", "source")

    def __init__(
        self,
        source: Source,
        base: str,
        root: str,
        book: Rulebook,
        problems: list[ConfigProblem],
    ) -> None:
        self.source = source
        self.base = base
        self.root = root
        self.book = book
        self.problems = problems

    def report(self, span: Span, message: str, help: str = "", label: str = "") -> None:  # noqa: A002
        """Record a mistake at a place."""
        fitted = self.source.inside(span)
        problem = ConfigProblem(self.source.path, fitted, message, help, label, self.source)
        self.problems.append(problem)

    def wrong(self, node: Node, what: str, wanted: str) -> None:
        """Record that a value has the wrong shape."""
        found = _shape(node)
        span = node.span if isinstance(node, Scalar) else Span(node.start, node.start + 1)
        self.report(span, f"{what} must be {wanted}, found {found}", label="wrong kind of value")

    def fields(self, node: Node, what: str, wanted: str) -> Iterator[tuple[Scalar, Node]]:
        """Give the keys and values of a map; nothing for an empty value."""
        if is_null(node):
            return
        if not isinstance(node, Mapping):
            self.wrong(node, what, wanted)
            return
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                yield key, value
            else:
                self.wrong(key, f"a key of {what}", "text")

    def items(self, node: Node, what: str, wanted: str) -> list[Node]:
        """Give the items of a list; nothing for an empty value."""
        if is_null(node):
            return []
        if isinstance(node, Sequence):
            return node.items
        self.wrong(node, what, wanted)
        return []

    def texts(self, node: Node, what: str, *, or_one: bool = False) -> list[Scalar]:
        """Read a list of texts, or with `or_one` a single one."""
        if or_one and isinstance(node, Scalar) and not is_null(node):
            return [node]
        wanted = "text or a list of texts" if or_one else "a list of texts"
        found = []
        for item in self.items(node, what, wanted):
            if isinstance(item, Scalar) and not is_null(item):
                found.append(item)
            else:
                self.wrong(item, f"an item of {what}", "text")
        return found

    def text(self, node: Node, what: str) -> str | None:
        """Read one text; None where it is none, and that is reported."""
        if isinstance(node, Scalar) and not is_null(node):
            return node.text
        self.wrong(node, what, "text")
        return None

    def truth(self, node: Node, what: str) -> bool | None:
        """Read `true` or `false`."""
        found = _TRUTH.get(_plain(node) or "")
        if found is None:
            self.wrong(node, what, "`true` or `false`")
        return found

    def number(self, node: Node, what: str) -> int | None:
        """Read a whole number that is not negative."""
        text = _plain(node) or ""
        if text.isascii() and text.isdigit() and len(text) <= _NUMBER_LENGTH:
            return int(text)
        self.wrong(node, what, "a whole number")
        return None

    def choice(self, node: Node, what: str, known: Collection[str]) -> str | None:
        """Read one of the words that are known."""
        text = self.text(node, f"a {what}")
        if text is None or text in known:
            return text
        self.report(node.span, f"unknown {what} `{text}`", similar(text, what, known))
        return None

    def path(self, node: Scalar, what: str) -> str | None:
        """Read the path of a file inside the root; return it absolute, with links resolved."""
        real = self.place(node, what)
        if real is not None and not os.path.isfile(real):
            self.report(
                node.span, f"there is no file `{node.text}`", "paths are relative to this file"
            )
            return None
        return real

    def place(self, node: Scalar, what: str) -> str | None:
        """Read a path inside the root, where a file may be or come; absolute, links resolved."""
        text = node.text
        problem = _unfit(text)
        if problem:
            self.report(node.span, f"{what} {problem}", "write a path relative to this file")
            return None
        real = os.path.realpath(os.path.join(self.base, text))
        if not within(real, self.root):
            self.report(node.span, f"`{text}` leads out of the repository", label="outside")
            return None
        return real


def is_null(node: Node) -> bool:
    """Tell whether nothing is written where a value could be."""
    return _plain(node) in _NULL


def similar(word: str, what: str, known: Collection[str]) -> str:
    """Say in a sentence which known word is near, else which there are."""
    near = nearest(word, known)
    if near:
        article = "an" if what[0] in "aeiou" else "a"
        return f"{article} {what} with a similar name exists: `{near[0]}`"
    listed = ", ".join(f"`{name}`" for name in list(known)[:_LISTED])
    more = len(known) - _LISTED
    return f"known: {listed}" + (f" … and {more} more" if more > 0 else "")


def _plain(node: Node) -> str | None:
    """Return the text of a value that is neither quoted nor tagged."""
    if isinstance(node, Scalar) and node.style == PLAIN and not node.tag:
        return node.text
    return None


def _shape(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a map"
    if isinstance(node, Sequence):
        return "a list"
    return "nothing" if is_null(node) else f"`{node.text}`"


def _unfit(path: str) -> str:
    """Say why a text cannot be a path inside the repository; the empty text where it can."""
    if "://" in path:
        return "must be a path, found a URL"
    if not path or "\0" in path:
        return "must be a path"
    drive = path[1:2] == ":" and path[0].isalpha()
    if drive or path[0] in "/\\~":
        return "must be a relative path"
    return ""
