"""A word twice beside a printed value, a change with a sign, a signature at the end of the text: each named at its line."""

import pytest

from cases import each
from making import BODY, REST, fact, findings, make
from nianbao.checks.repeats import short_words, twice
from nianbao.checks.slips import meant_by, misused_words, words_of
from nianbao.checks.wordings import wordings

FACTS = {
    "访问量": fact("访问量", "41.6", "万人次"),
    "培训": fact("培训", 2, "场"),
    "项目": fact("项目", 2, "项"),
    "商户": fact("商户", 3, "个"),
    "条例": fact("条例", 5, "条"),
}
PAST = {"访问量": fact("访问量", "38", "万人次")}


def made(text):
    narrative = f"## 一、总体情况\n\n工作有序开展。\n\n{text}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n{REST}"
    values = {"表三": {("一", "总计"): 10, ("一", "自然人"): 2}}
    return make(2024, values, make(2023, facts=PAST), narrative, facts=FACTS)


@each(
    ("text", "twice"),
    [
        ("网站访问量{{ 事实.访问量 }}万人次。", "万人次"),
        ("网站访问量{{ 事实.访问量 }}人次。", "人次"),
        ("培训{{ 事实.培训 }}场。", "场"),
        ("培训**{{ 事实.培训 }}** 场。", "场"),
        ('自然人占{{ 表三["一"]["自然人"]|占比(表三["一"]["总计"]) }}%。', "%"),
        ('自然人占{{ 表三["一"]["自然人"]|占比(表三["一"]["总计"]) }}％。', "%"),
        ("访问量同比{{ 事实.访问量|同比(上年.事实.访问量) }}。", "同比"),
        ("访问量同比增长{{ 事实.访问量|同比(上年.事实.访问量) }}。", "同比增长"),
        ("访问量增长{{ 事实.访问量|同比(上年.事实.访问量) }}。", "增长"),
    ],
)
def test_what_a_placeholder_prints_and_the_text_repeats_is_a_warning_with_its_line(text, twice):
    [one] = findings(made(text), "W219")
    assert (f"一、总体情况 · {twice}", 5) == (one.place, one.source.line)
    assert f"删去占位符旁边的“{twice}”" == one.action


def test_a_unit_that_stands_twice_is_quoted_as_it_is_printed_and_from_its_own_line():
    report = made("举办**座谈** 2次。\n\n培训{{ 事实.培训 }}场。\n\n**（二）依申请公开。**")
    [one] = findings(report, "W219")
    assert "“培训2场场。”" == one.found.partition("：")[0]


@each(
    "text",
    [
        "网站访问量{{ 事实.访问量 }}，培训{{ 事实.培训 }}。",
        "推进{{ 事实.项目 }}项目，服务{{ 事实.商户 }}个体工商户，宣传{{ 事实.条例 }}条例。",
        "访问量{{ 事实.访问量|同比(上年.事实.访问量) }}，同比持平的没有。",
        '自然人占{{ 表三["一"]["自然人"]|占比(表三["一"]["总计"]) }}，比上年多1个百分点。',
    ],
)
def test_a_word_that_only_begins_like_the_unit_is_no_repetition(text):
    assert [] == findings(made(text), "W219")


@each(
    ("text", "shown"),
    [
        ("访问量同比增长-9.5%。", "增长-9.5%"),
        ("访问量比上年下降了－9.5％。", "下降了－9.5％"),
        ("访问量同比增长**-9.5%**。", "增长-9.5%"),
        ("访问量同比增长9.5%。", ""),
        ("访问量增长率为-9.5%。", ""),
        ("访问量增长5%-10%。", ""),
    ],
)
def test_a_change_with_a_minus_sign_is_a_warning_with_its_line(text, shown):
    assert [(f"一、总体情况 · {shown}", 5)] * bool(shown) == [
        (one.place, one.source.line) for one in findings(made(text), "W220")
    ]


def own(text):
    return make(narrative=BODY.replace("逐项改进。", text))


@each("text", ["发布信息1866条条。", "收费20元元，", "占64%%。", "占64%%以上。", "发布信息**1866条**条。"])
def test_a_unit_that_stands_twice_is_a_warning(text):
    [one] = findings(own(text), "W219")
    assert one.source.line == 7


@each(
    "text",
    [
        "全年公开信息1866.5条。",
        "满意度达到104%。",
        "办结率为100.5%。",
        "人均5条;公开信息1866.5条。",
        "人均5条,公开1866.5条。",
        "申请６ ６件。",
        "公开**1866.5**条。",
        "满意度**104**%。",
        "按时完成率为105%。",
    ],
)
def test_a_number_that_cannot_be_is_a_warning(text):
    [one] = findings(own(text), "W222")
    assert one.source.line == 7


