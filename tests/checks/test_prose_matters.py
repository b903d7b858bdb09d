# ruff: noqa: E501
"""What is taken in, closed, carried over and compared is of many matters: only applications are asked of 表三."""

import pytest

from prosing import VALUES, report, said

LAST = {
    "表三": {("一", "总计"): 100, ("三（七）", "总计"): 96, ("四", "总计"): 4},
    "表四": {("行政复议", "总计"): 8},
    "表二": {
        ("行政规范性文件", "现行有效件数"): 24, ("行政许可", "本年处理决定数量"): 1450, ("行政处罚", "本年处理决定数量"): 41,
        ("行政事业性收费", "本年收费金额（单位：万元）"): 8,
    },
}  # fmt: skip
# Of other matters, in the chapter on all of the work.
OF_OTHERS = [
    "行政处罚立案50件，作出处罚决定44件，结转4件。",
    "全年行政处罚立案50件，结转下年4件。",
    "行政许可受理1530件，办结1513件，结转17件。",
    "行政许可受理1530件，办结1513件，不予受理3件，不予处理2件。",
    "行政许可受理1530件、办结1513件，结转下年17件。",
    "行政许可办结1513件、结转下年17件。",
    "行政处罚44件；结转下年2件。",
    "行政处罚44件。结转下年2件。",
    "行政处罚立案50件。作出决定44件。结转下年度继续办理2件。",
    "行政处罚案件50件，其中44件已办结，2件结转下年。",
    "行政处罚上年结转3件，本年立案45件。",
    "上年结转行政许可3件，办结1513件，结转5件。",
    "行政处罚案件年末无结转。",
    "行政强制立案3件，结转下年1件。",
    "行政处罚44件，结转下年度继续办理的行政处罚2件。",
    "年末未办结行政许可5件。",
    "正在办理的行政处罚2件。",
    "农资案件立案45件，办结41件，结转下年4件。",
    "林业行政案件立案45件，结案41件，结转4件。",
    "土地权属纠纷受理12件，办结9件，结转3件。",
    "木材运输证核发120件，答复群众14件，结转下年4件。",
    "全年受理林权登记120件，办结116件，结转下年4件。",
    "全年审批林木采伐120件，公开116件，不予公开4件。",
    "林地占用审批受理12件、办结9件，结转下年3件。",
    "林地占用审批受理12件。办结9件，结转下年3件。",
    "执法监督案卷120件，结转4件。",
    "许可申请受理1530件，其中1513件办结，17件结转。",
    "受理森林公安移交案件12起，办结9起，结转3起。",
    "新收民事案件12件，办结9件，结转3件。",
    "劳动仲裁立案120件，结案110件，结转10件。",
    "项目审批方面，受理12件，办结9件，结转3件。",
    "全年受理工伤认定150件，作出决定140件，正在办理10件。",
    "本年受理商标异议12件，不予受理3件，结转下年1件。",
    "政协委员提案承办12件，均已答复，结转3件。",
    "督查事项立项23件，办结20件，结转下年3件。",
    "线索核查23件，了结20件，结转下年3件。",
    "环评文件受理23件，批复20件，不予批准1件，结转2件。",
    "信访件受理23件，办结20件，结转下年3件。",
    "12345工单受理230件，办结228件，结转下年2件。",
    "行政执法案件上年结转3件、本年立案42件、办结41件、结转下年4件。",
    "收到政府信息公开申请130件。土地权属纠纷受理12件，办结9件，结转3件。",
    "收到政府信息公开申请130件；土地权属纠纷受理12件，办结9件，结转3件。",
    "收到政府信息公开申请130件，土地权属纠纷受理12件，办结9件，结转3件。",
]
# Of applications, whatever stands around them.
OF_APPLICATIONS = [
    ("one", "全年收到政府信息公开申请130件，办结128件，结转下年9件。", "E501"),
    ("one", "依申请公开方面，办结128件，结转下年9件。", "E501"),
    ("one", "行政许可1513件。\n\n结转下年度继续办理9件。", "W501"),
    ("one", "行政处罚44件。依申请公开：结转下年9件。", "E501"),
    ("one", "行政处罚立案50件，结转4件；政府信息公开申请130件，结转9件。", "E501"),
    ("one", "全年主动公开规范性文件5件，收到政府信息公开申请130件，结转下年9件。", "E501"),
    ("one", "收到政府信息公开申请130件。全年办结99件。", "E501"),
    ("one", "收到政府信息公开申请130件，网上受理12件，办结99件。", "E501"),
    ("one", "全年政务服务中心窗口收到政府信息公开申请130件，办结99件。", "E501"),
    ("one", "办公室受理申请130件，办结99件。", "W501"),
    ("one", "收到申请130件，其中市信访局转来3件，结转9件。", "W501"),
    ("one", "全年公开信息12条，收到申请130件，办结99件。", "W501"),
    ("one", "全年共办结99件。", "W501"),
    ("three", "新收130件，结转9件。", "E501"),
    ("three", "收到涉及征地的申请3件，办结99件。", "E501"),
]


