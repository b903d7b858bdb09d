"""A report is assembled from its folder; the faults of all its inputs come together, each with file and line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from making import BODY, FORMATS, keys_of, write
from nianbao.checks.check import check
from nianbao.findings import Source
from nianbao.inputs.folder import read
from nianbao.inputs.report import COLUMNS, counted, unknowns
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from nianbao.statute.names import locate
from nianbao.wording import UNKNOWN
from sheets import codes


def places(faults):
    return [(fault.code, fault.source.file, fault.source.line) for fault in faults]


def test_a_sound_folder_is_one_value(tmp_path):
    text = "editor: 局办公室\nfacts:\n  访问量: {value: 15.670, unit: 万次}\n  清单: {value: 3, parts: {许可: 1, 处罚: 2}}\n"
    paths = write(tmp_path, 2024, report=text, fill=2)
    loaded, faults = read(paths)
    assert () == faults == loaded.faults == loaded.notes
    assert ("shili-ceshi", 2024, "示例市测试局", "2021") == (loaded.id, loaded.year, loaded.bureau.name, loaded.format.id)
    assert (date(2025, 1, 20), "示例市测试局", "局办公室") == (
        loaded.params.date,
        loaded.params.signature,
        loaded.params.editor,
    )
    assert (BODY, paths.folder, None) == (loaded.narrative, loaded.folder, loaded.previous)
    assert {table.id: set(keys_of(table)) for table in FORMATS["2021"].tables.values()} == {
        table: set(cells) for table, cells in loaded.cells.items()
    }
    fact = loaded.facts["访问量"]
    assert ("15.670", "万次", "", Source("report.yaml", 5)) == (format(fact.value, "f"), fact.unit, fact.reason, fact.source)
    assert {"许可": Decimal(1), "处罚": Decimal(2)} == loaded.facts["清单"].parts
    assert {"date": 1, "signature": 2, "editor": 3, "number": 1, "accepted": 1} == {
        key: source.line for key, source in loaded.sources.items()
    }


def test_an_unknown_fact_has_a_reason_and_no_value(tmp_path):
    loaded, faults = read(write(tmp_path, report="facts: {访问量: {value: 未知：系统更换}}\n"))
    assert ((), None, "系统更换") == (faults, loaded.facts["访问量"].value, loaded.facts["访问量"].reason)


def test_a_bare_unknown_fact_is_refused(tmp_path):
    loaded, faults = read(write(tmp_path, report="facts: {访问量: {value: 未知}}\n"))
    assert ({}, [("F106", "report.yaml", 3)]) == (loaded.facts, places(faults))


def test_faults_of_all_inputs_come_together(tmp_path):
    paths = write(tmp_path, report="dat: 1\nfacts: {a: {value: 约5}}\n", values={"表二": {("规章", "本年制发件数"): "约5"}})
    paths.bureau_file.write_text("name: 示例市测试局\nshort: 市测试局\nlevel: 区\n", "utf-8")
    paths.narrative_file.write_bytes(b"\xff\xff")
    (paths.folder / "table5.csv").write_text("1", "utf-8")
    paths.table_file("table4").unlink()
    _, faults = read(paths)
    assert sorted(
        [
            ("F106", "bureau.yaml", 3),
            ("F104", "report.yaml", 3),
            ("F106", "report.yaml", 4),
            ("F101", "narrative.md", None),
            ("F109", "table5.csv", None),
            ("F202", "table2.csv", 3),
            ("F108", "table4.csv", None),
        ],
        key=str,
    ) == sorted(places(faults), key=str)


@pytest.mark.parametrize("broken", ["marks: [a]\n", "extra_rows: x\n", "format: [2021]\n", "signature: 'x\n", "a: *b\n"])
def test_nothing_false_is_said_of_tables_when_the_report_cannot_tell_how_to_read_them(broken, tmp_path):
    """A local row is declared where the reader cannot see it: only the declaration's own fault is shown."""
    paths = write(tmp_path, report=broken)
    rows = paths.table_file("table2").read_text("utf-8-sig").splitlines()
    rows.insert(4, "其他主动公开文件,零,0,0")
    paths.table_file("table2").write_text("\n".join(rows), "utf-8")
    _, faults = read(paths)
    assert {"report.yaml"} == {fault.source.file for fault in faults}


@pytest.mark.parametrize(
    ("spoil", "found"), [(Path.unlink, "文件不存在"), (lambda path: path.write_bytes(b"\xff\xff"), "不是可识别的编码")]
)
def test_an_unreadable_narrative_says_why(spoil, found, tmp_path):
    paths = write(tmp_path)
    spoil(paths.narrative_file)
    [fault] = read(paths)[1]
    assert ("F101", Source("narrative.md")) == (fault.code, fault.source)
    assert found in fault.found


