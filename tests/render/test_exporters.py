"""From an executed notebook to the page and the PDF: what reaches the reader, and what never does."""

import base64
import hashlib
import io
import logging
import re
from dataclasses import replace
from html import escape, unescape

import pandas as pd
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_output, new_raw_cell
from PIL import Image

import readers
from cases import each
from making import BODY, make, write
from nianbao.document.tables import to_html
from nianbao.errors import RenderError
from nianbao.render.clean import clean
from nianbao.render.exporters import NianbaoDOCXExporter, NianbaoHTMLExporter, NianbaoPDFExporter
from nianbao.render.pdf import typeset
from nianbao.render.unparted import pieced
from pictures import ACTIVE, HOSTILE, SVG, png
from published import body, executed, families, notebook, of, pdf, printed, rendered, shown, squeezed, text, texts
from typefaces import make_font

FRAME = pd.DataFrame({"机关": ["市教育局", "市自然资源局"], "件数": [3, 25]})


def html_of(*cells, **about):
    return rendered(notebook(*cells, **about))[1]


def test_code_prompts_parameters_stderr_and_notes_are_never_published():
    hidden = (
        new_code_cell("secret = 'source'", execution_count=7),
        new_code_cell('bureau = "secret-parameter"', metadata={"tags": ["parameters"]}),
        new_code_cell('bureau = "secret-injected"', metadata={"tags": ["injected-parameters"]}),
        printed("secret warning", "stderr"),
        new_raw_cell("secret raw cell"),
    )
    nb = notebook("**公开的话**", *hidden, "secret note")
    nb.cells[-1].metadata["tags"] = ["remove-cell"]
    _, page = rendered(nb)
    assert '<div class="report"><p><strong>公开的话</strong></p>\n</div>' == body(page).strip()
    assert "secret" not in page
    assert not re.search(r"(In|Out)\s*\[", page)


def test_small_tables_stand_in_the_middle_of_the_paper_under_their_captions():
    """The middle of the type area is 106 mm from the left edge."""
    wide = 1 / 72 * 25.4
    page, _ = rendered(of(shown(html=FRAME.to_html()), shown(html=FRAME.style.set_caption("表1").to_html())))
    with pypdfium2.PdfDocument(typeset(page)) as document:
        sheet = document[0].get_textpage()
        boxes = [sheet.get_charbox(at) for at in range(sheet.count_chars()) if sheet.get_text_range(at, 1).strip()]
    boxes = [box for box in boxes if box[1] * wide > 35]  # without the page's number
    left, right = min(box[0] for box in boxes) * wide, max(box[2] for box in boxes) * wide
    assert (left + right) / 2 == pytest.approx(106, abs=2)
    assert right - left < 60


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (shown(html=FRAME.to_html(), plain="a frame"), "市自然资源局25"),
        (shown(html=FRAME.to_html(border=1, index=False)), "市自然资源局25"),
        (shown(html=FRAME.style.format({"件数": "{:.1f}"}).set_caption("各机关新收").to_html()), "机关件数0市教育局3.0"),
        (shown(md="**结论**：申请增加。\n\n| 年 | 件 |\n|---|---|\n| 2024 | 7 |"), "结论：申请增加。年件20247"),
        (shown(plain="{'合计': 32}"), "{'合计':32}"),
        (printed("合计 \x1b[31m32\x1b[0m\n"), "合计32"),
        ("## 附：分析\n\n1. 第一项\n\n> 引文", "附：分析第一项引文"),
    ],
    ids=["frame", "frame-border", "styler", "markdown", "plain", "stdout", "markdown-cell"],
)  # fmt: skip
def test_what_an_analyst_shows_reaches_page_and_pdf(cell, seen):
    page, html = rendered(notebook(cell))
    plain = unescape(re.sub(r"<style.*?</style>|<[^>]+>", "", body(html), flags=re.S))
    assert seen in "".join(plain.split())
    assert seen in text(pdf(page)).replace("1.第一项", "第一项")


