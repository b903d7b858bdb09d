"""Formulas of a workbook that take another year's, file's or row's figure, or one that nobody counted, are asked about."""

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import imports
from cases import each
from making import FORMATS
from nianbao.importing.choosing import OF_SECTION
from nianbao.importing.flow import Flow, Grid
from nianbao.importing.said.harmless import known_in
from nianbao.importing.taken import Taking
from nianbao.importing.workbooks import details, formulas, months
from nianbao.importing.workbooks.formulas import ASKED
from nianbao.inputs.files import xlsformulas
from nianbao.inputs.files.workbook import read_workbook
from nianbao.inputs.files.xlsxformulas import moved
from nianbao.statute.formats import library
from nianbao.wording import column_letter
from workbooks import altered, made, ods

GOLDEN = Path(__file__).parents[1] / "golden"
PAGE = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p>"
ODD = [
    "'[2022年统计表.xlsx]表三'!$D$4", "[1]表三!D4", "'2022年'!D4", "上半年!D4", 'VLOOKUP("予以公开",\'1-6月\'!A:B,2,0)',
    "'1月'!B3+'2月'!B3",
    "示例市财政局!D4", "去年!D4", "草稿!D4", "RANDBETWEEN(1,9)", "ROUND(4*1.2,0)", "D4*1.2", "D4/2", "D4*5%", "AVERAGE(4,6)",
    "TODAY()-45000", 'COUNTIFS(台账!A:A,">=2023-1-1",台账!A:A,"<=2023-6-30")', "COUNTIFS(台账!A:A,DATE(2022,1,1))",
    "上年数", 'SUMIF(台账!A:A,"2022年",台账!B:B)', "SUMPRODUCT((YEAR(台账!A2:A9)=2022)*1)",
    "IFERROR(#REF!,3)", "_xlfn.RANDARRAY(1)", "D4", "COUNTIF(台账!C:C,2022)", "'1-6月'!B3+'6-12月'!B3",
    "ROUND(明细!B3,0)", "MAX(3,2)", "SUMPRODUCT((MONTH(台账!E2:E13)<=6)*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13) <= 6)*1)", "SUMPRODUCT((MONTH(台账!E2:E13)<>12)*1)",
    "SUMPRODUCT((6>=MONTH(台账!E2:E13))*1)",
    "SUMPRODUCT((MONTH(DATEVALUE(台账!E2:E13))<=6)*1)", "SUMPRODUCT((month(台账!E2:E13)={1,2,3})*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13)<=明细!B3)*1)", "SUMPRODUCT((MONTH(台账!E2:E13)>=3)*(MONTH(台账!E2:E13)<=9))",
    "COUNTIFS(台账!A:A,DATE(2022, 1, 1))",
    # What no spreadsheet writes; months that are taken away or multiplied, of two columns, or reckoned with.
    "SUMPRODUCT((MONTH(台账!E2:E13)={1,})*1)", f"SUMPRODUCT((MONTH(台账!E2:E13)={'9' * 4400})*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13)>6)*1)-SUMPRODUCT((MONTH(台账!E2:E13)<=6)*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13)>6)*(MONTH(台账!E2:E13)<=6))",
    "SUMPRODUCT((MONTH(台账!E2:E13)>6)*1)+SUMPRODUCT((MONTH(台账!F2:F13)<=6)*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13)<=12-6)*1)", "SUMPRODUCT((12>=MONTH(台账!E2:E13)+6)*1)",
]  # fmt: skip
ORDINARY = [
    "SUM(D30:I30)", "3+2", "明细!B3", "'明细 表'!B3", "养老科!B3+低保科!B3", "'2023年台账'!B3",
    "COUNTIF(台账!F:F,\"予以公开\")",
    'COUNTIFS(台账!A:A,">=2023-1-1",台账!A:A,"<=2023-12-31")',
    "COUNTIFS(台账!A:A,\"<\"&DATE(2024,1,1))", "上半年!D4+下半年!D4",
    "+".join(f"'{month}月'!B3" for month in range(1, 13)), "SUM('1月:12月'!B3)",
    "SUMPRODUCT((YEAR(台账!A2:A9)=2023)*1)",
    "SUMPRODUCT((MONTH(台账!E2:E13)<=6)*1)+SUMPRODUCT((MONTH(台账!E2:E13) > 6)*1)",
    f"SUMPRODUCT({'+'.join(f'(MONTH(DATEVALUE(台账!E2:E13))={month})' for month in range(1, 13))})",
    "SUMPRODUCT((12>=MONTH(台账!E2:E13))*1)",
    'IF(明细!B3="",0,明细!B3)', "VLOOKUP(\"予以公开\",明细!A:B,2,0)", "D50+D51", "办理结果",
    "_xlfn.XLOOKUP(1,明细!A:A,明细!B:B)", "2045+310", "SUM(2010,35)", "2045",
    "+".join(f"'{month:02}月'!B3" for month in range(1, 13)), "'1-6月'!B3+'7-12月'!B3", "'1月:6月'!B3+三季度!B3+'四季度'!B3",
    "前三季度!B3+四季度!B3", "MAX(0,D30-D31)", "INT(3+2)", "IF(¤>5,台账!B3,台账!B4)",
    "SUMPRODUCT(--(MONTH(台账!E2:E13)<=6))+SUMPRODUCT(--(MONTH(台账!E2:E13)>6))",
]  # fmt: skip


