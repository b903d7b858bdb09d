"""Lines beside a table that stand in several cells: a label and its value, a day in pieces; rows of figures are none."""

import time
from dataclasses import replace

import pytest

import imports
from cases import each
from imports import begin, made_of, rows
from making import FORMATS
from nianbao.importing import celledlines, edges, labelled, outline
from nianbao.importing.flow import Grid
from nianbao.statute.formats import Library

LABELS = labelled.labels_of(Library(FORMATS, {}), FORMATS["2021"])
LINES = {
    ("年度：", "2023"): ["年度：2023"],
    ("填报单位：", "示例市测试局", "", "年度：", "2023"): ["填报单位：示例市测试局", "年度：2023"],
    ("填报单位：示例市测试局", "", "报告年度", "2023年"): ["填报单位：示例市测试局", "报告年度：2023年"],
    ("组织机构代码：", "10505005"): ["组织机构代码：10505005"],
    ("", "有效期至：", "2024年12月"): ["有效期至：2024年12月"],
    ("制定机关：", "国务院办公厅"): ["制定机关：国务院办公厅"],
    ("单位：", "件"): ["单位：件"],
    ("填表人：", "张三", "", "联系电话：", "8822110"): ["填表人：张三", "联系电话：8822110"],
    ("填表人", "张三", "联系电话", "8822110"): ["填表人：张三", "联系电话：8822110"],
    ("填表人：", "", "盖章："): ["填表人：", "盖章："],
    ("填表人：张三", "", "13899001122"): ["填表人：张三 13899001122"],
    ("监督电话：", "12345"): ["监督电话：12345"],
    ("填报日期：", "2024年", "1月", "8日"): ["填报日期：2024年1月8日"],
    ("填表人：张三", "2024", "年", "1", "月", "8"): ["填表人：张三", "2024年1月8日"],
    ("2024年", "1月8日"): ["2024年1月8日"],
    ("填报日期", "2024-01-08"): ["填报日期：2024-01-08"],
    ("", "第", "2", "页", "共", "3", "页"): ["第2页", "共3页"],
    ("附件：", "3", "份"): ["附件：3份"],
    ("统计口径：", "网上申请"): ["统计口径：网上申请"],
    ("单位人数：", "56", "QQ：", "12345678"): ["单位人数：56", "QQ：12345678"],
    ("联系电话：", "8822110", "转", "8012"): ["联系电话：8822110转8012"],
    ("日期：", "2024", ".", "1", ".", "9"): ["日期：2024.1.9"],
    ("", "2024", "1", "9"): ["2024.1.9"],
    ("填表日期：", "2024", "1", "9"): ["填表日期：2024.1.9"],
    ("", "", "填报日期", "20240109"): ["填报日期：20240109"],
    ("从业人员", "56"): ["从业人员：56"],
    ("工号：", "654301", "邮政编码：", "836200"): ["工号：654301", "邮政编码：836200"],
}
OF_TABLES = [
    ("合计：", "5"),
    ("合计：", "5", "7"),
    ("其他：", "3"),
    ("总计：", "无"),
    ("行政许可：", "未知"),
    ("年度：", "2023", "5"),
    ("2023年", "5", "3"),
    ("2022年", "2023年"),
    ("1月", "2月", "3月"),
    ("单位", "件数", "金额"),
    ("联系人", "电话"),
    ("规章", "2023"),
    ("其他文件", "件", "3"),
    ("合计：", "5", "件"),
    ("合计", "2024", "1", "9"),
    ("", "2024", "1", "9", "3"),
    ("", "2024", "13", "9"),
    ("处罚：", "5"),
    ("其他文件：", "3件"),
    ("", "5", "年"),
    ("年度：", "46"),
    ("报告期：", "12"),
    ("填报日期：", "12"),
    ("有效期至：", "3"),
    ("电话：", "320"),
    ("联系电话：", "8820"),
    ("张三", "8822110"),
    tuple(map(str, range(15))),
]


def joined(line, key="table2"):
    table = rows(key)
    width = max(len(line), len(table[0]))
    grid = Grid(tuple((*row, *[""] * (width - len(row))) for row in [*map(tuple, table), line]), "第1个表格")
    return grid, celledlines.joined(grid, LABELS)


