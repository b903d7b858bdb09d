"""What a browser shows of HTML: marks of lists, spans of cells, quotes, and what style sheets say."""

from cases import each
from nianbao.shown.blocks import Paragraph
from nianbao.shown.html import blocks_in, texts_of
from nianbao.shown.htmltree import body_of
from nianbao.shown.rules import sheets_of
from nianbao.shown.sheets import styled

LISTS = {
    "<ol><li>x<li>x</ol>": ("1.", "2."),
    '<ol start="3"><li>x<li>x</ol>': ("3.", "4."),
    '<ol start="0"><li>x</ol>': ("0.",),
    '<ol><li>x<li value="7">x<li>x</ol>': ("1.", "7.", "8."),
    "<ol reversed><li>x<li>x<li>x</ol>": ("3.", "2.", "1."),
    '<ol type="a" start="26"><li>x<li>x</ol>': ("z.", "aa."),
    '<ol type="A"><li>x</ol>': ("A.",),
    '<ol type="i" start="3"><li>x<li>x</ol>': ("iii.", "iv."),
    '<ol type="I" start="49"><li>x</ol>': ("XLIX.",),
    "<ul><li>x</ul>": ("•",),
}


@each("fragment", LISTS)
def test_items_of_lists_have_the_marks_that_a_browser_gives_them(fragment):
    assert LISTS[fragment] == tuple(mark for one in blocks_in(body_of(fragment)) for mark in one.marks)


def test_a_list_in_a_list_is_deeper_and_an_empty_item_has_its_mark():
    shown = blocks_in(body_of("<ol><li>a<ul><li>b<li></ul><li><ol><li>c</ol><li><table><td>d</table></ol>"))
    found = [(one.marks, one.depth) for one in shown if isinstance(one, Paragraph)]
    assert found == [(("1.",), 1), (("•",), 2), (("•",), 2), (("2.", "1."), 2), (("3.",), 1)]
    assert texts_of("<p>甲<q>乙</q><br>丙") == ("甲“乙”丙",)


def test_of_rules_the_stronger_one_holds():
    page = """<style>.a, p b { top: 1px } b { top: 2px !important } @media print { b { top: 3px } }</style>
    <p><b class="a" style="top: 4px; left: 5px">x</b><i class="a" style="TOP: 6PX">x</i><u hidden>x</u>"""
    body = body_of(page)
    said = styled(body, frozenset({"top", "display"}), sheets_of(body)).said
    assert [said.get(one.mem_id) for one in body.css("b, i, u")] == [{"top": "2px"}, {"top": "6px"}, {"display": "none"}]


def test_a_cell_of_no_number_of_rows_goes_to_the_end_of_its_part():
    page = "<table><thead><tr><th rowspan=0>a<th>b<tr><th>c</thead><tr><td rowspan='0'>d<td>1<tr><td>2<tr><td>3</table>"
    (table,) = blocks_in(body_of(page))
    assert [[cell.along for cell in row] for row in table.rows] == [[2, 1], [1], [3, 1], [1], [1]]
