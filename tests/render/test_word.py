"""The Word document: its page, its styles, its tables, what it says of itself; and all samples as LibreOffice shows them."""

import io
import re
import statistics
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, pairwise, product

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

import office
from cases import each
from making import BODY, plain, write
from nianbao.importing.docxfile import WORD
from nianbao.markdown import rendered
from nianbao.packed import Package
from nianbao.render import docx, formats, pdf
from nianbao.render.clean import clean
from nianbao.render.headings import title_lines
from nianbao.render.outputs import page_of
from nianbao.render.page import Page
from nianbao.render.pagination import Pages, evened
from nianbao.render.word.lines import lines_in_cell, lines_of
from nianbao.render.word.pages import AROUND, NAME_TALL, NAMED
from nianbao.render.word.styles import ABOVE_TEXT, CAPTION, LINE, NOTE, NOTE_LINE, TABLE_END
from nianbao.shown.blocks import Paragraph, Table
from nianbao.shown.docx import blocks_in, prints_of
from nianbao.state import State
from paper import BOTTOM, PITCH, sheets
from pictures import SVG, png
from project import ROOT
from published import documents, executed, squeezed, standard_page
from readers import READERS

NARRATIVE = f"""# 示例市测试局2024年政府信息公开工作年度报告

引言。

{BODY}"""
CHAPTER = """**（一）主动公开。**公开**要点**，见[网站](https://a.test/?b=1&c=2#d)。

- 甲
- 乙

1. 子
2. 丑

### （二）平台

有序。"""
NARRATIVE = NARRATIVE.replace("工作有序开展。", CHAPTER)
MM = 72 / 25.4  # points of a millimetre


def opened(made):
    return Document(io.BytesIO(made))


def part(made, name):
    return zipfile.ZipFile(io.BytesIO(made)).read(name).decode()


def shown_in(made):
    package = Package(made, WORD)
    return blocks_in(package, next(iter(package.tree("word/document.xml"))))


def simple(body, **about):
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(body), **about)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    root = tmp_path_factory.mktemp("params")
    paths = write(root, 2024, NARRATIVE, "editor: 甲科\nnumber: 示测〔2025〕3号\n")
    return page_of(executed(root, paths))


@pytest.fixture(scope="module")
def made(page):
    return docx.make(page)


def test_the_page_has_the_official_margins_and_words_grid_of_28_by_22(made):
    [section] = opened(made).sections
    lengths = ("page_width", "page_height", "top_margin", "left_margin", "right_margin", "bottom_margin")
    asked = (210, 297, 37, 28, 26, 35)
    assert all(abs(getattr(section, name) - Mm(one)) < Mm(0.1) for name, one in zip(lengths, asked, strict=True))
    grid = {name.rpartition("}")[2]: one for name, one in section._sectPr.find(qn("w:docGrid")).attrib.items()}
    size = opened(made).styles["Normal"].font.size.pt
    area = (section.page_height - section.top_margin - section.bottom_margin) / Pt(1)
    assert ("linesAndChars", 22) == (grid["type"], int(area // (int(grid["linePitch"]) / 20)))
    assert abs(28 * (size + int(grid["charSpace"]) / 4096) - 156 * MM) < 0.5


def test_what_a_report_is_made_of_stands_in_named_styles_in_the_official_families(made):
    document = opened(made)
    used = {paragraph.style.name: paragraph.text for paragraph in reversed(document.paragraphs)}
    assert used["公文标题"] == "示例市测试局\n2024年政府信息公开工作年度报告"
    assert used["一级标题"] == "一、总体情况"
    assert used["二级标题"] == "（二）平台"
    assert (used["发文字号"], used["责任编辑"]) == ("示测〔2025〕3号", "责任编辑：甲科")
    assert (used["落款"], used["成文日期"]) == ("示例市测试局", "2025年1月20日")
    assert {"Normal", "List Paragraph", "表题"} <= used.keys()
    assert {(table.style.name, table.style.base_style.name) for table in document.tables} == {("法定表格", "表格")}
    families = {name: document.styles[name].element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
                for name in ("公文标题", "一级标题", "二级标题", "Normal", "表格文字")}  # fmt: skip
    assert [*families.values()] == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "黑体"]
    others = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', part(made, "word/fontTable.xml")))
    assert set(families.values()) <= set(others)
    assert others["方正小标宋简体"] == "华文中宋"


def test_names_in_latin_letters_are_not_proofed_as_english_in_a_chinese_document(made):
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        told = "".join(files.read(f"word/{name}.xml").decode() for name in ("styles", "settings", "document"))
    assert {*re.findall(r'<w:(?:lang|themeFontLang) w:val="([^"]*)"', told)} == {"zh-CN"}


def test_runs_have_no_look_but_their_styles_and_a_run_in_heading_ends_with_its_full_stop(made):
    document = opened(made)
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert {child.tag for run in runs if run._r.rPr is not None for child in run._r.rPr} == {qn("w:rStyle")}
    styled = {run.text: run.style.name for run in runs if run.style.name != "Default Paragraph Font"}
    assert styled == {"（一）主动公开。": "段首标题", "要点": "加粗"}
    for heading in ("段首标题", "二级标题"):  # both alike, and neither is bold
        style = document.styles[heading].element
        assert style.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "楷体_GB2312"
        assert style.find(f".//{qn('w:b')}") is None
    # Of paragraphs, what no style can hold: marks of lists, the place of the signature, what stays together.
    allowed = {qn(f"w:{name}") for name in ("pStyle", "keepNext", "widowControl", "numPr", "spacing", "ind")}
    for paragraph in document.paragraphs:
        given = {child.tag for child in paragraph._p.pPr}
        assert given <= allowed
        assert paragraph.style.name in {"公文标题", "落款", "成文日期"} or not given & {qn("w:spacing"), qn("w:ind")}


def test_merged_heads_are_repeated_and_no_row_is_torn(made):
    _, table, _ = opened(made).tables
    rows = table._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows[:4]] == [True, True, True, False]
    assert table.cell(0, 0).text == table.cell(2, 2).text
    assert table.cell(3, 3).paragraphs[0].style.name == "表格文字"
    assert '<w:vAlign w:val="center"/>' in etree.tostring(table.style.base_style.element).decode()
    assert {sum(cell.grid_span for cell in row.tc_lst) for row in rows} == {len(table.columns)}


def test_a_long_table_runs_on_and_its_headings_stay_with_their_rows():
    part = "<tr><th colspan=2>甲</th></tr><tr><th>子</th><th>丑</th></tr>" + "<tr><th>行</th><td>1</td></tr>" * 30
    [table] = opened(docx.make(simple(f"<table>{part * 2}</table>"))).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is None for row in table.rows]
    first, heads, last = {*range(4)}, {32, 33}, {62}
    assert kept == [at in first | heads | last for at in range(64)]


ROW = "<tr><th>行</th><td>1</td></tr>"


def lines_of_table(lines, rows):
    """How many lines of the page a statutory table takes below some lines of text, with its name and the space below it."""
    table = f'<div class="scroll kept"><table class="statutory"><caption>表</caption>{rows}</table></div>'
    document = opened(docx.make(simple("<p>文。</p>" * lines + table)))
    heights = [int(one.get(qn("w:val"))) for one in document.element.body.iter(qn("w:trHeight"))]
    tall = sum(heights) + 10 * len(heights) + CAPTION + TABLE_END  # each row has a rule
    assert -tall % LINE == 20
    return (tall + 20) // LINE


def test_a_statutory_table_takes_whole_lines_and_as_many_as_suit_its_page():
    taken = [lines_of_table(lines, ROW * 28) for lines in range(12)]
    fitting = [lines for lines in range(12) if lines + taken[lines] <= 22]
    assert fitting == [*range(9)]  # then it is too tall, and goes to the next page
    assert taken == [16] * 6 + [15, 14, 14] + [16] * 3


@pytest.mark.slow
def test_a_table_fits_on_a_page_with_its_headings_and_notes():
    """However far the page before is full, and whether notes are one or several."""
    for lines in range(23):
        for notes in (1, 2, 6):
            table = f'<div class="scroll kept"><table class="statutory"><caption>表</caption>{ROW * 28}</table></div>'
            below = f'<div class="note">{"<p>注：甲。</p>" * notes}</div>'
            body = f"{'<p>文。</p>' * lines}<h2>三、申请情况</h2>{table}{below}"
            document = opened(docx.make(simple(body)))
            heights = [int(one.get(qn("w:val"))) for one in document.element.body.iter(qn("w:trHeight"))]
            assert LINE + CAPTION + sum(heights) + 10 * len(heights) + notes * (NOTE + NOTE_LINE) <= 22 * LINE


