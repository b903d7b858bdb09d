"""Applications carried in are handled with the new ones; those carried out are no part of what was concluded."""

import pytest

from cases import each
from prosing import other, report, said

SOME = "全年办结128件，其中予以公开50件、不予公开32件，"
ALL = "全年办结128件，其中予以公开50件、部分公开9件、不予公开32件、无法提供26件、不予处理1件、其他处理10件，"


@each("parts", [SOME, ALL])
@each(
    "rest",
    [
        "剩余6件结转至下一年度继续办理。", "其余6件结转下年办理。", "剩余6件转入下年度办理。", "剩余6件按规定结转下年度。",
        "其余6件尚在办理期限内。", "剩余6件正在办理。", "其余6件未到答复期。", "余下6件结转2025年继续办理。",
    ],
)  # fmt: skip
def test_what_is_left_and_carried_out_is_no_part_of_what_was_concluded(parts, rest):
    assert [] == said(report("three", parts + rest))


@pytest.mark.parametrize("rest", ["剩余8件转入下年度办理。", "其余8件结转下年度。"])
def test_a_wrong_number_of_what_is_left_and_carried_out_is_an_error(rest):
    [found] = said(report("three", SOME + rest))
    assert "E501" == found.code
    assert "四、结转下年度继续办理 / 申请人情况·总计 6" in found.expected


def test_what_is_left_of_the_concluded_is_still_the_rest_of_them():
    assert [] == said(report("three", SOME + "其余46件作其他处理。"))
    assert ["E503", "W501"] == [one.code for one in said(report("three", SOME + "其余40件作其他处理。"))]


@pytest.mark.parametrize("text", ["新收申请130件，连同上年结转的4件，共办理{}件。", "上年结转4件，全年共办理{}件。"])
def test_what_is_handled_with_those_carried_in_is_the_sum_of_both(text):
    assert [] == said(report("three", text.format(134)))
    [found] = said(report("three", text.format(133)))
    assert ("E501", True) == (found.code, found.expected.endswith("总计 134（表.csv）"))


def test_what_is_handled_and_what_is_concluded_are_two_numbers_where_the_table_is_unknown():
    rows = ("一", "二", "三（七）", "四")
    unknown = {"表三": {(row, "总计"): "未知：台账失火" for row in rows}}
    text = "新收申请17件；连同上年结转的两件，共办理19件。全年办结16件，结转3件。"
    assert [] == said(report("three", text, values=unknown))
    twice = "全年办结16件。\n\n全年办结17件。"
    assert ["E504"] == [one.code for one in said(report("three", twice, values=unknown))]


def test_what_was_concluded_of_the_new_ones_is_told_beside_those_carried_in():
    true = [
        "上年结转4件，全部办结，新收130件，办结124件。",
        "上年结转4件，均已办结；新收130件，办结124件，结转6件。",
        "对上年结转的4件申请，全部办结；对新收的130件申请，办结124件。",
        "上年结转4件全部办结。新收130件，办结124件。",
        "上年结转4件，办结4件；新收130件，办结124件。",
        "办结上年结转4件，办结新收124件。",
        "新收130件，办结124件，另办结上年结转4件。",
        "新收130件，上年结转4件，已办结128件。",
    ]
    assert [] == other(("three", text, "") for text in true)
    wrong = [text.replace("办结124件", "办结125件") for text in true if "办结124件" in text]
    wrong += ["上年结转4件，新收130件，办结124件。", "新收130件，上年结转4件，已办结124件。"]
    assert [] == other(("three", text, "E501") for text in wrong)
