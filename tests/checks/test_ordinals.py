"""The numbers of sub-headings and items: whichever is skipped, stands twice or first without being 1 is told at its line."""

from dataclasses import replace

import pytest

from making import BODY, REST, findings, make
from nianbao.wording import NUMERALS


def told(text, year=2024):
    """The numbers that are told in a chapter, with what stands there and what belongs there."""
    narrative = f"## 一、总体情况\n\n{text}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n{REST}"
    return [
        (one.place.partition(" · ")[2], one.found.strip("“”"), one.expected)
        for one in findings(make(year, narrative=narrative), "W245")
    ]


def paragraphs(*lines):
    return "\n\n".join(lines)


def counted(mark, numbers, between="文字。"):
    return paragraphs(*(f"{mark.format(one)}\n\n{between}" for one in numbers))


@pytest.mark.parametrize(
    ("mark", "numbers", "wrong", "wanted"),
    [
        ("### （{}）主动公开", "一二四", "（四）", "（三）"),
        ("### （{}）主动公开", "一二二三", "（二）", "（三）"),
        ("### （{}）主动公开", "一一二", "（一）", "（二）"),
        ("### （{}）主动公开", "一二一", "（一）", "（三）"),
        ("### （{}）主动公开", "一三二", "（三）", "（二）"),
        ("### （{}）主动公开", "二三", "（二）", "（一）"),
        ("**（{}）主动公开。**加强公开。", "一二四", "（四）", "（三）"),
        ("**({})主动公开。**加强公开。", "一二四", "(四)", "(三)"),
        ("（{}）主动公开。加强公开。", "一二四", "（四）", "（三）"),
        ("（{}）主动公开。加强公开。", "二三四", "（二）", "（一）"),
        ("{}、主动公开。加强公开。", "134", "3、", "2、"),
        ("{}．主动公开。加强公开。", "124", "4．", "3．"),
        ("{}.主动公开。加强公开。", "122", "2.", "3."),
        ("{}.2024年主动公开。", "124", "4.", "3."),
        ("（{}）主动公开。", "13", "（3）", "（2）"),
        ("（{}）主动公开。", "１３", "（３）", "（2）"),
        ("{}）主动公开。", "13", "3）", "2）"),
        ("{}主动公开。", "①②④", "④", "③"),
        ("第{}，主动公开。", "一二四", "第四，", "第三，"),
        ("{}、主动公开。加强公开。", "甲一二四", "四、", "三、"),
    ],
)
def test_a_number_that_does_not_count_on_is_told(mark, numbers, wrong, wanted):
    [(place, _, expected)] = told(counted(mark, numbers))
    assert (wrong, wanted) == (place, expected.split("、")[-1] if "、" not in wrong else expected[-len(wanted) :])


def test_it_is_told_at_its_line_with_those_before_it():
    text = paragraphs("（一）甲。", "（二）乙。", "（四）丁。")
    [one] = findings(make(narrative=BODY.replace("工作有序开展。", text)), "W245")
    assert ("一、总体情况 · （四）", 7) == (one.place, one.source.line)
    assert ("“（一）、（二）、（四）”", "（二）、（三）") == (one.found, one.expected)