def test_the_parts_of_a_table_longer_than_a_page_repeat_their_own_heads_and_are_read_as_one_table():
    part = "<tr><th colspan=2>甲</th></tr><tr><th>子</th><th>丑</th></tr>"
    columns = '<col style="width: 50%">' * 2
    table = f'<table class="statutory"><caption>表</caption>{columns}<tbody>{part}{ROW * 3}</tbody>'
    body = f'<div class="scroll dense">{table}<tbody>{part}{ROW * 50}</tbody></table></div>'
    made = docx.make(simple(body))
    tables = opened(made).tables
    assert [len(one.rows) for one in tables] == [5, 52]
    for one in tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in one.rows]
        assert heads == [True] * 2 + [False] * (len(heads) - 2)
    [grid] = formats.find("docx").read(made).grids
    assert len(grid) == 57


FOUR = "".join(f"<tr><th colspan=2>第{at}项</th></tr><tr><th>子</th><th>丑</th></tr>{ROW * 3}" for at in range(4))
FOUR = f'<div class="scroll kept"><table class="statutory"><caption>表</caption>{FOUR}</table></div>'


def heads_of(table):
    """The rows of a table of Word's that it says again on each page."""
    return [at for at, row in enumerate(table.rows) if row._tr.trPr.find(qn("w:tblHeader")) is not None]


def test_a_table_goes_over_a_page_between_its_parts_where_its_page_would_stay_half_empty():
    """Then each page has a table of its own, as Word says the head at the top of a table again and no other."""
    for lines, rows in ((2, [20]), (13, [10, 10])):
        made = docx.make(simple("<p>文。</p>" * lines + FOUR))
        tables = opened(made).tables
        assert [len(table.rows) for table in tables] == rows
        for table in tables:
            assert heads_of(table) == [0, 1]
            assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
            kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is None for row in table.rows]
            assert kept == [True] * (len(kept) - 1) + [False]
        [grid] = formats.find("docx").read(made).grids
        assert len(grid) == 20


def test_a_part_of_many_rows_is_a_table_of_its_own_where_a_page_ends_in_it_and_no_rule_is_double():
    """Word says its head again then; a hidden paragraph parts it from the next part."""
    part = "<tr><th colspan=2>第{}项</th></tr><tr><th>子</th><th>丑</th></tr>"
    table = f'<table class="statutory"><caption>表</caption>{part.format(1)}{ROW * 24}{part.format(2)}{ROW * 3}</table>'
    made = docx.make(simple("<p>文。</p>" * 11 + f'<div class="scroll kept">{table}</div>'))
    tables = opened(made).tables
    assert [(len(table.rows), heads_of(table)) for table in tables] == [(26, [0, 1]), (5, [0, 1])]
    seam = opened(made).element.body.xpath("w:p[w:pPr/w:pStyle[@w:val='TableSeam']]")
    assert ["<w:vanish/>" in one.xml for one in seam] == [True]
    [grid] = formats.find("docx").read(made).grids
    assert len(grid) == 31


def test_a_table_is_taller_only_where_many_lines_would_stay_empty():
    """What comes below stays together, and goes to the next page; no row is taller than 9 mm for that."""

    def tall(lines):
        table = f'<div class="scroll kept"><table class="statutory"><caption>表</caption>{ROW * 4}</table></div>'
        text = f"<h2>五、问题</h2><p>{'字' * 28 * lines}</p><h2>六、其他</h2><p>{'字' * 28 * 5}</p>"
        signature = '<div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div>'
        document = opened(docx.make(simple(f"<p>文。</p>{table}{text}{signature}")))
        return max(int(one.get(qn("w:val"))) for one in document.element.body.iter(qn("w:trHeight")))

    assert [tall(lines) for lines in (5, 6, 7, 10, 11)] == [290, 290, 434, 434, 434]


def test_the_rows_of_no_statutory_table_are_far_taller_than_those_of_another():
    """表二 and 表三 of a report stand on pages that are full to a different degree."""
    document = opened(docx.make(standard_page(ROOT / "params", "shili-szf", 2019)))
    rows = [
        statistics.median(int(one.get(qn("w:val"))) for one in table._tbl.iter(qn("w:trHeight")))
        for table in document.tables
        if len(table.rows) > 5
    ]
    assert len(rows) == 2
    assert max(rows) < 1.6 * min(rows), rows


def test_rows_stay_lower_and_a_page_less_full_for_the_sake_of_a_table_that_fills_the_next():
    """Long rows of one's own in 表三 leave no room for taller ones."""

    def play(pages):
        pages.block(6)
        pages.table([(lines, 0.0, (lines, 0, 0)) for lines in range(7, 17)], tall=lambda choice: [2.0 * choice[0]])
        pages.table([(22, 0.0, (22, 0, 0))], tall=lambda _: [15.0])

    pages = Pages(30, 20)
    play(pages)
    assert pages.choices() == [(15, 0, 0), (22, 0, 0)]  # a page that is full to the last line may be too full
    assert evened(play, Pages(30, 20)).choices() == [(12, 0, 0), (22, 0, 0)]


def is_tight(made):
    """Whether less lies above the texts of a table than its style has."""
    return any(int(one) < ABOVE_TEXT for one in re.findall('<w:top w:w="([0-9]+)"', part(made, "word/document.xml")))


def test_a_name_of_several_lines_makes_its_table_taller():
    """So rows are lower that would fit below a short one."""

    def is_lower(name):
        table = own_table(30).replace("<table>", f"<table><caption>{name}</caption>")
        attachment = f"<div class='attachment'><h2>附件1：<span class='title-part'>表</span></h2>{table}</div>"
        return is_tight(docx.make(simple(f"<p>正文。</p>{attachment}")))

    assert [is_lower("表1 各科室" + "收到申请的情况" * many) for many in (1, 4, 6, 12)] == [False, False, True, True]


LONG_LABEL = "五、通过政务服务一体化平台和热线转办、经审查属于政府信息公开申请并按条例规定另行登记编号的件数"


def form_three(own_rows):
    """A table like 表三: a head, a label of many rows, and rows below it that no label reaches into."""
    columns = "".join(f'<col style="width: {wide}%">' for wide in (5, 38, 57))
    head = "<thead><tr><th colspan=2>项</th><th>件</th></tr></thead>"
    group = "".join(f"<tr>{'<th rowspan=22>三、</th>' * (at == 0)}<th>子</th><td>1</td></tr>" for at in range(22))
    one = "<tr><th colspan=2>{}</th><td>1</td></tr>"
    rows = one.format("一") + one.format("二") + group + one.format("四") + one.format(LONG_LABEL) * own_rows
    table = f'<table class="statutory"><caption>表</caption>{columns}{head}<tbody>{rows}</tbody></table>'
    return f'<div class="scroll dense">{table}</div>'


def test_a_table_with_a_head_goes_over_a_page_between_whole_groups_where_ten_lines_would_stay_empty():
    """Its head stands on both pages, and no page has fewer than three rows; one without rows of one's own stays whole."""
    for own_rows, lines, torn in ((3, 3, []), (3, 6, [24]), (3, 12, []), (0, 12, [])):
        note = "<div class='note'><p>注：甲。</p></div>"
        [made] = opened(docx.make(simple(f"{'<p>文。</p>' * lines}{form_three(own_rows)}{note}"))).tables
        free = [one.cells[-1].paragraphs[0].paragraph_format.keep_with_next for one in made.rows[:-1]]
        assert [at for at, kept in enumerate(free) if kept is False] == torn, lines
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_label_beside_many_rows_has_one_character_in_each_line_in_the_middle(made):
    """三、本年度办理结果 beside its rows; the labels in wider columns begin at the left."""
    cells = [cell for table in opened(made).tables for row in table.rows for cell in row.cells]
    [label] = {cell._tc: cell for cell in cells if cell.text == "三、本年度办理结果"}.values()
    [shown] = label.paragraphs
    room = label.width - shown.paragraph_format.left_indent - shown.paragraph_format.right_indent - 2 * 36 * 635
    assert (shown.alignment, 1.5 * Pt(9) > room > Pt(9)) == (WD_ALIGN_PARAGRAPH.CENTER, True)
    others = {cell.text: cell.paragraphs[0] for cell in cells if cell.text in {"（三）不予公开", "（一）予以公开"}}
    assert {(one.alignment, one.paragraph_format.left_indent) for one in others.values()} == {(None, None)}


