"""The end of another year and all its days are that year: 截至2023年底, 2023年1月1日至12月31日."""

from itertools import product

from cases import each
from making import make
from prosing import LAST, report, said

# Last year 100 received, 96 concluded, 4 carried out, 32 documents in force; this year 130, 128, 6 and 25.
PAST = LAST | {"表二": {("行政规范性文件", "现行有效件数"): 32}}
CELLS = [("现行有效行政规范性文件{}件", 25, 32), ("我局共收到政府信息公开申请{}件", 130, 100), ("办结申请{}件", 128, 96)]
YEARS = ["2023年", "二〇二三年", "上年", "去年"]
ENDS = ["底", "末", "终", "岁末", "12月31日", "12月底", "十二月三十一日"]
SPANS = ["1月1日至12月31日", "1月至12月", "1—12月", "1月1日起至12月31日止"]
MOMENTS = [
    *("".join(one) for one in product(["截至", "截止", "截止到", "到", "至", ""], YEARS, ENDS)),
    *("".join(one) for one in product(["自", "从", ""], YEARS, SPANS)),
    "2023年1月1日至2023年12月31日",
    "自2023年1月1日起至2023年12月31日止",
]
TRUE = [
    "截至2023年底，现行有效行政规范性文件32件；2024年制发5件。",
    "截至2022年底，现行有效行政规范性文件30件；2024年制发5件。",
    "我局截至2023年底现行有效行政规范性文件32件。",
    "现行有效行政规范性文件25件（2023年底32件）。",
    "截至2023年12月31日，办结申请96件，结转下年度4件。",
    "截至2023年底，结转申请4件，2024年新收130件，办结128件。",
    "截至2023年底尚未办结的申请4件，本年均已办结。",
    "2023年底，我局调整领导小组，明确专人，共收到政府信息公开申请130件。",
    "2022年底至2024年底，共收到政府信息公开申请330件。",
    "从2022年起，共收到政府信息公开申请330件。",
    "从2023年起至2024年底，共收到政府信息公开申请230件。",
    "2023年1月1日至2024年12月31日，共收到政府信息公开申请230件。",
    "截至2025年1月10日，我局共收到政府信息公开申请130件。",
    "力争到2025年底，收到政府信息公开申请130件。",
]
FALSE = [
    ("截至2022年底，现行有效行政规范性文件25件。", "W501"),
    ("2022年1月1日至12月31日，收到政府信息公开申请130件。", "W501"),
    ("现行有效行政规范性文件25件（2023年底30件）。", "E501"),
    ("2023年至2024年，新收政府信息公开申请由100件增加到131件。", "E501"),
]


def told(text, last=PAST):
    return [one.code for one in said(report("one", f"全年工作有序。{text}", last=last))]


@each("moment", MOMENTS[::5])
def test_a_number_at_the_end_of_last_year_is_last_years(moment):
    past = make(2023, PAST)
    for words, this, before in CELLS:
        assert (told(f"{moment}，{words.format(before)}。", past), len(told(f"{moment}，{words.format(this)}。", past))) == (
            [],
            1,
        )


@each("text", TRUE)
def test_true_moments_and_spans_over_years_are_no_finding(text):
    assert told(text) == []


@each(("text", "code"), FALSE)
def test_this_years_number_of_another_year_and_a_wrong_one_of_last_year_are_found(text, code):
    assert told(text) == [code]


def test_a_moment_of_a_year_that_no_report_tells_is_only_doubted():
    assert told("截至2023年底，收到政府信息公开申请130件。", None) == ["W501"]
    assert told("截至2023年底，收到政府信息公开申请100件。", None) == []
