"""Real files: how much survives a mistake, and whether both parsers read the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelint.source import Source, UndecodableError, decode
from pipelint.yaml import parse
from pipelint.yaml.build import children_of
from pipelint.yaml.node import Node, Scalar, Tree
from repository import shared
from trees import key_paths

LONGEST = 20_000
SAMPLE = 200


def files(*folders: str) -> list[Path]:
    """Return the YAML files of folders of the shared data, in their order."""
    return sorted(
        path for folder in folders for path in shared(folder).rglob("*.y*ml") if path.is_file()
    )


def sampler(seed: int) -> random.Random:
    """Make a choice that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - nothing secret is chosen


def source(path: Path) -> Source | None:
    """Read a file; None for what is no text or too long to be tried a dozen times."""
    try:
        text = decode(path.read_bytes())
    except UndecodableError:
        return None
    return Source(text, str(path)) if len(text) <= LONGEST else None


# Mistakes as people make them while they type. Each changes one line with a key.


def _key(line: str) -> str:
    return line.strip().split(":")[0]


def _value(line: str) -> str:
    return line.strip().split(":", 1)[1].strip()


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


MISTAKES: dict[str, Callable[[str], list[str]]] = {
    "half a key above": lambda line: [f"{_indent(line)}ima", line],
    "a key without value above": lambda line: [f"{_indent(line)}image:", line],
    "an open double quote": lambda line: [f'{_indent(line)}{_key(line)}: "{_value(line)}'],
    "an open single quote": lambda line: [f"{_indent(line)}{_key(line)}: '{_value(line)}"],
    "a tab": lambda line: ["\t" + line.lstrip()],
    "an open brace": lambda line: [f"{_indent(line)}{_key(line)}: {{"],
    "two colons": lambda line: [f"{_indent(line)}{_key(line)}: a: b"],
    "a reserved character": lambda line: [f"{_indent(line)}{_key(line)}: @a"],
    "a blank too few": lambda line: [line.removeprefix(" ")],
    "a blank too many": lambda line: [f" {line}"],
}


def _candidates(lines: list[str]) -> list[int]:
    return [
        at
        for at, line in enumerate(lines)
        if ":" in line and not line.lstrip().startswith(("#", "-")) and line[-1:].isalnum()
    ]


def _share_kept(text: str, changed: str) -> float:
    wanted = key_paths(parse(Source(text)))
    return len(wanted & key_paths(parse(Source(changed)))) / max(len(wanted), 1)


def _cases(seed: int) -> list[tuple[str, str, str]]:
    """Make (mistake, text, text with the mistake) for a sample of real files."""
    choose = sampler(seed)
    cases = []
    for path in choose.sample(files("corpus"), SAMPLE):
        found = source(path)
        lines = found.text.split("\n") if found else []
        places = _candidates(lines)
        if found is None or not places or parse(found).problems:
            continue
        for name, make in MISTAKES.items():
            at = choose.choice(places)
            changed = "\n".join([*lines[:at], *make(lines[at]), *lines[at + 1 :]])
            cases.append((name, found.text, changed))
    return cases


def test_most_of_a_file_survives_a_mistake() -> None:
    kept: dict[str, list[bool]] = {name: [] for name in MISTAKES}
    for name, text, changed in _cases(seed=1):
        kept[name].append(_share_kept(text, changed) >= 0.95)
    shares = {name: sum(good) / len(good) for name, good in kept.items()}
    assert min(shares.values()) >= 0.85, shares
    assert sum(shares.values()) / len(shares) >= 0.95, shares


def test_what_stands_before_the_cursor_survives() -> None:
    choose = sampler(2)
    kept = []
    for path in choose.sample(files("corpus"), SAMPLE):
        found = source(path)
        if found is None or not _candidates(lines := found.text.split("\n")):
            continue
        at = choose.choice(_candidates(lines))
        before = "\n".join(lines[:at])
        half = _indent(lines[at]) + _key(lines[at])[:3]
        kept.append(_share_kept(before, f"{before}\n{half}") >= 0.95)
    assert sum(kept) / len(kept) >= 0.9


# Both parsers


def flat(tree: Tree) -> list[Any]:
    """Return all nodes with their places and texts, aliases as they stand."""
    found: list[Any] = []
    waiting: list[Node] = list(reversed(tree.documents))
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        text = (node.text, node.style) if isinstance(node, Scalar) else node.broken
        found.append((type(node).__name__, node.span, text, node.tag, node.anchor))
        if not isinstance(node, Scalar) and id(node) not in seen:
            seen.add(id(node))
            waiting += reversed(children_of(node))
    return found


def test_the_pure_parser_reads_the_same() -> None:
    choose = sampler(3)
    paths = [*files("vela-probes"), *choose.sample(files("corpus"), SAMPLE)]
    sources = [found for found in map(source, paths) if found is not None]
    assert len(sources) > SAMPLE
    for found in sources:
        fast, slow = parse(found), parse(found, pure=True)
        assert slow.problems == fast.problems, found.path
        assert flat(slow) == flat(fast), found.path
        assert slow.repeated == [] or len(slow.repeated) == len(fast.repeated), found.path
        assert [each.span for each in slow.anchors] == [each.span for each in fast.anchors]
        assert [each.span for each in slow.aliases] == [each.span for each in fast.aliases]


DIFFERENCES = {
    "|\na\n": "libyaml wants the text of a block indented even where it is the whole document",
    "&a: b\n": "libyaml ends the name of an anchor at the colon",
    "a: b\u2028c: d\n": "libyaml ends lines at LS and PS",
    "--- a\n...\nb\n": "libyaml wants `---` before another document",
}


@pytest.mark.parametrize("text", DIFFERENCES)
def test_known_differences(text: str) -> None:
    """Nobody writes these; where one disappears, take it from the list."""
    fast, slow = parse(Source(text)), parse(Source(text), pure=True)
    assert bool(fast.problems) != bool(slow.problems)
