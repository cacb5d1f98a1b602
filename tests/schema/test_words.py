"""What is wrong, in a person's words: no word of JSON Schema, nobody's whole object."""

from __future__ import annotations

from typing import Any

import pytest

from pipelint.diagnostic import Finding
from pipelint.schema.validate import FAULTS_LIMIT
from schema.reading import findings

STEP: dict[str, Any] = {
    "x-noun": "a step",
    "x-what": "a map with `name` and `image`",
    "x-mistakes": {"env": "environment", "needs": "", "picture": "image"},
    "type": "object",
    "additionalProperties": False,
    "required": ["image"],
    "properties": {
        "name": {"type": "string"},
        "image": {"type": "string"},
        "commands": {"$ref": "#/$defs/texts", "x-rule": {"wrong-type": "command-not-text"}},
        "environment": {"type": "object"},
        "pull": {"x-noun": "a pull policy", "enum": ["always", "never", "not_present", None]},
        "event": {
            "enum": ["a1", "b1", "c1", "d1", "e1", "f1", "g1"],
            "x-otherwise": "it is ignored",
        },
        "size": {"type": "integer", "minimum": 1},
        "tag": {"type": "string", "pattern": "^v", "minLength": 1},
        "version": {"not": {"const": "legacy"}, "x-rule": {"unknown-value": "unsupported-version"}},
        "timeout": {"type": "string", "x-what": "text such as `10m`"},
        "ports": {"type": "array", "items": {"type": "integer"}, "maxItems": 2},
        "detach": {"type": "boolean"},
        "cut": {"enum": ["Large", "Small"], "x-any-case": True, "x-synonyms": {"xl": "Large"}},
        "legacy": True,
    },
}
SCHEMA: dict[str, Any] = {
    "x-noun": "a pipeline",
    "x-loose": True,
    "x-mistakes": {"stage": "steps"},
    "type": "object",
    "properties": {
        "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
        "one": {"$ref": "#/$defs/step"},
    },
    "$defs": {
        "step": STEP,
        "texts": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    },
}


def only(text: str) -> tuple[str, Finding]:
    """Return the one finding of a text."""
    found = findings(SCHEMA, text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "rule", "covered", "message", "help_"),
    [
        (
            "one: {image: a, imagee: b}",
            "unknown-key",
            "imagee",
            "unknown key `imagee` in a step",
            "a key with a similar name exists: `image`",
        ),
        (
            "one: {image: a, env: {}}",
            "unknown-key",
            "env",
            "unknown key `env` in a step",
            "the key for that is `environment`",
        ),
        (
            "one: {image: a, needs: b}",
            "unknown-key",
            "needs",
            "unknown key `needs` in a step",
            "a step has no key for that",
        ),
        (
            "one: {image: a, wibble: b}",
            "unknown-key",
            "wibble",
            "unknown key `wibble` in a step",
            "a step takes `image`, `name`, `commands`, `environment`, `pull` and 8 more",
        ),
        (
            "stage: []",
            "unknown-key",
            "stage",
            "unknown key `stage` in a pipeline",
            "the key for that is `steps`",
        ),
        ("one: {name: x}", "missing-key", "one", "step `x` needs `image`", "add `image`"),
        (
            "steps:\n- name: x\n  size: 1\n",
            "missing-key",
            "name",
            "step `x` needs `image`",
            "add `image`",
        ),
        ("steps:\n- size: 1\n", "missing-key", "size", "a step needs `image`", "add `image`"),
        (
            "one: {image: a, commands: {b: c}}",
            "command-not-text",
            "{b: c}",
            "`commands` must be text or a list of texts, found a map",
            "",
        ),
        (
            "one: {image: a, commands: [{b: c}]}",
            "command-not-text",
            "{b: c}",
            "an item of `commands` must be text, found a map",
            "",
        ),
        (
            "one: {image: a, timeout: []}",
            "wrong-type",
            "[]",
            "`timeout` must be text such as `10m`, found a list",
            "",
        ),
        ("one: {image: 1}", "wrong-type", "1", "`image` must be text, found the number `1`", ""),
        ("one: {image: }", "wrong-type", "", "`image` must be text, found nothing", ""),
        (
            "one: {image: a, detach: 'yes'}",
            "wrong-type",
            "'yes'",
            "`detach` must be `true` or `false`, found the text `yes`",
            "",
        ),
        (
            "one: {image: a, size: 1.5}",
            "wrong-type",
            "1.5",
            "`size` must be a whole number, found the number `1.5`",
            "",
        ),
        ("one: {image: a, size: 0}", "bad-format", "0", "`size` must be at least `1`", ""),
        ("one: {image: a, tag: x}", "bad-format", "x", "`tag` must match `^v`", ""),
        ("one: {image: a, tag: ''}", "bad-format", "''", "`tag` must not be empty", ""),
        ("one: {image: a, ports: [1, 2, 3]}", "too-many", "3", "`ports` takes at most 2 items", ""),
        (
            "one: {image: a, pull: alwys}",
            "unknown-value",
            "alwys",
            "unknown pull policy `alwys`",
            "a value with a similar name exists: `always`",
        ),
        (
            "one: {image: a, pull: sometimes}",
            "unknown-value",
            "sometimes",
            "unknown pull policy `sometimes`",
            "`pull` takes `always`, `never` or `not_present`",
        ),
        (
            "one: {image: a, event: zz}",
            "unknown-value",
            "zz",
            "unknown value `zz` for `event`",
            "`event` takes `a1`, `b1`, `c1`, `d1`, `e1` and 2 more",
        ),
        (
            "one: {image: a, version: legacy}",
            "unsupported-version",
            "legacy",
            "`version` must not be the text `legacy`",
            "",
        ),
        (
            "steps: [a]",
            "wrong-type",
            "a",
            "a step must be a map with `name` and `image`, found the text `a`",
            "",
        ),
        ("[]", "wrong-type", "[]", "a pipeline must be a map, found a list", ""),
    ],
)
def test_headline(text: str, rule: str, covered: str, message: str, help_: str) -> None:
    name, finding = only(text)
    assert (name, finding.message, finding.help) == (rule, message, help_)
    place = text[finding.span.start : finding.span.end]
    assert place == covered


