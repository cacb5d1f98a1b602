"""Texts that are no YAML before Go has rendered them: how they are read."""

from __future__ import annotations

import pytest

from linting import checked
from pipelint.vela.dialect import TEMPLATED

STEPS = "steps:\n  - name: a\n    image: alpine:3.22\n    pull: maybe\n"
PIPELINE = f'version: "1"\n{STEPS}'
RENDERED = [
    "metadata:\n  template: true\n"
    + STEPS
    + "    {{ range .all }}\n    x: {{ . }}\n    {{ end }}\n",
    'version: "1"\n{{ if .build }}\n' + STEPS + "{{ end }}\n",
    PIPELINE + '  - name: "{{ .x }}"\n    image: [{{ .y }}\n',
    "---\n" + PIPELINE + '{{- block "more" . }}\n',
    PIPELINE + "    x: y: {{ z }}\n",
]
NOT_RENDERED = PIPELINE + "---\nother:\n  - x: y: {{ z }}\n"
"""Vela reads the first document alone."""


@pytest.mark.parametrize("text", [*RENDERED, NOT_RENDERED])
def test_a_path_says_no_more_than_the_text(text: str) -> None:
    by_path, by_text = checked(text, ".vela.yml"), checked(text, "ci/build.yml")
    assert (by_path.kind, by_path.note) == (by_text.kind, by_text.note)
    named, found = ([each.finding for each in one.diagnostics] for one in (by_path, by_text))
    assert named == found
    assert named


@pytest.mark.parametrize("text", RENDERED)
def test_what_was_left_out_is_said(text: str) -> None:
    assert checked(text, ".vela.yml").note == TEMPLATED


def test_what_vela_does_not_read_is_not_rendered() -> None:
    assert not checked(NOT_RENDERED, ".vela.yml").note
