"""What a format writes, read again by a reader of that format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from jsonschema_rs import Draft7Validator
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from repository import SHARED, shared

_COMMAND = re.compile(
    r"::(?P<command>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)", re.DOTALL
)
_KNOWN_TAGS = (
    "<!-- pipelint -->",
    "<details>",
    "<summary>What it looks like, and what to do</summary>",
    "</details>",
)
FORMATS_OF_OTHERS = ("vendor", "formats")


def read_sarif(text: str) -> Any:
    """Read SARIF; where the official schema lies beside the project, hold it against that."""
    document = json.loads(text)
    validator = _sarif_schema()
    if validator is not None:
        errors = [
            f"{list(one.instance_path)}: {one.message}" for one in validator.iter_errors(document)
        ]
        assert errors == []
    return document


@cache
def _sarif_schema() -> Any:
    path = SHARED.joinpath(*FORMATS_OF_OTHERS, "sarif-schema-2.1.0.json")
    return Draft7Validator(json.loads(path.read_text("utf-8"))) if path.exists() else None


def read_gitlab(text: str) -> Any:
    """Read a Code Quality report, and hold it against what GitLab says of it."""
    entries = json.loads(text)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
    marks = [entry["fingerprint"] for entry in entries]
    assert len(marks) == len(set(marks))
    return entries


def read_junit(text: str) -> Any:
    """Read XML; where Jenkins's schema lies beside the project, hold it against that."""
    root = read_xml(text)
    path = SHARED.joinpath(*FORMATS_OF_OTHERS, "junit-10.xsd")
    if path.exists():
        _junit_schema(str(path)).assertValid(root)
    return root


@cache
def _junit_schema(path: str) -> Any:
    return etree.XMLSchema(etree.parse(path))


def read_xml(text: str) -> Any:
    return etree.fromstring(text.encode())


def read_github(text: str) -> list[tuple[str, Mapping[str, str], str]]:
    """Read workflow commands as the runner does; other lines are no commands to it."""
    commands: list[tuple[str, Mapping[str, str], str]] = []
    for line in text.split("\n"):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            continue
        command = _COMMAND.fullmatch(line)
        assert command, line
        pairs = (pair.split("=", 1) for pair in command["properties"].split(","))
        values = {name: _unescaped(value) for name, value in pairs}
        commands.append((command["command"], values, _unescaped(command["message"])))
    return commands


def _unescaped(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def read_markdown(text: str) -> list[Token]:
    """Read a comment; in its prose are no links, pictures, mentions or tags but ours."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)
    for token in tokens:
        if token.type == "html_block":
            assert set(token.content.splitlines()) <= set(_KNOWN_TAGS), token.content
        for inner in token.children or ():
            assert inner.type in {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
            if inner.type == "text":
                assert not re.search(r"[@#!<>\[\]|$~%\\`*]|://|www\.", inner.content), inner.content
    return tokens


def read_any(text: str) -> str:
    return text


READERS: dict[str, Callable[[str], Any]] = {
    "full": read_any,
    "concise": read_any,
    "json": json.loads,
    "sarif": read_sarif,
    "github": read_github,
    "gitlab": read_gitlab,
    "junit": read_junit,
    "checkstyle": read_xml,
    "markdown": read_markdown,
}


def require_schemas() -> None:
    """Skip a test where the official schemas are not beside the project."""
    shared(*FORMATS_OF_OTHERS, "junit-10.xsd")
    shared(*FORMATS_OF_OTHERS, "sarif-schema-2.1.0.json")


def has_controls(lines: Iterable[str]) -> bool:
    """Tell whether a line holds anything that could move a cursor or reorder text."""
    return not all(line.isprintable() for line in lines)
