"""Warnings about figures that are seldom right beside last year's: a slip of magnitude, of column or of file.

Bounds are set so that figures which merely grow or shrink give no warning; they are proved in the tests.
"""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from nianbao.checks.places import file_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.cells import NUMBER, place_of
from nianbao.reading import YUAN, converted
from nianbao.statute.equations import instances
from nianbao.statute.tree import labels_of
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from nianbao.inputs.cells import Cell, Cells
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Labels, Part, Table

MAGNITUDE = Kind("W212", Severity.WARNING, "与上年相差十倍、百倍或万倍")
GONE = Kind("W213", Severity.WARNING, "上年成百上千，本年为0")
COLUMNS = Kind("W214", Severity.WARNING, "两栏的数字疑似互换")
SAME = Kind("W215", Severity.WARNING, "整张表与上年相同")

Pair = tuple["Decimal | int", "Decimal | int"]
Pairs = dict["CellKey", Pair]
HUNDREDS = 100
# From 元 to 万元; what grows by itself does not grow so far.
MYRIAD = (1_500, 60_000)
# The same digits with the point elsewhere, in figures of two digits and more; larger figures only have to be about as much.
SMALLEST, LARGE, NEARLY = 10, 100, 0.03
# How far two columns may be apart, as logarithms, when they are exchanged, and how far they are when they are not.
NEAR, FAR, MOST_OF = 0.7, 2.0, 30
# A table that agrees by chance has few figures, and short ones.
FIGURES, DIGITS = 3, 6


