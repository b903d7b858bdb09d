"""The form in LibreOffice: it reckons; whatever staff do to its looks, and however they save it, it reads the same."""

import random

import pytest

import office
from forms import blank, put
from making import FORMATS, make, write
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.files.workbook import read_workbook
from nianbao.inputs.folder import read
from nianbao.inputs.form.placing import place
from nianbao.inputs.form.tablesheet import rule
from nianbao.statute.names import locate
from workbooks import made

pytestmark = pytest.mark.browser
YEARS = {"2019": 2019, "2021": 2024}
WORDS = {"count": ["不适用", "未知：台账遗失", "2件"], "change": ["减3", "持平"], "money": ["160.5964万元", "不适用"]}


def some(form, seed):
    """Values for every cell, numbers most of them."""
    rolled = random.Random(seed)
    values = {}
    for table in FORMATS[form].tables.values():
        for key, (_, column) in table.cells.items():
            figure = {
                "count": rolled.randrange(99),
                "change": rolled.randrange(-9, 9),
                "money": rolled.randrange(9999) / 100,
            }
            word = rolled.choice([*WORDS[column[-1].kind], ""])
            values.setdefault(table.id, {})[key] = word if rolled.random() < 0.1 else figure[column[-1].kind]
    return values


def typed(form, values):
    """The Basic that types values into a form."""
    lines = []
    for key, cells in values.items():
        table = FORMATS[form].tables[key]
        placed = place(table, 1)
        lines.append(f'sheet = doc.Sheets.getByName("{table.name}")')
        for cell, value in cells.items():
            at = placed.cells[cell][0].address.replace("$", "")
            what = f'String = "{value}"' if isinstance(value, str) else f"Value = {value}"
            lines.append(f'sheet.getCellRangeByName("{at}").{what}')
    return "\n".join(lines)


ALTERED = """
For Each name In Array("表二", "表三", "表四")
  sheet = doc.Sheets.getByName(name)
  sheet.unprotect("")
  sheet.Rows.insertByIndex(0, 2)
  sheet.getCellRangeByName("A1:D9").CharFontName = "Noto Sans CJK SC"
  sheet.getCellRangeByName("B5:C9").CharHeight = 14
  sheet.getCellRangeByName("A1").String = "填报单位：示例市测试局"
Next
sheet = doc.Sheets.getByName("表三")
sheet.Rows.insertByIndex(12, 1)
sheet.Columns.getByIndex(4).IsVisible = False
sheet.Rows.getByIndex(15).IsVisible = False
doc.Sheets.moveByName("表四", 0)
"""


def seen(report):
    return {
        (table, key): (cell.state, cell.value, cell.unit, cell.reason)
        for table, cells in report.cells.items()
        for key, cell in cells.items()
    }


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_form_filled_in_altered_and_saved_in_any_kind_reads_as_typed(form, tmp_path):
    values = some(form, int(form))
    paths = write(tmp_path / "params", YEARS[form])
    for table in FORMATS[form].tables.values():
        paths.table_file(table.id).write_text(to_csv(table, values[table.id]), "utf-8-sig", newline="")
    expected = seen(read(paths)[0])
    source = tmp_path / "form.xlsx"
    source.write_bytes(blank(form, YEARS[form]))
    for altered in ("", ALTERED):
        for saved in office.saved(source, tmp_path, ".xlsx", ".xls", ".ods", does=typed(form, values) + altered):
            report, faults = read(put(paths, saved.read_bytes(), f"form{saved.suffix}"))
            assert (saved.suffix, [], expected) == (saved.suffix, [str(fault) for fault in faults], seen(report))
            assert ("I115" in {note.code for note in report.notes}) == bool(altered)
            (paths.folder / f"form{saved.suffix}").unlink()


