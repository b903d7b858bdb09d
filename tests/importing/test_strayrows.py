"""Rows of figures that stand among the text and are no table's that was read."""

from decimal import Decimal
from itertools import product

import pytest

from importing.test_headorder import CUT_FOUR, FOUR
from importing.test_spaced import CELLS, HEADS, LOST, ROWS, UNREAD, made_of, text, written
from machine import in_turn
from making import FORMATS
from nianbao.importing import choosing
from nianbao.importing.lines import strayrows

FULL = {
    "table2": written("2021", "table2", {row: " 1" * len([one for one in CELLS if one[0] == row]) for row, _ in CELLS}),
    "table3": written("2021", "table3", dict.fromkeys(ROWS, " 1 2 3 4 5 6 21")),
    "table4": f"{HEADS['table4']}\n{FOUR}",
}
BELOW = {"table2": "77", "table3": "3 3 3 3 3 3 18", "table4": "3 3 3 3 12 0 0 0 0 0 0 0 0 0 0"}
ASKED = {strayrows.LEFT, LOST, UNREAD}


def paragraphs(made):
    return [line for line in made.files["narrative.md"].split("\n") if line and line[:2] not in {"# ", "##", "{{"}]


LEADS = [
    "上年同期：\n{}",
    "上年同期 {}",
    "2022年\n{}",
    "同期：{}",
    "{}",
    "本表上年数 {}",
    "（2022年）{}",
    "上年同期：\n科室 {}",
]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(("key", "said"), in_turn(FULL, [*product(LEADS, [False, True])]))
def test_a_row_beside_a_statutory_table_is_asked_about_and_is_no_paragraph(key, said):
    """Whatever becomes of the table, no figure of the other row is its."""
    lead, is_above = said
    row = lead.format(BELOW[key])
    made = made_of(text((key, f"{row}\n{FULL[key]}" if is_above else f"{FULL[key]}\n{row}")))
    assert paragraphs(made) == ["全年公开信息5条。", "解读不够。"]
    assert any(BELOW[key] in one for question in ASKED & made.questions.keys() for one in made.questions[question])
    if key not in made.taken:
        assert made.questions.keys() & {choosing.OF_ANOTHER, strayrows.LEFT}
        return
    taken = made.taken[key]
    assert not taken.local
    numbers = [cell.value for cell in made_of(text((key, FULL[key]))).taken[key].cells.values()]
    assert all(cell.value in {None, number} for cell, number in zip(taken.cells.values(), numbers, strict=True))
    if not is_above and key != "table4":
        assert [cell.value for cell in taken.cells.values()] == numbers


def test_a_row_between_the_heads_and_the_figures_leaves_no_piece_of_the_table_in_the_text():
    made = made_of(text(("table4", f"{HEADS['table4']}\n上年同期：\n{BELOW['table4']}\n本年：\n{FOUR}")))
    assert paragraphs(made) == ["全年公开信息5条。", "解读不够。"]
    assert "table4" not in made.taken
    asked = made.questions[strayrows.LEFT]
    assert asked[0].endswith(f"总计 / 上年同期： / {BELOW['table4']} / 本年： / {FOUR}")


def test_the_pieces_of_a_table_that_was_not_read_are_asked_about_together():
    """As a PDF's text has them in the order of its content: figures column by column, heads in pieces."""
    four = "行政复议\n行政诉讼\n未经复议直接起诉\n结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总 "
    four += "结果维 结果纠复议后起诉\n"
    four += "尚未审 总\n持 正 果 结 计 持 正 果 结 计 持 正 其他结\n果 结 计\n2\n5\n1\n5 13 5\n5\n11\n0 21 11\n5\n5\n1 22"
    three = (
        "申请人情况\n自然人 法人或其他组织 总计\n一、本年新收政府信息公开申请数量\n11206 137 56 65 46 75 11585\n0 3 0 0\n"
    )
    three += "0 0 3\n（一）予以公开\n1530 0 0 8\n13 12 1563\n5.要求行政机关确认或重新出具已获取信息 360 10 0 0\n"
    three += "0 0 370\n再处理其政府信息公开申请"
    made = made_of(text(("table3", three), ("table4", four)))
    assert paragraphs(made) == ["全年公开信息5条。", "解读不够。"]
    asked = " / ".join(one.partition("：")[2] for one in made.questions[strayrows.LEFT]).split(" / ")
    assert asked == three.split("\n")
    assert "原文“2 5 1 5 13 5 5 11 0 21 11 5 5 1 22”" in made.questions[UNREAD][0]