@pytest.mark.parametrize(("encoding", "said"), [("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-8-sig", "")])
def test_every_text_file_may_be_in_the_encodings_of_an_office_and_says_so(encoding, said, tmp_path):
    paths = write(tmp_path, report="facts: {访问量: {value: 5, unit: 万次}}\n")
    plain = read(paths)[0]
    for file in (paths.bureau_file, paths.report_file, paths.narrative_file, paths.table_file("table2")):
        file.write_bytes(file.read_text("utf-8-sig").replace("\n", "\r\n").encode(encoding))
    loaded, faults = read(paths)
    assert () == faults
    assert (plain.bureau, plain.params, plain.narrative) == (loaded.bureau, loaded.params, loaded.narrative)
    files = ["bureau.yaml", "report.yaml", "narrative.md", "table2.csv"] if said else []
    assert [("I107", name, f"按 {said} 读取") for name in files] == [
        (note.code, note.source.file, note.found) for note in loaded.notes if note.code == "I107"
    ]


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("table3:\n  一:\n    自然人：5\n", 5, "“自然人”后面是全角冒号“：”"),
        ("table3:\n  一:\n    自然人:5\n", 5, "“自然人:”后面缺一个空格"),
        ("table3:\n  一: {自然人：5}\n", 4, "“自然人”后面是全角冒号“：”"),
        ("table3:\n  一: {自然人: 1,234}\n", 4, "千位分隔符把数值拆成了两半：1,234"),
        ("table3:\n一:\n  自然人: 5\n", 4, "“table3:”下面的内容没有缩进"),
    ],
)
def test_a_slip_in_a_table_of_the_yaml_file_is_told_once(table, line, said, tmp_path):
    _, [fault] = read(write(tmp_path, report=table))
    assert ("F102", Source("report.yaml", line), said) == (fault.code, fault.source, fault.found)


def test_a_table_that_is_unknown_as_a_whole_has_no_slip(tmp_path):
    assert () == read(write(tmp_path, report="table3:\n  未知：台账遗失\n"))[1]


def test_a_missing_folder_is_missing_files(tmp_path):
    _, faults = read(ReportPaths(tmp_path, "shili-ceshi", 2024))
    assert {("F101", "bureau.yaml"), ("F101", "report.yaml"), ("F101", "narrative.md")} == {
        (fault.code, fault.source.file) for fault in faults
    }


@pytest.mark.parametrize(
    "name", ["表二.CSV", "tabel3.csv", "表三.csv", "table33.xlsx", "report.yml", "bureau.yaml", "正文.md", "t.tsv"]
)
def test_a_data_file_that_nothing_reads_is_a_fault(name, tmp_path):
    paths = write(tmp_path)
    (paths.folder / name).write_text("", "utf-8")
    [fault] = read(paths)[1]
    assert ("F109", Source(name)) == (fault.code, fault.source)
    assert f"“{name}”" in fault.found
    assert "form.xlsx、narrative.md、report.yaml、table2.csv、table3.csv、table4.csv" == fault.expected
    assert ("另存为 form.xlsx（填报表）或“CSV UTF-8”" if name == "table33.xlsx" else "改名或移走") == fault.action


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("表三.csv", ""),  # table3.csv is there, and table4.csv is another table
        ("tabel3.csv", ""),
        ("Form.xlsx", "form.xlsx"),
        ("form - 副本.xlsx", "form.xlsx"),
        ("narative.md", ""),
    ],
)
def test_the_name_that_a_file_was_meant_to_have_is_told_where_no_file_has_it(name, meant, tmp_path):
    paths = write(tmp_path)
    (paths.folder / name).write_text("", "utf-8")
    [fault] = read(paths)[1]
    assert fault.found == f"文件名“{name}”" + (f"，是否为“{meant}”？" if meant else "")


def test_a_table_by_its_chinese_name_is_the_one_that_is_missing(tmp_path):
    paths = write(tmp_path)
    (paths.folder / "table3.csv").rename(paths.folder / "表三.csv")
    assert "文件名“表三.csv”，是否为“table3.csv”？" in [fault.found for fault in read(paths)[1]]


@pytest.mark.parametrize("name", ["_table3.csv", ".~lock.table2.csv", "~$table2.xlsx", "照片.png", "说明.txt", "附件"])
def test_files_put_aside_and_pictures_are_left_alone(name, tmp_path):
    paths = write(tmp_path)
    (paths.folder / name).write_text("", "utf-8")
    assert () == read(paths)[1]


