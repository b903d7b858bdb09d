"""Chinese Markdown as an office writes it: what is Markdown and what is text, what must not get through, pictures."""

import base64
import io
import re
import string
from html import escape, unescape
from itertools import product

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.markdown import breaks, plain_text, to_html
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from project import ROOT

DOCS = (ROOT / "docs" / "text.md").read_text("utf-8")

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def render(tmp_path):
    """HTML of a passage without faults."""

    def run(text):
        html, faults = to_html(text, "narrative.md", 1, tmp_path)
        assert not faults, faults
        return html.strip()

    return run


@pytest.fixture
def refused(tmp_path):
    """The one fault of a passage."""

    def run(text, first_line=1):
        _, faults = to_html(text, "narrative.md", first_line, tmp_path)
        assert ["F305"] == [fault.code for fault in faults]
        return faults[0]

    return run


@each(
    ("text", "html"),
    [
        ("**“重点”**工作", "<p><strong>“重点”</strong>工作</p>"),
        ("做好**《条例》**宣传", "<p>做好<strong>《条例》</strong>宣传</p>"),
        (
            "一是**公开（含更正）**；二是**答复。**下一步",
            "<p>一是<strong>公开（含更正）</strong>；二是<strong>答复。</strong>下一步</p>",
        ),
        ("增长**20%**左右", "<p>增长<strong>20%</strong>左右</p>"),
        ("*“甲”*乙", "<p><em>“甲”</em>乙</p>"),
        ("**甲**、**乙**", "<p><strong>甲</strong>、<strong>乙</strong></p>"),
    ],
)
def test_emphasis_may_touch_chinese_text_and_punctuation(render, text, html):
    assert html == render(text)


@each(
    "text",
    [
        "身份证号1***",
        "约2***件",
        "张**、李**等",
        "张*，李*；王**（代）",
        "5*3*2",
        "20*15*3厘米",
        "下划_线_名",
        "a__b__c",
        "`代码`",
    ],
)
def test_masks_products_and_underscores_stay_as_written(render, text):
    assert f"<p>{text}</p>" == render(text)


@each(
    "text",
    [
        "2021. 年度工作稳步推进",
        "2021) 年度",
        "1986.　建成",
        "    四个空格不是代码",
        "标题\n===",
        "~~~",
        "[甲]: http://example.com",
        "1.甲",
    ],
)
def test_what_is_a_paragraph_to_the_writer_is_a_paragraph(render, text):
    html = render(text)
    assert re.fullmatch(r"<p>.*</p>", html, re.S)
    assert "".join(text.split()) == "".join(plain_text(html).split())


def rows(*chapters):
    """The rows of docs/text.md in these chapters, as (typed, second column)."""
    text = "".join(re.search(rf"^## {chapter}$(.*?)(?=^## |\\Z)", DOCS, re.M | re.S)[1] for chapter in chapters)
    found = re.findall(r"^\| (`+) ?(.*?) ?\1 \| ?(.*?) ?\|$", text, re.M)
    return [(one.replace(r"\|", "|").replace("⏎", "\n"), two.strip("`").replace("⏎", "\n")) for _, one, two in found]


@each(
    ("typed", "becomes"),
    [row for row in rows("Markdown", "Escaping", "Text", "Text pasted from Word") if row[1].startswith("<")],
)
def test_what_the_docs_show_becomes_what_they_show(render, typed, becomes):
    assert becomes == render(typed)


@each("typed", [row[0] for row in rows("Text") if not row[1].startswith("<")])
def test_what_the_docs_call_text_is_printed_as_typed(render, typed):
    assert f"<p>{escape(typed, quote=False)}</p>" == render(typed)


def test_the_docs_rows_are_all_read():
    assert len(re.findall(r"^\| `", DOCS, re.M)) == len(rows("Markdown", "Escaping", "Text", "Text pasted from Word"))


# Written apart from the dialect: what docs/text.md declares as meant, inside a line.
MEANT = re.compile(r"\\[\\`*_#+.!\[\]<>|-]|<!--|\*[^*]*[^\W_][^*]*\*|\]\(")
WIDE = "甲乙〇，。“”‘’（）【】《》…—·！？；：、％＊＃"


