"""Every mistake that the language of expressions knows has a rule with a page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pipelint.expressions
from pipelint.registry import rules_of

ROOM = Path(pipelint.expressions.__file__).parent
MAKERS = {"Problem", "Reason"}


def names_in(tree: ast.Module) -> Iterator[str]:
    """Give the names of rules under which a module makes problems."""
    texts: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found = {one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
            texts.setdefault(node.targets[0].id, set()).update(
                one for one in found if isinstance(one, str)
            )
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if node.func.id not in MAKERS:
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
        elif isinstance(first, ast.Name):
            yield from (text for text in texts.get(first.id, ()) if "-" in text)


def test_every_problem_of_the_language_has_a_rule() -> None:
    known = {rule.name for rule in rules_of("harness") if rule.family == "expression"}
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in ROOM.rglob("*.py")]
    named = {name for module in modules for name in names_in(module)}
    assert len(named) > 40
    assert sorted(named - known) == []