@pytest.mark.parametrize(
    ("day", "sound"), [("2024-12-31", False), ("2023-01-20", False), ("2025-01-01", True), ("2026-03-01", True)]
)
def test_a_date_before_the_next_year_is_impossible(day, sound, tmp_path):
    paths = write(tmp_path, 2024)
    paths.report_file.write_text(f"signature: 示例市测试局\ndate: {day}\n", "utf-8")
    loaded, faults = read(paths)
    assert ([] if sound else [("F107", "report.yaml", 2)]) == places(loaded.faults)
    assert loaded.faults == faults
    assert sound or "2025年1月1日或以后" == faults[0].expected


def test_an_impossible_date_is_told_beside_a_faulty_bureau_file(tmp_path):
    paths = write(tmp_path, 2024)
    paths.report_file.write_text("date: 2024-01-20\n", "utf-8")
    paths.bureau_file.write_text("name: 示例市测试局\nlevel: 市\n", "utf-8")
    assert [("F105", "bureau.yaml", 1), ("F107", "report.yaml", 1)] == places(read(paths)[1])


@pytest.mark.parametrize("year", [1999, 2018])
def test_a_year_that_no_format_covers_is_impossible_unless_one_is_named(year, tmp_path):
    loaded, faults = read(write(tmp_path, year, form="2019"))
    assert ("2019", ()) == (loaded.format.id, faults)
    paths = write(tmp_path, year, form="2019")
    paths.report_file.write_text(f"date: {year + 1}-01-20\n", "utf-8")
    (paths.folder / "tabel2.csv").touch()
    loaded, faults = read(paths)
    assert (None, [("F107", "report.yaml", 1), ("F109", "tabel2.csv", None)]) == (loaded, places(faults))


def test_the_other_format_may_be_named(tmp_path):
    loaded, faults = read(write(tmp_path, 2022, form="2019"))
    assert ("2019", ()) == (loaded.format.id, faults)


def test_all_tables_of_the_other_format_without_its_name_are_said(tmp_path):
    paths = write(tmp_path, 2022, form="2019")
    paths.report_file.write_text("date: 2023-01-20\n", "utf-8")
    assert [("F203", "table2.csv", None), ("F203", "table3.csv", None)] == places(read(paths)[1])


@pytest.mark.parametrize(
    ("declared", "line", "found", "expected"),
    [
        (
            "  table2:\n    第二十条第（二）项: [其他]\n",
            5,
            "“第二十条第（二）项”，是否为“第二十条第（",
            "第二十条第（一）项、",
        ),
        ("  table3:\n    三、本年度办理结果: [其他]\n", 5, "“三、本年度办理结果”", '""'),
        ("  table2:\n    第二十条第（一）项: [规章]\n", 5, "“规章”已是这张表的行", "各写一次"),
        ("  table3:\n    '': [甲, 甲]\n", 5, "“甲”已是这张表的行", "各写一次"),
    ],
)
def test_a_local_row_declared_where_none_can_stand_is_a_fault(declared, line, found, expected, tmp_path):
    faults = read(write(tmp_path, report=f"extra_rows:\n{declared}"))[1]
    [fault] = [fault for fault in faults if fault.source.file == "report.yaml"]
    assert ("F106", "地方增加行", line) == (fault.code, fault.place, fault.source.line)
    assert found in fault.found
    assert expected in fault.expected


def test_a_declared_local_row_stands_in_the_report_after_those_of_its_part(tmp_path):
    paths = write(tmp_path, report="extra_rows:\n  table2:\n    第二十条第（一）项: [其他主动公开文件, 公报]\n")
    rows = paths.table_file("table2").read_text("utf-8-sig").splitlines()
    rows[4:4] = ["其他主动公开文件,1,2,3", "公报,4,5,6"]
    paths.table_file("table2").write_text("\n".join(rows), "utf-8")
    loaded, faults = read(paths)
    assert () == faults
    named = [row["row"] for row in loaded.rows()][0:15:3]
    assert ["规章", "行政规范性文件", "其他主动公开文件", "公报", "行政许可"] == named
    assert [1, 2, 3, 4, 5, 6] == [row["value"] for row in loaded.rows()][6:12]


def test_last_year_is_loaded_across_formats_and_only_one_year_back(tmp_path):
    for year in (2019, 2020, 2021):
        write(tmp_path, year, fill=year)
    loaded, faults = read(ReportPaths(tmp_path, "shili-ceshi", 2021))
    assert () == faults
    assert (2020, "2019", None) == (loaded.previous.year, loaded.previous.format.id, loaded.previous.previous)
    [key] = locate(loaded.previous.format.tables["table3"], ("四", "总计"))
    assert 2020 == loaded.previous.cell("table3", key).value


def test_without_last_years_folder_there_is_no_previous_report(tmp_path):
    write(tmp_path, 2019)
    assert read(write(tmp_path, 2021))[0].previous is None


