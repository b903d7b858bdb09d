"""What stands beside a table, on whichever side, is one fault that names its cell, and no fault of the table's own cells."""

import io
from itertools import cycle

import openpyxl
import pytest

from forms import blank, filled, put, saved
from making import FORMATS, write
from nianbao.inputs.folder import read
from sheets import official, save

ZEROS = {one.id: dict.fromkeys(one.cells, 0) for one in FORMATS["2021"].tables.values()}
# Right of 备注, also in the rows of heads, titles, captions and checks; right of all, below, and alone below.
BESIDE = {
    "表二": ("F1", "G1", "F2", "F3", "F5", "G8", "F9", "A18", "B18"),
    "表三": ("M1", "M2", "N3", "M4", "M5", "M6", "M28", "M30", "M33", "A32", "D32", "L2"),
    "表四": ("Q1", "Q2", "R3", "Q4", "Q5", "Q7", "A7", "O8"),
}


def faults_of(tmp_path, raw, name="form.xlsx"):
    report, faults = read(put(write(tmp_path), raw, name))
    return [(one.code, one.source.file, one.source.cell) for one in faults], report


@pytest.mark.slow
def test_what_stands_beside_a_table_of_the_form_is_one_fault_with_its_cell(tmp_path):
    raw, wrong = filled(blank(), values=ZEROS), {}
    typed = cycle(["核对过", 12])
    for sheet, cell in ((sheet, cell) for sheet, cells in BESIDE.items() for cell in cells):
        book = openpyxl.load_workbook(io.BytesIO(raw))
        book[sheet][cell] = next(typed)
        found, _ = faults_of(tmp_path / f"{sheet}{cell}", saved(book))
        wrong |= {} if found == [("F204", "form.xlsx", f"{sheet}!{cell}")] else {(sheet, cell): found}
    assert {} == wrong


