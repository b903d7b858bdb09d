"""What the kit has made comes back as it was: every cell, every paragraph, in both formats and in mixed ones."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import imports
import project
from making import BODY, FORMATS, make, write
from nianbao import api, load
from nianbao.document.tables import to_html
from nianbao.importing import session
from nianbao.inputs.csvlayout import to_csv
from nianbao.paths import ReportPaths
from nianbao.render import docx
from nianbao.render.pdf import typeset
from nianbao.shown import pdf
from nianbao.shown.blocks import Paragraph
from nianbao.starting import starter
from published import standard_page, text

REPORTS = [("shili-zrzyj", 2020), ("shili-wlj", 2021)]  # one in each format
FILES = ["report.html", "report.fragment.html", "report.docx", "report.pdf", "report.ipynb", "report.json"]
TITLE = "示例市测试局2023年政府信息公开工作年度报告"
HEADS = {
    "table2": "二、主动公开政府信息情况",
    "table3": "三、收到和处理政府信息公开申请情况",
    "table4": "四、政府信息公开行政复议、行政诉讼情况",
}


@pytest.fixture(scope="module")
def built(once):
    """A project that has been built in every format; to be read only."""

    def make(root):
        project.make(root, ["2019", "2020", "2021"], [bureau for bureau, _ in REPORTS])
        for bureau, year in REPORTS:
            formats = ("html", "pdf", "docx", "fragment")
            assert api.build(root / "params", bureaus=[bureau], years=[year], to=formats).is_good

    return once("built-in-every-format", make)[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("bureau", "year"), REPORTS)
def test_a_published_report_comes_back_from_each_of_its_files(built, tmp_path, bureau, year, name):
    source = built / "outputs" / bureau / str(year) / name
    begun = imports.imported(tmp_path, source, year=year, bureau=bureau)
    old, new = (imports.report(ReportPaths(root / "params", bureau, year)) for root in (built, tmp_path))
    assert begun.made.questions == {}
    assert imports.cells(new) == imports.cells(old)
    assert imports.text(new) == imports.text(old)
    assert imports.about(new) == imports.about(old)


@pytest.mark.parametrize("name", ["report.html", "report.docx"])
def test_a_published_report_fills_a_folder_that_was_only_laid_out(built, tmp_path, name):
    """It is none that has come back from a reviewer; that the bureau has been named meanwhile is no text of the report's."""
    bureau, year = REPORTS[-1]
    paths = ReportPaths(tmp_path / "params", bureau, year)
    starter.create(paths.params, bureau, year)
    old = imports.report(ReportPaths(built / "params", bureau, year))
    paths.bureau_file.write_text(starter.bureau_text(old.bureau.name), "utf-8")
    begun = session.begin(paths, [built / "outputs" / bureau / str(year) / name])
    assert begun.differences == ()
    assert begun.made.questions == {}
    begun.keep()
    new = imports.report(paths)
    assert imports.cells(new) == imports.cells(old)
    assert imports.text(new) == imports.text(old)


@pytest.mark.slow
def test_a_table_too_wide_for_the_page_comes_back_as_one_from_a_file_with_its_parts(tmp_path):
    """Parts of which someone has changed what they have in common come back as they stand."""
    rows = ["|".join(f"{word}{number}" for number in range(30)) for word in ("列", "甲", "乙")]
    wide = f"表5 情况\n\n|{rows[0]}|\n{'|---' * 30}|\n|{rows[1]}|\n|{rows[2]}|"
    paths = write(tmp_path / "a" / "params", 2024, BODY.replace("\n\n## 五", f"\n\n{wide}\n\n后文。\n\n## 五", 1))
    page = standard_page(tmp_path / "a" / "params", paths.bureau, 2024)
    packed = zipfile.ZipFile(io.BytesIO(docx.make(page)))
    parts = {one: packed.read(one).decode() for one in packed.namelist()}
    files = [("甲.pdf", typeset(page))]
    for old, new in (("", ""), ("（续）", "（再续）"), (">甲0<", ">甲<")):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as changed:
            for one, text in parts.items():
                changed.writestr(one, new.join(text.rsplit(old, 1)) if old and one == "word/document.xml" else text)
        files.append(("甲.docx", made.getvalue()))
    tables = []
    for file in files:
        begun = imports.imported(tmp_path / f"b{len(tables)}", file, year=2024)
        text = begun.made.files["narrative.md"]
        assert all(f"{word}{number}" in text for word in ("列", "甲", "乙") for number in range(1, 30))
        heads = [line for line in text.split("\n") if line.startswith(("|---", "| ---"))]
        tables.append((len(heads), "情况（" in text))
    assert tables == [(1, False), (1, False), (2, True), (2, True)]


