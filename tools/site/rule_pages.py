"""The page of a rule: its docstring, with what pipelint really says about the example."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF
from pipelint.registry import all_rules
from rule_facts import BLOCK, Example, Facts
from terminal_html import as_html, framed

TITLES = {"harness": "Harness", "vela": "Vela"}
_RULES = {rule.name for rule in all_rules()}
_FENCE_OR_CODE = re.compile(r"^```.*?^```$|`([a-z0-9-]+)`", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(r"(?<![<(`])\bhttps?://[^\s>)]+")


def page(facts: Facts) -> str:
    """Write a rule's page in Markdown."""
    return "\n".join(_lines(facts)) + "\n"


def badges(facts: Facts) -> str:
    """Write what is to be known at a glance: level, dialects, family, fix."""
    rule = facts.rule
    level = "off by default" if rule.level == OFF else rule.level
    parts = [f'<span class="badge level-{rule.level}">{level}</span>']
    parts += [f'<span class="badge">{TITLES[one]}</span>' for one in facts.dialects]
    if facts.fix:
        parts.append(f'<span class="badge fix-{facts.fix}">{facts.fix} fix</span>')
    return " ".join(parts)


def _lines(facts: Facts) -> Iterator[str]:
    rule = facts.rule
    family = f'<a href="index.html#{rule.family}">family {rule.family}</a>'
    yield f"---\ntitle: {rule.name}\n---"
    yield f"# {rule.name}\n"
    yield f'<p class="facts">{badges(facts)} {family} · since {rule.since}</p>\n'
    yield _prose(rule.page.split("\n## ", 1)[0]) + "\n"
    examples = list(facts.examples)
    for title, text in facts.sections.items():
        yield f"## {title}\n"
        yield (_with_reports(text, examples) if title == "Example" else _prose(text)) + "\n"
    yield from _silence(rule.name)


def _with_reports(section: str, examples: list[Example]) -> str:
    """Mark the lines that pipelint reports on, and write what it says.

    That stands below each pipeline; where files lie beside one, below the last of them.
    """
    left = list(examples)
    has_files = any(name for name, _ in BLOCK.findall(section))

    def block(match: re.Match[str]) -> str:
        if match[1]:
            return f'```yaml title="{match[1]}"\n{match[2]}```'
        example = left.pop(0)
        marked = " ".join(map(str, example.lines))
        fence = f'```yaml title="{example.path}" hl_lines="{marked}"\n{match[2]}```'
        return fence if has_files else f"{fence}\n\n{_said(example)}"

    shown = BLOCK.sub(block, section)
    return "\n\n".join([shown, *map(_said, examples)]) if has_files else shown


def _said(example: Example) -> str:
    """Write a command and what it prints."""
    command = f'<p class="command"><code>$ {example.command}</code></p>'
    return f"{command}\n\n{framed(as_html(example.report))}"


def _prose(text: str) -> str:
    """Make addresses and names of rules links, and the names of files titles of their blocks."""
    named = re.sub(r"^```yaml file=(\S+)$", r'```yaml title="\1"', text, flags=re.MULTILINE)
    linked = _FENCE_OR_CODE.sub(_rule_link, named)
    return _ADDRESS.sub(lambda match: f"<{match[0]}>", linked)


def _rule_link(match: re.Match[str]) -> str:
    return f"[{match[0]}]({match[1]}.md)" if match[1] in _RULES else match[0]


def _silence(name: str) -> Iterator[str]:
    yield "## Silence it\n"
    yield "Once, with the reason why it is right here:\n"
    yield f"```yaml\n# pipelint: ignore[{name}] why it is right here\n```\n"
    yield "Everywhere, in [`pipelint.yaml`](../configuration.md):\n"
    yield f"```yaml\nrules:\n  {name}: off\n```\n"
