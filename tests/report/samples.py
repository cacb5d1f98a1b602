"""Small runs to report on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelint.diagnostic import (
    BASELINE,
    IGNORE,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Related,
    Suppression,
)
from pipelint.report.run import FileReport, Run
from pipelint.source import Source, Span

HARNESS = """\
pipeline:
  identifier: checkout
  stages:
    - stage:
        identifier: build
        type: CI
        spec:
          execution:
            steps:
              - step:
                  identifier: unit_tests
                  type: Rnu
"""
VELA = """\
version: "1"

secrets:
  - name: docker_username

steps:
  - name: publish
    image: target/vela-docker:latest
    secrets: [docker_usrname]
"""
HARNESS_PATH = ".harness/checkout.yaml"


def span_of(text: str, words: str) -> Span:
    """Find where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def replace(text: str, words: str, new: str, *, safe: bool = True) -> Fix:
    return Fix(f"replace `{words}` with `{new}`", (Edit(span_of(text, words), new),), safe)


def diagnose(
    finding: Finding, rule: str = "some-rule", level: str = "error", path: str = "a.yml"
) -> Diagnostic:
    return Diagnostic(path, rule, level, finding, fingerprint=f"{rule}-1")


def file_of(
    path: str,
    kind: str,
    text: str | None,
    *diagnostics: Diagnostic,
    note: str | None = None,
    masked: tuple[Span, ...] = (),
) -> FileReport:
    """Make a checked file, or with a note (even an empty one) a file that is not checked."""
    return FileReport(
        path=path,
        kind=kind,
        checked=note is None,
        source=None if text is None else Source(text),
        diagnostics=diagnostics,
        note=note or "",
        masked=masked,
    )


def vela_file(text: str, *findings: Finding, masked: tuple[Span, ...] = ()) -> FileReport:
    """Make a file `a.yml` in which `some-rule` found errors."""
    diagnostics = (diagnose(finding) for finding in findings)
    return file_of("a.yml", "vela-pipeline", text, *diagnostics, masked=masked)


def run_of(text: str, *findings: Finding, masked: tuple[Span, ...] = ()) -> Run:
    return Run((vela_file(text, *findings, masked=masked),))


def clean_files(kind: str, number: int) -> Iterator[FileReport]:
    for index in range(number):
        yield file_of(f"clean/{kind}-{index}.yml", kind, "")


def hide(file: FileReport, *by: Suppression) -> FileReport:
    """Hide as many findings in a file as there are suppressions, each at its first character."""
    hidden = [
        diagnose(Finding(Span(0, 1), "a known mistake"), "known", path=file.path)._replace(
            suppressed=one
        )
        for one in by
    ]
    return file._replace(hidden=tuple(hidden))


def lines(rendered: Iterable[str]) -> str:
    """Join a report as the command line writes it."""
    return "".join(f"{line}\n" for line in rendered)


STEP_TYPE = Finding(
    span_of(HARNESS, "Rnu"),
    "unknown step type `Rnu` in a CI stage",
    label="not a CI step type",
    help="a step type with a similar name exists: `Run`",
    related=(Related(span_of(HARNESS, "type: CI"), "CI stage"),),
    fixes=(replace(HARNESS, "Rnu", "Run"),),
)
SECRET = Finding(
    span_of(VELA, "docker_usrname"),
    "step `publish` uses secret `docker_usrname`, which is not declared",
    label="not declared under `secrets:`",
    related=(Related(span_of(VELA, "docker_username"), "similar secret declared here"),),
    fixes=(replace(VELA, "docker_usrname", "docker_username"),),
)
TAG = Finding(
    span_of(VELA, "latest"),
    "image `target/vela-docker:latest` uses a tag that can change",
    label="pin a version or a digest",
)
HARNESS_FILE = file_of(
    HARNESS_PATH,
    "harness-pipeline",
    HARNESS,
    diagnose(STEP_TYPE, "unknown-step-type", path=HARNESS_PATH),
)
VELA_FILE = file_of(
    ".vela.yml",
    "vela-pipeline",
    VELA,
    diagnose(SECRET, "undefined-secret", path=".vela.yml"),
    diagnose(TAG, "mutable-image-tag", "warning", path=".vela.yml"),
)
TEMPLATE = file_of("deploy/.vela.yml", "unknown", "def main(ctx):\n", note="a Starlark template")
IGNORED = Suppression(IGNORE, "the server takes it")
KNOWN = Suppression(BASELINE)
MIXED = Run(
    (
        hide(VELA_FILE, IGNORED, IGNORED),
        *clean_files("vela-pipeline", 2),
        hide(HARNESS_FILE, IGNORED),
        TEMPLATE,
    )
)
"""Two files with findings and two without, in no order; one is not checked."""
