# ruff: noqa: E501  (sentences on one line)
"""Shapes of sentences that real reports have: told as the tables tell it, or found."""

from nianbao.checks.prose.accounts import sentence_of
from prosing import VALUES, report, said

WITHDRAWN = VALUES | {"表四": {("行政复议", "总计"): 1, ("行政复议", "其他结果"): 1}}


def codes(where, text, values=VALUES):
    return [one.code for one in said(report(where, text, values))]


def told(where, texts, values=VALUES):
    """The texts in which something is found, each with its codes."""
    return [(text, found) for text in texts if (found := codes(where, text, values))]


def test_an_application_that_was_withdrawn_is_no_decision_that_was_corrected():
    texts = (
        "提起行政复议1件（已撤销申请），提起行政诉讼0件。", "行政复议1件，申请人主动撤销。", "行政复议1件（申请人已撤销复议申请）。",
        "行政复议1件（申请人撤回复议申请）。", "行政复议1件，已撤销其行政复议申请。",
    )  # fmt: skip
    assert told("four", texts, WITHDRAWN) == []
    for text in ("行政复议1件，被撤销。", "行政复议1件，被撤销，申请人未再申请。"):
        assert codes("four", text, WITHDRAWN) == ["W501"], text
    upheld = {"表四": {("行政复议", "总计"): 1, ("行政复议", "结果维持"): 1}}
    assert codes("four", "行政复议1件，申请人主动撤销。", VALUES | upheld) == ["W501"]


def test_all_of_what_was_received_and_handled_are_those_received_or_those_concluded():
    some = {("一", "总计"): 9, ("一", "自然人"): 9, ("三（一）", "总计"): 7, ("三（一）", "自然人"): 7, ("三（七）", "总计"): 7,
            ("三（七）", "自然人"): 7, ("四", "总计"): 2, ("四", "自然人"): 2, ("二", "总计"): 0}  # fmt: skip
    values = VALUES | {"表三": some}
    texts = (
        "全年共收到和办理依申请公开9件，全部为自然人申请，上年度结转政府信息公开申请0件。", "收到并办理政府信息公开申请9件，均为自然人提出。",
        "收到和办结政府信息公开申请7件，均为自然人提出。", "受理并答复政府信息公开申请9件，全部由自然人提出。",
    )  # fmt: skip
    assert told("one", texts, values) == []
    for text in ("收到和办理政府信息公开申请9件，全部为企业申请。", "收到并办结政府信息公开申请9件，均为企业提出。"):
        assert codes("one", text, values) == ["E501"], text


def test_what_all_of_a_number_are_narrows_no_number_behind_it():
    texts = ("收到政府信息公开申请120件，均为自然人申请，上年度结转政府信息公开申请4件。",)
    carried = VALUES | {
        "表三": VALUES["表三"] | {("一", "总计"): 120, ("一", "商业企业"): 0, ("一", "法人或其他组织", "其他"): 0}
    }
    assert told("one", texts, carried) == []
    assert codes("one", "收到政府信息公开申请120件，均为自然人申请，上年度结转政府信息公开申请5件。", carried) == ["E501"]
    assert codes("one", "申请全部为自然人提出，共115件。") == codes("one", "自然人提出申请115件。")


def test_that_there_was_none_in_the_words_of_real_reports_is_asked_of_the_tables():
    cases = (
        "没有发生因政府信息公开工作引发举报、投诉、行政复议或行政诉讼等事件。", "未发生由政府信息公开引发的举报、投诉、行政复议和行政诉讼等。",
        "不存在有关政府信息公开行政复议和行政诉讼情况。", "5、因政府信息公开申请行政复议、提起行政诉讼的情况：无。",
    )  # fmt: skip
    applications = (
        "2024年，我局无依申请公开件。", "2024年我局无依申请公开事项。", "2024年我局未接收到依申请公开。", "我乡未收到任何形式的依申请公开申请。",
        "本年度未收到和处理政府信息公开申请事件。", "2、行政机关依申请公开政府信息的数量：无。",
    )  # fmt: skip
    none = VALUES | {"表三": {("一", "总计"): 0}, "表四": {("行政复议", "总计"): 0}}
    for text in (*cases, *applications):
        assert codes("one", text)[:1] in (["E501"], ["W501"]), text
        assert codes("one", text, none) == [], text


