"""Runtime inputs: `<+input>` with its suffixes."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.harness.rules.expression_making import (
    BEGINS_TO_WORK,
    GETS_VALUE,
    INPUT,
    INPUTS,
    expression_rule,
    page,
)

input_blank = expression_rule(
    "input-blank",
    INFO,
    page(
        "Reports blanks behind `<+input>`.",
        "The engine overlooks them, but the schema of Harness does not allow them.",
        INPUT,
        ('"<+input> "', "<+input>"),
        see=INPUTS,
        fix=BEGINS_TO_WORK,
    ),
)

input_conflict = expression_rule(
    "input-conflict",
    INFO,
    page(
        "Reports suffixes of `<+input>` of which only one has an effect.",
        """A value is held to a list or to a pattern, not to both: where there is a list, Harness
does not look at the pattern.""",
        INPUT,
        ("<+input>.allowedValues(dev,qa).regex([a-z]+)", "<+input>.allowedValues(dev,qa)"),
        see=INPUTS,
    ),
)

input_contradiction = expression_rule(
    "input-contradiction",
    ERROR,
    page(
        "Reports suffixes of `<+input>` that contradict each other.",
        """Harness holds the default to the list and to the pattern, too, and refuses to run with a
value that is not allowed. A suffix may stand once.""",
        INPUT,
        (
            "<+input>.default(prod).allowedValues(dev,qa)",
            "<+input>.default(dev).allowedValues(dev,qa)",
        ),
        see=INPUTS,
    ),
)

input_empty_default = expression_rule(
    "input-empty-default",
    WARNING,
    page(
        "Reports a default of `<+input>` without a value.",
        """The schema of Harness does not allow `default()`, and it gives no value: the input is
asked for as if it had none.""",
        INPUT,
        ("<+input>.default()", "<+input>.default(dev)"),
        see=INPUTS,
    ),
)

input_form = expression_rule(
    "input-form",
    ERROR,
    page(
        "Reports an `<+input>` that Harness cannot read.",
        """A runtime input is the whole value, followed by suffixes that Harness knows, each with
what it takes in parentheses. With text around it nobody is asked for a value, and
nothing is found when the pipeline runs.""",
        INPUT,
        ("<+input>.allowedvalues(dev,qa)", "<+input>.allowedValues(dev,qa)"),
        see=INPUTS,
        fix=GETS_VALUE,
    ),
)

nested_input = expression_rule(
    "nested-input",
    WARNING,
    page(
        "Reports `<+input>` in a suffix of `<+input>`.",
        "Nobody is asked for the inner one, which stands there without a value.",
        INPUT,
        ("<+input>.default(<+input>)", "<+input>.default(dev)"),
        see=INPUTS,
    ),
)

RULES = (
    input_blank,
    input_conflict,
    input_contradiction,
    input_empty_default,
    input_form,
    nested_input,
)