def test_a_table_comes_back_from_report_json_where_it_stands_in_the_text(tmp_path):
    own = "|项目|件数|\n|---|---|\n|培训|2|"
    chapter = f"## 二、主动公开政府信息情况\n\n表前一句。\n\n{{{{ 表二 }}}}\n\n表后一句。\n\n{own}\n\n"
    text = BODY.replace("## 五", f"{chapter}## 五", 1)
    old = write(tmp_path / "params", 2023, text)
    made = load(old.bureau, 2023, tmp_path / "params").data.to_json()
    begun = imports.imported(tmp_path / "b", ("report.json", json.dumps(made)), year=2023, bureau=old.bureau)
    lines = [one for one in begun.made.files["narrative.md"].split("\n") if one]
    assert lines.index("表前一句。") + 1 == lines.index("{{ 表二 }}") == lines.index("表后一句。") - 1
    odd = "|\ue000|\ue000|\n|---|---|\n|\ue000|\ue000|"
    for one in made["narrative"]:
        shift = len(odd) + 2 if one["tables"] else 0
        one["text"] = f"{odd}\n\n{one['text']}" if shift else one["text"]
        one["table_places"] = [place + shift for place in one["table_places"]]
    strange = imports.imported(tmp_path / "d", ("report.json", json.dumps(made)), year=2023, bureau=old.bureau)
    lines = [one for one in strange.made.files["narrative.md"].split("\n") if one]
    assert lines.index("表前一句。") + 1 == lines.index("{{ 表二 }}") == lines.index("表后一句。") - 1
    for one in made["narrative"]:
        del one["table_places"]  # as a file of before has it
    before = imports.imported(tmp_path / "c", ("report.json", json.dumps(made)), year=2023, bureau=old.bureau)
    lines = [one for one in before.made.files["narrative.md"].split("\n") if one]
    assert lines.index("表后一句。") < lines.index("{{ 表二 }}")


def test_what_is_unknown_comes_back_from_report_json_with_its_reason(tmp_path):
    bureau, year, params = "dingxi-nyncj", 2020, project.ROOT / "params"
    made = load(bureau, year, params).data.to_json()
    begun = imports.imported(tmp_path, ("report.json", json.dumps(made)), year=year, bureau=bureau)
    old, new = (imports.report(ReportPaths(root, bureau, year)) for root in (params, tmp_path / "params"))
    assert begun.made.questions == {}
    assert imports.cells(new) == imports.cells(old)
    assert imports.about(new) == imports.about(old)
    assert {cell.reason for some in new.cells.values() for cell in some.values()} == {"原公布页面的表格没有保存下来"}


def test_the_facts_come_back_from_report_json_and_each_number_of_the_text_has_its_source_listed(tmp_path):
    bureau, year, params = "shili-jyj", 2020, project.ROOT / "params"
    made = load(bureau, year, params).data.to_json()
    nothing = made["facts"][0] | {"name": "培训场次", "value": 0, "unit": "场", "parts": {}}
    text = json.dumps(made | {"facts": [*made["facts"], nothing]})
    begun = imports.imported(tmp_path, ("report.json", text), year=year, bureau=bureau)
    old, new = (imports.report(ReportPaths(root, bureau, year)) for root in (params, tmp_path / "params"))
    facts = [{name: replace(one, source=None) for name, one in each.facts.items()} for each in (old, new)]
    assert facts[0]
    assert facts[1].pop("培训场次").value == 0  # and not left blank
    assert facts[1] == facts[0]
    printed = [(one["text"], one["source"]) for part in made["narrative"] if part["own"] for one in part["values"]]
    listed = [(what, why) for _, what, why in begun.made.said]
    assert printed
    assert [one for one in printed if not any(one[0] == what and one[1] in why for what, why in listed)] == []


