"""Several tables, and facts, on one sheet of a workbook: under each other without a blank row, and beside each other."""

import csv
import io

import openpyxl
import pytest
from openpyxl.styles import Font

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


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("keys", [("table2", "table3", "table4"), ("table4", "table3", "table2"), ("table3", "table2")])
@pytest.mark.parametrize("between", [0, 1])
def test_tables_under_each_other_are_each_read(tmp_path, keys, between):
    opened, top = openpyxl.Workbook(), 1
    for key in keys:
        top = put(opened.active, grid(key), top)[0] + between
    assert {key: VALUES[key] for key in keys} == taken(imported(tmp_path, opened))


@pytest.mark.by_turns(3)
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


@pytest.mark.by_turns(5)
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


CAPTIONS = {
    "table2": "表二 主动公开政府信息情况",
    "table3": "附表3：收到和处理政府信息公开申请情况",
    "table4": "表四 行政复议、行政诉讼情况",
}


@pytest.mark.by_turns(7)
@pytest.mark.parametrize("between", [0, 1, 4])
@pytest.mark.parametrize("keys", [("table2", "table3", "table4"), ("table3", "table4"), ("table4", "table3", "table2")])
def test_a_title_above_each_table_of_a_sheet_is_its_own(tmp_path, keys, between):
    opened, top = openpyxl.Workbook(), 1
    for key in keys:
        top = put(opened.active, [[CAPTIONS[key]], *grid(key)], top)[0] + between
    begun = imported(tmp_path, opened)
    assert {key: VALUES[key] for key in keys} == taken(begun)
    assert begun.made.questions == {}


def facts(begun):
    """The facts, and what is asked about them."""
    data = read_yaml(begun.paths.report_file).data if begun.paths.report_file.exists() else {}
    told = {name: (one["value"] and str(one["value"]), one.get("unit")) for name, one in (data.get("facts") or {}).items()}
    asked = [one for question, some in begun.made.questions.items() for one in some if "事实" in question]
    return {name: one for name, one in told.items() if "例" not in name}, asked


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("between", [0, 1, 3])
@pytest.mark.parametrize("key", ["table2", "table4"])
@pytest.mark.parametrize("title", ["事实", "正文用的数据"])
def test_the_title_above_facts_is_no_row_of_the_table_above(tmp_path, title, key, between):
    opened = openpyxl.Workbook()
    top = put(opened.active, grid(key))[0] + between
    put(opened.active, [[title], *FACTS], top)
    begun = imported(tmp_path, opened)
    assert {key: VALUES[key]} == taken(begun)
    assert facts(begun) == ({"访问量": ("15.67", "万次"), "规章": ("3", "部")}, [])
    assert [text for _, text, _ in begun.made.left_out] == [title] * (title != "事实")


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    ("rows", "found", "asked"),
    [
        ([["名称", "值（万次）"], ["访问量", "15"]], {"访问量": ("15", "万次")}, ""),
        ([["名称", "数值（单位：万次）", "单位"], ["访问量", "15", ""]], {"访问量": ("15", "万次")}, ""),
        (
            [["名称", "值（万次）", "单位"], ["访问量", "15", "次"]],
            {"访问量": (None, None)},
            "表头写的是另一个单位：次（万次）",
        ),
        ([["指标", "数值", "计量单位"], ["访问量", "15", "万次"]], {"访问量": ("15", "万次")}, ""),
        ([["指标名称", "数量", "单位"], ["访问量", "15", "万次"]], {"访问量": ("15", "万次")}, ""),
        ([["名称", "值", "单位"], ["访问量", "15", "万次"], ["", "2", "条"]], {"访问量": ("15", "万次")}, "“2条”没有名称"),
        ([["名称", "值", "单位"]], {}, ""),
    ],
)
@pytest.mark.parametrize("where", ["alone", "below"])
def test_facts_are_read_by_their_heads_or_asked_about(tmp_path, where, rows, found, asked):
    opened = openpyxl.Workbook()
    top = put(opened.active, grid("table4"))[0]
    sheet = opened.create_sheet("事实") if where == "alone" else opened.active
    put(sheet, rows, 1 if where == "alone" else top + 1)
    begun = imported(tmp_path, opened)
    assert {"table4": VALUES["table4"]} == taken(begun)
    told, said = facts(begun)
    assert told == found
    assert [asked in one for one in said] == [True] * bool(asked)
    assert begun.made.left_out == []


@pytest.mark.parametrize(("cell", "found"), [("A2", {}), ("B2", {"来信": (None, "条")}), ("C2", {"来信": (None, None)})])
def test_a_name_a_value_and_a_unit_of_a_fact_that_are_struck_are_asked_about(tmp_path, cell, found):
    opened = openpyxl.Workbook()
    put(opened.active, grid("table4"))
    sheet = opened.create_sheet("事实")
    put(sheet, [["名称", "值", "单位"], ["来信", "15", "条"]])
    sheet[cell].font = Font(strike=True)
    told, said = facts(imported(tmp_path, opened))
    assert told == found
    assert ["删去线" in one for one in said] == [True]
