"""Comparisons and other operators that do not do what they say."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.harness.rules.expression_making import (
    COMMAND,
    CONDITION,
    GETS_VALUE,
    NEAR_NAME,
    OTHER_RESULT,
    VARIABLES,
    expression_rule,
    page,
)

bare_comparison = expression_rule(
    "bare-comparison",
    ERROR,
    page(
        "Reports a comparison whose path has no `<+…>` of its own.",
        """Harness looks up an expression as a whole, so it looks for a value with the name of the
whole comparison. The path in it is null, and the result is always the same.""",
        COMMAND,
        (
            """'./deploy.sh <+stage.variables.branch == "main" ? "prod" : "dev">'""",
            """'./deploy.sh <+<+stage.variables.branch> == "main" ? "prod" : "dev">'""",
        ),
        see=VARIABLES,
        fix=GETS_VALUE,
    ),
)

bare_operand = expression_rule(
    "bare-operand",
    ERROR,
    page(
        "Reports a path without `<+…>` of its own behind the first value of an expression.",
        """Harness looks up the first path of an expression. Those behind it are null, except for
what is known everywhere, such as `pipeline` and `trigger`.""",
        COMMAND,
        (
            "./deploy.sh <+pipeline.name + stage.name>",
            "./deploy.sh <+<+pipeline.name> + <+stage.name>>",
        ),
        fix=GETS_VALUE,
    ),
)

constant_case = expression_rule(
    "constant-case",
    ERROR,
    page(
        "Reports `True`, `NULL` and other constants that are not in lower case.",
        "Harness takes such a word for a name, and finds nothing.",
        CONDITION,
        ("<+stage.variables.ready> == True", "<+stage.variables.ready> == true"),
        fix=GETS_VALUE,
    ),
)

constant_operand = expression_rule(
    "constant-operand",
    WARNING,
    page(
        "Reports a text or a number as one side of `&&` or `||`.",
        """The text is compared with nothing. It counts as true, so `||` with it is always true,
and `&&` does nothing.""",
        CONDITION,
        (
            '<+stage.name> == "build" || "test"',
            '<+stage.name> == "build" || <+stage.name> == "test"',
        ),
    ),
)

quoted_expression = expression_rule(
    "quoted-expression",
    INFO,
    page(
        "Reports an expression in quotes in a comparison.",
        """In some fields it is compared as it is written, not with its value. Without the quotes
it works in all of them.""",
        CONDITION,
        ("""'"<+stage.name>" == "build"'""", """'<+stage.name> == "build"'"""),
        see=VARIABLES,
        fix=OTHER_RESULT,
    ),
)

quoted_null = expression_rule(
    "quoted-null",
    INFO,
    page(
        "Reports a comparison with the text `null`.",
        "A value that is missing is not the text `null`; it is equal to `null` without quotes.",
        CONDITION,
        ('<+stage.variables.branch> != "null"', "<+stage.variables.branch> != null"),
        """## When not to use it
Where a value has gone through a script or another field, its absence may have become that text.""",
        fix=OTHER_RESULT,
    ),
)

single_bar = expression_rule(
    "single-bar",
    INFO,
    page(
        "Reports `|` or `&` between comparisons.",
        """These operators calculate with the bits of numbers. Conditions are joined with `||` and
`&&`.""",
        CONDITION,
        (
            '<+stage.name> == "build" | <+stage.name> == "test"',
            '<+stage.name> == "build" || <+stage.name> == "test"',
        ),
        fix=OTHER_RESULT,
    ),
)

single_equals = expression_rule(
    "single-equals",
    ERROR,
    page(
        "Reports an assignment where values are to be compared.",
        "`=` assigns a value. Nothing is compared, and the condition does not hold or fails.",
        CONDITION,
        ('<+stage.name> = "build"', '<+stage.name> == "build"'),
        fix=GETS_VALUE,
    ),
)

unknown_status = expression_rule(
    "unknown-status",
    ERROR,
    page(
        "Reports a comparison with a status that no execution has.",
        """The status of a step or a stage is a word in capitals, such as `SUCCEEDED` or `FAILED`;
the website shows others. The comparison never holds.""",
        CONDITION,
        ('<+pipeline.currentStatus> == "Success"', '<+pipeline.currentStatus> == "SUCCEEDED"'),
        see=VARIABLES,
        fix=NEAR_NAME,
    ),
)

unquoted_text = expression_rule(
    "unquoted-text",
    ERROR,
    page(
        "Reports a comparison with a text that has no quotes.",
        "Harness takes the word for the name of a value, and finds none.",
        CONDITION,
        ("<+stage.name> == build", '<+stage.name> == "build"'),
        fix=GETS_VALUE,
    ),
)

RULES = (
    bare_comparison,
    bare_operand,
    constant_case,
    constant_operand,
    quoted_expression,
    quoted_null,
    single_bar,
    single_equals,
    unknown_status,
    unquoted_text,
)
