"""Paths that the engine reads as something else."""

from __future__ import annotations

from pipelint.diagnostic import ERROR
from pipelint.harness.rules.expression_making import (
    COMMAND,
    GETS_VALUE,
    VARIABLES,
    expression_rule,
    page,
)

double_dot = expression_rule(
    "double-dot",
    ERROR,
    page(
        "Reports two dots in a path.",
        "Two dots make a range of numbers. A path with them leads to nothing.",
        COMMAND,
        ("./deploy.sh <+stage..name>", "./deploy.sh <+stage.name>"),
        fix=GETS_VALUE,
    ),
)

hyphen_in_path = expression_rule(
    "hyphen-in-path",
    ERROR,
    page(
        "Reports a name with a hyphen in a path.",
        """The hyphen is a minus: Harness takes the value of a path without the second half of the
name, and subtracts. The result is null or an error.""",
        COMMAND,
        (
            "./deploy.sh <+stage.variables.my-branch>",
            """./deploy.sh <+stage.variables.get("my-branch")>""",
        ),
        see=VARIABLES,
        fix=GETS_VALUE,
    ),
)

number_in_path = expression_rule(
    "number-in-path",
    ERROR,
    page(
        "Reports a path that begins with a number.",
        "A number has no members, so nothing is found.",
        COMMAND,
        ("./deploy.sh <+1.2.3>", "./deploy.sh 1.2.3"),
    ),
)

odd_index = expression_rule(
    "odd-index",
    ERROR,
    page(
        "Reports a list, a set or a map between the brackets of an index.",
        "An item of a list goes by its number, a member by its name. Nothing is found with a set.",
        COMMAND,
        (
            "./deploy.sh <+trigger.payload.commits[{0}].id>",
            "./deploy.sh <+trigger.payload.commits[0].id>",
        ),
    ),
)

shell_variable = expression_rule(
    "shell-variable",
    ERROR,
    page(
        "Reports a variable of the shell in an expression.",
        """Harness replaces the expressions of a script before it starts the shell. There is no
variable of the shell yet, and the name is looked up as it is written.""",
        COMMAND,
        ("./deploy.sh <+stage.variables.$NAME>", "./deploy.sh <+stage.variables.branch>"),
    ),
)

RULES = (
    double_dot,
    hyphen_in_path,
    number_in_path,
    odd_index,
    shell_variable,
)
