"""Limits of the user in a container: those that the runtime refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.name import nearest
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container
from pipelint.vela.numbers import whole_of
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import Text, text_of, texts_of
from pipelint.yaml.node import Mapping, Node, Sequence

KNOWN = (
    "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc",
    "rss", "rtprio", "rttime", "sigpending", "stack",
)  # fmt: skip
"""The limits that Linux has."""

UNLIMITED = -1

_TEXT = re.compile(r"([^=]*)=([+-]?\d{1,19})(?::([+-]?\d{1,19}))?\Z", re.ASCII)


class Ulimit(NamedTuple):
    """One limit; `span` is its place, or that of its name where it stands alone."""

    name: str
    soft: int | None
    hard: int | None
    span: Span
    dynamic: bool = False


@rule(on=Container, level=WARNING, family="vela", about=("ulimits",))
def nameless_ulimit(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a ulimit without a name.

    ## Why is this bad?
    Vela takes it, and the container cannot be started: the runtime does not know what to limit.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits:
          - soft: 1024
            hard: 2048
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits:
          - name: nofile
            soft: 1024
            hard: 2048
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for limit in _ulimits(container.node.get("ulimits")):
        if not limit.name:
            yield Finding(
                limit.span,
                "this ulimit has no name",
                "limits nothing",
                help="give it a name, such as `nofile`",
            )


@rule(on=Container, level=WARNING, family="vela", about=("ulimits",))
def unknown_ulimit(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a ulimit that Linux does not have.

    ## Why is this bad?
    Vela takes any name, and the container cannot be started.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: [nofiles=1024]
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: [nofile=1024]
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for limit in _ulimits(container.node.get("ulimits")):
        if not limit.name or limit.dynamic or limit.name.lower() in KNOWN:
            continue
        near = nearest(limit.name, KNOWN, 1)
        yield Finding(
            limit.span,
            f"unknown ulimit `{limit.name}`",
            "no limit of this name",
            help=f"write `{near[0]}`" if near else "such as `nofile`, `nproc` or `memlock`",
        )


@rule(on=Container, level=WARNING, family="vela", about=("ulimits",))
def ulimit_soft_above_hard(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a ulimit whose soft limit is above its hard limit.

    ## Why is this bad?
    Vela takes it, and the container cannot be started. The soft limit is the one that holds; the
    hard limit is how far a process may raise it.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: ["nofile=2048:1024"]
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: ["nofile=1024:2048"]
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for limit in _ulimits(container.node.get("ulimits")):
        if limit.soft is not None and limit.hard is not None and _is_above(limit.soft, limit.hard):
            yield Finding(
                limit.span,
                f"the soft limit `{limit.soft}` is above the hard limit `{limit.hard}`",
                "cannot be set",
                help="write the smaller number first"
                if limit.soft != UNLIMITED
                else "without a limit both are `-1`",
            )


def _is_above(soft: int, hard: int) -> bool:
    """Compare two limits; no limit is above every other."""
    if UNLIMITED in {soft, hard}:
        return soft != hard and soft == UNLIMITED
    return soft > hard


def _ulimits(node: Node | None) -> Iterator[Ulimit]:
    """Read limits, written as texts or as maps; what has another shape is left out."""
    if isinstance(node, Sequence) and any(isinstance(item, Mapping) for item in node.items):
        for item in node.items:
            if isinstance(item, Mapping) and not item.broken:
                yield _of_map(item)
    else:
        for text in texts_of(node):
            limit = _of_text(text)
            if limit is not None:
                yield limit


def _of_text(text: Text) -> Ulimit | None:
    found = _TEXT.match(text.value)
    if found is None:
        return None
    soft = int(found[2])
    hard = int(found[3]) if found[3] else soft
    return Ulimit(found[1], soft, hard, text.span, is_dynamic(found[1]))


def _of_map(node: Mapping) -> Ulimit:
    """Read a map; a hard limit of nothing or 0 is the soft one."""
    name = text_of(node.get("name"))
    soft, hard = whole_of(node.get("soft")), whole_of(node.get("hard"))
    first = next((key for key, _ in node.fields.values()), None)
    span = name.span if name else first.span if first else node.span
    value = name.value if name else ""
    return Ulimit(value, soft, hard or soft, span, is_dynamic(value))


RULES = (nameless_ulimit, ulimit_soft_above_hard, unknown_ulimit)
