"""A workbook that is imported: the form, filled in, and a sheet that somebody laid out."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

import imports
import office
from forms import blank, filled, put, saved
from making import FORMATS, write
from nianbao.errors import UsageError
from nianbao.importing import facts, keeping, kinds, session
from nianbao.importing.flow import Unreadable
from nianbao.importing.imported import Imported
from nianbao.inputs import folder
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.placing import place
from nianbao.statute.formats import library
from nianbao.statute.names import locate
from nianbao.yamlfile import read_yaml

half = st.fixed_dictionaries({"rows": st.sets(st.integers(0, 30)), "columns": st.sets(st.integers(0, 9), max_size=3)})


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=4, deadline=None)
@given(blanks=st.lists(half, min_size=3, max_size=3), below=st.sampled_from([3, 10_000]))
@example(blanks=[{"rows": set(), "columns": set()}] * 3, below=10_000)
def test_the_form_comes_back_cell_by_cell_filled_in_whole_or_in_part(form, blanks, below, tmp_path_factory):
    values = {}
    for table, none in zip(FORMATS[form].tables.values(), blanks, strict=True):
        rows, columns = (sorted({key[side] for key in table.cells}) for side in (0, 1))
        numbered = {key: (rows.index(key[0]), columns.index(key[1])) for key in table.cells}
        typed = [key for key, (row, column) in numbered.items() if row not in none["rows"] and column not in none["columns"]]
        values[table.id] = {key: at % below for at, key in enumerate(typed)}
    root, year = tmp_path_factory.mktemp("form"), 2020 if form == "2019" else 2024
    made = imports.begin(root, ("form.xlsx", filled(blank(form, year), form, values)), year=year).made
    assert set(FORMATS[form].tables) == set(made.taken)
    assert "narrative.md" not in made.files
    cells = {key: one.cells for key, one in made.taken.items()}
    assert values == {key: {at: one.value for at, one in some.items() if one.state != "未填"} for key, some in cells.items()}


@pytest.mark.parametrize("place_", ["K1", "A30"])
def test_a_head_of_remarks_makes_no_form_of_a_workbook_whose_row_has_lost_its_blanks(place_, tmp_path):
    book = openpyxl.Workbook()
    for row in imports.rows("table3"):
        book.active.append([int(one) if one.isdecimal() else one for one in row])
    for column, value in enumerate([1, 2, 3, None, None, None, None], 4):
        book.active.cell(4, column).value = value
    book.active[place_] = "备注"
    made = imports.begin(tmp_path, ("a.xlsx", saved(book)), year=2024).made
    assert ["“1、2、3”：7格只有3格有数，像是丢了空格"] == [
        one.found for one in made.taken["table3"].faults if one.found != "“备注”"
    ]


def test_a_row_that_is_not_filled_in_is_no_chapter(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    values = {key: 1 for key in table.cells if not key[0][0].startswith("一")}
    made = imports.begin(tmp_path, ("表三.csv", to_csv(table, values).encode()), year=2024).made
    assert values == {key: cell.value for key, cell in made.taken["table3"].cells.items() if cell.state == NUMBER}
    assert "narrative.md" not in made.files


FACTS = [
    ("访问量", "15.670", "万次", "", "由网站后台导出"),
    ("权责清单", 3, "项"),
    ("权责清单.行政许可", 1, ""),
    ("权责清单.行政处罚", 2, "", "", "见台账"),
    ("来信", "未知：未统计", "件"),
    ("以后再填", None, "个"),
]
KNOWN = {
    "访问量": ("15.670", "万次", {}, "", "由网站后台导出"),
    "权责清单": ("3", "项", {"行政许可": 1, "行政处罚": 2}, "", "行政处罚：见台账"),
    "来信": (None, "件", {}, "未统计", ""),
    "以后再填": (None, "个", {}, "", ""),
}


def facts_in(paths):
    report, faults = folder.read(paths)
    assert () == faults
    return {
        name: (None if one.value is None else str(one.value), one.unit, one.parts, one.reason, one.note)
        for name, one in report.facts.items()
    }


def form_with(facts, remark=""):
    values = {table.id: dict.fromkeys(table.cells, 0) for table in FORMATS["2021"].tables.values()}
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), "2021", values, facts)))
    book["表二"]["E8"] = remark
    book["表三"]["L7"] = remark
    return saved(book)


@pytest.mark.slow
def test_the_facts_and_the_notes_of_the_form_are_taken(tmp_path):
    begun = imports.imported(tmp_path, ("form.xlsx", form_with(FACTS, "其中2件补正")), year=2024)
    assert {} == begun.made.questions
    assert KNOWN == facts_in(begun.paths)
    left = {key: [one.text for one in some] for key, some in folder.read(begun.paths)[0].asides.items()}
    assert {"table2": ["其中2件补正"], "table3": ["其中2件补正"], "table4": []} == left
    assert "由网站后台导出" in (begun.paths.folder / "import.md").read_text("utf-8")


@pytest.mark.slow
def test_facts_go_into_the_report_yaml_that_is_there_and_change_nothing_else(tmp_path):
    paths = write(
        tmp_path,
        report="facts:  # 去年有这些\n  访问量: {value: , unit: 万次}  # 2023年：3\n  问卷: {value: 12, unit: 份}\n",
    )
    before = paths.report_file.read_text("utf-8")
    form = tmp_path / "form.xlsx"
    form.write_bytes(form_with(FACTS))
    begun = session.begin(paths, [form])
    assert {} == begun.made.questions
    changed = [one for one in begun.differences if one.path == paths.report_file]
    assert ["-  访问量: {value: , unit: 万次}  # 2023年：3"] == [
        line for one in changed for line in one.diff.split("\n")[2:] if line.startswith("-")
    ]
    begun.keep()
    assert KNOWN | {"问卷": ("12", "份", {}, "", "")} == facts_in(paths)
    assert [line for line in before.split("\n") if "访问量" not in line] == [
        line for line in paths.report_file.read_text("utf-8").split("\n") if not any(name in line for name in KNOWN)
    ]
    assert [] == [one for one in session.begin(paths, [form]).differences if one.path == paths.report_file]


@pytest.mark.slow
def test_what_a_form_says_otherwise_than_report_yaml_is_asked_once(tmp_path):
    paths = write(tmp_path, report="facts:\n  访问量: {value: 7, unit: 万次}  # 网站处报\n")
    before = paths.report_file.read_bytes()
    form = tmp_path / "form.xlsx"
    form.write_bytes(form_with(FACTS[:1]))
    begun = session.begin(paths, [form])
    assert begun.made.questions[facts.OTHERWISE] == [
        "访问量：report.yaml 数值“7”；填报表 访问量: {value: 15.670, unit: 万次, source: 由网站后台导出}"
    ]
    begun.keep()
    assert before == paths.report_file.read_bytes()
    again = session.begin(paths, [form])
    assert {} == again.made.questions
    assert again.is_asked_before
    form.write_bytes(form_with([("访问量", 8, "万次")]))
    assert [facts.OTHERWISE] == [*session.begin(paths, [form]).made.questions]
    keeping.undo(paths)
    form.write_bytes(form_with(FACTS[:1]))
    assert [facts.OTHERWISE] == [*session.begin(paths, [form]).made.questions]


GIVEN = {("事实", 2): ["访问量", "15.67", "万次", ""]}


@pytest.mark.parametrize(
    ("there", "written"),
    [
        ("date: 2024-01-20\nfacts: {}  # 无\n", "date: 2024-01-20\nfacts:  # 无\n  访问量: {value: 15.67, unit: 万次}\n"),
        ("date: 2024-01-20\n", "date: 2024-01-20\nfacts:\n  访问量: {value: 15.67, unit: 万次}\n"),
        ("facts:\n#facts:\n", "facts:\n  访问量: {value: 15.67, unit: 万次}\n#facts:\n"),
        (
            "facts:\n    开放日: {value: 2, unit: 次}\n",
            "facts:\n    开放日: {value: 2, unit: 次}\n    访问量: {value: 15.67, unit: 万次}\n",
        ),
        ("facts: {甲: {value: 3}}\n", "facts: {甲: {value: 3}, 访问量: {value: 15.67, unit: 万次}}\n"),
    ],
)
def test_facts_stand_below_those_that_are_there_and_as_far_from_the_edge(there, written):
    made = Imported(FORMATS["2021"])
    assert facts.written(there, GIVEN, made) == written
    assert made.questions == {}


@pytest.mark.parametrize(
    ("there", "filled_in"),
    [
        ("{value: }", "{value: 15.67, unit: 万次}"),
        (
            "{value: , unit: 万次, parts: {网站: 12, 微博: }}  # 勿动",
            "{value: 15.67, unit: 万次, parts: {网站: 12, 微博: }}  # 勿动",
        ),
        (
            "{source: 台账, parts: , value: , unit: 万次}  # 人事处报 {去年3次}",
            "{source: 台账, parts: , value: 15.67, unit: 万次}  # 人事处报 {去年3次}",
        ),
        ("{value: 未填, unit: 万次, parts: [网站]}", "{value: 15.67, unit: 万次, parts: [网站]}"),
        ("", "{value: 15.67, unit: 万次}"),
        (
            "\n    unit: 万次  # 注\n    value:   # 网站处\n    source: |\n      台账",
            "\n    unit: 万次  # 注\n    value: 15.67   # 网站处\n    source: |\n      台账",
        ),
    ],
)
def test_a_fact_is_filled_in_where_it_is_blank_and_stays_as_it_is_written(there, filled_in):
    made, rest = Imported(FORMATS["2021"]), "\n  会议: {value: 2}\n"
    assert facts.written(f"facts:\n  访问量: {there}{rest}", GIVEN, made) == f"facts:\n  访问量: {filled_in}{rest}"
    assert made.questions == {}


@pytest.mark.parametrize(
    ("there", "rows", "asked"),
    [
        ("{value: , unit: 次}", [("15.67", "万次", "")], "单位“次”"),
        ("{value: , unit: 万次, parts: {网站: 12}}", [("15", "万次", ""), ("3", "万次", "", ".网站")], "分项网站“12”"),
        ("{value: 20, parts: {网站: 12}}", [("15", "", "", ".网站")], "分项网站“12”"),
        ("{value: 20, parts: [网站]}", [("15", "", "", ".网站")], "分项“['网站']”"),
        ("15.6", [("15.67", "万次", "")], "“15.6”"),
        ("{value: 15.67, unit: 万次, source: 台账}", [("15.67", "万次", "后台")], "来源“台账”"),
    ],
)
def test_what_a_person_has_written_of_a_fact_stays_and_is_asked_about(there, rows, asked):
    made, before = Imported(FORMATS["2021"]), f"facts:\n  访问量: {there}  # 勿动\n"
    given = {("事实", at): [f"访问量{''.join(row[3:])}", *row[:3]] for at, row in enumerate(rows, 2)}
    assert facts.written(before, given, made) == before
    assert [f"访问量：report.yaml {asked}"] == [one.partition("；填报表 ")[0] for one in made.questions[facts.OTHERWISE]]


@pytest.mark.parametrize(
    ("there", "rows"),
    [
        ("{value: 15.670, unit: 万次, source: 后台；台账}", [("15.67", "万次", "台账")]),
        ("{value: 15.67万次, parts: {网站: 3, 微博: }}", [("15.67", "万次", ""), ("", "", "", ".微博")]),
        ("{value: 7, parts: {网站: 3}}", [("3", "", "", ".网站"), ("7", "", "")]),
        ("{value: 未知：未统计}", [("未知:未统计", "", "")]),
        ("{value: 7, unit: 次}", [("", "次", "")]),
    ],
)
def test_what_a_form_says_again_is_not_asked(there, rows):
    made, before = Imported(FORMATS["2021"]), f"facts:\n  访问量: {there}\n"
    given = {("事实", at): [f"访问量{''.join(row[3:])}", *row[:3]] for at, row in enumerate(rows, 2)}
    assert facts.written(before, given, made) == before
    assert {} == made.questions


def test_a_part_finds_its_whole_in_report_yaml_or_below_it_and_is_asked_about_without_one():
    made = Imported(FORMATS["2021"])
    rows = [
        ["清单.许可", "2", "", "台账"],
        ["会议.大会", "1", "次", ""],
        ["会议", "3", "次", ""],
        ["培训.线上", "5", "场", ""],
    ]
    given = {("事实", at): row for at, row in enumerate(rows, 2)}
    there = "facts:\n  清单: {value: 3, unit: 项, parts: {处罚: 1, 许可: }}\n"
    assert facts.written(there, given, made) == (
        "facts:\n  清单: {value: 3, unit: 项, parts: {处罚: 1, 许可: 2}, source: 许可：台账}\n"
        "  会议: {value: 3, unit: 次, parts: {大会: 1}}\n"
    ).replace("source: 许可：台账", 'source: "许可：台账"')
    assert made.questions == {facts.WHOLELESS: ["“事实”第5行：培训.线上 5场"]}


def test_a_whole_number_fills_a_blank_one_in_as_it_is():
    made = Imported(FORMATS["2021"])
    given_rows = {("事实", 2): ["权责清单", "3", "项", ""], ("事实", 3): ["权责清单.行政许可", "2", "项", ""]}
    there = "facts:\n  权责清单: {value: , unit: 项, parts: {行政许可: , 行政处罚: }}\n"
    assert facts.written(there, given_rows, made) == there.replace("value: ", "value: 3").replace("许可: ", "许可: 2")
    assert made.questions == {}


@pytest.mark.parametrize("there", ["facts: {\n}\n", "? facts\n: {}\n", "lead: |\n  facts:\nfacts: 无\n"])
def test_facts_that_would_break_report_yaml_are_to_be_put_in_by_hand(there):
    made = Imported(FORMATS["2021"])
    assert facts.written(there, GIVEN, made) == there
    assert made.questions == {facts.BY_HAND: ["访问量: {value: 15.67, unit: 万次}"]}


@pytest.mark.slow
def test_a_fault_of_a_persons_own_beside_the_facts_of_a_form_is_said_as_theirs(tmp_path):
    paths = write(tmp_path, report="foo: 1\n")
    form = tmp_path / "form.xlsx"
    form.write_bytes(form_with(FACTS[:1]))
    [asked] = [about for question, about in session.begin(paths, [form]).made.questions.items() if "没有核对过" in question]
    assert "foo" in asked[0]


@pytest.mark.slow
def test_a_fact_that_is_no_number_is_left_blank_and_asked_about(tmp_path):
    begun = imports.imported(tmp_path, ("form.xlsx", form_with([("来信", "约12", "件"), ("座谈会", 3, "场")])), year=2024)
    assert {"来信": None, "座谈会": "3"} == {name: one[0] for name, one in facts_in(begun.paths).items()}
    assert ["“约12”" in one for some in begun.made.questions.values() for one in some] == [True]


names = st.text(st.sampled_from("甲乙A1：:{}[]\"'\\#,，-&*!%@`|>.（）？~"), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.sampled_from(["3", "0.50", "", "约3", "未知：无"]), names, st.sampled_from(["", "甲: {乙"])),
        max_size=4,
    )
)
def test_whatever_the_facts_are_called_report_yaml_holds_them(rows):
    given_rows = {("事实", number): list(row) for number, row in enumerate(rows, 2)}
    text = facts.written("date:\n#facts:\n#  例: {value: 1}\n", given_rows, Imported(FORMATS["2021"]))
    file = read_yaml(Path("report.yaml"), read=lambda _: text.encode())
    whole = {row[0] for row in given_rows.values() if "." not in row[0]}
    assert [] == [str(one) for one in file.faults]
    assert whole <= set(file.data.get("facts") or {})


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("name", ["form.ods", "table3.xlsx"])
def test_a_form_is_not_imported_beside_another_workbook_that_the_folder_holds(name, tmp_path):
    paths = put(write(tmp_path), blank(), name)
    form = tmp_path / "back.xlsx"
    form.write_bytes(form_with(FACTS))
    with pytest.raises(UsageError, match=name):
        session.begin(paths, [form])
    (paths.folder / name).unlink()  # as the refusal advises
    session.begin(paths, [form]).keep()
    assert KNOWN == facts_in(paths)


@pytest.mark.browser
def test_a_half_filled_form_saved_in_libreoffice_comes_back_with_its_facts_and_notes(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    carried = {key: at % 5 for at, key in enumerate(table.cells) if key[0][0].startswith("二")}
    typed = {key: at % 5 for at, key in enumerate(table.cells) if key[0][-1].startswith("（一）")}
    opened = openpyxl.load_workbook(
        io.BytesIO(filled(blank(values={"table3": carried}), values={"table3": typed}, facts=FACTS))
    )
    opened["表三"]["L7"] = "其中2件补正"
    source = tmp_path / "form.xlsx"
    source.write_bytes(saved(opened))
    does = 'sheet = doc.Sheets.getByName("表三")\nsheet.unprotect("")\nsheet.Rows.insertByIndex(0, 2)'
    for path in office.saved(source, tmp_path, ".xlsx", ".ods", does=does):
        begun = imports.imported(tmp_path / path.suffix[1:], path, year=2024)
        cells = begun.made.taken["table3"].cells
        assert carried | typed == {key: cell.value for key, cell in cells.items() if cell.state == NUMBER}
        assert KNOWN == facts_in(begun.paths)
        assert ["其中2件补正"] == [one.text for one in folder.read(begun.paths)[0].asides["table3"]]


@pytest.mark.slow
def test_a_text_is_imported_beside_the_form_that_the_folder_holds(tmp_path):
    paths = put(write(tmp_path), form_with(FACTS))
    text = tmp_path / "正文.txt"
    text.write_text("示例市测试局2024年政府信息公开工作年度报告\n一、总体情况\n公开5条。\n", "utf-8")
    begun = session.begin(paths, [text])
    assert [] == [path.name for path in begun.files if path.suffix == ".csv"]
    begun.keep()
    assert () == folder.read(paths)[1]


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
    assert [("", "公式没有结果：用电子表格打开、保存一次")] == [
        (one.found, one.rule) for one in begun.made.taken["table3"].doubts
    ]
    [asked] = begun.made.questions["下列单元格读不准，没有填：对照原件填上"]
    assert asked.endswith("格）：公式没有结果：用电子表格打开、保存一次")


def test_a_struck_figure_is_left_unfilled_with_its_text(tmp_path):
    table = FORMATS["2021"].tables["table4"]
    key = next(iter(table.cells))
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values={"table4": dict.fromkeys(table.cells, 1)})))
    book["表四"][place(table, 1).cells[key][0].address.replace("$", "")] = CellRichText(
        TextBlock(InlineFont(strike=True), "9"), "1191"
    )
    taken = imports.begin(tmp_path, ("form.xlsx", saved(book)), year=2024).made.taken["table4"]
    assert "未填" == taken.cells[key].state
    assert [True] == ["91191" in one.found for one in taken.doubts]


def styled(make):
    """A form whose first cell of table 4 ``make`` has changed, and that cell's key."""
    table = FORMATS["2021"].tables["table4"]
    key = next(iter(table.cells))
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), values={"table4": dict.fromkeys(table.cells, 1)})))
    make(book["表四"][place(table, 1).cells[key][0].address.replace("$", "")])
    return key, ("form.xlsx", saved(book))


