"""Columns beside a table: row numbers on its left and last year's figures on its right are none of its own."""

import pytest

from imports import TITLE as ANY_TITLE
from imports import begin, made_of, rows
from machine import in_turn
from nianbao.importing import questions
from nianbao.importing.edges import COLUMNS, OUTSIDE
from nianbao.importing.margins import COMPARED, NUMBERED, ODD_HEAD
from reportbooks import book

TITLE = ANY_TITLE.format(2023)
HEADS = {"table3": 3, "table4": 3}
RIGHT = ["同比", "同比（%）", "上年总计", "较上年增减", "去年"]


def beside(key, left="", right="", first=1, value="5"):
    """A table with a column on its left, on its right, or both."""
    made, number = [], first - 1
    for at, row in enumerate(rows(key)):
        is_body = at >= HEADS[key]
        number += is_body
        front = [left if at == 0 else str(number) if is_body else ""] if left else []
        behind = [right if at == 0 else value if is_body else ""] if right else []
        made.append([*front, *row, *behind])
    return made


def said(made):
    return [why for _, _, why in made.left_out if why in {NUMBERED, COMPARED}]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("key", "heads"), in_turn(HEADS, [("序号", ""), ("行次", ""), ("序号", "上年"), *(("", right) for right in RIGHT)])
)
def test_columns_whose_heads_say_what_they_are_are_left_out_and_listed(key, heads, tmp_path):
    left, right = heads
    text = "\r\n".join(",".join(row) for row in beside(key, left, right))
    for made in (begin(tmp_path, ("a.csv", text)).made, made_of(beside(key, left, right))):
        assert {3} == {cell.value for cell in made.taken[key].cells.values()}
        assert said(made) == [NUMBERED] * bool(left) + [COMPARED] * bool(right)
        assert not [one for one in made.questions if "没有找到" not in one]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "made",
    [
        beside("table3", "件数"),
        beside("table3", "同比"),
        *(beside("table3", "", head) for head in ("2023年", "本年", "更正", "修改为", "应为", "实际数")),
        [["合计" if cell == "总计" else cell for cell in row] for row in beside("table3", "", "校验")],
        [[*row, "4", "4"] for row in beside("table3", "", "校验")],
    ],
)
def test_columns_that_nobody_can_be_sure_of_are_asked_about(made, tmp_path):
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert {None} == {cell.value for cell in read.taken["table3"].cells.values()}
    assert read.questions


def in_parts(anew, remark=""):
    """Table two with 序号 on its left, below the head of each part, and 备注 on its right."""
    made, number = [], 0
    for row in rows("table2"):
        if row[0].startswith("第"):
            made.append([row[0]])
            number = 0 if anew else number
        elif row[0] == "信息内容":
            made.append(["序号", *row, *[""] * (4 - len(row)), *(["备注"] if remark else [])])
        else:
            number += 1
            made.append([str(number), *row, *[""] * (4 - len(row)), *([remark] if remark and number == 1 else [])])
    return made


@pytest.mark.parametrize("remark", ["", "含联合发文1件"])
@pytest.mark.parametrize("anew", [False, True])
def test_rows_are_numbered_in_a_table_of_parts(anew, remark, tmp_path):
    made = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in in_parts(anew, remark)))).made
    assert {3, 8} == {cell.value for cell in made.taken["table2"].cells.values()}
    assert said(made) == [NUMBERED]
    assert remark in made.files["table2.csv"]


@pytest.mark.parametrize("first", ["", "2022年度"])
def test_remarks_beside_what_is_not_read_are_listed(first, tmp_path):
    """A part whose heads are unknown keeps what is said beside its rows; so does a table that is none of this report."""
    odd = [["甲" if cell == "本年制发件数" else cell for cell in row] for row in in_parts(False, "含联合发文1件")]
    text = "\r\n".join([TITLE, "一、总体情况", "平稳。", *filter(None, [first]), *(",".join(row) for row in odd)])
    made = begin(tmp_path, ("a.txt", text)).made
    assert made.questions
    assert "含联合发文1件" in made.files["table2.csv"] + "".join(text for _, text, _ in made.left_out)


def checked(key, head, value, is_left):
    """A table with a column of checks, on its left or on its right; the heads of table two stand below the first title."""
    made = []
    for at, row in enumerate(rows(key)):
        is_head = at == (1 if key == "table2" else 0)
        cell = head if is_head else value if "3" in row or "8" in row else ""
        width = max(map(len, rows(key)))
        if len(row) == 1:
            made.append(row if not is_left else ["", *row])
        else:
            made.append([cell, *row] if is_left else [*row, *[""] * (width - len(row)), cell])
    return made


VALUES = ["0", "TRUE", "√", "正确", "98.5%"]
CHECKS = ["校验", "核对", "公式校验", "占比", "2022年", "序号", "备注", "责任科室"]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("key", "is_left", "head"), in_turn(["table2", "table3", "table4"], [False, True, True, False], CHECKS)
)
def test_a_column_of_checks_costs_no_cell(key, is_left, head, tmp_path):
    value = VALUES[(CHECKS.index(head) + int(key[-1]) + 2 * is_left) % len(VALUES)]
    text = "\r\n".join(",".join(row) for row in checked(key, head, value, is_left))
    for made in (begin(tmp_path, ("a.csv", text)).made, made_of(checked(key, head, value, is_left))):
        assert {3, 8} >= {cell.value for cell in made.taken[key].cells.values()}
        assert head == "备注" or [text for _, text, _ in made.left_out if head in text]
        assert not [one for one in made.questions if "没有找到" not in one]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("head", "value"),
    [("合格率", "5"), ("网上申请", "1"), ("校验", "FALSE"), ("核对", "应为12"), ("审核数", "9"), ("差额", "2"),
     ("校验", "2"), ("来源", "去年报告"), ("填报单位", "示例县教育局"), ("部门", "教育局")],
)  # fmt: skip
def test_a_column_whose_head_nobody_knows_or_that_says_that_a_row_is_wrong_is_asked_about(head, value, tmp_path):
    made = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in beside("table3", "", head, value=value)))).made
    assert {3} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert said_of(made, ODD_HEAD)
    assert made.questions[questions.COLUMNS]


