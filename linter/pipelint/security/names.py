"""Names of variables that say: a credential is in here."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ALONE = frozenset({
    "password", "passwd", "pwd", "passphrase", "secret", "token", "pat", "apikey", "accesskey",
    "secretkey", "privatekey", "authtoken", "accesstoken", "apitoken", "clientsecret", "passcode",
    "dbpassword", "userpassword",
})  # fmt: skip
_BEFORE_KEY = frozenset({
    "api", "access", "secret", "private", "auth", "encryption", "signing", "account", "master",
    "integration", "subscription", "license", "storage",
})  # fmt: skip
_HARMLESS = frozenset(
    {"no", "use", "has", "is", "allow", "enable", "disable", "skip", "with", "old"}
)
"""Words before one of the others that make a question of a name."""


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Tell whether a variable of this name holds a credential: `DB_PASSWORD`, `apiKey`.

    The last word decides: `TOKEN_URL` and `passwordRef` hold none.
    """
    if len(name) > 100:  # noqa: PLR2004 - no name is that long
        return False
    words = [word.lower() for word in _WORDS.findall(name)]
    while words and words[-1].isdigit():
        words.pop()
    if not words or words[0] in _HARMLESS:
        return False
    if words[-1] in _ALONE:
        return True
    return words[-1] == "key" and len(words) > 1 and words[-2] in _BEFORE_KEY
