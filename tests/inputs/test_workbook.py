"""A workbook is read as a person sees it, or said to be unreadable with sheet and cell; a hostile one is refused at once."""

import datetime
import itertools
import re
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machine import POSIX, apart
from making import write
from nianbao.findings import Source
from nianbao.inputs.files.workbook import read_workbook
from nianbao.inputs.folder import read
from sheets import codes
from workbooks import HOSTILE, REPEATED, altered, inside, made, ods, simple, uncalculated

XLS = Path(__file__).parent.parent / "golden" / "workbook.xls"  # as LibreOffice saves it
SIMPLE = simple()


def opened(tmp_path, raw, name="form.xlsx"):
    path = tmp_path / name
    path.write_bytes(raw)
    return read_workbook(path)


def texts(tmp_path, write):
    """The cells of the first row as text."""
    book = opened(tmp_path, made(write))
    assert [] == book.faults
    return book.sheets[0].rows[0][1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (3.0, "3"), (160.5964, "160.5964"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (10**11, "100000000000"),
        ("007", "007"), ("=1+1", "=1+1"), (True, "TRUE"), (datetime.date(2021, 2, 5), "2021-02-05"), ("减3", "减3"),
        ("一\u3000二", "一\u3000二"),
    ],
)  # fmt: skip
def test_a_value_is_the_text_that_was_typed(value, text, tmp_path):
    def put(book, sheet):
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        (sheet.write_string if isinstance(value, str) else sheet.write)(
            0, 0, value, *([dated] if isinstance(value, datetime.date) else [])
        )

    assert [text] == texts(tmp_path, put)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.4, "0%", "40%"), (0.123, "0.00%", "12.3%"), (12.5, "¥#,##0.00", "¥12.5"), (3, '0"件"', "3件"),
        (12.5, "0.00", "12.5"), (12.5, '0.00"万元"', "12.5万元"), (1234567, "#,##0", "1234567"),
        (-3, "0_);[Red]\\(0\\)", "-3"), (5, "[$¥-804]#,##0", "¥5"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"), (3, "@", "3"), (2, '"共"0"件"', "共2件"),
    ],
)  # fmt: skip
def test_what_a_format_adds_is_part_of_the_text(value, code, text, tmp_path):
    assert [text] == texts(tmp_path, lambda book, sheet: sheet.write(0, 0, value, book.add_format({"num_format": code})))


def test_a_number_that_is_shown_smaller_than_it_is_has_no_certain_meaning(tmp_path):
    [text] = texts(tmp_path, lambda book, sheet: sheet.write(0, 0, 12345, book.add_format({"num_format": '0!.0,"万"'})))
    assert text.startswith("显示的与存的数不同")


# Labels keep their words: a struck, raised or lowered character of theirs is no digit of a value.
STRUCK_CELLS = [
    ("~9~1191", True), ("~9", True), ("19^1", True), ("1_2", True), ("~减~3", True), ("~不适用", True),
    ("~无", True), ("12~万~元", True), ("~万~次", True), ("未知：~甲~乙", True), ("~△", True),
    ("本年新收~数量", False), ("规章^1", False), ("~  ~12", False), ("~规章", False),
]  # fmt: skip


def runs(text):
    """The runs of a text that marks change: ``~`` strikes out, ``^`` raises, ``_`` lowers, until the next mark."""
    pieces = re.split("([~^_])", text)
    marks = ["", *pieces[1::2]]
    struck = list(itertools.accumulate(marks, lambda on, mark: "" if mark == on else mark))
    return [(mark, piece) for mark, piece in zip(struck, pieces[::2], strict=True) if piece]


def in_looks(book, sheet, texts):
    """Write texts with runs of their own."""
    looks = {
        "": None,
        "~": book.add_format({"font_strikeout": True}),
        "^": book.add_format({"font_script": 1}),
        "_": book.add_format({"font_script": 2}),
    }
    for row, text in enumerate(texts):
        made = [one for mark, piece in runs(text) for one in ([looks[mark]] if mark else []) + [piece]]
        if len(runs(text)) > 1:
            assert sheet.write_rich_string(row, 0, *made) == 0
        else:
            sheet.write_string(row, 0, made[-1], looks[runs(text)[0][0]])
    sheet.write_number(len(texts), 0, 5, looks["~"])
    sheet.write_number(len(texts) + 1, 0, 6, looks["^"])
    sheet.write_number(len(texts) + 2, 0, 7)