def test_page_numbers_are_fields_at_the_outer_edges(made):
    document = opened(made)
    [section] = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    for footer, style, side in ((section.footer, "单页码", "right"), (section.even_page_footer, "双页码", "left")):
        [paragraph] = footer.paragraphs
        assert (paragraph.text.replace(" ", ""), paragraph.style.name) == ("—" + "—", style)
        assert " PAGE " in paragraph._p.xml
        assert paragraph.style.element.pPr.jc.get(qn("w:val")) == side


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DRAFT])
def test_each_page_of_a_draft_is_stamped_and_no_other(page, state):
    [section] = opened(docx.make(replace(page, state=state))).sections
    for header in (section.header, section.even_page_header):
        drawn = "".join(paragraph._p.xml for paragraph in header.paragraphs)
        assert ("草稿" in "".join(one.text for one in header.paragraphs)) == (state is State.DRAFT)
        assert ('string="草稿"' in drawn) == (state is State.DRAFT)


def test_a_document_says_of_itself_what_the_report_says(made):
    about = opened(made).core_properties
    assert (about.title, about.author) == ("示例市测试局2024年政府信息公开工作年度报告", "示例市测试局")
    assert {about.created.date().isoformat(), about.modified.date().isoformat()} == {"2025-01-20"}
    assert "rsid" not in "".join(part(made, name) for name in zipfile.ZipFile(io.BytesIO(made)).namelist())


def test_the_same_page_has_the_same_bytes_and_no_moment_of_its_making(page, made):
    assert docx.make(page) == made
    packed = zipfile.ZipFile(io.BytesIO(made)).infolist()
    assert {(one.date_time, one.compress_type) for one in packed} == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)}


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs overflowPunct autoSpaceDE "
    "autoSpaceDN adjustRightInd snapToGrid spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b i strike snapToGrid vanish color spacing kern sz szCs u shd vertAlign lang",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tcPr",
    "sectPr": "headerReference footerReference pgSz pgMar docGrid",
    "lvl": "start numFmt suff lvlText lvlJc pPr",
}
MANY = (
    '<h1>甲</h1><p><b>乙<i>丙<u>丁</u></i></b><s><sub>戊</sub></s><span style="color: red; background: blue">己</span></p>'
    '<ul><li>庚<ol start="3"><li>辛</li></ol></li></ul><pre>壬\n癸</pre><hr><blockquote>子</blockquote>'
    '<table><tr><th style="text-align: left; color: red">丑</th></tr><tr><td style="background: #ff0">寅</td></tr></table>'
)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_properties_stand_in_the_order_in_which_word_wants_them(page, language):
    for one in (page, simple(MANY, language=language)):
        made = docx.make(replace(one, state=State.DRAFT))
        for name in ("document", "styles", "numbering"):
            for element in etree.fromstring(part(made, f"word/{name}.xml").encode()).iter(etree.Element):
                tag = etree.QName(element).localname
                if tag in ORDERS:
                    known, found = ORDERS[tag].split(), [etree.QName(child).localname for child in element]
                    assert sorted(found, key=known.index) == found


def test_links_lead_to_the_web_and_to_mailboxes_only():
    leading = ("https://a.test/甲 乙?b=%22&amp;c", "http://a.test", "mailto:a@a.test")
    body = "".join(f'<p><a href="{one}">字</a></p>' for one in (*leading, "#here", "javascript:1", "file:///a", "b.html"))
    made = docx.make(simple(body))
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', part(made, "word/_rels/document.xml.rels"))
    assert targets == ["https://a.test/%E7%94%B2%20%E4%B9%99?b=%22&amp;c", "http://a.test", "mailto:a@a.test"]
    assert [link.text for paragraph in opened(made).paragraphs for link in paragraph.hyperlinks] == ["字"] * 3
    style = re.search('<w:style [^>]*w:styleId="Hyperlink".*?</w:style>', part(made, "word/styles.xml"))[0]
    assert ("<w:u " in style, "<w:color" in style) == (False, False)  # on paper a link is text


def test_what_a_document_says_of_its_print_is_what_its_pages_show(page):
    """But for the numbers of the notebook's cells that show a part of it."""
    report = re.sub(' data-cell="[0-9]+"', "", page.body)
    made = docx.make(replace(page, body=f'{report}<p data-cell="7">另有<b>一</b>段。</p>'))
    printed = prints_of(Package(made, WORD))
    shown = squeezed("".join(etree.fromstring(part(made, "word/document.xml").encode()).itertext()))
    texts = [squeezed(piece.text) for one in printed.blocks if isinstance(one, Paragraph) for piece in one.pieces]
    assert sum(map(len, texts)) > 100
    assert [one for one in texts if one not in shown] == []
    assert [one.pieces[0].text for one in printed.blocks if one.own] == ["另有"]
    assert {one.own for one in printed.blocks} == {0, 7}
    assert "w:own" not in part(made, "word/document.xml")


def test_so_is_what_it_says_of_its_tables_and_pictures(page):
    """All text in the properties is in the document: each cell, and what is said of each picture."""
    picture = f'<p><img alt="窗口的照片" src="data:image/png;base64,{png(30, 30)}"></p>'
    table = "<table><tr><th>片区</th><th>件数</th></tr><tr><td>城东<br>城西</td><td><b>2</b>0</td></tr></table>"
    made = docx.make(replace(page, body=f"{page.body}{table}{picture}"))
    printed = prints_of(Package(made, WORD))
    document = etree.fromstring(part(made, "word/document.xml").encode())
    shown = squeezed("".join(document.itertext()))
    tables = [one for one in printed.blocks if isinstance(one, Table)]
    cells = [inner for one in tables for row in one.rows for cell in row for inner in cell.blocks]
    texts = [squeezed("".join(piece.text for piece in one.pieces)) for one in cells]
    assert {"片区", "城东城西", "20"} <= {*texts}
    assert [one for one in texts if one not in shown] == []
    assert {name for name, _ in printed.pictures} == {*document.xpath("//@descr")} == {"窗口的照片"}


def test_a_document_holds_no_program_and_loads_nothing(page):
    said = f'<p>{{ INCLUDETEXT }} DDEAUTO c:</p><p><a href="https://a.test">子</a></p>{MANY}'
    made = docx.make(replace(page, state=State.DRAFT, body=page.body + said))
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert {name.rpartition(".")[2] for name in names} == {"xml", "rels"}
    fields = {name: re.findall(r"<w:(?:instrText|fldSimple)[^>]*>", part(made, name)) for name in names}
    assert {name: found for name, found in fields.items() if found} == {
        f"word/footer-{side}.xml": ['<w:fldSimple w:instr=" PAGE ">'] for side in ("odd", "even")
    }
    outside = [one for name in names for one in re.findall("<Relationship [^>]*External[^>]*>", part(made, name))]
    assert outside
    assert all("/hyperlink" in one for one in outside)


def test_a_link_into_the_page_leads_to_its_place():
    made = docx.make(
        simple('<h1 id="top">甲</h1><p>见<a href="#note">[1]</a>。</p><ol><li id="note">乙<a href="#top">回</a></li></ol>')
    )
    title, text, note = opened(made).paragraphs
    places = [paragraph._p.xpath("./w:bookmarkStart/@w:name") for paragraph in (title, text, note)]
    assert [[text.hyperlinks[0].fragment], [], [note.hyperlinks[0].fragment]] == [places[2], places[1], places[0]]
    assert [title.text, text.text, note.text] == ["甲", "见[1]。", "乙回"]
    [spelled] = opened(docx.make(simple('<p>写作 id="note" 的<a href="#note">去处</a></p>'))).paragraphs
    assert (spelled.text, spelled.hyperlinks) == ('写作 id="note" 的去处', [])


@each(
    ("names", "day", "middle"),
    [
        (["示例市测试局"], "2025年1月20日", 7.25),
        (["示例市教育局"], "2025年12月20日", 7.5),
        (["示例自治州某县人民防空办公室"], "2025年1月2日", 7),
        (["示例自治州某某县住房和城乡建设局、人民防空办公室"], "2025年1月2日", 12),
        (["示例市教育局", "示例自治州某某县住房和城乡建设局、人民防空办公室"], "2025年1月2日", 12),
        (["示" * 30], "2025年1月2日", 14),
        ([], "2025年1月2日", 7),
    ],
)
def test_the_date_stands_four_characters_in_and_names_are_centred_over_it(names, day, middle):
    lines = "".join(f"<p>{one}</p>" for one in (*names, day))
    last, *lines = opened(docx.make(simple(f'<p>正文。</p><div class="signature">{lines}</div>'))).paragraphs
    assert last.paragraph_format.keep_with_next
    for line in lines:
        left, right = (one / Pt(15.8) for one in (line.paragraph_format.left_indent, line.paragraph_format.right_indent))
        # However wide the digits of a font are, the names stand over the date.
        assert line.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert abs(right + (28 - left - right) / 2 - middle) < 0.02
    assert ["落款"] * max(1, len(names)) + ["成文日期"] * bool(names) == [line.style.name for line in lines]


