"""References to connectors, services, templates and secrets: `id`, `org.id` or `account.id`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Model, TemplateDefinition
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.yaml.node import Scalar, Sequence
from pipelint.yaml.view import mapping_of

_KEYS = (
    "connectorRef", "credentialsRef", "envGroupRef", "environmentRef", "harnessImageConnectorRef",
    "monitoredServiceRef", "monitoredServiceTemplateRef", "secretManagerRef", "serviceRef",
    "stepTemplateRefs", "templateRef",
)  # fmt: skip
_SECRETS = frozenset({"credentialsRef"})

_ID = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,127}")
_SECRET_ID = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]{0,127}")
_SCOPES = ("account", "org")
_IMAGE = re.compile(r"[a-z0-9./_-]+:[A-Za-z0-9._-]+|[a-z0-9._-]+(/[a-z0-9._-]+)+")


@rule(on=Model, level=ERROR, family="harness", about=_KEYS)
def malformed_reference(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a reference that can name nothing.

    ## Why is this bad?
    Connectors, services, environments and templates are named by their identifier: `docker_hub`
    in the same project, `org.docker_hub` in the organisation, `account.docker_hub` in the
    account. Harness takes no other prefix, no display name, no address and no image.

    ## Example
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: project.docker_hub
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```

    ## Use instead
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: docker_hub
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```

    ## Fix safety
    The fix is unsafe: the name need not be the one that is used elsewhere.

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    for field in context.fields(*_KEYS):
        for ref in _texts(field):
            if not ref.value.startswith("<"):  # `<NAME>` stands for what a reader puts in
                yield from _malformed(ref, field.key.text)


def _texts(field: Field) -> Iterator[Text]:
    nodes = field.value.items if isinstance(field.value, Sequence) else [field.value]
    for node in nodes:
        text = text_of(node)
        if text is not None:
            yield text


def _malformed(ref: Text, key: str) -> Iterator[Finding]:
    scope, dot, name = ref.value.rpartition(".")
    pattern = _SECRET_ID if key in _SECRETS else _ID
    if not pattern.fullmatch(name) or "." in scope:
        yield _no_identifier(ref, key)
    elif dot and scope not in _SCOPES:
        yield _unknown_scope(ref, scope, name)


def _no_identifier(ref: Text, key: str) -> Finding:
    return Finding(
        ref.span,
        f"`{ref.value}` is no reference",
        _guess(ref.value),
        help=f"write the identifier, such as `{key}: my_id`, `org.my_id` or `account.my_id`",
    )


def _guess(value: str) -> str:
    if "://" in value:
        return "an address"
    if " " in value.strip():
        return "a display name"
    if value != value.strip():
        return "a blank around it"
    if _IMAGE.fullmatch(value):
        return "an image"
    return "an expression without `<+…>`" if value.count(".") > 1 else "no identifier"


def _unknown_scope(ref: Text, scope: str, name: str) -> Finding:
    near = ["account"] if scope == "acc" else nearest(scope, _SCOPES)
    right = name if scope == "project" else f"{near[0]}.{name}" if len(near) == 1 else ""
    fix = Fix(f"replace it with `{right}`", (Edit(ref.span, right),), safe=False)
    written = ref.span.end - ref.span.start == len(ref.value)
    return Finding(
        ref.span,
        f"`{ref.value}` begins with an unknown scope",
        "neither `org` nor `account`",
        help=f"write `{right}`" if right else "write `org.` or `account.`, or leave it out",
        fixes=(fix,) if right and written else (),
    )


@rule(on=Model, level=WARNING, family="harness", about=_KEYS)
def empty_reference(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a reference that is an empty text.

    ## Why is this bad?
    Harness refuses it when it looks up what is meant. Input sets may hold empty references.

    ## Example
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: ""
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```

    ## Use instead
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: <+input>
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```
    """
    for field in context.fields(*_KEYS):
        value = field.value
        if not field.partial and isinstance(value, Scalar) and value.style and not value.text:
            yield Finding(
                value.span,
                f"`{field.key.text}` is empty",
                "names nothing",
                help="name what is meant, or write `<+input>`",
            )


_SCOPED = ("connectorRef", "environmentRef", "serviceRef", "templateRef")


@rule(on=TemplateDefinition, level=WARNING, family="harness", about=_SCOPED)
def reference_out_of_scope(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a template of the account or an organisation that refers to something in a project.

    ## Why is this bad?
    A template without `projectIdentifier` is kept in its organisation, one without
    `orgIdentifier` in the account. From there no project can be seen, and from the account no
    organisation: the reference is looked up in the wrong place.

    ## Example
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: docker_hub
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```

    ## Use instead
    ```yaml
    template:
      name: test
      identifier: test
      versionLabel: "1.0"
      orgIdentifier: default
      type: Step
      spec:
        type: Run
        spec:
          connectorRef: org.docker_hub
          image: golang:1.24
          shell: Sh
          command: go test ./...
    ```

    ## When not to use it
    Where files leave `orgIdentifier` and `projectIdentifier` out because whoever imports them
    chooses the project.

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """
    node = template.node
    if is_filled(node.get("projectIdentifier")) or template.spec is None:
        return
    in_org = is_filled(node.get("orgIdentifier"))
    for field in context.fields(*_SCOPED):
        for ref in _texts(field):
            scope, _, name = ref.value.rpartition(".")
            if _ID.fullmatch(name) and _is_unseen(scope, in_org=in_org):
                yield _unseen(ref, name, in_org=in_org)


def _is_unseen(scope: str, *, in_org: bool) -> bool:
    return not scope or (scope == "org" and not in_org)


def _unseen(ref: Text, name: str, *, in_org: bool) -> Finding:
    place, needed = ("an organisation", "org") if in_org else ("the account", "account")
    found = "an organisation" if ref.value.startswith("org.") else "a project"
    return Finding(
        ref.span,
        f"a template of {place} refers to `{ref.value}` of {found}",
        f"not seen from {place}",
        help=f"write `{needed}.{name}`, or keep the template in the project",
    )


@rule(on=Model, level=WARNING, family="harness", about=("tags",))
def expression_in_tags(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a runtime input as a tag.

    ## Why is this bad?
    Tags are read without running anything: nobody is asked for the input, and the text
    `<+input>` stays.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      tags: {team: <+input>}
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
      tags: {team: shop}
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/tags-reference
    """
    node = model.root.node
    tags = mapping_of(node.get("tags"))
    for name, (_, value) in tags.fields.items() if tags is not None else ():
        if isinstance(value, Scalar) and value.text.startswith("<+input>"):
            yield Finding(
                value.span,
                f"tag `{name}` cannot be a runtime input",
                "must be a fixed text",
                help="write the value itself",
            )


RULES = (
    empty_reference,
    expression_in_tags,
    malformed_reference,
    reference_out_of_scope,
)
