"""Options of all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A change is judged by the same examples as the one before it; people at work look for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write down what is, and compare later")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Tell whether texts to compare with are to be written anew."""
    return bool(request.config.getoption("--update"))
