"""The form: what staff fill in is read in place as if it stood in the CSVs; what it says to them is true."""

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from forms import blank, filled, made_anew, put, saved
from making import FORMATS, findings, keys_of, make, write
from nianbao.document.data import data_of
from nianbao.findings import Source
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.facts import facts_of
from nianbao.inputs.folder import read
from nianbao.inputs.sources import Form
from nianbao.narrative.passages import compose
from nianbao.statute.names import locate
from nianbao.yamlfile import YamlFile
from sheets import codes

TEXTS = {
    "count": st.one_of(st.integers(0, 10**6), st.sampled_from(["不适用", "未知：台账遗失", None, "1,113", "2件"])),
    "change": st.one_of(st.integers(-50, 50), st.sampled_from(["减3", "+2", "－8", "不适用", None])),
    "money": st.one_of(
        st.decimals(0, 10**6, places=4).map(lambda value: float(value.normalize())),
        st.sampled_from(["160.5964万元", "79000.1元", "不适用", None, 0]),
    ),
}


def tables_of(form):
    """Values for every cell of a format's tables: some drawn, the rest by their place."""
    places = [
        (table.id, key, column[-1].kind)
        for table in FORMATS[form].tables.values()
        for key, (_, column) in table.cells.items()
    ]
    drawn = st.lists(st.sampled_from(places).flatmap(lambda at: st.tuples(st.just(at), TEXTS[at[2]])), max_size=12)
    return drawn.map(lambda some: _with(places, some))


def _with(places, some):
    values = {}
    for index, (table, key, _) in enumerate(places):
        values.setdefault(table, {})[key] = index
    for (table, key, _), value in some:
        values[table][key] = value
    return values


def as_text(value):
    return "" if value is None else format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def seen(report, faults):
    """What a report holds, without the places that it was read from."""
    cells = {
        (table, key): (cell.state, cell.value, cell.unit, cell.reason, cell.shown)
        for table, some in report.cells.items()
        for key, cell in some.items()
    }
    return cells, [(fault.kind, fault.found) for fault in faults], report.formats


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_form_reads_like_the_same_tables_as_csv(form, data, tmp_path_factory):
    values = data.draw(tables_of(form))
    paths = write(tmp_path_factory.mktemp("form"), 2019 if form == "2019" else 2024)
    for table in FORMATS[form].tables.values():
        texts = {key: as_text(value) for key, value in values[table.id].items()}
        paths.table_file(table.id).write_text(to_csv(table, texts), "utf-8-sig", newline="")
    from_csv = seen(*read(paths))
    report, faults = read(put(paths, filled(blank(form), form, values)))
    assert from_csv == seen(report, faults)
    assert {"form.xlsx"} == {cell.source.file for some in report.cells.values() for cell in some.values()}


def test_a_cell_knows_its_sheet_and_address(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    [key] = locate(table, ("三（七）", "总计"))
    paths = put(write(tmp_path), filled(blank(), values={"table3": {key: "很多"}}))
    [fault] = read(paths)[1]
    assert ("F202", Source("form.xlsx", 28, "表三!J28")) == (fault.code, fault.source)
    assert ("form.xlsx 表三 第28行 J28格", "form-表三-J28") == (str(fault.source), fault.source.anchor)


def test_a_form_without_a_tables_sheet_is_what_lacks_the_table(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled(blank())))
    del book["表四"]
    [fault] = read(put(write(tmp_path), saved(book)))[1]
    assert ("F108", Source("form.xlsx")) == (fault.code, fault.source)
    assert fault.found == "没有 form.xlsx 的表四，report.yaml 里也没有 table4"


def test_a_form_has_the_same_bytes_each_time():
    for form in ("2019", "2021"):
        assert made_anew(form, 2024) == made_anew(form, 2024) == blank(form)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_an_untouched_form_is_read_and_has_nothing_but_unfilled_cells(form, tmp_path):
    report, faults = read(put(write(tmp_path, 2019 if form == "2019" else 2024), blank(form)))
    assert () == faults
    assert {"未填"} == {cell.state for some in report.cells.values() for cell in some.values()}
    assert [] == [note for note in report.notes if note.source and note.source.file == "form.xlsx"]


