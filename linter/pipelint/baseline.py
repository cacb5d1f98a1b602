"""The baseline: findings that are known already, so that only new ones are reported.

An entry knows its finding by the fingerprint, which stays when lines move. It holds no line number
and no message: a baseline changes only where findings come and go, and never repeats a credential.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from stat import S_ISREG
from typing import Any

from pipelint import __version__
from pipelint.config import ConfigProblem, Settings, level_of
from pipelint.config.root import within
from pipelint.diagnostic import BASELINE, OFF, Diagnostic, Suppression
from pipelint.engine import INTERNAL_ERROR, Checked
from pipelint.policy import fingerprint
from pipelint.record import NamedTuple
from pipelint.source import Source, Span, UndecodableError, decode
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping as MappingNode
from pipelint.yaml.node import Node, Scalar, Sequence

VERSION = 1
SIZE_LIMIT = 20_000_000
"""Longer files, in bytes, are no baseline: that is room for a hundred thousand findings."""

PLACE_LENGTH = 200
"""Code points of a place that are written down; they are for readers, nothing looks them up."""

_AGAIN = "write it anew with `pipelint baseline`"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MARKS = len("<<<<<<<")
_START = Span(0, 1)

_SEARCHED = 1_000_000
"""In longer texts, in code points, the place of a wrong value is not looked for."""


class Entry(NamedTuple):
    """A finding that is known. `path` is relative to the root, `at` names the place for readers."""

    path: str
    rule: str
    at: str
    fingerprint: str


Known = Mapping[str, Entry]
"""The entries of one file, by fingerprint."""


class InvalidBaselineError(ValueError):
    """A text is no baseline; `span` is the place in it, `help` says what to do."""

    def __init__(self, message: str, source: Source, span: Span, help_: str = _AGAIN) -> None:
        super().__init__(message)
        self.help = help_
        self.source = source
        self.span = source.inside(span)


class Baseline:
    """The entries of one baseline, by path, then fingerprint."""

    __slots__ = ("files",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.files: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            self.files.setdefault(entry.path, {})[entry.fingerprint] = entry

    def entries(self) -> list[Entry]:
        """Return all entries."""
        return [entry for known in self.files.values() for entry in known.values()]


# --- which findings are known --------------------------------------------------------------------


def is_recordable(diagnostic: Diagnostic) -> bool:
    """Tell whether a baseline may know a finding: one that is shown, and no bug of ours."""
    return diagnostic.suppressed is None and diagnostic.rule != INTERNAL_ERROR.name


def entry_of(diagnostic: Diagnostic, home: str) -> Entry:
    """Make the entry of a finding; `home` is the path of its file below the root."""
    place = diagnostic.place
    if len(place) > PLACE_LENGTH:
        place = place[:PLACE_LENGTH] + "…"
    return Entry(home, diagnostic.rule, place, diagnostic.fingerprint)


class Comparison(NamedTuple):
    """What a baseline is to the findings of one file.

    `known` are the fingerprints of findings that it knows. `stale` are entries that hide nothing
    any more, `unsure` those of which that cannot be said: a rule that is off, or has not run to its
    end, may find them again.
    """

    known: frozenset[str]
    stale: tuple[Entry, ...]
    unsure: tuple[Entry, ...]


def hide(checked: Checked, entries: Known, home: str, settings: Settings) -> Checked:
    """Suppress what is known of a file, and count the entries that hide nothing any more."""
    if not entries:
        return checked
    known, stale, _ = compare(checked, entries, home, settings)
    diagnostics = tuple(
        one._replace(suppressed=Suppression(BASELINE))
        if one.fingerprint in known and is_recordable(one)
        else one
        for one in checked.diagnostics
    )
    return checked._replace(diagnostics=diagnostics, stale=len(stale))


def compare(checked: Checked, entries: Known, home: str, settings: Settings) -> Comparison:
    """Find the findings that the entries of a file mean."""
    found = [one for one in checked.diagnostics if is_recordable(one)]
    known = {one.fingerprint for one in found} & entries.keys()
    stale, unsure = [], []
    for mark, entry in entries.items():
        if mark in known:
            continue
        renamed = _under_new_name(entry, found, home, settings)
        if renamed:
            known.add(renamed)
        elif checked.checked and checked.complete and _is_on(entry, settings):
            stale.append(entry)
        else:
            unsure.append(entry)
    return Comparison(frozenset(known), tuple(stale), tuple(unsure))


def _under_new_name(
    entry: Entry, found: Iterable[Diagnostic], home: str, settings: Settings
) -> str:
    """Return the fingerprint of the finding that an entry with an older name of a rule means."""
    rule = settings.book.rule(entry.rule)
    if rule is None or rule.name == entry.rule:
        return ""
    for one in found:
        if one.rule == rule.name and _mark(one, home, entry.rule) == entry.fingerprint:
            return one.fingerprint
    return ""


def follow(found: Iterable[Diagnostic], entries: Known, path: str) -> list[Diagnostic]:
    """Return the findings of a file that the entries of another path mean: the file was moved."""
    return [one for one in found if _mark(one, path, one.rule) in entries]


def _mark(one: Diagnostic, home: str, rule: str) -> str:
    """Make the fingerprint that a finding has under another path, or another name of its rule."""
    return fingerprint(rule, home, one.place, one.ordinal)


def _is_on(entry: Entry, settings: Settings) -> bool:
    """Tell whether the rule of an entry runs; a rule that is gone will never find it again."""
    rule = settings.book.rule(entry.rule)
    return rule is None or level_of(rule, settings) != OFF


# --- a baseline on the disk ----------------------------------------------------------------------


def load(path: str, root: str, name: str) -> Baseline | ConfigProblem:
    """Read the baseline at a path, or say what is wrong with it; `name` is how people know it."""
    if not within(os.path.realpath(path), os.path.realpath(root)):
        return ConfigProblem(name, Span(0, 0), "this baseline is a link out of the repository")
    try:
        status = os.stat(path)
        if not S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
            return ConfigProblem(name, Span(0, 0), "this is no baseline of pipelint", _AGAIN)
        with open(path, "rb") as file:
            return read(Source(decode(file.read()), name))
    except InvalidBaselineError as error:
        return ConfigProblem(name, error.span, str(error), error.help, source=error.source)
    except UndecodableError as error:
        return ConfigProblem(name, Span(0, 0), f"this baseline is {error}", _AGAIN)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return ConfigProblem(name, Span(0, 0), f"this baseline cannot be read: {reason}", _AGAIN)


# --- a baseline as text --------------------------------------------------------------------------


def write(entries: Iterable[Entry]) -> str:
    """Write a baseline in ASCII: a line for each entry, sorted, so that merges rarely conflict."""
    rows = [json.dumps(entry._asdict()) for entry in sorted(set(entries))]
    listed = "\n" + ",\n".join(rows) + "\n" if rows else ""
    return (
        f'{{"version": {VERSION}, "pipelint": {json.dumps(__version__)}, "findings": [{listed}]}}\n'
    )


def read(source: Source) -> Baseline:
    """Read a baseline. Raises InvalidBaselineError."""
    try:
        value = json.loads(source.text)
    except json.JSONDecodeError as error:
        raise _not_json(source, error) from None
    except (RecursionError, ValueError):  # nested too deep, a number without end
        raise InvalidBaselineError("this baseline cannot be read", source, _START) from None
    return Baseline(_entries(value, source))


def _not_json(source: Source, error: json.JSONDecodeError) -> InvalidBaselineError:
    at = error.pos
    if source.text.startswith(_CONFLICT, at):
        message, place = "a merge has left a conflict in this baseline", Span(at, at + _MARKS)
        return InvalidBaselineError(message, source, place, f"keep both sides, or {_AGAIN}")
    message = f"this baseline is no JSON: {error.msg.lower()}"
    return InvalidBaselineError(message, source, Span(at, at + 1))


def _entries(value: Any, source: Source) -> Iterator[Entry]:
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        raise InvalidBaselineError("this is no baseline of pipelint", source, _START)
    if value.get("version") != VERSION:
        raise _other_version(value, source)
    for index, row in enumerate(value["findings"]):
        fields = [row.get(name) for name in Entry._fields] if isinstance(row, dict) else [None]
        if not all(isinstance(field, str) for field in fields):
            names = ", ".join(f"`{name}`" for name in Entry._fields)
            message = f"an entry of a baseline has the texts {names}"
            raise InvalidBaselineError(message, source, _place(source, "findings", index))
        yield Entry(*fields)


def _other_version(value: dict[str, Any], source: Source) -> InvalidBaselineError:
    writer = value.get("pipelint")
    by = f" by pipelint {writer}" if isinstance(writer, str) else ""
    message = f"this baseline was written{by} in a form that this version cannot read"
    return InvalidBaselineError(message, source, _place(source, "version"))


def _place(source: Source, *way: str | int) -> Span:
    """Find a value by the keys and indexes that lead to it; JSON is YAML."""
    node: Node | None = parse(source).root if len(source.text) <= _SEARCHED else None
    for step in way:
        if isinstance(node, MappingNode):
            node = node.get(str(step)) or node
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    if node is None:
        return _START
    return node.span if isinstance(node, Scalar) else Span(node.start, node.start + 1)
