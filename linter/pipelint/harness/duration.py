"""Durations as Harness writes them: `10m`, `1h 30m`."""

from __future__ import annotations

import re

from pipelint.harness.values import Text, text_of
from pipelint.yaml.node import Mapping, Node

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}

MINUTE = SECONDS["m"]
HOUR = SECONDS["h"]
DAY = SECONDS["d"]
WEEK = SECONDS["w"]

_LONGEST = 100
_WHOLE = re.compile(r"(?:\d{1,9}[smhdw]\s{0,3})+")
_PART = re.compile(r"(\d{1,9})([smhdw])")


def seconds_of(node: Node | None) -> int | None:
    """Return a literal duration in seconds; None where it is none, or not written in the file."""
    text = text_of(node)
    return seconds(text.value) if text is not None else None


def seconds(text: str) -> int | None:
    """Return the seconds of a duration, None where the text is none."""
    if len(text) > _LONGEST or not _WHOLE.fullmatch(text):
        return None
    return sum(int(number) * SECONDS[unit] for number, unit in _PART.findall(text))


def timeout_of(node: Mapping) -> tuple[Text, int] | None:
    """Return the literal `timeout` of a pipeline, stage, group or step, and its seconds."""
    text = text_of(node.get("timeout"))
    length = seconds(text.value) if text is not None else None
    return (text, length) if text is not None and length is not None else None
