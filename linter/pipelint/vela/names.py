"""Names that mean something to Vela, and how messages name things."""

from __future__ import annotations

from pipelint.vela.model import Container

CLONE, INIT = "clone", "init"

RESERVED = frozenset({CLONE, INIT})
"""The stage and the step that Vela adds; steps of these names are exempt from its checks."""


def named(container: Container) -> str:
    """Return what a message calls a container: step `test`, or just step."""
    what = container.what
    return f"{what} `{container.name.value}`" if container.name else f"this {what}"
