"""Mistakes with `<+` and `>`: openers without an end, ends that come too early, other brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pipelint.expressions.block import Block
from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.scan import find_expressions
from pipelint.expressions.vocabulary import FIRST_GENERATION, first_generation
from pipelint.source import Span

_BLANK = " \t\n\r\f"

# What follows a `>` that was meant as a comparison: an operand, and the `>` that was to close.
_MEANT = (
    r"(=|>)?[ \t]*(?:-?[0-9][\w.]*|\"[^\"\n<>]*\"|'[^'\n<>]*'|[A-Za-z_$][\w.$]*|\x01)[ \t]*"
    r"(?:[?&|][^\n<>]*)?>"
)
_FARTHEST = 400  # code points behind an expression that are looked at
_ROOTS = (
    "account|org|project|pipeline|stage|steps?|stepGroup|execution|service|serviceVariables|env"
    "|infra|artifacts?|trigger|codebase|secrets|matrix|strategy|variable"
)
_WRONG_OPENER = (
    rf"<[ \t]+\+[ \t]*(?:{_ROOTS})\.[\w.]+>|(?<!<)\+<(?:{_ROOTS})\.[\w.]+>"
    rf"|<(?:{_ROOTS})\.[\w.]+>|(?<![\w<+.])\+(?:{_ROOTS})\.[\w.]+>"
)
_FIRST_GENERATION = (
    r"\$\{((?:workflow\.variables\.|serviceVariable\.|environmentVariable\.|infra\.kubernetes\."
    r"|artifact\.buildNo\b|approvedBy\.|secrets\.getValue\()[^{}\n]*)\}"
)
_IN_CONDITION = (
    r"\$\{((?:(?:app|artifact|env|infra|service|serviceVariable|workflow)\."
    r"|secrets\.getValue\()[^{}\n]*)\}"
)
_NEXT_GENERATION = r"\$\{\{[ \t]*((?:pipeline|stage|stages)\.[^{}\n]*?)[ \t]*\}\}"


# Most texts need none of these patterns, so they are made when one is needed.
@lru_cache(maxsize=1)
def _meant() -> re.Pattern[str]:
    return re.compile(_MEANT)


@lru_cache(maxsize=1)
def _wrong_opener() -> re.Pattern[str]:
    return re.compile(_WRONG_OPENER)


@lru_cache(maxsize=1)
def _generations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_FIRST_GENERATION), re.compile(_NEXT_GENERATION)


def empty_expressions(reading: Reading) -> Iterator[Problem]:
    """Yield each `<+>`: the engine puts nothing there."""
    for base, block in reading.blocks():
        if block.depth and not block.text.strip(_BLANK):
            span = Span(base + block.start, base + block.end)
            yield Problem("empty-expression", span, "an expression is empty", "gives no text")


def unclosed_expressions(reading: Reading) -> Iterator[Problem]:
    """Yield the opener that nothing closes, where complete expressions behind it are lost."""
    start = reading.found.unclosed
    if start is None:
        yield from _unclosed_inside(reading)
        return
    lost = _lost_behind(reading.text, start)
    span = Span(start, start + 2)
    if lost:
        yield Problem(
            "unclosed-expression",
            span,
            "an expression is never closed, and what follows is never evaluated",
            "opens here",
            "close it with `>`",
        )
    else:
        message = "an expression is never closed and stays as it is"
        yield Problem("lone-opener", span, message, "opens here", "close it with `>`")


def _unclosed_inside(reading: Reading) -> Iterator[Problem]:
    for base, block in reading.blocks():
        if block.unclosed is not None and block.depth:
            span = Span(base + block.unclosed, base + block.unclosed + 2)
            message = "an expression in another is never closed"
            yield Problem("unclosed-expression", span, message, "opens here", "close it with `>`")


def _lost_behind(text: str, start: int) -> bool:
    """Tell whether a complete expression follows an opener, within a bounded search."""
    at = text.find("<+", start + 2)
    for _ in range(20):
        if at < 0:
            return False
        if ">" in text[at:]:
            found = find_expressions(text[at:])
            if found.spans:
                return True
            at = text.find("<+", at + 2)
        else:
            return False
    return False


def early_closes(reading: Reading) -> Iterator[Problem]:
    """Yield each `>` that was meant as a comparison and closes the expression instead."""
    for base, block in reading.blocks():
        found = find_early_close(reading.text, base, block)
        if found is not None:
            yield _early_close(reading.text, base + block.end - 1, found)


def find_early_close(text: str, base: int, block: Block) -> str | None:
    """Tell whether a block is the left side of what was meant as a comparison with `>`.

    Returns what follows the `>` of the operator (`=`, `>` or nothing), or None.
    """
    end = base + block.end
    if block.depth == 0 or text.find(">", end, end + _FARTHEST) < 0 or not _is_half(block):
        return None
    match = _meant().match(_behind(text, end))
    return None if match is None else match[1] or ""


def _behind(text: str, at: int) -> str:
    """Return the rest of the line, expressions in it made one character."""
    end = text.find("\n", at, at + _FARTHEST)
    rest = text[at : end if end >= 0 else at + _FARTHEST]
    spans = find_expressions(rest).spans
    for start, stop in reversed(spans):
        rest = f"{rest[:start]}\x01{rest[stop:]}"
    return rest


def _is_half(block: Block) -> bool:
    """Tell whether a block looks like the left side of a comparison.

    A blank before the `>` alone says so, unless there is one behind the `<+` too.
    """
    text = block.text
    if block.refusal is not None:
        return block.refusal.at >= len(text.rstrip(_BLANK)) and text.rstrip()[-1:] in {
            "-",
            "=",
            "<",
        }
    return text[-1:] in {" ", "\t"} and text[:1] not in _BLANK


def _early_close(text: str, sign: int, more: str) -> Problem:
    message = "a `>` in an expression closes it"
    if text[sign - 1] in "-=<":
        arrow = text[sign - 1 : sign + 1]
        span = Span(sign - 1, sign + 1)
        if arrow == "<>":
            changes = replace("write `!=`", span, "!=")
            return Problem("early-close", span, message, "ends here", "write `!=`", changes)
        return Problem("early-close", span, f"{message}: {show(arrow)} is no operator", "ends here")
    if more == ">":
        span = Span(sign, sign + 2)
        return Problem("early-close", span, f"{message}: `>>` is no operator", "ends here")
    word, end = ("ge", sign + 2) if more else ("gt", sign + 1)
    new = word if text[end : end + 1] in _BLANK else f"{word} "
    span = Span(sign, end)
    return Problem(
        "early-close",
        span,
        message,
        "what follows is plain text",
        f"write `{word}`, or compare outside of the expression",
        replace(f"write `{word}`", span, new),
    )


def other_generations(reading: Reading) -> Iterator[Problem]:
    """Yield expressions of FirstGen and of Harness 1.0, which mean nothing to the engine."""
    text = reading.text
    if "${" not in text:
        return
    first, following = _generations()
    if reading.program is not None:  # there it is no variable of a shell
        first = re.compile(_IN_CONDITION)
    for match in first.finditer(text):
        message = f"{show(match[0])} is an expression of Harness FirstGen"
        yield _other_generation(match, message)
    for match in following.finditer(text):
        yield _other_generation(match, f"{show(match[0])} is an expression of Harness 1.0")


def around(reading: Reading) -> str:
    """Return the text without its expressions."""
    text = reading.text
    if reading.found.spans and reading.found.spans[0] == (0, len(text)):
        return ""
    pieces, last = [], 0
    for start, end in reading.found.spans:
        pieces.append(text[last:start])
        last = end
    return "".join(pieces) + text[last:]


def _other_generation(match: re.Match[str], message: str) -> Problem:
    instead = f"<+{_of_today(match[1])}>"
    return Problem(
        "other-generation-delimiter",
        Span(*match.span()),
        message,
        "stays as it is",
        f"write {show(instead)}",
        replace(f"write {show(instead)}", Span(*match.span()), instead),
    )


def _of_today(path: str) -> str:
    """Return a path with the names that took the place of those which only FirstGen knows."""
    names = path.strip().split(".")
    size = first_generation(names)
    return ".".join([FIRST_GENERATION[tuple(names[:size])], *names[size:]]) if size else path


def wrong_openers(reading: Reading) -> Iterator[Problem]:
    """Yield what looks like an expression in brackets that are not its own."""
    text = reading.text
    if ">" not in around(reading):
        return
    starts = [span.start for span in reading.found.spans]
    for match in _wrong_opener().finditer(text):
        start, end = match.span()
        at = bisect_left(starts, end) - 1
        if at >= 0 and reading.found.spans[at].end > start:
            continue  # inside of an expression
        name = match[0].strip("<>+ \t")
        if f"</{name}>" in text:  # it is XML
            continue
        right = show(f"<+{name}>")
        yield Problem(
            "wrong-opener",
            Span(start, end),
            f"{show(match[0])} is no expression",
            "stays as it is",
            f"an expression opens with `<+`: {right}",
            replace(f"write {right}", Span(start, end), f"<+{name}>"),
        )
