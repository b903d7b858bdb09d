"""Totals in tables that the bureau wrote in its text: what is no sum is told, and what need not be one is let be."""

import pytest

from making import REST, findings, make

WRONG = {
    "| 区县 | 件数 |\n|---|---|\n| 城东 | 20 |\n| 城西 | 32 |\n| **合 计** | 2 |": [("合 计 / 件数 2", "52", 9)],
    "| 区县 | 件数 | 面积 |\n|---|---|---|\n| 合计 | 52件 | 5.1 |\n| 城东 | 20件 | 1.26 |\n| 城西 | 32件 | 3.9 |": [],
    "| 区县 | 件数 | 面积 |\n|---|---|---|\n| 合计 | 52件 | 5.4 |\n| 城东 | 20件 | 1.26 |\n| 城西 | 32件 | 3.9 |": [
        ("合计 / 面积 5.4", "5.16", 7)
    ],
    "| 序号 | 件数 | 费用 |\n|---|---|---|\n| 1 | 1,020 | — |\n| 2 | 32 | 无 |\n| 总计（件） | 1,053 | 0 |": [
        ("总计(件) / 件数 1,053", "1052", 9)
    ],
    "| 区县 | 网站 | 微信 | 合计 |\n|---|---|---|---|\n| 城东 | 1 | 2 | 3 |\n| 城西 | 3 | 4 | 8 |\n| 城南 | 1 | 1 | 2 |": [
        ("合计 / 城西 8", "7", 8)
    ],
    "| 项 | 金额 |\n|---|---|\n| 甲 | 1万元 |\n| 乙 | 7万元 |\n| 合计 | 18万元 |": [("合计 / 金额 18万元", "8", 9)],
    "| 类 | 单位 | 件数 |\n|---|---|---|\n| 甲 | 件 | 1 |\n| 乙 | 件 | 5 |\n| 合计 | 件 | 9 |": [("合计 / 件数 9", "6", 9)],
}
# A part of a row, a subtotal, levels, a rate, what is no number, one figure alone, a mean, a total in the midst.
RIGHT = [
    "| 类 | 件 |\n|---|---|\n| 城东 | 20 |\n| 其中：网上 | 9 |\n| 城西 | 32 |\n| 合计 | 52 |",
    "| 类 | 件 |\n|---|---|\n| 城东 | 20 |\n| 小计 | 20 |\n| 城西 | 32 |\n| 合计 | 52 |",
    "| 类 | 件 |\n|---|---|\n| 一、许可 | 20 |\n| （一）建设 | 9 |\n| （二）用地 | 11 |\n| 合计 | 20 |",
    "| 类 | 办结率 | 占 | 满意 |\n|---|---|---|---|\n| 甲 | 90 | 40% | 约9 |\n| 乙 | 80 | 60% | 9 |\n| 合计 | 8 | 9% | 7 |",
    "| 类 | 件 |\n|---|---|\n| 城东 | 20 |\n| 城西 | 0 |\n| 合计 | 21 |",
    "| 类 | 甲 | 乙 | 总计 |\n|---|---|---|---|\n| 城东 | 84 | 88 | 86 |\n| 城西 | 96 | 98 | 97 |\n| 城南 | 99 | 96 | 195 |",
    "| 类 | 件 |\n|---|---|\n| 城东 | 20 |\n| 合计 | 30 |\n| 另有 | 32 |",
    "| 类 | 件 |\n|---|---|\n| 城东 | 20 |\n| 城西 | 32 |\n| 全市 | 2 |",
]
# Columns 甲, 乙, 合计 with another unit, a maximum, a mean, a rate, rounded figures, or with a figure that is not filled in.
COLUMNS = {
    "金额": ["1万元", "5000元", "1.5万元"],
    "人口": ["1.2万", "8000", "2万"],
    "案件": ["20件", "32", "2万件"],
    "最长时限": ["20天", "15天", "18天"],
    "所需": ["20个工作日", "15个工作日", "18个工作日"],
    "耗时（天）": ["20", "15", "18"],
    "最高": ["20", "15", "18"],
    "户均面积": ["20", "15", "18"],
    "满意率": ["90.5", "80.2", "85"],
    "涉及部门": ["3", "4", "5"],
    "审批": ["20", "15", "20"],  # its greatest
    "评价": ["9.1", "8.2", "8.65"],  # its mean
    "预算（万元）": ["12", "13", "26"],
    "投入": ["12万元", "13万元", "26万元"],
    "件数": ["", "3", "6"],
    "编码": ["007", "003", "9"],
    "范围": ["3-5", "3", "9"],
}
# Rows of other units, and a total, a name or a stub of what has no sum.
RIGHT += [
    "| 指标 | 数量 |\n|---|---|\n| 信息（条） | 20 |\n| 会议（次） | 3 |\n| 合计 | 30 |",
    "| 指标 | 计量单位 | 数量 |\n|---|---|---|\n| 信息 | 条 | 20 |\n| 会议 | 次 | 3 |\n| 合计 | / | 30 |",
    "| 指标（元） | 数量 |\n|---|---|\n| 甲（元） | 20 |\n| 乙（元） | 3 |\n| 合计（万元） | 30 |",
    "| 部门 | 人数 |\n|---|---|\n| 甲 | 20 |\n| 乙 | 3 |\n| 合计（去重） | 22 |",
    "表1 各部门最长办理时限\n\n| 部门 | 数值 |\n|---|---|\n| 甲 | 20 |\n| 乙 | 13 |\n| 合计 | 18 |",
]


