"""Steps that wait for an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import value_of
from pipelint.rule import rule

_SHELL = re.compile(r"(?<!\$)\$([A-Za-z_]\w{0,127})")


@rule(on=Step, level=WARNING, family="harness", about=("EventListener",))
def shell_variable_in_event(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a shell variable in the criteria of an EventListener step.

    ## Why is this bad?
    No shell reads the criteria. Harness compares the text `$status` itself; variables of the step
    are written as expressions.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: EventListener
        timeout: 1d
        spec:
          webhookIdentifier: releases
          successCriteria: <+eventPayload.state> == "$state"
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: EventListener
        timeout: 1d
        spec:
          webhookIdentifier: releases
          successCriteria: <+eventPayload.state> == <+spec.inputVariables.state>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/event-listener-step
    """
    if step.kind != "EventListener" or step.spec is None:
        return
    for name in ("successCriteria", "failureCriteria"):
        value = value_of(step.spec.get(name))
        found = _SHELL.search(value.node.text) if value else None
        if value is not None and found is not None:
            yield Finding(
                value.node.span,
                f"`${found[1]}` is not replaced in the criteria",
                "no shell reads this",
                help="write an expression",
            )


RULES = (shell_variable_in_event,)
