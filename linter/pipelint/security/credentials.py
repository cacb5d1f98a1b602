"""Literal credentials: by the form that their makers gave them, or by the name of what holds them.

The same places are reported by a rule and hidden in whatever is printed. What looks like an
example, a reference or a placeholder is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelint.record import NamedTuple
from pipelint.security.names import is_secret_name
from pipelint.security.placeholders import is_made_up, is_no_literal
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Tree
from pipelint.yaml.view import inner
from pipelint.yaml.written import place


class Credential(NamedTuple):
    """A credential, `what` it is, and the name of the variable that holds it, if any."""

    span: Span
    what: str
    name: str = ""


_FORMS: tuple[tuple[str, str, str], ...] = (
    ("AKIA", "an access key of AWS", r"\bAKIA[A-Z2-7]{16}\b"),
    ("ASIA", "an access key of AWS", r"\bASIA[A-Z2-7]{16}\b"),
    ("ghp_", "a token of GitHub", r"\bghp_[A-Za-z0-9]{36,255}\b"),
    ("gho_", "a token of GitHub", r"\bgho_[A-Za-z0-9]{36,255}\b"),
    ("ghu_", "a token of GitHub", r"\bghu_[A-Za-z0-9]{36,255}\b"),
    ("ghs_", "a token of GitHub", r"\bghs_[A-Za-z0-9]{36,255}\b"),
    ("ghr_", "a token of GitHub", r"\bghr_[A-Za-z0-9]{36,255}\b"),
    ("github_pat_", "a token of GitHub", r"\bgithub_pat_\w{22,255}\b"),
    ("glpat-", "a token of GitLab", r"\bglpat-[\w-]{20,255}"),
    ("xox", "a token of Slack", r"\bxox[baprs]-[A-Za-z0-9-]{10,255}"),
    (
        "hooks.slack.com",
        "a webhook of Slack",
        r"https://hooks\.slack\.com/(?:services|workflows)/[\w/]{20,255}",
    ),
    (
        "webhook.office.com",
        "a webhook of Teams",
        r"https://[\w-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{40,255}",
    ),
    (
        "discord",
        "a webhook of Discord",
        r"https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/webhooks/\d{15,22}/[\w-]{40,255}",
    ),
    ("pat.", "a token of Harness", r"\bpat\.[\w-]{15,40}\.[0-9a-f]{24}\.\w{20}\b"),
    ("sat.", "a token of Harness", r"\bsat\.[\w-]{15,40}\.[0-9a-f]{24}\.\w{20}\b"),
    ("eyJ", "a JSON web token", r"(?<![\w-])eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{10,2000}"),
    ("AIza", "a key of Google", r"\bAIza[\w-]{35}(?![\w-])"),
    ("npm_", "a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("pypi-AgEI", "a token of PyPI", r"\bpypi-AgEI[\w-]{50,500}"),
    ("_live_", "a key of Stripe", r"\b[sr]k_live_[A-Za-z0-9]{20,255}\b"),
    ("SG.", "a key of SendGrid", r"\bSG\.[\w-]{20,30}\.[\w-]{40,60}"),
    ("dckr_pat_", "a token of Docker", r"\bdckr_pat_[\w-]{20,60}"),
    ("sk-ant-", "a key of Anthropic", r"\bsk-ant-[\w-]{30,255}"),
    ("sk-proj-", "a key of OpenAI", r"\bsk-proj-[\w-]{30,255}"),
    ("dop_v1_", "a token of DigitalOcean", r"\bdop_v1_[0-9a-f]{64}\b"),
    ("hvs.", "a token of Vault", r"\bhvs\.[\w-]{24,255}"),
    ("dapi", "a token of Databricks", r"\bdapi[0-9a-f]{32}\b"),
    ("AKCp", "a key of Artifactory", r"\bAKCp[A-Za-z0-9]{60,100}\b"),
    ("AccountKey=", "a key of Azure", r"(?<=AccountKey=)[A-Za-z0-9+/]{80,100}={0,2}"),
    ("sqp_", "a token of SonarQube", r"\bsq[pau]_[0-9a-f]{40}\b"),
    ("sqa_", "a token of SonarQube", r"\bsq[pau]_[0-9a-f]{40}\b"),
    ("squ_", "a token of SonarQube", r"\bsq[pau]_[0-9a-f]{40}\b"),
    (
        "PRIVATE KEY-----",
        "a private key",
        (
            r"-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----"
            r"[A-Za-z0-9+/=:,\s\\]{60,20000}(?=-----END)"
        ),
    ),
)
"""The sign that every text of a form holds, what it is, and the form. Made by us from examples."""

# As the forms, these are compiled when they are first used: most files hold no credential.
_URL = r"(?<=://)[^\s/@:\"'`<>${}()\[\]%]{1,100}:([^\s/@:\"'`<>${}()\[\]]{3,200})@(?=[\w\[])"
_ASSIGNED = (
    r"(?<![\w.$-])([A-Za-z_][\w-]{2,80})(=)"
    r"(\"[^\"\s]{8,300}\"|'[^'\s]{8,300}'|[^\s\"'`;&|()<>=]{8,300}={0,2})(?=[\s;&|\"')]|\Z)"
)
_ENTRY = r"(?m:^[ \t-]*[\"']?([A-Za-z_][\w-]{2,80})[\"']?[ \t]*:[ \t]+[\"']?([^\s\"',}\]]{8,300}))"
_AUTHORIZATION = r"(?i:(?:basic|bearer|token) )([A-Za-z0-9+/=._~-]{12,4000})\Z"
_HINTS = ("passw", "pwd", "passphrase", "secret", "token", "key", "credential", "authorization")

_TEXTS = frozenset({None, "!", "tag:yaml.org,2002:str"})
_HOLDERS = frozenset({
    "environment", "env", "envs", "envVariables", "parameters", "settings", "vars", "variables",
    "build_args", "buildArgs", "headers", "baseImageConnectorRefs", "with", "overrides",
})  # fmt: skip
"""Keys below which an author names things himself: what he calls a password is one."""


@lru_cache(maxsize=1)
def credentials_of(tree: Tree, text: str) -> tuple[Credential, ...]:
    """Return the credentials of a document, in the order of its text, comments included."""
    said = text if "#" in text or tree.problems else tree.said()  # comments are none of its words
    found = {one.span.start: one for one in _in_tree(tree, text)} if _is_hinted(said) else {}
    for one in _in_text(text, said):
        found[one.span.start] = one
    ordered = [found[start] for start in sorted(found)]
    return tuple(
        one
        for at, one in enumerate(ordered)
        if not at or ordered[at - 1].span.end <= one.span.start
    )


def hidden_places(tree: Tree, text: str) -> tuple[Span, ...]:
    """Return the places that nothing may print: those of credentials.

    Where a text could not be read as a whole, what looks like an entry of a map counts, too.
    """
    found = [one.span for one in credentials_of(tree, text)]
    if tree.problems and _is_hinted(text):
        found += (
            Span(*entry.span(2))
            for entry in re.finditer(_ENTRY, text)
            if is_secret_name(entry[1]) and not is_no_literal(entry[2], entry[1])
        )
    return tuple(sorted(set(found)))


def _is_hinted(text: str) -> bool:
    """Tell whether a text names what may be a credential; no pattern is as fast."""
    folded = text.casefold()
    return any(word in folded for word in _HINTS)


def _in_text(text: str, said: str) -> Iterator[Credential]:
    """Give what has the form of a credential; the signs of all forms are looked for in `said`."""
    for sign, what, form in _FORMS:
        if sign not in said:
            continue
        for match in re.finditer(form, text):
            if not is_made_up(match[0]):
                yield Credential(Span(*match.span()), what)
    if "@" in said and "://" in said:
        for match in re.finditer(_URL, text):
            if not is_no_literal(match[1]):
                yield Credential(Span(*match.span(1)), "a password in a URL")


# --- by name -------------------------------------------------------------------------------------


def _in_tree(tree: Tree, text: str) -> Iterator[Credential]:
    """Walk a document once, without recursion; aliases are not followed twice."""
    seen: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(root, False) for root in tree.documents]
    while waiting:
        node, holds = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if "=" in node.text and not node.broken and _is_hinted(node.text):
                yield from _assigned(node, text)
        elif isinstance(node, Mapping):
            yield from _in_entry(node)
            for name, (_, value) in node.fields.items():
                if isinstance(value, Scalar):
                    waiting.append((value, False))
                    if holds and is_secret_name(name):
                        yield from _named(name, value)
                else:
                    waiting.append((value, name in _HOLDERS))
        else:
            waiting.extend((item, False) for item in node.items)


def _in_entry(node: Mapping) -> Iterator[Credential]:
    """Look at `{name: …, value: …}` and `{key: …, value: …}`."""
    value, name = node.get("value"), node.get("name") or node.get("key")
    kind = node.get("type")
    if not isinstance(name, Scalar) or (isinstance(kind, Scalar) and kind.text == "Secret"):
        return
    default = node.get("default")
    for one in (value, default):
        if isinstance(one, Scalar):
            if name.text.lower() == "authorization":
                yield from _authorization(one)
            elif is_secret_name(name.text):
                yield from _named(name.text, one)


def _named(name: str, value: Scalar) -> Iterator[Credential]:
    if (
        value.tag in _TEXTS
        and not value.broken
        and value.style not in {"|", ">"}
        and not is_no_literal(value.text, name)
    ):
        yield Credential(inner(value), "a literal credential", name)


def _authorization(value: Scalar) -> Iterator[Credential]:
    found = re.match(_AUTHORIZATION, value.text)
    if found and not value.broken and not is_no_literal(found[1]):
        start = inner(value).start
        yield Credential(Span(start + found.start(1), start + found.end(1)), "a literal credential")


def _assigned(scalar: Scalar, text: str) -> Iterator[Credential]:
    """Look at `NAME=value` in scripts and in lists of variables."""
    finder = None
    for found in re.finditer(_ASSIGNED, scalar.text):
        name, value = found[1].lstrip("-"), found[3].strip("\"'")
        if is_secret_name(name) and not is_no_literal(value, name, in_script=True):
            finder = finder or place(scalar, text)
            start = found.start(3) + (found[3][0] in "\"'")
            yield Credential(finder(start, start + len(value)), "a literal credential", name)
