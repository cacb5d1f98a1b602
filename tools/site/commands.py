"""The reference of the command line: what `--help` of every verb says, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.cli import VERBS
from running import help_of

CHECK = "check"
HELP = "-h, --help"
_FLAG = re.compile(r"^  (-\S.*?)(?:  +(\S.*))?$")
_WORD = re.compile(r"^  (\S+)  +(\S.*)$")
_TITLES = {"positional arguments:": "arguments", "options:": "options"}


def reference() -> str:
    """Write every verb with its arguments and flags."""
    verbs = [CHECK, *sorted(set(VERBS) - {CHECK})]
    return "\n".join(line for verb in verbs for line in _verb(verb))


def _verb(verb: str) -> Iterator[str]:
    name = "pipelint [PATH]…" if verb == CHECK else f"pipelint {verb}"
    yield f"## `{name}` {{#{verb}}}\n"
    for paragraph in re.split(r"\n{2,}", help_of(verb).strip("\n")):
        yield from _paragraph(verb, paragraph.split("\n"))


def _paragraph(verb: str, lines: list[str]) -> Iterator[str]:
    """Write a paragraph of a help text: the usage, a list of flags, examples or prose."""
    head, rest = lines[0], lines[1:]
    if head.startswith("usage: "):
        usage = "\n".join([head.removeprefix("usage: "), *(line.strip() for line in rest)])
        yield f"```text\n{usage}\n```\n"
    elif rest and head.endswith(":") and all(_is_entry(line) for line in rest):
        title = _TITLES.get(head, head.removesuffix(":"))
        yield f"### {title.capitalize()} {{#{verb}-{_slug(title)}}}\n"
        yield from (entry for line in rest if HELP not in line for entry in _entry(verb, line))
    elif any(line.startswith("  ") for line in lines):
        said = [head, ""] if not head.startswith(" ") else []
        code = lines[1:] if said else lines
        yield "\n".join([*said, "```text", *(line.removeprefix("  ") for line in code), "```\n"])
    else:
        yield _safe(" ".join(lines)) + "\n"


def _is_entry(line: str) -> bool:
    return bool(_FLAG.match(line) or _WORD.match(line) or line.startswith(" " * 20))


def _entry(verb: str, line: str) -> Iterator[str]:
    """Write a flag as a term with its meaning; the meaning may stand on the line below it."""
    flag, word = _FLAG.match(line), _WORD.match(line)
    if flag:
        longest = max(re.findall(r"--?[\w-]+", flag[1].split(" {")[0]), key=len)
        yield f"`{flag[1]}` {{ #{verb}{longest} }}"
        if flag[2]:
            yield f":   {_safe(flag[2])}\n"
    elif word:
        yield f"`{word[1]}`\n:   {_safe(word[2])}\n"
    else:
        yield f":   {_safe(line.strip())}\n"


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _safe(text: str) -> str:
    """Keep what Markdown would read as its own: stars and angle brackets outside of code."""
    parts = text.split("`")
    outside = [re.sub(r"([*_<\[])", r"\\\1", part) for part in parts[::2]]
    parts[::2] = outside
    return "`".join(parts)
