"""What stands where a credential would, and is none: references, placeholders, examples, tests."""

from __future__ import annotations

import re

_SHORTEST = 8

# These are compiled when they are first used: most files have nothing that looks like a credential.
_OPENERS = r"<\+|\$\{|\$\(|\$[A-Za-z_]|\{\{|\[\[|%[A-Za-z_]+%|<[A-Za-z_ -]+>|\(\(|^\$|@@"
_ELSEWHERE = r"""(?xi)
        (?:https?|ssh|git|file|s3|gs|vault|arn|azurevault|awssecretsmanager|gcpsecretsmanager)[:+]
        | [~./]            # a path
        | (?:account|org|project|secrets?|hashicorpvault|projects|stages?|pipeline|vars?|env
          |steps|inputs|matrix|trigger)[./:]
    """
_FILE = r"\.(?:json|ya?ml|pem|key|crt|cer|txt|env|properties|jks|p12|pfx|sh|py|toml|git)\Z"
_EXAMPLE = r"""(?xi)
        example|sample|dummy|fake|change.?me|changeit|placeholder|redacted|masked|todo|fixme|your|insert
        |replace|foobar|xxx|\*\*\*|\.\.\.|test|demo|mock|default|notreal|not.?a.?real|secret.?here
        |nothing|ignored?|unused|localhost|abcd|1234|qwerty|letmein|lorem|not-?set|unset|hello"""
_OF_NAMES = r"""(?xi)
        pass(?:word|wd|phrase)?|pwd|secret|token|api|key|credentials?|access|auth|admin|root|user
        |login|name|my|the|value|some|postgres|mysql|redis|mongo|rabbitmq|minio|guest|docker
        |github|gitlab|harness|sonar|vault|aws|azure|gcp|npm|slack|jira|account|org|project|id|ref
        |db|pat|[-_.]|\d"""
_SEPARATED = r"[A-Za-z]+(?:[-_. /:][A-Za-z]+)*\Z|[A-Z][A-Z0-9_]*\Z|[a-z]+(?:[_/-][a-z0-9]+)+\Z"
_FEW_SIGNS = 6
_LONG = 10


def is_made_up(text: str) -> bool:
    """Tell whether a text that has the form of a credential is an example of the form."""
    body = text.rpartition("/")[2] if "://" in text else text
    if len(set(body)) < _FEW_SIGNS + 2:
        return True
    return bool(
        re.search(r"(?i:example|xxxx|your|dummy|\.\.\.|redacted|abcdef|placeholder)", text[:400])
    )


def is_no_literal(value: str, name: str = "", *, in_script: bool = False) -> bool:
    """Tell whether a value of a variable for credentials is no credential for all one can see."""
    if len(value) < _SHORTEST or len(value) > 4000 or len(set(value)) < _FEW_SIGNS:  # noqa: PLR2004
        return True
    if " " in value or "\n" in value or re.search(_OPENERS, value):
        return True
    if re.match(_ELSEWHERE, value) or re.search(_FILE, value) or re.search(_EXAMPLE, value):
        return True
    if in_script and any(sign in value for sign in "$`(){}[]<>\\%"):
        return True
    if value.lower() == name.lower() or _is_words(value):
        return True
    kinds = _kinds(value)
    # letters alone are the name of something, and so may be a few of them with a digit
    return kinds < 2 or (kinds == 2 and len(value) < _LONG)  # noqa: PLR2004


def _is_words(value: str) -> bool:
    """Tell whether a value is made of words, as identifiers are: those of secrets stand there."""
    return re.match(_SEPARATED, value) is not None or not re.sub(_OF_NAMES, "", value)


def _kinds(value: str) -> int:
    """Count the kinds of signs: letters of both cases, digits, others."""
    return (
        any(sign.islower() for sign in value)
        + any(sign.isupper() for sign in value)
        + any(sign.isdigit() for sign in value)
        + any(not sign.isalnum() for sign in value)
    )


def has_opening(text: str) -> bool:
    """Tell whether a part of a text is put in later: an expression, a variable, a placeholder."""
    return re.search(_OPENERS, text) is not None
