"""What stands beside tables of the text: units, years, notes of the marks in them."""

import pytest

from cases import each
from making import BODY, REST, findings, make

TABLE = "|镇|件|\n|--|--|\n|甲|3|\n|乙|4|"


@pytest.fixture
def said():
    def run(text, *codes):
        made = make(narrative=f"{BODY}\n{text}\n{REST}")
        return [(one.source.line, one.found) for code in codes or ["W2"] for one in findings(made, code)]

    return run


ASIDES = [
    "2024年",
    "（2024年）",
    "2024年度",
    "二〇二四年",
    "统计期限：2024年1月1日至12月31日",
    "（统计期限：2024.1.1—2024.12.31）",
    "截至2024年12月31日",
    "2024年1月1日 至 2024年12月31日",
    "单位：件",
    "（2024年　单位：件）",
    "**单位：件**",
    "（2024年度）　（单位：件）",
    "2024年1—12月",
    "1—12月",
    "全年",
    "本年度",
    "时间：2024年",
    "填报单位：示例市教育局　　单位：件",
    "2024 年",
    "2024 年 1 月 1 日至 12 月 31 日",
    "今年",
    "年份：2024",
    "数据年份：2024年",
    "数据截至2024年12月31日",
    "统计数据截至2024年12月31日",
    "数据统计时间：2024年1月1日—12月31日",
    "统计时间：2024年1月1日0时至12月31日24时",
    "统计截止时间：2024年12月31日24时",
    "单位：件（次）",
    "（单位：件（次））",
    "单位：万元（人民币）",
    "币种：人民币　单位：万元",
    "单位（件）",
    "单位 件",
    "单 位：件",
    "统计单位：件",
    "数据来源：市大数据局，单位：件",
    "审核：张某　单位：件",
    "单位：件，填表日期：2025年1月10日",
]


@each(
    "aside",
    [
        "数据来源：市统计局",
        "填报单位：示例市教育局",
        "统计范围：全市",
        "填表日期：2025年1月10日",
        "表号：政公开01表　制定机关：市政务公开办",
        "有效期至：2026年6月",
    ],
)
@each("between", ["\n", "\n\n"])
def test_who_gave_the_figures_may_stand_below_a_name_and_is_a_note_above_it(said, between, aside):
    assert said(between.join(["表1 各镇情况", aside, "单位：件", TABLE])) == []
    assert said(f"表1 各镇情况\n\n{TABLE}\n\n{aside}\n\n表2 各乡情况\n\n{TABLE}") == []


@each("aside", ASIDES)
@each(
    "lines",
    [("表1 各镇情况", "{}"), ("{}", "表1 各镇情况"), ("表1 各镇情况", "{}", "2024年"), ("{}", "表1 各镇情况", "2024年")],
)
@each("between", ["\n", "\n\n"])
def test_a_name_with_such_lines_beside_it_names_the_table(said, lines, between, aside):
    assert said(between.join([*(one.format(aside) for one in lines), TABLE])) == []


@each("line", ["以下数据未经审计", "注：含甲镇", "（按镇名排列）", "审核：张某", "制表 李某 2025.1.10"])
@each("above", ["", "平稳。\n\n"])
def test_a_name_with_a_table_one_short_line_on_is_not_alone(said, above, line):
    assert said(f"{above}表1 各镇情况\n\n{line}\n\n{TABLE}", "W228") == []


@each(
    "text",
    [
        f"表1 各镇情况\n\n全年平稳。\n\n{TABLE}",
        f"表1 各镇情况\n\n表2 各乡情况\n\n{TABLE}",
        f"表1 各镇情况\n\n以下数据未经审计\n\n表2 各乡情况\n\n{TABLE}",
        f"表1 各镇情况\n\n### 各乡\n\n{TABLE}",
        "表1 各镇情况\n\n以下数据未经审计",
    ],
)
def test_a_name_with_a_sentence_or_another_name_below_is_alone(said, text):
    assert said(text, "W228") == [(9, "“表1 各镇情况”下面没有表格")]


UNITED = [
    (["表1 甲情况（件）", "单位：户"], ["户", "件"]),
    (["表1 甲情况（件）", "单位：件（次）"], []),
    (["表1 甲情况（年）", "单位：件"], []),
    (["表1 甲情况", "币种：人民币　单位：万元", "单位：元"], ["元", "万元"]),
    (["表1 甲情况", "单位：件①", "单位（户）"], ["户", "件"]),
    (["单位：件", "表1 甲情况", "单位：户"], ["户", "件"]),
    (["表1 甲情况（单位：户）", "单位：件"], ["件", "户"]),
    (["表1 甲情况", "单位：户", "2024年", "单位：件"], ["件", "户"]),
    (["表1 甲情况", "2024年　单位：户", "单位：万户"], ["万户", "户"]),
    (["表1 甲情况（单位：件）", "单位：件"], []),
    (["单位：件", "表1 甲情况", "2024年　单位：件"], []),
]


@each(("lines", "units"), UNITED)
@each("between", ["\n", "\n\n"])
def test_two_units_of_one_table_are_a_warning(said, lines, units, between):
    found = "、".join(f"“{one}”" for one in units) + "都写作一张表的单位"
    assert [one for _, one in said(between.join([*lines, TABLE]), "W248")] == [found] * bool(units)


def test_the_unit_of_the_table_before_is_not_this_one_s(said):
    assert said(f"表1 甲情况\n\n单位：户\n\n{TABLE}\n\n表2 乙情况\n\n单位：件\n\n{TABLE}", "W248") == []


