"""What MkDocs calls while it builds the site: makes the pages that nobody writes by hand.

Nothing that is made is kept in the repository: a page of the site is as true as the code it is
built from.
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import commands
import configuration
import measurements
import rule_index
import rule_pages
from console_html import colour_consoles
from rule_facts import all_facts

MARKS = {
    "<!-- made: keys of the configuration -->": configuration.keys,
    "<!-- made: reference of the command line -->": commands.reference,
    "<!-- made: speed beside other tools -->": measurements.speed,
    "<!-- made: verdicts of Vela -->": measurements.verdicts,
}
"""Lines of a page that are replaced by what a function writes."""

BORROWED = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/RESULTS.md": "measurements.md",
    "examples/README.md": "examples.md",
    "vscode-extension/README.md": "editors/vscode.md",
}
"""Documents that stand elsewhere in the repository, and the pages that they become."""

BROUGHT = "repository"
"""The folder of the site for other files of the repository that a page links to."""

_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")
_FENCE_OR_LINK = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<before>\]\()(?!\w+:|#)(?P<target>[^)#\s]+)",
    re.MULTILINE | re.DOTALL,
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out what needs to know where the site will stand: that is for who serves it to say."""
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the rules, their list, and what is borrowed."""
    every = all_facts()
    pages = {f"rules/{facts.rule.name}.md": rule_pages.page(facts) for facts in every}
    pages["rules/index.md"] = rule_index.index(every)
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    root = os.path.dirname(config.config_file_path)
    for source, path in BORROWED.items():
        with open(os.path.join(root, source), encoding="utf-8") as file:
            files.append(File.generated(config, path, content=file.read()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in what is made, and let links into the repository lead to where that is in the site."""
    for mark, make in MARKS.items():
        if mark in markdown:
            markdown = markdown.replace(mark, make())
    path = page.file.src_uri
    if path.startswith("rules/"):
        return markdown
    links = Links(path, os.path.dirname(config.config_file_path), config, files)
    return colour_consoles(_FENCE_OR_LINK.sub(links.follow, _with_bars(markdown)))


def _with_bars(markdown: str) -> str:
    """Take the backslash from bars in the code of tables: other readers need it, here it shows."""

    def mend(row: re.Match[str]) -> str:
        return _CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0])

    return _ROW.sub(mend, markdown)


class Links(NamedTuple):
    """The links of one page. `root` is the folder of the repository."""

    page: str
    root: str
    config: MkDocsConfig
    files: Files

    def follow(self, match: re.Match[str]) -> str:
        """Return a link as it is to be in the site; what stands in a fence is left alone."""
        if match["fence"]:
            return match[0]
        written = next((one for one, made in BORROWED.items() if made == self.page), "")
        folder = posixpath.dirname(written or f"docs/{self.page}")
        target = posixpath.normpath(posixpath.join(folder, match["target"]))
        here = posixpath.dirname(self.page) or "."
        return match["before"] + posixpath.relpath(self._place_of(target), here)

    def _place_of(self, target: str) -> str:
        """Return where a document of the repository stands in the site; bring other files along."""
        if target in BORROWED or target.startswith("docs/"):
            return BORROWED.get(target, target.removeprefix("docs/"))
        path = os.path.join(self.root, target)
        if not os.path.isfile(path):
            return target
        place = f"{BROUGHT}/{target}"
        if self.files.get_file_from_path(place) is None:
            self.files.append(File.generated(self.config, place, abs_src_path=path))
        return place
