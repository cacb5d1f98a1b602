"""Images: what no registry can have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Container
from pipelint.vela.rulesets import is_dynamic


@rule(on=Container, level=WARNING, family="vela")
def malformed_image(container: Container, context: Context) -> Iterator[Finding]:
    """Reports an image that no registry can have.

    ## Why is this bad?
    Vela does not look at the name of an image; the build fails on the worker, after the steps
    before have run. A name of an image has no blanks and no upper-case letters outside its tag.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang 1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    image = container.image
    if image is None or _USUAL_IMAGE.match(image.value) or is_dynamic(image.value):
        return
    wrong = image_mistake(image.value)
    if wrong:
        yield Finding(
            image.span,
            f"`{image.value}` is not a valid image name",
            wrong,
            help="write `${NAME}`: without braces nothing is replaced"
            if "$" in image.value
            else "write `name:tag`",
        )


_PART = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_USUAL_IMAGE = re.compile(rf"{_PART}(?:/{_PART})*(?::\w[\w.-]*)?\Z", re.ASCII)
_PARTS = re.compile(rf"{_PART}(?:/{_PART})*\Z")
_ODD = re.compile(r"[^A-Za-z0-9._/-]")
_TAG = re.compile(r"\w[\w.-]{0,127}\Z", re.ASCII)
_DIGEST = re.compile(
    r"(?!sha256:)[A-Za-z][\w+.-]*:[0-9A-Fa-f]{32,}\Z|sha256:[0-9a-f]{64}\Z", re.ASCII
)


class Reference(NamedTuple):
    """An image, taken apart: `repository` has no host, `tag` and `digest` are None if not there."""

    text: str
    repository: str
    tag: str | None
    digest: str | None


_MISTAKES: tuple[tuple[str, Callable[[Reference], object]], ...] = (
    ("contains a space", lambda image: any(char.isspace() for char in image.text)),
    ("a part is empty", lambda image: "" in image.repository.split("/")),
    ("the tag is empty", lambda image: image.tag == ""),
    ("contains `{}`", lambda image: _ODD.search(image.repository)),
    ("upper-case letters", lambda image: image.repository != image.repository.lower()),
    ("misplaced `.`, `_` or `-`", lambda image: not _PARTS.match(image.repository)),
    ("not a valid tag", lambda image: image.tag and not _TAG.match(image.tag)),
    (
        "not a whole digest",
        lambda image: image.digest is not None and not _DIGEST.match(image.digest),
    ),
)


def image_mistake(text: str) -> str:
    """Say what keeps a text from being a reference of an image, or nothing."""
    image = _reference(text)
    said = next((said for said, is_wrong in _MISTAKES if is_wrong(image)), "")
    odd = _ODD.search(image.repository)
    return said.format(odd[0]) if odd else said


def _reference(text: str) -> Reference:
    name, at, digest = text.partition("@")
    path, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        path, tag, colon = name, "", ""
    repository = path.split("/", 1)[1] if _has_host(path) else path
    return Reference(text, repository, tag if colon else None, digest if at else None)


def _has_host(path: str) -> bool:
    first, slash, _ = path.partition("/")
    return bool(slash) and (
        "." in first or ":" in first or first == "localhost" or first != first.lower()
    )


RULES = (malformed_image,)
