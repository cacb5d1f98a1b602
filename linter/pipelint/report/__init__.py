"""Diagnostics for people and machines: one module a format.

A new format is a module here with `render(run, style)`, which yields lines without their ends, and
an entry in `FORMATS`. It masks first (`masking.hide_secrets`), and escapes the user's words itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipelint.record import NamedTuple

if TYPE_CHECKING:
    from pipelint.report.run import Run
    from pipelint.report.terminal import Style


class Format(NamedTuple):
    """The module of a format.

    Where a platform reads it, files are named `from_root`, the root of their repository, wherever
    pipelint was started; else from the current folder.
    """

    module: str
    from_root: bool = True


FORMATS = MappingProxyType(
    {
        "full": Format("full", from_root=False),
        "concise": Format("concise", from_root=False),
        "json": Format("as_json", from_root=False),
        "sarif": Format("sarif"),
        "github": Format("github"),
        "gitlab": Format("gitlab"),
        "junit": Format("junit"),
        "checkstyle": Format("checkstyle"),
        "markdown": Format("markdown"),
    }
)
"""Every format by the name that `--output-format` and `--report` take."""


def renderer(name: str) -> Callable[[Run, Style], Iterator[str]]:
    """Import the module of a format; return its `render`."""
    render: Callable[[Run, Style], Iterator[str]] = import_module(
        f"{__name__}.{FORMATS[name].module}"
    ).render
    return render
