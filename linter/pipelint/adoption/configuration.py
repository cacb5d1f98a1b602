"""The first `pipelint.yaml` of a repository: what its files call for, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipelint.adoption.words import glob, scalar

NAME = "pipelint.yaml"

_HEAD = """\
# What pipelint checks here, and how. `pipelint --list-files --why` lists the files,
# `pipelint rules` the rules, and `pipelint explain RULE` tells what one means.
"""
_RULES = """\

# A rule or a family has a level: off, info, warning or error.
# rules:
#   deprecated-pull: off
#   style: info
"""
_VELA = """\

# Secrets that exist without being declared in a pipeline; `*` stands for any text.
# vela:
#   known-secrets: [docker_*]
"""


def configuration(excluded: Iterable[str], kinds: Mapping[str, str], *, vela: bool) -> str:
    """Write a configuration; `kinds` says what files are that cannot be told by looking at them."""
    return "".join([_HEAD, *_exclude(excluded), *_files(kinds), _RULES, _VELA if vela else ""])


def _exclude(excluded: Iterable[str]) -> Iterator[str]:
    lines = [f"  - {scalar(glob(folder))} # the work of others\n" for folder in excluded]
    if lines:
        yield "\nexclude:\n"
        yield from lines


def _files(kinds: Mapping[str, str]) -> Iterator[str]:
    lines = [f"  {scalar(glob(path))}: {kind}\n" for path, kind in sorted(kinds.items())]
    if lines:
        yield "\nfiles: # what neither their path nor their first lines tell\n"
        yield from lines
