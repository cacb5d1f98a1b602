"""`docs/rules.csv` says of each known mistake which rule is for it, or why none is.

The numbers are those of the facts that the project was made from; X01 to X25 were added later.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest

from pipelint.registry import all_rules, rules_of
from repository import ROOT, shared

with open(ROOT / "docs" / "rules.csv", encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))

NAMED = {name for row in ROWS for name in row["rule"].split()}
GROUPS = "ABCDEFGHIJ"
KNOWN, ADDED = 295, 25

OURS_ALONE = {
    "found in real input sets": "input-without-identifier",
    "found in real lists": "repeated-item",
    "models and agents are younger than the numbers": (
        "remote-model-code unpinned-model unreviewed-agent-push unsafe-deserialization "
        "untrusted-text-in-prompt"
    ),
    "a shell's own way to run text": "evaluated-variable",
    "what an expression is made of": (
        "bare-comparison bare-operand blocked-method constant-case constant-operand double-dot "
        "early-close escaped-quote exported-variable-path expression-syntax file-path "
        "foreign-operator hyphen-in-path leading-if method-not-called newer-generation-name "
        "number-in-path odd-index quoted-expression quoted-null reserved-word script-expression "
        "shell-variable single-bar single-equals too-many-expressions unknown-member unknown-root "
        "unknown-status unquoted-text"
    ),
}
"""Rules for which there is no number, by where they come from."""


def test_each_mistake_has_one_row() -> None:
    numbers = [row["id"] for row in ROWS]
    assert numbers == sorted(set(numbers), key=lambda number: (number[0], int(number[1:])))
    counted = Counter(number[0] for number in numbers)
    assert sum(counted[group] for group in GROUPS) == KNOWN
    assert counted["X"] == ADDED
    assert set(counted) == {*GROUPS, "X"}


def test_the_numbers_are_those_of_the_facts() -> None:
    facts = json.loads(shared("facts", "harness", "rules.json").read_bytes())["rules"]
    assert {row["id"] for row in ROWS if row["id"][0] != "X"} == {one["n"] for one in facts}
    text = shared("facts", "harness-rules-corrections.md").read_text(encoding="utf-8")
    table = text.partition("## Missing rules")[2]
    added = {f"X{int(number):02}" for number in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert {row["id"] for row in ROWS if row["id"][0] == "X"} == added


def test_nothing_of_the_facts_is_copied() -> None:
    facts = json.loads(shared("facts", "harness", "rules.json").read_bytes())["rules"]
    sentences = {" ".join(one["condition"].split()) for one in facts} | {one["id"] for one in facts}
    said = {row["what"] for row in ROWS} | {row["reason"] for row in ROWS}
    assert not sentences & said


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_row_is_complete(row: dict[str, str]) -> None:
    assert row["what"]
    assert None not in row
    if row["where"] in {"rule", "schema"}:
        assert row["rule"], "no rule is named"
    else:
        assert row["where"] in {"expressions", "later", "left-out"}
        assert not row["rule"], "a rule is named, but it is said that there is none"
        assert row["reason"], "no reason is given"


def test_every_named_rule_exists() -> None:
    assert {rule.name for rule in all_rules()} >= NAMED


def test_every_rule_is_for_a_mistake() -> None:
    families = {"harness", "expression", "security"}
    rules = {rule.name for rule in rules_of("harness") if rule.family in families}
    assert rules - NAMED == {name for names in OURS_ALONE.values() for name in names.split()}