def test_no_style_has_a_name_by_which_a_chinese_word_calls_one_of_its_own(made):
    """Two styles of one name are a puzzle to who edits the text: Word's own have their English names in the file."""
    styles = {style.name: style for style in opened(made).styles}
    assert not {"正文", "强调", "列表段落", "超链接", "标题", "页眉", "页脚", "题注", "引用", "签名"} & styles.keys()
    own = {name for name, style in styles.items() if style.element.get(qn("w:customStyle")) is None}
    assert {"Normal", "Emphasis", "List Paragraph"} <= own
    indents = (
        styles["Normal"].element.pPr.ind.get(qn("w:firstLineChars")),
        styles["无缩进"].element.pPr.ind.get(qn("w:firstLineChars")),
    )
    assert indents == ("200", "0")
    assert {"Normal", "无缩进"} >= {
        style.base_style.name for name, style in styles.items() if name in {"公文标题", "表头", "单页码"}
    }


@each(("word", "wide"), [("NaN", 2.11), ("MW", 1.86), ("TOTAL", 3.25)])  # of DejaVu, in em
def test_a_column_has_room_for_capital_letters_in_whatever_font(word, wide):
    cells = f"<td>{word}</td>" * 11
    table = opened(docx.make(simple(f"<table><tr>{cells}</tr></table>"))).tables[0]
    [sides] = table._tbl.tblPr.findall(qn("w:tblCellMar"))
    beside = sum(int(side.get(qn("w:w"))) for side in sides if side.tag in {qn("w:left"), qn("w:right")}) / 20
    assert min(column.width.pt for column in table.columns) >= 9 * wide + beside


def test_a_column_has_room_for_its_words_in_whatever_font():
    table = "<table><tr><th>类别</th></tr><tr><td>第1类信息</td></tr><tr><td>12345</td></tr></table>"
    [column] = opened(docx.make(simple(table))).tables[0].columns
    text, margins = 4 * 9 + 0.636 * 9 + 2 * 2.25, 5.2
    assert column.width.pt >= text + margins  # digits of DejaVu, LibreOffice's space


def test_a_picture_stays_with_its_name_and_with_nothing_else():
    picture = f'<img src="data:image/png;base64,{png(30, 30)}" alt="图">'
    body = f"<p>{picture}</p><p>文。</p><figure>{picture}<figcaption>图1</figcaption></figure><p>{picture}</p><p>文。</p>"
    document = opened(docx.make(simple(body)))
    pictures = [one for one in document.paragraphs if one.style.name == "图片"]
    assert [bool(one.paragraph_format.keep_with_next) for one in pictures] == [False, True, False]
    assert not document.styles["图片"].paragraph_format.keep_with_next


@pytest.mark.parametrize("editor", ["", '<div class="editor"><p>责任编辑：甲</p></div>'])
def test_the_date_stays_with_the_editor_below_it(editor):
    body = f'<p>正文。</p><div class="signature"><p>示例市测试局</p><p>2025年1月2日</p></div>{editor}'
    [date] = [one for one in opened(docx.make(simple(body))).paragraphs if one.style.name == "成文日期"]
    assert bool(date.paragraph_format.keep_with_next) == bool(editor)


SIGNED = '<div class="signature"><p>示例市测试局</p><p>2025年1月2日</p></div>'


def ending(lines, above="<p>文。</p>"):
    """A text that ends with a paragraph of ten lines, below so many others."""
    return docx.make(simple(f"{above * lines}<p>{'字' * 26}{'句' * 28 * 8}{'末' * 20}</p>{SIGNED}"))


def test_a_long_last_paragraph_goes_along_where_the_signature_would_stand_alone():
    """On the page of 22 lines stand ten of it and three of the signature; where they have room it may go over a page."""

    def kept(lines):
        last = opened(ending(lines)).paragraphs[lines].paragraph_format
        return bool(last.keep_with_next), bool(last.keep_together)

    assert [kept(lines) for lines in (8, 10, 12, 14, 18)] == [(one, one) for one in (False, True, True, False, False)]


def test_a_paragraph_is_held_together_above_where_that_leaves_fewer_lines_empty():
    """Of the one that goes over the end of page 1 two lines go along; then two of the last one stand with the signature."""
    over = "<p>文。</p>" * 20 + f"<p>{'字' * 26}{'句' * 28 * 3}</p>"
    document = opened(docx.make(simple(f"{over}{'<p>文。</p>' * 10}<p>{'字' * 26}{'末' * 28 * 8}{'尾' * 20}</p>{SIGNED}")))
    held = [at for at, one in enumerate(document.paragraphs) if one.paragraph_format.keep_together]
    assert held == [20]


@pytest.mark.browser
def test_libreoffice_leaves_no_signature_alone_on_a_page(tmp_path):
    files = [tmp_path / f"{lines}.docx" for lines in (9, 10, 11, 12, 13)]
    for file in files:
        file.write_bytes(ending(int(file.stem)))
    for made in office.pdfs(tmp_path, files).values():
        *_, last = sheets(made)
        assert last.lines[0].text[0] in "文字句末"


ADDRESS = "https://www.example.gov.cn/zwgk/2024/annual/report/long/path/index.html"


def test_only_a_paragraph_with_a_long_address_stands_at_the_left():
    texts = ["见1,234,567件。", "见www.example.gov.cn。", f"见{ADDRESS}。"]
    body = "".join(f"<p>{one}</p>" for one in texts)
    sides = [one.alignment for one in opened(docx.make(simple(body))).paragraphs]
    assert sides == [None, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.LEFT]
    assert {one.alignment for one in opened(docx.make(simple(body, language="en"))).paragraphs} == {None}


@pytest.mark.browser
def test_libreoffice_spreads_no_line_above_a_long_address(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx.make(simple(f'<p>{"字" * 36}见<a href="{ADDRESS}">{ADDRESS}</a>。</p>')))
    with pypdfium2.PdfDocument(office.pdfs(tmp_path, [tmp_path / "a.docx"])["a"]) as document:
        shown = [one for one in characters(document[0]) if one.char.strip() and one.bottom / MM < 262]
        assert max(one.right for one in shown) / MM < 184.5
        assert max(other.left - one.left for one, other in pairwise(shown) if one.char == other.char == "字") < 17


def test_empty_lines_stand_where_the_pdf_has_them():
    """One between title and number, one between number and text, none below the head of an attachment."""
    number = '<div class="below-title"><p>示测〔2025〕3号</p></div>'
    attached = '<div class="attachment"><h2>附件：说明</h2><p>附件的话。</p></div>'
    document = opened(docx.make(simple(f"<h1>标题</h1>{number}<p>正文。</p>{attached}")))
    behind = [one.paragraph_format.space_after or one.style.paragraph_format.space_after for one in document.paragraphs]
    assert [round((one or 0) / (MM * 12700 * 225 / 22)) for one in behind] == [1, 1, 0, 0, 0]


def test_the_number_of_a_document_is_set_as_its_text_and_no_empty_line_parts_it_from_the_day():
    below = '<div class="below-title"><p>示测〔2025〕3号</p><p>（2025年1月20日）</p></div>'
    document = opened(docx.make(simple(f"<h1>标题</h1>{below}<p>正文。</p>")))
    _, number, day, _ = document.paragraphs
    assert (number.style.name, day.style.name) == ("发文字号", "标题下注")
    families = [one.style.element.find(f".//{qn('w:rFonts')}") for one in (number, day)]
    assert families[0] is None
    assert families[1].get(qn("w:eastAsia")) == "楷体_GB2312"
    assert (number.paragraph_format.space_after, day.paragraph_format.space_after) == (0, None)


NUMERALS = {
    "（一）主动公开": "二级标题", "(十二)平台": "二级标题", "1.制度": "三级标题", "２．平台": "三级标题",
    "3、监督": "三级标题", "（1）网站": "四级标题", "一、规划": "一级标题",
}  # fmt: skip


@each(("tag", "plain"), [("h3", "二级标题"), ("h4", "三级标题"), ("h5", "四级标题")])
def test_a_heading_looks_as_its_numeral_says_and_is_as_deep_as_its_tag(tag, plain):
    """One without a numeral looks as its tag says: what begins with a figure or a word has none."""
    headings = NUMERALS | dict.fromkeys(("制度建设", "12345热线", "1.5万元以上", "一体化平台", "三公经费"), plain)
    made = docx.make(simple("".join(f"<{tag}>{one}</{tag}><p>正文。</p>" for one in headings)))
    assert {one.text: one.style.name for one in opened(made).paragraphs if one.text != "正文。"} == headings
    told = [one for one in shown_in(made) if getattr(one, "level", 0)]
    assert {one.level for one in told} == {int(tag[1])}


