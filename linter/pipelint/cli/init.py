"""`pipelint init`: a configuration, a hook and a CI snippet for the repository it stands in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from pipelint.adoption.ci import SYSTEMS
from pipelint.adoption.hook import NAME as HOOK
from pipelint.adoption.origin import Origin, origin
from pipelint.adoption.plan import NO_CI, Draft, Plan, Wish, plan
from pipelint.adoption.survey import Pipeline, Repository, is_vela_template
from pipelint.cli.arguments import Options, UsageError
from pipelint.cli.batch import Unread, check_all
from pipelint.cli.check import Projects, complain
from pipelint.cli.failure import Failure, tell
from pipelint.cli.parser import Help, Parser
from pipelint.cli.progress import Progress
from pipelint.cli.streams import Streams
from pipelint.cli.writing import write_whole
from pipelint.config import Resolver
from pipelint.config.root import root_of, segments, within
from pipelint.discover import find
from pipelint.registry import all_rules
from pipelint.report.run import is_fixable
from pipelint.report.summary import count

CLEAN, FAILED = 0, 2
HEAD = 65_536
"""So many bytes are looked at of a YAML file that no search takes for a pipeline."""

USAGE = "pipelint init [--dry-run] [--ci NAME] [--no-hook] [--package SPEC]"
ABOUT = """Write what a repository needs: pipelint.yaml, a hook of pre-commit, and the check in CI.
What is there already stays as it is; what cannot be put into it safely is printed."""


class Order(Options):
    """What `pipelint init` is asked for."""

    ci = ""
    dry_run = False
    no_hook = False
    package = ""


def init(argv: Sequence[str], streams: Streams) -> int:
    """Write what the repository around the current folder needs; return the exit code."""
    parser = _parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return CLEAN
    try:
        return _init(parser.parse_args(argv, Order(())), streams)
    except UsageError as error:
        tell(streams, str(error), error.help)
    except Failure as failure:
        tell(streams, *failure.lines)
    return FAILED


def _parser() -> Parser:
    parser = Parser(
        prog="pipelint init",
        description=ABOUT,
        usage=USAGE,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--dry-run", action="store_true", help="print what would be written, and write nothing")
    add("--ci", choices=(*SYSTEMS, NO_CI), help="the CI (default: the one that the files show)")
    add("--no-hook", action="store_true", help="leave pre-commit alone")
    add("--package", metavar="SPEC", help="what pip installs in CI (default: this pipelint)")
    return parser


def _init(order: Order, streams: Streams) -> int:
    if not order.package.isprintable():
        raise UsageError("`--package` takes what stands behind `pip install`, in one line")
    repository = _look(order, streams)
    came_from = origin(order.package)
    made = plan(repository, came_from, Wish(order.ci, not order.no_hook))
    streams.write(_found(repository))
    for draft in made.drafts:
        if not order.dry_run:
            _write(draft, repository.root)
    streams.write(_said(made, dry=order.dry_run))
    streams.write(_next(repository, made))
    streams.say(*_notes(repository, came_from, made))
    return CLEAN


# --- looking and writing -------------------------------------------------------------------------


def _look(order: Order, streams: Streams) -> Repository:
    """Ask the files of the repository what they are."""
    root = order.root = os.path.realpath(root_of(os.getcwd()))
    resolver = Resolver(all_rules, root=root)
    found = find([root], root, root=root, excluded=resolver.excluded, kind=resolver.kind)
    projects = Projects(order, resolver)
    progress = Progress(streams.stderr, len(found.files), quiet=False)
    pipelines = []
    for path, outcome in check_all(found.files, projects, order, progress.step):
        if isinstance(outcome, Unread):
            progress.clear()
            raise Failure(f"{path}: {outcome.reason}")
        pipelines.append(Pipeline(projects.of(path).home(path), outcome))
    progress.clear()
    complain(projects, streams)
    skipped = [path for path, reason in found.skipped if reason == "not a Harness or Vela file"]
    templates = ["/".join(segments(path, root)) for path in skipped if _is_template(path)]
    return Repository(root, tuple(pipelines), tuple(templates))


def _is_template(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            text = file.read(HEAD).decode("utf-8", "replace")
    except OSError:
        return False
    return is_vela_template(text.replace("\r\n", "\n"))


def _write(draft: Draft, root: str) -> None:
    path = os.path.join(root, *draft.path.split("/"))
    folder = os.path.dirname(path)
    if not within(os.path.realpath(path), root):
        raise Failure(f"{draft.path} leads out of the repository")
    try:
        os.makedirs(folder, exist_ok=True)
        write_whole(path, draft.text)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise Failure(f"cannot write {draft.path}: {reason}") from None


# --- saying --------------------------------------------------------------------------------------


def _found(repository: Repository) -> Iterator[str]:
    numbers = {"Harness": repository.count("harness"), "Vela": repository.count("vela")}
    said = [count(number, f"{name} file") for name, number in numbers.items() if number]
    yield f"Found {' and '.join(said) or 'no Harness or Vela files'}."


def _said(made: Plan, *, dry: bool) -> Iterator[str]:
    for draft in made.drafts:
        verb = "put a hook into" if draft.grown else "write"
        yield f"would {verb} {draft.path}" if dry else f"{_PAST[verb]} {draft.path}"
        if dry:
            yield from _indented(draft.text)
    for path in made.kept:
        yield f"kept {path}"
    for chore in made.chores:
        yield f"{chore.what}:"
        yield from _indented(chore.lines)


_PAST = {"put a hook into": "put a hook into", "write": "wrote"}


def _indented(text: str) -> Iterator[str]:
    yield ""
    for line in text.splitlines():
        yield f"    {line}".rstrip()
    yield ""


def _next(repository: Repository, made: Plan) -> Iterator[str]:
    steps = list(_steps(repository, made))
    if steps:
        width = max(len(command) for command, _ in steps)
        yield ""
        yield "Next:"
        yield from (f"  {command:<{width}}  {why}" for command, why in steps)


def _steps(repository: Repository, made: Plan) -> Iterator[tuple[str, str]]:
    found = [
        one for each in made.pipelines for one in each.checked.diagnostics if not one.suppressed
    ]
    fixable = sum(1 for one in found if is_fixable(one))
    if fixable:
        yield "pipelint --fix", f"mends {fixable} of {count(len(found), 'finding')}"
    if len(found) > fixable:
        left = len(found) - fixable
        what = f"the other {left}" if fixable else count(left, "finding")
        yield "pipelint baseline", f"records {what}, so that only new ones fail"
    if any(draft.path == HOOK for draft in made.drafts):
        yield "pre-commit install", "once in each clone: commits are checked from then on"
    if made.drafts and repository.is_git:
        yield "git add …", "what was written here, for everybody else"


def _notes(repository: Repository, came_from: Origin, made: Plan) -> Iterator[str]:
    if not repository.is_git:
        yield "note: this is no Git work tree: say `--root .` so that pipelint.yaml holds below it"
    if not came_from.is_certain and any(came_from.package in draft.text for draft in made.drafts):
        package = came_from.package
        yield f"note: CI installs `{package}` from your index; `--package` names another place"
