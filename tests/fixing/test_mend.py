"""How a text is mended: in rounds, and never into something worse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from linting import DEFAULTS, checked
from pipelint.diagnostic import Diagnostic, Edit, Finding, Fix, Suppression
from pipelint.document import Document
from pipelint.engine import Checked, examine
from pipelint.fixing import Mended, mend
from pipelint.fixing.mend import MOST_ROUNDS, REMAINS, UNREADABLE, Examined
from pipelint.source import Source, Span
from pipelint.yaml import parse

Rule = Callable[[str], Iterator[tuple[str, Span, tuple[Fix, ...]]]]
"""A rule of a test: the name under which it reports, the place, the fixes."""


def mended(text: str, *rules: Rule, unsafe: bool = False) -> Mended:
    """Mend a text by rules of a test."""

    def look(text: str) -> Examined:
        source = Source(text)
        found = sorted(one for rule in rules for one in rule(source.text))
        diagnostics = tuple(
            Diagnostic("x.yml", name, "error", Finding(span, name, fixes=fixes))
            for name, span, fixes in found
        )
        read = Document("unknown", parse(source), (), (), None)
        return Checked(source, "unknown", checked=True, diagnostics=diagnostics), read

    return mend(text, look, unsafe=unsafe)


def replacing(pattern: str, new: str, *, name: str = "", safe: bool = True) -> Rule:
    """Make a rule against a word that proposes another one."""

    def rule(text: str) -> Iterator[tuple[str, Span, tuple[Fix, ...]]]:
        for word in re.finditer(pattern, text):
            fix = Fix(f"write {new}", (Edit(Span(*word.span()), word.expand(new)),), safe=safe)
            yield name or pattern, Span(*word.span()), (fix,)

    return rule


def against(pattern: str, name: str) -> Rule:
    """Make a rule against a word that has no fix."""
    return lambda text: ((name, Span(*word.span()), ()) for word in re.finditer(pattern, text))


def test_all_that_does_not_touch_is_mended_at_once() -> None:
    made = mended("a: bad\nb: bad\n", replacing("bad", "good"))
    assert made.after.source.text == "a: good\nb: good\n"
    assert made.edits == (Edit(Span(3, 6), "good"), Edit(Span(10, 13), "good"))
    assert [one.rule for one in made.fixed] == ["bad", "bad"]


def test_fixes_that_overlap_are_made_one_after_the_other_by_position() -> None:
    def both(text: str) -> Iterator[tuple[str, Span, tuple[Fix, ...]]]:
        for number, (old, new) in enumerate([("ab", "x"), ("b c", "b")]):
            at = text.find(old)
            if at >= 0:
                span = Span(at, at + len(old))
                yield str(number), span, (Fix("", (Edit(span, new),)),)

    made = mended("k: ab c\n", both)
    assert made.after.source.text == "k: x c\n"
    assert [one.rule for one in made.fixed] == ["0"]
    assert made.edits == (Edit(Span(3, 5), "x"),)


def test_what_is_inserted_at_the_same_place_goes_in_by_the_alphabet() -> None:
    def missing(name: str) -> Rule:
        def rule(text: str) -> Iterator[tuple[str, Span, tuple[Fix, ...]]]:
            if f"{name}:" not in text:
                yield f"no-{name}", Span(0, 1), (Fix("", (Edit(Span(0, 0), f"{name}: 1\n"),)),)

        return rule

    made = mended("z: 1\n", missing("b"), missing("a"))
    assert made.after.source.text == "b: 1\na: 1\nz: 1\n"
    assert made.edits == (Edit(Span(0, 0), "b: 1\na: 1\n"),)


def test_one_fix_that_mends_two_findings_is_made_once() -> None:
    made = mended("a: bad\n", replacing("bad", "good"), replacing("bad", "good", name="other"))
    assert made.edits == (Edit(Span(3, 6), "good"),)
    assert sorted(one.rule for one in made.fixed) == ["bad", "other"]


def test_unsafe_fixes_are_made_when_they_are_asked_for() -> None:
    rule = replacing("bad", "good", safe=False)
    assert mended("a: bad\n", rule).edits == ()
    assert mended("a: bad\n", rule, unsafe=True).after.source.text == "a: good\n"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("[", UNREADABLE),
        ("bad bad", "it would lead to a finding of `bad`"),
        ("bad ", REMAINS),
        ("worse", "it would lead to a finding of `worse`"),
    ],
)
def test_a_fix_that_does_no_good_is_not_made(new: str, why: str) -> None:
    made = mended("a: bad\nb: ugly\n", replacing("bad", new), against("worse", "worse"))
    assert made.edits == ()
    assert [(one.start, one.rule, one.why) for one in made.refused] == [(3, "bad", why)]


def test_the_others_are_made_all_the_same() -> None:
    text = "".join(f"k{number}: {'bad' if number == 37 else 'ugly'}\n" for number in range(60))
    made = mended(text, replacing("bad", "["), replacing("ugly", "fine"))
    assert made.after.source.text == text.replace("ugly", "fine")
    assert made.settled
    (refused,) = made.refused
    assert made.after.source.text[refused.start :].startswith("bad")


def test_there_is_an_end_to_it() -> None:
    text = "".join(f"k{number}: bad\n" for number in range(2 * MOST_ROUNDS))
    made = mended(text, replacing("bad", "["))
    assert (made.edits, made.settled) == ((), False)


def test_edits_of_one_fix_that_collide_are_none() -> None:
    def rule(text: str) -> Iterator[tuple[str, Span, tuple[Fix, ...]]]:
        if "bad" in text:
            edits = (Edit(Span(3, 6), "good"), Edit(Span(4, 5), "x"))
            yield "bad", Span(3, 6), (Fix("", edits),)

    assert mended("a: bad\n", rule).edits == ()


def test_broken_texts_are_left_alone() -> None:
    made = mended("a: bad\nb: [\n", replacing("bad", "good"))
    assert (made.edits, made.unread) == ((), True)
    assert not mended("b: [\n", replacing("bad", "good")).unread


def test_a_text_that_begins_with_two_marks_keeps_the_second() -> None:
    made = mended("\ufeffa: bad\n", replacing("bad", "good"))
    assert made.edits == (Edit(Span(4, 7), "good"),)


# --- with the rules of pipelint ------------------------------------------------------------------

DEPRECATED = """version: "1"
steps:
  - &a {name: a, image: "alpine:3.22", commands: [ls], pull: true}
  - {<<: *a, name: b}
  - *a