@each(
    "text",
    [
        "平均每月收到2.5件。",
        "人均办理1.5件。",
        "阅读量12.6万次。",
        "满意度96.4%。",
        "办结率提高104%。",
        "5件件件有回音。",
        "全年1.2万条。",
        "全年任务完成率为105%。",
        "收入完成率达102.5%。",
    ],
)
def test_a_mean_or_a_rise_may_be_so(text):
    assert [] == findings(own(text), "W222") + findings(own(text), "W219")


TWICE = {
    "专栏按月公布按月公布开放时间。": "按月公布", "按月公布开放时间。。": "。", "公开信息，，共5条。": "，",
    "一是公开，二是解读；。": "；", "政务公开政务公开标准化。": "政务公开",
    "加强政府信息公开工作队伍建设加强政府信息公开工作队伍建设。": "加强政府信息公开工作队伍建设",
    "全年公开信息120条全年公开信息120条。": "全年公开信息120条", "专栏**按月公布**按月公布开放时间。": "按月公布",
    "**按月公布**按月公布。": "按月公布", "全年公开{{ 事实.条例 }}全年公开{{ 事实.条例 }}。": "全年公开5条",
    "及时更新栏目。及时更新栏目。及时更新栏目。": "及时更新栏目。", "按月公布**。**。": "。",
    "落实责任，按月公布开放时间并接受监督，" * 2 + "公开。": "落实责任，按月公布开放时间并接受监督，",
    "健全工作机制，健全工作机制。": "健全工作机制，", "加强领导、落实责任，加强领导、落实责任。": "加强领导、落实责任，",
    "推进政府预算公开、部门预算公开、部门预算公开、决算公开。": "部门预算公开、",
    "修订《信息公开制度》《信息公开制度》。": "《信息公开制度》", "拨打12345政务热线政务热线。": "政务热线",
    "根据条例，我局我局认真办理。": "我局", "完善监督保障保障机制。": "保障", "属于四类过程性性信息的1件。": "性",
    "公开120条。 。": "。", "作出行政行政许可决定5件。": "行政", "拨打的的电话。": "的",
    "“示例发布”公众号公众号发布5条。": "公众号", "已公布的的信息。": "的", "做好公开工作工作工作。": "工作",
}  # fmt: skip
ONCE = [
    "研究研究再公开公开。", "一件一件办，一项一项核。", "（见附件）。", "“应公开尽公开”。", "稳步推进、逐步推进、有序推进。",
    "问：能否公开？答：能。……", "培训{{ 事实.培训 }}，{{ 事实.项目 }}。", "**政策解读**政策解读材料发布2篇。",
    "见[关于。、的通知](a.html)和`。、`栏目。", "维持0件，维持0件，纠正1件。",
    "| 政务公开 | 政务公开 |\n|---|---|\n| 5条、 | 15条 |",
    "[政务公开](a.html)[政务公开](b.html)栏目。", "编号12341234、100100100100。", "为1件11件11件1。",
    "占比为20.5%、30.5%；示例市政府、示例市政府办公室。",
    "推进政府预算公开、部门预算公开、部门决算公开。", "编制主动公开目录、依申请公开目录、依申请公开指南。",
    "修订《政府信息公开制度》《信息发布审核制度》《信息发布审核制度实施细则》。",
    "见“首页-政府信息公开-政府信息公开年报”。", "见首页—政务公开—政务公开年报。", "见首页→政府信息公开→政府信息公开指南。",
    "设有“政务公开/政府信息公开/政府信息公开年报”“首页>政务公开>政务公开”栏目。", "“首页-政务公开”、“首页-政务公开-年报”。",
    "统计2022年新收申请、2023年新收申请、2023年办结申请。",
    "访问网站1万次、公众号访问量1万次、公众号关注1万人。", "推广“网上+网下”、“线上+线下”、“线上+线下+上门”。",
    "组织业务培训，县级业务培训，县级业务骨干跟班学习。", "（一）加强政策解读。加强政策解读，发布2篇。",
    "组织学习《条例》《条例》释义，执行“三审三校”“三审三校”制度。",
    "加强保障保障性住房和信息信息化建设。", "请做好工作工作人员到场，管理管理员账号。",
    "达到公开的目的的确不易，因个性性格各异。", "群众反映的的士拒载问题成为众矢之的的问题。", "打的的费用标准已经公开。",
    "公开示例市政府政府网站和本部门部门预算。", "**工作机制**机制健全。", "受理申请申请人要求更正的1件。",
]  # fmt: skip


