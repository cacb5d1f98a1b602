"""Single faults for real Harness files, as people make them; each with the line it stands on.

Every mutant of a text is made from its lines alone, so that what is injected does not depend on
what pipelint can read. `random` is seeded with the text: the same file has the same mutants.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

KEY = "letter in a key"
TYPE = "letter in a type"
VALUE = "letter in a value"
REFERENCE = "letter in a reference"
DROPPED = "line dropped"
DOUBLED = "line doubled"
INDENTED = "line mis-indented"
MISPLACED = "step where it may not stand"

_LINE = re.compile(
    r"^(?P<indent> *)(?P<item>(?:- )*)(?P<key>[A-Za-z]\w+):(?P<gap> ?)(?P<value>.*)$"
)
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_NEEDED = frozenset({"identifier", "name", "type"})
_UNITS = frozenset({"stage", "step", "stepGroup"})
_VALUES = frozenset({
    "action", "stageStatus", "pipelineStatus", "shell", "os", "arch", "deploymentType", "method",
    "imagePullPolicy", "operator", "scope",
})  # fmt: skip
_FREE = frozenset({
    "envVariables", "settings", "with", "tags", "matrix", "labels", "annotations", "nodeSelector",
    "properties", "buildArgs", "args", "baseImageConnectorRefs", "connectorProperties",
})  # fmt: skip
"""Keys below which any key may stand."""

_PARTIAL = frozenset({
    "inputSet", "overlayInputSet", "templateInputs", "serviceInputs", "environmentInputs", "inputs",
    "serviceOverrideInputs",
})  # fmt: skip
"""Keys below which nothing has to be there."""

_ELSEWHERE = {
    "CI": "ShellScript",
    "Custom": "K8sRollingDeploy",
    "Approval": "Run",
    "Deployment": "RestoreCacheGCS",
}
"""For a kind of stage a step type that may not stand in it."""


class Mutant(NamedTuple):
    """A text with one fault. `line` is where it stands, 1-based; 0 where it is one line or next."""

    kind: str
    line: int
    text: str
    what: str


class _Line(NamedTuple):
    """A key and its value; `partial` where it only completes another document."""

    number: int
    indent: int
    key: str
    value: str
    match: re.Match[str]
    partial: bool


def mutants(text: str, most: int = 1) -> Iterator[Mutant]:
    """Give mutants of each kind that the text has a place for, at most so many of each."""
    lines = text.split("\n")
    known = list(_readable(lines))
    dice = random.Random(text)  # noqa: S311 - no secret is made of it
    meant = _meaning(text)
    for make in (_keys, _types, _values, _references, _drops, _doubles, _indents, _places):
        made = list(make(lines, known))
        chosen = dice.sample(made, min(most, len(made)))
        yield from (each for each in chosen if _meaning(each.text) != meant)


def _meaning(text: str) -> str:
    """Return what a reader of YAML gets; the reason where it gets nothing."""
    try:
        return repr(YAML(typ="safe").load(text))
    except YAMLError as error:
        return str(error)


def _readable(lines: list[str]) -> Iterator[_Line]:
    """Give the lines that are a key with a value, outside of block scalars and free maps."""
    inside = partial = -1
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        depth = len(line) - len(line.lstrip())
        if inside >= 0 and (not stripped or depth > inside):
            continue
        inside = -1
        match = _LINE.match(line)
        if match is None or stripped.startswith("#"):
            continue
        indent = len(match["indent"]) + len(match["item"])
        if _BLOCK.search(match["value"]) or match["key"] in _FREE:
            inside = indent
        if indent <= partial:
            partial = -1
        if match["key"] not in _FREE and "{" not in match["value"]:
            yield _Line(number, indent, match["key"], match["value"], match, partial >= 0)
        if partial < 0 and match["key"] in _PARTIAL:
            partial = indent


def _with(lines: list[str], number: int, *new: str) -> str:
    return "\n".join([*lines[: number - 1], *new, *lines[number:]])


def _slips(word: str) -> Iterator[str]:
    """Swap, leave out, repeat or replace a letter inside of a word."""
    for at in range(1, len(word) - 1) if word.isalnum() else ():
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + ("x" if word[at] != "x" else "y") + word[at + 1 :]


def _slip(word: str, number: int) -> list[str]:
    """Choose one way to misspell a word, by the number of its line."""
    made = list(_slips(word)) if len(word) > 3 else []
    return [made[number * 7 % len(made)]] if made else []


def _replaced(lines: list[str], line: _Line, kind: str, word: str, start: int) -> Iterator[Mutant]:
    old = lines[line.number - 1]
    for new in _slip(word, line.number):
        changed = old[:start] + new + old[start + len(word) :]
        yield Mutant(kind, line.number, _with(lines, line.number, changed), f"{word}→{new}")


def _keys(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    for line in known:
        yield from _replaced(lines, line, KEY, line.key, line.match.start("key"))


def _types(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    for line in known:
        if line.key == "type":
            yield from _replaced(lines, line, TYPE, line.value, line.match.start("value"))


def _values(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    for line in known:
        flag = line.value in {"true", "false"} and line.key != "value"
        if line.key in _VALUES or flag:
            yield from _replaced(lines, line, VALUE, line.value, line.match.start("value"))


def _references(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    """Change the identifier of a stage or a step in an expression, or a name in a reference."""
    text = "\n".join(lines)
    ids = set(re.findall(r"^[ -]*identifier: *(\w{4,})$", text, re.MULTILINE))
    for number, line in enumerate(lines, 1):
        for match in re.finditer(r"(?:pipeline\.stages|execution\.steps)\.(\w+)", line):
            word = match[1]
            for slip in _slip(word, number) if word in ids else ():
                new = line[: match.start(1)] + slip + line[match.end(1) :]
                yield Mutant(REFERENCE, number, _with(lines, number, new), f"{word}→{slip}")
    for one in known:
        if one.key in {"barrierRef", "stage", "useFromStage"} and one.value in ids:
            yield from _replaced(lines, one, REFERENCE, one.value, one.match.start("value"))


def _drops(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    """Drop a line that stages, groups and steps cannot be without."""
    for at, owner in enumerate(known):
        if owner.key not in _UNITS or owner.value or not owner.match["item"]:
            continue
        inside = list(_children(known, at))
        needed = _NEEDED if not owner.partial else {"identifier"}
        if owner.key == "stepGroup" or any(line.key == "template" for line in inside):
            needed = needed - {"type"}
        for line in inside:
            if line.key in needed and line.value:
                text = _with(lines, line.number)
                yield Mutant(DROPPED, owner.number, text, f"{owner.key}.{line.key}")


def _children(known: list[_Line], at: int) -> Iterator[_Line]:
    """Give the lines directly below a key."""
    depth = 0
    for line in known[at + 1 :]:
        if line.indent <= known[at].indent:
            return
        depth = depth or line.indent
        if line.indent == depth:
            yield line


def _doubles(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    for line in known:
        if line.value and not line.match["item"] and not _BLOCK.search(line.value):
            old = lines[line.number - 1]
            yield Mutant(DOUBLED, line.number + 1, _with(lines, line.number, old, old), line.key)


def _indents(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    for line in known:
        old = lines[line.number - 1]
        for by in (-4, -2, -1, 1, 2, 4) if line.indent > 4 else ():
            new = " " * by + old if by > 0 else old[-by:]
            if line.match["indent"] >= " " * -by:
                text = _with(lines, line.number, new)
                yield Mutant(INDENTED, line.number, text, f"{line.key} by {len(new) - len(old)}")


def _places(lines: list[str], known: list[_Line]) -> Iterator[Mutant]:
    """Give a step of a stage a type that this kind of stage does not have."""
    stage, waiting = "", 0
    for line in known:
        if line.key == "stage" and not line.value:
            stage, waiting = "", line.indent
        elif line.key == "type" and line.value in _ELSEWHERE and not stage:
            stage = line.value
        elif line.key == "step" and not line.value:
            waiting = -line.indent
        elif line.key == "type" and stage and waiting < 0 and line.value.isalnum():
            new = _ELSEWHERE[stage]
            start = line.match.start("value")
            changed = lines[line.number - 1][:start] + new
            text = _with(lines, line.number, changed)
            yield Mutant(MISPLACED, line.number, text, f"{new} in {stage}")
            waiting = 0
