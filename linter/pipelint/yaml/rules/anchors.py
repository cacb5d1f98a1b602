"""Anchors that nobody uses, aliases that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Alias, Anchor, Tree

MOST_COMPARED = 8
"""For how many unknown names near ones are looked for: each walks over all anchors."""


@rule(on=Tree, level=ERROR, family="yaml", about=("*",))
def undefined_alias(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports an alias that no anchor before it defines.

    ## Why is this bad?
    The platform cannot read the file. An anchor has to stand before its aliases.

    ## Example
    ```yaml
    version: "1"
    image: &golang golang:1.24
    steps:
      - name: test
        image: *go
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    image: &golang golang:1.24
    steps:
      - name: test
        image: *golang
        commands: [go test ./...]
    ```
    """
    if context.templated:
        return
    later = {anchor.name: anchor for anchor in reversed(tree.anchors)}
    undefined = (alias for alias in tree.aliases if alias.target is None)
    for position, alias in enumerate(undefined):
        if alias.name in later:
            yield _early(alias, later[alias.name])
        else:
            near = nearest(alias.name, later) if position < MOST_COMPARED else []
            yield _unknown(alias, later[near[0]] if near else None)


def _early(alias: Alias, anchor: Anchor) -> Finding:
    return Finding(
        alias.span,
        f"alias `*{alias.name}` stands before its anchor",
        "defined only below",
        help="move the anchor up",
        related=(Related(anchor.span, "the anchor comes later"),),
    )


def _unknown(alias: Alias, near: Anchor | None) -> Finding:
    return Finding(
        alias.span,
        f"alias `*{alias.name}` has no anchor",
        "an alias, to YAML",
        help=f"an anchor with a similar name exists: `&{near.name}`"
        if near
        else "quote the text if it is no alias",
        related=(Related(near.span, "similar name here"),) if near else (),
    )


@rule(on=Tree, level=INFO, family="yaml", about=("&",))
def unused_anchor(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports an anchor that no alias uses.

    ## Why is this bad?
    It does nothing. Often the alias was forgotten, or names another anchor.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: &golang golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: nothing uses the anchor. An alias that is still to be written would miss it.
    """
    if tree.problems or any(alias.target is None for alias in tree.aliases):
        return
    used = {id(alias.target) for alias in tree.aliases if alias.target is not None}
    for anchor in tree.anchors:
        if id(anchor.node) not in used:
            yield Finding(
                anchor.span,
                f"anchor `&{anchor.name}` is never used",
                "no alias of this name",
                help=f"remove it, or use it as `*{anchor.name}`",
                fixes=(Fix("remove the anchor", (_removal(anchor, context.source.text),)),),
            )


def _removal(anchor: Anchor, text: str) -> Edit:
    """Take an anchor away, with the blanks that part it from what it names, or from the key."""
    start, end = anchor.span
    while text[end : end + 1] in {" ", "\t"}:
        end += 1
    while text[end : end + 1] in {"", "\r", "\n"} and text[start - 1 : start] in {" ", "\t"}:
        start -= 1
    return Edit(Span(start, end), "")


@rule(on=Tree, level=WARNING, family="yaml", about=("&",))
def redefined_anchor(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports an anchor whose name an earlier anchor has, while both are used.

    ## Why is this bad?
    An alias means the anchor that stands last before it. With two anchors of one name, moving a
    line changes what an alias stands for.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: vet
        image: &image golang:1.24
        commands: [go vet ./...]
      - name: test
        image: *image
        commands: [go test ./...]
      - name: lint
        image: &image golangci/golangci-lint:v2.1.6
        commands: [golangci-lint run]
      - name: format
        image: *image
        commands: [golangci-lint fmt --diff]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: vet
        image: &go golang:1.24
        commands: [go vet ./...]
      - name: test
        image: *go
        commands: [go test ./...]
      - name: lint
        image: &golangci golangci/golangci-lint:v2.1.6
        commands: [golangci-lint run]
      - name: format
        image: *golangci
        commands: [golangci-lint fmt --diff]
    ```
    """
    first: dict[str, Anchor] = {}
    for anchor in tree.anchors:
        before = first.setdefault(anchor.name, anchor)
        if before is not anchor:
            yield Finding(
                anchor.span,
                f"anchor `&{anchor.name}` is defined twice",
                "aliases below mean this one",
                help="give it another name",
                related=(Related(before.span, "first here"),),
            )


RULES = (redefined_anchor, undefined_alias, unused_anchor)