@each(
    ("text", "line"),
    [
        ("单位：件", 9),
        (f"{TABLE}\n\n单位：件", 14),
        ("平稳。\n\n（单位：万元）\n\n平稳。", 11),
        (f"{TABLE}\n\n单位：件\n\n平稳。", 14),
    ],
)
def test_a_unit_without_a_table_is_a_warning(said, text, line):
    [(at, found)] = said(text, "W228")
    assert (at, found.endswith("”下面没有表格")) == (line, True)


@each(
    "text",
    [
        "单位：件\n\n![说明](https://example.com/a.png)",
        f"单位：件\n\n{TABLE}",
        f"单位：件\n\n2024年\n\n{TABLE}",
        f"单位：件\n\n表1 甲\n\n{TABLE}",
        "单位：教育局",
        "单位：示例市教育局\n\n电话：12345",
        "计量的单位：件、户都有。",
    ],
)
def test_a_unit_above_a_table_and_another_line_are_none(said, text):
    assert said(text, "W228") == []


def test_a_unit_above_a_statutory_table_is_its_own():
    made = make(narrative=BODY + REST.replace("见下表。", "见下表。\n\n单位：件"))
    assert findings(made, "W228") == []


@each(
    ("lines", "year"),
    [
        (["表1 各镇情况", "2023年度　单位：件"], "2023"),
        (["2023年", "表1 各镇情况"], "2023"),
        (["表1 各镇情况", "统计期限：2023年1月1日至12月31日", "单位：件"], "2023"),
        (["表1 各镇情况", "二〇二三年"], "2023"),
        (["表1 各镇情况", "2025年度　单位：件"], "2025"),
        (["表1 各镇情况", "上年度　单位：件"], "上年度"),
        (["表1 上年各镇情况", "上年度　单位：件"], ""),
        (["表1 2023年各镇情况", "2023年　单位：件"], ""),
        (["表1 各镇情况", "2023年、2024年　单位：件"], ""),
        (["表1 各镇情况", "2025年1月10日"], ""),
        (["表1 各镇情况", "2023 年"], "2023"),
        (["表1 各镇情况", "填表日期：2026年1月10日　单位：件"], ""),
        (["表1 各镇情况", "2024年上半年　单位：件"], ""),
        (["表1 各镇情况", "截至2024年12月31日"], ""),
        (["表1 各镇情况（2024年）", "单位：件"], ""),
    ],
)
def test_another_year_beside_a_table_is_a_warning(said, lines, year):
    found = said("\n\n".join([*lines, TABLE]), "W217")
    assert [f"“{year}" in one or f"：{year}" in one or "二〇二三" in one for _, one in found] == [True] * bool(year)


MARKED = "表1 甲情况\n\n|镇|件|\n|--|--|\n|甲{}|3|\n|乙|4{}|\n\n"


@each(
    ("marks", "text", "found"),
    [
        ("①", "", "表里有“①”，下面没有它的注文"),
        ("①", "下一步加强。", "表里有“①”，下面没有它的注文"),
        ("※", "", "表里有“※”，下面没有它的注文"),
        ("①②", "① 含甲。", "表里有“②”，下面没有它的注文"),
        ("①", "① 含甲。\n\n② 没有的。", "表下有“②”的注文，表里没有这个记号"),
        ("", "② 没有的。", "表下有“②”的注文，表里没有这个记号"),
        ("", "注：含甲。\n\n③ 没有的。", "表下有“③”的注文，表里没有这个记号"),
    ],
)
def test_a_mark_without_its_note_and_a_note_without_its_mark_are_warnings(said, marks, text, found):
    assert [one for _, one in said(MARKED.format(marks[:1], marks[1:]) + text, "W249")] == [found]


@each(
    ("marks", "text"),
    [
        ("①", "① 含甲。"),
        ("①②", "① 含甲。\n② 含乙。"),
        ("①", "注：① 含甲。"),
        ("①②", "注：①含甲；②含乙。"),
        ("①", "平稳。\n\n① 含甲。"),
        ("", "① 加强领导。\n\n② 完善制度。"),
        ("", "注：① 含甲；\n② 含乙。"),
        ("", "平稳。\n\n② 完善制度。"),
        ("*", "平稳。"),
        ("①②", "① 含甲。\n\n平稳。\n\n② 含乙。"),
    ],
)
def test_marks_with_their_notes_and_text_that_is_counted_are_none(said, marks, text):
    assert said(MARKED.format(marks[:1], marks[1:]) + text, "W249") == []


@each(
    "table",
    [
        "|镇①|件②|合计③=①+②|\n|--|--|--|\n|1|2|3|",
        "|镇①|件②|\n|--|--|\n|1|2|",
        "|项|序|\n|--|--|\n|甲|①|\n|乙|②|",
        "|步骤|件|\n|--|--|\n|受理①|3|\n|审核②|3|\n|答复③|3|",
    ],
)
def test_marks_that_number_columns_or_rows_are_none(said, table):
    assert said(f"表1 甲情况\n\n{table}", "W249") == []


def test_text_that_is_counted_on_over_a_table_is_no_note(said):
    table = "|镇|件|\n|--|--|\n|甲|3|"
    assert said(f"① 培训\n\n{table}\n\n② 检查\n\n{table}\n\n③ 整改", "W249") == []


def test_a_mark_behind_a_name_is_told_with_the_line_of_the_name(said):
    assert said("① 培训①\n\n表1 甲情况①\n\n|镇|件|\n|--|--|\n|甲|3|", "W249") == [(11, "表里有“①”，下面没有它的注文")]
