"""A configuration file with all that it extends, as one: what holds for a file below it."""

from __future__ import annotations

import os
from typing import Any

from pipelint.config.layer import Layer
from pipelint.config.levels import Command, RuleSetting, apply_command, apply_settings
from pipelint.config.root import segments, within
from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import Settings

_Rules = tuple[list[RuleSetting], ...]


class Chain:
    """Layers, the last with the last word. Lists add up, of single values the last one holds."""

    __slots__ = ("_common", "_made", "_root", "book", "command", "layers")

    def __init__(
        self, layers: tuple[Layer, ...], root: str, book: Rulebook, command: Command
    ) -> None:
        self.layers = layers
        self.book = book
        self.command = command
        self._root = root
        self._common: Settings | None = None
        self._made: dict[tuple[int | str | None, ...], Settings] = {}

    def settings(self, path: str) -> Settings:
        """Return what holds for a file: an absolute path, with links resolved."""
        kind, schema = "", None
        overrides: list[list[RuleSetting]] = []
        for layer in self.layers:
            if not within(path, layer.base):
                continue
            place = segments(path, layer.base)
            overrides += [rules for globs, rules in layer.overrides if globs.line_for(place)]
            kind = next((k for globs, k in layer.kinds[::-1] if globs.line_for(place)), kind)
            schema = next((s for globs, s in layer.schemas[::-1] if globs.line_for(place)), schema)
        return self._with(tuple(overrides), kind, schema, self.excluded(path))

    @property
    def baseline(self) -> str | None:
        """The path of the baseline that is named last."""
        return next((one.baseline for one in self.layers[::-1] if one.baseline), None)

    def excluded(self, path: str, *, folder: bool = False) -> str:
        """Say where a path is excluded (`pipelint.yaml:7`), or return the empty text."""
        for layer in self.layers[::-1]:
            if within(path, layer.base):
                line = layer.exclude.line_for(segments(path, layer.base), folder=folder)
                if line:
                    return f"{_short(layer.path, self._root)}:{line}"
        return ""

    def _with(self, overrides: _Rules, kind: str, schema: str | None, excluded: str) -> Settings:
        """Make the settings of files for which the same holds once: the engine keeps tables."""
        key = (*(id(rules) for rules in overrides), kind, schema, excluded)
        found = self._made.get(key)
        if found is None:
            made = self._make(overrides)
            found = made._replace(kind=kind, schema=schema, excluded=excluded)
            self._made[key] = found
        return found

    def _make(self, overrides: _Rules) -> Settings:
        levels: dict[str, str] = {}
        options: dict[str, dict[str, Any]] = {}
        own = [setting for layer in self.layers for setting in layer.rules]
        for rules in (own, *overrides):
            apply_settings(rules, self.book, levels)
            for setting in rules:
                options.setdefault(setting.name, {}).update(setting.options)
        apply_command(self.command, self.book, levels)
        return self._shared()._replace(levels=levels, options=options)

    def _shared(self) -> Settings:
        """Gather what holds for every file below the configuration."""
        if self._common is None:
            reasons = [one.require_reason for one in self.layers if one.require_reason is not None]
            catalogues = [one.catalogue for one in self.layers if one.catalogue]
            self._common = Settings(
                self.book,
                require_reason=any(reasons[-1:]),
                known_secrets=tuple(name for one in self.layers for name in one.known_secrets),
                limits={name: most for one in self.layers for name, most in one.limits.items()},
                harness=_harness(self.layers),
                catalogue=catalogues[-1] if catalogues else None,
                config_path=self.layers[-1].path if self.layers else None,
            )
        return self._common


def _harness(layers: tuple[Layer, ...]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in layers:
        flags = merged.get("flags", ()) + layer.harness.get("flags", ())
        merged.update(layer.harness)
        if flags:
            merged["flags"] = flags
    return merged


def _short(path: str, root: str) -> str:
    """Write a path relative to the root where it lies in it, with `/`."""
    if not within(path, root):
        return path.replace(os.sep, "/")
    return "/".join(segments(path, root))
