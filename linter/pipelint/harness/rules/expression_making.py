"""Make a rule of what the language of expressions says, with its page.

All these rules share one pass over the expressions of a document. Their pages differ in one value,
so the step around it is written here. None has a function: see `harness/expression_findings.py`.
"""

from __future__ import annotations

from pipelint.rule import Rule

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


GETS_VALUE = "The fix is unsafe: an expression that has no value today gets one."
OTHER_RESULT = "The fix is unsafe: the comparison may come out differently."
NEAR_NAME = "The fix is unsafe: the nearest name need not be the one that was meant."
BEGINS_TO_WORK = "The fix is unsafe: what is ignored today begins to work."
"""What may come of a fix, for the pages."""


def expression_rule(name: str, level: str, document: str) -> Rule:
    """Make the rule of this name; `document` is its page."""
    return Rule(name, level, "expression", document)


def page(
    summary: str,
    why: str,
    step: str,
    values: tuple[str, str],
    more: str = "",
    see: str = "",
    fix: str = "",
) -> str:
    """Write a page: the first of the values in the step is wrong, the second right.

    `fix` says what may come of the fix, `more` is Markdown, `see` a link.
    """
    bad, good = values
    parts = [
        summary,
        f"## Why is this bad?\n{why}",
        f"## Example\n```yaml\n{step}{bad}\n```",
        f"## Use instead\n```yaml\n{step}{good}\n```",
    ]
    if fix:
        parts.append(f"## Fix safety\n{fix}")
    if more:
        parts.append(more)
    if see:
        parts.append(f"## References\n- {see}")
    return "\n\n".join(parts) + "\n"