def test_words_that_stand_out_are_upright_and_come_back_as_they_were():
    made = docx.make(simple("<p><em>试行</em><strong><em>又</em></strong><u><em>丙</em></u>办法</p>"))
    style = opened(made).styles["Emphasis"].element
    assert style.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "楷体_GB2312"
    assert "<w:i/>" not in part(made, "word/document.xml") + part(made, "word/styles.xml")
    [paragraph] = shown_in(made)
    assert "".join(one.text for one in paragraph.pieces if one.looks.bold) == "又"


@pytest.mark.parametrize("read", ["<ruby>龘<rt>dá</rt></ruby>", "<ruby>龘<rp>（</rp><rt>dá</rt><rp>）</rp></ruby>"])
def test_how_characters_are_read_stands_above_them(read):
    made = docx.make(simple(f"<p>姓{read}名</p><table><tr><td>{read}</td></tr></table>"))
    document = etree.fromstring(part(made, "word/document.xml").encode())
    found = [
        ["".join(one.itertext()) for one in ruby.iter(qn("w:rubyBase"), qn("w:rt"))] for ruby in document.iter(qn("w:ruby"))
    ]
    assert found == [["dá", "龘"]] * 2
    assert [one.get(qn("w:val")) for one in document.iter(qn("w:hpsBaseText"))] == ["32", "18"]
    assert "superscript" not in part(made, "word/document.xml")


LISTS = {
    "1. 甲\n   1. 乙\n      1. 丙\n      2. 丁\n   2. 戊\n2. 己": ["1.甲", "（1）乙", "①丙", "②丁", "（2）戊", "2.己"],
    "- 甲\n  - 乙\n    - 丙\n    - 丁\n- 戊": ["•甲", "–乙", "◦丙", "◦丁", "•戊"],
    "- 甲\n  1. 乙\n     1. 丙\n  2. 丁\n- 戊": ["•甲", "1.乙", "（1）丙", "2.丁", "•戊"],
    "1. 甲\n   - 乙\n     1. 丙\n     2. 丁\n2. 戊": ["1.甲", "•乙", "（1）丙", "（2）丁", "2.戊"],
}


@each("typed", LISTS)
def test_what_stands_before_an_item_says_how_deep_it_lies_and_comes_back_as_a_list(typed):
    made = docx.make(simple(rendered(typed)))
    lines = READERS["docx"](made).splitlines()
    assert [line.replace(" ", "") for line in lines] == LISTS[typed]
    depths = [(len(line) - len(line.lstrip())) for line in typed.splitlines()]
    marks = ["•" if line.lstrip()[0] == "-" else line.split()[0] for line in typed.splitlines()]
    read = shown_in(made)
    assert [*chain.from_iterable(one.marks for one in read)] == marks
    assert [one.depth for one in read] == [sorted({*depths}).index(one) + 1 for one in depths]


def test_an_attachment_has_its_number_on_the_first_line_and_its_title_in_the_middle_of_the_third():
    """In one heading, so that Word's list of headings names both; the colon between them is not printed."""
    longer = "".join(f'<span class="title-part">{one}</span>' for one in ("示例市测试局2024年", "政府信息公开申请办理明细"))
    heads = ('附件1：<span class="title-part">统计表</span>', f"附件２：{longer}", "附件3", "附件4：说明")
    made = docx.make(
        simple("<p>正文。</p>" + "".join(f'<div class="attachment"><h2>{one}</h2><p>甲。</p></div>' for one in heads))
    )
    document = opened(made)
    shown = [one for one in document.paragraphs if one.style.name == "附件标题"]
    assert [one.text for one in shown] == [
        "附件1：\n\n\t统计表\n", "附件２：\n\n\t示例市测试局2024年\n\t政府信息公开申请办理明细\n", "附件3", "附件4：说明",
    ]  # fmt: skip
    assert [(run.style.name, run.text.strip()) for run in shown[0].runs][1:] == [("不印", "："), ("附件名称", "统计表")]
    unseen, name = document.styles["不印"], document.styles["附件名称"]
    assert (unseen.font.hidden, name.font.size.pt, name.font.name) == (True, 22, "方正小标宋简体")
    [stop] = document.styles["附件标题"].paragraph_format.tab_stops
    assert (str(stop.alignment).partition(" ")[0], round(stop.position.mm)) == ("CENTER", 78)
    assert {"附件1：统计表", "附件3"} <= set(formats.find("docx").read(made).blocks)


def test_pictures_are_png_of_300_dots_an_inch_with_their_alternative_text():
    drawing = f"data:image/svg+xml,{SVG.replace('#', '%23').replace(chr(34), '%22').replace('<', '%3C').replace('>', '%3E')}"
    wide = f"data:image/png;base64,{png(3000, 30)}"
    made = docx.make(simple(f'<p><img src="{drawing}" alt="红框"></p><p><img src="{wide}" alt="&lt;长条&gt;"></p>'))
    document = opened(made)
    first, second = document.inline_shapes
    assert [one._inline.docPr.get("descr") for one in (first, second)] == ["红框", "<长条>"]
    names = [one for one in zipfile.ZipFile(io.BytesIO(made)).namelist() if "media" in one]
    data = [zipfile.ZipFile(io.BytesIO(made)).read(name) for name in names]
    assert all(one.startswith(b"\x89PNG") for one in data)
    pixels = int.from_bytes(data[0][16:20], "big")
    assert abs(pixels / (first.width / 914400) - 300) < 1
    assert second.width.mm <= 156.1


def test_formulas_are_words_own():
    body = "".join(f"<p>设<math><mi>x</mi><mo>&lt;</mo><mn>{one}</mn></math>。</p>" for one in "123")
    made = docx.make(simple(body))
    assert part(made, "word/document.xml").count("<m:oMath>") == 3
    assert squeezed(READERS["html"](formats.find("html").make(simple(body), None))).count("x<2") == 1
    assert ["设x<1。", "设x<2。", "设x<3。"] == list(formats.find("docx").read(made).blocks)


def test_a_table_too_wide_for_the_page_gets_smaller_and_is_then_parted_with_its_labels():
    def table(columns):
        cells = "".join(f"<td>{column}.123456</td>" for column in range(columns))
        heads = "".join(f"<th>{column}</th>" for column in range(columns))
        head = f"<caption>表5 情况</caption><thead><tr><th></th>{heads}</tr></thead>"
        return f"<table>{head}<tbody><tr><th>行</th>{cells}</tr></tbody></table>"

    sizes = []
    for columns in (5, 9, 30):
        made = docx.make(simple(table(columns)))
        document = opened(made)
        tables = document.tables
        names = [one.text for one in document.paragraphs if one.style.name == "表题"]
        assert names == ["表5 情况", *["表5 情况（续）"] * (len(tables) - 1)]
        seen = formats.find("docx").read(made)
        assert [[len(row) for row in grid] for grid in seen.grids] == [[columns + 1] * 2]
        assert [one for one in seen.blocks if "情况" in one] == ["表5情况"]
        assert [one.cell(1, 0).text for one in tables] == ["行"] * len(tables)
        assert [text for one in tables for text in [cell.text for cell in one.rows[1].cells][1:]] == [
            f"{column}.123456" for column in range(columns)
        ]
        assert all(sum(column.width for column in one.columns) <= Mm(156.5) for one in tables)
        sizes.append((len(tables), tables[0].cell(1, 1).paragraphs[0].style.name))
    assert [(1, "表格文字"), (1, "表格文字 7.5 磅"), (4, "表格文字 7.5 磅")] == [*sizes]


def test_a_table_of_many_columns_is_parted_into_halves_and_short_labels_stay_in_one_line():
    def table(columns):
        heads = "".join(f"<th>指标{column}</th>" for column in range(1, columns))
        rows = "".join(f"<tr><th>甲{row}县</th>{'<td>76</td>' * (columns - 1)}</tr>" for row in (9, 10))
        return f"<table><thead><tr><th>县区</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    for columns, parts, size in ((16, [16], 6.5), (20, [11, 10], 9)):
        tables = opened(docx.make(simple(table(columns)))).tables
        assert [len(one.columns) for one in tables] == parts
        assert [one.cell(1, 0).text for one in tables] == ["甲9县"] * len(parts)
        for one in tables:  # digits of DejaVu, what LibreOffice leaves beside them, margins
            assert one.columns[0].width.pt >= (2 + 2 * 0.636 + 2 * 0.2) * size + 5.2
            assert one.columns[-1].width.pt >= (2 + 2 * 0.636 + 0.2) * size + 5.2


def own_table(rows):
    body = "".join(f"<tr><th>第{row}科室</th><td>{row}</td></tr>" for row in range(rows))
    return f"<table><thead><tr><th>科室</th><th>件数</th></tr></thead><tbody>{body}</tbody></table>"


