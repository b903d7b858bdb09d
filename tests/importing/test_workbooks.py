"""A workbook that is imported: the form, filled in, and a sheet that somebody laid out."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import imports
from forms import blank, filled, put, saved
from making import FORMATS, write
from nianbao.importing import bookfile, kinds
from nianbao.importing.flow import Unreadable
from nianbao.importing.importer import REMARKS
from nianbao.inputs import folder
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.form.placing import place
from nianbao.statute.names import locate


def counts(form):
    """A count for each cell of a format's tables."""
    return {
        table.id: st.fixed_dictionaries({key: st.integers(0, 9_999) for key in table.cells})
        for table in FORMATS[form].tables.values()
    }


@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_the_form_comes_back_cell_by_cell(form, data, tmp_path_factory):
    values = data.draw(st.fixed_dictionaries(counts(form)))
    root, year = tmp_path_factory.mktemp("form"), 2020 if form == "2019" else 2024
    begun = imports.imported(root, ("form.xlsx", filled(blank(form), form, values)), year=year)
    for table in FORMATS[form].tables.values():
        cells = begun.made.taken[table.id].cells
        assert {key: (NUMBER, values[table.id][key]) for key in table.cells} == {
            key: (cells[key].state, cells[key].value) for key in table.cells
        }


@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_form_that_is_half_filled_in_comes_back_cell_by_cell(form, data, tmp_path_factory):
    table = FORMATS[form].tables["table3"]
    rows, columns = (sorted({key[side] for key in table.cells}) for side in (0, 1))
    blank_rows = data.draw(st.sets(st.sampled_from(rows)))
    blank_columns = data.draw(st.sets(st.sampled_from(columns), max_size=3))
    values = {key: at % 3 for at, key in enumerate(table.cells) if key[0] not in blank_rows and key[1] not in blank_columns}
    begun = imports.imported(
        tmp_path_factory.mktemp("form"), ("form.xlsx", filled(blank(form), form, {"table3": values})),
        year=2020 if form == "2019" else 2024,
    )  # fmt: skip
    assert {"table2", "table3", "table4"} == set(begun.made.taken)
    assert "narrative.md" not in begun.made.files
    cells = begun.made.taken["table3"].cells
    assert values == {key: cell.value for key, cell in cells.items() if cell.state != "未填"}


def test_a_row_that_is_not_filled_in_is_no_chapter(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    values = {key: 1 for key in table.cells if not key[0][0].startswith("一")}
    made = imports.imported(tmp_path, ("表三.csv", to_csv(table, values).encode()), year=2024).made
    assert values == {key: cell.value for key, cell in made.taken["table3"].cells.items() if cell.state == NUMBER}
    assert "narrative.md" not in made.files


def test_what_the_form_says_beside_its_tables_is_asked_about(tmp_path):
    values = {table.id: dict.fromkeys(table.cells, 0) for table in FORMATS["2021"].tables.values()}
    book = filled(blank(), "2021", values, [("访问量", 15.67, "万次")])
    begun = imports.imported(tmp_path, ("form.xlsx", book), year=2024)
    assert any("访问量 15.67 万次" in one for one in begun.made.questions[REMARKS[bookfile.FACT]])


def test_tables_of_one_sheet_below_each_other_are_told_apart(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["示例市测试局填报"])
    for table in (FORMATS["2021"].tables["table4"], FORMATS["2021"].tables["table2"]):
        sheet.append([])
        for row in csv.reader(io.StringIO(to_csv(table, dict.fromkeys(table.cells, 3)))):
            sheet.append([int(one) if one.isdecimal() else one for one in row])
    begun = imports.imported(tmp_path, ("汇总.xlsx", saved(book)), year=2024)
    assert {"table2", "table4"} == set(begun.made.taken)
    assert {3} == {cell.value for one in begun.made.taken.values() for cell in one.cells.values()}


def test_a_formula_without_a_result_is_no_number(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    [key] = locate(table, ("三（七）", "总计"))
    values = dict.fromkeys(table.cells, 1) | {key: "=SUM(J6:J27)"}
    book = filled(blank(), "2021", {"table3": values})
    begun = imports.imported(tmp_path, ("form.xlsx", book), year=2024)
    assert begun.made.taken["table3"].cells[key].state != NUMBER
    assert begun.made.taken["table3"].doubts


def test_a_struck_figure_is_left_unfilled_with_its_text(tmp_path):
    table = FORMATS["2021"].tables["table4"]
    key = next(iter(table.cells))
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values={"table4": dict.fromkeys(table.cells, 1)})))
    book["表四"][place(table, 1).cells[key][0].address.replace("$", "")] = CellRichText(
        TextBlock(InlineFont(strike=True), "9"), "1191"
    )
    taken = imports.imported(tmp_path, ("form.xlsx", saved(book)), year=2024).made.taken["table4"]
    assert "未填" == taken.cells[key].state
    assert [True] == ["91191" in one.found for one in taken.doubts]


@pytest.mark.parametrize("raw", [b"PK\x03\x04 xl/workbook.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Workbook"])
def test_a_damaged_workbook_is_refused_in_words(raw):
    with pytest.raises(Unreadable) as refused:
        kinds.read(raw)
    assert refused.value.found
    assert refused.value.action


def merged(values, *areas):
    """A form in which some cells are merged, as someone does who knows only their sum."""
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), "2021", {"table3": values})))
    for area in areas:
        opened["表三"].merge_cells(area)
    return saved(opened)


def test_a_number_in_merged_cells_is_no_cells_by_import_and_in_place(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    raw = merged(dict.fromkeys(table.cells, 1), "D5:I5", "D6:D7")
    begun = imports.imported(tmp_path, ("form.xlsx", raw), year=2024)
    taken = begun.made.taken["table3"]
    assert len(taken.doubtful) == 8
    assert [one.found for one in taken.doubts] == ["1"]
    # In place, the form is the folder's.
    (tmp_path / "2").mkdir()
    paths = write(tmp_path / "2")
    put(paths, raw)
    found = [one for one in folder.read(paths)[1] if "合并" in one.found]
    assert [(one.code, one.source.cell) for one in found] == [("F202", "表三!D5"), ("F202", "表三!D6")]


def test_a_workbook_alone_tells_whose_it_is(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["填报单位：示例市测试局"])
    table = FORMATS["2021"].tables["table4"]
    for row in csv.reader(io.StringIO(to_csv(table, dict.fromkeys(table.cells, 3)))):
        book.active.append([int(one) if one.isdecimal() else one for one in row])
    begun = imports.imported(tmp_path, ("复议.xlsx", saved(book)), year=2024)
    assert 'name: "示例市测试局"' in begun.paths.bureau_file.read_text("utf-8")
