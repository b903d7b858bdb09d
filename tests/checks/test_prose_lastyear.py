"""Which numbers are last year's: those whose clause has 上年 as its time, not those of a clause that only mentions it.

Of 2024, with 130 received, 128 concluded and 6 carried out, after 100, 96 and 4 in 2023.
"""

import pytest

from cases import each
from making import fact, make
from prosing import report, said

FACTS = {
    name: fact(name, value, unit)
    for name, value, unit in (("主动公开信息", "1586", "条"), ("政策解读", "10", "篇"), ("业务培训", "5", "场"))
}
# What only mentions last year, without a number of it.
MENTIONS = [
    "针对上年度存在的答复不够规范的问题，我局优化办理流程，",
    "延续上年做法，",
    "在上年的基础上，我局完善机制，",
    "在上年基础上，",
    "受上年政策影响，",
    "对照上年问题清单整改到位，",
    "对照上年问题清单整改到位；",
    "我局结合去年工作实际，制定工作方案，",
    "认真整改上年度报告中指出的问题，",
    "依据2023年印发的《办理规范》，",
    "自2023年起实行双人审核，",
    "2023年起实行双人审核，",
    "我局巩固2023年专项整治成果，",
    "根据2023年机构改革方案，",
    "总结上年经验，",
    "承接上年工作安排，",
    "上年整改任务全部完成，",
    "上年度存在的问题均已整改，",
    "上年反馈的问题全部整改，",
    "上年报告提出的改进措施已经落实，",
    "吸取去年的教训，",
    "2023年印发的办理规范继续执行，",
    "认真落实上年整改要求，依法依规",
    "借鉴上年工作经验，",
    "由于上年基数较低，",
    "公众关注度高于上年，",
    "比照上年流程，",
    "2023年制定的办法施行后，",
    "衔接上年各项工作，",
    "围绕2023年考核反馈的短板，",
    "我局在去年改版门户网站的基础上，",
    "按照2023年修订的工作制度，",
    "受理渠道与上年一致，",
    "超过上年，",
    "上年年报发布后，",
]
TOLD = ["收到申请{}件，办结{}件", "新收政府信息公开申请{}件；办结{}件"]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("told", TOLD)
def test_what_only_mentions_last_year_leaves_the_numbers_this_years(told):
    true = [f"{one}{told.format(130, 128)}。" for one in MENTIONS]
    assert [] == [f"{text} {one.found}" for text in true for one in said(report("three", text))]
    wrong = [f"{one}{told.format(100, 96)}。" for one in MENTIONS]
    assert [] == [text for text in wrong if len([one for one in said(report("three", text)) if one.code[1:] == "501"]) != 2]


@each("mention", ["延续上年做法", "依据2023年印发的《办理规范》", "对照去年的问题清单"])
def test_so_it_does_in_the_clause_of_the_number_itself(mention):
    assert [] == said(report("three", f"{mention}收到申请130件，办结128件。"))
    assert ["E501", "W501"] == [one.code for one in said(report("three", f"{mention}收到申请100件，办结96件。"))]


# This year's numbers beside last year's, in brackets or compared, clause by clause.
BESIDE = [
    ("新收申请130件（上年100件）；办结128件（上年96件）。", "128", "127"),
    ("新收申请130件（上年100件）；办结128件（上年96件）。", "上年96", "上年95"),
    ("新收申请130件（上年100件），办结128件（上年96件）。", "128", "96"),
    ("新收申请130件，是上年的1.3倍；办结128件，是上年的1.33倍。", "128", "96"),
    ("新收申请130件，是上年的1.3倍，办结128件。", "128", "96"),
    ("新收申请130件，为上年的130%；办结128件。", "128", "96"),
    ("新收申请130件，是上年的1.3倍；其中自然人120件。", "120", "110"),
    ("新收申请130件，同比上升30%（2023年100件）；办结128件（2023年96件），同比上升33.3%。", "128", "96"),
    ("新收申请130件，同比上升30%（2023年100件）；办结128件（2023年96件），同比上升33.3%。", "33.3", "38.3"),
    ("新收申请130件，上年为100件；办结128件，上年为96件。", "128", "96"),
    ("新收申请130件，上年为100件；办结128件，上年为96件。", "96", "95"),
    ("新收申请130件，上年为100件，办结128件，上年为96件。", "128", "96"),
    ("申请量由上年的100件增至130件；办结128件。", "128", "96"),
    ("申请量由上年的100件增至130件，办结128件。", "128", "96"),
    ("新收申请130件，上年收到100件；办结128件。", "128", "96"),
    ("新收申请130件（上年收到100件、办结96件），办结128件。", "办结128", "办结96"),
    ("新收申请130件，超过上年的100件；办结128件。", "128", "96"),
    ("新收申请130件、上年100件；办结128件、上年96件。", "128", "96"),
    ("新收申请130件，高于去年，办结128件。", "128", "96"),
]