def printed(html):
    """What a reader sees of each paragraph, white space apart."""
    return ["".join(unescape(re.sub("<[^>]*>", "", one)).split()) for one in re.findall("<p>(.*?)</p>", html, re.S)]


def between_chinese(length):
    """All strings of so many ASCII marks and digits, between Chinese characters, without what is meant."""
    marks = string.punctuation + "5"
    texts = [f"甲{''.join(signs)}乙" for signs in product(marks, repeat=length)]
    return [text for text in texts if not MEANT.search(text)]


@pytest.mark.parametrize("length", [1, 2, pytest.param(3, marks=pytest.mark.slow)])
def test_all_signs_between_chinese_characters_are_printed(render, length):
    texts = between_chinese(length)
    assert texts == printed(render("\n\n".join(texts)))


@each("sign", string.punctuation)
def test_any_sign_is_printed_wherever_it_stands(render, sign):
    for text in (sign, sign * 2, f"{sign}5", f"{sign} 5", f"5{sign}", f"甲{sign}", f"甲\n\n{sign}\n\n乙", f"{sign}，"):
        shown = "".join(printed(render(text)))
        assert shown == {"\\\\": "\\", "# 5": ""}.get(text, "".join(text.split()))


SIGNS = st.text(string.punctuation + string.digits + WIDE + " ", min_size=1, max_size=24)


@given(SIGNS.filter(lambda text: not MEANT.search(text)))
def test_whatever_is_typed_inside_a_line_is_printed(tmp_path_factory, text):
    html, faults = to_html(f"甲{text}乙", "n.md", 1, tmp_path_factory.getbasetemp())
    assert not faults
    assert ["".join(f"甲{text}乙".split())] == printed(html)


LINES = st.lists(st.text(string.punctuation + string.digits + WIDE + " \t\u3000", max_size=10), min_size=1, max_size=6)
# What is meant at the start of a line: a heading, a list, a quotation, a rule, a table.
MEANT_BELOW = re.compile(r"^\s*(#{1,6}\s|[-+*]\s|1\.\s|>|-{3,}\s*$)|^\s*[-:|][-:|\s]*$", re.M)


@given(LINES.map("\n".join).filter(lambda text: not MEANT.search(text) and not MEANT_BELOW.search(text)))
def test_whatever_is_typed_in_lines_is_printed_or_named_as_a_fault(tmp_path_factory, text):
    html, faults = to_html(text, "n.md", 1, tmp_path_factory.getbasetemp())
    shown = "".join(unescape(re.sub("<[^>]*>", "", html)).split())
    assert faults or "".join(text.split()) == shown


@given(
    st.lists(
        st.sampled_from(["1. 甲", "2. 乙", "3. 丙", "- 3件", "- 丁", "详情。", "（一）戊", "> 5", "", "  续"]), max_size=9
    )
)
def test_no_number_is_changed_and_no_line_lost(tmp_path_factory, lines):
    html, _ = to_html("\n".join(lines), "n.md", 1, tmp_path_factory.getbasetemp())
    assert "<ol start" not in html
    # Each item of a numbered list prints its place in the list, and each of a bulleted one a bullet.
    for ordered in re.findall("<ol>(.*?)</ol>", html, re.S):
        items = re.findall("<li>(.*?)</li>", ordered, re.S)
        html = html.replace(ordered, "".join(f"{number}. {item}" for number, item in enumerate(items, 1)), 1)
    html = html.replace("<li>", "- ")
    assert "".join("".join(lines).split()) == "".join(unescape(re.sub("<[^>]*>", "", html)).split())


def paragraphs():
    """A few thousand paragraphs of signs; the last characters are those that Typst or pandoc have a meaning for."""
    marks = string.punctuation + "05“”‘’…—·"
    typst = "-.?~<>/*_'\"=@#"
    texts = [f"甲{''.join(two)}乙" for two in product(marks, repeat=2)] + [
        f"{''.join(two)} 乙" for two in product(marks, repeat=2)
    ]
    texts += [f"{''.join(three)}5" for three in product(typst, repeat=3)]
    return [*texts, "1. 甲", "- 甲", "= 甲", "+ 甲", "/ 甲: 乙", "https://example.com//a", "a@example.com", "<a>", "#let x",
            "$x$", "/* 甲 */", "// 甲", "(c) 甲", "it's", "10--20", "1/2", "~~甲~~", "10-20", "5 - 3"]  # fmt: skip


