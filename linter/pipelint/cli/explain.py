"""`pipelint explain RULE`: the page of a rule, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.config import Rulebook
from pipelint.registry import all_rules
from pipelint.rule import Rule

USAGE = "usage: pipelint explain RULE"


def explain(argv: Sequence[str], streams: Streams) -> int:
    """Print the page of each rule that is named."""
    if argv and argv[0] in {"-h", "--help"}:
        streams.write([USAGE, "", "Print what a rule means. `pipelint rules` lists them."])
        return 0
    if not argv:
        tell(streams, "name a rule", "list all rules with `pipelint rules`")
        return 2
    flag = next((word for word in argv if word.startswith("-")), "")
    if flag:
        tell(streams, f"unknown flag `{flag}`", USAGE)
        return 2
    book = Rulebook(all_rules)
    for name in argv:
        rule = book.rule(name)
        if rule is None:
            tell(streams, f"unknown rule `{name}`", book.hint(name))
            return 2
        streams.write(page_lines(rule))
    return 0


def page_lines(rule: Rule) -> Iterator[str]:
    """Give the page with a heading, and how to silence the rule."""
    facts = (rule.family, rule.level, f"since {rule.since}")
    yield f"# {rule.name}"
    yield ""
    yield " · ".join(facts)
    yield ""
    yield from rule.page.splitlines()
    yield ""
    yield "## Silence it"
    yield f"Once: `# pipelint: ignore[{rule.name}] why it is right here`"
    yield f"Everywhere: `rules: {{{rule.name}: off}}` in pipelint.yaml"
