"""`${…}` in steps: what stops the server, and what it replaces in another way than a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.escaping import LONGEST, SCRIPTS, advice, escape
from pipelint.vela.model import Pipeline
from pipelint.vela.scope import SOMETIMES, UNSET
from pipelint.vela.substitution.found import LIMITED, Substitution, SubstitutionProblem
from pipelint.vela.uses import Everything, Use, Uses, uses_of
from pipelint.vela.variables import is_never_set

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")


@rule(on=Pipeline, level=ERROR, family="vela", about=("$",))
def invalid_substitution(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `${…}` that Vela cannot read.

    ## Why is this bad?
    Vela replaces `${…}` in all of a step before any shell sees it: in scripts, and in the comments
    of scripts. It knows a part of what a shell knows; at anything else it refuses the pipeline, and
    names neither the line nor the text.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo ${GREETING-hello}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo $${GREETING-hello}
    ```

    ## Fix safety
    The fix is safe: nothing worked before.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        for use in uses.uses:
            if isinstance(use.found, SubstitutionProblem):
                yield _refused(use, use.found, everything)


def _refused(use: Use, found: SubstitutionProblem, everything: Everything) -> Finding:
    way_out = found.help
    for_shell = "$$" in way_out
    if for_shell and use.part not in SCRIPTS:
        way_out = "write a form that Vela knows, such as `${NAME:-default}`"
        for_shell = False
    notes = ("Vela replaces in the comments of scripts, too",) if use.is_comment else ()
    return Finding(
        everything.place(use.scalar, found.span),
        found.message,
        "not checked from here on" if found.kind == LIMITED else "Vela stops here",
        help=way_out,
        notes=notes,
        fixes=_leave(use, found, everything) if for_shell else (),
    )


def _leave(use: Use, found: SubstitutionProblem, everything: Everything) -> tuple[Fix, ...]:
    places = [everything.before(use.scalar, at) for at in found.escapes]
    edits = tuple(Edit(place, "$") for place in places if place)
    return (Fix("leave it to the shell", edits),) if len(edits) == len(places) else ()


@rule(on=Pipeline, level=WARNING, family="vela", about=("$",))
def lost_substitution(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports an operator in a `${…}` whose variable Vela does not know.

    ## Why is this bad?
    Vela replaces `${…}` before a shell sees it. The value of a variable that it does not know is
    the text `${NAME}` itself, and the operator is applied to that text: a default is dropped,
    `${NAME:0:3}` leaves a piece of it. The shell gets what is left.

    Known are the variables of Vela, those of `environment`, and parameters. Secrets and variables
    of the shell are not there yet. Some variables of Vela are there on some events only.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo ${GREETING:-hello}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo $${GREETING:-hello}
    ```

    ## Fix safety
    The fix is unsafe: the step may have got used to what is left.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        outer = Span(0, 0)
        for use, found in uses.substitutions():
            if found.depth == 0:
                outer = Span(0, 0)
            state = uses.scope.state(found.name)
            lost = found.kind != "plain" and state in {UNSET, SOMETIMES}
            if not lost or found.span.end <= outer.end or is_never_set(found.name):
                continue
            if _oddity(found) is None:
                outer = found.span
                yield _lost(uses, use, found, state, everything)


def _lost(uses: Uses, use: Use, found: Substitution, state: str, everything: Everything) -> Finding:
    from pipelint.vela.substitution.operators import apply_operator

    operation = _operation(use, found)
    left = apply_operator(f"${{{found.name}}}", found)
    if state == SOMETIMES:
        message = f"`{operation}` is lost on events without `{found.name}`"
    else:
        message = f"`{operation}` is lost: Vela does not know `{found.name}`"
    short = left is not None and len(left) <= LONGEST and left.isprintable()
    return Finding(
        everything.place(use.scalar, found.span),
        message,
        f"becomes `{left}`" if short else "the operator is lost",
        help=advice(use, found),
        notes=_why(uses, found),
        fixes=escape(use, everything, found),
    )


def _operation(use: Use, found: Substitution) -> str:
    """Return the operator with its arguments, or alone where they are long."""
    text = use.scalar.text[found.operator_span.start : found.span.end - 1]
    return text if len(text) <= LONGEST / 2 and found.kind != "length" else found.operator


def _why(uses: Uses, found: Substitution) -> tuple[str, ...]:
    secrets = uses.step.container.secrets if uses.step else ()
    if any(use.variable == found.name for use in secrets):
        return ("secrets are not there yet when Vela replaces",)
    return ()


class _Oddity(NamedTuple):
    """What Vela does with an operator that means something else in a shell."""

    message: str
    help: str = ""
    remove_colon: bool = False


@rule(on=Pipeline, level=WARNING, family="vela", about=("$",))
def unsupported_operator(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports an operator of a shell that Vela takes, and does not do.

    ## Why is this bad?
    Vela reads these forms without a complaint, but `:+` and `:?` give a default as `:-` does, and a
    position that is no plain number cuts nothing, even if it is `${NAME: -3}`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - echo ${VELA_BUILD_BRANCH:##release-}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - echo ${VELA_BUILD_BRANCH##release-}
    ```

    ## Fix safety
    The fix is unsafe: the operator has an effect then.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        for use, found in uses.substitutions():
            oddity = _oddity(found)
            if oddity is None:
                continue
            fixes = escape(use, everything, found)
            if oddity.remove_colon and everything.is_exact(use.scalar, found.operator_span):
                colon = everything.place(use.scalar, found.operator_span)
                fixes = (Fix("remove the `:`", (Edit(colon, ""),), safe=False),)
            yield Finding(
                everything.place(use.scalar, _behind_name(found)),
                oddity.message,
                "not what a shell does",
                help=oddity.help or advice(use, found),
                fixes=fixes,
            )


def _behind_name(found: Substitution) -> Span:
    return Span(found.operator_span.start, found.span.end - 1)


def _oddity(found: Substitution) -> _Oddity | None:
    if found.kind == "default" and found.operator in {":+", ":?"}:
        return _Oddity(f"`{found.operator}` gives a default in Vela, as `:-` does")
    if found.kind == "substring":
        return _odd_position(found)
    if found.operator in {"^,", ",^"}:
        return _Oddity(f"`{found.operator}` changes nothing", "write `^^` or `,,`")
    if found.operator in {"/#", "/%"} and len(found.arguments) == 1:
        end = found.operator[1]
        return _Oddity(
            f"`{found.operator}` without a replacement replaces nothing",
            f"write `${{{found.name}{end}…}}` to remove it",
        )
    return None


def _odd_position(found: Substitution) -> _Oddity | None:
    texts = [argument.text for argument in found.arguments]
    bad = next((text for text in texts if text is not None and not _NUMBER.fullmatch(text)), None)
    if bad is None:
        return None
    shown = bad if len(bad) <= LONGEST / 2 and bad.isprintable() else "…"
    if bad is texts[0] and bad[:1] in {"#", "%", "/", "^", ","}:
        way_out = f"write `{shown}` without the `:` before it"
        return _Oddity(f"`:{shown}` cuts nothing: `:` needs a number", way_out, remove_colon=True)
    return _Oddity(f"`:{shown}` cuts nothing: `{shown}` is no plain number")


@rule(on=Pipeline, level=INFO, family="vela", about=("$",))
def lost_dollar(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `$$` in a command where the number of the process is meant.

    ## Why is this bad?
    For Vela `$$` is an escaped `$`. The shell sees one `$`, and no number.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands:
          - go test ./... > /tmp/log.$$
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands:
          - go test ./... > /tmp/log.$$$$
    ```

    ## Fix safety
    The fix is unsafe: the shell sees another text then.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        for mention in uses.mentions:
            after = mention.scalar.text[mention.span.end : mention.span.end + 1]
            if mention.name != "$" or after.isalnum() or (after and after in _AFTER_ESCAPE):
                continue
            whole = Span(mention.span.start - 1, mention.span.end)
            place = everything.place(mention.scalar, whole)
            exact = everything.is_exact(mention.scalar, whole)
            yield Finding(
                place,
                "`$$` reaches the shell as `$`",
                "an escaped `$` for Vela",
                help="write `$$$$` for the number of the process",
                fixes=(Fix("write `$$$$`", (Edit(place, "$$$$"),), safe=False),) if exact else (),
            )


_AFTER_ESCAPE = "{(_@*#?!"
"""What follows a `$` that somebody escaped: a name, a command, a special variable."""

RULES = (invalid_substitution, lost_dollar, lost_substitution, unsupported_operator)
