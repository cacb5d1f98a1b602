"""A credential in a pipeline is reported, and never shown: the whole way, from text to report."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from linting import checked, lint
from pipelint.report import FORMATS, renderer, statistics
from pipelint.report.run import FileReport, Run, parted
from pipelint.report.terminal import PLAIN
from report.samples import lines

HIDDEN = "zX8rtk-27mqv-Ow4n"
TOKEN = "ghp_" + "Ab3dEf9hIj" * 3 + "Kl5nOp"
VELA = f"""\
version: "1"
steps:
  - name: publish
    image: alpine:3.22
    pull: {TOKEN}
    environment:
      REGISTRY_PASSWORD: {HIDDEN}  # {TOKEN}
    commands: [./publish.sh]
"""
HARNESS = f"""\
template:
  name: publish
  identifier: {TOKEN}-
  versionLabel: v1
  type: Step
  spec:
    type: Run
    spec:
      shell: {HIDDEN}
      command: curl -k https://ci:{HIDDEN}@example.com/
      envVariables: {{REGISTRY_PASSWORD: {HIDDEN}}}
"""
BROKEN = VELA.replace("commands: [./publish.sh]", "commands: [./publish.sh")
IGNORED = VELA.replace(f"# {TOKEN}", f"# pipelint: ignore[literal-credential] {HIDDEN} is {TOKEN}")
TEXTS = {"vela": VELA, "harness": HARNESS, "broken": BROKEN, "ignored": IGNORED}
FORMS = [*FORMATS, "statistics"]


def write(form: str, run: Run) -> str:
    """Write a run, with all that is hidden."""
    render = statistics.render if form == "statistics" else renderer(form)
    return lines(render(run._replace(show_hidden=True), PLAIN))


def report(text: str, **settings: Any) -> Run:
    found = checked(text, **settings)
    file = FileReport(
        found.source.path,
        found.kind,
        found.checked,
        found.source,
        found.diagnostics,
        masked=found.masked,
    )
    return Run((parted(file),))


@pytest.mark.parametrize(("text", "form"), list(itertools.product(TEXTS, FORMS)))
def test_no_format_shows_it(text: str, form: str) -> None:
    written = write(form, report(TEXTS[text]))
    assert "literal-credential" in written
    assert HIDDEN[:8] not in written
    assert TOKEN[:8] not in written


@pytest.mark.parametrize("form", FORMS)
def test_nor_where_the_rule_is_off(form: str) -> None:
    written = write(form, report(VELA, levels={"literal-credential": "off"}))
    assert HIDDEN not in written
    assert TOKEN not in written


def test_it_is_covered_exactly() -> None:
    found = [one.finding for one in lint(VELA) if one.rule == "literal-credential"]
    covered = [VELA[one.span.start : one.span.end] for one in found]
    assert covered == [TOKEN, HIDDEN, TOKEN]
    assert not any(HIDDEN in str(one) or TOKEN in str(one) for one in found)


def test_the_fingerprint_does_not_hold_it() -> None:
    marks = [one.fingerprint for one in lint(HARNESS)]
    assert all(len(mark) == 16 for mark in marks)
