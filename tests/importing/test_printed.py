"""What a workbook prints above and below the pages of a sheet is listed, and says whose its tables are and of which year."""

import io
import struct
from pathlib import Path

import openpyxl
import pytest

import imports
import office
from machine import in_turn
from nianbao.importing.choosing import OF_ANOTHER
from nianbao.inputs.files import printed
from nianbao.inputs.files.workbook import read_workbook
from workbooks import altered, ods

GOLDEN = Path(__file__).parents[1] / "golden"
PAGE = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p>"
LINES = {"2022年度统计表", "A&B 示例县教育局", "打印："}
ROWS = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>一</text:p></table:table-cell></table:table-row>'
)
STYLES = (
    '<a:x xmlns:a="a" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><style:master-page style:name="P"><style:header>'
    "<style:region-left><text:p>2022年度统计表</text:p></style:region-left><text:p>第<text:page-number>1</text:page-number>"
    '页</text:p></style:header><style:footer style:display="false"><text:p>没有印出</text:p></style:footer>'
    "</style:master-page></a:x>"
)


def book(are_other=True, **margins):
    """A workbook with table three whose sheet prints some margins, on even pages and the first one others where it is so."""
    made = openpyxl.Workbook()
    made.active.title = "表三"
    for row in imports.rows("table3"):
        made.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    made.active.HeaderFooter.differentOddEven = made.active.HeaderFooter.differentFirst = are_other or None
    for where, text in margins.items():
        getattr(made.active, where).center.text = text
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def made_of(tmp_path, **margins):
    return imports.begin(tmp_path, ("a.html", PAGE), ("b.xlsx", book(**margins))).made


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("where", "line"),
    in_turn(
        ["oddHeader", "oddFooter", "evenHeader", "firstHeader"], ["2022年度统计表", "示例县教育局", "（草稿）", "上半年"]
    ),
)
def test_another_year_or_body_above_or_below_the_pages_is_asked_about(tmp_path, where, line):
    made = made_of(tmp_path, **{where: line})
    assert [one.rpartition("：")[2] for one in made.questions[OF_ANOTHER]] == [line]
    assert "table3" not in made.taken
    assert ("b.xlsx 工作表“表三”", line, "页眉页脚") in made.left_out


@pytest.mark.parametrize("where", ["evenHeader", "firstFooter"])
def test_what_a_sheet_keeps_for_pages_that_it_prints_like_the_others_is_not_printed(tmp_path, where):
    made = made_of(tmp_path, are_other=False, **{where: "2022年度统计表"})
    assert "table3" in made.taken
    assert not any(why == "页眉页脚" for _, _, why in made.left_out)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "line", ["2023年度统计表", "示例市测试局", "第&P页，共&N页", "打印日期：2024年1月15日", "&D &T &F &A"]
)
def test_the_same_year_and_body_there_are_no_question(tmp_path, line):
    made = made_of(tmp_path, oddHeader=line)
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert not any(why == "页眉页脚" and "页，" in text for _, text, why in made.left_out)


def test_the_codes_of_a_margin_are_no_text():
    assert printed.lines('&L&"宋体,常规"&10 甲&&乙&C&K000000&B丙\n丁&R&P/&N') == ["甲&乙", "丙", "丁"]
    assert printed.lines("&CPage &P of &N") == []
    assert printed.lines("&CA&&C公司&R&&&&L乙") == ["A&C公司", "&&L乙"]


def test_an_xls_says_what_it_prints():
    assert LINES == set(read_workbook(GOLDEN / "printed.xls").sheets[0].printed)
    even, first = ("&C双页".encode("utf-16-le"), b"&Lone")
    record = struct.pack("<28xH4H", 3, len(even) // 2, 0, 0, len(first))
    record += struct.pack("<HB", len(even) // 2, 1) + even + struct.pack("<HB", len(first), 0) + first
    assert printed.of_even_and_first(record) == ["双页", "one"]
    assert printed.of_even_and_first(record[:20]) == []
    assert printed.of_even_and_first(record[:28] + b"\2" + record[29:]) == ["one"]


def test_an_ods_says_what_it_prints():
    looks = '<style:style style:name="t" style:family="table" style:master-page-name="P"/>'
    raw = ods(ROWS, looks=looks)
    styled = {
        "styles.xml": lambda _: STYLES.encode(),
        "content.xml": lambda data: data.replace(b'table:name="', b'table:style-name="t" table:name="'),
    }
    read = read_workbook(Path("a.ods"), lambda _: altered(raw, **styled))
    assert read.sheets[0].printed == ("2022年度统计表",)


@pytest.mark.browser
def test_libreoffice_saves_what_a_sheet_prints_so_that_it_is_read_alike(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(book(oddHeader="2022年度统计表", oddFooter="示例县教育局 第&P页"))
    for path in office.saved(source, tmp_path, ".ods", ".xlsx", ".xls"):
        assert read_workbook(path).sheets[0].printed[0] == "2022年度统计表", path.suffix
