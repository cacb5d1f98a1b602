"""Lists in which something stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Node, Sequence

SETS = (
    "baseImageConnectorRefs", "ccUserGroups", "delegateSelectors", "disallowedUserEmails",
    "forStages", "inputSetRefs", "inputSetReferences", "msTeamKeys", "paths", "policySets",
    "recipients", "serviceAccounts", "sharedPaths", "sourcePaths", "sparseCheckout",
    "stagesToExecute", "toUserGroups", "userGroups",
)  # fmt: skip
"""Keys of lists in which an item counts once only."""


@rule(on=Model, level=WARNING, family="harness", about=("matrix", *SETS))
def repeated_item(model: Model, context: Context) -> Iterator[Finding]:
    """Reports something that stands twice in a list where it counts once.

    ## Why is this bad?
    The second one has no effect; most likely another was meant. A value that stands twice in an
    axis of a matrix does the same work again.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        delegateSelectors:
          - linux
          - large
          - linux
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        delegateSelectors:
          - linux
          - large
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## Fix safety
    The fix is safe: the second one has no effect. It is unsafe in a matrix, which then does the
    work once.
    """
    for field in context.fields(*SETS):
        yield from _repeated(field.key.text, field.value, context)
    for looping in model.loopings:
        for name, (_, value) in looping.axes.items():
            yield from _repeated(name, value, context, safe=False)


def _repeated(name: str, node: Node, context: Context, *, safe: bool = True) -> Iterator[Finding]:
    """Find what stands twice; without it an axis does less than today."""
    seen: dict[str, Text] = {}
    for item in node.items if isinstance(node, Sequence) else ():
        text = text_of(item)
        if text is None:
            continue
        before = seen.setdefault(text.value, text)
        if before is not text:
            yield Finding(
                text.span,
                f"`{text.value[:50]}` stands twice in `{name}`",
                "again",
                help="remove it",
                related=(Related(before.span, "first here"),),
                fixes=_removal(context.source.text, node, item, safe=safe),
            )


def _removal(text: str, items: Node, item: Node, *, safe: bool) -> tuple[Fix, ...]:
    from pipelint.yaml.removal import remove_item

    edits = remove_item(text, items, item)
    return (Fix("remove it", edits, safe=safe),) if edits else ()


RULES = (repeated_item,)
