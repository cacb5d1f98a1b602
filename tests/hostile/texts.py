"""Texts of up to a megabyte that somebody might write to hurt a linter; each by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SIZE = 1_000_000
"""Characters; what the engine promises a time and a peak of memory for."""

BACKTRACKING = "a" * 30 + "!"
HEAD = 'version: "1"\n'
STEPS = HEAD + "steps:\n"

Text = Callable[[], str]


def repeat(piece: str, before: str = "", after: str = "") -> Text:
    """Fill a megabyte with a piece."""
    return lambda: before + piece * ((SIZE - len(before) - len(after)) // len(piece)) + after


def number(piece: str, before: str = "", after: str = "", most: int = SIZE) -> Text:
    """Fill a megabyte with a piece that holds `{n}`, the number of the piece."""

    def write() -> str:
        room = SIZE - len(before) - len(after)
        parts: list[str] = []
        for n in range(most):
            part = piece.replace("{n}", str(n)).replace("{m}", str(n + 1))
            room -= len(part)
            if room < 0:
                break
            parts.append(part)
        return before + "".join(parts) + after

    return write


def step(*lines: str, name: str = "one") -> str:
    """Write a step with these further lines."""
    return f"  - name: {name}\n    image: golang:1.22\n" + "".join(f"    {line}\n" for line in lines)


def steps(*lines: str, name: str = "step {n}") -> Text:
    """Fill a megabyte with steps that have these lines."""
    return number(step(*lines, name=name), STEPS)


RUN = "commands: [go test ./...]"


# --- collections ---------------------------------------------------------------------------------


def stairs(piece: str, most: int) -> str:
    """Nest blocks, each a blank deeper."""
    return "".join(f"{' ' * depth}{piece}\n" for depth in range(most))


NESTED: dict[str, Text] = {
    "30 000 brackets": lambda: "[" * 30_000,
    "30 000 braces": lambda: "{" * 30_000,
    "30 000 brackets below a key": lambda: STEPS + "  - name: " + "[" * 30_000,
    "30 000 brackets closed": lambda: "[" * 30_000 + "]" * 30_000,
    "a megabyte of brackets": repeat("["),
    "a megabyte of braces": repeat("{"),
    "a megabyte of brackets closed": lambda: "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "empty lists": repeat("[],", "steps: [", "]"),
    "empty maps": repeat("{},", "steps: [", "]"),
    "flow pairs": repeat("{a: ", "x: "),
    "flow keys": repeat("a,", "{", "}"),
    "dashes": repeat("- "),
    "dashes below a key": repeat("- ", STEPS + "  "),
    "lines of dashes": repeat("- \n"),
    "question marks": repeat("? "),
    "colons": repeat(": "),
    "deep maps": lambda: stairs("a:", 1_400),
    "deep lists": lambda: stairs("-", 1_400),
    "deep maps below steps": lambda: STEPS + "".join(f"{'  ' * n}a:\n" for n in range(1, 1_000)),
    "many stairs": lambda: "".join(" " * (n % 190) + f"a{n}:\n" for n in range(10_000)),
    "just below the depth limit": lambda: HEAD
    + "".join(f"k{n}: {'[' * 150}{']' * 150}\n" for n in range(3_000)),
    "null values": repeat("a: \n"),
    "merges of nothing": repeat("<<: \n"),
}


# --- aliases -------------------------------------------------------------------------------------


def laughs(opened: str, item: str, closed: str, levels: int = 60) -> str:
    """Write the billion laughs: each line holds the one above nine times."""
    lines = [f"a0: &a0 {opened}{', '.join([item.format(name='lol', key=k) for k in range(9)])}{closed}"]
    for level in range(1, levels):
        items = ", ".join(item.format(name=f"*a{level - 1} ", key=key) for key in range(9))
        lines.append(f"a{level}: &a{level} {opened}{items}{closed}")
    return "\n".join(lines) + "\n"


def merges(levels: int) -> str:
    """Write maps, each of which merges the one above and adds a key."""
    first = "a: &a0 {k: 1}\n"
    return first + "".join(
        f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\n" for n in range(1, levels)
    )


def shared(block: str, use: str) -> Text:
    """Define a block by an anchor and use it in a megabyte of steps."""
    first = step(RUN, *block.splitlines(), name="first")
    return number("  - name: step {n}\n    image: golang:1.22\n    " + use + "\n", STEPS + first)


LARGE_LIST = "\n".join(f"  - KEY{n}=value ${{VELA_BUILD_NUMBER}}" for n in range(3_000))
LARGE_MAP = "\n".join(f"  KEY{n}: value ${{VELA_BUILD_NUMBER}}" for n in range(3_000))

SHARED: dict[str, Text] = {
    "laughs in lists": lambda: laughs("[", "{name}", "]"),
    "laughs in maps": lambda: laughs("{", "k{key}: {name}", "}"),
    "laughs in merges": lambda: laughs("{<<: [", "{name}", "]}").replace("lol", "{lol: 1}"),
    "laughs in steps": lambda: HEAD + laughs("[", "{name}", "]") + "steps: *a59\n",
    "laughs in a step": lambda: HEAD
    + laughs("[", "{name}", "]")
    + "steps:\n  - {name: a, image: 'golang:1.22', commands: *a59, environment: *a59,"
    " secrets: *a59, ruleset: {event: *a59, path: *a58}, parameters: *a57}\n",
    "laughs of maps in a step": lambda: HEAD
    + laughs("{", "k{key}: {name}", "}")
    + "steps:\n  - {name: a, image: 'golang:1.22', commands: *a59, environment: *a59,"
    " secrets: *a59, ruleset: *a59, parameters: *a57}\n",
    "a chain of merges": lambda: merges(25_000),
    "a chain of merges in a step": lambda: HEAD
    + merges(12_000)
    + "steps:\n  - {name: a, image: 'golang:1.22', commands: [x], environment: *a11999}\n",
    "a step used 100 000 times": repeat("  - *s\n", STEPS + "  - &s {name: a, image: a:1}\n"),
    "a large step used often": lambda: STEPS
    + "  - &s\n    name: a\n    image: golang:1.22\n    commands:\n"
    + "      - echo ${VELA_BUILD_NUMBER} $NOTHING ${VELA_BUILD_NUMBR}\n" * 5_000
    + "  - *s\n" * 50_000,
    "a list of steps used in stages": number(
        "  s{n}: {steps: *steps}\n",
        HEAD + "x: &steps [" + "{name: a, image: 'a:1', commands: [b]}, " * 500 + "]\nstages:\n",
    ),
    "merged steps": number(
        "  - <<: *s\n    name: step {n}\n", STEPS + "  - &s {name: a, image: 'a:1', commands: [b]}\n"
    ),
    "a large merged step": number(
        "  - <<: *s\n    name: step {n}\n",
        STEPS + "  - &s\n    name: a\n    image: golang:1.22\n    commands: [" + "a ${B}, " * 5_000 + "]\n",
    ),
    "shared secrets": shared(
        "secrets: &x\n" + "\n".join(f"  - secret{n}" for n in range(5_000)), "secrets: *x"
    ),
    "a shared list of variables": shared("environment: &x\n" + LARGE_LIST, "environment: *x"),
    "a shared map of variables": shared("environment: &x\n" + LARGE_MAP, "environment: *x"),
    "a merged map of variables": shared(
        "environment: &x\n" + LARGE_MAP, "environment: {<<: *x, A: b}"
    ),
    "a shared ruleset": shared(
        "ruleset: &x\n  branch:\n" + "\n".join(f"    - ma*{n}" for n in range(5_000)),
        "ruleset: *x",
    ),
    "shared patterns": shared(
        "ruleset:\n  branch: &x\n" + "\n".join(f"    - ma*{n}" for n in range(5_000)),
        "ruleset: {branch: *x, tag: *x, path: *x}",
    ),
    "shared commands": shared(
        "entrypoint: &x\n" + "\n".join(f"  - echo ${{VELA{n}}} $A" for n in range(5_000)),
        "commands: *x",
    ),
    "shared parameters": shared("parameters: &x\n" + LARGE_MAP, "parameters: *x"),
    "50 000 anchors": number("a{n}: &a{n} x\n", most=50_000),
    "50 000 anchors of one name": number("a{n}: &a x\n", most=50_000),
    "50 000 anchors that are used": number("- &a{n} x\n- *a{n}\n", most=50_000),
    "50 000 anchors in steps": number("  - &a{n} {name: &b{n} a{n}}\n", STEPS),
    "unknown aliases": number("- *a{n}\n"),
    "unknown aliases near to anchors": number("- &anchor{n} x\n- *anchr{n}\n"),
    "an alias of itself": number("a{n}: &a{n} [*a{n}]\n"),
    "aliases as keys": number("? *a{n}\n: &a{m} b{n}\n", "x: &a0 b\n"),
    "anchors in one another": lambda: "".join(f"a{n}: " + "&a [" * 150 + "]" * 150 + "\n" for n in range(1_300)),
    "anchors in one another, used": lambda: "".join(
        f"a{n}: " + "".join(f"&a{n}x{k} [" for k in range(100)) + "]" * 100 + f"\nb{n}: *a{n}x50\n"
        for n in range(800)
    ),
}


# --- scalars -------------------------------------------------------------------------------------


def command(text: str) -> str:
    """Put a text into the commands of a step."""
    return STEPS + "  - name: a\n    image: golang:1.22\n    commands:\n      - " + text + "\n"


def long(piece: str, before: str = "", after: str = "") -> Text:
    """Put a megabyte made of a piece into a command."""
    return lambda: command(repeat(piece, before + " " * 200, after)().replace(" " * 200, ""))


SCALARS: dict[str, Text] = {
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
    "actions in steps": number(
        "  {{ if .a }}\n  - name: a{n}\n    image: b\n  {{ end }}\n", STEPS
    ),
    "actions as values": number("  - name: {{ .a }}\n    image: {{ .b }}\n", STEPS),
    "comments of actions": repeat("{{/* a */}}"),
    "quotes in actions": repeat('{{ "a', "steps:\n  "),
    "tags": repeat("!a:b "),
    "tags in lists": repeat("!a:b,", "[", "a:b]"),
    "anchors without a node": repeat("& "),
    "a name of a megabyte": lambda: STEPS + f"  - name: {'a' * SIZE}\n    image: a:1\n    commands: [b]\n",
    "a key of a megabyte": lambda: STEPS + f"  - name: a\n    ? {'a' * SIZE}\n    : b\n",
    "a key of a kilobyte": number("    " + "k" * 990 + "{n}: a\n", STEPS + "  - name: a\n"),
    "names of a kilobyte": number(
        "  - name: " + "n" * 990 + "{n}\n    image: a:1\n    needs: [x]\n", STEPS
    ),
}


# --- pipelines -----------------------------------------------------------------------------------


def stages(needs: str, count: int = 10_000, name: str = "stage{n}") -> Text:
    """Write many stages, each with these needs."""
    def write() -> str:
        lines = [HEAD, "stages:\n"]
        for n in range(count):
            words = {"{n}": str(n), "{m}": str((n + 1) % count), "{l}": str(n - 1)}
            entry = f"  {name}:\n    needs: {needs}\n    steps: [{{name: a, image: 'a:1', commands: [b]}}]\n"
            for word, value in words.items():
                entry = entry.replace(word, value)
            lines.append(entry)
        return "".join(lines)
    return write


def fan(width: int) -> str:
    """Write stages that need all stages above them."""
    return HEAD + "stages:\n" + "".join(
        f"  s{n}:\n    needs: [{', '.join(f's{k}' for k in range(n))}]\n"
        "    steps: [{name: a, image: 'a:1', commands: [b]}]\n"
        for n in range(width)
    )


RULESET = "ruleset: {{event: [push], branch: main, path: ['{}/**']}}"

PIPELINES: dict[str, Text] = {
    "stages in a ring": stages("[stage{m}]"),
    "stages in a chain": stages("[stage{l}]"),
    "stages that need the next": stages("[stage{m}, stage0]"),
    "stages that need near names": stages("[stgae{n}]"),
    "stages that need unknown names": stages("[other{n}, others{m}]"),
    "stages that need one twice": stages("[stage0, stage0, stage1, stage1]"),
    "stages that need themselves": stages("[stage{n}]"),
    "stages of one name": stages("[same]", name="same"),
    "stages renamed to one": lambda: HEAD + "stages:\n" + "".join(
        f"  s{n}:\n    name: same\n    needs: [same, s{n}]\n    steps: []\n" for n in range(10_000)
    ),
    "stages that need all above": lambda: fan(550),
    "one stage that needs 50 000": lambda: HEAD + "stages:\n  a:\n    needs: [" + "".join(
        f"stage{n}, " for n in range(50_000)
    ) + "]\n    steps: [{name: a, image: 'a:1', commands: [b]}]\n",
    "stages without steps": number("  stage{n}:\n    needs: [stage{m}]\n", HEAD + "stages:\n"),
    "steps of one name": lambda: STEPS + (step(RUN, name="same") * 10_000),
    "steps of one name with rulesets": lambda: STEPS + "".join(
        step(RUN, RULESET.format(n), name="same") for n in range(8_000)
    ),
    "steps of one name with other events": lambda: STEPS + "".join(
        step(RUN, f"ruleset: {{event: [{event}], branch: [b{n}]}}", name="same")
        for n in range(3_000) for event in ("push", "tag")
    ),
    "steps of one name with eval": lambda: STEPS + "".join(
        step(RUN, f"ruleset: {{eval: 'VELA_BUILD_NUMBER == \"{n}\"'}}", name="same") for n in range(7_000)
    ),
    "steps with nothing": number("  - {}\n", STEPS),
    "steps that are null": repeat("  -\n", STEPS),
    "steps that are texts": repeat("  - a\n", STEPS),
    "steps that are lists": repeat("  - [a]\n", STEPS),
    "steps with names only": number("  - name: a{n}\n", STEPS),
    "secrets misspelt": lambda: (
        HEAD + "secrets:\n"
        + "".join(f"  - name: password_{n:05}\n    key: a/b/password_{n:05}\n    engine: native\n" for n in range(5_000))
        + "steps:\n"
        + "".join(f"  - {{name: s{n}, image: 'a:1', commands: [b], secrets: [passwrod_{n:05}]}}\n" for n in range(5_000))
    ),
    "secrets that are never used": number(
        "  - name: password{n}\n    key: a/b/c\n    engine: native\n", HEAD + "secrets:\n"
    ),
    "secrets of one name": number(
        "  - name: password\n    key: a/b/c{n}\n    engine: native\n", HEAD + "secrets:\n"
    ),
    "secrets asked for twice": repeat("a, ", command("b") + "    secrets: [", "]\n"),
    "secrets with one target": number(
        "{source: a{n}, target: b}, ", command("b") + "    secrets: [", "]\n"
    ),
    "origins": number(
        "  - origin: {name: o{n}, image: 'a:1', secrets: [a{n}], parameters: {addr: x}}\n",
        HEAD + "secrets:\n",
    ),
    "origins in origins": number("  - origin: {secrets: [{source: o{n}}]}\n", HEAD + "secrets:\n"),
    "templates": number(
        "  - name: t{n}\n    source: github.com/a/b/c{n}.yml\n    type: github\n", HEAD + "templates:\n"
    ),
    "templates misspelt": lambda: (
        HEAD + "templates:\n"
        + "".join(f"  - {{name: templ_{n:05}, source: github.com/a/b/c.yml, type: github}}\n" for n in range(6_000))
        + "steps:\n"
        + "".join(f"  - {{name: s{n}, template: {{name: tepml_{n:05}}}}}\n" for n in range(6_000))
    ),
    "templates of files that are missing": number(
        "  - name: t{n}\n    source: a/b{n}.yml\n    type: file\n", HEAD + "templates:\n"
    ),
    "unknown keys near to known ones": lambda: STEPS + "  - name: a\n" + "".join(
        f"    imgae{n}: b\n" for n in range(20_000)
    ),
    "unknown keys near to known ones in steps": number(
        "  - {name: a{n}, imgae: b, comands: c, rulesets: d, secret: e}\n", STEPS
    ),
    "unknown keys at the root": number("stepz{n}: b\n", HEAD, most=20_000),
    "different unknown keys in steps": lambda: STEPS + "".join(
        f"  - {{imag{n}: b, comm{n}: c}}\n" for n in range(20_000)
    ),
    "duplicate keys": lambda: STEPS + "  - name: a\n" + "    image: b\n" * 20_000,
    "duplicate keys at the root": lambda: HEAD * 20_000,
    "duplicate keys in steps": repeat(
        "  - {name: a, name: b, image: a:1, image: b, commands: [c], commands: [d]}\n", STEPS
    ),
    "duplicate keys below merges": number("k{n}: {<<: *a, b: 1, b: 2}\n", "x: &a {b: 1, c: 2}\n"),
    "duplicate variables": lambda: command("b") + "    environment:\n" + "      - A=b\n" * 50_000,
    "values of the wrong kind": number(
        "  - {name: [a], image: {b: c}, commands: {d: e}, environment: 1, ruleset: [f],"
        " secrets: {g: h}, pull: [i], ulimits: j, volumes: {k: l}, detach: m}\n", STEPS
    ),
    "values that are not listed": number(
        "  - {name: a{n}, image: b, pull: alway, ruleset: {event: [psuh], status: failre,"
        " operator: andd, matcher: regx}}\n", STEPS
    ),
    "a deployment": number(
        "    p{n}: {description: a, type: b, required: c, options: [d], min: e, max: f}\n",
        HEAD + "deployment:\n  targets: [a]\n  parameters:\n",
    ),
    "services": number("  - {name: s{n}, image: 'postgres:15', ports: ['{n}:{n}']}\n", HEAD + "services:\n"),
    "unused things": steps("environment: {A{n}: b}", "detach: true", "ruleset: {branch: main}"),
}


# --- patterns ------------------------------------------------------------------------------------


def everywhere(text: str) -> str:
    """Put a text in quotes wherever a pattern of ours or of the user runs."""
    word = "'" + text.replace("'", "''") + "'"
    lists = ", ".join([word] * 3)
    return (
        STEPS
        + f"  - name: {word}\n    image: {word}\n    commands: [{lists}]\n    pull: {word}\n"
        + f"    user: {word}\n    volumes: [{lists}]\n    ulimits: [{lists}]\n    secrets: [{lists}]\n"
        + f"    environment: [{lists}]\n    entrypoint: {word}\n    report_as: {word}\n"
        + f"    ruleset:\n      matcher: regexp\n      event: [{lists}]\n      branch: [{lists}]\n"
        + f"      path: {word}\n      tag: {word}\n      eval: {word}\n      status: {word}\n"
        + f"      comment: {word}\n      repo: {word}\n      sender: {word}\n      label: {word}\n"
        + f"  - {{name: b, image: 'a:1', commands: [c], parameters: {{a: {word}}},"
        + f" ruleset: {{branch: {word}, event: {word}, eval: {word}}}, environment: {{a: {word}}}}}\n"
        + f"secrets:\n  - {{name: {word}, key: {word}, engine: {word}, type: {word}}}\n"
        + f"templates:\n  - {{name: {word}, source: {word}, type: {word}, format: {word}}}\n"
    )


def wide(piece: str, before: str = "", after: str = "", size: int = 25_000) -> Text:
    """Put a long text, made of a piece, wherever patterns run."""
    return lambda: everywhere(before + piece * (size // len(piece)) + after)


PATTERNS: dict[str, Text] = {
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
    "nested repetition": wide("(", "", "") if False else (lambda: everywhere("(" * 900 + "a" + "+)" * 900)),
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
    "many short texts": lambda: STEPS + "".join(
        step(f"ruleset: {{branch: '(a+)+{n}$', matcher: regexp, eval: 'a == {n} and (b'}}", RUN, name=f"s{n}")
        for n in range(6_000)
    ),
    "many expressions": lambda: STEPS + "".join(
        step(f"ruleset: {{eval: 'VELA_BUILD_EVNT == \"a{n}\" && hasPrefx(VELA_X, \"b\")'}}", RUN, name=f"s{n}")
        for n in range(6_000)
    ),
    "many images": lambda: STEPS + "".join(
        f"  - {{name: s{n}, image: 'Docker.io:x/A_b{n}:la test@sha', commands: [b]}}\n" for n in range(12_000)
    ),
    "many variables": lambda: command("b") + "    environment:\n" + "".join(
        f"      - a b{n}{'-' * 20}!\n" for n in range(20_000)
    ),
    "ignores": repeat("# pipelint: ignore[\n"),
    "ignores behind values": repeat("a: b # pipelint: ignore[unknown-key] c\n"),
    "ignores of unknown rules": number("a{n}: b # pipelint: ignore[unknwon-key{n}]\n"),
    "ignores of many rules": repeat("a,", "a: b # pipelint: ignore[", "]\n"),
    "ignores above lines": number("# pipelint: ignore[unknown-key]\na{n}: b\n", HEAD),
    "ignores in one line": repeat("# pipelint: ignore[a] ", "a: b "),
    "ignores of the file": repeat("# pipelint: ignore-file[unknown-key]\n"),
    "ignores that work": lambda: STEPS + "".join(
        f"  # pipelint: ignore[unknown-key]\n  - {{name: a{n}, imgae: b}} # pipelint: ignore[missing-image]\n"
        for n in range(8_000)
    ),
    "nested ignores": lambda: "".join(
        f"{' ' * n}# pipelint: ignore[a]\n{' ' * n}a:\n" for n in range(190)
    ) * 14,
    "signs": repeat("#"),
    "signs and blanks": repeat("# "),
    "words of ignores": repeat("pipelint: "),
}


# --- broken text ---------------------------------------------------------------------------------

BROKEN: dict[str, Text] = {
    "no colons": repeat("b\n", "a: 1\n"),
    "two colons": repeat("a: b: c\n"),
    "unclosed lists": repeat("a: [b\n"),
    "unclosed maps": repeat("a: {b\n"),
    "unclosed quotes": repeat('a: "b\n'),
    "unclosed single quotes": repeat("a: 'b\n"),
    "closed too often": repeat("a: ]\n"),
    "tabs": repeat("\tb: 1\n", "a: 1\n"),
    "tabs after dashes": repeat("-\tb: 1\n"),
    "dedents": repeat("  a: 1\n b: 2\n"),
    "dedents of steps": number("  - name: a{n}\n   image: b\n", STEPS),
    "indented too far": number("  - name: a{n}\n      image: b\n", STEPS),
    "a missing colon in steps": number("  - name: a{n}\n    image b\n    commands: [c]\n", STEPS),
    "a missing blank in steps": number("  - name:a{n}\n    image: b\n", STEPS),
    "a quote in steps": number("  - name: \"a{n}\n    image: b\n", STEPS),
    "an apostrophe in steps": number("  - name: it's\n    image: 'b\n", STEPS),
    "text behind quotes": repeat('a: "b" c\n'),
    "text behind brackets": repeat("a: [b] c\n"),
    "a word in lists": repeat("- a\nb\n"),
    "keys in lists": repeat("- a\nb: c\n"),
    "at signs": repeat("a: @b\n"),
    "back-ticks": repeat("a: `b`\n"),
    "per cents": repeat("%b\n"),
    "directives": number("%TAG !a{n}! x\n"),
    "directives behind documents": repeat("a: 1\n---\n%b\n"),
    "bad headers": repeat("a: |x\n  b\n"),
    "bad anchors": repeat("a: &\n"),
    "bad aliases": repeat("a: *\n"),
    "bad tags": repeat("a: !<b\n"),
    "bad escapes": repeat('a: "\\z"\n'),
    "two anchors": repeat("a: &b &c d\n"),
    "an anchor of an alias": repeat("a: &b *c\n"),
    "conflicts": repeat("<<<<<<< a\na: 1\n=======\na: 2\n>>>>>>> b\n"),
    "flow keys without values": repeat("a: {b: c d: e}\n"),
    "commas": repeat("a: [,,]\n"),
    "comments without a blank": repeat("a: 'b'#c\n"),
    "half a list and half a map": repeat("- a\nb: c\n- d\n"),
    "documents": repeat("---\n"),
    "documents with text": repeat("---\na: 1\n"),
    "documents of pipelines": repeat("---\n" + STEPS + step(RUN)),
    "ends of documents": repeat("...\n"),
    "NULs": repeat("\0"),
    "a NUL": lambda: STEPS + step(RUN) * 5_000 + "\0" + step(RUN) * 5_000,
    "NULs in lines": repeat("a: \0\n"),
    "bells": repeat("a\x07"),
    "bells in lines": repeat("a: \x07\n"),
    "escape sequences": repeat("a: \x1b[31m\n"),
    "lone surrogates": repeat("a: \ud800\n"),
    "lone surrogates in steps": steps("commands: ['\ud800']"),
    "byte order marks": repeat("\ufeff"),
    "byte order marks in lines": repeat("a: \ufeffb\n"),
    "non-characters": repeat("a: \ufffe\uffff\n"),
    "line separators": repeat("a: b\u2028"),
    "next lines": repeat("a: b\x85"),
    "returns": repeat("a: b\r"),
    "line ends": repeat("\n"),
    "line ends before a mistake": repeat("\n", after="a: b: c"),
    "blanks": repeat(" "),
    "blanks before a mistake": repeat(" ", after="a: b: c"),
    "comments": repeat("# x\n"),
    "comments before a mistake": repeat("# x\n", after="a: b: c"),
    "one line": repeat("a"),
    "one line of pairs": repeat("a: "),
    "one line of a list": repeat("a, ", "[", "a]"),
    "one line of steps": repeat("{name: a, image: b}, ", "steps: [", "]"),
    "one line of mistakes": repeat('"a" '),
    "letters of four bytes": repeat("😀: x\n"),
    "letters of four bytes and a mistake": repeat("😀: x\n", after="a: b: c"),
    "combining marks": repeat("a: " + "\u0301" * 40 + "\n"),
    "from right to left": repeat("a: \u202eb\n"),
    "a megabyte without a break": repeat("ab: [c, {d: e}], ", "{", "}"),
    "a script of another tool": repeat("jobs:\n  a:\n    runs-on: b\n    steps: [c]\n"),
}

SETS = {
    "nested": NESTED,
    "shared": SHARED,
    "scalars": SCALARS,
    "pipelines": PIPELINES,
    "patterns": PATTERNS,
    "broken": BROKEN,
}


def everything() -> Iterator[tuple[str, Text]]:
    """Give all texts with the names of their sets."""
    for name, texts in SETS.items():
        for title, text in texts.items():
            yield f"{name}: {title}", text
