"""What the reader's terminal can show, and how colours and links are written for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO

from pipelint.record import NamedTuple

WIDTH = 100
"""Columns where nobody knows better; logs and files are the same on every machine."""

NARROWEST = 40
NEEDED = "…⇥"

# Their log viewers show colours although no terminal is there.
COLOURFUL_CI = (
    "APPVEYOR",
    "BUILDKITE",
    "CIRCLECI",
    "GITEA_ACTIONS",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "HARNESS_BUILD_ID",
    "VELA",
)

# Terminals that know links (OSC 8), by what they leave in the environment.
LINKING = MappingProxyType(
    {
        "TERM": ("alacritty", "alacritty-direct", "foot", "xterm-ghostty", "xterm-kitty"),
        "TERM_PROGRAM": ("Hyper", "WezTerm", "ghostty", "iTerm.app", "terminology", "vscode"),
    }
)
LINKING_MARKS = ("DOMTERM", "KONSOLE_VERSION", "WT_SESSION")
LINKING_VTE = 5000

CODES = MappingProxyType(
    {
        "error": "1;31",
        "warning": "1;33",
        "info": "1;36",
        "gutter": "1;34",
        "bold": "1",
        "add": "32",
        "remove": "31",
    }
)


class Style(NamedTuple):
    """How to draw: `width` in columns; without `unicode` everything is written in ASCII."""

    colour: bool
    links: bool
    width: int
    unicode: bool


PLAIN = Style(colour=False, links=False, width=WIDTH, unicode=True)


def paint(style: Style, kind: str, text: str) -> str:
    """Colour a text by what it is: a level, or one of the other `CODES`."""
    if not style.colour or not text:
        return text
    return f"\x1b[{CODES[kind]}m{text}\x1b[0m"


def link(style: Style, url: str, text: str) -> str:
    """Make a text a link (OSC 8) where the terminal knows links and there is somewhere to go."""
    if not style.links or not url:
        return text
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"


def style_for(stream: TextIO, environ: Mapping[str, str], when: str) -> Style:
    """Decide how to draw on a stream; `when` is `auto`, `always` or `never`.

    What the user says on the command line wins over the environment, and the environment over
    what the stream is. Links need a terminal that is known to have them: others print rubbish, and
    nothing is lost there, because the address is printed instead.
    """
    terminal = stream.isatty()
    colour = when == "always" or (when == "auto" and _wants_colour(environ, terminal))
    return Style(
        colour=colour,
        links=colour and terminal and _knows_links(environ),
        width=_width(stream, environ) if terminal else WIDTH,
        unicode=_can_write(stream, NEEDED),
    )


def _wants_colour(environ: Mapping[str, str], terminal: bool) -> bool:
    if environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if environ.get(name):
            return environ[name] not in {"0", "false"}
    if environ.get("TERM") == "dumb":
        return False
    return terminal or any(environ.get(name) for name in COLOURFUL_CI)


def _knows_links(environ: Mapping[str, str]) -> bool:
    if environ.get("FORCE_HYPERLINK"):
        return environ["FORCE_HYPERLINK"] not in {"0", "false"}
    version = environ.get("VTE_VERSION", "")
    if version.isdecimal() and int(version) >= LINKING_VTE:
        return True
    known = any(environ.get(name) in terminals for name, terminals in LINKING.items())
    return known or any(environ.get(name) for name in LINKING_MARKS)


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(int(columns), NARROWEST)
    try:
        known = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        known = 0
    return max(known or WIDTH, NARROWEST)


def _can_write(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
