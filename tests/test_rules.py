"""Every rule is documented, its examples are true, and its name is a good one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from linting import lint
from pipelint.diagnostic import INFO, LEVELS, OFF
from pipelint.registry import all_rules
from pipelint.rule import Rule

FAMILIES = {"harness", "vela", "yaml", "expression", "security", "style", "pipelint"}
RULES = all_rules()
_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTIONS = [
    "Why is this bad?", "Example", "Use instead", "Fix safety", "Options", "When not to use it",
    "References",
]  # fmt: skip


def sections(rule: Rule) -> dict[str, str]:
    return dict(_SECTION.findall(rule.page + "\n"))


def examples(section: str) -> Sequence[object]:
    """Give each pipeline of a section with the files that stand beside it (`yaml file=NAME`)."""
    found = []
    for rule in RULES:
        blocks = _YAML.findall(sections(rule).get(section, ""))
        files = {name: text for name, text in blocks if name}
        found += [pytest.param(rule, t, files, id=rule.name) for name, t in blocks if not name]
    return found


def on(rule: Rule) -> dict[str, str]:
    """Return the levels with which a rule that is off by default reports, too."""
    return {rule.name: INFO} if rule.level == OFF else {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_page_says_what_and_why(rule: Rule) -> None:
    assert re.match(r"Reports .+\.\Z", rule.summary), rule.summary
    found = list(sections(rule))
    assert found == [name for name in SECTIONS if name in found]
    assert "Why is this bad?" in found or rule.name == "internal-error"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_name_says_what_is_wrong(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert not rule.name.startswith(("no-yaml", "disallow", "require", "vela-", "harness-"))
    assert not {"error", "warning"} & set(rule.name.split("-")) or rule.name == "internal-error"
    assert rule.family in FAMILIES
    assert rule.level in LEVELS


@pytest.mark.parametrize(("rule", "text", "files"), examples("Example"))
def test_example_shows_exactly_this_rule(rule: Rule, text: str, files: dict[str, str]) -> None:
    assert {one.rule for one in lint(text, files=files, levels=on(rule))} == {rule.name}


@pytest.mark.parametrize(("rule", "text", "files"), examples("Use instead"))
def test_use_instead_is_clean(rule: Rule, text: str, files: dict[str, str]) -> None:
    found = lint(text, files=files, levels=on(rule))
    assert [f"{one.rule}: {one.finding.message}" for one in found] == []


def test_every_rule_with_a_function_has_an_example() -> None:
    without = [rule.name for rule in RULES if "```yaml" not in sections(rule).get("Example", "")]
    assert sorted(without) == WITHOUT_EXAMPLE


WITHOUT_EXAMPLE = ["not-utf8", "too-many-expressions", "user-schema"]
"""A text in a page is UTF-8 always and short, and a schema of one's own is not always there."""


def test_names_and_aliases_are_unique() -> None:
    names = [name for rule in RULES for name in (rule.name, *rule.aliases)]
    assert len(names) == len(set(names))
