"""Warnings about figures that are seldom right beside last year's: a slip of magnitude, of column or of file.

Bounds are set so that figures which merely grow or shrink give no warning; they are proved in the tests.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING

from nianbao.checks.places import carried, file_of
from nianbao.findings import Finding, Kind, Severity, enumerated
from nianbao.inputs.cells import NUMBER, place_of
from nianbao.reading import YUAN, converted
from nianbao.statute.tree import labels_of, leaves
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.cells import Cell, Cells
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Node, Table

MAGNITUDE = Kind("W212", Severity.WARNING, "与上年相差十倍、百倍、万倍或更多")
GONE = Kind("W213", Severity.WARNING, "上年成百上千，本年为0")
COLUMNS = Kind("W214", Severity.WARNING, "两处的数字疑似互换")
SAME = Kind("W215", Severity.WARNING, "整张表与上年相同")

Pair = tuple[Decimal | int, Decimal | int]
Pairs = dict["CellKey", Pair]
HUNDREDS = 100
# From 元 to 万元, and what is more than that; what grows by itself does not grow so far.
MYRIAD = (1_500, 60_000)
SMALLEST = 10  # of figures of which the point may stand elsewhere
# So many times as much → from which figure on, and how far from that at most, as a logarithm. What seldom grows so far may
# differ more. Of what is bought tenfold happens: 650500, 5978600.
OF_COUNTS = {10: (100, 0.03), 100: (SMALLEST, 0.1), 1_000: (SMALLEST, 0.1)}
OF_MONEY = OF_COUNTS | {10: (SMALLEST, 0.04)}
# How far two columns may be apart, as logarithms, when they are exchanged, and how far they are when they are not.
NEAR, FAR, LARGEST = 0.7, 2.0, 10
# A table that agrees by chance has few figures, and short ones.
FIGURES, DIGITS = 3, 6


def beside_last_year(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of figures that are ten, a hundred, ten thousand times last year's or more, of hundreds that are gone, and of
    columns that are exchanged.
    """
    if pairs := _pairs(report, table):
        yield from _magnitudes(report, table, pairs)
        yield from _gone(report, table, pairs)
        yield from _exchanged(report, table, pairs)


