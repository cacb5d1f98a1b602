"""A repository on the disk with configurations in it, and the few rules that they speak of."""

from __future__ import annotations

import os
from typing import Any

from pipelint.config import ConfigProblem, Resolver
from pipelint.rule import Option, Rule

SLOW = Rule(
    "slow-step",
    "warning",
    "vela",
    "A step that is slow.",
    options=(
        Option("max", 64, "the most"),
        Option("strict", default=False, meaning="look closer"),
        Option("word", "x", "a word"),
        Option("names", (), "some names"),
    ),
)
SECRET = Rule("undefined-secret", "error", "vela", "A secret.", aliases=("unknown-secret",))
ADVICE = Rule("long-name", "off", "vela", "Off by default.")
ROOT = Rule("runs-as-root", "info", "security", "A step as root.")

RULES = (SLOW, SECRET, ADVICE, ROOT)


def rules() -> tuple[Rule, ...]:
    """Return the rules of these tests, as a registry does."""
    return RULES


class Project:
    """A folder with `.git` in it."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        os.makedirs(os.path.join(self.root, ".git"))

    def path(self, name: str) -> str:
        """Return the absolute path of a file."""
        return os.path.join(self.root, *name.split("/"))

    def write(self, name: str, text: str = "") -> str:
        """Write a file, with its folders; return its path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def resolver(self, **how: Any) -> Resolver:
        """Make a resolver for this repository."""
        return Resolver(rules, root=how.pop("root", self.root), **how)

    def problems(self, text: str) -> list[ConfigProblem]:
        """Return what is wrong in a configuration with this text."""
        self.write("pipelint.yaml", text)
        resolver = self.resolver()
        resolver.settings(self.path(".vela.yml"))
        return resolver.problems
