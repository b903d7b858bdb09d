"""What a reader sees of a page on a screen, measured in Chromium."""

import io
import re
import zipfile

import pytest

from looking import DESK, PHONE
from nianbao.paths import TEMPLATES
from nianbao.render import docx
from nianbao.render.exporters import to_html
from nianbao.render.outputs import page_of
from pictures import png
from project import ROOT
from published import notebook, of, shown, standard_page

pytestmark = pytest.mark.browser
HEADINGS = '<h3>水质信息分月公开情况</h3><p><strong class="run-in">（一）主动公开。</strong>文。</p>'


@pytest.fixture
def opened(visit, tmp_path):
    def open_(page, size):
        (tmp_path / "page.html").write_text(page if isinstance(page, str) else to_html(page), "utf-8")
        return visit(tmp_path / "page.html", size)

    return open_


def test_a_heading_too_long_for_a_phone_ends_its_line_behind_a_mark_and_another_stands_in_one(opened):
    page = page_of(notebook(shown(html='<div class="report"><h2>四、政府信息公开行政复议、行政诉讼情况</h2></div>')))
    parts = "[...document.querySelectorAll('h2 .clause')].map(one => [one.textContent, one.getClientRects().length])"
    assert opened(page, PHONE).evaluate(parts) == [["四、政府信息公开", 1], ["行政复议、", 1], ["行政诉讼情况", 1]]
    tops = "new Set([...document.querySelectorAll('h2 .clause')].map(one => one.getBoundingClientRect().top)).size"
    assert [opened(page, size).evaluate(tops) for size in (PHONE, DESK)] == [2, 1]


def test_in_the_contents_beside_the_page_a_name_ends_its_line_by_sense(opened):
    heads = ("一、总体情况", "四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项")
    page = page_of(notebook(shown(html=f'<div class="report">{"".join(f"<h2>{one}</h2>" for one in heads)}</div>')))
    lines = "[...document.querySelectorAll('nav .clause')].map(one => [one.textContent, one.getBoundingClientRect().top])"
    (first, above), (second, below), (third, last) = opened(page, DESK).evaluate(lines)
    assert [first, second, third] == ["四、政府信息公开", "行政复议、", "行政诉讼情况"]
    assert above < below == last


def test_a_line_above_a_long_address_is_not_spread_out(opened):
    address = "https://www.shili.gov.cn/zwgk/xxgkml/xxgknb/2024/t20250120_1234567890.html"
    table = "<table><tr><td>1</td></tr></table>"
    written = f'<p>见{address}。</p>{table}<div class="note"><p>资料来源：{address}</p></div><p>电话：0999-5550123。</p>'
    page = page_of(notebook(shown(html=f'<div class="report">{written}</div>')))
    sides = "[...document.querySelectorAll('.report p')].map(one => getComputedStyle(one).textAlign)"
    assert opened(page, DESK).evaluate(sides)[-3:] == ["start", "start", "justify"]
    xml = zipfile.ZipFile(io.BytesIO(docx.make(page))).read("word/document.xml").decode()
    assert re.search(r'<w:pStyle w:val="TableNote"/>(?:(?!</w:pPr>).)*<w:jc w:val="left"/>', xml)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_heading_is_as_heavy_as_one_that_runs_in(opened, size):
    tab = opened(page_of(notebook(shown(html=f'<div class="report">{HEADINGS}</div>'))), size)
    weights = "['h3', 'strong'].map(one => getComputedStyle(document.querySelector(one)).fontWeight)"
    heavy, run_in = tab.evaluate(weights)
    assert int(heavy) >= 600 <= int(run_in)


def test_a_link_that_has_lost_its_address_looks_like_text(opened):
    tab = opened(page_of(of("# 公报\n\n见[附表](data/level.csv)和[专栏](https://example.com/a)。")), DESK)
    ink = "['p', 'a:not([href])', 'a[href^=https]'].map(one => getComputedStyle(document.querySelector(one)).color)"
    text, dead, alive = tab.evaluate(ink)
    assert (dead, alive != text) == (text, True)


def test_on_a_phone_the_labels_of_all_rows_begin_at_the_edge_and_stay_whole_when_the_table_is_moved(opened):
    tab = opened(standard_page(ROOT / "params", "shili-zrzyj", 2023), PHONE)
    begins = """moved => {
        const table = document.querySelector("#table3"), box = table.parentElement
        box.scrollLeft = moved
        const left = box.getBoundingClientRect().left
        return [...table.querySelectorAll("tbody .label")].map(one => Math.round(one.getBoundingClientRect().left - left))
    }"""
    begun = [tab.evaluate(begins, moved) for moved in (0, 20, 150)]
    assert ([len(one) for one in begun], {4 < left < 8 for one in begun for left in one}) == ([3] * 3, {True})


def test_a_drawing_keeps_its_size_on_a_phone_and_only_its_box_scrolls(opened):
    html = f'<figure class="numbered"><img src="{picture(585, 250)}" alt="图"><figcaption>各月</figcaption></figure>'
    page = page_of(notebook(shown(html=f'<div class="report">{html}</div>')))
    tab = opened(page, PHONE)
    assert tab.evaluate("Math.round(document.querySelector('figure img').getBoundingClientRect().width)") == 544
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    box = tab.locator("figure > [role=region]")
    assert (box.get_attribute("tabindex"), box.get_attribute("aria-label")) == ("0", "图1 各月")


def picture(width, height):
    return f"data:image/png;base64,{png(width, height)}"


def test_in_a_wider_page_than_the_kits_the_name_of_a_table_stands_in_its_middle(opened):
    """As JupyterLab shows it, and nbconvert without the kit's exporters."""
    body = standard_page(ROOT / "params", "shili-zrzyj", 2023).body
    css = (TEMPLATES / "report.css").read_text("utf-8")
    tab = opened(f'<!DOCTYPE html><html lang="zh-CN"><style>{css}</style><main style="width: 1140px">{body}</main>', DESK)
    apart = """[...document.querySelectorAll(".statutory")].map(table => {
        const [whole, name] = [table, table.caption].map(one => one.getBoundingClientRect())
        return Math.abs(whole.left + whole.right - name.left - name.right) < 2
    })"""
    assert tab.evaluate(apart) == [True] * 3
