"""Say in a person's words why the Vela server refuses a `${…}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.vela.substitution.found import SubstitutionProblem
from pipelint.vela.substitution.opening import Opening

_START = re.compile(r"\$\{#?\w*")
_LONGEST_EXAMPLE = 40


class _Refusal(NamedTuple):
    """Where in which text the server stops; `name` is the variable, as far as there is one."""

    text: str
    start: int
    offset: int
    name: str

    @property
    def word(self) -> str:
        return self.text[self.offset : self.offset + 1]

    @property
    def before(self) -> str:
        return self.text[self.start : self.offset]


class _Reason(NamedTuple):
    kind: str
    message: str
    length: int = 1  # of the wrong text
    help: str = ""


def explain(
    text: str, path: list[Opening], offset: int, expected: tuple[str, ...]
) -> SubstitutionProblem:
    """Explain a syntax problem of the last `${` of `path`.

    `path` leads there from the outermost one; `expected` are the terminals that fit at `offset`.
    """
    broken = path[-1]
    start = _START.match(text, broken.start)
    head = start[0] if start else "${"
    if offset >= broken.end:
        span = Span(broken.start, broken.start + len(head))
        reason = _Reason("unclosed", f"`{head}` is never closed with `}}`")
    else:
        refusal = _Refusal(text, broken.start, offset, head.lstrip("${#"))
        reason = _reason(refusal, set(expected))
        span = Span(offset, offset + reason.length)
    return _problem(text, path, span, reason)


def explain_crash(text: str, path: list[Opening], span: Span) -> SubstitutionProblem:
    """Explain a negative length in the last `${` of `path`; `span` is that of the number."""
    reason = _Reason("crash", "a negative length crashes Vela's substitution")
    return _problem(text, path, span, reason)


def _problem(text: str, path: list[Opening], span: Span, reason: _Reason) -> SubstitutionProblem:
    whole = Span(path[-1].start, path[-1].end)
    # Once the outer `${` is escaped, `$${` in it is so too, though it was none before.
    escapes = tuple(each.start for each in path if each is path[0] or not each.is_escaped)
    way_out = reason.help or _way_to_shell(text, Span(path[0].start, path[0].end), escapes)
    return SubstitutionProblem(span, whole, reason.kind, reason.message, way_out, escapes)


def _way_to_shell(text: str, whole: Span, escapes: tuple[int, ...]) -> str:
    example = "$${"
    if whole.end - whole.start <= _LONGEST_EXAMPLE and text[whole.end - 1] == "}":
        ends = (*escapes[1:], whole.end)
        pieces = (text[start:end] for start, end in zip(escapes, ends, strict=True))
        example = "".join(f"${piece}" for piece in pieces)
    return f"write `{example if example.isprintable() else '$${'}` to leave it to the shell"


def _reason(refusal: _Refusal, expected: set[str]) -> _Reason:
    for terminal, explain_it in _REASONS:
        if terminal in expected:
            return explain_it(refusal)
    return _Reason("argument", f"`{refusal.word}` cannot stand here")


def _no_name(refusal: _Refusal) -> _Reason:
    word = refusal.word
    if word == "{":
        message = "`${{` begins an expression of GitHub Actions, not of Vela"
        return _Reason("double-brace", message, help="write `${NAME}` for a variable of Vela")
    if word == "}":
        return _Reason("name", "`${}` names no variable")
    if word.isspace():
        message = "a space stands before the name of the variable"
        return _Reason("name", message, help="remove the space")
    if word == "!":
        return _Reason("name", "Vela's substitution has no indirect variables such as `${!…}`")
    return _Reason("name", f"`{word}` cannot begin the name of a variable")


def _no_name_to_measure(refusal: _Refusal) -> _Reason:
    return _Reason("name", "`${#` needs the name of a variable", len(refusal.word))


def _after_name(refusal: _Refusal) -> _Reason:
    word = refusal.word
    if word == ".":
        return _Reason("name", "`.` cannot stand in the name of a variable")
    if word == "[":
        return _Reason("operator", "Vela's substitution has no arrays: `[` is refused")
    if word.isspace():
        message = f"a space follows the name `{refusal.name}`"
        return _Reason("name", message, help="remove the space")
    return _Reason("operator", f"`{word}` is not an operator of Vela's substitution")


def _no_word(refusal: _Refusal) -> _Reason:
    return _Reason("argument", f"`{_cut(refusal.before)}` does not say what to remove")


def _no_pattern(refusal: _Refusal) -> _Reason:
    return _Reason("argument", f"`{_cut(refusal.before)}` does not say what to replace")


def _no_position(refusal: _Refusal) -> _Reason:
    return _Reason("argument", f"`{_cut(refusal.before)}` does not say where to cut")


def _no_count(refusal: _Refusal) -> _Reason:
    return _Reason("argument", f"`{_cut(refusal.before)}` does not say how much to keep")


def _no_second_slash(refusal: _Refusal) -> _Reason:
    return _Reason("argument", f"the second `/` after `{refusal.name}` is missing")


def _not_closed_here(refusal: _Refusal) -> _Reason:
    word, before = refusal.word, refusal.before
    if word == "$" and refusal.text.startswith("${", refusal.offset):
        return _Reason("argument", "`${` cannot follow other text in this argument", 2)
    if before.endswith("}"):
        return _Reason("argument", "no text can follow `${…}` in this argument")
    if before.endswith(("^", ",")):
        return _Reason("operator", f"`{before[-1]}` takes no pattern in Vela's substitution")
    return _Reason("operator", f"`{word}` cannot follow `{_cut(before)}`")


def _cut(example: str) -> str:
    fits = len(example) <= _LONGEST_EXAMPLE and example.isprintable()
    return example if fits else f"{example[:2]}…"


# What could have stood at the place of the error tells where the server was.
_REASONS: tuple[tuple[str, Callable[[_Refusal], _Reason]], ...] = (
    ("HASH", _no_name),
    ("NAME", _no_name_to_measure),
    ("CASE", _after_name),
    ("WORD", _no_word),
    ("PATTERN", _no_pattern),
    ("OFFSET", _no_position),
    ("COUNT", _no_count),
    ("SLASHES", _no_second_slash),
    ("_CLOSE", _not_closed_here),
)
