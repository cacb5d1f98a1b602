"""Texts that make a bad pattern run for ever, wherever a pattern runs."""

from __future__ import annotations

from hostile.writing import HEAD, RUN, STEPS, Text, command, number, repeat, step


def everywhere(text: str) -> str:
    """Put a text in quotes wherever a pattern of ours or of the user runs."""
    word = "'" + text.replace("'", "''") + "'"
    lists = ", ".join([word] * 3)
    return (
        STEPS
        + f"  - name: {word}\n    image: {word}\n    commands: [{lists}]\n    pull: {word}\n"
        + f"    user: {word}\n    volumes: [{lists}]\n    ulimits: [{lists}]\n"
        + f"    secrets: [{lists}]\n"
        + f"    environment: [{lists}]\n    entrypoint: {word}\n    report_as: {word}\n"
        + f"    ruleset:\n      matcher: regexp\n      event: [{lists}]\n      branch: [{lists}]\n"
        + f"      path: {word}\n      tag: {word}\n      eval: {word}\n      status: {word}\n"
        + f"      comment: {word}\n      repo: {word}\n      sender: {word}\n      label: {word}\n"
        + f"  - {{name: b, image: 'a:1', commands: [c], parameters: {{a: {word}}},"
        + f" ruleset: {{branch: {word}, event: {word}, eval: {word}}},"
        + f" environment: {{{word}: {word}}}, {word}: {word}}}\n"
        + f"secrets:\n  - {{name: {word}, key: {word}, engine: {word}, type: {word}}}\n"
        + f"templates:\n  - {{name: {word}, source: {word}, type: {word}, format: {word}}}\n"
    )


def wide(piece: str, before: str = "", after: str = "", size: int = 25_000) -> Text:
    """Put a long text, made of a piece, wherever patterns run."""
    return lambda: everywhere(before + piece * (size // len(piece)) + after)


TEXTS: dict[str, Text] = {
    "letters": wide("a", after="!"),
    "blanks": wide(" ", "a", "!"),
    "dots": wide("."),
    "slashes": wide("/"),
    "slashes and stars": wide("/**"),
    "stars": wide("*", after="a"),
    "question marks": wide("?"),
    "brackets": wide("["),
    "classes": wide("[a-"),
    "groups": wide("("),
    "groups that repeat": wide("(a+)+", after="$"),
    "nested repetition": lambda: everywhere("(" * 900 + "a" + "+)" * 900),
    "counted repetition": wide("a{1,1000}"),
    "nested counted repetition": lambda: everywhere("((((a{1,1000}){1,1000}){1,1000}){1,1000})"),
    "alternatives": wide("a|"),
    "backslashes": wide("\\"),
    "classes by name": wide("\\pL\\d"),
    "flags": wide("(?i)"),
    "colons": wide(":"),
    "ports": wide("1:"),
    "equals": wide("="),
    "limits": wide("a=1:2"),
    "at signs": wide("@"),
    "digests": wide("a@sha256:"),
    "parts of an image": wide("a/", after=":1"),
    "dashes": wide("-", "a", "!"),
    "underscores": wide("a_", after="!"),
    "comparisons": wide('a == "b" && '),
    "operators": wide("!"),
    "brackets of expressions": wide("(a "),
    "ternaries": wide("a ? b : "),
    "calls": wide("a(b("),
    "members": wide("a.b"),
    "indices": wide("a[0]"),
    "strings": wide('"'),
    "numbers": wide("1"),
    "powers": wide("9**9**"),
    "digits and dots": wide("1."),
    "dollars": wide("$"),
    "substitutions": wide("${A}"),
    "openings": wide("${"),
    "actions": wide("{{"),
    "variables": wide("VELA_BUILD_"),
    "commas": wide(","),
    "many short texts": lambda: (
        STEPS
        + "".join(
            step(
                f"ruleset: {{branch: '(a+)+{n}$', matcher: regexp, eval: 'a == {n} and (b'}}",
                RUN,
                name=f"s{n}",
            )
            for n in range(6_000)
        )
    ),
    "many expressions": lambda: (
        STEPS
        + "".join(
            step(
                f'ruleset: {{eval: \'VELA_BUILD_EVNT == "a{n}" && hasPrefx(VELA_X, "b")\'}}',
                RUN,
                name=f"s{n}",
            )
            for n in range(6_000)
        )
    ),
    "many images": lambda: (
        STEPS
        + "".join(
            f"  - {{name: s{n}, image: 'Docker.io:x/A_b{n}:la test@sha', commands: [b]}}\n"
            for n in range(12_000)
        )
    ),
    "many variables": lambda: (
        command("b")
        + "    environment:\n"
        + "".join(f"      - a b{n}{'-' * 20}!\n" for n in range(20_000))
    ),
    "ignores": repeat("# pipelint: ignore[\n"),
    "ignores behind values": repeat("a: b # pipelint: ignore[unknown-key] c\n"),
    "ignores of unknown rules": number("a{n}: b # pipelint: ignore[unknwon-key{n}]\n"),
    "ignores of many rules": repeat("a,", "a: b # pipelint: ignore[", "]\n"),
    "ignores above lines": number("# pipelint: ignore[unknown-key]\na{n}: b\n", HEAD),
    "ignores in one line": repeat("# pipelint: ignore[a] ", "a: b "),
    "ignores of the file": repeat("# pipelint: ignore-file[unknown-key]\n"),
    "ignores that work": lambda: (
        STEPS
        + "".join(
            "  # pipelint: ignore[unknown-key]\n"
            f"  - {{name: a{n}, imgae: b}} # pipelint: ignore[missing-image]\n"
            for n in range(8_000)
        )
    ),
    "nested ignores": lambda: (
        "".join(f"{' ' * n}# pipelint: ignore[a]\n{' ' * n}a:\n" for n in range(190)) * 14
    ),
    "signs": repeat("#"),
    "signs and blanks": repeat("# "),
    "words of ignores": repeat("pipelint: "),
}
