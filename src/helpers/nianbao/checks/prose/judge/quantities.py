"""Whether numbers are the report's values, its own or last year's: 收到130件, 没有行政复议, 均已办结."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.judge.reasons import TELLING, reason, slip
from nianbao.checks.prose.said import OPEN, Judged, Verdict, wrong
from nianbao.checks.prose.words import APPLICATIONS, APPLIED, CARRIED, DONE, NEW, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.values import Values

_LONG = 100  # a smaller number may differ from another by two digits and not be a slip of it


def value(said: Said, values: Values) -> Judged:
    """Judge a value, or that there was none; where the words leave its year open, by the year that it agrees with."""
    source = values.last if said.last else values
    judged = _told(said, source, values) if source else OPEN
    if said.year and (mistaken := _of_this_year(said, values)):
        return mistaken if judged.verdict is not Verdict.FALSE else judged
    if judged.verdict in {Verdict.FALSE, Verdict.DOUBTFUL} and source:
        others = (_told(replace(one, last=said.last, count=said.count), source, values) for one in said.others)
        judged = next((one for one in others if one.verdict is Verdict.TRUE), judged)
    if said.either and judged.verdict is not Verdict.TRUE and (other := values if said.last else values.last):
        turned = _told(replace(said, last=not said.last), other, values)
        judged = turned if turned.verdict is Verdict.TRUE else judged
    return judged


def _of_this_year(said: Said, values: Values) -> Judged | None:
    """A doubt where a number that is said of another year is this year's, and that year's report does not have it too."""
    count, cell, year = said.count, next(iter(said.cells), ""), values.report.year
    least = TELLING if said.year < year else 1
    if count is None or count.about or count.value < least or not is_of(count, cell, values):
        return None
    if said.year == year - 1 and is_of(count, cell, values.last):
        return None
    expected = f"{values.label(cell)} {values.worded(cell, count.value)}，是{year}年的数"
    return Judged(Verdict.DOUBTFUL, values.label(cell), f"{said.year}年{said.name}{count.shown}", expected, "像是年度写错")


def is_of(count: Count, cell: str, values: Values | None) -> bool:
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
    if value is None or None in known or (said.count and not same_unit(said.count, unit)):
        return OPEN
    is_slip = said.near and said.count is not None and value >= _LONG and slip(said.count.value, value)
    if not (said.sure or said.likely or is_slip or (said.some and _is_more(said.count, known))):
        return OPEN
    if said.to_date and said.count and said.count.value > value:
        if said.last or _is_sum(said.count, cells[0], value, values.last):
            return OPEN
        said = replace(said, sure=False)
    label = f"{year}{source.label(cells[0])}"
    shown = f"{_named(said)}{said.count.shown if said.count else '，即 0'}"
    expected = f"{label} {source.worded(cells[0], value)}{source.where(cells[0], said.last)}"
    return Judged(wrong(said), label, shown, expected, reason(said, cells[0], value, values))


def _named(said: Said) -> str:
    """The quantity in words, as no other statement has it: with its year, and of applicants what came of theirs."""
    name, (table, *steps) = said.name, said.cells[0].split("/")
    if table == APPLICATIONS and steps[-1] != "总计" and said.family in {"申请人", "结果", "去向"}:
        outcomes = (one.name for one in words().meanings[APPLIED] if one.row == steps[0] != "一" and one.family != "申请人")
        whose = "法人或其他组织" if "+" in said.cells[0] or steps[-1] == "其他" else steps[-1]
        name = f"{name}{next(outcomes, '')}" if said.family == "申请人" else f"{whose}{name}"
    return f"上年的{name}" if said.last else name


def _is_sum(count: Count, cell: str, value: Decimal, before: Values | None) -> bool:
    """Whether a number may be the sum of this year's value, last year's where it is known, and any of years before."""
    past = before.value(cell) if before and before.has(cell) else None
    return count.value >= value + (past or 0)


def _may_be_new(said: Said, value: Decimal | None, source: Values) -> bool:
    """Whether a number may be a cell's without those of the applications carried in, which no cell tells apart."""
    carried = source.value(CARRIED) if source.has(CARRIED) else None
    if value is None or carried is None or said.count is None:
        return False
    return value - carried <= said.count.value <= value


def _is_more(count: Count | None, known: Iterable[Decimal | None]) -> bool:
    """Whether a number is greater than all that it may be some of."""
    return count is not None and not count.about and all(one is not None and count.value > one for one in known)


def same_unit(count: Count, unit: str) -> bool:
    """Whether a number may be of a cell or fact with a unit; cells without one count anything."""
    return not unit or count.unit == unit or (unit != "元" and not count.unit)


def _agrees(count: Count | None, value: Decimal, unit: str) -> bool:
    if count is None:
        return value == 0
    return same_unit(count, unit) and count.agrees(value)


def done(said: Said, values: Values) -> Judged:
    """Judge whether nothing is carried out, where all is said to be concluded."""
    source = values.last if said.last else values
    cell = said.cells[0]
    value = source.value(cell) if source and source.has(cell) else None
    if value is None or source is None or said.to_date:
        return OPEN  # 截至2024年底，累计收到的申请均已办结
    if value == 0:
        return Judged(Verdict.TRUE, source.label(cell))
    if said.of and said.of.count and is_of(said.of.count, DONE, source) and not is_of(said.of.count, NEW, source):
        return OPEN  # 办理51件，均已办结, where 51 are concluded
    verdict = Verdict.FALSE if said.sure else Verdict.DOUBTFUL
    words = "正文说已全部办结" if said.sure else "正文说已全部答复"
    return Judged(verdict, source.label(cell), words, f"{source.label(cell)} {wording.number(value)}，尚未全部办结", "")
