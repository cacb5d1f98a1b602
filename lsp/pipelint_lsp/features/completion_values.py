"""Values that may stand at a place: words of the schema, types of steps, names of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.schema.shape import Shape
from pipelint.source import Span
from pipelint_lsp.features.completion_item import CONSTANT, REFERENCE, SNIPPET, Edit, Item
from pipelint_lsp.features.completion_place import LIST, Place, Rung
from pipelint_lsp.features.completion_place import VALUE as VALUE_PLACE
from pipelint_lsp.features.completion_schema import HARNESS, catalogue_of, words_of_definition
from pipelint_lsp.features.completion_shapes import Fields, values_of, walk
from pipelint_lsp.snapshot import Snapshot

_SPECIAL = re.compile(r"^$|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|: |\s#|:$|\s$")
_AMBIGUOUS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "~"})
_MOST = 50


def complete_values(snapshot: Snapshot, dialect: str, root: Shape, place: Place) -> list[Item]:
    """Return the values that may stand at a place."""
    if place.what not in {VALUE_PLACE, LIST}:
        return []
    rungs = place.rungs
    key = rungs[-1].name if place.what == VALUE_PLACE else ""
    above = walk(root, rungs[:-1])
    shapes = walk(root, rungs)
    words = values_of(shapes, key, above if key else (), place.fields)
    if dialect == HARNESS and key == "type":
        words = _standing(snapshot, place, words)
    items = [_item(word, place, f"2{at:04}", dialect) for at, word in enumerate(words)]
    items += _same_elsewhere(snapshot, place, key, words)
    if dialect == HARNESS and place.what == VALUE_PLACE and key not in _FIXED:
        items.append(_input(place))
    return items


_FIXED = frozenset({"identifier", "name", "type", "templateRef", "versionLabel"})
"""Keys whose values cannot be asked for at run time."""


def _input(place: Place) -> Item:
    words = "A value that is asked for when the pipeline starts."
    return Item(
        "<+input>", SNIPPET, "<+input>", place.word, "4", "runtime input", words, edits=place.edits
    )


def _item(word: str, place: Place, sort: str, dialect: str) -> Item:
    said = words_of_definition(dialect, f"step.{word}") if dialect == HARNESS else ""
    return Item(
        word, CONSTANT, written(word, place, is_word=True), place.word, sort, "", said,
        edits=_with_dash(place),
    )  # fmt: skip


def _with_dash(place: Place) -> tuple[Edit, ...]:
    if place.what == LIST and not place.dashed:
        at = place.word.start
        return (*place.edits, Edit(Span(at, at), "- "))
    return place.edits


def written(text: str, place: Place, *, is_word: bool = False) -> str:
    """Write a value so that YAML gives it back as text; a word of a schema stays as it is."""
    if place.quoted or (is_word and not _SPECIAL.search(text)):
        return text
    if _SPECIAL.search(text) or text.lower() in _AMBIGUOUS or (place.flow and "," in text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text


# --- step types ----------------------------------------------------------------------------------


def _standing(snapshot: Snapshot, place: Place, words: list[str]) -> list[str]:
    """Keep the types of steps that may stand in the stage around, those that are usual first."""
    rungs = place.rungs
    of_template = _is_template(rungs[:-1], "Step")
    if not of_template and not (rungs[-2:-1] and rungs[-2].name == "step"):
        return words
    places = catalogue_of(snapshot).places
    stage = stage_kind(rungs, place.fields)
    in_rollback = "rollbackSteps" in place.names
    found = []
    for word in words:
        row = places.get(word)
        if row is not None and of_template and not row.template:
            continue
        if row is not None and stage and stage not in (row.rollback if in_rollback else row.stages):
            continue
        found.append(word)
    return sorted(found, key=lambda word: _wanted(snapshot.source.text, word))


_USUAL = (
    "Run", "ShellScript", "K8sRollingDeploy", "HarnessApproval", "Http", "Plugin", "Action",
    "BuildAndPushDockerRegistry", "Background", "TerraformPlan", "TerraformApply", "HelmDeploy",
    "K8sApply", "K8sRollingRollback", "K8sBlueGreenDeploy", "K8sCanaryDeploy", "Email", "Wait",
    "BuildAndPushECR", "GitClone", "Test", "RestoreCacheS3", "SaveCacheS3", "Barrier", "Command",
)  # fmt: skip
_USUAL_AT = {word: at for at, word in enumerate(_USUAL)}


def _wanted(text: str, word: str) -> tuple[int, int, str]:
    return -text.count(f"type: {word}\n"), _USUAL_AT.get(word, len(_USUAL)), word


def _is_template(rungs: tuple[Rung, ...], kind: str) -> bool:
    """Tell whether the last rung leads into the body of a template of a kind."""
    is_body = [rung.name for rung in rungs[-2:]] == ["template", "spec"]
    return is_body and rungs[-1].fields.get("type") == kind


def stage_kind(rungs: tuple[Rung, ...], fields: Fields) -> str:
    """Return the type of the stage around a place; empty where none is written."""
    for at in range(len(rungs) - 1, -1, -1):
        if rungs[at].name == "stage" or _is_template(rungs[: at + 1], "Stage"):
            own = rungs[at + 1].fields if at + 1 < len(rungs) else fields
            return own.get("type") or ""
    return ""


# --- what the file says elsewhere ----------------------------------------------------------------


def _same_elsewhere(snapshot: Snapshot, place: Place, key: str, known: list[str]) -> Iterator[Item]:
    """Give what stands below the same key elsewhere: references repeat."""
    if not key or not (key.endswith("Ref") or key in _REPEATED):
        return
    here = place.word
    found: dict[str, None] = {}
    for match in _field(key).finditer(snapshot.source.text):
        text, start, end = match[1].strip("\"'"), match.start(1), match.end(1)
        is_here = start <= here.end and here.start <= end
        is_hidden = any(one.start < end and start < one.end for one in snapshot.masked)
        if not (is_here or is_hidden or text in known or text.startswith(("<+", "|", ">"))):
            found[text] = None
    for at, text in enumerate(list(found)[:_MOST]):
        yield Item(
            text, REFERENCE, written(text, place), here, f"3{at:03}", "used in this file",
            edits=place.edits,
        )  # fmt: skip


def _field(key: str) -> re.Pattern[str]:
    value = r"([^\s#][^\n#]{0,200}?)"
    return re.compile(rf"^[ -]*{re.escape(key)}:[ \t]+{value}[ \t\r]*$", re.MULTILINE)


_REPEATED = frozenset({"image", "namespace", "orgIdentifier", "projectIdentifier", "versionLabel"})
