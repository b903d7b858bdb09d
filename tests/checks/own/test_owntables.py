"""Totals in tables that the bureau wrote in its text: what is no sum is told, and what need not be one is let be."""

import sys
import time

import pytest

from cases import each
from making import REST, fact, findings, make
from nianbao.asides import is_unit
from nianbao.checks.check import own_tables
from nianbao.checks.tables.celled import tables
from nianbao.checks.tables.sums import cells_of, doubted, sums
from nianbao.narrative.passages import compose

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
        ("城西 / 合计 8", "7", 8)
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


def told(table, code="W511", facts=None, **params):
    narrative = f"## 一、总体情况\n\n工作有序开展。\n\n{table}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n{REST}"
    return findings(make(2024, {}, None, narrative, facts=facts, **params), code)


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


@each(
    ("sentence", "expected"),
    [
        ("云溪河发布汛情62条", "61（表中 云溪河 / 汛情（条））"),
        ("2024年云溪河发布汛情61条、青河发布水情23条", "22（表中 青河 / 水情（条））"),
        ("各流域汛情（条）合计117条", "116（表中 合计 / 汛情（条））"),
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


PARTS = "| 单位 | 培训（期） | |\n|---|---|---|\n| 城东 | 3 | 5期 |\n| 城西 | 4 | 6期 |\n| 合计 | 7 | 11期 |\n"
OTHERS = [
    "城东举办培训3期，其中市级培训1期", "城东培训3期（线上培训1期）", "城东培训3期，第一批培训1期，第二批培训2期",
    "城东今年新增培训1期", "城东计划培训6期", "城东每月培训2期", "城东人均培训2期", "除城东外，各单位培训4期",
    "城东日均培训2期", "城东第一季培训2期", "城东参加省级培训2期", "城东未能完成培训2期", "城东、城西培训9期",
    "城东培训2期次", "2023年城东培训2期", "近3年城东培训8期", "城东在城西开展巡查9期", "城东开展巡查9期",
    "全年培训合计9期", "城东培训2期以上", "城东培训2期的记录已归档", "下半年，城东培训2期",
]  # fmt: skip


def test_a_number_of_a_part_of_what_a_cell_counts_or_beside_a_blank_head_is_let_be():
    assert [str(one) for sentence in OTHERS for one in told(f"{sentence}。\n\n{PARTS}", "W513")] == []
    [one] = told(f"全年城东开展培训2期，下同。\n\n{PARTS}", "W513")
    assert one.expected == "3（表中 城东 / 培训（期））"


AREAS = (
    "表5 各片区抽查结果公开情况\n\n单位：户次\n\n| 片区 | 医疗机构 | 公共场所 | 学校 | 合计 |\n|---|---|---|---|---|\n"
    "| 城关 | 92 | 71 | 15 | 178 |\n| 沿江 | 58 | 33 | 11 | 102 |\n| 山区 | 37 | 17 | 8 | 62 |\n"
    "| 合计 | 187 | 121 | 34 | 342 |\n"
)
COUNTED = "表6 培训情况\n\n| 序号 | 单位 | 培训（人次） | 备注 |\n|---|---|---|---|\n" + "".join(
    f"| {at} | {row} | 含新进人员 |\n" for at, row in enumerate(("县医院 | 120", "中医院 | 86", "疾控中心 | 45"), 1)
)
OTHERWISE = {
    "城关片区医疗机构93户次": "92（表中 城关 / 医疗机构）",
    "表5合计为343户次": "342（表中 合计 / 合计）",
    "从表5看，学校合计35户次": "34（表中 合计 / 学校）",
    "其中城关178户次、沿江120户次、山区62户次": "102（表中 沿江 / 合计）",
    "分片区看，城关178户次、沿江102户次、山区26户次，见表5": "62（表中 山区 / 合计）",
    "按片区分：城关187户次；沿江102户次；山区62户次": "178（表中 城关 / 合计）",
    "共342户次（其中城关178户次、沿江102户次、山区60户次）": "62（表中 山区 / 合计）",
    "抽查结果全部公开，其中医疗机构187户次、公共场所121户次、学校43户次": "34（表中 合计 / 学校）",
    "山区片区共公开六十三户次": "62（表中 山区 / 合计）",
    "一是山区片区公开26户次，偏少": "62（表中 山区 / 合计）",
    "城关片区178户次，占合计的62.05%": "52.05%（178占合计342）",
    "其中沿江102户次，占总计28.92%": "29.82%（102占合计342）",
    "中医院培训68人次": "86（表中 中医院 / 培训（人次））",
    "疾控中心共54人次": "45（表中 疾控中心 / 培训（人次））",
    "县医院120人次、中医院68人次、疾控中心45人次": "86（表中 中医院 / 培训（人次））",
}
# Ordinary sentences about the same rows: they agree, or count something else.
ORDINARY = [
    "城关片区178户次，沿江片区102户次，山区片区62户次", "城关片区178户次，占合计的52.05%",
    "城关医疗机构92户次，占合计的51.69%",
    "城关片区学校整改1户次", "城关片区公开行政处罚12件", "城关片区投诉举报65件，办结率100%", "山区片区新增医疗机构3户次",
    "沿江片区计划抽查110户次", "上年城关片区医疗机构88户次", "2023年山区片区公开60户次", "城关片区医疗机构同比增加4户次",
    "城关片区每季度公开45户次左右", "城关、沿江医疗机构150户次", "城关片区近180户次，沿江片区100余户次，山区62户次",
    "第一批公开城关片区178户次、沿江片区102户次、山区片区20户次", "截至6月，城关片区医疗机构45户次",
    "计划公开城关片区178户次；沿江片区102户次；山区片区60户次", "山区片区有4个乡、62个村", "沿江片区学校未公开2户次",
    "城关片区复查12户次、沿江片区复查9户次、山区片区复查5户次", "城关15起、沿江11起、山区8起，均已办结",
    "医疗机构、公共场所、学校分别抽查187户次、121户次、34户次", "山区片区公开63%", "另有山区个体诊所6户次未列入",
    "城关178户次抽查中发现问题23个，沿江102户次中发现问题11个，山区62户次中发现问题16个", "山区片区公开15户次",
    "上半年城关178户次、沿江102户次、山区30户次", "城关片区医疗机构92户次（含民营41户次）", "学校合计35户次，含民办",
    "预约接种点：城关6个、沿江5个、山区3个", "县医院、中医院培训206人次", "县医院组织培训2期120人次",
    "县医院培训医师80人次、护士40人次", "县医院培训3期", "疾控中心参加市级培训12人次", "疾控中心线上培训45人次、线下30人次",
    "县医院外派12人次，中医院外派8人次，疾控中心外派5人次", "县医院咨询120件、中医院咨询86件、疾控中心咨询54件",
    "县医院公开价格1200条、中医院860条、疾控中心450条", "全年共抽查342户次，较上年增加12户次", "全县合计公开850户次",
]  # fmt: skip


def test_a_number_is_told_where_row_list_share_or_table_leave_no_doubt_about_its_cell_and_let_be_elsewhere():
    far = "## 五、存在的主要问题及改进情况\n\n一是山区片区公开65户次，偏少。"
    text = "".join(f"{one}。\n\n" for one in (*OTHERWISE, *ORDINARY))
    made = make(2024, {}, None, f"## 一、总体情况\n\n{text}{AREAS}\n\n{COUNTED}\n{far}\n{REST}")
    found = {(one.place.partition(" · ")[0][0], one.source.line): one.expected for one in findings(made, "W513")}
    expected = {("一", 3 + 2 * at): one for at, one in enumerate(OTHERWISE.values())}
    last = made.narrative.splitlines().index("一是山区片区公开65户次，偏少。") + 1
    assert found == {**expected, ("五", last): "62（表中 山区 / 合计）"}


def test_without_a_unit_a_slip_of_one_digit_behind_row_and_column_is_told():
    bare = AREAS.replace("单位：户次\n\n", "")
    found = told(f"城关片区医疗机构93户次，共180户次。\n\n{bare}", "W513")
    assert [one.expected for one in found] == ["92（表中 城关 / 医疗机构）"]


def test_a_row_that_is_said_to_have_most_below_its_table_and_has_it_in_no_column_is_told():
    def below(sentence):
        return [(one.place, one.expected) for one in told(f"{AREAS}\n\n注：含乡镇。\n\n{sentence}。", "W513")]

    place = "一、总体情况 · 沿江最多"
    assert below("其中沿江片区最多，城关次之") == [(place, "城关（表中 合计：沿江102、城关178）")]
    assert below("从表5看，沿江最少") == [("一、总体情况 · 沿江最少", "山区（表中 合计：沿江102、山区62）")]
    right = "其中城关片区最多", "山区片区最少", "收到投诉20件，其中沿江片区最多", "沿江片区投诉最多", "沿江片区新增最多"
    assert [one for sentence in right for one in below(sentence)] == []


def test_one_wrong_cell_is_one_finding_and_names_that_cell():
    def found(old, new, table=AREAS):
        return [(one.place.partition(" · ")[2], one.expected) for one in told(table.replace(old, new))]

    assert found("| 342 |", "| 324 |") == [("合计 / 合计 324", "342")]
    assert found("| 102 |", "| 112 |") == [("沿江 / 合计 112", "102")]
    assert found("| 58 |", "| 85 |") == [("沿江 / 医疗机构 85", "58")]
    assert found("| 37 | 17 |", "| 17 | 37 |") == [("合计 / 医疗机构 187", "167"), ("合计 / 公共场所 121", "141")]
    longer = AREAS.replace("| 合计 | 187", "| 新区 | 0 | 0 | 0 | 0 |\n" * 3 + "| 合计 | 187")
    assert found("| 102 |", "| 112 |", longer.replace("| 342 |", "| 324 |")) == [
        ("合计 / 合计 324", "352或342"), ("沿江 / 合计 112", "102")
    ]  # fmt: skip
    twice = longer.replace("| 92 | 71 |", "| 93 | 71 |").replace("| 37 | 17 |", "| 37 | 18 |")
    assert len(found("", "", twice)) == 4  # which two of four cells are wrong nobody can tell
    assert told(f"学校合计35户次，见表5。\n\n{AREAS.replace('| 34 |', '| 35 |')}", "W513") == []


def test_bare_cells_are_in_the_unit_of_their_table_beside_a_total_that_a_placeholder_prints():
    facts = {"抽查": fact("抽查", 342, "户次", 医疗机构=187)}
    printed = AREAS.replace("| 合计 | 187 |", "| 合计 | {{ 事实.抽查.医疗机构 }} |").replace("| 58 |", "| 59 |")
    tables = printed, printed.replace("单位：户次\n\n", "").replace("情况\n", "情况（单位：户次）\n", 1)
    for table in tables:
        [one] = told(table, facts=facts)
        assert (one.place, one.expected) == ("一、总体情况 · 沿江 / 医疗机构 59", "58")
    [other] = told(printed.replace("单位：户次", "单位：户"), facts=facts)
    assert other.place == "一、总体情况 · 沿江 / 合计 102"  # the column has two units


def test_of_rows_of_one_name_in_many_tables_none_is_meant():
    def tables(count):
        return "\n".join(f"表后文字。\n\n{PARTS}" for _ in range(count))

    assert len(told(f"城东培训2期。\n\n{tables(2)}", "W513")) == 1
    assert told(f"城东培训2期。\n\n{tables(9)}", "W513") == []


def test_beside_a_long_table_ten_times_the_sentences_take_ten_times_the_calls():
    def calls(count):
        rows = "\n".join(f"| 单位{at} | {at}件 |" for at in range(count))
        text = "\n".join(f"单位{at}受理{at}件。" for at in range(count))
        seen = []
        made = make(2024, {}, None, f"## 一、总体情况\n\n{text}\n\n| 名称 | 受理 |\n|---|---|\n{rows}\n\n{REST}")
        narrative = compose(made)
        sys.setprofile(lambda _, event, __: seen.append(event))
        try:
            assert [*own_tables(made, narrative)] == []
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(200) < 15 * calls(20)


def test_of_a_table_with_twice_the_wrong_rows_and_columns_no_four_times_the_pairs_are_tried():
    def calls(count):
        rows = [" | ".join([f"项{at}", *["1"] * count, str(count + (10 * at + 7) * (at % 3 == 1))]) for at in range(count)]
        total = " | ".join(["合计", *(str(count + 10 * at + 9) for at in range(count)), "1"])
        lines = [f"名称 |{' 甲 |' * count} 合计", "|".join(["---"] * (count + 2)), *rows, total]
        text = "".join(f"| {line} |\n" for line in lines)
        [table] = tables(text)
        found, seen = sums(cells_of(text, table)), []
        sys.setprofile(lambda _, event, __: seen.append(event))
        try:
            assert len(doubted(found)) > count
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(40) < 3 * calls(20)


def test_a_share_that_is_not_its_rows_is_told_where_the_total_or_two_others_say_what_it_is_of():
    def found(*rows, head="占比", total="100%"):
        lines = "".join(f"| {row} |\n" for row in (*rows, f"合计 | 40 | {total}"))
        table = f"| 类 | 件数 | {head} |\n|---|---|---|\n{lines}"
        return [(one.place.partition(" · ")[2], one.expected) for one in told(table, "W516")]

    assert found("甲 | 20 | 50%", "乙 | 20 | 40%") == [("乙 / 占比 40%", "50%")]
    assert found("甲 | 20 | 50", "乙 | 15 | 37.5", "丙 | 5 | 21.5", head="占比（%）") == [("丙 / 占比（%） 21.5", "12.5%")]
    three = ("甲 | 20 | 50%", "乙 | 15 | 37.5%", "丙 | 5 | 12.5%")
    for total in ("/", "109%"):  # the latter is the sum of the shares as they stand
        assert found(*three[:2], "丙 | 5 | 21.5%", total=total) == [("丙 / 占比 21.5%", "12.5%")], total
    for total in ("90%", "99%", "99.9%", "110%"):
        assert found(*three, total=total) == [(f"合计 / 占比 {total}", "100%")], total
    right = (
        found("甲 | 13 | 33%", "乙 | 13 | 32%", "丙 | 14 | 35%"),  # rounded so that all are 100 %
        found("甲 | 20 | 70%", "乙 | 15 | 10%", "丙 | 5 | 20%"),  # of something else
        found("甲 | 20 | 50%", "乙 | 20 | 95%", head="办结率"),
        found("甲 | 20 | 50%", "乙 | 20 | 约40%"),
        found("甲 | 40 | 30%", "乙 | 0 | 0%"),
        found("甲 | 20 | 50%", "乙 | 20 | 90%", total="70%"),  # rates, of which one is a share by chance
        found("甲 | 20 | 50%", "乙 | 15 | 80%", "丙 | 5 | 12.5%", total="60%"),
        found("甲 | 20 | 50%", "乙 | 20 | 90%", total="/"),
        found("甲 | 20 | 50%", "乙 | 20 | 50%", total="50%"),
        found("甲 | 13 | 33%", "乙 | 13 | 33%", "丙 | 14 | 35%", total="101%"),
        found("甲 | 20 | 50%", "乙 | 20 | 50%", total="12%"),  # of all that the city has
        found(*three, total="62.5%"),
        found("甲 | 38 | 95%", "乙 | 2 | 5%", total="93%"),
    )
    assert [one for some in right for one in some] == []


def test_what_says_a_unit_of_a_table_is_one_for_print_and_checks():
    for said in ("（金额单位：万元）", "（数量单位：万元）", "计量单位：万元", "单位： 万元"):
        [table] = tables(f"表5 各镇收费\n\n{said}\n\n| 镇 | 收费 |\n|---|---|\n| 城东 | 1 |\n")
        assert (is_unit(said), table.above, table.unit) == (True, "表5 各镇收费", "万元")
    [one] = told(
        AREAS.replace("| 合计 |\n", "| 合计（数量单位：户次） |\n")
        .replace("单位：户次\n\n", "")
        .replace("| 102 |", "| 103 |")
    )
    assert one.place == "一、总体情况 · 沿江 / 合计(数量单位:户次) 103"


def test_a_unit_beside_the_year_is_the_tables_and_what_is_no_unit_leaves_its_figures_known():
    dated = AREAS.replace("单位：户次", "2024年　　单位：户次")
    assert dated != AREAS
    for name in (AREAS, dated, dated.replace("2024年　　单位：户次", "单位：户次  2024年")):
        [one] = told(f"表5合计340户次。\n\n{name}", "W513")
        assert one.expected == "342（表中 合计 / 合计）"
    [table] = tables("表5 各镇收费\n\n单位：万元  2023年\n\n| 镇 | 收费 |\n|---|---|\n| 城东 | 1 |\n")
    assert (table.above, table.dated, table.unit) == ("表5 各镇收费", "2023年", "万元")
    [one] = told("| 单位 | 受理（含） |\n|---|---|\n| 东城镇（本级） | 5件 |\n| 西城镇（所属） | 6件 |\n| 合计 | 12件 |")
    assert one.expected == "11"


def test_a_sentence_above_a_year_and_a_unit_is_none_of_their_words():
    rows = "| 镇 | 件数 |\n|---|---|\n| 城东 | 20 |\n| 城西 | 32 |\n| 城南 | 11 |\n| 合计 | 64 |"
    for unit in ("单位：件", "2024年　　单位：件", "（单位：件）　2024年度", "截至2024年底　单位：件"):
        [one] = told(f"全年平均办理时限有所缩短，具体情况如下：\n\n{unit}\n\n{rows}", "W511")
        assert one.expected == "63"


def test_a_table_is_known_by_its_number_with_a_blank_and_by_no_year_behind_it():
    for name, said in (("表 5　2024年抽查", "表5"), ("表5抽查", "表 5")):
        [one] = told(f"{said}合计340户次。\n\n{AREAS.replace('表5 各片区抽查结果公开情况', name)}", "W513")
        assert one.expected == "342（表中 合计 / 合计）"


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


@pytest.mark.slow
def test_what_stands_before_an_item_and_behind_a_number_is_found_in_linear_time():
    begun, size = time.process_time(), 40_000
    for said in ("（" * size, "：" * size, "沿江" * size):
        told(f"{said}沿江合计103户次。\n\n{AREAS}", "W513")
    [one] = told(f"沿江合计102户次{' ' * size}丁。沿江合计103户次。\n\n{AREAS}", "W513")
    assert one.expected == "102（表中 沿江 / 合计）"
    assert time.process_time() - begun < 9  # it takes one
