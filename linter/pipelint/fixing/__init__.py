"""Fixes put to work: which are made, in which order, and what must hold of the text after them.

The command line and the language server decide nothing themselves: both call `mend`.
"""

from __future__ import annotations

from pipelint.fixing.mend import Examine, Mended, Refused, mend

__all__ = ["Examine", "Mended", "Refused", "mend"]