@each(("rows", "stays"), [(3, 3), (5, 5), (6, 4), (12, 4), (30, 4), (38, 4)])
def test_a_table_of_more_than_a_few_rows_goes_over_a_page_but_not_in_its_first_or_last_ones(rows, stays):
    made = docx.make(simple(f'<p>正文。</p><div class="attachment"><h2>附件：表</h2>{own_table(rows)}</div>'))
    (table,) = opened(made).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is not False for row in table.rows]
    assert kept == [at < stays or at == rows - 1 for at in range(rows)] + [False]


def test_the_rows_of_a_table_are_lower_where_few_of_them_would_stand_on_the_next_page():
    for rows, lower in ((31, False), (33, True), (37, False)):
        table = f"<h2>附件1：<span class='title-part'>表</span></h2>{own_table(rows)}"
        made = docx.make(simple(f'<p>正文。</p><div class="attachment">{table}</div>'))
        assert is_tight(made) is lower, rows


def test_a_row_taller_than_half_a_page_goes_over_it():
    rows = "".join(f"<tr><td>行</td><td>{'很长的内容' * count}</td></tr>" for count in (1, 12, 120, 300))
    [table] = opened(docx.make(simple(f"<table><tr><th>项目</th><th>说明</th></tr>{rows}</table>"))).tables
    assert [one.trPr.find(qn("w:cantSplit")) is not None for one in table._tbl.tr_lst] == [True, True, True, True, False]


def test_notes_stay_with_their_table_and_with_one_another_and_begin_at_its_left_edge():
    notes = f'<div class="note"><p>注：1.甲。{"长" * 80}</p><p>2.乙。</p></div>'
    for table in (own_table(3), own_table(12)):
        document = opened(docx.make(simple(f'<div class="scroll">{table}</div>{notes}<p>文。</p>')))
        [made] = document.tables
        last = made.rows[-1].cells[0].paragraphs[0].paragraph_format
        assert last.keep_with_next is not False
        shown = [one.paragraph_format for one in document.paragraphs if one.style.name == "表注"]
        assert [bool(one.keep_with_next) for one in shown] == [True, False]
        assert document.styles["表注"].paragraph_format.keep_together
        width = sum(column.width for column in made.columns)
        assert [one.left_indent for one in shown] == [pytest.approx((Mm(156) - width) / 2, abs=Mm(0.5))] * 2


def test_a_note_of_one_line_stands_in_the_middle_below_its_picture():
    shown = f'<figure><img src="data:image/png;base64,{png(300, 210)}" alt="图"><figcaption>图1 甲</figcaption></figure>'
    for notes, is_lone in (["注：甲。"], True), (["注：1.甲。", "2.乙。"], False), ([f"注：{'长' * 60}。"], False):
        below = "".join(f"<p>{one}</p>" for one in notes)
        made = opened(docx.make(simple(f'<p>文。</p>{shown}<div class="note">{below}</div><p>后。</p>')))
        sides = [one.alignment for one in made.paragraphs if one.style.name == "表注"]
        assert sides == [WD_ALIGN_PARAGRAPH.CENTER if is_lone else None] * len(notes)


def heights_of_pictures(body):
    document = opened(docx.make(simple(body)))
    return [int(one.get("cy")) / 36_000 for one in document.element.body.iter(qn("wp:extent"))]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("size", [(600, 300), (600, 800)])
def test_a_picture_takes_the_room_of_its_page_where_more_than_five_lines_would_stay_empty(size):
    shown = f'<figure><img src="data:image/png;base64,{png(*size)}" alt="图"><figcaption>图1</figcaption></figure>'
    note = '<div class="note"><p>注：1.甲。</p><p>2.乙。</p></div>'
    [whole] = heights_of_pictures(shown)
    assert heights_of_pictures("<p>文。</p>" * 3 + '<div class="attachment"><h2>附件</h2>' + shown + "</div>")[0] <= whole
    for lines in range(21):
        for below in ("", note):
            [tall] = heights_of_pictures("<p>文。</p>" * lines + shown + below)
            beside = AROUND + NAMED + NAME_TALL + (2 * NOTE_LINE + NOTE if below else 0)
            left = ((22 - lines) * LINE - beside) / 1440 * 25.4 + 0.1
            small = max(5 * 225 / 22, min(whole, 190) / 3 + 10)
            assert tall <= left or (left < small and tall > 0.9 * min(whole, 180)), (lines, below, tall)
            assert tall >= min(whole, 180) / 3


def test_a_picture_taller_than_a_page_is_never_lower_than_seven_tenths_of_what_it_is_alone():
    shown = f'<figure><img src="data:image/png;base64,{png(300, 1500)}" alt="图"><figcaption>图1</figcaption></figure>'
    [whole] = heights_of_pictures(shown)
    for lines in range(0, 21, 3):
        [tall] = heights_of_pictures("<p>文。</p>" * lines + shown + "<p>后。</p>" * 8)
        assert tall > 0.69 * whole, lines


LISTED = '<div class="attached">{}</div><div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div>'


@each(("count", "loose"), [(3, 0), (5, 0), (6, 3), (11, 8)])
def test_a_long_list_of_attachments_goes_over_a_page_but_for_its_first_and_last_ones(count, loose):
    names = "".join(
        f'<p>{"附件：" if at == 1 else ""}<span class="number">{at}. </span>事项</p>' for at in range(1, count + 1)
    )
    document = opened(docx.make(simple("<p>正文。</p>" + LISTED.format(names))))
    shown = [one for one in document.paragraphs if one.style.name.startswith("附件说明")]
    assert len(shown) == count
    assert [one.paragraph_format.keep_with_next for one in shown] == [None, *[False] * loose, *[None] * (count - loose - 1)]


def test_no_name_of_a_table_stands_lower_where_a_page_begins_with_it(made):
    style = opened(made).styles["表题"].paragraph_format
    assert (style.space_before, style.space_after + style.line_spacing) == (0, CAPTION * 635)


TWO = "".join(f'<img src="data:image/png;base64,{png(600, 380)}" alt="图{one}"> ' for one in "甲乙")


