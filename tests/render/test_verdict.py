"""What a draft says of itself: its findings at the end on paper, marks on their cells; a published report says nothing."""

import io
import re
import zipfile
from dataclasses import replace
from html import escape

import docx as word
import pytest

from making import BODY, BUREAU, write
from nianbao import fonts
from nianbao.render import clean, docx
from nianbao.render.exporters import to_html
from nianbao.render.pdf import typeset
from nianbao.render.verdict import Verdict
from nianbao.shown import docx as read_docx
from nianbao.shown import pdf as read_pdf
from nianbao.shown.seen import squeezed
from nianbao.state import State
from published import standard_page

SUMS = {"表三": {("一", "总计"): 9, ("三（七）", "总计"): 5}}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A draft whose sums are wrong, and the same report with sound ones."""
    roots = [tmp_path_factory.mktemp(name) for name in ("draft", "sound")]
    write(roots[0], 2024, BODY, values=SUMS)
    write(roots[1], 2024, BODY)
    return [standard_page(root, BUREAU, 2024) for root in roots]


@pytest.fixture(scope="module")
def draft(pages):
    assert pages[0].is_draft
    return pages[0]


def xml(made, name):
    return zipfile.ZipFile(io.BytesIO(made)).read(name).decode()


def test_a_draft_on_paper_ends_with_the_findings_of_its_panel(draft):
    told = Verdict.of(draft).blocks
    assert told[0] == "核查发现"
    assert "有错误，不得发布" in told[1]
    assert "表中粗框的格有错误" in told[1]
    assert any(re.fullmatch(r"\d+\. 错误 E302 .*：表三 .*总计.*table3\.csv 第\d+行.*", one) for one in told)
    assert any(one.startswith("实际：") for one in told)
    assert any(one.startswith("应为：") for one in told)
    for seen in (read_pdf.read(typeset(draft)), read_docx.read(docx.make(draft))):
        assert seen.blocks[-len(told) :] == tuple(map(squeezed, told))


def test_the_findings_begin_a_page_and_are_a_heading_of_the_document(draft):
    document = word.Document(io.BytesIO(docx.make(draft)))
    [title] = [one for one in document.paragraphs if one.text == "核查发现"]
    assert (title.style.base_style.name, title.style.paragraph_format.page_break_before) == ("一级标题", True)


def test_wrong_cells_are_marked_in_every_format_by_a_frame_and_a_colour(draft):
    page = to_html(draft)
    [*cells] = re.findall(r'<td id="(table3-[A-Z]+\d+)" data-wrong="error" title="([^"]*)"', page)
    assert (
        {one for one, _ in cells}
        == {one.cell for one in Verdict.of(draft).entries if one.mark}
        == {"table3-J4", "table3-J27"}
    )
    assert all("错误 E30" in said for _, said in cells)
    assert 'td[data-wrong="warning"]' in page
    assert "outline: 3px solid" in page
    drawn = xml(docx.make(draft), "word/document.xml")
    assert drawn.count('<w:tcBorders><w:top w:val="single" w:sz="18"') == len(cells)


def test_what_is_a_warning_has_another_frame_and_what_is_accepted_none(draft):
    [first, *others] = [one for one in Verdict.of(draft).entries if one.mark]
    warned, accepted = replace(first, kind="W"), replace(first, lines=("已接受：属实",))
    assert [one.mark for one in (first, warned, accepted, replace(first, kind="I"))] == ["error", "warning", "", ""]
    body = Verdict("", (warned, *(one for one in others if one.cell != first.cell))).marked(draft.body)
    assert f'<td id="{first.cell}" data-wrong="warning"' in body
    made = docx.make(replace(draft, body=draft.body.replace('<li class="E">', '<li class="W">')))
    assert '<w:tcBorders><w:top w:val="dashed" w:sz="12"' in xml(made, "word/document.xml")


def test_a_published_report_says_nothing_of_findings(pages):
    _, sound = pages
    assert sound.state is State.PUBLISHED
    assert (Verdict.of(sound).blocks, Verdict.of(sound).marked(sound.body)) == ((), sound.body)
    assert "data-wrong" not in to_html(sound)
    assert "核查发现" not in xml(docx.make(sound), "word/styles.xml")


# What findings quote: signs of Typst, unseen characters, ones that no font has, words that break nowhere.
QUOTED = [
    '#let x = "a\\b"',
    "*[_$`@<",
    "甲\u200b乙\u00a0丙",
    "😀𠮷ⓐ",
    "a" * 200,
    "\u202e倒",
    "&amp; <b>",
    "\t三",
    "1. 甲",
    "- 乙",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_whatever_a_finding_quotes_stands_on_paper(draft, quoted):
    said = clean.findings(
        '<div class="report panel"><details class="findings"><summary>核查发现：警告 1。</summary><ol><li class="W">'
        f"<b>警告 W510</b> 空表：第1个单元格<dl><dt>实际</dt><dd>{escape(quoted)}</dd></dl></li></ol></details></div>"
    )
    page = replace(draft, body=said + draft.body[draft.body.index("<h1") :])
    told = tuple(filter(None, map(squeezed, Verdict.of(page).blocks)))
    assert len(told) == 4
    for seen in (read_pdf.read(typeset(page)), read_docx.read(docx.make(page))):
        assert tuple(map(fonts.lettered, seen.blocks[-4:])) == told