def test_the_same_text_in_many_cells_is_one_fault(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    values = dict.fromkeys(table.cells, 0) | {
        key: f"=SUM(D{at}:I{at})" for at, key in enumerate(table.cells) if "总计" in key[1]
    }
    values |= {key: "很多" for at, key in enumerate(table.cells) if at == 8}
    faults = read(put(write(tmp_path), filled(blank(), values={"table3": values})))[1]
    assert ["F202", "F202"] == codes(faults)
    assert ["表三" in one.place for one in faults] == [True, True]
    assert [True, False] == ["共25格" in one.found for one in sorted(faults, key=lambda one: one.source.line)]


def test_facts_of_the_form_are_facts_of_the_report(tmp_path):
    facts = [("访问量", "15.670", "万次"), ("座谈会", 3, "场"), ("以后再填", None, "个"), ("来信", "未知：未统计", "件")]
    paths = put(write(tmp_path, report="facts: {问卷: {value: 12, unit: 份}}\n"), filled(blank(), facts=facts))
    report, faults = read(paths)
    assert () == faults
    assert {"问卷", "访问量", "座谈会", "以后再填", "来信"} == set(report.facts)
    visits = report.facts["访问量"]
    assert ("15.670", "万次", Source("form.xlsx", 2, "事实!2:2")) == (str(visits.value), visits.unit, visits.source)
    assert (None, "未统计") == (report.facts["来信"].value, report.facts["来信"].reason)
    assert (None, "") == (report.facts["以后再填"].value, report.facts["以后再填"].reason)
    assert ["事实 · 以后再填"] == [one.place for one in findings(report, "E116")]


def test_a_fact_in_chinese_numerals_is_read_with_a_note(tmp_path):
    facts = [("培训", "四十二", "人次"), ("权责清单", "一百零三", "项"), ("权责清单.行政许可", "三", ""), ("次数", 5, "次")]
    folder = write(tmp_path, report="facts: {问卷: {value: 十二, unit: 份}, 座谈: {value: 3, parts: {甲: 两, 乙: 1}}}\n")
    report, faults = read(put(folder, filled(blank(), facts=facts)))
    assert () == faults
    values = {"培训": 42, "权责清单": 103, "次数": 5, "问卷": 12, "座谈": 3}
    assert values == {name: fact.value for name, fact in report.facts.items()}
    assert ({"行政许可": 3}, {"甲": 2, "乙": 1}) == (report.facts["权责清单"].parts, report.facts["座谈"].parts)
    notes = {(one.place, one.found) for one in report.notes if one.code == "I105"}
    assert {
        ("事实 · 培训", "“四十二”读作42"),
        ("事实 · 权责清单", "“一百零三”读作103"),
        ("事实 · 权责清单.行政许可", "“三”读作3"),
        ("事实 · 问卷", "“十二”读作12"),
        ("事实 · 座谈.甲", "“两”读作2"),
    } == notes


READ = {
    ("3次", ""): ("3", "次"), ("３次", "次"): ("3", "次"), ("5.23万", "次"): ("5.23", "万次"),
    ("5.23万次", "次"): ("5.23", "万次"), ("5.23万次", "万次"): ("5.23", "万次"), ("1,866 条", ""): ("1866", "条"),
    ("5.230万次", ""): ("5.230", "万次"), ("12.5万元", ""): ("12.5", "万元"),
}  # fmt: skip


@pytest.mark.by_turns(7)
@pytest.mark.parametrize(("typed", "read_as"), READ.items())
@pytest.mark.parametrize("in_form", [True, False])
def test_a_fact_with_its_unit_behind_the_number_is_read_with_a_note(typed, read_as, in_form, tmp_path):
    value, unit = typed
    given = "" if in_form else f"facts: {{会议: {{value: '{value}', unit: '{unit}'}}}}\n"
    report, faults = read(put(write(tmp_path, report=given), filled(blank(), facts=[("会议", *typed)] if in_form else [])))
    assert () == faults
    fact = report.facts["会议"]
    assert read_as == (str(fact.value), fact.unit)
    [note] = [one for one in report.notes if one.code == "I105"]
    assert ("事实 · 会议", True) == (note.place, note.found.startswith(f"“{value}”读作"))


PARTS = {
    ("3次", "", "1次", "2"): ("次", "1", "2", "甲"),
    ("3", "次", "1次", "两"): ("次", "1", "2", "甲乙"),
    ("5.23万", "次", "3万", "2.23万次"): ("万次", "3", "2.23", "甲乙"),
    ("5.23万", "次", "30000", "22300"): ("万次", "3", "2.23", "甲乙"),
    ("5.23万次", "", "30000次", "2.23"): ("万次", "3", "2.23", "甲"),
    ("5.23", "万次", "三万", "22,300"): ("万次", "3", "2.23", "甲乙"),
    ("5.23", "万次", "3.00", "2.23"): ("万次", "3.00", "2.23", ""),
    ("52300", "次", "3万", "22300"): ("次", "30000", "22300", "甲"),
    ("1.2亿", "元", "1亿", "2000万元"): ("亿元", "1", "0.2", "甲乙"),
}


@pytest.mark.by_turns(9)
@pytest.mark.parametrize(("typed", "read_as"), PARTS.items())
@pytest.mark.parametrize("in_form", [True, False])
def test_the_parts_of_a_fact_are_read_in_its_unit_with_a_note_where_another_is_typed(typed, read_as, in_form, tmp_path):
    (value, unit, one, other), (whole, *parts, noted) = typed, read_as
    given = f"facts: {{会议: {{value: '{value}', unit: '{unit}', parts: {{甲: '{one}', 乙: '{other}'}}}}}}\n"
    rows = [("会议", value, unit), ("会议.甲", one, unit), ("会议.乙", other, "")]
    folder = write(tmp_path, report="" if in_form else given)
    report, faults = read(put(folder, filled(blank(), facts=rows if in_form else [])))
    assert () == faults
    fact = report.facts["会议"]
    assert (whole, dict(zip("甲乙", parts, strict=True))) == (
        fact.unit,
        {name: str(part) for name, part in fact.parts.items()},
    )
    notes = {note.place.partition(".")[2]: note.found for note in report.notes if note.code == "I105"}
    assert set(noted) == set(filter(None, notes))
    assert all(f"读作{dict(zip('甲乙', parts, strict=True))[name]}" in notes[name] for name in noted)
    assert [] == findings(report, "E201")


def test_a_part_of_other_things_or_one_that_can_be_meant_otherwise_is_a_fault_and_a_wrong_sum_is_found(tmp_path):
    for value, unit, part in (("3次", "", "3件"), ("3次", "", "3千次"), ("3", "万次", "3万"), ("3", "", "3次")):
        _, [fault] = read(
            write(tmp_path, report=f"facts: {{会议: {{value: {value}, unit: '{unit}', parts: {{甲: {part}}}}}}}\n")
        )
        assert "F106" == fault.code
    report, faults = read(write(tmp_path, report="facts: {会议: {value: 5.23万, unit: 次, parts: {甲: 30000, 乙: 2}}}\n"))
    assert () == faults
    [finding] = findings(report, "E201")
    assert "总数 5.23，分项之和 30002（甲30000 + 乙2）" == finding.found


def test_a_part_in_the_form_has_the_unit_that_is_typed_beside_it(tmp_path):
    facts = [
        ("访问量", "5.23", "万次"),
        ("访问量.网站", "30000", "次"),
        ("访问量.移动端", "2.23", ""),
        ("访问量.其他", "0", "件"),
    ]
    report, faults = read(put(write(tmp_path), filled(blank(), facts=facts)))
    assert ((), {"网站": 3, "移动端": Decimal("2.23"), "其他": 0}) == (faults, report.facts["访问量"].parts)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "typed",
    [
        ("3件", "次"),
        ("5万", "万次"),
        ("约3次", ""),
        ("3余次", ""),
        ("12****次", ""),
        ("63（含延续11件）", "件"),
        ("007号", ""),
    ],
)
def test_a_fact_that_can_be_meant_otherwise_is_a_fault(typed, tmp_path):
    faults = read(put(write(tmp_path), filled(blank(), facts=[("会议", *typed)])))[1]
    assert ["F106"] == codes(faults)


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "text", ["二百五", "三五", "四五十", "十四五", "几十", "十余", "百", "一万三", "约十二", "四十二人"]
)
def test_a_fact_in_numerals_that_can_be_read_otherwise_is_no_number(tmp_path, text):
    _, faults = read(put(write(tmp_path), filled(blank(), facts=[("培训", text, "人次")])))
    assert [("F106", "事实 · 培训")] == [(one.code, one.place[:7]) for one in faults]


