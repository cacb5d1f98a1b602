"""The commands of a shell script, with their words and places: enough of the language to judge.

One pass, without recursion. Quotes, comments, here documents, pipes, redirections, groups and
substitutions (`$(…)`, back-ticks, `<(…)`) are understood; what a command does is not asked here.
Offsets are 0-based, in code points of the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.record import NamedTuple


class Word(NamedTuple):
    """A word of a command. `text` has no quotes; `live` is as long as the word is written.

    In `live` everything is blanked out that the shell does not expand in this word: text in single
    quotes, escaped signs, and substitutions, whose commands are commands of their own.
    """

    text: str
    live: str
    start: int
    end: int


class Command:
    """A simple command. `redirects` are pairs of operator and target.

    `into` is the command that its output is piped to, `within` the command in whose words it is
    substituted. `captured` says that its output goes into words, or by a group somewhere else.
    """

    __slots__ = ("captured", "end", "into", "redirects", "source", "start", "within", "words")

    def __init__(self, start: int, within: Command | None) -> None:
        self.start = start
        self.end = start
        self.words: list[Word] = []
        self.redirects: list[tuple[str, Word]] = []
        self.into: Command | None = None
        self.source: Command | None = None
        self.within = within
        self.captured = within is not None


_PLAIN = re.compile(r"(?:[^\\'\"$`#<>|&;()\n\r\t ]|\$(?!\())+")
_BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_SINGLE = re.compile(r"'[^']*'")
_REDIRECT = re.compile(r"(?:&>>?|\d*(?:<<<|<<-?|<>|<&|>>|>&|>\||<|>))")
_IN_QUOTES = re.compile(r'[^"\\$`]+')
_COMMENT = re.compile(r"#[^\n]*")
MOST = 20_000
"""Commands of one script that are read: nobody writes so many."""

_MOST_NESTED = 100

_CLOSERS = {
    "{": "}", "if": "fi", "for": "done", "while": "done", "until": "done", "select": "done",
    "case": "esac", "(": ")",
}  # fmt: skip
_ALONE = frozenset({"if", "then", "else", "elif", "do", "while", "until", "!", "{", "time"})
"""Words before a command that are no part of it."""


class _Frame:
    """An open substitution or subshell; `closer` is the sign that ends it."""

    __slots__ = (
        "closer",
        "command",
        "is_word",
        "live",
        "parts",
        "piped",
        "quoted",
        "size",
        "start",
    )

    def __init__(self, closer: str, command: Command) -> None:
        self.closer = closer
        self.command = command
        self.piped: Command | None = None
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []
        self.live: list[str] = []
        self.start = -1
        self.size = 0
        self.is_word = False
        self.quoted = False

    def add(self, text: str, live: str, at: int) -> None:
        if not self.is_word:
            self.is_word, self.start = True, at
        self.parts.append(text)
        self.live.append(live)
        self.size += len(live)


def commands(script: str, most: int = MOST) -> list[Command]:
    """Return the commands of a script, in the order in which they begin; at most so many."""
    reader = _Reader(script, most)
    reader.read()
    found = [one for one in reader.found if one.words or one.redirects]
    _capture_groups(found)
    return found


class _Reader:
    """The state of one pass."""

    __slots__ = (
        "_arithmetic",
        "_at",
        "_documents",
        "_most",
        "_operator",
        "_stack",
        "_text",
        "found",
    )

    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._most = most
        self._at = 0
        self._arithmetic = True
        self.found: list[Command] = []
        self._documents: list[str] = []
        self._operator: dict[int, str] = {}
        self._stack: list[_Frame] = []
        self._push("", None)

    def _push(self, closer: str, within: Command | None) -> None:
        command = Command(self._at, within)
        self.found.append(command)
        self._stack.append(_Frame(closer, command))

    def read(self) -> None:
        text, size = self._text, len(self._text)
        while self._at < size and len(self.found) <= self._most:
            frame = self._stack[-1]
            if frame.quoted:
                self._in_quotes(frame)
            else:
                self._outside(frame, text[self._at])
        while self._stack:
            self._end_command(self._stack.pop())

    # --- words

    def _in_quotes(self, frame: _Frame) -> None:
        text, at = self._text, self._at
        plain = _IN_QUOTES.match(text, at)
        if plain:
            frame.add(plain[0], plain[0], at)
            self._at = plain.end()
        elif text[at] == '"':
            frame.quoted = False
            frame.add("", " ", at)
            self._at += 1
        elif not self._common(frame):
            frame.add(text[at], text[at], at)
            self._at += 1

    def _outside(self, frame: _Frame, sign: str) -> None:
        text, at = self._text, self._at
        plain = _PLAIN.match(text, at)
        if plain:
            frame.add(plain[0], plain[0], at)
            self._at = plain.end()
        elif blank := _BLANK.match(text, at):
            self._end_word(frame)
            self._at = blank.end()
        elif sign == "#" and not frame.is_word:
            self._at = _COMMENT.match(text, at).end()  # type: ignore[union-attr]
        elif sign == '"':
            frame.add("", " ", at)
            frame.quoted = True
            self._at += 1
        elif sign == "'":
            self._single(frame)
        elif not (self._operator_at(frame, sign) or self._common(frame)):
            frame.add(sign, sign, at)
            self._at += 1

    def _single(self, frame: _Frame) -> None:
        found = _SINGLE.match(self._text, self._at)
        stop = found.end() if found else self._at + 1
        inside = self._text[self._at + 1 : stop - 1] if found else "'"
        frame.add(inside, " " * (stop - self._at), self._at)
        self._at = stop

    def _common(self, frame: _Frame) -> bool:
        """Read what means the same in double quotes and outside of them."""
        text, at = self._text, self._at
        if text[at] == "\\":
            frame.add(text[at + 1 : at + 2], " " * len(text[at : at + 2]), at)
            self._at = at + 2
            return True
        if text.startswith("$((", at):
            return self._calculate(frame)
        if text.startswith("$(", at):
            return self._substitute(frame, "$(", ")")
        if text[at] == "`" and frame.closer == "`":
            self._close()
            return True
        return text[at] == "`" and self._substitute(frame, "`", "`")

    def _calculate(self, frame: _Frame) -> bool:
        at = self._at
        stop = self._text.find("))", at) if self._arithmetic else -1
        self._arithmetic = stop >= 0
        inside = self._text[at : stop + 2 if stop >= 0 else at + 3]
        frame.add(inside, inside, at)
        self._at = at + len(inside)
        return True

    def _substitute(self, frame: _Frame, opener: str, closer: str) -> bool:
        if len(self._stack) >= _MOST_NESTED:
            return False
        frame.add(opener, " " * len(opener), self._at)
        self._at += len(opener)
        self._push(closer, frame.command)
        return True

    def _close(self) -> None:
        inner = self._stack.pop()
        self._end_command(inner)
        outer = self._stack[-1]
        self._at += 1
        if outer.is_word:
            start = outer.start + outer.size
            outer.add(self._text[start : self._at], " " * (self._at - start), start)

    def _end_word(self, frame: _Frame) -> None:
        if not frame.is_word:
            return
        word = Word("".join(frame.parts), "".join(frame.live), frame.start, self._at)
        command = frame.command
        operator = self._operator.pop(id(frame), "")
        frame.clear()
        if operator.lstrip("0123456789") in {"<<", "<<-"}:
            self._documents.append(word.text)
        if operator:
            command.redirects.append((operator, word))
        else:
            if command.words and command.words[0].text == ")":
                self._end_command(frame)
                command = frame.command
            command.words.append(word)
        if len(command.words) == 1 and not command.redirects:
            command.start = word.start
        command.end = word.end
        if word.text in _ALONE and len(command.words) == 1 and word.live == word.text:
            self._end_command(frame)

    # --- commands

    def _operator_at(self, frame: _Frame, sign: str) -> bool:
        text, at = self._text, self._at
        if text.startswith(("<(", ">("), at):
            return self._substitute(frame, text[at : at + 2], ")")
        if sign in "<>" or text.startswith("&>", at):
            return self._redirect(frame)
        if sign == "\n":
            self._end_command(frame)
            self._at += 1
            self._skip_documents()
        elif sign == ")" and frame.closer == ")":
            self._end_command(frame)
            self._close()
        elif sign in "()":
            self._end_command(frame)
            frame.add(sign, sign, at)
            self._at += 1
            self._end_word(frame)
            if sign == "(":
                self._end_command(frame)
        elif sign in "|&;":
            self._separate(frame, sign)
        else:
            return False
        return True

    def _redirect(self, frame: _Frame) -> bool:
        found = _REDIRECT.match(self._text, self._at)
        if found is None:
            return False
        number = frame.is_word and "".join(frame.parts).isdigit()
        digits = "".join(frame.parts) if number else ""
        if number:
            frame.clear()
        self._end_word(frame)
        self._operator[id(frame)] = digits + found[0]
        self._at = found.end()
        return True

    def _separate(self, frame: _Frame, sign: str) -> None:
        pair = self._text[self._at : self._at + 2]
        size = 2 if pair in {"||", "&&", ";;", "|&"} else 1
        before = frame.command
        self._end_command(frame, keep=sign == "|" and pair != "||")
        self._at += size
        if sign == "|" and pair != "||":
            frame.piped = before

    def _end_command(self, frame: _Frame, *, keep: bool = False) -> None:
        self._end_word(frame)
        command = frame.command
        self._operator.pop(id(frame), None)
        if not command.words and not command.redirects and not keep:
            command.start = self._at
            return
        if frame.piped is not None:
            frame.piped.into, command.source = command, frame.piped
            frame.piped = None
        frame.command = Command(self._at, command.within)
        self.found.append(frame.command)

    def _skip_documents(self) -> None:
        """Skip here documents: they are text. One without an end goes to the end of the script."""
        for name in self._documents:
            while self._at < len(self._text):
                stop = self._text.find("\n", self._at)
                stop = len(self._text) if stop < 0 else stop
                line = self._text[self._at : stop].strip()
                self._at = min(stop + 1, len(self._text))
                if line == name:
                    break
        self._documents.clear()


def _capture_groups(found: list[Command]) -> None:
    """Note of the commands of a group whose output goes elsewhere that theirs does, too."""
    opened: list[tuple[str, int]] = []
    elsewhere: list[tuple[int, int]] = []
    for at, command in enumerate(found):
        first = command.words[0].text if command.words else ""
        if first in _CLOSERS:
            opened.append((_CLOSERS[first], at))
        elif opened and opened[-1][0] == first:
            _, begin = opened.pop()
            if writes_elsewhere(command) or command.into is not None:
                elsewhere.append((begin, at))
    done = 0
    for begin, end in sorted(elsewhere):
        for inner in found[max(begin, done) : end]:
            inner.captured = True
        done = max(done, end)


def writes_elsewhere(command: Command) -> bool:
    """Tell whether a command's standard output is redirected, to a file or to nowhere."""
    return any(
        operator.lstrip("1") in {">", ">>", ">|", "&>", "&>>"}
        or (operator.lstrip("1") == ">&" and target.text != "1")
        for operator, target in command.redirects
    )


