"""What answers depend on, in short: digests of 32 hexadecimal digits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import ruamel.yaml

from pipelint import __version__
from pipelint.config import Settings
from pipelint.yaml.events import parser_name
from pipelint_schemas.load import HERE, date_of

try:
    # Importing hashlib brings OpenSSL along: that takes as long as checking ten files.
    from _blake2 import blake2b
except ImportError:  # another Python
    from hashlib import blake2b

SIZE = 16
_MUTE = ("book", "config_path", "excluded")
"""Settings that say nothing about what is found: the rules there are come with the version."""

_CODE = (".json", ".py")
_INSTALLED = ("site-packages", "dist-packages")


def digest(data: bytes) -> str:
    """Digest bytes."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def digest_text(*parts: str) -> str:
    """Digest texts, so that it matters where one ends and the next begins."""
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def digest_file(path: str) -> str:
    """Digest a file; one that cannot be read is like an empty one: both are no good."""
    try:
        with open(path, "rb") as file:
            return digest(file.read())
    except OSError:
        return digest(b"")


def digest_settings(settings: Settings) -> str:
    """Digest what settings say; of the files that they name the content counts as well."""
    said = {name: value for name, value in settings._asdict().items() if name not in _MUTE}
    files = [digest_file(path) for path in (settings.schema, settings.catalogue) if path]
    return digest_text(json.dumps(said, sort_keys=True, default=_plain), *files)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else sorted(value)


def digest_program() -> str:
    """Digest what runs: pipelint with its facts, Python, the YAML parser."""
    python = (sys.implementation.name, sys.version)
    parser = (parser_name(), ruamel.yaml.__version__)
    return digest_text(__version__, date_of("harness"), *python, *parser, *_checkout())


def _checkout() -> Iterator[str]:
    """Say how old the files are, unless they are installed: a checkout changes day by day."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for package in (ours, HERE):
        if any(name in package for name in _INSTALLED):
            continue
        for folder, _, names in sorted(os.walk(package)):
            paths = [os.path.join(folder, name) for name in sorted(names) if name.endswith(_CODE)]
            with suppress(OSError):  # somebody is at work
                yield from (f"{path} {os.stat(path).st_mtime_ns}" for path in paths)