def test_what_is_noted_beside_a_fact_is_kept(tmp_path):
    facts = [("访问量", 15, "次", "", "由网站后台导出"), ("权责清单", 3, "项"), ("权责清单.行政许可", 3, "", "", "见台账")]
    report, faults = read(put(write(tmp_path), filled(blank(), facts=facts)))
    assert () == faults
    assert {"访问量": "由网站后台导出", "权责清单": "行政许可：见台账"} == {
        one.name: one.note for one in data_of(report, compose(report), []).facts
    }


def test_a_fact_that_is_no_number_leaves_the_others_known(tmp_path):
    report, _ = read(put(write(tmp_path), filled(blank(), facts=[("访问量", 15, "次"), ("来信", "12万5", "件")])))
    assert {"访问量"} == set(report.facts)


def test_the_parts_of_a_fact_stand_below_it_in_the_form(tmp_path):
    facts = [("权责清单", 3, "项"), ("权责清单.行政许可", 1, ""), ("权责清单.行政处罚", None, ""), ("A.B", 2, "")]
    report, faults = read(put(write(tmp_path), filled(blank(), facts=facts)))
    assert () == faults
    assert {"行政许可": 1, "行政处罚": None} == report.facts["权责清单"].parts
    assert 2 == report.facts["A.B"].value


