"""The forms of sections, as they come back: put together cell by cell, with each other and with what the folder has."""

import io
import shutil

import openpyxl
import pytest

from forms import NAME, blank, filled, saved
from making import FORMATS, write
from nianbao.errors import UsageError
from nianbao.importing import keeping, session
from nianbao.importing.forms import joined
from nianbao.importing.forms.filled import meaning_of
from nianbao.inputs import folder
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.placing import place
from nianbao.starting import starter
from nianbao.statute.names import locate

TABLES = FORMATS["2021"].tables
PERMITS = locate(TABLES["table2"], ("行政许可", "本年处理决定数量"))[0]
PUNISHED = locate(TABLES["table2"], ("行政处罚", "本年处理决定数量"))[0]
VALID = locate(TABLES["table2"], ("规章", "现行有效件数"))[0]  # which is carried over from last year
ISSUED = locate(TABLES["table2"], ("规章", "本年制发件数"))[0]
APPLIED = locate(TABLES["table3"], ("一", "自然人"))[0]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """A folder with a form, to which last year's numbers are carried over; made once."""
    root = tmp_path_factory.mktemp("office")
    write(root / "params", year=2023, fill=3, report="facts:\n  访问量: {value: 9, unit: 万次}\n")
    starter.create(root / "params", "shili-ceshi", 2024, workbook=True)
    return root


@pytest.fixture
def paths(laid_out, tmp_path):
    shutil.copytree(laid_out, tmp_path, dirs_exist_ok=True)
    return starter.paths_of(tmp_path / "params", "shili-ceshi", 2024)


def sent(paths, name, values, fact="", note="", remark=""):
    """A section's copy of the form: {table id: {cell: value}}, the value of the fact and its note, a note in 表二."""
    book = openpyxl.load_workbook(paths.form_file)
    for key, some in values.items():
        for at, value in some.items():
            book[TABLES[key].name][place(TABLES[key], 1).cells[at][0].address.replace("$", "")] = value
    book["事实"]["B2"], book["事实"]["E2"] = fact or None, note or None
    book["表二"]["F4"] = remark or None
    path = paths.params.parent / name
    path.write_bytes(saved(book))
    return path


def imported(paths, *files):
    begun = session.begin(paths, files)
    assert [] == [str(one) for one in begun.differences]
    begun.keep()
    return begun


def figures(paths):
    """What stands in the folder: {table id: {cell: number}}, without what is blank."""
    read = folder.read(paths)[0]
    return {key: {at: one.value for at, one in some.items() if one.state == NUMBER} for key, some in read.cells.items()}


def test_the_forms_of_two_sections_fill_the_form_of_the_folder(paths):
    carried = figures(paths)
    one = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7, ISSUED: 0}}, fact="15.67", remark="核过")
    other = sent(
        paths, "乙科.xlsx", {"table2": {PUNISHED: "不适用", ISSUED: 0}, "table3": {APPLIED: "5件"}}, note="后台导出"
    )
    begun = imported(paths, one, other)
    assert {} == begun.made.questions
    assert ["甲科.xlsx: 表二 2格、事实 1项", "乙科.xlsx: 表二 2格、表三 1格"] == [*begun.told]
    expected = {**carried, "table2": carried["table2"] | {PERMITS: 7, ISSUED: 0}, "table3": carried["table3"] | {APPLIED: 5}}
    assert expected == figures(paths)
    read, faults = folder.read(paths)
    assert () == faults
    assert "不适用" == read.cells["table2"][PUNISHED].state
    assert ["核过"] == [aside.text for aside in read.asides["table2"]]
    [fact] = read.facts.values()
    assert ("访问量", "15.67", "万次", "后台导出") == (fact.name, str(fact.value), fact.unit, fact.note)
    assert [] == [path.name for path in paths.folder.glob("*.csv")]


def test_one_form_today_and_one_tomorrow_come_to_the_same(paths):
    one = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}}, fact="15.67")
    other = sent(paths, "乙科.xlsx", {"table3": {APPLIED: 5}}, note="后台导出")
    imported(paths, one, other)
    together = paths.form_file.read_bytes()
    keeping.undo(paths)
    imported(paths, one)
    imported(paths, other)
    assert together == paths.form_file.read_bytes()
    assert ["甲科.xlsx: 表二 1格、事实 1项", "form.xlsx: all of it stands there already"] == [*imported(paths, one).told]
    assert together == paths.form_file.read_bytes()


