"""Footnotes of a notebook: marks and texts in any of its cells, one numbering, in every format the same."""

import io
import re
import zipfile
from html import unescape

import pytest
from nbformat.v4 import new_code_cell
from pypdf import PdfReader

import readers
from looking import PHONE
from nianbao import markdown, sign
from nianbao.errors import RenderError
from nianbao.render import docx
from nianbao.render.exporters import to_html
from nianbao.render.fragment import to_fragment
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from published import body, notebook, of, printed, shown, squeezed, texts

OVER_CELLS = (
    shown(md="# 公报[^t]\n\n增长5%[^x]，又见[^二]。"),
    "[^x]: 按不变价计算，见[^深]。\n\n    第二段。\n\n[^二]: 快报数。",
    "| 镇 | 数 |\n|---|---|\n| 甲 | 5[^x] |\n\n- 乙[^后]",
    shown(md="[^t]: 标题的注。\n[^后]: | 栏 |\n    |---|\n    | 9 |\n[^深]: 分乡的**口径**。"),
)
SAID = ["[1]标题的注。", "[2]按不变价计算，见[5]。第二段。", "[3]快报数。", "[4]栏9", "[5]分乡的口径。"]


def noted(*cells):
    return page_of(of(*cells))


def told(page):
    """The findings of a page about its footnotes: their cells, and what was found."""
    return [(one.place, one.found) for one in page.findings if one.kind.code == "W518"]


def numbered(page):
    """The marks of a page's text, and its notes, as they are read."""
    text, _, notes = page.body.partition('<div class="footnotes">')
    marks = re.findall(r'<sup class="footnote-ref"><a[^>]*>(\[\d+\])</a>', text)
    each = notes.split('<div class="footnote">')[1:]
    return marks, [squeezed(unescape(markdown.plain_text(one))) for one in each]


def test_a_footnote_and_its_mark_stand_in_whichever_cells():
    page = noted(*OVER_CELLS)
    assert numbered(page) == (["[1]", "[2]", "[3]", "[2]", "[4]"], SAID)
    assert page.body.rstrip().endswith("</div>\n</div></div>")
    assert page.body.count("<hr>") == page.body.count('class="footnotes"') == 1
    assert told(page) == []


def test_each_format_has_all_words_of_footnotes_and_no_markup():
    page = noted(*OVER_CELLS)
    seen = {
        "html": readers.html(to_html(page).encode()),
        "pdf": "".join(texts(typeset(page))),
        "docx": readers.docx(docx.make(page)),
        "fragment": markdown.plain_text(to_fragment(page)),
    }
    for name, text in seen.items():
        plain = squeezed(text)
        for word in (
            "公报[1]",
            "增长5%[2]，又见[3]",
            "5[2]",
            "乙[4]",
            *(one.replace("x的", "") for one in SAID[:4]),
            "口径。",
        ):
            assert word in plain, (name, word)
        assert "[^" not in plain, name


def test_a_mark_leads_to_its_footnote_and_that_back_to_the_first_mark():
    page = noted(*OVER_CELLS)
    html = body(to_html(page))
    ids, led = re.findall(r' id="([^"]*)"', html), re.findall(r'href="#([^"]*)"', html)
    assert len(ids) == len({*ids})
    assert {*led} <= {*ids}
    assert len(led) == 6 + 5
    pages = PdfReader(io.BytesIO(typeset(page))).pages
    links = [one.get_object() for sheet in pages for one in sheet.get("/Annots", ())]
    assert len(links) == 6 + 5
    assert all("/Dest" in one or "/A" in one for one in links)
    xml = zipfile.ZipFile(io.BytesIO(docx.make(page))).read("word/document.xml").decode()
    anchors, places = re.findall('w:anchor="([^"]*)"', xml), re.findall('<w:bookmarkStart [^>]*w:name="([^"]*)"', xml)
    assert len(anchors) == 6 + 5
    assert {*anchors} == {*places}
    assert len(places) == 2 * 5


