"""Where a page ends: no label is torn in two, and no text runs off the paper."""

import re
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import make
from nianbao import formatnames
from nianbao.document.tables import to_html
from nianbao.render import formats, letters, lines
from nianbao.render.broken import in_lines
from nianbao.render.clean import clean
from nianbao.render.folios import filled
from nianbao.render.page import Page
from nianbao.render.pagination import PITCH
from nianbao.render.unparted import pieced
from nianbao.shown.htmltree import body_of
from nianbao.state import State
from pictures import png
from published import squeezed, texts
from readers import READERS

LONG = "长" * 3000
WIDE = "".join(f"<td>指标{number}</td>" for number in range(20))


def table(name, year=2024):
    """A statutory table as a page holds it."""
    report = make(year)
    return clean(f'<div class="report">{to_html(report, report.format.tables[name])}</div>')


def page_of(body):
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(body))


def assert_whole_on_paper(body):
    """All of the text is on the paper (the reader of PDFs sees to that), in the order of the HTML."""
    page = page_of(body)
    said = {name: squeezed(READERS[name](formats.find(name).make(page, None))) for name in formatnames.names()}
    assert {said["html"]} == set(said.values())


@pytest.mark.parametrize(
    "empty", ["<br>", "<br><br>", "<sub></sub>", "<u> </u>", '<a id="x"></a>', "<wbr>", "<s><b></b></s>"]
)
def test_paragraphs_and_items_without_words_take_no_text_along(empty):
    lists = f"<ul><li>{empty}</li><li>丙</li></ul><ol><li><p>{empty}</p><p>丁</p></li></ol>"
    quoted = f"<blockquote><p>{empty}</p></blockquote>"
    assert_whole_on_paper(f"<p>甲</p><p>{empty}</p><p>乙{empty}</p>{lists}{quoted}<p>{empty}</p>")


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("year", [2019, 2024])
def test_a_long_table_goes_over_a_page_only_before_ten_lines_or_more_stay_empty(year):
    long = table("table3", year)
    labels = [
        squeezed(re.sub("<[^>]*>", "", one)) for one in re.findall(r'<th [^>]*scope="row"[^>]*>(.*?)</th>', long, re.S)
    ]
    assert len(labels) > 20
    lines = {"<p>甲</p>" * count: count for count in (5, 9, 12, 14, 18, 20)}
    for count in (5, 17, 23, 29):  # lines of 14.25 pt, on whole lines of the page
        lines[f"<p>甲</p><pre>{'x' * 9}{chr(10) * count}y</pre>"] = 1 + ceil((14.25 * (count + 1) + 8.5) / PITCH)
    for before in lines:
        pages = list(map(squeezed, texts(formats.find("pdf").make(page_of(before + long), None))))
        on = [sum(label in text for label in labels) for text in pages if "自然人" in text]
        free = 22 - lines[before]
        assert len(on) == (2 if 9 < free < 14 else 1), (free, on)
        assert min(on) > 2


@each("lines", [6, 9, 12, 15, 18])
@each(("across", "along"), [(700, 1620), (300, 1500), (600, 500)])
def test_no_picture_is_printed_too_narrow_to_be_read(lines, across, along):
    """55 mm, or seven tenths of what it is on a page of its own."""
    figure = f'<figure><img alt="图" src="data:image/png;base64,{png(across, along)}"></figure>'
    told = filled(f"{'<p>文。</p>' * lines}{figure}<p>后。</p>")
    tall = min([float(one) for one in re.findall(r"--most: ([\d.]+)mm", told)] or [183.0])
    own = min(183.0, along * min(156 / across, 25.4 / 96))
    assert tall > 0.69 * own or tall * across / along > 54


@each(
    ("behind", "risen"),
    [
        ("<p>后。</p>" * 30, 14),
        ("<p>后。</p>" * 3 + "<h2>五、问题</h2><p>末。</p>", 3),
        (f"<p>{'后' * 28 * 15}</p>", 0),  # a paragraph goes up as a whole
        ("<ol><li>后。</li></ol>", 0),
        (f'<p>后。</p><p><img alt="图" src="data:image/png;base64,{png(90, 60)}"></p><p>末。</p>', 1),
        ('<p>后。</p><p>末。</p><div class="signature"><p>示例市测试局</p></div>', 1),
        ("<p>后。<br>\n又。</p>\n" * 3 + "<h2>五、问题</h2><p>末。</p>", 3),
        ("<p>后。</p><p>从上图可见。</p><p>末。</p>", 1),
        ("<p>后。</p><p>下图是各镇情况。</p><p>末。</p>", 1),
        ("<p>后。</p><p>具体情况为：</p><p>末。</p>", 1),
        ("<p>图2 乙</p><p>末。</p>", 0),
        ("<p>后。</p>\n<p>再。\n</p>" + '<div class="note"><p>注：乙。</p></div><p>末。</p>', 1),
    ],
)
@each("note", ["", '<div class="note"><p>注：甲。</p>\n</div>'])
@each("name", ["", "\n<figcaption>图1 甲\n乙</figcaption>\n"])
def test_paragraphs_behind_a_tall_picture_are_printed_in_the_room_above_it(behind, note, name, risen):
    image = f'<img alt="图" src="data:image/png;base64,{png(700, 1620)}">'
    told = filled("<p>文。</p>" * 8 + f"<figure>{image}{name}</figure>{note}{behind}")
    box = re.sub(r'<div class="note">.*?</div>', "", told, flags=re.S).partition('<div class="rise">')[2]
    assert len(re.findall(r"<p\b", box.partition("</div>")[0])) == risen
    assert "<!--" not in told


