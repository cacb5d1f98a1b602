"""A baseline knows its findings again when the text around them changes, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from linting import BOOK, DEFAULTS, checked
from pipelint.baseline import Entry, compare, entry_of, hide, is_recordable
from pipelint.config import Rulebook
from pipelint.diagnostic import BASELINE, IGNORE, Diagnostic, Finding
from pipelint.engine import INTERNAL_ERROR, Checked
from pipelint.policy import fingerprint
from pipelint.registry import all_rules
from pipelint.source import Source, Span

VELA = """\
version: "1"
stages:
  build:
    steps:
      - name: compile
        image: golang:1.22
        pull: sometimes
        commands: [go build ./...]
  deploy:
    needs: [biuld]
    steps:
      - name: publish
        pull: allways
        commands: [make publish]
"""
HARNESS = """\
pipeline:
  identifier: checkout
  name: checkout
  projectIdentifier: shop
  orgIdentifier: default
  stages:
    - stage:
        identifier: build
        name: build
        type: Custom
        spec:
          execution:
            steps:
              - parallel:
                  - step:
                      identifier: wait
                      name: wait
                      type: Wait
                      spec: {duration: 1 fortnight}
                  - step:
                      identifier: tell
                      name: tell
                      type: ShellScript
                      timeout: 10m
                      spec:
                        shel: Bash
                        source:
                          type: Inline
                          spec: {script: echo <+pipeline.stages.biuld.name>}