_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=")
_WRAPPERS = {
    "sudo": frozenset({"-u", "-g", "-h", "-p", "--user", "--group"}),
    "env": frozenset({"-u", "--unset", "-C"}),
    "exec": frozenset({"-a"}),
    "nohup": frozenset[str](),
    "command": frozenset[str](),
    "builtin": frozenset[str](),
    "timeout": frozenset({"-k", "-s", "--signal", "--kill-after"}),
    "nice": frozenset({"-n"}),
    "npx": frozenset({"-p", "--package"}),
    "bunx": frozenset[str](),
    "xvfb-run": frozenset[str](),
}
"""Programs that start another one, each with its options that take a value."""


class Call(NamedTuple):
    """The program that a command starts, without its folder, and its arguments."""

    program: str
    args: list[Word]


def call_of(command: Command) -> Call:
    """Return what a command calls: keywords, assignments, `sudo` and the like are left out."""
    words = command.words
    at = 0
    while at < len(words):
        text = words[at].text
        if _ASSIGNMENT.match(text):
            at += 1
            continue
        name = text.rpartition("/")[2] if not text.startswith("@") else text
        if name not in _WRAPPERS:
            return Call(name, words[at + 1 :])
        at = _behind_options(words, at + 1, _WRAPPERS[name])
        if name == "timeout":
            at += 1
    return Call("", [])


