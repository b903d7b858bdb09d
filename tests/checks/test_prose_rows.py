"""Tables written in the text beside the statutory ones, and numbers with a blank inside."""

import pytest

from making import REST, codes, findings, make

APPLICATIONS = {"表三": {("一", "总计"): 134, ("一", "自然人"): 134, ("三（一）", "总计"): 134, ("三（七）", "总计"): 134}}


def table(*rows):
    first, *others = rows
    return "\n".join(f"|{'|'.join(row)}|" for row in [first, ["--"] * len(first), *others])


def said(text):
    body = f"## 一、总体情况\n\n{text}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
    return [one.found for one in findings(make(narrative=body + REST, values=APPLICATIONS), "E50")]


NEW = "新收政府信息公开申请"


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([["项目", "数量（件）"], [NEW, "{}"]], "135"),
        ([["项目", "数量"], [NEW, "{}件"]], "135件"),
        ([["项目", "2023年", "2024年"], [NEW, "100", "{}"]], "135"),
        ([["项目", "2024年", "2023年"], [NEW, "{}", "100"]], "135"),
        ([["项目", "上年", "本年"], [NEW, "100", "{}"]], "135"),
        ([["序号", "项目", "数量"], ["一", NEW, "{}"]], "135"),
        ([["项目", "数量（件）", "占比"], [NEW, "{}", "100%"]], "135"),
        ([["项目", "件数", "同比（%）"], [NEW, "{}", "5.3"]], "135"),
    ],
)
def test_the_number_of_a_row_that_names_what_it_counts_is_proved(rows, number):
    wrong, right = (table(*([one.format(count) for one in row] for row in rows)) for count in (135, 134))
    [found] = said(wrong)
    assert found.endswith(f"：新收{number}")
    assert said(right) == []


@pytest.mark.parametrize(
    "text",
    [
        table(["项目", "2022年", "2023年"], [NEW, "100", "120"]),
        table(["项目", "2023年"], [NEW, "100"]),
        table(["项目", "上年数量"], [NEW, "100"]),
        "表5 2023年各项情况\n\n" + table(["项目", "数量"], [NEW, "100"]),
        table(["项目", "一季度", "二季度"], [NEW, "60", "74"]),
        table(["项目", "甲镇", "乙镇"], [NEW, "60", "74"]),
        table(["项目", "甲镇"], [NEW, "60"]),
        table(["项目", "网上"], [NEW, "60件"]),
        table(["镇", "新收申请（件）", "办结（件）"], ["甲镇", "30", "30"], ["合计", "134", "134"]),
        table(["项目", "数量", "占比"], ["100", "200", "300"]),
        table(["项目", "增减（件）"], [NEW, "34"]),
    ],
)
def test_a_number_of_another_year_place_or_kind_is_none(text):
    assert said(text) == []


def test_two_cells_are_two_numbers():
    [note] = findings(
        make(narrative=f"## 一、总体情况\n\n{table(['镇', '甲', '乙'], ['丙', '100', '134'])}\n{REST}"), "I501"
    )
    assert note.found == "2个数字：100、134"


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_number_in_full_width_with_a_blank_inside_is_one_number(blank):
    assert said(f"全年{NEW}１３{blank}４件。") == []
    [found] = said(f"全年{NEW}１３{blank}５件。")
    assert "新收135" in found
    assert codes(make(narrative=f"## 一、总体情况\n\n全年{NEW}１３{blank}４件。\n{REST}"), "W222") == ["W222"]


@pytest.mark.parametrize("text", ["２０２４ ３件", "１ ２ ３", "１３４ 件", "附件１ 第２项"])
def test_two_numbers_stay_two(text):
    assert codes(make(narrative=f"## 一、总体情况\n\n{text}。\n{REST}"), "W222") == []
