"""`pipelint rules`: every rule in a line."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.registry import all_rules

USAGE = "usage: pipelint rules [--output-format {full,json}] [FAMILY]..."


def list_rules(argv: Sequence[str], streams: Streams) -> int:
    """Print the rules of the named families, or all of them, sorted by name."""
    if argv and argv[0] in {"-h", "--help"}:
        streams.write([USAGE, "", "List the rules; `pipelint explain RULE` tells more of one."])
        return 0
    as_json = any(word in {"json", "--output-format=json"} for word in argv)
    families = [word for word in argv if not word.startswith("-") and word not in {"json", "full"}]
    rules = all_rules()
    known = {rule.family for rule in rules}
    for family in families:
        if family not in known:
            tell(streams, f"unknown family `{family}`", "families: " + ", ".join(sorted(known)))
            return 2
    chosen = [rule for rule in rules if not families or rule.family in families]
    if as_json:
        import json

        keys = ("name", "family", "level", "since")
        table = [
            {**{key: getattr(rule, key) for key in keys}, "summary": rule.summary}
            for rule in chosen
        ]
        streams.write([json.dumps(table, indent=1)])
        return 0
    width = max((len(rule.name) for rule in chosen), default=0)
    streams.write(
        f"{rule.name:<{width}}  {rule.level:<7}  {rule.family:<8}  {rule.summary}"
        for rule in chosen
    )
    return 0
