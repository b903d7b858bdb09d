"""What somebody wrote on a cell of a form is told with its cell and its words, and nobody is named."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from forms import blank, filled, put, saved
from making import FORMATS, write
from nianbao.checks.accepted import accepted
from nianbao.findings import Severity
from nianbao.inputs.folder import read

ZEROS = {one.id: dict.fromkeys(one.cells, 0) for one in FORMATS["2021"].tables.values()}


def commented(**comments):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS, facts=[("访问量", 3, "次")])))
    for cell, said in comments.items():
        sheet, _, at = cell.partition("_")
        book[sheet][at].comment = Comment(said, "张三")
    return saved(book)


def told(paths):
    report, faults = read(paths)
    assert () == faults
    return [(one.code, one.source.cell, one.found) for one in report.notes if one.code in {"W247", "I118"}]


def test_a_comment_on_a_figure_is_a_warning_and_one_on_a_label_a_note(tmp_path):
    raw = commented(表三_D5="待核实，应为9", 表三_A5="这一行怎么算？", 事实_B2="网信办的数")
    assert [
        ("I118", "表三!A5", "“一、本年新收政府信息公开申请数量”：这一行怎么算？"),
        ("W247", "表三!D5", "“0”：待核实，应为9"),
        ("W247", "事实!B2", "“3”：网信办的数"),
    ] == told(put(write(tmp_path), raw))


def test_each_comment_on_a_figure_is_accepted_by_itself(tmp_path):
    accept = "accepted:\n  - {code: W247, place: 工作表“表三” D5格, reason: 已核对, who: 办公室, when: 2025-01-20}\n"
    raw = commented(表三_D5="核对过", 表三_D9="待核实，应为9")
    report, faults = read(put(write(tmp_path, report=accept), raw))
    assert () == faults
    left = [one for one in accepted(report, report.notes) if one.code == "W247" and one.severity is Severity.WARNING]
    assert ["表三!D9"] == [one.source.cell for one in left]


def test_who_is_named_in_a_comment_is_not_told(tmp_path):
    raw = commented(表三_D5="填表人：李四 电话：0932-8212345")
    assert ["“0”：填表人、联系方式"] == [found for _, _, found in told(put(write(tmp_path), raw))]


@pytest.mark.parametrize(
    ("typed", "told_as"),
    [
        ("张三:\n待核实，应为9", "待核实，应为9"),
        ("张三：待核实", "待核实"),
        ("李四:\n待核实\nby then", "待核实 by then"),
        ("[线程批注]\n\n你的Excel版本可读取此线程批注; 了解详细信息: https://example.com\n\n注释:\n    待核实", "待核实"),
        ("需核实：\n应为9", "需核实： 应为9"),
        ("应为：9\n请核对", "应为：9 请核对"),
        ("暂估:\n", "暂估:"),
    ],
)  # fmt: skip
def test_a_comment_is_told_without_what_excel_writes_before_it(typed, told_as, tmp_path):
    assert [f"“0”：{told_as}"] == [found for _, _, found in told(put(write(tmp_path), commented(表三_D5=typed)))]


def test_an_empty_comment_is_none(tmp_path):
    assert [] == told(put(write(tmp_path), commented(表三_D5="  \n", 表三_D6="张三:\n ")))


def test_the_form_s_own_hint_is_none(tmp_path):
    raw = commented(表三_D6="从2023年度报告结转，请核对。")
    assert [] == told(put(write(tmp_path), raw))
