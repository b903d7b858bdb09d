"""Tables as offices really fill them in: what is certain is read and said once, what is not stays a fault with its place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import keys_of
from nianbao.inputs.cells import NUMBER
from nianbao.wording import NOT_APPLICABLE, UNFILLED
from sheets import TABLES, at, codes, official, params, read, read_file, row_of, save, table_of

LONG = {
    "1.逾期不补正": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.逾期不缴费": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "（二）部分公开": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
}


def numbered(form, table):
    """A table whose cells all differ, as rows and as the values expected."""
    expected = {key: index for index, key in enumerate(keys_of(table_of(form, table)), 1)}
    return official(table_of(form, table), lambda *key: expected[key]), expected


def relabelled(rows, labels):
    """The rows with labels written otherwise; each has to be there."""
    texts = {cell for row in rows for cell in row}
    assert set(labels) <= texts, set(labels) - texts
    return [[labels.get(cell, cell) for cell in row] for row in rows]


def values(intake):
    return {key: cell.value for key, cell in intake.cells.items()}


# name: (format, table, labels as typed instead of the statutory ones)
LABELS = {
    "part titles by ordinal": ("2021", "table2", {
        "第二十条第（一）项": "第二十条(一)项", "第二十条第（五）项": "第二十条第(五项)",
        "第二十条第（六）项": "《条例》第二十条第（六）项", "第二十条第（八）项": "第二十條第(八)項",
    }),
    "part titles of the regulation in full": ("2021", "table2", {
        "第二十条第（一）项": "《中华人民共和国政府信息公开条例》第二十条第（一）项",
        "第二十条第（五）项": "第二十条 第（五）项",
    }),
    "one long and two short": ("2021", "table3", {
        LONG["1.逾期不补正"]: "1.逾期不补正", LONG["2.逾期不缴费"]: "2.逾期不缴费",
        "3.危及“三安全一稳定”": "3.危及国家安全、公共安全、经济安全和社会稳定（“三安全一稳定”）",
    }),
    "all short": ("2021", "table3", {long: short for short, long in LONG.items()} | {
        "1.信访举报投诉类申请": "1.信访举报投诉", "5.要求行政机关确认或重新出具已获取信息": "5.要求确认或重新出具",
        "3.补正后申请内容仍不明确": "3.补正后仍不明确", "一、本年新收政府信息公开申请数量": "一、新收申请数量",
        "四、结转下年度继续办理": "四、结转下年度",
    }),
    "explained as in Hubei": ("2021", "table3", {
        "（一）予以公开": "（一）予以公开（含部分予以公开的）", "2.重复申请": "2.重复申请（同一申请人）",
        "自然人": "自然人（公民）",
        "科研机构": "科研机构(含高校)",
    }),
    "traditional characters": ("2021", "table3", {
        "一、本年新收政府信息公开申请数量": "一、本年新收政府信息公開申請數量", "自然人": "自然人", "总计": "總計",
        "1.属于国家秘密": "1.屬於國家秘密", "（三）不予公开": "（三）不予公開", "法律服务机构": "法律服務機構",
    }),
    "half-width ordinals and other stops": ("2021", "table3", {
        "1.属于国家秘密": "1、属于国家秘密", "2.其他法律行政法规禁止公开": "2．其他法律、行政法规禁止公开",
        "3.危及“三安全一稳定”": "（3）危及三安全一稳定", "4.保护第三方合法权益": "④保护第三方合法权益",
        "一、本年新收政府信息公开申请数量": "一.本年新收政府信息公开申请数量",
    }),
    "ordinals left out": ("2021", "table3", {
        "（一）予以公开": "予以公开", "1.属于国家秘密": "属于国家秘密", "四、结转下年度继续办理": "结转下年度继续办理",
    }),
    "the fee column": ("2021", "table2", {"本年收费金额（单位：万元）": "本年度收费金额(单位:万元)"}),
    "heads doubled in their cells": ("2021", "table2", {
        "本年制发件数": "本年制发件数本年制发件数", "现行有效件数": "现行有效件数 现行有效件数",
    }),
    "heads half lost": ("2019", "table2", {"本年新制作数量": "本年新制", "本年新公开数量": "本年新公",
    "对外公开总数量": "对外公"}),
    "other words of the same": ("2021", "table3", {"总计": "合计", "其他": "其它", "3.其他": "3.其它"}),
    "legal persons shortened": ("2021", "table3", {"法人或其他组织": "法人及其他组织", "社会公益组织": "公益组织"}),
    "the bureau's own term": ("2021", "table3", {"一、本年新收政府信息公开申请数量": "一、本年新收政务信息公开申请数量"}),
}  # fmt: skip


# What is the same label to a reader, and what is printed as typed, needs no note.
SILENT = {
    "part titles by ordinal", "part titles of the regulation in full", "explained as in Hubei", "traditional characters",
}  # fmt: skip


@pytest.mark.parametrize("case", LABELS)
def test_labels_are_understood_and_said_once_a_table(case, tmp_path):
    form, table, labels = LABELS[case]
    rows, expected = numbered(form, table)
    intake = read(tmp_path, table_of(form, table), relabelled(rows, labels))
    assert ([], expected) == (intake.faults, values(intake))
    assert codes(intake.notes).count("I103") == (case not in SILENT)
    assert {"I103", "W204"} >= set(codes(intake.notes))


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("（一）予以公开", "（一）予以公开（含部分予以公开的）"),
        ("科研机构", "科研机构(含高校)"),
        ("自然人", "自然人（公民）"),
    ],
)
def test_an_explanation_in_brackets_is_kept_for_print(label, typed, tmp_path):
    rows, _ = numbered("2021", "table3")
    intake = read(tmp_path, table_of("2021", "table3"), relabelled(rows, {label: typed}))
    assert [(label, typed)] == [(path[-1], printed) for path, printed in intake.labels.items()]


def test_a_shortened_label_is_printed_as_the_statute_has_it(tmp_path):
    rows, _ = numbered("2021", "table3")
    assert {} == read(tmp_path, table_of("2021", "table3"), relabelled(rows, {"自然人": "自然"})).labels


def shifted(rows):
    return [["", *row] for row in rows]


def flat(rows):
    """Table 3 as a page's text shows it: each row with its last label only."""
    return [
        row if index < 3 else [next(cell for cell in reversed(row[:3]) if cell), "", "", *row[3:]]
        for index, row in enumerate(rows)
    ]