def test_pictures_reach_page_and_pdf_with_alternative_texts():
    pasted = of(f"图见 ![附图](attachment:a.png)\n\n![](data:image/png;base64,{png(30, 40)})").cells[0]
    pasted["attachments"] = {"a.png": {"image/png": png(20, 10)}}
    figure = {"plain": "<Figure size 640x480 with 1 Axes>"}
    page, html = rendered(notebook(shown(svg=SVG, **figure), shown(png=png(), plain="柱状“图”\\"), pasted))
    images = re.findall(r'<img src="(data:image/\w+).*?alt="(.*?)"', html)
    kinds = ["data:image/svg", "data:image/png", "data:image/png", "data:image/png"]
    assert list(zip(kinds, ["图", "柱状“图”\\", "附图", "图"], strict=True)) == images
    reader = pdf(page)
    assert 3 == sum(len(one.images) for one in reader.pages)
    assert b"0.65882355 0.1254902 0.101960786" in b"".join(one.get_contents().get_data() for one in reader.pages)


def test_a_frame_says_nothing_of_its_size_and_scrolls_in_its_own_box():
    with pd.option_context("display.max_columns", 20):
        wide = pd.DataFrame([[0] * 40], columns=[f"第{n}列" for n in range(40)])._repr_html_()
    assert "<p>1 rows × 40 columns</p>" in wide
    page = html_of(shown(html=wide))
    assert "columns</p>" not in page
    assert re.search(r'<div class="report"><div [^>]*class="scroll">.*<table', page, re.S)


@each("html", [one for name, one in HOSTILE.items() if name != "drawing"])
def test_html_that_runs_or_loads_anything_is_taken_out(html):
    clean = body(html_of(shown(html=f"<p>前</p>{html}<p>后</p>")))
    assert "<p>前</p>" in clean
    assert "<p>后</p>" in clean
    live = r"<(script|iframe|object|embed|base|link|meta|form|svg|video|audio)|\son\w+\s*=|javascript:"
    assert None is re.search(r"(src|srcset|background|formaction)=(?!.data:image/svg)|href=", clean)
    assert None is re.search(live, clean)
    assert None is re.search(r"@import|@font-face|url\(|image-set\(|\\", clean, re.I)


@each("address", ["https://a.test/b?c=1#d", "HTTP://a.test", "mailto:a@b.test", "#table2-B2"])
def test_a_link_to_the_web_a_mailbox_or_a_place_in_the_page_stays_a_link(address):
    for cell in (f"[字]({address})", shown(md=f"[字]({address})"), shown(html=f'<a href="{address}">字</a>')):
        assert f'<a href="{address}">字</a>' in html_of(cell)


@each(
    "address",
    ["javascript:x()", "data:text/html,x", "data:image/png;base64,AA", "file:///etc/passwd", "ftp://a.test", "tel:12345",
     "//a.test/b", "a.html", "../a/b.xls", "/a", "https:a", "https:///a", "\\\\host\\a", "vbscript:x", "JavaScript:x()", ""],
)  # fmt: skip
def test_of_any_other_link_a_notebook_shows_the_text_alone(address):
    for cell in (f"[字]({address})", shown(md=f"[字]({address})"), shown(html=f'<a href="{address}">字</a>')):
        page = body(html_of(cell))
        assert "href" not in page
        assert "字" in page
        assert "[字]" not in page or "(" not in address


@each("kind", ["png", "jpeg", "gif", "webp"])
def test_a_picture_in_the_page_stays(kind):
    made = io.BytesIO()
    Image.new("RGB", (4, 3)).save(made, kind)
    address = f"data:image/{kind};base64,{base64.b64encode(made.getvalue()).decode()}"
    page, html = rendered(notebook(shown(html=f'<img src="{address}" alt="图">')))
    assert f'src="{address}"' in html
    assert 1 == sum(len(sheet.images) for sheet in pdf(page).pages)


@each("source", ["data:image/x;base64,AA", "data:text/html,x", "data:image/../../a;base64,AA", "a.png", "//a"])
def test_a_picture_from_elsewhere_or_of_another_kind_is_taken_out(source):
    assert "src" not in body(html_of(shown(html=f'<img src="{source}" alt="图">')))


