"""Each bound of the rules on text, from both of its sides; and rules that hold whatever the format calls its chapters."""

from dataclasses import replace

import pytest

from cases import each
from making import FORMATS, findings, make
from prosing import CHAPTERS, LAST, VALUES, report, said

NEW = ("一", "总计")


def told(text, new=130, last=100, where="three"):
    """The codes of what is said of a year with ``new`` applications after one with ``last``."""
    values = VALUES | {"表三": VALUES["表三"] | {NEW: new}}
    return [one.code for one in said(report(where, text, values, {"表三": {NEW: last}}))]


@each(
    ("last", "codes"),
    [(87, ["E502"]), (86, []), (65, []), (53, []), (52, ["E502"])],
)
def test_doubled_is_from_one_and_a_half_to_two_and_a_half(last, codes):
    assert codes == told("新收申请130件，较上年翻了一番。", last=last)


@each(
    ("text", "last", "codes"),
    [
        ("新收申请130件，较上年翻了两番。", 32, []),
        ("新收申请130件，较上年翻了两番。", 65, ["E502"]),
        ("新收申请130件，较上年翻了三番。", 16, []),
        ("新收申请130件，较上年翻了近一番。", 80, []),
        ("新收申请130件，较上年翻番。", 100, ["E502"]),
        ("收到的申请比上年翻倍。", 65, []),
        ("收到的申请比上年翻倍。", 100, ["E502"]),
    ],
)
def test_what_doubles_twice_is_four_times_as_large(text, last, codes):
    assert codes == told(text, last=last)


@each(
    ("text", "last", "codes"),
    [
        ("新收申请130件，同比增长0%。", 130, []),
        ("新收申请130件，同比下降0件。", 130, []),
        ("新收申请130件，同比增长0%。", 120, ["E502"]),
        ("新收申请130件，同比下降0.35倍。", 200, []),
        ("新收申请130件，同比下降0.65倍。", 200, ["W501"]),
        ("新收申请130件，同比增长0.3倍。", 100, []),
        ("新收申请130件，同比增长1.3倍。", 100, ["W501"]),
        ("新收申请130件，同比增长2.3倍。", 100, ["E502"]),
        ("新收申请130件，是上年的1.3倍。", 100, []),
        ("新收申请130件，是上年的0.3倍。", 100, ["E502"]),
        ("新收申请130件，增长30%。", 100, []),
        ("新收申请130件，增长40%。", 100, ["W501"]),
        ("新收申请130件，比上年增加三成。", 100, []),
        ("新收申请130件，比上年增加五成。", 100, ["E502"]),
    ],
)
def test_changes_in_percent_in_tenths_and_as_multiples(text, last, codes):
    assert codes == told(text, last=last)


@each(
    ("text", "codes"),
    [
        ("网上申请50件，信函申请20件。", []),
        ("网上申请50件，信函申请20件，当面申请10件。", ["W501"]),
        ("网上申请90件，信函申请20件，当面申请20件。", []),
        ("网上申请120件，信函申请20件。", ["W501"]),
    ],
)
def test_ways_of_application_sum_up_once_there_are_three(text, codes):
    assert codes == told(text)


@each(
    ("text", "codes"),
    [
        ("新收申请不超过130件。", []),
        ("新收申请不超过129件。", ["E501"]),
        ("新收申请不低于130件。", []),
        ("新收申请不低于131件。", ["E501"]),
        ("新收申请超过120件。", []),
        ("新收申请超过110件。", ["E501"]),
        ("新收申请100件以上。", []),
        ("新收申请130件以内。", []),
        ("新收申请125至135件。", []),
        ("新收申请145至155件。", ["E501"]),
        ("新收申请占本年申请总数的12%。", ["W501"]),
    ],
)
def test_bounds_and_ranges_are_compared_as_such(text, codes):
    assert codes == told(text)


def test_a_share_of_an_applicant_is_shown_of_what_was_received():
    [found] = said(report("three", "自然人占48.5%。"))
    assert "92.31%" == found.expected


@pytest.mark.parametrize(("text", "is_told"), [("不予处理25件。", True), ("不予处理5件。", False)])
def test_another_cell_with_the_same_value_is_named_from_ten_on(text, is_told):
    assert is_told == any("像是取错了格" in one.found for one in said(report("three", text)))


def test_a_format_with_chapters_exchanged_is_read_by_its_tables():
    narrative = "\n\n".join(f"{heading}\n\n见表。" for heading in CHAPTERS.values())
    for numeral, other, words in (("三", "四", "收到和处理"), ("四", "三", "政府信息公开行政")):
        narrative = narrative.replace(f"## {numeral}、{words}", f"## {other}、{words}")
    made = make(2024, VALUES, make(2023, LAST), narrative)
    texts = {"table3": "四、收到和处理政府信息公开申请情况", "table4": "三、政府信息公开行政复议、行政诉讼情况"}
    sections = tuple(replace(one, heading=texts.get(one.table, one.heading)) for one in FORMATS["2021"].sections)
    first, second, third, fourth, *rest = sections
    made = replace(made, format=replace(made.format, sections=(first, second, fourth, third, *rest)))
    made = replace(made, narrative=narrative.replace("申请情况\n\n见表", "申请情况\n\n部分公开10件"))
    assert ["E501"] == [one.code for one in findings(made) if one.code.startswith("E50")]


@each(
    ("name", "text", "is_wrong"),
    [
        ("示例市人民政府", "全市新收政府信息公开申请131件。", True),
        ("示例市人民政府", "全市新收政府信息公开申请130件。", False),
        ("示例市人民政府", "全省新收政府信息公开申请131件。", False),
        ("示例市测试局", "全市新收政府信息公开申请131件。", False),
        ("示例市测试局", "全市新收政府信息公开申请1300件，我局新收131件。", True),
    ],
)
def test_the_whole_place_is_that_of_its_government(name, text, is_wrong):
    made = report("three", text)
    made = replace(made, bureau=made.bureau.model_copy(update={"name": name}))
    assert ["E501"] * is_wrong == [one.code for one in said(made)]
