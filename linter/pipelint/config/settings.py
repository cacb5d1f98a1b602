"""What holds for one file: the values that configuration and command line come to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipelint.config.rulebook import Rulebook
from pipelint.record import NamedTuple
from pipelint.rule import Rule
from pipelint.source import Source, Span

NOTHING: Mapping[str, Any] = MappingProxyType({})

KINDS = (
    "harness-pipeline",
    "harness-template",
    "harness-input-set",
    "harness-overlay-input-set",
    "harness-trigger",
    "harness-service",
    "harness-environment",
    "harness-infrastructure",
    "harness-other",
    "harness-v1",
    "vela-pipeline",
    "vela-template",
)
"""What `files:` may say a file is."""


class ConfigProblem(NamedTuple):
    """A mistake in a configuration file, in the words and with the place of a diagnostic.

    `source` is None where the file could not be read; then the span is empty.
    """

    path: str
    span: Span
    message: str
    help: str = ""
    label: str = ""
    source: Source | None = None


class Settings(NamedTuple):
    """What holds for one file.

    `levels` has the rules whose level is configured, by name. `excluded` says where the file is
    excluded (`pipelint.yaml:7`), or is empty. `schema` and `catalogue` are absolute paths.
    The maps hold only what is set: `harness` has `era`, `flags` (a tuple) and `plan`, `limits` has
    whole numbers. `known_secrets` are names in which `*` stands for any text.
    """

    book: Rulebook
    levels: Mapping[str, str] = NOTHING
    options: Mapping[str, Mapping[str, Any]] = NOTHING
    require_reason: bool = False
    known_secrets: tuple[str, ...] = ()
    limits: Mapping[str, int] = NOTHING
    harness: Mapping[str, Any] = NOTHING
    kind: str = ""
    schema: str | None = None
    catalogue: str | None = None
    excluded: str = ""
    config_path: str | None = None


def level_of(rule: Rule, settings: Settings) -> str:
    """Return the level that a rule has in a file."""
    return settings.levels.get(rule.name, rule.level)


def option_of(rule: Rule, name: str, settings: Settings) -> Any:
    """Return the value of a rule's option: the configured one or its default.

    Raises KeyError where the rule has no such option.
    """
    configured = settings.options.get(rule.name, NOTHING)
    if name in configured:
        return configured[name]
    return {option.name: option.default for option in rule.options}[name]
