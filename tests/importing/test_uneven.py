"""Digits of one number that look unlike: a mark of a footnote is no digit of the number before it."""

import csv
import io

import pytest

import words
from imports import begin
from making import FORMATS
from nianbao.inputs.csvlayout import to_csv

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table2"]
ROWS = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, 0)))))
P, RUN = words.paragraph, words.run
SIZED, PARTED = "格里有大小不一的数字", "格里有一部分是链接、插入或域的数"


def page(cell, style=""):
    rows = [list(row) for row in ROWS]
    rows[6][1] = cell
    shown = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    chapters = f"<p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p><table>{shown}</table>"
    return f"<style>{style}</style><h1>{TITLE}</h1>{chapters}<p>五、存在的主要问题及改进情况</p><p>无。</p>"


def document(cell, table=lambda made: made, **parts):
    rows = [list(row) for row in ROWS]
    rows[6][1] = cell
    made = table(words.table(rows))
    return words.document(P(TITLE), P("二、主动公开政府信息情况"), made, **parts)


def read(tmp_path, name, content):
    """Why the figure is not taken, and how the row of the table is written."""
    made = begin(tmp_path, (name, content)).made
    row = next(line for line in made.files["table2.csv"].splitlines() if line.startswith("行政许可"))
    return [one.rule for one in made.taken["table2"].doubts], row.partition(",")[2]


MARKS = {
    "168<small>1</small>": SIZED,
    "168 <small>1</small>": SIZED,
    "1,680<small>1</small>": SIZED,
    '168<font size="1">1</font>': SIZED,
    '168<font size="-2">1</font>': SIZED,
    '168<span style="font-size:9px">1</span>': SIZED,
    '168<span style="font-size:x-small">1</span>': SIZED,
    '168<span style="font:9px serif">1</span>': SIZED,
    '168<span style="font-size:.7em">1</span>': SIZED,
    "168<code>1</code>": SIZED,
    "<span class=big>168</span>1": SIZED,
    "<p>168<span class=note>1</span></p>": SIZED,
    "<h4>168</h4><h6>1</h6>": SIZED,
    '168<a href="#fn1">1</a>': PARTED,
    '<a href="/a">168</a><a href="#fn1">1</a>': PARTED,
    '168<a onclick="note(1)">1</a>': PARTED,
    "168<ins>1</ins>": PARTED,
}


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("cell", MARKS)
def test_a_part_of_a_figure_of_a_page_that_looks_otherwise_is_asked_about(cell, tmp_path):
    made = page(cell, ".note{font-size:75%} .big{font-size:20px}")
    assert read(tmp_path, "a.html", made) == ([MARKS[cell]], "未填")


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "cell",
    [
        "<small>1681</small>",
        '<a href="/a">1681</a>',
        '<a href="/a">16</a><a href="/a">81</a>',
        '<a name="OLE_LINK1">16</a>81',
        "<ins>1681</ins>",
        "16<b>8</b><span style='color:#c00'>1</span>",
        '16<span style="font-size:16px">81</span>',
        '<span style="font-size:12pt">16</span><span style="font-size:1rem">81</span>',
        '16<font size="3">8</font><span style="font-size:100%">1</span>',
        '<p style="font-size:9px">16<span style="font-size:9px">81</span></p>',
        '<div style="font-size:14px"><p>16<span style="font-size:10.5pt">81</span></p></div>',
        "16<font face=宋体>81</font>",
        "1681<small>　</small>",
    ],
)
def test_a_figure_of_a_page_that_looks_alike_is_taken(cell, tmp_path):
    assert read(tmp_path, "a.html", page(cell)) == ([], "1681")


def sized(half_points):
    return f'<w:sz w:val="{half_points}"/>'


def field(code, *runs):
    begin, part, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{part}{''.join(runs)}{end}"


def simple(code, *runs):
    return f'<w:fldSimple w:instr="{code}">{"".join(runs)}</w:fldSimple>'


def link(to, *runs):
    return f'<w:hyperlink w:anchor="{to}">{"".join(runs)}</w:hyperlink>'


WORD_MARKS = {
    "a run": (RUN("168") + RUN("1", sized(10)), SIZED),
    "a run, beside one with a size": (RUN("168", sized(24)) + RUN("1", sized(18)), SIZED),
    "a style": (RUN("168") + RUN("1", '<w:rStyle w:val="mark"/>'), SIZED),
    "a simple field": (RUN("168") + simple("NOTEREF n", RUN("1")), PARTED),
    "a field": (RUN("168") + field("NOTEREF n", RUN("1")), PARTED),
    "two fields": (field("=SUM(A1)", RUN("168")) + field("NOTEREF n", RUN("1")), PARTED),
    "a link": (RUN("168") + link("fn1", RUN("1")), PARTED),
}
_STYLE = '<w:style w:type="{}" w:styleId="{}"{}><w:name w:val="{}"/><w:rPr>{}</w:rPr></w:style>'
STYLES = (
    f"<w:styles {words.W}><w:docDefaults><w:rPrDefault><w:rPr>{sized(20)}</w:rPr></w:rPrDefault></w:docDefaults>"
    + _STYLE.format("paragraph", "a", ' w:default="1"', "Normal", sized(21))
    + _STYLE.format("character", "mark", "", "mark", sized(12))
    + _STYLE.format("character", "strong", "", "strong", "<w:b/>")
    + "</w:styles>"
)


@pytest.mark.parametrize("how", WORD_MARKS)
def test_a_part_of_a_figure_of_a_document_that_looks_otherwise_is_asked_about(how, tmp_path):
    cell, why = WORD_MARKS[how]
    assert read(tmp_path, "a.docx", document(cell, styles=STYLES)) == ([why], "未填")


WORD_ALIKE = {
    "runs": RUN("1") + RUN("68") + RUN("1", '<w:color w:val="FF0000"/><w:b/>'),
    "thousands": RUN("1") + RUN(",") + RUN("681"),
    "the size of the usual style, said and not": RUN("16") + RUN("81", sized(21)),
    "a style that says no size": RUN("16") + RUN("81", '<w:rStyle w:val="strong"/>'),
    "a size of all": RUN("16", sized(10)) + RUN("81", sized(10)),
    "sizes that nobody tells apart": RUN("16", sized(21)) + RUN("81", sized(20)),
    "a field": field("=SUM(ABOVE)", RUN("16"), RUN("81")),
    "a simple field": simple("=SUM(ABOVE)", RUN("1681")),
    "a link": link("fn1", RUN("16"), RUN("81")),
    "a size of the unit": RUN("1681") + RUN(" ", sized(10)),
}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("how", WORD_ALIKE)
def test_a_figure_of_a_document_that_looks_alike_is_taken(how, tmp_path):
    assert read(tmp_path, "a.docx", document(WORD_ALIKE[how], styles=STYLES)) == ([], "1681")


def test_what_says_no_size_has_the_tables_else_the_documents(tmp_path):
    """Some programs give the size of a table's words to its style, and that of all to the document."""
    of_table = _STYLE.format("table", "grid", "", "grid", sized(24))
    of_table = f"<w:styles {words.W}>{of_table}</w:styles>"
    cell = RUN("16") + RUN("81", sized(24))
    made = document(cell, lambda table: table.replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="grid"/></w:tblPr>', 1),
                    styles=of_table)  # fmt: skip
    assert read(tmp_path, "a.docx", made) == ([], "1681")
    assert read(tmp_path, "b.docx", document(RUN("16") + RUN("81", sized(20)))) == ([], "1681")
    assert read(tmp_path, "c.docx", document(cell)) == ([SIZED], "未填")
