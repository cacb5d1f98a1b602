"""Keys that stand twice, and merges that hide something."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.yaml.node import MERGE, Mapping, Node, Scalar, Tree


@rule(on=Tree, level=ERROR, family="yaml")
def duplicate_key(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a key that stands twice in the same map.

    ## Why is this bad?
    The platform refuses the file, or one of the two values is lost without a word.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go vet ./...]
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands:
          - go vet ./...
          - go test ./...
    ```

    ## References
    - https://yaml.org/spec/1.2.2/#3213-node-comparison
    """
    read = _read(tree, context.unread) if tree.repeated else set()
    for repeated in tree.repeated:
        mapping = repeated.mapping
        # a broken map may be half-typed
        if id(mapping) in read and not mapping.broken and not context.templated:
            yield Finding(
                repeated.again.span,
                f"key `{repeated.again.text}` stands twice",
                "already set above",
                help="remove one of the two, or join their values",
                related=(Related(repeated.first.span, "first here"),),
            )


def _read(tree: Tree, unread: Container[int]) -> set[int]:
    """Return the mappings that the platform looks into: not those under keys it does not know."""
    found: set[int] = set()
    waiting: list[Node] = tree.documents[:1]
    while waiting:
        node = waiting.pop()
        if id(node) in found or isinstance(node, Scalar):
            continue
        found.add(id(node))
        if isinstance(node, Mapping):
            waiting += [value for key, value in node.fields.values() if key.start not in unread]
        else:
            waiting += node.items
    return found


@rule(on=Tree, level=WARNING, family="yaml")
def duplicate_merge(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a map with two merge keys.

    ## Why is this bad?
    YAML does not allow a key twice, and that includes `<<`. Vela still joins the two and warns;
    where both bring in the same key, the first one wins, while most people expect the last. A
    list says the same in a way that every tool reads.

    ## Example
    ```yaml
    version: "1"
    go: &go
      image: golang:1.24
    slow: &slow
      pull: always
    steps:
      - name: test
        <<: *go
        <<: *slow
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    go: &go
      image: golang:1.24
    slow: &slow
      pull: always
    steps:
      - name: test
        <<: [*go, *slow]
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/usage/troubleshooting/
    """
    for mapping in tree.merging:
        first, *again = _merge_keys(mapping)
        for key in again:
            yield Finding(
                key.span,
                "merge key `<<` stands twice in one map",
                "the first one wins",
                help="merge a list: `<<: [*first, *second]`",
                related=(Related(first.span, "first here"),),
            )


def _merge_keys(mapping: Mapping) -> list[Scalar]:
    return [key for key, _ in mapping.pairs if isinstance(key, Scalar) and key.text == MERGE]


@rule(on=Tree, level=ERROR, family="yaml")
def merge_of_no_map(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a merge key whose value is no map.

    ## Why is this bad?
    `<<` brings the keys of another map in. The platform refuses anything else.

    ## Example
    ```yaml
    version: "1"
    tests: &tests
      - go test ./...
    steps:
      - name: test
        image: golang:1.24
        <<: *tests
        commands: [go vet ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    tests: &tests
      - go test ./...
    steps:
      - name: test
        image: golang:1.24
        commands: *tests
    ```
    """
    for mapping in tree.merging:
        for key, value in mapping.pairs:
            if isinstance(key, Scalar) and key.text == MERGE and not _is_mergeable(value):
                yield Finding(
                    key.span,
                    "`<<` merges something that is no map",
                    "needs a map",
                    help="use an alias of a map, or a list of such aliases",
                )


def _is_mergeable(value: Any) -> bool:
    if isinstance(value, Scalar):
        return value.broken
    return isinstance(value, Mapping) or all(
        isinstance(item, Mapping) or getattr(item, "broken", False) for item in value.items
    )


RULES = (duplicate_key, duplicate_merge, merge_of_no_map)
