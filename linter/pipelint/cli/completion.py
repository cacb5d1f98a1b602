"""`pipelint completion SHELL`: a script that completes commands, for bash, fish or zsh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module

from pipelint.cli.arguments import similar
from pipelint.cli.failure import tell
from pipelint.cli.offers import FAMILIES, RULES, SHELLS, verbs
from pipelint.cli.streams import Streams
from pipelint.registry import all_rules

USAGE = "usage: pipelint completion {bash,fish,zsh}"
ABOUT = """
Print a script that completes verbs, flags, values and the names of rules. Where it goes:

  bash   pipelint completion bash > ~/.local/share/bash-completion/completions/pipelint
  fish   pipelint completion fish > ~/.config/fish/completions/pipelint.fish
  zsh    pipelint completion zsh > "${fpath[1]}/_pipelint"

It asks pipelint for the rules, so that it knows those of the version that is installed."""

WORDS = "--words"
"""Asks, in the scripts, for what may be different tomorrow."""


def complete(argv: Sequence[str], streams: Streams) -> int:
    """Print a script, or the words that a script asks for."""
    if argv and argv[0] in {"-h", "--help"}:
        streams.write([USAGE, *ABOUT.splitlines()])
        return 0
    if len(argv) == 2 and argv[0] == WORDS:  # noqa: PLR2004 - and of what
        streams.write(_words(argv[1]))
        return 0
    if len(argv) != 1:
        tell(streams, "name one shell", USAGE)
    elif argv[0] not in SHELLS:
        near = similar("shell", argv[0], SHELLS)
        tell(streams, f"unknown shell `{argv[0]}`", near or USAGE)
    else:
        script = import_module(f"pipelint.cli.shells.{argv[0]}").script(list(verbs()))
        streams.write(script.splitlines())
        return 0
    return 2


def _words(kind: str) -> Iterable[str]:
    rules = all_rules()
    families = sorted({rule.family for rule in rules})
    if kind == FAMILIES:
        return families
    return [*sorted(rule.name for rule in rules), *families, "all"] if kind == RULES else []
