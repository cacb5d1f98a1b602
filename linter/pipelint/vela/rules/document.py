"""What stands around the pipeline in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.yaml.node import Tree

_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n|%(?!YAML)[^\n]*\n)*(%YAML[ \t]+([^\s#]+))")


@rule(on=Tree, level=ERROR, family="vela", about=("%YAML",))
def unsupported_yaml_version(tree: Tree, context: Context) -> Iterator[Finding]:
    """Reports a `%YAML` directive with another version than 1.1.

    ## Why is this bad?
    Vela refuses the file. Nobody needs the directive: without it the file is read in the same way.

    ## Example
    ```yaml
    %YAML 1.2
    ---
    version: "1"
    steps:
      - name: test
        image: golang:1.24
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
    The fix is safe: Vela takes nothing but 1.1.
    """
    found = _DIRECTIVES.match(context.source.text)
    if found and found[2] != "1.1":
        yield Finding(
            Span(found.start(1), found.end(1)),
            f"Vela refuses a file of YAML {found[2]}",
            "takes 1.1, or no directive",
            help="remove the line",
            fixes=(Fix("write 1.1", (Edit(Span(*found.span(2)), "1.1"),)),),
        )


RULES = (unsupported_yaml_version,)
