"""What may stand between two nodes: blanks, line breaks, comments."""

from __future__ import annotations

import re
from functools import cache


@cache
def _space() -> re.Pattern[str]:
    """Compile the pattern when it is first needed: in most runs it is not."""
    return re.compile(r"(?:[ \t\r\n\x85\u2028\u2029]+|#[^\r\n\x85\u2028\u2029]*)*")


def skip_space(text: str, at: int) -> int:
    """Return where the space ends that begins at an offset, outside of a comment."""
    found = _space().match(text, at)
    return found.end() if found else at
