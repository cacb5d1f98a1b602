"""Options of all tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write down what is, and compare later")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Tell whether texts to compare with are to be written anew."""
    return bool(request.config.getoption("--update"))
