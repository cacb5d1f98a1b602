"""All that is to be written into a repository, before anything is."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pipelint.adoption import configuration, hook
from pipelint.adoption.ci import SYSTEMS, Place, recognised
from pipelint.adoption.origin import Origin
from pipelint.adoption.survey import Pipeline, Repository, vendored
from pipelint.adoption.words import speaks_of_us
from pipelint.config import NAMES
from pipelint.record import NamedTuple

NO_CI = "none"
_MOST_ASKED = 200
"""So many pipelines tell what is usual in a repository."""


class Wish(NamedTuple):
    """What the user wants: which CI (the one that the files show, if empty), and whether a hook."""

    ci: str = ""
    hook: bool = True


class Draft(NamedTuple):
    """A file to write; `path` is below the root. `grown` says that lines were put into it."""

    path: str
    text: str
    grown: bool = False


class Chore(NamedTuple):
    """Lines that a person has to put somewhere."""

    what: str
    lines: str


class Plan(NamedTuple):
    """What is to be written, what stays as it is, and what is left to a person.

    `pipelines` are those that will be checked.
    """

    drafts: tuple[Draft, ...]
    kept: tuple[str, ...]
    chores: tuple[Chore, ...]
    pipelines: tuple[Pipeline, ...]


_Item = Draft | Chore | str
"""A path that is kept is a text."""


def plan(repository: Repository, origin: Origin, wish: Wish) -> Plan:
    """Decide what a repository needs; nothing that is there is ever replaced."""
    excluded = [] if _configured(repository) else vendored(repository.pipelines)
    left = tuple(excluded)
    own = tuple(one for one in repository.pipelines if not one.home.startswith(left))
    items = [
        *_configuration(repository, excluded),
        *(_hook(repository, own, origin) if wish.hook and repository.is_git else ()),
        *_ci(repository, origin, wish.ci),
    ]
    return Plan(
        tuple(one for one in items if isinstance(one, Draft)),
        tuple(one for one in items if isinstance(one, str)),
        tuple(one for one in items if isinstance(one, Chore)),
        own,
    )


def _configured(repository: Repository) -> str:
    """Return the configuration that is there, or nothing."""
    return next((name for name in NAMES if repository.has(name)), "")


def _configuration(repository: Repository, excluded: list[str]) -> Iterator[_Item]:
    there = _configured(repository)
    if there:
        yield there
        return
    kinds = dict.fromkeys(repository.templates, "vela-template")
    text = configuration.configuration(excluded, kinds, vela=repository.count("vela") > 0)
    yield Draft(configuration.NAME, text)


def _hook(repository: Repository, own: tuple[Pipeline, ...], origin: Origin) -> Iterator[_Item]:
    named = [*(one.home for one in own), *repository.templates]
    strays = [home for home in named if not hook.is_found_by_path(home)]
    text = repository.read(hook.NAME)
    if text is None:
        yield Draft(hook.NAME, hook.new_file(hook.hook(origin, strays)))
        return
    if speaks_of_us(text):
        yield hook.NAME
        return
    indent = hook.indentation(text)
    grown = hook.added(text, hook.hook(origin, strays, indent)) if indent is not None else None
    if grown is None:
        yield Chore(f"put this into the `repos` of {hook.NAME}", hook.hook(origin, strays))
    else:
        yield Draft(hook.NAME, grown, grown=True)


def _ci(repository: Repository, origin: Origin, wanted: str) -> Iterator[_Item]:
    name = wanted or next(iter(recognised(repository.root)), NO_CI)
    if name == NO_CI:
        return
    part = SYSTEMS[name](_place(repository), origin)
    if part.text and repository.has(part.path):
        yield part.path
    elif part.text:
        yield Draft(part.path, part.text)
    if part.lines and not speaks_of_us(repository.read(part.taken) or ""):
        yield Chore(f"put this into {part.into}", part.lines)


def _place(repository: Repository) -> Place:
    asked = [one for one in repository.pipelines if one.checked.kind == "harness-pipeline"]
    texts = {one.home: one.checked.source.text for one in asked[:_MOST_ASKED]}
    for name in (".gitlab-ci.yml", ".vela.yml", ".vela.yaml"):
        text = repository.read(name)
        if text is not None:
            texts[name] = text
    return Place(_branch(repository.root), texts)


def _branch(root: str) -> str:
    """Return the branch that clones start from, else the current one."""
    for name in ("refs/remotes/origin/HEAD", "HEAD"):
        try:
            with open(os.path.join(root, ".git", *name.split("/")), encoding="utf-8") as file:
                kind, _, ref = file.read(1000).strip().partition(": ")
        except (OSError, UnicodeDecodeError):
            continue
        if kind == "ref":
            return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/origin/")
    return "main"