def with_group_rows(rows):
    """Each group's label on a line of its own above its rows."""
    result = []
    for row in rows:
        if row[0].startswith("三、"):
            result.append([row[0]])
            row = ["", *row[1:]]
        result.append(row)
    return result


# name: (format, table, what the office did to the rows)
SHAPES = {
    "trailing empty columns": ("2021", "table3", lambda rows: [[*row, "", "", ""] for row in rows]),
    "a leading blank column": ("2021", "table3", shifted),
    "a leading blank column in table 2": ("2021", "table2", shifted),
    "a leading blank column in table 4": ("2021", "table4", shifted),
    "notes above and below": ("2021", "table2", lambda rows: [
        ["附件2"], ["主动公开政府信息情况"], ["单位：示例市教育局", "", "2023年度"], *rows,
        ["注：规章由市政府制定", "本局无权制定"], ["填表人：某某", "", "审核人：某某"],
    ]),
    "notes around table 3": ("2021", "table3", lambda rows: [["填报单位：示例市教育局"], *rows,
    ["注：1.含上年结转，2.不含咨询"]]),
    "notes around table 4": ("2021", "table4", lambda rows: [["单位：件"], *rows, ["备注：均为经复议案件"]]),
    "heads twice": ("2021", "table2", lambda rows: [rows[0], rows[1], *rows[1:]]),
    "heads repeated on the next page": ("2021", "table3", lambda rows: [*rows[:15], *rows[:3], *rows[15:]]),
    "the corner split at its comma": ("2021", "table3", lambda rows: [
        [*rows[0][0].split("，"), *rows[0][1:]], *rows[1:],
    ]),
    "an explanation split at its commas": ("2021", "table3", lambda rows: [
        [part for cell in row for part in (cell.split("，") if cell.startswith("（二）") else [cell])] for row in rows
    ]),
    "each row with its last label only": ("2021", "table3", flat),
    "groups on lines of their own": ("2021", "table3", with_group_rows),
    "each row's labels without the blanks around them": ("2021", "table3", lambda rows: [
        row if index < 3 else [cell for cell in row if cell] for index, row in enumerate(rows)
    ]),
    "a group's label and its first row's in one cell": ("2021", "table3", lambda rows: [
        [row[0] + row[1], "", "", *row[3:]] if row[0].startswith("三、") else row for row in rows
    ]),
    "merged cells filled in every column": ("2021", "table2", lambda rows: [
        [row[0], *(row[1:] * 3)[:3]] if len(row) > 1 else row * 4 for row in rows
    ]),
    "semicolons": ("2021", "table4", lambda rows: rows),
    "only the leaves of the head": ("2021", "table3", lambda rows: [
        ["", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"], *rows[3:],
    ]),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPES)
def test_what_stands_around_a_table_does_not_move_its_numbers(case, tmp_path):
    form, table, spoil = SHAPES[case]
    rows, expected = numbered(form, table)
    intake = read(tmp_path, table_of(form, table), spoil(rows), separator=";" if case == "semicolons" else ",")
    assert ([], expected) == (intake.faults, values(intake))


def test_a_note_is_kept_for_print_and_who_filled_the_form_in_is_not(tmp_path):
    rows, _ = numbered("2021", "table2")
    rows = [["填表人：某某", "", "2023年度"], *rows, ["注：规章由市政府制定", "本局无权制定"]]
    asides = read(tmp_path, table_of("2021", "table2"), rows).asides
    assert [("填表人：某某，2023年度", False, 1), ("注：规章由市政府制定，本局无权制定", True, 16)] == [
        (aside.text, aside.printed, aside.source.line) for aside in asides
    ]


def test_a_cell_behind_a_blank_column_keeps_its_address(tmp_path):
    rows, _ = numbered("2021", "table2")
    intake = read(tmp_path, table_of("2021", "table2"), shifted(rows))
    assert "C3" == at(intake, table_of("2021", "table2"), "规章", "本年制发件数").source.cell


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("2件", NUMBER, 2), ("1,113 件", NUMBER, 1113), ("零", NUMBER, 0), ("〇", NUMBER, 0), ("? 0", NUMBER, 0),
        ("？12", NUMBER, 12), ("不涉及", NOT_APPLICABLE, None), ("３项", NUMBER, 3),
    ],
)  # fmt: skip
def test_what_a_cell_certainly_says_is_read_with_a_note(text, state, value, tmp_path):
    rows = official(table_of("2021", "table2"))
    row_of(rows, "规章")[1] = text
    intake = read(tmp_path, table_of("2021", "table2"), rows)
    cell = at(intake, table_of("2021", "table2"), "规章", "本年制发件数")
    assert ([], state, value) == (intake.faults, cell.state, cell.value)
    assert ["I105"] == codes(intake.notes)


