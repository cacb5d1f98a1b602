"""What is drawn: nodes in nodes, and edges between them. Values that know no dialect and no format.

Texts are the user's words, whole and with credentials hidden; each format shortens and escapes
them for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.record import NamedTuple
from pipelint.source import Span

PIPELINE, STAGE, GROUP, STEP, INSERT, SERVICE, ORIGIN = (
    "pipeline", "stage", "step group", "step", "insert", "service", "secret origin",
)  # fmt: skip
"""The kinds of nodes that somebody wrote; the root is a pipeline, also that of a template."""

PARALLEL, SECTION = "parallel", "section"
"""What runs at the same time, and what stands aside of the sequence, such as a rollback."""

IN_SEQUENCE, TOGETHER, BY_NEEDS = "in sequence", "together", "by needs"
"""How the children of a node run: one after the other, all at once, or as edges say."""

CONDITION, LOOP, TEMPLATE, CHAIN, TARGET, MISSING, REMARK = (
    "condition", "loop", "template", "chain", "target", "missing", "remark",
)  # fmt: skip
"""What a note is about. What a template brings is not known; `missing` is a need for nothing."""

THEN, NEED = "then", "need"
"""The kinds of edges: the next in a sequence, and what is needed to what needs it."""


class Note(NamedTuple):
    """Something to know of a node, in a few words of a person and those of the user."""

    kind: str
    text: str


class Problem(NamedTuple):
    """A finding in a node; `line` is 1-based."""

    level: str
    rule: str
    message: str
    line: int


class Node(NamedTuple):
    """A part of a pipeline. `key` is its own in the graph: `n0` is the root, then as in the text.

    `label` is its name, `identifier` what others call it by, `detail` its type or image. `span` is
    all of it in the text, `line` (1-based) where it begins. `problems` are those in it and not in
    one of its children.
    """

    key: str
    kind: str
    label: str
    span: Span
    identifier: str = ""
    detail: str = ""
    notes: tuple[Note, ...] = ()
    children: tuple[Node, ...] = ()
    flow: str = IN_SEQUENCE
    problems: tuple[Problem, ...] = ()
    line: int = 0

    @property
    def condition(self) -> str:
        """When it runs; empty where nothing is said."""
        return next((note.text for note in self.notes if note.kind == CONDITION), "")

    @property
    def is_open(self) -> bool:
        """Whether a template or somebody else brings what is in it."""
        return self.kind == INSERT or any(note.kind == TEMPLATE for note in self.notes)

    def walk(self) -> Iterator[Node]:
        """Give it and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def count(self, level: str) -> int:
        """Count its own problems of a level."""
        return sum(1 for problem in self.problems if problem.level == level)


class Edge(NamedTuple):
    """An arrow between two nodes, by their keys. `in_ring`: the two wait for each other."""

    source: str
    target: str
    kind: str
    in_ring: bool = False


class Graph(NamedTuple):
    """A picture to be: `root` holds all nodes, `kind` is that of the document.

    `complete` is false where a part of the text could not be read. `remarks` are sentences about
    the whole.
    """

    path: str
    kind: str
    root: Node
    edges: tuple[Edge, ...]
    complete: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What a heading calls it."""
        return f"{self.root.label}: {self.what}"

    @property
    def what(self) -> str:
        """The kind in words: `Harness pipeline`."""
        dialect, _, rest = self.kind.partition("-")
        return f"{dialect.capitalize()} {rest.replace('-', ' ')}"

    @property
    def needs(self) -> Iterator[Edge]:
        """The edges that the user wrote."""
        return (edge for edge in self.edges if edge.kind == NEED)

    @property
    def problems(self) -> list[Problem]:
        """All problems, in the order of the text."""
        found = [problem for node in self.root.walk() for problem in node.problems]
        return sorted(found, key=lambda problem: problem.line)


def change(node: Node, how: Callable[[Node], Node]) -> Node:
    """Change every node, those below before those that hold them. No deeper than documents are."""
    children = tuple([change(child, how) for child in node.children])
    return how(node._replace(children=children) if children else node)


def said(problems: Iterable[Problem], between: str = ", ") -> str:
    """Count problems in words: `2 errors, 1 warning`; empty where there are none."""
    levels = [problem.level for problem in problems]
    words = {ERROR: "error", WARNING: "warning", INFO: "remark"}
    return between.join(
        f"{number} {word}{'s' * (number > 1)}"
        for level, word in words.items()
        if (number := levels.count(level))
    )
