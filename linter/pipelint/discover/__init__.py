"""Which files to check: those that are named, and those that are found in folders."""

from __future__ import annotations

from pipelint.config.root import root_of
from pipelint.discover.find import Found, Skipped, find
from pipelint.discover.path import shown
from pipelint.discover.sniff import STARLARK, by_path

__all__ = ["STARLARK", "Found", "Skipped", "by_path", "find", "root_of", "shown"]
