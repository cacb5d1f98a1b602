"""Credentials that are written out in the file, where everybody can read them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.rule import rule
from pipelint.security.credentials import credentials_of
from pipelint.security.script import Subject


@rule(on=Subject, level=WARNING, family="security")
def literal_credential(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a password, a token or a key that is written out in the file.

    ## Why is this bad?
    Who can read the repository has it, today and in every copy of its history. The platform does
    not know that it is a secret, either, and shows it in logs and in the interface.

    A credential is known by the form that its maker gave it, or by the name of the variable that
    holds it. References, placeholders and values that say `example` or `test` are none. What is
    found is never printed: reports show `*` in its place.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        environment:
          REGISTRY_PASSWORD: qW3rtz-81nkx-Pl0m
        commands: [./publish.sh]
    ```

    ```yaml
    template:
      name: publish
      identifier: publish
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: ./publish.sh
          envVariables:
            REGISTRY_PASSWORD: qW3rtz-81nkx-Pl0m
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: registry_password
        key: octocat/hello-world/registry_password
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [registry_password]
        commands: [./publish.sh]
    ```

    ```yaml
    template:
      name: publish
      identifier: publish
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: ./publish.sh
          envVariables:
            REGISTRY_PASSWORD: <+secrets.getValue("registry_password")>
    ```

    ## When not to use it
    A value that only a throw-away container of the same build knows is no secret.
    """
    for one in credentials_of(subject.tree, subject.text):
        named = f"`{one.name}` holds {one.what}" if one.name else f"{one.what} is written out"
        yield Finding(
            one.span,
            named,
            "everybody can read it",
            help="make it a secret of the platform, and replace it where it is valid",
            notes=("it stays in the history of the repository: removing it here is not enough",),
        )


RULES = (literal_credential,)