def hidden_by_format(cell):
    cell.value, cell.number_format = 91, ";;;"


def white(cell):
    cell.value, cell.font = 91, Font(color="FFFFFFFF")


def rounded(cell):
    cell.value, cell.number_format = 91.46, "0.0"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("make", "found", "why"),
    [
        (hidden_by_format, "91", "格里的字看不见（数字格式不显示它）"), (white, "91", "格里的字看不见（字与底色相同）"),
        (rounded, "91.5", "显示的与存的数不同，存的是91.46"),
    ],
)  # fmt: skip
def test_a_number_that_nobody_sees_or_that_is_shown_as_another_is_left_unfilled(make, found, why, tmp_path):
    key, file = styled(make)
    taken = imports.begin(tmp_path, file, year=2024).made.taken["table4"]
    assert "未填" == taken.cells[key].state
    assert [(found, why)] == [(one.found, one.rule) for one in taken.doubts]
    paths = put(write(tmp_path / "2" / "params"), file[1])
    assert [("F202", True)] == [(one.code, one.found.startswith(why[:6])) for one in folder.read(paths)[1]]


@pytest.mark.slow
def test_comments_on_cells_are_listed_and_the_directions_of_the_form_are_not(tmp_path):
    def commented(cell):
        cell.comment = Comment("不含补正2件", "张某")
        cell.parent.parent["说明"]["A20"] = "本表由办公室填"

    _, file = styled(commented)
    made = imports.begin(tmp_path, file, year=2024).made
    [asked] = made.questions["文件里有批注，没有取用：逐条决定"]
    assert asked.startswith("批注（工作表“表四”A")
    assert asked.endswith("格，张某）：不含补正2件")
    assert ["本表由办公室填"] == [text for _, text, why in made.left_out if why == "填表说明"]


