"""Collections in collections: deeper, longer or emptier than anybody writes."""

from __future__ import annotations

from hostile.writing import HEAD, SIZE, STEPS, Text, repeat


def stairs(piece: str, most: int) -> str:
    """Nest blocks, each a blank deeper."""
    return "".join(f"{' ' * depth}{piece}\n" for depth in range(most))


TEXTS: dict[str, Text] = {
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
    "just below the depth limit": lambda: (
        HEAD + "".join(f"k{n}: {'[' * 150}{']' * 150}\n" for n in range(3_000))
    ),
    "null values": repeat("a: \n"),
    "merges of nothing": repeat("<<: \n"),
}
