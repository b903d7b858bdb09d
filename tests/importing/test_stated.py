"""A table that says of its own year or body is this report's only where they are; copies of which one has a fault count."""

import csv
import io

import openpyxl
import pytest

import imports
from cases import each
from forms import blank, filled, put
from making import FORMATS, findings, write
from nianbao.checks.disowned import is_no_whole_year, years
from nianbao.checks.whose import section_in
from nianbao.errors import UsageError
from nianbao.importing.choosing import OF_ANOTHER, OF_SECTION, SEVERAL, UNSURE
from nianbao.importing.outline import COUNTED
from nianbao.inputs import folder
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.form import book as form_book
from reportbooks import HEADINGS

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table3"]


def rows(figure, odd=False, first=()):
    """Table three with the same figure in each cell; an odd one has a cell too many in a row."""
    made = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, str(figure))))))
    at = next(at for at, row in enumerate(made) if "2.重复申请" in row)
    made[at] = [*made[at][: 3 - odd], *([str(figure)] * odd), *made[at][3 - odd :], *([str(figure)] * odd)]
    return [[one] for one in first] + made


def table(made):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in made)}</table>"


def sheet(name, *above):
    """A workbook with table three on its one sheet, below some lines."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows("7", first=above):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def page(*parts):
    shown = "".join(table(one) if isinstance(one, list) else f"<p>{one}</p>" for one in parts)
    return f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>三、收到和处理政府信息公开申请情况</p>{shown}"


def made_of(*parts):
    return imports.made_of(*parts, chapter="三、收到和处理政府信息公开申请情况")


def named(*above, **name):
    """What becomes of a page without tables and of table three below some lines on a sheet, or in a file, with a name."""
    return imports.read(imports.flow(TITLE, "一、总体情况", "平稳。"), imports.flow(rows(7, first=above), **name))


def test_a_copy_with_a_fault_has_a_vote():
    made = made_of(rows(5, odd=True), "全年平稳。", rows(7))
    assert made.questions[SEVERAL] == ["表三：第1个表格；第2个表格"]
    assert "table3" not in made.taken


@pytest.mark.parametrize("odd", [False, True])
def test_the_copy_that_says_the_year_is_taken(odd):
    made = made_of("2022年：", rows(7), "2023年：", rows(5, odd=odd))
    assert made.places["table3"] == "第2个表格"
    assert {cell.value for cell in made.taken["table3"].cells.values()} - {None} == (set() if odd else {5})
    assert SEVERAL not in made.questions
    assert "写明不是本报告的表三" in [why for _, _, why in made.left_out]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "parts",
    [
        (rows(7, first=["2022年度"]),),
        ("2022年收到和处理政府信息公开申请情况表", rows(7)),
        ("二〇二二年情况如下：", rows(7)),
        (rows(7), "以上为2022年数据。"),
        ("平稳。", "附件1：2022年收到和处理政府信息公开申请情况", "情况见下。", rows(7)),
        ("填报单位：样本县教育局", rows(7)),
        ("以下为2022年同期数据：", rows(7)),
        ("2022年的情况见下表。", rows(7)),
        ("对比表（2022年）", rows(7)),
        ("去年（2022年）情况如下", rows(7)),
        ("与2022年比较：", rows(7)),
        ("2022年同期：", rows(7)),
        ("上年同期（2022年）情况：", rows(7)),
        (rows(7), "（2022年数据）"),
        (rows(7), "以上为2022年同期数据。"),
        (rows(7), "注：以上数据为2022年数据"),
        ([*rows(7), ["注：以上数据为2022年数据"]],),
        (rows(7, first=["（2022）"]),),
        (rows(7, first=["报告期：2022"]),),
        ("去年数据如下：", rows(7)),
        ("上年情况：", rows(7)),
        (rows(7), "注：本表为上年数据。"),
        ("示例市教育局2023年收到和处理政府信息公开申请情况", rows(7)),
        ("示例市教育局", rows(7)),
        ("附：示例市教育局2023年申请情况表", rows(7)),
        ([*rows(7), ["注：填报单位为示例市教育局"]],),
    ],
)
def test_a_table_of_another_year_or_body_is_asked_about_and_not_taken(parts):
    made = made_of(*parts)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "parts",
    [
        ("2023年收到和处理政府信息公开申请情况表", rows(7)),
        ("2022年与2023年收到和处理政府信息公开申请情况", rows(7)),
        ("较2022年有所增加，情况如下：", rows(7)),
        ("按2021年格式填报", rows(7)),
        ("填报日期：2024年1月15日", rows(7)),
        ("2022年全年收到申请30件。", rows(7)),
        ("填报单位：市测试局", rows(7)),
        ("2023年新收7件，比2022年增长3件。", rows(7)),
        ("申请数量与去年基本一致。", rows(7)),
        ("上年结转情况见下表第二行：", rows(7)),
        ("2022年，我局被评为先进单位。", rows(7)),
        (rows(7), "注：规章为2022年制发。"),
        (rows(7), "注：本表按照国务院办公厅2021年印发的格式填报。"),
        ("示例市测试局2023年收到和处理政府信息公开申请情况", rows(7)),
        ("制定机关：国务院办公厅", rows(7)),
        ("新闻中心", rows(7)),
    ],
)
def test_other_years_beside_a_table_are_not_its_own(parts):
    assert {cell.value for cell in made_of(*parts).taken["table3"].cells.values()} == {7}


PART_OF_A_YEAR = [
    "2023年上半年",
    "统计周期：2023年1月1日至6月30日",
    "注：本表为上半年数据",
    "2023年1—11月",
    "数据截至2023年6月30日",
]
NOT_VALID = ["作废", "（草稿）", "本表已作废，以附件2为准", "此表为填写示例，数据为虚构", "以下表格为样例：", "（更正前）"]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("at", "line"), [*enumerate([*PART_OF_A_YEAR, *NOT_VALID])])
def test_a_table_of_a_part_of_the_year_or_not_valid_is_asked_about_and_not_taken(at, line):
    """In its first row, above it, or in its last row."""
    parts = [[[[line], *rows(7)]], [line, rows(7)], [[*rows(7), [line]]]][at % 3 if not line.startswith("以下") else 0]
    made = made_of(*parts)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.parametrize(
    "parts",
    [
        ("2023年1月1日至12月31日", rows(7)),
        ("统计期限自2023年1月1日起至2023年12月31日止", rows(7)),
        ("数据截至2023年12月31日", rows(7)),
        ("填报单位：示例市测试局", rows(7)),
        ("上半年开展培训3次。", rows(7)),
        ("全年作废规范性文件3件。", rows(7)),
    ],
)
def test_a_whole_year_and_text_that_is_not_of_the_table_are_no_question(parts):
    made = made_of(*parts)
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {7}
    assert OF_ANOTHER not in made.questions


SHEETS = ["去年", "上年度", "22年", "二〇二二年", "2023年上半年", "1-6月", "表三（作废）", "样表", "填写样例", "草稿"]


BESIDE = [
    "数据暂缺，先按去年填报",
    "仅统计前11个月。",
    "本表系2021—2022年度合计数。",
    "本表统计口径为近三年合计。",
    "以上数据为2019年以来累计数。",
    "表内数据为全县汇总数。",
    "本表由各乡镇填报。",
    "此表数据未经核实。",
    "表中数字应乘以10。",
    "以上各数以“十件”计。",
    "勘误：（七）总计应为99。",
    "注：自然人与商业企业两栏数字对调。",
    "此表为样表。",
    "测试数据",
    "去年数",
    "该表沿用上一年度数据。",
    "同上年。",
    "不含第四季度数据。",
    "截至9月",
    "半年报",
    "统计周期：2022年7月—2023年6月",
    "统计年度：2022",
    "报告期：2022年",
    "填报年度：2022年",
    "已作废，见新表",
    "统计时间：2023.1.1-2023.6.30",
    "以上数据尚未审核。",
    "表中数据未审定。",
    "以上数据未经审计。",
    "尚需进一步核实",
    "本表数据需要确认。",
    "数据更新至2023年6月",
    "时间范围：2023.01-2023.09",
    "表内数字为计划数",
    "此表已过期",
    "此表为旧版",
    "（22年）",
    "22年的",
    "上期数",
    "上一报告期",
    "期初数",
    "往年数据参考",
    "先放去年的，后面换",
    "与去年一致",
    "12月份",
    "月报",
    "10月31日前",
    "截至目前",
    "征求意见稿",
    "试填",
    "审核未通过",
    "快报数",
    "部分数据",
    "下表数据来自示例县教育局。",
]


@pytest.mark.slow
def test_what_a_line_says_of_a_table_counts_below_it_as_above_it():
    """Each line in one of the places."""
    unheard = []
    for at, line in enumerate(BESIDE):
        made = made_of(*[line, rows(7)][:: 1 if at % 2 else -1])
        is_taken = "table3" in made.taken and None not in {cell.value for cell in made.taken["table3"].cells.values()}
        unheard += [line] if is_taken or not any(made.questions.values()) else []
    assert unheard == []


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "parts",
    [
        (rows(7), "平稳。", "2022年数据"),
        (rows(7), "2022年数据", rows(5)[:3]),
        (rows(7), "办理时限均符合规定"),
        (rows(7), "2024年1月20日"),
        (rows(7), "较上年减少3件。"),
        (rows(7), "收到的申请与去年同期相比，数量不含重复申请。"),
        ("收到申请的数量同去年基本持平，情况如下：", rows(7)),
        ("按照上年要求，逐件登记。", rows(7)),
        ("统计截止日期：2023年12月31日", rows(7)),
        ("统计时间：2023.01-2023.12", rows(7)),
        ("以上申请均已审核，无需更正。", rows(7)),
        (rows(7), "网站数据更新至每周。"),
        ("数据截至12月31日", rows(7)),
        ("（请于1月10日前报送）", rows(7)),
        ("其中尚未审结的情况见下：", rows(7)),
        ("统计口径与上年一致", rows(7)),
        ("本表由各科室报送汇总", rows(7)),
        ("征求意见情况", rows(7)),
        ("含以前年度结转的申请", rows(7)),
        ("报送审核：张三", rows(7)),
        ("各科室每月报送一次", rows(7)),
        ("未通过网站公开的除外", rows(7)),
        ("当月办结", rows(7)),
    ],
)
def test_what_stands_near_a_table_and_says_nothing_of_it_is_no_question(parts):
    assert {cell.value for cell in made_of(*parts).taken["table3"].cells.values()} == {7}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", [*SHEETS, "示例市教育局", "示例市教育局表三"])
def test_the_name_of_a_sheet_says_whose_its_table_is(name):
    made = named(sheet=name)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("name", ["表三", "Sheet1", "23年", "2023年度", "2023年1-12月", "示例市测试局", "办公室"])
def test_a_plain_name_of_a_sheet_is_no_question(name):
    made = named(sheet=name)
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {7}


def test_what_is_said_below_a_table_is_not_of_the_next_one():
    made = made_of(rows(7), "以上为2022年数据。", "2023年：", rows(5))
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {5}


CAPTIONS = [
    ("（2022年）", "（2023年）"),
    ("注：2022年数据", "注：2023年数据"),
    ("（上年）", "（本年）"),
    ("附上年数据：", "（2023年数据）"),
]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(("last", "this"), CAPTIONS)
def test_a_caption_in_brackets_is_of_the_table_below_it(last, this):
    for parts in ([last, rows(7), this, rows(1)], [this, rows(1), last, rows(7)]):
        assert {cell.value for cell in made_of(*parts).taken["table3"].cells.values()} == {1}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "line", ["（上年）", "（2022年数据）", "（上年数据仅供参考）", "本表作废", "本表为2022年数据", "作废"]
)
def test_what_may_be_of_the_table_above_or_below_lets_neither_pass(line):
    made = made_of("情况如下：", rows(1), line, rows(7))
    assert "table3" not in made.taken
    assert made.questions[OF_ANOTHER]


BETWEEN = ["本表作废", "作废。", "初稿", "讨论稿", "仅供参考", "待更新。", "未核实数据"]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("line", [*BETWEEN, "草稿：", "表三（草稿）"])
def test_a_line_right_between_two_tables_on_one_sheet_is_asked_about_for_both_unless_it_names_one(line):
    count = 2 if line in BETWEEN else 1
    sheet = [[TITLE], [HEADINGS["二"]], *imports.rows("table2"), [line], [""], *imports.rows("table3")]
    made = imports.read(imports.flow(sheet, sheet="表"))
    assert [*made.taken] == ["table2"][: 2 - count]
    assert [one.partition("（")[0] for one in made.questions[OF_ANOTHER]] == ["表二", "表三"][2 - count :]


FILES = ["2022年表三", "表三（上年）", "示例市教育局表三", "表三半年", "2022年表三（草稿）"]
OWN_FILES = [
    "表三",
    "2023年表三",
    "表三2024.1.22",
    "20240122表三",
    "示例市测试局2023年度表三",
    "附件2：表三",
    "data",
    "表三最终版",
]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", [*FILES, *OWN_FILES])
def test_the_name_of_a_file_of_tables_says_whose_they_are(name):
    made = named(file=name)
    assert bool(made.questions.get(OF_ANOTHER)) == (name in FILES)
    assert ("table3" in made.taken) == (name in OWN_FILES)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", ["表三（草稿）", "表三-试填", "表三未审核"])
def test_a_table_that_only_its_file_calls_a_draft_is_taken_and_asked_about_where_there_is_no_other(tmp_path, name):
    csv = "\n".join(",".join(row) for row in rows(7))
    made = imports.begin(tmp_path / "alone", (f"{name}.csv", csv)).made
    assert made.questions[UNSURE] == [f"文件“{name}”：表三"]
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {7}
    final = "\n".join(",".join(row) for row in rows(8))
    made = imports.begin(tmp_path / "two", (f"{name}.csv", csv), ("表三.csv", final)).made
    assert not {UNSURE, OF_ANOTHER} & made.questions.keys()
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {8}


def test_the_name_of_the_file_with_the_text_says_nothing(tmp_path):
    made = imports.begin(tmp_path, ("2022年.html", page(rows(7))), ("b.xlsx", sheet("无关"))).made
    assert "table3" in made.taken


@pytest.mark.parametrize(("titled", "is_taken"), [("Document", False), ("Sheet1", False), (f"{TITLE}_示例市测试局", True)])
def test_the_name_of_a_page_of_tables_counts_where_its_title_bar_names_no_report(titled, is_taken, tmp_path):
    other = f"<head><title>{titled}</title></head><body>{table(rows(7))}</body>"
    made = imports.begin(tmp_path, ("a.html", page()), ("2022年表三.html", other)).made
    assert ("table3" in made.taken) == is_taken
    assert bool(made.questions.get(OF_ANOTHER)) != is_taken


def test_a_form_of_another_year_is_refused(tmp_path):
    form = ("form.xlsx", filled(blank("2021", 2022), "2021", {}))
    with pytest.raises(UsageError, match="for 2022, not of"):
        imports.imported(tmp_path, ("a.html", page()), form)


def test_a_form_of_another_body_is_refused(tmp_path):
    form = ("form.xlsx", filled(blank("2021", 2023), "2021", {}))
    with pytest.raises(UsageError, match="not of 样本县教育局 for 2023"):
        imports.imported(tmp_path, ("a.html", page().replace("示例市测试局", "样本县教育局")), form)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("year", "name", "codes"),
    [
        (2023, "示例市测试局", []),
        (2022, "示例市测试局", ["E112"]),
        (2023, "样本县教育局", ["E113"]),
        (2022, "样本县教育局", ["E112", "E113"]),
    ],
)
def test_a_form_in_its_place_is_that_of_the_year_and_the_bureau(tmp_path, year, name, codes):
    raw = form_book.made(FORMATS["2021"], name, year, None, {})
    read, _ = folder.read(put(write(tmp_path, 2023), raw))
    assert [one.code for one in findings(read, "E11") if one.place == "填报表"] == codes


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    "name",
    ["办公室", "法规科", "执法支队", "表三-办公室", "示例市测试局执法支队", "测试局信息中心", "下属单位", "2023年综合科"],
)
def test_a_sheet_that_is_named_after_a_section_is_taken_and_asked_about_once(name):
    made = named(sheet=name)
    assert made.questions[OF_SECTION] == [f"工作表“{name}”：表三"]
    assert {7} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert OF_ANOTHER not in made.questions


@pytest.mark.parametrize("name", ["示例市测试局", "表三", "Sheet1", "汇总", "全局各科室", "所有下属单位", "申请情况"])
def test_a_sheet_that_is_named_after_the_whole_body_or_nobody_is_no_question(name):
    made = named(sheet=name)
    assert OF_SECTION not in made.questions
    assert "table3" in made.taken


def test_the_office_of_a_government_is_no_section_of_its_own_report():
    assert section_in("办公室", "示例市测试局") == "办公室"
    assert section_in("办公室", "示例市人民政府办公室") == ""


SAID_OF_ALL = [
    "以上为上半年数据",
    "注：本表系复制上年度数据，待更新。",
    "（表中数据待核实）",
    "更正：上表数据有误，以附件为准。",
    "本表数据未更新",
]


@pytest.mark.parametrize("line", SAID_OF_ALL)
def test_what_is_not_final_is_asked_about_wherever_it_is_said(line):
    """Above the table, in a row of its own, below it, and below a sentence there, by turns."""
    at = SAID_OF_ALL.index(line) % 4
    made = made_of(*([line, rows(7)], [[[line], *rows(7)]], [rows(7), line], [rows(7), "注：含结转件。", line])[at])
    assert [one.partition("：")[2] for one in made.questions[OF_ANOTHER]] == [line]
    assert "table3" not in made.taken


def test_so_is_what_its_caption_says(tmp_path):
    shown = f"<table><caption>{SAID_OF_ALL[0]}</caption>{table(rows(7)).removeprefix('<table>')}"
    made = imports.begin(tmp_path, ("a.html", page() + shown)).made
    assert len(made.questions[OF_ANOTHER]) == 1


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    "line",
    [
        "申请情况正在好转。",
        "含待补正3件。",
        "注：补正后仍不明确的不再处理。",
        "说明：本表数据与上年口径一致。",
        "以上申请均已办结。",
    ],
)
def test_what_is_final_is_no_question(line):
    for parts in ([line, rows(7)], [rows(7), line]):
        assert {7} == {cell.value for cell in made_of(*parts).taken["table3"].cells.values()}


@pytest.mark.parametrize(
    "line", ["更正：上表“一、本年新收政府信息公开申请数量”自然人一栏应为95件。", "重复申请数量为上年数，待更新。"]
)
@pytest.mark.parametrize("order", [1, -1])
def test_only_the_row_of_which_a_line_speaks_is_asked_about(line, order):
    made = made_of(*[rows(7), line][::order])
    taken = made.taken["table3"]
    doubtful = {key[0] for key, cell in taken.cells.items() if cell.value is None}
    assert len(doubtful) == 1
    assert {7, None} == {cell.value for cell in taken.cells.values()}
    assert [line in one for one in made.questions["下列单元格读不准，没有填：对照原件填上"]] == [True]


@pytest.mark.parametrize("line", ["行政许可的数字待统计股复核。", "处罚、强制为2022年数", "规章件数为上半年数。"])
def test_what_a_line_says_of_another_table_costs_this_one_nothing_and_is_asked_about(line):
    made = made_of(line, rows(7))
    assert {7} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert line in str(made.questions[UNSURE])


@pytest.mark.parametrize("line", ["许可类的申请，2022年数", "以上各数均不含处罚，待复核。", "行政许可数和本表数待复核。"])
def test_one_that_speaks_of_this_one_too_costs_it(line):
    made = made_of(line, rows(7))
    assert "table3" not in made.taken
    assert line in str(made.questions[OF_ANOTHER])


BODIES = [
    "示例市殡仪馆",
    "示例市社会福利中心",
    "城关镇",
    "城关镇：",
    "填报单位：示例市殡仪馆",
    "示例市执法大队的申请情况如下：",
    "其中，执法大队收到：",
    "本表为省测试局数据。",
    "填报单位：县测试局",
    "以上数据由区测试局提供。",
]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("line", BODIES)
def test_a_table_of_a_body_below_the_bureau_is_asked_about_and_not_taken(line):
    made = made_of(line, rows(7))
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    "line",
    [
        "示例市",
        "示例市测试局",
        "本中心收到申请情况如下：",
        "我局各科室、所属事业单位的情况如下：",
        "示例市测试局办公室",
        "填报科室：办公室",
        "填报部门：政策法规科  填报人：王某",
        "本表为市测试局数据。",
        "市级以上测试局另行统计。",
        "社会救助站的设立情况",
    ],
)
def test_the_bureau_itself_and_who_fills_in_for_it_are_no_question(line):
    made = made_of(line, rows(7))
    assert {7} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert not {OF_ANOTHER, OF_SECTION} & made.questions.keys()


@pytest.mark.parametrize("line", ["填报科室：养老科", "养老服务科", "填报部门：执法支队"])
def test_a_table_that_a_section_has_filled_in_is_taken_and_asked_about(line):
    for parts in ([line, rows(7)], [[[line], *rows(7)]]):
        made = made_of(*parts)
        assert made.questions[OF_SECTION] == [f"{line}：表三"]
        assert {7} == {cell.value for cell in made.taken["table3"].cells.values()}


@pytest.mark.parametrize("name", ["城关镇民政所", "示例市殡仪馆", "表三-旧", "表三（备份）", "旧表三", "三表bak", "城关镇"])
def test_a_sheet_of_a_station_or_an_old_one_is_asked_about(name):
    made = named(sheet=name)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


def test_a_station_is_asked_about_where_nobody_says_whose_report_it_is(tmp_path):
    made = imports.begin(tmp_path, ("b.xlsx", sheet("城关镇民政所"))).made
    assert made.questions[OF_SECTION] == ["工作表“城关镇民政所”：表三"]


WORDS = [
    "测试",
    "试用",
    "未核",
    "未定稿",
    "修改稿",
    "报批稿",
    "送审",
    "核对中",
    "数据不全",
    "有问题",
    "别用",
    "已失效",
    "历史",
    "备份",
    "老数据",
    "以前的数据",
    "以往数据",
    "同期",
    "阶段性数据",
    "季报",
    "10月底",
    "至今",
    "部分数据",
]


@each("word", WORDS)
def test_a_word_that_stands_alone_says_the_same_as_a_line_and_as_the_name_of_a_sheet(word):
    for line, is_sheet in (
        (word, False),
        (f"（{word}）", False),
        (f"注：{word}", False),
        (word, True),
        (f"表三（{word}）", True),
    ):
        assert is_no_whole_year(line, 2023, is_sheet), line


@each(
    "line",
    [
        "未填",
        "参考资料",
        "测试局",
        "重复申请",
        "打印稿",
        "审定稿",
        "原件",
        "空",
        "历史文化名城",
        "临时机构",
        "上年数据已更正",
        "20__年度",
    ],
)
def test_a_word_that_says_nothing_of_a_table_is_no_sign(line):
    assert not is_no_whole_year(line, 2023)
    assert not years(line, 2023)


FORM_HEADS = [
    "注：上年数据已更正。",
    "注：2022年数据已核实。",
    "表号：政公开3表",
    "批准文号：国统制〔2021〕124号",
    "有效期至：2024年12月",
    "23年度",
]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("line", FORM_HEADS)
def test_the_head_of_an_official_form_is_no_question(line):
    for made in (made_of(line, rows(7)), named(line, sheet="表三")):
        assert {cell.value for cell in made.taken["table3"].cells.values()} == {7}
        assert COUNTED not in made.questions


def test_a_year_in_two_figures_is_read_alike_in_a_page_and_a_workbook(tmp_path):
    assert made_of("22年度", rows(7)).questions[OF_ANOTHER]
    made = imports.begin(tmp_path / "book", ("a.html", page()), ("b.xlsx", sheet("表三", "22年度"))).made
    assert made.questions[OF_ANOTHER]


@each("said", ["待定", "128（上半年）", "5（上年）"])
def test_a_cell_that_says_so_where_a_figure_should_stand_costs_its_row_alone(said):
    rows = [["行政处罚", said] if row[0] == "行政处罚" else row for row in imports.rows()]
    made = imports.made_of(rows)
    assert OF_ANOTHER not in made.questions
    assert [said in one.found for one in made.taken["table2"].doubts] == [True]
    blank = [key for key, cell in made.taken["table2"].cells.items() if cell.value is None]
    assert [row[-1] for row, _ in blank] == ["行政处罚"]


def test_what_speaks_of_the_whole_table_beside_a_label_is_said_of_all_of_it():
    rows = [["行政处罚", "本表待更新"] if row[0] == "行政处罚" else row for row in imports.rows()]
    assert OF_ANOTHER in imports.made_of(rows).questions