@each("data", ["AAA", "", "bm90IGEgcGljdHVyZQ=="])
def test_a_picture_that_cannot_be_read_is_refused_with_its_cell(data):
    address = f"data:image/png;base64,{data}"
    pasted = of("![图](attachment:a.png)").cells[0]
    pasted["attachments"] = {"a.png": {"image/png": data}}
    for cell in (shown(html=f'<img src="{address}">'), shown(png=data), pasted):
        with pytest.raises(RenderError, match="cell 3: a picture cannot be published: 图片"):
            rendered(notebook("文字。", cell))
    for cell in (f"![图]({address})", shown(md=f"![图]({address})")):
        with pytest.raises(RenderError, match="cell 3: a picture cannot be published: 图片"):
            rendered(notebook("文字。", cell))


@pytest.mark.parametrize("cell", [shown(svg=ACTIVE), shown(html=HOSTILE["drawing"])])
def test_a_drawing_that_runs_or_loads_anything_is_refused_with_its_cell(cell):
    with pytest.raises(RenderError, match="cell 3: a picture cannot be published: 图片第1行有 onload"):
        rendered(notebook("文字。", cell))


@each("href", ["https://x.test/a.png", "file:///a.png", "../a.png", "report.typ", "image0.png"])
def test_a_drawing_that_shows_another_picture_is_refused_with_its_cell(href):
    drawing = SVG.replace("<rect", f'<image href="{href}" width="9" height="9"/><rect')
    with pytest.raises(RenderError, match=f"cell 3: a picture cannot be published: 图片第1行引用了“{re.escape(href)}”"):
        rendered(notebook("文字。", shown(svg=drawing)))


def test_a_picture_shown_many_times_is_in_the_pdf_once():
    page, _ = rendered(notebook(*(shown(png=png()) for _ in range(5))))
    resources = [sheet["/Resources"]["/XObject"] for sheet in pdf(page).pages]
    assert 1 == len({one.idnum for some in resources for one in some.values()})


def test_text_that_reads_like_a_picture_or_an_attachment_stays_text():
    typed = f'src="data:image/png;base64,{png()}" 见(attachment:a.png)与“rows × columns”'
    pasted = of(f"{typed}\n\n![图](attachment:a.png)").cells[0]
    pasted["attachments"] = {"a.png": {"image/png": png(20, 10)}}
    page, _ = rendered(notebook(pasted, printed(typed), shown(html=f"<p>{escape(typed)}</p><p>5 rows × 3 columns</p>")))
    assert 1 == page.body.count("<img")
    reader = pdf(page)
    assert 3 == text(reader).count(squeezed(typed))
    assert "5rows×3columns" in text(reader)
    assert 1 == sum(len(one.images) for one in reader.pages)


SPELLED = ' data-cell="12" id="甲" headers="乙" rowspan="3" class="code" cx="360000" href="#丙"'


def test_text_that_reads_like_an_attribute_stays_text_also_where_a_table_is_parted():
    wide = "".join(f"<td id='c{number}' headers='h'>incomprehensibility{number}</td>" for number in range(20))
    table = f"<table id='t'><tr><th id='h'>{SPELLED}</th>{wide}</tr></table>"
    _, made = rendered(notebook(f"写作{SPELLED}，见`<td{SPELLED}>`。", shown(html=table), printed(f"<td{SPELLED}>")))
    seen = unescape(re.sub("<[^>]*>", "", body(made).replace("<wbr>", "")))
    parts = body(made).count("<div hidden ")
    assert parts > 1
    assert 3 + 1 + parts == seen.count(SPELLED)
    tags = re.findall("<[^>]*>", body(made))
    assert [one for one in tags if " data-cell=" in one] == []
    ids = [one for tag in tags for one in re.findall(' id="([^"]*)"', tag)]
    assert len(ids) == len({*ids}) > 20
    assert [one for one in tags if " headers=" in one] == [f'<td id="c{n}" headers="h">' for n in range(20)]


MARKS = [
    *"<>\"'&=/ \n甲", "<p", "<img src=", "<a href=", "<style>", "</style>", "<table>", "title=", "data:image/png,", "</p>",
    "<!--", "-->", "<br>", "&lt;", "&quot;", "&#60;", "<h1>", "</h1>", 'src="data:image/png;base64,AA"',
]  # fmt: skip
TAG = r'</?[a-z][a-z0-9]*(?: [a-z-]+="[^"<>]*")*>'


