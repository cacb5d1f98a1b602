"""Which declared templates a pipeline uses, and how: the server looks at no other."""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.symbols import Symbols
from pipelint.vela.build import TEMPLATE
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Step, Template
from pipelint.vela.values import Text, is_null
from pipelint.yaml.node import Mapping, Scalar

BY_STEP, BY_DEPLOYMENT, INLINE = "step", "deployment", "inline"
"""How a template is used. `metadata.render_inline` uses all of them, in this way alone."""


class Use(NamedTuple):
    """The first use of a declared template; `span` is the name where it is used."""

    template: Template
    how: str
    span: Span


def declared(pipeline: Pipeline) -> dict[str, Template]:
    """Return the templates by name; of several with one name the last counts."""
    return {one.name.value: one for one in pipeline.templates if one.name}


_latest: list[tuple[Pipeline, list[Use]]] = []


def uses(pipeline: Pipeline) -> list[Use]:
    """Return each declared template that is used, once; many rules ask one after the other."""
    if not pipeline.templates:
        return []
    if not _latest or _latest[0][0] is not pipeline:
        _latest[:] = [(pipeline, _find_uses(pipeline))]
    return _latest[0][1]


def _find_uses(pipeline: Pipeline) -> list[Use]:
    if pipeline.render_inline:
        return [Use(one, INLINE, _place(one)) for one in pipeline.templates]
    found: dict[str, Use] = {}
    templates = declared(pipeline)
    for name, how in called_names(pipeline):
        if name.value in templates:
            found.setdefault(name.value, Use(templates[name.value], how, name.span))
    return list(found.values())


def called_names(pipeline: Pipeline) -> list[tuple[Text, str]]:
    """Return the names in all calls, each with how it is called."""
    names = [(step.template.name, BY_STEP) for step in pipeline.steps if step.template]
    if pipeline.deployment_template:
        names.append((pipeline.deployment_template.name, BY_DEPLOYMENT))
    return [(name, how) for name, how in names if name]


def replaces(step: Step, pipeline: Pipeline) -> bool:
    """Tell whether the server puts a template in the place of a step."""
    called = step.template and step.template.name
    return bool(called and pipeline.templates and not pipeline.render_inline)


def may_bring_more(pipeline: Pipeline) -> bool:
    """Tell whether templates may add steps and secrets to what is written in the pipeline."""
    inline = pipeline.render_inline and bool(pipeline.templates)
    return inline or any(step.template for step in pipeline.steps)


def are_all_known(context: Context) -> bool:
    """Tell whether every declaration of a template can be seen."""
    symbols: Symbols = context.symbols
    return not (context.templated or TEMPLATE in symbols.open_kinds or context.tree.problems)


def lacks(node: Mapping, key: str) -> bool:
    """Tell whether the value of a key is surely absent or empty."""
    value = node.get(key)
    if node.broken or (isinstance(value, Scalar) and value.broken):
        return False
    return is_null(value) or (isinstance(value, Scalar) and not value.text)


def first_key(node: Mapping) -> Span:
    """Return the first key of a mapping: the place to report what the mapping lacks."""
    keys = (key for key, _ in node.pairs if isinstance(key, Scalar))
    return next((key.span for key in keys), node.span)


def _place(template: Template) -> Span:
    return template.name.span if template.name else first_key(template.node)
