"""A table's CSV, as spreadsheets save the official form, is read cell by cell; what is not certain stops with its place."""

from itertools import pairwise

import pytest

from making import keys_of
from nianbao.findings import Source
from sheets import TABLES, at, codes, official, params, read, read_file, row_of, table_of

TABLE2 = """第二十条第（一）项
信息内容,本年制发件数,本年废止件数,现行有效件数
规章,1,2,3
行政规范性文件,4,5,6
第二十条第（五）项
信息内容,本年处理决定数量
行政许可,7
第二十条第（六）项
信息内容,本年处理决定数量
行政处罚,8
行政强制,9
第二十条第（八）项
信息内容,本年收费金额（单位：万元）
行政事业性收费,10.50
"""


def numbered(form, table):
    """A table whose cells all differ, as rows and as the values expected."""
    expected = {key: index for index, key in enumerate(keys_of(table_of(form, table)), 1)}
    return official(table_of(form, table), lambda *key: expected[key]), expected


def values(intake):
    return {key: cell.value for key, cell in intake.cells.items()}


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_every_number_of_the_official_layout_lands_in_its_cell(form, table, tmp_path):
    rows, expected = numbered(form, table)
    intake = read(tmp_path, table_of(form, table), rows)
    assert expected == values(intake)
    assert ([], []) == (intake.faults, codes(note for note in intake.notes if note.code != "W204"))


def test_a_cell_knows_its_file_line_and_address(tmp_path):
    path = tmp_path / "table2.csv"
    path.write_text(TABLE2, "utf-8-sig")
    intake = read_file(path, table_of("2021", "table2"), params())
    cell = at(intake, table_of("2021", "table2"), "行政规范性文件", "现行有效件数")
    assert (6, Source("table2.csv", 4, "D4")) == (cell.value, cell.source)
    assert "10.50" == format(
        at(intake, table_of("2021", "table2"), "行政事业性收费", "本年收费金额（单位：万元）").value, "f"
    )


@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", None), ("utf-8-sig", None), ("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")]
)
@pytest.mark.parametrize(("form", "table"), [("2021", "table2"), ("2019", "table3"), ("2021", "table4")])
def test_what_spreadsheets_save_is_read_and_a_foreign_encoding_said(form, table, encoding, said, separator, tmp_path):
    rows, expected = numbered(form, table)
    intake = read(tmp_path, table_of(form, table), rows, encoding, separator)
    assert expected == values(intake)
    assert [] == intake.faults
    assert ([f"按 {said} 读取"] if said else []) == [note.found for note in intake.notes]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end, tmp_path):
    path = tmp_path / "table2.csv"
    path.write_bytes(TABLE2.replace("\n", end).encode())
    assert [] == read_file(path, table_of("2021", "table2"), params()).faults


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"\xff\xfe\x00", "编码"),
        (b"\x81\x20\xff", "编码"),
        (b"PK\x03\x04 xlsx", "Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0 xls", "Excel 工作簿"),
    ],
)
def test_an_unreadable_file_is_a_fault_that_says_how_to_save_it(raw, found, tmp_path):
    path = tmp_path / "table2.csv"
    path.write_bytes(raw)
    [fault] = read_file(path, table_of("2021", "table2"), params()).faults
    assert ("F101", Source("table2.csv")) == (fault.code, fault.source)
    assert found in fault.found
    assert "CSV UTF-8" in fault.action


def test_a_folder_in_place_of_the_file_is_a_fault(tmp_path):
    assert ["F101"] == codes(read_file(tmp_path, table_of("2021", "table2"), params()).faults)


def test_a_cell_larger_than_any_table_is_a_fault(tmp_path):
    path = tmp_path / "table2.csv"
    path.write_text(f'"{"规" * 200_000}"', "utf-8")
    assert ["F111"] == codes(read_file(path, table_of("2021", "table2"), params()).faults)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_an_empty_file_is_a_fault(form, table, tmp_path):
    assert {"F201"} == set(codes(read(tmp_path, table_of(form, table), []).faults))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: [[*row, "", ""] for row in rows],
        lambda rows: [[f" {cell}\u00a0" for cell in row] for row in rows],
        lambda rows: [line for row in rows for line in (row, [""] * len(row), [])],
        lambda rows: [[cell.replace("（", "(").replace("）", ")") for cell in row] for row in rows],
        lambda rows: [[cell.replace("企业", " 企业").replace("制发", "制\n发") for cell in row] for row in rows],
        lambda rows: [[cell.replace("“", '"').replace("”", '"') for cell in row] for row in rows],
        lambda rows: [[row[0]] * 4 if row[0].startswith("第二十条") else row for row in rows],
        lambda rows: [["表头：主动公开政府信息情况"], *rows],
    ],
    ids=[
        "blank columns",
        "spaces",
        "blank rows",
        "half-width brackets",
        "spaces in labels",
        "quotes",
        "merged title",
        "caption",
    ],
)
def test_the_looks_of_a_spreadsheet_do_not_matter(spoil, tmp_path):
    rows, expected = numbered("2021", "table2")
    intake = read(tmp_path, table_of("2021", "table2"), spoil(rows))
    assert (expected, [], []) == (values(intake), intake.faults, intake.notes)


