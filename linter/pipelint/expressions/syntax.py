"""Say in words why the engine cannot read an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.expressions.block import INNER, Block
from pipelint.expressions.delimiters import find_early_close
from pipelint.expressions.hyphen import hyphen_problem
from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.quotes import curly_quotes, escaped_quote, text_beside, unclosed_text
from pipelint.expressions.reading import Reading
from pipelint.expressions.refused import BLANK, SYNTAX, Refused
from pipelint.expressions.vocabulary import WORDS
from pipelint.expressions.words import expects_operand, expects_operator, say_expected
from pipelint.source import Span

# What other languages have; the text ends at the place that the parser refuses, or begins there.
_OPERATORS = {
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "?.": "",
    "??": "?:",
    "<<": "",
    ">>": "",
    "=>": "",
    "->": "",
    "++": "",
}
_WORD_OPERATORS = {
    "AND": "&&",
    "And": "&&",
    "OR": "||",
    "Or": "||",
    "NOT": "!",
    "Not": "!",
    "EQ": "==",
    "NE": "!=",
    "GT": "gt",
    "LT": "lt",
    "GE": "ge",
    "LE": "le",
    "in": "=~",
    "IN": "=~",
    "contains": "=~",
    "matches": "=~",
    "is": "==",
    "instanceof": "",
}


def refused_syntax(reading: Reading) -> Iterator[Problem]:
    """Yield what the engine cannot read: the innermost expression, and one problem for each."""
    if reading.program is not None and reading.found.unclosed is not None:
        return
    for base, block in reading.blocks():
        if block.refusal is None or block.unclosed is not None:
            continue
        if any(inner.refusal for inner in block.walk() if inner is not block):
            continue
        if find_early_close(reading.text, base, block) is not None:
            continue
        refused = Refused(reading.text, base, block, block.refusal)
        yield next(problem for explain in _REASONS if (problem := explain(refused)))


def _hyphen(refused: Refused) -> Problem | None:
    """Find a name like `this-var`, whose second half is a reserved word."""
    before = refused.masked[: refused.at]
    if refused.word not in WORDS or not before.endswith("-"):
        return None
    return hyphen_problem(refused.block, refused.base, refused.at - 1)


def _reserved(refused: Refused) -> Problem | None:
    before, word = refused.before, refused.word
    if word not in WORDS or not before.endswith(".") or before.endswith(".."):
        return None
    dot = refused.span(len(before) - 1, refused.refusal.stop)
    return Problem(
        "reserved-word",
        refused.here,
        f"{show(word)} is a reserved word of expressions",
        "no name, also after a dot",
        f'write `.get("{word}")`',
        replace(f'write `.get("{word}")`', dot, f'.get("{word}")'),
    )


def _foreign_operator(refused: Refused) -> Problem | None:
    masked, at = refused.masked, refused.at
    for sign, instead in _OPERATORS.items():
        for start in (at - len(sign) + 1, at):
            if start >= 0 and masked.startswith(sign, start):
                return _no_operator(refused, start, sign, instead)
    return None


def _foreign_word(refused: Refused) -> Problem | None:
    if not expects_operator(refused.expected):
        return None
    word = refused.word
    if word in _WORD_OPERATORS:
        return _no_operator(refused, refused.at, word, _WORD_OPERATORS[word])
    last = _last_word(refused)
    if last and (word := last[0].rstrip()) in {"NOT", "Not"}:
        return _no_operator(refused, last.start(), word, "!")
    return None


def _last_word(refused: Refused) -> re.Match[str] | None:
    """Find the word before the place, with the blanks between."""
    start = len(refused.before)
    while start and re.match(r"[\w$@]", refused.masked[start - 1]):
        start -= 1
    return re.compile(r"[\w$@]+\s*").match(refused.masked, start, refused.at)


def _no_operator(refused: Refused, start: int, sign: str, instead: str) -> Problem:
    span = refused.span(start, start + len(sign))
    text = f"write `{instead}`" if instead else ""
    changes = replace(text, span, instead) if instead and sign not in {"is", "matches"} else ()
    message = f"{show(sign)} is no operator of expressions"
    return Problem("foreign-operator", span, message, "unknown operator", text, changes)


def _end(refused: Refused) -> Problem | None:
    before = refused.before
    if refused.at < len(refused.masked.rstrip(BLANK)):
        return None
    expected = say_expected(refused.expected)
    if before.endswith(".") and "SEGMENT" in refused.expected:
        span = refused.span(len(before) - 1, len(before))
        return Problem(SYNTAX, span, "an expression ends with a dot", "no name follows")
    last = len(before) - 1
    message = f"an expression ends too early after {show(_tail(refused.block, last + 1))}"
    return Problem(SYNTAX, refused.span(last, last + 1), message, f"expected {expected}")


def _tail(block: Block, end: int) -> str:
    """Return the last word or sign before an offset."""
    text = block.text[:end]
    word = re.search(r"(?:[\w$@]+|[^\w\s$@]{1,2})\Z", text)
    return word[0] if word else text[-1:]


def _blank_in_name(refused: Refused) -> Problem | None:
    if not re.match(r"[\w$@]", refused.word) or not expects_operator(refused.expected):
        return None
    last = _last_word(refused)
    if not last or last[0] == last[0].rstrip() or refused.word in WORDS:
        return None
    if last[0].rstrip() in WORDS:
        return _no_value(refused, last.start(), last[0].rstrip())
    both = refused.masked[last.start() : refused.refusal.stop]
    return Problem(
        SYNTAX,
        refused.span(last.start(), refused.refusal.stop),
        f"no operator stands between the words in {show(both)}",
        "a name holds no blank",
        'an entity goes by its identifier; a name with blanks needs `.get("…")`',
    )


def _no_value(refused: Refused, start: int, word: str) -> Problem:
    span = refused.span(start, start + len(word))
    return Problem(
        SYNTAX, span, f"{show(word)} stands where a value is expected", "a reserved word"
    )


def _if(refused: Refused) -> Problem | None:
    """Find a condition that begins with `if`, which a script could, with parentheses."""
    begins = re.match(r"\s*if\s+(?!\()", refused.masked)
    if not begins:
        return None
    span = refused.span(begins.end() - len(begins[0].lstrip()), begins.end() - 1)
    span = Span(span.start, span.start + 2)
    message = "`if` stands before an expression"
    changes = replace("remove the `if`", refused.span(0, begins.end()), "")
    return Problem(
        "leading-if", span, message, "begins a statement", "write the condition", changes
    )


def _bracket(refused: Refused) -> Problem | None:
    if refused.word not in {")", "]", "}"} or not expects_operator(refused.expected):
        return None
    opening = {")": "(", "]": "[", "}": "{"}[refused.word]
    message = f"{show(refused.word)} closes no {show(opening)}"
    return Problem(SYNTAX, refused.here, message, f"expected {say_expected(refused.expected)}")


def _loop(refused: Refused) -> Problem | None:
    if refused.word != ";" and "; " not in refused.masked:
        return None
    head = re.match(r"\s*for\s*\(([^):;]*);|\s*for\s*\(\s*var\s+\w+\s*=", refused.masked)
    if not head:
        return None
    message = "a loop with `;` does not exist in expressions"
    return Problem(SYNTAX, refused.here, message, "expected `:`", "write `for (item : list)`")


def _chained(refused: Refused) -> Problem | None:
    sign = re.match(
        r"==|!=|<=?|>=?|[=!][~^$]|\b(?:eq|ne|lt|le|gt|ge)\b", refused.masked[refused.at :]
    )
    if not sign or not expects_operator(refused.expected):
        return None
    message = f"a second comparison follows with {show(sign[0])}"
    text = "comparisons do not chain: join two of them with `&&`"
    return Problem(SYNTAX, refused.here, message, "only one is allowed", text)


def _plus(refused: Refused) -> Problem | None:
    if refused.word != "+" or not expects_operand(refused.expected):
        return None
    message = "`+` stands where a value is expected"
    return Problem(SYNTAX, refused.here, message, "no sign of a number", "remove the `+`")


def _double_dot(refused: Refused) -> Problem | None:
    if refused.word[:1] != "." or not refused.before.endswith("."):
        return None
    return Problem(SYNTAX, refused.here, "two dots follow each other", "expected a name")


def _anything(refused: Refused) -> Problem | None:
    word = "<+…>" if refused.masked[refused.at : refused.at + 1] == INNER else refused.word
    message = f"{show(word)} cannot stand here in an expression"
    expected = say_expected(refused.expected)
    return Problem(SYNTAX, refused.here, message, f"expected {expected}" if expected else "")


_REASONS: tuple[Callable[[Refused], Problem | None], ...] = (
    curly_quotes,
    escaped_quote,
    unclosed_text,
    text_beside,
    _hyphen,
    _reserved,
    _if,
    _loop,
    _end,
    _foreign_operator,
    _foreign_word,
    _chained,
    _blank_in_name,
    _bracket,
    _plus,
    _double_dot,
    _anything,
)
