"""Anchors and aliases: short texts that say very much."""

from __future__ import annotations

from hostile.writing import HEAD, RUN, STEPS, Text, number, repeat, step


def laughs(opened: str, item: str, closed: str, levels: int = 60) -> str:
    """Write the billion laughs: each line holds the one above nine times."""
    lines = [
        f"a0: &a0 {opened}{', '.join([item.format(name='lol', key=k) for k in range(9)])}{closed}"
    ]
    for level in range(1, levels):
        items = ", ".join(item.format(name=f"*a{level - 1} ", key=key) for key in range(9))
        lines.append(f"a{level}: &a{level} {opened}{items}{closed}")
    return "\n".join(lines) + "\n"


def merges(levels: int) -> str:
    """Write maps, each of which merges the one above and adds a key."""
    first = "a: &a0 {k: 1}\n"
    return first + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\n" for n in range(1, levels))


def shared(block: str, use: str) -> Text:
    """Define a block by an anchor and use it in a megabyte of steps."""
    first = step(RUN, *block.splitlines(), name="first")
    return number("  - name: step {n}\n    image: golang:1.22\n    " + use + "\n", STEPS + first)


LARGE_LIST = "\n".join(f"  - KEY{n}=value ${{VELA_BUILD_NUMBER}}" for n in range(3_000))
LARGE_MAP = "\n".join(f"  KEY{n}: value ${{VELA_BUILD_NUMBER}}" for n in range(3_000))

TEXTS: dict[str, Text] = {
    "laughs in lists": lambda: laughs("[", "{name}", "]"),
    "laughs in maps": lambda: laughs("{", "k{key}: {name}", "}"),
    "laughs in merges": lambda: laughs("{<<: [", "{name}", "]}").replace("lol", "{lol: 1}"),
    "laughs in steps": lambda: HEAD + laughs("[", "{name}", "]") + "steps: *a59\n",
    "laughs in a step": lambda: (
        HEAD
        + laughs("[", "{name}", "]")
        + "steps:\n  - {name: a, image: 'golang:1.22', commands: *a59, environment: *a59,"
        " secrets: *a59, ruleset: {event: *a59, path: *a58}, parameters: *a57}\n"
    ),
    "laughs of maps in a step": lambda: (
        HEAD
        + laughs("{", "k{key}: {name}", "}")
        + "steps:\n  - {name: a, image: 'golang:1.22', commands: *a59, environment: *a59,"
        " secrets: *a59, ruleset: *a59, parameters: *a57}\n"
    ),
    "a chain of merges": lambda: merges(25_000),
    "a chain of merges in a step": lambda: (
        HEAD
        + merges(12_000)
        + "steps:\n  - {name: a, image: 'golang:1.22', commands: [x], environment: *a11999}\n"
    ),
    "a step used 100 000 times": repeat("  - *s\n", STEPS + "  - &s {name: a, image: a:1}\n"),
    "a large step used often": lambda: (
        STEPS
        + "  - &s\n    name: a\n    image: golang:1.22\n    commands:\n"
        + "      - echo ${VELA_BUILD_NUMBER} $NOTHING ${VELA_BUILD_NUMBR}\n" * 5_000
        + "  - *s\n" * 50_000
    ),
    "a list of steps used in stages": number(
        "  s{n}: {steps: *steps}\n",
        HEAD + "x: &steps [" + "{name: a, image: 'a:1', commands: [b]}, " * 500 + "]\nstages:\n",
    ),
    "merged steps": number(
        "  - <<: *s\n    name: step {n}\n",
        STEPS + "  - &s {name: a, image: 'a:1', commands: [b]}\n",
    ),
    "a large merged step": number(
        "  - <<: *s\n    name: step {n}\n",
        STEPS
        + "  - &s\n    name: a\n    image: golang:1.22\n    commands: ["
        + "a ${B}, " * 5_000
        + "]\n",
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
    "unshared blocks of a shared step": lambda: (
        STEPS
        + "  - &s\n    name: a\n    image: golang:1.22\n    commands: [b]\n    environment:\n"
        + "      - KEY=value\n" * 5_000
        + "    secrets: ["
        + "a, " * 5_000
        + "]\n    ruleset: {branch: ["
        + "a*, " * 5_000
        + "]}\n"
        + "  - *s\n" * 50_000
    ),
    "steps of one name with a shared ruleset": lambda: (
        STEPS
        + step(
            RUN, "ruleset: &x {branch: [" + "ma*, " * 5_000 + "], event: [" + "pu*, " * 5_000 + "]}"
        )
        + "  - {name: one, image: 'golang:1.22', commands: [a], ruleset: *x}\n" * 10_000
    ),
    "a ruleset of shared lists": lambda: (
        STEPS
        + step(RUN, "ruleset:", "  x: &x [" + "ma*, " * 5_000 + "]")
        + "".join(f"      x{n}: *x\n" for n in range(50_000))
    ),
    "shared needs": lambda: (
        HEAD
        + "stages:\n  a:\n    needs: &x ["
        + "".join(f"s{n}, " for n in range(5_000))
        + "]\n    steps: [{name: a, image: 'a:1', commands: [b]}]\n"
        + "".join(
            f"  s{n}: {{needs: *x, steps: [{{name: a, image: 'a:1', commands: [b]}}]}}\n"
            for n in range(10_000)
        )
    ),
    "50 000 anchors": number("a{n}: &a{n} x\n", most=50_000),
    "50 000 anchors of one name": number("a{n}: &a x\n", most=50_000),
    "50 000 anchors that are used": number("- &a{n} x\n- *a{n}\n", most=50_000),
    "50 000 anchors in steps": number("  - &a{n} {name: &b{n} a{n}}\n", STEPS),
    "unknown aliases": number("- *a{n}\n"),
    "unknown aliases near to anchors": number("- &anchor{n} x\n- *anchr{n}\n"),
    "an alias of itself": number("a{n}: &a{n} [*a{n}]\n"),
    "aliases as keys": number("? *a{n}\n: &a{m} b{n}\n", "x: &a0 b\n"),
    "anchors in one another": lambda: "".join(
        f"a{n}: " + "&a [" * 150 + "]" * 150 + "\n" for n in range(1_300)
    ),
    "anchors in one another, used": lambda: "".join(
        f"a{n}: " + "".join(f"&a{n}x{k} [" for k in range(100)) + "]" * 100 + f"\nb{n}: *a{n}x50\n"
        for n in range(800)
    ),
}
