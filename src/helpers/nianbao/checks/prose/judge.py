"""Whether what a text says agrees with the report's values: its own and last year's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.changes import holds, is_about_level, is_rate, size
from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES
from nianbao.checks.prose.reasons import TELLING, reason, slip
from nianbao.checks.prose.said import OPEN, Judged, Verdict, What, wrong
from nianbao.checks.prose.shares import share
from nianbao.checks.prose.words import CARRIED, DONE, NEW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.values import Values

_LONG = 100  # a smaller number may differ from another by two digits and not be a slip of it


def judge(said: Said, values: Values) -> Judged:
    """Judge one statement."""
    if said.what is What.VALUE:
        return _value(said, values)
    if said.what is What.DONE:
        return _done(said, values)
    return share(said, values) if said.what is What.SHARE else _change(said, values)


def _value(said: Said, values: Values) -> Judged:
    source = values.last if said.last else values
    judged = _told(said, source, values) if source else OPEN
    if said.year and (mistaken := _of_this_year(said, values)):
        return mistaken if judged.verdict is not Verdict.FALSE else judged
    if said.either and judged.verdict is not Verdict.TRUE and (other := values if said.last else values.last):
        turned = _told(replace(said, last=not said.last), other, values)
        judged = turned if turned.verdict is Verdict.TRUE else judged
    return judged


def _of_this_year(said: Said, values: Values) -> Judged | None:
    """A doubt where a number that is said of another year is this year's, and that year's report does not have it too."""
    count, cell, year = said.count, next(iter(said.cells), ""), values.report.year
    least = TELLING if said.year < year else 1
    if count is None or count.about or count.value < least or not _is_of(count, cell, values):
        return None
    if said.year == year - 1 and _is_of(count, cell, values.last):
        return None
    expected = f"{values.label(cell)} {values.worded(cell, count.value)}，是{year}年的数"
    return Judged(Verdict.DOUBTFUL, values.label(cell), f"{said.year}年{said.name}{count.shown}", expected, "像是年度写错")


def _is_of(count: Count, cell: str, values: Values | None) -> bool:
    """Whether a number is that of a cell in one year's report."""
    value = values.value(cell) if values and cell and values.has(cell) else None
    return values is not None and value is not None and _agrees(count, value, values.unit(cell))


def _told(said: Said, source: Values, values: Values) -> Judged:
    """Judge a value by one year's report."""
    cells = [cell for cell in said.cells if source.has(cell)]
    cells = cells if said.any else cells[:1]
    if not cells:
        return OPEN
    known = [source.value(cell) for cell in cells]
    year = "上年 " if said.last else ""
    for cell, value in zip(cells, known, strict=True):
        if value is not None and _agrees(said.count, value, source.unit(cell)):
            return Judged(Verdict.TRUE, f"{year}{source.label(cell)}")
    value = known[0]
    unit = source.unit(cells[0])
    if said.new_only and _may_be_new(said, value, source):
        return OPEN
    if value is None or None in known or (said.count and not _same_unit(said.count, unit)):
        return OPEN
    is_slip = said.near and said.count is not None and value >= _LONG and slip(said.count.value, value)
    if not (said.sure or said.likely or is_slip or (said.some and _is_more(said.count, known))):
        return OPEN
    label = f"{year}{source.label(cells[0])}"
    shown = f"{said.name}{said.count.shown if said.count else '，即 0'}"
    expected = f"{label} {source.worded(cells[0], value)}{source.where(cells[0], said.last)}"
    return Judged(wrong(said), label, shown, expected, reason(said, cells[0], value, values))


def _may_be_new(said: Said, value: Decimal | None, source: Values) -> bool:
    """Whether a number may be a cell's without those of the applications carried in, which no cell tells apart."""
    carried = source.value(CARRIED) if source.has(CARRIED) else None
    if value is None or carried is None or said.count is None:
        return False
    return value - carried <= said.count.value <= value


def _is_more(count: Count | None, known: Iterable[Decimal | None]) -> bool:
    """Whether a number is greater than all that it may be some of."""
    return count is not None and not count.about and all(one is not None and count.value > one for one in known)


def _same_unit(count: Count, unit: str) -> bool:
    return not unit or count.unit == unit or (unit != "元" and not count.unit)


def _agrees(count: Count | None, value: Decimal, unit: str) -> bool:
    if count is None:
        return value == 0
    return _same_unit(count, unit) and count.agrees(value)


def _done(said: Said, values: Values) -> Judged:
    source = values.last if said.last else values
    cell = said.cells[0]
    value = source.value(cell) if source and source.has(cell) else None
    if value is None or source is None:
        return OPEN
    if value == 0:
        return Judged(Verdict.TRUE, source.label(cell))
    if said.of and said.of.count and _is_of(said.of.count, DONE, source) and not _is_of(said.of.count, NEW, source):
        return OPEN  # 办理51件，均已办结, where 51 are concluded
    verdict = Verdict.FALSE if said.sure else Verdict.DOUBTFUL
    words = "正文说已全部办结" if said.sure else "正文说已全部答复"
    return Judged(verdict, source.label(cell), words, f"{source.label(cell)} {wording.number(value)}，尚未全部办结", "")


def _pairs(said: Said, values: Values) -> list[tuple[Decimal, Decimal]]:
    """The values of this year and of last year that a change may be reckoned from: those of the tables, of the text."""
    found: list[tuple[Decimal, Decimal]] = []
    for base in filter(None, (said.of, *said.others)):
        here, there = ([one for one in base.cells if year and year.has(one)] for year in (values, values.last))
        if not base.any:
            here, there = here[:1], there[:1]  # another cell, where last year's report has another format
        pairs = list(zip(here, there, strict=False))
        meant = [pair for pair in pairs if base.any and base.count and _is_of(base.count, pair[0], values)]
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
    this = values.value(cell) if cell and not base.any and _same_unit(before, values.unit(cell)) else None
    return [] if this is None else [(this, before.value)]


def _change(said: Said, values: Values) -> Judged:
    pairs = _pairs(said, values)
    if not pairs or (said.count and said.count.unit == POINTS):
        return _points(said, pairs)
    if any(holds(said, this, last) for this, last in pairs) or said.may_be_rounded:
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
    if any(holds(replace(said, count=replace(count, unit=PERCENT)), this, last) for this, last in pairs):
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
    if is_about_level(said.what, this, last):
        return Verdict.DOUBTFUL, ""
    if count is None or this == last or said.what is What.TIMES:
        return wrong(base), ""
    if said.rises != (this > last) and size(count, this, last):
        return wrong(base), f"数字对，方向反了：应为{'增长' if this > last else '下降'}"
    if this and count.unit == PERCENT and count.agrees(abs(this - last) * 100 / this):
        return wrong(base), "像是以今年的数作了基数，应以上年的数为基数"
    if count.unit == TIMES and last and is_rate(count, this / last):
        return Verdict.DOUBTFUL, "是上年的几倍，比增长几倍多一：改成“是上年的”，或减去1"
    return wrong(base), ""


def _is_reckonable(said: Said, last: Decimal) -> bool:
    """Whether a percentage or multiple has a base other than zero."""
    return bool(last) or said.count is None or said.count.unit not in {PERCENT, TIMES}
