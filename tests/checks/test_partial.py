"""Figures of some months in the report of a whole year; and how many 半数, 过半 and 多数 are."""

import pytest

from making import BODY, findings, make
from prosing import report, said


@pytest.mark.parametrize(
    "text",
    [
        "2024年1—11月，共受理政府信息公开申请50件。",
        "1至11月，我局共收到政府信息公开申请50件，同比增长5%。",
        "今年一至十一月，收到依申请公开50件。",
        "2024年1月1日至12月20日，我局收到申请50件。",
        "截至2024年11月底，我局共办结政府信息公开申请50件。",
        "截止12月20日，我局共收到政府信息公开申请50件。",
        "前三季度，我局受理申请50件。",
        "前11个月，行政复议9件。",
        "二〇二四年1-10月份，发生信息公开行政诉讼2件。",
    ],
)
def test_applications_and_cases_of_some_months_are_a_warning(text):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")
    (found,) = findings(make(2024, narrative=narrative), "W240")
    assert ("2024年1月1日至12月31日的数", f"“{text.rstrip('。')}”") == (found.expected, found.found)
    assert narrative.split("\n")[found.source.line - 1] == text


@pytest.mark.parametrize(
    "text",
    [
        "2024年1—12月，共受理政府信息公开申请50件。",
        "截至2024年12月31日，我局共受理政府信息公开申请50件。",
        "截至2024年底，我局共受理政府信息公开申请50件。",
        "1—6月收到申请20件，7—12月收到申请30件。",
        "全年收到申请50件，其中1—6月20件。",
        "上半年收到申请20件，下半年收到申请30件。",
        "2023年1—11月，受理政府信息公开申请40件。",
        "截至2025年1月15日，受理的申请50件均已办结。",
        "上年结转的申请3件，截至2月底已全部办结。",
        "截至11月底，门户网站发布信息1200条。",
        "1—11月，开展申请人座谈会3次，走访群众50人。",
        "3—4月，我局办理申请50件。",
        "2024年11月1日至11月30日，收到申请5件。",
    ],
)
def test_a_whole_year_another_year_and_what_no_table_counts_are_none(text):
    assert [] == findings(make(2024, narrative=BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")), "W240")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("半数以上的申请予以公开。", "予以公开半数以上"),
        ("超过半数的申请予以公开。", "予以公开超过半数"),
        ("多数申请予以公开。", "予以公开多数"),
        ("绝大多数申请由商业企业提出。", "商业企业绝大多数"),
        ("收到商业企业申请7件，占多数。", "商业企业7件占多数"),
        ("绝大多数申请由自然人提出。", ""),
        ("收到自然人申请120件，占绝大多数。", ""),
        ("一半的申请予以公开。", ""),
        ("近半数的申请予以公开或部分公开。", ""),
        ("上年结转4件，半数以上由商业企业提出。", ""),
        ("我局多数申请能在法定期限内答复。", ""),
        ("少数服从多数，多数单位未收到申请，推进多数据共享。", ""),
    ],
)
def test_a_half_and_most_are_shares(text, shown):
    found = said(report("three", text))
    assert ["W501"] * bool(shown) == [one.code for one in found]
    assert all(shown in one.found for one in found)
