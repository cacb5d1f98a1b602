"""Tags (`!name`): those that nobody reads, and those that their value does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import PLAIN, Node, Scalar, Tree
from pipelint.yaml.resolve import core
from pipelint.yaml.rules.reach import read_ids

_STANDARD = "tag:yaml.org,2002:"
_KINDS = frozenset({"null", "bool", "int", "float", "timestamp"})
_NAMES = _KINDS | {"str", "binary", "seq", "map", "set", "omap", "pairs", "merge"}

_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}\Z")
_LINE_BREAK = re.compile(r"[\r\n]")


@rule(on=Tree, level=WARNING, family="yaml", about=("!",))
def ignored_tag(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a tag that is not one of YAML's own.

    ## Why is this bad?
    Tags such as `!vault` or `!reference` are made by other tools. The platform ignores them and
    takes what follows as the value. A lone `!` is a tag, too: of the command `! grep x file`
    only `grep x file` is left, unless it is quoted.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          TOKEN: !vault path/to/token
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          TOKEN: path/to/token
        commands: [go test ./...]
    ```

    ## References
    - https://yaml.org/spec/1.2.2/#3212-tags
    """
    for node, tag, span in _tagged(tree, context):
        if tag.startswith(_STANDARD) and tag.removeprefix(_STANDARD) in _NAMES:
            continue
        written = context.source.text[span.start : span.end]
        lone = tag == "!" and isinstance(node, Scalar) and node.style == PLAIN
        yield Finding(
            span,
            "`!` is read as a tag and lost" if lone else f"tag `{written}` is ignored",
            "no part of the value",
            help="put the whole value in quotes" if lone else "remove the tag",
        )


@rule(on=Tree, level=ERROR, family="yaml", about=("!",))
def unfit_tag(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a value that is not what its tag says.

    ## Why is this bad?
    A tag such as `!!int` says how a value is to be read. The platform refuses the file when the
    value cannot be read in that way.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          RETRIES: !!int three
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          RETRIES: !!int 3
        commands: [go test ./...]
    ```

    ## References
    - https://yaml.org/spec/1.2.2/#103-core-schema
    """
    for node, tag, span in _tagged(tree, context):
        if isinstance(node, Scalar) and tag.startswith(_STANDARD) and not _fits(node, tag):
            written = context.source.text[span.start : span.end]
            yield Finding(
                span if node.end <= node.start else node.span,
                f"this value does not fit its tag `{written}`",
                "cannot be read so",
                help="remove the tag, or correct the value",
            )


def _tagged(tree: Tree, context: Any) -> Iterator[tuple[Node, str, Span]]:
    """Give the nodes with a tag that says something, the tag and its place."""
    if context.templated or not tree.tagged:
        return
    read = read_ids(tree, context.unread)
    for node, span in tree.tagged:
        if id(node) in read and node.tag and not node.broken:
            yield node, node.tag, span


def _fits(node: Scalar, tag: str) -> bool:
    kind = tag.removeprefix(_STANDARD)
    if kind == "binary":
        letters = _LINE_BREAK.sub("", node.text)
        return len(letters) % 4 == 0 and _BASE64.match(letters) is not None
    if kind not in _KINDS:
        return True
    found = core(node.text)
    return found == kind or (found, kind) == ("int", "float")


RULES = (ignored_tag, unfit_tag)
