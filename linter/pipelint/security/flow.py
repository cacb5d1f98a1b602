"""How values go on through a script: from its environment into the variables that it sets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pipelint.security.calls import is_printer
from pipelint.security.script import Origin, Script
from pipelint.security.shell import Command, Word, assignments, variables


class Flow:
    """What is known of the variables of a script, once all of its assignments are read."""

    __slots__ = ("_inside", "known", "script")

    def __init__(self, script: Script) -> None:
        self.script = script
        self.known: dict[str, Origin] = dict(script.environment)
        self._inside: dict[int, list[Command]] = {}
        for command in script.commands:
            if command.within is not None and is_printer(command):
                self._inside.setdefault(id(command.within), []).append(command)
        for command in script.commands:
            for name, value, _ in assignments(command):
                origin = self.origin_of(value, command)
                if origin is not None:
                    self.known[name] = origin
                elif not value.text.startswith("$"):
                    self.known.pop(name, None)

    def origin_of(self, word: Word, command: Command) -> Origin | None:
        """Return where a word of a command has its value from, substitutions in it included."""
        own = next((origin for origin, _, _ in self.uses(word)), None)
        if own is not None or ("$(" not in word.text and "`" not in word.text):
            return own
        inside = self._inside.get(id(command), [])
        for at in range(bisect_left(inside, word.start, key=_start), len(inside)):
            if inside[at].start >= word.end:
                break
            for one in inside[at].words:
                found = next((origin for origin, _, _ in self.uses(one)), None)
                if found is not None:
                    return found
        return None

    def uses(self, word: Word) -> Iterator[tuple[Origin, int, int]]:
        """Give the values in a word that are known: of variables and pasted ones."""
        for pasted in self.script.pasted:
            if word.start <= pasted.start < word.end and not _is_nested(word, pasted.start):
                yield pasted.origin, pasted.start, pasted.end
        for name, start, end in variables(word):
            origin = self.known.get(name)
            if origin is not None:
                yield origin, start, end


def _start(command: Command) -> int:
    return command.start


def _is_nested(word: Word, at: int) -> bool:
    """Tell whether an offset is in a substitution of a word, whose commands say what it is for."""
    return word.live[at - word.start] == " " and any(
        sign in word.text for sign in ("$(", "`", "<(")
    )
