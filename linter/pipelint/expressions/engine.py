"""The functions and methods that the engine has. Facts, no behaviour."""

from __future__ import annotations

from functools import lru_cache

from pipelint.record import NamedTuple

BLOCKED = frozenset({"getClass", "forName", "getClassLoader", "exec", "newInstance", "invoke"})
"""Methods that the sandbox refuses."""


class Signature(NamedTuple):
    """How a function or method is called; `most` is the largest number of arguments."""

    least: int
    most: int
    returns: str
    parameters: tuple[str, ...] = ()


def _read(text: str) -> dict[str, Signature]:
    """Read `name least most type` or `name(first, second?) type`, one in a line."""
    found: dict[str, Signature] = {}
    for line in text.strip().splitlines():
        head, _, returns = line.strip().rpartition(" ")
        if head.endswith(")"):
            name, _, listed = head[:-1].partition("(")
            names = tuple(part.strip() for part in listed.split(",") if part.strip())
            least = sum(not part.endswith("?") for part in names)
            found[name] = Signature(least, len(names), returns, names)
        else:
            name, least_text, most_text = head.split()
            found[name] = Signature(int(least_text), int(most_text), returns)
    return found


_FUNCTORS = {
    "json": """
        object(text) map
        select(path, text) unknown
        list(path, text) list
        format(object) string
    """,
    "secretJson": """
        object(text) secret
        select(path, text) secret
        list(path, text) secret
        exists(path, text) secret
        isValid(text) secret
    """,
    "xml": "select(path, text) string",
    "regex": """
        extract(pattern, text) string
        replace(pattern, replacement, text) string
        match(pattern, text) boolean
    """,
    "secrets": "getValue(identifier) secret",
    "configFile": """
        getAsString(identifier, index?) string
        getAsBase64(identifier, index?) string
    """,
    "fileStore": """
        getAsString(path) string
        getAsBase64(path) string
    """,
    "exportedVariables": "getValue(path) unknown",
    "executionTags": """
        addTag(key, value?) string
        addTagsList(tags) string
    """,
    "string": """
        escapeDoubleQuotes(text) string
        escapeJson(text) string
    """,
    "shell": """
        escape(text) string
        quote(text) string
        doubleQuote(text) string
        enclose(text, with) string
        escapeChars(text, characters) string
    """,
    "datetime": """
        currentDate() date
        currentTime() date
    """,
    "expression": """
        isResolved(expression) boolean
        isUnresolved(expression) boolean
    """,
    "gitApp": "token(connector?) secret",
}
FUNCTORS = tuple(_FUNCTORS)
"""The roots that have functions."""

UNSURE = {"json": {"length", "concat"}, "gitApp": {"token"}}
"""Members of functors that are seen in the wild and not proved: nothing is said of them."""

_FUNCTIONS = """
    currentDate() date
    currentTime() date
    addTag(key, value?) string
    addTagsList(tags) string
"""

FUNCTIONS = frozenset({"currentDate", "currentTime", "addTag", "addTagsList"})
"""Functions without a root."""

_METHODS = {
    "string": """
        charAt 1 1 string
        chars 0 0 unknown
        codePointAt 1 1 number
        compareTo 1 1 number
        compareToIgnoreCase 1 1 number
        concat 1 1 string
        contains 1 1 boolean
        contentEquals 1 1 boolean
        empty 0 0 boolean
        endsWith 1 1 boolean
        equals 1 1 boolean
        equalsIgnoreCase 1 1 boolean
        format 1 9 string
        getBytes 0 1 unknown
        hashCode 0 0 number
        indexOf 1 2 number
        intern 0 0 string
        isBlank 0 0 boolean
        isEmpty 0 0 boolean
        join 1 9 string
        lastIndexOf 1 2 number
        length 0 0 number
        lines 0 0 unknown
        matches 1 1 boolean
        regionMatches 4 5 boolean
        repeat 1 1 string
        replace 2 2 string
        replaceAll 2 2 string
        replaceFirst 2 2 string
        size 0 0 number
        split 1 2 list
        startsWith 1 2 boolean
        strip 0 0 string
        stripLeading 0 0 string
        stripTrailing 0 0 string
        subSequence 2 2 string
        substring 1 2 string
        toCharArray 0 0 list
        toLowerCase 0 1 string
        toString 0 0 string
        toUpperCase 0 1 string
        trim 0 0 string
        valueOf 1 1 string
    """,
    "list": """
        add 1 2 boolean
        addAll 1 2 boolean
        contains 1 1 boolean
        containsAll 1 1 boolean
        empty 0 0 boolean
        equals 1 1 boolean
        get 1 1 unknown
        hashCode 0 0 number
        indexOf 1 1 number
        isEmpty 0 0 boolean
        iterator 0 0 unknown
        lastIndexOf 1 1 number
        remove 1 1 unknown
        set 2 2 unknown
        size 0 0 number
        stream 0 0 unknown
        subList 2 2 list
        toArray 0 1 unknown
        toString 0 0 string
    """,
    "map": """
        containsKey 1 1 boolean
        containsValue 1 1 boolean
        empty 0 0 boolean
        entrySet 0 0 list
        equals 1 1 boolean
        get 1 1 unknown
        getOrDefault 2 2 unknown
        hashCode 0 0 number
        isEmpty 0 0 boolean
        keySet 0 0 list
        put 2 2 unknown
        remove 1 1 unknown
        size 0 0 number
        toString 0 0 string
        values 0 0 list
    """,
    "number": """
        compareTo 1 1 number
        doubleValue 0 0 number
        equals 1 1 boolean
        floatValue 0 0 number
        hashCode 0 0 number
        intValue 0 0 number
        longValue 0 0 number
        toString 0 0 string
    """,
    "boolean": """
        booleanValue 0 0 boolean
        compareTo 1 1 number
        equals 1 1 boolean
        toString 0 0 string
    """,
    "date": """
        getDayOfMonth 0 0 number
        getDayOfWeek 0 0 unknown
        getMonthValue 0 0 number
        getYear 0 0 number
        isAfter 1 1 boolean
        isBefore 1 1 boolean
        minusDays 1 1 date
        minusHours 1 1 date
        minusMinutes 1 1 date
        minusMonths 1 1 date
        minusSeconds 1 1 date
        minusWeeks 1 1 date
        minusYears 1 1 date
        plusDays 1 1 date
        plusHours 1 1 date
        plusMinutes 1 1 date
        plusMonths 1 1 date
        plusNanos 1 1 date
        plusSeconds 1 1 date
        plusWeeks 1 1 date
        plusYears 1 1 date
        toString 0 0 string
    """,
}


@lru_cache(maxsize=32)
def functions_of(root: str) -> dict[str, Signature]:
    """Return the functions of a functor by their names; without a root, those that need none."""
    return _read(_FUNCTORS[root] if root else _FUNCTIONS)


@lru_cache(maxsize=32)
def methods_of(receiver: str) -> dict[str, Signature] | None:
    """Return the methods of the values of a type; None where they are not known.

    Those of dates are many more than are listed.
    """
    return _read(_METHODS[receiver]) if receiver in _METHODS else None


@lru_cache(maxsize=1)
def methods_of_all() -> dict[str, tuple[Signature, ...]]:
    """Return the methods of the values of any type: one signature for each that has it."""
    found: dict[str, tuple[Signature, ...]] = {}
    for text in _METHODS.values():
        for name, signature in _read(text).items():
            found[name] = (*found.get(name, ()), signature)
    return found