def test_two_pictures_with_one_name_are_as_tall_as_their_lines_and_stay_together():
    for body in (f"<p>{TWO}</p><figure><figcaption>图1 甲</figcaption></figure>", f"<p>{TWO}</p>"):
        made = docx.make(simple(f"<p>文。</p>{body}"))
        shown = next(one for one in opened(made).paragraphs if "w:drawing" in one._p.xml)
        assert (shown.style.name, shown.style.paragraph_format.keep_together) == ("图片", True)
        assert shown.paragraph_format.keep_with_next is (True if "figure" in body else None)
        tall = [int(one) / 635 for one in re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', part(made, "word/document.xml"))]
        assert 5000 < sum(tall) < 21 * 579


@pytest.mark.browser
def test_libreoffice_shows_two_pictures_with_one_name_on_one_page(tmp_path):
    files = [tmp_path / f"{lines}.docx" for lines in (3, 9, 14)]
    for file in files:
        shown = f"<p>{TWO}</p><figure><figcaption>图1 甲</figcaption></figure>"
        file.write_bytes(docx.make(simple("<p>文。</p>" * int(file.stem) + shown + "<p>文。</p>" * 9)))
    for name, made in office.pdfs(tmp_path, files).items():
        with pypdfium2.PdfDocument(made) as document:
            on = [
                (
                    [one.type for one in sheet.get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE),
                    "图 1" in text or "图1" in text,
                )
                for sheet in document
                for text in [sheet.get_textpage().get_text_range()]
            ]
        assert [one for one in on if any(one)] == [(2, True)], (name, on)


def test_a_table_of_more_columns_than_word_opens_is_parted():
    body = f"<table><tr>{''.join(f'<td>{column}</td>' for column in range(200))}</tr></table>"
    tables = opened(docx.make(simple(body))).tables
    assert all(len(one.columns) <= 63 for one in tables)
    texts = dict.fromkeys(cell.text for one in tables for cell in one.rows[0].cells)  # the first stands in each part
    assert [*texts] == [str(column) for column in range(200)]


def test_a_text_of_a_cell_takes_as_many_lines_as_word_gives_it():
    """No line begins with a mark, and a text a bit wider than its cell goes on on the next line."""
    assert lines_in_cell("一二三四五六七", 7) == 1
    assert lines_in_cell("一二三四五六七八", 7) == 2
    assert lines_in_cell("一二三四五六七。八九十一二三", 7) == 3
    assert lines_in_cell("《关于城关镇的通知》", 9.9) == 2


@pytest.mark.browser
def test_libreoffice_sets_28_characters_on_a_line_and_none_closer_to_save_a_line(tmp_path):
    texts = ["字" * 55 + "。", "字" * 55, "字" * 83 + "。"]
    # No quotation mark is parted from what stands at its sides, and digits are no wider than they are.
    counted = [f"甲{'字' * 24}过“{'字' * 27}", f"甲{'字' * 24}公”{'字' * 27}", f"甲{'字' * 20}3件4件{'字' * 27}"]
    counted += [f"甲{'字' * 10}{'123件' * 4}{'字' * 29}", f"甲{'字' * 22}2024年{'字' * 27}"]
    (tmp_path / "a.docx").write_bytes(docx.make(simple("".join(f"<p>{one}</p>" for one in [*texts, *counted]))))
    (made,) = office.pdfs(tmp_path, [tmp_path / "a.docx"]).values()
    lines = [line for sheet in sheets(made) for line in sheet.lines if line.base < BOTTOM]
    assert [len(line.letters) for line in lines[:10]] == [26, 28, 2, 26, 28, 1, 26, 28, 28, 2]
    begins = [number for number, line in enumerate(lines) if line.text.startswith("甲")]
    found = [after - before for before, after in pairwise([*begins, len(lines)])]
    assert found == [lines_of(one) for one in counted]


@pytest.mark.browser
def test_libreoffice_sets_a_short_text_with_broad_signs_in_one_line_of_its_cell(tmp_path):
    heads = ("占比（%）", "100%", "甲@乙", "率（%）", "增长12.5%的数")
    table = f"<table><tr>{''.join(f'<th>{one}</th>' for one in heads)}</tr><tr>{'<td>1</td>' * len(heads)}</tr></table>"
    (tmp_path / "a.docx").write_bytes(docx.make(simple(table)))
    (made,) = office.pdfs(tmp_path, [tmp_path / "a.docx"]).values()
    [sheet] = sheets(made)
    assert [squeezed(line.text) for line in sheet.lines if line.base < BOTTOM] == ["".join(heads), "1" * len(heads)]


@pytest.mark.browser
def test_a_reader_that_knows_no_grid_has_22_lines_on_a_page_too(tmp_path):
    """As OnlyOffice, and what shows documents in a browser."""
    document = opened(docx.make(simple(f"<p>{'字' * 28 * 50}</p>")))
    for grid in document.element.body.iter(qn("w:docGrid")):
        grid.getparent().remove(grid)
    document.save(tmp_path / "a.docx")
    (made,) = office.pdfs(tmp_path, [tmp_path / "a.docx"]).values()
    first, *_ = ([line.base for line in sheet.lines if line.base < BOTTOM] for sheet in sheets(made))
    assert len(first) == 22
    assert max(abs(below - above - PITCH) for above, below in pairwise(first)) < 0.05


def test_a_character_that_xml_cannot_hold_is_named():
    made = docx.make(Page("标题", "", None, None, "<p>甲\ufffe乙</p>"))
    assert formats.find("docx").read(made).blocks == ("甲〔u+fffe〕乙",)


# What follows has every sample opened by LibreOffice.


@pytest.fixture(scope="module")
def samples(once):
    """Each sample's page, and the document that LibreOffice makes of its Word document."""
    made, pages = once("documents", documents)
    opened, _ = once("office", lambda folder: [*office.pdfs(folder, sorted(made.glob("*.docx")))])
    return {name: (page, pypdfium2.PdfDocument(opened / f"{name}.pdf")) for name, page in pages.items()}


@dataclass(frozen=True)
class Character:
    """A character with its box, from the paper's upper left corner, in points."""

    char: str
    left: float
    right: float
    bottom: float


def characters(paper):
    text, height = paper.get_textpage(), paper.get_height()
    for index in range(text.count_chars()):
        left, bottom, right, _ = text.get_charbox(index, loose=True)
        yield Character(text.get_text_range(index, 1), left, right, height - bottom)


@pytest.mark.browser
def test_no_attachment_with_a_table_leaves_a_page_with_its_heading_or_with_nothing(tmp_path):
    files = []
    for rows in (25, 33, 38, 45):
        attached = f'<div class="attachment"><h2>附件：表</h2><p>见下表。</p>{own_table(rows)}</div>'
        files.append(tmp_path / f"{rows}.docx")
        files[-1].write_bytes(docx.make(simple(f"<p>正文。</p>{attached}")))
    for made in office.pdfs(tmp_path, files).values():
        with pypdfium2.PdfDocument(made) as document:
            texts = [page.get_textpage().get_text_range().splitlines() for page in document]
        assert min(len(one) for one in texts[1:]) > 4, [len(one) for one in texts]


@pytest.mark.browser
@pytest.mark.parametrize("level", [2, 3])
def test_libreoffice_ends_no_page_with_a_heading(tmp_path, level):
    """It lays 20 paragraphs out on a page before it looks how much room they take, and a heading may be the last of them."""
    above = f"<h1>示例市测试局2023年<br>政府信息公开工作年度报告</h1><h2>一、总体情况</h2>{'<p>文。</p>' * 17}"
    file = tmp_path / "heading.docx"
    file.write_bytes(docx.make(simple(f"{above}<h{level}>甲标题</h{level}>{'<p>文。</p>' * 100}")))
    with pypdfium2.PdfDocument(office.pdfs(tmp_path, [file])["heading"]) as document:
        first, second = (document[page].get_textpage().get_text_range().split() for page in range(2))
    assert ("甲标题" in first, "甲标题" in second) == (False, True)


@pytest.mark.browser
def test_libreoffice_ends_no_page_with_a_heading_and_a_single_line_of_its_text(tmp_path):
    files = []
    for above, long in product((19, 20), (20, 40, 70, 100, 130)):
        files.append(tmp_path / f"{above}-{long}.docx")
        files[-1].write_bytes(docx.make(simple(f"{'<p>文。</p>' * above}<h3>甲标题</h3><p>{'乙' * long}。</p><p>末。</p>")))
    for name, made in office.pdfs(tmp_path, files).items():
        with pypdfium2.PdfDocument(made) as document:
            texts = [page.get_textpage().get_text_range().split() for page in document]
        [page] = [text for text in texts if "甲标题" in text]
        below = sum("乙" in line for line in page[page.index("甲标题") + 1 :])
        assert below >= min(2, len([line for text in texts for line in text if "乙" in line])), name


def test_the_parts_of_a_wide_table_are_as_wide_as_the_page():
    names = ["办件总量"] * 8 + ["平均用时（工作日）"] + ["窗口"] * 5
    heads = "".join(f"<th>{name}</th>" for name in names)
    table = f"<table><tr><th>县区</th>{heads}</tr><tr><th>甲</th>{'<td>12345.6</td>' * len(names)}</tr></table>"
    made = opened(docx.make(simple(f'<div class="scroll">{table}</div>'))).tables
    widths = [sum(int(one.get(qn("w:w"))) for one in one._tbl.tblGrid.findall(qn("w:gridCol"))) for one in made]
    assert len(widths) > 1
    assert max(widths) - min(widths) < 20


@each("named", ["图 1", "表 12", "附件 3"])
def test_no_line_ends_with_the_blank_between_a_word_and_its_number(named):
    made = docx.make(simple(f"<p>见{named}，共 2 页。</p>"))
    assert f">见{named.replace(' ', chr(0xA0))}，共 2 页。<" in part(made, "word/document.xml")
    assert squeezed(READERS["docx"](made)).endswith(f"见{named.replace(' ', '')}，共2页。")


def test_code_is_a_little_smaller_than_text_and_no_larger_than_small_text():
    """Beside text of 16 pt it has 14 pt; in a cell, a note or a box it has their size."""
    cells = "<div class='scroll'><table><tr><td>乙<code>a=2</code></td></tr></table></div>"
    made = docx.make(simple(f"<p>甲<code>a=1</code></p>{cells}<div class='note'><p>注：<code>a=3</code></p></div>"))
    runs = re.findall(r'<w:rStyle w:val="(Code\w+)"/></w:rPr><w:t>(a=\d)', part(made, "word/document.xml"))
    assert runs == [("CodeText", "a=1"), ("CodeSmall", "a=2"), ("CodeSmall", "a=3")]
    sheet = part(made, "word/styles.xml")
    sizes = {one: re.findall('<w:sz w:val="(\\d+)"', sheet.split(f'w:styleId="{one}"')[1].split("</w:style>")[0])
             for one in ("CodeText", "CodeSmall")}  # fmt: skip
    assert sizes == {"CodeText": ["28"], "CodeSmall": []}


def test_blanks_of_counts_and_of_code_stay_as_they_are_typed():
    made = docx.make(simple("<p>收到信件 3 件，绘制地图 2 张，<code>x=表 12</code>。</p><pre><code>y=表 12</code></pre>"))
    assert "\u00a0" not in part(made, "word/document.xml")


def test_no_page_begins_with_a_last_line_of_a_few_characters():
    """Nor with one of which nobody can tell whether it has room on the line before."""
    texts = {
        2: "提起行政诉讼。",
        8: "被提起行政诉讼一件。",
        15: "甲乙丙丁戊己庚辛壬癸子丑寅卯辰。",
        28: "甲" * 28,
        60: "甲" * 4,
    }
    above = "字" * 26
    document = opened(docx.make(simple("".join(f"<p>{above}{text[-count:]}</p>" for count, text in texts.items()))))
    held = [one.paragraph_format.widow_control for one in document.paragraphs]
    assert held == [True, None, None, True, True]
    nested = opened(docx.make(simple(f"<ul><li>甲<ul><li>{'字' * 35}</li></ul></li></ul>"))).paragraphs
    assert [one.paragraph_format.widow_control for one in nested] == [None, True]  # how far it lies in is not known
    (short,) = opened(docx.make(simple("<p>短。</p>"))).paragraphs
    assert short.paragraph_format.widow_control is None


@pytest.mark.browser
def test_libreoffice_begins_no_page_with_a_last_line_of_a_few_characters(tmp_path):
    files = [tmp_path / f"{lines}.docx" for lines in (19, 20, 21)]
    for file in files:
        body = f"{'<p>文。</p>' * int(file.stem)}<h2>四、其他</h2><p>{'字' * 26}{'句' * 28}诉讼。</p><p>后。</p>"
        file.write_bytes(docx.make(simple(body)))
    for made in office.pdfs(tmp_path, files).values():
        assert [sheet.first.text for sheet in sheets(made)][1:] != ["诉讼。"]


def test_a_heading_is_pushed_to_the_next_page_where_no_line_of_text_has_room_below_it():
    def pushed(lines, language="zh-CN"):
        made = docx.make(simple("<p>文。</p>" * lines + "<h2>甲</h2><p>文。</p>" + "<p>文。</p>" * 9, language=language))
        return [at for at, one in enumerate(opened(made).paragraphs) if one.paragraph_format.space_after]

    assert [pushed(lines) for lines in (20, 21, 22)] == [[], [20], []]
    assert pushed(21, "en") == []


def test_the_lines_of_an_item_in_another_one_are_as_long_as_those_of_the_text():
    """Two each of these, so that no line has room below the heading."""
    listed = f"<ul><li>甲<ul>{f'<li>{chr(0x4E59) * 25}</li>' * 10}</ul></li></ul>"
    made = docx.make(simple(f"{listed}<h2>甲</h2><p>文。</p>{'<p>文。</p>' * 9}"))
    assert [at for at, one in enumerate(opened(made).paragraphs) if one.paragraph_format.space_after] == [10]
    indents = re.findall(r"<w:ind [^>]*>", zipfile.ZipFile(io.BytesIO(made)).read("word/numbering.xml").decode())
    assert {*indents} == {f'<w:ind w:left="0" w:firstLine="{2 * 316}"/>'}


def test_a_title_that_has_room_in_one_line_stands_in_one():
    """Four digits are as wide as two characters."""
    rest = "2024年政府信息公开工作年度报告"
    for name, lines in (("示例县局", 1), ("示例县某局", 2)):
        title = "".join(f'<span class="title-part">{one}</span>' for one in (name, rest))
        shown = opened(docx.make(simple(f"<h1>{title}</h1><p>文。</p>"))).paragraphs[0].text
        assert (shown.count("\n") + 1, title_lines([name, rest])) == (lines, lines)


@pytest.mark.browser
def test_libreoffice_sets_text_below_tables_and_pictures_on_the_grid(tmp_path):
    shown = f'<figure><img src="data:image/png;base64,{png(300, 210)}" alt="图"><figcaption>图1 甲</figcaption></figure>'
    note = '<div class="note"><p>注：1.甲。</p><p>2.乙。</p></div>'
    tables = {f"table-{rows}-{bool(below)}": own_table(rows) + below for rows in (3, 7, 12, 30) for below in ("", note)}
    parts = tables | {"picture": shown, "picture-noted": shown + note}
    files = [tmp_path / f"{name}.docx" for name in parts]
    for file in files:
        body = "<p>文。</p>" * 12 + f"<h2>甲</h2>{parts[file.stem]}" + "<p>文。</p>" * 30
        file.write_bytes(docx.make(simple(body)))
    for name, made in office.pdfs(tmp_path, files).items():
        with pypdfium2.PdfDocument(made) as document:
            for number, sheet in enumerate(document, 1):
                bases = [one.bottom for one in characters(sheet) if one.char == "文"]
                lines = [(base - 37 * MM) / (225 * MM / 22) % 1 for base in bases]
                assert max(lines, default=0) - min(lines, default=0) < 0.15, (name, number, lines)


@pytest.mark.browser
def test_libreoffice_shows_every_sample_whole_and_table_three_on_one_page(samples):
    for name, (page, document) in samples.items():
        texts = [squeezed(paper.get_textpage().get_text_range()) for paper in document]
        wanted = Counter(squeezed("".join(formats.find("html").read(formats.find("html").make(page, None)).blocks)))
        found = Counter("".join(re.sub(f"—{number}—", "", text) for number, text in enumerate(texts, 1)))
        assert (name, wanted - found, found - wanted) == (name, Counter(), Counter())
        [table] = [text for text in texts if "法人或其他组织" in text]
        assert table.index("申请人情况") < table.index("四、结转下年度继续办理")


@pytest.mark.browser
def test_libreoffice_leaves_no_page_of_a_sample_half_empty(samples):
    for name, (_, document) in samples.items():
        for paper in [*document][:-1]:
            assert max(one.bottom for one in characters(paper) if one.bottom / MM < 262) / MM > 37 + 12 * 225 / 22, name
    longer = [len(document) - len(pypdfium2.PdfDocument(pdf.typeset(page))) for page, document in samples.values()]
    assert max(longer) <= 2
    assert longer.count(1) < 12


@pytest.mark.browser
def test_libreoffice_leaves_no_page_of_a_plain_report_half_empty(tmp_path):
    """Between two parts of 表二, or above 表三: five lines at most, as no row is taller than 9 mm to fill them."""
    for year, lines in ((2020, 9), (2023, 10)):
        paths = write(tmp_path / "params", year, narrative=plain(lines))
        (tmp_path / f"{year}.docx").write_bytes(docx.make(standard_page(tmp_path / "params", paths.bureau, year)))
    for name, made in office.pdfs(tmp_path, sorted(tmp_path.glob("*.docx"))).items():
        empty = [sheet.empty for sheet in sheets(made.read_bytes())[:-1]]
        assert max(empty) <= 5, (name, empty)


@pytest.mark.browser
def test_libreoffice_sets_every_sample_on_the_grid_of_28_by_22(samples):
    full = 0
    for name, (_, document) in samples.items():
        for number, paper in enumerate(document, 1):
            assert [round(one / MM) for one in paper.get_size()] == [210, 297]
            lines = {}
            for one in characters(paper):
                if one.char > "\u2000" and abs(one.right - one.left - 16) < 0.5:  # of the text's size
                    assert 27.5 < one.left / MM
                    assert one.right / MM < 184.5
                    lines.setdefault(round(one.bottom), []).append(one.left)
            whole = [sorted(line) for line in lines.values() if len(line) == 28]
            assert all(15.5 < (line[-1] - line[0]) / 27 < 156 * MM / 28 + 0.1 for line in whole)
            full += len(whole)
            apart = {other - one for one, other in pairwise(sorted(lines)) if other - one < 40}
            assert apart <= {27, 28, 29, 30, 31}, (name, number)
            dashes = [one for one in characters(paper) if one.char == "—" and one.bottom / MM > 262]
            edges = (184 - dashes[-1].right / MM) if number % 2 else dashes[0].left / MM - 28
            assert abs(edges - 14 / MM) < 0.3
    assert full > 200


@pytest.mark.slow
@pytest.mark.browser
def test_libreoffice_shows_a_tall_picture_on_the_page_of_its_heading(tmp_path):
    shown = f'<p><img src="data:image/png;base64,{png(300, 1500)}" alt="图"></p>'
    attached = '<div class="attachment"><h2>附件1：<span class="title-part">办理统计</span></h2>{}</div>'
    pieces = {
        "alone": attached.format(shown),
        "heading": attached.format(f"<h3>（一）图</h3>{shown}"),
        "line": attached.format(f"<p>见图。</p>{shown}"),
        "chapter": f"<h2>六、其他</h2>{shown}",
    }
    files = [tmp_path / f"{name}.docx" for name in pieces]
    for file in files:
        file.write_bytes(docx.make(simple(f"<p>文。</p>{pieces[file.stem]}")))
    for name, made in office.pdfs(tmp_path, files).items():
        with pypdfium2.PdfDocument(made) as document:
            on = [[one.type for one in sheet.get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) for sheet in document]
            text = document[len(document) - 1].get_textpage().get_text_range()
        assert (on[-1], "附件" in text or "六、其他" in text) == (1, True), (name, on, text)
        assert len(on) == (1 if name == "chapter" else 2), name
