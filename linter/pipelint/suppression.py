"""The rules about ignore comments. What the comments mean is read in `ignores`."""

from __future__ import annotations

from pipelint.diagnostic import WARNING
from pipelint.rule import Rule

UNUSED_IGNORE = Rule(
    name="unused-ignore",
    level=WARNING,
    family="style",
    document="""Reports an ignore comment that hides nothing.

    ## Why is this bad?

    The mistake that it once hid is gone. Left in place, the comment would silently hide the next
    one of its kind, and readers look for a problem that is not there.

    An ignore of a rule that is switched off is not reported: whether it hides something is not
    known. Nor is one in a file that could not be read to its end.

    ## Example

    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.22 # pipelint: ignore[vela] the server takes it
        commands: [go test ./...]
    ```

    ## Use instead

    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.22
        commands: [go test ./...]
    ```

    ## Fix safety

    Safe: a comment is removed, or a name from its list.
    """,
)

INVALID_IGNORE = Rule(
    name="invalid-ignore",
    level=WARNING,
    family="style",
    document="""Reports an ignore comment that cannot do what it says.

    ## Why is this bad?

    It names no rule, or one that does not exist, so it hides nothing, or less than its author
    believes. Where the configuration sets `require-reason`, an ignore without a reason is reported
    too: it still hides, but nobody will know why.

    ## Example

    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.22
        commands: [go test ./...] # pipelint: ignore
    ```

    ## Use instead

    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.22
        commands: [go test ./...]
    ```
    """,
)

RULES = (INVALID_IGNORE, UNUSED_IGNORE)
