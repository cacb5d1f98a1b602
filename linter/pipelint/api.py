"""The public interface for Python: texts or paths in, diagnostics out, nothing printed."""

from __future__ import annotations

import os
from collections.abc import Iterable

from pipelint.config import Resolver, root_of
from pipelint.diagnostic import Diagnostic
from pipelint.discover import Found, find
from pipelint.engine import Checked
from pipelint.project import Project
from pipelint.registry import all_rules


def check_text(text: str, path: str = ".vela.yml") -> list[Diagnostic]:
    """Check a text as if it were the content of the file at `path`, which need not exist.

    The configuration that holds for `path` counts, and so do the ignores in the text. The list is
    ordered by position, then rule; it is empty too where the text is no pipeline. Spans are 0-based
    half-open offsets in code points into the text (without a byte order mark);
    `pipelint.source.Source(text).position(offset)` gives lines and columns.

    Raises ValueError where the configuration, or a file that it names, is wrong.
    """
    resolver = Resolver(all_rules)
    project = Project(root_of(path), resolver)
    checked = project.check_text(text, path)
    _refuse_problems(resolver, project)
    return _shown(checked)


def check_paths(paths: Iterable[str | os.PathLike[str]]) -> list[Diagnostic]:
    """Check files and folders, which are searched for pipelines, as the command line does.

    The list is ordered by path, position, then rule. Paths in it are relative to the current folder
    where they lie below it, with `/` on every system.

    Raises OSError where a path cannot be read, and ValueError where a configuration, or a file that
    it names, is wrong.
    """
    resolver = Resolver(all_rules)
    named = [os.fspath(path) for path in paths]
    found = _find(named, resolver) if named else None
    if found is None:
        return []
    for path, reason in found.problems:
        raise FileNotFoundError(f"{path}: {reason}")
    projects: dict[str, Project] = {}
    diagnostics: list[Diagnostic] = []
    for path in found.files:
        diagnostics += _check_file(path, resolver, projects)
    _refuse_problems(resolver, *projects.values())
    return sorted(diagnostics, key=lambda one: one.path)


def _find(paths: list[str], resolver: Resolver) -> Found:
    return find(paths, os.getcwd(), excluded=resolver.excluded, kind=resolver.kind)


def _check_file(path: str, resolver: Resolver, projects: dict[str, Project]) -> list[Diagnostic]:
    root = root_of(path)
    if root not in projects:
        projects[root] = Project(root, resolver)
    checked = projects[root].check(path)
    if isinstance(checked, OSError):
        raise checked
    return _shown(checked)


def _shown(checked: Checked) -> list[Diagnostic]:
    """Return what nothing hides; credentials are masked in what is said."""
    shown = [one for one in checked.diagnostics if not one.suppressed]
    if not checked.masked:
        return shown
    from pipelint.report.masking import hide_in_diagnostics

    return hide_in_diagnostics(shown, checked.source.text, checked.masked)


def _refuse_problems(resolver: Resolver, *projects: Project) -> None:
    for problem in (*resolver.problems, *(one for each in projects for one in each.problems)):
        raise ValueError(f"{problem.path}: {problem.message}")
