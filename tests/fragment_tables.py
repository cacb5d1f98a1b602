"""Where the fragments of `fragments.py` stand, and what is filled in around them."""

from __future__ import annotations

HOLE = "HERE"
SCRIPT = (
    "{step: {type: ShellScript, spec: {shell: Bash, source: {type: Inline, spec: {script: HERE}}}}}"
)
"""The place of a fragment that is no YAML."""

BUILD_STEPS = frozenset({"Run", "Plugin", "Background", "GitClone", "RunTests", "Test", "Action"})
"""Types of steps that are put into a build."""

STAGE_TYPES = frozenset({"CI", "Custom", "Deployment", "Approval", "Build", "Pipeline"})

PLACES = {
    SCRIPT: f"pipeline: {{stages: [{{stage: {{spec: {{execution: {{steps: [{SCRIPT}]}}}}}}}}]}}",
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