@pytest.mark.slow
def test_all_signs_come_out_of_the_pdf_as_typed():
    texts = paragraphs()
    body = "".join(f"<p>〔{escape(text)}〕</p>" for text in texts)
    pdf = pypdf.PdfReader(io.BytesIO(typeset(Page("标题", "示例市", "2025-01-20", None, body))))
    whole = re.sub(r"— \d+ —", "", " ".join(page.extract_text() for page in pdf.pages))
    assert ["".join(text.split()) for text in texts] == re.findall("〔(.*?)〕", "".join(whole.split()))


def test_lines_taken_as_paragraphs_are_counted_but_those_of_markdown_are_not():
    assert [1, 3] == breaks("甲。\n乙\n丙。\n丁")
    assert [2] == breaks("- 甲。\n- 乙。\n丙")
    assert [1] == breaks("（一）甲\n乙")
    assert [] == breaks("- 甲。\n  乙。\n  丙")
    assert [1, 3] == breaks("1. 甲\n   （一）乙，\n   续\n   ① 丙\n2. 丁")
    assert [] == breaks("甲。\n- 乙\n- 丙\n\n丁，\n戊\n\n### 己\n庚\n\n|辛|\n|--|\n|壬。|\n|癸|")


MARKS = [
    "（1）{}", "(2){}", "①{}", "② {}", "a. {}", "B、{}", "（c）{}", "2. {}", "3、{}", "二是{}", "第二，{}", "• {}",
    "注：{}", "（二）{}",
]  # fmt: skip


@each("item", ["- ", "1. ", "- 甲\n  - ", "1. 甲\n   1. ", "> - ", "- 甲\n\n  1. "])
def test_a_line_of_an_item_with_a_number_or_bullet_of_its_own_is_a_paragraph_of_the_item(render, item):
    """It can be set in further, and lines go on from it; its list stands apart, those around and in it stay as they are."""
    before, _, last = item.rpartition("\n")
    inner = ("> " if ">" in last else "") + " " * (len(last) - 2 * (">" in last))
    for first, second in zip(MARKS, [*MARKS[1:], MARKS[0]], strict=True):
        one, other = first.format("丙"), second.format("丁，")
        lines = [*filter(None, [before]), f"{last}乙", f"{inner}{one}", f"{inner}   {other}", f"{inner}续"]
        html = render("\n".join(lines))
        assert f"<li>\n<p>乙</p>\n<p>{one}</p>\n<p>{other}续</p>\n</li>" in html, first
        assert html.count("<li>") == item.count("-") + item.count("1."), first


def test_a_line_of_an_item_in_mid_sentence_goes_on_from_it_as_ever(render):
    for line in ("续行", "1.5万元", "A类", "A.B公司", "X. Smith", "3月", "二者", "（见附件1）", "- 3件"):
        assert render(f"- 甲。\n  {line}\n- 丁") == f"<ul>\n<li>甲。{line}</li>\n<li>丁</li>\n</ul>"


def test_a_line_behind_a_list_in_an_item_is_a_paragraph_of_the_item(render):
    html = render("1. 甲\n   - 内\n   （1）乙\n2. 丁")
    assert html == ("<ol>\n<li>\n<p>甲</p>\n<ul>\n<li>内</li>\n</ul>\n<p>（1）乙</p>\n</li>\n<li>\n<p>丁</p>\n</li>\n</ol>")


@each(
    "text",
    [
        "（一）甲，",
        "（一）甲。",
        "（一）" + "甲" * 28,
        "（一）甲。乙",
        "1.甲",
        "- （一）甲",
        "> （一）甲",
        "|（一）甲|\n|--|",
        "（一）",
    ],
)
def test_what_does_not_look_like_a_heading_is_none(render, text):
    assert "<h3>" not in render(text)


