"""Rows with the same sign or words in each: they are rows of one table, and are not called by what they have in common."""

import pytest

from cases import each
from imports import TITLE, begin, made_of, rows
from nianbao.importing import labelled, plainfile
from nianbao.importing.lines import textlines
from nianbao.statute.formats import library

CHAPTER = "三、收到和处理政府信息公开申请情况"


def with_signs(sign, columns):
    """Table three with a sign in some of the seven columns of figures, in each row."""
    made = []
    for row in rows("table3"):
        places = [at for at, text in enumerate(row) if text == "3"]
        signed = [places[at] for at in columns] if places else []
        made.append([sign if at in signed else text for at, text in enumerate(row)])
    return made


def questions(made):
    return [one for one in made.questions if "没有找到" not in one]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("sign", "value"), [("/", None), ("—", None), ("无", None), ("0件", 0), ("零", 0)])
@pytest.mark.parametrize("columns", [range(1, 6), [6], range(7)])
def test_rows_with_the_same_sign_are_rows_of_one_table(sign, value, columns):
    made = made_of(with_signs(sign, columns), chapter=CHAPTER)
    values = [cell.value for cell in made.taken["table3"].cells.values()]
    row = [value if at in columns else 3 for at in range(7)]
    assert values == row * (len(values) // 7)
    assert questions(made) == []


def test_rows_with_the_same_unclear_words_are_asked_about_cell_by_cell():
    made = made_of(with_signs("约3件", [6]), chapter=CHAPTER)
    values = [cell.value for cell in made.taken["table3"].cells.values()]
    assert values == [3, 3, 3, 3, 3, 3, None] * (len(values) // 7)
    [asked] = questions(made)
    assert asked.startswith("下列单元格读不准")


@pytest.mark.parametrize("columns", [range(1, 6), [6]])
def test_a_table_with_signs_may_go_on_another_page(columns):
    table = with_signs("/", columns)
    made = made_of(table[:14], "-4-", table[14:], chapter=CHAPTER)
    assert "table3" in made.taken
    assert questions(made) == []


def test_a_table_of_nothing_but_signs_is_none_without_figures():
    """Such a table of the report and a blank form of it are one table."""
    blank = [["" if text == "3" else text for text in row] for row in rows("table3")]
    made = made_of(with_signs("/", range(7)), "说明如下。", blank, chapter=CHAPTER)
    assert {cell.state for cell in made.taken["table3"].cells.values()} == {"不适用"}


def signed(sign):
    """The rows of each table, with a sign for each figure; blanks of merged cells are none, as copied text has lost them."""
    return [
        [[sign if cell in {"3", "8"} else cell for cell in row if cell] for row in rows(key)]
        for key in ("table2", "table3", "table4")
    ]


def tables_of(lines):
    """The tables in lines of text, and what is asked of them."""
    labels = labelled.labels_of(library(), library().formats["2021"])
    read = textlines.read(plainfile.read("\n".join(lines).encode()).blocks, labels)
    return [block for block in read.blocks if hasattr(block, "rows")], read.asked


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("sign", ["/", "-", "—", "无"])
def test_tables_with_signs_for_all_figures_are_read_with_a_cell_a_line_and_with_bars(sign, tmp_path):
    headings = "二、主动公开政府信息情况", CHAPTER, "四、政府信息公开行政复议、行政诉讼情况"
    for name, laid in {"a": lambda row: row, "b": lambda row: [f"| {' | '.join(row)} |"]}.items():
        lines = [TITLE.format(2023), "一、总体情况", "平稳。"]
        for heading, table in zip(headings, signed(sign), strict=True):
            lines += [heading, *(line for row in table for line in laid(row))]
        made = begin(tmp_path / name, ("报告.txt", "\n".join([*lines, "五、存在的主要问题及改进情况", "无。"]))).made
        typed = [[cell.state for cell in taken.cells.values()] for taken in made.taken.values()]
        assert [len(one) for one in typed] == [10, 175, 15]
        assert {state for one in typed for state in one} == {"不适用"}
        assert questions(made) == []


def test_a_row_of_dashes_is_none_of_the_rules_of_a_drawn_table():
    lines = ["| 行政复议 | 行政诉讼 |", "|---|---|", "| 结果维持 | 结果纠正 |", "| - | - |", "|----|:---:|"]
    [grid], _ = tables_of(lines)
    assert grid.rows == (("行政复议", "行政诉讼"), ("结果维持", "结果纠正"), ("-", "-"))


@each("begins", ["", "|\n"])
@each("lost", [0, 1])
def test_a_row_without_labels_whose_blanks_have_bars_is_read_where_it_is_whole(begins, lost):
    heads = [[cell for cell in row if cell] for row in rows("table4")[:3]]
    whole = [[*row, *[""] * (15 - len(row))] for row in heads]
    figures = ["1", "", "2", "", "3", *[""] * 10]
    cells = [f"{begins}{' |{}'.join(row)} |".replace("{}", "\n") for row in (*whole, figures[lost:])]
    [grid], _ = tables_of("\n".join(cells).split("\n"))
    assert [cell for cell in grid.rows[-1] if cell] == (["2", "3"] if lost else ["1", "2", "3"])
    assert bool(grid.doubtful) == bool(lost)


def test_the_sign_at_the_end_of_a_head_that_was_cut_is_no_figure():
    """As stored pages have 本年增/减: with 减 lost."""
    head = ["信息内容", "上一年项目数量", "本年增/", "处理决定数量"]
    licences = ["第二十条第（五）项", *head, "行政许可", "18", "-2", "1625", "其他对外管理服务事项", "0", "0", "3"]
    fines = ["第二十条第（六）项", *head, "行政处罚", "137", "0", "112", "行政强制", "12", "0", "21"]
    [grid], asked = tables_of([*licences, *fines])
    assert grid.rows[2] == ("行政许可", "18", "-2", "1625")
    assert grid.rows[-2:] == (("行政处罚", "137", "0", "112"), ("行政强制", "12", "0", "21"))
    assert asked == {}


def test_a_label_in_other_words_below_a_chapters_heading_is_a_cell_where_a_bar_ends_it():
    figures = [line for one in ("3", "0", "0", "0", "0", "0", "3") for line in (one, "|")]
    label, below = "一、本年新收政府信息公开申请数量（件）", "二、上年结转政府信息公开申请数量"
    [grid], _ = tables_of([CHAPTER, label, "|", *figures, below, "|", *figures])
    assert grid.rows[0][:2] == (label, "3")
