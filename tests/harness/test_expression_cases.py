"""Every labelled case, in a pipeline that has what its paths go through.

The words in square brackets say where a case stands. The stages, groups, steps, variables and axes
that its paths name are made for it, in front of the step that holds it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from expressions.facts import Case, cases
from linting import lint
from pipelint.diagnostic import INFO, Diagnostic
from pipelint.registry import rules_of

Yaml = dict[str, Any]

RULES = {rule.name for rule in rules_of("harness") if rule.family == "expression"}

TYPES = {
    "NEW_CRITICAL": "Grype",
    "approvalActivities": "HarnessApproval",
    "approverInputs": "HarnessApproval",
    "artifact_": "BuildAndPushGCR",
    "barrier": "Barrier",
    "deploymentInfoOutcome": "K8sRollingDeploy",
    "gitops.": "GitOpsSync",
    "http": "Http",
    "jenkins": "JenkinsBuild",
    "JiraCreate": "JiraCreate",
    "opa": "Policy",
    "plan.": "TerraformPlan",
    "ticket.": "ServiceNowCreate",
    "updateReleaseRepo": "GitOpsUpdateReleaseRepo",
    "verify": "Verify",
    ".apply.": "TerraformApply",
    "setup_go": "Action",
}
"""What a path looks like, and the type of the step that it is about."""

IN_STAGE = {
    "CI or Custom": "Custom",
    "pipeline without any CI stage": "Custom",
    "codebase": "CI",
    "workspace": "IACM",
}

_STAGE = re.compile(r'pipeline\.stages(?:\.get\("|\["|\.)([A-Za-z_]\w*)(?:"\)|"\])?((?:\.\w+)*)')
_OWN = re.compile(r"(?<!\w)(?:stage\.spec\.)?(?:execution\.)?((?:steps|rollbackSteps)\.\w[\w.]*)")


def step_of(kind: str, identifier: str, spec: Yaml | None = None) -> Yaml:
    step = {"name": identifier, "identifier": identifier, "type": kind, "timeout": "1m"}
    return {**step, "spec": spec or {}}


def stage_of(kind: str, identifier: str) -> Yaml:
    spec: Yaml = {"execution": {"steps": [], "rollbackSteps": []}}
    return {"name": identifier, "identifier": identifier, "type": kind, "spec": spec}


def add_steps(stage: Yaml, path: str, text: str) -> None:
    """Put the groups and the step of a path into a stage: `steps.group.steps.step.output.…`."""
    names = path.split(".")
    holder = stage["spec"]["execution"]
    while len(names) > 1 and names[0] in {"steps", "rollbackSteps"}:
        within = holder.setdefault(names[0], [])
        identifier = names[1]
        is_group = len(names) > 2 and names[2] in {"steps", "variables"}
        if is_group:
            made: Yaml = {"name": identifier, "identifier": identifier, "steps": []}
            if names[2] == "variables":
                made["variables"] = [{"name": names[3], "type": "String", "value": "a"}]
            within.append({"stepGroup": made})
            holder = made
        else:
            within.append({"step": producer(identifier, names[2:], text)})
        names = names[2:]


def producer(identifier: str, rest: list[str], text: str) -> Yaml:
    looped = re.fullmatch(r"(\w+)_\d", identifier)
    kind = next((kind for mark, kind in TYPES.items() if mark in text), "ShellScript")
    if "template" in rest:
        link = {"name": identifier, "identifier": identifier}
        return {**link, "template": {"templateRef": "t", "versionLabel": "1"}}
    at = next((i for i, name in enumerate(rest) if name.startswith("outputVariable")), len(rest))
    names = rest[at + 1 : at + 2]
    outputs = [{"name": name, "type": "String", "value": name} for name in names]
    made: Yaml = step_of(kind, looped[1] if looped else identifier, {"outputVariables": outputs})
    if looped:
        made["strategy"] = {"parallelism": 2}
    return made


def add_stages(stages: list[Yaml], text: str) -> None:
    for name, rest in _STAGE.findall(text):
        looped = re.fullmatch(r"(\w+)_\d", name)
        kind = "Pipeline" if ".output.imagetag" in rest else "Deployment"
        made = stage_of("CI" if "Build.spec" in text else kind, looped[1] if looped else name)
        if looped:
            made["strategy"] = {"parallelism": 2}
        if kind == "Pipeline":
            made["spec"]["outputs"] = [{"name": "imagetag", "value": "a"}]
        if ".variables." in rest and ".spec." not in rest:
            made["variables"] = variables(rest, "variables")
        inner = re.search(r"\.spec\.(?:execution\.)?((?:steps|rollbackSteps)\..*)", rest)
        if inner:
            add_steps(made, inner[1], text)
        stages.append({"stage": made})


def variables(text: str, root: str) -> list[Yaml]:
    pattern = re.escape(root) + r'\.(?:get\("|"?)([\w-]+)'
    names = dict.fromkeys(re.findall(pattern, text))
    names.pop("get", None)
    return [{"name": name, "type": "String", "value": "<+input>"} for name in names]


def place(case: Case, stage: Yaml) -> Yaml:
    """Return the step that holds a case."""
    text, why = case.text, case.why
    if "http" in text and "[outside" not in why and ".http" not in text:
        outputs = [{"name": "a", "type": "String", "value": text}]
        spec = {"assertion": text} if "cond" in why or "assertion" in why else {}
        return step_of(
            "Http", "here", {"url": "u", "method": "GET", **spec, "outputVariables": outputs}
        )
    criteria = {"type": "Jexl", "spec": {"expression": text}}
    if "issue." in text and "outside" not in why and ".issue" not in text:
        return step_of("JiraApproval", "here", {"approvalCriteria": criteria})
    if "<+ticket" in text:
        return step_of("ServiceNowApproval", "here", {"approvalCriteria": criteria})
    if case.is_condition or ("when" in why and "stage when" not in why):
        step = step_of("ShellScript", "here")
        return {**step, "when": {"stageStatus": "Success", "condition": text}}
    if stage["type"] == "CI":
        return step_of("Run", "here", {"shell": "Sh", "command": text})
    return step_of("ShellScript", "here", {"source": {"type": "Inline", "spec": {"script": text}}})


def add_loop(case: Case, stage: Yaml, step: Yaml) -> None:
    text = case.text
    axes = [
        name for name in re.findall(r'matrix(?:\.get\("|\["|\.)([\w-]+)', text) if name != "get"
    ]
    if axes and "[outside any" not in case.why:
        names = [name if name != "exclude" else "other" for name in axes]
        stage["strategy"] = {"matrix": {name: ["a", "b"] for name in names}}
    if "repeat." in text:
        step["strategy"] = {"repeat": {"items": ["a", "b"]}}
    if "instance." in text and "[step without" not in case.why:
        step["strategy"] = {"repeat": {"items": "<+stage.output.hosts>"}}


def pipeline_of(case: Case) -> str:
    """Make the pipeline for a case."""
    text, why = case.text, case.why
    kind = next((kind for mark, kind in IN_STAGE.items() if mark in why or mark in text), "")
    if "without any CI" in why:
        kind = "Custom"
    stage = stage_of(kind or "Deployment", "own")
    stages: list[Yaml] = []
    add_stages(stages, text)
    step = place(case, stage)
    add_loop(case, stage, step)
    stage["variables"] = variables(text, "stage.variables")
    steps = stage["spec"]["execution"]["steps"]
    own = [path for path in _OWN.findall(_STAGE.sub("", text)) if not re.search(r"<\+", path)]
    for path in own:
        add_steps(stage, path, text)
    held: Yaml = {"step": step}
    if "stepGroup." in text and "[step outside" not in why:
        for name in ("inner", "middle", "outer"):
            group = {"name": name, "identifier": name, "steps": [held]}
            held = {"stepGroup": {**group, "variables": variables(text, "stepGroup.variables")}}
    steps.insert(0, held) if "placed before" in why else steps.append(held)
    if "stage when" in why:
        stage["when"] = {"pipelineStatus": "Success", "condition": text}
    if "service or environment section" in why:
        stage["spec"]["service"] = {"serviceRef": text}
        held["step"]["spec"] = {}
    stages.append({"stage": stage})
    if "parallel sibling" in why:
        stages = [{"parallel": stages}]
    if "later.variables" in text:
        stages.reverse()
    names = variables(text, "pipeline.variables")
    made = {"name": "p", "identifier": "p", "projectIdentifier": "p", "orgIdentifier": "o"}
    return json.dumps(
        {"pipeline": {**made, "variables": names, "stages": stages}}, ensure_ascii=False
    )


def found(case: Case) -> list[Diagnostic]:
    return [one for one in lint(pipeline_of(case), ".harness/p.yaml") if one.rule in RULES]


def said(case: Case) -> str:
    return "\n".join([repr(case), *(f"{one.rule}: {one.finding.message}" for one in found(case))])


EXCEPTIONS = {
    "(path) path: whole scope object, never useful": "an object as a whole is text in a script",
    "[value of an account/org/project variable]": "that is no document which pipelint reads",
}
"""Words about cases that are judged otherwise, and why."""


def failures() -> list[str]:
    wrong = []
    for case in cases():
        levels = {one.level for one in found(case)}
        right = {
            "valid": "error" not in levels,
            "invalid": bool(levels),
            "unknown": levels <= {INFO},
        }[case.verdict]
        if right == any(words in case.why for words in EXCEPTIONS):
            wrong.append(said(case))
    return wrong


def test_every_case_is_judged_as_labelled() -> None:
    wrong = failures()
    assert not wrong, "\n\n".join(wrong)
