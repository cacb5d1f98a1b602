"""Entries under `secrets:` that Vela drops, or cannot fetch."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.rule import rule
from pipelint.vela.calls import first_key, lacks
from pipelint.vela.context import Context
from pipelint.vela.model import Secret
from pipelint.vela.values import is_filled, is_null, text_of
from pipelint.yaml.node import Scalar

SHAPES = {"repo": "org/repo/name", "org": "org/name", "shared": "org/team/name"}
"""What the key of each type must look like; the name may hold more slashes."""

RESTRICTED = {"=": "`=`", "\0": "a NUL character"}
"""What the name of a secret must not hold: it becomes part of the environment."""

MEANINGLESS = ("name", "key", "engine", "type", "pull")


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def malformed_secret_key(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports a key that does not fit the type of its secret.

    ## Why is this bad?
    The type says what the parts of the key are: `org/repo/name` for `repo` (the default),
    `org/name` for `org`, `org/team/name` for `shared`. The worker refuses any other key, and the
    build fails when it starts.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/token
        type: repo
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/token
        type: org
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    key, kind = text_of(secret.node.get("key")), type_of(secret)
    if key is None or kind is None or has_origin(secret) or fits(key.value, kind):
        return
    meant = ", or set `type: org`" if fits(key.value, "org") else ""
    yield Finding(
        key.span,
        f"key `{key.value}` does not fit a secret of type `{kind}`",
        "refused by the worker",
        help=f"write `{SHAPES[kind]}`{meant}",
        notes=("the build fails when it starts",),
    )


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def implicit_secret_key(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports a secret without a key, whose name is none.

    ## Why is this bad?
    Without a key Vela takes the name to be the key. A key needs the organization and more
    (`org/repo/name`, by the type of the secret), so a plain name can never be fetched: the build
    fails when it starts.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello-world/token
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    kind = type_of(secret)
    if secret.name is None or kind is None or has_origin(secret) or not lacks(secret.node, "key"):
        return
    name = secret.name.value
    if not fits(name, kind):
        yield Finding(
            secret.name.span,
            f"secret `{name}` has no key, and its name cannot be one",
            "taken as the key, too",
            help=f"add a `key` such as `{SHAPES[kind].replace('name', name)}`",
            notes=("the build fails when it starts",),
        )


def type_of(secret: Secret) -> str | None:
    """Return the type of a secret, or None where it is none that Vela knows."""
    if lacks(secret.node, "type"):
        return "repo"
    text = text_of(secret.node.get("type"))
    return text.value if text and text.value in SHAPES else None


def has_origin(secret: Secret) -> bool:
    """Tell whether a plugin fetches the secret; an empty origin is none."""
    return secret.origin is not None and not secret.origin.empty


def fits(key: str, kind: str) -> bool:
    """Tell whether a key has the parts that a type of secret needs."""
    parts = key.split("/", SHAPES[kind].count("/"))
    return len(parts) == SHAPES[kind].count("/") + 1 and all(parts)


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def invalid_secret_name(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports a secret with a character in its name that no secret may have.

    ## Why is this bad?
    A name with `=` or a NUL character cannot become a variable. The worker refuses the secret, and
    the build fails when it starts.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token=deploy
        key: octocat/hello-world/token
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token=deploy]
        commands: [./publish.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token_deploy
        key: octocat/hello-world/token
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token_deploy]
        commands: [./publish.sh]
    ```
    """
    if secret.name is None or has_origin(secret):
        return
    for character, words in RESTRICTED.items():
        if character in secret.name.value:
            yield Finding(
                secret.name.span,
                f"the name of secret `{secret.name.value}` holds {words}",
                "refused by the worker",
                help="give it a name of letters, digits and `_`",
                notes=("the build fails when it starts",),
            )
            return


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def secret_without_name(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports an entry of `secrets` that has neither a name nor an origin.

    ## Why is this bad?
    Vela drops the entry without a word. The key is no name: steps cannot use it.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - key: octocat/hello-world/token
        type: repo
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello-world/token
        type: repo
    steps:
      - name: test
        image: golang:1.24
        secrets: [token]
        commands: [go test ./...]
    ```
    """
    if "origin" not in secret.node.fields and lacks(secret.node, "name"):
        yield Finding(
            first_key(secret.node),
            "this secret has no name",
            "dropped by Vela",
            help="add `name: …`",
        )


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def empty_secret_origin(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports an origin that says nothing.

    ## Why is this bad?
    An origin without `name`, `image`, `environment`, `parameters`, `secrets` and `pull` is none for
    Vela, even where it has a `ruleset`. No plugin runs; an entry without a name of its own is
    dropped.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - origin:
          ruleset:
            event: push
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - origin:
          name: vault
          image: target/secret-vault:v0.3.0
          ruleset:
            event: push
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    field = secret.node.fields.get("origin")
    if field is None or secret.node.broken:
        return
    key, value = field
    empty = secret.origin.empty if secret.origin else is_null(value)
    if empty:
        yield Finding(
            key.span,
            "this secret origin is empty",
            "no plugin runs",
            help="add `name` and `image`",
            notes=("an entry without a name and an origin is dropped",) if not secret.name else (),
        )


@rule(on=Secret, level=WARNING, family="vela", about=("secrets",))
def key_beside_origin(secret: Secret, context: Context) -> Iterator[Finding]:
    """Reports a key beside the origin of a secret, where none has a meaning.

    ## Why is this bad?
    The plugin of an origin brings secrets under names of its own. What stands beside `origin`
    (`name`, `key`, `engine`, `type`, `pull`) is ignored.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        origin:
          name: vault
          image: target/secret-vault:v0.3.0
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - origin:
          name: vault
          image: target/secret-vault:v0.3.0
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    if not has_origin(secret):
        return
    found = [key for key, value in secret.node.pairs if _is_meaningless(key) and is_filled(value)]
    if found:
        names = ", ".join(f"`{getattr(key, 'text', '')}`" for key in found)
        yield Finding(
            found[0].span,
            f"{names} beside `origin` {'is' if len(found) == 1 else 'are'} ignored",
            "no meaning here",
            help="remove what stands beside `origin`",
        )


def _is_meaningless(key: object) -> bool:
    return isinstance(key, Scalar) and key.text in MEANINGLESS


RULES = (
    empty_secret_origin,
    implicit_secret_key,
    invalid_secret_name,
    key_beside_origin,
    malformed_secret_key,
    secret_without_name,
)
