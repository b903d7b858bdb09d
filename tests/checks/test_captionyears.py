"""The name above a table that says another year is an error with its cell; one that says the own year, or none, is not."""

import io

import openpyxl
import pytest

from cases import each
from forms import blank, filled, put, saved
from making import FORMATS, findings, write
from nianbao.inputs.folder import read
from sheets import official, save

ZEROS = {one.id: dict.fromkeys(one.cells, 0) for one in FORMATS["2021"].tables.values()}
CAPTION = "表三　收到和处理政府信息公开申请情况"


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        (f"{CAPTION}（2023年）", True),
        (f"2023年度{CAPTION.removeprefix('表三　')}", True),
        (f"{CAPTION}（2022年度）", True),
        (CAPTION, False),
        (f"{CAPTION}（2024年）", False),
        (f"2024年度{CAPTION.removeprefix('表三　')}", False),
    ],
)
def test_a_table_s_name_with_another_year_is_an_error_at_its_cell(text, is_wrong, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    book["表三"]["A1"] = text
    report, faults = read(put(write(tmp_path / "form"), saved(book)))
    assert () == faults
    assert [("表三 标题", "表三!A1")] * is_wrong == [(one.place, one.source.cell) for one in findings(report, "E112")]
    paths = write(tmp_path / "csv")
    save(paths.table_file("table3"), [[text], *official(FORMATS["2021"].tables["table3"])])
    report, faults = read(paths)
    assert () == faults
    assert [("table3.csv", "A1")] * is_wrong == [(one.source.file, one.source.cell) for one in findings(report, "E112")]


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("示例市测试局2023年度收到和处理政府信息公开申请情况", True),
        ("2023年度", True),
        ("年度：2023", True),
        ("（2023.1.1-2023.12.31）", True),
        ("（2023年1月1日至2023年12月31日）", True),
        ("统计期限：2023年1月1日至12月31日", True),
        ("2023 年 1 月 1 日 至 2023 年 12 月 31 日", True),
        ("（2023年1月1日—12月31日）", True),
        ("（2023年1月1日（含）至12月31日）", True),
        ("自2023年1月1日起", True),
        ("2023年12月31日止", True),
        ("于2023年12月31日截止", True),
        ("2023年1月、12月", True),
        ("2025年1月10日", False),
        ("（填表：张三，2025年1月10日）", False),
        ("制表时间 2024年1月10日", False),
        ("2024年度", False),
        ("（2024.1.1-2024.12.31）", False),
        ("填报日期：2025年1月10日", False),
        ("填报日期：2023年1月10日", False),
        ("示例市测试局（2021年版格式）", False),
        ("填报人：张三", False),
    ],
)
def test_another_year_in_a_line_above_a_table_is_an_error_at_its_line(text, is_wrong, tmp_path):
    report = beside(text, tmp_path)
    assert [("table3.csv", 1)] * is_wrong == [(one.source.file, one.source.line) for one in findings(report, "E112")]


def beside(text, folder, below=False):
    """A report with a line above or below a table."""
    paths = write(folder)
    rows = official(FORMATS["2021"].tables["table3"])
    save(paths.table_file("table3"), [*rows, [text]] if below else [[text], *rows])
    report, faults = read(paths)
    assert () == faults
    return report


