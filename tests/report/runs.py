"""Runs that every format has to write: one with the worst words, a clean one and an empty one."""

from __future__ import annotations

from typing import Any

from pipelint.diagnostic import BASELINE, IGNORE, Edit, Finding, Fix, Related, Suppression
from pipelint.report.run import Run
from pipelint.source import Source, Span
from report.samples import clean_files, diagnose, file_of, span_of

HIDDEN = "s3cr3t-T0ken-4711"
WORDS = (
    "a`b ](http://x.y) <script>alert('1')</script> | ::error::gone%0A "
    '"q" @all #1 😀 \x1b[31m\u202e'
)
PATH = ".harness/a b#c%é|`.yaml"
CRLF = (
    "pipeline:\r\n"
    "  name: 😀 x\r\n"
    f"  token: {HIDDEN}\r\n"
    "  stages:\r\n"
    "    - step: one\r\n"
    "    - step: two\r\n"
)
VELA = 'version: "1"\nsteps: []\n'


def find(text: str, words: str, message: str, **more: Any) -> Finding:
    return Finding(span_of(text, words), message)._replace(**more)


HOSTILE_FILE = file_of(
    PATH,
    "harness-pipeline",
    CRLF,
    diagnose(
        find(
            CRLF,
            "😀 x",
            f"unknown name `{WORDS}`",
            label=f"line\none {WORDS}",
            help=f"use\r\nanother {WORDS}",
            notes=(f"the token is {HIDDEN}", WORDS),
            related=(
                Related(span_of(CRLF, "token"), f"declared {HIDDEN} | here"),
                Related(span_of(VELA, "steps"), WORDS, "b:c.yml"),
            ),
            fixes=(
                Fix(
                    f"replace `{WORDS}`",
                    (
                        Edit(span_of(CRLF, "😀 x"), "y"),
                        Edit(span_of(CRLF, "  stages"), "  id: 😀\r\n  stages"),
                    ),
                    safe=False,
                ),
                Fix("tell it", (Edit(span_of(CRLF, "😀"), HIDDEN),)),
            ),
        ),
        "bad-name",
        path=PATH,
    ),
    diagnose(
        find(CRLF, "- step: one\r\n    - step: two", "two steps\nat once"),
        "many-steps",
        "warning",
        PATH,
    ),
    diagnose(find(CRLF, "one", "good advice"), "advice", "info", PATH),
    diagnose(find(CRLF, "two", "good advice"), "advice", "info", PATH),
    masked=(span_of(CRLF, HIDDEN),),
)._replace(
    hidden=(
        diagnose(find(CRLF, "two", f"hidden {HIDDEN}"), "bad-name", path=PATH)._replace(
            suppressed=Suppression(IGNORE, f"{WORDS} {HIDDEN}")
        ),
        diagnose(find(CRLF, "one", "known"), "old-name", "warning", PATH)._replace(
            suppressed=Suppression(BASELINE)
        ),
    )
)
WINDOWS_FILE = file_of(
    "C:/Users/me/x y/.vela.yml",
    "vela-pipeline",
    "",
    diagnose(Finding(Span(0, 0), "the file is empty"), "empty", path="C:/Users/me/x y/.vela.yml"),
)
BROKEN_FILE = file_of(
    ".vela.yml",
    "vela-pipeline",
    VELA,
    diagnose(
        find(VELA, "v", "internal error in rule `x` on this file", notes=("KeyError: '<x>'",)),
        "internal-error",
        path=".vela.yml",
    ),
)
UNREAD_FILE = file_of("gone\n::error::.yml", "unknown", None, note="no such <file>")._replace(
    failed=True
)
UNCHECKED_FILE = file_of("deploy/.vela.yml", "unknown", None, note="a Starlark template")
HOSTILE = Run(
    (WINDOWS_FILE, UNREAD_FILE, HOSTILE_FILE, UNCHECKED_FILE, BROKEN_FILE),
    sources={"b:c.yml": Source(VELA)},
)
SHOWN = HOSTILE._replace(show_hidden=True)
CLEAN = Run((*clean_files("vela-pipeline", 1), *clean_files("harness-pipeline", 1), UNCHECKED_FILE))
EMPTY = Run(())
RUNS = {"hostile": HOSTILE, "clean": CLEAN, "empty": EMPTY}
