"""Which finding is hidden by which ignore, and what is wrong with ignores that hide nothing.

Of several ignores that cover a finding the narrowest hides it: one of its line, else the innermost
node's, else the file's. All others are left to hide something else, or are reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.config import Settings, level_of
from pipelint.diagnostic import IGNORE, OFF, Finding, Suppression
from pipelint.ignores import Found, Ignore, Name, clip, name_removal, removal
from pipelint.rule import Rule
from pipelint.source import Source
from pipelint.suppression import INVALID_IGNORE, UNUSED_IGNORE

_HINTS = 20
"""So many unknown names get a near one; a text full of them must not take long."""

_Reach = tuple[int, int, Name]


class Hider:
    """The ignores of a text, by the way in which they are looked up."""

    __slots__ = ("_file", "_lines", "_nodes", "_source")

    def __init__(self, source: Source, ignores: Sequence[Ignore]) -> None:
        self._source = source
        self._file: dict[str, Name] = {}
        self._lines: dict[int, dict[str, Name]] = {}
        self._nodes: list[_Reach] = []
        for ignore in ignores:
            self._add(ignore)
        self._nodes.sort(key=lambda reach: reach[0])

    def _add(self, ignore: Ignore) -> None:
        start, end = ignore.reach
        for name in ignore.names:
            if ignore.whole_file:
                self._file.setdefault(name.text, name)
            elif ignore.by_line:
                line = self._source.position(start).line
                self._lines.setdefault(line, {}).setdefault(name.text, name)
            else:
                self._nodes.append((start, end, name))

    def hide(self, found: Sequence[Found]) -> list[Suppression | None]:
        """Tell for each finding what hides it, if anything; they must be ordered by start."""
        hidden: list[Suppression | None] = []
        opened: dict[str, list[_Reach]] = {}
        coming = 0
        for rule, finding in found:
            start = finding.span.start
            while coming < len(self._nodes) and self._nodes[coming][0] <= start:
                reach = self._nodes[coming]
                opened.setdefault(reach[2].text, []).append(reach)
                coming += 1
            name = self._name_for(rule, finding, opened)
            if name:
                name.used = True
            hidden.append(Suppression(IGNORE, name.reason) if name else None)
        return hidden

    def _name_for(
        self, rule: Rule, finding: Finding, opened: dict[str, list[_Reach]]
    ) -> Name | None:
        keys = (rule.name, *rule.aliases, rule.family)
        tables = (*self._of_lines(finding), _innermost(opened, keys, finding), self._file)
        for table in tables:
            for key in keys:
                if key in table:
                    return table[key]
        return None

    def _of_lines(self, finding: Finding) -> Iterator[dict[str, Name]]:
        if self._lines:
            first = self._source.position(finding.span.start).line
            last = self._source.position(finding.span.end - 1).line
            for line in dict.fromkeys((first, last)):
                yield self._lines.get(line, {})


def _innermost(
    opened: dict[str, list[_Reach]], keys: Sequence[str], finding: Finding
) -> dict[str, Name]:
    """Return the innermost open ignore for each key. What has ended is dropped on the way."""
    found: dict[str, Name] = {}
    for key in keys:
        stack = opened.get(key, [])
        while stack and stack[-1][1] <= finding.span.start:
            stack.pop()
        if stack:
            found[key] = stack[-1][2]
    return found


def complain(
    source: Source, ignores: Sequence[Ignore], settings: Settings, *, unused: bool
) -> Iterator[Found]:
    """Report unknown names, missing reasons, and with `unused` what hides nothing."""
    unknown = 0
    for ignore in ignores:
        idle = []
        for name in ignore.names:
            if name.used:
                continue
            if not settings.book.knows(name.text):
                yield INVALID_IGNORE, _unknown(name, settings, hint=unknown < _HINTS)
                unknown += 1
            elif _runs(name.text, settings):
                idle.append(name)
        if unused and idle:
            yield from ((UNUSED_IGNORE, one) for one in _unused(source, ignore, idle))
        if settings.require_reason and not ignore.reason:
            yield INVALID_IGNORE, _unreasoned(ignore)


def _runs(name: str, settings: Settings) -> bool:
    """Tell whether a rule, or one of a family, is on; those about ignores count as off."""
    rule = settings.book.rule(name)
    if rule and rule.name in {INVALID_IGNORE.name, UNUSED_IGNORE.name}:
        return False
    rules = (rule,) if rule else settings.book.family(name)
    return any(level_of(one, settings) != OFF for one in rules)


def _unknown(name: Name, settings: Settings, *, hint: bool) -> Finding:
    message = f"unknown rule `{clip(name.text)}` in an ignore"
    help_ = settings.book.hint(name.text) if hint else "list all rules with `pipelint rules`"
    return Finding(name.span, message, "hides nothing", help_)


def _unused(source: Source, ignore: Ignore, idle: list[Name]) -> Iterator[Finding]:
    if len(idle) == len(ignore.names):
        names = ", ".join(f"`{clip(name.text)}`" for name in idle[:3])
        more = f" and {len(idle) - 3} more" if len(idle) > 3 else ""  # noqa: PLR2004 - as above
        message = f"this ignore of {names}{more} hides nothing"
        fix = removal(source, ignore)
        yield Finding(ignore.span, message, "nothing to hide", "remove it", fixes=(fix,))
        return
    for name in idle:
        message = f"this ignore of `{clip(name.text)}` hides nothing"
        fix = name_removal(ignore, name)
        yield Finding(name.span, message, "nothing to hide", "remove the name", fixes=(fix,))


def _unreasoned(ignore: Ignore) -> Finding:
    help_ = "say behind the bracket why this is fine here"
    return Finding(ignore.span, "this ignore gives no reason", "no reason given", help_)