@pytest.mark.parametrize("text", OF_OTHERS)
def test_what_is_carried_over_or_closed_of_another_matter_is_not_asked_of_applications(text):
    assert [] == [str(one) for one in said(report("one", text))]


@pytest.mark.parametrize("where", ["two", "three", "five", "six"])
def test_this_holds_in_every_chapter(where):
    text = "行政处罚立案50件，作出处罚决定44件，结转4件。行政许可受理1530件，办结1513件，结转17件。"
    assert [] == [str(one) for one in said(report(where, text))]


@pytest.mark.parametrize(("where", "text", "code"), OF_APPLICATIONS)
def test_a_wrong_number_of_applications_beside_other_matters_is_found(where, text, code):
    assert code in [one.code for one in said(report(where, text))]


# Nearly as last year: within a tenth, or one more or less.
NEARLY = [
    ("two", "收取行政事业性收费8万余元，与上年基本持平。"),
    ("two", "行政处罚44件，与上年基本持平。"),
    ("two", "作出行政处罚决定44件，与上年大体相当。"),
    ("two", "作出行政处罚决定44件，数量与去年大致相当。"),
    ("two", "作出行政处罚决定44件，与上年相差不大。"),
    ("two", "作出行政处罚决定44件，与上年相近。"),
    ("two", "作出行政处罚决定44件，与上年没有明显变化。"),
    ("two", "作出行政处罚决定44件，同比基本持平。"),
    ("two", "作出行政处罚决定44件，与2023年的41件基本持平。"),
    ("two", "作出行政处罚决定44件，比上年略有增加。"),
    ("two", "作出行政处罚决定44件，较上年小幅增长。"),
    ("two", "作出行政处罚决定44件，与上年基本持平，略有增长。"),
    ("two", "行政许可1513件，与上年总体持平。"),
    ("two", "行政事业性收费与上年基本持平。"),
    ("two", "规范性文件现行有效25件，与上年相当。"),
    ("four", "行政复议9件，与上年基本持平。"),
]
# What else is as last year, or what a number of ours is compared with.
AS_OTHERS = [
    "平均办理时长与上年基本持平", "平均办理时长与上年持平", "与全市平均水平持平", "申请内容与上年相差不大", "其中网上申请与上年持平",
    "申请人结构与上年相同", "办理流程没有变化", "热点领域与上年大体一致", "与2022年持平", "与前年持平", "受理量与周边县区相当",
    "增速与上年持平", "人均办件量翻了一番", "工作人员没有变化", "各乡镇之间差异不大", "答复质量与上年一致",
]  # fmt: skip
NOT_NEAR = [
    ("three", "新收政府信息公开申请130件，与上年基本持平。", "W501"),
    ("two", "作出行政许可决定1513件，与上年持平。", "E502"),
    ("two", "作出行政处罚决定44件，比上年略有减少。", "E502"),
    ("three", "办结128件，与上年大致相当。", "E502"),
    ("three", "办结128件，与上年相差不大。", "E502"),
    ("three", "新收政府信息公开申请130件，数量与上年持平。", "E502"),
    ("three", "新收政府信息公开申请130件，总体与上年持平。", "E502"),
    ("three", "新收政府信息公开申请130件，申请总量与上年持平。", "E502"),
    ("three", "新收政府信息公开申请130件（与上年持平）。", "E502"),
    ("three", "新收政府信息公开申请130件，较上年没有变化。", "E502"),
    ("three", "新收政府信息公开申请130件，同比持平。", "E502"),
    ("three", "新收政府信息公开申请130件，与上年相同。", "E502"),
]


@pytest.mark.parametrize(("where", "text"), NEARLY)
def test_nearly_as_last_year_need_not_be_the_same(where, text):
    assert [] == [str(one) for one in said(report(where, text, VALUES, LAST))]


@pytest.mark.parametrize("others", AS_OTHERS)
def test_the_number_before_is_not_what_else_is_as_last_year(others):
    assert [] == [str(one) for one in said(report("three", f"新收政府信息公开申请130件，{others}。", VALUES, LAST))]


@pytest.mark.parametrize(("where", "text", "code"), NOT_NEAR)
def test_what_is_not_nearly_as_last_year_is_told(where, text, code):
    assert [code] == [one.code for one in said(report(where, text, VALUES, LAST))]


def test_the_same_but_for_a_hundredth_is_a_doubt():
    last = {"表二": {("行政许可", "本年处理决定数量"): 1510}}
    assert ["W501"] == [one.code for one in said(report("two", "作出行政许可决定1513件，与上年持平。", VALUES, last))]
