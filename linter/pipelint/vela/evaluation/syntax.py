"""Where an expression does not parse, in words: what was found and what was expected."""

from __future__ import annotations

import re

from pipelint.grammar.driver import SyntaxProblem
from pipelint.vela.evaluation.problem import SYNTAX, EvaluationProblem, quoted

_NEAR = 60  # how far back the words before a mistake are read

_OPAQUE_OR_BRACKET = re.compile(
    r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    r"|`[^`]*`"
    r"|//[^\n]*"
    r"|/\*(?:[^*]|\*(?!/))*\*/"
    r"|[()\[\]{}]"
)
_LAST_TOKEN = re.compile(r"(?:[\w$]+|[=!<>]=|&&|\|\||\?\?|\?\.|\*\*|\.\.|\S)$")
_SINGLE_PIPE = re.compile(r"(?<!\|)\|(?!\|)\s*[\w$]*\s*$")
_BAD_NUMBER = re.compile(r"[0-9][\w$]*")
_ANY_TOKEN = re.compile(r"""[\w$()\[\]{}.,;:?+\-*/%^<>!=&|#'"`]""")

_OPENING = {")": "(", "]": "[", "}": "{"}
_SLIPS = {
    "=": ("`=` does not compare", "write `==`"),
    "&": ("`&` is not an operator", "write `&&` or `and`"),
    "|": ("`|` needs a function call after it", "write `||` or `or` to join two conditions"),
}
_CALLED = {
    "contains": 'write `text contains "part"`',
    "matches": 'write `text matches "pattern"`',
    "startsWith": 'write `text startsWith "beginning"` or `hasPrefix(text, "beginning")`',
    "endsWith": 'write `text endsWith "end"` or `hasSuffix(text, "end")`',
}
# What only one construct asks for, the most telling first.
_MISSING = {
    "_COLON": "`:`",
    "_ELSE": "`else`",
    "_ASSIGN": "`=`",
    "LBRACE": "`{`",
    "LPAR": "`(`",
    "SEMICOLON": "`;`",
}


def explain(text: str, problem: SyntaxProblem) -> EvaluationProblem:
    """Turn the place where a text does not parse into a problem with a message."""
    if problem.start >= len(text):
        return _ends_early(text, frozenset(problem.expected))
    lexical = _explain_characters(text, problem.start, problem.end)
    if lexical:
        return lexical
    found = text[problem.start : problem.end]
    message, advice = _misplaced(text, problem.start, found, frozenset(problem.expected))
    return _problem(problem.start, problem.end, message, advice)


def _explain_characters(text: str, start: int, end: int) -> EvaluationProblem | None:
    """Explain what is no token at all, or never the right one."""
    found = text[start:end]
    opening = text[end : end + 1] if found in {"b", "B"} else found
    if opening in {'"', "'", "`"}:
        return _unclosed_string(text, start)
    if text.startswith("/*", start):
        return _problem(start, len(text), "unclosed comment")
    number = _BAD_NUMBER.match(text, start)
    if number and number.end() > end:
        return _problem(start, number.end(), f"{quoted(number[0])} is not a number")
    if found in {"=", "&"}:
        return _problem(start, end, *_SLIPS[found])
    if not _ANY_TOKEN.match(found):
        return _problem(start, end, f"{quoted(found)} has no meaning in an expression")
    return None


def _unclosed_string(text: str, start: int) -> EvaluationProblem:
    end = text.find("\n", start)
    if end < 0 or text[start] == "`":
        end = len(text)
    return _problem(start, end, "unclosed string")


def _ends_early(text: str, expected: frozenset[str]) -> EvaluationProblem:
    """Explain an end where more was expected: at the open bracket, or else at the last token."""
    if not text.strip():
        return _problem(0, len(text), "the expression is empty")
    start, end, last = _last_token(text)
    opened = _open_brackets(text)
    wanted = _wanted(expected)
    if opened and (wanted == "" or last in "([{"):
        at = opened[-1]
        return _problem(at, at + 1, f"`{text[at]}` is never closed")
    if pipe := _single_pipe(text):
        return pipe
    wanted = wanted or next((_MISSING[each] for each in _MISSING if each in expected), "more")
    return _problem(start, end, f"expected {wanted} after {quoted(last)}")


def _misplaced(text: str, start: int, found: str, expected: frozenset[str]) -> tuple[str, str]:
    """Return message and help for a token that cannot stand where it does."""
    shown = quoted(found)
    wanted = _wanted(expected)
    if found in _OPENING and (stray := _stray_bracket(text, start, found)):
        return stray, ""
    if _SINGLE_PIPE.search(text[max(0, start - _NEAR) : start]) and wanted in {"a name", ""}:
        return _SLIPS["|"]
    if wanted == "a value" and text[start + len(found) :].lstrip().startswith("("):
        return f"expected a value before {shown}", _CALLED.get(found, "")
    if expected == {"TEXTUAL"}:
        return f"expected an operator such as `in` after `not`, not {shown}", ""
    if not wanted and found in {",", ";", ":", "::"}:
        return f"{shown} has no place here", ""
    return f"expected {wanted or _missing(expected)} before {shown}", ""


def _wanted(expected: frozenset[str]) -> str:
    if {"NAME", "NUMBER"} <= expected:
        return "a value"
    return "a name" if "NAME" in expected else ""


def _missing(expected: frozenset[str]) -> str:
    if "OPERATOR" in expected:
        return "an operator"
    return next((_MISSING[each] for each in _MISSING if each in expected), "the end")


def _single_pipe(text: str) -> EvaluationProblem | None:
    near = text[-_NEAR:].rstrip()
    found = _SINGLE_PIPE.search(near)
    if not found:
        return None
    at = max(0, len(text) - _NEAR) + found.start()
    return _problem(at, at + 1, *_SLIPS["|"])


def _stray_bracket(text: str, start: int, found: str) -> str:
    opened = _open_brackets(text[:start])
    if not opened:
        return f"`{found}` closes nothing"
    opening = text[opened[-1]]
    return "" if opening == _OPENING[found] else f"`{found}` does not close `{opening}`"


def _open_brackets(text: str) -> list[int]:
    """Return where the brackets stand that are open at the end of a text."""
    opened: list[int] = []
    for match in _OPAQUE_OR_BRACKET.finditer(text):
        if match[0] in {"(", "[", "{"}:
            opened.append(match.start())
        elif match[0] in _OPENING and opened:
            opened.pop()
    return opened


def _last_token(text: str) -> tuple[int, int, str]:
    end = len(text.rstrip())
    first = max(0, end - _NEAR)
    found = _LAST_TOKEN.search(text[first:end])
    start = first + found.start() if found else end - 1
    return start, end, text[start:end]


def _problem(start: int, end: int, message: str, advice: str = "") -> EvaluationProblem:
    return EvaluationProblem(start, end, message, SYNTAX, advice)
