"""The parser of the command line: what each flag is called, and what its help says."""

from __future__ import annotations

import argparse
import os
from typing import Any, NoReturn

from pipelint.cli.arguments import AUTO, NEVER, UsageError, similar
from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.report import FORMATS

USUAL_COLUMNS = 80
EXAMPLES = """examples:
  pipelint                          check this repository
  pipelint .vela.yml                check one file
  pipelint --fix .vela.yml          repair what can be repaired
  pipelint explain needs-cycle      what a rule means
"""


class Help(argparse.RawDescriptionHelpFormatter):
    """Writes help as wide as the terminal. argparse makes one for every check of an argument."""

    def __init__(self, prog: str) -> None:
        # Left to itself it imports shutil with all its compressions: a tenth of a cold start.
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size().columns or USUAL_COLUMNS
    except (OSError, ValueError):
        return USUAL_COLUMNS


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that every mistake is told in one way."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; of the flags that nobody knows, the first is told."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            flag = str(unknown[0]).split("=", maxsplit=1)[0]
            raise UsageError(f"unknown flag `{flag}`", similar("flag", flag, self.flags()))
        return options

    def flags(self) -> list[str]:
        """Return the long flags."""
        return [flag for flag in self._option_string_actions if flag.startswith("--")]

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = list(action.choices or ())
        if choices and value not in choices:
            flag = max(action.option_strings, key=len)
            known = ", ".join(f"`{choice}`" for choice in choices)
            hint = similar("value", str(value), choices) or f"`{flag}` takes {known}"
            raise UsageError(f"unknown value `{value}` for `{flag}`", hint)

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting: a flag stands without its value."""
        flag = message.removeprefix("argument ").split(":", maxsplit=1)[0].split("/")[-1]
        said = "expected one argument" in message
        raise UsageError(f"`{flag}` needs a value" if said else message)


class Names(argparse.Action):
    """Gather names: the flag may be repeated, and each value may hold several with commas."""

    def __call__(
        self, parser: Any, namespace: Any, values: Any, option_string: str | None = None
    ) -> None:
        """Add what one flag names."""
        del parser, option_string
        before = getattr(namespace, self.dest) or ()
        named = tuple(name.strip() for name in values.split(",") if name.strip())
        setattr(namespace, self.dest, (*before, *named))


def make_parser() -> Parser:
    """Make the parser of `pipelint [PATH…]`."""
    parser = Parser(
        prog="pipelint",
        description="Check Harness and Vela pipelines before they run.",
        usage="pipelint [OPTIONS] [PATH]...\n"
        "       pipelint {init,baseline,explain,rules,expressions,graph,...} ...",
        epilog=EXAMPLES,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files or folders; `-` is standard input")
    add("-V", "--version", action="store_true", help="print the version (-v: also of what it uses)")
    _add_rules(parser)
    _add_fixes(parser)
    _add_input(parser)
    _add_output(parser)
    _add_configuration(parser)
    _add_speed(parser)
    return parser


def _add_rules(parser: Parser) -> None:
    add = parser.add_argument_group("rules").add_argument
    add("--select", action=Names, metavar="RULE", help="check only these rules, families or `all`")
    add("--ignore", action=Names, metavar="RULE", help="switch rules off")
    add("--error", action=Names, metavar="RULE", help="report rules as errors")
    add("--warn", action=Names, metavar="RULE", help="report rules as warnings")
    add("--info", action=Names, metavar="RULE", help="report rules as advice")
    levels = (ERROR, WARNING, INFO, NEVER)
    add("--fail-on", choices=levels, help="lowest level that fails the run (default: error)")
    add("--exit-zero", action="store_true", help="exit with 0 also when something was found")
    add("--no-ignores", action="store_true", help="show findings that comments or a baseline hide")
    add("--no-baseline", action="store_true", help="show findings that a baseline hides")


def _add_fixes(parser: Parser) -> None:
    add = parser.add_argument_group("fixes").add_argument
    add("--fix", action="store_true", help="apply safe fixes")
    add("--unsafe-fixes", action="store_true", help="also those that may change what works today")
    add("--diff", action="store_true", help="print what --fix would change, change nothing")


def _add_input(parser: Parser) -> None:
    add = parser.add_argument_group("input").add_argument
    add("--kind", metavar="KIND", help="treat the files as this kind, such as `vela-pipeline`")
    add("--stdin-filename", metavar="PATH", help="name of the file given on standard input")
    add("--exclude", action=Names, metavar="GLOB", help="skip matching files")
    add("--root", metavar="DIR", help="folder that is never left (default: the git work tree)")
    add("--allow-empty", action="store_true", help="exit with 0 when there is nothing to check")
    add("--list-files", action="store_true", help="print the files that would be checked")
    add("--why", action="store_true", help="with --list-files: also those that are not, and why")


def _add_output(parser: Parser) -> None:
    add = parser.add_argument_group("output").add_argument
    add("--output-format", choices=tuple(FORMATS), help="default: full")
    add("--report", action="append", metavar="FORMAT=FILE", help="write FILE besides (repeatable)")
    show, hide = "--show-suppressed", "--hide-suppressed"
    add(show, action="store_true", default=None, help="list what comments and the baseline hide")
    add(hide, action="store_false", dest="show_suppressed", help="leave it out of `sarif` as well")
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("--color", choices=("auto", "always", "never"), help="default: auto")
    add("-q", "--quiet", action="count", help="only findings; twice: only the exit code")
    add("-v", "--verbose", action="store_true", help="say which configuration and which parser")


def _add_configuration(parser: Parser) -> None:
    add = parser.add_argument_group("configuration").add_argument
    add("--config", metavar="FILE", help="use only this file")
    add("--no-config", action="store_true", help="ignore all configuration")
    add("--show-settings", action="store_true", help="print the settings that hold for PATH")


def _jobs(value: str) -> int:
    if value == "auto":
        return AUTO
    if not (value.isascii() and value.isdecimal() and int(value)):
        hint = "give the number of processes, or `auto`"
        raise UsageError(f"`{value}` is no value for `--jobs`", hint)
    return int(value)


def _add_speed(parser: Parser) -> None:
    add = parser.add_argument_group("speed").add_argument
    add("--watch", action="store_true", help="check again whenever something changes")
    add("--jobs", type=_jobs, metavar="N", help="processes that check (default: auto)")
    add("--no-cache", action="store_true", help="neither read nor write what was found before")
    add("--cache-dir", metavar="DIR", help="keep it there (default: .pipelint_cache at the root)")
