"""What to offer somebody who used a name that nothing defines."""

from __future__ import annotations

from itertools import islice

from pipelint.diagnostic import Edit, Fix, Related
from pipelint.name import nearest
from pipelint.record import NamedTuple
from pipelint.symbols import Symbols
from pipelint.vela.values import Text

MOST_COMPARED = 8
"""For how many unknown names near ones are looked for: each walks over all known names."""


class Offer(NamedTuple):
    """The parts of a finding that lead to a near name; empty where there is none."""

    help: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()


NOTHING = Offer()


def offer(text: Text, kind: str, symbols: Symbols) -> Offer:
    """Look for names near to an unknown one; a single one is offered as an unsafe fix."""
    names = nearest(text.value, symbols.names(kind))
    if not names:
        return NOTHING
    best = names[0]
    fix = Fix(f"replace `{text.value}` with `{best}`", (Edit(text.span, best),), safe=False)
    return Offer(
        f"a {kind} with a similar name exists: `{best}`",
        (Related(symbols.find(kind, best)[0].span, "similar name here"),),
        (fix,) if len(names) == 1 else (),
    )


def probably_meant(kind: str, symbols: Symbols) -> set[str]:
    """Return the names that misspelt ones of a kind stand for: they are used, in a way."""
    names = symbols.names(kind)
    unknown = islice(symbols.unknown(kind), MOST_COMPARED)
    return {near for use in unknown for near in nearest(use.name, names)}
