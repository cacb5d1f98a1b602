"""Nodes into the model and the symbols of a Vela pipeline: one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pipelint.source import Span
from pipelint.symbols import Definition, Reference, Symbols
from pipelint.vela.model import (
    RULES,
    Container,
    Environment,
    Origin,
    Pipeline,
    Rules,
    Ruleset,
    Secret,
    SecretUse,
    Service,
    Stage,
    Step,
    Template,
    TemplateCall,
    Variable,
)
from pipelint.vela.values import Text, flag_of, has_entries, is_filled, is_null, text_of, texts_of
from pipelint.yaml.node import MERGE, Field, Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import inner, items_of, mapping_of

NO_ENVIRONMENT = Environment((), certain=True)

STAGE, STEP, SERVICE, SECRET, TEMPLATE, ORIGIN = (
    "stage", "step", "service", "secret", "template", "origin",
)  # fmt: skip
"""The kinds of symbols."""

PARTS_LIMIT = 25_000
"""So many stages, steps and the like are read; a pipeline of 50 000 lines has a fifth of them."""

SHARED_LIMIT = 100_000
"""So many items are met again through aliases, with which a short text has any number of them."""

Made = TypeVar("Made")


class _Walk:
    """The walk through one document: what it records, and what it made of shared nodes.

    A block that many steps share through an alias is read once, and its references count once;
    without `aliases` nothing is shared. `unread` is the first node that was one too many.
    """

    __slots__ = ("_aliases", "_made", "_met", "_parts", "_shared", "symbols", "unread")

    def __init__(self, *, aliases: bool) -> None:
        self.symbols = Symbols()
        self._aliases = aliases
        self.unread: Node | None = None
        self._parts = self._shared = 0
        self._met: set[int] = set()
        self._made: dict[tuple[int, str], Any] = {}

    def once(self, node: Node | None, what: str, make: Callable[[Any], Made]) -> Made:
        """Return what `make` makes of a node, or has made of it before."""
        if node is None or not self._aliases:
            return make(node)
        key = (id(node), what)
        if key not in self._made:
            self._made[key] = make(node)
        made: Made = self._made[key]
        return made

    def mappings(self, node: Node | None) -> Iterator[Mapping]:
        """Give the mappings of a list, as long as there are not too many in all."""
        for item in items_of(node):
            if isinstance(item, Mapping):
                self.enter(item)
                if self.unread is not None:
                    return
                yield item

    def enter(self, node: Mapping) -> None:
        """Count a part of the document, and what it shares with others."""
        self._parts += 1
        if self._parts > PARTS_LIMIT:
            self.unread = self.unread or node
        self.share(node)

    def share(self, node: Mapping | None) -> None:
        """Count what stands in a mapping and has been met elsewhere."""
        if not self._aliases or node is None:
            return
        for _, value in node.fields.values():
            if isinstance(value, Scalar):
                continue
            if id(value) in self._met:
                self._shared += len(value.items if isinstance(value, Sequence) else value.fields)
            else:
                self._met.add(id(value))
        if self._shared > SHARED_LIMIT:
            self.unread = self.unread or node

    def asked(self, node: Node | None) -> tuple[SecretUse, ...]:
        """Read the secrets that a container asks for, and record that it does."""
        uses = tuple(_secret_uses(node))
        for use in uses:
            self.symbols.refer(Reference(SECRET, use.source.value, use.source.span))
        return uses


def build(root: Mapping, *, is_template: bool, aliases: bool = True) -> Pipeline:
    """Make the model of a document. `<<` must have been applied to its mappings.

    `aliases` says whether the document has any.
    """
    walk = _Walk(aliases=aliases)
    symbols = walk.symbols
    metadata = mapping_of(root.get("metadata"))
    stages = tuple(_stages(root, walk))
    secrets = tuple(_secrets(root, walk))
    templates = tuple(_templates(root, walk))
    steps = tuple(_steps(root, stages, walk))
    services = tuple(_services(root, walk))
    _mark_open(root, walk, steps)
    return Pipeline(
        node=root,
        is_template=is_template,
        environment=environment_of(root.get("environment")),
        stages=stages,
        steps=steps,
        services=services,
        secrets=secrets,
        templates=templates,
        deployment_template=_deployment_template(root, symbols),
        render_inline=bool(metadata and flag_of(metadata.get("render_inline"))),
        clone=not metadata or flag_of(metadata.get("clone")) is not False,
        symbols=symbols,
        unread=walk.unread,
    )


def _mark_open(root: Mapping, walk: _Walk, steps: tuple[Step, ...]) -> None:
    """Say of which kinds there may be definitions that cannot be seen here."""
    symbols = walk.symbols
    if walk.unread is not None:
        symbols.open_kinds.update({STAGE, STEP, SERVICE, SECRET, TEMPLATE, ORIGIN})
    for kind, key in ((STAGE, "stages"), (SECRET, "secrets"), (TEMPLATE, "templates")):
        block = root.get(key)
        if root.broken if block is None else getattr(block, "broken", False):
            symbols.open_kinds.add(kind)
    if any(step.template for step in steps) or root.get("templates") is not None:
        symbols.open_kinds.update({STEP, SERVICE})


# --- stages and steps ----------------------------------------------------------------------------


def _stages(root: Mapping, walk: _Walk) -> Iterator[Stage]:
    symbols = walk.symbols
    block = mapping_of(root.get("stages"))
    for position, (key, value) in enumerate(block.pairs if block else ()):
        node = _nothing(value) if is_null(value) and not value.broken else value
        if not isinstance(key, Scalar) or not isinstance(node, Mapping) or key.text == MERGE:
            continue
        walk.enter(node)
        if walk.unread is not None:
            return
        name = text_of(node.get("name")) or Text(key.text, key)
        needs = walk.once(node.get("needs"), "needs", texts_of)
        symbols.define(Definition(STAGE, name.value, name.span, node))
        for need in needs:
            symbols.refer(Reference(STAGE, need.value, need.span, name.value))
        environment = walk.once(node.get("environment"), "environment", environment_of)
        yield Stage(key, node, name, tuple(needs), environment, position)


def _nothing(value: Node) -> Mapping:
    """Return what stands for a stage that is null: one without anything."""
    return Mapping(value.start, None, None)


def _steps(root: Mapping, stages: tuple[Stage, ...], walk: _Walk) -> Iterator[Step]:
    for node in walk.mappings(root.get("steps")):
        yield _step(node, None, walk)
    for stage in stages:
        for node in walk.mappings(stage.node.get("steps")):
            yield _step(node, stage, walk)


def _step(node: Mapping, stage: Stage | None, walk: _Walk) -> Step:
    container = _container("step", node, walk)
    _define(STEP, container, walk.symbols, stage.name.value if stage else "")
    return Step(container, stage, _call(node, walk.symbols))


def _services(root: Mapping, walk: _Walk) -> Iterator[Service]:
    for node in walk.mappings(root.get("services")):
        container = _container("service", node, walk)
        _define(SERVICE, container, walk.symbols)
        yield Service(container)


def _define(kind: str, container: Container, symbols: Symbols, scope: str = "") -> None:
    name = container.name
    if name:
        symbols.define(Definition(kind, name.value, name.span, container.node, scope))


def _container(what: str, node: Mapping, walk: _Walk) -> Container:
    return Container(
        what=what,
        node=node,
        name=text_of(node.get("name")),
        image=text_of(node.get("image")),
        ruleset=_ruleset(node, walk),
        environment=walk.once(node.get("environment"), "environment", environment_of),
        secrets=walk.once(node.get("secrets"), "secrets", walk.asked),
    )


# --- secrets -------------------------------------------------------------------------------------


def _secret_uses(node: Node | None) -> Iterator[SecretUse]:
    for item in items_of(node) if isinstance(node, Sequence) else [node]:
        if isinstance(item, Mapping):
            source = text_of(item.get("source"))
            if source:
                yield SecretUse(source, text_of(item.get("target")))
        elif text := text_of(item):
            yield SecretUse(text, None)


def _secrets(root: Mapping, walk: _Walk) -> Iterator[Secret]:
    symbols = walk.symbols
    for node in walk.mappings(root.get("secrets")):
        origin = _origin(node, walk)
        name = text_of(node.get("name"))
        if name and not (origin and not origin.empty):
            symbols.define(Definition(SECRET, name.value, name.span, node))
        yield Secret(node, name, origin)


def _origin(secret: Mapping, walk: _Walk) -> Origin | None:
    key, node = secret.key("origin"), secret.get("origin")
    if key is None or not isinstance(node, Mapping):
        return None
    walk.share(node)
    container = _container("secret origin", node, walk)
    _define(ORIGIN, container, walk.symbols)
    return Origin(container, key, is_empty_origin(node))


def is_empty_origin(origin: Mapping) -> bool:
    """Tell whether the server takes an origin to be none: these keys alone decide.

    An empty map of variables or parameters is there; an empty list of secrets is not.
    """
    if origin.broken or has_entries(origin.get("secrets")):
        return False
    return all(is_null(origin.get(key)) for key in ("environment", "parameters")) and not any(
        is_filled(origin.get(key)) for key in ("image", "name", "pull")
    )


# --- templates -----------------------------------------------------------------------------------


def _templates(root: Mapping, walk: _Walk) -> Iterator[Template]:
    symbols = walk.symbols
    for node in walk.mappings(root.get("templates")):
        name = text_of(node.get("name"))
        if name:
            symbols.define(Definition(TEMPLATE, name.value, name.span, node))
        yield Template(
            node,
            name,
            text_of(node.get("source")),
            text_of(node.get("type")),
            text_of(node.get("format")),
        )


def _call(owner: Mapping, symbols: Symbols) -> TemplateCall | None:
    key, node = owner.key("template"), owner.get("template")
    if key is None or not isinstance(node, Mapping):
        return None
    name = text_of(node.get("name"))
    if name:
        symbols.refer(Reference(TEMPLATE, name.value, name.span))
    return TemplateCall(node, key, name)


def _deployment_template(root: Mapping, symbols: Symbols) -> TemplateCall | None:
    deployment = mapping_of(root.get("deployment"))
    return _call(deployment, symbols) if deployment else None


# --- rulesets and environments -------------------------------------------------------------------


def _ruleset(owner: Mapping, walk: _Walk) -> Ruleset | None:
    key, node = owner.key("ruleset"), owner.get("ruleset")
    if key is None or not isinstance(node, Mapping):
        return None
    return walk.once(node, "ruleset", lambda rules: _read_ruleset(key, rules, walk))


def _read_ruleset(key: Scalar, node: Mapping, walk: _Walk) -> Ruleset:
    when, unless = mapping_of(node.get("if")), mapping_of(node.get("unless"))
    for part in (node, when, unless):
        walk.share(part)
    broken = node.broken or (when and when.broken) or (unless and unless.broken)
    return Ruleset(
        node=node,
        key=key,
        when=_rules("if", [when, node], node),
        unless=_rules("unless", [unless], node) if unless else _NO_RULES,
        certain=not broken,
    )


_NO_RULES = Rules("unless", {}, {}, None, "and", "filepath")


def _rules(side: str, parts: list[Mapping | None], ruleset: Mapping) -> Rules:
    """Read rules as the server adds them up: flat ones after those of `if`, flat `eval` first."""
    texts: dict[str, list[Text]] = {}
    keys: dict[str, list[Scalar]] = {}
    evaluation = None
    for part in parts:
        for name, (key, value) in part.fields.items() if part else ():
            if name == "eval":
                evaluation = text_of(value) or evaluation
            elif name in RULES and (found := texts_of(value)):
                texts.setdefault(name, []).extend(found)
                keys.setdefault(name, []).append(key)
    if not texts and evaluation is None:
        return Rules(side, texts, keys, None, "and", "filepath")
    own = parts[0]
    return Rules(side, texts, keys, evaluation, _operator(own, ruleset), _matcher(own, ruleset))


def _operator(own: Mapping | None, ruleset: Mapping) -> str:
    text = _inherited("operator", own, ruleset)
    return "or" if text and text.value.lower() == "or" else "and"


def _matcher(own: Mapping | None, ruleset: Mapping) -> str:
    text = _inherited("matcher", own, ruleset)
    return "regexp" if text and text.value in {"regexp", "regex"} else "filepath"


def _inherited(key: str, own: Mapping | None, ruleset: Mapping) -> Text | None:
    return (text_of(own.get(key)) if own else None) or text_of(ruleset.get(key))


def environment_of(node: Node | None) -> Environment:
    """Read the variables of an `environment:`, written in any of its three forms."""
    if node is None:
        return NO_ENVIRONMENT
    if isinstance(node, Mapping):
        variables = tuple(_variables(node.fields))
        return Environment(variables, certain=not node.broken)
    items = node.items if isinstance(node, Sequence) else [node]
    texts = texts_of(node)
    found = tuple(variable for text in texts if (variable := _assignment(text)))
    return Environment(found, certain=len(found) == len(items) or is_null(node))


def _variables(fields: dict[str, Field]) -> Iterator[Variable]:
    for name, (key, value) in fields.items():
        if name != MERGE:
            yield Variable(name, inner(key), text_of(value))


def _assignment(text: Text) -> Variable | None:
    """Read `NAME=value`; the value keeps the node of the whole text."""
    name, equals, value = text.value.partition("=")
    if not equals:
        return None
    start = text.span.start
    return Variable(name, Span(start, start + len(name)), Text(value, text.node))
