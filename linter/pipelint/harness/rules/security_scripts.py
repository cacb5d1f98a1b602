"""Scripts of Harness: in which shell they run, and what is written into them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule
from pipelint.security.script import SECRET, Subject
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import mapping_of
from pipelint.yaml.written import place

_NO_BASH = re.compile(
    r"(?:docker\.io/)?(?:library/)?(?:alpine|busybox)(?::[\w.-]+)?\Z"
    r"|(?:docker\.io/)?(?:library/)?(?:golang|node|python|ruby|rust|php|openjdk|eclipse-temurin|maven)"
    r":(?:[\w.-]*-)?alpine[\d.]*\Z"
)
_WITH_BASH = re.compile(r"(?:docker\.io/)?(?:library/)?(?:node|maven|eclipse-temurin)\b")
_ONLY_BASH = re.compile(
    r"<<<|(?<![<\w])[<>]\((?=\w)|(?m:^[ \t]*(?:declare[ \t]+-[aA]|mapfile\b|readarray\b|shopt\b))"
    r"|(?m:^[ \t]*[A-Za-z_]\w*\+?=\([^)\n]{0,300}\))|\$\{[A-Za-z_]\w*\[[@*\d]"
)
_DASH = re.compile(
    r"(?:docker\.io/)?(?:library/)?(?:debian|ubuntu)(?::[\w.-]+)?\Z"
    r"|(?:docker\.io/)?(?:library/)?(?:golang|node|python|ruby|rust):(?![\w.-]*alpine)[\w.-]+\Z"
)
_SHEBANG = re.compile(
    r"\s*#![ \t]*\S*?/?(?:env[ \t]+(?:-S[ \t]+)?)?(python[\d.]*|node|perl|ruby|pwsh|php)\b"
)
_SHELLS = frozenset({"sh", "bash"})


def _script(step: Step) -> tuple[Text, Text] | None:
    """Return the shell and the script of a step, where both are there."""
    spec = step.spec
    shell = text_of(spec.get("shell")) if spec else None
    if spec is None or shell is None:
        return None
    command = spec.get("command")
    if command is None:
        source = mapping_of(spec.get("source"))
        inner = mapping_of(source.get("spec")) if source else None
        command = inner.get("script") if inner else None
    if not isinstance(command, Scalar) or command.broken or not command.text:
        return None
    return shell, Text(command.text, command)


@rule(on=Step, level=WARNING, family="security", about=("Bash",))
def missing_bash(step: Step, _context: Context) -> Iterator[Finding]:
    """Reports a script for Bash in an image that has no Bash.

    ## Why is this bad?
    The images of Alpine and BusyBox have `sh` alone: the step fails before the first line.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: alpine:3.22
          shell: Bash
          command: make check
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: alpine:3.22
          shell: Sh
          command: make check
    ```
    """
    found = _script(step)
    image = text_of(step.spec.get("image")) if step.spec else None
    if found is None or image is None or found[0].value != "Bash":
        return
    if _NO_BASH.match(image.value) and not _WITH_BASH.match(image.value):
        yield Finding(
            found[0].span,
            f"image `{image.value}` has no Bash",
            "it has `sh` alone",
            help="write `shell: Sh`, or use an image with Bash",
        )


@rule(on=Step, level=WARNING, family="security", about=("Sh", "sh"))
def bash_in_sh(step: Step, context: Context) -> Iterator[Finding]:
    """Reports what only Bash understands in a script for `sh`.

    ## Why is this bad?
    In Debian, Ubuntu and Alpine `sh` is another, smaller shell. Arrays, `<<<` and `<(…)` are
    syntax errors there. Only images are looked at of which that is known.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: alpine:3.22
          shell: Sh
          command: |
            parts=(api web)
            make check
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: alpine:3.22
          shell: Sh
          command: |
            parts="api web"
            make check
    ```
    """
    found = _script(step)
    image = text_of(step.spec.get("image")) if step.spec else None
    if found is None or image is None or found[0].value != "Sh":
        return
    if not (_NO_BASH.match(image.value) or _DASH.match(image.value)):
        return
    script = found[1]
    match = _ONLY_BASH.search(script.value)
    if match is None or _is_quoted(script.value, match.start()):
        return
    yield Finding(
        place(script.node, context.source.text)(*match.span()),
        "`sh` of this image does not understand this",
        "only Bash does",
        help="write `shell: Bash` and use an image with Bash, or write it for `sh`",
    )


def _is_quoted(script: str, at: int) -> bool:
    """Tell whether an offset is in a comment, in quotes or in what another program reads."""
    line = script[script.rfind("\n", 0, at) + 1 : at]
    before = script[:at]
    return "#" in line or before.count("'") % 2 == 1 or before.count('"') % 2 == 1 or "<<" in before


@rule(on=Step, level=WARNING, family="security", about=("#!",))
def ignored_shebang(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a script that names another interpreter than the shell that runs it.

    ## Why is this bad?
    Harness gives the script to the shell of the step; the first line is a comment then, and the
    shell tries to run Python.

    ## Example
    ```yaml
    template:
      name: report
      identifier: report
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          executionTarget: {}
          onDelegate: true
          source:
            type: Inline
            spec:
              script: |
                #!/usr/bin/env python3
                print("done")
    ```

    ## Use instead
    ```yaml
    template:
      name: report
      identifier: report
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          executionTarget: {}
          onDelegate: true
          source:
            type: Inline
            spec:
              script: |
                python3 -c 'print("done")'
    ```
    """
    found = _script(step)
    if found is None or found[0].value.lower() not in _SHELLS:
        return
    script = found[1]
    match = _SHEBANG.match(script.value)
    if match is not None:
        start = script.value.index("#!")
        yield Finding(
            place(script.node, context.source.text)(start, match.end()),
            f"`{match[1]}` does not run this script",
            f"{found[0].value} does",
            help="call the interpreter in the script",
        )