def told(table, code="W511", **params):
    narrative = f"## 一、总体情况\n\n工作有序开展。\n\n{table}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n{REST}"
    return findings(make(2024, {}, None, narrative, **params), code)


@pytest.mark.parametrize("table", WRONG)
def test_a_total_that_is_no_sum_is_told_with_its_place_its_line_and_the_sum(table):
    found = told(table)
    assert [(one.place.partition(" · ")[2], one.expected, one.source.line) for one in found] == WRONG[table]


def test_what_need_not_be_a_sum_is_let_be():
    assert [str(one) for table in RIGHT for one in told(table)] == []


def test_a_column_in_other_units_or_of_what_has_no_sum_is_let_be():
    rows = ["类", "---", "甲", "乙", "合计"], *((head, "---", *cells) for head, cells in COLUMNS.items())
    assert [str(one) for one in told("\n".join(f"| {' | '.join(row)} |" for row in zip(*rows, strict=True)))] == []


FEW, MANY, NONE = "| 其他 | 15 | 10 |", "| 其他 | 15 | 10 | 25 | 5 |", "| 其他 | 15 | | |"


def test_a_row_with_cells_too_few_or_too_many_is_told_with_its_line():
    table = "| 区县 | 网站 | 微信 | 合计 |\n|---|---|---|---|\n| 城东 | 1 | 2 | 3 |\n{}\n| 合计 | 16 | 12 | 28 |"
    assert [str(one) for row in (NONE, FEW, MANY) for one in told(table.format(row))] == []
    found = [one for row in (FEW, MANY) for one in told(table.format(row), "W512")]
    named = [(one.place.partition(" · ")[2], one.found, one.source.line) for one in found]
    assert named == [("其他", "3格：其他、15、10", 8), ("其他", "5格：其他、15、10、25、5", 8)]
    assert told(table.format(NONE), "W512") == []
    assert [one for some in (*WRONG, *RIGHT) for one in told(some, "W512")] == []


TABLE = (
    "表5 各流域水情发布情况\n\n| 流域 | 汛情（条） | 水情（条） | 合计 |\n|---|---|---|---|\n"
    "| 云溪河 | 61 | 20 | 81 |\n| 青河 | 55 | 22 | 77 |\n| 合计 | 116 | 42 | 158 |\n"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("云溪河发布汛情62条", "61（表中 云溪河 / 汛情（条））"),
        ("云溪河汛情、水情分别发布，青河发布水情23条", "22（表中 青河 / 水情（条））"),
        ("汛情（条）合计117条", "116（表中 合计 / 汛情（条））"),
        ("云溪河合计发布信息82条", "81（表中 云溪河 / 合计）"),
        ("表5合计为159条", "158（表中 合计 / 合计）"),
        ("各流域合计发布信息159条", "158（表中 合计 / 合计）"),
    ],
)
def test_a_number_that_a_table_of_its_chapter_says_otherwise_is_told(sentence, expected):
    [one] = told(f"{sentence}。\n\n{TABLE}", "W513")
    assert (one.expected, one.source.line) == (expected, 5)


SURE = [
    "云溪河发布汛情61条、水情20条，青河水情22条", "云溪河发布汛情近70条", "去年云溪河发布汛情62条", "汛情117条",
    "云溪河发布汛情2024年起改为日报", "云溪河发布汛情8月有30条", "云溪河汛情期间出动90人", "云溪河汛情62人次",
    "比青河多发布汛情6条", "全年合计办理9件", "云溪河、青河发布汛情116条", "汛情、水情合计158条",
]  # fmt: skip


def test_a_number_that_is_not_surely_that_of_another_cell_is_let_be():
    assert [str(one) for sentence in SURE for one in told(f"{sentence}。\n\n{TABLE}", "W513")] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("W511", "| 区县 | 件数 |\n|---|---|\n| 城东 | 20 |\n| 城西 | 32 |\n| 合计 | {} |"),
        ("W513", f"云溪河发布汛情{{}}条。\n\n{TABLE}"),
    ],
)
def test_a_number_that_is_accepted_is_accepted_alone(code, text):
    place = told(text.format(62), code)[0].place
    named, bare = ({"code": code, "place": one, "reason": "另有说明"} for one in (place, place.rpartition(" ")[0]))
    taken = [told(text.format(number), code, accepted=[one]) for one in (named, bare) for number in (62, 63)]
    assert [one.severity.code for [one] in taken] == ["note", "warning", "warning", "warning"]
