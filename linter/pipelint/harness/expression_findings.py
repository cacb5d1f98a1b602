"""What is wrong with the expressions of a document: one pass over them, for all rules together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelint.diagnostic import Finding
from pipelint.expressions.paths import is_sound, is_sound_condition
from pipelint.expressions.types import Scope
from pipelint.expressions.vocabulary import TOKEN
from pipelint.harness.context import Context
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.scope.scopes import Scopes


def findings_of(context: Context) -> Iterable[tuple[str, Finding]]:
    """Judge the expressions of a document; give each finding with the name of its rule.

    Most documents have nothing but plain paths that lead somewhere: they never import the rest.
    """
    odd = list(_odd_ones(context))
    if not odd:
        return ()
    from pipelint.harness.expression_problems import judge

    return judge(odd, context.source.text)


def _odd_ones(context: Context) -> Iterator[tuple[Written, Scope]]:
    """Give each text that needs a closer look, with what is in reach there."""
    scopes = Scopes(context)
    for written in expressions_of(context):
        text = written.scalar.text
        if text == TOKEN:
            continue  # every other expression, and nothing can be wrong with it
        scope = scopes.of(written)
        glance = is_sound_condition if written.is_condition else is_sound
        if not glance(text, scope):
            yield written, scope
