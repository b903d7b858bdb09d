"""Statutory tables as Typst markup: they say what the HTML says, and nobody else's table is taken for one."""

import re

import pytest

from nianbao.document.document import load
from nianbao.document.tables import to_html
from nianbao.render.clean import clean
from nianbao.render.statutory import CHANCE, taken_out
from project import ROOT

HEAD = '<div class="scroll kept"><table class="statutory" id="t"><caption>表</caption><colgroup><col style="width: 28.00%">'
TABLE = HEAD + '<col style="width: 72.00%"></colgroup><tbody><tr><th>甲</th><td>{}</td></tr></tbody></table></div>'


def markup_of(text):
    body, files = taken_out(TABLE.format(text))
    assert body == '<div data-file="table0.typ"></div>'
    return files["table0.typ"]


@pytest.mark.parametrize("year", [2019, 2021, 2024])
def test_each_table_of_a_report_is_a_file_with_all_its_cells_in_their_order(year):
    report = load("shili-jyj", year, ROOT / "params").report
    html = [clean(to_html(report, table)) for table in report.format.tables.values()]
    body, files = taken_out(f"<p>前</p>{''.join(html)}<p>后</p>")
    assert re.sub(r'<div data-file="table\d\.typ"></div>\s*', "", body) == "<p>前</p><p>后</p>"
    assert len(files) == len(html)
    for one, markup in zip(html, files.values(), strict=True):
        wanted = [re.sub("<wbr>", "", text) for text in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", one)]
        grid = re.sub(r'"; \\\n#"', "", markup.partition("align: ")[2].rpartition("caption: ")[0])
        assert re.findall('"([^"]*)"', grid) == wanted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12", '"12"'),
        ("12.5", '"12.5"'),
        ("12,345.60", '"12,345.60"'),
        ("a b", '"a b"'),
        ("a&amp;b &lt;c&gt; &quot;\\", '"a&b <c> \\"\\\\"'),
        ("甲<wbr>乙", '[#"甲"; \\\n#"乙";]'),
        ("www.shili.gov.cn", f'breakable("www.{CHANCE}shili.{CHANCE}gov.{CHANCE}cn")'),
        ("x" * 40, f'breakable("{"x" * 16}{CHANCE}{"x" * 16}{CHANCE}{"x" * 8}")'),
    ],
)
def test_a_text_is_printed_as_it_is_typed(text, shown):
    assert f'"甲", {shown},' in markup_of(text)


@pytest.mark.parametrize(
    "html",
    [
        TABLE.format("<b>1</b>"),
        TABLE.replace(' style="width: 28.00%"', "").format(1),
        TABLE.replace("statutory", "own").format(1),
        TABLE.replace("<caption>表</caption>", "").format(1),
        TABLE.replace("<tbody>", "<tbody></tbody><tbody>").format(1),
        TABLE.replace("<th>甲</th>", '<th colspan="3">甲</th>').format(1),
        TABLE.removesuffix("</div>").format(1) + "<p>乙</p></div>",
    ],
)
def test_a_table_that_is_not_as_the_kit_makes_it_is_left_to_pandoc(html):
    assert taken_out(html) == (html, {})


def test_nobody_else_can_name_a_file():
    assert "data-file" not in clean('<div data-file="../x.typ">1</div>')


def test_a_group_of_many_rows_may_break_and_a_long_text_lets_the_table_run_on():
    rows = TABLE.replace("<th>甲</th>", '<th rowspan="10">甲</th>')
    assert 'table.cell(breakable: true, rowspan: 10, "甲")' in taken_out(rows.format(1))[1]["table0.typ"]
    assert "#kept[" in markup_of(1)
    assert "#together[" in markup_of("长" * 13)


def test_a_table_of_many_cells_is_read_in_linear_time():
    many = TABLE.format("1</td><td>" * 50_000)
    assert len(taken_out(many)[1]) == 1
    assert taken_out(many.replace("</table>", "")) == (many.replace("</table>", ""), {})
