"""Templates of type `file` that a pipeline uses, with what their files hold.

Nothing is known of what a template file uses itself: in which repository those files lie depends
on the pipeline that uses the template.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import Related
from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.vela.calls import INLINE, Use, uses
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline
from pipelint.vela.outline import Link, Outline, link_of, outline_of


class Local(NamedTuple):
    """A use of a template whose file could be read."""

    use: Use
    link: Link
    outline: Outline

    @property
    def name(self) -> str:
        """The name it is declared under, or its source."""
        return self.link.name

    @property
    def note(self) -> tuple[str, ...]:
        """Where it is, for people."""
        return (f"the template is `{self.link.document.path}`",)

    @property
    def source(self) -> Span:
        """The place of its source in the pipeline."""
        source = self.use.template.source
        return source.span if source else self.use.span


def readable(pipeline: Pipeline, context: Context, how: str) -> Iterator[Local]:
    """Give the templates that a pipeline uses in one way, if their files could be read."""
    if pipeline.is_template or context.templated:
        return
    for use in uses(pipeline):
        link = link_of(use.template, context.outside) if use.how == how else None
        outline = outline_of(use.template, link.document) if link else None
        if link and outline:
            yield Local(use, link, outline)


def used_here(use: Use) -> tuple[Related, ...]:
    """Name the place of a call; a template that is rendered inline has none."""
    return (Related(use.span, "used here"),) if use.how != INLINE else ()
