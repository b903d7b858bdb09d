"""What the tags of a PDF say: looks of words, levels, marks and depths of lists, spans of cells."""

import base64

from imports import imported
from nianbao.render import formats
from nianbao.render.clean import clean
from nianbao.render.page import Page
from nianbao.shown import html, pdf, torn
from nianbao.shown.blocks import Paragraph
from nianbao.shown.htmltree import body_of
from nianbao.state import State

BODY = """<h1>示例市测试局2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2>
<p>受理12<sup>1</sup>件，<s>3</s>水<sub>二</sub>。</p>
<ul><li>甲<ul><li>乙</li></ul></li></ul><ol start="3"><li>丙</li></ol>
<table><tr><th colspan="2">丁</th><th rowspan="2">戊</th></tr><tr><td>1</td><td></td></tr>
<tr><td></td><td>2</td><td>3</td></tr></table>"""


def made(body):
    page = Page("标题", "示例市", "2024-01-20", State.PUBLISHED, clean(f'<div class="report">{body}</div>'))
    return formats.find("pdf").make(page, None)


def test_words_look_as_the_tags_say():
    pieces = [piece for one in pdf.parsed(made(BODY)).blocks if isinstance(one, Paragraph) for piece in one.pieces]
    looks = {
        piece.text: (piece.looks.raised, piece.looks.struck) for piece in pieces if piece.looks.raised or piece.looks.struck
    }
    assert looks == {"1": ("sup", False), "二": ("sub", False), "3": ("", True)}


def test_it_shows_what_the_page_shows_that_it_was_made_of():
    def told(blocks):
        return [(one.level, one.marks, one.depth) for one in blocks if isinstance(one, Paragraph)]

    def cells(blocks):
        return [
            [(cell.across, cell.along) for cell in row]
            for one in blocks if not isinstance(one, Paragraph) for row in one.rows
        ]  # fmt: skip

    from_html, from_pdf = html.blocks_in(body_of(BODY)), pdf.parsed(made(BODY)).blocks
    assert told(from_html) == told(from_pdf)
    assert cells(from_html) == cells(from_pdf)


def test_the_words_of_a_drawing_are_none_of_the_text():
    words = '<text x="9" y="50" font-size="18"><tspan>登</tspan><tspan font-weight="bold">记</tspan></text>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">{words}</svg>'
    image = f'<img alt="流程" src="data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}">'
    body = f"<p>前。</p><p>{image}</p><figure>{image}<figcaption>图1 流程</figcaption></figure><p>后。</p>"
    assert pdf.read(made(body)).blocks == ("前。", "图1流程", "后。")


def test_a_raised_figure_of_the_kits_own_pdf_is_asked_about(tmp_path):
    begun = imported(tmp_path, ("a.pdf", made(BODY)))
    assert "受理12<sup>1</sup>件，水<sub>二</sub>。" in begun.made.files["narrative.md"]
    assert [len(about) for question, about in begun.made.questions.items() if "上标" in question] == [2]


def test_a_pdf_that_ends_otherwise_than_the_kits_has_no_torn_lines():
    own = made(BODY)
    at = own.rindex(b"startxref")
    ends = (
        b"startxref\r\n1\r\n%%EOF",
        b"startxref 1 %%EOF",
        b"startxref\n",
        b"startxref\nnone\n%%EOF",
        b"startxref\n99999999\n%%EOF",
    )
    for other in (b"", b"%PDF-1.7", own[:at], own[: at // 2], *(own[:at] + end for end in ends)):
        assert torn.torn(other) == [], other[-40:]
    assert torn.torn(own.replace(b"startxref\n", b"startxref\r\n")) == []
