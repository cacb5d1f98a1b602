"""Configuration: files found upward, the command line, and the settings they come to."""

from __future__ import annotations

from pipelint.config.levels import ALL, Command, unknown_names
from pipelint.config.resolver import BASELINE, NAMES, Resolver
from pipelint.config.root import root_of
from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import KINDS, ConfigProblem, Settings, level_of, option_of

__all__ = [
    "ALL",
    "BASELINE",
    "KINDS",
    "NAMES",
    "Command",
    "ConfigProblem",
    "Resolver",
    "Rulebook",
    "Settings",
    "level_of",
    "option_of",
    "root_of",
    "unknown_names",
]
