"""The pages of a report beside GB/T 9704-2012, measured on the PDF: `tests/paper.py` says where everything stands."""

import base64
import io
import re
import statistics
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise, product

import pypdfium2
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image
from pypdfium2 import raw

import paper
from cases import each
from machine import in_turn
from making import BODY, REST, plain, write
from nianbao import fonts, pictures
from nianbao.render import calls, docx, dots, ends, formats
from nianbao.render.clean import clean, findings
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from nianbao.state import State
from nianbao.titles import parts
from paper import BOTTOM, CHARACTERS, EM, LEFT, LINES, PITCH, RIGHT, TOP
from pictures import png
from project import ROOT
from published import pdf, squeezed, standard_page
from readers import READERS

DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
PARAGRAPH = "政府信息公开工作有序开展，主动公开、依申请公开和平台建设都有新的进展，群众办事更加方便。"
SAMPLES = sorted((path.parent.name, int(path.name)) for path in (ROOT / "params").glob("*/2???"))


@cache
def sheets_of(root, bureau, year):
    return paper.sheets(typeset(standard_page(root, bureau, year)))


def made(folder, name="示例市测试局", **options):
    """The pages of a report made to measure."""
    paths = write(folder / "params", **options)
    for path in (paths.bureau_file, paths.report_file):
        path.write_text(path.read_text("utf-8").replace("示例市测试局", name), "utf-8")
    return sheets_of(folder / "params", paths.bureau, paths.year)


def assert_official(sheets):
    """Everything that holds of every report."""
    assert_on_the_grid(sheets)
    paper.assert_numbered(sheets)
    assert_signed(sheets)
    assert_tables_whole(sheets)
    assert_pages_full(sheets)


def assert_on_the_grid(sheets):
    """Each line of text stands on one of the 22 lines, inside the type area."""
    for sheet in sheets:
        for line in sheet.body:
            assert (line.off < 0.15, -0.1 < line.slot < LINES - 0.9) == (True, True), (sheet.number, line.slot, line.text)
            assert (line.left > LEFT - 0.5 * EM - 0.1, line.right < RIGHT + 0.5 * EM + 0.1) == (True, True), line.text


def assert_signed(sheets):
    """The date four characters from the right, the name above it in its middle, or up to the edge; text above them."""
    *text, name, date = sheets[-1].body
    assert DAY.fullmatch(date.text)
    assert len(text) > 1, "the signature stands alone, or with a single line"
    middle = (name.left + name.right) / 2
    assert middle == pytest.approx((date.left + date.right) / 2, abs=0.3)
    if name.right < RIGHT - 0.5:
        assert RIGHT - max(date.right, min(name.right, date.right)) == pytest.approx(4 * EM, abs=0.3)
    assert name.slot - text[-1].slot == pytest.approx(2, abs=0.02)


def assert_tables_whole(sheets):
    """A table lies in the type area with its name above it, and one that opens a page begins at its top."""
    for sheet in sheets:
        for top, bottom in sheet.tables:
            above = [line for line in sheet.lines if line.base < top]
            assert (TOP - 0.3 < top, bottom < BOTTOM + 0.2) == (True, True)
            assert top - max(line.base for line in above) < PITCH / 2 if above else top - TOP < 0.3
            if not above:  # it goes on from the page before, with the head of one of its parts, or with its own again
                assert sheet.first.text.startswith(("第二十条", "申请人情况"))
        if sheet.first.size == paper.CAPTION:
            assert sheet.first.base - TOP < 0.9 * paper.CAPTION * paper.MM


def assert_pages_full(sheets):
    """A page ends with empty lines only where a table has no room, and none begins with one character."""
    for sheet, after in pairwise(sheets):
        first = after.first
        assert len(first.letters) > 2 or after.in_table(first), first.text
        if sheet.empty > 1 and abs(first.size - paper.BODY) < 0.1:
            # A heading stays with what follows it: with a table, or with its first line.
            follows = [line for line in after.lines if line.base > first.base][:1]
            assert sheet.empty <= 4 or (follows and follows[0].size == paper.CAPTION), (sheet.number, sheet.empty)


def test_a_report_stands_on_the_official_page():
    assert_official(sheets_of(ROOT / "params", "dingxi-nyncj", 2020))


def test_a_table_of_parts_goes_over_a_page_between_them_to_fill_it():
    sheets = sheets_of(ROOT / "params", "shili-jyj", 2019)
    assert_official(sheets)
    before, after = sheets[1:3]
    assert (before.empty <= 1, after.in_table(after.first)) == (True, True)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "name",
    ["积石山保安族东乡族撒拉族自治县人力资源和社会保障局", "锡林郭勒盟西乌珠穆沁旗巴拉嘎尔高勒镇人民政府", "字" * 35],
)
def test_a_title_of_several_lines_breaks_on_paper_between_its_parts(tmp_path, name):
    sheets = made(tmp_path, name)
    assert_on_the_grid(sheets)
    shown = [line.text for line in sheets[0].lines if line.size == paper.TITLE]
    assert shown == parts(name, "2024年政府信息公开工作年度报告")


def foreign(rows, text="内容"):
    """A table that is not the kit's own."""
    return f"<div class='scroll'><table><tr><th>甲</th></tr>{f'<tr><td>{text}</td></tr>' * rows}</table></div>"


def picture(width, height):
    """A picture of so many points, as a page holds it."""
    return f'<img src="data:image/png;base64,{png(width, height)}" alt="图">'


BELOW = {
    "a quotation": f"<blockquote><p>{PARAGRAPH * 2}</p><p>{PARAGRAPH}</p></blockquote>",
    "a quotation in another": f"<blockquote><p>{PARAGRAPH}</p><blockquote><p>{PARAGRAPH}</p></blockquote></blockquote>",
    "a rule": "<hr>",
    "a small picture in a line": f"<p>{PARAGRAPH}{picture(12, 9)}{PARAGRAPH}</p>",
    "a picture in a line": f"<p>{PARAGRAPH}{picture(40, 40)}{PARAGRAPH}</p>",
    "a picture alone in its line": f"<p>{PARAGRAPH}{picture(430, 70)}{PARAGRAPH}</p>",
    "a small picture": f"<p>{picture(40, 12)}</p>",
    "a wide picture": f"<p>{picture(900, 300)}</p>",
    "a tall picture": f"<p>{picture(100, 900)}</p>",
    "a picture with a caption": f"<figure>{picture(300, 200)}<figcaption>图说明</figcaption></figure>",
    "short": foreign(8),
    "more than half a page": foreign(20, "很长的内容" * 12),
    "many rows": foreign(25),
    "longer than a page": foreign(60),
    "a note": f'{foreign(3)}<div class="note"><p>注：{"说明" * 40}</p></div>',
}


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("lines", [2, 12])
@pytest.mark.parametrize("html", BELOW.values(), ids=BELOW)
def test_text_below_whatever_is_not_text_stands_on_the_grid(html, lines):
    text = "字" * (CHARACTERS * lines - 3)
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1><p>{text}。</p>{html}<p>后。</p><p>末。</p>')
    assert_on_the_grid(sheets)
    assert [line.text for sheet in sheets for line in sheet.body][-2:] == ["后。", "末。"]


def page_of_html(html):
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f'<div class="report">{html}</div>'))


def sheets_of_html(html):
    return paper.sheets(typeset(page_of_html(html)))


def test_what_is_for_the_screen_only_takes_no_line_of_the_pdf():
    page = page_of_html(f"<h1>题</h1>{'<p>文。</p>' * 5}<h2>二、申请</h2>{table_of(9)}<p>后。</p>")
    panel = findings(
        '<div class="report panel"><details open><summary>核查发现</summary><ol><li>甲</li></ol></details></div>'
    )
    whole, seen = (paper.sheets(typeset(one)) for one in (page, replace(page, body=panel + page.body)))
    assert [sheet.lines for sheet in seen] == [sheet.lines for sheet in whole]


def table_of(groups):
    """A statutory table of 40 more rows than a page holds, in groups of 4."""
    rows = "".join(
        f'<tr><th rowspan="4">第{number}组</th><th>甲</th><td>1</td></tr>{"<tr><th>乙</th><td>2</td></tr>" * 3}'
        for number in range(groups)
    )
    columns = "".join(f'<col style="width: {width:.2f}%">' for width in (20, 40, 40))
    head = '<thead><tr><th colspan="2">事项</th><th>件数</th></tr></thead>'
    table = (
        f'<table class="statutory"><caption>表</caption><colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table>'
    )
    return f'<div class="scroll dense">{table}</div>'


