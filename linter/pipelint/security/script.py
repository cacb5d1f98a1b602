"""A script of a pipeline, and a document as the rules about security see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.node import Scalar, Tree
from pipelint.yaml.written import place

if TYPE_CHECKING:
    from pipelint.security.shell import Command

SECRET = "secret"  # noqa: S105 - the word for it
UNTRUSTED = "untrusted"

POSIX = frozenset({"", "sh", "bash"})
_COMMENT = re.compile(r"^[ \t]*#.*$|(?<=[ \t])#.*$", re.MULTILINE)


class Origin(NamedTuple):
    """Where a value comes from: `kind` is `secret` or `untrusted`, `word` what the author wrote.

    `span` is the place where it comes in, when that is not where it is used.
    """

    kind: str
    word: str
    span: Span | None = None


class Pasted(NamedTuple):
    """A value that the platform writes into the text of a script before the shell reads it."""

    start: int
    end: int
    origin: Origin


class Script:
    """A script with all that is known about its values.

    `text` is what YAML makes of it; in `shell_text`, which is as long, expressions of the platform
    are made unreadable. `environment` says of variables where their values come from. `shell` is in
    small letters, empty where it is not said. `outputs` are the variables that later steps read,
    each with its place; `remedy` says how a value gets into the environment.
    """

    __slots__ = (
        "_commands", "_file", "_place", "environment", "image", "outputs", "pasted", "remedy",
        "scalar", "shell", "shell_text", "subject", "text",
    )  # fmt: skip

    def __init__(
        self,
        scalar: Scalar,
        *,
        file: str,
        shell: str = "",
        shell_text: str = "",
        pasted: Sequence[Pasted] = (),
        environment: Dict[str, Origin] | None = None,
        remedy: str = "",
    ) -> None:
        self.scalar = scalar
        self.text = scalar.text
        self.shell = shell.lower()
        self.shell_text = shell_text or scalar.text
        self.pasted = pasted
        self.environment: Dict[str, Origin] = environment or {}
        self.remedy = remedy
        self.outputs: Dict[str, Span] = {}
        self.subject: Subject | None = None
        self._file = file
        self._place: Callable[[int, int], Span] | None = None
        self._commands: list[Command] | None = None

    @property
    def is_posix(self) -> bool:
        """Whether a shell of the family of `sh` reads it, as far as the file says."""
        return self.shell in POSIX

    @property
    def commands(self) -> list[Command]:
        """The commands in it; none of a script in another language."""
        if self._commands is None:
            from pipelint.security.shell import MOST, commands  # most files need no shell

            left = self.subject.left if self.subject else None
            left = MOST if left is None else left
            self._commands = commands(self.shell_text, left) if self.is_posix else []
            if self.subject:
                self.subject.left = max(left - len(self._commands), 0)
        return self._commands

    def place(self, start: int, end: int) -> Span:
        """Return where a range of `text` is written in the file."""
        if self._place is None:
            self._place = place(self.scalar, self._file)
        return self._place(start, end)

    def is_exact(self, start: int, end: int) -> bool:
        """Tell whether a range is written as it is, so that it can be edited."""
        span = self.place(start, end)
        return self._file[span.start : span.end] == self.text[start:end]

    def in_comment(self, at: int) -> bool:
        """Tell whether an offset is in a comment, for all that its line says."""
        if "#" not in self.text:
            return False
        begin = self.shell_text.rfind("\n", 0, at) + 1
        found = _COMMENT.search(self.shell_text, begin)
        return found is not None and found.start() <= at < found.end()


class Subject:
    """A document as these rules see it: its text, its tree and its scripts.

    The scripts are gathered when the first rule asks for them. So many commands of them as `left`
    says are still to be read; None until the first one is.
    """

    __slots__ = ("_gather", "_scripts", "left", "text", "tree")

    def __init__(self, text: str, tree: Tree, gather: Callable[[], Sequence[Script]]) -> None:
        self.text = text
        self.tree = tree
        self.left: int | None = None
        self._gather = gather
        self._scripts: Sequence[Script] | None = None

    @property
    def scripts(self) -> Sequence[Script]:
        """Every script, each once."""
        if self._scripts is None:
            self._scripts = self._gather()
            for script in self._scripts:
                script.subject = self
        return self._scripts

    def with_words(self, *words: str) -> list[Script]:
        """Return the scripts that hold one of the words."""
        return [script for script in self.scripts if any(word in script.text for word in words)]
