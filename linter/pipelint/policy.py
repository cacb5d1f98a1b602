"""What becomes of findings: levels, ignores, order, identity. The only place that drops any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipelint.config import Settings, level_of
from pipelint.diagnostic import OFF, Diagnostic, Finding, Fix, Suppression
from pipelint.headline import fit
from pipelint.record import NamedTuple
from pipelint.rule import Rule
from pipelint.source import Source, Span
from pipelint.surplus import Gathered

if TYPE_CHECKING:
    from pipelint.ignores import Comment, Extent

__all__ = ["SIGN", "Text", "judge", "level_of"]

Found = tuple[Rule, Finding]
Hidden = list[Suppression | None]
"""What hides each of the findings, if anything."""

SIGN = "pipelint:"
"""Stands in every comment that speaks to pipelint."""

_FNV_START = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3
_FNV_MASK = 0xFFFFFFFFFFFFFFFF


class Text(NamedTuple):
    """What policy must know of a text that was checked.

    `extent` gives the extent of the node that begins at an offset or after it. `route` names the
    place of an offset by the identifiers around it. `home` is the path that fingerprints are made
    with (relative to the root, so that they do not depend on the current folder), else the path of
    the source. `complete` says that every rule has run to its end: only then is it known that an
    ignore hides nothing.
    """

    source: Source
    comments: Sequence[Comment]
    extent: Extent
    route: Callable[[int], str]
    home: str = ""
    complete: bool = True


def judge(
    text: Text, found: Sequence[Found], settings: Settings, *, no_ignores: bool = False
) -> list[Diagnostic]:
    """Turn findings into diagnostics, ordered by position, then rule.

    Rules that are off and repetitions are dropped; what a comment hides stays, and says so.
    """
    kept = _prepare(text.source, found, settings)
    hidden: Hidden = [None] * len(kept)
    if text.comments and not no_ignores:
        kept, hidden = _ignore(text, kept, settings)
    return _identify(text, kept, hidden, settings)


def _prepare(source: Source, found: Sequence[Found], settings: Settings) -> list[Found]:
    """Drop what is off and what is there twice, fit the spans, sort."""
    kept: dict[tuple[str, Span, str], Found] = {}
    for rule, finding in found:
        if level_of(rule, settings) != OFF:
            fitted = _fit(source, finding)
            kept.setdefault((rule.name, fitted.span, fitted.message), (rule, fitted))
    return sorted(kept.values(), key=_place)


def _place(found: Found) -> tuple[Span, str, str]:
    rule, finding = found
    return finding.span, rule.name, finding.message


def _fit(source: Source, finding: Finding) -> Finding:
    span, message, related = source.inside(finding.span), fit(finding.message), finding.related
    if any(_joins_comment(source, fix) for fix in finding.fixes):
        finding = finding._replace(fixes=())
    if not related and (span, message) == (finding.span, finding.message):
        return finding
    if related:
        related = tuple(
            one._replace(span=source.inside(one.span)) if one.path is None else one
            for one in related
        )
    return finding._replace(span=span, message=message, related=related)


def _joins_comment(source: Source, fix: Fix) -> bool:
    """Tell whether a fix would make a comment part of its value: `"a"# b` without the quotes."""
    return any(
        source.text[edit.span.end : edit.span.end + 1] == "#" and edit.text[-1:].strip()
        for edit in fix.edits
    )


def _ignore(text: Text, kept: list[Found], settings: Settings) -> tuple[list[Found], Hidden]:
    """Tell for each finding what hides it; those about the ignores themselves join them."""
    from pipelint.hiding import Hider, complain
    from pipelint.ignores import read

    ignores, wrong = read(text.source, text.comments, text.extent)
    if not ignores and not wrong:
        return kept, [None] * len(kept)
    hider = Hider(text.source, ignores)
    hidden = hider.hide(kept)
    about = Gathered()
    about.add_all(wrong)
    about.add_all(complain(text.source, ignores, settings, unused=text.complete))
    own = _prepare(text.source, about.all(), settings)
    both = list(zip([*kept, *own], [*hidden, *hider.hide(own)], strict=True))
    both.sort(key=lambda one: _place(one[0]))
    return [found for found, _ in both], [by for _, by in both]


def _identify(
    text: Text, kept: list[Found], hidden: Hidden, settings: Settings
) -> list[Diagnostic]:
    path = text.source.path
    seen: dict[tuple[str, str], int] = {}
    made = []
    for (rule, finding), by in zip(kept, hidden, strict=True):
        name, place = rule.name, text.route(finding.span.start)
        ordinal = seen[name, place] = seen.get((name, place), -1) + 1
        mark = fingerprint(name, text.home or path, place, ordinal)
        level = level_of(rule, settings)
        made.append(Diagnostic(path, name, level, finding, mark, by, place, ordinal))
    return made


def fingerprint(rule: str, path: str, route: str, ordinal: int) -> str:
    """Return 16 hexadecimal digits that stay the same when lines move or a message is reworded.

    The digest is FNV-1a of 64 bits over the UTF-8 of the parts, a zero byte between them: importing
    hashlib would cost more than checking a file.
    """
    digest = _FNV_START
    for byte in f"{rule}\0{path}\0{route}\0{ordinal}".encode("utf-8", "surrogatepass"):
        digest = (digest ^ byte) * _FNV_PRIME & _FNV_MASK
    return f"{digest:016x}"