@pytest.mark.parametrize("raw", [b"PK\x03\x04 xl/workbook.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Workbook"])
def test_a_damaged_workbook_is_refused_in_words(raw):
    with pytest.raises(Unreadable) as refused:
        kinds.read(raw, library())
    assert refused.value.found
    assert refused.value.action


def merged(values, *areas):
    """A form in which some cells are merged, as someone does who knows only their sum."""
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), "2021", {"table3": values})))
    for area in areas:
        opened["表三"].merge_cells(area)
    return saved(opened)


@pytest.mark.slow
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


def test_tables_that_differ_are_refused_with_their_places(tmp_path):
    book = openpyxl.Workbook()
    table = FORMATS["2021"].tables["table4"]
    for name, fill in (("甲", 3), ("乙", 2)):
        sheet = book.create_sheet(name)
        for row in csv.reader(io.StringIO(to_csv(table, dict.fromkeys(table.cells, fill)))):
            sheet.append([int(one) if one.isdecimal() else one for one in row])
    with pytest.raises(UsageError, match="表四：工作表“甲”；工作表“乙”"):
        imports.imported(tmp_path, ("复议.xlsx", saved(book)), year=2024)


def test_a_workbook_alone_tells_whose_it_is(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["填报单位：示例市测试局"])
    table = FORMATS["2021"].tables["table4"]
    for row in csv.reader(io.StringIO(to_csv(table, dict.fromkeys(table.cells, 3)))):
        book.active.append([int(one) if one.isdecimal() else one for one in row])
    begun = imports.imported(tmp_path, ("复议.xlsx", saved(book)), year=2024)
    assert 'name: "示例市测试局"' in begun.paths.bureau_file.read_text("utf-8")


