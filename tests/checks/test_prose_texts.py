"""Notes below tables and headings are proved as the chapters are; a finding names the files of both."""

from dataclasses import replace

from cases import each
from making import findings, write
from nianbao.checks.prose.accounts import accounted
from nianbao.document.document import load
from nianbao.findings import Source
from nianbao.inputs.cells import Aside
from nianbao.narrative.passages import compose
from prosing import report, said

BODY = "## 一、总体情况\n\n{}\n\n## 五、存在的主要问题及改进情况\n\n改进。\n{}"


def noted(text, table="table3"):
    made = report("one", "见表。")
    return replace(made, asides={table: (Aside(text, True, Source(f"{table}.csv", 40)),)})


@each(
    ("text", "table", "place"),
    [
        ("注：本年新收政府信息公开申请131件。", "table3", "表三 注 · 新收131件"),
        ("注：办结129件，结转下年度6件。", "table3", "表三 注 · 办结129件"),
        ("备注：行政复议8件。", "table4", "表四 注 · 行政复议8件"),
        ("注：行政处罚45件。", "table2", "表二 注 · 行政处罚处理决定数量45件"),
    ],
)
def test_a_false_note_below_a_table_is_an_error_at_its_line(text, table, place):
    [found] = said(noted(text, table))
    assert ("E501", place, f"{table}.csv 第40行") == (found.code, found.place, str(found.source))


@each(
    "text",
    [
        "注：本年新收政府信息公开申请130件，上年结转4件。",
        "注：表中“其他处理”4件为转送其他机关。",
        "注：另有3件系重复提交，未计入新收。",
        "注：数据不含街道办事处受理的12件。",
        "注：无法提供的26件中，20件建议向其他机关申请。",
        "注：收费8.5万元为考试费。",
    ],
)
def test_a_true_note_is_no_finding(text):
    assert [] == [str(one) for one in said(noted(text))]


def test_a_note_that_is_not_printed_is_not_proved_and_numbers_of_one_are_listed_without_a_note():
    made = noted("注：本年新收政府信息公开申请131件。")
    hidden = replace(made, asides={"table3": tuple(replace(one, printed=False) for one in made.asides["table3"])})
    assert [] == said(hidden)
    loose = noted("注：举办活动17场。")
    assert [("17场", "表三 注", 40)] == [(one.text, one.place, one.line) for one in accounted(loose, compose(loose))]
    assert [] == findings(loose, "I501")


def test_a_heading_with_a_false_number_is_an_error(tmp_path):
    values = {"表三": {("一", "总计"): 12}}
    text = BODY.format("见表。", "\n## 附件：收到政府信息公开申请13件一览\n\n略。\n")
    paths = write(tmp_path / "params", narrative=text, values=values)
    [found] = [one for one in load(paths.bureau, 2024, paths.params).findings if one.code == "E501"]
    assert ("附件：收到政府信息公开申请13件一览 · 新收13件", 9) == (found.place, found.source.line)


def test_a_finding_names_file_line_and_cell_of_this_year_and_of_last_year(tmp_path):
    write(tmp_path / "params", year=2023, narrative=BODY.format("见表。", ""), values={"表三": {("一", "总计"): 10}})
    text = "新收政府信息公开申请13件，上年为11件。\n\n新收政府信息公开申请12件，同比增长30%。"
    facts = "facts:\n  接待人数: {value: 5, unit: 人}\n"
    paths = write(
        tmp_path / "params",
        narrative=BODY.format(f"{text}接待人数6人。", ""),
        values={"表三": {("一", "总计"): 12}},
        report=facts,
    )
    found = [one.expected for one in load(paths.bureau, 2024, paths.params).findings if one.code in {"E501", "E502"}]
    new = "表三 一、本年新收政府信息公开申请数量 / 申请人情况·总计"
    assert [
        f"{new} 12（table3.csv 第4行 J4格）",
        f"上年 {new} 10（2023/table3.csv 第4行 J4格）",
        "今年 12（table3.csv 第4行 J4格），上年 10（2023/table3.csv 第4行 J4格），同比增长20%",
        "事实 · 接待人数 5人（report.yaml 第4行）",
    ] == found