# Sheets whose cells formulas take; what begins with = is a formula of their own.
DETAILS = {
    "明细": [
        ["事项", "上年", "2022", "本年", "其中：估算数"], ["殡葬服务许可", "2", "2", "3", "1"],
        ["社会团体登记", "1", "1", "4", "1"], ["养老机构备案", "1", "1", "5", "1"], ["合计", "4", "4", "=SUM(D2:D4)", "3"],
    ],
    "月": [["月份", "件数"], *([f"{month}月", "3"] for month in range(1, 13)), ["合计", "=SUM(B2:B10)"]],
    "季": [["事项", "一季度", "二季度", "三季度", "四季度"], ["许可", "3", "3", "3", "3"]],
    "案": [["文号", "日期", "件数"], *([f"{at}号", f"2023-{at}-11", "1"] for at in range(1, 7)), ["合计", "", "6"]],
    "局": [["单位", "件数"], ["示例市教育局", "3"], ["养老科", "3"]],
    "数": [["事项", "件数"], ["许可", "3"], ["备案", "4"], ["登记", "5"]],
    "许": [["事项", "件数"], ["许可", "3"], ["12月份尚未录入"]],
    "备": [["事项", "初报数", "计划", "件数", "备注"], ["许可", "3", "3", "3", "待补12月"], ["备案", "4", "4", "4"]],
    "日": [["办结日期", "件数"], ["2022-03-01", "1"], ["2023-09-30", "2"]],
    "收": [
        ["收到日期", "依据", "文号", "件数", "备注"], ["2022-12-28", "", "1号", "1", "2022年结转"],
        ["", "2019年4月通知", "2号", "1", "无"],
    ],
    "补": [["月份", "件数"], ["2023年5月", "1"], ["2022年4月", "1"]],
    "注": [["件数", "备注"], ["1", "无"], ["1", "2022年数"]],
    "类": [["类别", "文号"], ["处罚", "1号"], ["处罚", "2号"], ["处罚", "3号"], ["许可", "4号"]],
    "分管": [["数量", "2023年", ""], ["", "许可", "处罚"], ["", "3", "3"], ["制表：张三"]],
}  # fmt: skip
LEAVING = {
    "明细!B2": "工作表“明细”B1格“上年”", "明细!C5": "工作表“明细”C1格“2022”", "明细!E3": "工作表“明细”E1格“其中：估算数”",
    'VLOOKUP("许可",明细!A:E,2,0)': "工作表“明细”B1格“上年”", "SUM(明细!B1:B4)": "工作表“明细”B1格“上年”",
    "SUM(明细!D2:D3)": "没有加上工作表“明细”D4格", "SUM(数!B3:B4)": "没有加上工作表“数”B2格",
    "SUM(数!B4:B3)": "没有加上工作表“数”B2格", "SUM(明细!C3:B2)": "工作表“明细”B1格“上年”“2022”",
    "SUM(月!B2:B10)": "工作表“月”第2行“1月”“2月”“3月”", "月!B14": "工作表“月”第2行“1月”“2月”“3月”",
    "SUM(季!B2:D2)": "工作表“季”B1格“一季度”“二季度”“三季度”", "季!E2": "工作表“季”E1格“四季度”",
    "COUNTA(案!A2:A5)": "没有加上工作表“案”A6格等2格", "局!B2": "工作表“局”第2行“示例市教育局”",
    "许!B2": "工作表“许”第3行：12月份尚未录入", "备!B3": "工作表“备”B1格“初报数”", "备!C3": "工作表“备”C1格“计划”",
    "备!D2": "工作表“备”第2行“待补12月”", "SUM(日!B2:B3)": "工作表“日”第2行“2022-03-01”",
    "SUM(月!B2:B14)": "连同工作表“月”第14行“合计”一起加了", 'COUNTIF(类!A2:A3,"处罚")': "没有加上工作表“类”A4格",
    "SUM(补!B2:B3)": "工作表“补”第3行“2022年4月”", "SUM(注!A2:A3)": "工作表“注”第3行“2022年数”",
}  # fmt: skip
WHOLE = [
    "明细!D5", "SUM(明细!D2:D4)", 'VLOOKUP("许可",明细!A:E,4,0)', "SUM(月!B2:B13)", "SUM(季!B2:E2)", "COUNTA(案!A2:A7)",
    "SUM(案!C2:C7)", 'COUNTIF(案!A:A,"1号")', "局!B3", "分管!B3",
    "备!D3", "日!B3", "SUM(收!D2:D3)", 'COUNTIF(类!A2:A4,"处罚")', 'SUMPRODUCT((MONTH(台账!E2:E13)<=12)*1)',
]  # fmt: skip


