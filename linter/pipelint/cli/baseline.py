"""`pipelint baseline [PATH…]`: write down what is found now, so that only new findings fail."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pipelint.baseline import write
from pipelint.cli.arguments import UsageError
from pipelint.cli.batch import Unread, check_all, open_cache
from pipelint.cli.check import Projects, complain, find_files, named_in_vain
from pipelint.cli.failure import Failure, tell
from pipelint.cli.parser import Help, Parser
from pipelint.cli.progress import Progress
from pipelint.cli.recording import Renewed
from pipelint.cli.streams import Streams
from pipelint.cli.targets import Order, Target, Targets
from pipelint.cli.writing import write_whole
from pipelint.config import BASELINE, Resolver
from pipelint.discover import Found, shown
from pipelint.engine import INTERNAL_ERROR
from pipelint.registry import all_rules
from pipelint.report.run import Run
from pipelint.report.summary import count

CLEAN, FAILED = 0, 2
USAGE = "pipelint baseline [--prune] [OPTIONS] [PATH]..."
ABOUT = f"""Write down what is found now: in {BASELINE} at the root of the repository, or in the
file that `baseline:` in pipelint.yaml names. What a baseline knows is not reported again."""


def baseline(argv: Sequence[str], streams: Streams) -> int:
    """Write the baselines of what the arguments name; return the exit code."""
    parser = _parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return CLEAN
    try:
        return _baseline(parser.parse_args(argv, Order(())), streams)
    except UsageError as error:
        tell(streams, str(error), error.help)
    except Failure as failure:
        tell(streams, *failure.lines)
    return FAILED


def _parser() -> Parser:
    parser = Parser(
        prog="pipelint baseline",
        description=ABOUT,
        usage=USAGE,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files or folders (default: the current folder)")
    add("--prune", action="store_true", help="drop what is not found any more; add nothing")
    add("--output", metavar="FILE", help="the baseline to write, wherever one lies now")
    add("--root", metavar="DIR", help="folder that is never left (default: the git work tree)")
    add("--config", metavar="FILE", help="use only this configuration")
    add("--no-config", action="store_true", help="ignore all configuration")
    add("-q", "--quiet", action="count", help="say nothing when all is well")
    return parser


def _baseline(order: Order, streams: Streams) -> int:
    if order.config and not os.path.isfile(order.config):
        raise Failure(f"no configuration at {order.config}")
    resolver = Resolver(all_rules, root=order.root, config=order.config, no_config=order.no_config)
    found = find_files(order, resolver)
    if named_in_vain(found, streams):
        return FAILED
    projects = Projects(order, resolver)
    targets = Targets(order, resolver, streams)
    failed = _look(order, found, projects, targets, streams)
    complain(projects, streams)
    if not targets.known:
        from pipelint.cli.nothing import explain_nothing

        explain_nothing(order, found, Run(()), streams)
        return FAILED
    for target in targets.known.values():
        _write(target, target.renewed(order, resolver), order, streams)
        _advise(target, order, resolver, streams)
    for path in failed:
        tell(streams, f"{path}: a rule of pipelint failed; what it would find is not recorded")
    return FAILED if failed else CLEAN


def _look(
    order: Order, found: Found, projects: Projects, targets: Targets, streams: Streams
) -> list[str]:
    """Check the files, and hand each to its baseline; return those in which a rule failed."""
    failed = []
    progress = Progress(streams.stderr, len(found.files), quiet=False)
    cache = open_cache(order, streams.environ, len(found.files))
    for path, outcome in check_all(found.files, projects, order, progress.step, cache):
        if isinstance(outcome, Unread):
            progress.clear()
            raise Failure(f"{shown(path, os.getcwd())}: {outcome.reason}")
        if any(one.rule == INTERNAL_ERROR.name for one in outcome.diagnostics):
            failed.append(outcome.source.path)
        targets.take(outcome, path, projects.of(path))
    progress.clear()
    return failed


def _write(target: Target, renewed: Renewed, order: Order, streams: Streams) -> None:
    """Write a baseline that has changed, and say what has."""
    name = shown(target.path, os.getcwd())
    if target.is_new or renewed.new or renewed.gone:
        try:
            write_whole(target.path, write(renewed.entries))
        except OSError as error:
            reason = (error.strerror or "it cannot be written").lower()
            raise Failure(f"cannot write {name}: {reason}") from None
    if not order.quiet:
        streams.write([(_pruned if order.prune else _recorded)(renewed, name, target.is_new)])


def _recorded(renewed: Renewed, name: str, is_new: bool) -> str:
    files = count(len({entry.path for entry in renewed.entries}), "file")
    total = f"{count(len(renewed.entries), 'finding')} of {files} in {name}"
    if is_new:
        return f"Recorded {total}. They are not reported again; new findings are."
    if not renewed.new and not renewed.gone:
        return f"Nothing has changed: {total}."
    return f"Recorded {total}: {renewed.new} new, {renewed.gone} gone."


def _pruned(renewed: Renewed, name: str, _: bool) -> str:
    left = count(len(renewed.entries), "finding")
    if not renewed.new and not renewed.gone:
        return f"Nothing to drop: {left} in {name}, all of them still found."
    done = {"Dropped": renewed.gone - renewed.new, "moved": renewed.new}
    said = " and ".join(f"{verb} {number}" for verb, number in done.items() if number)
    return f"{said.capitalize()}: {left} left in {name}."


def _advise(target: Target, order: Order, resolver: Resolver, streams: Streams) -> None:
    """Say how a baseline that was given a name of its own will be found."""
    if order.output and resolver.baseline(os.path.join(target.root, BASELINE)) != target.path:
        path = shown(target.path, target.root)
        streams.say(f"note: name it in pipelint.yaml, so that it is found: `baseline: {path}`")
