"""No literal credential is written down: what tells one is found out anew in each run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cached import FILES, caches, forgetful, remembering, write
from report.test_credentials import HIDDEN, TEXTS, TOKEN

PLACES = {"vela": "a1/.vela.yml", "broken": "a1/.vela.yml", "ignored": "a1/.vela.yml"}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_credential_is_written_down(tmp_path: Path, name: str, jobs: str) -> None:
    write(tmp_path, FILES)
    write(tmp_path, {PLACES.get(name, ".harness/secret.yaml"): TEXTS[name]})
    expected = forgetful(tmp_path, "--show-suppressed")
    for _ in range(2):
        assert remembering(tmp_path, "--show-suppressed", "--jobs", jobs) == expected
    (path,) = caches(tmp_path)
    written = path.read_bytes()
    assert len(written) > 5_000
    for secret in (HIDDEN, TOKEN):
        assert secret.encode() not in written
        assert secret[:12].encode() not in written


def test_a_credential_that_nothing_tells_does_no_harm(tmp_path: Path) -> None:
    text = FILES["a1/.vela.yml"] + f"    environment: {{REGISTRY_PASSWORD: {HIDDEN}}}\n"
    write(tmp_path, FILES | {"a1/.vela.yml": text})
    expected = forgetful(tmp_path)
    assert "*" * len(HIDDEN) in expected[1]
    assert remembering(tmp_path) == expected
    assert remembering(tmp_path) == expected
    assert HIDDEN.encode() not in caches(tmp_path)[0].read_bytes()
