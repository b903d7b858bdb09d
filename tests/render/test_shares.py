"""How wide columns are that the page is too narrow for, in the PDF, in Word and where a browser prints them."""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn

import paper
from nianbao.render import docx
from nianbao.render.clean import clean
from nianbao.render.columns import fitted
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from nianbao.render.shares import shared
from nianbao.state import State

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


@pytest.mark.parametrize("whole", [of_pdf, of_word, of_print])
def test_short_texts_stay_in_one_line_beside_a_column_that_needs_several(whole):
    assert whole() == [True] * 4


def test_columns_are_as_wide_as_gives_the_fewest_lines():
    """One that is a bit too narrow for its text takes a line more in each row."""
    texts = [[(0, 10.0), (1, 40.0)], [(0, 10.0), (1, 4.0)], [(0, 10.0), (1, 4.0)]]
    assert shared([2.0, 2.0], [10.0, 40.0], 30.0, 0.0, texts) == [10.0, 20.0]
    assert shared([2.0, 2.0], [20.0, 22.0], 30.0, 0.0, [[(0, 20.0), (1, 22.0)]]) == pytest.approx([14.3, 15.7], abs=0.1)
