"""Figures of which words in brackets, under 备注 or beside the table say that they are none of this report's."""

import pytest

from cases import each
from imports import made_of, rows
from machine import in_turn
from nianbao.checks.disowned import is_no_whole_year
from nianbao.errors import UsageError
from tablefiles import made_in

BEHIND = [
    "（2021年）",
    "（上年数）",
    "（前三季度）",
    "（作废）",
    "（草稿）",
    "（城关镇）",
    "（含下属单位）",
    "（2023年1-6月）",
    "〔2021〕",
    "(2021)",
    "[上年]",
]


def with_label(key, label, behind, form="2021"):
    return rows(key, form, **{label: f"{label}{behind}"})


def unfilled(made, key):
    """The last labels of the rows and the columns of the cells that are not taken, and how often the import asks of them."""
    taken = made.taken[key]
    return {(row[-1], column[-1]) for row, column in taken.doubtful}, len(taken.doubts)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("kind", ["html", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_row_with_words_in_brackets_is_not_taken_in_any_kind_of_file(kind, form, tmp_path):
    made = made_in(kind, tmp_path, "table2", with_label("table2", "行政许可", "（2021年）", form))
    cells, asked = unfilled(made, "table2")
    assert {row for row, _ in cells} == {"行政许可"}
    assert asked == 1
    [doubt] = made.taken["table2"].doubts
    assert "行政许可（2021年），3" in doubt.found


ROWS = [
    ("table2", "行政许可"),
    ("table3", "一、本年新收政府信息公开申请数量"),
    ("table3", "（一）予以公开"),
    ("table3", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("table3", "1.属于国家秘密"),
]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(("row", "behind"), in_turn(ROWS, BEHIND))
def test_words_in_brackets_behind_the_label_of_a_row_leave_it_unfilled(row, behind, tmp_path):
    key, label = row
    cells, asked = unfilled(made_in("html", tmp_path, key, with_label(key, label, behind)), key)
    assert {row for row, _ in cells} == {label}
    assert asked == 1


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("column", "behind"), in_turn([("table2", "现行有效件数"), ("table3", "自然人"), ("table3", "总计")], BEHIND)
)
def test_words_in_brackets_behind_the_head_of_a_column_leave_it_unfilled(column, behind, tmp_path):
    key, label = column
    made = made_in("csv", tmp_path, key, with_label(key, label, behind))
    cells, asked = unfilled(made, key)
    assert {column for _, column in cells} == {label}
    assert asked == 1
    assert {cell.value for place, cell in made.taken[key].cells.items() if place not in made.taken[key].doubtful} >= {3}


def test_the_head_of_last_years_figures_may_name_last_year(tmp_path):
    for at, (behind, count) in enumerate([("（指2022年事项数）", 0), ("（2022年）", 0), ("（2021年）", 5)]):
        made = made_in("csv", tmp_path / str(at), "table2", with_label("table2", "上一年项目数量", behind, "2019"))
        assert len({row for row, _ in unfilled(made, "table2")[0]}) == count


def test_words_behind_the_label_of_a_group_leave_all_of_it_unfilled(tmp_path):
    made = made_in("csv", tmp_path, "table3", with_label("table3", "（三）不予公开", "（上年）"))
    cells, asked = unfilled(made, "table3")
    assert (len({row for row, _ in cells}), asked) == (8, 1)
    made = made_in("csv", tmp_path / "2", "table3", with_label("table3", "法人或其他组织", "（上年）"))
    assert len({column for _, column in unfilled(made, "table3")[0]}) == 5


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "behind",
    [
        "（件）",
        "（单位：件）",
        "（宗）",
        "（2023年）",
        "（本年）",
        "（行政许可）",
        "（许可）",
        "（本机关）",
        "（1）",
        "（A）",
        "（①）",
    ],
)
@pytest.mark.parametrize(("key", "label"), [("table2", "行政许可"), ("table2", "现行有效件数")])
def test_units_numbers_and_the_labels_own_words_in_brackets_change_nothing(key, label, behind, tmp_path):
    if "许可" in behind and label != "行政许可":
        behind = "（有效件数）"
    made = made_in("csv", tmp_path, key, with_label(key, label, behind))
    assert not made.taken[key].doubtful
    assert not made.taken[key].faults


def remarked(said, label="行政许可", form="2021"):
    """Table two with a column 备注 on its right, and a remark in one row."""
    made = [[*row, *[""] * (4 - len(row))] for row in rows("table2", form)]
    return [[*row, "备注" if row[0] == "信息内容" else said if row[0] == label else ""] for row in made]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("kind", ["html", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("said", ["2021年数", "百件"])
def test_a_remark_that_says_another_year_or_unit_in_any_kind_of_file(said, kind, tmp_path):
    made = made_in(kind, tmp_path, "table2", remarked(said))
    cells, asked = unfilled(made, "table2")
    assert {row for row, _ in cells} == {"行政许可"}
    assert asked == 1


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "said",
    ["2021年数", "2021年", "上年数", "百件", "千件", "单位：万件", "按万件计", "上半年", "截至10月", "作废", "草稿",
     "估算，待核", "县财政局数", "县财政局数据", "含联合发文；2021年数据", "去年", "不含12月"],
)  # fmt: skip
def test_a_remark_that_says_that_a_row_is_none_of_this_reports_leaves_it_unfilled(said, tmp_path):
    cells, asked = unfilled(made_in("html", tmp_path, "table2", remarked(said)), "table2")
    assert {row for row, _ in cells} == {"行政许可"}
    assert asked == 1


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "said",
    ["无", "见附件", "含网上办件", "含联合发文1件", "比上年增加3件", "件", "2022年制发", "含2022年以前制发", "2023年数",
     "数据已核对", "按2021年格式填报"],
)  # fmt: skip
def test_a_remark_that_says_something_else_stays_beside_its_row(said, tmp_path):
    made = made_in("html", tmp_path, "table2", remarked(said))
    assert not made.taken["table2"].doubtful
    assert said in made.files["table2.csv"]


@pytest.mark.parametrize(
    "said",
    ["注：行政许可为2022年数。", "注：行政许可数为2022年数", "注：行政许可按万件计。", "注：行政许可未含12月份。",
     "注：行政许可为2022年全年数据。", "注：行政许可按百件统计。", "注：行政许可未包括第四季度。",
     "说明：行政许可为2022年的。"],
)  # fmt: skip
def test_a_note_of_one_row_leaves_that_row_unfilled(said):
    made = made_of(rows("table2"), said)
    cells, _ = unfilled(made, "table2")
    assert {row for row, _ in cells} == {"行政许可"}


@pytest.mark.parametrize("said", ["注：规章为2022年制发。", "注：行政许可按件统计。", "注：行政许可未含联合办理的。"])
def test_a_note_of_one_row_that_says_something_else_changes_nothing(said):
    assert not made_of(rows("table2"), said).taken["table2"].doubtful


def with_aside(key, said, number, right):
    """A table with a text on its right, in one of its first rows, one or two columns behind it."""
    made = rows(key)
    width = max(map(len, made)) + right
    return [[*row, *[""] * (width - len(row)), said if at == number else ""] for at, row in enumerate(made)]


@pytest.mark.by_turns(7)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("key", "at", "said"),
    in_turn(["table2", "table3"], [0, 1, 1], ["2022年", "2022年度", "去年", "上年数", "（2022年）"] * 2),
)
def test_a_year_beside_a_table_is_a_line_above_it(key, at, said, kind, tmp_path):
    if kind == "csv":
        with pytest.raises(UsageError, match=said):
            made_in(kind, tmp_path, key, with_aside(key, said, at, at))
    else:
        made = made_in(kind, tmp_path, key, with_aside(key, said, at, at))
        assert key not in made.taken
        assert [about for some in made.questions.values() for about in some if said in about]


