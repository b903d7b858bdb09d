"""A screen reader says for each cell of a statutory table in the PDF its row and its column, as it does in HTML."""

import io
import re
from html import unescape

import pypdfium2
import pytest
from pypdf import PdfReader

from making import make
from nianbao.document.tables import to_html
from nianbao.render.clean import clean
from nianbao.render.formcells import Cell
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from nianbao.render.rowheads import Table, tag
from nianbao.state import State
from project import ROOT
from published import squeezed, standard_page
from readers import _written


def page_of(year):
    report = make(year)
    html = "".join(to_html(report, table) for table in report.format.tables.values())
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f'<div class="report"><h1>标题</h1>{html}</div>'))


def told_by_html(html):
    """For each cell its text and the texts of its headings."""
    texts = {
        found[1]: squeezed(unescape(re.sub("<[^>]*>", "", found[2])))
        for found in re.finditer(r'<th\b[^>]*\bid="([^"]*)"[^>]*>(.*?)</th>', html, re.S)
    }
    for found in re.finditer(r'<td\b[^>]*headers="([^"]*)"[^>]*>(.*?)</td>', html, re.S):
        yield squeezed(found[2]), {texts[one] for one in found[1].split()}


def told_by_pdf(made):
    """The same by the tags of the PDF."""
    file = PdfReader(io.BytesIO(made))
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(file.pages)}
    with pypdfium2.PdfDocument(made) as document:
        written = [_written(page) for page in document]
    tree = file.trailer["/Root"]["/StructTreeRoot"]
    names = tree["/IDTree"]["/Names"]
    assert list(names[::2]) == sorted(names[::2])

    def text(cell):
        return squeezed("".join(written[page].get(mark, "") for page, mark in _marks(cell, None, pages)))

    heads = {name: text(cell) for name, cell in zip(names[::2], names[1::2], strict=True)}
    assert {cell.get_object()["/S"] for cell in names[1::2]} == {"/TH"}
    for cell in _cells(tree):
        if cell["/S"] == "/TD":
            (about,) = (one for one in cell["/A"] if one["/O"] == "/Table")
            yield text(cell), {heads[name] for name in about["/Headers"]}


def _marks(element, page, pages):
    """The pages and numbers of the marks below an element of the tags' tree, in order."""
    if isinstance(element, int):
        yield page, int(element)
        return
    element = element.get_object()
    if "/Pg" in element:
        page = pages[element.raw_get("/Pg").idnum]
    if "/MCID" in element:
        yield page, int(element["/MCID"])
    elif "/K" in element:
        kids = element["/K"]
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from _marks(kid, page, pages)


def _cells(element):
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if element.get("/S") in {"/TD", "/TH"}:
        yield element
    elif "/K" in element:
        kids = element["/K"]
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from _cells(kid)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "made",
    [lambda: page_of(2019), lambda: page_of(2024), lambda: standard_page(ROOT / "params", "shili-jyj", 2019)],
    ids=["2019", "2024", "parted"],
)
def test_each_cell_is_tagged_with_all_its_headings(made):
    page = made()
    wanted, seen = list(told_by_html(page.body)), list(told_by_pdf(typeset(page)))
    assert [text for text, _ in seen] == [text for text, _ in wanted]
    for (text, told), (_, heads) in zip(seen, wanted, strict=True):
        # Beside them the head above the labels, 信息内容 or the corner, which HTML does not name.
        assert heads <= told, (text, heads - told)


@pytest.mark.parametrize("looks", [b"/A[<</O/Layout/BorderColor[0 0 0]>>]", b""])
def test_a_part_says_that_it_goes_on_whatever_else_its_tag_says(looks):
    tags = {
        1: b"<</Type/StructElem/S/Table/P 9 0 R%s/K[2 0 R]>>" % looks,
        2: b"<</Type/StructElem/S/TR/P 1 0 R/K[3 0 R]>>",
        3: b"<</Type/StructElem/S/TD/P 2 0 R/K[0]>>",
    }
    tag(tags, [Table([[Cell("甲", False, False, 0, 1, 1)]], is_statutory=False, said="续")])
    assert tags[1] == b"<</Type/StructElem/S/Table/P 9 0 R/A[<</O/Table/Summary<feff7eed>>>%s]/K[2 0 R]>>" % looks[3:-1]
