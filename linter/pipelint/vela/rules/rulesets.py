"""Rulesets that never match, or match something else than they say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Rules, Ruleset
from pipelint.vela.rulesets import (
    EVENTS,
    EXPANDED,
    STATUSES,
    events_of,
    is_dynamic,
    matches,
    possible_events,
)
from pipelint.vela.values import Text

ALL_EVENTS = (*EXPANDED, *EVENTS)

MEANT = {
    "pull": "pull_request", "pr": "pull_request", "pull-request": "pull_request",
    "merge_request": "pull_request", "deploy": "deployment", "promote": "deployment",
    "cron": "schedule", "tags": "tag", "delete": "delete:branch", "schedule:run": "schedule",
    "pull_request:synchronized": "pull_request:synchronize", "merge_queue": "merge_group",
}  # fmt: skip
"""Words that people write, and the event that they mean."""


def _sides(ruleset: Ruleset) -> tuple[Rules, Rules]:
    return ruleset.when, ruleset.unless


@rule(on=Ruleset, level=WARNING, family="vela", about=("event",))
def unknown_event(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports an event that no build has.

    ## Why is this bad?
    Vela does not check the words: a step that names only unknown events never runs. Events are
    written in lower case, with their action after a colon where they have one.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          event: [push, pull-request]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          event: [push, pull_request]
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for rules in _sides(ruleset):
        for text in rules.texts.get("event", ()):
            if not is_dynamic(text.value) and not events_of(text.value, rules.matcher):
                yield _unknown_event(text)


@lru_cache(maxsize=256)
def _meant_event(word: str) -> str:
    return MEANT.get(word.lower()) or next(iter(nearest(word, ALL_EVENTS, 1)), "")


def _unknown_event(text: Text) -> Finding:
    right = _meant_event(text.value)
    return Finding(
        text.span,
        f"unknown event `{text.value}`",
        "no build has this event",
        help=f"write `{right}`" if right else "events: push, pull_request, tag, deployment, …",
        fixes=(
            Fix(f"replace `{text.value}` with `{right}`", (Edit(text.span, right),), safe=False),
        )
        if right
        else (),
    )


@rule(on=Ruleset, level=WARNING, family="vela", about=("status",))
def unknown_status(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a status that a step can never see.

    ## Why is this bad?
    When a step is to run, the build has either gone well so far, or it has failed: `success` or
    `failure`. A step that waits for another status never runs.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: clean
        image: alpine:3.22
        commands: [./clean.sh]
        ruleset:
          status: [success, error]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: clean
        image: alpine:3.22
        commands: [./clean.sh]
        ruleset:
          status: [success, failure]
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """
    for rules in _sides(ruleset):
        for text in rules.texts.get("status", ()):
            if all(matches(text.value, status, rules.matcher) is False for status in STATUSES):
                right = _meant_status(text.value)
                yield Finding(
                    text.span,
                    f"unknown status `{text.value}`",
                    "no step sees this status",
                    help=f"write `{right}`" if right else "write `success` or `failure`",
                )


@lru_cache(maxsize=256)
def _meant_status(word: str) -> str:
    return next(iter(nearest(word, STATUSES, 1)), "")


MISSING_AT_RUN_TIME = ("path", "label", "comment", "sender")