@pytest.mark.slow
def test_what_nobody_sees_in_a_workbook_is_listed_and_what_is_hidden_is_asked_about(tmp_path):
    values = {table.id: dict.fromkeys(table.cells, 0) for table in FORMATS["2021"].tables.values()}
    book = openpyxl.load_workbook(io.BytesIO(filled(blank(), "2021", values)))
    book["表二"]["A1"] = "第二十\u200b条第（一）项"
    made = imports.begin(tmp_path, ("form.xlsx", saved(book)), year=2024).made
    assert made.questions == {}
    assert [what[:6] for _, what, why in made.said if "看不见" in why] == ["U+200B"]
    book["表二"].row_dimensions[4].hidden = True
    made = imports.begin(tmp_path / "2", ("form.xlsx", saved(book)), year=2024).made
    assert list(made.questions) == ["工作簿里有看不见的内容：核对"]


@pytest.mark.slow
def test_the_forms_own_hints_are_no_questions_and_a_persons_comment_is(tmp_path):
    key = next(iter(FORMATS["2021"].tables["table3"].cells))
    opened = openpyxl.load_workbook(io.BytesIO(blank(values={"table3": {key: 3}})))
    hinted = next(cell for row in opened["表三"] for cell in row if cell.comment)
    begun = imports.imported(tmp_path, ("form.xlsx", saved(opened)), year=2024)
    assert not [one for one in begun.made.questions if "批注" in one]
    assert [why for place, _, why in begun.made.said if place.endswith(f"{hinted.coordinate}格")] == ["填报表自己的提示"]
    hinted.comment.text += "应为5"
    begun = imports.imported(tmp_path, ("form.xlsx", saved(opened)), year=2024)
    assert "应为5" in "".join(begun.made.questions["文件里有批注，没有取用：逐条决定"])


