"""Text that is no YAML, and text that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.rule import Rule, rule
from pipelint.yaml.ending import mark_of_next
from pipelint.yaml.node import Tree

yaml_syntax = Rule(
    name="yaml-syntax",
    level=ERROR,
    family="yaml",
    document="""Reports text that is no YAML.

    ## Why is this bad?
    The platform cannot read the file at all. It says so after a push, often with a line that is
    off by one or two, and stops at the first mistake. pipelint goes on: what stands before the
    mistake, and what follows it further to the left, is still checked.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - [ -f greeting ] && cat greeting
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - "[ -f greeting ] && cat greeting"
    ```

    ## References
    - https://yaml.org/spec/1.2.2/
    """,
)

not_utf8 = Rule(
    name="not-utf8",
    level=ERROR,
    family="yaml",
    document="""Reports a file that is not UTF-8 text.

    ## Why is this bad?
    YAML is read as UTF-8. A file saved in another encoding (Latin-1, Windows-1252) cannot be
    read, or is read with other letters.

    ## Use instead
    Save the file as UTF-8. UTF-16 is read, too, where it begins with a byte order mark.
    """,
)


@rule(on=Tree, level=WARNING, family="yaml", about=("---", "\n...", "\n%"))
def ignored_document(tree: Tree, context: Any) -> Iterator[Finding]:
    """Reports a second YAML document in a file.

    ## Why is this bad?
    Only the first document is read. What stands behind the next `---` or `...` has no effect.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ---
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
      - name: build
        image: golang:1.24
        commands: [go build ./...]
    ```
    """
    mark = mark_of_next(tree, context.source.text)
    if mark is not None:
        yield Finding(
            mark,
            "only the first document of a file is read",
            "ignored from here on",
            help="move it into a file of its own",
        )


RULES = (ignored_document, not_utf8, yaml_syntax)
