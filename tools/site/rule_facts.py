"""What the site tells of a rule: its page, and what pipelint says about the page's examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipelint.diagnostic import OFF
from pipelint.registry import all_rules, rules_of
from pipelint.rule import Rule
from running import call, files, repository

DIALECTS = ("harness", "vela")
NAMES = {"harness": ".harness/example.yaml", "vela": ".vela.yml"}
"""A path at which a text is taken for a file of the dialect."""

SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```yaml(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A pipeline of the section *Example*, and what comes out. `lines` are 1-based."""

    text: str
    path: str
    command: str
    report: str
    lines: tuple[int, ...]


class Facts(NamedTuple):
    """A rule with what is known of it; `fix` is `safe`, `unsafe` or empty, by its examples."""

    rule: Rule
    dialects: tuple[str, ...]
    sections: Mapping[str, str]
    examples: tuple[Example, ...]
    fix: str


def all_facts() -> list[Facts]:
    """Gather what is known of every rule, by name; each example is checked in a repository."""
    names = {one: {rule.name for rule in rules_of(one)} for one in DIALECTS}
    with repository():
        return [
            _facts(rule, tuple(one for one in DIALECTS if rule.name in names[one]))
            for rule in all_rules()
        ]


def _facts(rule: Rule, dialects: tuple[str, ...]) -> Facts:
    sections = {name: text.strip("\n") for name, text in SECTION.findall(rule.page + "\n")}
    ran = list(_run_examples(rule, dialects, sections.get("Example", "")))
    fixes = [fix["safe"] for _, found in ran for one in found for fix in one.get("fixes", ())]
    return Facts(
        rule=rule,
        dialects=dialects,
        sections=sections,
        examples=tuple(example for example, _ in ran),
        fix=("safe" if any(fixes) else "unsafe") if fixes else "",
    )


def _run_examples(
    rule: Rule, dialects: tuple[str, ...], section: str
) -> Iterator[tuple[Example, list[dict[str, Any]]]]:
    """Check each pipeline of a section, with the files that stand beside it."""
    blocks = BLOCK.findall(section)
    beside = {name: text for name, text in blocks if name}
    for name, text in blocks:
        if not name:
            yield _run_example(rule, dialects, text, beside)


def _run_example(
    rule: Rule, dialects: tuple[str, ...], text: str, beside: Mapping[str, str]
) -> tuple[Example, list[dict[str, Any]]]:
    """Check a pipeline at the path of the dialect that it is written in."""
    flags = ("--info", rule.name) if rule.level == OFF else ()
    for dialect in dialects:
        path = NAMES[dialect]
        with files({**beside, path: text}):
            told = json.loads(call("--output-format", "json", *flags, path).out)
            is_kind = told["files"][0]["kind"].startswith(f"{dialect}-")
            found = told["diagnostics"]
            if is_kind and {one["rule"] for one in found} == {rule.name}:
                report = call("--color", "always", *flags, path).out
                lines = tuple(sorted({one["start"]["line"] for one in found}))
                command = " ".join(("pipelint", *flags, path))
                return Example(text, path, command, report, lines), found
    raise ValueError(f"the example of {rule.name} does not show it:\n{text}")
