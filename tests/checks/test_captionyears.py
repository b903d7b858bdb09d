"""The name above a table that says another year is an error with its cell; one that says the own year, or none, is not."""

import io

import openpyxl
import pytest

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
    paths = write(tmp_path)
    save(paths.table_file("table3"), [[text], *official(FORMATS["2021"].tables["table3"])])
    report, faults = read(paths)
    assert () == faults
    assert [("table3.csv", 1)] * is_wrong == [(one.source.file, one.source.line) for one in findings(report, "E112")]