def test_the_form_reckons_while_one_types(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    previous = make(2023, {"表三": {("四", "总计"): 3}})
    source = tmp_path / "form.xlsx"
    source.write_bytes(blank(previous=previous, values={"table3": {locate(table, ("二", "总计"))[0]: 3}}))
    values = dict.fromkeys(table.cells, 0) | {locate(table, ("一", "自然人"))[0]: 2, locate(table, ("二", "总计"))[0]: 4}
    [path] = office.saved(source, tmp_path, ".xlsx", does=typed("2021", {"table3": values}))
    sheets = {sheet.name: dict(sheet.rows) for sheet in read_workbook(path).sheets}
    rows = sheets["表三"]
    assert "✗ 应为 2" == rows[5][10]
    assert ["自动核对", "一 + 二 = 三（七） + 四", "", "✗ 2≠0", *["✓"] * 5, "✗ 4≠0"] == rows[30][:10]
    assert ["✓ 0"] * 7 == rows[31][3:10]
    assert ["✓ 0"] * 6 + ["✗ 应为 3"] == rows[32][3:10]
    done = {cells[1]: cells[2:4] for cells in sheets["说明"].values()}
    assert {"表二": ["10", "0"], "表三": ["0", "5"], "表四": ["15", "0"]} == {
        key: done[key] for key in ("表二", "表三", "表四")
    }


ALLOWED = {
    "count": {
        0: True,
        12: True,
        -1: False,
        2.5: False,
        "不适用": True,
        "/": True,
        "未知：台账遗失": True,
        "很多": False,
        "减3": False,
    },
    "change": {0: True, -3: True, 2.5: False, "减3": True, "增3": True, "持平": True, "不适用": True, "三": False},
    "money": {0: True, 8.5: True, -1: False, "8.5万元": True, "不适用": True, "八块": False},
}


def test_a_cell_takes_what_it_may_hold(tmp_path):
    cases = [(kind, value, good) for kind, some in ALLOWED.items() for value, good in some.items()]

    def put(_, sheet):
        for row, (kind, value, _) in enumerate(cases):
            sheet.write(row, 0, value)
            sheet.write_formula(row, 1, rule(kind, f"A{row + 1}"))

    source = tmp_path / "rules.xlsx"
    source.write_bytes(made(put))
    [path] = office.saved(source, tmp_path, ".xlsx")
    [sheet] = read_workbook(path).sheets
    assert [(value, str(good).upper()) for _, value, good in cases] == [
        (value, row[1][1]) for (_, value, _), row in zip(cases, sheet.rows, strict=True)
    ]


def test_a_workbook_with_a_password_is_a_fault_that_says_so(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(blank())
    for suffix in (".xlsx", ".xls", ".ods"):
        path = office.saved(source, tmp_path, suffix, password="1234")[0]
        [fault] = read(put(write(tmp_path / suffix[1:]), path.read_bytes(), f"form{suffix}"))[1]
        assert ("F101", "设有打开密码", suffix) == (fault.code, fault.found, suffix)


def test_text_that_begins_like_a_formula_stays_text(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(blank())
    does = """sheet = doc.Sheets.getByName("事实")
sheet.getCellRangeByName("A2").String = "=1+1"
sheet.getCellRangeByName("B2").String = "15.670"
sheet.getCellRangeByName("C2").String = "-次"
sheet = doc.Sheets.getByName("表二")
sheet.getCellRangeByName("F4").String = "@见附件"
"""
    for saved in office.saved(source, tmp_path, ".xlsx", ".xls", ".ods", does=does):
        report, _ = read(put(write(tmp_path / saved.suffix[1:]), saved.read_bytes(), f"form{saved.suffix}"))
        fact = report.facts["=1+1"]
        assert ("15.670", "-次") == (str(fact.value), fact.unit)


def test_every_sheet_prints_on_pages_one_wide(tmp_path):
    import pypdfium2

    for form in ("2019", "2021"):
        source = tmp_path / "form.xlsx"
        source.write_bytes(blank(form, YEARS[form]))
        [path] = office.saved(source, tmp_path, ".pdf")
        with pypdfium2.PdfDocument(path) as paper:
            assert 5 == len(paper)


def test_figures_carried_over_are_read_in_whatever_kind_the_form_is_saved(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    values = {key: at for at, key in enumerate(table.cells) if key[0][0].startswith("二")}
    source = tmp_path / "form.xlsx"
    source.write_bytes(blank(values={"table3": values}))
    for saved in office.saved(source, tmp_path, ".xlsx", ".xls", ".ods"):
        report, faults = read(put(write(tmp_path / saved.suffix[1:]), saved.read_bytes(), f"form{saved.suffix}"))
        assert (saved.suffix, ()) == (saved.suffix, faults)
        assert values == {key: cell.value for key, cell in report.cells["table3"].items() if cell.state != "未填"}
