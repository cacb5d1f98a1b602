r"""Backslashes that Vela takes out of a step: `\\` becomes `\`, and `\/` becomes `/`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Step
from pipelint.vela.values import Text, texts_of
from pipelint.yaml.written import place

_TAKEN_OUT = re.compile(r"\\([\\/])")
_SED = re.compile(r"(?<![\w/.-])[sy]/")
WINDOW = 200
"""So many characters before a backslash are searched for the command that it belongs to."""


@rule(on=Step, level=WARNING, family="vela", about=("\\/",))
def lost_backslash(step: Step, context: Context) -> Iterator[Finding]:
    r"""Reports `\/` in a command that needs the backslash.

    ## Why is this bad?
    When Vela replaces `${…}` in a step, it takes a backslash before `/` or before another backslash
    out of every text, also where nothing is replaced. `sed 's/\//-/g'` arrives as
    `sed 's///-/g'`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: rename
        image: alpine:3.22
        commands:
          - echo "$BRANCH" | sed 's/\//-/g'
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: rename
        image: alpine:3.22
        commands:
          - echo "$BRANCH" | sed 's|/|-|g'
    ```

    ## When not to use it
    Only commands like `s/…/…/` are looked at; elsewhere the backslash is seldom needed.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    for text in texts_of(step.node.get("commands")):
        for found in _TAKEN_OUT.finditer(text.value) if "\\/" in text.value else ():
            if found[1] == "/" and _is_needed(text, found.start()):
                yield Finding(
                    place(text.node, context.source.text)(found.start(), found.end()),
                    r"`\/` becomes `/` before the command runs",
                    "the backslash is lost",
                    help=r"use another delimiter, as in `s|…|…|`, or write `\\/`",
                )


def _is_needed(text: Text, at: int) -> bool:
    """Tell whether a slash ends a part of `s/…/…/`, so that one inside needs a backslash."""
    line = text.value.rfind("\n", 0, at) + 1
    return _SED.search(text.value, max(line, at - WINDOW), at) is not None


RULES = (lost_backslash,)
