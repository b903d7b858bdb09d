"""Each statutory table is given once, as CSV or in report.yaml, in the report's own format; anything else is said."""

import json

import pytest

from making import FORMATS, keys_of
from nianbao.findings import Source
from nianbao.inputfiles import InputFiles
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.intake import read_tables
from nianbao.inputs.sources import Sources
from nianbao.statute.formats import library
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN
from nianbao.yamlfile import read_yaml
from nianbao.yamltyped import typed
from sheets import TABLES, at, codes, official, row_of, save, table_of

DIFFERING = [(form, table) for form, table in TABLES if table != "table4"]
OTHER = {"2019": "2021", "2021": "2019"}


def tables(folder, form, report="", files=None):
    """What becomes of a folder that holds ``report`` as report.yaml and ``files`` as CSV."""
    (folder / "report.yaml").write_text(report, "utf-8")
    for name, rows in (files or {}).items():
        save(folder / f"{name}.csv", rows)
    file = read_yaml(folder / "report.yaml")
    given = typed(ReportParams, file, {key: value for key, value in file.data.items() if key not in FORMATS[form].tables})
    assert [] == file.faults
    own = FORMATS[form].with_rows(given.extra_rows)
    return read_tables(Sources(InputFiles(folder), folder, own, library(), given), own, library(), given, file)


def inline(form, table, fill=0):
    """The whole table as report.yaml holds it (JSON is YAML)."""
    tree = {}
    for row, column in keys_of(table_of(form, table)):
        here = tree
        for label in (*row, *column[:-1]):
            here = here.setdefault(label, {})
        here[column[-1]] = fill
    return f"{table}: {json.dumps(tree, ensure_ascii=False)}\n"


@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
def test_a_table_given_twice_is_a_fault_at_its_line(table, tmp_path):
    report = f"signature: 示例市测试局\n{table}: 未知：原件遗失\n"
    [fault] = tables(tmp_path, "2021", report, {table: official(table_of("2021", table))})[table].faults
    assert ("F108", Source("report.yaml", 2), f"{table}.csv 和 report.yaml 各给了一次") == (
        fault.code,
        fault.source,
        fault.found,
    )


def test_tables_not_given_at_all_are_faults_that_say_where_to_put_them(tmp_path):
    found = tables(tmp_path, "2021")
    assert ["F108"] * 3 == [fault.code for intake in found.values() for fault in intake.faults]
    [fault] = found["table3"].faults
    assert ("表三", Source("table3.csv")) == (fault.place, fault.source)
    assert "没有 table3.csv，report.yaml 里也没有 table3" == fault.found
    assert "table3: 未知：原因" in fault.action


@pytest.mark.parametrize("report", ["", "table2:\n", "table2: ~\n"])
def test_an_empty_key_is_no_table(report, tmp_path):
    found = tables(tmp_path, "2021", report, {"table2": official(table_of("2021", "table2"))})
    assert [] == found["table2"].faults


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_table_written_in_the_report_reads_like_its_file(form, table, tmp_path):
    from_file = tables(tmp_path, form, "", {table: official(table_of(form, table), 3)})[table]
    (tmp_path / f"{table}.csv").unlink()
    in_report = tables(tmp_path, form, inline(form, table, 3))[table]
    assert [] == in_report.faults
    assert {key: (cell.state, cell.value) for key, cell in from_file.cells.items()} == {
        key: (cell.state, cell.value) for key, cell in in_report.cells.items()
    }
    assert {"report.yaml"} == {cell.source.file for cell in in_report.cells.values()}


def test_a_table_in_the_report_takes_short_names_and_knows_its_lines(tmp_path):
    report = """table3:
  一: {自然人: 3, 总计: 3}
  三:
    （三）: {"8": {自然人: 1}}
    （七）: {总计: "1,113"}
  三（四）1: {总计: 不适用}
  四: {总计: 未知：台账遗失, 其他: }
"""
    table = table_of("2021", "table3")
    intake = tables(tmp_path, "2021", report)["table3"]
    assert [] == intake.faults
    seen = [
        (3, Source("report.yaml", 2), at(intake, table, "一", "自然人")),
        (1, Source("report.yaml", 4), at(intake, table, "8", "自然人")),
        (1113, Source("report.yaml", 5), at(intake, table, "三（七）", "总计")),
    ]
    for value, source, cell in seen:
        assert (NUMBER, value, source) == (cell.state, cell.value, cell.source)
    assert NOT_APPLICABLE == at(intake, table, "三（四）1", "总计").state
    assert (UNKNOWN, "台账遗失") == (at(intake, table, "四", "总计").state, at(intake, table, "四", "总计").reason)
    assert UNFILLED == at(intake, table, "四", "其他").state
    assert {UNFILLED} == {at(intake, table, "二", column).state for column in ("自然人", "总计")}
    assert set(keys_of(table)) == set(intake.cells)