def test_what_stands_behind_a_table_and_a_picture_of_unknown_size_stays():
    picture = f'<figure><img alt="图" width="9" height="9" src="data:image/png;base64,{png(9, 9)}"></figure>'
    body = "".join(f"{one}<p>甲。</p>\n<p>乙。</p>\n<p>丙。</p>" for one in (picture, own(["名"], [["丁"]] * 9)))
    assert re.sub("<[^>]*>", "", filled(body)) == re.sub("<[^>]*>", "", body)


def test_a_paragraph_has_as_many_lines_as_a_browser_gives_it():
    assert [in_lines(html).lines for html in ("", "甲\n乙", "甲<br>\n乙", "甲 <br> 乙<br>丙")] == [1, 1, 2, 3]


def test_what_is_printed_in_another_form_is_read_once():
    wide = f'<table id="T_1"><tr><th id="T_1_a">镇</th>{WIDE}</tr></table>'
    tables = f'<div class="scroll">{wide}</div>{"<p>文。</p>" * 7}{table("table3")}'
    made = formats.find("html").make(page_of(f"<h2>三、申请</h2>{tables}<p>后。</p>"), None).decode()
    assert made.count("<div hidden") == 3  # two parts of the one, and the other with its labels again
    said = READERS["html"](made.encode())
    assert (said.count("指标7"), said.count("不予公开")) == (1, 1)
    names = re.findall(' id="([^"]*)"', made)
    assert len(names) == len(set(names)) > 80


def with_text(html, text):
    """The table with the text added to its first row's label."""
    return re.sub(r'(scope="row"[^>]*>)', rf"\g<1>{text}", html, count=1)


def own(heads, rows, style=""):
    """A table of one's own, as a page holds it."""
    head = "".join(f"<tr>{''.join(f'<th>{cell}</th>' for cell in row)}</tr>" for row in heads)
    body = "".join(f"<tr{style}>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("<table><tr></tr></table>", ""),
        ("<table><caption>表1 甲</caption><colgroup><col><col></colgroup><tbody><tr></tr></tbody></table>", "表1甲"),
        ("<table><tr><td>子<table><tr></tr></table></td></tr></table>", "子"),
    ],
)
def test_a_table_without_a_cell_shows_its_name_at_most(table, shown):
    for html in (table, f'<div class="scroll">{table}</div>'):
        page = page_of(f"<p>前</p>{html}<p>后</p>")
        said = [squeezed(READERS[name](formats.find(name).make(page, None))) for name in formatnames.names()]
        assert {one.replace("标题", "") for one in said} == {f"前{shown}后"}


TALL = {
    "short table": lambda: with_text(table("table2"), LONG[:1500]),
    "many lines in a short table": lambda: re.sub(r'(scope="row"[^>]*>)', rf"\g<1>{LONG[:58]}", table("table2")),
    "long table": lambda: with_text(table("table3"), LONG),
    "numbers": lambda: re.sub(r"(<td [^>]*>)0", rf"\g<1>{'1' * 300}", table("table3")),
    "note": lambda: f'<div class="note"><p>注：{LONG}</p></div>',
    "signature": lambda: f'<div><div class="signature"><p>{LONG}</p></div></div>',
    "editor": lambda: f'<div><div class="editor"><p>{LONG}</p></div></div>',
    "heading": lambda: f"<h1>{LONG}</h1><h2>{LONG}</h2><p>甲</p>",
    "caption": lambda: f'<div class="scroll"><table><caption>{LONG}</caption><tr><td>字</td></tr></table></div>',
    "head": lambda: f'<div class="scroll"><table><thead><tr><th>{LONG}</th></tr></thead><tr><td>字</td></tr></table></div>',
    "narrow head": lambda: (
        f'<div class="scroll"><table><thead><tr><th>{LONG[:500]}</th><th>乙</th></tr></thead>'
        f"<tr><td>字</td><td>{LONG}</td></tr></table></div>"
    ),
    "rows of heads": lambda: own([["甲", "甲"]] * 45, [["乙", "丙"]]),
    "blank rows of heads": lambda: own([["", ""]] * 60, [["乙", "丙"]]),
    "two rows": lambda: own([["问题", "措施"]], [[LONG[:700], LONG[:700]]] * 2),
    "cells": lambda: (
        f'<div class="scroll"><table><tr><td>甲</td><td>{LONG}</td><td>乙{LONG[:2000]}</td></tr>'
        f"<tr><td rowspan=2>丙</td><td>丁{LONG}</td><td>戊</td></tr><tr><td>己</td><td>庚</td></tr></table></div>"
    ),
}


