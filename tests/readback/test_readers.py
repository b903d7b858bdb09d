"""The readers: all formats of one page are read alike, so that none stops a sound report."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao import fonts
from nianbao.characters import refused_in
from nianbao.render import formats
from nianbao.render.clean import clean
from nianbao.render.page import Page
from nianbao.shown.html import read_fragment
from nianbao.shown.seen import Slot, squeezed
from nianbao.state import State
from readers import READERS

# What a report is made of; `{}` stands for a text.
PLACES = (
    '<h1><span class="title-part">{}</span><span class="title-part">年度报告</span></h1>',
    '<div class="below-title"><p>{}</p></div>',
    "<h2>{}</h2>",
    "<h3>{}</h3>",
    "<p>{}</p>",
    "<p>字{0}<strong>{0}</strong>{0}<em>{0}</em><sub>{0}</sub><u>{0}</u></p>",
    '<p><strong class="run-in">{0}</strong>{0}</p>',
    "<p>{0}<br>{0}</p>",
    '<p><a href="https://a.test/">{0}</a>{0}</p>',
    "<ul><li>{0}</li><li>字<ul><li>{0}</li></ul></li></ul>",
    "<ol><li>{0}</li><li><p>{0}</p><p>{0}</p></li></ol>",
    '<ol start="3"><li>{0}</li></ol>',
    "<blockquote><p>{}</p></blockquote>",
    '<div class="scroll"><table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{0}</td></tr></tbody></table></div>',
    '<div class="scroll kept"><table class="statutory" id="t"><caption>{0}</caption><colgroup><col style="width: 50%">'
    '<col style="width: 50%"></colgroup><thead><tr><th class="corner">{0}</th><th scope="col">{0}</th></tr></thead><tbody>'
    '<tr><th scope="row" rowspan="2">{0}</th><td>{0}</td></tr><tr><td>{0}</td></tr></tbody></table></div>',
    '<div class="note"><p>{}</p></div>',
    '<div class="signature"><p>{0}</p><p>{0}</p></div>',
    '<div class="editor"><p>责任编辑：{}</p></div>',
    '<div class="attachment"><h2>{0}</h2><p>{0}</p></div>',
)
SIGNS = "甲乙，。：“”（）《》—…·　 azAZ0159.-+*/=#$@&%'\"~^_|!?;:"
TEXT = st.text(st.sampled_from(SIGNS), min_size=1, max_size=30).filter(str.strip)


def page_of(bodies, **about):
    body = clean("\n".join(f'<div class="report">{one}</div>' for one in bodies))
    return Page("标题", "示例市", "2025-01-20", about.pop("state", State.PUBLISHED), body, **about)


def pages(bodies, kinds=("html", "pdf", "docx"), **about):
    """What is read in each format of a page, HTML first."""
    page = page_of(bodies, **about)
    for name in kinds:
        one = formats.find(name)
        made = one.make(page, None)
        yield one.read(made), READERS[name](made)


def filled(place, text):
    return place.format(text.replace("&", "&amp;").replace("<", "&lt;"))


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("place", PLACES)
def test_all_formats_are_read_alike_place_by_place(place):
    (html, _), *others = pages([filled(place, "甲乙"), filled(place, "丙 a b")])
    assert [html.blocks] * len(others) == [one.blocks for one, _ in others]
    assert html.blocks
    assert [html.grids] * len(others) == [one.grids for one, _ in others]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(PLACES), TEXT), min_size=5, max_size=25))
def test_all_formats_are_read_alike(parts):
    read = list(pages([filled(place, text) for place, text in parts]))
    assert [read[0][0].blocks] * len(read) == [one.blocks for one, _ in read]
    # The readers of the tests, which are written otherwise, see the same text, with the bullets of lists in lists.
    texts = [re.sub("[–◦]", "•", squeezed(text)) for _, text in read]
    assert [re.sub("[–◦]", "•", "".join(read[0][0].blocks))] * len(read) == texts


@pytest.mark.slow
def test_every_character_of_the_fonts_is_read_from_a_pdf_as_it_was_typed():
    chars = [chr(point) for point in sorted(fonts.covered(fonts.PINNED))]
    # PDFium loses this one on a page of a thousand, and reads it where it stands alone.
    chars.remove("\U00027eaf")
    chars = [char for char in chars if squeezed(char) and not refused_in(char) and not "\ue000" <= char <= "\uf8ff"]
    lines = ["字".join(["", *chars[begin : begin + 20], ""]) for begin in range(0, len(chars), 20)]
    for begin in range(0, len(lines), 50):
        page = page_of([filled("<p>{}</p>", line) for line in lines[begin : begin + 50]])
        html, pdf = (one.read(one.make(page, None)) for one in map(formats.find, ("html", "pdf")))
        assert html.blocks == pdf.blocks


@pytest.mark.slow
def test_a_paragraph_a_list_and_a_row_that_run_on_to_the_next_page_are_read_whole():
    rows = "".join(f"<tr><td>{'甲乙丙丁' * 60}{row}</td><td>{row}</td></tr>" for row in range(30))
    long = [f"<p>{'一二三四五六七八九十' * 200}</p>", f"<ul><li>{'子丑寅卯' * 400}</li></ul>"]
    table = f'<div class="scroll"><table><tr><th>年</th><th>数</th></tr>{rows}</table></div>'
    (html, _), (pdf, _), (docx, _) = pages([*long, table])
    assert html.blocks == pdf.blocks == docx.blocks
    assert len(pdf.stamps) > 5


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DRAFT])
def test_stamps_and_what_a_file_says_of_itself_are_read(state):
    for seen, _ in pages(["<p>草稿二字在正文里。</p>" * 40], state=state):
        assert {state is State.DRAFT} == set(seen.stamps)
        assert ("标题", True) == (seen.about[0], "示例市" in seen.about)
        assert all("Typst" not in one for one in seen.blocks)


def test_the_stamp_of_a_foreign_draft_is_in_english_and_read_as_one():
    kinds, body = ("html", "pdf", "docx", "fragment"), ["<p>Words.</p>" * 40]
    for state in (State.PUBLISHED, State.DRAFT):
        for seen, text in pages(body, kinds, state=state, language="en"):
            assert {state is State.DRAFT} == set(seen.stamps)
            assert "草稿" not in text
    page = Page("Words", "", None, State.DRAFT, clean("<p>Words.</p>"), language="en")
    made = {kind: formats.find(kind).make(page, None) for kind in kinds}
    assert not [kind for kind in ("html", "fragment") if "草稿" in made[kind].decode()]
    assert "DRAFT: not approved, not for publication" in made["html"].decode()


def test_a_table_is_read_as_it_is_laid_out():
    fragment = (
        '<table><tr><th colspan="2">甲</th><th rowspan="2">乙</th></tr><tr><th>丙</th><td>1 2</td></tr></table>'
        "<table><tr><td>外<table><tr><td>内</td></tr></table></td></tr></table>"
    )
    first, inner, outer = read_fragment(fragment).grids
    assert ((Slot("甲", 2, 1, True), Slot("乙", 1, 2, True)), (Slot("丙", 1, 1, True), Slot("12", 1, 1, False))) == first
    assert (((Slot("内"),),), ((Slot("外内"),),)) == (inner, outer)


@pytest.mark.parametrize("tag", ["div", "span"])
def test_what_is_nested_deep_is_read(tag):
    assert ("甲",) == read_fragment(f"<{tag}>" * 5000 + "甲").blocks


def test_what_is_for_the_screen_or_for_no_reader_is_not_read():
    fragment = (
        "<style>p {}</style><script>1</script><p class='tools'>打印</p><div data-screen><p>发现</p></div><!-- 注 -->"
        "<p>甲<wbr>乙\u200b丙\ufeff　丁</p><p> </p>"
    )
    assert ("甲乙丙丁",) == read_fragment(fragment).blocks


def test_ligatures_and_variants_are_no_difference():
    assert ("ffi", "葛") == (squeezed("ﬃ"), squeezed("葛\U000e0100"))
