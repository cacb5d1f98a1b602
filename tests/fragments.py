"""Make a whole Harness document of a fragment: put it in its place and fill in what is elided.

A fragment shows one mistake and leaves out what its reader can think of. It comes as a pair, with
the mistake and without: what only the mended one has is not filled in, for that is the mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

import yaml
from fragment_lines import Differences, keys
from fragment_tables import (
    ALTERNATIVES,
    BUILD_STEPS,
    FAILURES,
    HOLE,
    ITEMS,
    KEYS,
    PLACES,
    ROOTS,
    SCRIPT,
    SOURCE,
    SPECS,
    STAGE_LIST,
    STAGE_TYPES,
    STAGES,
)


class Pair(NamedTuple):
    """Two documents of one fragment. `lines` (1-based) of the first are those of the mistake.

    `around` are those of the entries that hold it.
    """

    bad: str
    fixed: str
    lines: frozenset[int]
    around: frozenset[int]


def whole(bad: str, fixed: str, place: str = "") -> Pair:
    """Make documents of a fragment with a mistake and of the same fragment without.

    `place` is one of PLACES or a type of step whose spec it is; without it the keys decide.
    """
    is_text = SCRIPT in place
    read = _text if is_text else compose
    first, second = read(bad), read(fixed)
    place = place or place_of(first)
    wrapped = _placed(first, place)
    mended = _placed(
        second, place if place == SCRIPT or _alike(first, second) else place_of(second)
    )
    _Filling(withheld=True).document(wrapped, mended)
    _Filling(withheld=False).document(mended, None)
    texts = written(wrapped), written(mended)
    found = Differences()
    found.compare(compose(texts[0]), compose(texts[1]), [])
    return Pair(*texts, frozenset(found.lines), frozenset(found.around))


def _text(text: str) -> Node:
    return ScalarNode("tag:yaml.org,2002:str", text, style="|")


def _alike(one: Node, other: Node) -> bool:
    """Tell whether two fragments have one place; what is left empty fits everywhere."""
    return (not keys(other) and not other.value) or place_of(one) == place_of(other)


def compose(text: str) -> Node:
    """Read a text as nodes, which keep their quotes; a mere comment is an empty map."""
    node = yaml.compose(text)
    return node if node is not None else MappingNode("tag:yaml.org,2002:map", [])


def written(node: Node) -> str:
    """Write a document, one key a line."""
    for one in _nodes(node):
        if isinstance(one, MappingNode | SequenceNode):
            one.flow_style = not one.value
    return str(yaml.serialize(node, width=1000, allow_unicode=True))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _nodes(child)


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for _, value in node.value:
            yield value
    elif isinstance(node, SequenceNode):
        yield from node.value


def place_of(node: Node) -> str:
    """Tell from the keys of a fragment where it stands."""
    if isinstance(node, SequenceNode):
        return _place_of_list(node)
    there = keys(node)
    kind = there.get("type")
    if isinstance(kind, ScalarNode) and kind.value in BUILD_STEPS:
        return "CI step"
    if isinstance(kind, ScalarNode) and kind.value in STAGE_TYPES:
        return "stage"
    if "template" in there:
        defined = there.keys() & ROOTS.keys() > {"template"} or _is_definition(there["template"])
        return "document" if defined else "pipeline"
    for place, words in KEYS:
        if there.keys() & set(words.split()):
            return place
    inside = place_of(there["spec"]) if "spec" in there else ""
    return "stage" if inside in {"CI", "Deployment"} else "step"


def _is_definition(template: Node) -> bool:
    return bool(keys(template).keys() & {"type", "identifier"})


def _place_of_list(node: SequenceNode) -> str:
    items = [one for item in node.value for one in (item, *_parallel(item))]
    there = {key for item in items for key in keys(item)}
    place = next((place for place, words in ITEMS if there & set(words.split())), "steps")
    types = [keys(keys(item).get("step")).get("type") for item in items]
    builds = any(kind is not None and kind.value in BUILD_STEPS for kind in types)
    return "CI steps" if place == "steps" and builds else place


def _parallel(item: Node) -> list[Node]:
    inner = keys(item).get("parallel")
    return list(inner.value) if isinstance(inner, SequenceNode) else []


def _placed(node: Node, place: str) -> Node:
    """Put a fragment into a skeleton, a place by name, or into a step of a type."""
    skeleton = PLACES.get(place) or (place if HOLE in place else "")
    if not skeleton:
        kind = "CI" if place in BUILD_STEPS else "Deployment"
        hole = "<<: HERE" if "spec" in keys(node) else "spec: HERE"
        skeleton = (
            f"pipeline: {{stages: [{{stage: {{type: {kind}, spec: {{execution: "
            f"{{steps: [{{step: {{type: {place}, {hole}}}}}]}}}}}}}}]}}"
        )
    return _with(compose(skeleton), node)


def _with(tree: Node, node: Node) -> Node:
    """Put a node where the hole is."""
    if isinstance(tree, SequenceNode):
        tree.value = [one for item in tree.value for one in _items(_with(item, node), item, node)]
    elif isinstance(tree, MappingNode):
        pairs = [(key, _with(value, node)) for key, value in tree.value]
        given = {name for key, value in pairs if key.value == "<<" for name in keys(value)}
        tree.value = [
            one
            for key, value in pairs
            for one in (value.value if key.value == "<<" else [(key, value)])
            if key.value == "<<" or key.value not in given
        ]
    elif tree.value == HOLE:
        return node
    return tree


def _items(made: Node, item: Node, node: Node) -> list[Node]:
    """Return the items of a list that is put into a list, anything else as it is."""
    put = made is node and item is not node and isinstance(node, SequenceNode)
    return list(node.value) if put else [made]


class _Filling:
    """Fills in what a fragment leaves out. `withheld`: not what the counterpart has."""

    def __init__(self, *, withheld: bool) -> None:
        self.withheld = withheld
        self.count = 0

    def document(self, root: Node, other: Node | None) -> None:
        there, theirs = keys(root), keys(other)
        for key in there.keys() & ROOTS.keys():
            self.add(there[key], theirs.get(key), ROOTS[key])
        if "stages" not in keys(there.get("pipeline")):
            self.add(there.get("pipeline"), theirs.get("pipeline"), STAGE_LIST)
        if "source" not in keys(there.get("trigger")):
            self.add(there.get("trigger"), theirs.get("trigger"), SOURCE)
        self.template(there.get("template"), theirs.get("template"))
        self.below(root, other)

    def template(self, node: Node | None, other: Node | None) -> None:
        kind = keys(node).get("type")
        spec, theirs = keys(node).get("spec"), keys(other).get("spec")
        step = keys(spec).get("type")
        if kind is not None and kind.value == "Step" and step is not None:
            self.add(spec, theirs, f"{{spec: {SPECS.get(step.value, '{}')}}}")

    def below(self, node: Node, other: Node | None) -> None:
        if isinstance(node, SequenceNode):
            pairs = list(other.value) if isinstance(other, SequenceNode) else []
            for at, item in enumerate(node.value):
                self.below(item, pairs[at] if at < len(pairs) else None)
        for key, value in keys(node).items():
            fill = {"stage": self.stage, "step": self.step, "stepGroup": self.group}.get(key)
            counterpart = keys(other).get(key)
            if fill is not None and isinstance(value, MappingNode):
                fill(value, counterpart)
            self.below(value, counterpart)

    def add(self, node: Node | None, other: Node | None, text: str) -> None:
        """Add what is missing; below what is there, too."""
        if not isinstance(node, MappingNode):
            return
        theirs = keys(other) if self.withheld else {}
        for key, value in compose(text).value:
            there = keys(node)
            beside = set(ALTERNATIVES.get(key.value, ()))
            if key.value in there:
                self.add(there[key.value], keys(other).get(key.value), written(value))
            elif key.value not in theirs and not beside & (there.keys() | theirs.keys()):
                node.value.append((key, value))

    def name(self, node: Node, other: Node | None) -> None:
        self.count += 1
        self.add(node, other, f"{{name: n{self.count}, identifier: n{self.count}}}")

    def stage(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        spec = keys(node).get("spec")
        self.add(node, other, f"{{type: {stage_type(keys(spec))}}}")
        kind = keys(node).get("type") or keys(other).get("type")
        if kind is None:
            return
        self.add(node, other, f"{{spec: {STAGES.get(kind.value, '{execution: {}}')}}}")
        if kind.value == "Deployment":
            self.add(node, other, f"{{failureStrategies: {FAILURES}}}")
        self.execution(node, other, kind.value)

    def execution(self, stage: Node, other: Node | None, kind: str) -> None:
        execution = keys(keys(stage).get("spec")).get("execution")
        theirs = keys(keys(other).get("spec")).get("execution")
        step = {"CI": "Run", "Approval": "HarnessApproval"}.get(kind, "ShellScript")
        if execution is not None:
            self.add(execution, theirs, f"{{steps: [{{step: {{type: {step}}}}}]}}")

    def group(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        self.add(node, other, "{steps: [{step: {}}]}")

    def step(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        kind = keys(node).get("type") or keys(other).get("type")
        spec = keys(node).get("spec")
        self.add(node, other, f"{{type: {step_type(keys(spec))}}}")
        kind = keys(node).get("type") or kind
        if kind is None:
            return
        self.add(node, other, "{timeout: 10m}" if kind.value != "Wait" else "{}")
        self.add(node, other, f"{{spec: {SPECS.get(kind.value, '{}')}}}")


def stage_type(spec: dict[str, Node]) -> str:
    """Guess the type of a stage from its spec."""
    if spec.keys() & {"service", "services", "environment", "deploymentType", "serviceConfig"}:
        return "Deployment"
    return "CI" if spec.keys() & {"cloneCodebase", "caching", "runtime"} else "Custom"


def step_type(spec: dict[str, Node]) -> str:
    """Guess the type of a step from its spec."""
    known = (("url", "Http"), ("command", "Run"), ("issueKey", "JiraUpdate"))
    named = [kind for key, kind in known if key in spec]
    return named[0] if named else "ShellScript"
