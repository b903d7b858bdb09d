"""How far a number has leapt from one year to the next: 32 → 306 stands before 2000 → 2100, and both before 0 → 1."""

from __future__ import annotations

from heapq import nlargest
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from nianbao.review.compared import Compared
    from nianbao.review.difference import Difference

FAR = 3.0
"""From here on a leap is marked: chance alone makes about one in 400 counts change by so much."""


def leap(before: Decimal, after: Decimal) -> float:
    """By how many standard deviations two counts differ: chance changes a count by about its square root."""
    whole = abs(before) + abs(after)
    return float(abs(after - before)) / sqrt(whole) if whole else 0.0


def largest(reports: Iterable[Compared], count: int | None = None) -> list[tuple[Compared, Difference]]:
    """The numbers of all reports that have leapt the furthest, the furthest first, or all that have changed."""
    found = [(one, each) for one in reports for each in one.changed if each.leap]
    return nlargest(len(found) if count is None else count, found, key=lambda pair: pair[1].leap)
