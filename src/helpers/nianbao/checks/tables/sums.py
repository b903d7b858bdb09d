"""Totals in tables written in the text: of which cells each is the sum, which is wrong, and what each accounts for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.checks.prose.vocabulary import LAST_YEAR
from nianbao.checks.tables.celled import tables
from nianbao.inputs.labels import level_of
from nianbao.reading import decimal, is_mark, narrow
from nianbao.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.checks.prose.values import Values
    from nianbao.checks.tables.celled import Table

TOTALS = re.compile("合计|总计|共计")  # how the label of totals begins
_TOTAL = re.compile(rf"(?:{TOTALS.pattern})(?:\([\w:]+\))?")  # all of it, with its unit
# What stands beside others and is no part of their total: a part of another row, a subtotal, an ordinal, a date.
_NO_PART = re.compile(f"其中|小计|[增减]|{LAST_YEAR}|同期|序号|编号|排名|名次|标准|电话|邮编|日期|时间|年[份度]")
# What has no sum: a rate, a mean, a greatest or least one, a time, a price, what counts the same one twice.
_SUMLESS = re.compile(
    "[率比占%]|均|最[高低长短多少大小快慢早晚]|中位|峰值|[上下]限|时[限长]|期限|天数|[得评]分|单价|指数|倍|累计|去重|涉及|覆盖"
)
_LASTING = re.compile("(?:个?工作)?[天日]|小时|分钟?|秒|个?月|年|周|岁|倍|[度级折]")  # units of what has no sum
_UNIT_HEAD = re.compile("(?:计量)?单位")
_ORDER, _ORDINAL = re.compile("(?:序号|编号)?"), re.compile("[0-9]*")
_FIGURE = re.compile(r"([\d.,]*\d)\s*\(?([\u4e00-\u9fff%]{0,3})\)?")
_ROUNDED = re.compile("[千万亿]")
_FEWEST = 2  # figures that have a sum
_OF_TOTAL = "合计的各项"
_FEWEST_COLUMNS = 3  # of a table the first of whose columns may count its rows: 序号, labels, figures

Place = tuple[int, int]  # a row of a table below its heads, and a column


@dataclass(frozen=True, slots=True)
class Cells:
    """The texts of a table's cells, row by row, in half width; of each row its label, in the column ``label``."""

    table: Table
    heads: list[str]
    rows: list[list[str]]
    label: int

    def name(self, at: Place) -> str:
        """A cell by the label of its row and the head of its column."""
        row, column = at
        return f"{self.label_of(row)} / {self.heads[column]}"

    def label_of(self, row: int) -> str:
        """What names a row; what stands before its label does where that is blank."""
        return self.rows[row][self.label] or self.rows[row][0]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total beside the figures that it should be the sum of, what they sum up to, and how far rounding may miss that."""

    total: Place
    value: Decimal
    parts: dict[Place, Decimal]
    whole: Decimal
    slack: Decimal

    @property
    def holds(self) -> bool:
        return self.missed <= self.slack

    @property
    def missed(self) -> Decimal:
        """By how much the figures miss their total, too much or too little."""
        return abs(self.whole - self.value)

    @property
    def is_wrong(self) -> bool:
        """Whether it is no sum of two figures or more; their greatest and their mean may be meant to stand there."""
        if self.holds:
            return False
        figures = self.parts.values()
        others = {Decimal(0), max(figures), (self.whole / len(figures)).quantize(self.value)}
        return sum(map(bool, figures)) >= _FEWEST and self.value not in others

    def needed(self, at: Place) -> Decimal:
        """What one of its cells would have to be for the sum to hold."""
        if at == self.total:
            return self.whole
        return self.parts[at] - (self.whole - self.value)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column: its label, the unit that it names, and its cells."""

    label: str
    unit: str
    cells: tuple[Place, ...]


def cells_of(text: str, table: Table) -> Cells | None:
    """The cells of a table of a text; ``None`` where a row has other than as many as there are heads, or none is there."""
    rows = [[plain(text[begin:end]) for begin, end in row] for row in table.rows]
    heads = [plain(head) for head in table.heads]
    if not rows or any(len(row) != len(heads) for row in rows):
        return None
    ordered = (
        len(heads) >= _FEWEST_COLUMNS and _ORDER.fullmatch(heads[0]) and not any(_FIGURE.fullmatch(row[1]) for row in rows)
    )
    ordered = ordered and all(_ORDINAL.fullmatch(row[0]) or _is_total(row[0]) for row in rows)
    return Cells(table, heads, rows, 1 if ordered else 0)