def test_a_head_without_figures_beside_a_table_costs_it_nothing(tmp_path):
    made = made_in("html", tmp_path, "table3", with_aside("table3", "较上年", 0, 1))
    assert {3} == {cell.value for cell in made.taken["table3"].cells.values()}


@each(
    "said",
    ["本表数据取自去年年报", "说明：上表摘自上年报告。", "注：本表由系统自动带出上年数据。", "此表已废", "请忽略此表"],
)
def test_a_line_that_says_that_a_table_is_last_years_or_void(said):
    assert is_no_whole_year(said, 2023)


@each("said", ["本表废止件数含规章。", "本表数据取自业务系统。", "注：上年结转数取自上年年报同期口径"])
def test_a_line_that_says_where_figures_are_from_is_no_such(said):
    assert not is_no_whole_year(said, 2023)


@pytest.mark.parametrize(("behind", "is_asked"), [("，估", True), ("；上年数", True), ("，保留两位小数", False)])
def test_what_stands_behind_the_unit_in_the_brackets_of_a_head_is_read_too(behind, is_asked, tmp_path):
    head = "本年收费金额（单位：万元）"
    table = rows("table2", **{head: head.replace("）", f"{behind}）")})
    cells, asked = unfilled(made_in("csv", tmp_path, "table2", table), "table2")
    assert (cells, asked) == (({("行政事业性收费", head)}, 1) if is_asked else (set(), 0))
