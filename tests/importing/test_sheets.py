"""Several tables, and facts, on one sheet of a workbook: under each other without a blank row, and beside each other."""

import csv
import io

import openpyxl
import pytest

import imports
from forms import saved
from making import FORMATS
from nianbao.inputs.csvlayout import to_csv
from nianbao.yamlfile import read_yaml

TABLES = FORMATS["2021"].tables
VALUES = {key: {cell: at for at, cell in enumerate(table.cells, 1)} for key, table in TABLES.items()}
FACTS = [["名称", "值", "单位", "备注"], ["访问量", "15.67", "万次", "平台后台"], ["规章", "3", "部", ""]]


def grid(key):
    text = to_csv(TABLES[key], {cell: str(value) for cell, value in VALUES[key].items()})
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def put(sheet, rows, top=1, left=1):
    """Write rows; returns the row below them, and the column behind them."""
    for number, row in enumerate(rows, top):
        for column, text in enumerate(row, left):
            sheet.cell(number, column).value = int(text) if text.isdecimal() else text or None
    return top + len(rows), left + max(map(len, rows))


def imported(tmp_path, opened):
    return imports.imported(tmp_path, ("a.xlsx", saved(opened)))


def taken(begun):
    return {key: {cell: one.value for cell, one in table.cells.items()} for key, table in begun.made.taken.items()}


@pytest.mark.parametrize("keys", [("table2", "table3", "table4"), ("table4", "table3", "table2"), ("table3", "table2")])
@pytest.mark.parametrize("between", [0, 1])
def test_tables_under_each_other_are_each_read(tmp_path, keys, between):
    opened, top = openpyxl.Workbook(), 1
    for key in keys:
        top = put(opened.active, grid(key), top)[0] + between
    assert {key: VALUES[key] for key in keys} == taken(imported(tmp_path, opened))


@pytest.mark.parametrize("keys", [("table3", "table4"), ("table2", "table3"), ("table4", "table2", "table3")])
@pytest.mark.parametrize("top", [1, 9])
def test_tables_beside_each_other_are_each_read(tmp_path, keys, top):
    opened, left = openpyxl.Workbook(), 1
    for at, key in enumerate(keys):
        left = put(opened.active, grid(key), top if at else 1, left)[1] + 1
    assert {key: VALUES[key] for key in keys} == taken(imported(tmp_path, opened))


def test_tables_that_touch_each_other_are_asked_about(tmp_path):
    opened = openpyxl.Workbook()
    put(opened.active, grid("table4"), 1, put(opened.active, grid("table3"))[1])
    begun = imported(tmp_path, opened)
    assert {None} == {value for some in taken(begun).values() for value in some.values()}
    assert "下列表格对不上法定格式：对照原件核对" in begun.made.questions


@pytest.mark.parametrize("between", [0, 1])
@pytest.mark.parametrize("where", ["above", "below", "beside"])
@pytest.mark.parametrize("key", ["table2", "table3"])
def test_facts_on_the_sheet_of_a_table_are_facts_and_the_table_is_read(tmp_path, key, where, between):
    opened = openpyxl.Workbook()
    if where == "above":
        put(opened.active, grid(key), put(opened.active, FACTS)[0] + between)
    else:
        below, behind = put(opened.active, grid(key))
        put(opened.active, FACTS, *((below + between, 1) if where == "below" else (1, behind + 1)))
    begun = imported(tmp_path, opened)
    assert {key: VALUES[key]} == taken(begun)
    facts = read_yaml(begun.paths.report_file).data["facts"]
    assert {"访问量": ("15.67", "万次"), "规章": ("3", "部")} == {
        name: (str(one["value"]), one["unit"]) for name, one in facts.items() if one.get("value") not in {None, ""}
    }
