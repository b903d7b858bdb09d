"""``nianbao new``: a folder that loads at once, carries last year over, and never touches what is there."""

import re

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import BUREAU, FORMATS, keys_of, make, write
from nianbao.document.document import load
from nianbao.errors import UsageError
from nianbao.inputs import folder
from nianbao.inputs.contract import Acceptance, BureauParams, ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.paths import ReportPaths
from nianbao.starting import starter
from nianbao.starting.carried import carry_over
from nianbao.yamlfile import read_yaml
from nianbao.yamltyped import typed
from sheets import read_file


@pytest.fixture
def params(tmp_path):
    """The params folder of a new project."""
    (tmp_path / "params").mkdir()
    return tmp_path / "params"


NAMES = ["report.yaml", "narrative.md", "table2.csv", "table3.csv", "table4.csv"]


def tree(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def values(loaded, table):
    return {key: one.value for key, one in loaded.cells[table].items() if one.value is not None}


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_a_first_report_loads_with_only_what_is_to_be_filled_in(params, year):
    started = starter.create(params, BUREAU, year)
    assert ["annual_report.ipynb", "trends.ipynb", "bureau.yaml", *NAMES] == [path.name for path in started.files]
    assert "" == started.carried
    found = load(BUREAU, year, params).findings
    assert {"E101", "E102", "E103", "I102", "I104"} == {one.code for one in found}
    assert ["成文日期", "落款"] == [one.place for one in found if one.code == "E101"]
    assert ["机关全称", "机关简称"] == [one.place for one in found if one.code == "E103" and one.source.line is None]
    assert ["表二", "表三", "表四"] == [one.place for one in found if one.code == "E102"]


def test_every_mark_of_the_starting_text_is_found_in_its_line(params):
    starter.create(params, BUREAU, 2025)
    text = ReportPaths(params, BUREAU, 2025).narrative_file.read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(text, 1) if "【" in line]
    found = [one for one in load(BUREAU, 2025, params).findings if one.code == "E103" and one.source.line]
    listed = [re.search("；在第(.*)行$", one.found) for one in found]
    lines = [where[1].split("、") if where else [one.source.line] for one, where in zip(found, listed, strict=True)]
    assert marked == [int(number) for some in lines for number in some]


def test_once_filled_in_the_report_may_be_published(params):
    starter.create(params, BUREAU, 2025)
    paths = ReportPaths(params, BUREAU, 2025)
    for path in (paths.bureau_file, paths.report_file, paths.narrative_file):
        text = path.read_text("utf-8").replace("【填写：机关全称】", "示例市测试局")
        path.write_text(text.replace("【填写：", "").replace("】", ""), "utf-8")
    paths.report_file.write_text(paths.report_file.read_text("utf-8").replace("date:  ", "date: 2026-01-20 #"), "utf-8")
    for table in FORMATS["2021"].tables.values():
        text = to_csv(table, dict.fromkeys(keys_of(table), 0))
        paths.table_file(table.id).write_text(text, "utf-8-sig", newline="")
    loaded = load(BUREAU, 2025, params)
    assert ["I104"] == [one.code for one in loaded.findings]
    assert "2025年新收政府信息公开申请0件。" in loaded.section("一").html


def test_a_form_that_was_made_before_bureau_yaml_had_a_name_is_the_bureau_s_once_it_has_one(params):
    starter.create(params, BUREAU, 2025, workbook=True)
    paths = ReportPaths(params, BUREAU, 2025)
    title = openpyxl.load_workbook(paths.form_file)["说明"]["A1"].value
    assert "2025年度政府信息公开工作年度报告填报表（2021年格式）" == title
    text = paths.bureau_file.read_text("utf-8")
    paths.bureau_file.write_text(text.replace("【填写：机关全称】", "示例市测试局"), "utf-8")
    assert [] == [one for one in load(BUREAU, 2025, params).findings if one.place == "填报表"]


def test_the_commented_examples_are_valid_once_uncommented(params):
    """With their signs deleted, and nothing else; they show every key that a report's notes of its own may need."""
    starter.create(params, BUREAU, 2025)
    paths = ReportPaths(params, BUREAU, 2025)
    plain = paths.report_file.read_text("utf-8")
    text, count = re.subn("^#(?=\\S)|^#(?= {2,})", "", plain, flags=re.M)
    assert count == 13
    paths.report_file.write_text(text.replace("date:  ", "date: 2026-01-20 #"), "utf-8")
    loaded = load(BUREAU, 2025, params)
    assert ["网站访问量", "权责清单"] == list(loaded.report.facts)
    assert {"editor", "number", "lead", "format", "facts", "accepted"} <= loaded.report.params.model_fields_set
    [accepted] = loaded.report.params.accepted
    assert set(Acceptance.model_fields) == accepted.model_fields_set
    assert "E201" not in {one.code for one in loaded.findings}


def test_the_commented_examples_of_a_bureau_are_valid_once_uncommented(params):
    starter.create(params, BUREAU, 2025)
    file = params / BUREAU / "bureau.yaml"
    text, count = re.subn("^#(?=\\S)", "", file.read_text("utf-8"), flags=re.M)
    assert count == 3
    file.write_text(text, "utf-8")
    value = typed(BureauParams, read := read_yaml(file))
    assert ([], "shili-szf", "政务信息") == (read.faults, value.parent, value.term)


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_applications_still_open_are_carried_over_across_the_formats_too(params, year):
    write(params, year - 1, values={"表三": {("四", "自然人"): 2, ("四", "总计"): 2, ("三（一）", "总计"): 9}})
    starter.create(params, BUREAU, year)
    loaded = load(BUREAU, year, params)
    assert "示例市测试局" == loaded.report.params.signature
    carried = values(loaded.report, "table3")
    assert {"二、上年结转政府信息公开申请数量"} == {row[-1] for row, _ in carried}
    assert [2, 0, 0, 0, 0, 0, 2] == list(carried.values())
    assert not {"E304", "E212", "I104"} & {one.code for one in loaded.findings}