def test_what_the_platform_does_is_a_note() -> None:
    assert only("one: {image: a, event: zz}")[1].notes == ("it is ignored",)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("one: {image: a, imagee: b}", None),  # it is there already
        ("one: {imagee: b}", "one: {image: b}"),
        ("one: {image: a, 'env': {}}", "one: {image: a, 'environment': {}}"),
        ("one: {image: a, pull: alwys}", "one: {image: a, pull: always}"),
        ("one: {image: a, needs: b}", None),
    ],
)
def test_the_one_candidate_is_a_fix_and_never_safe(text: str, fixed: str | None) -> None:
    fixes = only(text)[1].fixes
    if fixed is None:
        assert fixes == ()
        return
    (edit,) = fixes[0].edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == fixed
    assert not fixes[0].safe


def test_a_misspelt_key_is_not_missing_too() -> None:
    """It is one mistake, and as bad as a missing key: what is refused is no mere advice."""
    name, finding = only("one: {imge: a}")
    assert (name, finding.message) == ("misspelt-key", "unknown key `imge` in a step")
    assert finding.label == "`image` must be here"
    assert only("one: {image: a, nme: b}")[0] == "unknown-key"


def test_a_word_that_people_mean_by_a_required_key_stands_for_it() -> None:
    """Of two such keys both are said, and the key is missing for none of them."""
    assert only("one: {picture: a}")[0] == "misspelt-key"
    found = findings(SCHEMA, "one: {picture: a, imge: a}")
    assert [name for name, _ in found] == ["misspelt-key", "misspelt-key"]


@pytest.mark.parametrize(
    ("size", "rule", "message", "help_", "safe"),
    [
        ("large", "wrong-case", "`large` is written `Large`", "write `Large`", True),
        (
            "XL",
            "unknown-value",
            "unknown value `XL` for `cut`",
            "the word for that is `Large`",
            False,
        ),
        (
            "Lrge",
            "unknown-value",
            "unknown value `Lrge` for `cut`",
            "a value with a similar",
            False,
        ),
    ],
)
def test_values_that_are_meant(size: str, rule: str, message: str, help_: str, safe: bool) -> None:
    """`x-any-case` makes wrong case harmless; `x-synonyms` knows what other tools say."""
    name, finding = only(f"one: {{image: a, cut: {size}}}")
    assert (name, finding.message) == (rule, message)
    assert finding.help.startswith(help_)
    (fix,) = finding.fixes
    assert (fix.edits[0].text, fix.safe) == ("Large", safe)


def test_keys_that_are_let_through_are_not_advised() -> None:
    """Whoever writes a wrong key is not told to write one that only old files have."""
    assert findings(SCHEMA, "one: {image: a, legacy: 1}") == []
    assert "legacy" not in only("one: {image: a, wibble: b}")[1].help
    assert only("one: {image: a, legcy: b}")[1].fixes == ()


def test_a_loose_mapping_may_hold_anchors_of_its_own() -> None:
    """Only slips are reported in it, and none of them where an anchor is kept."""
    assert findings(SCHEMA, "shared: {a: 1}\n") == []
    assert findings(SCHEMA, "step: &step {image: a}\none: *step\n") == []
    assert only("stpes: []\n")[1].message == "unknown key `stpes` in a pipeline"


def test_merged_keys_are_reported_only_where_they_are_slips() -> None:
    base = "shared: &a {image: x, %s: y}\none: {<<: *a}\n"
    assert findings(SCHEMA, base % "anything") == []
    assert only(base % "imagee")[1].message == "unknown key `imagee` in a step"


def test_long_words_are_cut() -> None:
    message = only("one: {image: a, event: " + "z" * 500 + "}")[1].message
    assert len(message) < 100
    assert "…" in message


def test_many_unknown_keys_stay_cheap() -> None:
    """Near names are looked for a bounded number of times, and so many findings are enough."""
    text = "one:\n  image: a\n" + "".join(f"  imge{n}: x\n" for n in range(FAULTS_LIMIT + 1))
    found = findings(SCHEMA, text)
    assert len(found) == FAULTS_LIMIT
