"""The labelled cases and the real expressions that lie beside the project."""

from __future__ import annotations

import csv
import importlib.util
import sys
from types import ModuleType

from pipelint.record import NamedTuple
from repository import shared


class Case(NamedTuple):
    """An expression with the verdict of the engine, or of those who asked it."""

    text: str
    verdict: str
    why: str

    @property
    def is_condition(self) -> bool:
        """Tell whether it is one expression as a whole."""
        return "[cond]" in self.why

    @property
    def category(self) -> str:
        """Return what the case is about: `lexing`, `path`, `operator`, …."""
        return self.why[1 : self.why.index(")")]


def cases() -> list[Case]:
    """Return the labelled cases; skip the test where they are not there."""
    path = shared("facts", "harness", "expr_cases.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [Case(*row[:3]) for row in list(csv.reader(file))[1:]]


def real_expressions() -> list[str]:
    """Return the distinct expressions of public files; skip the test where they are not there."""
    path = shared("facts", "harness", "real_expressions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [row[0] for row in list(csv.reader(file))[1:]]


def reference_scanner() -> ModuleType:
    """Return the scanner that reproduces the engine's own tests."""
    path = shared("facts", "harness", "lexer_reference.py")
    spec = importlib.util.spec_from_file_location("lexer_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["lexer_reference"] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module
