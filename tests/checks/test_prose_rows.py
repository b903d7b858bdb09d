"""Tables written in the text beside the statutory ones, and numbers with a blank inside."""

import pytest

from cases import each
from making import REST, codes, findings, make

APPLICATIONS = {"表三": {("一", "总计"): 134, ("一", "自然人"): 134, ("三（一）", "总计"): 134, ("三（七）", "总计"): 134}}


def table(*rows):
    first, *others = rows
    return "\n".join(f"|{'|'.join(row)}|" for row in [first, ["--"] * len(first), *others])


def said(text):
    body = f"## 一、总体情况\n\n{text}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
    return [one.found for one in findings(make(narrative=body + REST, values=APPLICATIONS), "E50")]


NEW = "新收政府信息公开申请"
OF_OTHERS = [
    "表5 上年办理情况",
    "去年的数据：",
    "上年情况如下：",
    "表5 上半年情况",
    "前三季度情况",
    "表5 甲镇情况",
    "表5 网上申请情况",
    "上半年情况见下表。",
]
OF_ALL = [
    "表5 2024年政府信息公开申请办理情况",
    "**表5-1** 申请情况统计表",
    "（一）申请办理情况",
    "本年度主要数据如下：",
    "申请办理情况见下表。",
    "表5 各项数据\n\n单位：件",
]


@each(
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
        ([["项目", "单位", "数量"], [NEW, "件", "{}"]], "135"),
        ([["序号", "项目", "数量"], ["", "合计", ""], ["一", NEW, "{}"]], "135"),
    ],
)
def test_the_number_of_a_row_that_names_what_it_counts_is_proved(rows, number):
    wrong, right = (table(*([one.format(count) for one in row] for row in rows)) for count in (135, 134))
    [found] = said(wrong)
    assert found.endswith(f"：新收{number}")
    assert said(right) == []


@pytest.mark.parametrize("above", OF_ALL)
def test_a_table_of_the_whole_year_and_of_all_is_proved(above):
    wrong, right = (f"{above}\n\n{table(['项目', '数量'], [NEW, count])}" for count in ("135", "134"))
    assert len(said(wrong)) == 1
    assert said(right) == []


@each(
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
        "表5 2023年各项情况\n\n单位：件\n\n" + table(["项目", "数量"], [NEW, "100"]),
        *(f"{said}\n\n" + table(["项目", "数量"], [NEW, "100"]) for said in OF_OTHERS),
        table(["2023年", "数量"], [NEW, "100"]),
        table(["项目", "数量"], ["2023年", ""], [NEW, "100"], ["2024年", ""], [NEW, "134"]),
        table(["项目", "数量"], ["甲镇", ""], [NEW, "100"]),
        table(["镇", "项目", "数量"], ["甲镇", NEW, "100"], ["乙镇", NEW, "34"]),
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


@each(
    "text",
    [
        "２０２４ ３件",
        "１ ２ ３",
        "１３４ 件",
        "附件１ 第２项",
        "表５　２０２４年各镇情况",
        "表５　１２个乡镇",
        "第３ １２章",
        "共１２ ３４ ５６件",
    ],
)
def test_two_numbers_stay_two(text):
    assert codes(make(narrative=f"## 一、总体情况\n\n{text}。\n{REST}"), "W222") == []


def test_the_number_of_an_item_is_none_of_its_text():
    assert codes(make(narrative=f"## 一、总体情况\n\n１\u3000２０件办结。\n{REST}"), "W222") == []


def said_of_decisions(*rows, above="办理情况见下表。"):
    text = f"## 二、主动公开政府信息情况\n\n{above}\n\n{table(*rows)}\n\n{{{{ 表二 }}}}\n\n"
    values = {"表二": {("行政许可", "本年处理决定数量"): 128, ("行政处罚", "本年处理决定数量"): 5}}
    made = make(narrative=f"{text}## 五、存在的主要问题及改进情况\n\n逐项改进。\n{REST}", values=values)
    found = [*findings(made, "E50"), *findings(made, "W50")]
    return [(one.code, one.found.rpartition("：")[2]) for one in found]


def test_a_table_of_cases_that_names_decisions_with_another_number_is_doubted():
    doubts = [("W501", "行政许可处理决定数量120"), ("W501", "行政处罚处理决定数量7")]
    wrong, right = ([["行政许可", one], ["行政处罚", two]] for one, two in (("120", "7"), ("128", "5")))
    for head in ("件数", "数量（件）", "本年处理决定数量"):
        assert said_of_decisions(["类别", head], *wrong) == doubts, head
        assert said_of_decisions(["类别", head], *right) == []
    assert said_of_decisions(["类别", "数量"], *wrong, above="办理情况见下表。\n\n单位：件") == doubts


def test_a_table_of_what_was_published_or_of_another_year_is_none_of_decisions():
    wrong = [["行政许可", "120"], ["行政处罚", "7"]]
    for head, above in (
        ("公开件数", "情况见下表。"), ("公示（件）", "情况见下表。"), ("2022年件数", "情况见下表。"),
        ("数量", "情况见下表。"), ("件数", "主动公开信息情况"), ("件数", "上年情况如下："),
    ):  # fmt: skip
        assert said_of_decisions(["类别", head], *wrong, above=above) == [], (head, above)
