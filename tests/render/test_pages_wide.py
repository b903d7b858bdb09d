"""What an analyst adds stays inside the screen and the paper, and does nothing of its own."""

import pandas as pd
import pytest

from looking import BOTTOM, DESK, LEFT, PHONE, RIGHT, TOP, ink
from nianbao.render.pdf import typeset
from paper import CHARACTERS, PRINTED, sheets
from pictures import HOSTILE, SVG, png
from published import notebook, printed, rendered, shown

pytestmark = pytest.mark.browser

WIDE = {
    "frame": shown(html=pd.DataFrame([[123456] * 30] * 3, columns=[f"第{n}列" for n in range(30)]).to_html(border=1)),
    "very-wide-frame": shown(html=pd.DataFrame([[123456] * 60]).to_html()),
    "long-frame": shown(html=pd.DataFrame({"序": range(120), "说明": "文字" * 40, "编号": "x" * 300}).to_html()),
    "styler": shown(html=pd.DataFrame([[0.5] * 30] * 3, index=["甲" * 20, "乙", "丙"]).style.to_html()),
    "wide-picture": shown(png=png(3000, 600)),
    "tall-picture": shown(png=png(600, 3000)),
    "drawing": shown(svg=SVG.replace('width="60" height="30"', 'width="2000" height="300"', 1)),
    "stdout": printed("x" * 500 + "\n" + "字" * 300 + "\n"),
    "plain": shown(plain="y" * 500),
    "text": "长" * 300 + " " + "z" * 200 + " https://www.example.gov.cn/" + "path/" * 60,
    "table": "|" + "长标题|" * 20 + "\n|" + "---|" * 20 + "\n|" + "12345|" * 20,
}


def typed(columns, cell):
    """A table of Markdown with two rows."""
    head = "|".join(f"重点任务{number}" for number in range(1, columns))
    return f"|项目|{head}|\n{'|---' * columns}|\n" + f"|甲{f'|{cell}' * (columns - 1)}|\n" * 2


def written(columns, cell="按时完成", style="", sheet=""):
    """A table of HTML with a style of its own, and one of its cells."""
    head = "".join(f"<th>列{number}</th>" for number in range(columns))
    rows = f"<tr>{f'<td>{cell}</td>' * columns}</tr>" * 2
    return shown(html=f"<style>td {{ {sheet} }}</style><table style='{style}'><thead><tr>{head}</tr></thead>{rows}</table>")


IMAGE = f"src='data:image/png;base64,{png(600, 60)}'"
TERMS = "+".join(f"x_{{{number}}}^2" for number in range(60))
HALVES = pd.MultiIndex.from_product([["上半年", "下半年"], list("甲乙丙丁戊己庚辛壬癸")])
WIDER = {
    **{
        f"{columns} columns of {cell}": typed(columns, cell)
        for columns in (13, 14, 16, 20, 24)
        for cell in ("1", "按时完成")
    },
    "numbers": typed(14, "1,234,567.89"),
    "heads of several columns": shown(html=pd.DataFrame([[123456] * 20] * 3, columns=HALVES).to_html()),
    "wide table": written(5, style="width: 1500px !important"),
    "wide cells": written(5, sheet="min-width: 300px !important; padding: 0 90px"),
    "large letters": written(12, sheet="font: 24px serif; letter-spacing: 12px"),
    "words that stay whole": written(6, "x" * 60, sheet="overflow-wrap: break-word"),
    "space between cells": written(14, style="border-collapse: separate; border-spacing: 40px"),
    "table in a cell": shown(
        html=f"<table><tr><td><table><tr>{'<td>按时完成1234</td>' * 14}</tr></table></td></tr></table>"
    ),
    "long name": shown(html=f"<table><caption>{'g' * 200}</caption><tr><td>1</td><td>2</td></tr></table>"),
    "wide box": shown(html=f"<div style='min-width: 1200px !important; width: 1500px'>{'丁' * 100}</div>"),
    "margins": shown(html="<div style='margin: 0 200px; padding: 0 99px'>" * 4 + "字" + "</div>" * 4),
    "boxes as cells": shown(
        html="<div style='display: table'>" + "<div style='display: table-cell; width: 200px'>甲</div>" * 8
    ),
    "typed box": "<div style='min-width: 1200px'><span style='display: block; width: 900px'>甲</span></div>",
    "pictures": shown(html=f"<img alt='图' style='min-width: 1800px; max-width: none' {IMAGE}>"),
    "pictures in cells": shown(html=f"<table><tr>{f'<td><img alt=图 width=900 {IMAGE}></td>' * 4}</tr></table>"),
    "code": f"`{'c' * 200}`\n\n```\n{'d' * 300}\n```\n\n<pre style='min-width: 1000px'>{'e' * 200}</pre>",
    "quotes": shown(html=f"{'<blockquote>' * 15}字{'</blockquote>' * 15}"),
    "lists": shown(html=f"{'<ul><li>a' * 10}{'</li></ul>' * 10}"),
    "formula": f"$${TERMS}$$",
    "formula in a line": f"前 ${TERMS}$ 后",
    "fraction": f"$$\\frac{{{TERMS[:200]}}}{{2}}$$",
    "matrix": f"$$\\begin{{pmatrix}}{TERMS[:200].replace('+', '&')}\\end{{pmatrix}} = 1$$",
}