@pytest.mark.parametrize("line", ["办公室 12 10 3", "1920 12 16", "“ ” 2,137 5"])
def test_figures_in_lines_of_their_own_elsewhere_stay_and_are_asked_about(line):
    made = made_of(text(("table4", CUT_FOUR + FOUR)).replace("全年公开信息5条。", f"全年公开信息5条。\n{line}"))
    assert paragraphs(made) == ["全年公开信息5条。", line, "解读不够。"]
    assert [one.partition("：")[2] for one in made.questions[strayrows.KEPT]] == [line]


SAID = ["2024年1月20日", "咨询电话：0734-8221234", "规章 0 件", "全年举办培训 3 期，共 156 人次。", "联系电话 0734 8221234"]


@pytest.mark.parametrize("line", [*SAID, "处罚决定 49件、强制决定 2", "统计年度 2023"])
def test_days_telephones_and_sentences_are_no_rows(line):
    made = made_of(text(("table4", CUT_FOUR + FOUR)).replace("全年公开信息5条。", f"全年公开信息5条。\n{line}"))
    assert line in paragraphs(made)
    assert not made.questions.keys() & {strayrows.LEFT, strayrows.KEPT}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("550.5 万元", "550.5"), ("1,550.5 万元", "1550.5"), ("23 550.5 万元", None), ("23 55.5 万元", None)],
)
def test_a_figure_with_its_unit_apart_is_read_where_it_is_one(typed, value):
    """23 550.5 may be one number, or two of which one column has none."""
    made = made_of(text(("table2", f"{FULL['table2'][: -len(' 1')]} {typed}")))
    assert paragraphs(made) == ["全年公开信息5条。", "解读不够。"]
    cell = next(cell for (row, _), cell in made.taken["table2"].cells.items() if "行政事业性收费" in row)
    assert (cell.value, cell.unit) == ((Decimal(value), "万元") if value else (None, ""))
    assert bool(value) != any(typed in one for about in made.questions.values() for one in about)


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [("13 97.92 万元", True), ("13 797.92 万元", False), ("13 1,797.92 万元", True), ("97.92 万元", False)],
)
def test_a_count_and_an_amount_with_its_unit_apart_are_two_figures_where_they_cannot_be_one(typed, is_read):
    cells = FORMATS["2019"].tables["table2"].cells
    said = {row: " 1" * len([one for one in cells if one[0] == row]) for row, _ in cells}
    own = next(row for row in said if "政府集中采购" in row)
    made = made_of(text(("table2", written("2019", "table2", said | {own: f" {typed}"})), form="2019"), "2019")
    read = [cell.value for (row, _), cell in made.taken["table2"].cells.items() if row == own]
    assert read == ([13, Decimal(typed.split()[1].replace(",", ""))] if is_read else [None, None])
    assert is_read or any(typed in one for one in made.questions[UNREAD])


def test_a_figure_right_behind_a_chinese_comma_parts_no_label_from_its_table():
    cut = FULL["table3"].replace(
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1", "（二）部分公开（区分\n处理的，只计这一情形，1", 1
    )
    assert cut != FULL["table3"]
    made = made_of(
        text(("table3", cut.replace("只计这一情形，1 2 3 4 5 6 21", "只计这一情形，1 2 3 4 5 6 21\n不计其他情形）", 1)))
    )
    assert paragraphs(made) == ["全年公开信息5条。", "解读不够。"]
    assert {cell.value for key, cell in made.taken["table3"].cells.items() if "（一）予以公开" in key[0]} == {
        1,
        2,
        3,
        4,
        5,
        6,
        21,
    }


A_CELL_A_LINE = {key: one.replace(" ", "\n") for key, one in FULL.items()}


@pytest.mark.parametrize("heading", ["四、 政府信息公开行政复议、行政诉讼情况", "四 、行政复议、行政诉讼情况"])
def test_a_chapters_heading_with_a_blank_beside_its_numeral_is_no_row_that_has_the_same(heading):
    made = made_of(text(*A_CELL_A_LINE.items()).replace("四、政府信息公开行政复议、行政诉讼情况", heading))
    assert [one for one in made.questions if one in ASKED] == []
    assert f"## {heading}\n" in made.files["narrative.md"]
    assert [len(taken.cells) for taken in made.taken.values()] == [10, 175, 15]


@pytest.mark.parametrize("line", ["单位：件", "单位:件", "计量单位：件、万元"])
def test_a_line_that_says_a_unit_is_no_piece_of_a_table(line):
    said = text(("table2", f"{line}\n{A_CELL_A_LINE['table2']}"))
    made = made_of(said.replace("二、主动公开政府信息情况", "二、政府信息主动公开情况"))
    assert strayrows.KEPT not in made.questions
    assert line in [text for _, text, _ in made.left_out]
