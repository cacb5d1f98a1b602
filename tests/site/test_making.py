"""The pieces of which pages are made."""

from __future__ import annotations

import re
from typing import Any

import pytest

import commands
from configuration import phrase
from console_html import coloured_lines
from measurements import OURS, speed
from repository import ROOT
from rule_facts import all_facts
from terminal_html import as_html

COLOUR = re.compile(r"^ *--(\w+): (#[0-9a-f]{6});", re.MULTILINE)


# --- colours -------------------------------------------------------------------------------------


def test_colours_of_a_terminal_become_classes() -> None:
    assert as_html("\x1b[1;31merror[x]\x1b[0m: `<+a>` & b") == (
        '<span class="error">error[x]</span>: `&lt;+a&gt;` &amp; b'
    )


def test_colour_that_no_report_uses_is_refused() -> None:
    with pytest.raises(KeyError):
        as_html("\x1b[7mtext\x1b[0m")


def test_console_of_a_document_has_the_colours_of_a_terminal() -> None:
    """The reports of all examples, once with their colours and once with them put back."""
    for facts in all_facts():
        for example in facts.examples:
            plain = re.sub(r"\x1b\[[\d;]*m", "", example.report)
            coloured = "\n".join(coloured_lines(plain))
            assert tidy(coloured) == tidy(as_html(example.report))


def tidy(html: str) -> str:
    """Take spaces, which have no colour, out of the beginning of what is coloured."""
    return re.sub(r"(<span[^>]*>)( +)", r"\2\1", html)


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("$ ls", '<span class="gutter">$</span> <span class="command">ls</span>'),
        ("a.yml:1:2: info[x] y", 'a.yml:1:2: <span class="info">info[x]</span> y'),
        (
            "error: no `<x>`",
            '<span class="error">error</span><span class="bold">: no `&lt;x&gt;`</span>',
        ),
    ],
)
def test_other_lines_of_a_console_are_coloured(line: str, html: str) -> None:
    assert list(coloured_lines(line)) == [html]


def test_difference_on_a_console_is_coloured() -> None:
    lines = list(coloured_lines("--- a\n+++ a\n@@ -1,2 +1,2 @@\n-one\n+two\n three"))
    assert lines[2:] == [
        '<span class="gutter">@@ -1,2 +1,2 @@</span>',
        '<span class="remove">-one</span>',
        '<span class="add">+two</span>',
        " three",
    ]
    assert list(coloured_lines("- one")) == ["- one"]


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_colours_of_findings_can_be_read(scheme: str) -> None:
    """WCAG 2, level AA: text needs a contrast of 4.5 to its ground."""
    css = (ROOT / "docs" / "assets" / "site.css").read_text(encoding="utf-8")
    (block,) = re.findall(rf'\[data-md-color-scheme="{scheme}"\] {{(.*?)}}', css, re.DOTALL)
    colours = dict(COLOUR.findall(block))
    ground = colours.pop("ground")
    assert {"error", "warning", "info", "gutter", "add", "remove"} <= set(colours)
    assert {name: c for name, c in colours.items() if contrast(c, ground) < 4.5} == {}


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --- configuration -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "boolean"}, "`true` or `false`"),
        ({"type": ["array", "null"], "items": {"$ref": "#/$defs/path"}}, "list of paths"),
        ({"enum": ["free", "team", "enterprise"]}, "`free`, `team` or `enterprise`"),
        (
            {"propertyNames": {"$ref": "#/$defs/glob"}, "additionalProperties": {"enum": ["a"]}},
            "map: pattern → `a`",
        ),
        (
            {"oneOf": [{"$ref": "#/$defs/glob"}, {"$ref": "#/$defs/globs"}]},
            "pattern or list of patterns",
        ),
    ],
)
def test_values_are_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert phrase(schema) == words


# --- command line --------------------------------------------------------------------------------

HELP = """usage: pipelint wash [OPTIONS] [PATH]...
       pipelint wash --all

Wash files_of_mine <now>.

positional arguments:
  PATH                  what to wash

options:
  -h, --help            show this help message and exit
  -w, --warmth {30,60}  default: 30
  --a-flag-with-a-long-name WORD
                        what stands on a line of its own

examples:
  pipelint wash .       wash all of it
"""


def test_help_becomes_a_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "help_of", lambda _: HELP)
    monkeypatch.setattr(commands, "VERBS", {"check": ()})
    lines = [line for line in commands.reference().split("\n") if line]
    assert lines == [
        "## `pipelint [PATH]…` {#check}",
        "```text",
        "pipelint wash [OPTIONS] [PATH]...",
        "pipelint wash --all",
        "```",
        "Wash files\\_of\\_mine \\<now>.",
        "### Arguments {#check-arguments}",
        "`PATH`",
        ":   what to wash",
        "### Options {#check-options}",
        "`-w, --warmth {30,60}` { #check--warmth }",
        ":   default: 30",
        "`--a-flag-with-a-long-name WORD` { #check--a-flag-with-a-long-name }",
        ":   what stands on a line of its own",
        "examples:",
        "```text",
        "pipelint wash .       wash all of it",
        "```",
    ]


# --- measurements --------------------------------------------------------------------------------


def test_speed_is_told_beside_other_tools_only() -> None:
    rows = [row.split(" | ") for row in speed().splitlines()[2:]]
    assert {len(row) for row in rows} == {5}
    assert not {row[2] for row in rows} & OURS
