"""When colours, links and Unicode are used, and how wide a report is."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Iterator

import pytest

from pipelint.report.terminal import PLAIN, Style, link, paint, style_for


class Terminal(io.StringIO):
    """A stream that is a terminal, of a size that nobody knows."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.fixture
def terminal() -> Iterator[io.TextIOWrapper]:
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w", encoding="utf-8") as stream:
        yield stream
    os.close(leader)


@pytest.mark.parametrize(
    ("environ", "on_terminal", "in_file"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ({"TERM": "xterm"}, True, False),
        ({"GITHUB_ACTIONS": "true"}, True, True),
        ({"VELA": "true"}, True, True),
        ({"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, False, False),
        ({"GITHUB_ACTIONS": "true", "TERM": "dumb"}, False, False),
        ({"CI": "true"}, True, False),
    ],
)
def test_colour_by_default(environ: dict[str, str], on_terminal: bool, in_file: bool) -> None:
    assert style_for(Terminal(), environ, "auto").colour is on_terminal
    assert style_for(io.StringIO(), environ, "auto").colour is in_file


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize(("when", "expected"), [("always", True), ("never", False)])
@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_the_command_line_wins(
    stream: io.StringIO, when: str, expected: bool, environ: dict[str, str]
) -> None:
    assert style_for(stream, environ, when).colour is expected


def test_links_need_a_terminal_and_colour() -> None:
    knows = {"TERM_PROGRAM": "iTerm.app"}
    assert style_for(Terminal(), knows, "auto").links
    assert not style_for(Terminal(), {**knows, "NO_COLOR": "1"}, "auto").links
    assert not style_for(io.StringIO(), knows, "always").links


@pytest.mark.parametrize(
    ("environ", "links"),
    [
        ({}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"VTE_VERSION": "4205"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"WT_SESSION": "6dbd4e36"}, True),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_links_need_a_terminal_that_knows_them(environ: dict[str, str], links: bool) -> None:
    assert style_for(Terminal(), environ, "auto").links is links


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({"COLUMNS": "80"}, 80), ({}, 100), ({"COLUMNS": "wide"}, 100), ({"COLUMNS": "0"}, 100),
     ({"COLUMNS": "7"}, 40)],
)  # fmt: skip
def test_the_width_of_a_terminal_may_be_said(environ: dict[str, str], expected: int) -> None:
    assert style_for(Terminal(), environ, "auto").width == expected


def test_the_width_of_a_terminal_is_asked_for(terminal: io.TextIOWrapper) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 132, 0, 0))
    assert style_for(terminal, {}, "auto").width == 132


def test_a_file_is_always_as_wide() -> None:
    assert style_for(io.StringIO(), {"COLUMNS": "80"}, "auto").width == 100


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", True), ("cp1252", False), ("ascii", False), ("cp932", False)],
)
def test_unicode_needs_an_encoding_that_has_the_signs(encoding: str, expected: bool) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert style_for(stream, {}, "auto").unicode is expected


def test_text_in_memory_takes_all() -> None:
    assert style_for(io.StringIO(), {}, "never") == PLAIN


def test_paint_and_link_write_nothing_where_they_are_off() -> None:
    assert paint(PLAIN, "error", "x") == "x"
    assert link(PLAIN, "https://example.org", "x") == "x"
    loud = Style(colour=True, links=True, width=100, unicode=True)
    assert paint(loud, "add", "") == ""
    assert link(loud, "", "x") == "x"