def test_ordinary_markdown_of_analysts_works(render):
    text = (
        "## Result\n\nSome text\nthat goes on\nin 3 lines, see\n[the docs](https://a.test/a).\n\n"
        "* a\n* b\n  goes on\n    * c\n\n"
        "1. first, and\nmore\n   - x\n2. second\nand more\n\n> quoted\n\n**bold**, *italic*"
    )
    html = re.sub(r">\s+<", "><", render(text))
    assert html == (
        '<h2>Result</h2><p>Some text\nthat goes on\nin 3 lines, see\n<a href="https://a.test/a">the docs</a>.</p>'
        "<ul><li>a</li><li>b\ngoes on\n<ul><li>c</li></ul></li></ul>"
        "<ol><li>first, and\nmore\n<ul><li>x</li></ul></li><li>second\nand more</li></ol>"
        "<blockquote><p>quoted</p></blockquote><p><strong>bold</strong>, <em>italic</em></p>"
    )


@each("text", ["　　", "\xa0", " \t"])
def test_a_line_of_any_white_space_is_a_blank_line(render, text):
    assert "<p>甲</p>\n<p>乙</p>" == render(f"甲\n{text}\n乙")


def test_leading_full_width_spaces_are_no_second_indent(render):
    """The page indents every paragraph by two characters; those typed by hand would make it four."""
    assert "<p>全年工作平稳。</p>" == render("　　全年工作平稳。")


@each(
    ("text", "shown"),
    [
        ("共计\n15件", "共计15件"),
        ("共15\n件", "共15件"),
        ("全年，\n我局", "全年，我局"),
        ("见“专栏”\n一栏", "见“专栏”一栏"),
        ("甲\n**乙**", "甲乙"),
        ("甲 \n乙", "甲乙"),
        ("WiFi\nWLAN", "WiFi\nWLAN"),
    ],
)
def test_a_line_break_beside_chinese_prints_nothing(render, text, shown):
    assert shown == plain_text(render(text))


@given(st.lists(st.text("甲乙丙，。“”《》15%件", min_size=1, max_size=8), min_size=1, max_size=5))
def test_lines_of_chinese_are_joined_without_a_space(tmp_path_factory, lines):
    lines = [f"第{line}，" for line in lines]
    html, faults = to_html("\n".join(lines), "n.md", 1, tmp_path_factory.getbasetemp())
    assert not faults
    assert "".join(lines) == plain_text(html)


def test_bold_type_inside_a_paragraph_is_no_heading(render):
    assert "run-in" not in render("见**（一）主动公开。**全年公开。")
    assert "run-in" not in render("**主动公开。**全年公开。")


@each(
    ("text", "tag"),
    [
        ("### （一）主动公开", "h3"),
        ("###　（一）主动公开", "h3"),
        ("#### 1.制度", "h4"),
        ("1.　甲", "ol"),
        ("-　甲", "ul"),
    ],
)
def test_headings_and_lists_are_recognised_after_a_full_width_space_too(render, text, tag):
    assert render(text).startswith(f"<{tag}")


@each("text", ["###（一）主动公开", "##一、总体情况", "＃＃ 一、总体情况", " ###（一）", "#标题"])
def test_a_heading_that_would_print_its_number_signs_is_refused(refused, text):
    found = refused(f"正文\n\n{text}", first_line=7)
    assert 9 == found.source.line
    assert text.strip() in found.found


def test_rows_that_end_or_begin_as_paragraphs_do_stay_in_their_table(render):
    html = render("甲|乙\n--|--\n1|好。\n（一）|2\n1.|3")
    assert 3 == html.count("<tr>\n<td>")


def test_a_table_keeps_its_alignment(render):
    html = render("|科室|件数|\n|--|--:|\n|办公室|12|")
    assert '<td style="text-align:right">12</td>' in html
    assert "<th>科室</th>" in html


@each("row", ["|1|2|3|", "1|2|3", "|1||3", "| 1 | 2 | \\| |"])
def test_a_row_with_more_cells_than_its_table_has_columns_is_refused_by_its_line(refused, row):
    found = refused(f"正文\n\n|甲|乙|\n|--|--|\n|1|2|\n{row}", first_line=4)
    assert (9, "这一行有3格，表头只有2格") == (found.source.line, found.found)


@each("row", ["|1|2|", "1|2", "|1|", "|1|2||", "|1|2\\|3|", "|1|2\\|", "|1|\\||"])
def test_a_row_that_fits_its_table_is_set(render, row):
    assert "<td>1</td>" in render(f"|甲|乙|\n|--|--|\n{row}")