@given(st.lists(st.sampled_from(MARKS)).map("".join))
def test_clean_html_has_angles_around_its_tags_only(html):
    """Whatever reads it may look for a tag by its first characters."""
    safe = re.sub("(<style[^>]*>)[^<]*</style>", r"\1</style>", clean(html))
    assert re.fullmatch(f"(?:[^<>]|{TAG})*", safe)


# What is firm stands in braces, what is held with it in brackets.
FIRM = [
    "收到{237项}、{3 个}和[{1,234.5万}元]",
    "[{1200余}万人次]，[{5平}方公里]，[{８小}时]，[{5件}次]",
    "3至{5件}，增长5%，2024.1.20",
    "自{2019年}{5月}{15日}起",
    "国办公开办函[〔2021〕{30号}]、[［2022］{第6号}]",
    "[{第二}十条][{第（}九）项]见{第5页}{图1}、{表 2}和{附件3}所附",
    "{<strong>7</strong>件}和<a href='#3件'>3</a>",
    "电话12345678号，<code>3件</code>",
    "“甘{肃·}定西农业”",
    # No sign is torn from what it belongs to.
    "4葛\U000e0100，{4公}里\ufe0f，第葛\U000e0100，{第九}条\ufe0f，{20件}次\u0301，张\ufe0f·",
]


@each("text", FIRM)
def test_what_no_line_parts_is_marked_in_the_text_alone(text):
    plain = re.sub(r"[][{}]", "", text)
    shown = re.sub(r"[]}]", "</span>", text.replace("[", '<span class="held">').replace("{", '<span class="whole">'))
    cells, signed = f"<table><tr><td><p>{plain}</p></td></tr></table>", f'<div class="signature"><p>{plain}</p></div>'
    page = f"<h2>{plain}</h2><p>{{0}}</p><ul><li>{{0}}</li></ul>{cells}{signed}"
    assert pieced(page.format(plain)) == page.format(shown)


def test_the_print_button_is_the_only_code_its_policy_allows():
    page = html_of("字")
    handlers = re.findall(r'\son\w+="([^"]*)"', page)
    assert ["window.print()"] == handlers
    digest = base64.b64encode(hashlib.sha256(handlers[0].encode()).digest()).decode()
    assert (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-hashes' 'sha256-{digest}'" in page
    )
    assert "<script" not in page
    assert '<html lang="zh-CN">' in page


@pytest.mark.parametrize(
    ("nb", "draft"),
    [(notebook("字"), False), (notebook("字", draft=True), True), (of("字"), False)],
    ids=["sound", "errors", "no-report"],
)
def test_only_a_notebook_that_shows_a_report_with_errors_is_a_draft(nb, draft):
    page, html = rendered(nb)
    assert draft is page.is_draft
    assert draft is ('class="stamp"' in html)
    assert draft is ("草稿，未经审定，不得发布" in html)
    assert (draft and nb.cells[0].cell_type == "code") is ("核查发现" in html)
    read = text(pdf(page))
    assert draft is ("草稿" in read)
    assert "核查发现" not in read


@pytest.mark.parametrize("exporter", [NianbaoHTMLExporter, NianbaoPDFExporter, NianbaoDOCXExporter])
def test_nbconvert_tells_the_warnings_of_a_page_once(exporter, caplog):
    logger = logging.getLogger("converts")
    unshown = new_code_cell("x", outputs=[new_output("display_data", {"application/javascript": "1"})])
    exporter(log=logger).from_notebook_node(of("# 甲\n\n正文[^a]。", unshown))
    told = [(one.name, re.findall("[EW][0-9]{3}", one.getMessage())) for one in caplog.records]
    assert told == [("nianbao", []), ("converts", ["W518"])]


def test_a_failed_cell_is_refused_by_its_number_and_error():
    failed = new_code_cell("1 / 0", outputs=[new_output("error", ename="ZeroDivisionError", evalue="division by zero")])
    with pytest.raises(RenderError, match=r"cell 3 failed: ZeroDivisionError: division by zero"):
        html_of("字", failed)


@pytest.mark.parametrize("cell", ["![图](没有.png)", shown(md="![图](没有.png)")])
def test_markdown_that_cannot_be_set_is_refused_by_its_cell(cell):
    with pytest.raises(RenderError, match="cell 2"):
        html_of(cell)


