"""Expressions that the engine cannot read."""

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

curly_quotes = expression_rule(
    "curly-quotes",
    ERROR,
    page(
        "Reports typographic quotes in an expression.",
        """Word processors and some web pages make `“…”` of `"…"`. Harness knows straight quotes
only, and cannot read such an expression.""",
        CONDITION,
        ("<+stage.name> == “build”", '<+stage.name> == "build"'),
        fix=GETS_VALUE,
    ),
)

escaped_quote = expression_rule(
    "escaped-quote",
    ERROR,
    page(
        "Reports a backslash before a quote of an expression.",
        """Only in a YAML value in double quotes is `\\"` a way to write `"`. Anywhere else the
backslash is a part of the value, and Harness cannot read the expression.""",
        CONDITION,
        (
            r'<+json.select(\"data.id\", <+stage.name>)> == "4"',
            '<+json.select("data.id", <+stage.name>)> == "4"',
        ),
        fix=GETS_VALUE,
    ),
)

expression_syntax = expression_rule(
    "expression-syntax",
    ERROR,
    page(
        "Reports an expression that cannot be read.",
        """Expressions are written in JEXL 3.0. Harness fails to evaluate what does not follow its
grammar, and the step or the stage fails with it.""",
        CONDITION,
        (
            '<+stage.name> == "build" "test"',
            '<+stage.name> == "build" || <+stage.name> == "test"',
        ),
        see=VARIABLES,
    ),
)

foreign_operator = expression_rule(
    "foreign-operator",
    ERROR,
    page(
        "Reports an operator that other languages have, but not that of expressions.",
        "Harness cannot read the expression, and the step or the stage fails.",
        CONDITION,
        (
            '<+stage.name> == "build" AND <+stage.type> == "CI"',
            '<+stage.name> == "build" && <+stage.type> == "CI"',
        ),
        fix=GETS_VALUE,
    ),
)

leading_if = expression_rule(
    "leading-if",
    WARNING,
    page(
        "Reports an expression that begins with `if`.",
        """A condition is the expression itself. With `if` before it, it is neither an expression
nor a statement (which has parentheses), and Harness fails to evaluate it.""",
        CONDITION,
        ('if <+stage.name> == "build"', '<+stage.name> == "build"'),
        fix=GETS_VALUE,
    ),
)

quotes_in_quoted_expression = expression_rule(
    "quotes-in-quoted-expression",
    ERROR,
    page(
        "Reports an expression in quotes that has the same quotes in it.",
        """A text ends at the next quote of its kind, which is the one in the expression. An
expression in a condition needs no quotes around it.""",
        CONDITION,
        (
            """'"<+stage.variables.get("branch")>" == "main"'""",
            """'<+stage.variables.get("branch")> == "main"'""",
        ),
        fix=GETS_VALUE,
    ),
)

reserved_word = expression_rule(
    "reserved-word",
    ERROR,
    page(
        "Reports a name in a path that is a reserved word of expressions.",
        """Words such as `var`, `new`, `size`, `empty` and `for` mean something in JEXL, also after
a dot. Harness cannot read the expression.""",
        COMMAND,
        (
            "./deploy.sh <+stage.variables.new>",
            """./deploy.sh <+stage.variables.get("new")>""",
        ),
        fix=GETS_VALUE,
    ),
)

script_expression = expression_rule(
    "script-expression",
    INFO,
    page(
        "Reports an expression that holds statements.",
        """Statements and variables are evaluated only where the account has turned on JSON support
for expressions. Everywhere else such an expression fails.""",
        COMMAND,
        (
            "./deploy.sh <+var n = <+stage.name>; n.toLowerCase()>",
            "./deploy.sh <+<+stage.name>.toLowerCase()>",
        ),
    ),
)

RULES = (
    curly_quotes,
    escaped_quote,
    expression_syntax,
    foreign_operator,
    leading_if,
    quotes_in_quoted_expression,
    reserved_word,
    script_expression,
)
