"""Secrets where others can read them: in the log, and in outputs."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.security.calls import prints
from pipelint.security.flow import Flow
from pipelint.security.script import SECRET, Origin, Script, Subject
from pipelint.security.shell import call_of


@rule(on=Subject, level=WARNING, family="security", about=("echo", "printf", "Write"))
def printed_secret(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a script that prints a secret into the log.

    ## Why is this bad?
    The log hides a secret only where it stands exactly as it is. Once it is encoded, cut or
    reversed, or printed line by line, everybody who sees the log can read it.

    Only what surely is a secret counts, and only what surely goes into the log: text that is
    piped into a command such as `docker login --password-stdin`, or into a file, does not.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello-world/token
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands:
          - echo "$TOKEN" | base64
    ```

    ```yaml
    template:
      name: publish
      identifier: publish
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: echo "$TOKEN" | base64
          envVariables:
            TOKEN: <+secrets.getValue("token")>
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
        commands:
          - echo "$TOKEN" | docker login --username ci --password-stdin
    ```
    """
    if "ecret" not in subject.text:
        return
    for script in subject.with_words("echo", "printf", "Write-"):
        if not _may_hold_secret(script):
            continue
        flow = Flow(script)
        for command in script.commands:
            how = prints(command, call_of(command))
            for word in command.words[1:] if how else ():
                for origin, start, end in flow.uses(word):
                    if origin.kind == SECRET and not _asks_only(script.text[start:end]):
                        yield _printed(script, start, end, origin, how)


def _may_hold_secret(script: Script) -> bool:
    if any(one.origin.kind == SECRET for one in script.pasted):
        return True
    known = script.environment.items()
    return any(origin.kind == SECRET and name in script.text for name, origin in known)


def _asks_only(use: str) -> bool:
    """Tell whether only the length of a variable is used, or whether it is set."""
    return use.startswith("${#") or ":+" in use


def _printed(script: Script, start: int, end: int, origin: Origin, how: str) -> Finding:
    related = (Related(origin.span, "the secret comes in here"),) if origin.span else ()
    hidden = how == "prints"
    return Finding(
        script.place(start, end),
        "a secret goes into the log" if hidden else "a secret goes into the log in another form",
        "printed here" if hidden else "the log does not hide it",
        help='do not print it; `test -n "$NAME"` tells whether it is set',
        related=related,
        notes=("the log hides a secret only where it stands as it is",),
    )


@rule(on=Subject, level=WARNING, family="security", about=("outputVariables",))
def secret_in_output(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a step that puts a secret into an output variable of type String.

    ## Why is this bad?
    The values of output variables are kept with the execution, and shown in the interface to
    everybody who may see it. Those of type Secret are encrypted.

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
          command: export SESSION="$TOKEN"
          envVariables:
            TOKEN: <+secrets.getValue("token")>
          outputVariables:
            - name: SESSION
              type: String
              value: SESSION
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
          command: export SESSION="$TOKEN"
          envVariables:
            TOKEN: <+secrets.getValue("token")>
          outputVariables:
            - name: SESSION
              type: Secret
              value: SESSION
    ```
    """
    for script in subject.scripts:
        if not script.outputs or not _may_hold_secret(script):
            continue
        known = Flow(script).known
        for name, span in script.outputs.items():
            origin = known.get(name)
            if origin is not None and origin.kind == SECRET:
                where = (Related(origin.span, "the secret comes in here"),) if origin.span else ()
                yield Finding(
                    span,
                    f"output variable `{name}` shows a secret",
                    "kept and shown as text",
                    help="write `type: Secret`",
                    related=where,
                )


RULES = (printed_secret, secret_in_output)