@pytest.mark.parametrize("lines", [0, 3, 13, 17])
def test_a_table_longer_than_a_page_begins_where_it_stands_or_takes_its_heading_along(lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>" if lines else ""
    html = f'<h1><span class="title-part">标题</span></h1>{text}<h2>二、申请</h2>{table_of(22)}<p>后。</p><p>末。</p>'
    sheets = sheets_of_html(html)
    assert_on_the_grid(sheets)
    begins = next(number for number, sheet in enumerate(sheets) if sheet.tables)
    assert begins == (lines == 17)
    assert sheets[begins].body[-1].text == "二、申请"
    for sheet in sheets[begins:-1]:
        assert sheet.empty == 0
    for sheet in filter(lambda sheet: sheet.tables, sheets[begins + 1 :]):
        first, second = sheet.lines[:2]
        assert ("事项" in first.text, second.text[0]) == (True, "甲")


@pytest.mark.parametrize("lines", [0, 3, 7, 11])
@pytest.mark.parametrize("count", [50, 60])
def test_the_rows_of_a_long_table_are_alike_on_all_pages_and_use_the_room_of_the_last(lines, count):
    rows = "<tr><th>甲</th><td>1</td></tr>" * count
    head = '<caption>表</caption><colgroup><col style="width: 40.00%"><col style="width: 60.00%"></colgroup>'
    table = f'<table class="statutory">{head}<thead><tr><th>名</th><th>数</th></tr></thead><tbody>{rows}</tbody></table>'
    sheets = sheets_of_html(f'{"<p>文。</p>" * lines}<div class="scroll kept">{table}</div><p>末。</p>')
    tall = [row for sheet in sheets for row in sheet.rows]
    assert (len(sheets), len(tall)) == (2, count + 2)
    assert max(tall) < 1.12 * min(tall)
    assert max(tall) > 4.7 or count * 1.1 * max(tall) > 2 * (BOTTOM - TOP) - lines * PITCH


@pytest.mark.parametrize("rows", [10, 18, 25, 60])
def test_a_table_that_the_kit_did_not_make_begins_at_the_top_of_its_page(rows):
    text = f"<p>{'字' * (CHARACTERS * 20 - 3)}。</p>"
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{foreign(rows)}<p>后。</p><p>末。</p>')
    assert_on_the_grid(sheets)
    assert sheets[1].tables[0][0] == pytest.approx(TOP, abs=0.3)


def test_a_table_of_many_rows_uses_the_room_of_its_page():
    """Its rows are as far apart as those of a short one, and its texts do not touch the rules at their sides."""
    html = foreign(25, "行</td><td>列").replace("</th>", "</th><th>乙</th>")
    [sheet] = sheets_of_html(html)
    rows = [line for line in sheet.lines if line.text == "行列"]
    assert all(after.base - one.base > 5.4 for one, after in pairwise(rows))
    assert all(one.letters[1].left - one.letters[0].right > 16 * paper.MM - 0.1 for one in rows)


@pytest.mark.parametrize("lines", [3, 12, 17, 19])
def test_a_long_table_of_ones_own_begins_where_its_first_rows_have_room_and_is_as_tall_as_costs_no_page(lines):
    """60 rows that are as tall as those of a short table take one page and three quarters of another."""
    sheets = sheets_of_html(f"{'<p>文。</p>' * lines}{foreign(60, '行')}<p>末。</p>")
    steps = [
        after.base - one.base for sheet in sheets for one, after in pairwise(sheet.lines) if one.text == after.text == "行"
    ]
    assert "行" in [line.text for line in sheets[0].lines]
    assert [len(sheets), len(steps) > 50] == [2 if lines < 15 else 3, True]
    assert (max(steps) < 1.03 * min(steps), min(steps) > (5.2 if lines == 17 else 4.5)) == (True, True)


@pytest.mark.slow
@pytest.mark.parametrize("lines", [5, 11])
def test_the_rows_of_all_parts_of_a_wide_table_are_alike(lines):
    heads = "".join(f"<th>指标{at}</th>" for at in range(1, 40))
    rows = "".join(f"<tr><th>甲{at}县</th>{'<td>76</td>' * 39}</tr>" for at in range(10, 20))
    table = f"<table><thead><tr><th>县区</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    sheets = sheets_of_html(f"{'<p>文。</p>' * lines}<div class='scroll'>{table}</div><p>末。</p>")
    assert_on_the_grid(sheets)
    tall = [row for sheet in sheets for row in sheet.rows]
    assert len(tall) > 20
    assert max(tall) < 1.1 * min(tall)


def test_heads_stand_in_the_middle_above_texts_that_begin_at_the_left():
    row = f'<tr><td>1</td><td style="text-align: left">{"字" * 90}</td></tr>'
    html = f"<div class='scroll'><table><thead><tr><th>号</th><th>做法</th></tr></thead><tbody>{row}</tbody></table></div>"
    head, *texts = [line for line in sheets_of_html(html)[0].lines if line.size == 9]
    full = [letter for line in texts for letter in line.letters if letter.char == "字"]
    middle = (min(one.left for one in full) + max(one.right for one in full)) / 2
    assert head.letters[1].right == pytest.approx(middle, abs=2)


@pytest.mark.parametrize("lines", [17, 18, 19])
def test_two_lines_of_text_stand_below_a_heading(lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p><h2>二、申请</h2><p>{'后' * CHARACTERS * 4}。</p>"
    for sheet in sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}<p>末。</p>'):
        texts = [line.text for line in sheet.body]
        if "二、申请" in texts:
            assert len(texts) - texts.index("二、申请") > 2


@pytest.mark.slow
@pytest.mark.parametrize("rows", [9, 25])
def test_a_row_of_less_than_half_a_page_stays_whole_and_a_taller_one_goes_over_it(rows):
    cells = [f"<tr><td>{at}</td><td>{chr(0x4E00 + at) * (2000 if at == 3 else 400)}</td></tr>" for at in range(rows)]
    html = f"<p>文。</p><div class='scroll'><table><tr><th>号</th><th>内容</th></tr>{''.join(cells)}</table></div>"
    texts = ["".join(line.text for line in sheet.lines) for sheet in sheets_of_html(html)]
    assert [sum(chr(0x4E00 + at) in text for text in texts) for at in range(rows) if at != 3] == [1] * (rows - 1)
    assert sum(text.count(chr(0x4E03)) for text in texts) == 2000


def test_a_table_of_many_columns_is_parted_into_halves_of_full_size():
    heads = "".join(f"<th>指标{at}</th>" for at in range(1, 20))
    rows = "".join(f"<tr><th>甲{at}县</th>{'<td>76</td>' * 19}</tr>" for at in (9, 10))
    html = f"<div class='scroll'><table><thead><tr><th>县区</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    lines = [line for sheet in sheets_of_html(html) for line in sheet.lines if abs(line.size - 9) < 0.1]
    assert [line.text[:4] for line in lines] == ["县区指标", "甲9县7", "甲10县"] * 2
    assert [line.text.count("指标") for line in lines[::3]] == [10, 9]


def test_each_part_of_a_wide_table_has_its_name(tmp_path):
    heads = "".join(f"<th>指标{at}</th>" for at in range(1, 20))
    rows = f"<tr><th>甲县</th>{'<td>76</td>' * 19}</tr>" * 2
    head = f"<caption>表5 情况</caption><thead><tr><th>县区</th>{heads}</tr></thead>"
    made = typeset(page_of_html(f"<div class='scroll'><table>{head}{rows}</table></div><p>后。</p>"))
    sheets = paper.sheets(made)
    assert_on_the_grid(sheets)
    assert [line.text for line in sheets[0].lines if line.size == paper.CAPTION] == ["表5情况", "表5情况（续）"]
    names = [line.base for line in sheets[0].lines if line.size == paper.CAPTION]
    assert [0 < top - name < 5 for name, (top, _) in zip(names, sheets[0].tables, strict=True)] == [True, True]
    assert READERS["pdf"](made).count("表5 情况") == 1  # a reader of the document is told it once


@pytest.mark.slow
@pytest.mark.parametrize("columns", [12, 15, 19])
def test_no_line_of_a_cell_holds_one_character_alone(columns):
    heads = "".join(f"<th>类别{at}信息</th>" for at in range(10, 10 + columns))
    tables = ""
    for long in range(5, 14):
        row = f"<tr><th>{'甲乙丙丁戊己庚辛壬癸子丑寅'[:long]}</th>{'<td>1234</td>' * columns}</tr>"
        tables += f"<div class='scroll'><table><thead><tr><th>县区</th>{heads}</tr></thead>{row}</table></div><p>文。</p>"
    assert [line.text for sheet in sheets_of_html(tables) for line in sheet.lines if len(line.text) == 1] == []


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("lines", range(10, 20))
def test_a_short_table_stays_with_its_name_and_its_notes(lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    named = foreign(6).replace("<table>", "<table><caption>表5 情况</caption>")
    html = f'<h1><span class="title-part">标题</span></h1>{text}{named}<div class="note"><p>注：甲。</p></div><p>后。</p>'
    sheets = sheets_of_html(html)
    assert_on_the_grid(sheets)
    (sheet,) = (sheet for sheet in sheets if sheet.tables)
    ((top, bottom),) = sheet.tables
    bases = {line.text: line.base for line in sheet.lines}
    assert 0 < top - bases["表5情况"] < 5
    assert 0 < bases["注：甲。"] - bottom < 9


@pytest.mark.parametrize("note", ["", '<div class="note"><p>注：甲。</p></div>'])
def test_a_short_table_stands_right_below_the_text_and_uses_what_is_left_of_its_lines(note):
    """Else two lines would look empty above it."""
    for rows in (3, 5):
        named = foreign(rows).replace("<table>", "<table><caption>表5 情况</caption>")
        (sheet,) = sheets_of_html(f"<p>前。</p>{named}{note}<p>后。</p>")
        bases = {line.text: line.base for line in sheet.lines}
        assert bases["表5情况"] - bases["前。"] < 1.1 * PITCH


def test_bold_words_are_as_much_heavier_in_a_small_size():
    body = f"<p>甲<strong>乙</strong></p>{foreign(3, '甲<strong>乙</strong>')}"
    streams = pdf(page_of_html(body)).pages[0].get_contents().get_data()
    strokes = re.findall(rb"(?<![\d.])([\d.]+) w\b", streams)
    assert {round(float(one), 2) for one in strokes} == {0.3, 0.17, 0.5}


def assert_filled(sheets):
    """No page but the last ends with more than five empty lines."""
    assert [sheet.empty for sheet in sheets[:-1] if sheet.empty > 5] == []


NAMED = foreign(1, "行").replace("<table>", "<table><caption>表5 情况</caption>").replace("<tr><th>", "<thead><tr><th>")
NAMED = NAMED.replace("</th></tr>", "</th></tr></thead>")
NOTED = '<div class="note"><p>注：甲。</p><p>乙。</p></div>'
# Of all of them every fifth: each number of rows, heading and note has several numbers of lines above it.
OWN_TABLES = [*product((9, 13, 17), ("", "<h2>二、申请</h2>"), ("", NOTED), range(5, 19))][::5]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("case", OWN_TABLES)
def test_a_table_goes_over_a_page_before_more_than_five_lines_stay_empty(case):
    rows, heading, note, lines = case
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    named = NAMED.replace("<tr><td>行</td></tr>", "<tr><td>行</td></tr>" * rows)
    after = f"<p>{'后' * CHARACTERS * 12}。</p>"
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{heading}{named}{note}{after}')
    assert_on_the_grid(sheets)
    assert_filled(sheets)
    parts = [[line for line in sheet.lines if line.text in {"行", "甲"}] for sheet in sheets if sheet.tables]
    assert sum(len(one) for one in parts) >= rows + len(parts)  # under a repeated head
    assert min(len(one) for one in parts) > 2
    if note:
        [last] = [sheet for sheet in sheets if any(line.text == "乙。" for line in sheet.lines)]
        assert last.tables
    if heading:
        [first] = [sheet for sheet in sheets if any(line.text == "二、申请" for line in sheet.lines)]
        assert first.tables


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("rows", "lines"), in_turn([*range(21, 31, 2), 44, 60, 78], [6, 4, 9]))
def test_notes_of_a_long_table_stand_on_the_page_of_its_last_rows(rows, lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    html = foreign(rows, "行").replace("<table><tr>", "<table><caption>表5 情况</caption><thead><tr>")
    html = html.replace("</th></tr>", "</th></tr></thead>")
    for notes in ("<p>注：甲。</p>", "<p>注：甲。</p><p>2.乙。</p><p>3.丙。</p><p>4.丁。</p>"):
        noted = f'{html}<div class="note">{notes}</div>'
        sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{noted}<p>后。</p><p>末。</p>')
        assert_on_the_grid(sheets)
        [sheet] = [sheet for sheet in sheets if any(line.text[-2:] == "甲。" for line in sheet.lines)]
        assert sum(line.text == "行" for line in sheet.lines) > 1
        [head], [note] = ([one for one in sheet.lines if one.text[-2:] == text] for text in ("甲", "甲。"))
        assert 0 < head.left - note.left < 3


@pytest.mark.parametrize("lines", range(2, 20, 3))
@pytest.mark.by_turns(2)
@pytest.mark.parametrize("size", [(600, 300), (600, 800), (300, 1500)])
def test_a_picture_takes_the_room_of_its_page_before_more_than_five_lines_stay_empty(lines, size):
    """But none is smaller than a third of what it is on a page of its own, so that its letters can be read.

    One that is taller than a page, as flow charts are, is not smaller than seven tenths.
    """
    shown = f"<figure>{picture(*size)}<figcaption>图1 甲</figcaption></figure>"
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    after = f"<p>{'后' * CHARACTERS * 12}。</p>"
    [whole] = heights_of_pictures(page_of_html(shown))
    for note in ("", '<div class="note"><p>注：甲。</p></div>'):
        page = page_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{shown}{note}{shown}{note}{after}')
        sheets = paper.sheets(typeset(page))
        assert_on_the_grid(sheets)
        least = 0.7 if size[1] > 1200 else 1 / 3
        assert max(sheet.empty for sheet in sheets[:-1]) <= max(5, whole * least / paper.PITCH + 1)
        assert min(heights_of_pictures(page)) > whole * least - 5
        assert len({line.page for sheet in sheets for line in sheet.lines if line.text in {"图1甲", "注：甲。"}}) <= 2


@pytest.mark.parametrize("note", ["", '<div class="note"><p>注：甲。</p></div>'])
def test_text_behind_a_tall_picture_goes_up_into_the_room_that_it_leaves_on_the_page_before(note):
    """But no heading does, and who reads the document aloud is told the picture where its author has put it."""
    shown = f"<figure>{picture(300, 1500)}<figcaption>图1 甲</figcaption></figure>{note}"
    text = [f"<p>{one * (CHARACTERS * lines - 3)}。</p>" for one, lines in (("前", 10), ("后", 4), ("再", 3))]
    heading = "<h3>（二）依申请公开</h3>"
    made = typeset(page_of_html(f"{text[0]}{shown}{text[1]}{text[2]}{heading}{text[0]}"))
    first, second, third = paper.sheets(made)
    assert_on_the_grid([first, second, third])
    assert [line.text[0] for line in first.lines] == [*"前" * 10, *"后" * 4, *"再" * 3, "—"]
    assert [line.text for line in second.lines] == ["图1甲", *(["注：甲。"] if note else []), "—2—"]
    assert third.lines[0].text.startswith("（二）")
    told = READERS["pdf"](made)
    assert told.index("图1 甲") < told.index("后后") < told.index("（二）")


@each(
    ("text", "goes_up"),
    [
        *[(one, False) for one in (
            "从上图可见，甲最多。", "下图是乙的情况。", "如下图所示。", "如上所示，甲最多。", "上述两张图都有甲。",
            "见下表。", "该图由甲绘制。", "由图可见，甲最多。", "上面的柱状图显示甲最多。",
            "下方照片为甲。", "由此可见，甲最多。", "具体情况如下：", "各镇情况如下。", "图1 甲",
            "示例市统计局", "2026年1月20日",
        )],
        *[(one, True) for one in (
            "图1显示，甲最多。", "线上图书馆开放。", "会上表示同意。", "5%以下的不计。", "该图书馆开放。", "甲（见表1）。",
            "“甲。”", "上年收到3件，下降5%；", "由上级表彰。", "以下简称甲。",
        )],
    ],
)  # fmt: skip
def test_what_speaks_of_a_picture_by_its_place_stays_behind_it(text, goes_up):
    shown = f"<figure>{picture(300, 1500)}<figcaption>图1 乙</figcaption></figure>"
    pages = sheets_of_html(f"<p>{'前' * (CHARACTERS * 8 - 3)}。</p>{shown}<p>{text}</p><p>末。</p>")
    [at] = {line.page for sheet in pages for line in sheet.lines if line.text.startswith(squeezed(text)[:4])}
    assert (at == 1) is goes_up


def test_a_note_that_stands_with_its_picture_takes_no_end_of_a_box_away():
    shown = f'<div class="wide"><figure>{picture(300, 1500)}</figure></div><div class="note"><p>注：甲。</p></div>'
    body = ends.told(f"<p>前。</p>{shown}<p>{'后' * 90}。</p>", None)
    told = calls.told(body, {}, {})
    assert told.index("注：甲。") < told.index("<figure")
    assert told.count("<div") == told.count("</div>")


@pytest.mark.parametrize("between", ["", "<p>间。</p>"])
@pytest.mark.parametrize("sizes", [[(300, 1500)] * 2, [(600, 900), (60, 40), (600, 600)]])
def test_text_goes_up_before_several_pictures_that_stay_in_their_order(sizes, between):
    shown = [f"<figure>{picture(*size)}<figcaption>图{at} 甲</figcaption></figure>" for at, size in enumerate(sizes, 1)]
    text = [f"<p>{one * (CHARACTERS * lines - 3)}。</p>" for one, lines in (("前", 8), ("后", 30))]
    title = '<h1><span class="title-part">标题</span></h1>'
    sheets = sheets_of_html(f"{title}{text[0]}{between.join(shown)}{text[1]}<h2>二、乙</h2>{text[0]}")
    assert_on_the_grid(sheets)
    assert (sheets[0].empty, sheets[0].lines[-2].text[0]) == (0, "后")
    names = [line.text for sheet in sheets for line in sheet.lines if line.size == paper.CAPTION]
    assert names == [f"图{at}甲" for at, _ in enumerate(sizes, 1)]


def test_a_picture_stands_below_its_heading_though_it_would_lack_room_there_if_it_stood_above(tmp_path):
    """All tables between two pictures look themselves where they stand."""
    shown = "图如下。\n\n![甲](图1.png)\n\n图{0} 甲\n\n{1}"
    heads = ["一、总体情况", "二、主动公开", "三、申请情况", "四、复议和诉讼", "五、存在的主要问题", "六、其他"]
    five, four = (("依法公开政府信息" * 99)[: CHARACTERS * count - 4] + "。" for count in (5, 4))
    texts = (f"{five}\n\n{shown.format(1, four)}", five, four, four, shown.format(2, five), "无。")
    narrative = "\n\n".join(f"## {head}\n\n{text}" for head, text in zip(heads, texts, strict=True))
    paths = write(tmp_path / "params", narrative=narrative)
    (paths.folder / "图1.png").write_bytes(base64.b64decode(png(640, 360)))
    sheets = sheets_of(tmp_path / "params", paths.bureau, paths.year)
    shown = [line.text for sheet in sheets for line in sheet.lines if line.text in {heads[4], "图2甲"}]
    assert shown == [heads[4], "图2甲"]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(("size", "lines"), [((600, 400), 3), ((600, 400), 4), ((300, 200), 5), ((300, 200), 6)])
def test_below_a_picture_the_lines_of_a_page_are_counted(tmp_path, size, lines):
    """So no table is too tall for what comes below it, and no page stays half empty."""
    text = "\n\n".join(["![图](a.png)", "图1 甲", *[PARAGRAPH] * lines])
    narrative = BODY.replace("工作有序开展。", text) + REST + "\n## 六、其他\n\n本年度没有收取信息处理费。\n"
    paths = write(tmp_path / "params", narrative=narrative)
    (paths.report_file.parent / "a.png").write_bytes(base64.b64decode(png(*size)))
    sheets = sheets_of(tmp_path / "params", paths.bureau, paths.year)
    assert max(sheet.empty for sheet in sheets[:-1]) < 6


@pytest.mark.parametrize("items", [8, 9])
def test_the_lines_of_a_list_in_a_list_are_counted(tmp_path, items):
    """So the tables below it use the room of their pages."""
    text = f"- 甲\n{f'    - {chr(0x4E59) * 40}。{chr(10)}' * items}"
    sheets = made(tmp_path, narrative=BODY.replace("工作有序开展。", text) + REST)
    assert_on_the_grid(sheets)
    assert max(sheet.empty for sheet in sheets[:-1]) <= 5


def test_each_paragraph_of_an_item_is_set_two_characters_in_and_turns_to_the_edge(tmp_path):
    """左空二字，回行顶格: behind a number and a bullet, in an item's second paragraph, and in a list within another."""
    words = "甲" * 60
    text = f"- {words}\n    1. {words}\n        - {words}\n\n          {words}\n\n完。\n\n1. {words}\n\n   {words}\n"
    lines = [line for sheet in made(tmp_path, narrative=BODY.replace("工作有序开展。", text) + REST) for line in sheet.body]
    begun = [round((line.left - LEFT) / EM, 1) for line in lines if line.text.count("甲") > 2]
    assert begun == [2, 0, 0] * 6
    assert [line.text[:2] for line in lines if line.text.startswith(("•", "1.", "–"))] == ["•甲", "1.", "–甲", "1."]


def in_file(kind, **how):
    made = io.BytesIO()
    Image.new("RGB", (192, 96), "grey").save(made, kind, **how)
    return made.getvalue()


CAMERA = Image.Exif()
CAMERA.update({0x011A: 300.0, 0x011B: 300.0, 0x0128: 2})
FILES = {
    "png": ("png", in_file("png")),
    "png of 300 dots": ("png", in_file("png", dpi=(300, 300))),
    "jpeg": ("jpeg", in_file("jpeg")),
    "jpeg of 60 dots": ("jpeg", in_file("jpeg", dpi=(60, 60))),
    "jpeg that says nothing": ("jpeg", in_file("jpeg")[:2] + in_file("jpeg")[20:]),
    "jpeg of a camera": ("jpeg", in_file("jpeg", exif=CAMERA)),
    "jpeg of a camera alone": ("jpeg", in_file("jpeg", exif=CAMERA)[:2] + in_file("jpeg", exif=CAMERA)[20:]),
    "gif": ("gif", in_file("gif")),
    "webp": ("webp", in_file("webp")),
    "webp of a camera": ("webp", in_file("webp", exif=CAMERA)),
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_96_pixels_of_a_picture_are_an_inch_whatever_its_file_says(file):
    kind, data = file
    page = page_of_html(f'<p><img alt="图" src="data:image/{kind};base64,{base64.b64encode(data).decode()}"></p>')
    assert heights_of_pictures(page) == [pytest.approx(25.4, abs=0.1)]
    with zipfile.ZipFile(io.BytesIO(docx.make(page))) as word:
        (tall,) = re.findall(r'<wp:extent cx="[0-9]+" cy="([0-9]+)"', word.read("word/document.xml").decode())
    assert int(tall) / 36_000 == pytest.approx(25.4, abs=0.1)


def jpeg_of(mode, **how):
    made = io.BytesIO()
    Image.new("RGB", (16, 8), (200, 30, 30)).convert(mode).save(made, "JPEG", quality=95, **how)
    return made.getvalue()


@each("data", [jpeg_of("RGB"), jpeg_of("RGB", keep_rgb=True), jpeg_of("L"), jpeg_of("CMYK"), jpeg_of("RGB", exif=CAMERA)])
def test_a_picture_keeps_its_colours(data):
    kept, kind = dots.even(data, "jpeg")
    before, after = (Image.open(io.BytesIO(one)).convert("RGB").getpixel((8, 4)) for one in (data, kept))
    assert (kind, after) == ("jpeg", before)


def test_a_picture_that_says_so_is_turned_as_in_a_browser_and_grows_no_channel():
    made, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (80, 40), "grey").save(made, "WEBP", exif=turned)
    data, _ = dots.even(made.getvalue(), "webp")
    assert (Image.open(io.BytesIO(data)).size, Image.open(io.BytesIO(data)).mode) == ((40, 80), "RGB")
    assert pictures.size_of(made.getvalue(), "webp") == (40, 80)
    assert pictures.size_of(made.getvalue()[:14], "webp") is None


def test_a_note_of_one_line_stands_in_the_middle_below_its_picture():
    shown = f"<figure>{picture(300, 200)}<figcaption>图1 甲</figcaption></figure>"
    middle = (LEFT + RIGHT) / 2
    for notes, is_lone in (["注：甲。"], True), (["注：1.甲。", "2.乙。"], False), ([f"注：{'长' * 60}。"], False):
        below = "".join(f"<p>{one}</p>" for one in notes)
        sheets = sheets_of_html(f'<p>文。</p>{shown}<div class="note">{below}</div><p>后。</p>')
        assert_on_the_grid(sheets)
        [note] = [line for line in sheets[0].lines if line.text.startswith("注")]
        assert (abs(note.left - LEFT) > 1) == is_lone
        assert abs((note.left + note.right) / 2 - middle) < 2 or not is_lone


@each("size", [(600, 100), (600, 130), (600, 160), (600, 590), (300, 1500)])
@each("lines", [2, 5])
def test_a_picture_leaves_its_name_room_and_its_note_stands_right_below(lines, size):
    figure = f"<figure>{picture(*size)}<figcaption>图1 甲</figcaption></figure>"
    sheets = sheets_of_html(f'{"<p>文。</p>" * lines}{figure}<div class="note"><p>注：子。</p></div><p>后。</p>')
    [name, note] = [line for sheet in sheets for line in sheet.lines if line.text.startswith(("图1", "注"))]
    assert (name.page, paper.PITCH * 0.7 < note.base - name.base < paper.PITCH * 1.1) == (note.page, True)


@pytest.mark.parametrize("lines", [2, 4, 7])
def test_two_pictures_with_one_name_stay_on_the_page_with_it(lines):
    figure = f"<figure><p>{picture(800, 500)} {picture(800, 500)}</p><figcaption>图1 甲</figcaption></figure>"
    sheets = sheets_of_html(f"{'<p>文。</p>' * lines}{figure}<p>后。</p>")
    [name] = [line for sheet in sheets for line in sheet.lines if line.text == "图1甲"]
    assert (name.page, name.base < paper.BOTTOM + 0.5) == (1, True)


def heights_of_pictures(page):
    """In mm."""
    with pypdfium2.PdfDocument(typeset(page)) as document:
        found = [one.get_bounds() for sheet in document for one in sheet.get_objects((raw.FPDF_PAGEOBJ_IMAGE,))]
    return [(top - bottom) * paper.MM for _, bottom, _, top in found]


def test_notes_begin_at_the_left_edge_of_a_small_table():
    sheets = sheets_of_html(f'{foreign(3, "行")}<div class="note"><p>注：{"说明" * 30}</p></div><p>后。</p>')
    assert_on_the_grid(sheets)
    [head] = [line for line in sheets[0].lines if line.text == "甲"]
    notes = [line for line in sheets[0].lines if line.size == head.size and "说" in line.text]
    assert len(notes) > 1
    assert [0 < head.left - note.left < 3 for note in notes] == [True] * len(notes)
    assert notes[0].right == pytest.approx(RIGHT, abs=4)


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("heading", "mark", "lines"),
    [
        ("附件1：办理统计", "附件1：", ["办理统计"]),
        ("附件：示例市测试局2024年政府信息公开申请办理明细", "附件：", ["示例市测试局2024年", "政府信息公开申请办理明细"]),
        ("附件二", "附件二", []),
        ("附件材料清单", "附件材料清单", []),
    ],
)
def test_an_attachment_has_its_number_on_the_first_line_and_its_title_on_the_third(tmp_path, heading, mark, lines):
    sheets = made(tmp_path, narrative=f"{BODY}{REST}\n## {heading}\n\n{PARAGRAPH * 12}\n\n## 附件9\n\n{PARAGRAPH * 40}\n")
    assert_on_the_grid(sheets)
    (sheet,) = (sheet for sheet in sheets if sheet.body[0].text == mark)
    first, text = sheet.body[:2]
    assert (first.left, first.letters[0].face) == (pytest.approx(LEFT, abs=0.2), "NotoSansSC-Regular")
    titles = [line for line in sheet.lines if line.size == paper.TITLE]
    assert [line.text for line in titles] == lines
    for number, line in enumerate(titles, 2):
        assert line.slot == pytest.approx(number, abs=0.2)
        assert line.left - LEFT == pytest.approx(RIGHT - line.right, abs=0.5)
    assert text.slot == pytest.approx(len(lines) + 3 if lines else 1, abs=0.02)
    assert len(sheets[-2].body) == LINES


def test_headings_inside_an_attachment_are_those_of_a_chapter(tmp_path):
    """Two characters in, each level in its face, one line below the text above: below a title, and without one."""
    inside = f"### （一）乙\n\n{PARAGRAPH}\n\n#### 1.丙\n\n{PARAGRAPH}\n\n### （二）丁\n\n{PARAGRAPH}\n"
    narrative = f"{BODY}{inside}{REST}\n## 附件1：甲\n\n{inside}\n## 附件2\n\n{inside}"
    sheets = made(tmp_path, narrative=narrative)
    assert_on_the_grid(sheets)
    for starts in ("（一）乙", "1.丙", "（二）丁"):
        lines = [line for sheet in sheets for line in sheet.body if line.text == starts]
        assert len(lines) == 3
        assert len({(round(line.left, 1), line.letters[-1].face, round(line.size, 1)) for line in lines}) == 1
        assert all(line.left - LEFT > 1.4 * EM for line in lines)
    for sheet in sheets[-2:]:
        slots = [round(line.slot) for line in sheet.body]
        assert slots[1:] == list(range(slots[1], slots[1] + len(slots) - 1))


def part_of(number, rows):
    """A part of a statutory table, with a title and a head."""
    head = f'<tr><th colspan="2">第{number}项</th></tr><tr><th>名称</th><th>件数</th></tr>'
    return f"<tbody>{head}{'<tr><th>甲</th><td>1</td></tr>' * rows}</tbody>"


@pytest.mark.parametrize("rows", [(45, 3), (44, 44), (70, 9)])
def test_a_part_that_goes_over_pages_has_its_title_and_head_on_each(rows):
    table = re.sub("<thead>.*</tbody>", "".join(part_of(number, count) for number, count in enumerate(rows)), table_of(1))
    table = re.sub("<colgroup>.*</colgroup>", '<colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>', table)
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{table}<p>后。</p><p>末。</p>')
    assert_on_the_grid(sheets)
    on = [[line.text for line in sheet.lines if sheet.in_table(line)] for sheet in sheets if any(sheet.tables)]
    assert len(on) > 1
    for lines in on:
        assert (lines[0][0], lines[1]) == ("第", "名称件数"), lines[:3]
        assert not any(line.startswith("第") and after.startswith("第") for line, after in pairwise(lines))
    assert sum(lines.count("甲1") for lines in on) == sum(rows)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("lines", range(1, 20, 2))
def test_notes_stand_on_the_page_where_their_table_ends(lines):
    note = f'<div class="note"><p>注：{"说明" * 40}</p></div>'
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    html = f'<h1><span class="title-part">标题</span></h1>{text}{table_of(9)}{note}<p>后。</p><p>末。</p>'
    sheets = sheets_of_html(html)
    assert_on_the_grid(sheets)
    ends = max(sheet.number for sheet in sheets if sheet.tables)
    assert [sheet.number for sheet in sheets for line in sheet.lines if line.text.startswith("注：")] == [ends]


def noted(lines, *notes):
    """The pages of a report of so many lines above a table that nearly fills a page, with notes; and its last page."""
    note = f'<div class="note">{"".join(f"<p>注：{one}</p>" for one in notes)}</div>'
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>" if lines else ""
    html = f'<h1><span class="title-part">标题</span></h1>{text}{table_of(9)}{note}<p>后。</p><p>末。</p>'
    sheets = sheets_of_html(html)
    assert_on_the_grid(sheets)
    return sheets, [sheet for sheet in sheets if sheet.tables][-1]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("lines", range(5))
@pytest.mark.parametrize("notes", [["说明" * 40] * 9, ["说明" * 1500]], ids=["many", "one long"])
def test_notes_begin_below_their_table_and_fill_the_page_before_they_go_over(notes, lines):
    sheets, page = noted(lines, *notes)
    first = next(line for sheet in sheets for line in sheet.lines if line.text.startswith("注："))
    assert (first.page, page.empty if page is not sheets[-1] else 0) == (page.number, 0)
    assert page.number == (1 if lines < 3 else 2)


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("lines", range(3, 20, 2))
def test_a_table_with_notes_goes_over_a_page_between_its_rows_before_many_lines_stay_empty(lines):
    sheets, page = noted(lines, "说明" * 40)
    assert max(sheet.empty for sheet in sheets[:-1]) <= 4
    on = [[line.text for line in sheet.lines if sheet.in_table(line)] for sheet in sheets if sheet.tables]
    assert {tuple(texts[:1]) for texts in on} == {tuple(on[0][:1])}  # its head stands on both pages, with some rows
    assert min(map(len, on)) > 3
    assert page.number == 2


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("lines", [2, 6, 12])
def test_the_rest_of_a_line_is_below_the_notes_of_a_table_that_goes_over_a_page(lines):
    """As the notes are its, and not the text's below."""
    cells = ("行", "很长的内容" * 20, "别的内容" * 22)
    rows = f"<tr>{''.join(f'<td>{one}</td>' for one in cells)}</tr>" * 7
    table = f"<table><thead><tr><th>甲</th><th>乙</th><th>丙</th></tr></thead>{rows}</table>"
    notes = '<div class="note"><p>注：子。</p></div>'
    sheets = sheets_of_html(f'{"<p>文。</p>" * lines}<div class="scroll">{table}</div>{notes}<p>后。</p>')
    assert_on_the_grid(sheets)
    [(sheet, note)] = [(sheet, line) for sheet in sheets for line in sheet.lines if line.text == "注：子。"]
    above = note.base - max(bottom for _, bottom in sheet.tables)
    [after] = [line for line in sheet.body if line.text == "后。"]
    assert above < 7 < after.base - note.base


def test_notes_that_end_with_the_page_need_no_whole_lines():
    sheets, page = noted(2, "说明" * 40)
    assert page.number == 1
    assert "注：" in page.lines[-3].text, [line.text for line in page.lines[-4:]]
    assert [line.text for line in sheets[1].body] == ["后。", "末。"]


@pytest.mark.parametrize("lines", range(16, 20))
def test_a_table_of_parts_is_not_parted_for_the_sake_of_a_few_lines(lines):
    table = re.sub("<thead>.*</tbody>", "".join(part_of(number, 3) for number in range(4)), table_of(1)).replace(
        "dense", "kept"
    )
    table = re.sub("<colgroup>.*</colgroup>", '<colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>', table)
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{table}<p>{"后。" * 300}</p>')
    assert_on_the_grid(sheets)
    assert sum(len(sheet.tables) for sheet in sheets) == 1


@pytest.mark.parametrize("lines", [7, 9])
def test_no_page_of_a_plain_report_stays_half_empty_above_table_two(tmp_path, lines):
    """It goes over the page between its parts; its rows are as tall on both pages, and it is one table of the tags."""
    paths = write(tmp_path, 2020, narrative=plain(lines))
    made = typeset(standard_page(tmp_path, paths.bureau, paths.year))
    sheets = paper.sheets(made)
    assert_official(sheets)
    assert max(sheet.empty for sheet in sheets[:-1]) <= 4
    [(above, below)] = [pair for pair in pairwise(sheets) if pair[1].first.text.startswith("第二十条")]
    assert above.rows[-1] == pytest.approx(below.rows[0], rel=0.1)
    assert next(len(grid) for grid in formats.find("pdf").read(made).grids) == 18


@pytest.mark.parametrize("lines", [8, 12])
def test_a_part_of_many_rows_goes_over_a_page_under_its_head(lines):
    parts = "".join(part_of(number, rows) for number, rows in enumerate((24, 3, 3)))
    table = re.sub("<thead>.*</tbody>", parts, table_of(1))
    table = re.sub("<colgroup>.*</colgroup>", '<colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>', table)
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    sheets = sheets_of_html(
        f'<h1><span class="title-part">标题</span></h1>{text}{table.replace("dense", "kept")}<p>{"后。" * 300}</p>'
    )
    assert_on_the_grid(sheets)
    assert max(sheet.empty for sheet in sheets[:-1]) <= 4
    above, below = ([line.text for line in sheet.lines if sheet.in_table(line)] for sheet in sheets[:2])
    assert below[:2] == ["第0项", "名称件数"]
    assert min(above.count("甲1"), below.count("甲1")) > 2
    assert above.count("甲1") + below.count("甲1") == 30


# Of all of them every third.
BELOW_OWN = [*product([(9, 3, 3), (24, 3, 3), (70, 9)], [(4,), (14, 9)], range(5, 19))][::3]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("case", BELOW_OWN)
def test_below_own_tables_a_statutory_one_goes_over_a_page_before_more_than_five_lines_stay_empty(case):
    """Nobody knows on which line it stands before Typst says it; the next try is planned by that."""
    parts, own, lines = case
    table = re.sub("<thead>.*</tbody>", "".join(part_of(*one) for one in enumerate(parts)), table_of(1))
    table = re.sub("<colgroup>.*</colgroup>", '<colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>', table)
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    above = "".join(text + foreign(rows, "行") for rows in own)
    html = f"<h1>标题</h1>{above}{text}<h2>二、公开</h2><p>见下表。</p>{table.replace('dense', 'kept')}<p>{'后。' * 300}</p>"
    sheets = sheets_of_html(html)
    assert_on_the_grid(sheets)
    assert_filled(sheets)


@pytest.mark.parametrize("before", ["<pre>代码。</pre>", foreign(2, "很长的内容" * 40)], ids=["code", "table"])
@pytest.mark.by_turns(2)
@pytest.mark.parametrize("lines", range(14, 24))
def test_a_table_is_squeezed_to_stay_on_a_page_whose_lines_nobody_counts(before, lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    html = f'<h1><span class="title-part">标题</span></h1>{before}{text}<h2>三、申请</h2>{table_of(9)}<p>后。</p>'
    sheets = sheets_of_html(html)
    (number,) = (number for number, sheet in enumerate(sheets) if any(bottom - top > 100 for top, bottom in sheet.tables))
    # With its heading it takes 18 lines at least.
    assert sheets[number - 1].empty < 18, [sheet.empty for sheet in sheets]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("lines", [11, 13, 15])
def test_a_table_that_begins_a_page_fills_it_though_nobody_counts_the_lines_above(tmp_path, lines):
    """It leaves no room for the table below it, which needs a page of its own with the chapter's last lines."""
    above = "```\n代码。\n```\n\n" + "平稳。\n\n" * lines
    long = f"三、申请情况\n\n{'申' * CHARACTERS * 4}。"
    text = BODY.replace("工作有序开展。", above) + REST.replace("三、申请情况\n\n见下表。", long)
    sheets = made(tmp_path, narrative=text)
    (sheet,) = (one for one in sheets if any(line.text.endswith("主动公开政府信息情况") for line in one.lines))
    assert sheet.number > 1
    assert sheet.empty <= 5


@pytest.mark.parametrize(("year", "lines"), [(2019, 5), (2024, 14)])
def test_below_a_quotation_the_lines_of_a_page_are_counted(tmp_path, year, lines):
    """So the tables below it suit their pages."""
    text = f"> {'引' * 90}。\n\n{'字' * (CHARACTERS * lines - 3)}。"
    sheets = made(tmp_path, year=year, narrative=BODY.replace("工作有序开展。", text) + REST + f"\n## 六、其他\n\n{text}\n")
    assert_on_the_grid(sheets)
    assert max(sheet.empty for sheet in sheets[:-1]) <= 5


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "html", [f"<p>{picture(300, 200)}</p>", BELOW["a picture with a caption"]], ids=["alone", "captioned"]
)
@pytest.mark.parametrize("lines", range(10, 16))
def test_no_signature_stands_alone_below_a_picture(html, lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    signed = '<div><div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div></div>'
    made = typeset(page_of_html(f'<h1><span class="title-part">标题</span></h1>{text}<h2>六、其他</h2>{html}{signed}'))
    sheets = paper.sheets(made)
    assert_on_the_grid(sheets)
    with pypdfium2.PdfDocument(made) as document:
        (page,) = [
            number
            for number, page in enumerate(document)
            for one in page.get_objects()
            if one.type == raw.FPDF_PAGEOBJ_IMAGE
        ]
    assert (page, "六、其他" in [line.text for line in sheets[-1].body]) == (len(sheets) - 1, True)


@pytest.mark.parametrize("lines", [13, 14])
@pytest.mark.parametrize(
    "html",
    [f"<p>{'中' * (CHARACTERS * 3 + 2)}。</p>", f"<ul><li>{'列' * 40}</li><li>{'列' * 60}</li></ul>", foreign(6)],
    ids=["text", "list", "table"],
)
def test_no_last_page_begins_with_a_short_rest_above_a_line_and_the_signature(html, lines):
    text = f"<p>{'字' * (CHARACTERS * lines - 3)}。</p>"
    signed = '<div><div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div></div>'
    sheets = sheets_of_html(f'<h1><span class="title-part">标题</span></h1>{text}{html}<p>尚未审结。</p>{signed}')
    assert_on_the_grid(sheets)
    first = sheets[-1].first
    assert (len(sheets), sheets[-1].in_table(first) or len(first.letters) > 20) == (2, True), first.text


def tall(above="", before="", named=""):
    """A report with an attachment of a tall picture below its heading and other text."""
    shown = (
        f"<figure>{picture(300, 1500)}<figcaption>{named}</figcaption></figure>" if named else f"<p>{picture(300, 1500)}</p>"
    )
    heading = '<h2>附件1：<span class="title-part">办理统计</span></h2>'
    return f'<h1><span class="title-part">标题</span></h1>{before}<div class="attachment">{heading}{above}{shown}</div>'


TALL = {
    "alone": (tall(), "附件1："),
    "below a heading": (tall("<h3>（一）图</h3>"), "附件1："),
    "below a line": (tall("<p>见图。</p>"), "附件1："),
    "with its name": (tall(named="图 流程"), "附件1："),
    "in a chapter": (tall(before=f"<h2>六、其他</h2><p>{picture(300, 1500)}</p>"), "六、其他"),
}


@pytest.mark.parametrize(("html", "heading"), TALL.values(), ids=TALL)
def test_a_tall_picture_stands_on_the_page_of_its_heading(html, heading):
    made = typeset(page_of_html(html))
    sheets = paper.sheets(made)
    assert_on_the_grid(sheets)
    with pypdfium2.PdfDocument(made) as document:
        pages = [[one for one in page.get_objects() if one.type == raw.FPDF_PAGEOBJ_IMAGE] for page in document]
        for sheet, pictures in zip(sheets, pages, strict=True):
            for bottom in (paper.PAPER - one.get_bounds()[1] * paper.MM for one in pictures):
                below = [line.base for line in sheet.lines if line.base < BOTTOM + 1 and line.size == paper.CAPTION]
                assert bottom < min([BOTTOM, *below]) + 0.1
    assert [
        sheet.number
        for sheet, pictures in zip(sheets, pages, strict=True)
        if pictures and heading in "".join(line.text for line in sheet.lines)
    ]
    assert len(sheets) == 2
    if "图 流程" in html:
        assert "图流程" in [line.text for line in sheets[-1].lines]


def test_a_heading_stands_above_its_table_though_the_table_would_fill_a_page():
    text = f"<p>{'字' * (CHARACTERS * 18 - 3)}。</p>"
    after = f"<h2>四、其他</h2><p>{text}</p>"
    html = f'<h1><span class="title-part">标题</span></h1>{text}<h2>三、申请</h2>{table_of(9)}{after}'
    sheets = sheets_of_html(html)
    (sheet,) = (sheet for sheet in sheets if sheet.tables)
    assert "三、申请" in [line.text for line in sheet.body]


ADDRESS = "https://www.shili.gov.cn/zwgk/zfxxgkml/a-very-long/path/index.html?id=1234567890&type=abcdefghijkl"


def test_a_long_address_breaks_behind_its_signs_and_no_line_is_torn_open():
    sheets = sheets_of_html(
        f'<h1><span class="title-part">标题</span></h1><p>本机关网站 {ADDRESS} 已经改版。</p><p>末。</p>'
    )
    assert_on_the_grid(sheets)
    lines = [line for line in sheets[0].body if line.text != "末。"]
    assert "".join(line.text for line in lines) == f"本机关网站{ADDRESS}已经改版。"
    for line in lines:
        assert max(after.left - before.right for before, after in pairwise(line.letters)) < 0.8 * EM, line.text
    for line in lines[:-1]:
        assert (line.text[-1] in "/.-_?&=", RIGHT - line.right < 7 * EM) == (True, True)


@each("count", range(8, 20))
def test_no_letter_leaves_the_type_area_and_an_address_breaks_behind_its_stop(count):
    (sheet,) = sheets_of_html(f"<p>{'字' * count}门户网站（www.example.gov.cn/zwgk）全年发布信息。{'字' * 28}。</p>")
    for line, after in pairwise(sheet.body):
        assert line.right < RIGHT + 0.1, line.text
        assert after.text[0] != "."


def test_code_is_set_in_14_pt_on_the_lines_of_its_text_and_keeps_full_width_signs():
    cell = "<div class='scroll'><table><tr><td>甲<code>b=2</code></td></tr></table></div>"
    text = "<p>" + "字" * 20 + "见<code>nianbao build（全）</code>" + "字" * 30 + "。</p>"
    (sheet,) = sheets_of_html(f"<p>{'文' * 40}。</p>{text}<p>末。</p>{cell}")
    assert {(line.text, line.size) for line in sheet.lines if line.text in {"nianbao", "build（全）", "b=2"}} == {
        ("nianbao", 14.0), ("build（全）", 14.0), ("b=2", 8.0),
    }  # fmt: skip
    (code,) = (line for line in sheet.lines if line.text == "build（全）")
    steps = [round((after.left - one.left) / (14 * paper.MM), 1) for one, after in pairwise(code.letters)]
    assert steps == [0.5] * 5 + [1.0] * 2
    assert max(line.off for line in sheet.lines if line.size in {14.0, paper.BODY} and line is not sheet.folio) < 0.01
    assert [line.text for line in sheet.body][-1] == "末。"


@each("piece", ["<code>甲　乙</code>", "<code>a b</code>", "甲　　乙", "<b>甲　</b>乙", "a b"])
def test_a_line_that_ends_with_a_blank_leaves_none_of_it_to_the_next_one(piece):
    (sheet,) = sheets_of_html("".join(f"<p>{'字' * count}{piece}{'字' * 30}。</p>" for count in (24, 25, 26)))
    begins = {}
    for line in sheet.lines[:-1]:  # the last one is the page's number
        begins[round(line.slot)] = min(line.left, begins.get(round(line.slot), RIGHT))
    assert {round(left, 1) for left in begins.values()} == {LEFT, round(LEFT + 2 * EM, 1)}


def test_an_underline_is_one_whole_line_below_its_characters():
    page = page_of_html("<p>甲<u>划线字，gypq（乙）</u>丙</p>")
    made = typeset(page)
    with pypdfium2.PdfDocument(made) as document:
        (sheet,), height = paper.sheets(made), document[0].get_height()
        parts = sorted(one.get_bounds() for one in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    assert max((after[0] - one[2] for one, after in pairwise(parts)), default=0) < 0.1
    assert (parts[-1][2] - parts[0][0]) * paper.MM > 8 * EM
    assert {0.1 * EM < (height - one[3]) * paper.MM - sheet.body[0].base < 0.3 * EM for one in parts} == {True}


# What stands at the end of a paragraph: signs beside Chinese ones, and words that look otherwise.
OTHERS = ["±", "café", "m²", "CO<sub>2</sub>", "m<sup>2</sup>", "<u>乙</u>", "<s>乙</s>", "αβ", "Ж", "№", "§", "∠"]


def test_whatever_letters_a_paragraph_ends_with_its_lines_break_as_without_them():
    lines = [line.text for line in sheets_of_html(f"<p>{PARAGRAPH * 4}</p>")[0].body[:-1]]
    ended = {one: sheets_of_html(f"<p>{PARAGRAPH * 4}{one}。</p>")[0].body[:6] for one in OTHERS}
    other = [one for one, body in ended.items() if [line.text for line in body] != lines]
    assert (len(lines), other) == (6, [])


@pytest.mark.parametrize("opening", ["（", "“", "“《", "〔"])
def test_marks_that_open_a_paragraph_stand_two_characters_in_however_full_its_line_is(opening):
    rest = "一）把。政务，公开、放在：便民"
    html = "".join(f"<p>{opening}{rest}{'字' * count}，{'字' * 9}，{'字' * 20}。</p>" for count in range(1, 12))
    html = f"<h1>题</h1><h2>一、章</h2><h3>{opening}{rest}字字，字字、字字，字字、字字字字字字</h3>{html}"
    lines = [line for sheet in sheets_of_html(html) for line in sheet.body if line.text.startswith(opening)]
    assert len(lines) == 12
    assert {round((line.letters[0].left - LEFT) / EM, 1) for line in lines} == {2.0}


# What stays whole; at a stroke a line may end, where more than three characters would have to move.
WHOLE = ["图1", "表12", "附件3", "图 1", "表３", "7件", "237项", "<b>3</b> 个", "６３条", "12余|件", "5万|人", "124人|次"]
WHOLE += ["第5页", "5平|方|公|里", "5月|15日", "〔2021〕|30号", "第（九）|项", "第三|方"]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("line_end", ["", "<br>"], ids=["lines of the kit", "lines of Typst"])
def test_no_line_parts_a_number_from_what_it_counts(line_end):
    pieces = [(count, one) for one in WHOLE for count in range(18, 29)]
    texts = "".join(f"<p>{'字' * count}{one.replace('|', '')}，{line_end}{'字' * 30}。</p>" for count, one in pieces)
    broken = "|".join(line.text for sheet in sheets_of_html(texts) for line in sheet.body).split("。|")
    wanted = [re.sub("<[^>]*>| ", "", one).replace("|", "[|]?") for _, one in pieces]
    assert [text for text, one in zip(broken, wanted, strict=True) if not re.search(one, text)] == []


def test_no_line_ends_inside_the_number_of_an_article_for_one_character():
    for article in ("第五条", "第五十条", "第二十一届"):
        [sheet] = sheets_of_html(f"<p>{'字' * 53}{article}，{'字' * 30}。</p>")
        assert sheet.body[2].text.startswith(article)


LAWS = (
    "现公布示例市自然资源局2022年政府信息公开工作年度报告。编制依据是《中华人民共和国政府信息公开条例》第四十九条、第五十条和"
    "国办公开办函〔2021〕30号文件，统计口径与上年一致，本报告在局网站“政府信息公开年报”栏目长期保留。"
)


ENACTED = (
    "按照《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定，现将示例市教育局2021年政府信息公开工作情况报告如下。"
    "自本年度起，表格改用国办公开办函〔2021〕30号文件印发的格式，部分栏目口径与往年不同，不宜直接比较。"
)


@pytest.mark.parametrize(("text", "widest"), [(LAWS, 1.04), (ENACTED, 1.07)])
def test_no_line_ends_inside_the_number_of_an_article_where_that_leaves_none_very_loose(text, widest):
    lines = [line for sheet in sheets_of_html(f"<p>{text}</p>") for line in sheet.body]
    assert {"第四十九条", "第五十条"} <= {*re.findall("第[四五]十九?条", "|".join(line.text for line in lines))}
    assert max(line.gap for line in lines) < widest


@pytest.mark.parametrize("typed", ["dept ，接口", "ab cd 。接口", "（ 接口", "甲 —— 乙", "50 %"])
def test_a_space_beside_a_mark_lets_no_line_begin_or_end_with_it(typed):
    texts = "".join(f"<p>{'字' * count}{typed}{'字' * 30}。</p>" for count in range(15, 28))
    lines = [line.text for sheet in sheets_of_html(texts) for line in sheet.body]
    assert [text for text in lines if text[0] in "，。—%" or text[-1] in "（—"] == []


def test_signs_as_wide_as_a_character_count_as_one():
    """A paragraph with ① or • in it has lines as any other, and the page below it is counted."""
    for sign in "①⑳⑴•Ⅲ→≤★●□":
        lines = sheets_of_html(f"<p>{f'字{sign}字字字' * 20}。</p>")[0].body[:-1]
        assert {line.characters for line in lines} <= {CHARACTERS - 1, CHARACTERS}, sign
        assert not [line.text for line in lines if line.text[-1] in "①⑳⑴•"]


def test_lines_of_pure_chinese_hold_28_characters(tmp_path):
    sheets = made(tmp_path, narrative=BODY.replace("工作有序开展。", "\n\n".join(PARAGRAPH * n for n in (2, 3, 4, 5))))
    filled = paper.filled(sheets)
    assert filled.lines > 12
    assert filled.is_official, str(filled)


@pytest.mark.slow
def test_every_sample_stands_on_the_official_page(capsys):
    whole = paper.Fill()
    for bureau, year in SAMPLES:
        sheets = sheets_of(ROOT / "params", bureau, year)
        assert_official(sheets)
        assert_full_and_even(sheets)
        whole += paper.filled(sheets)
    with capsys.disabled():
        print(f"\n{len(SAMPLES)} samples: {whole}")
    assert whole.is_official


NAMES = [
    "示例市局",
    "示例市测试局",
    "示例市示例区人民政府",
    "示例市人民防空办公室",
    "示例市经济开发区管理委员会办公室",
    "示例省示例市人力资源和社会保障局劳动保障监察支队",
    "示例省示例自治州示例市住房和城乡建设局房屋征收管理办公室",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_report_of_any_name_stands_on_the_official_page(tmp_path, name):
    assert_official(made(tmp_path, name, narrative=BODY + REST))


@pytest.mark.slow
@pytest.mark.parametrize(("lines", "year"), in_turn(range(1, 23), (2019, 2024)))
def test_wherever_a_chapter_ends_the_page_is_official(tmp_path, lines, year):
    text = ("字" * CHARACTERS * lines)[2:-1] + "。"
    narrative = BODY.replace("工作有序开展。", text) + REST + f"\n## 六、其他\n\n{text}\n"
    assert_official(made(tmp_path, year=year, narrative=narrative))


HARD = {(13, 2019), (15, 2019), (36, 2023)}
GROWN = [one if one in HARD else pytest.param(*one, marks=pytest.mark.slow) for one in in_turn(range(1, 41), (2019, 2023))]


def assert_full_and_even(sheets, most=1.65):
    """Few lines stay empty but on the last page, and the rows of no table are much taller than another's."""
    assert max(sheet.empty for sheet in sheets[:-1]) <= 5
    assert not any(sheet.first.text.startswith("申请人情况") for sheet in sheets)  # 表三 is whole
    rows = [statistics.median(sheet.rows) for sheet in sheets if len(sheet.rows) > 3]
    assert max(rows) < most * min(rows), rows


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("lines", "year"), GROWN)
def test_pages_are_full_and_rows_alike_however_long_a_chapter_is(tmp_path, year, lines):
    sheets = grown(tmp_path, year, lines)
    assert_official(sheets)
    assert_full_and_even(sheets)


@pytest.mark.parametrize(("year", "lines"), [(2019, 13), (2023, 36)])
def test_the_part_of_a_line_counts_that_stays_empty_below_rows_of_the_next_pages_height(tmp_path, year, lines):
    """So another page takes some of it; in 2023's form for that the last part of 表二 stands alone on the next page."""
    assert max(sheet.empty for sheet in grown(tmp_path, year, lines)[:-1]) <= 4


def test_rows_are_as_tall_as_those_of_other_tables_allow(tmp_path):
    """表二 has 15 lines and 表三 22, which no coarser step between the lowest rows and the tallest finds."""
    text = f"{'字' * (CHARACTERS * 14 - 3)}。"
    narrative = BODY.replace("工作有序开展。", text) + REST + f"\n## 六、其他\n\n{text}\n"
    sheets = made(tmp_path, narrative=narrative)
    assert [sheet.empty for sheet in sheets[:3]] == [2, 5, 0]


@pytest.mark.parametrize(("lines", "most"), [(18, 6), (20, 4), (30, 0)])
def test_a_table_right_below_its_heading_leaves_six_lines_of_its_page_empty_at_most(tmp_path, lines, most):
    """表二 stands alone on its page, for 表三 takes all of the next one: its rows are as far apart as lines of text."""
    narrative = BODY.replace("工作有序开展。", ("字" * CHARACTERS * lines)[2:-1] + "。") + REST
    for name in ("表二", "表三", "表四"):
        narrative = narrative.replace("见下表。", f"{{{{ {name} }}}}", 1)
    sheets = made(tmp_path, narrative=narrative)
    assert_official(sheets)
    assert max(sheet.empty for sheet in sheets[:-1]) == most
    assert max(sheets[1].rows) < PITCH + 0.1


@pytest.mark.parametrize(("year", "lines"), [(2019, 17), (2024, 12)])
def test_rows_are_lower_where_that_saves_the_page_of_the_last_lines_or_fills_one_to_its_edge(tmp_path, year, lines):
    """As where a browser prints the page. Below the last rule of a page that ends in a table nothing has to lie."""
    text = f"{'字' * (CHARACTERS * lines - 3)}。"
    narrative = BODY.replace("工作有序开展。", text) + REST + f"\n## 六、其他\n\n{text}\n"
    sheets = made(tmp_path, year=year, narrative=narrative)
    assert_official(sheets)
    assert len(sheets) == 4


def grown(folder, year, lines):
    """The pages of a report of long chapters, of which 三 has so many lines."""
    long = "\n\n".join([("政" * CHARACTERS * 3)[2:-1] + "。"] * 4)
    asked = ("字" * CHARACTERS * lines)[2:-1] + "。"
    text = BODY.replace("工作有序开展。", f"{long}\n\n### （一）主动公开\n\n{long}").replace("逐项改进。", long)
    text += REST.replace("三、申请情况\n\n见下表。", f"三、申请情况\n\n{asked}") + f"\n## 六、其他\n\n{long}\n"
    return made(folder, year=year, narrative=text)


@pytest.mark.slow
@pytest.mark.parametrize("last", range(1, 6))
@pytest.mark.parametrize("lines", range(8, 18))
def test_two_lines_of_text_stand_with_the_signature_wherever_it_comes(tmp_path, lines, last):
    texts = [("字" * CHARACTERS * count)[2:-1] + "。" for count in (lines, last)]
    assert_official(made(tmp_path, narrative=BODY + REST + "\n## 六、其他\n\n" + "\n\n".join(texts)))


SHAPES = ["。", "1. 甲\n2. 乙\n", "- 甲\n- 乙\n", "### （一）小节\n\n**（一）小节。**甲。", "甲" * 2000]


@pytest.mark.slow
@pytest.mark.parametrize("text", SHAPES)
def test_a_chapter_of_any_shape_leaves_the_page_official(tmp_path, text):
    assert_official(made(tmp_path, narrative=BODY.replace("逐项改进。", text) + REST))


# Free fonts of other shapes and measures stand under the names of the official ones.
SANS, SERIF = (fonts.PINNED / f"Noto{kind}SC-Regular.otf" for kind in ("Sans", "Serif"))
FAMILIES = {"FZXiaoBiaoSong-B05S": SERIF, "FangSong_GB2312": SANS, "SimHei": SANS, "KaiTi_GB2312": SANS, "SimSun": SERIF}
STAND_INS = {"NotoSansSC-Regular", "NotoSerifSC-Regular", "NianbaoKai"}


REPORTS = [("shili-szf", 2023), ("shili-zrzyj", 2020), ("dingxi-nyncj", 2020)]


@pytest.fixture(scope="module")
def folder(once):
    """The free fonts under the names of the official ones, with lines of another height, and the letters of `REPORTS`."""
    return once("official-fonts", make_fonts)[0]


def make_fonts(made):
    letters = {"—", *map(chr, range(32, 127))}.union(*(standard_page(ROOT / "params", *one).body for one in REPORTS))
    for name, path in FAMILIES.items():
        font = TTFont(path)
        subsetter = Subsetter(Options(name_IDs=["*"], notdef_outline=True, layout_features=["*"]))
        subsetter.populate(unicodes=map(ord, letters))
        subsetter.subset(font)
        for kind in (1, 4, 6, 16):
            font["name"].removeNames(nameID=kind)
            if kind != 16:
                font["name"].setName(name, kind, 3, 1, 0x409)
        if "CFF " in font:
            font["CFF "].cff.fontNames[0] = name
        font["hhea"].ascent, font["hhea"].descent = 1400, -100
        font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = 700, -300
        font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = 1500, 500
        font.save(made / f"{name}{path.suffix}")


@pytest.mark.slow
@pytest.mark.parametrize(("bureau", "year"), REPORTS)
def test_a_report_in_the_official_families_stands_on_the_official_page(folder, bureau, year):
    made = typeset(standard_page(ROOT / "params", bureau, year), folder)
    sheets = paper.sheets(made)
    assert_official(sheets)
    letters = [(one, line) for sheet in sheets for line in sheet.lines for one in line.letters]
    faces = {one.face.removesuffix("-Identity-H") for one, _ in letters}
    assert not [(one.char, line.size) for one, line in letters if one.face.removesuffix("-Identity-H") in STAND_INS]
    assert {"FZXiaoBiaoSong-B05S", "FangSong_GB2312", "SimHei", "SimSun"} <= faces <= set(FAMILIES)
    assert {one.face for one, line in letters if line.size == paper.TITLE} == {"FZXiaoBiaoSong-B05S"}
    assert {one.face for one, line in letters if line.size == paper.FOLIO} == {"SimSun"}
    filled = paper.filled(sheets)
    assert filled.exact >= 0.9 * filled.lines
