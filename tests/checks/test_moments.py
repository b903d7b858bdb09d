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
# The last day with its hour, and with figures only; the days of the year in figures; the year as a report's period.
PERIODS = [
    *(f"截至2023年12月31日{hour}" for hour in "24时 24:00 24：00 二十四时 24点 23时59分 （24时） （含） 24时止".split()),
    *"截至2023.12.31 截至2023-12-31 截至2023/12/31 截止2023．12．31 截至20231231 截至２０２３年１２月３１日２４时".split(),
    *"2023.1.1—2023.12.31 2023-01-01至2023-12-31 2023/1/1~12/31 2023.1.1-12.31 20230101-20231231 2023.1-12".split(),
    *"２０２３．１．１—２０２３．１２．３１ 自2023.1.1起至2023.12.31止 2023.01—2023.12 2023/01-2023/12".split(),
    *"2023年1月1日0时至12月31日24时 2023年1月1日（含）至12月31日（含） 2023年01月01日至2023年12月31日".split(),
    *"在2023年报告期内 在2023年 2023年内 2023全年 在2023年度统计期限内 在二〇二三年统计期间 上年度内".split(),
    *"上一报告期 上一统计期 在上一报告期内 上个报告期 上一个统计周期 上报告期 上一报告年度 上一年度报告期".split(),
]
TRUE = [
    "截至2024年12月31日24时，我局共收到政府信息公开申请130件。",
    "2024.1.1—2024.12.31，我局共收到政府信息公开申请130件。",
    "2024.1-6，收到政府信息公开申请60件。",
    "2023.1.1—2024.12.31，收到政府信息公开申请230件。",
    "2022.1.1—2022.12.31，收到政府信息公开申请90件。",
    "新收政府信息公开申请130件，较上一报告期增长30%。",
    "截至2024年底，累计收到政府信息公开申请330件，办结329件，其中2024年收到130件。",
    "截至2024年12月31日24时，我局累计收到政府信息公开申请230件。",
    "截至2024.12.31，累计收到政府信息公开申请130件。",
    "截至2023年底，我局累计收到政府信息公开申请380件。",
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
    ("截至2024年12月31日24时，我局共收到政府信息公开申请131件。", "E501"),
    ("2024.1.1—2024.12.31，我局共收到政府信息公开申请131件。", "E501"),
    ("新收政府信息公开申请130件，较上一报告期增长31%。", "E502"),
    ("新收政府信息公开申请130件，上一报告期101件。", "E501"),
    ("截至2024年底，累计收到政府信息公开申请129件。", "E501"),
    ("截至2024年底，累计收到政府信息公开申请229件。", "W501"),
    ("截至2024年底，全年累计收到政府信息公开申请131件。", "E501"),
    ("截至2024年底，网站累计发布信息500条，收到政府信息公开申请131件。", "E501"),
    ("截至2023年底，我局累计收到政府信息公开申请99件。", "E501"),
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


@each("period", PERIODS)
def test_a_number_of_last_years_period_in_any_spelling_is_last_years(period):
    past = make(2023, PAST)
    for words, this, before in CELLS:
        numbers = (before, before + 1, this)
        found = [len(told(f"{period}，{words.format(one)}。", past)) for one in numbers]
        assert (period, found) == (period, [0, 1, 1])


@each("text", TRUE)
def test_true_moments_and_spans_over_years_are_no_finding(text):
    assert told(text) == []


@each(("text", "code"), FALSE)
def test_this_years_number_of_another_year_and_a_wrong_one_of_last_year_are_found(text, code):
    assert told(text) == [code]


def test_a_moment_of_a_year_that_no_report_tells_is_only_doubted():
    assert told("截至2023年底，收到政府信息公开申请130件。", None) == ["W501"]
    assert told("截至2023年底，收到政府信息公开申请100件。", None) == []