def book(table, formulas, others=None):
    """A workbook with one table of threes, some of them the results of formulas: row and column → formula.

    ``others`` are the rows of other sheets by their names.
    """

    def write(into, sheet):
        for at, row in enumerate(imports.rows(table)):
            for column, cell in enumerate(row):
                if (at, column) in formulas:
                    sheet.write_formula(at, column, f"={formulas[at, column]}", None, int(cell))
                else:
                    sheet.write(at, column, int(cell) if cell.isdecimal() else cell)
        for name, rows in (others or {}).items():
            other = into.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell.startswith("="):
                        other.write_formula(at, column, cell, None, 12)
                    else:
                        other.write(at, column, int(cell) if cell.isdecimal() else cell)

    return made(write, "表三" if table == "table3" else "表二")


def placed(formulas):
    """Each formula in a cell of its own of table three, on the rows and columns of counts."""
    places = [(row, column) for row in range(8, 24) for column in range(3, 10)]
    return dict(zip(places[: len(formulas)], formulas, strict=True))


def asked_of(tmp_path, table, formulas, body=""):
    """The formulas that are asked about."""
    raw, page = book(table, formulas), PAGE.replace("示例市测试局", body or "示例市测试局")
    made_ = imports.begin(tmp_path, ("a.html", page), ("统计表.xlsx", raw)).made
    assert {cell.value for cell in made_.taken[table].cells.values()} <= {3, 8}
    return [re.sub("，等[0-9]+格$", "", one.partition("：=")[2]) for one in made_.questions.get(ASKED, [])]


def test_a_formula_that_does_not_count_this_years_own_is_asked_about_with_its_cell(tmp_path):
    assert asked_of(tmp_path, "table3", placed(ODD)) == ODD


def test_a_formula_that_adds_up_counts_or_looks_up_is_none(tmp_path):
    assert asked_of(tmp_path, "table3", placed(ORDINARY)) == []


def test_what_heads_labels_or_stands_below_the_cells_that_a_formula_takes_is_heard_and_none_is_left_out(tmp_path):
    raw = book("table3", placed([*LEAVING]), DETAILS)
    made_ = imports.begin(tmp_path / "a", ("a.html", PAGE), ("统计表.xlsx", raw)).made
    told = [*LEAVING.values()]
    some = {said: f"，等{told.count(said)}格" if told.count(said) > 1 else "" for said in told}
    first = {said: formula + some[said] for formula, said in reversed(LEAVING.items())}
    asked = dict(one.partition("：=")[2].split("：", 1)[::-1] for one in made_.questions[details.ASKED])
    assert asked == first
    raw = book("table3", placed(WHOLE), DETAILS)
    made_ = imports.begin(tmp_path / "b", ("a.html", PAGE), ("统计表.xlsx", raw)).made
    assert details.ASKED not in made_.questions


