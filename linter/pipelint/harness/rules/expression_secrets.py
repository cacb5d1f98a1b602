"""Secrets where Harness does not put them in."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.expressions.place import locate
from pipelint.expressions.scan import find_expressions
from pipelint.harness.context import Context
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.model import Model, Service, Step
from pipelint.rule import rule
from pipelint.source import Span

_CALL = "secrets.getValue"
_VERSIONS = frozenset({"tag", "tagRegex", "version", "versionRegex", "imagePath", "artifactPath"})


@rule(on=Model, level=WARNING, family="expression", about=(_CALL,))
def secret_in_url(_: Model, context: Context) -> Iterator[Finding]:
    """Reports a secret in the address of a request.

    ## Why is this bad?
    Harness puts no secrets into the `url` of an Http step, and addresses end up in logs.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec:
          method: GET
          url: https://shop.example/?key=<+secrets.getValue("key")>
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec:
          method: GET
          url: https://shop.example/
          headers:
            - key: Authorization
              value: <+secrets.getValue("key")>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/http-step
    """
    for written in expressions_of(context):
        unit = written.field.unit
        if written.field.key.text != "url" or not isinstance(unit, Step) or unit.kind != "Http":
            continue
        for span in _secrets(written, context):
            yield Finding(
                span,
                "a secret in the address of a request",
                "not put in here",
                "send it in a header",
            )


@rule(on=Model, level=WARNING, family="expression", about=(_CALL,))
def secret_in_artifact_source(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a secret in the settings of an artifact source.

    ## Why is this bad?
    Harness looks for artifacts before it has any secrets: the source is read with the expression as
    a text.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      serviceDefinition:
        type: Kubernetes
        spec:
          artifacts:
            primary:
              primaryArtifactRef: main
              sources:
                - identifier: main
                  type: DockerRegistry
                  spec:
                    connectorRef: account.dockerhub
                    imagePath: shop/web
                    tag: <+secrets.getValue("tag")>
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      serviceDefinition:
        type: Kubernetes
        spec:
          artifacts:
            primary:
              primaryArtifactRef: main
              sources:
                - identifier: main
                  type: DockerRegistry
                  spec:
                    connectorRef: account.dockerhub
                    imagePath: shop/web
                    tag: <+input>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/artifact-sources
    """
    if not isinstance(model.root, Service):
        return
    for written in expressions_of(context):
        field = written.field
        if field.key.text not in _VERSIONS or "connectorRef" not in field.owner.fields:
            continue
        for span in _secrets(written, context):
            yield Finding(
                span,
                f"a secret in `{field.key.text}` of an artifact source",
                "not put in here",
                "write the value, or `<+input>`",
            )


def _secrets(written: Written, context: Context) -> Iterator[Span]:
    """Give the places of the expressions of a value that ask for a secret."""
    text = written.scalar.text
    if _CALL not in text:
        return
    place, _ = locate(written.scalar, context.source.text)
    for span in find_expressions(text).spans:
        if _CALL in text[span.start : span.end]:
            yield place(span)


RULES = (
    secret_in_artifact_source,
    secret_in_url,
)