def test_listed_items_are_carried_over_in_the_2019_format(params):
    write(params, 2019, values={"表二": {("行政许可", "上一年项目数量"): 10, ("行政许可", "本年增/减"): "减3"}})
    starter.create(params, BUREAU, 2020)
    carried = values(load(BUREAU, 2020, params).report, "table2")
    assert {"上一年项目数量"} == {column[-1] for _, column in carried}
    assert {"行政许可": 7, "其他对外管理服务事项": 0, "行政处罚": 0, "行政强制": 0, "行政事业性收费": 0} == {
        row[-1]: value for (row, _), value in carried.items()
    }


def test_documents_in_force_start_from_last_years(params):
    write(params, 2022, values={"表二": {("行政规范性文件", "现行有效件数"): 12}})
    started = starter.create(params, BUREAU, 2023)
    assert [0, 12] == list(values(load(BUREAU, 2023, params).report, "table2").values())
    said = ReportPaths(params, BUREAU, 2023).report_file.read_text("utf-8")
    assert "表二 现行有效件数 2格；表三 二、上年结转政府信息公开申请数量 7格" == started.carried
    assert f"# 已从2022年度报告结转，请核对：{started.carried}。" in said


@pytest.mark.parametrize("state", ["未知：遗失", "不适用", "未填"])
def test_a_gap_of_last_year_is_not_carried_over_as_a_number(params, state):
    write(params, 2023, fill=state)
    starter.create(params, BUREAU, 2024)
    loaded = load(BUREAU, 2024, params)
    assert {} == values(loaded.report, "table2") | values(loaded.report, "table3")
    assert "结转" not in ReportPaths(params, BUREAU, 2024).report_file.read_text("utf-8")


def test_a_faulty_report_of_last_year_does_not_stand_in_the_way(params):
    paths = write(params, 2023)
    paths.report_file.write_text("date: [\n", "utf-8")
    starter.create(params, BUREAU, 2024)
    found = load(BUREAU, 2024, params)
    assert "示例市测试局" == found.report.params.signature
    assert "I104" in {one.code for one in found.findings}


def test_what_is_there_is_never_touched(params):
    write(params, 2024)
    before = tree(params)
    with pytest.raises(UsageError, match="nothing was changed"):
        starter.create(params, BUREAU, 2024)
    assert before == tree(params)
    starter.create(params, BUREAU, 2025)
    assert before == {path: data for path, data in tree(params).items() if path in before}


def test_an_empty_folder_of_that_name_counts_as_there(params):
    (params / BUREAU / "2024").mkdir(parents=True)
    with pytest.raises(UsageError, match="exists already"):
        starter.create(params, BUREAU, 2024)
    assert {} == tree(params)


@pytest.mark.parametrize(
    ("bureau", "year", "said"),
    [("Shili", 2024, "bad bureau id"), ("shili", 2024, "bad bureau id"), ("../shili-x", 2024, "bad bureau id"),
     ("shili-市", 2024, "bad bureau id"), (BUREAU, 25, "between 1900 and 2099, such as 2024, not 25"),
     (BUREAU, 9999, "2099, such as 2024, not 9999"),
     (BUREAU, 2018, "no statutory format covers report year 2018")],
)  # fmt: skip
def test_a_bad_name_or_year_writes_nothing(params, bureau, year, said):
    with pytest.raises(UsageError, match=said):
        starter.create(params, bureau, year)
    assert {} == tree(params)


@pytest.mark.parametrize("form", FORMATS)
def test_tables_open_rightly_in_a_spreadsheet(form, golden):
    """UTF-8 with BOM when written, CRLF, the layout of the official form, merged cells written once."""
    for table in FORMATS[form].tables.values():
        text = starter.to_csv(table, {})
        assert text.count("\n") == text.count("\r\n")
        golden(f"{form}-{table.id}.csv", text)


def test_files_are_utf8_and_the_tables_say_so(params):
    for path in starter.create(params, BUREAU, 2024).files:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (path.suffix == ".csv")


@given(form=st.sampled_from(sorted(FORMATS)), name=st.sampled_from(["table2", "table3", "table4"]), data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_is_written_reads_back_cell_by_cell(tmp_path_factory, form, name, data):
    table = FORMATS[form].tables[name]
    keys = keys_of(table)
    numbers = data.draw(st.lists(st.integers(0, 9999), min_size=len(keys), max_size=len(keys)))
    path = tmp_path_factory.getbasetemp() / "table.csv"
    path.write_text(starter.to_csv(table, dict(zip(keys, numbers, strict=True))), "utf-8-sig", newline="")
    found = read_file(path, table, ReportParams.model_validate({}))
    assert ([], dict(zip(keys, numbers, strict=True))) == (
        found.faults,
        {key: one.value for key, one in found.cells.items()},
    )


def test_what_is_carried_over_passes_the_check_it_came_from():
    last = make(2021, {"表三": {("四", "总计"): 3}, "表二": {("规章", "现行有效件数"): 2}})
    for table in FORMATS["2021"].tables.values():
        carried = carry_over(table, last)
        assert set(carried.values()) <= {0, 2, 3}
        assert all(key in keys_of(table) for key in carried)
    assert {} == carry_over(FORMATS["2021"].tables["table3"], None)


def test_the_new_folder_is_one_the_reader_finds(params):
    starter.create(params, BUREAU, 2024)
    assert () == folder.read(ReportPaths(params, BUREAU, 2024))[1]
