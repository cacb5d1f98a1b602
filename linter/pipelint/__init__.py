"""Find mistakes in Harness and Vela pipelines before they run.

`check_text` checks one text, `check_paths` files and folders; both return `Diagnostic`s. They are
imported when they are first used: importing `pipelint` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelint.api import check_paths, check_text
    from pipelint.diagnostic import Diagnostic

__all__ = ["Diagnostic", "__version__", "check_paths", "check_text"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import what the public interface names."""
    if name == "Diagnostic":
        from pipelint.diagnostic import Diagnostic

        return Diagnostic
    if name in __all__:
        from pipelint import api

        return getattr(api, name)
    raise AttributeError(f"module `pipelint` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
