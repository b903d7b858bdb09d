"""What an analyst adds stays inside the screen and the paper, and does nothing of its own."""

import pandas as pd
import pytest

from looking import BOTTOM, DESK, LEFT, PHONE, RIGHT, TOP, ink
from nianbao.render.pdf import typeset
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


@pytest.mark.parametrize("cell", WIDE.values(), ids=WIDE)
def test_what_an_analyst_adds_stays_on_screen_and_paper_however_wide(cell, visit, tmp_path):
    page, html = rendered(notebook("前文。", cell, "后文。"))
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