def test_what_stands_below_each_other_beside_a_table_is_one_fault(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    for row in range(5, 12):
        book["表三"][f"M{row}"] = row
    [fault] = read(put(write(tmp_path), saved(book)))[1]
    assert ("F204", "表三!M5", "“5”等7格，到第11行") == (fault.code, fault.source.cell, fault.found)
    assert "表格以外的格子是空的" == fault.expected


def test_what_stands_apart_beside_a_table_is_a_fault_each(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    book["表三"]["M5"], book["表三"]["M20"] = "核对过", "另一处：应为9"
    faults = read(put(write(tmp_path), saved(book)))[1]
    assert [("表三!M5", "“核对过”"), ("表三!M20", "“另一处：应为9”")] == [(one.source.cell, one.found) for one in faults]


def test_what_is_written_under_the_form_s_own_head_for_notes_is_a_note(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    book["表三"]["L5"] = book["表四"]["P5"] = "其中网上申请5件"
    found, report = faults_of(tmp_path, saved(book))
    assert [] == found
    told = [(one.place, one.source.cell) for one in report.notes if one.code == "I110"]
    assert [("表三 · 备注", "表三!L5"), ("表四 · 备注", "表四!P5")] == told


def beside(rows, place, text):
    """The rows of a table with a text in a cell that is none of its own."""
    row, column = place
    rows = [list(one) for one in rows] + [[] for _ in range(row - len(rows))]
    rows[row - 1] += [""] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = text
    return rows


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("text", ["核对过", "12"])
@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
def test_what_stands_beside_a_table_in_a_csv_is_one_fault_with_its_cell(table, text, tmp_path):
    rows, wrong = official(FORMATS["2021"].tables[table]), {}
    width, end = max(map(len, rows)), len(rows)
    places = [(row, width + 2) for row in (1, 2, 3, 4, end, end + 2)] + [(end + 1, 1), (end + 2, 3)]
    made = {place: beside(rows, place, text) for place in places}
    made |= {(5, 3): [*rows[:4], ["", "", text], *rows[4:]]} if table != "table4" else {}
    made |= {(1, 3): [["", "", text], *rows]} if text == "12" else {}
    for (row, column), changed in made.items():
        paths = write(tmp_path / f"{row}-{column}")
        save(paths.table_file(table), changed)
        found = [(one.code, one.source.cell) for one in read(paths)[1]]
        wrong |= {} if found == [("F204", f"{chr(64 + column)}{row}")] else {(row, column): found}
    assert {} == wrong


@pytest.mark.parametrize("rest", ["填表人：王五", "2024年"])
def test_what_a_form_says_beside_a_title_is_no_fault_and_takes_no_part_away(rest, tmp_path):
    rows = official(FORMATS["2021"].tables["table2"])
    paths = write(tmp_path)
    save(paths.table_file("table2"), beside(rows, (1, 6), rest))
    assert () == read(paths)[1]


def test_a_row_with_one_figure_too_many_is_told_as_before(tmp_path):
    rows = official(FORMATS["2021"].tables["table3"])
    paths = write(tmp_path)
    save(paths.table_file("table3"), beside(rows, (5, 11), "12"))
    [fault] = read(paths)[1]
    assert ("F204", "K5", "这一行只有7格数字") == (fault.code, fault.source.cell, fault.expected)


# Words that are labels: of the table itself, of another one, and notes, which are printed where they stand below a table.
LABELS = [
    ("表三", "M5", "总计"), ("表三", "N10", "（七）总计"), ("表三", "M1", "本年处理决定数量"), ("表三", "K33", "行政许可"),
    ("表三", "A34", "行政复议"), ("表三", "K5", "核对过"), ("表三", "E30", "核对过"), ("表四", "D8", "其他"),
    ("表四", "Q3", "其他"), ("表四", "Q5", "总计"), ("表四", "A9", "行政复议"), ("表四", "A10", "复议、诉讼"),
    ("表二", "F1", "注：此数待核实"), ("表二", "H2", "注：此数待核实"),
]  # fmt: skip


@pytest.mark.parametrize("typed", [LABELS[0::3], LABELS[1::3], LABELS[2::3]])
def test_a_label_or_a_note_beside_a_table_of_the_form_is_one_fault_with_its_cell(typed, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    for sheet, cell, text in typed:
        book[sheet][cell] = text
    found = read(put(write(tmp_path), saved(book)))[1]
    expected = {("F204", f"{sheet}!{cell}", f"“{text}”") for sheet, cell, text in typed}
    assert expected == {(one.code, one.source.cell, one.found) for one in found}
    assert len(typed) == len(found)


@pytest.mark.parametrize(
    ("table", "place", "text"),
    [
        ("table2", (5, 3), "12"),
        ("table2", (5, 3), "0"),
        ("table2", (5, 6), "注：此数待核实"),
        ("table2", (1, 7), "※此数待核实"),
        ("table3", (1, 11), "合计"),
        ("table3", (1, 11), "总计"),
        ("table4", (2, 16), "总计"),
        ("table4", (6, 1), "行政复议"),
        ("table4", (0, 1), "行政复议"),
        ("table4", (0, 6), "行政诉讼"),
        ("table3", (0, 3), "自然人"),
        ("table4", (7, 1), "复议、诉讼"),
    ],
)
def test_a_label_a_note_or_a_figure_beside_a_table_in_a_csv_is_one_fault_with_its_cell(table, place, text, tmp_path):
    paths = write(tmp_path)
    (row, column), rows = place, official(FORMATS["2021"].tables[table])
    save(paths.table_file(table), beside(rows if row else [[], *rows], (row or 1, column), text))
    [fault] = read(paths)[1]
    assert ("F204", f"{chr(64 + column)}{row or 1}", f"“{text}”") == (fault.code, fault.source.cell, fault.found)


@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
def test_words_in_one_row_below_a_table_are_one_fault_each_with_its_cell(table, tmp_path):
    rows = official(FORMATS["2021"].tables[table])
    paths = write(tmp_path)
    save(paths.table_file(table), [*rows, ["核对过", "", "另议"]])
    at = len(rows) + 1
    told = [(one.code, one.source.cell, one.found) for one in read(paths)[1]]
    assert [("F204", f"A{at}", "“核对过”"), ("F204", f"C{at}", "“另议”")] == told


def test_a_row_that_the_form_has_not_is_told_by_its_name_where_it_has_figures(tmp_path):
    paths = write(tmp_path)
    rows = official(FORMATS["2021"].tables["table3"])
    save(paths.table_file("table3"), [*rows, ["（八）其他", "", "", "3", *["不适用"] * 6]])
    assert ["F201"] == [one.code for one in read(paths)[1]]


def test_a_word_of_another_table_in_a_workbook_with_a_sheet_each_is_one_fault(tmp_path):
    book = openpyxl.Workbook()
    for table in FORMATS["2021"].tables.values():
        sheet = book.create_sheet(table.name)
        for row in official(table):
            sheet.append(row)
    book[FORMATS["2021"].tables["table4"].name]["D7"] = "自然人"
    [fault] = read(put(write(tmp_path), saved(book)))[1]
    assert ("F204", "表四!D7", "“自然人”") == (fault.code, fault.source.cell, fault.found)


def test_what_is_written_beside_the_facts_and_on_the_guide_of_the_form_is_told(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=ZEROS)))
    book["事实"]["F2"], book["事实"]["E40"], book["说明"]["E2"] = "核对过", "另见附件", "张三已填完"
    report, faults = read(put(write(tmp_path), saved(book)))
    assert [("F204", "事实!F2", "“核对过”"), ("F204", "事实!E40", "“另见附件”")] == [
        (one.code, one.source.cell, one.found) for one in faults
    ]
    assert [("I117", "说明!E2", "“张三已填完”")] == [
        (one.code, one.source.cell, one.found) for one in report.notes if one.code == "I117"
    ]