def test_last_years_figures_may_be_taken_where_they_belong(tmp_path):
    row = next(at for at, one in enumerate(imports.rows("table3")) if "二、上年" in one[0])
    raw = book("table3", {(row, 3): "明细!B2", (row, 4): "明细!C2"}, DETAILS)
    made_ = imports.begin(tmp_path, ("a.html", PAGE), ("统计表.xlsx", raw)).made
    assert details.ASKED not in made_.questions


def test_totals_and_what_is_carried_over_are_reckoned_from_other_rows_and_the_year_before(tmp_path):
    rows = imports.rows("table3")
    at = {
        label: next(number for number, row in enumerate(rows) if label in "".join(row))
        for label in ("二、上年", "（七）总计", "四、结转")
    }
    formulas = {
        (at["二、上年"], 3): "'[2023].xlsx'!A1".replace("[2023].xlsx", "2022年表三"),
        (at["（七）总计"], 3): f"SUM(D6:D{at['（七）总计']})",
        (at["四、结转"], 3): f"D4+D5-D{at['（七）总计'] + 1}",
        (at["四、结转"], 9): f"SUM(D{at['四、结转'] + 1}:I{at['四、结转'] + 1})",
        (at["四、结转"], 4): f"MAX(0,E4+E5-E{at['（七）总计'] + 1})",
        (8, 9): "ROUND(SUM(D9:I9),0)",
    }
    assert asked_of(tmp_path, "table3", formulas) == []


@pytest.mark.slow
def test_the_figures_of_several_bodies_are_added_up_in_a_governments_report_only(tmp_path):
    sums = ["教育局!B3+民政局!B3", "SUM(城关镇!B3,大同镇!B3)", "SUM('教育局:民政局'!B3)"]
    other = ["教育局!B3", "教育局!B3+'[1]民政局'!B3", "教育局!B3+'2022年'!B3", "IF(教育局!B3>0,教育局!B3,民政局!B3)"]
    assert asked_of(tmp_path / "a", "table3", placed(sums + other), "青河县人民政府") == other
    assert asked_of(tmp_path / "b", "table3", placed(sums), "青河县教育局") == sums


@pytest.mark.parametrize(("parts", "asked"), [(("局机关", "殡仪馆"), ["殡仪馆"]), (("办公室", "线上"), [])])
def test_the_sheets_that_a_table_adds_up_are_asked_about_where_they_are_called_after_a_body(parts, asked, tmp_path):
    rows = imports.rows("table3")
    counts = {(at, column) for at, row in enumerate(rows) for column, cell in enumerate(row) if cell.isdecimal()}

    def write(into, sheet):
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if (at, column) in counts:
                    place = f"{column_letter(column)}{at + 1}"
                    sheet.write_formula(at, column, f"={parts[0]}!{place}+{parts[1]}!{place}", None, 3)
                else:
                    sheet.write(at, column, cell)
        for name in parts:
            other = into.add_worksheet(name)
            for at, row in enumerate(rows):
                other.write_row(
                    at, 0, [int(name == parts[0]) + 1 if (at, c) in counts else cell for c, cell in enumerate(row)]
                )

    made_ = imports.begin(tmp_path, ("a.html", PAGE), ("统计表.xlsx", made(write, "表三"))).made
    assert made_.questions.get(OF_SECTION, []) == [f"工作表“{one}”：表三" for one in asked]
    assert {cell.value for cell in made_.taken["table3"].cells.values()} == {3}


def test_a_formula_of_more_cells_or_characters_than_any_of_a_report_is_asked_about(tmp_path):
    many = "SUM(" + ",".join([f"A{at}:AZ28" for at in range(1, 9)] * 100) + ")"
    long = "3+" * 5_000 + "3"
    assert asked_of(tmp_path, "table3", placed([many, long])) == [many, long]


def test_in_table_two_no_row_is_reckoned_from_another_and_only_money_is_rounded(tmp_path):
    rows = imports.rows()
    at = {row[0]: number for number, row in enumerate(rows)}
    odd = {
        (at["行政处罚"], 1): f"B{at['行政许可'] + 1}",
        (at["行政强制"], 1): f"SUM(B{at['行政许可'] + 1}:B{at['行政许可'] + 3})",
    }
    money = {(at["行政事业性收费"], 1): "ROUND(明细!B2/10000,2)", (at["规章"], 3): "'2022年'!D3+B3-C3"}
    assert asked_of(tmp_path, "table2", odd | money) == [*odd.values()]