def said_of(made, reason):
    return [text for _, text, why in made.left_out if why == reason]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("column", "lost"),
    in_turn(
        [
            ("上年", "5"),
            ("校验", "5"),
            ("合格率", "5"),
            ("2022年", "5"),
            ("校验", "√"),
            ("占比", "12.5%"),
            ("较上年增减", "-3"),
        ],
        [0, 3, 6],
    ),
)
def test_a_row_that_has_lost_a_blank_takes_no_figure_of_the_column_beside_the_table(column, lost, tmp_path):
    head, value = column
    made = beside("table3", "", head, value=value)
    at = [place for place, cell in enumerate(made[5]) if cell == "3"]
    made[5] = [str(10 + at.index(place)) if place in at else cell for place, cell in enumerate(made[5])]
    del made[5][at[lost]]
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    values = [cell.value for cell in read.taken["table3"].cells.values()]
    assert values[14:21] == [None] * 7
    assert {*values[:14], *values[21:]} == {3}


def test_a_column_of_checks_beside_each_of_the_tables_of_one_sheet_costs_no_cell(tmp_path):
    made = []
    for key in ("table2", "table3", "table4"):
        made += [*checked(key, "校验", "0", False), []]
    read = begin(tmp_path, ("a.xlsx", book(("附表", [[*row] for row in made])))).made
    assert {3, 8} == {cell.value for one in read.taken.values() for cell in one.cells.values()}
    assert len(said_of(read, OUTSIDE)) == 3


@pytest.mark.parametrize("others", [("上年", "校验"), ("校验", "占比"), ("占比", "2022年")])
def test_a_row_that_has_lost_a_blank_takes_no_figure_of_two_columns_beside_the_table(others, tmp_path):
    values = {"上年": "5", "校验": "√", "占比": "12.5%", "2022年": "7"}
    made = beside("table3", "", others[0], value=values[others[0]])
    made = [[*row, others[1] if at == 0 else values[others[1]] if at >= 3 else ""] for at, row in enumerate(made)]
    del made[5][4]
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    values = [cell.value for cell in read.taken["table3"].cells.values()]
    assert values[14:21] == [None] * 7
    assert {*values[:14], *values[21:]} == {3}


def test_lines_beside_no_row_of_figures_are_said_of_the_table_and_head_no_column(tmp_path):
    table = rows("table3")
    width = max(map(len, table))
    above, below = ["填报单位：示例市测试局", *[""] * (width - 1), "填报日期：　年　月　日"], [*[""] * width, "联系电话："]
    made = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in [above, *table, below]))).made
    assert {3} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert [one for one in made.questions if "没有找到" not in one] == []
    assert [text for _, text, _ in made.left_out if "日期" in text or "电话" in text]


@pytest.mark.parametrize("form", ["{}", "A{:02}"])
@pytest.mark.parametrize("key", ["table2", "table3"])
def test_numbers_of_rows_between_labels_and_figures_cost_no_cell(key, form, tmp_path):
    made = []
    labels, number = {"table2": 1, "table3": 3}[key], 0
    for at, row in enumerate(rows(key)):
        is_body = any(cell in {"3", "8"} for cell in row)
        number += is_body
        made.append(
            [*row[:labels], "行次" if at == (key == "table2") else form.format(number) if is_body else "", *row[labels:]]
        )
    lines = [["填报人：", "张三", "", "电话：", "8822110"], ["", "", "", "2024年", "1月", "8日"]]
    made = [lines[0], *made, lines[1]]
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert {3} == {cell.value for cell in read.taken[key].cells.values()} - {8}
    assert (said(read), read.questions) == ([NUMBERED], {})


@pytest.mark.parametrize(
    ("key", "first", "at"),
    [
        ("table2", ["甲"], 2),
        ("table3", ["甲", "乙", "丙"], 3),
        ("table3", ["栏次", "", ""], 3),
        ("table2", ["编号"], 2),
        ("table2", ["代码"], 2),
        ("table2", ["行号"], 2),
        ("table4", [], 3),
    ],
)
def test_a_row_that_numbers_the_columns_is_none_of_the_table(key, first, at, tmp_path):
    made = rows(key)
    count = len([cell for cell in made[at] if cell in {"3", "8"}])
    made.insert(at, [*first, *(str(one + 1) for one in range(count))])
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert {3} == {cell.value for cell in read.taken[key].cells.values()} - {8}
    assert COLUMNS in [why for _, _, why in read.left_out]
    assert read.questions == {}


@pytest.mark.parametrize(
    "odd", [["规章", "1", "2", "3"], ["", "1", "2", "3"], ["甲", "1", "3", "2"], ["校验", "0", "0", "1"]]
)
def test_a_row_of_other_figures_is_asked_about_or_read(odd, tmp_path):
    made = rows("table2")
    made.insert(2, odd)
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert COLUMNS not in [why for _, _, why in read.left_out]
    assert read.questions or read.taken["table2"].local


def test_a_check_below_the_table_that_agrees_is_listed(tmp_path):
    made = [*rows("table3"), ["勾稽关系校验", "", "", *["0"] * 7]]
    read = begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert {3} == {cell.value for cell in read.taken["table3"].cells.values()}
    assert ([OUTSIDE], {}) == ([why for _, _, why in read.left_out], read.questions)