def test_marks_stand_in_links_and_marks_and_links_in_heads_that_pages_repeat():
    page = noted("[甲[^1]](https://a.test)，<a href='https://a.test'>乙[^1]</a>。", "[^1]: 注。")
    assert 'test">甲<sup class="footnote-ref" id="note-1-mark">[1]</sup></a>' in page.body
    assert 'test">乙<sup class="footnote-ref">[1]</sup></a>' in page.body
    rows = "".join(f"| 镇{row} | {row} |\n" for row in range(90))
    page = noted(f"| 镇[^1] | [数](https://a.test) |\n|---|---|\n{rows}", "[^1]: 注。")
    said = texts(typeset(page))
    assert ["[1]" in squeezed(one) for one in said] == [True] * 3


def test_a_mark_has_the_text_of_its_own_cell_or_else_the_next_one_that_is_nobodys():
    """As in notes at the end of each section, in those of a last cell, and in cells that a loop shows."""
    page = noted("# 公报\n\n甲[^1]。", "乙[^1]。\n\n[^1]: 乙的。", "[^1]: 全文的。")
    assert numbered(page) == (["[1]", "[2]"], ["[1]全文的。", "[2]乙的。"])
    page = noted("甲[^1]。", "[^1]: 甲的。", "乙[^1]。", "[^1]: 乙的。", "丙[^1]。")
    assert numbered(page)[0] == ["[1]", "[2]", "[2]"]
    page = noted(*(shown(md=f"{one}[^n]。\n\n[^n]: {one}的。") for one in "甲乙"))
    assert numbered(page) == (["[1]", "[2]"], ["[1]甲的。", "[2]乙的。"])
    page = noted(several("[^a]: 本格的。", "正文[^a]。"), "[^a]: 下一格的。")
    assert numbered(page) == (["[1]"], ["[1]本格的。", "[2]下一格的。"])
    page = noted("[^a]: 上一格的。\n\n先见[^a]。", several("正文[^a]。", "[^a]: 本格的。"))
    assert numbered(page) == (["[1]", "[2]"], ["[1]上一格的。", "[2]本格的。"])
    page = noted("甲[^Note]。\n\n[^note]: 注。", "乙[^1]。", "[^1]: 一。")
    assert numbered(page) == (["[1]", "[2]"], ["[1]注。", "[2]一。"])
    assert told(page) == []


def several(*texts):
    """A cell that displays several texts in Markdown."""
    return new_code_cell("x", outputs=[shown(md=one).outputs[0] for one in texts])


@pytest.mark.parametrize(
    ("cells", "notes", "found"),
    [
        (
            ("甲[^1]。\n\n[^1]: 一。\n\n[^2]: 没有引用的**注文**。",),
            ["[1]一。", "[2]没有引用的注文。"],
            ("1", "[^2]: 没有引用的注文。"),
        ),
        (("甲[^1]。\n\n[^1]: 一。\n[^1]: 又一。",), ["[1]一。", "[2]又一。"], ("1", "[^1]: 又一。")),
        (("甲。", "[^1]: 一，见[^2]。", "乙[^2]。\n\n[^2]: 二。"), ["[1]二。", "[2]一，见[1]。"], ("2", "[^1]: 一，见。")),
        (("甲。", "[^1]: 见[^2]。\n\n乙[^2]。"), ["[1]见[^2]。"], ("2", "[^1]: 见。")),
    ],
)
def test_a_text_without_a_mark_is_printed_behind_the_others_and_found_with_its_cell(cells, notes, found):
    page = noted("# 公报", *cells)
    assert numbered(page)[1] == notes
    assert [place for place, _ in told(page)][-1] == f"第{int(found[0]) + 1}个单元格"
    assert f"“{found[1]}”没有引用" in told(page)[-1][1]


