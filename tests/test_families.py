"""Families of rules are imported when a text has one of their words: the tables say which.

Each table repeats what the rules say in `about`, so that no rule needs to be imported to know it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from linting import DEFAULTS, path_of
from pipelint.diagnostic import INFO, OFF
from pipelint.engine import check
from pipelint.registry import SILENT, Words, all_rules, families_of, rules_in
from pipelint.rule import Rule
from pipelint.source import Source
from pipelint.table import ByType, Table
from pipelint.table import Words as Sought
from pipelint.yaml import parse
from repository import ROOT, environment
from test_rules import examples

DIALECTS = ("harness", "vela")
ROOMS = ("harness", "security", "vela", "yaml")
FAMILIES = {
    name: words for dialect in DIALECTS for name, words in families_of(dialect).items()
}  # fmt: skip


def words_of(rules: tuple[Rule, ...]) -> Words:
    """Say what the table has to say about a family."""
    on = [rule for rule in rules if rule.check is not None and rule.level != OFF]
    if not on:
        return None
    if not all(rule.about for rule in on) or not all(rule.check for rule in rules):
        return ()
    return tuple(sorted({word for rule in on for word in rule.about}))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_table_repeats_what_the_rules_are_about(family: str) -> None:
    words = FAMILIES[family]
    assert (words and tuple(sorted(words))) == words_of(rules_in(family))


@pytest.mark.parametrize("room", ROOMS)
def test_every_family_is_in_its_table(room: str) -> None:
    package = import_module(f"pipelint.{room}.rules")
    modules = [f"pipelint.{room}.rules.{module.name}" for module in iter_modules(package.__path__)]
    with_rules = [name for name in modules if hasattr(import_module(name), "RULES")]
    assert with_rules == [name for name in FAMILIES if name in modules]
    assert set(SILENT) <= set(FAMILIES)


def everything(table: Table, *_: object) -> ByType:
    """Choose all rules, whatever a text says."""
    by_type: ByType = {}
    for one in all_rules():
        rule = table.named(one.name)
        types = one.on if isinstance(one.on, tuple) else (one.on,)
        for node_type in types if rule is not None else ():
            if one.check is not None and node_type is not None:
                by_type.setdefault(node_type, []).append((one, one.check))
    return by_type


@pytest.mark.parametrize(("rule", "text", "files"), examples("Example"))
def test_a_rule_that_is_not_called_would_find_nothing(
    rule: Rule, text: str, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del rule, files
    source = Source(text, path_of(text))
    levels = {one.name: INFO for one in all_rules() if one.level == OFF}
    settings = DEFAULTS._replace(levels=levels)
    called = check(source, settings).diagnostics
    monkeypatch.setattr(Table, "of_document", everything)
    assert check(source, settings).diagnostics == called


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("timeout", "timeout: 1m", True),
        ("timeout", "scriptTimeout: 1m", False),
        ("timeout", "script_timeout: 1m", False),
        ("timeout", "a: <+timeout>", True),
        ("timeout", "a: 1 # timeout", False),
        ("~SSL", "GIT_SSL_NO_VERIFY: 1", True),
        ("~SSL", "ssl: 1", False),
        ("#!", "a: 1 #! b", True),
        ("~", "a: ~", True),
        ("secrets.getValue", "a: secrets.getValues", True),
        ("secrets.getValue", "a: getValue", False),
    ],
)
def test_words(word: str, text: str, is_found: bool) -> None:
    found = Sought([word]).found_in(parse(Source(text)), text)
    assert found == ({word} if is_found else set())


PIPELINE = """pipeline:
  name: a
  identifier: a
  projectIdentifier: a
  orgIdentifier: a
  stages:
    - stage:
        name: a
        identifier: a
        type: Custom
        spec: {execution: {steps: [{step: {type: Wait, name: a, identifier: a, spec: {}}}]}}
"""


def test_a_short_pipeline_imports_few_families() -> None:
    code = (
        "import json, sys; from pipelint import check_text;"
        f"check_text({PIPELINE!r}, path='a.yaml'); print(json.dumps([*sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(PYTHONPATH=os.pathsep.join(str(ROOT / n) for n in ("linter", "schemas"))),
        capture_output=True,
        check=True,
    )
    modules = set(json.loads(done.stdout))
    assert {"pipelint.harness.rules.names", "pipelint.harness.rules.waiting"} <= modules
    assert modules.isdisjoint(
        {
            "pipelint.expressions.judge",
            "pipelint.harness.rules.matrix",
            "pipelint.harness.rules.shape",
            "pipelint.harness.scripts",
            "pipelint.security.rules.injection",
            "pipelint.security.shell",
        }
    )
