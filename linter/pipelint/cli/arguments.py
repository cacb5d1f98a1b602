"""What may stand on the command line of a check."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.cli.streams import Streams
from pipelint.diagnostic import ERROR

NEVER = "never"
AUTO = 0
"""As a number of processes: as many as pay."""
COMMANDS = (
    "baseline",
    "catalogue",
    "check",
    "completion",
    "explain",
    "expressions",
    "graph",
    "init",
    "rules",
    "schema",
    "server",
)


class UsageError(Exception):
    """The arguments are off; `help` says what would be right."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


def similar(thing: str, word: str, known: Sequence[str]) -> str:
    """Say that there is a flag, a value or a command with a name near to a word; else nothing."""
    from pipelint.name import nearest

    near = nearest(word, known, 1)
    return f"a {thing} with a similar name exists: `{near[0]}`" if near else ""


class Options:
    """What a check is asked to do, and what holds where nothing is said."""

    allow_empty = False
    cache_dir: str | None = None
    color = "auto"
    config: str | None = None
    diff = False
    error: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exit_zero = False
    fail_on = ERROR
    fix = False
    ignore: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    jobs = AUTO
    kind = ""
    list_files = False
    no_baseline = False
    no_cache = False
    no_config = False
    no_ignores = False
    output_format = "full"
    quiet = 0
    report: list[str] | None = None
    root: str | None = None
    select: tuple[str, ...] = ()
    show_settings = False
    show_suppressed: bool | None = None
    statistics = False
    stdin_filename = ""
    unsafe_fixes = False
    verbose = False
    version = False
    warn: tuple[str, ...] = ()
    watch = False
    why = False

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = list(paths)


def parse(argv: Sequence[str], streams: Streams) -> Options | None:
    """Read the arguments; None when help was asked for and given. Raises UsageError."""
    if not any(argument.startswith("-") and argument != "-" for argument in argv):
        return Options(argv)  # as most runs; argparse would be a tenth of their cold start
    from pipelint.cli.parser import make_parser

    parser = make_parser()
    if "-h" in argv or "--help" in argv:
        streams.write(parser.format_help().splitlines())
        return None
    options: Options = parser.parse_args(argv, Options(()))
    return options
