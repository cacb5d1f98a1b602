"""Where an expression begins and ends: `<+` and `>`, and what other languages have for them."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.harness.rules.expression_making import (
    COMMAND,
    CONDITION,
    GETS_VALUE,
    VARIABLES,
    expression_rule,
    page,
)

early_close = expression_rule(
    "early-close",
    ERROR,
    page(
        "Reports a `>` that was meant as a comparison or as text, and ends the expression.",
        """Harness counts `<+` and `>`, and nothing else: quotes, parentheses and operators mean
nothing to it. The expression ends at this sign, and what follows it is plain text.""",
        COMMAND,
        (
            "./deploy.sh <+<+stage.variables.replicas> > 5>",
            "./deploy.sh <+<+stage.variables.replicas> gt 5>",
        ),
        """## When not to use it
Outside of an expression `>` is fine: a condition may say `<+stage.variables.replicas> > 5`. Inside
of one write `gt`, `ge`, or `\\>` in a text.""",
        fix=GETS_VALUE,
    ),
)

empty_expression = expression_rule(
    "empty-expression",
    ERROR,
    page(
        "Reports `<+>`, an expression without anything in it.",
        "Harness puts nothing in its place, so the value is not the one that was meant.",
        COMMAND,
        ("./deploy.sh <+>", "./deploy.sh <+pipeline.name>"),
    ),
)

first_generation_name = expression_rule(
    "first-generation-name",
    WARNING,
    page(
        "Reports a name that only Harness FirstGen knows.",
        "Harness has other names for these values today. The old ones lead to nothing.",
        COMMAND,
        ("./deploy.sh <+serviceVariable.branch>", "./deploy.sh <+stage.variables.branch>"),
        fix="The fix writes the name of today. It is unsafe: what has no value today gets one.",
    ),
)

lone_opener = expression_rule(
    "lone-opener",
    INFO,
    page(
        "Reports a `<+` that nothing closes, where no other expression follows.",
        """Harness leaves the text as it is from there on. That is right for a text which just
happens to hold the two signs, and wrong for an expression whose `>` was forgotten.""",
        COMMAND,
        ("./deploy.sh <+pipeline.name", "./deploy.sh <+pipeline.name>"),
    ),
)

other_generation_delimiter = expression_rule(
    "other-generation-delimiter",
    WARNING,
    page(
        "Reports `${…}` of Harness FirstGen and `${{…}}` of Harness 1.0.",
        """Expressions stand in `<+…>`. The other signs stay in the text as they are: a script takes
`${…}` for a variable of the shell, and a condition cannot be read at all.""",
        COMMAND,
        (
            "./deploy.sh ${workflow.variables.branch}",
            "./deploy.sh <+stage.variables.branch>",
        ),
        see=VARIABLES,
        fix=GETS_VALUE,
    ),
)

too_many_expressions = expression_rule(
    "too-many-expressions",
    WARNING,
    """Reports a document with more expressions than pipelint checks.

    ## Why is this bad?
    The expressions from this place on are not checked. Some thousands of different ones are; nobody
    writes that many by hand.
    """,
)

unclosed_expression = expression_rule(
    "unclosed-expression",
    ERROR,
    page(
        "Reports an expression that is never closed, so that others are lost with it.",
        """From such a `<+` on Harness leaves all text as it is, also the complete expressions in
it. One forgotten `>` at the top of a script disables everything below.""",
        COMMAND,
        (
            "./deploy.sh <+pipeline.name <+stage.name>",
            "./deploy.sh <+pipeline.name> <+stage.name>",
        ),
    ),
)

wrong_opener = expression_rule(
    "wrong-opener",
    WARNING,
    page(
        "Reports what looks like an expression and does not begin with `<+`.",
        "Harness evaluates what stands in `<+…>`. Anything else stays in the text as it is.",
        CONDITION,
        ("<+stage.name> == '<pipeline.name>'", "<+stage.name> == <+pipeline.name>"),
        """## When not to use it
Tags of XML with such a name are told apart by their end: `<service.name>…</service.name>`.""",
        fix=GETS_VALUE,
    ),
)

RULES = (
    early_close,
    empty_expression,
    first_generation_name,
    lone_opener,
    other_generation_delimiter,
    too_many_expressions,
    unclosed_expression,
    wrong_opener,
)
