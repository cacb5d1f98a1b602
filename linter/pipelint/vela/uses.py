"""Every `${…}` that the server replaces, and the `$NAME` of commands, each with its place.

The server turns a step back into YAML text and replaces in all of it. Only what it has read is
there: a key that it does not know has gone, and so has a step in whose place it put a template.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.vela.calls import replaces
from pipelint.vela.context import Context
from pipelint.vela.model import RULES, Pipeline, Step
from pipelint.vela.scope import Scope, Scopes, reaches_steps
from pipelint.vela.shell import bare_names, comments, mentions
from pipelint.vela.substitution.found import Substitution, SubstitutionProblem
from pipelint.vela.substitution.parse import find
from pipelint.vela.values import FILLER
from pipelint.yaml.node import MERGE, Mapping, Node, Scalar
from pipelint.yaml.view import items_of
from pipelint.yaml.written import place

_SCRIPTS = frozenset({"commands", "entrypoint"})
_WITH_KEYS = frozenset({"environment", "parameters"})
_PARTS = (
    "name", "image", "commands", "entrypoint", "environment", "parameters", "secrets", "ruleset",
    "pull", "user", "ulimits", "volumes", "report_as", "id_request", "artifacts", "git",
)  # fmt: skip
_RULESET = frozenset({*RULES, "eval", "operator", "matcher", "if", "unless"})
_MOST_SHARED = 20_000
"""So often in all a node is looked at again, for another step that shares it."""

_MOST_FOUND = 50_000
"""So many substitutions are read in a document; one with an operator counts five, a mistake 50."""


class Use(NamedTuple):
    """A `${…}` in a scalar; `part` is the key of the step that it is below, or `key` in a key.

    `is_comment` holds in a comment of a script: what is wrong there harms nothing but the compile.
    """

    scalar: Scalar
    part: str
    found: Substitution | SubstitutionProblem
    is_comment: bool


class Mention(NamedTuple):
    """A `$NAME` or `$$` of a command, outside single quotes and comments.

    `name` is `$` for the latter. `span` covers the name, without the first `$`.
    """

    scalar: Scalar
    name: str
    span: Span


class Uses:
    """What one step uses; `step` is None for an environment that steps share."""

    __slots__ = ("mentions", "scope", "scripts", "step", "uses")

    def __init__(self, step: Step | None, scope: Scope) -> None:
        self.step = step
        self.scope = scope
        self.uses: list[Use] = []
        self.mentions: list[Mention] = []
        self.scripts: list[Scalar] = []

    def substitutions(self) -> Iterator[tuple[Use, Substitution]]:
        """Give the substitutions that matter: those the server understands, outside comments."""
        for use in self.uses:
            if isinstance(use.found, Substitution) and not use.is_comment:
                yield use, use.found


class Everything:
    """The uses of a document.

    `bare` holds the names like Vela's that a script has without a `$`: a script that sets a
    variable itself names it so.
    """

    __slots__ = ("_finders", "_text", "bare", "of_steps")

    def __init__(self, text: str) -> None:
        self._text = text
        self._finders: dict[int, Callable[[int, int], Span]] = {}
        self.of_steps: list[Uses] = []
        self.bare: set[str] = set()

    def place(self, scalar: Scalar, span: Span) -> Span:
        """Return where a range of a scalar's text is written in the file."""
        finder = self._finders.get(id(scalar))
        if finder is None:
            finder = self._finders[id(scalar)] = place(scalar, self._text)
        return finder(span.start, span.end)

    def is_exact(self, scalar: Scalar, span: Span) -> bool:
        """Tell whether a range is written in the file as it is, so that it can be edited."""
        start, end = self.place(scalar, span)
        return self._text[start:end] == scalar.text[span.start : span.end]

    def before(self, scalar: Scalar, at: int) -> Span | None:
        """Return the empty place before the `${` at an offset of a scalar's text.

        None where it is not written as it is, so that nothing can be inserted.
        """
        opening = Span(at, at + 2)
        start = self.place(scalar, opening).start
        return Span(start, start) if self.is_exact(scalar, opening) else None


_latest: list[tuple[Pipeline, Everything]] = []


def uses_of(context: Context) -> Everything:
    """Return the uses of a document; found once, as several rules ask one after the other."""
    if not _latest or _latest[0][0] is not context.pipeline:
        _latest[:] = [(context.pipeline, _find_all(context))]
    return _latest[0][1]


