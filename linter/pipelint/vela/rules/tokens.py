"""Git tokens: what Vela makes of the repositories that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import INFO, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Step
from pipelint.vela.rules.limits import repositories_of
from pipelint.vela.values import NULLS


@rule(on=(Pipeline, Step), level=INFO, family="vela", about=("repositories",))
def ignored_repository_owner(owner: Pipeline | Step, context: Context) -> Iterator[Finding]:
    """Reports a repository of a git token that is written with its owner.

    ## Why is this bad?
    Vela cuts the owner off: a token reaches only repositories of the owner of the repository that
    is built. The name of another owner has no effect.

    ## Example
    ```yaml
    version: "1"
    git:
      token:
        repositories: [octocat/hello-world]
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    git:
      token:
        repositories: [hello-world]
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: Vela does the same. It is unsafe where the name is anchored, and may be
    another thing elsewhere.
    """
    for text in repositories_of(owner.node):
        before, slash, name = text.value.partition("/")
        if before and slash and _NAME.match(name) and name not in NULLS:
            alone = text.node.anchor is None  # else it may be more than a name elsewhere
            yield Finding(
                text.span,
                f"repository `{text.value}` is taken as `{name}`",
                "the owner is cut off",
                fixes=(Fix(f"write `{name}`", (Edit(text.span, name),), safe=alone),),
            )


_NAME = re.compile(r"[\w.-]+\Z", re.ASCII)
"""What a repository may be called on GitHub."""

RULES = (ignored_repository_owner,)