def _magnitudes(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    factors = {key: factor for key, pair in pairs.items() if (factor := _factor(*pair, _is_money(table, key)))}
    if factors:
        said = [f"{_said(table, key, pairs)}，{factors[key]}" for key in factors]
        action = "核对数字和单位（元、万元）；确实如此的可以发布"
        yield _finding(report, table, MAGNITUDE, list(factors), said, action)


def _gone(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    gone = [
        key for key, (this, last) in pairs.items()
        if this == 0 and last >= HUNDREDS and not _is_money(table, key) and not set(key[0]).intersection(table.may_vanish)
    ]  # fmt: skip
    if gone:
        said = [_said(table, key, pairs) for key in gone]
        yield _finding(report, table, GONE, gone, said, "核对是否漏填；确实没有的可以发布")


def _exchanged(report: Report, table: Table, pairs: Pairs) -> Iterator[Finding]:
    """Two neighbouring columns, groups of columns or rows of which each has about what the other had last year."""
    told: set[CellKey] = set()
    for names, one, other in neighbours(table):
        here, there = _sums(one, pairs), _sums(other, pairs)
        if here and there and told.isdisjoint([*one, *other]) and _are_exchanged(here, there, [*one, *other], pairs):
            told |= {*one, *other}
            this, last = ("、".join(number(pair[at]) for pair in (here, there)) for at in (0, 1))
            cell = report.cell(table.id, one[0])
            source, action = cell.source if cell else None, "核对两处是否填反；确实如此的可以发布"
            found = f"两处合计本年 {this}，上年 {last}"
            yield Finding(COLUMNS, f"{table.name} {names}", source, found, "各在自己的栏、自己的行", action)


@lru_cache(maxsize=16)
def neighbours(table: Table) -> tuple[tuple[str, list[CellKey], list[CellKey]], ...]:
    """The columns, groups of columns and rows of a table that may be exchanged: their names, and the cells of both."""
    return tuple(_neighbours(table))


def _neighbours(table: Table) -> Iterator[tuple[str, list[CellKey], list[CellKey]]]:
    """The columns, groups of columns and rows that may be exchanged, since they count the same kind of thing."""
    single: list[CellKey] = []
    for part in table.parts:
        rows = [labels_of(row) for row in part.row_chains]
        groups = [
            pair for siblings in _siblings(part.columns) for pair in pairwise(siblings) if all(n[-1].parts for n in pair)
        ]
        for one, other in [*groups, *pairwise(part.column_chains)]:
            columns = [[labels_of((*chain[:-1], *leaf)) for leaf in leaves((chain[-1],))] for chain in (one, other)]
            if one[-1].kind == other[-1].kind and len(columns[0]) == len(columns[1]):
                here, there = ([(row, column) for row in rows for column in some] for some in columns)
                yield "、".join("·".join(labels_of(chain)[-2:]) for chain in (one, other)), here, there
        single += [(row, labels_of(column)) for row in rows if len(row) == 1 for column in part.column_chains]
    for first, second in combinations(single, 2) if len(table.parts) > 1 else ():
        if first[1] == second[1] and not _is_money(table, first):
            yield f"{first[0][-1]}、{second[0][-1]}", [first], [second]


def _siblings(nodes: tuple[Node, ...], above: tuple[Node, ...] = ()) -> Iterator[list[tuple[Node, ...]]]:
    """The chains of all headings that stand under the same one."""
    yield [(*above, node) for node in nodes]
    for node in nodes:
        yield from _siblings(node.parts, (*above, node))


def same_table(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of a table that has every figure of last year's: last year's file may have been taken for this year's."""
    own, last = report.cells[table.id], report.previous.cells.get(table.id) if report.previous else None
    if not last or not _are_same(own, last):
        return
    settled = carried(table)
    told = {number(cell.value) for key, cell in own.items() if cell.value and key not in settled}
    if len(told) >= FIGURES and sum(len(one.strip("-").replace(".", "")) for one in told) >= DIGITS:
        found = f"{len(own)}格都与{report.year - 1}年度的相同"
        action = "核对是否误用了上年的文件；确实如此的可以发布"
        yield Finding(SAME, table.name, file_of(report, table), found, f"{report.year}年度的数字", action)


def _pairs(report: Report, table: Table) -> Pairs:
    """The values of both years of each cell that counts something in both; money in 元 where its unit is known."""
    before = report.previous.cells.get(table.id, {}) if report.previous else {}
    own = report.cells.get(table.id, {})
    past = {} if table.cells.keys() <= before.keys() else {bare(key): cell for key, cell in before.items()}
    pairs: Pairs = {}
    for key, (_, column) in table.cells.items() if before else ():
        this, last = _value(own.get(key)), _value(before.get(key) or past.get(bare(key)))
        if this is not None and last is not None and column[-1].kind != "change":
            pairs[key] = this, last
    return pairs


def bare(key: CellKey) -> CellKey:
    """A cell by what it counts, in any format: one heads 本年处理决定数量 what another heads 处理决定数量."""
    return key[0], tuple(label.removeprefix("本年") for label in key[1])


def _value(cell: Cell | None) -> Decimal | int | None:
    if cell is None or cell.state != NUMBER or cell.value is None:
        return None
    return converted(Decimal(cell.value), cell.unit, "元") if cell.unit in YUAN and cell.value else cell.value


def _is_money(table: Table, key: CellKey) -> bool:
    return table.cells[key][1][-1].kind == "money"


def _factor(this: Decimal | int, last: Decimal | int, is_money: bool) -> str:
    """What of last year's value this year's surely looks like; '' when it does not."""
    small, large = sorted((this, last))
    if small <= 0:
        return ""
    ratio = large / small
    if ratio > MYRIAD[1]:
        return "为上年的一万倍以上" if this > last else "不到上年的一万分之一"
    factor = 10_000 if ratio >= MYRIAD[0] else 0
    for one, (least, most) in (OF_MONEY if is_money else OF_COUNTS).items():
        is_near = small >= least and abs(log(ratio / one)) <= most
        is_cut = large // one == small and small >= SMALLEST  # a last digit that was lost
        if is_near or is_cut or (ratio == one and is_money):
            factor = one
    if not factor:
        return ""
    return f"约为上年的{factor}倍" if this > last else f"约为上年的{factor}分之一"


def _sums(keys: list[CellKey], pairs: Pairs) -> Pair | None:
    """The sum of cells in both years; ``None`` when one of them counts nothing."""
    if not all(key in pairs for key in keys):
        return None
    return sum(pairs[key][0] for key in keys), sum(pairs[key][1] for key in keys)


def _are_exchanged(one: Pair, other: Pair, keys: list[CellKey], pairs: Pairs) -> bool:
    if max(value for key in keys for value in pairs[key]) < LARGEST:
        return False  # small figures come and go
    straight = [abs(_distance(*pair)) for pair in (one, other)]
    crossed = _distance(one[0], other[1]), _distance(other[0], one[1])
    both = _distance(one[0] + other[0], one[1] + other[1])  # by which they have grown together
    apart = min(sum(abs(each - grown) for each in crossed) for grown in (0, both if abs(both) <= NEAR else 0))
    return apart <= max(NEAR, sum(straight) / 4) and min(straight) >= FAR / 2 and sum(straight) >= FAR


def _distance(this: Decimal | int, last: Decimal | int) -> float:
    return log((float(this) + 1) / (float(last) + 1))


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
    place, source, found = place_of(table, *keys[0]), cell.source if cell else None, enumerated(said, "；", "格")
    return Finding(kind, place, source, found, "与上年同一量级的数字", action)
