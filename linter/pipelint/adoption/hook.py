"""The hook of pre-commit: a new `.pre-commit-config.yaml`, or lines put into the one there is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelint.adoption.origin import Origin
from pipelint.adoption.survey import common_places
from pipelint.adoption.words import scalar
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node
from pipelint.yaml.node import Sequence as List

NAME = ".pre-commit-config.yaml"

FILES = """\
(?x)
  (^|/)\\.vela\\.ya?ml$
  | (^|/)\\.vela/[^/]+\\.(?i:ya?ml)$
  | (^|/)\\.harness/.+\\.(?i:ya?ml)$
"""
"""What the search finds by path, as in `.pre-commit-hooks.yaml`."""

_ALL = "\\.(?i:ya?ml)$"
_MOST_PLACES = 5


def hook(origin: Origin, strays: Sequence[str], indent: str = "  ") -> str:
    """Write an item of `repos`; `strays` are pipelines that only their content gives away."""
    lines = [*_repo(origin), *_files(strays, known=bool(origin.repo))]
    first, *rest = lines
    return f"{indent}- {first}\n" + "".join(f"{indent}  {line}\n" for line in rest)


def _repo(origin: Origin) -> list[str]:
    if origin.repo:
        rev = f"rev: {scalar(origin.rev)}"
        return [f"repo: {origin.repo}", rev, "hooks:", "  - id: pipelint"]
    lines = [
        "repo: local",
        "hooks:",
        "  - id: pipelint",
        "    name: pipelint",
        "    entry: pipelint --allow-empty",
        '    args: ["--"] # what follows is never an option',
        "    require_serial: true",
        "    types: [yaml]",
    ]
    if origin.is_certain:
        return [*lines, "    language: python", f"    additional_dependencies: [{_item(origin)}]"]
    return [*lines, "    language: system # the pipelint that is on the path"]


def _item(origin: Origin) -> str:
    text = scalar(origin.package)
    return f"'{text}'" if "," in text and text[0] != '"' and "'" not in text else text


def _files(strays: Sequence[str], *, known: bool) -> list[str]:
    """Write `files`, unless the hook brings the right one along."""
    places = common_places(strays)
    if known and not places:
        return []
    if len(places) > _MOST_PLACES:
        # By name any YAML would be judged, also what the search passes over.
        return [f"    files: {_ALL}", "    pass_filenames: false # they lie in many places"]
    more = [f"  | ^{re.escape(place)}{'' if place[-1] != '/' else '.+' + _ALL}" for place in places]
    more = [line if line.endswith("$") else f"{line}$" for line in more]
    return ["    files: |", *(f"      {line}" for line in (*FILES.splitlines(), *more))]


def is_found_by_path(home: str) -> bool:
    """Tell whether the hook is handed a file without being told where it lies."""
    return re.search(FILES, home) is not None


def new_file(item: str) -> str:
    """Write a configuration of pre-commit with one item of `repos`."""
    return f"repos:\n{item}"


def indentation(text: str) -> str | None:
    """Return what stands before the dashes of `repos`; None where nothing can be added safely."""
    items = _repos(text)
    if items is None or items.flow or not items.items:
        return None
    lines = [_line_of(text, item) for item in items.items]
    dashes = {line[: len(line) - len(line.lstrip(" "))] for line in lines}
    alike = all(line.lstrip(" ").startswith("- ") for line in lines)
    return dashes.pop() if len(dashes) == 1 and alike else None


def added(text: str, item: str) -> str | None:
    """Put an item behind the last one of `repos`; every byte of the rest stays where it is.

    Return None where the outcome would not be what was there and one more.
    """
    items = _repos(text)
    if items is None:
        return None
    last = len(text[: items.end].rstrip())
    line_end = text.find("\n", last)
    at = len(text) if line_end < 0 else line_end + 1
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text[:at] if line_end >= 0 else text + newline
    after = before + item.replace("\n", newline) + text[at:]
    grown = _repos(after)
    if grown is None or len(grown.items) != len(items.items) + 1:
        return None
    return after


def _repos(text: str) -> List | None:
    """Return the list `repos` of a text that is one readable document."""
    tree = parse(Source(text))
    root = tree.root
    if tree.problems or len(tree.documents) != 1 or not isinstance(root, Mapping):
        return None
    found: Node | None = root.get("repos")
    return found if isinstance(found, List) else None


def _line_of(text: str, node: Node) -> str:
    start = text.rfind("\n", 0, node.start) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]