def test_what_cells_beside_a_table_say_together_is_one_line():
    wrong = {}
    for line, expected in LINES.items():
        grid, made = joined(line)
        if (
            [*filter(None, made.rows[-1])] != expected
            or made.rows[:-1] != grid.rows[:-1]
            or len(made.rows[-1]) != len(grid.rows[-1])
        ):
            wrong[line] = made.rows[-1]
        assert len(grid.rows) - 1 in celledlines.said(made, LABELS), line
    assert wrong == {}


def test_no_row_of_figures_or_heads_is_one():
    changed = {line: made.rows[-1] for line in OF_TABLES if (made := joined(line)[1]).rows != joined(line)[0].rows}
    assert changed == {}


def test_a_small_number_behind_a_label_of_a_form_is_a_row_between_the_rows_of_a_table_and_a_line_below_them():
    small = [("编号：", "7"), ("份数：", "5"), ("页码：", "3"), ("附件：", "3", "份"), ("单位人数", "56"), ("工号", "33")]
    sure = [("年度：", "2023"), ("联系电话：", "8822110"), ("填报日期：", "2024-01-08"), ("填表人：", "张三")]
    for line in [*small, *sure]:
        grid, below = joined(line)
        assert below.rows != grid.rows, line
        at = next(number for number, row in enumerate(grid.rows) if row[0] == "行政许可") + 1
        between = replace(grid, rows=(*grid.rows[:at], grid.rows[-1], *grid.rows[at:-1]))
        assert (celledlines.joined(between, LABELS) is between) == (line in small), line


def test_no_row_of_the_tables_themselves_is_one():
    for form in FORMATS:
        for key in FORMATS[form].tables:
            grid = joined((), key)[0]
            assert celledlines.joined(grid, LABELS) is grid
            assert celledlines.said(grid, LABELS) == frozenset()


@pytest.mark.parametrize("cell", ["/", "无", "未知：没有记录", "未填", "不适用", "见附件", "3件", "约3件"])
def test_no_row_of_signs_and_reasons_is_one(cell, tmp_path):
    table = [[cell if one == "3" else one for one in row] for row in rows("table4")]
    made = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in table))).made
    assert made.left_out == []
    assert cell in made.taken["table4"].csv or cell in str(made.questions) or cell == "3件"


def test_a_long_cell_is_looked_at_once():
    """Looked at from each of its digits, it would take a minute and more."""
    long = "9" * 60_000
    begun = time.monotonic()
    grid = Grid((("甲", "1"), (f"{long}元元一，甲", ""), (f"共处理案件{long}件)", ""), (f"甲{long}，另有其他情况3", "")), "")
    assert celledlines.said(grid, LABELS) == {1, 3}
    assert time.monotonic() - begun < 30


def test_a_table_of_the_text_keeps_its_cells():
    grid = Grid((("联系人：", "张三"), ("电话：", "8822110")), "第1个表格")
    assert celledlines.joined(grid, LABELS) is grid


ABOVE = [
    ["填报单位：", "示例市测试局", "年度：", "2023"],
    ["组织机构代码：", "10505005"],
    ["制定机关：", "国务院办公厅", "有效期至：", "2024年12月"],
]
BELOW = [
    ["", "第", "2", "页"],
    ["附件：", "3", "份"],
    ["填表人：", "张三", "联系电话：", "8822110"],
    ["", "2024年", "1月8日"],
    ["填报日期", "2024-01-08"],
]


@pytest.mark.parametrize("key", ["table2", "table3", "table4"])
def test_heads_and_feet_of_a_form_in_cells_of_their_own_cost_no_figure_and_no_question(key, tmp_path):
    text = "\r\n".join(",".join(row) for row in [*ABOVE, *rows(key), *BELOW])
    made = begin(tmp_path, ("a.csv", text)).made
    assert {cell.value for cell in made.taken[key].cells.values()} - {8} == {3}
    assert made.questions == {}
    assert "填报日期：2024-01-08" in str(made.left_out)


def test_a_day_and_a_number_of_staff_in_cells_of_their_own_cost_no_figure(tmp_path):
    lines = [["", "2024.1.9"], *rows("table3"), ["单位人数：", "56"], ["电话：", "8822110", "转", "8012"]]
    made = begin(tmp_path, ("a.csv", "\r\n".join(map(",".join, lines)))).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert {"2024.1.9", "单位人数：56", "电话：8822110转8012"} <= {text for _, text, _ in made.left_out}