def test_that_there_was_none_of_some_is_not_asked_of_the_whole():
    texts = (
        "没有因举报、投诉引发的行政复议。", "没有因投诉和答复不及时引发的行政诉讼。", "不存在有关征地拆迁的行政复议。", "其他乡镇无依申请公开件。",
        "未发生由土地征收引发的行政诉讼。", "申请答复不及时的情况：无。", "行政复议败诉的情况：无。", "其他需要报告的情况：无。", "我局无依申请公开收费事项。",
        "我局无重复提出的依申请公开件。", "未收到和处理逾期的政府信息公开申请。", "我局无逾期未答复的依申请公开件。", "政府信息公开申请收费情况：无。",
    )  # fmt: skip
    assert told("one", texts) == []


def test_parts_that_numbers_of_another_unit_or_of_the_next_sentence_complete_are_no_wrong_sum():
    texts = (
        "2024年度共计公开各类信息236条，其中政府网站发布工作动态27条，微信公众号发布信息198条，回复群众诉求11件。",
        "主动公开信息250条，其中政府网站发布工作动态27条，微信公众号发布信息198条，回复群众诉求11件，编发专刊14期。",
        "2024年，主动公开信息4363条，涵盖机构概况、发展规划等类别。其中，通过微信公众号发送推文353条，微博发布消息3527条，抖音发布短视频158条。此外，通过门户网站公开规划计划、政策文件等325条。",
    )
    assert told("two", texts) == []
    wrong = (
        "2024年度共计公开各类信息236条，其中政府网站发布工作动态27条，微信公众号发布信息198条，回复群众诉求12件。",
        "主动公开信息236条，其中政府网站发布工作动态27条，微信公众号发布信息198条。全年举办活动11场。",
        "主动公开信息4363条。其中，通过微信公众号发送推文353条，微博发布消息3527条，抖音发布短视频158条。此外，通过门户网站公开335条。",
        "审计公开12条，包括审计结果8条、审计整改情况8条。",
    )  # fmt: skip
    for text in wrong:
        assert codes("two", text) in (["W501"], ["E501"]), text


def test_a_long_sentence_is_shown_no_further_than_its_end():
    text = (
        "网站更新信息164项，其中：招生就业工作13项，占7.9%；教学工作26项，占15.9%；科研工作12项，占7.3%；后勤工作11项，占6.7%；"
        "规章制度工作14项，占8.5%；会议情况公开88项，占53.0%。\n\n### （二）主动公开信息的方式\n\n通过网站公开。"
    )
    [found] = said(report("two", text))
    assert "会议情况公开88项，占53.0%。”" in found.found, found.found
    assert sentence_of("甲收到5件。乙收到6件。\n\n丙。", 0, 6) == "甲收到5件。"


def test_with_what_care_each_is_handled_silences_no_number_behind_it():
    wrong = (
        "对每件依申请公开事项，严格按程序办理，全年共受理政府信息公开申请9件，均严格答复。", "对于每件申请认真办理，全年共收到政府信息公开申请9件。",
        "把每件申请办好办实，全年共收到政府信息公开申请9件。",
    )  # fmt: skip
    for text in wrong:
        assert codes("one", text) in (["E501"], ["W501"]), text
    true = (
        "每月收到政府信息公开申请9件。",
        "对每个镇收到的政府信息公开申请各抽查9件。",
        "平均每件政府信息公开申请答复9件材料。",
        "对每件申请答复2件材料。",
        "对于每一件申请认真办理，全年共收到政府信息公开申请130件。",
    )
    assert told("one", true) == []