@pytest.mark.parametrize("at", range(5))
def test_printed_by_the_browser_nothing_wide_makes_the_page_smaller_or_is_cut(at, visit, tmp_path):
    """What is wide makes a browser print all of its page smaller."""
    text = f"{'文' * CHARACTERS * 2}。"
    cells = [one for cell in [*(WIDE | WIDER).values()][at::5] for one in (cell, text)]
    (tmp_path / "page.html").write_text(rendered(notebook(text, *cells))[1], "utf-8")
    seen = visit(tmp_path / "page.html")
    seen.emulate_media(media="print")
    letters = seen.evaluate("[...document.querySelector('main').innerText].filter(one => one.trim()).length")
    seen.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    lines = [line for sheet in sheets((tmp_path / "printed.pdf").read_bytes(), PRINTED) for line in sheet.lines]
    assert {round(line.gap, 2) for line in lines if line.text.startswith("文文文")} == {1.0}
    assert sum(LEFT < one.left and one.right < RIGHT for line in lines for one in line.letters) >= letters


def test_what_an_analyst_adds_stays_on_screen_and_paper_however_wide(visit, tmp_path):
    page, html = rendered(notebook("前文。", *WIDE.values(), "后文。"))
    (tmp_path / "page.html").write_text(html, "utf-8")
    (tmp_path / "page.pdf").write_bytes(typeset(page))
    for left, top, right, bottom in ink(tmp_path / "page.pdf", tmp_path):
        assert (LEFT <= left, TOP <= top, right <= RIGHT, bottom <= BOTTOM) == (True,) * 4
    for viewport in (PHONE, DESK):
        seen = visit(tmp_path / "page.html", viewport)
        assert [] == seen.said
        assert viewport["width"] >= seen.evaluate("document.documentElement.scrollWidth")
    seen.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    for left, _, right, _ in ink(tmp_path / "printed.pdf", tmp_path / "printed"):
        assert (LEFT <= left, right <= RIGHT) == (True, True)


def test_a_wide_picture_fills_the_line_without_an_indent(tmp_path):
    page, _ = rendered(notebook(WIDE["wide-picture"]))
    (tmp_path / "page.pdf").write_bytes(typeset(page))
    assert [28, 184] == [round(edge) for edge in ink(tmp_path / "page.pdf", tmp_path)[0][::2]]


@pytest.mark.parametrize(
    "html", [one for name, one in HOSTILE.items() if name != "drawing"], ids=[name for name in HOSTILE if name != "drawing"]
)
def test_nothing_an_output_holds_runs_or_asks_for_anything(html, visit, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    page = visit(path)
    assert ([path.as_uri()], []) == (page.asked, page.said)
    assert "run" != page.title()