def test_a_fact_given_twice_is_a_fault_that_names_both_places(tmp_path):
    raw = filled(blank(), facts=[("访问量", 1, "次"), ("访问量", 2, "次"), ("问卷", 12, "份")])
    faults = read(put(write(tmp_path, report="facts:\n  问卷: {value: 12}\n"), raw))[1]
    assert ["F103", "F103"] == codes(faults)
    assert ["“访问量”在form.xlsx 事实 第2行已给过一次", "“问卷”在report.yaml 第4行已给过一次"] == [
        one.found for one in faults
    ]


def test_a_fact_that_is_no_number_is_a_fault_at_its_row(tmp_path):
    [fault] = read(put(write(tmp_path), filled(blank(), facts=[("访问量", "约15万", "次")])))[1]
    assert ("F106", Source("form.xlsx", 2, "事实!2:2")) == (fault.code, fault.source)


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("value", "row"),
    [(value, 3) for value in ("约12", "12万5", "12件", "“12”", "{12}", "12，甲：5", "=6")] + [("约12", 2), ("约12", 7)],
)
def test_a_value_that_is_no_number_is_a_fault_in_whatever_row(value, row, tmp_path):
    facts = [(f"甲{number}", number, "条") for number in range(row - 2)] + [("乙", value, "条"), ("丙", 3, "条")]
    [fault] = read(put(write(tmp_path), filled(blank(), facts=facts)))[1]
    assert ("F106", "事实 · 乙 · 数值", Source("form.xlsx", row, f"事实!{row}:{row}")) == (
        fault.code,
        fault.place,
        fault.source,
    )


ODD = st.sampled_from(
    ["", "甲", "乙", "甲.子", "乙.丑", "12", "12万", "约12", "未知", "未知：无", "“3”", "{3}", "3，甲：5", "键: 值"]
)


