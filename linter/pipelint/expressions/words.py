"""Say what the parser expected, in a person's words."""

from __future__ import annotations

_OPERAND = "a value"
_WORDS = (
    ({"NAME", "NUMBER", "STRING"}, _OPERAND),
    ({"SEGMENT"}, "a name"),
    ({"PRODUCT", "OR", "PLUS"}, "an operator"),
    ({"_CLOSE"}, "`)`"),
    ({"_CLOSE_INDEX"}, "`]`"),
    ({"_CLOSE_SET"}, "`}`"),
    ({"_COLON"}, "`:`"),
    ({"_COMMA"}, "`,`"),
    ({"_SEMICOLON"}, "`;`"),
    ({"_OPEN"}, "`(`"),
    ({"$END"}, "the end"),
)


def say_expected(expected: tuple[str, ...]) -> str:
    """Join what could stand at a place: `a value or )`."""
    kinds = set(expected)
    words = [word for names, word in _WORDS if names <= kinds]
    if _OPERAND in words and "`(`" in words:
        words.remove("`(`")
    if "an operator" in words:
        words = [word for word in words if word not in {"`(`", "`,`"}]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def expects_operand(expected: tuple[str, ...]) -> bool:
    """Tell whether a value could stand there."""
    return "STRING" in expected and "SEGMENT" not in expected


def expects_operator(expected: tuple[str, ...]) -> bool:
    """Tell whether a value has just ended there."""
    return "PRODUCT" in expected
