"""Days of the text that there are not, and what is told as done after the report's own date."""

import pytest

from making import BODY, findings, make


def found(text, **more):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")
    return narrative, findings(make(2025, narrative=narrative, **more), "W241")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025年2月30日召开工作部署会。", "2025年2月30日"),
        ("9月31日开展“林业开放日”活动。", "9月31日"),
        ("会议于12月25日召开，11月31日印发通知。", "11月31日"),
        ("11月30日印发了会议通知后，按13月要求落实。", "13月"),
        ("2025年6月31日开展培训。", "2025年6月31日"),
        ("2025 年 6 月 31 日开展培训。", "2025 年 6 月 31 日"),
        ("２０２５年４月３１日开展培训。", "２０２５年４月３１日"),
        ("**6月31日**开展培训。", "6月31日"),
        ("二〇二五年二月三十日召开部署会。", "二〇二五年二月三十日"),
        ("四月三十一日召开部署会。", "四月三十一日"),
        ("2025年13月开展培训。", "2025年13月"),
        ("2月25日至30日开展培训。", "2月25日至30日"),
        ("9月15—31日开展培训。", "9月15—31日"),
        ("3月0日开展培训。", "3月0日"),
        ("2025年2月29日开展培训。", "2025年2月29日"),
        ("2月29日开展培训。", "2月29日"),
        ("12月32号开展培训。", "12月32号"),
        ("自2025.2.30起施行。", "2025.2.30"),
        ("2025-11-31开展培训。", "2025-11-31"),
    ],
)
def test_a_day_that_there_is_not_is_a_warning_with_its_words_as_typed(text, shown):
    narrative, [finding] = found(text)
    assert f"“{shown}”" == finding.found
    assert narrative.split("\n")[finding.source.line - 1] == text


@pytest.mark.parametrize(
    "text",
    [
        "2026年10月，我局举办了政务公开开放日。",
        "2027年1月，我局向县政府报告了全年情况。",
        "2026年1月25日，我局召开了工作总结会。",
        "2026年10月我局举办政务公开开放日活动。",
        "2052年，我局收到了申请3件。",
        "二〇二六年十月，我局举办了开放日。",
    ],
)
def test_what_was_done_after_the_reports_own_date_is_a_warning(text):
    narrative, [finding] = found(text, date="2026-01-20")
    assert (f"“{text.rstrip('。')}”", "不晚于成文日期2026年1月20日") == (finding.found, finding.expected)
    assert narrative.split("\n")[finding.source.line - 1] == text


@pytest.mark.parametrize(
    "text",
    [
        "2025年2月28日召开会议，12月31日印发通知，1月1日施行。",
        "2024年2月29日召开会议，2月29日当天印发。",
        "完成率为2.30，第13月的数据，历时13月，为期18月，满24月龄。",
        "农历二月三十日开展活动，农历2月30日走访。",
        "统计期限为2025年1月1日至12月31日，七八月份开展督查，十一、十二月各一次。",
        "我局将于2026年3月召开推进会，拟于2026年5月1日举办开放日。",
        "《办法》自2026年5月1日起施行，有效期至2031年4月30日。",
        "应当于2026年1月31日前公布，于2026年3月31日前报送。",
        "计划到2027年建成统一平台，已列入2026—2030年规划。",
        "已定于2026年3月召开会议，并安排了经费。",
        "2026年1月10日，我局召开了工作总结会，2026年1月完成了汇总。",
        "印发了《示例市2026年10月至12月培训方案》，“2030年远景”已宣传。",
        "联系电话：0571-88888888，文号2025-13号，网址 http://x.gov.cn/2025/13/45/a.html。",
        "12月31日号外，3月31日均办结，每月31日前报送，5月1日—5日放假，6月10日、20日、30日各开一次会。",
        "2025年9月至2026年10月为整改期限，已完成了3项。",
        "2025-2026学年，2025.12.31前，1.31，12.5万件。",
    ],
)
def test_days_that_there_are_plans_deadlines_and_other_numbers_are_none(text):
    assert [] == found(text, date="2026-01-20")[1]