@pytest.mark.parametrize("text", ["2件3", "约2件", "2人次", "2万件", "?", "? ?0", "零件", "2余件", "本年2件", "0 0", "O"])
def test_what_a_cell_may_mean_otherwise_stays_a_fault(text, tmp_path):
    rows = official(table_of("2021", "table2"))
    row_of(rows, "规章")[1] = text
    assert ["F202"] == codes(read(tmp_path, table_of("2021", "table2"), rows).faults)


def glued(rows):
    row_of(rows, "规章")[:] = ["规章000"]


def glued_fee(rows):
    row_of(rows, "行政事业性收费")[:] = ["行政事业性收费00", ""]


def lost_blanks(rows):
    row_of(rows, "一、本年新收政府信息公开申请数量")[3:] = ["3440", "85", "3525"]


def copied(rows):
    """科研机构 is gone, 商业企业 stands twice."""
    for row in rows[2:]:
        row[5] = row[4]


def lost_blanks_padded(rows):
    row_of(rows, "一、本年新收政府信息公开申请数量")[3:] = ["3440", "85", "3525", "", "", "", ""]


def swapped_words(rows):
    """Two rows' words exchanged, their ordinals in place."""
    one, other = row_of(rows, "1.信访举报投诉类申请"), row_of(rows, "2.重复申请")
    one[2], other[2] = "1.重复申请", "2.信访举报投诉类申请"


