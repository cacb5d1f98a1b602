"""Configuration files from the disk, with those that they extend."""

from __future__ import annotations

import os
from collections.abc import Sequence
from stat import S_ISREG

from pipelint.config.layer import Layer, read_layer
from pipelint.config.reader import Reader
from pipelint.config.root import within
from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import ConfigProblem
from pipelint.source import Source, Span, UndecodableError, decode
from pipelint.yaml import parse
from pipelint.yaml.node import Tree

SIZE_LIMIT = 1_000_000
"""Longer files, in bytes, are no configuration."""

CHAIN_LIMIT = 20
"""How far `extends` may go from file to file."""

_UNTRUSTED = ("catalogue", "extends", "schemas")


class Loader:
    """Reads each file once. What is wrong in them gathers in `problems`.

    In a workspace that is not trusted, the keys that lead to other files are left out, and that is
    said in `withheld`.
    """

    __slots__ = ("_layers", "_sources", "book", "problems", "trusted", "withheld")

    def __init__(self, book: Rulebook, *, trusted: bool) -> None:
        self.book = book
        self.trusted = trusted
        self.problems: list[ConfigProblem] = []
        self.withheld: list[ConfigProblem] = []
        self._layers: dict[tuple[str, str], Layer] = {}
        self._sources: dict[str, Source] = {}

    def load(self, path: str, root: str) -> tuple[Layer, ...]:
        """Return what a file says, behind what it builds on: the last word is its own."""
        layers: dict[str, Layer] = {}
        self._gather(os.path.realpath(path), root, (), layers)
        return tuple(layers.values())

    def read(self) -> list[str]:
        """Return the paths of all files that were looked at."""
        return [path for path, _ in self._layers]

    def lies_in(self, path: str, root: str) -> bool:
        """Tell whether a file lies in the root, links resolved; one that does not is reported."""
        inside = within(os.path.realpath(path), root)
        if not inside:
            self._report(
                path, Span(0, 0), "this configuration file is a link out of the repository"
            )
        return inside

    def _gather(self, path: str, root: str, way: tuple[str, ...], layers: dict[str, Layer]) -> None:
        layer = self._layer(path, root)
        way = (*way, path)
        for extended, span in layer.extends:
            if extended in way:
                self._report(path, span, _circle(way, extended))
            elif len(way) > CHAIN_LIMIT:
                self._report(path, span, f"`extends` goes on for more than {CHAIN_LIMIT} files")
            elif extended not in layers:
                self._gather(extended, root, way, layers)
        layers[path] = layer

    def _report(self, path: str, span: Span, message: str) -> None:
        problem = ConfigProblem(path, span, message, source=self._sources.get(path))
        if problem not in self.problems:
            self.problems.append(problem)

    def _layer(self, path: str, root: str) -> Layer:
        found = self._layers.get((path, root))
        if found is None:
            found = self._layers[path, root] = self._read(path, root)
        return found

    def _read(self, path: str, root: str) -> Layer:
        # A file from elsewhere (`--config`) is read as if it lay in the root.
        folder = os.path.dirname(path)
        layer = Layer(path, folder if within(folder, root) else root)
        text = self._text(path)
        if text is None:
            return layer
        source = self._sources[path] = Source(text, path)
        reader = Reader(source, layer.base, root, self.book, self.problems)
        tree = parse(source)
        if not _refuse(reader, tree) and tree.root is not None:
            self._withhold(reader, tree)
            read_layer(reader, tree.root, layer)
        return layer

    def _text(self, path: str) -> str | None:
        try:
            status = os.stat(path)
            if not S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
                self._report(path, Span(0, 0), "this is no configuration file")
                return None
            with open(path, "rb") as file:
                return decode(file.read())
        except UndecodableError as error:
            self._report(path, Span(0, 0), f"this configuration file is {error}")
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            self._report(path, Span(0, 0), f"this configuration file cannot be read: {reason}")
        return None

    def _withhold(self, reader: Reader, tree: Tree) -> None:
        if self.trusted:
            return
        fields = getattr(tree.root, "pairs", [])
        for key, _ in list(fields):
            name = getattr(key, "text", "")
            if name in _UNTRUSTED:
                message = f"`{name}` is not read: this workspace is not trusted"
                path, source = reader.source.path, reader.source
                self.withheld.append(ConfigProblem(path, key.span, message, source=source))
        fields[:] = [field for field in fields if getattr(field[0], "text", "") not in _UNTRUSTED]


def _refuse(reader: Reader, tree: Tree) -> bool:
    """Report what makes the text as a whole unfit; tell whether nothing can be read from it."""
    for problem in tree.problems:
        reader.report(problem.span, problem.message, problem.help, problem.label)
    for repeated in tree.repeated:
        message = f"the key `{repeated.again.text}` stands twice"
        reader.report(repeated.again.span, message, label="the first one holds")
    for document in tree.documents[1:2]:
        place = Span(document.start, document.start + 1)
        reader.report(place, "a configuration is one YAML document", label="a second one")
    return bool(tree.problems)


def _circle(way: Sequence[str], path: str) -> str:
    names = [os.path.basename(step) for step in (*way[way.index(path) :], path)]
    return "`extends` goes in a circle: " + " → ".join(f"`{name}`" for name in names)
