"""Each mistake that is known to be made has an example; pipelint finds it where it stands.

The examples are fragments and no part of the project (see CONTRIBUTING.md); without them this is
skipped. `docs/rules.csv` says which rules are for which example.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import Any

import pytest

from fragment_tables import SCRIPT
from fragments import Pair, whole
from linting import DEFAULTS
from pipelint.engine import check
from pipelint.registry import rules_of
from pipelint.source import Source
from repository import ROOT, SHARED, shared

EVERYTHING = {rule.name: "info" for rule in rules_of("harness") if rule.level == "off"}
SETTINGS = DEFAULTS._replace(levels=EVERYTHING)
"""Advice that is off by default is asked for, too."""

PLACES = {
    "A12": "CI step",
    "B10": "stage",
    "C05": "stages",
    "C13": "steps",
    "C26": "Run",
    "C28": "TerraformApply",
    "C34": "Http",
    "C36": "Email",
    "C38": "pipeline: {stages: [{stage: {type: Deployment, spec: {execution: {steps: "
    "[HERE, {step: {type: K8sCanaryDelete}}]}}}}]}",
    "C42": "ShellScript",
    "C47": "CI",
    "C48": "CI",
    "C49": "pipeline: {stages: [{stage: {type: CI, identifier: build}}, "
    "{stage: {type: CI, spec: HERE}}]}",
    "C53": "pipeline: {stages: [{stage: {type: CI, spec: {infrastructure: {type: "
    "KubernetesDirect, spec: {connectorRef: k8s, namespace: ci}}, execution: {steps: [HERE]}}}}]}",
    "C54": "CI",
    "C58": "pipeline: {stages: [{stage: {type: CI, spec: {cloneCodebase: true, execution: "
    "{steps: [HERE]}}}}]}",
    "C66": "pipeline: {stages: [{stage: {type: Deployment, identifier: dev}}, "
    "{stage: {type: Deployment, spec: HERE}}]}",
    "C68": "pipeline: {stages: [{stage: {type: Deployment, spec: {gitOpsEnabled: true, "
    "<<: HERE}}}]}",
    "C70": "stage",
    "C73": "Deployment",
    "C74": "pipeline: {stages: [{stage: {type: Deployment, spec: {environment: HERE}}}]}",
    "C75": "pipeline: {stages: [{stage: {type: Deployment, spec: {customDeploymentRef: "
    "{templateRef: a, versionLabel: v1}, <<: HERE}}}]}",
    "C79": "pipeline: {stages: [{stage: {type: Deployment, spec: {deploymentType: Ssh}, "
    "<<: HERE}}]}",
    "C84": "pipeline: {variables: [{name: run, type: String, value: <+input>}], "
    "stages: [{stage: {type: Custom, when: HERE}}]}",
    "C85": "pipeline: {stages: [{stage: {type: Deployment}}, HERE]}",
    "C116": "stage",
    "C117": "stage",
    "D03": "stage",
    "D05": "pipeline: {stages: [{stage: {type: Custom, spec: {execution: {steps: [HERE]}}}}]}",
    "D04": "pipeline: {stages: [{stage: {type: Custom, <<: HERE}}]}",
    "E06": "CI steps",
    "E14": "pipeline: {stages: [{stage: {spec: {execution: {steps: [{stepGroup: {identifier: "
    "Group1, steps: [{step: {type: Http, identifier: OPTIONS}}]}}, " + SCRIPT + "]}}}}]}",
    "E12": "group",
    "F02": "pipeline: {stages: [{stage: {type: Pipeline, <<: HERE}}]}",
    "F03": "pipeline: {stages: [{stage: {type: Pipeline, <<: HERE}}]}",
    "F04": "Pipeline",
    "F11": "pipeline: {stages: [{stage: {type: Pipeline, identifier: child, spec: {outputs: "
    "[{name: tag, value: a}]}}}, {stage: {spec: {execution: {steps: [" + SCRIPT + "]}}}}]}",
    "G05": "steps",
    "G15": "template: {type: Step, spec: HERE}",
    "G26": "trigger",
    "G29": "schedule",
    "G32": "webhook",
    "H12": "Run",
    "H13": "pipeline: {variables: [{name: tag, type: String, value: a}], stages: "
    "[{stage: {spec: {execution: {steps: [" + SCRIPT + "]}}}}]}",
    "H17": SCRIPT,
    "H23": "pipeline: {variables: [{name: ns, type: String, value: a}], stages: [{stage: {type: "
    "Deployment, spec: {serviceConfig: {serviceRef: a}, infrastructure: {environmentRef: qa, "
    "infrastructureDefinition: {type: KubernetesDirect, spec: HERE}}, execution: {steps: "
    "[{step: {identifier: pick}}]}}}}]}",
    "H24": "pipeline: {stages: [{stage: {identifier: build}}, {stage: {spec: {execution: {steps: "
    "[" + SCRIPT + "]}}}}]}",
    "H25": SCRIPT,
    "I23": "pipeline: {notificationRules: [{name: n, identifier: n, pipelineEvents: "
    "[{type: AllEvents}], notificationMethod: {type: Slack, <<: HERE}}]}",
    "J12": "pipeline: {stages: [{stage: {type: Deployment, spec: {environment: {environmentRef: "
    "prod}, execution: {steps: [{step: {type: HarnessApproval, spec: HERE}}, "
    "{step: {type: K8sRollingDeploy}}]}}}}]}",
    "J16": "pipeline: {stages: [{stage: {type: Custom, spec: {execution: {steps: [{step: {type: "
    "ShellScript, spec: {shell: Bash, source: {type: Inline, spec: HERE}}}}]}}}}]}",
    "J20": SCRIPT,
}
"""Where a fragment stands whose keys do not tell it."""

WIDE = {
    "A05": "the second of two equal keys is the mistake",
    "C19": "a ring of two stages begins where one likes",
    "C41": "the interval is longer than the timeout: two keys",
    "C43": "an export in a loop: two keys",
    "C54": "the step in a build of the wrong infrastructure: two keys",
    "C66": "two keys that exclude each other",
    "C68": "all clusters and some of them: two keys",
    "C73": "said at the action that rolls back",
    "C75": "said at the kind of deployment that needs the step",
    "C76": "said at the kind of service that needs a manifest",
    "C95": "the action in a stage of the wrong type: two keys",
    "C100": "the action for these errors: two keys",
    "D01": "the step in a stage of the wrong type: two keys",
    "I05": "the step in a stage of the wrong type: two keys",
    "I13": "said at the stage that asks nobody",
    "J10": "said at the type of the source that needs a secret",
    "J16": "said at the shell that goes on",
}
"""Mistakes that stand in two places: found anywhere in the entry that holds both."""

COMMENT = "the fragment is a comment"
BESIDE = "what makes it a mistake stands in a comment of the fragment"
EXCEPTIONS = {
    "A06": "the fragment is a file of two documents; see tests/yaml",
    "A08": "the tab stands within a string, where it does no harm",
    "B04": "the fragment stands for a longer identifier",
    "C02": "the list is empty, which is said: nothing of it is dead text",
    "C55": "the strategy is empty, which is said: it does nothing on any step",
    "C57": "one stage alone shares its cache with nobody",
    "C63": "both are empty, which is said of each: none of them belongs to a model",
    "C83": "the step that is read is left out, which is said",
    "C105": "a hyphen is told where the axis is used, which is not in the fragment",
    "C111": BESIDE,
    "E03": COMMENT,
    "E07": "only with `era: legacy`; see test_era.py",
    "F12": COMMENT,
    "G13": COMMENT,
    "G20": COMMENT,
    "G27": "documented since: what a trigger writes itself goes over its input sets",
    "H11": COMMENT,
    "I03": COMMENT,
    "I04": BESIDE,
    "I06": BESIDE,
    "H19": "the artifact source around the tag is left out",
    "I15": COMMENT,
    "J09": "the mended fragment has a placeholder for the commit",
    "J11": "the address of the fragment is too short to be one",
    "J23": "what is filled in stands last, whatever its place",
}
"""Examples that say nothing about pipelint, and why."""


@cache
def _rows() -> dict[str, frozenset[str]]:
    with open(ROOT / "docs" / "rules.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["where"] in {"rule", "schema"}]
    return {row["id"]: frozenset(row["rule"].split()) for row in rows}


@cache
def _examples() -> dict[str, dict[str, Any]]:
    path = SHARED.joinpath("facts", "harness", "rules.json")
    if not path.exists():
        return {}
    return {one["n"]: one for one in json.loads(path.read_bytes())["rules"]}


CASES = sorted(_rows().keys() & (_examples().keys() or _rows().keys()) - EXCEPTIONS.keys())


def _pair(number: str) -> Pair:
    shared("facts", "harness", "rules.json")
    example = _examples()[number]
    return whole(example["bad"], example["fixed"], PLACES.get(number, ""))


def _found(text: str, rules: frozenset[str]) -> list[tuple[int, str, str]]:
    """Return line, rule and message of what these rules find, and of everything else."""
    source = Source(text, ".harness/example.yaml")
    return [
        (source.position(one.finding.span.start).line, one.rule, one.finding.message)
        for one in check(source, SETTINGS).diagnostics
        if not rules or one.rule in rules
    ]


@pytest.mark.parametrize("number", CASES)
def test_a_mistake_is_found_on_its_line(number: str) -> None:
    pair = _pair(number)
    lines = pair.around if number in WIDE else pair.lines
    found = _found(pair.bad, _rows()[number])
    message = f"{sorted(_rows()[number])} on {sorted(lines)}: {_found(pair.bad, frozenset())}"
    assert {line for line, _, _ in found} & lines, f"{message}\n{pair.bad}"


@pytest.mark.parametrize("number", CASES)
def test_nothing_is_found_without_the_mistake(number: str) -> None:
    pair = _pair(number)
    assert not _found(pair.fixed, _rows()[number]), pair.fixed


def test_the_tables_name_what_there_is() -> None:
    shared("facts", "harness", "rules.json")
    assert EXCEPTIONS.keys() | WIDE.keys() | PLACES.keys() <= _examples().keys()
    assert not EXCEPTIONS.keys() & (WIDE.keys() | PLACES.keys())
    assert EXCEPTIONS.keys() <= _rows().keys()


@pytest.mark.parametrize("number", WIDE)
def test_only_what_stands_in_two_places_is_wide(number: str) -> None:
    pair = _pair(number)
    assert not {line for line, _, _ in _found(pair.bad, _rows()[number])} & pair.lines


@pytest.mark.parametrize("number", sorted(EXCEPTIONS.keys() - {"A06"}))
def test_an_exception_is_needed(number: str) -> None:
    pair = _pair(number)
    found = {line for line, _, _ in _found(pair.bad, _rows()[number])} & pair.lines
    assert not found or _found(pair.fixed, _rows()[number])
