"""How wide columns are that the page is too narrow for, in the PDF, in Word and where a browser prints them."""

import io
import re

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

import paper
from cases import each
from nianbao.render import docx, formats
from nianbao.render.clean import clean
from nianbao.render.columns import fitted
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from nianbao.render.shares import cut, parts, shared
from nianbao.state import State
from published import notebook, rendered, shown

LONG = "已公布6批，涉及房源1283套，公示期内收到异议4件，均已答复，另有2件转有关单位办理"
HEADS = ("序号", "任务", "责任科室", "完成时间", "完成情况")
ROWS = (
    ("1", "公布保障性住房分配结果", "住房保障科", "每季度末", LONG),
    ("2", "公布改造计划", "城市建设科", "3月底", "同上"),
)
ROOM = 442.2  # of a page's width, in pt


def page():
    rows = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in ROWS)
    heads = "".join(f"<th>{one}</th>" for one in HEADS)
    body = f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f"<h2>附件</h2>{body}"))


def of_pdf():
    lines = [line.text for sheet in paper.sheets(typeset(page())) for line in sheet.lines]
    return [any(text in line for line in lines) for text in ROWS[0][:4]]


def of_word():
    (table,) = Document(io.BytesIO(docx.make(page()))).tables
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    return [len(text) * 180 + 104 <= width for text, width in zip(ROWS[0][:4], widths, strict=False)]


def of_print():
    widths = [float(one) * ROOM / 100 for one in re.findall(r"--wide: ([\d.]+)%", fitted(page().body))]
    return [len(text) * 9 + 7.2 <= width for text, width in zip(ROWS[0][:4], widths, strict=False)]


@each("whole", [of_pdf, of_word, of_print])
def test_short_texts_stay_in_one_line_beside_a_column_that_needs_several(whole):
    assert whole() == [True] * 4


def test_columns_are_as_wide_as_gives_the_fewest_lines():
    """One that is a bit too narrow for its text takes a line more in each row."""
    texts = [[(0, 10.0), (1, 40.0)], [(0, 10.0), (1, 4.0)], [(0, 10.0), (1, 4.0)]]
    assert shared([2.0, 2.0], [10.0, 40.0], 30.0, 0.0, texts) == [10.0, 20.0]
    assert shared([2.0, 2.0], [20.0, 22.0], 30.0, 0.0, [[(0, 20.0), (1, 22.0)]]) == pytest.approx([14.3, 15.7], abs=0.1)


def test_parts_of_a_table_cut_no_merged_cell():
    """They are as many as without it where that is possible. One that is wider than a part stands in each of these."""
    assert parts([2] + [1] * 10, 1, 8) == [[0, *range(1, 6)], [0, *range(6, 11)]]
    halves = [(1, 5), (5, 11)]
    assert parts([2] + [1] * 10, 1, 8, halves) == [[0, *range(1, 5)], [0, *range(5, 11)]]
    assert parts([2] + [1] * 10, 1, 8, [*halves, (1, 11)]) == [[0, *range(1, 5)], [0, *range(5, 11)]]
    assert parts([2] + [1] * 10, 1, 8, [(1, 8)]) == [[0, *range(1, 6)], [0, *range(6, 11)]]
    assert parts([2] + [1] * 10, 1, 8, [(0, 7)]) == [[0, *range(1, 7)], [0, *range(7, 11)]]  # over labels and others
    assert parts([2] + [1] * 6, 1, 8) == []


def test_a_merged_cell_that_parts_cut_is_told_by_the_number_of_its_row():
    rows = [[(1, 11)], [(1, 5), (5, 11)], []]
    assert [cut(rows, 1, first) for first in (4, 5)] == [[1, 2], [1]]
    assert cut([[(0, 11)]], 1, 5) == []  # it begins in the labels, of which each part has it


@pytest.mark.slow
@given(
    st.lists(st.floats(1, 9), min_size=3, max_size=30),
    st.integers(0, 2),
    st.floats(10, 60),
    st.lists(st.tuples(st.integers(0, 29), st.integers(2, 12)), max_size=4),
)
def test_each_part_has_room_and_each_column_stands_in_one(least, labels, room, cells):
    merged = [(begin, end) for begin, across in cells if (end := begin + across) <= len(least)]
    made = parts(least, labels, room, merged)
    if made:
        assert [at for part in made for at in part[labels:]] == list(range(labels, len(least)))
        assert all(part[:labels] == list(range(labels)) for part in made)
        free = room - sum(least[:labels])
        if merged[1:]:  # several may lie over each other, and be wider than a part together
            return
        whole = [(max(begin, labels), end) for begin, end in merged if sum(least[max(begin, labels) : end]) <= free]
        assert not any(begin < part[labels] < end for part in made[1:] for begin, end in whole)
        # One column may be wider than a page by itself.
        assert all(sum(least[at] for at in part) <= room + 1e-6 or len(part) == labels + 1 for part in made)


