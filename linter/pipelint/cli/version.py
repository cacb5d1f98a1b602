"""`pipelint --version`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipelint import __version__


def version_lines(*, verbose: bool) -> Iterator[str]:
    """Give the version; with `verbose` also what it runs on."""
    yield f"pipelint {__version__}"
    if verbose:
        from pipelint.yaml.events import parser_name
        from pipelint_schemas.load import date_of

        yield f"YAML parser: {parser_name()}"
        yield f"Harness schema: {date_of('harness')}"
        yield f"Python {sys.version.split()[0]}"
