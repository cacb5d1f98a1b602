"""Calls of functions and methods."""

from __future__ import annotations

from pipelint.diagnostic import ERROR
from pipelint.harness.rules.expression_making import (
    COMMAND,
    GETS_VALUE,
    NEAR_NAME,
    VARIABLES,
    expression_rule,
    page,
)

blocked_method = expression_rule(
    "blocked-method",
    ERROR,
    page(
        "Reports the call of a method that the engine refuses.",
        "Methods that lead out of the expression, such as `getClass`, are not allowed.",
        COMMAND,
        ("./deploy.sh <+<+stage.name>.getClass()>", "./deploy.sh <+<+stage.name>.toLowerCase()>"),
    ),
)

computed_config_file_name = expression_rule(
    "computed-config-file-name",
    ERROR,
    page(
        "Reports a config file whose identifier is an expression.",
        """`configFile.getAsString` and `configFile.getAsBase64` take the identifier as a text in
quotes. Harness does not support an expression there.""",
        COMMAND,
        (
            "./deploy.sh '<+configFile.getAsString(<+stage.name>)>'",
            """./deploy.sh '<+configFile.getAsString("settings")>'""",
        ),
        see="https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services"
        "/cd-services-config-files",
        fix=GETS_VALUE,
    ),
)

exported_variable_path = expression_rule(
    "exported-variable-path",
    ERROR,
    page(
        "Reports an exported variable without its scope and its alias.",
        """The path of an exported variable begins with `pipeline`, `stage` or `stepGroup`, then
comes the alias. Nothing is found with the name alone.""",
        COMMAND,
        (
            """./deploy.sh <+exportedVariables.getValue("TAG")>""",
            """./deploy.sh <+exportedVariables.getValue("pipeline.build.TAG")>""",
        ),
    ),
)

file_path = expression_rule(
    "file-path",
    ERROR,
    page(
        "Reports a path that leads to no file of the file store, or names no config file.",
        """A path of the file store begins with `/`; `org:/` and `account:/` say where it is. Any
other one leads to nothing.""",
        COMMAND,
        (
            """echo '<+fileStore.getAsString("scripts/run.sh")>'""",
            """echo '<+fileStore.getAsString("/scripts/run.sh")>'""",
        ),
    ),
)

method_not_called = expression_rule(
    "method-not-called",
    ERROR,
    page(
        "Reports a method without parentheses.",
        "Without `()` its name is taken for a member of the value, and there is none.",
        COMMAND,
        ("./deploy.sh <+<+stage.name>.toLowerCase>", "./deploy.sh <+<+stage.name>.toLowerCase()>"),
        fix=GETS_VALUE,
    ),
)

secret_method = expression_rule(
    "secret-method",
    ERROR,
    page(
        "Reports a method that is called on a secret.",
        """While an expression is evaluated a secret is a placeholder; the value is put in later,
where the step runs. The method changes the placeholder, which is then replaced by
nothing.""",
        COMMAND,
        (
            """./deploy.sh --key-file <+secrets.getValue("key").trim()>""",
            """./deploy.sh --key-file <+secrets.getValue("key")>""",
        ),
    ),
)

swapped_arguments = expression_rule(
    "swapped-arguments",
    ERROR,
    page(
        "Reports the arguments of a function in the wrong order.",
        "`json.select`, `json.list` and `xml.select` take the path first, then the text.",
        COMMAND,
        (
            """./deploy.sh <+json.select(<+stage.variables.data>, "items.id")>""",
            """./deploy.sh <+json.select("items.id", <+stage.variables.data>)>""",
        ),
    ),
)

unknown_function = expression_rule(
    "unknown-function",
    ERROR,
    page(
        "Reports the call of a function that does not exist.",
        "The step or the stage fails when the expression is evaluated.",
        COMMAND,
        (
            """./deploy.sh --key-file <+secrets.getvalue("key")>""",
            """./deploy.sh --key-file <+secrets.getValue("key")>""",
        ),
        see=VARIABLES,
        fix=NEAR_NAME,
    ),
)

unknown_method = expression_rule(
    "unknown-method",
    ERROR,
    page(
        "Reports the call of a method that a value does not have.",
        "Methods are those of Java, and capitals count. The expression fails or gives null.",
        COMMAND,
        (
            "./deploy.sh <+<+stage.name>.toLowercase()>",
            "./deploy.sh <+<+stage.name>.toLowerCase()>",
        ),
        fix=NEAR_NAME,
    ),
)

unquoted_secret = expression_rule(
    "unquoted-secret",
    ERROR,
    page(
        "Reports the identifier of a secret without quotes.",
        "Harness takes it for the name of a value, and finds no secret.",
        COMMAND,
        (
            "./deploy.sh --key-file <+secrets.getValue(key)>",
            """./deploy.sh --key-file <+secrets.getValue("key")>""",
        ),
        see=VARIABLES,
        fix=GETS_VALUE,
    ),
)

wrong_arguments = expression_rule(
    "wrong-arguments",
    ERROR,
    page(
        "Reports a function or a method that is called with too few or too many arguments.",
        "The call fails when the expression is evaluated.",
        COMMAND,
        (
            """./deploy.sh <+<+stage.name>.replace("-")>""",
            """./deploy.sh <+<+stage.name>.replace("-", "_")>""",
        ),
    ),
)

RULES = (
    blocked_method,
    computed_config_file_name,
    exported_variable_path,
    file_path,
    method_not_called,
    secret_method,
    swapped_arguments,
    unknown_function,
    unknown_method,
    unquoted_secret,
    wrong_arguments,
)