def test_what_differs_is_asked_once_whichever_copy_says_it(paths):
    imported(paths, sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}}, fact="15"))
    other = sent(paths, "乙科.xlsx", {"table2": {PERMITS: 8}}, fact="16")
    begun = session.begin(paths, [other])
    assert [2] == [*map(len, begun.made.questions.values())]
    begun.keep()
    assert {} == session.begin(paths, [other]).made.questions
    third = sent(paths, "丙科.xlsx", {"table2": {PERMITS: "8件"}}, fact="17")  # 8 stands in another copy now
    [asked] = session.begin(paths, [third]).made.questions.values()
    assert ["事实 访问量"] == [one.partition("：")[0] for one in asked]


def test_the_same_file_is_not_asked_about_again_but_another_one_with_the_same_words_is(paths):
    def with_line(value):
        path = sent(paths, "甲科.xlsx", {"table2": {PERMITS: value}})
        book = openpyxl.load_workbook(path)
        book["表二"]["A20"] = "注：许可含备案"
        path.write_bytes(saved(book))
        return path

    path = with_line(7)
    assert 1 == len(imported(paths, path).made.questions)
    assert {} == imported(paths, path).made.questions
    keeping.undo(paths)
    assert 1 == len(session.begin(paths, [path]).made.questions)
    imported(paths, path)
    assert 1 == len(session.begin(paths, [with_line(7)]).made.questions)


@pytest.mark.parametrize("has_form", [True, False])
def test_what_a_section_typed_beside_blank_tables_and_facts_is_told(paths, has_form):
    path = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}}, fact="15")
    book = openpyxl.load_workbook(path)
    book["表四"]["R5"], book["事实"]["G2"] = "表旁的话", "数旁的话"
    path.write_bytes(saved(book))
    if not has_form:
        paths.form_file.unlink()
    asked = "".join(one for some in session.begin(paths, [path]).made.questions.values() for one in some)
    assert "表四（工作表“表四” R5格）：“表旁的话”" in asked
    assert "事实旁边的格（工作表“事实”G2格）：数旁的话" in asked


def test_what_two_sections_fill_in_otherwise_is_asked_with_both_files_and_both_values(paths):
    one = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7, PUNISHED: "1,113"}}, fact="15", remark="甲")
    other = sent(paths, "乙科.xlsx", {"table2": {PERMITS: 8, PUNISHED: 1113}}, fact="16", remark="乙")
    begun = imported(paths, one, other)
    assert [joined.DIFFER] == [*begun.made.questions]
    asked = begun.made.questions[joined.DIFFER]
    assert ["表二 行政许可 / 本年处理决定数量", "表二 规章的备注", "事实 访问量"] == [
        one.partition("：")[0] for one in asked
    ]
    assert "甲科.xlsx 工作表“表二”B8格填“7”；乙科.xlsx 工作表“表二”B8格填“8”" in asked[0]
    assert "填“15万次”" in asked[2]
    assert PERMITS not in figures(paths)["table2"]
    assert 1113 == figures(paths)["table2"][PUNISHED]


def test_what_the_folder_has_stays_where_a_later_form_says_otherwise(paths):
    imported(paths, sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}}))
    begun = imported(paths, sent(paths, "乙科.xlsx", {"table2": {PERMITS: 8, PUNISHED: 2}}))
    [asked] = begun.made.questions[joined.DIFFER_FROM_HELD]
    assert "form.xlsx 工作表“表二”B8格填“7”；乙科.xlsx 工作表“表二”B8格填“8”" in asked
    assert (7, 2) == (figures(paths)["table2"][PERMITS], figures(paths)["table2"][PUNISHED])


def test_a_number_that_was_carried_over_is_nobodys_and_one_that_a_section_puts_right_is_its_own(paths):
    assert 3 == figures(paths)["table2"][VALID]
    begun = imported(
        paths, sent(paths, "甲科.xlsx", {"table2": {VALID: 4}}), sent(paths, "乙科.xlsx", {"table2": {VALID: None}})
    )
    assert {} == begun.made.questions
    assert 4 == figures(paths)["table2"][VALID]
    imported(paths, sent(paths, "丙科.xlsx", {"table2": {VALID: 3}}))
    assert 4 == figures(paths)["table2"][VALID]


def test_a_form_that_a_person_has_filled_in_by_hand_is_shown_before_it_is_written_anew(paths):
    copy = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}})
    paths.form_file.write_bytes(sent(paths, "x.xlsx", {"table2": {PUNISHED: 2}}).read_bytes())
    begun = session.begin(paths, [copy])
    assert ["表二 行政许可 / 本年处理决定数量：空白 → 7"] == [one.diff for one in begun.differences]
    begun.keep()
    assert (7, 2) == (figures(paths)["table2"][PERMITS], figures(paths)["table2"][PUNISHED])