@pytest.mark.parametrize("spoil", ["table2: 未知\n", "signature: [x]\n"])
def test_a_faulty_last_year_is_not_used_and_not_this_years_fault(spoil, tmp_path):
    write(tmp_path, 2023, report=spoil)
    loaded, faults = read(write(tmp_path, 2024))
    assert ((), None) == (faults, loaded.previous)
    assert [("I104", "2023年度的报告有故障 1")] == [(note.code, note.found) for note in loaded.notes]
    told = [one.found for one in check(loaded, compose(loaded)) if one.code == "I104"]
    assert ["2023年度的报告有故障 1"] == told


def test_notes_of_the_tables_come_with_the_report(tmp_path):
    loaded, _ = read(write(tmp_path, values={"表三": {("一", "总计"): "/"}}, report="table4: 未知：遗失\n"))
    assert ["I105"] == codes(loaded.notes)
    assert ["表四"] == unknowns(loaded)


@pytest.mark.parametrize(("as_zero", "expected"), [("否", None), ("是", 0)])
def test_not_applicable_counts_as_nought_only_when_declared_so(as_zero, expected, tmp_path):
    loaded, _ = read(write(tmp_path, report=f"not_applicable: {{as_zero: {as_zero}}}\n", fill="不适用"))
    cells = loaded.cells["table4"].values()
    assert {expected} == {counted(cell, loaded) for cell in cells}
    assert {None} == {cell.value for cell in cells}


def test_a_number_counts_as_itself(tmp_path):
    loaded, _ = read(write(tmp_path, fill=3))
    assert {3} == {counted(cell, loaded) for cells in loaded.cells.values() for cell in cells.values()}


@pytest.mark.parametrize("fill", ["", "未知：遗失", "未填"])
def test_what_has_no_number_never_counts(fill, tmp_path):
    loaded, _ = read(write(tmp_path, report="not_applicable: {as_zero: 是}\n", fill=fill))
    assert {None} == {counted(cell, loaded) for cell in loaded.cells["table3"].values()}
    assert counted(None, loaded) is None


def test_the_frame_is_tidy_and_keeps_types(tmp_path):
    values = {
        "表二": {
            ("行政许可", "本年增/减"): "减3",
            ("政府集中采购", "采购总金额"): "160.50万元",
            ("规章", "本年新制作数量"): "/",
        }
    }
    loaded, faults = read(write(tmp_path, 2020, values=values, report="table4: 未知：遗失\n", fill=1))
    assert () == faults
    frame = loaded.frame
    assert ["table", "row", "column", "value", "unit", "state", "source"] == list(frame.columns)
    assert [table.id for table in loaded.format.tables.values() for _ in table.cells] == list(frame["table"])
    rows = {(one.table, one.row, one.column): one for one in frame.itertuples()}
    change = rows["table2", "行政许可", "本年增/减"]
    assert (-3, int, "数字", "table2.csv 第7行 C7格") == (change.value, type(change.value), change.state, change.source)
    money = rows["table2", "政府集中采购", "采购总金额"]
    assert (Decimal("160.50"), "万元") == (money.value, money.unit)
    mark = rows["table2", "规章", "本年新制作数量"]
    assert (None, "不适用") == (mark.value, mark.state)
    unknown = rows["table4", "", "行政诉讼 > 复议后起诉 > 总计"]
    assert (None, UNKNOWN, "report.yaml 第3行") == (unknown.value, unknown.state, unknown.source)
    total = rows["table3", "三、本年度办理结果 > （七）总计", "申请人情况 > 总计"]
    assert (1, "table3.csv 第25行 J25格") == (total.value, total.source)


def test_rows_are_the_frame_with_reasons_and_sources(tmp_path):
    loaded, _ = read(write(tmp_path, report="table2: 未知：遗失\n"))
    assert {"遗失"} == {row["reason"] for row in loaded.rows() if row["table"] == "table2"}
    assert {Source("report.yaml", 3)} == {row["source"] for row in loaded.rows() if row["table"] == "table2"}
    cells = sum(len(table.cells) for table in FORMATS["2021"].tables.values())
    assert cells == len(loaded.rows()) == len(loaded.frame)
    assert COLUMNS == tuple(loaded.frame.columns)


@pytest.mark.parametrize(
    "report", ["table2: 未知：遗失\n", "table2: 未知：遗失\ntable3: 未知：遗失\ntable4: 未知：遗失\n", ""]
)
def test_counts_in_the_frame_stay_whole_numbers_beside_cells_without_one(report, tmp_path):
    values = list(read(write(tmp_path, report=report))[0].frame["value"])
    assert {int, Decimal, type(None)} >= {type(value) for value in values}
