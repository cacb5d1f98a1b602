"""The hook `pipelint`, for which pre-commit installs the repository that offers it.

What the page shows of a refused commit is what it prints; `pytest tests/commit_hooks --update`
writes it down.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from commit_hooks.repository_with_hooks import BROKEN, GOOD, PAGE, Repository, shown_hooks
from package_index import succeed

pytestmark = pytest.mark.xdist_group("hooks")

HOOK = "- id: pipelint"
ON_THE_PAGE = GOOD.replace("image:", "imgae:")
_TRANSCRIPT = re.compile(
    r'(?<=^```text\n\$ git commit -m "Test with Go 1\.24"\n).*?(?=^```$)', re.MULTILINE | re.DOTALL
)


@pytest.fixture
def repository(bare: Repository, offered: Path) -> Repository:
    """Make a repository with the hook; skip where there is no index to install from."""
    bare.configure(HOOK, offered)
    succeed(bare.install())
    return bare


def test_a_good_pipeline_is_committed(repository: Repository) -> None:
    repository.stage({".vela.yml": GOOD})
    done = repository.commit()
    assert (done.stdout.endswith("Passed\n"), done.returncode) == (True, 0)


def test_a_mistake_fails_the_commit(repository: Repository) -> None:
    repository.stage({".vela.yml": BROKEN})
    done = repository.commit()
    assert "error[missing-image]: step `test` has no image\n --> .vela.yml:3:11\n" in done.stdout
    assert done.returncode == 1


def test_it_does_not_need_a_pipelint_on_the_path(repository: Repository) -> None:
    path = {"PATH": os.defpath}
    repository.environ = {**repository.environ, **path}
    repository.stage({".vela.yml": BROKEN})
    assert "missing-image" in repository.commit().stdout


def test_the_page_shows_what_is_printed(repository: Repository, update: bool) -> None:
    repository.stage({".vela.yml": ON_THE_PAGE})
    printed = repository.commit().stdout.rstrip() + "\n"
    text = PAGE.read_text(encoding="utf-8")
    shown = _TRANSCRIPT.sub(lambda _: printed, text)
    if update:
        PAGE.write_text(shown, encoding="utf-8")
    assert "- hook id: pipelint\n" in text
    assert text == shown


def test_every_shown_hook_is_understood(bare: Repository, offered: Path) -> None:
    assert len(shown_hooks()) >= 3
    for hook in shown_hooks():
        bare.configure(hook, offered)
        done = bare.pre_commit("validate-config", ".pre-commit-config.yaml")
        assert (done.returncode, done.stdout) == (0, "")
