"""Variables that stand for secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness.context import Context
from pipelint.harness.model import Variable
from pipelint.harness.values import Deferred, Text
from pipelint.rule import rule
from pipelint.yaml.node import Scalar

_REFERENCE = re.compile(r"((org|account)\.)?[A-Za-z_$][A-Za-z0-9_$-]{0,127}")


@rule(on=Variable, level=ERROR, family="harness", about=("Secret",))
def secret_as_expression(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable of type Secret whose value looks the secret up itself.

    ## Why is this bad?
    The value of such a variable is the identifier of a secret; Harness looks it up. The schema
    of Harness refuses `<+secrets.getValue(…)>` there.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - name: token
          type: Secret
          value: <+secrets.getValue("account.token")>
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - name: token
          type: Secret
          value: account.token
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Fix safety
    The fix is safe: Harness refuses what is there.
    """
    value = variable.value
    if _is_secret(variable) and isinstance(value, Deferred) and "secrets.get" in value.node.text:
        yield Finding(
            value.node.span,
            "the value of a Secret is the identifier of the secret",
            "looked up by Harness",
            help="write `my_secret`, `org.my_secret` or `account.my_secret`",
            fixes=_looked_up(value.node),
        )


_LOOKED_UP = re.compile(r"""<\+secrets\.getValue\(\s*(["'])([\w.]+)\1\s*\)>""", re.ASCII)


def _looked_up(node: Scalar) -> tuple[Fix, ...]:
    """Offer the identifier, where that is all that the expression holds."""
    found = _LOOKED_UP.fullmatch(node.text.strip())
    if found is None or node.anchor is not None or node.tag is not None:
        return ()
    return (Fix(f"write `{found[2]}`", (Edit(node.span, found[2]),)),)


@rule(on=Variable, level=WARNING, family="harness", about=("Secret",))
def secret_written_out(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable of type Secret whose value cannot be the identifier of a secret.

    ## Why is this bad?
    Harness looks up a secret of that name and finds none. If it is the secret itself, it is in
    the file for everybody to read now, and should be replaced.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - {name: token, type: Secret, value: "not an identifier!"}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      variables:
        - {name: token, type: Secret, value: account.token}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```
    """
    value = variable.value
    if not _is_secret(variable) or not isinstance(value, Text) or value.value.startswith("<"):
        return
    if not _REFERENCE.fullmatch(value.value):
        yield Finding(
            value.span,
            "this is no identifier of a secret",
            "names no secret",
            help="keep the secret in Harness, and write its identifier",
        )


def _is_secret(variable: Variable) -> bool:
    return isinstance(variable.type, Text) and variable.type.value == "Secret"


RULES = (secret_as_expression, secret_written_out)
