"""SARIF 2.1.0, which code scanning reads. What is hidden is a result too: a suppressed one.

Lines and columns are 1-based, in code points; the end is exclusive. Trouble of pipelint itself is
no result but a notification, and so is a file that was not checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelint import __version__
from pipelint.diagnostic import BASELINE, ERROR, IGNORE, INFO, OFF, WARNING, Diagnostic, Fix
from pipelint.engine import INTERNAL_ERROR
from pipelint.report import docs
from pipelint.report.as_json import list_lines, range_of
from pipelint.report.drawing import printable
from pipelint.report.masking import hide_secrets
from pipelint.report.rule_help import descriptors
from pipelint.report.run import FileReport, Run, clamped, files_by_path, ordered, sources_of
from pipelint.report.telling import tell
from pipelint.report.terminal import PLAIN, Style
from pipelint.report.uri import uri_of
from pipelint.source import Source, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note", OFF: "none"}
KINDS = {IGNORE: "inSource", BASELINE: "external"}
ROOT = "%SRCROOT%"
"""Stands for the root of the repository; whoever reads the report knows where that is."""

FINGERPRINT = "pipelint/v1"
UNREAD, UNCHECKED = "unreadable-file", "unchecked-file"
NOTIFICATIONS = {
    INTERNAL_ERROR.name: "A rule of pipelint failed on a file.",
    UNREAD: "A file could not be read.",
    UNCHECKED: "A file was not checked.",
}

Json = dict[str, Any]
Found = tuple[FileReport, Diagnostic]


def render(run: Run, _: Style = PLAIN) -> Iterator[str]:
    """Yield one JSON object in ASCII, with a line for each rule, file and result."""
    hidden = hide_secrets(run)
    found = list(ordered(hidden, run.show_hidden is not False))
    results = [one for one in found if not _is_internal(one)]
    notified = [*_notifications(hidden), *_internal_errors(found)]
    rules = {name: at for at, name in enumerate(sorted({one.rule for _, one in results}))}
    sources = sources_of(hidden)
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {{"driver": {{{json.dumps(_driver())[1:-1]},'
    yield from list_lines("notifications", [_notion(*one) for one in NOTIFICATIONS.items()])
    yield from list_lines("rules", descriptors(rules, LEVELS), end="]}},")
    yield f'"columnKind": "unicodeCodePoints", "newlineSequences": {json.dumps(_LINE_ENDS)},'
    yield f'"originalUriBaseIds": {json.dumps(_BASES)},'
    yield f'"invocations": [{{"executionSuccessful": {json.dumps(_succeeded(notified))},'
    yield from list_lines("toolExecutionNotifications", notified, end="]}],")
    yield from list_lines("artifacts", _artifacts(run))
    yield from list_lines("results", [_result(one, rules, sources) for one in results], end="]")
    yield "}]}"


_LINE_ENDS = ["\r\n", "\n", "\r"]
_BASES = {ROOT: {"description": {"text": "The root of the repository."}}}


def _driver() -> Json:
    site = {"informationUri": docs.SITE} if docs.SITE else {}
    return {"name": "pipelint", "semanticVersion": __version__, **site}


def _notion(name: str, meaning: str) -> Json:
    return {"id": name, "shortDescription": {"text": meaning}}


def _artifacts(run: Run) -> list[Json]:
    """List the files that were asked for, each once."""
    checked = {file.path: file.checked for file in files_by_path(run)}
    return [_artifact(path, is_target=checked[path]) for path in checked]


def _artifact(path: str, *, is_target: bool) -> Json:
    roles = {"roles": ["analysisTarget"]} if is_target else {}
    return {"location": _location(path), **roles}


# --- results -------------------------------------------------------------------------------------


def _result(found: Found, rules: Mapping[str, int], sources: Mapping[str, Source]) -> Json:
    file, diagnostic = found
    finding = diagnostic.finding
    place = _place(diagnostic.path, finding.span, file.source)
    label = {"message": _message(printable(finding.label))} if finding.label else {}
    result: Json = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rules[diagnostic.rule],
        "level": LEVELS[diagnostic.level],
        "message": _message("\n".join(tell(finding))),
        "locations": [{**place, **label}],
        "suppressions": _suppressions(diagnostic),
    }
    if finding.related:
        result["relatedLocations"] = _related(diagnostic, sources)
    if finding.fixes and file.source is not None:
        fixes = dict.fromkeys(finding.fixes)  # no two may be equal
        result["fixes"] = [_fix(fix, diagnostic.path, file.source) for fix in fixes]
    if diagnostic.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: diagnostic.fingerprint}
    return result


def _suppressions(diagnostic: Diagnostic) -> list[Json]:
    """Say what hides a result. An empty list says that nothing does: no result may go without."""
    by = diagnostic.suppressed
    if by is None:
        return []
    reason = {"justification": printable(by.reason)} if by.reason else {}
    return [{"kind": KINDS[by.kind], "status": "accepted", **reason}]


def _related(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> list[Json]:
    places = []
    for number, one in enumerate(diagnostic.finding.related, 1):
        path = one.path or diagnostic.path
        message = {"message": _message(printable(one.message))} if one.message else {}
        places.append({"id": number, **_place(path, one.span, sources.get(path)), **message})
    return places


def _fix(fix: Fix, path: str, source: Source) -> Json:
    title = printable(fix.title) if fix.safe else f"{printable(fix.title)} (unsafe)"
    replacements = []
    for edit in fix.edits:
        span = clamped(edit.span, source)
        start, end = source.position(span.start), source.position(span.end)
        region = _region(start._asdict(), end._asdict())
        replacements.append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
    change = {"artifactLocation": _location(path), "replacements": replacements}
    return {"description": _message(title), "artifactChanges": [change]}


def _place(path: str, span: Span, source: Source | None) -> Json:
    reach = range_of(span, source)
    region = _region(reach["start"], reach["end"])
    return {"physicalLocation": {"artifactLocation": _location(path), "region": region}}


def _region(start: Mapping[str, int], end: Mapping[str, int]) -> Json:
    return {
        "startLine": start["line"],
        "startColumn": start["column"],
        "endLine": end["line"],
        "endColumn": end["column"],
    }


def _location(path: str) -> Json:
    uri, is_relative = uri_of(path)
    return {"uri": uri, "uriBaseId": ROOT} if is_relative else {"uri": uri}


def _message(text: str) -> Json:
    """Make a message. `[word](target)` in it would be a link, so that a space parts the two."""
    return {"text": text.replace("](", "] (")}


# --- notifications -------------------------------------------------------------------------------


def _is_internal(found: Found) -> bool:
    return found[1].rule == INTERNAL_ERROR.name


def _notifications(run: Run) -> Iterator[Json]:
    """Tell which files were not read or not checked, and why."""
    for file in files_by_path(run):
        if not file.checked and not file.diagnostics:
            place = {"physicalLocation": {"artifactLocation": _location(file.path)}}
            kind, level = (UNREAD, "error") if file.failed else (UNCHECKED, "note")
            yield _notification(kind, level, printable(file.note) or "not checked", place)


def _internal_errors(found: list[Found]) -> Iterator[Json]:
    for file, diagnostic in filter(_is_internal, found):
        place = _place(diagnostic.path, diagnostic.finding.span, file.source)
        said = "\n".join(tell(diagnostic.finding))
        yield _notification(diagnostic.rule, "error", said, place)


def _notification(kind: str, level: str, text: str, place: Json) -> Json:
    about = {"descriptor": {"id": kind}, "level": level}
    return {**about, "message": _message(text), "locations": [place]}


def _succeeded(notified: list[Json]) -> bool:
    return all(one["level"] != "error" for one in notified)
