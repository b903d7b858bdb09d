"""The text of an import is proved to print as it stands, or asked about."""

from dataclasses import replace
from pathlib import Path

import pytest

import imports
from cases import each
from making import FORMATS
from nianbao.importing import labelled, plainfile, prose, radicals
from nianbao.importing.flow import Paragraph
from nianbao.importing.lines import runs, strips
from nianbao.statute import formats

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
LOST = "下列段落印出来会与原文不同：核对 narrative.md"


@pytest.mark.parametrize(
    ("full_width", "text"), [(False, "甲{乙}丙。"), (True, "甲,乙。"), (True, "甲,{乙}丙。"), (True, "甲(乙)丙:丁。")]
)
def test_a_paragraph_that_would_be_lost_is_asked_about_whatever_else_was_written_otherwise(
    tmp_path, monkeypatch, full_width, text
):
    """A paragraph is spoilt where it is written; what proves it afterwards has to see that."""
    page = (
        f"<h1>{TITLE}</h1><p>一、总体情况</p><p>{text}</p><p>五、存在的主要问题及改进情况</p><p>{text}</p><p>会丢的话。</p>"
    )
    made = imports.begin(tmp_path, ("a.html", page), full_width=full_width).made
    assert LOST not in made.questions
    written = prose.block
    monkeypatch.setattr(prose, "block", lambda one: written(one).replace("会丢的", "丢了的"))
    made = imports.begin(tmp_path / "2", ("a.html", page), full_width=full_width).made
    assert made.questions[LOST] == ["第6段：会丢的话。"]


@pytest.mark.parametrize("sentence", ["办理热线来电2,137件。", "公开信息1,386条,办理来电2,137件。", "全年平稳,没有超期。"])
def test_a_sentence_beside_tables_in_commas_is_no_row(sentence, tmp_path):
    table = [",".join(row) for row in imports.rows("table2")]
    lines = [TITLE, "一、总体情况", sentence, "二、主动公开政府信息情况", *table, "五、存在的主要问题及改进情况", "无。"]
    made = imports.begin(tmp_path, ("a.txt", "\n".join(lines))).made
    assert "table2" in made.taken
    assert sentence in made.files["narrative.md"].replace("\\", "")
    assert "|" not in made.files["narrative.md"]


def test_quotes_in_text_beside_a_table_in_tabs_are_its_own(tmp_path):
    table = ["\t".join(row) for row in imports.rows("table2")]
    lines = [
        TITLE, "一、总体情况", '"放管服"改革平稳推进。', '"互联网+政务"', "二、主动公开政府信息情况", *table,
        "五、存在的主要问题及改进情况", '"一网通办有12项未办。', "六、其他需要报告的事项", '收费3件。"',
    ]  # fmt: skip
    made = imports.begin(tmp_path, ("a.txt", "\n".join(lines))).made
    narrative = made.files["narrative.md"]
    assert [line for line in narrative.split("\n") if '"' in line] == [one for one in lines if '"' in one]
    assert "## 六、其他需要报告的事项" in narrative
    assert "table2" in made.taken


def test_labels_that_go_over_lines_in_a_table_in_tabs_are_whole_as_a_browser_copies_them(tmp_path):
    cut = {"商业企业": "商业\n企业", "法律服务机构": "法律\n服务\n机构", "2.重复申请": "2.\n重复申请"}
    table = ["\t".join(cut.get(cell, cell) for cell in row if cell) for row in imports.rows("table3")]
    lines = [
        TITLE,
        "一、总体情况",
        "平稳。",
        "三、收到和处理政府信息公开申请情况",
        *table,
        "五、存在的主要问题及改进情况",
        "无。",
    ]
    made = imports.begin(tmp_path, ("报告.txt", "\n".join(lines))).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert [about for question, about in made.questions.items() if "没有找到" not in question] == []
    assert "商业" not in made.files["narrative.md"]


@each("separator", ["\t", ",", ";"])
def test_a_cell_in_quotes_is_what_a_program_wrote(separator):
    text = f'说明{separator}"甲""乙""\n丙"{separator}"丁"\n{separator}"0"{separator}2\n"己"{separator}{separator}\n'
    [grid] = plainfile.read(text.encode()).blocks
    assert grid.rows == (("说明", '甲"乙"丙', "丁"), ("", "0", "2"), ("己", "", ""))
    assert grid.numbers == (2, 3, 4)


def test_a_table_with_remarks_that_are_sentences_is_one():
    text = "项目,数量,说明\n" + "".join(f"甲{at},{at},已办结。\n" for at in range(5))
    [grid] = plainfile.read(text.encode()).blocks
    assert len(grid.rows) == 6