TEXTS_IN_LOOKS = [text for text, _ in STRUCK_CELLS]
IS_STRUCK, IS_RAISED = (f"格里有{what}，不知哪些字算数：" for what in ("删去线", "上标或下标"))
READ_OF_THEM = [
    ((IS_STRUCK if "~" in text else IS_RAISED) * is_odd + "".join(piece for _, piece in runs(text))).strip()
    for text, is_odd in STRUCK_CELLS
] + [f"{IS_STRUCK}5", f"{IS_RAISED}6", "7"]


def test_what_is_struck_out_raised_or_lowered_is_no_certain_value(tmp_path):
    book = opened(tmp_path, made(lambda book, sheet: in_looks(book, sheet, TEXTS_IN_LOOKS)))
    assert READ_OF_THEM == [cells[0] for _, cells in book.sheets[0].rows]


def test_a_label_is_marked_where_it_is_struck_out_and_not_where_a_footnote_s_number_is_raised(tmp_path):
    labels = ["规章^1", "本年新收~数量", "行政_许可", "~行政许可"]
    book = opened(tmp_path, made(lambda book, sheet: in_looks(book, sheet, labels)))
    assert book.sheets[0].labels == {(1, 0): f"{IS_STRUCK}本年新收数量", (3, 0): f"{IS_STRUCK}行政许可"}


def test_an_xls_with_struck_characters_is_read_as_an_xlsx():
    read = [cells[0] for _, cells in read_workbook(XLS.with_name("struck.xls")).sheets[0].rows]
    assert [*READ_OF_THEM[:-2], "6", "7"] == read  # LibreOffice, which saved it, raises no number


@pytest.mark.parametrize(
    ("styles", "cell", "said"),
    [
        ("", "<text:p>9<text:span text:style-name='T1'>1</text:span></text:p>", IS_STRUCK),
        ("", "<text:p>9<text:span text:style-name='T2'>1</text:span></text:p>", IS_RAISED),
        ("", "<text:p>9<text:span text:style-name='T3'>1</text:span></text:p>", ""),
        (" table:style-name='struck'", "<text:p>91</text:p>", IS_STRUCK),
        (" table:style-name='its child'", "<text:p>91</text:p>", IS_STRUCK),
        (" table:style-name='plain'", "<text:p>91</text:p>", ""),
        ("", "<text:p>91</text:p>", ""),
    ],
)
@pytest.mark.parametrize("of", ["cell", "column", "row"])
def test_struck_characters_of_an_ods_are_seen_in_its_styles(styles, cell, said, of, tmp_path):
    style = styles.partition("=")[2].strip("'")
    default = f' table:default-cell-style-name="{style}"' if style else ""
    rows = (
        f"<table:table-column{default * (of == 'column')}/><table:table-row{default * (of == 'row')}>"
        f"<table:table-cell{styles * (of == 'cell')} office:value-type='string'>{cell}</table:table-cell></table:table-row>"
    )
    [sheet] = opened(tmp_path, ods(rows, looks=LOOKS_OF_ODS), "form.ods").sheets
    assert [(1, [f"{said}91"])] == sheet.rows


LOOKS_OF_ODS = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="T2" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style><style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-line-through-style="none" style:text-position="0% 100%"/></style:style>'
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="its child" '
    'style:family="table-cell" style:parent-style-name="struck"/><style:style style:name="plain" '
    'style:family="table-cell" style:parent-style-name="struck"><style:text-properties '
    'style:text-line-through-style="none"/></style:style>'
)


def test_an_error_stands_as_it_is_shown(tmp_path):
    assert ["#REF!"] == texts(tmp_path, lambda _, sheet: sheet.write_formula(0, 0, "=A9", None, "#REF!"))


def test_a_formula_without_a_result_is_never_blank(tmp_path):
    [(number, cells)] = opened(tmp_path, uncalculated()).sheets[0].rows
    assert (2, ["", "公式没有结果：用电子表格打开、保存一次"]) == (number, cells)


def test_a_formula_stands_for_the_result_that_was_saved(tmp_path):
    def put(_, sheet):
        for at, (formula, result) in enumerate([("=1+1", 2), ('="不适用"', "不适用"), ("=1", 1)]):
            sheet.write_formula(0, at, formula, None, result)

    assert ["2", "不适用", "1"] == texts(tmp_path, put)


def test_merged_cells_have_their_text_in_the_first(tmp_path):
    def put(_, sheet):
        sheet.merge_range(0, 0, 0, 2, "合并")
        sheet.write(0, 3, 1)

    assert ["合并", "", "", "1"] == texts(tmp_path, put)


def test_merged_cells_of_an_ods_are_known_as_those_of_an_xlsx_are(tmp_path):
    cell = '<table:table-cell office:value-type="float" office:value="7" {spans}><text:p>7</text:p></table:table-cell>'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    spans = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    rows = f"<table:table-row>{cell.format(spans='')}{cell.format(spans=spans)}{covered}</table:table-row>"
    rows += (
        '<table:table-row><table:table-cell/><table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>'
    )
    assert opened(tmp_path, ods(rows), "form.ods").sheets[0].merged == (((0, 1), (1, 3)),)


