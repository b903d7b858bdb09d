"""What is carried over, what there was none of, and what all of a kind are: told as the tables tell it, or found."""

import pytest

from prosing import LAST, VALUES, report, said

# In VALUES 6 applications are carried out and 4 carried in; 120 of 130 are of natural persons; of 9 reviews 6 are upheld.
FALSE = [
    ("three", "尚有7件申请结转至下一年度办理。"),
    ("one", "尚有7件申请结转至下一年度办理。"),
    ("three", "结转3件。"),
    ("one", "收到政府信息公开申请130件，结转3件。"),
    ("three", "没有结转件。"),
    ("three", "无结转。"),
    ("three", "无申请结转。"),
    ("three", "没有申请结转至下一年度。"),
    ("three", "无结转下年度事项。"),
    ("one", "收到政府信息公开申请130件，没有结转件。"),
    ("three", "不予公开的数量：无。"),
    ("three", "上年结转数量：无。"),
    ("three", "结转下年度继续办理：零"),
    ("four", "行政复议：无。"),
    ("six", "本年度没有发生行政复议。未收取信息处理费。"),
    ("six", "未收取信息处理费。\n\n我局未发生行政复议和行政诉讼。"),
    ("four", "没有因政府信息公开引发的行政复议。"),
    ("four", "没有因政府信息公开被提起的行政诉讼。"),
    ("three", "收到的申请均由自然人提出。"),
    ("three", "申请人均为自然人。"),
    ("four", "行政复议全部维持。"),
    ("four", "行政复议案件均被维持。"),
    ("one", "作出行政许可决定1513件、行政处罚54件。"),
    ("one", "办理行政处罚44件、行政强制2件。"),
]
# As true as they are, or of something else.
TRUE = [
    ("three", "尚有6件申请结转至下一年度办理。"),
    ("three", "结转6件。"),
    ("three", "新收130件，结转4件，办结128件。"),
    ("one", "提案尚有3件结转下年度办理。"),
    ("one", "信访事项办结20件，结转3件。"),
    ("one", "热线工单没有结转件。"),
    ("one", "项目资金全部拨付，没有结转。"),
    ("four", "行政复议9件，尚有2件结转下年。"),
    ("four", "行政复议9件，没有结转。"),
    ("three", "2024年受理2023年结转的申请4件。"),
    ("one", "2023年受理结转的申请4件。"),
    ("three", "不予处理的数量：1件。"),
    ("four", "超期引发的行政复议：无。"),
    ("three", "逾期答复：无。"),
    ("three", "其他需要报告的事项：无。"),
    ("three", "申请人主要为自然人。"),
    ("three", "不予处理的1件，由自然人提出。"),
    ("three", "涉及征地的申请均由自然人提出。"),
    ("three", "人均办理申请23件。"),
    ("four", "行政诉讼案件全部维持。"),
    ("four", "未经复议直接起诉的案件全部维持。"),
    ("four", "行政处罚案件的复议全部维持。"),
    ("four", "没有因政府信息公开被确认违法的行政复议。"),
    ("four", "没有因逾期答复引发的行政诉讼。"),
    ("four", "没有因政府信息公开被纠正的行政复议。"),
    ("one", "没有因信息公开由申请人撤回的行政复议。"),
    ("four", "没有因信息公开终止的行政复议。"),
    ("four", "行政诉讼5件，已审结的均维持。"),
    ("one", "公开行政许可30件、行政处罚53件、行政强制2件。"),
]


@pytest.mark.parametrize(("where", "text"), FALSE)
def test_a_false_one_is_an_error(where, text):
    assert {"E501"} == {one.code for one in said(report(where, text))}


@pytest.mark.parametrize(("where", "text"), TRUE)
def test_a_true_one_is_no_finding(where, text):
    assert [] == [str(one) for one in said(report(where, text))]


def test_that_there_were_no_cases_for_one_reason_or_in_another_matter_is_a_doubt_at_most():
    doubtful = [
        ("four", "没有因程序问题引发的行政复议。"), ("four", "没有因政府信息公开收费引起的行政复议。"),
        ("six", "行政执法没有发生行政复议。"), ("six", "全年作出处罚70件，没有发生行政复议。"),
        ("six", "执法办案70件。没有发生行政复议。"), ("six", "### （一）执法\n\n没有发生行政复议。"),
    ]  # fmt: skip
    assert {"W501"} == {one.code for where, text in doubtful for one in said(report(where, text))}


def test_carried_over_behind_what_was_concluded_is_carried_to_the_next_year():
    assert [] == said(report("three", "新收130件，办结128件，结转6件。"))
    assert ["W501"] == [one.code for one in said(report("three", "新收130件，办结128件，结转4件。"))]
    assert ["E501"] == [one.code for one in said(report("three", "新收130件，办结128件，结转7件。"))]


def test_words_that_say_there_was_none_are_not_said_of_the_number_behind_them():
    values = VALUES | {"表三": {key: value for key, value in VALUES["表三"].items() if key[0] != "二"}}
    assert [] == said(report("one", "收到政府信息公开申请130件，无上年结转件，6件结转下年。", values=values))


def test_all_of_a_kind_is_shown_as_the_rest_that_there_is_none_of():
    [found] = said(report("three", "收到的申请均由自然人提出。"))
    assert "“收到的申请均由自然人提出。”：自然人以外的，即 0" == found.found
    assert "表三 一、本年新收政府信息公开申请数量 / 申请人情况·法人或其他组织（各栏之和） 10（表.csv）" == found.expected
    alone = {"表三": {("一", "总计"): 130, ("一", "自然人"): 130}}
    assert [] == said(report("three", "收到的申请均由自然人提出。", values=alone, last=LAST))
