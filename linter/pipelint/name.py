"""Near names: what somebody who wrote a word that is not known most likely meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

LONGEST = 100
"""Longer words, in code points, have no near names: they are no misspelling."""

_SEPARATORS = str.maketrans("", "", "-_ ")
_SHORT = 3


MOST_COMPARED = 200
"""Candidates that are compared letter by letter; those made of the same letters come first."""


def nearest(word: str, candidates: Iterable[str], limit: int = 3, *, within: int = 3) -> list[str]:
    """Return the plausible misspellings among `candidates`, best first, at most `limit`.

    Case, `-`, `_`, spaces and a plural s count nothing; a transposition counts one. The longer the
    words, the more may differ, but no more than `within` letters; short words must be nearly the
    same. The order of `candidates` does not matter. A candidate costs about 0.2 µs, one that is
    near 10 µs: ask for few words of a text.
    """
    if not 0 < len(word) <= LONGEST:
        return []
    likely = sorted(_likely(word, set(candidates), within))[:MOST_COMPARED]
    scored = sorted(_scores(word, likely))
    if not scored:
        return []
    farthest = scored[0][0] + 1
    return [score[-1] for score in scored[:limit] if score[0] <= farthest]


def _likely(word: str, candidates: set[str], within: int) -> Iterator[tuple[int, str, int]]:
    """Give what may be near: how many letters differ, the candidate, how many edits are allowed."""
    folded, letters = _fold(word)
    size = len(folded)
    for candidate in candidates:
        if len(candidate) > LONGEST:
            continue
        other, other_letters = _fold(candidate)
        bound = min(_bound(min(size, len(other))), within)
        if abs(size - len(other)) > bound or candidate == word or not other_letters:
            continue
        # One edit changes at most two letters of the set: a cheap lower bound of the distance.
        different = (letters ^ other_letters).bit_count()
        if different <= 2 * bound:
            yield different, candidate, bound


def _scores(
    word: str, likely: Iterable[tuple[int, str, int]]
) -> Iterator[tuple[int, int, int, str]]:
    folded = _fold(word)[0]
    for _, candidate, bound in likely:
        other = _fold(candidate)[0]
        distance = _distance(folded, other, bound)
        if distance <= bound and not _differs_much(folded, other, distance):
            yield distance, -_shared(folded, other), abs(len(word) - len(candidate)), candidate


@lru_cache(maxsize=4096)
def _fold(word: str) -> tuple[str, int]:
    """Return what is compared of a word, and the set of its letters as bits."""
    folded = word[: LONGEST + 1].lower().translate(_SEPARATORS)
    if len(folded) > _SHORT and folded.endswith("s") and not folded.endswith("ss"):
        folded = folded[:-1]
    letters = 0
    for letter in folded:
        letters |= 1 << (ord(letter) & 63)
    return folded, letters


def _bound(length: int) -> int:
    """Say how many edits a word of this length may be away."""
    if length < _SHORT:
        return 0
    return 1 if length <= 4 else 2 if length <= 8 else 3  # noqa: PLR2004 - a scale


def _differs_much(word: str, other: str, distance: int) -> bool:
    """Tell whether a short word has another letter in it: `run` is not meant by `ran`."""
    return distance > 0 and len(word) == len(other) <= _SHORT and sorted(word) != sorted(other)


def _shared(word: str, other: str) -> int:
    """Count the letters that both words begin with."""
    count = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def _distance(word: str, other: str, bound: int) -> int:
    """Count the edits between two words (a transposition is one); above `bound`, bound + 1.

    Only the diagonal band in which the distance can stay within the bound is computed.
    """
    if word == other:
        return 0
    far, width = bound + 1, len(other)
    before: list[int] = []
    row = [min(column, far) for column in range(width + 1)]
    for line, letter in enumerate(word, 1):
        low, high = max(1, line - bound), min(width, line + bound)
        current = [far] * (width + 1)
        current[0] = min(line, far)
        for column in range(low, high + 1):
            same = letter == other[column - 1]
            best = min(row[column - 1] + (not same), row[column] + 1, current[column - 1] + 1)
            if _swapped(word, other, line, column):
                best = min(best, before[column - 2] + 1)
            current[column] = best
        if min(current) > bound:
            return far
        before, row = row, current
    return min(row[width], far)


def _swapped(word: str, other: str, line: int, column: int) -> bool:
    return (
        line > 1
        and column > 1
        and word[line - 1] == other[column - 2]
        and word[line - 2] == other[column - 1]
    )