def test_merged_cells_may_be_filled_in_every_cell(tmp_path):
    """Un-merging repeats the text: the corner, the groups of the head and of the row labels."""
    rows, expected = numbered("2021", "table3")
    filled = [list(row) for row in rows]
    for row in filled[:3]:
        row[:3] = [rows[0][0]] * 3
    filled[0][3:] = ["申请人情况"] * 7
    filled[1][3:] = ["自然人", *["法人或其他组织"] * 5, "总计"]
    filled[2][3], filled[2][9] = "自然人", "总计"
    for above, row in pairwise(filled[3:]):
        row[:3] = [cell or before for cell, before in zip(row[:3], above[:3], strict=True)] if not row[0] else row[:3]
    intake = read(tmp_path, table_of("2021", "table3"), filled)
    assert (expected, []) == (values(intake), intake.faults)


def test_rows_in_another_order_are_read_by_their_labels(tmp_path):
    rows, expected = numbered("2021", "table2")
    rows[2], rows[3] = rows[3], rows[2]
    assert expected == values(read(tmp_path, table_of("2021", "table2"), rows))


@pytest.mark.parametrize(
    ("form", "table", "label", "written"),
    [
        ("2019", "table2", "本年新制作数量", "本年新"),
        ("2019", "table2", "本年增/减", "本年增/"),
        ("2019", "table2", "本年新制作数量", "本年新公开数量"),
        ("2019", "table2", "对外公开总数量", "本年新公开数量"),
        ("2019", "table2", "规范性文件", "行政规范性文件"),
        ("2021", "table2", "行政规范性文件", "规范性文件"),
        ("2021", "table2", "本年废止件数", ""),
        ("2021", "table3", "商业企业", "企业"),
        ("2021", "table3", "科研机构", ""),
        ("2021", "table3", "科研机构", "商业企业"),
        ("2021", "table3", "一、本年新收政府信息公开申请数量", "一、本年新收申请数量"),
        ("2021", "table3", "（七）总计", "（七）合计"),
        ("2021", "table4", "结果纠正", "纠正"),
        ("2021", "table4", "未经复议直接起诉", "未经复议直接"),
    ],
)
def test_a_half_lost_doubled_or_varied_label_is_read_by_its_place_and_said(form, table, label, written, tmp_path):
    rows, expected = numbered(form, table)
    row = row_of(rows, label)
    row[row.index(label)] = written
    intake = read(tmp_path, table_of(form, table), rows)
    assert (expected, []) == (values(intake), intake.faults)
    [note] = [note for note in intake.notes if note.code == "I103"]
    assert note.source.line
    assert f"“{written or '（空）'}”读作“" in note.found or (table == "table3" and written == "")
    assert table == "table4" or f"读作“{label}”" in note.found


@pytest.mark.parametrize(
    ("form", "table", "label", "written"),
    [
        ("2021", "table2", "行政规范性文件", "其他主动公开文件"),
        ("2021", "table2", "本年废止件数", "备注"),
        ("2019", "table2", "本年新公开数量", "本年废止件数"),
        ("2021", "table3", "法律服务机构", "个体户"),
        ("2021", "table3", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "小计"),
        ("2021", "table4", "尚未审结", "备注"),
    ],
)
def test_a_foreign_label_is_never_taken_for_the_missing_one(form, table, label, written, tmp_path):
    rows, _ = numbered(form, table)
    row = row_of(rows, label)
    row[row.index(label)] = written
    faults = read(tmp_path, table_of(form, table), rows).faults
    assert {"F201"} == set(codes(faults))
    assert any(written in fault.found and label in fault.expected for fault in faults)


@pytest.mark.parametrize("index", range(3, 28))
def test_a_missing_row_is_a_fault_that_names_it(index, tmp_path):
    rows, _ = numbered("2021", "table3")
    gone = next(cell for cell in reversed(rows[index][:3]) if cell)
    del rows[index]
    faults = read(tmp_path, table_of("2021", "table3"), rows).faults
    assert faults
    assert any(gone in fault.found + fault.expected for fault in faults)


def test_an_undeclared_local_row_is_a_fault_that_says_how_to_declare_it(tmp_path):
    rows, _ = numbered("2021", "table2")
    rows.insert(4, ["其他主动公开文件", "1", "2", "3"])
    [fault] = read(tmp_path, table_of("2021", "table2"), rows).faults
    assert ("F201", Source("table2.csv", 5)) == (fault.code, fault.source)
    assert "“其他主动公开文件”不在本格式中" in fault.found
    assert "extra_rows" in fault.action


@pytest.mark.parametrize("is_above", [True, False])
def test_columns_side_by_side_under_one_wrong_head_are_told_once(is_above, tmp_path):
    head, *rest = official(table_of("2021", "table4"))
    wrong = ["行政复议", "行政诉讼"]
    [fault] = read(tmp_path, table_of("2021", "table4"), [wrong, *([head] if is_above else []), *rest]).faults
    assert ("F201", fault.found) == (fault.code, "栏“结果纠正”等4栏在“行政诉讼”之下，这不是它的类别")