@pytest.mark.parametrize(
    ("formula", "is_asked"),
    [
        ("36500/10000", False), ("ROUND(365000/10000,2)", False), ("(365000+1200.5)/10000", False),
        ("365000*0.5/10000", True),
        ("365000/12", True), ("365000/10000*1.1", True),
    ],
)  # fmt: skip
def test_an_amount_in_yuan_is_put_into_ten_thousands(formula, is_asked, tmp_path):
    at = {row[0]: number for number, row in enumerate(imports.rows())}
    asked = [*([formula] if is_asked else []), "365000/10000"]  # a count is no amount
    assert sorted(
        asked_of(tmp_path, "table2", {(at["行政事业性收费"], 1): formula, (at["规章"], 3): "365000/10000"})
    ) == sorted(asked)


_PIECES = [
    "MONTH(", ")", "(", "<=", "=", "<>", "{1,", "{1;2}", "12", "9" * 4400, "¤", "§§", "VLOOKUP(", ",", "0", "明细!A:C",
    "A1:B2", ":",
]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_no_formula_stops_the_import(formula):
    assert months.are_some(formula) in {True, False}
    assert all(one.columns for one in formulas.references(formula, "表三"))


@pytest.mark.parametrize("kind", ["INDEX(明细!A{}:XFD999,2,2)", 'COUNTIF(明细!A{}:XFD999,"许可")'])
def test_formulas_are_looked_at_as_far_as_the_widest_row_of_their_sheet_and_up_to_a_bound_together(kind):
    def asked(width, count):
        rows = (tuple(f"{at}号" for at in range(width)), *((("3",) * width,) * 999))
        sheet = Grid(rows=rows, place="明细", sheet="明细", file="a.xlsx", numbers=tuple(range(1, 1001)))
        table = Grid(rows=(("x",),), place="表三", sheet="表三", file="a.xlsx", numbers=(1,))
        takings = [Taking("表三", kind.format(at), table, False) for at in range(1, count + 1)]
        known = known_in(FORMATS["2021"], library(), 2023, "示例市测试局")
        return [
            one for one in details.asked(takings, [Flow("xlsx", (sheet,))], {("a.xlsx", "表三")}, known) if "太多格" in one
        ]

    assert asked(4, 30) == []
    assert len(asked(100, 30)) == 1


def test_cells_whose_formulas_differ_in_their_cells_only_are_one_line(tmp_path):
    formulas = {(8, column): f"'2022年'!{letter}9" for column, letter in enumerate("DEF", 3)}
    made_ = imports.begin(tmp_path, ("统计表.xlsx", book("table3", formulas))).made
    assert made_.questions[ASKED] == ["表三（工作表“表三” D9格）：='2022年'!D9，等3格"]


@each(
    ("formula", "meant"),
    [
        ("B3+$C$4", "D4+$C$4"), ("SUM(A1:$B2)", "SUM(C2:$B3)"), ("表二!B3", "表二!D4"), ("'B3'!B3&\"B3\"", "'B3'!D4&\"B3\""),
        ("LOG10(B3)", "LOG10(D4)"),
    ],
)  # fmt: skip
def test_a_shared_formula_moves_with_its_cell(formula, meant):
    assert moved(formula, 1, 2) == meant


def test_shared_formulas_and_those_of_an_ods_are_read():
    sheet = "xl/worksheets/sheet1.xml"
    shared = (
        b'<row r="9"><c r="A9"><f t="shared" ref="A9:A10" si="0">B9*2</f><v>4</v></c></row>'
        b'<row r="10"><c r="A10"><f t="shared" si="0"/><v>6</v></c></row></sheetData>'
    )
    raw = altered(made(lambda _, one: one.write(0, 0, 1)), **{sheet: lambda data: data.replace(b"</sheetData>", shared)})
    assert read_workbook(Path("a.xlsx"), lambda _: raw).sheets[0].formulas == {(8, 0): "B9*2", (9, 0): "B10*2"}
    formula = (
        "of:=SUM([.B2:.C5];[$明细.C3];['file:///a/[1]旧.ods'#$表.A1];['file:///a/2022年.xlsx'#$表二.B10])+[$'2022年'.$B$1]"
    )
    cell = (
        f'<table:table-row><table:table-cell table:formula="{formula}" office:value-type="float" office:value="5">'
        "<text:p>5</text:p></table:table-cell></table:table-row>"
    )
    [one] = read_workbook(Path("a.ods"), lambda _: ods(cell)).sheets
    assert one.formulas == {(0, 0): "SUM(B2:C5,明细!C3,[[1]旧.ods]表!A1,[2022年.xlsx]表二!B10)+'2022年'!$B$1"}


