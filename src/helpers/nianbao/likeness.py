"""The words of texts that are compared, how much of two is the same, and which of some became which of others."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIGURE = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_HAN = "[〇零一二两三四五六七八九十百千万亿数几]+"
_NUMBER = rf"(?:{FIGURE.pattern}|{_HAN}(?:点{_HAN})?)"
WORD = re.compile(rf"{_NUMBER}(?:月{_NUMBER}[日号]|分之{_NUMBER}|成(?:{_HAN})?|[%％])?|[A-Za-z]+|.", re.S)
"""A word of a text that is compared with another one: a number is one, in digits or not, as 34 and 37 share nothing, and so
are a day and a fraction; else a character."""
LEAST = 0.4  # texts whose lengths tell that less is the same have nothing in common
MOST_PAIRS = 10_000  # that are compared one by one
_LONGEST = 2_000  # characters at the beginning of a text that tell whether it is like another one
_SHORT, _SHARED = 100, 0.05  # texts longer than that, with fewer pairs of characters in common, are not compared
_MOST_KNOWN = 20_000  # pairs whose likeness is kept: the same ones are compared more than once
_T = TypeVar("_T")


@lru_cache(maxsize=_MOST_KNOWN)
def of_texts(one: str, other: str) -> float:
    """How much of two texts is the same in the same order, from 0 to 1."""
    begins = one[:_LONGEST], other[:_LONGEST]
    shorter, longer = sorted(map(len, begins))
    if 2 * shorter < LEAST * (shorter + longer):
        return 0.0
    mine, others = map(_shingles, begins)
    if shorter > _SHORT and len(mine & others) < _SHARED * min(len(mine), len(others)):
        return 0.0
    return 2 * common(*begins) / (shorter + longer) if longer else 1.0


@lru_cache(maxsize=_MOST_KNOWN)
def _shingles(text: str) -> frozenset[str]:
    """All that stands in a text on two characters side by side."""
    return frozenset(map("".join, itertools.pairwise(text)))


def common(one: str, other: str) -> int:
    """How many characters two texts have in common, in the same order.

    The row of the table of common subsequences is one number, a bit for each character of the first text
    (H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004).
    """
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    full = (1 << len(one)) - 1
    row = full
    for char in other:
        same = row & places.get(char, 0)
        row = (row + same | row - same) & full
    return len(one) - row.bit_count()


def nearest(old: Sequence[_T], new: Sequence[_T], least: float, alike: Callable[[_T, _T], float]) -> dict[int, int]:
    """The number of each new one → that of the old one that is most like it, which is nobody else's.

    Parameters
    ----------
    least : float
        How like each other the two of a pair are at least.
    alike : callable
        How like each other an old and a new one are, from 0 to 1.

    Returns
    -------
    dict
        Empty where there are more than ``MOST_PAIRS`` pairs.
    """
    found: dict[int, int] = {}
    left = list(range(len(old))) if len(old) * len(new) <= MOST_PAIRS else []
    for at, one in enumerate(new):
        likest, number = max(((alike(old[number], one), -number) for number in left), default=(0.0, 0))
        if left and likest >= least:
            found[at] = -number
            left.remove(-number)
    return found
