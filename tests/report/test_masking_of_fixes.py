"""A fix that would write a credential is not offered: masked it would put stars into the file."""

from __future__ import annotations

import pipelint
from linting import checked
from pipelint.diagnostic import Diagnostic
from pipelint.report.masking import hide_in_diagnostics

SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
TEXT = f"""\
version: "1"
steps:
  - name: push
    image: alpine:3.22
    commands:
      - 'git clone https://x: {SECRET}@example.com/a'
      - echo token: {SECRET}
"""


def shown() -> list[Diagnostic]:
    found = checked(TEXT)
    assert found.masked
    return hide_in_diagnostics(found.diagnostics, TEXT, found.masked)


def test_the_fix_is_there_and_would_write_it() -> None:
    fixes = [fix for one in checked(TEXT).diagnostics for fix in one.finding.fixes]
    assert any(SECRET in edit.text for fix in fixes for edit in fix.edits)


def test_no_fix_writes_a_credential_or_stars() -> None:
    edits = [edit.text for one in shown() for fix in one.finding.fixes for edit in fix.edits]
    assert not [text for text in edits if SECRET in text or "***" in text]


def test_python_is_told_no_credential() -> None:
    assert SECRET not in repr(pipelint.check_text(TEXT, ".vela.yml"))