@pytest.mark.by_turns(12)
@pytest.mark.parametrize("tall", TALL.values(), ids=TALL)
def test_what_is_taller_than_a_page_goes_on_on_the_next(tall):
    assert_whole_on_paper(f"<p>前</p>{tall()}<p>后</p>")


FIGURE = f'<figure><img src="data:image/png;base64,{png(600, 600)}" alt="图"></figure>'


def test_a_table_that_no_page_holds_changes_nothing_of_what_stands_above_it():
    above = f"<p>前</p>{FIGURE}<p>中</p>{table('table4')}<p>后</p>"
    below = own([["问题", "措施"]], [[LONG[:700]] * 2] * 2)
    assert filled(above + below).startswith(filled(above))
    assert "--most" in filled(above)


def test_rows_and_pictures_keep_their_own_looks_beside_those_of_the_print():
    look = ' style="color:#333"'
    own_look = FIGURE.replace("<figure", f"<figure{look}")
    page = filled(f"<p>前</p>{own_look}<p>{'字' * 28 * 13}</p>{own([['问题', '措施']], [[LONG[:700]] * 2] * 3, look)}")
    assert not re.search("<[^>]* style=[^>]* style=", page)
    assert page.count("color:#333") == page.count('; color:#333"') == 4


# What decides where lines may end.
WORDS = [
    "政务公开",
    "字" * 9,
    *"，。“”《》（）； ",
    "——",
    "3件",
    "〔2021〕30号",
    "第五十条",
    "<br>",
    "&amp;",
    "CO<sub>2</sub>",
]
WORDS += ["CO<sub>2</sub>", "<strong>重点</strong>", '<a href="https://a.test/">专栏</a>', "https://www.a.test/zwgk/index"]
WORDS += ["<code>a=1</code>", "<b>（甲）</b>（", "<code>x</code>《"]


def with_pieces(html):
    """A paragraph's words with what no line parts, as a page has them."""
    return pieced(f"<p>{html}</p>").removeprefix("<p>").removesuffix("</p>")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map("".join))
def test_telling_a_browser_of_lines_changes_no_word_and_tears_no_element(html):
    html = with_pieces(html)
    told = in_lines(html).html
    marks = '<span class="(?:half|begins(?: joined)?|ends)">|</span>|<wbr>'
    assert re.sub(marks, "", told) == re.sub(marks, "", html)
    assert body_of(f"<p>{told}</p>").html == f"<body><p>{told}</p></body>"


def test_marks_are_squeezed_so_that_a_line_holds_28_characters_and_what_would_go_up_is_held():
    law = "按照《中华人民共和国政府信息公开条例》第五十条的规定，现公布。"
    squeezed = '<span class="half">》</span>', '<span class="half">，</span>'
    assert in_lines(law + "字" * 30).html == law.replace("》", squeezed[0]).replace("，", squeezed[1]) + "字" * 30
    # The last line is not to hold one character alone.
    held = '<span class="begins">文文'
    assert in_lines("文" * 54 + "。") == (f"{'文' * 25}{held}</span>{'文' * 25}{held}</span>。", 3)
    assert in_lines("字" * 20).html == "字" * 20
    # Where an element begins or ends in between, its parts are joined.
    assert in_lines(f"<b>{'文' * 26}</b>{'文' * 28}。").html == (
        f'<b>{"文" * 25}<span class="begins joined">文</span></b><span class="begins">文</span>{"文" * 25}{held}</span>。'
    )
    other = f"{'字' * 25}，末，<ruby>a<rt>b</rt></ruby>"  # nobody knows how wide that is
    assert in_lines(other).html == other


def test_of_many_breaks_none_is_looked_for_among_all_of_them(monkeypatch):
    class Counted(list):
        asked = 0

        def __contains__(self, one):
            type(self).asked += len(self)
            return super().__contains__(one)

    class Words(letters.Words):
        def _measure(self, *about):
            self.breaks = Counted(self.breaks)
            super()._measure(*about)

    monkeypatch.setattr(lines, "Words", Words)
    assert in_lines("甲<br>\n" * 400, room=27.5).lines == 401
    assert Counted.asked < 4_000


def test_a_mark_that_opens_something_is_squeezed_from_its_left_where_those_that_close_are_too_few():
    told = in_lines(f"{'字' * 12}前“文{'字' * 11}，{'字' * 27}。").html
    half = '<span class="half">{}</span>'.format
    assert told == f"{'字' * 12}{half('前')}“文{'字' * 11}{half('，')}{'字' * 27}。"


def test_lines_are_chosen_once_for_the_web_page_and_the_pdf():
    page = page_of("".join(f"<p>{one * 60}。</p><ol><li>{one * 30}，{one * 30}。</li></ol>" for one in "甲乙丙"))
    lines.planned.cache_clear()
    formats.find("html").make(page, None)
    chosen = lines.planned.cache_info().misses
    formats.find("pdf").make(page, None)
    assert (chosen, lines.planned.cache_info().misses) == (6, 6)
