"""What may stand on the command line, as a shell is told: read from the parsers of the verbs."""

from __future__ import annotations

from argparse import SUPPRESS, Action
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from pipelint.cli import VERBS
from pipelint.cli.parser import Names, Parser, make_parser
from pipelint.config import KINDS
from pipelint.record import NamedTuple
from pipelint.report import FORMATS

FILES, FOLDERS, RULES, FAMILIES = "files", "folders", "rules", "families"
"""What the shell knows itself, and what it asks for when somebody presses the key."""

SHELLS = ("bash", "fish", "zsh")
MAIN = "check"
"""The verb that holds where none is named."""

_ASKED = {"FAMILY": FAMILIES, "RULE": RULES}
_WORDS = {"KIND": KINDS, "FORMAT=FILE": tuple(f"{name}=" for name in FORMATS)}
_PLACES = {"DIR": FOLDERS, "FILE": FILES, "PATH": FILES}


class Offer(NamedTuple):
    """What may stand at a place: some words, or what is behind a name such as `FILES`.

    With `several` more may follow, with commas. An empty offer is a text that nobody can foresee.
    """

    words: tuple[str, ...] = ()
    kind: str = ""
    several: bool = False


class Flag(NamedTuple):
    """A flag by its names; `value` is None where it takes none."""

    names: tuple[str, ...]
    help: str
    value: Offer | None = None


class Verb(NamedTuple):
    """A verb, its flags, and what stands behind it."""

    name: str
    about: str
    flags: tuple[Flag, ...]
    rest: Offer


def verbs() -> Iterator[Verb]:
    """Give every verb, by name."""
    for name, (module_name, _) in sorted(VERBS.items()):
        module = import_module(f"pipelint.cli.{module_name}")
        parser = _parser(name, module)
        flags = tuple(_flags(parser)) if parser else (Flag(("-h", "--help"), "show this help"),)
        yield Verb(name, _about(module), flags, _rest(name, parser))


def _parser(name: str, module: ModuleType) -> Parser | None:
    make = getattr(module, "make_parser", None) or getattr(module, "_parser", None)
    if name == MAIN:
        make = make_parser
    return make() if make else None


def _about(module: ModuleType) -> str:
    """Take what a module says of its verb: "`pipelint rules`: every rule in a line."."""
    first = (module.__doc__ or "").partition("\n")[0]
    return first.partition(": ")[2].rstrip(".")


def _rest(name: str, parser: Parser | None) -> Offer:
    if parser:
        found = [action for action in parser._actions if not action.option_strings]  # noqa: SLF001
        return _offer(found[0]) or Offer(kind=FILES) if found else Offer()
    if name == "schema":
        from pipelint.cli.schema import schema_paths

        return Offer(tuple(schema_paths()))
    known = {
        "catalogue": Offer(("import",)),
        "completion": Offer(SHELLS),
        "explain": Offer(kind=RULES),
    }
    return known.get(name, Offer())


def _flags(parser: Parser) -> Iterator[Flag]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to list them
        if action.option_strings and action.help != SUPPRESS:
            value = None if action.nargs == 0 else _offer(action) or Offer()
            yield Flag(tuple(action.option_strings), _plain(action.help), value)


def _offer(action: Action) -> Offer | None:
    """Tell by its choices, or by what the help calls it, what a value may be."""
    if action.choices:
        return Offer(tuple(str(choice) for choice in action.choices))
    name = action.metavar if isinstance(action.metavar, str) else ""
    if name in _WORDS:
        return Offer(_WORDS[name])
    kind = _ASKED.get(name) or _PLACES.get(name)
    return Offer(kind=kind, several=isinstance(action, Names)) if kind else None


def _plain(text: str | None) -> str:
    return (text or "").replace("%%", "%").replace("`", "")
