"""`pipelint rules`: every rule in a line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from pipelint import __version__
from pipelint.cli.arguments import UsageError, similar
from pipelint.cli.failure import tell
from pipelint.cli.parser import Help, Parser
from pipelint.cli.streams import Streams
from pipelint.config.version import numbers_of
from pipelint.registry import all_rules
from pipelint.rule import Rule

USAGE = "pipelint rules [OPTIONS] [FAMILY]..."
ABOUT = "List the rules; `pipelint explain RULE` tells more of one."


def list_rules(argv: Sequence[str], streams: Streams) -> int:
    """Print the rules of the named families, or all of them, by family and name."""
    parser = make_parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return 0
    try:
        options: Namespace = parser.parse_args(argv)
        chosen = choose(all_rules(), options)
    except UsageError as error:
        tell(streams, str(error), error.help)
        return 2
    streams.write(_table(chosen) if options.output_format == "json" else _lines(chosen))
    if not chosen:
        streams.say(f"note: no rule is that new; this is pipelint {__version__}")
    return 0


def make_parser() -> Parser:
    """Make the parser of `pipelint rules`."""
    parser = Parser(
        prog="pipelint rules",
        description=ABOUT,
        usage=USAGE,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("families", nargs="*", metavar="FAMILY", help="list only these families")
    add("--since", metavar="VERSION", help="list only rules that came with VERSION or later")
    add("--output-format", choices=("full", "json"), default="full", help="default: full")
    return parser


def choose(rules: Sequence[Rule], options: Namespace) -> list[Rule]:
    """Choose what the options ask for. Raises UsageError where they name what does not exist."""
    known = sorted({rule.family for rule in rules})
    for family in options.families:
        if family not in known:
            near = similar("family", family, known)
            raise UsageError(f"unknown family `{family}`", near or "families: " + ", ".join(known))
    chosen = [rule for rule in rules if not options.families or rule.family in options.families]
    return chosen if options.since is None else _since(chosen, options.since)


def _since(rules: Iterable[Rule], version: str) -> list[Rule]:
    first = numbers_of(version)
    if first is None:
        raise UsageError(f"`{version}` is no version", f"write numbers, such as `{__version__}`")
    return [rule for rule in rules if (numbers_of(rule.since) or first) >= first]


def _lines(rules: Iterable[Rule]) -> Iterator[str]:
    by_family: dict[str, list[Rule]] = {}
    for rule in rules:
        by_family.setdefault(rule.family, []).append(rule)
    width = max((len(rule.name) for family in by_family.values() for rule in family), default=0)
    for number, family in enumerate(sorted(by_family)):
        yield from ("", family) if number else (family,)
        for rule in by_family[family]:
            what = rule.summary.removeprefix("Reports ").removesuffix(".")
            yield f"  {rule.name:<{width}}  {rule.level:<7}  {what}"


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    import json

    keys = ("name", "family", "level", "since")
    table = [{**{k: getattr(rule, k) for k in keys}, "summary": rule.summary} for rule in rules]
    yield json.dumps(table, indent=1)
