"""Values of a megabyte, and what pipelines have in values: `${…}`, `{{ … }}`, escapes."""

from __future__ import annotations

from hostile.writing import SIZE, STEPS, Text, command, number, repeat


def long(piece: str, before: str = "", after: str = "") -> Text:
    """Put a megabyte made of a piece into a command."""
    return lambda: command(repeat(piece, before + " " * 200, after)().replace(" " * 200, ""))


TEXTS: dict[str, Text] = {
    "a plain megabyte": long("a"),
    "plain words": long("word "),
    "a plain text of many lines": lambda: command("word\n        " * 70_000),
    "quoted": long("a", '"', '"'),
    "quoted lines": lambda: command('"' + "word\n        " * 70_000 + '"'),
    "single quoted": long("''", "'", "'"),
    "escapes": long("\\t", '"', '"'),
    "unicode escapes": long("\\u00e4", '"', '"'),
    "wrong escapes": long("\\d", '"', '"'),
    "backslashes": long("\\"),
    "literal": lambda: command("|\n" + "        word\n" * 70_000),
    "folded": lambda: command(">\n" + "        word\n" * 70_000),
    "folded to blank lines": lambda: command(">\n" + "\n" * 900_000),
    "literal with its indentation": lambda: command("|9\n" + "        word\n" * 70_000),
    "openings": long("${"),
    "openings below another": long("${A:-"),
    "openings that are closed": lambda: command("${A:-" * 100_000 + "}" * 100_000),
    "dollars": long("$"),
    "two dollars": long("$$"),
    "dollars and openings": long("$${"),
    "substitutions": long("${VELA_BUILD_NUMBER} "),
    "unknown substitutions": long("${VELA_BUILD_NUMBR} "),
    "different substitutions": lambda: command("".join(f"${{NAME{n}}} " for n in range(80_000))),
    "unknown substitutions, all different": lambda: command(
        "".join(f"${{VELA_BUILD_{n}}} " for n in range(50_000))
    ),
    "broken substitutions": long("${A B} "),
    "substitutions with operators": long("${A:=b} ${B//x/y} ${C:1:2} "),
    "substitutions in single quotes": long("'$A ${A}' "),
    "substitutions in folded lines": lambda: command(
        ">\n" + "        word ${VELA_BUILD_NUMBR} $A\n" * 25_000
    ),
    "substitutions in double quotes": long("\\t${VELA_BUILD_NUMBR}", '"', '"'),
    "substitutions in quoted lines": lambda: command(
        '"' + "word ${VELA_BUILD_NUMBR}\\\n        " * 25_000 + '"'
    ),
    "shell names": long("$NAME "),
    "shell comments": lambda: command("|\n" + "        # ${A B} $NAME\n" * 40_000),
    "quotes": long("'\" ", "x "),
    "actions": long("{{ .a }}"),
    "openings of actions": long("{{"),
    "openings of actions at the root": repeat("{{"),
    "an action that never ends": repeat("a", "steps:\n  {{ "),
    "lines of actions": repeat("{{ range .a }}\n"),
    "actions between keys": repeat("a: 1\n{{ end }}\n"),
    "actions in steps": number("  {{ if .a }}\n  - name: a{n}\n    image: b\n  {{ end }}\n", STEPS),
    "actions as values": number("  - name: {{ .a }}\n    image: {{ .b }}\n", STEPS),
    "comments of actions": repeat("{{/* a */}}"),
    "quotes in actions": repeat('{{ "a', "steps:\n  "),
    "tags": repeat("!a:b "),
    "tags in lists": repeat("!a:b,", "[", "a:b]"),
    "anchors without a node": repeat("& "),
    "a name of a megabyte": lambda: (
        STEPS + f"  - name: {'a' * SIZE}\n    image: a:1\n    commands: [b]\n"
    ),
    "a key of a megabyte": lambda: STEPS + f"  - name: a\n    ? {'a' * SIZE}\n    : b\n",
    "a key of a kilobyte": number("    " + "k" * 990 + "{n}: a\n", STEPS + "  - name: a\n"),
    "names of a kilobyte": number(
        "  - name: " + "n" * 990 + "{n}\n    image: a:1\n    needs: [x]\n", STEPS
    ),
}