def plain(cell: str) -> str:
    """The text of a cell or a head in half width, without marks of Markdown."""
    return narrow(cell.replace("*", ""))


def sums(cells: Cells) -> list[Sum]:
    """The sums of a table's columns, and where a column 合计 is the sum in most rows, those of its rows.

    A table whose rows have levels or several units, or which names parts of its rows or subtotals among them, has none.
    Figures such as rates have none, and none has what is blank, no figure or of another unit; cells without a unit are
    in their table's.
    """
    above = cells.table.above
    if not above.endswith(("。", "；", "：", "，")) and _SUMLESS.search(above):
        return []
    first, rows = cells.label + 1, range(len(cells.rows))
    at = next((at for at, head in enumerate(cells.heads) if _UNIT_HEAD.fullmatch(head)), -1)
    lines = []
    for row in rows:
        label, places = cells.label_of(row), tuple((row, column) for column in range(first, len(cells.heads)))
        lines.append(_Line(label, unit_of(label) or (cells.rows[row][at] if at >= first else ""), places))
    beside = [
        _Line(cells.heads[at], unit_of(cells.heads[at]), tuple((row, at) for row in rows))
        for at in range(first, len(cells.heads))
    ]
    down, across = _sums(cells, lines, beside), _sums(cells, beside, lines)
    return [*down, *(across if 2 * sum(one.is_wrong for one in across) < len(lines) else ())]


def doubted(found: Sequence[Sum]) -> dict[Place, list[Sum]]:
    """The cells that are wrong by some sums, each with the sums that say so.

    Where a row and a column would both hold with the same other figure where they cross, that cell is wrong, and no other
    one; where several rows or columns could be meant so, and where nothing crosses, it is the total.
    """
    wrong = [one for one in found if one.is_wrong]
    rows, columns = defaultdict[Decimal, list[Sum]](list), defaultdict[Decimal, list[Sum]](list)
    for one in wrong:
        (rows if _is_row(one) else columns)[one.missed].append(one)
    causes: dict[Place, list[Sum]] = {}
    for missed, some in rows.items():
        for one in some:
            # Of more than one column it is not sure; nor is it of a column that more than one row crosses so.
            crossed = [*islice((each for each in columns[missed] if _are_one(one, each)), 2)]
            if len(crossed) == 1 and len([*islice((each for each in some if _are_one(each, crossed[0])), 2)]) == 1:
                causes[one.total[0], crossed[0].total[1]] = [one, crossed[0]]
    explained = {id(one) for pair in causes.values() for one in pair}
    for one in wrong:
        if id(one) not in explained:
            causes.setdefault(one.total, []).append(one)
    return causes


def _are_one(row: Sum, column: Sum) -> bool:
    """Whether a row and a column would both hold with the same other figure where they cross."""
    at = (row.total[0], column.total[1])
    return all(at == one.total or at in one.parts for one in (row, column)) and row.needed(at) == column.needed(at) >= 0


def _is_row(one: Sum) -> bool:
    return one.total[0] == next(iter(one.parts))[0]


def _is_total(label: str) -> bool:
    return _TOTAL.fullmatch("".join(label.split())) is not None


def _sums(cells: Cells, lines: Sequence[_Line], beside: Sequence[_Line]) -> list[Sum]:
    """The sums that the one total among lines, their first or last, stands for; ``beside`` are what crosses them."""
    at = [number for number, one in enumerate(lines) if _is_total(one.label)]
    parts = [one for number, one in enumerate(lines) if number not in at]
    if len(at) != 1 or at[0] not in {0, len(lines) - 1} or not _have_sum(parts, lines[at[0]]):
        return []
    total, found = lines[at[0]], []
    for number, other in enumerate(beside):
        if _NO_PART.search(other.label) or _SUMLESS.search(other.label):
            continue
        places = [*(one.cells[number] for one in parts), total.cells[number]]
        texts = [cells.rows[row][column] for row, column in places]
        units = f"{other.label}{total.unit}{cells.table.unit}{texts[-1]}"
        if figures := _figures(texts, other.unit or total.unit or cells.table.unit):
            *some, value = figures
            slack = _rounding(some, value, is_rounded=bool(_ROUNDED.search(units)))
            found.append(Sum(places[-1], value, dict(zip(places, some, strict=False)), sum(some, Decimal(0)), slack))
    return found