@pytest.mark.slow
@given(st.lists(st.tuples(st.one_of(ODD, st.text(max_size=5)), ODD, ODD), max_size=6))
def test_each_row_of_facts_is_a_fact_or_a_part_or_has_a_fault(rows):
    given_rows = {("事实", number): [*row, ""] for number, row in enumerate(rows, 2) if row[0]}
    facts, faults, *_ = facts_of(
        ReportParams.model_validate({}), YamlFile("report.yaml"), [Form("form.xlsx", facts=given_rows)]
    )
    there = {*facts, *(f"{name}.{part}" for name, fact in facts.items() for part in fact.parts)}
    assert faults or {name for name, *_ in given_rows.values()} == there
    assert {fault.source.line for fault in faults} <= {number for _, number in given_rows}


def test_what_stands_beside_the_facts_is_a_fault_in_its_cell_unless_its_column_has_a_head(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), facts=[("访问量", 15, "次", "", "后台导出")])))
    sheet = opened["事实"]
    sheet["F1"], sheet["F2"], sheet["H2"] = "报送科室", "办公室", "去年21万次"
    [fault] = read(put(write(tmp_path), saved(opened)))[1]
    assert ("F204", "事实", "事实!H2", "“去年21万次”") == (fault.code, fault.place, fault.source.cell, fault.found)


def test_a_unit_that_is_struck_out_is_a_fault(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), facts=[("访问量", 15, "次")])))
    opened["事实"]["C2"] = CellRichText(TextBlock(InlineFont(strike=True), "万"), "次")
    [fault] = read(put(write(tmp_path), saved(opened)))[1]
    assert ("F106", "事实 · 访问量 · 单位") == (fault.code, fault.place)


def test_a_struck_label_of_a_row_and_a_head_that_nobody_sees_are_faults(tmp_path):
    values = {key: dict.fromkeys(keys_of(table), 1) for key, table in FORMATS["2021"].tables.items()}
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=values)))
    of_labels = {cell.value: cell for name in ("表二", "表三") for row in opened[name].iter_rows() for cell in row}
    of_labels["行政许可"].font = Font(strike=True)
    of_labels["自然人"].number_format = ";;;"
    found = [(one.code, one.found) for one in read(put(write(tmp_path), saved(opened)))[1]]
    assert found == [
        ("F205", "行名“行政许可”：格里有删去线，不知哪些字算数"),
        ("F205", "栏名或标题“自然人”：格里的字看不见（数字格式不显示它）"),
    ]


def test_a_struck_label_is_no_fault_once_its_figures_are_deleted(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(blank()))
    cells = {cell.value: cell for row in opened["表二"].iter_rows() for cell in row}
    cells["行政许可"].font = Font(strike=True)
    paths = put(write(tmp_path), saved(opened))
    report, faults = read(paths)
    assert (report.placed, faults) == ({"table2", "table3", "table4"}, ())
    opened["表二"].cell(cells["行政许可"].row, cells["行政许可"].column + 1).value = 3
    assert [one.code for one in read(put(paths, saved(opened)))[1]] == ["F205"]


def test_a_form_that_is_gone_is_one_fault_and_what_was_in_it_none(tmp_path):
    paths = write(tmp_path, report="# 法定表格在 form.xlsx 中：\nlead: none\n", narrative="访问量{{ 事实.访问量 }}。")
    for table in ("table2", "table3", "table4"):
        paths.table_file(table).unlink()
    [fault] = read(paths)[1]
    assert (fault.code, fault.source) == ("F108", Source("form.xlsx"))
    assert "没有 form.xlsx" in fault.found
    assert "把 form.xlsx 放回本文件夹" in fault.action
    paths.report_file.write_text("lead: none\n", "utf-8")
    assert [one.source.file for one in read(paths)[1]] == ["table2.csv", "table3.csv", "table4.csv"]