@rule(on=Ruleset, level=WARNING, family="vela", about=("status",))
def step_never_runs(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a ruleset that needs a status together with a rule that cannot be checked then.

    ## Why is this bad?
    A ruleset with `status` is looked at a second time when the step is to run. The worker then
    knows nothing of the changed files, the labels, the comment and the sender, so that `path`,
    `label`, `comment` and `sender` do not match: the step never runs, not even when the build
    goes well.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          status: failure
          path: docs/*
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          status: failure
    ```
    """
    rules = ruleset.when
    if "status" not in rules.texts or rules.operator == "or":
        return
    status = rules.keys["status"][0]
    missing = [
        name
        for name in MISSING_AT_RUN_TIME
        if name in rules.texts and not _takes_nothing(name, rules)
    ]
    if missing:
        name, *others = missing
        same = (f"the same holds for {', '.join(f'`{other}`' for other in others)}",)
        yield Finding(
            rules.keys[name][0].span,
            f"`{name}` never matches together with `status`",
            "unknown when the step runs",
            help=f"remove `{name}`, or `status`",
            notes=(
                "the worker checks the ruleset again and knows only event, branch and tag",
                *(same if others else ()),
            ),
            related=(Related(status.span, "checked on the worker"),),
        )
    if "event" in rules.texts and possible_events(ruleset) == {"merge_group"}:
        yield Finding(
            status.span,
            "`status` never matches on `merge_group`",
            "this step never runs",
            help="remove `status`, or add another event",
            related=(Related(rules.keys["event"][0].span, "only merge_group"),),
        )


def _takes_nothing(name: str, rules: Rules) -> bool:
    """Tell whether a pattern matches an empty text, which is what the worker compares with."""
    if name in {"path", "label"}:
        return False
    return any(matches(text.value, "", rules.matcher) is not False for text in rules.texts[name])


@rule(on=Ruleset, level=ERROR, family="vela", about=("unless",))
def always_dropped(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports an `unless` with a status that drops the step from every build.

    ## Why is this bad?
    Rulesets are looked at when the build is compiled; there is no status yet, and Vela takes an
    `unless` that has nothing but a status (or `operator: or`) to match. The step is dropped,
    always.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          unless:
            status: success
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          if:
            status: failure
    ```
    """
    rules = ruleset.unless
    if "status" not in rules.texts or not ruleset.certain:
        return
    alone = len(rules.texts) == 1 and rules.eval is None
    if alone or rules.operator == "or":
        yield Finding(
            rules.keys["status"][0].span,
            "`unless` with a `status` always drops the step",
            "taken to match at compile time",
            help="use `if` with the other status",
        )


@rule(on=Ruleset, level=WARNING, family="vela", about=("unless",))
def status_in_unless(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a status in `unless` beside other rules.

    ## Why is this bad?
    When the build is compiled there is no status, and only the other rules count: the step is
    dropped wherever they match, whatever the status would have been.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          unless:
            branch: main
            status: success
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        commands: [./notify.sh]
        ruleset:
          if:
            status: failure
          unless:
            branch: main
    ```
    """
    rules = ruleset.unless
    others = len(rules.texts) > 1 or rules.eval is not None
    if "status" in rules.texts and others and rules.operator == "and" and ruleset.certain:
        yield Finding(
            rules.keys["status"][0].span,
            "`status` in `unless` is not looked at",
            "only the other rules count",
            help="put the status that you want under `if`",
        )


NEEDED_EVENTS = {
    "target": ({"deployment:created", "schedule"}, "a deployment or a schedule"),
    "label": (
        {event for event in EVENTS if event.startswith(("pull_request", "comment"))},
        "a pull request or a comment",
    ),
    "comment": ({"comment:created", "comment:edited"}, "a comment"),
    "tag": ({"tag", "deployment:created", "delete:tag"}, "a tag"),
    "path": (
        {e for e in EVENTS if not e.startswith(("comment", "merge_group", "delete"))},
        "a push, a pull request, a tag, a deployment or a schedule",
    ),
}
"""Rule -> the events on which its data is there, and how to say it."""


@rule(on=Ruleset, level=WARNING, family="vela", about=("event",))
def rule_without_data(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a rule that has nothing to match on the events of its ruleset.

    ## Why is this bad?
    `target` is there only on deployments and schedules, `tag` only on tags, `comment` only on
    comments, `label` only on pull requests and comments, `path` not on comments and merge groups.
    Together with other events such a rule never matches, and the step never runs.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
        ruleset:
          event: push
          tag: v*
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
        ruleset:
          event: tag
          tag: v*
    ```
    """
    rules = ruleset.when
    if "event" not in rules.texts or rules.operator == "or" or not ruleset.certain:
        return
    if any(not events_of(text.value, rules.matcher) for text in rules.texts["event"]):
        return  # a mistyped event is a finding of its own
    events = possible_events(ruleset)
    for name, (needed, said) in NEEDED_EVENTS.items():
        if name not in rules.texts or events & needed or _matches_without(name, rules):
            continue
        yield Finding(
            rules.keys[name][0].span,
            f"`{name}` never matches on the events of this ruleset",
            "nothing to match here",
            help=f"`{name}` is known only on {said}",
            related=(Related(rules.keys["event"][0].span, "the events"),),
        )


def _matches_without(name: str, rules: Rules) -> bool:
    """Tell whether a pattern may match what is there instead: an empty text, or a branch's ref."""
    if name in {"path", "label"}:
        return False
    stand_in = "refs/heads/main" if name == "tag" else ""
    return any(
        matches(text.value, stand_in, rules.matcher) is not False
        or (name == "tag" and text.value.startswith("refs/"))
        or (name == "tag" and rules.matcher == "regexp" and "refs" in text.value)
        for text in rules.texts[name]
    )


@rule(on=Ruleset, level=INFO, family="vela", about=("branch",))
def branch_of_tag(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a ruleset for tags that asks for a branch.

    ## Why is this bad?
    A tag belongs to no branch. Vela knows one only where the push that made the tag named it,
    which is often not the case: the step then does not run, although the tag was right.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
        ruleset:
          event: tag
          branch: main
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
        ruleset:
          event: tag
          tag: v*
    ```
    """
    rules = ruleset.when
    if "event" not in rules.texts or "branch" not in rules.texts or rules.operator == "or":
        return
    if possible_events(ruleset) != {"tag"} or _matches_all(rules):
        return
    yield Finding(
        rules.keys["branch"][0].span,
        "the branch of a tag is often unknown",
        "may never match",
        help="use `tag` to choose tags by their name",
        related=(Related(rules.keys["event"][0].span, "tags"),),
    )


def _matches_all(rules: Rules) -> bool:
    return any(
        matches(text.value, "", rules.matcher) is not False for text in rules.texts["branch"]
    )


RULES = (
    always_dropped,
    branch_of_tag,
    rule_without_data,
    status_in_unless,
    step_never_runs,
    unknown_event,
    unknown_status,
)
