"""A Dockerfile and a `.dockerignore`, read as far as ours use them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from repository import ROOT

DOCKERFILE = ROOT / "Dockerfile"
IGNORE = ROOT / ".dockerignore"


class Instruction(NamedTuple):
    """One instruction, its lines joined: `word` in capitals, and what stands behind it."""

    word: str
    rest: str


def stages() -> list[list[Instruction]]:
    """Return the instructions of each stage; those before the first `FROM` come first."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts: list[list[Instruction]] = [[]]
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if line.startswith("FROM "):
            parts.append([])
        if line:
            parts[-1].append(Instruction(*line.split(" ", 1)))
    return parts


def values(stage: list[Instruction], word: str) -> list[str]:
    """Return what stands behind each instruction of a word."""
    return [one.rest for one in stage if one.word == word]


def context() -> list[Path]:
    """Return the files that are sent to the builder, below the root of the checkout."""
    lines = IGNORE.read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    top = [entry for entry in ROOT.iterdir() if _is_sent(entry.name, patterns)]
    inside = [
        path for folder in top for path in (folder.rglob("*") if folder.is_dir() else [folder])
    ]
    below = [path.relative_to(ROOT) for path in inside if path.is_file()]
    return sorted(path for path in below if _is_sent(path.as_posix(), patterns))


def _is_sent(path: str, patterns: list[str]) -> bool:
    """Tell whether the last pattern that meets a path, or a folder around it, lets it through."""
    segments = path.split("/")
    heads = ["/".join(segments[: depth + 1]) for depth in range(len(segments))]
    sent = True
    for pattern in patterns:
        expression = _expression(pattern.removeprefix("!"))
        if any(expression.fullmatch(head) for head in heads):
            sent = pattern.startswith("!")
    return sent


def _expression(pattern: str) -> re.Pattern[str]:
    parts = (
        "(?:.*/)?" if part == "**/" else "[^/]*" if part == "*" else re.escape(part)
        for part in re.split(r"(\*\*/|\*)", pattern)
    )
    return re.compile("".join(parts))
