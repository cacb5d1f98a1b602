"""Files are replaced whole, and stay what they are besides."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipelint.fixing.stored import UnwritableError, replace, stored

TEXT = "a: ä 🙂\r\nb: 1\n\rc: \u2028"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xef\xbb\xbf" * 2 + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xfe\xff\xfe\xff" + TEXT.encode("utf-16-be"),
        b"",
        b"\xef\xbb\xbf",
    ],
)
def test_a_text_goes_back_into_the_same_bytes(data: bytes) -> None:
    read = stored(data)
    assert read.encoded(read.text) == data
    assert (
        read.encoded("x" + read.text)
        == read.head + "x".encode(read.encoding) + data[len(read.head) :]
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yml"
    path.write_bytes(b"old\r\n")
    return path


def test_the_mode_stays(file: Path) -> None:
    file.chmod(0o751)
    replace(str(file), b"old\r\n", b"new\r\n", str(file.parent))
    assert file.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o751
    assert os.listdir(file.parent) == ["a.yml"]


def test_a_link_stays_and_its_target_is_replaced(file: Path) -> None:
    link = file.parent / "link.yml"
    link.symlink_to("a.yml")
    replace(str(link), b"old\r\n", b"new", str(file.parent))
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def refusal(file: Path, before: bytes, root: Path) -> str:
    content = file.read_bytes()
    with pytest.raises(UnwritableError) as refused:
        replace(str(file), before, b"new", str(root))
    assert file.read_bytes() == content
    assert [path.name for path in file.resolve().parent.iterdir() if path.suffix == ".tmp"] == []
    return str(refused.value)


def test_nothing_outside_the_root_is_written(file: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    link = root / "link.yml"
    link.symlink_to(file)
    assert refusal(link, b"old\r\n", root).startswith("leads out of ")


def test_read_only_files_stay(file: Path) -> None:
    file.chmod(0o444)
    assert refusal(file, b"old\r\n", file.parent) == "is read-only"


def test_what_somebody_else_has_changed_stays(file: Path) -> None:
    assert refusal(file, b"older", file.parent) == "has changed meanwhile"