def test_the_formulas_of_an_xls_are_written_as_those_of_an_xlsx():
    [sheet, *_] = read_workbook(GOLDEN / "formulas.xls").sheets
    assert [*sheet.formulas.values()] == [
        "'2022年'!D4", "RANDBETWEEN(3,3)", "ROUND(4*0.75,0)", "SUM(D4:E4)", "'明细'!B3+$D$4",
        "IF('明细'!B3=\"\",0,'明细'!$B3)",
        "_xlfn.IFERROR(D4%,-3)",
    ]  # fmt: skip


def record(row, column, tokens):
    return struct.pack("<2H", row, column) + bytes(16) + struct.pack("<H", len(tokens)) + tokens


def test_a_formula_that_cells_of_an_xls_share_moves_with_them():
    read, first = xlsformulas.Formulas(), b"\x01" + struct.pack("<2H", 8, 0)
    twice = b"\x4c" + struct.pack("<2H", 0, 0xC001) + b"\x1e\x02\x00" + b"\x05"  # the cell on the right, times two
    read.take(0x06, record(8, 0, first))
    read.take(0x4BC, bytes(8) + struct.pack("<H", len(twice)) + twice)
    read.take(0x06, record(9, 0, first))
    assert dict(read.made(xlsformulas.Named())) == {(8, 0): "B9*2", (9, 0): "B10*2"}


def test_what_is_not_understood_of_an_xls_formula_is_said_and_no_name_takes_the_place_of_another():
    read, named = xlsformulas.Formulas(), xlsformulas.Named()
    name = bytes(3) + b"\x02" + bytes(10) + b"\x00ab"
    for kind, body in ((0x18, b"\0\0"), (0x18, name), (0x1AE, b"\1"), (0x17, struct.pack("<4H", 1, 0, 0, 0))):
        named.take(kind, body)
    two, array = b"\x1e\x02\x00", b"\x20" + bytes(7)
    cells = {
        two + two + b"\x21" + struct.pack("<H", 337): "?",  # POWER
        b"\x23" + struct.pack("<2H", 2, 0): "ab",
        b"\x23" + struct.pack("<2H", 1, 0): "?",
        b"\x23" + struct.pack("<2H", 0, 0): "?",
        array + b"\x22\x01" + struct.pack("<H", 4): "SUM(?)",
        b"\x3a" + struct.pack("<3H", 0, 0, 0xC000): "'[?]#REF'!A1",
        two + b"\x17\x05\x00abc" + b"\x08": "?",
        two: "2",
    }
    for row, tokens in enumerate(cells):
        read.take(0x06, record(row, 0, tokens))
    read.take(0x06, record(9, 0, b"\x01" + struct.pack("<2H", 10, 0)))  # the array begins in another cell
    read.take(0x221, bytes(12) + struct.pack("<H", 3) + two)
    assert [text for _, text in read.made(named)] == [*cells.values(), "2"]


def test_a_formula_that_is_not_understood_is_asked_about(tmp_path):
    assert asked_of(tmp_path, "table3", placed(["SUM(?)", "?"])) == ["SUM(?)", "?"]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60),
    st.lists(st.tuples(st.sampled_from([0x18, 0x17, 0x1AE, 0x23]), st.binary(max_size=40)), max_size=4),
)
def test_no_bytes_of_a_formula_stop_the_reading(tokens, records):
    named, read = xlsformulas.Named(), xlsformulas.Formulas()
    for kind, body in records:
        named.take(kind, body)
    read.take(0x4BC, tokens)
    read.take(0x06, record(1, 1, tokens))
    read.take(0x06, tokens)
    assert dict(read.made(named)).keys() == read.found.keys()
