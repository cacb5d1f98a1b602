"""Let lark build the parsing tables of every grammar (`make tables`).

This is the only module that imports lark, and no run of pipelint imports this module.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from typing import Any

from lark import Lark
from lark.grammar import Rule

from pipelint.grammar.tables import END
from pipelint.record import NamedTuple

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Grammar(NamedTuple):
    """A lark grammar, its start rule, and the module that holds its tables.

    Both files are relative to the package `pipelint`.
    """

    source: str
    start: str
    output: str


GRAMMARS = (
    Grammar("vela/substitution/grammar.lark", "substitution", "vela/substitution/_tables.py"),
    Grammar("vela/evaluation/grammar.lark", "start", "vela/evaluation/_tables.py"),
    Grammar("expressions/jexl/grammar.lark", "block", "expressions/jexl/_tables.py"),
    Grammar("expressions/jexl/grammar.lark", "script", "expressions/statements/_tables.py"),
    Grammar(
        "expressions/runtime_input/grammar.lark",
        "input",
        "expressions/runtime_input/_tables.py",
    ),
)


_ACCEPT = -1
_Row = dict[str, Any]  # what to do with each symbol: shift to a state, reduce by a Rule, _ACCEPT


class UnsupportedGrammarError(ValueError):
    """A grammar uses something of lark that the driver does not know."""


def main(arguments: list[str]) -> int:
    """Write the tables of all grammars; with `--check`, compare and return 1 on a difference."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: python -m pipelint.grammar.build [--check]", file=sys.stderr)
        return 2
    results = [_update(grammar, check) for grammar in GRAMMARS]
    return 0 if all(results) else 1


def build(text: str, start: str) -> dict[str, Any]:
    """Build the tables of a grammar in lark's notation, as the driver reads them.

    Raises UnsupportedGrammarError, or lark's own errors where the grammar is wrong.
    """
    parser = make_parser(text, start)
    terminals, rules = _terminals(parser), parser.rules
    rows = _number_states(parser, start)
    lexers = list(dict.fromkeys(_lexer_of(row, terminals) for row in rows))
    return {
        "start": start,
        "terminals": {each.name: each.pattern.to_regexp() for each in terminals},
        "ignored": tuple(sorted(parser.ignore_tokens)),
        "keywords": _keywords(terminals),
        "rules": tuple(_write_rule(rule) for rule in rules),
        "lexers": tuple(lexers),
        "states": tuple(_write_state(row, lexers, terminals, rules) for row in rows),
    }


def make_parser(text: str, start: str) -> Any:
    """Make lark's own parser of a grammar: the reference for the driver."""
    return Lark(
        text,
        start=start,
        parser="lalr",
        lexer="contextual",
        maybe_placeholders=False,
        propagate_positions=True,
    )


def render(tables: dict[str, Any], source: str) -> str:
    """Write tables as a Python module: one line for each terminal, rule, lexer and state."""
    lines = [
        f'"""Parsing tables of {source}: made by make tables; do not edit."""',
        "",
        "TABLES = {",
    ]
    for key, value in tables.items():
        lines += [f"    {key!r}: {{" if isinstance(value, dict) else f"    {key!r}: ("]
        if isinstance(value, str):
            lines[-1] = f"    {key!r}: {value!r},"
        elif isinstance(value, dict):
            lines += [*(f"        {name!r}: {row!r}," for name, row in value.items()), "    },"]
        else:
            lines += [*(f"        {row!r}," for row in value), "    ),"]
    return "\n".join([*lines, "}", ""])


