"""Check the links of a built site: `python links.py FOLDER [--external]`.

A link into the site must lead to a file, and its fragment to an id in there. Nothing may be loaded
from elsewhere when a page is viewed. Links that lead out are not followed; `--external` lists them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

LOADED = (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"))
_RESOURCES = {"stylesheet", "icon", "preconnect", "dns-prefetch", "preload", "modulepreload"}
_CSS_URL = re.compile(r"""(?:url\(|@import\s+)['"]?(?P<url>(?:https?:)?//[^'")\s]+)""")


class Site(NamedTuple):
    """What the pages of a site say; paths are relative, with `/`."""

    files: frozenset[str]
    ids: dict[str, set[str]]
    links: list[tuple[str, str]]
    loaded: list[tuple[str, str]]


class Reader(HTMLParser):
    """Gathers ids and addresses of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element says."""
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and "href" in values:
            resource = _RESOURCES & set(values.get("rel", "").split())
            (self.loaded if resource else self.links).append(values["href"])
        self.loaded += [values[name] for at, name in LOADED if at == tag and name in values]


def read_site(folder: str) -> Site:
    """Read every page and style sheet of a site."""
    site = Site(frozenset(_paths(folder)), {}, [], [])
    for path in sorted(site.files):
        if not path.endswith((".html", ".css")):
            continue
        with open(os.path.join(folder, path), encoding="utf-8") as file:
            text = file.read()
        if path.endswith(".css"):
            site.loaded.extend((path, match["url"]) for match in _CSS_URL.finditer(text))
            continue
        page = Reader()
        page.feed(text)
        site.ids[path] = page.ids
        site.links.extend((path, link) for link in page.links)
        site.loaded.extend((path, link) for link in page.loaded)
    return site


def _paths(folder: str) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")


def problems(site: Site) -> Iterator[str]:
    """Say which links are dead, and what is loaded from elsewhere."""
    for page, link in site.links:
        what = "" if is_external(link) else _dead(site, page, link)
        if what:
            yield f"{page}: {link}: {what}"
    for page, link in site.loaded:
        if is_external(link):
            yield f"{page}: {link}: loaded from elsewhere"
        elif what := _dead(site, page, link):
            yield f"{page}: {link}: {what}"


def is_external(link: str) -> bool:
    """Tell whether an address leads out of the site."""
    parts = urlsplit(link)
    return bool(parts.netloc) or parts.scheme in {"http", "https", "mailto"}


def _dead(site: Site, page: str, link: str) -> str:
    """Say what is wrong with an address inside of the site, or nothing."""
    parts = urlsplit(link)
    if parts.scheme:
        return "" if parts.scheme == "data" else "an address that no browser knows"
    target = page
    if parts.path:
        target = os.path.normpath(os.path.join(os.path.dirname(page), unquote(parts.path)))
        target = target.replace(os.sep, "/")
    if target not in site.files:
        return "no such file"
    known = site.ids.get(target)
    fragment = unquote(parts.fragment)
    missing = bool(fragment) and known is not None and fragment not in known
    return f"no `{fragment}` on that page" if missing else ""


def external(site: Site) -> list[str]:
    """List the addresses that lead out of the site."""
    return sorted({link for _, link in site.links if is_external(link)})


def main(argv: Sequence[str]) -> int:
    """Check a site; exit with 1 where a link is dead."""
    site = read_site(argv[0])
    if "--external" in argv:
        print("\n".join(external(site)))
    dead = sorted(set(problems(site)))
    print("\n".join([*dead, f"{len(site.links)} links on {len(site.ids)} pages, {len(dead)} dead"]))
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