@pytest.mark.parametrize(
    ("report", "line", "found"),
    [
        ("table2:\n  规章制度: {本年制发件数: 1}\n", 2, "“规章制度/本年制发件数”对不上一格"),
        ("table2:\n  规章:\n    制发: 1\n", 3, "“规章/制发”对不上一格"),
        ("table2:\n  行政许可: 21\n", 2, "“行政许可”对不上一格"),
        ("table2: {}\ntable3:\n  三（三）: {自然人: 1}\n", 3, "“三（三）/自然人”不止一格"),
        ("table3:\n  一: {自然人: 1}\n  一、本年新收政府信息公开申请数量: {自然人: 2}\n", 3, "写了两次"),
        ("table4:\n  行政诉讼: {总计: 1}\n", 2, "“行政诉讼/总计”"),
    ],
)
def test_a_name_that_fits_no_single_cell_is_a_fault_at_its_line(report, line, found, tmp_path):
    faults = [
        fault for intake in tables(tmp_path, "2021", report).values() for fault in intake.faults if fault.code != "F108"
    ]
    assert [("F201", Source("report.yaml", line))] == [(fault.code, fault.source) for fault in faults]
    assert found in faults[0].found
    assert faults[0].expected


@pytest.mark.parametrize(
    ("report", "line"),
    [
        ("table2: [1, 2]\n", 1),
        ("table2:\n  规章: [0, 0, 0]\n", 2),
        ("table2:\n  规章:\n    本年制发件数: [0]\n", 3),
        ("table2: 无\n", 1),
        ("table2: 0\n", 1),
        ("table2: ''\n", 1),
        ("table2: 未知\n", 1),
        ("table2: 未知：\n", 1),
    ],
)
def test_a_value_without_names_or_a_bare_unknown_is_no_table(report, line, tmp_path):
    [fault] = tables(tmp_path, "2021", report)["table2"].faults
    assert ("F106", Source("report.yaml", line)) == (fault.code, fault.source)
    assert ("行名: {栏目名: 数字}，或“未知：原因”" if line == 1 else "栏目名: 数字") == fault.expected
    assert "[" not in fault.found


def test_a_number_that_cannot_be_read_is_a_fault_at_its_line(tmp_path):
    [fault] = tables(tmp_path, "2021", "table2:\n  规章:\n    本年制发件数: 约5\n")["table2"].faults
    assert ("F202", "表二 规章 / 本年制发件数", Source("report.yaml", 3)) == (fault.code, fault.place, fault.source)


def test_a_whole_table_may_be_unknown_with_its_reason(tmp_path):
    intake = tables(tmp_path, "2019", "signature: 示例市测试局\ntable3: 未知：原件没有保存下来\n")["table3"]
    assert set(keys_of(table_of("2019", "table3"))) == set(intake.cells)
    assert {(UNKNOWN, None, "原件没有保存下来", Source("report.yaml", 2))} == {
        (cell.state, cell.value, cell.reason, cell.source) for cell in intake.cells.values()
    }


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("way", ["file", "report"])
@pytest.mark.parametrize(("theirs", "table"), DIFFERING)
def test_the_other_formats_table_is_named_with_the_switch(theirs, table, way, tmp_path):
    ours = OTHER[theirs]
    report, files = ("", {table: official(table_of(theirs, table))}) if way == "file" else (inline(theirs, table), {})
    intake = tables(tmp_path, ours, report, files)[table]
    [fault] = intake.faults
    assert ("F203", f"{table}.csv" if way == "file" else "report.yaml") == (fault.code, fault.source.file)
    assert f"{FORMATS[theirs].name}的{fault.place}" == fault.found
    assert f"{FORMATS[ours].name}的{fault.place}" == fault.expected
    assert f'format: "{theirs}"' in fault.action
    assert [] == intake.notes


@pytest.mark.parametrize("theirs", ["2019", "2021"])
def test_table_4_is_the_same_in_both_formats(theirs, tmp_path):
    intake = tables(tmp_path, OTHER[theirs], "", {"table4": official(table_of(theirs, "table4"), 2)})["table4"]
    assert ([], {2}) == (intake.faults, {cell.value for cell in intake.cells.values()})