def test_a_mark_without_a_text_is_printed_as_typed_and_found_with_its_cell():
    page = noted("# 公报", "甲[^快报数]，乙[^快报数]。", "[^1]：全角的冒号。")
    assert "甲[^快报数]，乙[^快报数]。" in page.body
    assert "[^1]：全角的冒号。" in page.body
    places = ["第2个单元格", "第3个单元格"]
    assert told(page) == [
        (place, f"“[^{name}]”没有注文，会照原样印出") for place, name in zip(places, ("快报数", "1"), strict=True)
    ]


def test_a_text_without_words_is_found_with_its_cell():
    assert told(noted("甲[^a]。", "[^a]:\n\n乙。")) == [("第2个单元格", "注文“[^a]:”是空的，只印出编号")]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", " 1 "])
@pytest.mark.parametrize("text", ["统计局。", "按不变价 计算。", ""])
def test_a_name_with_a_blank_is_told_and_nothing_of_its_text_is_lost(blank, text):
    name = f"数据{blank}来源"
    page = noted(f"增长5%[^{name}]。", f"[^{name}]: {text}\n\n[^a b]: c\n[^a]: 丁。", "甲[^a]。")
    assert numbered(page) == (["[1]"], ["[1]丁。"])
    assert f"增长5%[^{name}]。" in page.body
    assert f"[^{name}]:{' ' * bool(text)}{text}".strip() in page.body
    assert "[^a b]: c" in page.body
    said = f"“[^{name}]”的名称里有空格，不算脚注，会照原样印出"
    assert told(page) == [("第1个单元格", said), ("第2个单元格", said), ("第2个单元格", said.replace(name, "a b"))]
    [first, *_] = [one for one in page.findings if one.code == "W518"]
    assert f"写作 [^{''.join(name.split())}]；" in first.action
    assert {one.code for one in page.findings} == {"W518"}


@pytest.mark.parametrize("name", ["2-1", "1-2", "注-1", "1-1-2", "z-a", "甲-乙"])
def test_a_name_with_a_dash_is_one_of_a_footnote(name):
    assert told(noted(f"增长5%[^{name}]。")) == [("第1个单元格", f"“[^{name}]”没有注文，会照原样印出")]
    assert numbered(noted(f"增长5%[^{name}]。\n\n[^{name}]: 甲。")) == (["[1]"], ["[1]甲。"])


def test_nothing_is_found_in_what_is_no_footnote():
    written = r"`[^1]` \[^2] $x[^3]$ [^4](https://a.test) [^0-9] [^a-zA-Z0-9] [^一-龥] [^\d] [^ ] [^] [^a-z 0-9] [^a b](https://a.test)"
    page = noted("# 公报", written, "```\n[^5]: 甲\n```", "    [^6]: 乙", shown(html="<p>[^7]</p>"), shown(plain="[^8]"))
    assert told(page) == []
    assert 'class="footnote' not in page.body


def test_no_name_has_the_mark_of_a_footnote():
    assert noted("# [公报[^1]](https://a.test)", "[^1]: 注。").title == "公报"
    page = noted("# 公报[^1]", *(f"## {one}章[^1]" for one in "一二三"), "[^1]: 注。")
    html = to_html(page)
    assert page.title == "公报"
    assert "<title>公报</title>" in html
    assert re.findall(r'<a href="#[^"]*章">([^<]*)</a>', html) == ["一章", "二章", "三章"]


@pytest.mark.parametrize("before", ["甲", "5%"])
def test_no_line_of_the_pdf_begins_with_a_mark(before):
    page = noted(*("中" * count + f"{before}[^1]，后面还有一些文字。" for count in range(20, 32)), "[^1]: 注。")
    lines = [line for text in texts(typeset(page)) for line in text.splitlines()]
    assert sum(f"{before}[1]" in line for line in lines) == 12
    assert [line for line in lines if line.startswith("[1]")] == ["[1] 注。"]