# name: (table, what happened, what the fault shows, where)
UNCERTAIN = {
    "cells glued to a label": ("table2", glued, "“规章000”里的数字不知属于哪一格", 3),
    "two cells glued to a label": ("table2", glued_fee, "“行政事业性收费00”里的数字不知属于哪一格", 14),
    "a row that lost its blanks": ("table3", lost_blanks, "“3440、85、3525”：7格只有3格有数，像是丢了空格", 4),
    "a row that lost its blanks and was filled up": (
        "table3", lost_blanks_padded, "“3440、85、3525”：7格只有3格有数，像是丢了空格", 4,
    ),
    "another heading": ("table3", lambda rows: rows[2].__setitem__(4, "外国企业"), "“外国企业”不在本格式中", 3),
    "other institutions": ("table3", lambda rows: rows[2].__setitem__(5, "科研单位"), "“科研单位”不在本格式中", 3),
    "ordinals and words exchanged": ("table3", swapped_words, "的序号是“1.信访举报投诉类申请”，文字是“2.重复申请”", 19),
    "a count of other things": (
        "table3", lambda rows: row_of(rows, "二、上年结转政府信息公开申请数量").__setitem__(0, "二、本年举报数量"),
        "“二、本年举报数量”", 5,
    ),
    "a row twice": (
        "table2", lambda rows: row_of(rows, "行政处罚").__setitem__(0, "行政强制"), "“行政强制”写了不止一次", 10,
    ),
    "a row named as another": (
        "table3", lambda rows: row_of(rows, "一、本年新收政府信息公开申请数量").__setitem__(
            0, "一、上年结转政府信息公开申请数量"
        ),
        "“一、上年结转政府信息公开申请数量”", 4,
    ),
    "a title with a number behind it": (
        "table2", lambda rows: rows[4].__setitem__(0, "第二十条第（五）项 本年处理决定数量12件"), "第二十条第（五）项", None,
    ),
    "a group of other things": (
        "table3", lambda rows: row_of(rows, "三、本年度办理结果").__setitem__(0, "三、上年度办理结果"),
        "“（一）予以公开”", 6,
    ),
    "groups reworded": (
        "table4", lambda rows: (rows[1].__setitem__(5, "复议后诉讼"), rows[1].__setitem__(10, "直接诉讼")), "“结果维持”", 3,
    ),
    "a column twice with its figures": ("table3", copied, "“商业企业”两栏名称和数字都相同", 3),
    "pieces as money": (
        "table2", lambda rows: row_of(rows, "行政事业性收费").__setitem__(1, "5件"), "“5件”", 14,
    ),
    "a sentence with digits": (
        "table2", lambda rows: row_of(rows, "行政许可").__setitem__(1, "本年共办理3件，其中1件结转"), "本年共办理3件", 7,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNCERTAIN)
def test_what_is_not_certain_stays_a_fault_with_its_text_and_place(case, tmp_path):
    table, spoil, shown, line = UNCERTAIN[case]
    rows, expected = numbered("2021", table)
    spoil(rows)
    intake = read(tmp_path, table_of("2021", table), rows)
    assert any(shown in fault.found for fault in intake.faults), [fault.found for fault in intake.faults]
    assert line is None or line in {fault.source.line for fault in intake.faults}
    written = {cell.value for cell in intake.cells.values()} - {None}
    assert written <= set(expected.values()), "a number from a row whose place nobody knows"


def test_groups_in_another_order_are_read_by_their_labels_though_the_head_above_is_misspelt(tmp_path):
    rows, expected = numbered("2021", "table4")
    rows[0][5] = "行政诉讼情况"
    rows[1][5], rows[1][10] = "复议后起诉", "未经复议直接起诉"
    rows[3][5:10], rows[3][10:] = rows[3][10:], rows[3][5:10]
    intake = read(tmp_path, table_of("2021", "table4"), rows)
    assert ([], expected) == (intake.faults, values(intake))


@pytest.mark.parametrize("what", ["columns", "rows"])
def test_columns_or_rows_that_are_exchanged_are_read_by_their_labels_and_said(what, tmp_path):
    table = table_of("2021", "table2")
    rows, expected = numbered("2021", "table2")
    if what == "rows":
        rows[2], rows[3] = rows[3], rows[2]
    else:
        for row in rows[1:4]:
            row[1], row[2] = row[2], row[1]
    intake = read(tmp_path, table, rows)
    assert expected == {key: cell.value for key, cell in intake.cells.items()}
    told = (
        "行的次序与法定的不同：行政规范性文件、规章"
        if what == "rows"
        else "栏的次序与法定的不同：本年废止件数、本年制发件数"
    )
    assert [("I103", told)] == [(one.code, one.found) for one in intake.notes]


def test_a_blank_head_is_told_once_and_no_row_for_it(tmp_path):
    rows, _ = numbered("2021", "table3")
    rows[1].insert(4, "")
    rows[2].insert(4, "备注")
    for row in rows[3:]:
        row.insert(4, "")
    faults = read(tmp_path, table_of("2021", "table3"), rows).faults
    assert ["“备注”" in fault.found for fault in faults] == [True]


@pytest.mark.parametrize("text", ["?3", "？3"])
def test_a_question_mark_before_a_change_may_be_a_lost_minus(text, tmp_path):
    rows = official(table_of("2019", "table2"))
    row_of(rows, "行政许可")[2] = text
    assert ["F202"] == codes(read(tmp_path, table_of("2019", "table2"), rows).faults)


@pytest.mark.parametrize("text", ["10 5件", "1 2项", "？ 1 2"])
def test_two_numbers_in_a_cell_are_never_joined(text, tmp_path):
    rows = official(table_of("2021", "table2"))
    row_of(rows, "规章")[1] = text
    assert ["F202"] == codes(read(tmp_path, table_of("2021", "table2"), rows).faults)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("减3项", -3), ("增加2项", 2), ("↓3", -3), ("—3", -3), ("负3", -3), ("新增2", 2), ("净增1", 1), ("减：3", -3),
        ("持平", 0),
        ("不变", 0), ("无增减", 0), ("+123", 123),
    ],
)  # fmt: skip
def test_a_change_is_read_in_the_words_of_the_office(text, value, tmp_path):
    rows = official(table_of("2019", "table2"))
    row_of(rows, "行政许可")[2] = text
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    assert ([], value) == (intake.faults, at(intake, table_of("2019", "table2"), "行政许可", "本年增/减").value)


