"""Why a text is, or is not, treated as a pipeline: for the status item of an editor."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.engine import UNKNOWN
from pipelint.yaml.events import parser_name
from pipelint_lsp.features.diagnostics import shown
from pipelint_lsp.snapshot import Snapshot

_KINDS = {"harness": "Harness", "vela": "Vela"}


class Status(NamedTuple):
    """What is made of a text. `parser` names the YAML parser, `config` the configuration."""

    kind: str
    checked: bool
    reason: str
    problems: int
    suppressed: int
    parser: str
    config: str = ""


def status(snapshot: Snapshot, config: str = "") -> Status:
    """Say what a text is, and why."""
    checked = snapshot.checked
    found = shown(snapshot)
    hidden = sum(1 for one in checked.diagnostics if one.suppressed)
    parser = parser_name()
    return Status(
        checked.kind, checked.checked, _reason(snapshot), len(found), hidden, parser, config
    )


def _reason(snapshot: Snapshot) -> str:
    checked = snapshot.checked
    if checked.kind == UNKNOWN:
        return checked.note or "not a pipeline: neither its path nor what stands in it says so"
    dialect, _, what = checked.kind.partition("-")
    name = f"{_KINDS.get(dialect, dialect)} {what.replace('-', ' ')}"
    return f"{name}: {checked.note}" if checked.note else name
