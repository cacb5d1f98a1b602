"""Pipelines of thousands of parts, each with the same mistake."""

from __future__ import annotations

from hostile.writing import HEAD, ONE, RUN, STEPS, Text, command, number, repeat, step, steps


def stages(needs: str, count: int = 10_000, name: str = "stage{n}") -> Text:
    """Write many stages, each with these needs."""

    def write() -> str:
        lines = [HEAD, "stages:\n"]
        for n in range(count):
            words = {"{n}": str(n), "{m}": str((n + 1) % count), "{l}": str(n - 1)}
            entry = f"  {name}:\n    needs: {needs}\n    {ONE}\n"
            for word, value in words.items():
                entry = entry.replace(word, value)
            lines.append(entry)
        return "".join(lines)

    return write


def fan(width: int) -> str:
    """Write stages that need all stages above them."""
    return (
        HEAD
        + "stages:\n"
        + "".join(
            f"  s{n}:\n    needs: [{', '.join(f's{k}' for k in range(n))}]\n"
            "    steps: [{name: a, image: 'a:1', commands: [b]}]\n"
            for n in range(width)
        )
    )


RULESET = "ruleset: {{event: [push], branch: main, path: ['{}/**']}}"

TEXTS: dict[str, Text] = {
    "stages in a ring": stages("[stage{m}]"),
    "stages in a chain": stages("[stage{l}]"),
    "stages that need the next": stages("[stage{m}, stage0]"),
    "stages that need near names": stages("[stgae{n}]"),
    "stages that need unknown names": stages("[other{n}, others{m}]"),
    "stages that need one twice": stages("[stage0, stage0, stage1, stage1]"),
    "stages that need themselves": stages("[stage{n}]"),
    "stages of one name": stages("[same]", name="same"),
    "stages renamed to one": lambda: (
        HEAD
        + "stages:\n"
        + "".join(
            f"  s{n}:\n    name: same\n    needs: [same, s{n}]\n    steps: []\n"
            for n in range(10_000)
        )
    ),
    "stages that need all above": lambda: fan(550),
    "one stage that needs 50 000": lambda: (
        HEAD
        + "stages:\n  a:\n    needs: ["
        + "".join(f"stage{n}, " for n in range(50_000))
        + "]\n    steps: [{name: a, image: 'a:1', commands: [b]}]\n"
    ),
    "stages without steps": number("  stage{n}:\n    needs: [stage{m}]\n", HEAD + "stages:\n"),
    "steps of one name": lambda: STEPS + (step(RUN, name="same") * 10_000),
    "steps of one name with rulesets": lambda: (
        STEPS + "".join(step(RUN, RULESET.format(n), name="same") for n in range(8_000))
    ),
    "steps of one name with other events": lambda: (
        STEPS
        + "".join(
            step(RUN, f"ruleset: {{event: [{event}], branch: [b{n}]}}", name="same")
            for n in range(3_000)
            for event in ("push", "tag")
        )
    ),
    "steps of one name with eval": lambda: (
        STEPS
        + "".join(
            step(RUN, f"ruleset: {{eval: 'VELA_BUILD_NUMBER == \"{n}\"'}}", name="same")
            for n in range(7_000)
        )
    ),
    "steps with nothing": number("  - {}\n", STEPS),
    "steps that are null": repeat("  -\n", STEPS),
    "steps that are texts": repeat("  - a\n", STEPS),
    "steps that are lists": repeat("  - [a]\n", STEPS),
    "steps with names only": number("  - name: a{n}\n", STEPS),
    "secrets misspelt": lambda: (
        HEAD
        + "secrets:\n"
        + "".join(
            f"  - name: password_{n:05}\n    key: a/b/password_{n:05}\n    engine: native\n"
            for n in range(5_000)
        )
        + "steps:\n"
        + "".join(
            f"  - {{name: s{n}, image: 'a:1', commands: [b], secrets: [passwrod_{n:05}]}}\n"
            for n in range(5_000)
        )
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
        "  - name: t{n}\n    source: github.com/a/b/c{n}.yml\n    type: github\n",
        HEAD + "templates:\n",
    ),
    "templates misspelt": lambda: (
        HEAD
        + "templates:\n"
        + "".join(
            f"  - {{name: templ_{n:05}, source: github.com/a/b/c.yml, type: github}}\n"
            for n in range(6_000)
        )
        + "steps:\n"
        + "".join(f"  - {{name: s{n}, template: {{name: tepml_{n:05}}}}}\n" for n in range(6_000))
    ),
    "templates of files that are missing": number(
        "  - name: t{n}\n    source: a/b{n}.yml\n    type: file\n", HEAD + "templates:\n"
    ),
    "unknown keys near to known ones": lambda: (
        STEPS + "  - name: a\n" + "".join(f"    imgae{n}: b\n" for n in range(20_000))
    ),
    "unknown keys near to known ones in steps": number(
        "  - {name: a{n}, imgae: b, comands: c, rulesets: d, secret: e}\n", STEPS
    ),
    "unknown keys at the root": number("stepz{n}: b\n", HEAD, most=20_000),
    "different unknown keys in steps": lambda: (
        STEPS + "".join(f"  - {{imag{n}: b, comm{n}: c}}\n" for n in range(20_000))
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
        " secrets: {g: h}, pull: [i], ulimits: j, volumes: {k: l}, detach: m}\n",
        STEPS,
    ),
    "values that are not listed": number(
        "  - {name: a{n}, image: b, pull: alway, ruleset: {event: [psuh], status: failre,"
        " operator: andd, matcher: regx}}\n",
        STEPS,
    ),
    "a deployment": number(
        "    p{n}: {description: a, type: b, required: c, options: [d], min: e, max: f}\n",
        HEAD + "deployment:\n  targets: [a]\n  parameters:\n",
    ),
    "services": number(
        "  - {name: s{n}, image: 'postgres:15', ports: ['{n}:{n}']}\n", HEAD + "services:\n"
    ),
    "unused things": steps("environment: {A{n}: b}", "detach: true", "ruleset: {branch: main}"),
}
