"""Make a rule of what the language of expressions says, with its page.

All these rules share one pass over the expressions of a document. Their pages differ in one value,
so the step around it is written here.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.diagnostic import Finding
from pipelint.harness.context import Context
from pipelint.harness.expression_findings import told
from pipelint.harness.model import Model
from pipelint.rule import Rule

ABOUT = ("<", ">", "${", "condition", "Condition", "assertion", "expression")
"""A document without any of these has no expression, nor anything that looks like one."""

_STEP = """template:
  name: build
  identifier: build
  versionLabel: v1
  type: Step
  spec:
    type: Run
    spec:
      shell: Bash
"""
COMMAND = _STEP + "      command: "
CONDITION = _STEP + "      command: make\n    when:\n      stageStatus: Success\n      condition: "
INPUT = _STEP + "      command: make\n      envVariables:\n        TARGET: "
"""Steps up to a value: a script, a condition, a variable of the environment."""

_DOCS = "https://developer.harness.io/docs/platform/variables-and-expressions/"
VARIABLES = _DOCS + "harness-variables"
INPUTS = _DOCS + "runtime-input-usage"


def expression_rule(name: str, level: str, document: str) -> Rule:
    """Make the rule of this name; `document` is its page."""

    def check(_: Model, context: Context) -> Iterable[Finding]:
        return told(context, name)

    return Rule(name, level, "expression", document, on=Model, check=check, about=ABOUT)


def page(
    summary: str, why: str, step: str, values: tuple[str, str], more: str = "", see: str = ""
) -> str:
    """Write a page: the first of the values in the step is wrong, the second right."""
    bad, good = values
    parts = [
        summary,
        f"## Why is this bad?\n{why}",
        f"## Example\n```yaml\n{step}{bad}\n```",
        f"## Use instead\n```yaml\n{step}{good}\n```",
    ]
    if more:
        parts.append(more)
    if see:
        parts.append(f"## References\n- {see}")
    return "\n\n".join(parts) + "\n"
