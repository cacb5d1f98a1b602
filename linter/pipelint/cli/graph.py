"""`pipelint graph FILE`: the pipeline as a picture, with its problems marked."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Sequence

from pipelint.cli.arguments import UsageError, similar
from pipelint.cli.failure import Failure, tell, tell_config
from pipelint.cli.parser import Help, Parser
from pipelint.cli.streams import Streams
from pipelint.config import KINDS, Resolver
from pipelint.discover import root_of, shown
from pipelint.discover.sniff import is_starlark
from pipelint.graph.make import graph_of, only_stages
from pipelint.graph.value import Graph
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.report.terminal import PLAIN, Style, style_for
from pipelint.source import UndecodableError, decode

WHOLE, PARTLY, FAILED = 0, 1, 2
TREE, MERMAID, DOT, SVG = "tree", "mermaid", "dot", "svg"
FORMATS = (TREE, MERMAID, DOT, SVG)
STAGES, STEPS = "stages", "steps"
ENDINGS = {".svg": SVG, ".mmd": MERMAID, ".mermaid": MERMAID, ".dot": DOT, ".gv": DOT}
"""What the name of a file says of its format."""

UNBOUNDED = 10_000
"""Columns of a file: lines are cut off for terminals alone."""

USAGE = "pipelint graph [OPTIONS] FILE"
ABOUT = """Draw a pipeline: stages, steps, groups, what runs together, needs, conditions, loops,
with the problems marked. Exits with 1 where a part of the file could not be read and is missing,
with 2 where there is nothing to draw; problems do not change the exit code."""


def draw_graph(argv: Sequence[str], streams: Streams) -> int:
    """Draw one file; see ABOUT for the exit codes."""
    parser = _parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return WHOLE
    try:
        options = _options(parser, argv)
        graph = _graph(options, streams)
        _write(graph, options, streams)
    except UsageError as error:
        tell(streams, str(error), error.help)
        return FAILED
    except Failure as failure:
        tell(streams, *failure.lines)
        return FAILED
    return WHOLE if graph.complete else PARTLY


# --- what is asked for ---------------------------------------------------------------------------


def _parser() -> Parser:
    parser = Parser(
        prog="pipelint graph",
        description=ABOUT,
        usage=USAGE,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="a pipeline or template; `-` is standard input")
    add("--format", choices=FORMATS, help="default: what the name of --output says, else tree")
    add("--output", "-o", metavar="FILE", help="write the picture into a file")
    add("--depth", choices=(STAGES, STEPS), default=STEPS, help="how much to draw (default: steps)")
    add("--no-problems", action="store_true", help="mark no problems")
    add("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    add("--kind", metavar="KIND", help="treat the file as this kind, such as `vela-pipeline`")
    add("--stdin-filename", metavar="PATH", help="name of the file given on standard input")
    add("--root", metavar="DIR", help="folder that is never left (default: the git work tree)")
    add("--config", metavar="FILE", help="use only this configuration")
    add("--no-config", action="store_true", help="ignore all configuration")
    return parser


def _options(parser: Parser, argv: Sequence[str]) -> Namespace:
    options: Namespace = parser.parse_args(argv)
    if len(options.files) != 1:
        raise UsageError("name one file to draw", f"usage: {USAGE}")
    if options.kind and options.kind not in KINDS:
        near = similar("kind", options.kind, KINDS)
        raise UsageError(f"unknown kind `{options.kind}`", near or "kinds: " + ", ".join(KINDS))
    if options.config and not os.path.isfile(options.config):
        raise Failure(f"no configuration at {options.config}")
    output, (path,) = options.output, options.files
    if output and os.path.realpath(output) == os.path.realpath(path):
        raise UsageError(f"`--output` would overwrite `{path}`", "name another file")
    ending = os.path.splitext(output or "")[1].lower()
    options.format = options.format or ENDINGS.get(ending, TREE)
    return options


# --- the file ------------------------------------------------------------------------------------


def _graph(options: Namespace, streams: Streams) -> Graph:
    path, text = _read(options, streams)
    resolver = Resolver(
        all_rules, root=options.root, config=options.config, no_config=options.no_config
    )
    project = Project(options.root or root_of(path), resolver, kind=options.kind or "")
    checked, document = project.examine_text(text, path)
    streams.say(*(f"note: {note}" for note in dict.fromkeys(resolver.notes)))
    problems = [*resolver.problems, *project.problems]
    if problems:
        tell_config(problems, streams)
        raise Failure(count=0)
    name = checked.source.path
    if document is None:
        help_ = f"if it is one, say so: `pipelint graph --kind vela-pipeline {name}`"
        raise Failure(f"{name} is not a Harness or Vela file", help_)
    marked = () if options.no_problems else checked.diagnostics
    graph = graph_of(document, checked.source, marked)
    if graph is None:
        raise Failure(f"{name}: {document.note or _what(document.kind)}")
    if not graph.complete:
        first = min(document.tree.problems, key=lambda problem: problem.span)
        line = checked.source.position(first.span.start).line
        streams.say(f"note: {name}:{line}: {first.message}; drawn is what could be read")
    return graph


def _what(kind: str) -> str:
    dialect, _, rest = kind.partition("-")
    what = f"{dialect.capitalize()} {rest.replace('-', ' ')}"
    return f"a {what} has no stages or steps to draw"


def _read(options: Namespace, streams: Streams) -> tuple[str, str]:
    """Read the file; return its path and its text."""
    (path,) = options.files
    if is_starlark(os.path.basename(path)):
        raise Failure(f"{path} is a Starlark template: what it makes is not known")
    try:
        if path == "-":
            path = options.stdin_filename or "<stdin>"
            return os.path.abspath(path), decode(streams.stdin.buffer.read())
        with open(path, "rb") as file:
            return os.path.abspath(path), decode(file.read())
    except UndecodableError as error:
        raise Failure(f"{shown(os.path.abspath(path), os.getcwd())}: {error}") from None
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise Failure(f"{shown(os.path.abspath(path), os.getcwd())}: {reason}") from None


# --- the picture ---------------------------------------------------------------------------------


def _write(graph: Graph, options: Namespace, streams: Streams) -> None:
    if options.depth == STAGES:
        graph = only_stages(graph)
    output = options.output
    style = PLAIN if output else style_for(streams.stdout, streams.environ, options.color)
    if output or not streams.stdout.isatty():
        style = style._replace(width=UNBOUNDED)
    lines = list(_lines(graph, options.format, style))
    if options.format == MERMAID:
        from pipelint.graph.mermaid import limits

        limit = limits(lines, graph)
        streams.say(*([f"note: {limit}; `--depth stages` draws less"] if limit else ()))
    if not output:
        streams.write(lines)
        return
    from pipelint.cli.writing import write_whole

    try:
        write_whole(output, "".join(f"{line}\n" for line in lines))
    except OSError as error:
        raise Failure(f"{output}: {(error.strerror or 'cannot be written').lower()}") from None


def _lines(graph: Graph, name: str, style: Style) -> Iterable[str]:
    """Draw in one format; only that one is imported."""
    if name == SVG:
        from pipelint.graph import svg

        return svg.render(graph)
    if name == MERMAID:
        from pipelint.graph import mermaid

        return mermaid.render(graph, unicode=style.unicode)
    if name == DOT:
        from pipelint.graph import dot

        return dot.render(graph, unicode=style.unicode)
    from pipelint.graph import tree

    return tree.render(graph, style)
