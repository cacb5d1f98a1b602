"""What comes over the network: run without a look, or taken from anybody."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.security.calls import VARIABLES, Place, piped_downloads, unverified_transport
from pipelint.security.script import Script, Subject
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar
from pipelint.yaml.view import inner


@rule(
    on=Subject,
    level=WARNING,
    family="security",
    about=("curl", "wget", "iex", "IEX", "Invoke", "invoke", "aria2c", "http "),
)
def download_piped_to_shell(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a script that runs what it downloads, without a look at it.

    ## Why is this bad?
    Whoever controls the server, or the name of it, runs what he likes in your pipeline, with its
    secrets; and a download that breaks off in the middle runs as far as it came. This happened to
    the users of a well-known uploader of test coverage, for two months.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: install
        image: alpine:3.22
        commands:
          - curl -sSfL https://tools.example.com/install.sh | sh
    ```

    ```yaml
    template:
      name: install
      identifier: install
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: curl -sSfL https://tools.example.com/install.sh | sh
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: install
        image: alpine:3.22
        commands:
          - curl -sSfLo install.sh https://tools.example.com/1.4.0/install.sh
          - sha256sum -c install.sh.sha256
          - sh install.sh
    ```

    ## When not to use it
    A server of your own on the same machine (`localhost`) is not reported.
    """
    for script in subject.with_words("curl", "wget", "iex", "IEX", "nvoke-", "aria2c", "http "):
        for start, end, runner in piped_downloads(script):
            yield Finding(
                script.place(start, end),
                f"a download is run by `{runner}` as it comes",
                "nothing checks what it is",
                help="download a fixed version, check its sum, then run it",
            )


_WORDS = (
    "nsecure", "erify", "VERIF", "tls", "TLS", "ssl", "SSL", "certificate", "trusted-host",
    "curl ", "Certificate", "erification",
)  # fmt: skip
"""A script that holds none of these switches nothing off."""

_SETTINGS = {
    "skipTlsVerify": "true",
    "skip_tls_verify": "true",
    "insecure_skip_tls_verify": "true",
    "insecureSkipTlsVerify": "true",
    "insecureSkipVerify": "true",
    "insecure_skip_verify": "true",
    "skip_verify": "true",
    "insecure_registry": "true",
    "tlsVerify": "false",
    "tls_verify": "false",
    "ssl_verify": "false",
    "skipCertVerify": "true",
}
"""Keys of the platforms and of plugins, each with the value that switches the check off."""


@rule(
    on=Subject,
    level=WARNING,
    family="security",
    about=(
        "~nsecure", "~erif", "~VERIF", "~tls", "~Tls", "~TLS", "~SSL", "~ssl", "~Callback",
        "curl", "trusted", "certificate", "~Skip",
    ),
)  # fmt: skip
def tls_verification_off(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports an option or a variable that switches off the check of certificates.

    ## Why is this bad?
    The connection is encrypted, but to whom? Anybody on the way can answer in the server's place,
    give you another program, and take the credentials that you send.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: upload
        image: alpine:3.22
        commands:
          - curl -k -T app.tgz https://files.example.com/
    ```

    ```yaml
    template:
      name: upload
      identifier: upload
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: npm ci
          envVariables:
            NODE_TLS_REJECT_UNAUTHORIZED: "0"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: upload
        image: alpine:3.22
        commands:
          - curl --cacert company.pem -T app.tgz https://files.example.com/
    ```

    ## Fix safety
    Removing the option is unsafe: the command fails until the certificate is trusted.
    """
    for script in subject.with_words(*_WORDS):
        for place in unverified_transport(script):
            yield _unverified(script, place)
    yield from _in_settings(subject)


def _unverified(script: Script, place: Place) -> Finding:
    start, end, word = place
    fixes: tuple[Fix, ...] = ()
    alone = word.startswith("-") and "=" not in word and not word.endswith("host")
    if alone and (len(word) == 2 or word.startswith("--")) and script.is_exact(start - 1, end):  # noqa: PLR2004 - `-k`
        before = script.text[start - 1 : start] == " "
        edit = Edit(script.place(start - before, end), "")
        fixes = (Fix(f"remove `{word}`", (edit,), safe=False),) if before else ()
    return _finding(script.place(start, end), word, fixes)


def _finding(span: Span, word: str, fixes: tuple[Fix, ...] = ()) -> Finding:
    return Finding(
        span,
        f"`{word}` switches off the check of certificates",
        "anybody may answer",
        help="trust the certificate instead: give its authority to the program",
        fixes=fixes,
    )


def _in_settings(subject: Subject) -> Iterator[Finding]:
    """Walk the document once: keys, variables, and `{name: …, value: …}`."""
    seen: set[int] = set()
    waiting: list[Node] = list(subject.tree.documents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, Mapping):
            for item in node.items:
                if isinstance(item, Scalar):
                    yield from _in_item(item)
            waiting.extend(node.items)
            continue
        name, value = node.get("name"), node.get("value")
        if isinstance(name, Scalar) and isinstance(value, Scalar):
            yield from _setting(name.text, name, value)
        for key, (key_node, below) in node.fields.items():
            if isinstance(below, Scalar):
                yield from _setting(key, key_node, below)
            else:
                waiting.append(below)


def _setting(name: str, key: Scalar, value: Scalar) -> Iterator[Finding]:
    text = value.text.lower()
    if _SETTINGS.get(name) == text or text in VARIABLES.get(name, ()):
        start, end = inner(value)
        if key.text == name and key.start < value.start and "\n" not in name:
            start, end = min(key.start, start), value.end
        yield _finding(Span(start, end), f"{name}: {value.text}")


def _in_item(item: Scalar) -> Iterator[Finding]:
    name, sign, value = item.text.partition("=")
    if sign and value.lower() in VARIABLES.get(name, ()):
        yield _finding(inner(item), item.text)


RULES = (download_piped_to_shell, tls_verification_off)