@each("tag", ["br", "sub", "sup", "u", "b", "i", "s", "ruby", "rt"])
def test_the_few_bare_tags_that_typesetting_needs_are_let_through(render, tag):
    assert f"<{tag}>" in render(f"甲<{tag}>乙" + ("" if tag == "br" else f"</{tag}>"))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "文字<script src=x></script>", '<img src="x" onerror="alert(1)">', "<br onclick=x>",
        "<iframe src=x>", "<style>p{}</style>", "<table><tr><td>甲</td></tr></table>", "<div>甲</div>",
        '<b style="x">甲</b>',
        "<!-- 没有结束", "<?php ?>", "<!DOCTYPE html>", "<svg><script/></svg>",
    ],
)  # fmt: skip
def test_other_html_is_refused_and_nothing_that_acts_remains(text, tmp_path):
    html, faults = to_html(text, "narrative.md", 1, tmp_path)
    assert {"F305"} == {fault.code for fault in faults}
    assert not re.search(r"<script|<iframe|<style|\son\w+=|javascript:", html)


NOWHERE = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///C:/附件.xls", "ftp://a.test/b",
    "tel:12345", "//a.test/b", "附件.xls", "../2023/report.html", "www.example.gov.cn/a", "https:a.html", "https:///a.test",
    "/a/b.html", "",
]  # fmt: skip


@pytest.mark.parametrize("address", NOWHERE)
def test_a_link_that_leads_nowhere_once_published_is_a_fault_of_its_line_and_leaves_its_text(address, tmp_path):
    text = f"正文\n\n见[专栏](https://a.test/)，\n又见[附**件**]({address})。"
    html, (found,) = to_html(text, "narrative.md", 4, tmp_path)
    assert html.strip() == '<p>正文</p>\n<p>见<a href="https://a.test/">专栏</a>，又见附<strong>件</strong>。</p>'
    assert ("F307", 7) == (found.code, found.source.line)
    assert (address or "没有地址") in found.found
    assert "https://" in found.expected


def test_an_address_that_lacks_its_scheme_is_told_what_it_lacks(tmp_path):
    _, (found,) = to_html("[专栏](www.example.gov.cn/a)", "narrative.md", 1, tmp_path)
    assert "在网址前加上 http:// 或 https://" == found.action


@each("address", ["http://a.test", "HTTPS://a.test/b?c=1#d", "mailto:a@b.test", "#table2-B2"])
def test_a_link_to_the_web_a_mailbox_or_a_place_in_the_page_stays(render, address):
    assert f'<p>见<a href="{address}">专栏</a>。</p>' == render(f"见[专栏]({address})。")


def test_an_ordinary_link_stays(render):
    assert '<p>见<a href="https://example.com/a?b=1">专栏</a>。</p>' == render("见[专栏](https://example.com/a?b=1)。")


@each(("text", "shown"), [("满意度<90%", "满意度&lt;90%"), ("A&B", "A&amp;B"), ("5 < 6 > 4", "5 &lt; 6 &gt; 4")])
def test_signs_of_comparison_are_text(render, text, shown):
    assert f"<p>{shown}</p>" == render(text)


@given(st.text(max_size=60))
def test_no_input_crashes_or_brings_in_active_html(tmp_path_factory, text):
    html, _ = to_html(text, "n.md", 1, tmp_path_factory.getbasetemp())
    assert not re.search(r"<(script|iframe|style|object|svg|math|form)|<[^>]+\son\w+\s*=", html, re.I)


