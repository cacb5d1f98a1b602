"""Laws of every message, whatever file it is about: examples, golden files, probes, real files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from linting import lint
from pipelint.diagnostic import Diagnostic
from pipelint.registry import all_rules
from pipelint.source import UndecodableError, decode
from repository import ROOT, SHARED

_YAML = re.compile(r"^```yaml[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`[^`]*`")
_OF_SCHEMAS = re.compile(
    r"anyOf|oneOf|allOf|additionalProperties|\b(const|enum|object|array|scalar|None|True|False)\b"
    r"|\b(str|dict|please|illegal|of type string)\b",
)
_NAMES = (
    *("Vela", "Go ", "YAML", "UTF-8", "U+", "RE2", "GitHub", "Starlark"),
    *("Harness", "Approval", "Azure", "CI ", "Custom ", "Deployment", "Terraform", "WinRM", "Jira"),
    *("Kubernetes", "Pipeline stage", "ServiceNow", "Wait ", "GitHub", "OS ", "macOS", "JEXL"),
    *("Barrier", "Bash", "Cache Intelligence", "Command", "Email", "Policy", "PowerShell", "Slack"),
    *(
        "String",
        "Dynamic",
        "HTTP",
        "Windows",
        "SSH",
        "UTC",
        "GCR",
        "AWS",
        "SAM",
        "TAS",
        "QUARTZ",
        "UNIX",
    ),
)
"""What begins with a capital wherever it stands."""

FOLDERS = ("vela-probes/probes", "conformance/vela", "corpus/vela", "corpus/harness/files")


def documents() -> Iterator[tuple[str, str]]:
    """Give every pipeline that is at hand: of the rules' pages, of the tests, and real ones."""
    for rule in all_rules():
        yield from ((rule.name, text) for text in _YAML.findall(rule.page + "\n"))
    for path in sorted((ROOT / "tests").rglob("*.md")):
        yield from ((path.name, text) for text in _YAML.findall(path.read_text(encoding="utf-8")))
    files = list((ROOT / "examples").rglob("*.y*ml"))
    for folder in FOLDERS:
        files += sorted(SHARED.joinpath(folder).rglob("*.y*ml"))
    for path in files:
        try:
            yield path.as_posix(), decode(path.read_bytes())
        except UndecodableError:
            continue


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Diagnostic]]:
    """Return all findings in all documents, each sentence once."""
    seen: dict[tuple[str, str, str], tuple[str, Diagnostic]] = {}
    for place, text in documents():
        for one in lint(text):
            finding = one.finding
            seen.setdefault((one.rule, finding.message, finding.help), (place, one))
    return list(seen.values())


def broken(
    found: list[tuple[str, Diagnostic]],
    sentences: Callable[[Diagnostic], Iterator[str]],
    law: Callable[[str], bool],
) -> list[tuple[str, str, str]]:
    return [
        (one.rule, sentence, place)
        for place, one in found
        for sentence in sentences(one)
        if sentence and not law(sentence)
    ]


def headline(one: Diagnostic) -> Iterator[str]:
    yield one.finding.message


def labels(one: Diagnostic) -> Iterator[str]:
    yield one.finding.label
    yield from (related.message for related in one.finding.related)


def advice(one: Diagnostic) -> Iterator[str]:
    yield one.finding.help
    yield from one.finding.notes
    yield from (fix.title for fix in one.finding.fixes)


def everything(one: Diagnostic) -> Iterator[str]:
    for sentences in (headline, labels, advice):
        yield from sentences(one)


def words(sentence: str) -> list[str]:
    """Return the words; what is in back-ticks counts as one."""
    return _QUOTED.sub("x", sentence).split()


Found = list[tuple[str, Diagnostic]]


def test_there_is_much_to_judge(found: Found) -> None:
    assert len({one.rule for _, one in found}) > 80


def test_a_headline_has_at_most_80_characters(found: Found) -> None:
    assert broken(found, headline, lambda text: len(text) <= 80) == []


def test_a_label_has_at_most_six_words(found: Found) -> None:
    assert broken(found, labels, lambda text: len(words(text)) <= 6) == []


def test_a_label_does_not_repeat_the_headline(found: Found) -> None:
    repeated = [
        (one.rule, one.finding.message, one.finding.label)
        for _, one in found
        if one.finding.label and one.finding.label in one.finding.message
    ]
    assert repeated == []


def test_sentences_begin_small(found: Found) -> None:
    assert broken(found, everything, begins_small) == []


def test_sentences_have_no_full_stop(found: Found) -> None:
    assert broken(found, everything, lambda text: not text.endswith((".", "!", " "))) == []


def test_back_ticks_are_in_pairs(found: Found) -> None:
    assert broken(found, everything, lambda text: text.count("`") % 2 == 0) == []


def test_no_word_is_of_json_schema_or_of_python(found: Found) -> None:
    plain = broken(found, everything, lambda text: not _OF_SCHEMAS.search(_QUOTED.sub("", text)))
    assert plain == []


def begins_small(text: str) -> bool:
    return not text[0].isupper() or text.startswith(_NAMES)
