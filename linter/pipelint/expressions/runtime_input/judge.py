"""Mistakes with `<+input>`: where it stands, what follows it, what contradicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.runtime_input.pattern import broken_pattern
from pipelint.expressions.runtime_input.read import (
    RuntimeInput,
    Suffix,
    is_runtime_input,
    read_runtime_input,
)
from pipelint.expressions.runtime_input.values import same_value, split_values, unquote
from pipelint.expressions.vocabulary import TOKEN
from pipelint.name import nearest
from pipelint.source import Span

SUFFIXES = (
    "allowedValues",
    "default",
    "executionInput",
    "regex",
    "selectManyFrom",
    "selectOneFrom",
)
_LISTS = frozenset({"allowedValues", "selectManyFrom", "selectOneFrom"})
_CASE = r"(?i)<\+[ \t]*(input)[ \t]*>"

Matches = Callable[[str, str], "bool | None"]
"""Tells whether a pattern matches a whole text; None where that cannot be told."""


def misused_inputs(reading: Reading, matches: Matches | None = None) -> Iterator[Problem]:
    """Yield mistakes with `<+input>` in a text; `matches` is asked about `default` and `regex`."""
    text = reading.text
    if "<+" not in text:
        return
    if is_runtime_input(text):
        found = read_runtime_input(text)
        if reading.program is None or not _is_compared(text, found):
            yield from _judge(text, found, matches)
        return
    for match in re.finditer(_CASE, text):
        yield _misplaced(text, match)


def _is_compared(text: str, found: RuntimeInput) -> bool:
    """Tell whether an input is a part of a condition: what is given then takes its whole place."""
    rest = text[found.problem.start :].lstrip() if found.problem else ""
    return rest[:1] in {"=", "!", "<", ">", "&", "|", "?"}


def _misplaced(text: str, match: re.Match[str]) -> Problem:
    span = Span(*match.span())
    if text.strip() != match[0] or match[1] != "input":
        if match[1] != "input" and text.strip().startswith(match[0]):
            message = f"{show(match[0])} is no runtime input"
            changes = replace(f"write `{TOKEN}`", span, TOKEN)
            return Problem(
                "input-form", span, message, "lower case counts", f"write `{TOKEN}`", changes
            )
        message = "`<+input>` is only a part of the value"
        text_help = "make it the whole value, or refer to a variable"
        return Problem("input-form", span, message, "must be the whole value", text_help)
    message = "blanks stand around `<+input>`"
    changes = replace("remove the blanks", Span(0, len(text)), TOKEN)
    return Problem("input-form", span, message, "must be the whole value", "", changes)


def _judge(text: str, found: RuntimeInput, matches: Matches | None) -> Iterator[Problem]:
    if found.problem is not None:
        yield _refused(text, found.problem.start)
        return
    blank = len(text) - len(text.rstrip())
    if blank:
        span = Span(len(text) - blank, len(text))
        changes = replace("remove the blanks", span, "")
        yield Problem("input-blank", span, "blanks follow `<+input>`", "", "", changes)
    wrong = False
    for suffix in found.suffixes:
        for problem in _judge_suffix(suffix):
            wrong = True
            yield problem
    if not wrong and found.suffixes:
        yield from _contradictions(found.suffixes, matches)


def _refused(text: str, at: int) -> Problem:
    size = len(text.rstrip())
    span = Span(min(at, size - 1), min(at, size - 1) + 1)
    if at >= size:
        message = "the parentheses behind `<+input>` are never closed"
        opening = text.rfind("(")
        span = Span(opening, opening + 1) if opening >= 0 else span
        return Problem("input-form", span, message, "opens here", "close them with `)`")
    rest = text[at:size]
    if rest.startswith(".") and text[at - 1] == ".":
        return Problem(
            "input-form", Span(at - 1, at + 1), "two dots follow `<+input>`", "one suffices"
        )
    message = f"{show(rest)} stands behind `<+input>`"
    label = "must be the whole value"
    return Problem("input-form", Span(at, size), message, label, "only suffixes may follow it")


def _judge_suffix(suffix: Suffix) -> Iterator[Problem]:
    name = suffix.name
    span = Span(suffix.start, suffix.end)
    if name not in SUFFIXES:
        found = nearest(name, SUFFIXES, 1)
        message = f"`<+input>` has no suffix {show(name)}"
        text = f"a suffix with a similar name exists: {show(found[0])}" if found else ""
        changes = replace(f"write {show(found[0])}", span, found[0]) if found else ()
        yield Problem("input-form", span, message, "unknown suffix", text, changes)
    elif suffix.argument is None:
        message = f"the suffix {show(name)} has no parentheses"
        is_sure = name == "executionInput"
        changes = replace("add `()`", Span(span.end, span.end), "()") if is_sure else ()
        yield Problem("input-form", span, message, "needs `(…)`", "", changes)
    elif name == "executionInput":
        if suffix.argument.strip():
            message = "the suffix `executionInput` takes nothing"
            yield Problem("input-form", _argument(suffix), message, "must be empty")
    elif not suffix.argument.strip():
        message = f"the suffix {show(name)} is empty"
        rule = "input-empty-default" if name == "default" else "input-form"
        yield Problem(rule, Span(suffix.start, suffix.stop), message, "needs a value")
    elif TOKEN in suffix.argument:
        at = suffix.argument_start + suffix.argument.index(TOKEN)
        message = "`<+input>` stands in itself"
        yield Problem("nested-input", Span(at, at + len(TOKEN)), message, "has no value yet")
    elif name == "regex" and (at_reason := broken_pattern(suffix.argument)):
        at, reason = at_reason
        start = suffix.argument_start + at
        message = f"the pattern {show(suffix.argument)} is broken: {reason}"
        yield Problem("input-form", Span(start, start + 1), message, "cannot be compiled")


def _argument(suffix: Suffix) -> Span:
    return Span(suffix.argument_start, suffix.argument_start + len(suffix.argument or " "))


def _contradictions(suffixes: tuple[Suffix, ...], matches: Matches | None) -> Iterator[Problem]:
    by_name: dict[str, Suffix] = {}
    for suffix in suffixes:
        if suffix.name in by_name:
            message = f"the suffix {show(suffix.name)} stands twice"
            yield Problem("input-contradiction", Span(suffix.start, suffix.end), message, "again")
        by_name.setdefault(suffix.name, suffix)
    lists = [by_name[name] for name in SUFFIXES if name in _LISTS and name in by_name]
    pattern, default = by_name.get("regex"), by_name.get("default")
    if lists and pattern:
        message = f"`regex` beside `{lists[0].name}` is ignored"
        yield Problem("input-conflict", Span(pattern.start, pattern.end), message, "has no effect")
    if len(lists) > 1:
        message = f"`{lists[1].name}` repeats what `{lists[0].name}` says"
        span = Span(lists[1].start, lists[1].end)
        yield Problem("input-conflict", span, message, "one suffices")
    if default is None:
        return
    if lists:
        yield from _default_in_list(default, lists[0])
    elif pattern and matches is not None and "<+" not in f"{default.argument}{pattern.argument}":
        value = unquote(default.argument or "")
        if matches(pattern.argument or "", value) is False:
            message = f"the default {show(value)} does not match its own pattern"
            yield Problem("input-contradiction", _argument(default), message, "never accepted")


def _default_in_list(default: Suffix, listed: Suffix) -> Iterator[Problem]:
    values = listed.argument or ""
    given = default.argument or ""
    if any(sign in values + given for sign in ("<+", "${", "jexl(")):
        return  # not known before the run
    allowed = split_values(values)
    if any(same_value(unquote(given), each) for each in allowed):
        return
    parts = split_values(given)
    if len(parts) > 1 and all(any(same_value(p, each) for each in allowed) for p in parts):
        return  # several of a list
    found = nearest(unquote(given), allowed, 1)
    message = f"the default {show(given)} is not in `{listed.name}`"
    text = f"the first of the allowed values is {show(allowed[0])}" if allowed else ""
    changes = replace(f"write {show(found[0])}", _argument(default), found[0]) if found else ()
    yield Problem(
        "input-contradiction", _argument(default), message, "never accepted", text, changes
    )
