"""What the pages of `docs/ci` show is whole, valid, and found clean by pipelint itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ci_recipes.pages import PAGES, fits, judge, shown, shown_with_page
from pipelint.report import FORMATS
from repository import ROOT, pipelint

RECIPES = [*shown_with_page("harness.md"), *shown_with_page("vela.md")]
SCHEMAS = {
    "github.md": "github-workflows",
    "gitlab.md": "gitlab-ci",
    "other.md": "azure-pipelines",
}
_SCRIPT = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_REPORT = re.compile(r"--report (\w+)=")
PLACEHOLDERS = {"git.example.com/tools/pipelint", "registry.example.com/tools/pipelint"}


def test_there_are_recipes_for_both_platforms() -> None:
    assert [name for _, name, _ in RECIPES] == [
        ".harness/check_pipelines.yaml",
        ".harness/check_pipelines.yaml",
        ".vela.yml",
    ]


@pytest.mark.parametrize(("_number", "name", "text"), RECIPES)
def test_a_recipe_is_clean_under_every_rule(
    tmp_path: Path, _number: str, name: str, text: str
) -> None:
    assert check_with_every_rule(tmp_path, name, text) == (0, [])


@pytest.mark.parametrize(("_number", "name", "text"), RECIPES)
def test_a_spoilt_recipe_is_not(tmp_path: Path, _number: str, name: str, text: str) -> None:
    spoilt = re.sub(r"image: (\S+):\S+", r"image: \1", text)
    code, lines = check_with_every_rule(tmp_path, name, spoilt)
    assert code == 1
    assert ["info[floating-image]" in line for line in lines] == [True]


@pytest.mark.parametrize("page", SCHEMAS)
def test_other_files_are_what_their_platform_expects(tmp_path: Path, page: str) -> None:
    files = shown(page)
    assert files
    for number, (name, text) in enumerate(files):
        path = tmp_path / f"{number}-{Path(name).name}"
        path.write_text(text, encoding="utf-8")
        more = ["--data-transform", "gitlab-ci"] if page == "gitlab.md" else []
        fits(path, SCHEMAS[page], *more)


def test_workflows_are_safe(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(shown("github.md")):
        path = tmp_path / str(number) / name
        path.parent.mkdir(parents=True)
        path.write_text(pinned(text), encoding="utf-8")
    code, said = judge("zizmor", "--offline", "--no-progress", "--quiet", tmp_path)
    assert (code, said[:22]) == (0, "No findings to report.")


def test_scripts_of_recipes_are_sound() -> None:
    blocks = [
        block for page in PAGES.glob("*.md") for block in _SCRIPT.findall(page.read_text("utf-8"))
    ]
    assert blocks
    for block in blocks:
        assert judge("shellcheck", "--shell=sh", "-", given=block) == (0, "")


def test_pages_name_the_version_that_there_is() -> None:
    version = pipelint("--version", cwd=ROOT).stdout.split()[1]
    for page in PAGES.glob("*.md"):
        named = re.findall(r"(?:[:@/-]|rev: )v?(\d+\.\d+\.\d+)", page.read_text("utf-8"))
        assert set(named) == ({version} if "example" in page.read_text("utf-8") else set()), (
            page.name
        )


def test_pages_use_only_the_placeholders_that_the_index_explains() -> None:
    for page in PAGES.glob("*.md"):
        named = re.findall(r"\w+\.example\.com/tools/\w+", page.read_text("utf-8"))
        assert set(named) <= PLACEHOLDERS, page.name
    index = (PAGES / "README.md").read_text("utf-8")
    assert all(f"`{name}" in index for name in PLACEHOLDERS)


def test_pages_name_reports_that_there_are() -> None:
    named = [
        name for page in PAGES.glob("*.md") for name in _REPORT.findall(page.read_text("utf-8"))
    ]
    assert {"gitlab", "junit", "sarif"} <= set(named) <= {*FORMATS, "FORMAT"}


def test_the_index_names_every_page() -> None:
    index = (PAGES / "README.md").read_text("utf-8")
    pages = {page.name for page in PAGES.glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def check_with_every_rule(folder: Path, name: str, text: str) -> tuple[int, list[str]]:
    (folder / ".git").mkdir()
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    strict = ("--select", "all", "--fail-on", "info", "--output-format", "concise")
    done = pipelint(*strict, cwd=folder)
    return done.returncode, done.stdout.splitlines()


def pinned(text: str) -> str:
    """Write a commit for each tag: people read tags, zizmor wants commits."""
    return re.sub(r"@v[\d.]+", f"@{'0123456789' * 4}", text)