@pytest.mark.parametrize(
    ("key", "line", "is_above"),
    [
        ("table3", ["本年", "2023", "上年", "2022"], False),
        ("table3", ["本年", "2023", "上年", "2022"], True),
        ("table2", ["村务监督", "56", "协管员", "12"], False),
        ("table4", ["村务监督", "56"], False),
        ("table2", ["56"], True),
    ],
)
def test_no_row_around_a_table_costs_a_cell_of_it_whatever_it_says(key, line, is_above, tmp_path):
    lines = [line, *rows(key)] if is_above else [*rows(key), line]
    made = begin(tmp_path, ("a.csv", "\r\n".join(map(",".join, lines)))).made
    assert {cell.value for cell in made.taken[key].cells.values()} - {8} == {3}
    assert "，".join(line) in [text for _, text, _ in made.left_out]
    assert "，".join(line) in str(made.questions)


@each("row", [["3", "3"], ["", "", "", "3"], ["其他情形", "", "", "3", "3", "3", "3", "3", "3", "3"]])
def test_figures_below_a_table_that_may_be_its_own_are_not_left_out(row):
    grid = Grid(tuple(tuple(some + [""] * (10 - len(some))) for some in [*rows("table3"), row]), "第1个表格")
    owners = ["table3"] * (len(grid.rows) - 1) + [""]
    assert (edges.without_rows(grid, LABELS, owners, ())[0] == grid) == (row != ["3", "3"])


@pytest.mark.parametrize(
    "line",
    [
        ["填表人：", "张三", "联系电话：", "8822110"],
        ["填表人：张三", "联系电话：8822110"],
        ["2024年", "1月", "8日"],
        ["年度：", "2023"],
    ],
)
def test_a_small_table_of_its_own_that_says_who_filled_in_the_one_beside_it_is_not_printed(line):
    for parts in ([[line], rows()], [rows(), [line]], [rows(), "单位：件", [line, ["制定机关：", "国务院办公厅"]]]):
        made = made_of(*parts)
        assert "|" not in made.files["narrative.md"]
        assert line[-1].rpartition("：")[2] in str(made.left_out)
        assert [question for question in made.questions if "没有找到" not in question] == []


@pytest.mark.parametrize(
    "table",
    [
        [["科室：", "办公室", "5"]],
        [["政策解读：", "12篇"]],
        [["姓名", "张三"], ["电话", "8822110"]],
        [["咨询电话：", "8822110"], ["受理时间：", "工作日9—18时"]],
        [["首次受理日期：", "2023-01-08"], ["末次办结日期：", "2023-12-20"]],
        [["附件1", "附件2"]],
    ],
)
def test_another_table_beside_a_statutory_one_is_the_texts_own(table):
    made = made_of(rows(), table)
    assert f"| {table[0][0]} |" in made.files["narrative.md"]


@each(
    ("table", "is_of_makers"),
    [
        ([["填表人", "甲某", "联系电话", "8822110"]], True),
        ([["填报单位：示例市测试局", "填报日期：2024年1月8日"], ["联系人：甲某", "联系电话：8822110"]], True),
        ([["申请人：", "甲某"]], False),
        ([["联系电话：", "8822110"]], False),
        ([["填表人", "甲某"], ["办理情况", "5件"]], False),
    ],
)
def test_a_table_in_a_chapter_that_says_who_made_the_report_is_left_out_and_asked_about(table, is_of_makers):
    made = made_of("平稳。", table, "完。")
    assert ("|" not in made.files["narrative.md"]) == is_of_makers
    assert (outline.MAKERS in made.questions) == is_of_makers


def test_so_it_is_below_the_title(tmp_path):
    rows_ = [["填报单位", "示例市测试局", "填报日期", "2024年1月8日"], ["联系人", "甲某", "联系电话", "8822110"]]
    title, text = f"<h1>{imports.TITLE.format(2023)}</h1>", "<p>一、总体情况</p><p>平稳。</p>"
    made = begin(tmp_path, ("a.html", f"{title}{imports._as_html(rows_)}{text}")).made
    assert "8822110" not in made.files["narrative.md"]
    assert "8822110" in str(made.questions)


@pytest.mark.parametrize("line", [["年度：", "2022"], ["填报单位：", "示例市教育局"], ["统计区间：", "2023年1月至6月"]])
def test_what_says_in_cells_that_a_table_is_not_ours_is_heard(line, tmp_path):
    text = "\r\n".join(",".join(row) for row in [line, *rows("table3")])
    page = "<h1>示例市测试局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>平稳。</p>"
    made = begin(tmp_path, ("a.html", page), ("表三.csv", text)).made
    assert "table3" not in made.taken
    assert line[1] in str(made.questions)