def beside_last_year(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of figures that are ten, a hundred or ten thousand times last year's, of hundreds that are gone, and of
    columns that are exchanged.
    """
    if pairs := _pairs(report, table):
        yield from _magnitudes(report, table, pairs)
        yield from _gone(report, table, pairs)
        yield from _exchanged(report, table, pairs)


def _magnitudes(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    factors = {key: factor for key, pair in pairs.items() if (factor := _factor(*pair, _is_money(table, key)))}
    if factors:
        said = [f"{_said(table, key, pairs)}，约为{factors[key]}" for key in factors]
        action = "核对数字和单位（元、万元）；确实如此的可以发布"
        yield _finding(report, table, MAGNITUDE, list(factors), said, action)


def _gone(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    gone = [key for key, (this, last) in pairs.items() if this == 0 and last >= HUNDREDS and not _is_money(table, key)]
    if gone:
        said = [_said(table, key, pairs) for key in gone]
        yield _finding(report, table, GONE, gone, said, "核对是否漏填；确实没有的可以发布")


def _exchanged(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    """Two neighbouring columns of which each has about what the other had last year."""
    for part in table.parts:
        sums = [(column, _sums(part, labels_of(column), pairs)) for column in part.column_chains]
        for (one, here), (other, there) in pairwise(sums):
            if here and there and one[-1].kind == other[-1].kind and _are_exchanged(here, there):
                names = "、".join("·".join(labels_of(chain)[-2:]) for chain in (one, other))
                this, last = ("、".join(number(pair[at]) for pair in (here, there)) for at in (0, 1))
                cell = report.cell(table.id, (labels_of(part.row_chains[0]), labels_of(one)))
                source, action = cell.source if cell else None, "核对两栏是否填反；确实如此的可以发布"
                found = f"两栏合计本年 {this}，上年 {last}"
                yield Finding(COLUMNS, f"{table.name} {names}", source, found, "各在自己的栏", action)


def same_table(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of a table that has every figure of last year's: last year's file may have been taken for this year's."""
    own, last = report.cells[table.id], report.previous.cells.get(table.id) if report.previous else None
    if not last or not _are_same(own, last):
        return
    carried = _carried(table)
    told = {number(cell.value) for key, cell in own.items() if cell.value and key not in carried}
    if len(told) >= FIGURES and sum(len(one.strip("-").replace(".", "")) for one in told) >= DIGITS:
        found = f"{len(own)}格都与{report.year - 1}年度的相同"
        action = "核对是否误用了上年的文件；确实如此的可以发布"
        yield Finding(SAME, table.name, file_of(report, table), found, f"{report.year}年度的数字", action)


def _pairs(report: Report, table: Table) -> Pairs:
    """The values of both years of each cell that counts something in both; money in 元 where its unit is known."""
    before = report.previous.cells.get(table.id, {}) if report.previous else {}
    pairs: Pairs = {}
    for key, (_, column) in table.cells.items() if before else ():
        this, last = _value(report.cell(table.id, key)), _value(before.get(key))
        if this is not None and last is not None and column[-1].kind != "change":
            pairs[key] = this, last
    return pairs


def _carried(table: Table) -> set[CellKey]:
    """The cells that last year's report settles: what stands on the right of an equation across years."""
    across = [(rule, groups) for rule in table.identities if rule.across_years for groups, _ in instances(table, rule)]
    return {key for rule, groups in across for keys in groups[len(rule.left) :] for key in keys}


def _value(cell: Cell | None) -> Decimal | int | None:
    if cell is None or cell.state != NUMBER or cell.value is None:
        return None
    return converted(cell.value, cell.unit, "元") if cell.unit in YUAN and cell.value else cell.value  # type: ignore[arg-type]


def _is_money(table: Table, key: CellKey) -> bool:
    return table.cells[key][1][-1].kind == "money"


def _factor(this: Decimal | int, last: Decimal | int, is_money: bool) -> str:
    """How many times last year's value this year's surely looks like; '' when it does not."""
    small, large = sorted((this, last))
    if small <= 0:
        return ""
    ratio = large / small
    factor = 10_000 if MYRIAD[0] <= ratio <= MYRIAD[1] else 0
    for one in (10, 100):
        is_near = small >= LARGE and abs(float(ratio) / one - 1) <= NEARLY
        if is_near or (ratio == one and (small >= SMALLEST or is_money)):
            factor = one
    if not factor:
        return ""
    return f"上年的{factor}倍" if this > last else f"上年的{factor}分之一"


def _sums(part: Part, column: Labels, pairs: Pairs) -> Pair | None:
    """The sum of a column in both years; ``None`` when a cell of it counts nothing."""
    keys = [(labels_of(row), column) for row in part.row_chains]
    if not all(key in pairs for key in keys):
        return None
    return sum(pairs[key][0] for key in keys), sum(pairs[key][1] for key in keys)


def _are_exchanged(one: Pair, other: Pair) -> bool:
    if max(*one, *other) < MOST_OF:
        return False
    straight = _distance(one[0], one[1]), _distance(other[0], other[1])
    crossed = _distance(one[0], other[1]), _distance(other[0], one[1])
    return max(crossed) <= NEAR and sum(crossed) <= NEAR and min(straight) >= FAR / 2 and sum(straight) >= FAR


def _distance(this: Decimal | int, last: Decimal | int) -> float:
    return abs(log((float(this) + 1) / (float(last) + 1)))


def _are_same(own: Cells, last: Cells) -> bool:
    return own.keys() == last.keys() and all(
        (one.state, one.value, one.unit) == (last[key].state, last[key].value, last[key].unit) for key, one in own.items()
    )


def _said(table: Table, key: CellKey, pairs: Pairs) -> str:
    this, last = (number(value) for value in pairs[key])
    name, unit = place_of(table, *key).removeprefix(f"{table.name} "), "元" if table.cells[key][1][-1].unit else ""
    return f"{name} 本年 {this}{unit}，上年 {last}{unit}"


def _finding(report: Report, table: Table, kind: Kind, keys: list[CellKey], said: list[str], action: str) -> Finding:
    """One finding on the cells of a table, at the first of them."""
    cell = report.cell(table.id, keys[0])
    found = "；".join(said[:3]) + (f"等{len(said)}格" if len(said) > 3 else "")
    return Finding(kind, place_of(table, *keys[0]), cell.source if cell else None, found, "与上年同一量级的数字", action)