LABELLED = [
    *(
        "统计期限：{}",
        "统计期限：{}.1-12",
        "统计期限：{}0101-{}1231",
        "统计时间：{}年",
        "统计时间：{}.1.1-{}.12.31",
        "所属期：{}",
    ),
    *(
        "统计截止时间：{}年12月31日",
        "统计截止日期：{}-12-31",
        "统计时间：{}1231",
        "【统计期限：{}】",
        "（统计期限：{}.1-12）",
    ),
    *(
        "统计期限 ： {}",
        "统计期限为{}",
        "统计期限：自{}.1.1起至{}.12.31止",
        "统计区间：{}.1—{}.12",
        "统计时间段：{}",
        "统计年：{}",
        "统计期间（年度）：{}",
        "数据起止时间：{}/1/1~12/31",
        "注：以上为{}年数据。",
    ),
    "注：本表统计时间为{}.1.1—{}.12.31。",
    "注：统计期限为{}年1月1日至12月31日。",
]
BARE = ["{}.01—{}.12", "{}.1-12", "{}0101-{}1231", "{}/1/1~12/31", "{}.1.1—12.31", "（{}-01-01至{}-12-31）"]
SPELT = [str, lambda year: str(year).translate(str.maketrans("0123456789", "０１２３４５６７８９"))]
BY_WORD = ["统计期限：上年", "统计期限：上一年度", "统计时间：去年全年", "统计期限：上一报告期", "注：以上数据为上年数据。"]
ABOVE = [
    "上一年度",
    "去年全年",
    "（上个报告期）",
    "表三（上一年度）",
    "上年度收到和处理政府信息公开申请情况",
    "截至2023.12.31",
    "统计期限：二〇二三",
    "统计期限：二○二三年",
    *("制定机关：国办　统计期限：2023年", "填报说明（2023年）", "统计范围：2023年", "表号：政公开03表（2021年制）　2023年"),
]
PARTS = [
    *(
        "{}年1月1日至6月30日",
        "{}年上半年",
        "{}年1—11月",
        "{}年前三季度",
        "{}年第四季度",
        "截至{}年11月30日",
        "{}.1.1-{}.6.30",
    ),
    *("2023年7月1日至{}年6月30日", "{}年7月1日至12月31日", "统计期限：1—6月", "统计期限：上半年", "统计期限：{}.1-6"),
    *("（{}年上半年）", "{}0101-{}0630", "注：以上为{}年上半年数据。", "注：统计期限为{}年1月1日至6月30日。"),
]
SOURCES = ["来源：{}年度统计年鉴", "数据来源：{}年统计公报", "资料来源：{}年统计年鉴"]
OF_THIS_YEAR = [
    *(
        "2024年1月1日至12月31日",
        "2024年1-12月",
        "2024年12月25日",
        "2024年12月",
        "截至2024年底",
        "截至2025年1月10日",
        "2024年全年",
    ),
    *(
        "注：其中2024年上半年收到5件。",
        "注：2024年7月起由市局集中行使。",
        "注：上半年5件，下半年4件。",
        "2024年上半年、下半年",
    ),
    *(one.replace("{}", "2023") for one in SOURCES),
    "注：统计期限为2024年1月1日至12月31日。",
    *(
        "统计期限：本年度",
        "表三（含上年结转）",
        "与上年对比",
        "截至2024.12.31",
        "截止日期：2025.1.10",
        "统计期限：全年",
        "统计期限：二〇二四",
        "统计期限：2023—2024",
        "填表日期：2025年1月10日",
        "填表日期：2023.1.10",
    ),
    *("统计时间：2025年1月10日", "统计时间：2025.1.10", "统计截止时间：20250110", "有效期限：2026", "报告日期：2025-1-10"),
    *(
        "注：含上年结转4件。",
        "注：规章为2022年制发。",
        "注：数据为2024年数据，上年数据见附件。",
        "统计人：张三　2025年1月10日",
    ),
    # The year of the form, of a thing, or of what is compared with.
    *("填报说明（2021年修订）", "表号：政公开03表　2021年制", "表号：政公开03表（2021年制定）", "制定机关：国办　2021年9月"),
    *("与2023年比较", "与2023年同期对比", "注：表内规章制定时间为2023年。", "统计范围：局机关及2023年新设的事业单位"),
]


@each("where", ["above", "below"])
@each("form", [*LABELLED, *BARE])
def test_a_period_of_another_year_beside_a_table_is_an_error_in_any_spelling(form, where, tmp_path):
    for at, spelt in enumerate(SPELT):
        for year, count in ((2023, 1), (2024, 0)):
            text = form.replace("{}", spelt(year))
            report = beside(text, tmp_path / f"{at}-{year}", where == "below")
            assert (text, count) == (text, len(findings(report, "E112")))


@each(("text", "count"), [*((one, 1) for one in [*BY_WORD, *ABOVE]), *((one, 0) for one in OF_THIS_YEAR)])
def test_last_year_by_word_beside_a_table_is_an_error_and_a_day_of_filling_in_is_none(text, count, tmp_path):
    assert count == len(findings(beside(text, tmp_path), "E112"))


@each("where", ["above", "below"])
@each("form", PARTS)
def test_a_part_of_a_year_beside_a_table_is_an_error(form, where, tmp_path):
    [found] = findings(beside(form.replace("{}", "2024"), tmp_path, where == "below"), "E112")
    assert "2024年1月1日至12月31日" == found.expected


def test_a_period_is_told_as_left_out_and_no_person(tmp_path):
    report = beside("统计时间：2024年1月1日至12月31日", tmp_path)
    assert ["统计时间：2024年1月1日至12月31日"] == [one.found for one in report.notes if one.code == "I110"]
