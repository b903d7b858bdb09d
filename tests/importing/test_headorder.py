"""Heads of tables that stand over several lines, as programs lay out the text of a PDF."""

import pytest

from importing.test_spaced import HEADS, LOST, ROWS, UNREAD, made_of, text, values, written
from making import FORMATS
from nianbao.importing.lines import textlines
from nianbao.inputs.cells import NUMBER
from nianbao.statute import tree
from nianbao.wording import UNFILLED

FIGURES = " 1 2 3 4 5 6 21"
HERE = dict.fromkeys(ROWS, FIGURES)
FOUR = "1 2 3 4 10 5 6 7 8 26 9 10 11 12 42"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("自然人 法人或其他组织 总计", "总计 自然人 法人或其他组织"),
        ("法律服务机构 其他", "其他 法律服务机构"),
        ("商业企业 科研机构", "科研机构 商业企业"),
        ("自然人 法人或其他组织 总计", "法人或其他组织 自然人 总计"),
    ],
)
def test_columns_of_table_three_in_another_order_are_not_read_for_the_statute_s(before, after):
    said = written("2021", "table3", HERE)
    assert values(made_of(text(("table3", said))), "重复申请") == [1, 2, 3, 4, 5, 6, 21]
    made = made_of(text(("table3", said.replace(before, after))))
    assert values(made, "重复申请") == [None] * 7
    assert any("1 2 3 4 5 6 21" in one for one in made.questions[UNREAD])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("结果维持 结果纠正", "结果纠正 结果维持"),
        ("其他结果 尚未审结", "尚未审结 其他结果"),
        ("未经复议直接起诉 复议后起诉", "复议后起诉 未经复议直接起诉"),
        ("行政复议 行政诉讼", "行政诉讼 行政复议"),
        ("尚未审结 总计 结果维持", "总计 尚未审结 结果维持"),
    ],
)
def test_columns_of_table_four_in_another_order_are_not_read_for_the_statute_s(before, after):
    assert before in HEADS["table4"]
    made = made_of(text(("table4", f"{HEADS['table4'].replace(before, after)}\n{FOUR}")))
    assert {cell.state for cell in made.taken["table4"].cells.values()} == {UNFILLED}
    assert any(FOUR in one for one in made.questions[UNREAD])


CUT = """                                               申请人情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项 自然           法人或其他组织
                之和）                 人 企业 机构 社会公
                                        商业  科研       法律服 其 总计
                                                益组织 务机构 他
"""
CUT_FOUR = """       行政复议                       行政诉讼
                       未经复议直接起诉
结果维 结果纠 其他结 尚未审 总 结果维 结果纠                 复议后起诉
 持 正 果 结 计 持 正 果 结 计 持 正 其他结
                          其他结 尚未审 总 结果维 结果纠     尚未审 总
                                             果 结 计
"""


def test_heads_over_lines_are_put_together_by_what_stands_beside_each_other():
    below = written("2021", "table3", HERE).split("\n", 3)[3]
    made = made_of(text(("table3", CUT + below), ("table4", CUT_FOUR + FOUR)))
    assert values(made, "重复申请") == values(made, "（七）总计") == [1, 2, 3, 4, 5, 6, 21]
    assert [cell.value for cell in made.taken["table4"].cells.values()] == list(map(int, FOUR.split()))
    assert not made.questions.keys() & {UNREAD, LOST, textlines.NO_ORDER}
    other = made_of(text(("table3", CUT.replace("商业  科研", "科研  商业") + below)))
    assert values(other, "重复申请") == [None] * 7
    other = made_of(text(("table4", CUT_FOUR.replace("结果维 结果纠 其他结", "结果纠 结果维 其他结") + FOUR)))
    assert {cell.state for cell in other.taken["table4"].cells.values()} == {UNFILLED}


def test_heads_that_run_into_each_other_are_parted():
    heads = CUT_FOUR.replace("结果维 结果纠                 复议后起诉", "结果维 结果纠复议后起诉")
    heads = heads.replace("                       未经复议直接起诉\n", "").replace(
        "行政诉讼\n", "行政诉讼\n 未经复议直接起诉\n"
    )
    made = made_of(text(("table4", heads + FOUR)))
    assert [cell.value for cell in made.taken["table4"].cells.values()] == list(map(int, FOUR.split()))


def test_an_order_that_no_line_shows_is_the_statute_s_and_asked_about():
    """其他 stands beside no other column."""
    heads = "申请人情况\n（本列数据的勾稽关系为：第一项加第二项之和， 法人或其他组织\n"
    heads += "等于第三项加第四项之和） 自然人 商业 科研 社会公 法律服 总计\n其他\n企业 机构 益组织 务机构\n"
    below = written("2021", "table3", HERE).split("\n", 3)[3]
    made = made_of(text(("table3", heads + below)))
    assert values(made, "重复申请") == [1, 2, 3, 4, 5, 6, 21]
    assert made.questions[textlines.NO_ORDER] == ["第7行至第36行"]


def test_a_total_in_a_line_of_its_own_is_told_by_sums():
    heads = (
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果 结果 其他 尚未\n总计 结果 结果 其他 尚未 结果 结果 其他 尚未\n"
    )
    heads += "维持 纠正 结果 审结 总计 总计\n维持 纠正 结果 审结 维持 纠正 结果 审结\n"
    for figures, is_read, is_asked in (
        (FOUR, True, False),
        ("0 " * 14 + "0", True, False),
        ("1 2 3 4 11 5 6 7 8 26 9 10 11 12 42", False, False),
        ("1 0 0 0 1 " * 3, True, True),
    ):
        made = made_of(text(("table4", heads + figures.strip())))
        cells = made.taken["table4"].cells.values()
        assert [cell.value for cell in cells] == (list(map(int, figures.split())) if is_read else [None] * 15)
        assert (textlines.NO_ORDER in made.questions) == is_asked


SIX = "（六）其他处理"


@pytest.mark.parametrize("own", [" 1 2 3 4 5 6 21", ""])
@pytest.mark.parametrize("cut", [False, True])
def test_labels_of_rows_that_were_not_read_tell_the_format_too(own, cut):
    """With one row for all of （六） it would be that of 2019, and nobody would miss the three."""
    of_six = ("1.申请人", "2.申请人", "3.其他 ")
    some = [line for line in written("2021", "table3", HERE).split("\n") if not line.startswith(of_six)]
    at = next(at for at, line in enumerate(some) if line.startswith(SIX))
    labels = ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用、行"]
    labels += ["政机关不再处理其政府信息公开申请", "3.其他"]
    lines = [f"{SIX}{own}", *([labels[0][:12], labels[0][12:], *labels[1:]] if cut else labels)]
    made = made_of(text(("table3", "\n".join([*some[:at], *lines, *some[at + 1 :]]))))
    assert made.form.id == "2021"
    assert values(made, "（七）总计") == values(made, "重复申请") == [1, 2, 3, 4, 5, 6, 21]
    assert values(made, "逾期不补正") == values(made, "逾期未按") == [None] * 7
    asked = " ".join(about for some in made.questions.values() for about in some)
    assert "申请人逾期未按收费通知要求缴纳费用" in asked
    assert not own or f"{SIX}{own}" in asked


def test_a_table_of_2019_has_one_row_for_all_others():
    typed = {tree.labels_of(chain): FIGURES for part in FORMATS["2019"].tables["table3"].parts for chain in part.row_chains}
    made = made_of(text(("table3", written("2019", "table3", typed))))
    assert made.form.id == "2019"
    assert {cell.state for cell in made.taken["table3"].cells.values()} == {NUMBER}
