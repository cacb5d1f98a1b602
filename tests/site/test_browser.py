"""A real browser opens the site from its folder: scripts run, and nothing is asked of a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipelint.registry import all_rules
from repository import PATIENCE, environment

pytestmark = pytest.mark.xdist_group("site")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RULES = ["rules/index", "rules/needs-cycle", "rules/untrusted-text-in-script"]
PHONE = 390
FRAMES = """<body><script>
const widths = {}, pages = %s;
for (const page of pages) {
  const frame = document.createElement("iframe");
  frame.width = %d;
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    widths[page] = [root.scrollWidth, root.clientWidth];
    document.title = JSON.stringify(widths);
  };
  frame.src = page + ".html";
  document.body.append(frame);
}
</script>"""
"""Pages in frames as wide as a phone; the title tells how wide each is, and how wide it may be."""


@pytest.fixture(scope="session")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    return found


def look(browser: str, page: Path, home: Path, query: str = "") -> str:
    """Open a page; return its document once its scripts have run. `home` is for the browser."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files")
    places = (f"--user-data-dir={home}", f"--log-net-log={home / 'net.json'}")
    done = subprocess.run(
        [
            browser,
            *flags,
            *places,
            "--virtual-time-budget=8000",
            "--dump-dom",
            page.as_uri() + query,
        ],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(home: Path) -> set[str]:
    """Return what a page has asked a network for. What the browser asks itself has no origin."""
    log: dict[str, Any] = json.loads((home / "net.json").read_text(encoding="utf-8"))
    params = (event.get("params", {}) for event in log["events"])
    return {p["url"] for p in params if p.get("initiator") in {"null", "file://"}}


def test_what_a_page_asks_for_is_seen(browser: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<img src="https://pipelint.invalid/x.png">', encoding="utf-8")
    look(browser, page, tmp_path)
    assert asked(tmp_path) == {"https://pipelint.invalid/x.png"}


def test_search_works_from_a_folder(browser: str, folder: Path, tmp_path: Path) -> None:
    seen = look(browser, folder / "index.html", tmp_path, "?q=stages+need+each+other+ring")
    hits = re.findall(r'<a href="([^"?#]+)[^>]*md-search-result__link', seen)
    assert any(hit.endswith("rules/needs-cycle.html") for hit in hits[:3]), hits
    assert asked(tmp_path) == set()


def test_list_of_rules_is_narrowed_down(browser: str, folder: Path, tmp_path: Path) -> None:
    seen = look(browser, folder / "rules" / "index.html", tmp_path, "?dialects=vela&level=info")
    rows = re.findall(r"<li data-level=\"(\w+)\" data-dialects=\"([\w ]*)\"([^>]*)>", seen)
    shown = [(level, dialects) for level, dialects, more in rows if "hidden" not in more]
    assert len(rows) == len(all_rules())
    assert shown
    assert all(level == "info" and "vela" in dialects.split() for level, dialects in shown)
    assert f"{len(shown)} of {len(rows)} rules</output>" in seen
    assert asked(tmp_path) == set()


def test_no_page_is_wider_than_a_phone(browser: str, folder: Path, tmp_path: Path) -> None:
    every = (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html"))
    pages = [*RULES, *(page for page in every if not page.startswith("rules/"))]
    frames = folder / "frames.html"
    frames.write_text(FRAMES % (json.dumps(pages), PHONE), encoding="utf-8")
    try:
        seen = look(browser, frames, tmp_path)
    finally:
        frames.unlink()
    (title,) = re.findall(r"<title>(.*?)</title>", seen)
    widths: dict[str, list[int]] = json.loads(title)
    assert sorted(widths) == sorted(pages)
    assert {page: width for page, width in widths.items() if width[0] > width[1]} == {}
    assert max(room for _, room in widths.values()) <= PHONE
