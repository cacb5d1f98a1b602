"""Vela as the engine sees it: is a document ours, what does its schema find, which nodes has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import Finding
from pipelint.document import Document, Surroundings
from pipelint.security.script import Script, Subject
from pipelint.source import Source, Span
from pipelint.vela import gotemplate, kind
from pipelint.vela.build import PARTS_LIMIT, SHARED_LIMIT, build
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline
from pipelint.vela.shape import check_shape, json_type
from pipelint.vela.slips import join
from pipelint.yaml import merge
from pipelint.yaml.node import Mapping, Node, Problem, Tree

_KINDS = frozenset({kind.PIPELINE, kind.TEMPLATE})

TEMPLATED = "Go template actions were left out: what they make is not checked"


def read(source: Source, tree: Tree, around: Surroundings) -> Document | None:
    """Read a text as a pipeline or a template of Vela; None when it is neither."""
    found = around.kind or kind.of_path(source.path) or kind.of_content(tree.root, source.path)
    if found not in _KINDS:
        return None
    found = around.kind or kind.refine(found, tree.root)
    if tree.problems:
        from pipelint.yaml.ending import only_first

        tree = only_first(tree, source)
    _note_byte_order_marks(tree, source)
    if not tree.templated and gotemplate.OPEN in source.text and _has_actions(source, tree, found):
        tree = gotemplate.read(source)
    if tree.templated:
        found = around.kind or kind.refine(found, tree.root, templated=True)
    return _document(source, tree, found, around)


def read_templated(source: Source, around: Surroundings) -> Tree | None:
    """Read a text that is no YAML without its actions; None when its path does not say it is ours.

    Of several documents only the first counts: whether the actions are in it is not known yet.
    """
    found = around.kind or kind.of_path(source.path)
    text = source.text
    if found not in _KINDS or gotemplate.OPEN not in text or "\n---" in text or "\n..." in text:
        return None
    return gotemplate.read(source)


def _has_actions(source: Source, tree: Tree, found: str) -> bool:
    """Tell whether a text with `{{` is to be rendered before it is read."""
    return bool(tree.problems) or found == kind.TEMPLATE or gotemplate.is_value(tree, source.text)


def _document(source: Source, tree: Tree, found: str, around: Surroundings) -> Document:
    root = tree.root
    merge.apply(tree, without=_stages(root))
    _allow_repeated_stages(tree)
    shape = (
        _shape(root, found, around, shared=bool(tree.aliases)) if isinstance(root, Mapping) else []
    )
    is_template = found == kind.TEMPLATE
    pipeline = build(_root(root), is_template=is_template, aliases=bool(tree.aliases))
    unread = _unread(tree, shape)
    shape, told = join(shape, pipeline)
    _with_version(shape, tree, source)
    if pipeline.unread is not None:
        tree.problems.append(_too_much(pipeline.unread))
    context = Context(
        source=source,
        tree=tree,
        pipeline=pipeline,
        outside=around.outside,
        limits=around.limits,
        known_secrets=tuple(around.known_secrets),
        options=around.options,
        unread=unread,
        told=told,
        templated=tree.templated,
    )
    note = TEMPLATED if tree.templated else ""
    nodes = [*_nodes(tree, pipeline), _subject(context)]
    return Document(found, tree, shape, nodes, context, note)


def _too_much(node: Node) -> Problem:
    return Problem(
        Span(node.start, node.start + 1),
        "this pipeline has too many parts to be checked",
        "not checked from here on",
        f"at most {PARTS_LIMIT} stages, steps and the like, and {SHARED_LIMIT} items by aliases",
    )


def _shape(
    root: Mapping, found: str, around: Surroundings, *, shared: bool
) -> list[tuple[str, Finding]]:
    """Return what the user's schema and the catalogue say; the notes of the latter stay."""
    own: list[tuple[str, Finding]] = []
    if around.schema is not None:
        from pipelint.schema.user import judge

        own = judge(around.schema, root, json_type)
    ours = check_shape(root, found, shared=shared)
    return [*own, *(named for named in ours if not _is_replaced(*named))]


def _with_version(shape: list[tuple[str, Finding]], tree: Tree, source: Source) -> None:
    """Let the finding that there is no version offer to write one."""
    for number, (rule, finding) in enumerate(shape):
        if rule == "missing-version" and isinstance(tree.root, Mapping):
            from pipelint.vela.version import with_fix

            shape[number] = rule, with_fix(finding, tree.root, source)


def _is_replaced(rule: str, finding: Finding) -> bool:
    """Tell whether an unknown value is one that Vela replaces before it looks."""
    return rule == "unknown-value" and "`${" in finding.message


def _unread(tree: Tree, shape: list[tuple[str, Finding]]) -> frozenset[int]:
    """Return where the keys are that Vela does not know: it does not read their values."""
    if not isinstance(tree.root, Mapping):
        return frozenset()
    unknown = {finding.span.start for rule, finding in shape if rule == "unknown-key"}
    fields = tree.root.fields.items()
    own = {key.start for name, (key, _) in fields if name not in kind.ROOT_KEYS}
    return frozenset(unknown | own)


def _root(root: Node | None) -> Mapping:
    """Return the mapping to build a model of; an unreadable one where there is none."""
    if isinstance(root, Mapping):
        return root
    nothing = Mapping(0, None, None, flow=False)
    nothing.broken = True
    return nothing


def _stages(root: Node | None) -> tuple[Node, ...]:
    """Return the map of stages: directly in it `<<` is no merge, but the name of a stage."""
    stages = root.get("stages") if isinstance(root, Mapping) else None
    return (stages,) if stages is not None else ()


_MARK = re.compile("^(?:\ufeff[ \\t]*)(?=#|[\r\n]|\\Z)", re.MULTILINE)


def _note_byte_order_marks(tree: Tree, source: Source) -> None:
    """Report a line of nothing but a byte order mark: Go's reader takes it for a text."""
    found = _MARK.search(source.text) if "\n\ufeff" in source.text else None
    if found is None:
        return
    from pipelint.yaml.ending import end_of_first, is_in_scalar

    end = end_of_first(tree, source.text)
    if is_in_scalar(tree, found.start()) or (end is not None and end < found.start()):
        return
    problem = Problem(
        Span(found.start(), found.start() + 1),
        "a byte order mark (U+FEFF) stands on a line of its own",
        "Vela takes it for text",
        "remove this line; editors do not show what is on it",
    )
    tree.problems = sorted([*tree.problems, problem])


def _allow_repeated_stages(tree: Tree) -> None:
    """Leave a stage that stands twice to the rules of Vela, which drops stages without steps."""
    stages = _stages(tree.root)
    tree.repeated = [repeated for repeated in tree.repeated if repeated.mapping not in stages]


def _subject(context: Context) -> Subject:
    """Return a document as the rules about security see it; few files need their scripts."""

    def gather() -> list[Script]:
        from pipelint.vela.scripts import scripts_of

        return list(scripts_of(context))

    return Subject(context.source.text, context.tree, gather)


def _nodes(tree: Tree, pipeline: Pipeline) -> Iterator[Any]:
    yield tree
    yield pipeline
    yield from pipeline.templates
    yield from pipeline.secrets
    yield from (secret.origin for secret in pipeline.secrets if secret.origin)
    yield from pipeline.services
    yield from pipeline.stages
    yield from pipeline.steps
    yield from pipeline.containers
    # a ruleset that an alias shares is one
    rulesets = {id(c.ruleset): c.ruleset for c in pipeline.containers if c.ruleset}
    yield from rulesets.values()