"""


def known_of(text: str, path: str = "") -> dict[str, Entry]:
    """Record what is found in a text."""
    found = [entry_of(one, one.path) for one in checked(text, path).diagnostics]
    return {entry.fingerprint: entry for entry in found}


def judged(before: str, after: str, **settings: Any) -> Checked:
    """Check a text with the baseline that was written before it changed."""
    done = checked(after, **settings)
    return hide(done, known_of(before), done.source.path, DEFAULTS._replace(**settings))


def new(done: Checked) -> list[str]:
    return [one.rule for one in done.diagnostics if not one.suppressed]


@pytest.fixture(params=[VELA, HARNESS], ids=["vela", "harness"])
def text(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    assert len(known_of(found)) >= 3
    return found


# --- what may change -----------------------------------------------------------------------------


def test_nothing_is_new_in_a_text_that_has_not_changed(text: str) -> None:
    done = judged(text, text)
    assert new(done) == []
    assert done.stale == 0
    assert {one.suppressed.kind for one in done.diagnostics if one.suppressed} == {BASELINE}


def test_lines_may_move(text: str) -> None:
    head, *lines = text.splitlines(keepends=True)
    spread = "# what this is\n\n" + head + "".join(f"{line}\n# more\n" for line in lines)
    assert new(judged(text, spread)) == []


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        ("  build:\n", "  compile:\n"),
        ("      - name: compile\n", "      - name: build it\n"),
        ("golang:1.22", "golang:1.23"),
        ("go build ./...", "go vet ./..., go build ./..."),
        (
            "  deploy:\n",
            "  test:\n    steps:\n      - {name: t, image: a, commands: [b]}\n  deploy:\n",
        ),
    ],
)
def test_a_sibling_may_be_renamed_changed_or_added(old: str, changed: str) -> None:
    own = {entry.fingerprint for entry in known_of(VELA).values() if "deploy" in entry.at}
    after = known_of(VELA.replace(old, changed))
    assert len(own) == 3
    assert own <= after.keys()


def test_siblings_may_change_places() -> None:
    head, build, deploy = VELA.partition("  build:")[0], *_stages()
    assert new(judged(VELA, head + deploy + build)) == []


def _stages() -> tuple[str, str]:
    start, middle = VELA.index("  build:"), VELA.index("  deploy:")
    return VELA[start:middle], VELA[middle:]


def test_steps_beside_each_other_may_change_places() -> None:
    start, middle = (
        HARNESS.index("                  - step:"),
        HARNESS.rindex("                  - step:"),
    )
    turned = HARNESS[:start] + HARNESS[middle:] + HARNESS[start:middle]
    assert new(judged(HARNESS, turned)) == []


def test_keys_may_change_places() -> None:
    turned = VELA.replace(
        "        image: golang:1.22\n        pull: sometimes\n",
        "        pull: sometimes\n        image: golang:1.22\n",
    ).replace(
        "      - name: publish\n        pull: allways\n",
        "      - pull: allways\n        name: publish\n",
    )
    assert turned.count("\n") == VELA.count("\n")
    assert turned != VELA
    assert new(judged(VELA, turned)) == []


def test_a_step_or_a_group_may_be_put_above_those_without_a_name() -> None:
    start = HARNESS.index("              - parallel:")
    step = (
        "              - step: {identifier: a, name: a, type: Wait, spec: {duration: 1m}}\n"
        "              - parallel:\n"
        "                  - step: {identifier: b, name: b, type: Wait, spec: {duration: 1m}}\n"
    )
    assert new(judged(HARNESS, HARNESS[:start] + step + HARNESS[start:])) == []


# --- what is new ---------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [True, False])
def test_a_second_finding_like_the_first_is_new(above: bool) -> None:
    wrong = "echo ${DRONE_BRANCH:}"
    text = f'version: "1"\nsteps:\n  - name: a\n    image: b\n    commands:\n      - {wrong}\n'
    assert [entry.at for entry in known_of(text).values()] == ["steps[a].commands[]"]
    again = f"      - {wrong}\n"
    at = text.index(again)
    more = text[:at] + f"      - make\n{again}" * above + text[at:] + again * (not above)
    done = judged(text, more)
    assert len(new(done)) == 1
    assert len(done.diagnostics) == 2


def test_the_same_mistake_in_another_step_is_new() -> None:
    more = (
        VELA
        + "      - name: announce\n        image: a\n        pull: allways\n        commands: [b]\n"
    )
    assert new(judged(VELA, more)) == ["unknown-value"]


def test_a_step_that_is_renamed_is_another_one() -> None:
    done = judged(VELA, VELA.replace("name: publish", "name: release"))
    assert len(new(done)) == 2
    assert done.stale == 2


def test_another_path_is_another_file() -> None:
    done = checked(VELA, ".vela.yaml")
    assert len(new(hide(done, known_of(VELA, ".vela.yml"), ".vela.yaml", DEFAULTS))) == 4


def test_a_bug_of_pipelint_is_never_known() -> None:
    finding = Finding(Span(0, 1), "internal error in rule `x` on this file")
    bug = Diagnostic(".vela.yml", INTERNAL_ERROR.name, "error", finding, "f" * 16)
    done = Checked(Source(VELA), "vela-pipeline", checked=True, diagnostics=(bug,), complete=False)
    entry = Entry(".vela.yml", bug.rule, "", bug.fingerprint)
    assert not is_recordable(bug)
    assert new(hide(done, {bug.fingerprint: entry}, ".vela.yml", DEFAULTS)) == [bug.rule]


def test_what_a_comment_hides_is_hidden_by_the_comment() -> None:
    after = VELA.replace("pull: allways", "pull: allways # pipelint: ignore[unknown-value] why")
    done = judged(VELA, after)
    kinds = [one.suppressed.kind for one in done.diagnostics if one.suppressed]
    assert sorted(kinds) == [BASELINE, BASELINE, BASELINE, IGNORE]
    assert done.stale == 1


# --- what is stale -------------------------------------------------------------------------------


def test_a_mistake_that_is_mended_leaves_a_stale_entry() -> None:
    done = judged(VELA, VELA.replace("biuld", "build"))
    assert (new(done), done.stale) == ([], 1)


@pytest.mark.parametrize(
    ("why", "settings", "text"),
    [
        ("the rule is off", {"levels": {"unknown-need": "off"}}, VELA.replace("biuld", "build")),
        ("the text ends in the middle", {}, VELA.replace("[biuld]", "[build")),
        ("the file is no pipeline any more", {}, "a: b\n"),
    ],
)
def test_what_did_not_run_to_its_end_leaves_none(
    why: str, settings: Mapping[str, Any], text: str
) -> None:
    done = checked(text, ".vela.yml" if "version" in text else "b.yml", **settings)
    seen = compare(done, known_of(VELA), ".vela.yml", DEFAULTS._replace(**settings))
    assert "unknown-need" in {entry.rule for entry in seen.unsure}, why
    assert "unknown-need" not in {entry.rule for entry in seen.stale}, why


def test_a_rule_that_is_gone_leaves_stale_entries() -> None:
    gone = Entry(".vela.yml", "no-such-rule", "steps[a]", "0" * 16)
    done = hide(checked(VELA), {gone.fingerprint: gone}, ".vela.yml", DEFAULTS)
    assert done.stale == 1


def test_a_rule_may_be_renamed() -> None:
    """An entry that names a rule by an alias knows the findings of the new name."""
    rules = [
        rule._replace(aliases=("unlisted-value",)) if rule.name == "unknown-value" else rule
        for rule in all_rules()
    ]
    settings = DEFAULTS._replace(book=Rulebook(lambda: rules))
    done = checked(VELA, book=settings.book)
    old = {
        mark: Entry(".vela.yml", "unlisted-value", one.place, mark)
        for one in done.diagnostics
        if one.rule == "unknown-value"
        for mark in [fingerprint("unlisted-value", ".vela.yml", one.place, one.ordinal)]
    }
    assert len(old) == 2
    after = hide(done, old, ".vela.yml", settings)
    assert after.stale == 0
    assert "unknown-value" not in new(after)
    assert BOOK.rule("unlisted-value") is None
