"""Whether numbers have changed as a text says: by how much, how many times, or hardly at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES
from nianbao.checks.prose.judge.quantities import is_of, same_unit
from nianbao.checks.prose.said import OPEN, Judged, Verdict, What, wrong

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.values import Values

# How far two years' numbers may be apart, as a share of the smaller: 持平 without an error, 基本持平 without a question, and
# without an error. One more or less is near too, and a few are no error.
_SAME, _NEAR, _FAR = Decimal("0.01"), Decimal("0.1"), Decimal("0.3")
_FEW = 3


def change(said: Said, values: Values) -> Judged:
    """Judge one change."""
    pairs = _pairs(said, values)
    if not pairs or (said.count and said.count.unit == POINTS):
        return _points(said, pairs)
    if any(_holds(said, this, last) for this, last in pairs) or said.may_be_rounded:
        return Judged(Verdict.TRUE, f"{said.name}与上年比")
    base = said.of
    if base is None or not (base.sure or base.likely) or not _is_reckonable(said, pairs[0][1]):
        return OPEN
    if not (base.cells or said.before):
        return OPEN  # 新收130件，其中网上申请98件，同比增长40%: the data knows last year's only of what else it may be of
    this, last = pairs[0]
    direction = "" if said.what in {What.LEVEL, What.NEAR, What.TIMES} else "增长" if said.rises else "下降"
    shown = f"{said.name}与上年比{direction}{said.count.shown if said.count else said.what.value if not direction else ''}"
    here, there = _place(base, this, values), _place(base, last, values.last, last=True)
    truth = f"今年 {wording.number(this)}{here}，上年 {wording.number(last)}{there}"
    expected = f"{truth}，{wording.year_on_year(this, last)}"
    if said.count and said.count.unit not in {PERCENT, TIMES} and this != last:
        expected = f"{truth}，{'增加' if this > last else '减少'}{wording.number(abs(this - last))}"
    verdict, why = _why_changed(said, base, this, last)
    return Judged(verdict, f"{said.name}与上年比", shown, expected, why)


def _points(said: Said, pairs: list[tuple[Decimal, Decimal]]) -> Judged:
    """A doubt where a count is said to change by percentage points, which only a rate or share does."""
    base, count = said.of, said.count
    if not pairs or not count or base is None or not base.sure or not base.count or base.count.unit == PERCENT:
        return OPEN
    if any(_holds(replace(said, count=replace(count, unit=PERCENT)), this, last) for this, last in pairs):
        return OPEN  # the number is right, and its unit but loosely said
    shown = f"{said.name}与上年比{'增长' if said.rises else '下降'}{count.shown}"
    why = "数量的增减写%，百分点是两个百分比之差"
    return Judged(Verdict.DOUBTFUL, f"{said.name}与上年比", shown, wording.year_on_year(*pairs[0]), why)


def _place(base: Said, value: Decimal, year: Values | None, last: bool = False) -> str:
    """Where a value of a change was written; '' where only the text tells it."""
    cell = next((one for one in base.cells if year and year.has(one) and year.value(one) == value), "")
    return year.where(cell, last) if year and cell else ""


def _why_changed(said: Said, base: Said, this: Decimal, last: Decimal) -> tuple[Verdict, str]:
    """The verdict on a wrong change, and the likely reason."""
    count = said.count
    if _is_about_level(said.what, this, last):
        return Verdict.DOUBTFUL, ""
    if count is None or this == last or said.what is What.TIMES:
        return wrong(base), ""
    if said.rises != (this > last) and _size(count, this, last):
        return wrong(base), f"数字对，方向反了：应为{'增长' if this > last else '下降'}"
    if this and count.unit == PERCENT and count.agrees(abs(this - last) * 100 / this):
        return wrong(base), "像是以今年的数作了基数，应以上年的数为基数"
    if count.unit == TIMES and last and _is_rate(count, this / last):
        return Verdict.DOUBTFUL, "是上年的几倍，比增长几倍多一：改成“是上年的”，或减去1"
    return wrong(base), ""


def _is_reckonable(said: Said, last: Decimal) -> bool:
    """Whether a percentage or multiple has a base other than zero."""
    return bool(last) or said.count is None or said.count.unit not in {PERCENT, TIMES}


def _pairs(said: Said, values: Values) -> list[tuple[Decimal, Decimal]]:
    """The values of this year and of last year that a change may be reckoned from: those of the tables, of the text."""
    found: list[tuple[Decimal, Decimal]] = []
    for base in filter(None, (said.of, *said.others)):
        here, there = ([one for one in base.cells if year and year.has(one)] for year in (values, values.last))
        if not base.any:
            here, there = here[:1], there[:1]  # another cell, where last year's report has another format
        pairs = list(zip(here, there, strict=False))
        meant = [pair for pair in pairs if base.any and base.count and is_of(base.count, pair[0], values)]
        for cell, other in meant or pairs:  # 企业8件，与上年持平: of the cell that holds 8
            this, last = values.value(cell), values.last.value(other) if values.last else None
            if this is not None and last is not None:
                found.append((this, last))
    return [*found, *_spoken(said, values)]


def _spoken(said: Said, values: Values) -> list[tuple[Decimal, Decimal]]:
    """The same where the text itself gives last year's value, and this year's or the tables give this year's."""
    base, before = said.of, said.before.count if said.before else None
    if base is None or before is None or before.about:
        return []
    if base.count:
        return [] if base.count.about or base.count.unit != before.unit else [(base.count.value, before.value)]
    cell = next((one for one in base.cells if values.has(one)), "")
    this = values.value(cell) if cell and not base.any and same_unit(before, values.unit(cell)) else None
    return [] if this is None else [(this, before.value)]


def _holds(said: Said, this: Decimal, last: Decimal) -> bool:
    """Whether a change from last year's number to this year's is as a text says."""
    if said.what is What.LEVEL:
        return this == last
    if said.what is What.NEAR:
        return abs(this - last) <= 1 or _apart(this, last) <= _NEAR
    if said.what is What.TIMES and said.count:
        return last != 0 and _is_times(said.count, this / last)
    if said.what is What.BEYOND and said.count and said.count.agrees(last):
        return said.rises == (this > last)
    if said.count is None:
        return this != last and said.rises == (this > last)
    return _size(said.count, this, last) and (said.rises == (this > last) or this == last)


def _apart(this: Decimal, last: Decimal) -> Decimal:
    """How far two numbers are apart, as a share of the smaller one."""
    small, large = sorted((this, last))
    return (large - small) / small if small > 0 else Decimal(large != small)


def _is_about_level(what: What, this: Decimal, last: Decimal) -> bool:
    """Whether two numbers that are said to be level are so near each other that no error is made of it."""
    if what is What.NEAR:
        return abs(this - last) <= _FEW or _apart(this, last) <= _FAR
    return what is What.LEVEL and _apart(this, last) <= _SAME


def _size(count: Count, this: Decimal, last: Decimal) -> bool:
    """Whether a change is as large as a number says: in percent, as a multiple, or as a difference."""
    if count.unit not in {PERCENT, TIMES}:
        return count.agrees(abs(this - last))
    return last != 0 and _is_times(count, abs(this - last) / last)


def _is_times(count: Count, rate: Decimal) -> bool:
    """Whether a multiple is as large as a number says, which may say it in percent."""
    return count.agrees(rate * 100) if count.unit == PERCENT else _is_rate(count, rate)


def _is_rate(count: Count, rate: Decimal) -> bool:
    """Whether a multiple is as large as a number says, rounded half up."""
    more, half = count.step * bool(count.about), count.step / 2
    return -half - more <= rate - count.value < half + more