def _have_sum(parts: Sequence[_Line], total: _Line) -> bool:
    """Whether lines are all that a total is the sum of, as far as their labels say, and are counted in one unit."""
    labels = [one.label for one in parts]
    units = {one.unit for one in parts}
    is_other = any(_NO_PART.search(one) or _SUMLESS.search(one) or TOTALS.search(one) for one in labels)
    is_one = len(units) == 1 and (units == {""} or total.unit in {"", *units})
    return (
        bool(parts) and is_one and not is_other and not _SUMLESS.search(total.label) and len(set(map(level_of, labels))) == 1
    )


def _figures(cells: Sequence[str], unit: str) -> list[Decimal] | None:
    """The figures of cells, 0 for a stroke; ``None`` where one is blank or no figure, where units differ or have no sum.

    ``unit`` is that of cells which name none.
    """
    figures, units = [], set()
    for text in cells:
        found = _FIGURE.fullmatch(text)
        try:
            figures.append(decimal(found[1] if found else "0" if is_mark(text) else text))
        except ValueError:
            return None
        units |= {found[2] or unit} if found else set()
    return None if len(units) > 1 or any(map(_LASTING.fullmatch, {unit, *units})) else figures


def _rounding(figures: Sequence[Decimal], total: Decimal, *, is_rounded: bool) -> Decimal:
    """By how much rounded figures may miss their total: by one of the last digit each; whole ones by nothing, but for 万."""
    decimals = [-int(one.as_tuple().exponent) for one in figures if one % 1]
    coarsest = min([*decimals, -int(total.as_tuple().exponent)])
    return Decimal(len(figures)).scaleb(-coarsest) if decimals or is_rounded else Decimal(0)


def totalled(markdown: str, starts: Sequence[int], known: Container[int], values: Values) -> dict[int, str]:
    """What accounts for numbers in the tables of a text, by where they start: a fact that a total is, or their total.

    ``starts`` are where its numbers start, ascending, ``known`` where those do that are accounted for.
    """
    found: dict[int, str] = {}
    for table in tables(markdown):
        cells = cells_of(markdown, table)
        whole = [one for one in sums(cells) if one.holds and sum(map(bool, one.parts.values())) >= _FEWEST] if cells else []
        if cells and whole:
            at = {place: _start(cells, place, starts) for one in whole for place in (one.total, *one.parts)}
            facts = {at[one.total]: origin for one in whole if (origin := _fact(cells, one, values))}
            found |= _known_parts(whole, at, {*facts, *(start for start in at.values() if start in known)}) | facts
    return {start: origin for start, origin in found.items() if start >= 0 and start not in known}


def _known_parts(whole: Sequence[Sum], at: dict[Place, int], known: set[int]) -> dict[int, str]:
    """The parts of totals that are known, and in turn the parts of these."""
    found: dict[int, str] = {}
    waiting = [*whole]
    while ready := [one for one in waiting if at[one.total] in known]:
        waiting = [one for one in waiting if at[one.total] not in known]
        parts = {at[place] for one in ready for place in one.parts}
        known |= parts
        found |= dict.fromkeys(parts, _OF_TOTAL)
    return found


def _start(cells: Cells, place: Place, starts: Sequence[int]) -> int:
    """Where the number of a cell starts; -1 of one without."""
    begin, end = cells.table.rows[place[0]][place[1]]
    index = bisect_left(starts, begin)
    return starts[index] if index < len(starts) and starts[index] < end else -1


def _fact(cells: Cells, one: Sum, values: Values) -> str:
    """The fact, or part of one, whose value and unit a total has, and whose name its head, label or table's name has."""
    row, column = one.total
    words = f"{cells.table.above}，{cells.label_of(row)}，{cells.heads[column]}"
    found = [
        named
        for named, unit, name in values.facts_by_value.get(one.value, ())
        if name in words and (not cells.table.unit or not unit or unit == cells.table.unit)
    ]
    return found[0].replace(".", " · ") if len(found) == 1 else ""
