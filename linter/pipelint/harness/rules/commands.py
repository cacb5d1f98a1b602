"""Command steps on hosts: which hosts, and in which shell."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Step, StepGroup, TemplateDefinition
from pipelint.harness.values import Text, flag_of, is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of, mapping_of

_SHELLS = {"Ssh": "Bash", "WinRm": "PowerShell"}


@rule(on=Step, level=WARNING, family="harness", about=("Command",))
def command_without_hosts(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Command step that is not told on which hosts to run.

    ## Why is this bad?
    The step runs on a host for each item of `<+stage.output.hosts>`, by a loop of its own or of
    the step group around it. Without the loop, and not on the delegate, it has no host and fails.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: Ssh
          service: {serviceRef: shop}
          environment:
            environmentRef: prod
            infrastructureDefinitions:
              - identifier: hosts
          execution:
            steps:
              - step:
                  name: restart
                  identifier: restart
                  type: Command
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: restart
                        identifier: restart
                        type: Script
                        spec:
                          shell: Bash
                          source:
                            type: Inline
                            spec: {script: systemctl restart shop}
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: Ssh
          service: {serviceRef: shop}
          environment:
            environmentRef: prod
            infrastructureDefinitions:
              - identifier: hosts
          execution:
            steps:
              - step:
                  name: restart
                  identifier: restart
                  type: Command
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: restart
                        identifier: restart
                        type: Script
                        spec:
                          shell: Bash
                          source:
                            type: Inline
                            spec: {script: systemctl restart shop}
                  strategy:
                    repeat:
                      items: <+stage.output.hosts>
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/cd-steps-faqs
    """
    if step.kind != "Command" or step.spec is None or context.is_partial or step.node.broken:
        return
    if flag_of(step.spec.get("onDelegate")) is not False or is_filled(step.spec.get("host")):
        return
    around: list[Step | StepGroup] = [step, *step.groups]
    outermost = around[-1]
    if step.stage is None or isinstance(outermost.outer, TemplateDefinition):
        return
    if not any("strategy" in unit.node.fields for unit in around) and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            "Command step without hosts",
            "no loop over hosts",
            help="add `strategy: {repeat: {items: <+stage.output.hosts>}}`",
        )


@rule(on=Step, level=WARNING, family="harness", about=("commandUnits",))
def command_in_wrong_shell(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a script of a Command step in a shell that the hosts do not have.

    ## Why is this bad?
    Hosts that are reached by SSH run Bash, those that are reached by WinRM run PowerShell.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: WinRm
          service: {serviceRef: shop}
          environment:
            environmentRef: prod
            infrastructureDefinitions:
              - identifier: hosts
          execution:
            steps:
              - step:
                  name: restart
                  identifier: restart
                  type: Command
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: restart
                        identifier: restart
                        type: Script
                        spec:
                          shell: Bash
                          source:
                            type: Inline
                            spec: {script: Restart-Service shop}
                  strategy:
                    repeat:
                      items: <+stage.output.hosts>
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: WinRm
          service: {serviceRef: shop}
          environment:
            environmentRef: prod
            infrastructureDefinitions:
              - identifier: hosts
          execution:
            steps:
              - step:
                  name: restart
                  identifier: restart
                  type: Command
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: restart
                        identifier: restart
                        type: Script
                        spec:
                          shell: PowerShell
                          source:
                            type: Inline
                            spec: {script: Restart-Service shop}
                  strategy:
                    repeat:
                      items: <+stage.output.hosts>
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```
    """
    stage = step.stage
    deployment = text_of(stage.spec.get("deploymentType")) if stage and stage.spec else None
    right = _SHELLS.get(deployment.value) if deployment else None
    if step.kind != "Command" or right is None or step.spec is None:
        return
    if flag_of(step.spec.get("onDelegate")) is not False or deployment is None:
        return
    for unit in items_of(step.spec.get("commandUnits")):
        spec = mapping_of(unit.get("spec")) if isinstance(unit, Mapping) else None
        shell = text_of(spec.get("shell")) if spec else None
        if shell is not None and shell.value in _SHELLS.values() and shell.value != right:
            yield Finding(
                shell.span,
                f"{shell.value} script on {deployment.value} hosts",
                f"these hosts run {right}",
                help=f"write it for {right}",
            )


RULES = (command_in_wrong_shell, command_without_hosts)