@pytest.mark.parametrize(
    "text",
    [
        "主要做法：（1）加强学习；（2）规范流程；（4）强化监督。",
        "主要做法：1.加强学习；2.规范流程；4.强化监督。",
        "主要做法：①加强学习；②规范流程；②强化监督。",
        "（一）甲。主要做法：1.加强学习。3.规范流程。",
        "（一）甲。\n（二）乙。\n（四）丁。",
        "（1）甲；（2）乙；（4）丁。",
        "1.甲；2.乙；\n\n4.丁。",
        "（一）甲。1.子；3.丑。",
        "（一）甲。\n\n1.子。\n\n2.丑。\n\n4.卯。\n\n（二）乙。\n\n1.子。",
        "（一）甲。\n\n1.子。\n\n2.丑。\n\n（三）丙。\n\n1.子。\n\n2.丑。",
        "### （一）甲\n\n文。\n\n### （一）乙\n\n1.子。\n\n2.丑。\n\n### （二）丙\n\n文。",
        "**（一）甲。**文。\n\n（二）乙。文。\n\n**（四）丁。**文。",
        "按照《条例》的要求，重点做好以下工作：\n\n（一）甲。\n\n（二）乙。\n\n（四）丁。",
        "制定“（一）（二）”两类目录。\n\n（一）甲。\n\n（三）丙。",
        "（一）公开。\n\n（三）条块联动。",
    ],
)
def test_each_level_counts_by_itself_also_inside_a_paragraph(text):
    assert 1 == len(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "### （一）甲\n\n1.子。\n\n2.丑。\n\n### （二）乙\n\n1.子。\n\n2.丑。\n\n### （三）丙\n\n文。",
        "### （一）甲\n\n1.子。\n\n2.丑。\n\n### （二）乙\n\n3.寅。\n\n4.卯。",
        "### 1、甲\n\n1、子。\n\n2、丑。\n\n### 2、乙\n\n1、子。\n\n2、丑。",
        "**（一）甲。**文。\n\n（二）乙。文。\n\n**（三）丙。**文。",
        "1.甲。\n\n2、乙。\n\n3．丙。",
        "1.甲。\n\n2. 乙。\n\n3.丙。",
        "1. 甲\n2. 乙\n\n文字。\n\n1. 丙",
        "- 甲\n- 乙\n\n1. 甲\n1. 乙",
        "一是（1）甲；（2）乙。二是（1）丙；（2）丁。",
        "主要做法：1.加强学习；2.规范流程。\n\n不足之处：1.力量薄弱；2.经费不足。",
        "存在以下问题：\n\n（一）力量薄弱。\n\n下一步改进：\n\n（一）充实人员。\n\n（二）加强培训。",
        "### 问题\n\n（一）力量薄弱。\n\n### 改进\n\n（一）充实人员。\n\n（二）加强培训。",
        "主要做法：（一）甲；（二）乙。\n\n（三）丙。",
        "根据《条例》第二十条，公开下列信息：（一）行政法规；（三）发展规划；（七）财政预算。",
        "根据《条例》第二十条，公开下列信息：\n\n（一）行政法规；\n\n（三）发展规划；\n\n（七）财政预算。",
        "《条例》规定：“（一）行政法规；（三）发展规划。”",
        "《条例》规定：“主动公开：\n\n（一）行政法规；\n\n（三）发展规划。”",
        "> （一）行政法规；\n>\n> （三）发展规划。",
        "对照（三）项要求整改。\n\n（三）项已经落实。",
        "（一）至（三）项已经落实。",
        "（一）予以公开5件。\n\n（三）不予公开2件。\n\n（六）其他处理1件。",
        "办理结果：（一）予以公开5件；（三）不予公开2件。",
        "一、二季度公开10条。\n\n三、四季度公开12条。",
        "3.5万人次访问网站。\n\n1.5万人次访问客户端。",
        "12.4国家宪法日宣传1次。\n\n3.15宣传1次。",
        "1月公开3条。\n\n3月公开5条。",
        "办公时间：上午8：30、下午2：30，周一至周五。",
        "1.办公时间：8：30、14：30；2.联系电话。",
        "|序号|名称|\n|---|---|\n|1、|甲|\n|3、|乙|",
        "①数据来自市局。\n\n文字。\n\n①数据来自统计部门。\n\n文字。",
        "（二）是重点。",
        "（1）甲；（2）乙；\n\n（3）丙。",
        "主要做法：（1）甲，（2）乙；（3）丙。",
        "全省排名第一，全市第三。\n\n第三，继续努力。",
        "（一）主动公开。\n\n（二）目录管理。\n\n（三）平台建设。",
        "### （一）条例学习宣传\n\n文。\n\n### （二）主动公开\n\n文。",
        "主要问题：（1）意识不强；（2）目录更新不及时；（3）渠道单一。",
        "1.加强公开；2.2024年新增专区；3.强化保障。",
        "主要做法：1.加强公开；2.12345热线整合；3.强化保障。",
        "①网站；②2个微信号；③1个微博号；④报纸。",
        "（1）网站；（2）2个微信号；（3）1个微博号；（4）报纸。",
        "主要做法：（1）投入2.5万元；（2）培训3.5小时；（3）宣传。",
    ],
)
def test_what_counts_on_or_counts_no_items_is_not_told(text):
    assert [] == told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("".join(f"{chr(0x2460 + one)}甲；" for one in [*range(20), 19]), "⑳、21"),
        (counted("（{}）甲。", [*NUMERALS[:20], "二十"]), "（二十）、（21）"),
        (counted("{}.甲。", [*range(1, 100), 99]), "99.、100."),
    ],
)
def test_the_number_behind_the_last_that_a_way_to_count_knows_is_said_in_figures(text, expected):
    assert [expected] == [one for *_, one in told(text)][:1]


def test_a_count_that_goes_on_in_the_next_chapter_is_no_slip():
    narrative = BODY.replace("工作有序开展。", "### 1.甲\n\n文。\n\n### 2.乙\n\n文。").replace(
        "逐项改进。", "### 3.丙\n\n文。"
    )
    assert [] == findings(make(narrative=narrative), "W245")


def test_a_cause_in_the_tables_comes_before_a_slip_of_form():
    narrative = BODY.replace("工作有序开展。", "（二）甲。文字。\n\n（三）乙。文字。")
    cell = ("行政处罚", "本年处理决定数量")
    years = [make(year, {"表二": {cell: value}}) for year, value in ((2023, 18540), (2024, 185400))]
    made = replace(years[1], narrative=narrative, previous=years[0])
    assert ["W212", "W245"] == [one.code for one in findings(made) if one.code in {"W212", "W245"}]
