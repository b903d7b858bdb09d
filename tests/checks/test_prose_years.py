"""Which year a number is of: named before it in digits or Chinese numerals, one of several, or another than the report's."""

from cases import each
from prosing import LAST, report, said

# Of 2024, with 130 received, after 100 in 2023.
TRUE = [
    "2023年、2024年分别收到申请100件、130件。",
    "2023年和2024年新收申请分别为100件、130件。",
    "2023年、2024年新收申请分别为100件和130件，办结分别为96件和128件。",
    "2022年、2023年、2024年分别收到申请80件、100件、130件。",
    "2023年、2024年分别举办培训3次、5次。",
    "二〇二三年收到申请100件，二〇二四年收到申请130件。",
    "新收申请由上年100件变为130件。",
    "2023年收到申请100件。",
    "2025年计划制发规范性文件5件。",
    "2025年，我局将制发规范性文件5件。",
    "2025年1月，我局收到政府信息公开申请130件。",
    "2022年共收到政府信息公开申请130件，今年略有回落。",
    "2022年制定的规范性文件5件继续有效。",
    "2023年以来，我局共收到政府信息公开申请230件。",
]
FALSE = [
    ("2023年、2024年分别收到申请110件、130件。", "E501"),
    ("2023年、2024年分别收到申请100件、131件。", "E501"),
    ("2023年和2024年新收申请分别为100件、131件。", "E501"),
    ("二〇二三年，我局收到政府信息公开申请130件。", "E501"),
    ("政府信息公开申请量由上年100件变为131件。", "E501"),
    ("政府信息公开申请量由上年90件变为130件。", "E501"),
    ("全年有序。2023年，我局新收政府信息公开申请130件。", "E501"),
    ("2025年，我局共收到政府信息公开申请130件。", "W501"),
    ("（二）依申请公开情况。2025年共收到政府信息公开申请130件。", "W501"),
    ("2022年，我局共收到政府信息公开申请130件。", "W501"),
]


@each("text", TRUE)
def test_a_number_of_the_year_that_it_names_is_no_finding(text):
    assert [] == [str(one) for one in said(report("one", text))]


@each(("text", "code"), FALSE)
def test_a_number_of_another_year_is_found(text, code):
    assert [code] == [one.code for one in said(report("one", text))]


def test_this_years_number_under_another_year_is_shown_with_its_cell():
    [found] = said(report("one", "2025年，我局共收到政府信息公开申请130件。"))
    assert "“2025年，我局共收到政府信息公开申请130件。”：2025年新收130件；像是年度写错" == found.found
    assert "表三 一、本年新收政府信息公开申请数量 / 申请人情况·总计 130，是2024年的数" == found.expected


def test_last_year_is_only_doubted_where_its_report_is_not_there_to_tell():
    text = "全年有序。2023年，我局新收政府信息公开申请130件。"
    assert ["W501"] == [one.code for one in said(report("one", text, last=None))]
    assert [] == said(report("one", text.replace("130", "100"), last=LAST))
    same = {"表三": {("一", "总计"): 130}}
    assert [] == said(report("one", text, last=same))