HALVES = "".join(
    f"<tr>{row}</tr>"
    for row in (
        f"<th rowspan=2>县区</th>{''.join(f'<th colspan=10>{half}半年</th>' for half in '上下')}",
        "".join(f"<th>指标{at}甲</th>" for at in range(20)),
        *(f"<th>甲县</th>{'<td>123456</td>' * 20}" for _ in range(3)),
    )
)


def test_a_wide_table_with_merged_heads_stands_in_parts_each_with_a_whole_head():
    head = "<table><caption>表5 情况</caption>"
    made = Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f'<div class="scroll">{head}{HALVES}</table></div>'))
    printed = formats.find("html").make(made, None).decode()
    assert [one.count("半年") for one in re.findall("<div hidden.*?</table>", printed, re.S)] == [1, 1]
    for kind in ("pdf", "docx"):
        (grid,) = formats.find(kind).read(formats.find(kind).make(made, None)).grids
        assert [(cell.text, cell.across) for cell in grid[0]] == [("县区", 1), ("上半年", 10), ("下半年", 10)]


QUARTERS = "".join(f"<th colspan=10>{one}季度</th>" for one in "一二三四")
WIDER = "".join(
    f"<tr>{row}</tr>"
    for row in (
        "<th rowspan=3>县区</th><th colspan=40>全年各项指标</th>",
        QUARTERS,
        "".join(f"<th>指标{at}甲</th>" for at in range(40)),
        f"<th>甲县</th>{'<td>123456</td>' * 40}",
        "<th colspan=41>口径以平台为准</th>",
        f"<th>乙县</th>{'<td>123456</td>' * 40}",
    )
)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_merged_cell_wider_than_a_page_stands_in_each_part_and_is_read_as_one(kind):
    """Else the whole table would be as small as it has to be: no more than a spot on paper."""
    head = "<table><caption>表5 情况</caption>"
    made = Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f'<div class="scroll">{head}{WIDER}</table></div>'))
    file = formats.find(kind).make(made, None)
    (grid,) = formats.find(kind).read(file).grids
    assert [(cell.text, cell.across) for cell in grid[0]] == [("县区", 1), ("全年各项指标", 40)]
    assert [(cell.text, cell.across) for cell in grid[1]] == [(f"{one}季度", 10) for one in "一二三四"]
    assert [(cell.text, cell.across) for cell in grid[4]] == [("口径以平台为准", 41)]
    if kind == "pdf":
        lines = [line for sheet in paper.sheets(file) for line in sheet.lines]
        assert sum("全年各项指标" in line.text for line in lines) == 4
        assert min(line.size for line in lines if "指标" in line.text) > 6.4


def test_the_parts_of_a_coloured_table_keep_its_colours_in_print():
    """Each of its cells has a name of its own there, as a page has each name once."""
    frame = pd.DataFrame([[0.5] * 30] * 2, index=["甲", "乙"]).style.background_gradient().set_caption("表5")
    html = rendered(notebook("前。", shown(html=frame.to_html())))[1]
    names = re.findall(' id="([^"]*)"', html)
    assert html.count("<div hidden") == 3
    assert len(names) == len(set(names))
    coloured = {name for name in re.findall(r"#(T_[\w-]+)", html) if "-part" in name}
    assert {name for name in names if re.search("_row._col.*-part", name)} <= coloured


@each(
    ("rows", "notes"),
    [(rows, notes) for rows in (0, 1, 2, 3) for notes in (["说明文字，" * 240], ["说明文字，" * 900], ["一条说明。"] * 60)],
)
def test_notes_longer_than_a_page_are_printed_below_however_few_rows_a_table_has(rows, notes):
    table = "表5 抽查情况\n\n|县|数|\n|---|---|\n" + "|甲县|2|\n" * rows
    _, made = rendered(notebook(table + "\n注：" + "\n\n注：".join(notes), is_published=True))
    assert made.count("甲县") == rows
    assert sum(made.count(one) for one in set(notes)) == len(notes)