def test_a_table_in_the_form_and_elsewhere_is_given_twice(tmp_path):
    paths = write(tmp_path)
    csv = paths.table_file("table3").read_bytes()
    put(paths, blank())
    paths.table_file("table3").write_bytes(csv)
    [fault] = read(paths)[1]
    assert ("F108", "table3.csv 和 form.xlsx 的工作表“表三” 各给了一次") == (fault.code, fault.found)


def test_two_sheets_of_one_table_are_never_blended(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(blank()))
    opened.copy_worksheet(opened["表四"]).title = "表四（旧）"
    [fault] = read(put(write(tmp_path), saved(opened)))[1]
    assert ("F108", "form.xlsx 的工作表“表四” 和 form.xlsx 的工作表“表四（旧）” 各给了一次") == (fault.code, fault.found)


@pytest.mark.parametrize("suffix", [".xlsx"])
def test_a_table_may_have_a_workbook_of_its_own(suffix, tmp_path):
    paths = write(tmp_path)
    paths.table_file("table3").unlink()
    table = FORMATS["2021"].tables["table3"]
    (paths.folder / f"table3{suffix}").write_bytes(filled(blank(), values={"table3": dict.fromkeys(keys_of(table), 4)}))
    report, faults = read(paths)
    assert () == faults
    assert {4} == {cell.value for cell in report.cells["table3"].values()}


@pytest.mark.slow
def test_a_form_may_hold_a_table_of_the_other_format(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(blank("2021")))
    other = openpyxl.load_workbook(io.BytesIO(filled(blank("2019"), "2019", {"table2": dict.fromkeys(
        keys_of(FORMATS["2019"].tables["table2"]), 1)})))  # fmt: skip
    del opened["表二"]
    sheet = opened.create_sheet("表二")
    for row in other["表二"].iter_rows():
        for cell in row:
            sheet[cell.coordinate] = cell.value
    paths = put(write(tmp_path, report='table2: {format: "2019"}\n'), saved(opened))
    report, faults = read(paths)
    assert () == faults
    assert {"": "2019"} == report.formats["table2"]
    assert {1} == {cell.value for cell in report.cells["table2"].values()}


def test_a_broken_sum_names_the_cells_of_its_sheet(tmp_path):
    table = FORMATS["2021"].tables["table4"]
    values = {"table4": dict.fromkeys(keys_of(table), 0) | {locate(table, ("行政复议", "总计"))[0]: 2}}
    report, _ = read(put(write(tmp_path), filled(blank(), values=values)))
    [found] = findings(report, "E401")
    assert Source("form.xlsx", 5, "表四!E5") == found.source
    assert "结果维持 0（A5） + 结果纠正 0（B5） + 其他结果 0（C5） + 尚未审结 0（D5） ≠ 总计 2（E5）" == found.found


@pytest.mark.slow
def test_a_row_that_repeats_goes_on_in_the_next_row(tmp_path):
    table = FORMATS["2019"].tables["table2"]
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank("2019"), "2019", {"table2": dict.fromkeys(keys_of(table), 1)})))
    sheet = opened["表二"]
    sheet["B24"], sheet["C24"] = 2, "3万元"
    report, faults = read(put(write(tmp_path, 2019), saved(opened)))
    assert () == faults
    assert [1, 2] == [
        cell.value
        for (row, column), cell in report.cells["table2"].items()
        if row[0] == "政府集中采购" and "项目" in column[0]
    ]


def test_remarks_are_kept_and_not_printed(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(blank()))
    opened["表二"]["E4"], opened["表二"]["E8"] = "见法规科台账", "注：含取水许可"
    report, faults = read(put(write(tmp_path), saved(opened)))
    assert () == faults
    kept = [(one.text, one.printed, one.source.cell) for one in report.asides["table2"]]
    assert [("见法规科台账", False, "表二!E4"), ("注：含取水许可", False, "表二!E8")] == kept
    [told] = [note for note in report.notes if note.source and note.source.file == "form.xlsx"]
    assert ("I110", "表二 · 备注", "表二!E4") == (told.code, told.place, told.source.cell)
    assert told.found == "见法规科台账（E4）；注：含取水许可（E8）"
    assert told.action == "“备注”栏不印；要印的，在表的下面另起一行，以“注：”开头"