@pytest.mark.parametrize(
    ("head", "typed", "value", "unit", "shown"),
    [
        ("采购总金额（万元）", "160.5", "160.5", "万元", "160.5"), ("采购总金额/万元", "160.5", "160.5", "万元", "160.5"),
        ("采购总金额（单位：元）", "8040", "8040", "元", "8040"), ("采购总金额", "12.5万", "12.5", "万元", None),
        ("采购总金额", "￥12.5万元", "12.5", "万元", None), ("采购总金额", "12.5（万元）", "12.5", "万元", None),
        ("采购总金额", "12.5萬元", "12.5", "万元", None), ("采购总金额", "人民币8040元", "8040", "元", None),
    ],
)  # fmt: skip
def test_money_has_the_unit_of_its_cell_or_head(head, typed, value, unit, shown, tmp_path):
    rows = relabelled(official(table_of("2019", "table2")), {"采购总金额": head})
    row_of(rows, "政府集中采购")[2] = typed
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    cell = at(intake, table_of("2019", "table2"), "政府集中采购", "采购总金额")
    assert ([], value, unit, shown) == (intake.faults, format(cell.value, "f"), cell.unit, cell.shown)
    assert "W204" not in codes(intake.notes)
    assert [head] * (head != "采购总金额") == list(intake.labels.values())


