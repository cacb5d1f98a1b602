"""What a caller must know of a template file of the same repository, and ways down through them."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelint.outside import FOUND, Document, Outside
from pipelint.record import NamedTuple
from pipelint.source import Source
from pipelint.vela.build import build
from pipelint.vela.calls import BY_STEP, called_names
from pipelint.vela.model import Pipeline, Template
from pipelint.vela.template_source import ending, read
from pipelint.vela.values import is_filled
from pipelint.yaml import merge, parse
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence, Tree

_CONTROL = re.compile(r"\{\{-?\s*(?:block|break|continue|define|else|end|if|range|template|with)\b")
"""Actions that decide whether the text behind them is there."""


class Outline(NamedTuple):
    """A template file without what is inside its steps.

    `keys` are the blocks that hold something; None where the text is no map. `certain`: what is
    there is there in every rendering. `complete`: what is not there is in none.
    """

    keys: frozenset[str] | None
    render_inline: bool
    templates: tuple[Template, ...]
    called: frozenset[str]
    certain: bool
    complete: bool


class Link(NamedTuple):
    """A template on a way down: the name it is used by, and the answer to where it is."""

    name: str
    document: Document


def link_of(template: Template, outside: Outside) -> Link | None:
    """Look a template up: in the repository, or a copy of a remote one beside the pipeline."""
    kind, source = template.type, template.source
    if kind is None or source is None:
        return None
    name = template.name.value if template.name else source.value
    if kind.value.lower() == "file":
        return Link(name, outside.file(source.value))
    remote = read(source.value) if kind.value.lower() == "github" else None
    return Link(name, outside.copy_of(remote.path.rpartition("/")[2])) if remote else None


def outline_of(template: Template, document: Document) -> Outline | None:
    """Read a template that was found; None for what was not, and for Starlark that says little."""
    if template.source is None or document.state != FOUND or document.source is None:
        return None
    written = template.format.value if template.format else "go"
    starlark = ending(template.source.value) in {".star", ".py"}
    if starlark != (written == "starlark"):
        return None
    return _read_starlark(document.source) if starlark else _read(document.source)


@lru_cache(maxsize=256)
def _read_starlark(source: Source) -> Outline | None:
    from pipelint.vela.starlark import blocks

    keys = blocks(source.text)
    if keys is None:
        return None
    return Outline(keys, False, (), frozenset(), certain=True, complete=False)  # noqa: FBT003


@lru_cache(maxsize=256)
def _read(source: Source) -> Outline:
    """Read a text once, however many rules and files ask for it."""
    tree, actions = _tree(source)
    root = tree.root
    sound = not tree.problems and not getattr(root, "broken", False)
    complete = sound and not actions
    certain = not _CONTROL.search(source.text) if actions else sound
    if not isinstance(root, Mapping):
        return Outline(None, False, (), frozenset(), certain, complete)  # noqa: FBT003
    merge.apply(tree)
    pipeline = build(root, is_template=True)
    return Outline(
        keys=frozenset(key for key, (_, value) in root.fields.items() if _holds(value)),
        render_inline=pipeline.render_inline,
        templates=pipeline.templates,
        called=_called(pipeline),
        certain=certain,
        complete=complete,
    )


def _tree(source: Source) -> tuple[Tree, bool]:
    """Read a text; with Go template actions in it, what they make is left out."""
    if "{{" not in source.text:
        return parse(source), False
    from pipelint.vela import gotemplate

    return gotemplate.read(source), True


def _holds(value: Node) -> bool:
    """Tell whether a block holds something that can be seen."""
    if isinstance(value, Mapping):
        return bool(value.fields)
    items = value.items if isinstance(value, Sequence) else [value]
    return any(is_filled(item) and not (isinstance(item, Scalar) and item.broken) for item in items)


def _called(pipeline: Pipeline) -> frozenset[str]:
    return frozenset(name.value for name, how in called_names(pipeline) if how == BY_STEP)


def way_down(template: Template, limit: int, outside: Outside, *, inline: bool) -> tuple[Link, ...]:
    """Return a way to a template that comes round to itself, or is nested too deep; else nothing.

    The first link is `template`. The last is the one that stood before, or one that declares
    templates of its own though it lies `limit` deep: the server stops there, used or not.
    """
    start = _step(template, outside)
    ways: list[tuple[_Step, ...]] = [(start,)] if start else []
    while ways:
        following: list[tuple[_Step, ...]] = []
        reached: set[str] = set()
        for way in ways:
            if not _goes_on(way[-1].outline, inline=inline):
                continue
            if len(way) >= limit:
                return tuple(step.link for step in way)
            for inner in _inner(way[-1].outline, outside, inline=inline):
                path = inner.link.document.path
                if any(step.link.document.path == path for step in way):
                    return tuple(step.link for step in (*way, inner))
                if path not in reached:
                    reached.add(path)
                    following.append((*way, inner))
        ways = following
    return ()


class _Step(NamedTuple):
    link: Link
    outline: Outline


def _step(template: Template, outside: Outside) -> _Step | None:
    link = link_of(template, outside)
    outline = outline_of(template, link.document) if link else None
    return _Step(link, outline) if link and outline else None


def _goes_on(outline: Outline, *, inline: bool) -> bool:
    """Tell whether the server expands the templates that a template declares."""
    return outline.certain and bool(outline.templates) and (outline.render_inline or not inline)


def _inner(outline: Outline, outside: Outside, *, inline: bool) -> list[_Step]:
    by_name = {one.name.value: one for one in outline.templates if one.name}
    called = [one for name, one in by_name.items() if name in outline.called]
    steps = [_step(one, outside) for one in (outline.templates if inline else called)]
    return [step for step in steps if step]