@pytest.mark.slow
def test_a_whole_report_is_compared_with_the_form_that_the_folder_holds_and_leaves_it(tmp_path):
    """Of a text that came back: the tables stay in the form, and what it says otherwise of them is asked about."""
    paths = put(write(tmp_path), form_with(FACTS))
    book = (paths.folder / "form.xlsx").read_bytes()
    values = dict.fromkeys(FORMATS["2021"].tables["table3"].cells, 0)
    values[next(iter(values))] = 7
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in csv.reader(
        io.StringIO(to_csv(FORMATS["2021"].tables["table3"], values).lstrip("\ufeff"))))  # fmt: skip
    source = tmp_path / "回稿.html"
    chapters = "<h2>一、总体情况</h2><p>公开5条。</p><h2>三、收到和处理政府信息公开申请情况</h2>"
    source.write_text(f"<h1>{imports.TITLE.format(2024)}</h1>{chapters}<table>{page}</table>", "utf-8")
    begun = session.begin(paths, [source])
    assert [] == [path.name for path in begun.files if path.suffix == ".csv"]
    [(question, about)] = [(one, said) for one, said in begun.made.questions.items() if "form.xlsx" in one]
    assert "没有改" in question
    assert len(about) == 1
    assert "这里是0，文件是7" in about[0]
    assert any(one.path.name == "narrative.md" and "+公开5条。" in one.diff for one in begun.differences)
    begun.keep()
    assert (paths.folder / "form.xlsx").read_bytes() == book