"""


def look_at(text: str) -> Examined:
    """Check a pipeline."""
    return examine(Source(text, ".vela.yml"), DEFAULTS)


def test_what_is_asked_already_is_not_asked_again() -> None:
    asked: list[str] = []

    def look(text: str) -> Examined:
        asked.append(text)
        return look_at(text)

    clean = DEPRECATED.replace("true", "always")
    assert mend(clean, look, known=look_at(clean)).edits == ()
    assert asked == []


def test_what_is_used_again_is_mended_where_it_is_written() -> None:
    text = DEPRECATED.replace("  - *a\n", "")
    assert mend(text, look_at).after.source.text == text.replace("true", "always")


def test_hidden_findings_keep_their_mistakes() -> None:
    hidden = DEPRECATED.replace("true}", "true} # pipelint: ignore[deprecated-pull] ours is old")
    assert any(one.suppressed for one in checked(hidden).diagnostics)
    assert mend(hidden, look_at).edits == ()


def test_suppressed_findings_of_any_kind_are_left() -> None:
    def look(text: str) -> Examined:
        found, document = look_at(text)
        known = tuple(one._replace(suppressed=Suppression("baseline")) for one in found.diagnostics)
        return found._replace(diagnostics=known), document

    assert mend(DEPRECATED, look).edits == ()
