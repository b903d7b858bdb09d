"""The form: a workbook that a bureau's staff fill in, with all tables of a report and its facts."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING

from nianbao.inputs.form.entered import Entered, OfTable
from nianbao.inputs.form.formulas import WRONG
from nianbao.inputs.form.looks import Looks, height
from nianbao.inputs.form.tablesheet import TableSheet
from nianbao.inputs.formlabels import NOTES
from nianbao.inputs.guide import GUIDE, GUIDE_HEAD, STEPS, TITLE
from nianbao.inputs.sheets import FACT_HEAD, FACTS
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from nianbao.inputs.form.tablesheet import Totals
    from nianbao.inputs.report import Fact, Report
    from nianbao.statute.formats import Format
    from nianbao.statute.tree import CellKey

MORE_FACTS = 30  # blank lines for facts
_ILLEGAL = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet
PROTECTION = {
    "objects": True, "scenarios": True, "format_cells": True, "format_columns": True, "format_rows": True,
    "insert_rows": True, "delete_rows": True,
}  # fmt: skip


def made(
    form: Format,
    bureau: str,
    year: int,
    previous: Report | None,
    values: Mapping[str, Mapping[CellKey, Decimal | int]],
    entered: Entered | None = None,
) -> bytes:
    """The form as XLSX, the same bytes for the same content.

    Parameters
    ----------
    previous : Report or None
        Last year's report, whose figures the sums across years are checked with, and whose facts are named.
    values : mapping
        Table id → the cells that are filled from the start.
    entered : Entered, optional
        What people have entered already; a cell of it stands in place of one of ``values``.
    """
    import xlsxwriter  # here, because builds load this room and make no form

    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    book.set_properties({"title": f"{bureau}{year}年度报告填报表", "created": datetime(year + 1, 1, 1)})
    looks = Looks(book)
    first = book.add_worksheet(GUIDE)
    totals: dict[str, Totals] = {}
    entered = entered or Entered()
    for table in form.tables.values():
        sheet = book.add_worksheet(_ILLEGAL.sub("", table.name)[:20] or table.id)
        typed = entered.tables.get(table.id, OfTable())
        totals[sheet.name] = TableSheet(sheet, looks, table, year, previous).write(values.get(table.id, {}), typed)
        if sheet is book.worksheets()[1]:
            sheet.activate()
    _facts(book, looks, previous, entered.facts)
    _first(first, looks, f"{bureau}{year}年度{TITLE}（{form.name}）", totals)
    for sheet in book.worksheets():
        _page(sheet, f"{bureau}{year}年度")
    book.close()
    return into.getvalue()


def _first(sheet: Worksheet, looks: Looks, title: str, totals: Mapping[str, Totals]) -> None:
    """How to fill in the form, and what of it is still to be done."""
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 3, 26)
    sheet.merge_range(0, 0, 0, 3, title, looks.caption)
    sheet.set_row(0, 36)
    for row, text in enumerate(STEPS, 1):
        sheet.write_number(row, 0, row, looks.text)
        sheet.merge_range(row, 1, row, 3, text, looks.text)
        sheet.set_row(row, height(text, 78, 18) + 4)
    row = len(STEPS) + 2
    for at, text in enumerate(GUIDE_HEAD, 1):
        sheet.write_string(row, at, text, looks.head)
    sheet.set_row(row, 24)
    for at, (name, one) in enumerate(totals.items(), row + 1):
        sheet.set_row(at, 24)
        sheet.write_url(at, 1, f"internal:'{name}'!A1", looks.label, name)
        counted = "+".join(f"COUNTA({address})" for address in one.cells)
        sheet.write_formula(at, 2, f"={one.count}-({counted})", looks.check, one.count - one.filled)
        wrong = "+".join(f'COUNTIF({address},"*{WRONG}*")' for address in one.checks) or "0"
        sheet.write_formula(at, 3, f"={wrong}", looks.check, one.wrong)
        over = {"type": "cell", "criteria": ">", "value": 0, "format": looks.mistaken}
        sheet.conditional_format(at, 2, at, 3, over)


def _facts(book: Workbook, looks: Looks, previous: Report | None, entered: Sequence[tuple[str, str, str, str]]) -> None:
    """The sheet for facts: last year's names, units and values, what people have entered, and blank lines."""
    sheet = book.add_worksheet(FACTS)
    heads = (*FACT_HEAD, "上年值", NOTES)
    for at, (text, width) in enumerate(zip(heads, (30, 16, 12, 16, 40), strict=True)):
        sheet.write_string(0, at, text, looks.head)
        sheet.set_column(at, at, width)
    sheet.set_row(0, 24)
    known = [line for fact in previous.facts.values() for line in _lines(fact)] if previous else []
    past_of = {name: past for name, _, past in known}
    lines = [(name, value, unit, past_of.pop(name, ""), note) for name, value, unit, note in entered]
    lines += [(name, "", unit, past, "") for name, unit, past in known if name in past_of]
    for row, line in enumerate([*lines, *[("",) * len(heads)] * MORE_FACTS], 1):
        for at, text in enumerate(line):
            sheet.write_string(row, at, text, looks.past if at == 3 else looks.typed)
        sheet.set_row(row, 22)
    sheet.ignore_errors({"number_stored_as_text": f"B2:B{len(lines) + MORE_FACTS + 1}"})
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _lines(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Name, unit and last year's value of a fact, then of its parts."""
    unknown = f"未知：{fact.reason}" if fact.reason else ""
    yield fact.name, fact.unit, number(fact.value) if fact.value is not None else unknown
    for name, value in fact.parts.items():
        yield f"{fact.name}.{name}", fact.unit, "" if value is None else number(value)


def _page(sheet: Worksheet, about: str) -> None:
    """A4, one page wide, with names and page numbers; labels are locked, without a password."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_header(f"&L&9{about.replace('&', '&&')}&R&9&A")
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.protect("", PROTECTION)
