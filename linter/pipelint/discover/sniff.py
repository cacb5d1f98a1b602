"""Which files are pipelines by their path."""

from __future__ import annotations

from collections.abc import Sequence

STARLARK = "starlark"
HARNESS = "harness"
VELA = "vela"

_VELA_FILES = {".vela.yml", ".vela.yaml"}
_STARLARK_FILES = {".vela.star", ".vela.py"}
_YAML = (".yml", ".yaml")


def is_yaml(name: str) -> bool:
    """Tell whether a file is YAML by its name."""
    return name.lower().endswith(_YAML)


def is_starlark(name: str) -> bool:
    """Tell whether a file that somebody names is Starlark; a search finds only Vela's own."""
    return name in _STARLARK_FILES or name.endswith(".star")


def by_path(parts: Sequence[str]) -> str:
    """Tell by its path what a file is, or return the empty text.

    `parts` are the segments below the root. A `vela.yml` without a dot is not claimed: most belong
    to other tools.
    """
    name = parts[-1] if parts else ""
    if name in _VELA_FILES:
        return VELA
    if name in _STARLARK_FILES:
        return STARLARK
    if is_yaml(name):
        if ".harness" in parts[:-1]:
            return HARNESS
        if len(parts) > 1 and parts[-2] == ".vela":
            return VELA
    return ""