def test_what_the_folders_form_holds_stays_in_it_beside_a_section_that_puts_its_row_in_doubt(paths):
    """A section's remark may doubt a row; what a person has filled in in the folder's form is not emptied for that."""
    imported(paths, sent(paths, "甲科.xlsx", {"table3": {APPLIED: 7}}))
    file = sent(paths, "丁科.xlsx", {"table2": {PUNISHED: 1}, "table3": {APPLIED: ""}})
    book = openpyxl.load_workbook(file)
    book["表三"]["L5"] = "来自丁科"
    file.write_bytes(saved(book))
    begun = session.begin(paths, [file])
    assert "来自丁科" in str(begun.made.questions)
    begun.keep()
    assert (figures(paths)["table3"][APPLIED], figures(paths)["table2"][PUNISHED]) == (7, 1)


def test_what_cannot_be_put_together_is_asked_about_with_its_cell_and_its_value(paths):
    book = openpyxl.load_workbook(paths.form_file)
    book["表三"]["N8"] = "我的笔记"
    paths.form_file.write_bytes(saved(book))
    begun = session.begin(paths, [sent(paths, "丁科.xlsx", {"table3": {APPLIED: 5}})])
    cell = place(TABLES["table3"], 1).cells[APPLIED][0].address.replace("$", "")
    assert f"表三：丁科.xlsx 工作表“表三”{cell}格填“5”" in begun.made.questions[joined.APART]


def test_numbers_of_facts_that_differ_in_their_last_digit_are_two():
    texts = ["12,5", "125", "123456789012345.12", "123456789012345.13", "1_0", "10", "1e3", "1000", "nan"]
    assert len({meaning_of(one) for one in texts}) == len(texts)
    assert len({meaning_of(one) for one in ("1,000", "1000", "１０００", " 1000 ")}) == 1


def test_without_a_form_in_the_folder_the_tables_are_csv_files_and_fill_up_too(paths):
    one = sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}})
    other = sent(paths, "乙科.xlsx", {"table2": {PUNISHED: 2}, "table3": {APPLIED: 5}}, fact="15.67")
    third = sent(paths, "丙科.xlsx", {"table2": {PERMITS: 8, ISSUED: 1}})
    shutil.rmtree(paths.folder)
    imported(paths, one, other)
    there = figures(paths)
    assert (7, 2, 5) == (there["table2"][PERMITS], there["table2"][PUNISHED], there["table3"][APPLIED])
    untouched = paths.table_file("table3").stat().st_mtime_ns
    begun = imported(paths, third)
    assert [
        "table2.csv B7格填“7”；丙科.xlsx 工作表“表二”B8格填“8”" in one
        for one in begun.made.questions[joined.DIFFER_FROM_HELD]
    ] == [True]
    assert (7, 1) == (figures(paths)["table2"][PERMITS], figures(paths)["table2"][ISSUED])
    assert untouched == paths.table_file("table3").stat().st_mtime_ns


def test_the_csv_files_of_one_table_are_put_together_as_forms_are(paths):
    files = []
    for name, some in {"甲.csv": {PERMITS: 7}, "乙.csv": {PUNISHED: 2}}.items():
        files.append(paths.params.parent / name)
        files[-1].write_text(to_csv(TABLES["table2"], some), "utf-8-sig", newline="")
    imported(paths, *files)
    assert (7, 2) == (figures(paths)["table2"][PERMITS], figures(paths)["table2"][PUNISHED])


def test_a_form_of_another_year_or_with_another_file_is_refused_beside_the_folders_form(paths):
    other = paths.params.parent / "别.xlsx"
    other.write_bytes(filled(blank(year=2022)))
    with pytest.raises(UsageError, match="2022"):
        session.begin(paths, [other])
    text = paths.params.parent / "正文.txt"
    text.write_text(f"{NAME}2024年政府信息公开工作年度报告\n一、总体情况\n公开5条。\n", "utf-8")
    with pytest.raises(UsageError, match=r"form\.xlsx"):
        session.begin(paths, [sent(paths, "甲科.xlsx", {"table2": {PERMITS: 7}}), text])


def test_the_checks_of_the_joined_form_show_its_sums_before_anyone_has_opened_it(paths):
    table = TABLES["table3"]
    row = {key: 1 for key in table.cells if key[0] == APPLIED[0]}
    imported(paths, sent(paths, "甲科.xlsx", {"table3": row}))
    book = openpyxl.load_workbook(io.BytesIO(paths.form_file.read_bytes()), data_only=True)
    assert "✗ 应为 6" == book["表三"]["K5"].value
