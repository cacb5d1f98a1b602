"""`pipelint --show-settings PATH`: what holds for a file, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.failure import Failure, tell_config
from pipelint.cli.streams import Streams
from pipelint.config import Resolver, Settings, level_of
from pipelint.registry import all_rules


def show_settings(paths: Sequence[str], resolver: Resolver, streams: Streams) -> int:
    """Print the settings of each path, or of a file in the current folder."""
    for path in paths or (".vela.yml",):
        settings = resolver.settings(path)
        if resolver.problems:
            tell_config(resolver.problems, streams)
            raise Failure
        streams.write(_lines(path, settings, resolver.baseline(path)))
    return 0


def _lines(path: str, settings: Settings, baseline: str | None) -> Iterator[str]:
    yield f"settings for {path}"
    yield f"configuration: {settings.config_path or 'none'}"
    yield f"baseline: {baseline or 'none'}"
    yield f"excluded: {settings.excluded or 'no'}"
    yield f"kind: {settings.kind or 'by path and content'}"
    if settings.known_secrets:
        yield f"known secrets: {', '.join(settings.known_secrets)}"
    for name, limit in sorted(settings.limits.items()):
        yield f"limit {name}: {limit}"
    yield "rules:"
    for rule in all_rules():
        level = level_of(rule, settings)
        changed = "" if level == rule.level else f"  (default: {rule.level})"
        yield f"  {rule.name}: {level}{changed}"
