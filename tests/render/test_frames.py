"""Tables that nianbao did not make: numbers stand at the right of their columns, words at the left, in HTML and PDF."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell

from cases import each
from kinds import html
from nianbao.render.clean import clean, framed
from nianbao.render.exporters import to_html
from nianbao.render.fragment import to_fragment
from nianbao.render.frames import aligned
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from paper import sheets
from pictures import png
from published import of, pdf, shown

FRAME = pd.DataFrame(
    {"town": ["Oneton", "Twobury"], "count": [5, 48240], "share": ["5.1%", None], "day": ["2024-01-05", "2024-11-15"]},
    index=[9, 10],
)


def numbers(seen):
    return re.findall(r'<t[hd] class="num">(.*?)</', seen)


def sides(seen):
    return re.findall(r'<table class="frame[^>]* data-sides="(\w*)"', seen)


SOLD = pd.DataFrame({"行业": ["农业", "工业"], "年份": [2019, 2020], "产值": [1, 2]})
HALVES = pd.MultiIndex.from_product([["上半年", "下半年"], ["甲", "乙"]])


@each(
    ("frame", "rows"),
    [
        (SOLD.set_index("行业"), [["行业", "年份", "产值"]]),
        (SOLD.set_index("行业").style, [["行业", "年份", "产值"]]),
        (SOLD.set_index(["行业", "年份"]), [["行业", "年份", "产值"]]),
        (SOLD.set_index("行业").T, [["行业", "农业", "工业"]]),
        (SOLD, [["", "行业", "年份", "产值"]]),
        (
            pd.DataFrame([[1, 2, 3, 4]], columns=HALVES, index=pd.Index(["东镇"], name="镇")),
            [["", "上半年", "下半年"], ["镇", "甲", "乙", "甲", "乙"]],
        ),
        (SOLD.pivot(index="行业", columns="年份", values="产值"), [["年份", "2019", "2020"], ["行业", "", ""]]),
        (pd.DataFrame({"": [1]}, index=pd.Index([2], name="")), [["", ""], ["", ""]]),
    ],
)
def test_names_of_the_index_stand_in_the_row_of_the_columns_names(frame, rows):
    head = aligned(clean(frame.to_html())).partition("</thead>")[0]
    found = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t", row, re.S) for row in head.split("</tr>")[:-1]]
    assert rows == [[text.replace("&nbsp;", "").strip() for text in row] for row in found]


def begins(reader, *words):
    """Where words begin on paper, from the left."""
    found = {}
    for sheet in reader.pages:
        sheet.extract_text(visitor_text=lambda said, place, *_: found.setdefault(said.strip(), place[4]))
    return [found[word] for word in words]


def test_numbers_stand_at_the_right_below_their_heading_and_words_at_the_left():
    made = page_of(of(html(FRAME.to_html())))
    assert ["rlrrl"] == sides(made.body)
    assert ["", "count", "share", "9", "5", "5.1%", "10", "48240", "NaN"] == numbers(made.body)
    short, long, one, two, first, other = begins(pdf(made), "5", "48240", "Oneton", "Twobury", "2024-01-05", "2024-11-15")
    assert short > long
    assert (one, first) == (two, other)


@each(
    "text",
    [
        "1",
        "-1",
        "+1.5",
        ".5",
        "2.",
        "1,234,567.8",
        "12.5%",
        "$5.00",
        "(1,234)",
        "1e-5",
        "inf",
        "¥1.2万元",
        "−3",
        "&lt;0.005",
    ],
)
def test_what_is_a_number(text):
    assert ["r"] == sides(aligned(clean(f"<table><tr><td>{text}</td></tr><tr><td>NaN</td></tr></table>")))


@each("text", ["", "NaN", "a", "2024-01-01", "12:30", "1,2", ".", "e5", "%", "1 2", "v1.2", "1.2.3", "True"])
def test_what_is_none(text):
    assert ["l"] == sides(aligned(clean(f"<table><tr><td>{text}</td></tr><tr><td>-</td></tr></table>")))


@each(
    ("name", "texts", "side"),
    [
        ("科目编码", ["201", "20101"], "l"),
        ("联系电话（座机）", ["8212345", "8212346"], "l"),
        ("接听电话（次）", ["1200", "35"], "r"),
        ("电话（单位：部）", ["1200", "35"], "r"),
        ("区号", ["0932", "931"], "l"),
        ("行政区划代码", ["621100", "621102"], "l"),
        ("编码数", ["201", "20101"], "r"),
        ("件数", ["0", "0.5"], "r"),
    ],
)
def test_codes_stand_at_the_left_as_words_do(name, texts, side):
    assert sides(aligned(clean(pd.DataFrame({name: texts}).to_html(index=False)))) == [side]


def test_columns_are_found_below_cells_of_several_rows_and_columns():
    rows = pd.MultiIndex.from_product([["a", "b"], ["x", "y"]])
    columns = pd.MultiIndex.from_product([["2019", "2020"], ["n", "said"]])
    frame = pd.DataFrame([[1, "no", 2, "yes"]] * 4, rows, columns)
    assert ["llrlrl"] == sides(framed(frame.to_html()))
    assert "2019" not in numbers(framed(frame.to_html()))


def test_a_side_that_the_author_chose_stays():
    made = page_of(of(new_markdown_cell("|a|b|c|\n|:-|:-:|-|\n|1|2|3|")))
    assert ["lcr"] == sides(made.body)
    assert ["c", "3"] == numbers(made.body)


@pytest.mark.parametrize("as_title", [False, True])
def test_the_tooltips_of_a_styler_are_titles_of_its_cells_and_a_finding(as_title):
    hints = pd.DataFrame([['said "so"', ""], ["", "two\nlines"]], columns=["a", "b"])
    styler = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "b"]).style.set_tooltips(hints, as_title_attribute=as_title)
    made = page_of(
        of(html(styler.to_html() if not as_title else styler.to_html().replace('"said "so""', '"said &quot;so&quot;"')))
    )
    assert ["said &quot;so&quot;", "two\nlines"] == re.findall(r'<td[^>]* title="([^"]*)"', made.body)
    assert ["W503"] == [one.code for one in made.findings]


def test_huge_tables_and_tables_in_tables_take_no_time():
    cells = '<td rowspan="65534" colspan="1000">1</td>' * 50
    huge = f"<table><tr>{cells}</tr>{'<tr><td>1</td></tr>' * 20_000}</table>"
    assert [""] == sides(aligned(huge))
    nested = "<table><tr><td>" * 2_000 + "1" + "</td></tr></table>" * 2_000
    assert ["r"] == sides(aligned(nested))


def test_only_what_holds_a_table_is_called_one():
    made = to_html(page_of(of(html("<p>words</p>"), html(FRAME.to_html()))))
    assert 1 == made.count('role="region"')
    assert re.search(r'role="region" aria-label="[^"]*" class="scroll"[^>]*><table', made)


SHEETS = ["", "<style>.dataframe thead th { text-align: right }</style>", "<style>td.th { color: red }</style>"]


@each("sheet", SHEETS)
@each("make", [to_html, to_fragment])
def test_a_heading_without_a_word_is_a_cell_that_heads_nothing(make, sheet):
    made = make(page_of(of(html(sheet + FRAME.to_html()))))
    assert re.search(r"<thead>\s*<tr[^>]*>\s*<td[^>]*></td>\s*<th\b", made)


def test_in_a_fragment_tables_stand_in_no_box_and_names_and_pictures_are_paragraphs_as_editors_keep_them():
    """wangEditor makes one line of a table in a box, and drops captions and the pictures of figures."""
    picture = (
        f'<figure><figcaption class="above">图1 甲</figcaption><img alt="图" src="data:image/png;base64,{png()}"></figure>'
    )
    noted = '<div class="noted">{}<div class="note"><p>注：甲。</p></div></div>'
    table = noted.format('<div class="scroll"><table><caption>表5 乙</caption><tr><td>1</td></tr></table></div>')
    box = '<div style="background: navy; color: white">白<p>字</p></div><div>行</div><div>列</div>'
    made = to_fragment(page_of(of(*(shown(html=f'<div class="report">{one}</div>') for one in (picture, table, box)))))
    assert re.findall(r"<(?!/|br)(\w+)", made) == [
        "p",
        "p",
        "img",
        "p",
        "table",
        "tbody",
        "tr",
        "td",
        "p",
        *["div", "p"],
        "div",
        "div",
    ]
    assert [text for text in re.split(r"\s*<[^>]*>\s*", made) if text] == [
        "图1 甲",
        "表5 乙",
        "1",
        "注：甲。",
        "白",
        "字",
        "行",
        "列",
    ]
    assert re.search('<div style="background: navy;\\s*color: white;?"[^>]*>白<p style="(?![^"]*color)', made)


def test_a_heading_without_a_word_stays_where_a_sheet_colours_headings():
    made = to_html(page_of(of(html("<style>thead th { background: navy }</style>" + FRAME.to_html()))))
    assert re.search(r"<thead>\s*<tr[^>]*>\s*<th[^>]*></th>", made)


def test_no_line_of_a_long_table_is_heavier_than_those_of_the_reports():
    made = pdf(page_of(of(html(pd.DataFrame({"north": range(60), "south": range(60)}).to_html()))))
    streams = b"".join(sheet.get_contents().get_data() for sheet in made.pages).decode("latin-1")
    assert {0.5} == {float(one) for one in re.findall(r"(?<![\d.])([\d.]+) w\b", streams)}


BROAD = pd.DataFrame([[1234567.89] * 12] * 2, columns=[f"第{number}列" for number in range(12)])


@pytest.mark.parametrize(
    "around",
    [
        BROAD._repr_html_(),
        f"<center>{BROAD.to_html()}</center>",
        f"<p>上</p>{BROAD.to_html()}<p>下</p>{BROAD._repr_html_()}",
        f"<details open><summary>甲</summary><div>{BROAD.to_html()}</div></details>",
        f"<style>th {{ color: red }}</style><section><h4>乙</h4>{BROAD.style.to_html()}</section>",
    ],
    ids=["as pandas shows it", "in an element", "beside words and another", "in details", "below a heading"],
)
def test_a_table_too_wide_for_the_page_stands_in_parts_whatever_stands_around_it(around):
    pages = sheets(typeset(page_of(of(html(around)))))
    digits = [one for page in pages for line in page.lines for one in line.letters if one.char.isdigit()]
    assert sum(one.char == "7" for one in digits) >= 24
    for page in pages:
        for line in page.lines:
            letters = sorted(line.letters, key=lambda one: one.left)
            assert all(before.right < after.left + 0.1 for before, after in pairwise(letters)), line.text