@rule(on=Step, level=OFF, family="security", about=("ShellScript",))
def script_without_set_e(step: Step, _context: Context) -> Iterator[Finding]:
    """Reports a script of several commands that goes on when one of them fails.

    ## Why is this bad?
    Harness looks at the last command only. A `cd` that fails in the middle goes unseen, and the
    rest runs in the wrong folder. Run steps stop by themselves, ShellScript steps do not.

    ## Example
    ```yaml
    template:
      name: report
      identifier: report
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          executionTarget: {}
          onDelegate: true
          source:
            type: Inline
            spec:
              script: |
                cd reports
                make
    ```

    ## Use instead
    ```yaml
    template:
      name: report
      identifier: report
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          executionTarget: {}
          onDelegate: true
          source:
            type: Inline
            spec:
              script: |
                set -e
                cd reports
                make
    ```
    """
    found = _script(step) if step.kind == "ShellScript" else None
    if found is None or found[0].value != "Bash":
        return
    lines = [
        line
        for line in found[1].value.split("\n")
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if len(lines) > 1 and "set -" not in found[1].value and "errexit" not in found[1].value:
        yield Finding(
            found[0].span,
            "this script goes on when a command fails",
            "no `set -e`",
            help="begin it with `set -euo pipefail`",
        )


@rule(on=Subject, level=OFF, family="security", about=("secrets.getValue",))
def secret_in_script(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a secret that is written into the text of a script.

    ## Why is this bad?
    It works, and is masked in the log. But a quote or a dollar sign in the secret breaks the
    script, `set -x` and `ps` show it, and it ends in whatever keeps the script. In a variable it
    does none of that.

    ## Example
    ```yaml
    template:
      name: log in
      identifier: login
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: docker login -u ci -p <+secrets.getValue("registry")>
    ```

    ## Use instead
    ```yaml
    template:
      name: log in
      identifier: login
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: echo "$REGISTRY" | docker login -u ci --password-stdin
          envVariables:
            REGISTRY: <+secrets.getValue("registry")>
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/run-step-settings
    """
    for script in subject.scripts:
        for one in script.pasted:
            if one.origin.kind == SECRET and one.origin.span is None:
                yield Finding(
                    script.place(one.start, one.end),
                    "a secret is written into a script",
                    "a quote in it breaks the script",
                    help=script.remedy,
                )


@rule(on=Step, level=WARNING, family="security", about=("\\r",))
def carriage_return_in_script(step: Step, context: Context) -> Iterator[Finding]:
    r"""Reports a script with the line ends of Windows in a shell of Linux.

    ## Why is this bad?
    The shell takes the carriage return for a letter: `cd app\r` looks for another folder, and
    `fi\r` ends nothing.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: "cd app\r\nmake check"
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: "cd app\nmake check"
    ```
    """
    found = _script(step)
    if found is None or found[0].value.lower() not in _SHELLS:
        return
    at = found[1].value.find("\r\n")
    if at >= 0:
        yield Finding(
            place(found[1].node, context.source.text)(at, at + 1),
            "this script has the line ends of Windows",
            "the shell reads it too",
            help="write `\\n` alone, or a block with `|`",
        )


@rule(on=Step, level=OFF, family="security", about=("uses",))
def unpinned_action(step: Step, _context: Context) -> Iterator[Finding]:
    """Reports an action of GitHub that is not pinned to a commit.

    ## Why is this bad?
    A tag can be moved. Whoever gets hold of the repository of the action runs what he likes in
    every pipeline that uses it; this has happened. This is advice, so it is off by default.

    ## Example
    ```yaml
    template:
      name: python
      identifier: python
      versionLabel: v1
      type: Step
      spec:
        type: Action
        timeout: 10m
        spec:
          uses: actions/setup-python@v5
    ```

    ## Use instead
    ```yaml
    template:
      name: python
      identifier: python
      versionLabel: v1
      type: Step
      spec:
        type: Action
        timeout: 10m
        spec:
          uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065
    ```
    """
    uses = (
        text_of(step.spec.get("uses"))
        if step.kind == "Action" and isinstance(step.spec, Mapping)
        else None
    )
    if uses is None or uses.value.startswith(("./", "docker://")):
        return
    version = uses.value.partition("@")[2]
    if not re.fullmatch(r"[0-9a-f]{40}", version):
        yield Finding(
            uses.span,
            f"action `{uses.value}` is not pinned to a commit",
            "a tag can be moved" if version else "no version",
            help="write the hash of a commit behind `@`",
        )


RULES = (
    bash_in_sh,
    carriage_return_in_script,
    ignored_shebang,
    missing_bash,
    script_without_set_e,
    secret_in_script,
    unpinned_action,
)