def test_rows_keep_their_numbers_and_are_as_wide_as_the_sheet(tmp_path):
    def put(_, sheet):
        sheet.write(2, 1, "一")
        sheet.write(5, 3, 2)

    assert [(3, ["", "一", "", ""]), (6, ["", "", "", "2"])] == opened(tmp_path, made(put)).sheets[0].rows


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path):
    def put(book, sheet):
        sheet.write_row(0, 0, ["一", 1, 2])
        sheet.write(2, 0, 3)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(9, 9, None, None, {"hidden": True})  # holds nothing
        other = book.add_worksheet("旧表")
        other.write(0, 0, 4)
        other.hide()

    book = opened(tmp_path, made(put))
    assert [["一", "1", "2"], ["3", "", ""], ["4"]] == [cells for sheet in book.sheets for _, cells in sheet.rows]
    assert [
        ("I115", "第3行、B列是隐藏的", "表三!A1"),
        ("I115", "整张工作表是隐藏的", "旧表!A1"),
    ] == [(note.code, note.found, note.source.cell) for note in book.notes]


def test_macros_and_links_to_other_files_are_left_alone_and_said(tmp_path):
    raw = altered(simple(), **{"xl/vbaProject.bin": bytes, "xl/externalLinks/externalLink1.xml": lambda _: b"<a/>"})
    [note] = opened(tmp_path, raw).notes
    assert ("I116", "有宏和指向别的文件的链接") == (note.code, note.found)


@pytest.mark.parametrize(
    ("attributes", "shown", "text"),
    [
        ('office:value-type="float" office:value="3"', "3", "3"),
        ('office:value-type="float" office:value="12.345"', "12.35", "显示的与存的数不同：12.35，存的是12.345"),
        ('office:value-type="float" office:value="12.5"', "12.50", "12.5"),
        ('office:value-type="float" office:value="1234567"', "1,234,567", "1234567"),
        ('office:value-type="float" office:value="12.5"', "12.50万元", "12.5万元"),
        ('office:value-type="percentage" office:value="0.1246"', "12%", "显示的与存的数不同：12%，存的是0.1246"),
        ('office:value-type="percentage" office:value="0.4"', "40%", "40%"),
        ('office:value-type="float" office:value="-3"', "(3)", "-3"),
        ('office:value-type="float" office:value="0"', "-", "0"),
        ('office:value-type="float" office:value="12345"', "1.2万", "显示的与存的数不同：1.2万，存的是12345"),
        ('table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', "#DIV/0!", "#DIV/0!"),
        ('table:formula="of:=1+1"', "", "公式没有结果：用电子表格打开、保存一次"),
    ],
)
def test_a_cell_of_an_ods_is_what_is_shown_or_no_number(attributes, shown, text, tmp_path):
    rows = f"<table:table-row><table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell></table:table-row>"
    book = opened(tmp_path, ods(rows if shown else rows.replace("<text:p></text:p>", "")), "form.ods")
    assert [([], [(1, [text])])] == [(book.faults, sheet.rows) for sheet in book.sheets]


@pytest.mark.parametrize("beside", ["office:annotation", "draw:frame"])
@pytest.mark.parametrize(
    ("kind", "text"), [("float' office:value='33", "33"), ("string", "不适用"), ("percentage' office:value='0.4", "40%")]
)
def test_what_a_comment_or_a_shape_says_does_not_stand_in_the_cell(beside, kind, text, tmp_path):
    said = f"<{beside}><text:p>从上年报告<text:span>结转</text:span>，请核对。</text:p></{beside}>"
    rows = (
        f"<table:table-row><table:table-cell office:value-type='{kind}'>{said}<text:p>{text}</text:p></table:table-cell>"
        f"<table:table-cell>{said}</table:table-cell></table:table-row>"
    )
    book = opened(tmp_path, ods(rows), "form.ods")
    assert [([], [(1, [text])])] == [(book.faults, sheet.rows) for sheet in book.sheets]