def test_signs_of_radicals_are_the_characters_that_a_reader_sees(tmp_path):
    """As browsers and viewers copy them out of a PDF: titles, chapters and labels are known, and it is said."""
    plain = f"{imports.TITLE.format(2023)}\n一、总体情况\n全年主动公开青年、长者、用户信息25条。\n二、主动公开政府信息情况\n"
    plain += "\n".join("\t".join(row) for row in imports.rows("table2"))
    signs = str.maketrans("一二行人民青长户", "⼀⼆⾏⼈⺠⻘⻓⼾")
    made = imports.begin(tmp_path / "1", ("a.txt", plain.translate(signs))).made
    assert made.files == imports.begin(tmp_path / "2", ("a.txt", plain)).made.files
    [(_, what, _)] = [one for one in made.said if one[2] == radicals.SAID]
    assert set("一二行青长户") <= set(what)


def _drawn(rule):
    """A report whose 表四 is drawn with bars, each of its rows below a rule."""
    rows = [line for row in imports.rows("table4") for line in (f"| {' | '.join(row)} |", rule)]
    lines = [TITLE, "一、总体情况", "平稳。", "四、政府信息公开行政复议、行政诉讼情况", rule, *rows]
    return "\n".join([*lines, "五、存在的主要问题及改进情况", "无。"])


@pytest.mark.parametrize(
    "rule", [f"|{'-----+' * 14}-----|", f"+{'-----+' * 15}", f"|{'-----|' * 15}", f"|{' :---: |' * 15}"]
)
def test_the_rules_of_a_drawn_table_are_no_rows_and_no_text(rule, tmp_path):
    made = imports.begin(tmp_path, ("a.txt", _drawn(rule))).made
    assert [cell.value for cell in made.taken["table4"].cells.values()] == [3] * 15
    assert "--" not in made.files["narrative.md"]
    assert made.taken.keys() == {"table4"}


@each("line", [f"|{'-' * 100_000} 备注|", f"|{'---+' * 30_000}x|", f"{'-' * 100_000}x"])
def test_a_line_of_dashes_that_is_no_rule_takes_no_time(line):
    assert not runs._LONG_RULE.fullmatch(line)
    assert not runs._RULE.fullmatch(line)


def _one_more_column(tmp_path):
    """A project's own format of 2023 whose 表四 has a column more than those of the kit."""
    kits = (Path(formats.__file__).parent / "2021.yaml").read_text(encoding="utf-8")
    own = (
        kits.replace('id: "2021"', 'id: "city"')
        .replace("first_year: 2021", "first_year: 2022")
        .replace("label: 行政复议, parts: [结果维持,", "label: 行政复议, parts: [结果维持, 不予受理,")
        .replace("equation: 结果维持 + 结果纠正", "equation: 结果纠正")
    )
    (tmp_path / "params/formats").mkdir(parents=True)
    (tmp_path / "params/formats/city.yaml").write_text(own, encoding="utf-8")


def test_a_table_a_cell_a_line_has_the_columns_of_the_projects_own_format(tmp_path):
    _one_more_column(tmp_path)
    parts = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    heads = ["行政复议", "行政诉讼", parts[0], "不予受理", *parts[1:], "未经复议直接起诉", "复议后起诉", *parts, *parts]
    cells = "\n".join(f"{one}|" for one in [*heads, *map(str, range(16))])
    lines = [TITLE, "一、总体情况", "平稳。", "四、政府信息公开行政复议、行政诉讼情况", cells]
    made = imports.begin(tmp_path, ("a.txt", "\n".join([*lines, "五、存在的主要问题及改进情况", "无。"]))).made
    assert [cell.value for cell in made.taken["table4"].cells.values()] == [*range(16)]


DOWN = {
    "三、本年度办理结果": "三、\n本\n年\n度\n办\n理\n结\n果", "（三）不予公开": "（三）\n不\n予\n公\n开",
    "3.其他": "3、其他", "1.属于国家秘密": "1、属于国家秘密",
}  # fmt: skip


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("typed", [*DOWN, ""])
def test_labels_that_go_down_the_page_or_have_another_stop_are_labels_a_cell_a_line(typed, tmp_path):
    words = {typed: DOWN[typed]} if typed else DOWN
    cells = [cell for row in imports.rows("table3", **words) for cell in row if cell]
    lines = [
        TITLE,
        "一、总体情况",
        "平稳。",
        "三、收到和处理政府信息公开申请情况",
        *cells,
        "五、存在的主要问题及改进情况",
        "无。",
    ]
    made = imports.begin(tmp_path, ("a.txt", "\n".join(lines))).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}


def test_figures_a_cell_a_line_of_a_table_whose_parts_differ_in_columns_are_doubtful():
    labels = replace(labelled.labels_of(formats.library(), FORMATS["2021"]), columns={})
    heads = [cell for row in imports.rows("table4")[:-1] for cell in row]
    cells = [Paragraph(one, f"第{at}行") for at, one in enumerate([*heads, *"0123456789"])]
    made = [*strips.grids(cells, labels, has_blanks=True)]
    assert [one.rows[row][at] for one in made for row, at in sorted(one.doubtful)] == [*"0123456789"]
