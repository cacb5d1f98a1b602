"""The decoding of scalars of each style, with the place of every piece.

A decoder takes a scalar as it is written and as the parser has decoded it, and gives pieces of
the decoded text with their offsets in what is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Piece = tuple[str, int]
"""Decoded characters and the offset of the first; each further one is written right behind."""

_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_LINES = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|[\s\S])")
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _plain(raw: str, decoded: str) -> Iterator[Piece]:
    del decoded
    yield from _folded_lines(raw, 0, lambda piece, at: iter([(piece, at)]))


def _single(raw: str, decoded: str) -> Iterator[Piece]:
    del decoded
    yield from _folded_lines(raw[1:-1], 1, _single_quotes)


def _single_quotes(piece: str, at: int) -> Iterator[Piece]:
    start = 0
    while (quote := piece.find("''", start)) >= 0:
        yield piece[start : quote + 1], at + start
        start = quote + 2
    yield piece[start:], at + start


def _folded_lines(
    raw: str, base: int, inside: Callable[[str, int], Iterator[Piece]]
) -> Iterator[Piece]:
    """Fold the lines of a plain or single-quoted scalar: one break is a blank, more are breaks."""
    at = 0
    breaks: list[int] = []
    lines = [match for match in _LINES.finditer(raw) if match.group() or match.start() == 0]
    for number, match in enumerate(lines):
        line = _BREAK.sub("", match.group())
        is_last = number == len(lines) - 1 and not _BREAK.search(match.group())
        start = len(line) - len(line.lstrip(" \t")) if number else 0
        stop = len(line) if is_last else len(line.rstrip(" \t"))
        if start < stop or is_last:
            yield from _join(breaks, base)
            breaks = []
            yield from inside(line[start:stop], base + at + start)
        elif number == 0:
            yield line[:0], base + at
        if not is_last:
            breaks.append(at + len(line))
        at = match.end()


def _join(breaks: list[int], base: int) -> Iterator[Piece]:
    if len(breaks) == 1:
        yield " ", base + breaks[0]
    for place_of_break in breaks[1:]:
        yield "\n", base + place_of_break


def _double(raw: str, decoded: str) -> Iterator[Piece]:
    """Resolve escapes; fold line breaks, also those that a backslash escapes."""
    del decoded
    at, end = 1, len(raw) - 1
    while at < end:
        char = raw[at]
        if char == "\\":
            match = _ESCAPE.match(raw, at)
            if match is None:
                return
            body = match.group()[1:]
            if _BREAK.match(body):
                at = _skip_blank(raw, match.end(), end)
                continue
            yield _unescape(body), at
            at = match.end()
        elif char in " \t\r\n\x85\u2028\u2029":
            blank_end, breaks = _blanks(raw, at, end)
            if not breaks:
                yield raw[at:blank_end], at
            else:
                yield from _join(breaks, 0)
            at = blank_end
        else:
            stop = at
            while stop < end and raw[stop] not in "\\ \t\r\n\x85\u2028\u2029":
                stop += 1
            yield raw[at:stop], at
            at = stop


def _unescape(body: str) -> str:
    if len(body) > 1:
        return chr(int(body[1:], 16))
    return _ESCAPED.get(body, body)


def _skip_blank(raw: str, at: int, end: int) -> int:
    while at < end and raw[at] in " \t":
        at += 1
    return at


def _blanks(raw: str, at: int, end: int) -> tuple[int, list[int]]:
    breaks = []
    while at < end and raw[at] in " \t\r\n\x85\u2028\u2029":
        match = _BREAK.match(raw, at)
        if match:
            breaks.append(at)
            at = match.end()
        else:
            at += 1
    return at, breaks


def _literal(raw: str, decoded: str) -> Iterator[Piece]:
    for content, at, break_at in _block_lines(raw, decoded):
        yield content, at
        yield "\n", break_at


def _folded(raw: str, decoded: str) -> Iterator[Piece]:
    """Fold the lines of a `>` scalar, guided by what the parser made of them.

    The rules for more-indented and empty lines are many; whether a break became a blank, a break or
    nothing is read off the decoded text.
    """
    size = 0
    for content, at, break_at in _block_lines(raw, decoded):
        yield content, at
        size += len(content)
        follows = decoded[size : size + 1]
        if follows and follows in " \n":
            yield follows, break_at
            size += 1


def _block_lines(raw: str, decoded: str) -> Iterator[tuple[str, int, int]]:
    """Give the content of each line without indentation, its offset, and that of its break."""
    matches = [match for match in _LINES.finditer(raw) if match.group()][1:]
    lines = [_BREAK.sub("", match.group()) for match in matches]
    indent = _leading(lines) - _leading(decoded.split("\n"))
    for match, line in zip(matches, lines, strict=True):
        cut = min(indent, len(line) - len(line.lstrip(" ")))
        yield line[cut:], match.start() + cut, match.start() + len(line)


def _leading(lines: list[str]) -> int:
    """Count the blanks before the first text; the indentation may be given in the header."""
    first = next((line for line in lines if line.strip(" ")), "")
    return len(first) - len(first.lstrip(" "))


DECODERS: dict[str, Callable[[str, str], Iterator[Piece]]] = {
    "": _plain,
    "'": _single,
    '"': _double,
    "|": _literal,
    ">": _folded,
}
