"""Findings: what is not yet written or filled in is named with its place; the gravest findings come first."""

import re

import pytest

from making import BODY, codes, findings, make


@pytest.mark.parametrize(
    ("params", "text", "places"),
    [
        ({}, "", []),
        ({"date": None}, "", ["成文日期"]),
        ({"signature": None}, "", ["落款"]),
        ({"signature": "【机关全称】"}, "", ["落款"]),
        ({}, "# 【标题】\n", ["标题"]),
        ({}, "# \n", ["标题"]),
        ({"date": None, "signature": ""}, "# 【年度】报告\n", ["标题", "成文日期", "落款"]),
    ],
)
def test_title_date_and_signature_must_be_there(params, text, places):
    found = findings(make(narrative=text + BODY, **params), "E101")
    assert places == [one.place for one in found]


def test_a_placeholder_in_the_bureaus_name_points_to_bureau_yaml():
    made = make()
    made = type(made)(**{**vars(made), "bureau": made.bureau.model_copy(update={"name": "【机关全称】"})})
    (found,) = findings(made, "E101")
    assert ("标题", "../bureau.yaml") == (found.place, str(found.source))


MARKED = """# 标题

【引言】

## 一、总体情况【核实】

{% if 年度 == 1 %}
【不会印出】
{% endif %}
【甲】与【乙】

【甲】

## 五、问题

【跨行的
内容】
"""


def test_every_mark_to_fill_in_is_named_with_its_own_line():
    found = findings(make(narrative=MARKED), "E103")
    assert [("【引言】", 3), ("【核实】", 5), ("【甲】", 10), ("【乙】", 10), ("【甲】", 12), ("【跨行的", 16)] == [
        (one.found, one.source.line) for one in found
    ]
    assert ["引言", "一、总体情况【核实】"] == [one.place for one in found][:2]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (BODY, []),
        ("", ["一、总体情况", "五、存在的主要问题及改进情况"]),
        (BODY.replace("逐项改进。", ""), ["五、存在的主要问题及改进情况"]),
        (BODY.replace("逐项改进。", "<!-- 待写 -->"), ["五、存在的主要问题及改进情况"]),
        (f"{BODY}\n## 六、其他\n", ["六、其他"]),
        (f"{BODY}\n## 六、其他\n\n无。", []),
        (f"{BODY}\n## 三、申请\n", []),
    ],
)
def test_a_chapter_must_be_written(text, places):
    assert places == [one.place for one in findings(make(narrative=text), "E104")]


def test_unfilled_cells_of_a_table_are_one_finding():
    made = make(values={"表三": {("一", "自然人"): "未填", ("一", "总计"): "未填", ("四", "总计"): "未填"}})
    row, other = "一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"
    found = f"3格未填：{row} / 申请人情况·自然人、{row} / 申请人情况·总计、{other} / 申请人情况·总计"
    assert [("表三", found)] == [(one.place, one.found) for one in findings(made, "E102")]


def test_a_table_without_any_number_is_one_finding():
    assert [("表二", "整张表未填"), ("表三", "整张表未填"), ("表四", "整张表未填")] == [
        (one.place, one.found) for one in findings(make(fill="未填"), "E102")
    ]


def test_an_unknown_is_told_with_its_reasons():
    made = make(
        values={"表三": {("一", "自然人"): "未知：遗失", ("一", "总计"): "未知：遗失", ("四", "总计"): "未知：未统计"}}
    )
    assert [("表三", "3格未知（遗失；未统计）")] == [(one.place, one.found) for one in findings(made, "I101")]


def test_findings_come_gravest_first():
    made = make(
        values={"表二": {("行政规范性文件", "本年制发件数"): 3}, "表三": {("一", "自然人"): 1, ("四", "总计"): "未知：遗失"}}
    )
    order = "".join(one[0] for one in codes(made))
    assert sorted(order, key="FEWI".index) == list(order)
    assert {"E", "W", "I"} == set(order)


PASTED = """引言一句。
引言又一句。

## 一、总体情况

第一段。
**（二）第二段。**接着写。
1. 不算。
- 也不算。
## 五、问题

（一）标题
正文{{ 年度 }}年，
折行不算。

有空行，也不算。
"""


def test_paragraphs_made_of_line_ends_are_noted_once_for_the_whole_text_with_the_line_of_the_first():
    (found,) = findings(make(narrative=PASTED), "I108")
    assert ("正文", 2) == (found.place, found.source.line)
    assert "3处没有空行的换行按Word的习惯分了段，第一处在“引言一句。”与“引言又一句。”之间" == found.found
    assert "一行里" in found.action


def test_the_first_place_is_named_by_its_line_in_the_file_as_written():
    text = "\n\n" + PASTED.replace("引言一句。\n", "").replace(
        "第一段。", "{% if 年度 == 2024 %}\n年度{{ 年度 }}。\n{% endif %}"
    )
    (found,) = findings(make(narrative=text), "I108")
    assert "**（二）第二段。**接着写。" == text.splitlines()[found.source.line - 1]


def test_text_with_a_blank_line_between_its_paragraphs_gives_no_note():
    assert [] == findings(make(narrative=re.sub("\n+", "\n\n", PASTED.replace("年，\n", "年，"))), "I108")