def _behind_options(words: list[Word], at: int, with_value: frozenset[str]) -> int:
    while at < len(words) and words[at].text.startswith("-"):
        at += 2 if words[at].text in with_value else 1
    return at


class Assignment(NamedTuple):
    """A variable that a command sets; `value` is the part of the word behind `=`."""

    name: str
    value: Word
    exported: bool


_DECLARING = frozenset({"export", "declare", "local", "readonly", "typeset", "set"})


def assignments(command: Command) -> Iterator[Assignment]:
    """Give what a command assigns: `X=…`, `export X=…`, and so on."""
    words = command.words
    exported = bool(words) and words[0].text == "export"
    declared = bool(words) and words[0].text in _DECLARING
    for word in words:
        found = _ASSIGNMENT.match(word.live)
        if found:
            size = found.end()
            value = Word(word.text[size:], word.live[size:], word.start + size, word.end)
            yield Assignment(found[1], value, exported)
        elif not declared:
            return


_VARIABLE = re.compile(r"\$(?:\{[#!]?([A-Za-z_]\w*)|([A-Za-z_]\w*))")


def variables(word: Word) -> Iterator[tuple[str, int, int]]:
    """Give each variable that the shell expands in a word: name, start and end of `$NAME`."""
    if "$" not in word.live:
        return
    for found in _VARIABLE.finditer(word.live):
        name = found[1] or found[2]
        end = found.end()
        if found[1]:
            close = word.live.find("}", end)
            end = close + 1 if close >= 0 else end
        yield name, word.start + found.start(), word.start + end
