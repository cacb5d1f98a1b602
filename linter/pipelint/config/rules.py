"""`rules:` of a configuration: names and families with their levels and options."""

from __future__ import annotations

from typing import Any

from pipelint.config.levels import RuleSetting
from pipelint.config.reader import Reader, similar
from pipelint.diagnostic import LEVELS
from pipelint.rule import Option, Rule
from pipelint.yaml.node import Mapping, Node, Scalar

_LEVELS = LEVELS[::-1]


def read_rules(reader: Reader, node: Node) -> list[RuleSetting]:
    """Read a map of rules and families; what is wrong in it is reported and left out."""
    found = []
    for key, value in reader.fields(node, "`rules`", "a map of rules to levels"):
        setting = _setting(reader, key, value)
        if setting:
            found.append(setting)
    return found


def _setting(reader: Reader, key: Scalar, value: Node) -> RuleSetting | None:
    rule = reader.book.rule(key.text)
    if rule is None and not reader.book.family(key.text):
        hint = reader.book.hint(key.text)
        reader.report(key.span, f"unknown rule `{key.text}`", hint, "neither rule nor family")
        return None
    name = rule.name if rule else key.text
    if isinstance(value, Mapping):
        level, options = _with_options(reader, rule, value)
        return RuleSetting(name, rule is None, level, options)
    level = reader.choice(value, "level", _LEVELS)
    return RuleSetting(name, rule is None, level) if level else None


def _with_options(
    reader: Reader, rule: Rule | None, node: Mapping
) -> tuple[str | None, dict[str, Any]]:
    level: str | None = None
    options: dict[str, Any] = {}
    known = {option.name: option for option in rule.options} if rule else {}
    for key, value in reader.fields(node, "a rule", "a level or a map"):
        if key.text == "level":
            level = reader.choice(value, "level", _LEVELS)
        elif key.text in known:
            found = _value(reader, value, known[key.text])
            if found is not None:
                options[key.text] = found
        else:
            _unknown_option(reader, key, rule, known)
    return level, options


def _unknown_option(
    reader: Reader, key: Scalar, rule: Rule | None, known: dict[str, Option]
) -> None:
    if rule is None:
        message = f"a family has no option `{key.text}`"
        reader.report(key.span, message, "options belong to rules", "not an option")
        return
    message = f"`{rule.name}` has no option `{key.text}`"
    hint = similar(key.text, "option", ("level", *known))
    reader.report(key.span, message, hint, "not an option")


def _value(reader: Reader, node: Node, option: Option) -> Any:
    """Read a value as what the option's default is; None where it is something else."""
    what = f"`{option.name}`"
    if isinstance(option.default, bool):
        return reader.truth(node, what)
    if isinstance(option.default, int):
        return reader.number(node, what)
    if isinstance(option.default, str):
        return reader.text(node, what)
    return tuple(item.text for item in reader.texts(node, what))
