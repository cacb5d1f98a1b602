"""Say in words what is wrong with the quotes of an expression."""

from __future__ import annotations

import re

from pipelint.expressions.problem import Change, Problem, replace, show
from pipelint.expressions.refused import BLANK, SYNTAX, Refused
from pipelint.expressions.words import expects_operator
from pipelint.source import Span

_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_SINGLE = "\u2018\u2019\u201a\u201b"
CURLY = _DOUBLE + _SINGLE
_STRAIGHT = str.maketrans({**dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_SINGLE, "'")})


def curly_quotes(refused: Refused) -> Problem | None:
    """Find a typographic quote."""
    if not refused.word or refused.word[0] not in CURLY:
        return None
    block = refused.block
    start, end = refused.base + block.start, refused.base + block.end
    edits = tuple(
        (Span(place, place + 1), refused.text[place].translate(_STRAIGHT))
        for place in range(start, end)
        if refused.text[place] in CURLY
    )
    return Problem(
        "curly-quotes",
        refused.here,
        f"{show(refused.word[0])} is no quotation mark of an expression",
        "a typographic quote",
        "write text in straight quotes: `\"…\"` or `'…'`",
        (Change("make the quotes straight", edits),),
    )


def escaped_quote(refused: Refused) -> Problem | None:
    """Find a backslash, most often before a quote that YAML does not unescape."""
    masked, at = refused.masked, refused.at
    if not refused.word.startswith("\\"):
        return None
    if masked[at + 1 : at + 2] not in {'"', "'"}:
        return Problem(SYNTAX, refused.here, "`\\` means nothing in an expression")
    places = [match.start() for match in re.finditer(r"\\(?=[\"'])", masked[at:])]
    edits = tuple((refused.span(at + place, at + place + 1), "") for place in places)
    return Problem(
        "escaped-quote",
        refused.span(at, at + 2),
        f"a backslash stands before {show(masked[at + 1])} in an expression",
        "is part of the value here",
        "only a value in double quotes needs the backslash, for YAML",
        (Change("remove the backslashes", edits),),
    )


def unclosed_text(refused: Refused) -> Problem | None:
    """Find a quote that nothing closes, or that a `>` comes before."""
    quote = refused.word[:1]
    if not quote or quote not in "\"'`" or len(refused.word) > 1:
        return None
    rest = refused.masked[refused.at + 1 :]
    end = len(refused.masked.rstrip(BLANK))
    if early := _early_close(refused, quote):
        return early
    if "\n" in rest and quote in rest:
        end = refused.at + 1 + rest.index("\n")
        message = f"a text in {show(quote)} goes over the end of a line"
        return Problem(SYNTAX, refused.span(refused.at, end), message, "ends with its line")
    message = f"a text is never closed with {show(quote)}"
    return Problem(SYNTAX, refused.span(refused.at, end), message, "begins here")


def _early_close(refused: Refused, quote: str) -> Problem | None:
    """Find the quote that closes the text behind the `>` that ended the expression in it."""
    block, text = refused.block, refused.text
    if block.depth == 0:
        return None
    sign = refused.base + block.end - 1
    line_end = text.find("\n", sign)
    rest = text[sign + 1 : line_end if line_end >= 0 else len(text)]
    closing = rest.find(quote)
    if closing < 0 or ">" not in rest[closing:]:
        return None
    return Problem(
        "early-close",
        Span(sign, sign + 1),
        "a `>` in a text closes the expression",
        "quotes do not protect it",
        f"write `{chr(92) * block.depth}>`",
        replace("escape the `>`", Span(sign, sign), "\\" * block.depth),
    )


def text_beside(refused: Refused) -> Problem | None:
    """Find a text beside another value."""
    if refused.word[:1] not in {'"', "'"} or not expects_operator(refused.expected):
        return None
    message = f"no operator stands before the text {show(refused.word)}"
    return Problem(SYNTAX, refused.here, message, "expected an operator")