@each(("char", "name"), [("𠮷", "U+20BB7"), ("☑", "U+2611 BALLOT BOX WITH CHECK"), ("\ue000", "U+E000")])
def test_a_character_without_a_glyph_is_refused_by_name_and_place(char, name):
    page, _ = rendered(notebook(f"某某单位的{char}字没有字形"))
    with pytest.raises(RenderError) as caught:
        typeset(page)
    assert f"“{char}”（{name}" in str(caught.value)
    assert f"见“某某单位的{char}字没有字形”" in str(caught.value)
    assert "--fonts" in str(caught.value)


def test_a_character_without_a_glyph_stands_in_a_draft_by_its_number():
    page, _ = rendered(notebook("某某单位的𠮷字", draft=True))
    assert "某某单位的〔U+20BB7〕字" in text(pdf(page))


def test_characters_that_never_print_and_those_of_a_drafts_findings_are_no_tofu():
    page, _ = rendered(notebook("零\u200b宽\ufeff字\u2060符\ufe0f。", draft=True))
    assert "零" in text(pdf(replace(page, body=page.body.replace("核查发现", "核查发现𠮷"))))


MARKUP = '“#strong[x]” $y$ *z* _w_ @a <b> \\ "q" `c` ~d // e /* f */ - g = h + i [j](k) #let x = 1; {l} &amp; §'


@pytest.mark.slow
def test_texts_print_literally_whatever_they_hold(tmp_path):
    """Title, names, headings, facts and cells go through HTML, pandoc and Typst; none takes a character for markup."""
    shown_as = MARKUP.replace("*z*", "＊z＊").replace("[j](k)", "[j]")
    paths = write(tmp_path, narrative="")
    paths.bureau_file.write_text(f"name: '{shown_as}'\nshort: 市测试局\nlevel: 市\n", "utf-8")
    paths.report_file.write_text(f"date: 2025-01-20\nsignature: '{shown_as}'\neditor: '{shown_as}'\n", "utf-8")
    paths.narrative_file.write_text(BODY.replace("五、存在的", f"五、{shown_as.replace('{l}', 'l')}"), "utf-8")
    page, _ = rendered(executed(tmp_path, paths))
    assert f"{shown_as}2024年政府信息公开工作年度报告" == page.title
    reader = pdf(page)
    assert (page.title, shown_as) == (reader.metadata.title, reader.metadata.author)
    read = text(reader)
    assert 3 == read.count("".join(shown_as.split()))
    assert "五、" + "".join(shown_as.replace("{l}", "l").split()) in read


EVERYTHING = """文字<br>换行，<sub>下</sub><sup>上</sup><u>线</u><s>删</s><ruby>汉<rt>音</rt></ruby>*斜*、**粗**[链](https://a.test/)[空]()[锚](#x)

#### 越级的标题

- 甲
  1. 乙

---

> 引

| 左 | 右 |
|:--|--:|
| 一 | 二 |
"""


def test_all_that_markdown_allows_makes_an_accessible_pdf_also_without_a_title():
    page, _ = rendered(notebook(EVERYTHING, title=""))
    assert "未命名" == page.title
    reader = pdf(page)
    assert "文字换行，下上线删汉音斜、粗链空锚越级的标题" in text(reader)
    assert (True, "zh-CN") == (reader.root_object["/MarkInfo"]["/Marked"], reader.root_object["/Lang"])


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "title", ["标题<b>副题", "甲`乙` *丙* **丁** _戊_", "A&amp;B \\* \"己\" 'C' -- ... [1](2.3) #1 $x$ @y ~"]
)
def test_the_title_is_text_and_printed_as_typed(tmp_path, title):
    page, html = rendered(executed(tmp_path, write(tmp_path, narrative=f"# {title}\n\n{BODY}")))
    heading = re.search(r"<h1>(.*?)</h1>", html)[1]
    assert title == page.title == unescape(re.sub("</?span[^>]*>", "", heading))
    assert title in unescape(re.search("<title>(.*?)</title>", html)[1])
    reader = pdf(page)
    assert text(reader).startswith(squeezed(title))
    assert title == reader.metadata.title


def test_the_same_page_is_the_same_pdf_to_the_byte():
    page, _ = rendered(notebook("字", shown(png=png()), shown(html=FRAME.to_html())))
    assert typeset(page) == typeset(page)