def _find_all(context: Context) -> Everything:
    everything = Everything(context.source.text)
    if "$" not in context.source.text:
        return everything
    scopes, walk = Scopes(context), _Walk(everything.bare, context)
    pipeline = context.pipeline
    for step in pipeline.steps:
        uses = Uses(step, scopes.of_step(step))
        everything.of_steps.append(uses)
        if not replaces(step, pipeline):
            walk.through_step(step.node, uses)
    shared = Uses(None, scopes.around(None))
    if reaches_steps(context):
        walk.through(pipeline.node.get("environment"), "environment", shared)
    everything.of_steps.append(shared)
    for stage in pipeline.stages:
        if items_of(stage.node.get("steps")):
            uses = Uses(None, scopes.around(stage))
            walk.through(stage.node.get("environment"), "environment", uses)
            everything.of_steps.append(uses)
    return everything


class _Walk:
    """One walk through all steps; what stands in a scalar is searched once."""

    __slots__ = (
        "_aliases",
        "_bare",
        "_found",
        "_known",
        "_mentions",
        "_shared",
        "_text",
        "_visited",
    )

    def __init__(self, bare: set[str], context: Context) -> None:
        self._bare = bare
        # With aliases, what belongs to a node need not stand between its ends.
        self._aliases = bool(context.tree.aliases)
        self._text = context.source.text
        self._found = self._shared = 0
        self._visited: set[int] = set()
        self._known: dict[tuple[int, str], list[Use]] = {}
        self._mentions: dict[int, list[Mention]] = {}

    def through_step(self, step: Mapping, uses: Uses) -> None:
        fields = step.fields
        for part in _PARTS:
            # most parts of most steps hold nothing that is replaced
            if part in fields and self._may_hold_uses(fields[part][1], part):
                self.through(fields[part][1], part, uses)

    def _may_hold_uses(self, node: Node, part: str) -> bool:
        """Tell at a glance whether something may be used, or a script may set it, in a node."""
        if self._aliases:
            return True
        text, start, end = self._text, node.start, node.end
        return text.find("$", start, end) >= 0 or (
            part in _SCRIPTS and text.find("_", start, end) >= 0
        )

    def through(self, root: Node | None, part: str, uses: Uses) -> None:
        """Note what the scalars below a node use, once a step; what is shared up to the limit."""
        waiting = [(root, part)] if root is not None else []
        seen: set[int] = set()
        while waiting:
            node, below = waiting.pop()
            if self._aliases and self._is_spent(node, seen):
                continue
            if isinstance(node, Scalar):
                self._note(node, below, uses)
            elif isinstance(node, Mapping):
                waiting += reversed(_below(node, below))
            else:
                waiting += [(item, below) for item in reversed(node.items)]

    def _is_spent(self, node: Node, seen: set[int]) -> bool:
        """Tell whether the step has had a node already, or others too often."""
        if id(node) in seen:
            return True
        seen.add(id(node))
        if id(node) in self._visited:
            self._shared += 1
            return self._shared > _MOST_SHARED
        self._visited.add(id(node))
        return False

    def _note(self, scalar: Scalar, part: str, uses: Uses) -> None:
        if scalar.broken:
            return
        text = scalar.text
        if part in _SCRIPTS and "_" in text:
            self._bare.update(bare_names(text))
        if "$" not in text:
            return
        key = (id(scalar), part)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._search(scalar, part)
        uses.uses += known
        if part in _SCRIPTS:
            if id(scalar) not in self._mentions:
                found = (Mention(scalar, *one) for one in mentions(scalar.text))
                self._mentions[id(scalar)] = list(found)
            uses.mentions += self._mentions[id(scalar)]
            uses.scripts.append(scalar)

    def _search(self, scalar: Scalar, part: str) -> list[Use]:
        if self._found > _MOST_FOUND or "${" not in scalar.text:
            return []
        found = list(_uses(scalar, part))
        self._found += sum(_weight(use.found) for use in found)
        return found


def _weight(found: Substitution | SubstitutionProblem) -> int:
    if isinstance(found, SubstitutionProblem):
        return 50
    return 1 if found.kind == "plain" else 5


def _below(node: Mapping, part: str) -> list[tuple[Node, str]]:
    """Return what to look at of a mapping: its values, and its keys where the server keeps them."""
    found: list[tuple[Node, str]] = []
    for name, (key, value) in node.fields.items():
        if name == MERGE or (part == "ruleset" and name not in _RULESET):
            continue
        if part in _WITH_KEYS and "${" in name:
            found.append((key, "key"))
        found.append((value, part))
    return found


def _uses(scalar: Scalar, part: str) -> Iterator[Use]:
    text = scalar.text
    lines = comments(text) if part in _SCRIPTS else []
    for found in find(text):
        whole = found.whole if isinstance(found, SubstitutionProblem) else found.span
        if text.find(FILLER, whole.start, whole.end) < 0:
            before = bisect_right(lines, Span(whole.start, len(text)))
            is_comment = before > 0 and whole.start < lines[before - 1].end
            yield Use(scalar, part, found, is_comment)
