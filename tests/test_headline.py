"""Headlines fit: long words of the user are cut, ours are not."""

from __future__ import annotations

import pytest

from pipelint.headline import LONGEST, fit


@pytest.mark.parametrize(
    ("headline", "fitted"),
    [
        ("unknown key `env` in a step", "unknown key `env` in a step"),
        (f"`{'a' * 77}` is long", f"`{'a' * 69}…` is long"),
        (
            f"step `{'a' * 30}` uses secret `{'b' * 90}`, which is not declared",
            f"step `{'a' * 16}…` uses secret `{'b' * 17}…`, which is not declared",
        ),
        (f"`{'a' * 90}` and `short`", f"`{'a' * 65}…` and `short`"),
        ("`" * 100, "`" * 79 + "…"),
    ],
)
def test_long_words_are_cut(headline: str, fitted: str) -> None:
    assert fit(headline) == fitted
    assert len(fit(headline)) <= LONGEST
    assert fit(fitted) == fitted


def test_our_own_words_stay() -> None:
    ours = f"a sentence that is {'very ' * 20}long about `{'x' * 40}`"
    assert fit(ours).startswith(ours[:120])