@pytest.mark.parametrize("spoilt", ["约5", "-1"])
def test_the_other_formats_table_is_recognised_with_a_bad_number_in_it(spoilt, tmp_path):
    rows = official(table_of("2019", "table2"))
    rows[2][1] = spoilt
    assert ["F203"] == codes(tables(tmp_path, "2021", "", {"table2": rows})["table2"].faults)


def test_a_table_that_mixes_the_formats_is_read_part_by_part_and_said(tmp_path):
    rows = official(table_of("2019", "table2"), 3)
    rows[1][1:] = ["本年制发件数", "本年废止件数", "现行有效件数"]
    read = tables(tmp_path, "2019", "", {"table2": rows})["table2"]
    assert ([], {"第二十条第（一）项": "2021"}) == (read.faults, read.formats)
    assert {3} == {cell.value for cell in read.cells.values()}
    assert ("行政规范性文件",) in {row for row, _ in read.cells}
    [warning] = [note for note in read.notes if note.code == "W205"]
    assert "第二十条第（一）项是2021年格式的栏目" == warning.found
    assert 'table2: {format: {第二十条第（一）项: "2021"}}' in warning.action


EXTRA = "extra_rows:\n  table2:\n    第二十条第（一）项: [其他主动公开文件]\n  table3:\n    '': [备注行]\n"


def test_a_declared_local_row_is_kept_and_read(tmp_path):
    rows = official(table_of("2021", "table2"))
    rows.insert(4, ["其他主动公开文件", "1", "2", "3"])
    more = [*official(table_of("2021", "table3")), ["备注行", "", "", *"1234567"]]
    found = tables(tmp_path, "2021", EXTRA, {"table2": rows, "table3": more})
    assert [] == found["table2"].faults + found["table3"].faults
    read = [cell.value for (row, _), cell in found["table2"].cells.items() if row == ("其他主动公开文件",)]
    assert [1, 2, 3] == read
    assert list(range(1, 8)) == [cell.value for (row, _), cell in found["table3"].cells.items() if row == ("备注行",)]


def test_a_declared_local_row_may_be_written_in_the_report(tmp_path):
    report = EXTRA + "table2:\n  其他主动公开文件: {本年制发件数: 4}\n"
    intake = tables(tmp_path, "2021", report)["table2"]
    assert [] == intake.faults
    assert [4, None, None] == [cell.value for (row, _), cell in intake.cells.items() if row == ("其他主动公开文件",)]


def test_a_declared_local_row_that_is_not_there_is_a_fault(tmp_path):
    [fault] = tables(tmp_path, "2021", EXTRA, {"table2": official(table_of("2021", "table2"))})["table2"].faults
    assert "F201" == fault.code
    assert "其他主动公开文件" in fault.found


def test_the_other_formats_table_is_recognised_with_its_local_rows(tmp_path):
    rows = official(table_of("2019", "table2"))
    rows.insert(4, ["其他主动公开文件", "1", "2", "3"])
    assert ["F203"] == codes(tables(tmp_path, "2021", EXTRA, {"table2": rows})["table2"].faults)


def test_marks_of_the_report_hold_in_files_and_in_the_report(tmp_path):
    rows = official(table_of("2021", "table2"))
    rows[2][1] = "/"
    marks = 'marks: {"/": "0"}\n'
    found = tables(tmp_path, "2021", marks + "table4: {行政复议: {总计: /}}\n", {"table2": rows})
    assert 0 == at(found["table2"], table_of("2021", "table2"), "规章", "本年制发件数").value
    assert 0 == at(found["table4"], table_of("2021", "table4"), "行政复议", "总计").value
    assert [["I105"], ["I105"]] == [codes(found[table].notes) for table in ("table2", "table4")]


@pytest.mark.parametrize(("begun", "found"), [("3", ["W230"]), ("", [])])
def test_a_table_that_is_filled_in_is_warned_of_and_one_that_is_begun_is_not(begun, found, tmp_path):
    table = table_of("2021", "table2")
    rows = official(table, lambda *_: 3)
    row_of(rows, "行政规范性文件")[1:] = ["5", "40", ""]
    row_of(rows, "行政许可")[1] = begun
    made = tables(tmp_path, "2021", files={"table2": rows})["table2"]
    assert [note.code for note in made.notes if note.severity.name == "WARNING"] == found
    assert at(made, table, "行政规范性文件", "本年制发件数").value == 5  # a draft shows what is typed