def values_of(table):
    """A value for each cell: counts, changes with their sign, money with a unit."""
    kinds = {
        "count": st.integers(0, 12_000),
        "change": st.integers(-300, 300),
        "money": st.builds(
            lambda cents, unit: f"{Decimal(cents) / 100}{unit}", st.integers(0, 10**7), st.sampled_from(["元", "万元"])
        ),
    }
    return st.fixed_dictionaries({key: kinds[column[-1].kind] for key, (_, column) in table.cells.items()})


@st.composite
def tables(draw):
    """A table in one of the formats, or table two with parts of both; and its values as they are written."""
    form, other = draw(st.permutations(sorted(FORMATS)))
    key = draw(st.sampled_from(["table2", "table3", "table4"]))
    table = FORMATS[form].tables[key]
    if key == "table2":
        theirs = {part.title: part for part in FORMATS[other].tables[key].parts}
        parts = [theirs[part.title] if part.title in theirs and draw(st.booleans()) else part for part in table.parts]
        table = replace(table, parts=tuple(parts))
    return table, draw(values_of(table))


def rows_of(table, values):
    return list(csv.reader(io.StringIO(to_csv(table, values))))


def taken(begun, table):
    """What an import has taken for each cell of a table, as it would be typed."""
    made = begun.made.taken[table.id]
    assert begun.made.questions == {} or list(begun.made.questions) == [
        "没有找到标题：核对是哪个机关哪一年的报告",
        "下列表格没有找到，各格未填",
    ]
    assert made.faults == made.doubts == []
    return {key: (cell.value, cell.unit) for key, cell in made.cells.items()}


def meant(table, values):
    found = {}
    for key, value in values.items():
        column = table.cells[key][1][-1]
        text = str(value)
        unit = "万元" if text.endswith("万元") else "元" if text.endswith("元") else ""
        amount = Decimal(text.removesuffix(unit)) if column.kind == "money" else value
        if column.unit and unit and unit != column.unit:
            amount, unit = amount / 10_000, column.unit
        found[key] = (amount, unit)
    return found


SLOW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@SLOW
@given(tables())
def test_a_csv_comes_back(tmp_path_factory, made):
    table, values = made
    begun = imports.imported(tmp_path_factory.mktemp("i"), ("表.csv", to_csv(table, values)))
    assert taken(begun, table) == meant(table, values)


def ended(row):
    """Each cell with the bar that ends it."""
    return [f"{cell} |".strip() for cell in row]


# How a row stands in text in which merged cells have lost their blanks: (its cells, the cells of the widest row) → lines.
LINES = {
    "rows": lambda row, width: "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>",
    "bars": lambda row, width: " | ".join(row) + " |",
    "bars and blanks": lambda row, width: "| " + " | ".join(row) + " | " + "|" * (width - len(row)),
    "cell a line": lambda row, width: "\n".join(filter(None, row)),
    "cell and bar a line": lambda row, width: "\n".join(ended(row)),
    "cell and bar a line, and blanks": lambda row, width: "\n".join([*ended(row), "|" * (width - len(row))]),
    "cell a line, bar a line": lambda row, width: "\n".join(f"{cell}\n|" for cell in row),
    "bar before each row": lambda row, width: "\n".join(["|", *ended(row)]),
    "bar before each row, and blanks": lambda row, width: "\n".join(["|", *ended(row)]) + " " + "|" * (width - len(row)),
}


def shown(table, rows, how, width):
    """A table as text or HTML: the name of its file, and what it holds."""
    text = "\n".join(LINES[how](row, width) for row in rows)
    made = ("表.html", f"<table>{text}</table>") if how == "rows" else ("表.txt", text)
    return made[0], f"{HEADS[table.id]}\n{made[1]}"


