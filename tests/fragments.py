"""Make a whole Harness document of a fragment: put it in its place and fill in what is elided.

A fragment shows one mistake and leaves out what its reader can think of. It comes as a pair, with
the mistake and without: what only the mended one has is not filled in, for that is the mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

import yaml

HOLE = "HERE"
SCRIPT = "the script of a step"
"""The place of a fragment that is no YAML."""

BUILD_STEPS = frozenset({"Run", "Plugin", "Background", "GitClone", "RunTests", "Test", "Action"})
"""Types of steps that are put into a build."""

STAGE_TYPES = frozenset({"CI", "Custom", "Deployment", "Approval", "Build", "Pipeline"})

PLACES = {
    SCRIPT: "pipeline: {stages: [{stage: {type: Custom, spec: {execution: {steps: [{step: {type: "
    "ShellScript, spec: {shell: Bash, source: {type: Inline, spec: {script: HERE}}}}}]}}}}]}",
    "document": "HERE",
    "pipeline": "pipeline: HERE",
    "stages": "pipeline: {stages: [HERE]}",
    "stage": "pipeline: {stages: [{stage: HERE}]}",
    "CI": "pipeline: {stages: [{stage: {type: CI, spec: HERE}}]}",
    "Custom": "pipeline: {stages: [{stage: {type: Custom, spec: HERE}}]}",
    "Deployment": "pipeline: {stages: [{stage: {type: Deployment, spec: HERE}}]}",
    "Pipeline": "pipeline: {stages: [{stage: {type: Pipeline, spec: HERE}}]}",
    "execution": "pipeline: {stages: [{stage: {type: Deployment, spec: {execution: HERE}}}]}",
    "steps": "pipeline: {stages: [{stage: {type: Deployment, spec: {execution: "
    "{steps: [HERE]}}}}]}",
    "CI steps": "pipeline: {stages: [{stage: {type: CI, spec: {execution: {steps: [HERE]}}}}]}",
    "group": "pipeline: {stages: [{stage: {type: Deployment, spec: {execution: "
    "{steps: [{stepGroup: HERE}]}}}}]}",
    "step": "pipeline: {stages: [{stage: {type: Deployment, spec: {execution: "
    "{steps: [{step: HERE}]}}}}]}",
    "CI step": "pipeline: {stages: [{stage: {type: CI, spec: {execution: "
    "{steps: [{step: HERE}]}}}}]}",
    "failures": "pipeline: {stages: [{stage: {type: Custom, failureStrategies: [HERE]}}]}",
    "errors": "pipeline: {stages: [{stage: {type: Custom, failureStrategies: [{onFailure: "
    "{action: {type: Abort}, <<: HERE}}]}}]}",
    "action": "pipeline: {stages: [{stage: {type: Deployment, failureStrategies: [{onFailure: "
    "{errors: [AllErrors], <<: HERE}}]}}]}",
    "retry": "pipeline: {stages: [{stage: {type: Custom, failureStrategies: [{onFailure: "
    "{errors: [AllErrors], action: {type: Retry, spec: "
    "{retryCount: 1, retryIntervals: [1m], <<: HERE}}}}]}}]}",
    "strategy": "pipeline: {stages: [{stage: {type: Custom, strategy: HERE}}]}",
    "variables": "pipeline: {variables: [HERE]}",
    "codebase": "pipeline: {properties: {ci: HERE}}",
    "events": "pipeline: {stages: [{stage: {identifier: build}}], notificationRules: [{name: n, "
    "identifier: n, notificationMethod: {type: Slack, spec: {userGroups: [account.a]}}, "
    "<<: HERE}]}",
    "method": "pipeline: {notificationRules: [{name: n, identifier: n, "
    "pipelineEvents: [{type: AllEvents}], <<: HERE}]}",
    "service": "service: {name: s, identifier: s, serviceDefinition: {type: Kubernetes, "
    "spec: HERE}}",
    "trigger": "trigger: HERE",
    "schedule": "trigger: {source: {type: Scheduled, <<: HERE}}",
    "webhook": "trigger: {source: {type: Webhook, <<: HERE}}",
    "payload": "trigger: {source: {type: Webhook, spec: {type: Github, spec: "
    "{type: Push, spec: {connectorRef: a, autoAbortPreviousExecutions: false, <<: HERE}}}}}",
    "polling": "trigger: {source: {type: Webhook, spec: {type: Github, spec: {type: Push, spec: "
    "{connectorRef: a}}}, webhookId: a, <<: HERE}}",
}
"""Where a fragment is put: for HERE, for `<<: HERE` beside what stands there, or into a list."""

KEYS = (
    ("document", "pipeline pipelines inputSet overlayInputSet trigger infrastructureDefinition"),
    ("document", "connector version"),
    ("pipeline", "stages variables flowControl allowStageExecutions properties"),
    ("codebase", "codebase"),
    ("CI", "platform sharedPaths serviceDependencies runtime cloneCodebase caching"),
    ("Deployment", "deploymentType service services environment serviceConfig"),
    ("execution", "steps rollbackSteps"),
    ("Custom", "execution"),
    ("stage", "runMode skipCondition tags description delegateSelectors"),
    ("strategy", "matrix repeat parallelism"),
    ("action", "action"),
    ("errors", "errors"),
    ("retry", "onRetryFailure"),
    ("events", "pipelineEvents"),
    ("method", "notificationMethod"),
    ("service", "manifests"),
    ("trigger", "source"),
    ("payload", "jexlCondition"),
    ("polling", "pollInterval"),
    ("group", "stepGroupInfra"),
    ("HarnessApproval", "approvers approverInputs autoApproval"),
    ("JiraApproval", "approvalCriteria"),
    ("JiraUpdate", "fields"),
    ("Http", "url"),
    ("Action", "uses"),
    ("Run", "command image envVariables outputVariables connectorRef"),
    ("ShellScript", "script"),
)
"""A place for a fragment that has one of these keys, the first that fits."""

ITEMS = (
    ("stages", "stage"),
    ("steps", "step stepGroup"),
    ("failures", "onFailure"),
    ("variables", "name"),
)
"""The same for a fragment that is a list, by the keys of its items."""

SPECS = {
    "Wait": "{duration: 1m}",
    "Run": "{command: make, image: 'maven:3.9', connectorRef: account.hub, shell: Sh}",
    "ShellScript": "{shell: Bash, source: {type: Inline, spec: {script: make}}}",
    "Http": "{url: 'https://example.com', method: GET}",
    "Barrier": "{barrierRef: b1}",
    "HarnessApproval": "{approvalMessage: ok, includePipelineExecutionHistory: true, approvers: "
    "{userGroups: [account.ops], minimumCount: 1, disallowPipelineExecutor: true}}",
    "JiraApproval": "{connectorRef: jira, projectKey: A, issueKey: A-1, retryInterval: 1m, "
    "approvalCriteria: {type: KeyValues, spec: {matchAnyCondition: true, conditions: "
    "[{key: Status, operator: equals, value: Done}]}}}",
    "JiraUpdate": "{connectorRef: jira, issueKey: A-1, fields: []}",
    "JiraCreate": "{connectorRef: jira, projectKey: A, issueType: Bug, fields: []}",
    "Queue": "{key: a, scope: Pipeline}",
    "Policy": "{policySets: [account.x], type: Custom, policySpec: {payload: '{}'}}",
    "Plugin": "{image: 'plugins/slack:1.4', connectorRef: account.hub}",
    "Background": "{image: 'postgres:16', connectorRef: account.hub}",
    "GitClone": "{connectorRef: gh, build: <+input>}",
    "Action": "{uses: actions/checkout@v4}",
    "K8sRollingDeploy": "{skipDryRun: false}",
    "K8sRollingRollback": "{pruningEnabled: false}",
    "K8sCanaryDeploy": "{skipDryRun: false}",
    "K8sDelete": "{deleteResources: {type: ReleaseName, spec: {deleteNamespace: false}}}",
    "Email": "{to: a@example.com, subject: a, body: a}",
    "TerraformPlan": "{provisionerIdentifier: a, configuration: {command: Apply, configFiles: "
    "{store: {type: Github, spec: {connectorRef: gh}}}, secretManagerRef: harness}}",
    "DBSchemaApply": "{connectorRef: k8s, migrationType: Liquibase, dbSchema: a, dbInstance: b}",
}
"""What a step of a type needs; it is added to what the fragment has."""

STAGES = {
    "CI": "{cloneCodebase: false, platform: {os: Linux, arch: Amd64}, "
    "runtime: {type: Cloud, spec: {}}, execution: {}}",
    "Deployment": "{deploymentType: Kubernetes, service: {serviceRef: shop}, environment: "
    "{environmentRef: qa, infrastructureDefinitions: [{identifier: k8s}]}, execution: {}}",
    "Pipeline": "{org: default, project: shop, pipeline: child}",
    "Dynamic": "{}",
}
"""What the spec of a kind of stage needs; the others need an execution."""

ALTERNATIVES = {
    "runtime": ("infrastructure",),
    "service": ("services", "serviceConfig"),
    "serviceRef": ("useFromStage",),
    "environment": ("environments", "environmentGroup", "infrastructure"),
    "environmentRef": ("useFromStage",),
    "infrastructureDefinitions": ("gitOpsClusters", "useFromStage"),
    "stages": ("template",),
    "type": ("template",),
    "timeout": ("template",),
    "spec": ("template",),
    "steps": ("template", "insert"),
}
"""A key is not filled in beside one of these."""

FAILURES = "[{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]"
PIPELINE = "{name: p, identifier: p, projectIdentifier: p, orgIdentifier: o}"
STAGE_LIST = "{stages: [{stage: {type: Custom}}]}"
TRIGGER = "{name: t, identifier: t, projectIdentifier: p, orgIdentifier: o, pipelineIdentifier: p}"
SOURCE = "{source: {type: Webhook, spec: {type: Custom, spec: {payloadConditions: []}}}}"
TEMPLATE = "{name: t, identifier: t, versionLabel: v1, spec: {}}"
ROOTS = {"pipeline": PIPELINE, "trigger": TRIGGER, "template": TEMPLATE}


class Pair(NamedTuple):
    """Two documents of one fragment. `lines` (1-based) of the first are those of the mistake.

    `around` are those of the entries that hold it.
    """

    bad: str
    fixed: str
    lines: frozenset[int]
    around: frozenset[int]


def whole(bad: str, fixed: str, place: str = "") -> Pair:
    """Make documents of a fragment with a mistake and of the same fragment without.

    `place` is one of PLACES or a type of step whose spec it is; without it the keys decide.
    """
    read = _text if place == SCRIPT else compose
    first, second = read(bad), read(fixed)
    place = place or place_of(first)
    wrapped = _placed(first, place)
    mended = _placed(
        second, place if place == SCRIPT or _alike(first, second) else place_of(second)
    )
    _Filling(withheld=True).document(wrapped, mended)
    _Filling(withheld=False).document(mended, None)
    texts = written(wrapped), written(mended)
    found = Differences()
    found.compare(compose(texts[0]), compose(texts[1]), [])
    return Pair(*texts, frozenset(found.lines), frozenset(found.around))


def _text(text: str) -> Node:
    return ScalarNode("tag:yaml.org,2002:str", text, style="|")


def _alike(one: Node, other: Node) -> bool:
    """Tell whether two fragments have one place; what is left empty fits everywhere."""
    return (not keys(other) and not other.value) or place_of(one) == place_of(other)


def compose(text: str) -> Node:
    """Read a text as nodes, which keep their quotes; a mere comment is an empty map."""
    node = yaml.compose(text)
    return node if node is not None else MappingNode("tag:yaml.org,2002:map", [])


def written(node: Node) -> str:
    """Write a document, one key a line."""
    for one in _nodes(node):
        if isinstance(one, MappingNode | SequenceNode):
            one.flow_style = not one.value
    return str(yaml.serialize(node, width=1000, allow_unicode=True))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _nodes(child)


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for _, value in node.value:
            yield value
    elif isinstance(node, SequenceNode):
        yield from node.value


def keys(node: Node | None) -> dict[str, Node]:
    """Return the entries of a mapping; nothing of anything else."""
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: value for key, value in node.value}


def place_of(node: Node) -> str:
    """Tell from the keys of a fragment where it stands."""
    if isinstance(node, SequenceNode):
        return _place_of_list(node)
    there = keys(node)
    kind = there.get("type")
    if isinstance(kind, ScalarNode) and kind.value in BUILD_STEPS:
        return "CI step"
    if isinstance(kind, ScalarNode) and kind.value in STAGE_TYPES:
        return "stage"
    if "template" in there:
        defined = there.keys() & ROOTS.keys() > {"template"} or _is_definition(there["template"])
        return "document" if defined else "pipeline"
    for place, words in KEYS:
        if there.keys() & set(words.split()):
            return place
    inside = place_of(there["spec"]) if "spec" in there else ""
    return "stage" if inside in {"CI", "Deployment"} else "step"


def _is_definition(template: Node) -> bool:
    return bool(keys(template).keys() & {"type", "identifier"})


def _place_of_list(node: SequenceNode) -> str:
    items = [one for item in node.value for one in (item, *_parallel(item))]
    there = {key for item in items for key in keys(item)}
    place = next((place for place, words in ITEMS if there & set(words.split())), "steps")
    types = [keys(keys(item).get("step")).get("type") for item in items]
    builds = any(kind is not None and kind.value in BUILD_STEPS for kind in types)
    return "CI steps" if place == "steps" and builds else place


def _parallel(item: Node) -> list[Node]:
    inner = keys(item).get("parallel")
    return list(inner.value) if isinstance(inner, SequenceNode) else []


def _placed(node: Node, place: str) -> Node:
    """Put a fragment into a skeleton, a place by name, or into a step of a type."""
    skeleton = place if HOLE in place else PLACES.get(place)
    if skeleton is None:
        kind = "CI" if place in BUILD_STEPS else "Deployment"
        hole = "<<: HERE" if "spec" in keys(node) else "spec: HERE"
        skeleton = (
            f"pipeline: {{stages: [{{stage: {{type: {kind}, spec: {{execution: "
            f"{{steps: [{{step: {{type: {place}, {hole}}}}}]}}}}}}}}]}}"
        )
    return _with(compose(skeleton), node)


def _with(tree: Node, node: Node) -> Node:
    """Put a node where the hole is."""
    if isinstance(tree, SequenceNode):
        tree.value = [one for item in tree.value for one in _items(_with(item, node), item, node)]
    elif isinstance(tree, MappingNode):
        pairs = [(key, _with(value, node)) for key, value in tree.value]
        given = {name for key, value in pairs if key.value == "<<" for name in keys(value)}
        tree.value = [
            one
            for key, value in pairs
            for one in (value.value if key.value == "<<" else [(key, value)])
            if key.value == "<<" or key.value not in given
        ]
    elif tree.value == HOLE:
        return node
    return tree


def _items(made: Node, item: Node, node: Node) -> list[Node]:
    """Return the items of a list that is put into a list, anything else as it is."""
    put = made is node and item is not node and isinstance(node, SequenceNode)
    return list(node.value) if put else [made]


class _Filling:
    """Fills in what a fragment leaves out. `withheld`: not what the counterpart has."""

    def __init__(self, *, withheld: bool) -> None:
        self.withheld = withheld
        self.count = 0

    def document(self, root: Node, other: Node | None) -> None:
        there, theirs = keys(root), keys(other)
        for key in there.keys() & ROOTS.keys():
            self.add(there[key], theirs.get(key), ROOTS[key])
        if "stages" not in keys(there.get("pipeline")):
            self.add(there.get("pipeline"), theirs.get("pipeline"), STAGE_LIST)
        if "source" not in keys(there.get("trigger")):
            self.add(there.get("trigger"), theirs.get("trigger"), SOURCE)
        self.template(there.get("template"), theirs.get("template"))
        self.below(root, other)

    def template(self, node: Node | None, other: Node | None) -> None:
        kind = keys(node).get("type")
        spec, theirs = keys(node).get("spec"), keys(other).get("spec")
        step = keys(spec).get("type")
        if kind is not None and kind.value == "Step" and step is not None:
            self.add(spec, theirs, f"{{spec: {SPECS.get(step.value, '{}')}}}")

    def below(self, node: Node, other: Node | None) -> None:
        if isinstance(node, SequenceNode):
            pairs = list(other.value) if isinstance(other, SequenceNode) else []
            for at, item in enumerate(node.value):
                self.below(item, pairs[at] if at < len(pairs) else None)
        for key, value in keys(node).items():
            fill = {"stage": self.stage, "step": self.step, "stepGroup": self.group}.get(key)
            counterpart = keys(other).get(key)
            if fill is not None and isinstance(value, MappingNode):
                fill(value, counterpart)
            self.below(value, counterpart)

    def add(self, node: Node | None, other: Node | None, text: str) -> None:
        """Add what is missing; below what is there, too."""
        if not isinstance(node, MappingNode):
            return
        theirs = keys(other) if self.withheld else {}
        for key, value in compose(text).value:
            there = keys(node)
            beside = set(ALTERNATIVES.get(key.value, ()))
            if key.value in there:
                self.add(there[key.value], keys(other).get(key.value), written(value))
            elif key.value not in theirs and not beside & (there.keys() | theirs.keys()):
                node.value.append((key, value))

    def name(self, node: Node, other: Node | None) -> None:
        self.count += 1
        self.add(node, other, f"{{name: n{self.count}, identifier: n{self.count}}}")

    def stage(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        spec = keys(node).get("spec")
        self.add(node, other, f"{{type: {stage_type(keys(spec))}}}")
        kind = keys(node).get("type") or keys(other).get("type")
        if kind is None:
            return
        self.add(node, other, f"{{spec: {STAGES.get(kind.value, '{execution: {}}')}}}")
        if kind.value == "Deployment":
            self.add(node, other, f"{{failureStrategies: {FAILURES}}}")
        self.execution(node, other, kind.value)

    def execution(self, stage: Node, other: Node | None, kind: str) -> None:
        execution = keys(keys(stage).get("spec")).get("execution")
        theirs = keys(keys(other).get("spec")).get("execution")
        step = {"CI": "Run", "Approval": "HarnessApproval"}.get(kind, "ShellScript")
        if execution is not None:
            self.add(execution, theirs, f"{{steps: [{{step: {{type: {step}}}}}]}}")

    def group(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        self.add(node, other, "{steps: [{step: {}}]}")

    def step(self, node: Node, other: Node | None) -> None:
        self.name(node, other)
        kind = keys(node).get("type") or keys(other).get("type")
        spec = keys(node).get("spec")
        self.add(node, other, f"{{type: {step_type(keys(spec))}}}")
        kind = keys(node).get("type") or kind
        if kind is None:
            return
        self.add(node, other, "{timeout: 10m}" if kind.value != "Wait" else "{}")
        self.add(node, other, f"{{spec: {SPECS.get(kind.value, '{}')}}}")


def stage_type(spec: dict[str, Node]) -> str:
    """Guess the type of a stage from its spec."""
    if spec.keys() & {"service", "services", "environment", "deploymentType", "serviceConfig"}:
        return "Deployment"
    return "CI" if spec.keys() & {"cloneCodebase", "caching", "runtime"} else "Custom"


def step_type(spec: dict[str, Node]) -> str:
    """Guess the type of a step from its spec."""
    known = (("url", "Http"), ("command", "Run"), ("issueKey", "JiraUpdate"))
    named = [kind for key, kind in known if key in spec]
    return named[0] if named else "ShellScript"


class Differences:
    """The lines of one tree that another does not have, or that it has otherwise."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.around: set[int] = set()

    def compare(self, one: Node, other: Node | None, above: list[Node]) -> None:
        """Compare two nodes; `above` are the keys, maps and lists that hold the first."""
        if isinstance(one, MappingNode) and isinstance(other, MappingNode):
            self._compare_maps(one, other, above)
        elif isinstance(one, SequenceNode) and isinstance(other, SequenceNode):
            self._compare_lists(one, other, above)
        elif other is None or (one.tag, one.value) != (other.tag, other.value):
            self._add([one], above)

    def _compare_maps(self, one: MappingNode, other: MappingNode, above: list[Node]) -> None:
        theirs = keys(other)
        if theirs.keys() - keys(one).keys():
            self._add(_names(one, *above), [*above, one])
        for key, value in one.value:
            if key.value in theirs:
                self.compare(value, theirs[key.value], [*above, one, key])
            else:
                self._add([key, value], [*above, one])

    def _compare_lists(self, one: SequenceNode, other: SequenceNode, above: list[Node]) -> None:
        for at, value in enumerate(one.value):
            their = other.value[at] if at < len(other.value) else None
            self.compare(value, their, [*above, one])
        scalars = all(isinstance(value, ScalarNode) for value in one.value)
        if len(one.value) < len(other.value) or (scalars and len(one.value) != len(other.value)):
            self._add([one], above)

    def _add(self, nodes: list[Node], above: list[Node]) -> None:
        """Note nodes and the two keys above; around them is the nearest map that is an item."""
        scalars = [node for node in above if isinstance(node, ScalarNode)]
        for node in (*nodes, *scalars[-2:]):
            self.lines.update(_lines(node))
        maps = [node for node in above if isinstance(node, MappingNode)]
        for node in maps[-5:]:
            self.around.update(_lines(node))
        self.around |= self.lines


def _names(*nodes: Node) -> list[Node]:
    """Return what names the two inmost maps: something missing is said there."""
    maps = [node for node in (*nodes[1:], nodes[0]) if isinstance(node, MappingNode)]
    pairs = [pair for node in maps[-2:] for pair in node.value]
    return [key for key, _ in pairs if key.value.endswith(("type", "name", "identifier", "Ref"))]


def _lines(node: Node) -> range:
    last = node.end_mark.line + (node.end_mark.column > 0)
    return range(node.start_mark.line + 1, max(node.start_mark.line + 2, last + 1))
