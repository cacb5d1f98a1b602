"""Images that are another one tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import OFF, Finding
from pipelint.rule import rule
from pipelint.security.placeholders import has_opening
from pipelint.security.script import Subject
from pipelint.yaml.node import Mapping, Node, Scalar
from pipelint.yaml.view import inner


@rule(on=Subject, level=OFF, family="security", about=("image",))
def floating_image(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports an image without a tag, or with the tag `latest`.

    ## Why is this bad?
    The same pipeline runs in another image next week. What broke it, or who put what into the
    image, is hard to find out then. This is advice, so it is off by default.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang
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
    seen: set[int] = set()
    waiting: list[Node] = list(subject.tree.documents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, Mapping):
            waiting.extend(node.items)
            continue
        for name, (_, value) in node.fields.items():
            if not isinstance(value, Scalar):
                waiting.append(value)
            elif name == "image" and _floats(value):
                yield Finding(
                    inner(value),
                    f"image `{value.text}` is not pinned to a version",
                    "`latest` is meant" if not value.text.endswith(":latest") else "",
                    help="write `name:tag`, or better `name@sha256:…`",
                )


def _floats(image: Scalar) -> bool:
    text = image.text
    if image.broken or not text or has_opening(text) or "@" in text or " " in text or "$" in text:
        return False
    tag = text.rpartition("/")[2].partition(":")[2]
    return tag in {"", "latest"}


RULES = (floating_image,)