def _update(grammar: Grammar, check: bool) -> bool:
    source, output = (os.path.join(PACKAGE, path) for path in (grammar.source, grammar.output))
    text = _read(source)
    if text is None:
        print(f"error: {grammar.source} is missing: its tables are not made", file=sys.stderr)
        return False
    made = render(build(text, grammar.start), os.path.basename(grammar.source))
    if made == _read(output):
        return True
    if check:
        print(f"error: {grammar.output} is out of date: run `make tables`", file=sys.stderr)
        return False
    with open(output, "w", encoding="utf-8", newline="\n") as file:
        file.write(made)
    print(f"wrote {grammar.output}", file=sys.stderr)
    return True


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _terminals(parser: Any) -> list[Any]:
    """List the terminals in the order in which lark's lexer tries them."""

    def order(terminal: Any) -> tuple[int, int, int, str]:
        pattern = terminal.pattern
        return -terminal.priority, -pattern.max_width, -len(pattern.value), terminal.name

    return sorted(parser.terminals, key=order)


def _keywords(terminals: list[Any]) -> dict[str, dict[str, str]]:
    """Map each regex terminal to its keywords: strings it matches that are terminals too."""
    found: dict[str, dict[str, str]] = {}
    for host in (each for each in terminals if each.pattern.type == "re"):
        regexp = re.compile(host.pattern.to_regexp())
        for word in (each for each in terminals if each.pattern.type == "str"):
            match = regexp.match(word.pattern.value)
            if word.priority != host.priority or not match or match[0] != word.pattern.value:
                continue
            if word.pattern.flags:
                raise UnsupportedGrammarError(f"the keyword {word.name} of {host.name} has flags")
            found.setdefault(host.name, {})[word.pattern.value] = word.name
    return found


def _number_states(parser: Any, start: str) -> list[_Row]:
    """Give states the order in which they are met: lark's own numbers vary with hashes."""
    table = parser.parser.parser.parser.parse_table
    order = [table.start_states[start]]
    numbers = {order[0]: 0}
    rows: list[_Row] = []
    for state in order:
        row: _Row = {}
        for name, (action, target) in sorted(table.states[state].items()):
            if action.name == "Shift" and target not in numbers:
                numbers[target] = len(order)
                order.append(target)
            row[name] = numbers[target] if action.name == "Shift" else target
        if state == table.end_states[start]:
            row[END] = _ACCEPT
        rows.append(row)
    return rows


def _lexer_of(row: _Row, terminals: list[Any]) -> str:
    names = (END, *(terminal.name for terminal in terminals))
    return " ".join(name for name in names if name in row)


def _write_state(row: _Row, lexers: list[str], terminals: list[Any], rules: list[Any]) -> str:
    """Write `3 PLUS>4 sum>7 *<5`: the most frequent reduction stands for all that is not listed."""
    lexer = _lexer_of(row, terminals)
    reduced = Counter(rules.index(each) for each in row.values() if isinstance(each, Rule))
    usual = min(reduced, key=lambda rule: (-reduced[rule], rule), default=None)
    entries = [str(lexers.index(lexer))]
    for name, target in row.items():
        if target == _ACCEPT:
            entries.append("!")
        elif not isinstance(target, Rule):
            entries.append(f"{name}>{target}")
        elif rules.index(target) != usual:
            entries.append(f"{name}<{rules.index(target)}")
    return " ".join([*entries, f"*<{usual}"] if reduced else entries)


def _write_rule(rule: Rule) -> str:
    """Write `?sum add: sum -PLUS *_rest`: `-` is left out of the tree, `*` is spread in it."""
    options = rule.options
    name = rule.alias or options.template_source or rule.origin.name
    mark = "?" if options.expand1 and not rule.alias else ""
    head = rule.origin.name if name == rule.origin.name else f"{rule.origin.name} {name}"
    symbols = (_write_symbol(symbol, options.keep_all_tokens) for symbol in rule.expansion)
    return f"{mark}{head}: {' '.join(symbols)}".rstrip()


def _write_symbol(symbol: Any, keep_all_tokens: bool) -> str:
    if symbol.is_term:
        return f"-{symbol.name}" if symbol.filter_out and not keep_all_tokens else symbol.name
    return f"*{symbol.name}" if symbol.name.startswith("_") else symbol.name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
