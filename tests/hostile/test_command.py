"""The whole command on hostile files: bytes that are no text, and reports that could be endless."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from hostile.texts import SETS
from hostile.writing import MEMORY, SECONDS, SIZE, STEPS, step
from repository import pipelint

LIMITED = (
    "import resource, sys; from pipelint.cli import main;"
    f" resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); sys.exit(main())"
)

TEXT = STEPS + step("commands: [go test ./...]") * 13_000

BYTES = {
    "no UTF-8": b"\xff" * SIZE,
    "no UTF-8 at the end": TEXT.encode() + b"a: \xc3\x28\n",
    "half a letter at the end": TEXT.encode() + "ä".encode()[:1],
    "lone surrogates": b"a: \xed\xa0\x80\n" * 100_000,
    "overlong letters": b"a: \xc0\xaf\n" * 100_000,
    "NULs": b"\0" * SIZE,
    "all bytes": bytes(range(256)) * (SIZE // 256),
    "UTF-16, little end first": TEXT.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-16 without a mark": TEXT.encode("utf-16-le"),
    "half of UTF-16": TEXT.encode("utf-16")[:-1],
    "UTF-32": TEXT.encode("utf-32"),
    "a mark and nothing": b"\xef\xbb\xbf",
    "nothing": b"",
    "a gzip": b"\x1f\x8b\x08\x00" + bytes(range(255, -1, -1)) * 3_000,
}

TALKATIVE = [
    ("nested", "empty maps"),
    ("shared", "50 000 anchors of one name"),
    ("pipelines", "stages renamed to one"),
    ("pipelines", "unknown keys near to known ones"),
    ("pipelines", "values that are not listed"),
    ("patterns", "ignores behind values"),
    ("broken", "combining marks"),
]

pytestmark = [
    pytest.mark.xdist_group("hostile"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs limits of memory"),
]


def check(data: bytes, folder: Path, output_format: str) -> str:
    """Run the command on a file, with a limit of memory, and return what it prints."""
    (folder / ".vela.yml").write_bytes(data)
    arguments = ("--no-config", "--output-format", output_format, ".vela.yml")
    begin = time.perf_counter()
    done = pipelint(*arguments, cwd=folder, command=(sys.executable, "-c", LIMITED))
    spent = time.perf_counter() - begin
    assert done.returncode in {0, 1}, done.stderr
    assert spent < SECONDS
    return done.stdout


@pytest.mark.parametrize("name", BYTES)
def test_any_bytes_are_answered(name: str, tmp_path: Path) -> None:
    report = json.loads(check(BYTES[name], tmp_path, "json"))
    assert [file["path"] for file in report["files"]] == [".vela.yml"]
    assert "internal-error" not in {one["rule"] for one in report["diagnostics"]}


@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
@pytest.mark.parametrize(("name", "title"), TALKATIVE, ids=lambda word: word.replace(" ", "-"))
def test_no_report_is_endless(name: str, title: str, output_format: str, tmp_path: Path) -> None:
    said = check(SETS[name][title]().encode("utf-8", "replace"), tmp_path, output_format)
    assert "findings of this rule are not shown" in said
    assert len(said) < 5_000_000
