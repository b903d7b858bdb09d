"""Which table a label belongs to, where several formats have it."""

from dataclasses import replace

import pytest

import imports
from cases import each
from making import FORMATS
from nianbao.importing import labelled
from nianbao.importing.copies import Copy, Line, Wanted
from nianbao.importing.counted import is_part_title
from nianbao.importing.flow import Grid
from nianbao.importing.pieces import Piece
from nianbao.statute.formats import Library
from nianbao.statute.tree import Node


def test_a_label_of_several_tables_tells_none_of_them():
    form = FORMATS["2021"]
    table = form.tables["table4"]
    part = replace(table.parts[0], columns=(*table.parts[0].columns, Node("商业企业")))
    other = replace(form, id="city", tables=form.tables | {"table5": replace(table, id="table5", parts=(part,))})
    for formats in ({"2021": form, "city": other}, {"city": other, "2021": form}):
        labels = labelled.labels_of(Library(formats, {}), form)
        assert "商业企业" in labels.shared
        assert labels.table_of("商业企业") == ""
    assert labelled.labels_of(Library({"2021": form}, {}), form).table_of("商业企业") == "table3"


@each("blank", [0, 7, 14])
def test_a_blank_in_a_row_without_labels_moves_no_figure(blank):
    rows = imports.rows("table4")
    values = ["" if at == blank else str(at + 1) for at in range(15)]
    rows = [values if "3" in row else row for row in rows]
    made = imports.made_of(rows, chapter="四、政府信息公开行政复议、行政诉讼情况")
    taken = made.taken["table4"]
    assert [str(cell.value or "") for cell in taken.cells.values()] in (values, [""] * 15)
    assert blank == 14 or not taken.faults


def test_chapters_counted_as_parts_are_chapters_beside_a_table_in_tabs(tmp_path):
    for form in ("第{}部分 {}", "{}．{}", "{}、{}"):
        heads = [
            form.format(*one)
            for one in (("一", "总体情况"), ("二", "主动公开政府信息情况"), ("五", "存在的主要问题及改进情况"))
        ]
        table = ["\t".join(row) for row in imports.rows("table2")]
        lines = [imports.TITLE.format(2023), heads[0], "公开184条。", heads[1], *table, heads[2], "不足。"]
        made = imports.begin(tmp_path / form[:1], ("a.txt", "\n".join(lines))).made
        assert "公开184条。" in made.files["narrative.md"]
        assert [[], []] == [made.left_out, made.taken["table2"].faults]


def test_blank_merged_cells_on_the_right_of_a_row_that_lost_its_blanks_stop_nothing(tmp_path):
    rows = imports.rows("table3")
    rows[3] = ["一、本年新收政府信息公开申请数量</td><td></td><td>", "1", "2", "3", *[""] * 4, "</td><td colspan=3>"]
    made = imports.of_page(tmp_path, rows, chapter="三、收到和处理政府信息公开申请情况")
    assert ["“1、2、3”：7格只有3格有数，像是丢了空格"] == [one.found for one in made.taken["table3"].faults]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_parts_that_have_lost_their_titles_are_told_by_their_rows(form, is_shared):
    year = {"2021": 2023, "2019": 2020}[form]
    rows = [row for row in imports.rows(form=form) if not is_part_title(row[0])]
    again = [at for at, row in enumerate(rows) if row in rows[:at]] if is_shared else []
    rows = [row for at, row in enumerate(rows) if at not in again]
    made = imports.made_of(rows, year=year)
    assert {"3", "8"} == {str(cell.value) for cell in made.taken["table2"].cells.values()}
    assert [question for question in made.questions if "没有找到" not in question] == []


def test_a_row_below_heads_that_are_not_its_own_is_none_of_a_part_without_title():
    rows = [row for row in imports.rows() if not is_part_title(row[0])]
    rows = [row for at, row in enumerate(rows) if row[0] != "信息内容" or not at]
    made = imports.made_of(rows)
    assert made.taken["table2"].faults
    others = [key for key in made.taken["table2"].cells if "规章" not in key[0][0] and "规范性文件" not in key[0][0]]
    assert {None} == {made.taken["table2"].cells[key].value for key in others}


def test_what_is_said_of_a_row_that_is_none_of_a_copys_is_an_error_at_once():
    """The row of a grid that another one has replaced would be looked for under another key, and taken all the same."""
    grid, wanted = Grid((("行政许可", "3"),), "第1个表格"), Wanted(2023, "示例市财政局")
    piece = Piece("table2", grid, (0,), grid)
    of_row = Line("（2022年）", "上", places=frozenset([piece.key(0)]))
    again = replace(piece, grid=replace(grid, sheet="表二"))
    assert Copy("table2", wanted, [piece], around=(of_row,), doubtful={piece.key(0): "2022年"}).is_blank is False
    for about in ({"around": (of_row,)}, {"doubtful": {piece.key(0): "2022年"}}):
        with pytest.raises(AssertionError):
            Copy("table2", wanted, [again], **about)
    with pytest.raises(AssertionError):
        piece.key(1)