@each(("text", "right", "wrong"), BESIDE)
def test_a_number_beside_last_years_is_this_years(text, right, wrong):
    assert [] == [str(one) for one in said(report("three", text))]
    assert next(one.code for one in said(report("three", text.replace(right, wrong)))) in {"E501", "E502"}


def test_a_case_beside_last_years_is_this_years():
    true = [
        "行政复议9件，是上年的3倍；行政诉讼5件。",
        "行政复议9件，上年为3件；行政诉讼5件。",
        "总结上年败诉原因，行政复议9件，行政诉讼5件。",
    ]
    assert [] == [str(one) for text in true for one in said(report("four", text))]
    wrong = [text.replace("诉讼5件", "诉讼0件") for text in true]
    assert [["E501"], ["E501"], ["W501"]] == [[one.code for one in said(report("four", text))] for text in wrong]


def test_a_fact_beside_last_years_is_this_years():
    last = {"facts": {"主动公开信息": fact("主动公开信息", "1397", "条"), "政策解读": fact("政策解读", "11", "篇")}}
    text = "发布政策解读10篇（上年11篇）；主动公开信息1586条（上年1397条）。"
    before = make(2023, {}, **last)
    assert [] == [str(one) for one in said(report("two", text, last=before, facts=FACTS))]
    wrong = text.replace("1586条", "1397条")
    assert ["E501"] == [one.code for one in said(report("two", wrong, last=before, facts=FACTS))]


# Clauses of last year that count and go on.
OF_LAST = [
    "去年新收申请100件，办结96件，结转4件。",
    "2023年，我局新收申请100件，办结96件。",
    "2023年，我局新收申请100件；办结96件；结转4件。",
    "2023年我局深入贯彻条例，新收申请100件，办结96件。",
    "我局2023年新收申请100件，办结96件。",
    "上年度，全局认真履职，新收申请100件，办结96件。",
    "回顾2023年，新收申请100件，办结96件。",
    "上年共收到申请100件，经认真研究，办结96件；今年收到申请130件，办结128件。",
    "今年收到申请130件，办结128件；上年收到申请100件，办结96件。",
    "收到申请130件（上年收到100件，办结96件）。",
    "上年新收申请100件、办结96件，本年新收130件、办结128件。",
    "上年申请量为100件，今年130件。",
    "对上年收到的100件申请逐一回访，本年办结128件。",
]
# Other things of last year beside this year's numbers.
OTHERS = [
    "上年12项问题整改到位，收到申请130件；办结128件。",
    "去年培训了3名承办人，收到申请130件；办结128件。",
    "去年我局的做法得到推广，收到申请130件；办结128件。",
    "去年12月收到的2件申请已办结，今年收到申请130件。",
    "2023年底前受理的申请已全部办结，本年办结128件。",
    "2022年新收80件，2023年新收100件，2024年新收130件，办结128件。",
    "新收申请130件（2023年：100件），办结128件（2023年：96件）。",
    "2023年投入使用的依申请公开系统运行平稳，收到申请130件；办结128件。",
    "2023年，我局建成政务公开专区；2024年，收到申请130件；办结128件。",
    "加上去年结转的4件，共办结128件；结转下年6件。",
    "上年度未收到申请，办结128件。",
    "2023年收到的申请100件均已办结，新收申请130件，办结128件。",
    "新收申请130件，上年度（2023年）为100件；办结128件。",
    "在上年收到100件的基础上增长30%，收到130件；办结128件。",
    "新收申请130件，而去年仅为100件，增长30%，办结128件。",
    "政府信息公开申请2023年100件、2024年130件，办结128件。",
    "新收申请130件，上年100件，同比增长30%；办结128件，上年96件，同比增长33.3%；结转6件，上年4件。",
    "上年同期为100件，今年130件；今年办结128件，上年96件。",
]


@each("text", OTHERS)
def test_other_things_of_last_year_leave_this_years_numbers_alone(text):
    assert [] == [str(one) for one in said(report("three", text))]


@each("text", OF_LAST)
def test_a_clause_of_last_year_that_counts_goes_on(text):
    assert [] == [str(one) for one in said(report("three", text))]
    wrong = text.replace("办结96件", "办结95件") if "96" in text else text.replace("100件", "101件")
    assert [] != said(report("three", wrong))


def test_where_the_words_leave_the_year_open_both_are_right():
    assert [] == [
        str(one)
        for done in (96, 128)
        for text in (f"上年收到申请100件；办结{done}件。", f"新收申请130件，上年收到申请100件，办结{done}件。")
        for one in said(report("three", text))
    ]
    assert ["W501"] == [one.code for one in said(report("three", "上年收到申请100件；办结97件。"))]


def test_last_year_named_far_before_a_number_is_not_its_year():
    (finding,) = said(report("three", f"去年{'认真' * 130}收到申请140件。"))
    assert "上年" not in finding.expected
