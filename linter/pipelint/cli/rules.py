"""`pipelint rules`: every rule in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.registry import all_rules
from pipelint.rule import Rule

USAGE = "usage: pipelint rules [--output-format {full,json}] [FAMILY]..."
FORMATS = frozenset({"full", "json"})
FLAG = "--output-format"


def list_rules(argv: Sequence[str], streams: Streams) -> int:
    """Print the rules of the named families, or all of them, by family and name."""
    if argv and argv[0] in {"-h", "--help"}:
        streams.write([USAGE, "", "List the rules; `pipelint explain RULE` tells more of one."])
        return 0
    output, families = _read(argv)
    rules = all_rules()
    known = sorted({rule.family for rule in rules})
    if output not in FORMATS:
        tell(streams, f"unknown value `{output}` for `{FLAG}`", f"`{FLAG}` takes `full` or `json`")
        return 2
    for family in families:
        if family not in known:
            what = "flag" if family.startswith("-") else "family"
            tell(streams, f"unknown {what} `{family}`", "families: " + ", ".join(known))
            return 2
    chosen = [rule for rule in rules if not families or rule.family in families]
    streams.write(_table(chosen) if output == "json" else _lines(chosen))
    return 0


def _read(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Read the arguments: the format, and the families."""
    output, families = "full", []
    words = iter(argv)
    for word in words:
        if word == FLAG:
            output = next(words, "")
        elif word.startswith(FLAG + "="):
            output = word.removeprefix(FLAG + "=")
        else:
            families.append(word)
    return output, families


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