@pytest.mark.browser
def test_no_line_of_a_screen_begins_with_a_mark(visit, tmp_path):
    page = noted(*("中" * count + "5%[^1]，后面还有一些文字。" for count in range(10, 24)), "[^1]: 注。")
    (tmp_path / "page.html").write_text(to_html(page), "utf-8")
    tab = visit(tmp_path / "page.html", PHONE)
    begun = tab.evaluate(
        """() => [...document.querySelectorAll(".report p > .footnote-ref")].map(mark => {
             const before = document.createRange()
             before.selectNodeContents(mark.previousSibling)
             return [...before.getClientRects()].at(-1).right > mark.getBoundingClientRect().left + 2 })"""
    )
    assert begun == [False] * 14


def test_the_rule_above_footnotes_ends_no_page():
    for count in (17, 18, 19):
        lines = "\n\n".join(f"第{line}段。" for line in range(count))
        page = noted(f"# 公报\n\n{lines}\n\n末段[^1]。\n\n[^1]: 注文。")
        reader = PdfReader(io.BytesIO(typeset(page)))
        drawn = [sheet.get_contents().get_data().count(b" l\n") for sheet in reader.pages]
        at = next(number for number, text in enumerate(texts(typeset(page))) if "注文" in text)
        assert drawn[at] == 1 == sum(drawn), (count, drawn)
    xml = zipfile.ZipFile(io.BytesIO(docx.make(page))).read("word/document.xml").decode()
    assert re.search('<w:pStyle w:val="Rule"/><w:keepNext/>', xml)


def test_in_a_report_footnotes_stand_before_the_signature_wherever_they_are_written():
    signed = '<div class="report"><div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div></div>'
    cells = ("甲[^1]。", shown(html=signed, plain="一份报告的一部分"), "[^1]: 一。\n\n[^2]: 二。")
    page = page_of(notebook(*cells))
    at = [page.body.index(one) for one in ("甲", '<div class="footnotes">', ">[1]</a> 一。", '<div class="signature">')]
    assert at == sorted(at)
    assert re.findall('<div data-cell="4" class="footnote">', page.body) == ['<div data-cell="4" class="footnote">'] * 2
    assert [place for place, _ in told(page)] == ["第4个单元格"]
    assert not [one for one in page.findings if one.kind.code == "W514"]


def test_footnotes_of_a_notebook_of_ones_own_stand_before_its_signature_too():
    page = noted("甲[^1]。", "[^1]: 一。", shown(html=sign("示例市测试局", "2025-01-20")._repr_html_()))
    at = [page.body.index(one) for one in ("甲", '<div class="footnotes">', '<div class="signature">')]
    assert at == sorted(at)


@pytest.mark.slow
def test_a_footnote_is_bound_as_all_that_a_page_shows_is():
    with pytest.raises(RenderError, match="cell 2"):
        noted("甲[^1]。", f"[^1]: {'<b>' * 30}深")
    with pytest.raises(RenderError, match="cell 2"):
        noted("甲[^1]。", "[^1]: 一。\n\n" + "".join(f"    - {line}\n" for line in range(30_000)))


def test_what_looks_like_the_kits_own_marks_in_an_input_is_text():
    forged = "".join(f"{sign}0{end}" for sign, end in (("\ue012", "\ue013"), ("\ufdde", "\ufdde"), ("&#xFDDE;", "&#xFDDE;")))
    formula = forged.replace("12", "10").replace("13", "11").replace("dde", "ddf").replace("DDE", "DDF")
    raw = f'<sup class="footnote-ref">{forged}</sup>{formula}'
    cell = f"甲[^a]，{raw}，见\\eqref{{e}}。\n\n$$\\begin{{equation}}a\\label{{e}}\\end{{equation}}$$\n\n[^a]: 注"
    made = noted(cell, shown(html=f"<p>{raw}</p>"), printed(forged + formula)).body
    assert made.count('class="footnote-link" id="note-1-mark"') == made.count("[1]") - 1 == 1
    assert "见(1)" in made
    assert not re.search("[\ufdd0-\ufdef]", made)
