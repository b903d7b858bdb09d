"""Whether numbers have changed as a text says: by how much, how many times, or hardly at all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, TIMES
from nianbao.checks.prose.said import What

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said

# How far two years' numbers may be apart, as a share of the smaller: 持平 without an error, 基本持平 without a question, and
# without an error. One more or less is near too, and a few are no error.
_SAME, _NEAR, _FAR = Decimal("0.01"), Decimal("0.1"), Decimal("0.3")
_FEW = 3


def holds(said: Said, this: Decimal, last: Decimal) -> bool:
    """Whether a change from last year's number to this year's is as a text says."""
    if said.what is What.LEVEL:
        return this == last
    if said.what is What.NEAR:
        return abs(this - last) <= 1 or _apart(this, last) <= _NEAR
    if said.what is What.TIMES and said.count:
        return last != 0 and _is_times(said.count, this / last)
    if said.count is None:
        return this != last and said.rises == (this > last)
    return size(said.count, this, last) and (said.rises == (this > last) or this == last)


def _apart(this: Decimal, last: Decimal) -> Decimal:
    """How far two numbers are apart, as a share of the smaller one."""
    small, large = sorted((this, last))
    return (large - small) / small if small > 0 else Decimal(large != small)


def is_about_level(what: What, this: Decimal, last: Decimal) -> bool:
    """Whether two numbers that are said to be level are so near each other that no error is made of it."""
    if what is What.NEAR:
        return abs(this - last) <= _FEW or _apart(this, last) <= _FAR
    return what is What.LEVEL and _apart(this, last) <= _SAME


def size(count: Count, this: Decimal, last: Decimal) -> bool:
    """Whether a change is as large as a number says: in percent, as a multiple, or as a difference."""
    if count.unit not in {PERCENT, TIMES}:
        return count.agrees(abs(this - last))
    return last != 0 and _is_times(count, abs(this - last) / last)


def _is_times(count: Count, rate: Decimal) -> bool:
    """Whether a multiple is as large as a number says, which may say it in percent."""
    return count.agrees(rate * 100) if count.unit == PERCENT else is_rate(count, rate)


def is_rate(count: Count, rate: Decimal) -> bool:
    """Whether a multiple is as large as a number says, rounded half up."""
    more, half = count.step * bool(count.about), count.step / 2
    return -half - more <= rate - count.value < half + more
