"""Keys that stand twice, and merges that hide something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.build import is_merge
from pipelint.yaml.node import MERGE, Mapping, Node, Scalar, Sequence, Tree
from pipelint.yaml.rules.reach import read_ids


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
    read = read_ids(tree, context.unread) if tree.repeated else set()
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


@rule(on=Tree, level=ERROR, family="yaml")
def complex_key(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a key that is a list or a map.

    ## Why is this bad?
    YAML allows it, the platform does not: its keys are texts. Mostly quotes are missing around
    something that begins with a bracket.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          [GOOS]: linux
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          GOOS: linux
        commands: [go test ./...]
    ```

    ## References
    - https://yaml.org/spec/1.2.2/#3211-nodes
    """
    if context.templated or not tree.odd_keys:
        return
    read = read_ids(tree, context.unread)
    for node in tree.odd_keys:
        for key, _ in node.pairs if id(node) in read else ():
            if not isinstance(key, Scalar) and not key.broken:
                what = "a map" if isinstance(key, Mapping) else "a list"
                yield Finding(
                    key.span if key.flow else Span(key.start, key.start + 1),
                    f"a key cannot be {what}",
                    "must be a text",
                    help="put quotes around the whole value, or write `{{` without a space"
                    if _is_spaced_action(node, key)
                    else "put quotes around it if it is text",
                )


def _is_spaced_action(node: Mapping, key: Node) -> bool:
    """Tell whether `{ { … } }` stands where a template's `{{ … }}` is meant."""
    return node.flow and isinstance(key, Mapping) and key.flow and len(node.pairs) == 1


@rule(on=Tree, level=WARNING, family="yaml", about=("<<",))
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


@rule(on=Tree, level=ERROR, family="yaml", about=("<<",))
def merge_of_no_map(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a merge key whose value is no map.

    ## Why is this bad?
    `<<` brings the keys of another map in, or of several in a list. The platform refuses anything
    else. Where `<<` stands twice, Vela makes a list of both values; a list in it is refused.

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
    wrong = [(mapping, one) for mapping in tree.merging for one in _refused_merges(mapping)]
    read = read_ids(tree, context.unread) if wrong else set()
    yield from (finding for mapping, finding in wrong if id(mapping) in read)


def _refused_merges(mapping: Mapping) -> Iterator[Finding]:
    merged = [pair for pair in mapping.pairs if is_merge(pair[0])]
    for key, value in merged:
        if not _is_mergeable(value, mapping):
            yield Finding(
                key.span,
                "`<<` merges something that is no map",
                "needs a map",
                help="use an alias of a map, or a list of such aliases",
            )
    if len(merged) > 1 and any(isinstance(value, Sequence) for _, value in merged):
        yield Finding(
            merged[1][0].span,
            "a second `<<` cannot stand beside a list of maps",
            "would be a list of lists",
            help="merge one list: `<<: [*first, *second]`",
            related=(Related(merged[0][0].span, "first here"),),
        )


def _is_mergeable(value: Node, mapping: Mapping) -> bool:
    if isinstance(value, Scalar):
        return value.broken
    if isinstance(value, Mapping):
        return True
    # a list has to be written out: an alias of one is refused
    return mapping.owns(value) and all(
        isinstance(item, Mapping) or item.broken for item in value.items
    )


RULES = (complex_key, duplicate_key, duplicate_merge, merge_of_no_map)