@pytest.mark.slow
def test_words_and_stops_that_stand_twice_running_are_told():
    found = {text: [one.place.partition(" · ")[2] for one in findings(made(text), "W239")] for text in (*TWICE, *ONCE)}
    assert found == {text: [TWICE[text]] if text in TWICE else [] for text in found}


def test_what_is_to_be_taken_out_leaves_whole_sentences():
    actions = [
        findings(made(text), "W239")[0].action for text in ("公开，健全工作机制，健全工作机制。", "健全工作机制。" * 2)
    ]
    assert actions == ["删去多写的“，健全工作机制”", "删去多写的“健全工作机制。”"]


def test_a_long_text_that_stands_twice_shows_that_it_does():
    text = "工作有序开展，并按月公布办理结果和开放时间，接受公众监督和评议，听取各方面的意见和建议。"
    [one] = findings(made(text * 3), "W239")
    assert (f"“{text[:40]}…”接连写了3遍", f"{text[:40]}…") == (one.found, one.expected)


MISUSED = {
    "截止2024年12月31日，公开信息120条。": "截至", "全年公开120条；截止目前，已办结。": "截至",
    "把公开工作做为重点。": "作为",
    "召开会议布署工作。": "部署", "公众可登陆示例市政府网站查阅。": "登录", "及时反应群众诉求。": "反映",
    "公开纳税人权力和义务。": "权利和义务",
}  # fmt: skip
USED = [
    "截至2024年12月31日，截止到年底，报名截止2024年5月1日。", "截止日期为5月1日，于5月1日截止。", "作为重点，有所做为。",
    "台风登陆我市期间通过网站发布。", "公众反应良好，化学反应企业5家。", "明确行政机关的权力和义务。",
    "全体动员，统一部署。", "在《示例日报》发布署名文章12篇。", "主要负责人公布署名解读稿3篇。", "争做为民服务孺子牛。",
    "坚持以人民为中心，争做为民办实事的先锋。", "意见征集自2024年12月1日开始，截止12月31日。", "（截止12月31日17时）",
    "产品登陆海外平台。", "登陆央视新闻客户端平台。", "报名截止2024年5月1日。",
]  # fmt: skip


def test_a_word_that_is_written_for_another_is_told_with_its_line():
    found = {text: [(one.expected, one.source.line) for one in findings(own(text), "W246")] for text in (*MISUSED, *USED)}
    assert found == {text: [(MISUSED[text], 7)] if text in MISUSED else [] for text in found}


def test_each_word_of_the_list_of_slips_takes_its_example_and_leaves_the_other():
    data = wordings("slips")
    found = [(one, misused_words().search(one["takes"])) for one in data["misused"]]
    wrong = [one for one, at in found if not (at and meant_by(at, data["misused"]) == one["meant"])]
    wrong += [one for one in data["misused"] if misused_words().search(one["leaves"])]
    wrong += [one for one in data["twice"] if not short_words().search(one["takes"]) or short_words().search(one["leaves"])]
    assert wrong == []


def test_a_number_of_the_report_of_another_year_than_its_date_is_told():
    def places(number):
        report = make(2024, number=number)
        return [(one.place, one.expected) for one in findings(report, "W235")]

    assert [places(one) for one in ("示测发〔2025〕6号", "示测发[2025]6号", "第6号", None)] == [[], [], [], []]
    assert places("示测发〔2024〕6号") == [("文号", "〔2025〕")] == places("示测发[2024]6号") == places("示测发﹝2024﹞6号")


def test_two_words_of_the_list_may_mean_one_and_a_meaning_may_be_two_words():
    entries = [
        {"meant": "截至", "words": "截(?:只|致)"},
        {"meant": "截至", "words": "(截)止目前"},
        {"meant": "按期、按时", "words": "安[期时]"},
    ]
    found = [words_of(entries).search(text) for text in ("截致年底", "截止目前", "安时办结", "截至年底")]
    assert ["截至", "截至", "按期、按时", None] == [at and meant_by(at, entries) for at in found]


def test_a_word_of_the_list_that_stands_twice_may_hold_groups_and_counts():
    pattern = twice(
        [{"words": "(公众)号"}, {"words": "[一二]{1,2}"}, {"words": "{ours}"}, {"words": "工作", "unless": "[者]"}]
    )
    found = [pattern.search(text) for text in ("公众号公众号", "一二一二", "我局我局", "工作工作", "工作工作者")]
    assert [True, True, True, True, False] == [at is not None for at in found]
