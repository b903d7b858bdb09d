"""What several rules share: the values that an equation compares, their places, and all that is printed beside the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.findings import Source
from nianbao.inputs.cells import place_of
from nianbao.inputs.report import SIGNATURE, counted
from nianbao.statute.equations import instances

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from nianbao.inputs.contract import BureauParams
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.statute.equations import Equation, Group
    from nianbao.statute.tree import CellKey, Table


_PLACE = re.compile("([省市县区旗州盟])(?:人民)?政府")
_GOVERNMENT = re.compile("政府(?:办公[厅室])?$")


def is_government(bureau: BureauParams) -> bool:
    """Whether a bureau is the government of a county or of a level above, or its office."""
    return bureau.level != "乡" and _GOVERNMENT.search(bureau.name) is not None


def whole_place(bureau: BureauParams) -> str:
    """How a government's report speaks of the whole of its place: 全市; '' for other bureaus, of which that is another."""
    found = _PLACE.search(bureau.name) if is_government(bureau) else None
    return f"全{found[1]}" if found else ""


def values_of(report: Report, table: Table, equation: Equation, groups: list[Group]) -> list[Decimal | int] | None:
    """The sum of each term's cells; ``None`` when a cell without a number is among them."""
    sums: list[Decimal | int] = []
    for term, keys in zip(equation.terms, groups, strict=True):
        where = report.previous if term.last_year else report
        cells = where.cells.get(table.id, {}) if where else {}
        values = [counted(cells.get(key), where) if where else None for key in keys]
        if any(value is None for value in values):
            return None
        sums.append(sum(value for value in values if value is not None))
    return sums


def balance(equation: Equation, values: list[Decimal | int]) -> Decimal | int:
    """The left side of the equation minus the right side."""
    signs = [term.sign for term in equation.left] + [-term.sign for term in equation.right]
    return sum(sign * value for sign, value in zip(signs, values, strict=True))


def file_of(report: Report, table: Table) -> Source | None:
    """The file a table came from."""
    sources = [cell.source for cell in report.cells[table.id].values() if cell.source]
    return Source(sources[0].file) if sources else None


def carried(table: Table) -> set[CellKey]:
    """The cells that last year's report settles: what stands on the right of an equation across years."""
    across = [(rule, groups) for rule in table.identities if rule.across_years for groups, _ in instances(table, rule)]
    return {key for rule, groups in across for keys in groups[len(rule.left) :] for key in keys}


def spot(report: Report, table: Table, groups: list[Group]) -> tuple[str, Source | None]:
    """The name and source of the first cell of the last term, which a person should look at first."""
    key = groups[-1][0]
    cell = report.cell(table.id, key)
    return place_of(table, *key), cell.source if cell else None


def beside(report: Report, narrative: Narrative) -> Iterator[tuple[str, Source | None, str]]:
    """What is printed beside the text of the chapters: what it is, where it was typed, and the text."""
    typed = report.params
    yield "标题", narrative.title_source if narrative.title_source.line else Source("../bureau.yaml"), narrative.title
    for key, place in (("number", "文号"), ("signature", SIGNATURE), ("editor", "责任编辑")):
        if isinstance(text := getattr(typed, key), str):
            yield place, report.sources[key], text
    for table in report.format.tables.values():
        for aside in report.asides.get(table.id, ()):
            if aside.printed:
                yield f"{table.name} 注", aside.source, aside.text
        for label in report.labels.get(table.id, {}).values():
            yield f"{table.name} 栏目", file_of(report, table), label
        for row in (row for rows in typed.extra_rows.get(table.id, {}).values() for row in rows):
            yield f"{table.name} 地方增加行", file_of(report, table), row
        for cell in report.cells[table.id].values():
            if cell.shown:
                yield f"{table.name} 单元格", cell.source, cell.shown