def test_a_fee_head_in_another_unit_is_kept_and_its_amounts_are_in_that_unit(tmp_path):
    rows = relabelled(
        official(table_of("2021", "table2"), 125000), {"本年收费金额（单位：万元）": "本年收费金额（单位：元）"}
    )
    intake = read(tmp_path, table_of("2021", "table2"), rows)
    cell = at(intake, table_of("2021", "table2"), "行政事业性收费", "本年收费金额（单位：万元）")
    assert (125000, "元", "125000") == (cell.value, cell.unit, cell.shown)
    assert ["本年收费金额（单位：元）"] == list(intake.labels.values())


@pytest.mark.parametrize("unit", ["万元", "元"])
def test_a_unit_above_the_table_is_that_of_its_amounts_and_is_printed(unit, tmp_path):
    rows = [[f"单位：{unit}"], *official(table_of("2019", "table2"))]
    row_of(rows, "政府集中采购")[2] = "160.5"
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    cell = at(intake, table_of("2019", "table2"), "政府集中采购", "采购总金额")
    assert (unit, "160.5") == (cell.unit, cell.shown)
    assert [(f"单位：{unit}", True)] == [(aside.text, aside.printed) for aside in intake.asides]


@pytest.mark.parametrize(
    "line", ["单位：元氏县教育局", "填报单位：元谋县财政局", "说明：收费单位：元氏县医院", "单位：元、件", "单位：千元"]
)
def test_what_only_looks_like_a_unit_gives_no_amount_one(line, tmp_path):
    rows = [[line], *official(table_of("2019", "table2"))]
    row_of(rows, "政府集中采购")[2] = "160.5"
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    assert "" == at(intake, table_of("2019", "table2"), "政府集中采购", "采购总金额").unit
    assert "W204" in codes(intake.notes)


def test_a_lone_figure_is_never_taken_for_a_note(tmp_path):
    rows = [["单位：元"], *official(table_of("2019", "table2")), ["", "", "790"]]
    row_of(rows, "政府集中采购")[2] = "160"
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    assert [160, 790] == [cell.value for (row, column), cell in intake.cells.items() if column == ("采购总金额",)]
    assert ["单位：元"] == [aside.text for aside in intake.asides]


def test_a_note_goes_on_in_the_lines_below_it(tmp_path):
    rows = [*official(table_of("2021", "table2")), ["注：1.含上年结转。"], ["2.不含咨询。"]]
    asides = read(tmp_path, table_of("2021", "table2"), rows).asides
    assert [("注：1.含上年结转。", True), ("2.不含咨询。", True)] == [(aside.text, aside.printed) for aside in asides]


def test_an_unclosed_quote_is_named_with_its_line(tmp_path):
    path = save(tmp_path / "table2.csv", official(table_of("2021", "table2")))
    path.write_text(path.read_text("utf-8-sig").replace("规章,0", '"规章,0', 1), "utf-8")
    [fault] = read_file(path, table_of("2021", "table2"), params()).faults
    assert ("第3行的引号没有成对", 3) == (fault.found, fault.source.line)


def test_a_file_of_many_rows_is_no_statutory_table(tmp_path):
    rows = official(table_of("2021", "table2")) * 100
    assert ["F111"] == codes(read(tmp_path, table_of("2021", "table2"), rows).faults)


def test_one_row_that_is_not_understood_does_not_take_the_others_with_it(tmp_path):
    rows, expected = numbered("2021", "table3")
    row_of(rows, "2.重复申请")[2] = "2.咨询类事项"
    intake = read(tmp_path, table_of("2021", "table3"), rows)
    assert 1 == len(intake.faults)
    assert 7 == sum(cell.state == UNFILLED for cell in intake.cells.values())
    assert all(cell.value == expected[key] for key, cell in intake.cells.items() if cell.state == NUMBER)


def test_one_mark_in_many_cells_is_one_note_with_count_and_first_places(tmp_path):
    intake = read(tmp_path, table_of("2021", "table3"), official(table_of("2021", "table3"), "/"))
    [note] = intake.notes
    assert note.found.startswith("“/”读作不适用，共175格：一、本年新收政府信息公开申请数量 / 申请人情况·自然人、")
    assert ("表三", "D4") == (note.place, note.source.cell)


