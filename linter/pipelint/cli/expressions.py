"""`pipelint expressions FILE`: what each `<+…>` of a file leads to, or why that is not known."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipelint.cli.arguments import UsageError, similar
from pipelint.cli.check import Projects
from pipelint.cli.failure import Failure, tell, tell_config
from pipelint.cli.parser import Help, Parser
from pipelint.cli.streams import Streams
from pipelint.config import KINDS, Resolver
from pipelint.diagnostic import ERROR, Diagnostic, Finding
from pipelint.discover import shown
from pipelint.document import Surroundings
from pipelint.engine import Checked
from pipelint.expressions import types
from pipelint.expressions.judge import judge_alone
from pipelint.expressions.reading import Reading, read_field, read_program
from pipelint.harness.dialect import read
from pipelint.harness.resolution import Outcome, outcomes, outcomes_of
from pipelint.record import NamedTuple
from pipelint.registry import all_rules
from pipelint.report.drawing import printable
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run
from pipelint.report.summary import count
from pipelint.security.credentials import hidden_places
from pipelint.source import Source, Span
from pipelint.yaml import parse

CLEAN, FINDINGS, FAILED = 0, 1, 2
FAMILY = "expression"
TEXT = "<text>"
FIELD, CONDITION = "field", "condition"
LONGEST = 100

USAGE = """pipelint expressions [OPTIONS] FILE
       pipelint expressions [OPTIONS] --text TEXT [--as field|condition]"""
ABOUT = """List the expressions of a Harness file: where they stand, what they give, and the place
in the file that they lead to, or why that is not known. Exits with 1 where one can never work."""


class Listing(NamedTuple):
    """What is to be printed; `run` holds the one file and what is wrong with its expressions."""

    run: Run
    outcomes: tuple[Outcome, ...]

    @property
    def file(self) -> FileReport:
        """The file."""
        return self.run.files[0]

    @property
    def fails(self) -> bool:
        """Whether an expression can never work."""
        return any(one.level == ERROR for one in self.file.diagnostics)


def list_expressions(argv: Sequence[str], streams: Streams) -> int:
    """Print the expressions of one file, or of one text; see ABOUT for the exit codes."""
    parser = _parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return CLEAN
    try:
        options = _options(parser, argv)
        text = options.text
        listing = _of_file(options, streams) if text is None else _of_text(text, options.is_for)
    except UsageError as error:
        tell(streams, str(error), error.help)
        return FAILED
    except Failure as failure:
        tell(streams, *failure.lines)
        return FAILED
    streams.write(_json(listing) if options.output_format == "json" else _lines(listing, streams))
    return FINDINGS if listing.fails else CLEAN


def _parser() -> Parser:
    parser = Parser(
        prog="pipelint expressions",
        description=ABOUT,
        usage=USAGE,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="a Harness file; `-` is standard input")
    add("--text", help="an expression, or a text with expressions, instead of a file")
    add(
        "--as", dest="is_for", choices=(FIELD, CONDITION), help="where TEXT stands (default: field)"
    )
    add("--output-format", choices=("full", "json"), default="full", help="default: full")
    add("--kind", metavar="KIND", help="treat the file as this kind, such as `harness-pipeline`")
    add("--stdin-filename", metavar="PATH", help="name of the file given on standard input")
    add("--root", metavar="DIR", help="folder that is never left (default: the git work tree)")
    add("--config", metavar="FILE", help="use only this configuration")
    add("--no-config", action="store_true", help="ignore all configuration")
    return parser


def _options(parser: Parser, argv: Sequence[str]) -> Namespace:
    options: Namespace = parser.parse_args(argv)
    if options.text is None and len(options.files) != 1:
        raise UsageError("name one file, or give a text with `--text`", f"usage: {USAGE}")
    if options.text is not None and options.files:
        raise UsageError("`--text` cannot be mixed with a file")
    if options.is_for and options.text is None:
        raise UsageError("`--as` says where the text of `--text` stands")
    if options.kind and options.kind not in KINDS:
        near = similar("kind", options.kind, KINDS)
        raise UsageError(f"unknown kind `{options.kind}`", near or "kinds: " + ", ".join(KINDS))
    return options


# --- a file --------------------------------------------------------------------------------------


def _of_file(options: Namespace, streams: Streams) -> Listing:
    if options.config and not os.path.isfile(options.config):
        raise Failure(f"no configuration at {options.config}")
    resolver = Resolver(
        all_rules, root=options.root, config=options.config, no_config=options.no_config
    )
    options.no_ignores = options.no_baseline = False
    checked = _check(options, Projects(options, resolver), streams)
    if not checked.checked or not checked.kind.startswith("harness-"):
        raise Failure(
            f"{checked.source.path}: {checked.note or 'not a Harness file'}",
            "only Harness files have expressions; say so with `--kind` if it is one",
        )
    settings = Surroundings(checked.kind)
    document = read(checked.source, parse(checked.source), settings)
    assert document is not None  # noqa: S101 - it is of this kind
    found = tuple(outcomes_of(document.context)) if document.context else ()
    families = {rule.name: rule.family for rule in all_rules()}
    wrong = tuple(
        one
        for one in checked.diagnostics
        if families.get(one.rule) == FAMILY and not one.suppressed
    )
    file = FileReport(
        checked.source.path,
        checked.kind,
        checked=True,
        source=checked.source,
        diagnostics=wrong,
        masked=hidden_places(document.tree, checked.source.text),
    )
    return Listing(Run((file,)), found)


def _check(options: Namespace, projects: Projects, streams: Streams) -> Checked:
    (path,) = options.files
    checked: Checked | OSError
    if path == "-":
        path = options.stdin_filename or "<stdin>"
        checked = projects.of(os.path.abspath(path)).check_bytes(streams.stdin.buffer.read(), path)
    else:
        checked = projects.of(path).check(path)
    if isinstance(checked, OSError):
        reason = (checked.strerror or "cannot be read").lower()
        raise Failure(f"{shown(path, os.getcwd())}: {reason}")
    problems = projects.problems()
    if problems:
        tell_config(problems, streams)
        raise Failure(count=0)
    return checked


# --- a text --------------------------------------------------------------------------------------


def _of_text(text: str, is_for: str | None) -> Listing:
    reading = read_program(text) if is_for == CONDITION else read_field(text)
    rules = {rule.name: rule.level for rule in all_rules()}
    diagnostics = tuple(
        Diagnostic(
            TEXT,
            problem.rule,
            rules[problem.rule],
            Finding(problem.span, problem.message, problem.label, problem.help),
        )
        for problem in judge_alone(reading)
        if problem.rule in rules
    )
    file = FileReport(TEXT, "unknown", checked=True, source=Source(text), diagnostics=diagnostics)
    return Listing(Run((file,)), _in_text(reading))


def _in_text(reading: Reading) -> tuple[Outcome, ...]:
    return tuple(outcomes(reading, types.Anywhere(), lambda span: span))


# --- what is printed -----------------------------------------------------------------------------


class Line(NamedTuple):
    """An expression as it is told: nothing secret is left in it."""

    span: Span
    text: str
    type: str
    status: str
    why: str
    definition: Span | None
    static: str | None


def _told(listing: Listing) -> Iterator[Line]:
    """Join what the expressions lead to with what is wrong with them, and mask credentials."""
    file = listing.file
    text = file.source.text if file.source else ""
    words = {text[slice(*span)] for span in file.masked}
    wrong = [one.finding for one in file.diagnostics if one.level == ERROR]
    for one in listing.outcomes:
        static, status, why = one.static, one.status, one.why
        fault = next((each for each in wrong if _touches(each.span, one.span)), None)
        if fault is not None:
            status, why, static = types.INVALID, fault.message, None
        shown_static = None if static is None else _mask(static, words)
        shown_text, why = _mask(one.text, words), _mask(why, words)
        yield Line(one.span, shown_text, one.type, status, why, one.definition, shown_static)


def _mask(text: str, words: set[str]) -> str:
    for word in words:
        text = text.replace(word, "*" * len(word))
    return text


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _lines(listing: Listing, streams: Streams) -> Iterator[str]:
    file = listing.file
    assert file.source is not None  # noqa: S101 - it was read
    unicode = (streams.stdout.encoding or "").lower().startswith("utf")
    numbers: dict[str, int] = {}
    for line in _told(listing):
        numbers[line.status] = numbers.get(line.status, 0) + 1
        text = " ".join(line.text.split())
        text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        place = _place(file.path, file.source, line.span)
        yield printable(f"{place}: {text}", unicode)
        yield printable(f"    {_say(line, file)}", unicode)
    for one in _elsewhere(listing):
        place = _place(file.path, file.source, one.finding.span)
        yield printable(f"{place}: {one.level}[{one.rule}] {one.finding.message}", unicode)
    total = sum(numbers.values())
    parts = ", ".join(f"{number} {status}" for status, number in sorted(numbers.items()))
    yield f"Found {count(total, 'expression')}" + (f": {parts}." if parts else ".")


def _say(line: Line, file: FileReport) -> str:
    """Say in a line what an expression gives."""
    kind = "" if line.type == types.UNKNOWN else f"{line.type}, "
    said = f"{kind}{line.status}"
    if line.definition is not None and file.source is not None:
        said += f": {_place(file.path, file.source, line.definition)}"
    if line.static is not None:
        said += f" = {line.static}"
    return f"{said}: {line.why}" if line.why else said


def _elsewhere(listing: Listing) -> Iterable[Diagnostic]:
    """Give what is wrong outside of all listed expressions."""
    spans = [one.span for one in listing.outcomes]
    for one in hide_secrets(listing.run).files[0].diagnostics:
        if not any(_touches(one.finding.span, span) for span in spans):
            yield one


def _place(path: str, source: Source, span: Span) -> str:
    position = source.position(source.inside(span).start)
    return f"{path}:{position.line}:{position.column}"


def _json(listing: Listing) -> Iterator[str]:
    from pipelint.report.as_json import range_of, render

    source, path = listing.file.source, listing.file.path
    found = []
    for line in _told(listing):
        target = line.definition and {"path": path, **range_of(line.definition, source)}
        entry: dict[str, Any] = {
            "text": line.text,
            **range_of(line.span, source),
            "type": line.type,
            "status": line.status,
            "target": target or None,
        }
        if line.static is not None:
            entry["value"] = line.static
        if line.why:
            entry["reason"] = line.why
        found.append(entry)
    yield from render(listing.run, expressions=found)