def test_an_xls_is_read_as_the_others_are():
    book = read_workbook(XLS)
    assert [] == book.faults
    assert [
        ["一、新收", "3", "160.5964", "-7"],
        ["40%", "12.5万元", "显示的与存的数不同：12!.3万，存的是12345", "3件"],
        ["2", "不适用", "#DIV/0!", "一、新收"],
        ["=1+1", "007", "", ""],
        ["4"],
    ] == [cells for sheet in book.sheets for _, cells in sheet.rows]
    assert ["第4行、D列是隐藏的", "整张工作表是隐藏的"] == [note.found for note in book.notes]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["a.xls", "a.xlsx"]),
    st.lists(st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=4)), max_size=6),
    st.integers(0, 3000),
)
def test_a_damaged_workbook_is_read_or_has_faults_in_its_file(tmp_path_factory, name, changes, cut):
    raw = bytearray(XLS.read_bytes() if name == "a.xls" else SIMPLE)
    for place, data in changes:
        at = int(place * len(raw))
        raw[at : at + len(data)] = data
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(raw[: len(raw) - cut] if cut % 3 == 0 else raw)
    book = read_workbook(path)
    assert all(fault.source.file == name and fault.action for fault in book.faults)
    assert not (book.sheets and any(fault.kind.code == "F101" for fault in book.faults))


# calamine ends the process where it finds no memory for them: hypothesis draws such a file once in some hundred.
@pytest.mark.parametrize("extent", [(9, 2, 0, 5), (0, 2**32 - 1, 0, 5), (0, 5, 7, 5), (0, 5, 0, 2**16 - 1)])
def test_a_sheet_that_says_it_is_of_no_size_is_a_fault(extent, tmp_path):
    raw, said = XLS.read_bytes(), b"\x00\x02\x0e\x00"
    assert raw.count(said) == 2  # one for each sheet
    at = raw.index(said) + len(said)
    book = opened(tmp_path, raw[:at] + struct.pack("<2I2H", *extent) + raw[at + 12 :], "a.xls")
    assert ([], ["F101"]) == (book.sheets, codes(book.faults))


def test_an_xls_whose_parts_are_said_to_be_larger_than_any_file_is_a_fault(tmp_path):
    raw = bytearray(XLS.read_bytes())
    raw[32] = 255  # the size of a small part, as a power of two
    assert ["F101"] == codes(opened(tmp_path, bytes(raw), "a.xls").faults)


def test_what_a_file_is_says_its_content_and_not_its_name(tmp_path):
    assert [(1, ["一", "5"])] == opened(tmp_path, simple(), "form.xls").sheets[0].rows


def test_characters_that_nobody_sees_are_named_with_their_cell(tmp_path):
    book = opened(tmp_path, made(lambda _, sheet: sheet.write_row(0, 0, ["甲\u200b", "乙\u202e"])))
    assert [("F110", Source("form.xlsx", 1, "表三!B1"))] == [(one.code, one.source) for one in book.faults]
    assert [("I114", Source("form.xlsx", 1, "表三!A1"))] == [(one.code, one.source) for one in book.notes]


def test_long_formulas_beside_the_tables_are_no_text_of_theirs(tmp_path):
    formula = "+".join(["1"] * 4_000)  # as long as a spreadsheet takes
    rows = "".join(f'<row r="{at}"><c r="A{at}"><f>{formula}</f><v>4000</v></c></row>' for at in range(9, 409))
    book = opened(tmp_path, inside(rows.encode()), "form.xlsx")
    assert book.faults == []
    assert len(book.sheets[0].rows) == 401


SECONDS = 20  # of CPU; one or two on a machine that does nothing else


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_workbook_is_one_fault_of_its_report_at_once(name, tmp_path):
    file, make, code = HOSTILE[name]
    paths = write(tmp_path)
    (paths.folder / file).write_bytes(make())
    begun = time.process_time()
    faults = read(paths)[1]
    assert time.process_time() - begun < SECONDS
    assert [(code, file)] * bool(code) == [(fault.code, fault.source.file) for fault in faults]
    assert all(fault.action for fault in faults)


@pytest.mark.slow
@POSIX
def test_hostile_workbooks_are_bounded_in_time_and_memory(tmp_path):
    with apart() as ran:
        for name, (file, make, _) in HOSTILE.items():
            (tmp_path / file).write_bytes(make())
            _, seconds, mib = ran(name, read_workbook, tmp_path / file)
            print(f"{name}: {seconds:.2f} s, {mib} MiB")
            assert (seconds < SECONDS, mib < 240) == (True, True), name


def test_blank_rows_and_columns_without_end_are_nothing(tmp_path):
    more = REPEATED.format(rows=1_048_000, cells=16384) + "/></table:table-row>"
    first = '<table:table-row><table:table-cell office:value-type="string"><text:p>一</text:p></table:table-cell>'
    first += "</table:table-row>"
    assert [(1, ["一"])] == opened(tmp_path, ods(first + more), "form.ods").sheets[0].rows
    assert [(1, ["一", "5"])] == opened(tmp_path, inside(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')).sheets[0].rows
