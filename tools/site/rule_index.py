"""The list of all rules. It is whole without a script; `rules.js` adds what narrows it down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from rule_facts import Facts
from rule_pages import badges

ABOUT = {
    "expression": "`<+…>` of Harness: how it is written, and where it leads.",
    "harness": "What Harness refuses, ignores or does otherwise than it seems.",
    "security": "Secrets, and words of strangers in scripts; both dialects.",
    "style": "Advice; most of it is off until you ask for it.",
    "vela": "What Vela refuses, ignores or does otherwise than it seems.",
    "yaml": "What is wrong before anybody asks what it means; both dialects.",
}
_CODE = re.compile(r"`([^`]+)`")


def index(every: Sequence[Facts]) -> str:
    """Write the list in Markdown, by family and name."""
    return "\n".join(_lines(every)) + "\n"


def _lines(every: Sequence[Facts]) -> Iterator[str]:
    families = sorted({facts.rule.family for facts in every})
    fixable = sum(bool(facts.fix) for facts in every)
    yield "---\ntitle: Rules\nhide: [toc]\n---"
    yield "# Rules\n"
    yield (
        f"{len(every)} rules, {fixable} of them with a fix. Each page says why, shows an example "
        "with what pipelint says about it, and what to write. `pipelint explain RULE` prints the "
        "same in a terminal, `pipelint rules` this list.\n"
    )
    links = (f"[{one}](#{one})" for one in families)
    yield " · ".join(links) + "\n{ .families }\n"
    yield '<div id="narrow" hidden></div>\n'
    for family in families:
        yield f"## {family} {{#{family}}}\n"
        yield f"{ABOUT[family]}\n"
        yield from _list(facts for facts in every if facts.rule.family == family)
        yield ""


def _list(family: Iterable[Facts]) -> Iterator[str]:
    yield '<ul class="rules">'
    for facts in family:
        rule = facts.rule
        what = rule.summary.removeprefix("Reports ").removesuffix(".")
        said = _CODE.sub(r"<code>\1</code>", escape(what, quote=False))
        about = f'data-level="{rule.level}" data-dialects="{" ".join(facts.dialects)}"'
        yield (
            f'<li {about} data-fix="{facts.fix}" data-family="{rule.family}">'
            f'<a href="{rule.name}.html">{rule.name}</a> '
            f'<span class="badges">{badges(facts)}</span><span class="what">{said}</span></li>'
        )
    yield "</ul>"