def test_the_pdf_is_set_in_the_pinned_fonts_unless_a_folder_gives_the_official_ones(tmp_path):
    page, _ = rendered(notebook("<b>一二三</b>四五"))
    assert {"NotoSerifSC-Regular", "NotoSansSC-Regular", "NianbaoKai"} >= families(pdf(page))
    make_font(tmp_path / "fonts" / "deep" / "fang.ttf", "FangSong", "一二三四五𠮷")
    assert "FangSong" in families(pdf(page, tmp_path / "fonts"))
    page, _ = rendered(notebook("𠮷"))
    assert "𠮷" in text(pdf(page, tmp_path / "fonts"))


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path):
    (tmp_path / "broken.ttf").write_text("not a font")
    with pytest.raises(RenderError, match=r"broken\.ttf \(--fonts\) cannot be read as a font"):
        typeset(rendered(notebook("字"))[0], tmp_path)


def test_a_font_larger_than_a_font_may_be_is_not_read(tmp_path):
    with (tmp_path / "huge.ttf").open("wb") as file:
        file.truncate(129 << 20)
    with pytest.raises(RenderError, match=r"huge\.ttf \(--fonts\) cannot be read as a font: .*128 MiB"):
        typeset(rendered(notebook("字"))[0], tmp_path)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("lines", [0, 4, 10, 14, 15, 16, 17, 18, 19, 20, 21])
def test_a_long_table_begins_where_several_of_its_rows_have_room(lines):
    """No page ends with its head and a row or two, whatever stands before."""
    made = make(values={"表三": {(row, "总计"): 7 for row in "一二四"}})
    table = f'<div class="report">{to_html(made, made.format.tables["table3"])}</div>'
    pages = texts(typeset(rendered(notebook(*["字。"] * lines, shown(html=table)))[0]))
    begun = next(page for page in map(squeezed, pages) if "申请人情况" in page)
    assert "部分公开" in begun  # The next rows are a group, which stays whole.


@pytest.mark.by_turns(11)
@pytest.mark.parametrize(
    "cell",
    [
        "a" * 19_000,
        "`" + "a" * 19_000 + "`",
        "|甲|\n|-|\n|" + "a" * 19_000 + "|",
        printed("x" * 20_000),
        printed("x" * 9_000 + "\n\tb\n  c\n" + "长" * 3_000),
        shown(html="<table><tr><td rowspan=3>甲</td></tr></table><p>乙</p>"),
        shown(html="<table><tr><td rowspan=65534 colspan=1000>甲</td></tr><tr></tr></table>"),
        *(shown(html=f"<ol start={start}><li>甲</ol>") for start in ("-5", "0", "7", "9" * 20, "x")),
        *(shown(html=tag * times + "甲") for tag, times in (("<sub>", 20), ("<blockquote>", 20), ("<table><tr><td>", 5))),
        "<sub>" * 20 + "甲",
    ],
)
def test_what_is_large_or_deep_within_the_bounds_is_the_same_on_paper(cell):
    page, html = rendered(notebook(cell))
    assert "".join(readers.html(html.encode()).split()) == "".join(readers.pdf(typeset(page)).split())


@each("tag", ["<sub>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<b><i>"])
def test_what_is_nested_too_deep_for_the_pdf_is_refused_with_its_cell(tag):
    with pytest.raises(RenderError, match="cell 3: more than 22 tags one inside another"):
        rendered(notebook("文字。", shown(html=tag * 25 + "甲")))


def test_boxes_side_by_side_and_inside_one_another_are_not_too_deep():
    assert "甲乙" in text(pdf(rendered(notebook(shown(html="<div>" * 300 + "甲乙" + "<p><b>丙</b></p>" * 300)))[0]))


LONG = {"lines": printed("行\n" * 1001), "cells": shown(html="<table>" + "<tr><td>1</td></tr>" * 501 + "</table>")}


@pytest.mark.parametrize("cell", LONG.values(), ids=LONG)
def test_a_page_too_long_to_be_set_is_refused_with_its_cell(cell):
    with pytest.raises(RenderError, match="cell 3: a page of more than 60000 lines"):
        html_of(printed("行\n" * 59_000), cell)
    assert "行" in html_of(printed("行\n" * 58_000), cell)