def test_a_word_of_the_forms_own_in_a_cell_of_the_table_takes_no_column_away(tmp_path):
    table = FORMATS["2021"].tables["table3"]
    values = {"table3": dict.fromkeys(keys_of(table), 1) | {locate(table, ("一", "自然人"))[0]: "备注"}}
    report, faults = read(put(write(tmp_path), filled(blank(), values=values)))
    assert ["F202"] == codes(faults)
    assert {"数字", "读不出"} == {cell.state for cell in report.cells["table3"].values()}
    assert 174 == sum(cell.value == 1 for cell in report.cells["table3"].values())


def test_all_tables_may_stand_in_one_sheet_below_each_other(tmp_path):
    values = {table.id: dict.fromkeys(keys_of(table), 2) for table in FORMATS["2021"].tables.values()}
    opened = openpyxl.load_workbook(io.BytesIO(filled(blank(), values=values)))
    one, row = opened.create_sheet("年报"), 3
    for name in ("表二", "表三", "表四"):
        for cells in opened[name].iter_rows(values_only=True):
            for at, value in enumerate(cells):
                one.cell(row, at + 2).value = value
            row += 1
        row += 2
        del opened[name]
    report, faults = read(put(write(tmp_path), saved(opened)))
    assert () == faults
    assert {2} == {cell.value for cells in report.cells.values() for cell in cells.values()}
    assert {"年报"} == {cell.source.cell.partition("!")[0] for cells in report.cells.values() for cell in cells.values()}


def test_a_sheet_with_something_else_is_said(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(blank()))
    opened.create_sheet("台账").append(["编号", 7])
    report, _ = read(put(write(tmp_path), saved(opened)))
    assert [("I117", "台账!A1")] == [(note.code, note.source.cell) for note in report.notes if note.code == "I117"]


def test_a_form_that_cannot_be_read_is_one_fault(tmp_path):
    faults = read(put(write(tmp_path), blank()[:-300]))[1]
    assert [("F101", Source("form.xlsx"))] == [(fault.code, fault.source) for fault in faults]


def test_last_years_figures_are_prefilled_and_their_sums_checked():
    previous = make(2023, {"表三": {("四", "自然人"): 3, ("四", "总计"): 3}})
    table = FORMATS["2021"].tables["table3"]
    [key] = locate(table, ("二", "自然人"))
    raw = blank(previous=previous, values={"table3": {key: 3}})
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["表三"]
    assert (3, "从2023年度报告结转，请核对。") == (sheet["D6"].value, sheet["D6"].comment.text)
    sheet = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)["表三"]
    assert "✓ 3" in {cell.value for cell in sheet["D"]}


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_a_form_that_is_half_filled_in_has_each_figure_in_its_cell(form, data, tmp_path_factory):
    assert_each_in_its_cell(form, data, tmp_path_factory)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_form_filled_in_in_many_more_ways_has_each_figure_in_its_cell(form, data, tmp_path_factory):
    assert_each_in_its_cell(form, data, tmp_path_factory)


def assert_each_in_its_cell(form, data, tmp_path_factory):
    table = FORMATS[form].tables["table3"]
    rows, columns = (sorted({key[side] for key in table.cells}) for side in (0, 1))
    blank_rows = data.draw(st.sets(st.sampled_from(rows)))
    blank_columns = data.draw(st.sets(st.sampled_from(columns), max_size=3))
    values = {key: at % 3 for at, key in enumerate(table.cells) if key[0] not in blank_rows and key[1] not in blank_columns}
    paths = write(tmp_path_factory.mktemp("form"), 2019 if form == "2019" else 2024)
    report, faults = read(put(paths, filled(blank(form), form, {"table3": values})))
    assert () == faults
    assert values == {key: cell.value for key, cell in report.cells["table3"].items() if cell.state != "未填"}