@pytest.mark.slow
@SLOW
@given(tables(), st.sampled_from(sorted(LINES)))
def test_a_table_that_has_lost_its_merged_cells_comes_back(tmp_path_factory, made, how):
    table, values = made
    rows = [[cell for cell in row if cell] for row in rows_of(table, values)]
    begun = imports.imported(tmp_path_factory.mktemp("i"), shown(table, rows, how, max(map(len, rows_of(table, values)))))
    assert taken(begun, table) == meant(table, values)


@SLOW
@given(st.data(), st.sampled_from(sorted(FORMATS)))
def test_the_kits_own_html_comes_back(tmp_path_factory, data, form):
    report = make(2023, form=form)
    page = [f"<h1>{TITLE}</h1><h2>一、总体情况</h2><p>平稳。</p>"]
    wanted = {}
    for table in report.format.tables.values():
        values = data.draw(values_of(table))
        wanted[table.id] = meant(table, values)
        report.cells[table.id] = {
            key: replace(report.cells[table.id][key], value=value, unit=unit)
            for key, (value, unit) in wanted[table.id].items()
        }
        page.append(f"<h2>{HEADS[table.id]}</h2>{to_html(report, table)}")
    begun = imports.imported(tmp_path_factory.mktemp("i"), ("报告.html", "".join(page)))
    for table in report.format.tables.values():
        assert taken(begun, table) == wanted[table.id]


@pytest.mark.slow
@SLOW
@given(tables(), st.sampled_from(sorted(LINES)), st.data())
def test_a_figure_is_never_taken_for_another_cell_where_cells_are_blank(tmp_path_factory, made, how, data):
    """What stands in another place than the official form's is left unfilled, and never moved."""
    table, values = made
    blank = data.draw(st.sets(st.sampled_from(sorted(values, key=str)), max_size=len(values) // 2))
    values = {key: "" if key in blank else value for key, value in values.items()}
    cells = {key: f"@{number}" for number, key in enumerate(table.cells)}
    rows = [
        [text for text, mark in zip(row, marked, strict=True) if text or mark.startswith("@")]
        for row, marked in zip(rows_of(table, values), rows_of(table, cells), strict=True)
    ]
    begun = imports.imported(tmp_path_factory.mktemp("i"), shown(table, rows, how, max(map(len, rows_of(table, values)))))
    if table.id in begun.made.taken:
        right = meant(table, {key: value for key, value in values.items() if value != ""})
        found = {
            key: (cell.value, cell.unit) for key, cell in begun.made.taken[table.id].cells.items() if cell.value is not None
        }
        assert {key: one for key, one in found.items() if right.get(key) != one} == {}


@pytest.mark.slow
def test_lists_in_lists_come_back_from_page_and_pdf_whatever_marks_they_have_there(tmp_path):
    listed = (
        "- 甲。\n    - 乙。\n        - 丙。\n- 丁。\n\n小结。\n\n1. 子。\n    1. 丑。\n        1. 寅。\n        2. 卯。\n"
    )
    listed += "    2. 辰。\n2. 巳。"
    paths = write(tmp_path / "a" / "params", 2024, BODY.replace("\n\n## 五", f"\n\n{listed}\n\n## 五", 1))
    page = standard_page(tmp_path / "a" / "params", paths.bureau, 2024)
    made = typeset(page)
    shown = [one for block in pdf.parsed(made).blocks if isinstance(block, Paragraph) for one in block.marks]
    assert shown == ["•", "•", "•", "•", "1.", "1.", "1.", "2.", "2.", "2."]
    printed = text(PdfReader(io.BytesIO(made)))
    assert all(one in printed for one in ("•甲", "–乙", "◦丙", "1.子", "（1）丑", "①寅", "②卯", "（2）辰", "2.巳"))
    for at, file in enumerate([("甲.pdf", made), ("甲.html", page.body)]):
        begun = imports.imported(tmp_path / f"b{at}", file, year=2024)
        assert listed in begun.made.files["narrative.md"]
