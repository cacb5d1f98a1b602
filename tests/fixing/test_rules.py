"""What each fix makes of a text, and that no fix leaves what it is offered for."""

from __future__ import annotations

import re
from functools import cache

import pytest

from linting import path_of
from pipelint.config import Command, Resolver
from pipelint.fixing import Mended, mend
from pipelint.project import Project
from pipelint.registry import all_rules

_CHANGE = re.compile("«(.*?)[|](.*?)»", re.DOTALL)

NOWHERE = "/no/such/folder"
_YAML = re.compile(r"^```yaml[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)

STEPS = 'steps: [{name: a, image: "golang:1.24", commands: [go test]}]\n'
STAGE = f'version: "1"\nstages:\n  b: {{{STEPS[:-1]}}}\n  a:\n'
STEP = """template:
  name: check
  identifier: check
  versionLabel: v1
  type: Step
  spec:
    type: Http
    timeout: 1m
    spec: {method: GET, url: "https://shop.example.com/health"}
"""
ROLLOUT = """template:
  name: deploy
  identifier: deploy
  versionLabel: v1
  type: Step
  spec:
    type: GitOpsRollout
    timeout: 1m
    spec: {«autoPromoteRolloutBehavior|autoRolloutAction»: x}
"""
WAIT = """template:
  name: wait
  identifier: wait
  versionLabel: v1
  type: Step
  variables:
    - name: a
      type: Secret
      value: {}
  spec:
    type: Wait
    spec:
      duration: 10m
"""
LINK = """pipeline:
  name: a
  identifier: a
  stages:
    - stage:
        name: a
        identifier: a
        template:
          templateRef: b
          versionLabel: v1
«          label: prod # or so
|»"""
STRATEGY = (
    STEP
    + """    failureStrategies:
      - onFailure:
          errors: [Timeout«, Timeout|»]
          action: {type: Abort}
"""
)

ROWS = [
    # What has no effect in `needs` goes, and the key with the last of it.
    ("redundant-need", f"{STAGE}    needs: [«clone, |»b]\n    {STEPS}"),
    ("redundant-need", f"{STAGE}    needs: [b«, clone|»]\n    {STEPS}"),
    ("redundant-need", f"{STAGE}«    needs: clone # x\n|»    {STEPS}"),
    ("redundant-need", f"{STAGE}    {STEPS}«    needs: [clone]\n|»"),
    ("redundant-need", f"{STAGE}«    needs:\n      - clone\n|»    {STEPS}"),
    ("needs-init", f"{STAGE}    needs:\n      - b\n«      - init # x\n|»    {STEPS}"),
    ("needs-init", f"{STAGE}    needs: [b\n      , init]\n    {STEPS}"),
    ("repeated-need", f"{STAGE}    needs: [b«, b|»]\n    {STEPS}"),
    ("repeated-need", f"{STAGE}    needs:\r\n    - b\r\n«    - b\r\n|»    {STEPS}"),
    # An anchor goes with its blanks.
    ("unused-anchor", f'version: «&x |»"1"\n{STEPS}'),
    ("unused-anchor", f'version: "1"\nmetadata:« &x|»\n  template: false\n{STEPS}'),
    ("unused-anchor", f'version: "1"\nmetadata: {{«&x |»template: false}}\n{STEPS}'),
    # There is one version.
    ("unknown-version", f'version: «2|"1"»\n{STEPS}'),
    ("unknown-version", f"version: !!str 2\n{STEPS}"),
    ("missing-version", f'«|version: "1"\n»{STEPS}'),
    ("missing-version", f'---\n«|version: "1"\n»# the steps\n{STEPS}'),
    ("missing-version", f'# the file\n«|version: "1"\n»{STEPS}'),
    ("missing-version", f'«|version: "1"\r\n»secrets: []\r\n{STEPS}'),
    ("missing-version", f"{{{STEPS[:-1]}}}\n"),
    ("unsupported-yaml-version", f'%YAML «1.2|1.1» # x\n---\nversion: "1"\n{STEPS}'),
    # Harness
    ("secret-as-expression", WAIT.format("«'<+secrets.getValue(\"org.a\")>'|org.a»")),
    ("secret-as-expression", WAIT.format("<+secrets.getValue(<+env.name>)>")),
    ("useless-template-label", LINK),
    ("deprecated-rollout-setting", ROLLOUT),
    ("repeated-item", f"{STEP}    delegateSelectors: [a, b«, a|»]\n"),
    ("repeated-item", f"{STEP}    delegateSelectors:\n      - a«\n      - a|»"),
    ("repeated-item", f"{STEP}    strategy: {{matrix: {{x: [1, 2«, 1|»]}}}}\n"),
    ("repeated-failure-type", STRATEGY),
    ("empty-collection", f"{STEP}«  tags: {{}}\n|»"),
    ("empty-collection", f"{STEP}  tags: {{}}\n  tags: {{}}\n"),
    ("empty-collection", f"{STEP}  x:\n    outputVariables: []\n"),
    (
        "other-generation-delimiter",
        STEP.replace("/health", "/«${workflow.variables.x}|<+pipeline.variables.x>»"),
    ),
    ("double-dot", STEP.replace("/health", "/<+env«..|.»name>")),
]
"""A rule, and a text in which `«before|after»` shows what its fixes change; there may be none."""


def made(text: str, rule: str) -> Mended:
    """Mend a text by one rule, unsafe fixes too."""
    path = f"{NOWHERE}/{path_of(text)}"
    return mend(text, lambda text: project(rule).examine_text(text, path), unsafe=True)


@cache
def project(rule: str) -> Project:
    resolver = Resolver(all_rules, no_config=True, command=Command(select=(rule,)))
    return Project(NOWHERE, resolver, cwd=NOWHERE)


@pytest.mark.parametrize(("rule", "shown"), ROWS)
def test_a_fix_makes_of_a_text(rule: str, shown: str) -> None:
    before, after = (_CHANGE.sub(side, shown) for side in (r"\1", r"\2"))
    mended = made(before, rule)
    assert rule in [one.rule for one in mended.before.diagnostics]
    assert mended.after.source.text == after
    assert not mended.refused


PAGES = [(rule.name, text) for rule in all_rules() for text in _YAML.findall(rule.page)[:1]]


@pytest.mark.parametrize(("rule", "text"), PAGES, ids=[rule for rule, _ in PAGES])
def test_the_fix_of_an_example_takes_its_finding_away(rule: str, text: str) -> None:
    mended = made(text, rule)
    fixable = [one for one in mended.before.diagnostics if one.finding.fixes]
    left = [one for one in mended.after.diagnostics if one.finding.fixes]
    assert not mended.refused
    assert len(mended.fixed) == len(fixable) - len(left)
    assert not left


@pytest.mark.parametrize(("rule", "text"), PAGES, ids=[rule for rule, _ in PAGES])
def test_the_page_says_how_safe_a_fix_is(rule: str, text: str) -> None:
    offered = {fix.safe for one in made(text, rule).before.diagnostics for fix in one.finding.fixes}
    page = next(one.page for one in all_rules() if one.name == rule)
    said = re.search(r"^## Fix safety\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    words = set(re.findall(r"\w+", said[1].lower())) if said is not None else set()
    assert {"safe" if one else "unsafe" for one in offered} <= words


def test_most_of_what_is_fixable_is_known() -> None:
    rules = {rule for rule, text in PAGES if made(text, rule).fixed}
    assert len(rules) > 60, sorted(rules)
