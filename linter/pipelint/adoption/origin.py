"""Where this pipelint came from: others should get the same one."""

from __future__ import annotations

import json
import re
from typing import Any

from pipelint import __version__
from pipelint.record import NamedTuple

_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


class Origin(NamedTuple):
    """`package` is for `pip install`. `repo` and `rev` are for pre-commit; empty if not known.

    `is_certain` says that the package is not just our name in whatever index is asked.
    """

    package: str
    repo: str = ""
    rev: str = ""
    is_certain: bool = True

    @property
    def action(self) -> str:
        """What `uses:` takes on GitHub, or nothing."""
        found = _GITHUB.fullmatch(self.repo)
        return f"{found[1]}@{self.rev}" if found else ""


def origin(package: str = "") -> Origin:
    """Tell from where to install: what the user says, else where this installation is from."""
    if package:
        return Origin(package)
    return of_record(_record()) or Origin(f"pipelint=={__version__}", is_certain=False)


def of_record(record: Any) -> Origin | None:
    """Read `direct_url.json`, in which an installer notes from where it installed (PEP 610)."""
    url = record.get("url") if isinstance(record, dict) else None
    if not isinstance(url, str) or not url.startswith("https://") or "@" in url.split("/")[2]:
        return None  # a folder of this machine, or a URL with a password
    source = record.get("vcs_info")
    if not isinstance(source, dict):
        return Origin(url)
    rev = source.get("requested_revision") or source.get("commit_id")
    if source.get("vcs") != "git" or not isinstance(rev, str):
        return None
    return Origin(f"pipelint @ git+{url}@{rev}", url, rev)


def _record() -> Any:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return json.loads(distribution("pipelint").read_text("direct_url.json") or "null")
    except (PackageNotFoundError, ValueError):
        return None