@pytest.mark.parametrize("name", ["chart.png", "图表.png", "图 表（终稿）.png", "sub/图.png", "50%.png"])
def test_a_picture_in_the_reports_folder_goes_into_the_page(tmp_path, render, name):
    (tmp_path / "sub").mkdir()
    (tmp_path / name).write_bytes(PNG)
    src = f"<{name}>" if " " in name else name
    assert f'<p><img src="data:image/png;base64,{base64.b64encode(PNG).decode()}" alt="趋势"></p>' == render(
        f"![趋势]({src})"
    )


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("没有.png", None, "文件不存在"),
        ("../外面.png", PNG, "不在报告文件夹里"),
        ("/etc/hostname", None, "不在报告文件夹里"),
        ("https://example.com/a.png", None, "文件不存在"),
        ("x" * 5000 + ".png", None, "读不出来"),
        ("a%00.png", None, "文件不存在"),
        ("图.bmp", b"BM", "不是可用的图片格式"),
        ("图.png", b"BM", "打不开：扩展名与内容不符，或文件已损坏"),
        ("图.png", b"", "打不开：扩展名与内容不符，或文件已损坏"),
    ],
)
def test_any_other_picture_is_refused_by_name_with_the_reason(tmp_path, name, content, why):
    folder = tmp_path / "报告"
    folder.mkdir()
    if content is not None:
        (folder / name).write_bytes(content)
    html, (found,) = to_html(f"正文\n\n![图]({name})", "narrative.md", 4, folder)
    assert found.found.endswith(why)
    assert 6 == found.source.line
    assert "base64,iVBOR" not in html


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    folder = tmp_path / "报告"
    folder.mkdir()
    (tmp_path / "外面.png").write_bytes(PNG)
    (folder / "图.png").symlink_to(tmp_path / "外面.png")
    assert "F305" == to_html("![图](图.png)", "narrative.md", 1, folder)[1][0].code


@pytest.mark.parametrize("address", ["https%3A%2F%2Fa.test/b", "%23b.html", "mailto%3Aa@b.test", "http://?"])
def test_a_link_is_judged_as_it_is_published(tmp_path, address):
    html, (found,) = to_html(f"见\n[甲]({address})", "narrative.md", 1, tmp_path)
    assert ("F307", 2, f"链接“{address}”") == (found.code, found.source.line, found.found)
    assert "<a" not in html


@pytest.mark.parametrize("address", ["data:image/png;base64,AAAA", "data%3Aimage/png;base64,AAAA", "data:image/x;base64,AA"])
def test_a_picture_is_judged_as_it_is_published(tmp_path, address):
    _, (found,) = to_html(f"见\n![甲]({address})", "narrative.md", 1, tmp_path)
    assert ("F305", 2) == (found.code, found.source.line)
    assert found.found.startswith(f"图片“{address}”")


def test_of_a_picture_too_large_is_said_how_to_mend_it(tmp_path):
    (tmp_path / "图.png").write_bytes(bytes(19 << 20))
    _, (found,) = to_html("![图](图.png)", "narrative.md", 1, tmp_path)
    assert "19.0 MiB，超过上限 16 MiB" in found.found
    assert found.action.startswith("缩小或移走；确需这么大的，设环境变量 NIANBAO_MAX_MIB")


@pytest.mark.parametrize("text", ["<sub>" * 21 + "甲", "<b><sup>" * 100 + "甲", "甲<u>" * 30 + "</u>" * 30])
def test_marks_nested_deeper_than_any_page_has_are_named(tmp_path, text):
    _, faults = to_html(f"前\n\n{text}", "narrative.md", 1, tmp_path)
    assert [("F111", 3)] == [(one.code, one.source.line) for one in faults]


@pytest.mark.parametrize("text", ["<sub>" * 20 + "甲", "甲<br>" * 30, "甲<sub>1</sub>" * 30, "<b>甲<sup>1</sup></b>" * 30])
def test_marks_beside_one_another_are_none_too_many(tmp_path, text):
    assert [] == to_html(text, "narrative.md", 1, tmp_path)[1]


TABLE = "|甲|\n|---|\n|1|\n"


@each("name", ["表5 各镇情况", "表五 各镇情况", "附表1：各镇情况", "表5"])
def test_a_line_above_a_table_that_names_it_is_its_caption(render, name):
    assert f"<table><caption>{name}</caption>" in render(f"前。\n\n{name}\n\n{TABLE}")


@each("text", ["各镇情况见表5。", "表5反映各镇情况", "表5 反映各镇情况。", "各镇情况如下：", "表5 情况\n\n说明"])
def test_a_sentence_above_a_table_is_none(render, text):
    assert "<caption>" not in render(f"{text}\n\n{TABLE}")


def test_notes_below_a_table_are_set_as_notes_and_other_text_is_not(render):
    html = render(f"{TABLE}\n注：甲。\n\n备注1. 乙。\n\n丙。\n\n注：丁。")
    notes = '<div class="note"><p>注：甲。</p>\n<p>备注1. 乙。</p></div></div>\n'
    assert html.partition("</table></div>\n")[2] == notes + "<p>丙。</p>\n<p>注：丁。</p>"