def test_a_fee_column_without_its_unit_makes_a_bare_amount_a_warning_and_nothing_guessed(tmp_path):
    rows = relabelled(official(table_of("2021", "table2"), 3), {"本年收费金额（单位：万元）": "本年收费金额"})
    intake = read(tmp_path, table_of("2021", "table2"), rows)
    cell = at(intake, table_of("2021", "table2"), "行政事业性收费", "本年收费金额（单位：万元）")
    assert (3, "") == (cell.value, cell.unit)
    assert "W204" in codes(intake.notes)


def test_a_unit_above_the_table_that_its_head_contradicts_is_a_warning(tmp_path):
    rows = [["单位：元"], *official(table_of("2021", "table2"), 3)]
    [warning] = [note for note in read(tmp_path, table_of("2021", "table2"), rows).notes if note.code == "W204"]
    assert "表上写“单位：元”，栏名写“万元”" == warning.found


def procurement(*more):
    rows = official(table_of("2019", "table2"))
    at_ = next(index for index, row in enumerate(rows) if row[0] == "政府集中采购")
    rows[at_ : at_ + 1] = [["政府集中采购", "2", "160.5964万元"], *more]
    return rows


@pytest.mark.parametrize("label", ["政府集中采购", ""])
def test_a_row_that_may_stand_several_times_keeps_each_line(label, tmp_path):
    rows = procurement([label, "1", "79000.1元"], [label, "3", "5万元"])
    intake = read(tmp_path, table_of("2019", "table2"), rows)
    assert [] == intake.faults
    seen = {key: cell.value for key, cell in intake.cells.items() if key[0][0] == "政府集中采购"}
    assert [2, 1, 3] == [value for (_, column), value in seen.items() if column == ("采购项目数量",)]
    assert {("政府集中采购", f"第{line}行") for line in (1, 2, 3)} == {row for row, _ in seen}


def test_any_other_row_written_twice_is_a_fault(tmp_path):
    rows = official(table_of("2021", "table2"))
    rows.insert(4, ["规章", "1", "2", "3"])
    [fault] = read(tmp_path, table_of("2021", "table2"), rows).faults
    assert "“规章”写了不止一次" in fault.found


# Ways to spoil a label that leave its meaning, or take it away, but never give it another.
SPOIL = {
    "half-width": lambda text: text.replace("（", "(").replace("）", ")").replace("、", "."),
    "spaces": lambda text: " ".join(text),
    "explained": lambda text: f"{text}（见说明）",
    "twice": lambda text: text * 2,
    "cut": lambda text: text[: max(3, len(text) // 2)],
    "blank": lambda text: "",
    "its beginning lost": lambda text: text[2:],
    "figures glued to it": lambda text: f"{text}00",
}


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("form", "table"), TABLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(data=st.data())
def test_whatever_labels_and_blanks_are_spoilt_every_number_is_in_its_right_cell_or_there_is_a_fault(
    form, table, data, tmp_path
):
    rows, expected = numbered(form, table)
    labels = sorted({cell for row in rows for cell in row if cell and not cell.isdecimal()})
    spoilt = data.draw(st.dictionaries(st.sampled_from(labels), st.sampled_from(sorted(SPOIL)), max_size=12))
    rows = relabelled(rows, {label: SPOIL[how](label) for label, how in spoilt.items()})
    for _ in range(data.draw(st.integers(0, 2))):
        row = data.draw(st.sampled_from([row for row in rows if any(cell.isdecimal() for cell in row)]))
        match data.draw(st.sampled_from(["lose a blank cell", "lose a number", "lose the end"])):
            case "lose a blank cell" if "" in row:
                row.remove("")
            case "lose a number":
                row.remove(data.draw(st.sampled_from([cell for cell in row if cell.isdecimal()])))
            case "lose the end":
                del row[data.draw(st.integers(1, len(row))) :]
    intake = read(tmp_path, table_of(form, table), rows)
    if not intake.faults:
        wrong = {
            key: (cell.value, expected[key]) for key, cell in intake.cells.items() if cell.value not in {None, expected[key]}
        }
        assert {} == wrong
