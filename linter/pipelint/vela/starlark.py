"""Starlark templates, as far as they say plainly which blocks they make.

Starlark is written like Python: the text is parsed by Python's own parser and never run. Only a
`main` that returns one map with written-out keys tells anything.
"""

from __future__ import annotations

import ast


def blocks(text: str) -> frozenset[str] | None:
    """Return the keys of the map that `main` returns; None where that cannot be read off."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == "main":
            return _returned(node)
    return None


def _returned(main: ast.FunctionDef) -> frozenset[str] | None:
    returns = [node for node in ast.walk(main) if isinstance(node, ast.Return)]
    if len(returns) != 1 or not isinstance(returns[0].value, ast.Dict):
        return None
    keys = frozenset(
        key.value
        for key in returns[0].value.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )
    return keys if len(keys) == len(returns[0].value.keys) else None
