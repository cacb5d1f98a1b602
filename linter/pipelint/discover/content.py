"""Which YAML files are pipelines by how they begin. Read only when a folder is searched."""

from __future__ import annotations

import re

from pipelint.discover.sniff import HARNESS, VELA

HEAD = 4096
"""How many bytes of a file are looked at."""

# A key in the first column, bare or in quotes, and what stands behind its colon.
_KEY = re.compile(
    r"""^(?:"([^"\\\n]{1,80})"|'([^'\n]{1,80})'|([A-Za-z_][\w.-]{0,80})):(?:[ \t]+(.*))?$""",
    re.MULTILINE,
)
_DOCUMENT = re.compile(r"^(?:---(?=[ \t\n])|\.\.\.[ \t]*$)", re.MULTILINE)
_IDENTIFIER = re.compile(r"^[ \t]+[\"']?identifier[\"']?:[ \t]", re.MULTILINE)

_HARNESS_ROOTS = {
    "environment",
    "infrastructureDefinition",
    "inputSet",
    "overlayInputSet",
    "pipeline",
    "service",
    "template",
    "trigger",
}
_VELA_ROOTS = {"stages", "steps", "templates"}

# Root keys by which other tools with a `version:` are known.
_FOREIGN = {
    "agent",
    "apiVersion",
    "blocks",
    "builds",
    "executors",
    "functions",
    "image",
    "jobs",
    "kind",
    "mode",
    "on",
    "orbs",
    "phases",
    "pipelines",
    "pool",
    "spec",
    "tasks",
    "trigger",
    "updates",
    "workflows",
}


def by_content(data: bytes) -> str:
    """Tell by the first bytes of a YAML file what it is, or return the empty text."""
    text = _first_document(_text(data[:HEAD]))
    keys = {_name(found): found for found in _KEY.finditer(text)}
    if any(_is_entity(text, keys[root]) for root in _HARNESS_ROOTS & keys.keys()):
        return HARNESS if "apiVersion" not in keys else ""
    if "version" in keys and not _VELA_ROOTS.isdisjoint(keys) and _FOREIGN.isdisjoint(keys):
        return VELA if _is_vela(text, keys) else ""
    return ""


def _is_entity(text: str, key: re.Match[str]) -> bool:
    """Tell whether a root key holds a map with an identifier below it."""
    beside = (key[4] or "").lstrip()
    starts_below = not beside or beside[0] in "#&"
    return starts_below and _opening(text, key) != "-" and bool(_IDENTIFIER.search(text))


def _is_vela(text: str, keys: dict[str, re.Match[str]]) -> bool:
    """Tell Vela from tools with the same keys: its steps are a list, its stages a map."""
    steps, stages = _opening(text, keys.get("steps")), _opening(text, keys.get("stages"))
    return steps in {"", "-", "[", "*"} and stages not in {"-", "["}


def _opening(text: str, key: re.Match[str] | None) -> str:
    """Return the first character of a key's value; the empty text where none can be seen."""
    if key is None:
        return ""
    rest = text[key.end() - len(key[4] or "") :]
    for line in rest.split("\n"):
        for word in line.split():
            if word[0] == "#":
                break
            if word[0] not in "&!":  # an anchor or a tag: the value comes behind it
                return word[0]
    return ""


def _name(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3]


def _text(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace").replace("\r\n", "\n")
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _first_document(text: str) -> str:
    """Return the first document that holds anything."""
    start = 0
    for mark in _DOCUMENT.finditer(text):
        if _KEY.search(text, start, mark.start()):
            return text[start : mark.start()]
        start = mark.end()
    return text[start:]
