"""Which variables an expression reads."""

from __future__ import annotations

from pipelint.grammar.driver import SyntaxProblem, Tree
from pipelint.record import NamedTuple
from pipelint.vela.evaluation.functions import NAMES
from pipelint.vela.evaluation.literals import read_string
from pipelint.vela.evaluation.operations import CONSTANTS
from pipelint.vela.evaluation.parsing import branches, parse, word


class Name(NamedTuple):
    """A variable where an expression reads it: 0-based half-open code point offsets."""

    name: str
    start: int
    end: int


def names(text: str) -> list[Name]:
    """List the environment variables that an expression reads, in the order of the text.

    Also those in `$env.NAME` and `$env["NAME"]`. Empty where the text does not parse.
    """
    tree = parse(text)
    if tree is None or isinstance(tree, SyntaxProblem):
        return []
    found: list[Name] = []
    variables: list[Name] = []
    local = {*NAMES, *CONSTANTS}
    todo = [tree]
    while todo:
        node = todo.pop()
        todo += _parts(node)
        found += _member_of_environment(node)
        if node.name == "let":
            local.add(word(node))
        elif node.name == "variable":
            variables.append(Name(word(node), node.start, node.end))
    found += (each for each in variables if each.name not in local)
    return sorted(found, key=lambda each: each.start)


def _parts(node: Tree) -> list[Tree]:
    """Return the parts of a tree, without the keys of a map that only look like variables."""
    parts = branches(node)
    return parts[1:] if node.name == "pair" and parts[0].name == "variable" else parts


def _member_of_environment(node: Tree) -> list[Name]:
    if node.name == "call" and word(node) == "get":
        node = branches(node)[0]
    elif node.name not in {"member", "index"}:
        return []
    base, *rest = branches(node) or [node]
    if not rest or base.name != "variable" or word(base) != "$env":
        return []
    member = rest[0]
    if member.name == "property":
        return [Name(word(member), member.start, member.end)]
    written = read_string(word(member)) if member.name == "string" else None
    if not written or not written.value:
        return []
    return [Name(written.value, member.start + 1, member.end - 1)]
