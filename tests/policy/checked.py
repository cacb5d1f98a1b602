"""A text that was checked by hand: findings are put on words of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipelint.config import Command, Resolver, Settings
from pipelint.diagnostic import Diagnostic, Finding
from pipelint.policy import Text, judge
from pipelint.rule import Rule
from pipelint.source import Source, Span
from pipelint.suppression import RULES as SUPPRESSION
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node, Scalar

BAD = Rule("bad-word", "error", "vela", "A bad word.", aliases=("nasty-word",))
ODD = Rule("odd-word", "warning", "style", "An odd word.")
QUIET = Rule("quiet-word", "off", "vela", "Off by default.")
RULES = (BAD, ODD, QUIET, *SUPPRESSION)


class Comment(NamedTuple):
    """A comment as the YAML room gives it."""

    start: int
    end: int
    text: str
    own_line: bool


def settings(**changes: Any) -> Settings:
    """Return settings of a run without configuration, with some changes."""
    command = Command(**changes.pop("command", {}))
    found = Resolver(lambda: RULES, no_config=True, command=command).settings("a.yml")
    return found._replace(**changes)


def check(text: str, found: dict[str, Rule], **how: Any) -> list[Diagnostic]:
    """Judge findings, each on the first place where a word of the text stands."""
    source = Source(text, "ci/.vela.yml")
    findings = [(rule, Finding(_span(text, word), word)) for word, rule in found.items()]
    read = Text(source, list(_comments(text)), _Extents(source), lambda _: "steps[a]")
    read = read._replace(complete=how.pop("complete", True), home=how.pop("home", ""))
    no_ignores = how.pop("no_ignores", False)
    return judge(read, findings, settings(**how), no_ignores=no_ignores)


def hidden(text: str, found: dict[str, Rule], **how: Any) -> list[str]:
    """Return the words whose findings are hidden."""
    return [one.finding.message for one in check(text, found, **how) if one.suppressed]


def complaints(text: str, found: dict[str, Rule], **how: Any) -> list[tuple[str, str, str]]:
    """Return rule, covered text and message of what is said about the ignores themselves."""
    names = {rule.name for rule in SUPPRESSION}
    judged = [one for one in check(text, found, **how) if one.rule in names]
    return [(one.rule, _covered(text, one), one.finding.message) for one in judged]


def _covered(text: str, diagnostic: Diagnostic) -> str:
    return text[diagnostic.finding.span.start : diagnostic.finding.span.end]


def _span(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def _comments(text: str) -> Iterator[Comment]:
    """Find comments; the texts of these tests have a `#` in a script only behind `echo`."""
    offset = 0
    for line in text.splitlines(keepends=True):
        at = line.find("#")
        if at >= 0 and "echo" not in line[:at]:
            content = line.rstrip("\r\n")
            own = not line[:at].strip()
            yield Comment(offset + at, offset + len(content), content[at:], own)
        offset += len(line)


class _Extents:
    """Gives the widest node, or key with its value, that begins first from an offset on."""

    def __init__(self, source: Source) -> None:
        tree = parse(source)
        self.spans = list(_spans(tree.root)) if tree.root else []
        self.size = len(source.text)

    def __call__(self, offset: int) -> Span:
        later = [span for span in self.spans if span.start >= offset]
        if not later:
            return Span(self.size, self.size)
        first = min(span.start for span in later)
        return max(span for span in later if span.start == first)


def _spans(node: Node) -> Iterator[Span]:
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            yield Span(key.start, value.end)
            yield from _spans(value)
    elif not isinstance(node, Scalar):
        for item in node.items:
            yield item.span
            yield from _spans(item)
    else:
        yield node.span
