"""Forms made to measure: written by the kit, filled in as staff do, by a library that saves the whole workbook anew."""

import io
from copy import copy
from functools import cache, lru_cache

import openpyxl

from making import FORMATS
from nianbao.inputs.form import book
from nianbao.inputs.placing import place

NAME = "示例市测试局"


def blank(form="2021", year=2024, previous=None, values=None):
    """A form's bytes; one with nothing in it is made once."""
    return book.made(FORMATS[form], NAME, year, previous, values) if previous or values else empty(form, year)


def made_anew(form, year):
    return book.made(FORMATS[form], NAME, year, None, {})


empty = cache(made_anew)


opened = lru_cache(maxsize=8)(lambda raw: openpyxl.load_workbook(io.BytesIO(raw)))


def filled(raw, form="2021", values=None, facts=()):
    """A form with ``values`` ({table id: {cell: value}}) and ``facts`` (name, value, unit) typed into it, saved anew.

    To open one takes three times as long as to save it: it is opened once, and what was typed is taken out again.
    """
    book, before = opened(raw), []

    def typed(cell, value):
        before.append((cell, cell.value, cell.data_type, copy(cell._style)))
        cell.value = value

    for key, some in (values or {}).items():
        table = FORMATS[form].tables[key]
        placed = place(table, 1)
        for at, value in some.items():
            typed(book[table.name][placed.cells[at][0].address.replace("$", "")], value)
    sheet = book["事实"]
    row = next(number for number in range(2, 99) if not sheet.cell(number, 1).value)
    for number, fact in enumerate(facts, row):
        for column, text in enumerate(fact, 1):
            typed(sheet.cell(number, column), text)
            if isinstance(text, str):
                sheet.cell(number, column).data_type = "s"  # as typed into a cell for text, also where it begins with =
    try:
        return saved(book)
    finally:
        for cell, *about in reversed(before):
            cell.value, cell.data_type, cell._style = about


def saved(opened):
    into = io.BytesIO()
    opened.save(into)
    return into.getvalue()


def put(paths, raw, name="form.xlsx"):
    """Put a form into a report's folder, in the place of its tables."""
    for path in paths.folder.glob("table*.csv"):
        path.unlink()
    (paths.folder / name).write_bytes(raw)
    return paths
