"""The site as a whole: no dead link, nothing from elsewhere, a page for everything."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from links import Site, external, problems
from pipelint.cli import VERBS
from pipelint.cli.offers import verbs
from pipelint.registry import all_rules
from pipelint.report import docs
from pipelint.report.docs import url_of
from repository import ROOT
from rule_facts import BLOCK, SECTION

pytestmark = pytest.mark.xdist_group("site")
_TAG = re.compile(r"<[^>]+>")


def text_of(page: Path) -> str:
    """Return what a reader sees."""
    return unescape(_TAG.sub("", page.read_text(encoding="utf-8")))


def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    assert sorted(set(problems(site))) == []


def test_links_that_lead_out_are_addresses_of_the_web(site: Site) -> None:
    assert [one for one in external(site) if not re.match(r"https://[\w.-]+\.\w+(/|$)", one)] == []


def test_nothing_asks_for_a_diagram_script(folder: Path) -> None:
    """The theme would load mermaid from elsewhere for an element of this class."""
    asking = [page for page in folder.rglob("*.html") if 'class="mermaid"' in page.read_text()]
    assert asking == []


def test_every_document_is_a_page(site: Site) -> None:
    documents = (
        path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")
    )
    pages = {re.sub(r"(README|index)\.md$|\.md$", _page, one) for one in documents}
    assert sorted(pages - site.files) == []


def _page(match: re.Match[str]) -> str:
    return "index.html" if match[1] else ".html"


# --- rules ---------------------------------------------------------------------------------------


def test_every_rule_has_a_page_where_its_address_says(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    wanted = {url_of(rule.name).removeprefix("https://example.org/") for rule in all_rules()}
    assert sorted(wanted - site.files) == []


def test_the_list_of_rules_has_each_of_them_once(folder: Path) -> None:
    page = (folder / "rules" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<li data-[^>]*><a href="([\w-]+)\.html">\1</a>', page) == [
        rule.name for rule in sorted(all_rules(), key=lambda rule: (rule.family, rule.name))
    ]


def test_page_of_a_rule_shows_what_is_said_about_its_example(folder: Path) -> None:
    text = text_of(folder / "rules" / "needs-cycle.html")
    assert "$ pipelint .vela.yml" in text
    assert (
        "error[needs-cycle]: stages need each other in a ring: `build` → `test` → `build`" in text
    )
    assert "Found 1 error in 1 file." in text


def test_every_example_is_followed_by_its_report(folder: Path) -> None:
    for rule in all_rules():
        sections = dict(SECTION.findall(rule.page + "\n"))
        examples = [one for one in BLOCK.findall(sections.get("Example", "")) if not one[0]]
        text = text_of(folder / "rules" / f"{rule.name}.html")
        assert len(re.findall(rf"^\w+\[{rule.name}\]: ", text, re.MULTILINE)) >= len(examples)
        assert "## " not in text, "a heading that is none"


def test_rule_that_is_off_is_switched_on_for_its_example(folder: Path) -> None:
    text = text_of(folder / "rules" / "missing-pipeline-timeout.html")
    assert "off by default" in text
    assert "$ pipelint --info missing-pipeline-timeout .harness/example.yaml" in text
    assert "info[missing-pipeline-timeout]: " in text


# --- references ----------------------------------------------------------------------------------


def test_every_verb_and_every_flag_is_in_the_reference(site: Site) -> None:
    ids = site.ids["cli.html"]
    assert sorted(set(VERBS) - ids) == []
    named = {f"{verb.name}{max(flag.names, key=len)}" for verb in verbs() for flag in verb.flags}
    assert sorted(one for one in named - ids if not one.endswith("--help")) == []
    assert "rules--since" in ids


@pytest.mark.parametrize(
    "key", ["rules", "overrides.files", "vela.limits.template-depth", "required-version"]
)
def test_keys_of_the_configuration_are_in_the_reference(site: Site, key: str) -> None:
    assert key in site.ids["configuration.html"]


def test_no_mark_is_left_unfilled(folder: Path) -> None:
    left = [page for page in folder.rglob("*.html") if "<!-- made:" in page.read_text()]
    assert left == []


def test_measurements_stand_in_the_comparison(folder: Path) -> None:
    text = text_of(folder / "comparison.html")
    assert "112 of 112" in text
    assert "check-jsonschema" in text
    assert len(re.findall(r"^check-jsonschema$", text, re.MULTILINE)) >= 3
