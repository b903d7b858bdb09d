"""Labels of a table with one wrong character: the figures are read, and the labels asked about."""

import pytest

from cases import each
from imports import made_of, rows
from nianbao.importing.cellquestions import TAKEN_FOR
from nianbao.importing.choosing import OWN_ROWS
from nianbao.importing.misprints import ASKED
from nianbao.wording import UNFILLED

MISPRINTS = {
    ("table3", "法律服务机构"): "法律服务机枸", ("table3", "三、本年度办理结果"): "三、本年度辨理结果",
    ("table3", "4.保护第三方合法权益"): "4.保护第三方合法权宜", ("table4", "尚未审结"): "尚末审结",
    ("table2", "现行有效件数"): "现行有郊件数",
}  # fmt: skip


@pytest.mark.parametrize("key", MISPRINTS)
def test_the_figures_below_a_label_with_one_wrong_character_are_read_and_it_is_asked_about(key):
    (table, label), typed = key, MISPRINTS[key]
    made = made_of(rows(table, **{label: typed}))
    assert UNFILLED not in {cell.state for cell in made.taken[table].cells.values()}
    [said] = made.questions[ASKED]
    assert said.endswith(f"：“{typed}”读作“{label}”")
    assert typed not in made.files[f"{table}.csv"]


OTHERS = {
    "上年制发件数": "本年制发件数", "现行无效件数": "现行有效件数", "行政认定": "行政许可",
    "第二十条第（七）项": "第二十条第（五）项",
    "4.保护第二方合法权益": "4.保护第三方合法权益", "四、结转本年度继续办理": "四、结转下年度继续办理",
}  # fmt: skip


@pytest.mark.parametrize("typed", OTHERS)
def test_a_label_of_another_year_or_number_or_with_more_wrong_characters_is_none(typed):
    key = "table3" if OTHERS[typed][1] in ".、" else "table2"
    made = made_of(rows(key, **{OTHERS[typed]: typed}))
    assert ASKED not in made.questions
    assert UNFILLED in {cell.state for cell in made.taken[key].cells.values()}


# The place of a head among those of its row → the label of another column there.
HEADED = {
    ("table2", 1, 2): ("本年制发件数", "本年废止件数"), ("table3", 1, 3): ("商业企业", "自然人"),
    ("table4", 1, 1): ("结果维持", "结果纠正"), ("table4", 1, 4): ("其他结果", "总计"),
}  # fmt: skip


@each("place", HEADED)
def test_the_figures_below_another_columns_label_are_read_by_their_place_and_it_is_asked_about(place):
    (key, line, column), (typed, label) = place, HEADED[place]
    table = [["4" if at == column and cell == "3" else cell for at, cell in enumerate(row)] for row in rows(key)]
    assert table[line][column] == label  # its figures are no copy of those beside them
    table[line] = [*table[line][:column], typed, *table[line][column + 1 :]]
    made = made_of(table)
    assert UNFILLED not in {cell.state for cell in made.taken[key].cells.values()}
    [said] = made.questions[TAKEN_FOR]
    assert said.endswith(f"：“{typed}”读作“{label}”")


def test_a_row_of_a_bureaus_own_is_no_misprint_of_one_that_is_there():
    table = rows("table2")
    at = next(number for number, row in enumerate(table) if row[0] == "行政处罚")
    made = made_of([*table[: at + 1], ["行政处分", *table[at][1:]], *table[at + 1 :]])
    assert made.questions.keys().isdisjoint({ASKED, OWN_ROWS})
    assert made.taken["table2"].local == {"第二十条第（六）项": ["行政处分"]}


OWN = ["其他主动公开文件（含转发的文件）", "其他行政权力", "行政检查", "行政征收"]
OF_NOBODY_KNOWS_WHAT = [
    "审定数", "更正", "核定", "前一年", "累计", "近三年", "计划", "预计", "合计", "统计月份", "其中：殡仪馆",
    "其中：网上申请", "食品经营许可",
]  # fmt: skip


def test_a_row_beside_the_statutory_ones_that_names_no_act_is_asked_about():
    table = rows("table2")
    at = next(number for number, row in enumerate(table) if row[0] == "行政许可") + 1
    added = [[label, *table[at - 1][1:]] for label in (*OWN, *OF_NOBODY_KNOWS_WHAT)]
    made = made_of([*table[:at], *added, *table[at:]])
    asked = {label for label in (*OWN, *OF_NOBODY_KNOWS_WHAT) if f"“{label}”" in str(made.questions)}
    assert asked == {*OF_NOBODY_KNOWS_WHAT}
    assert {label for some in made.taken["table2"].local.values() for label in some} >= {*OWN}
