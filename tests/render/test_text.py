"""Every text comes out of every output format as it was typed, wherever it stands on a page."""

import re
import string
from html import escape
from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases import each
from making import BODY, write
from nianbao import formatnames, markdown
from nianbao.errors import RenderError
from nianbao.render import formats
from nianbao.render.clean import MATH, TAGS, clean
from nianbao.render.page import Page
from nianbao.state import State
from pictures import png
from project import ROOT, edit, nianbao
from published import notebook, printed, rendered, shown, squeezed
from readers import READERS, VOID

# What means something in HTML, Markdown, Typst, YAML or Lua, alone and together, and what stands beside it.
SIGNS = [*string.punctuation, *"甲乙年0159azAZ𧺯", *"，。：“”‘’（）《》…—·　 ", "葛\U000e0100", "a\ufe0f"]
WORDS = [
    "- ", "+ ", "= ", "/ 甲: 乙", "1. ", "1) ", "# ", "...", "-?", " -5", "--", "---", "~", "@a", "<x>", "</p>", "<!--",
    "-->", "//", "/*", "*/", "#let x = 1;", "#{", "]", "[", "$x$", "_a_", "*a*", "**", "`a`", "```", "\\", "\\u{1}",
    "&amp;", "&#1;", "&lt;", "'a'", '"a"', 'src="data:image/png;base64,AA"',
    f'<img src="data:image/png;base64,{png(2, 2)}">', "//table", "//end", "https://a.test/b", "www.a.test",
    "a@b.test", "{{", "}}", "{%", "|", "---|---", ": ", "fi", "ffl", "'s", "5 - 3", "1/2", "->", "=>", "(c)", "<wbr>",
    "<table", "</style>", "%s", "%1", "attachment:a.png",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(SIGNS + WORDS), min_size=1, max_size=8).map("".join).filter(str.strip)
PLACES = {
    "title part": '<h1><span class="title-part">{}</span><span class="title-part">年度报告</span></h1>',
    "below title": '<div class="below-title"><p>{}</p></div>',
    "heading": "<h2>{}</h2>",
    "third heading": "<h3>{}</h3>",
    "paragraph": "<p>{}</p>",
    "paragraph after text": "<p>字{}</p>",
    "around bold": "<p>{0}<strong>{0}</strong>{0}</p>",
    "around italics": "<p>{0}<em>{0}</em>{0}</p>",
    "run-in": '<p><strong class="run-in">{0}</strong>{0}</p>',
    "after a break": "<p>字<br>{}</p>",
    "small": "<p><sub>{0}</sub><sup>{0}</sup><u>{0}</u><s>{0}</s></p>",
    "link": '<p><a href="https://a.test/?b=%22%5C#c">{0}</a>{0}</p>',
    "code": "<p>字<code>字{0}字</code>{0}</p>",
    "list": "<ul><li>{0}</li><li>字<ul><li>{0}</li></ul></li></ul>",
    "numbered list": "<ol><li>{0}</li><li><p>{0}</p><p>{0}</p></li></ol>",
    "lists in a row": "<ol><li>{0}</li><li>{0}</li></ol><ol><li>{0}</li></ol><ul><li>{0}</li></ul><ul><li>{0}</li></ul>",
    "quotation": "<blockquote><p>{}</p></blockquote>",
    "output": "<pre>字{0}\n{0}字</pre>",
    "in a bare box": "<div>{0}<p>字</p>{0}</div>",
    "caption": '<div class="scroll"><table><caption>{}</caption><tr><td>字</td></tr></table></div>',
    "table": '<div class="scroll"><table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{0}</td></tr>'
    "<tr><td><p>{0}</p></td></tr></tbody></table></div>",
    "statutory table": '<div class="scroll kept"><table class="statutory" id="t"><caption>{0}</caption><colgroup>'
    '<col style="width: 50%"><col style="width: 50%"></colgroup><thead><tr><th class="corner">{0}</th>'
    '<th id="t-c" scope="col">{0}</th></tr></thead><tbody><tr><th id="t-r" scope="row" style="text-align: left">{0}</th>'
    '<td id="t-A1" class="na" headers="t-r t-c">{0}</td></tr></tbody></table></div>',
    "note": '<div class="note"><p>{}</p></div>',
    "signature": '<div class="signature"><p>{0}</p><p>{0}</p></div>',
    "editor": '<div class="editor"><p>责任编辑：{}</p></div>',
    "attachment": '<div class="attachment"><h2>{0}</h2><p>{0}</p></div>',
}


def body_of(places, texts):
    """Each text in each place, every piece in a frame of its own, as a report's pieces are."""
    pieces = (place.format(escape(text)) for text in texts for place in places)
    return "\n".join(f'<div class="report">{piece}</div>' for piece in pieces)


def said(page):
    """What each output format says of a page."""
    made = {name: formats.find(name).make(page, None) for name in formatnames.names()}
    unread = set(made) - set(READERS)
    assert not unread, f"tests/readers.py cannot read {unread}: nobody knows whether it says what the HTML says"
    return {name: READERS[name](one) for name, one in made.items()}


def assert_all_say_the_same(said):
    """Each format says what the HTML says; only white space may differ, because a line ends elsewhere on paper."""
    html = squeezed(said["html"])
    for name, text in said.items():
        pairs = enumerate(zip_longest(squeezed(text), html))
        begun = next((at for at, (one, other) in pairs if one != other), None)
        assert begun is None, (name, squeezed(text)[max(0, begun - 20) :][:60], html[max(0, begun - 20) :][:60])


def page_of(body, title="标题"):
    return Page(title, "示例市", "2025-01-20", State.PUBLISHED, clean(body))


FEW, MANY = (settings(max_examples=count) for count in (4, 12))


@FEW
@given(st.lists(TEXT, min_size=2, max_size=5))
@example(["0葛\U000e0100 第葛\U000e0100 第五条\ufe0f 20件次\u0301", "图1\ufe0f甲\ufe0f·", "&#1;<img src=1>"])
def test_every_text_in_every_place_is_printed_as_it_is_typed(texts):
    assert_all_say_the_same(said(page_of(body_of(PLACES.values(), texts))))


@pytest.mark.slow
@MANY
@given(st.lists(TEXT, min_size=2, max_size=5))
def test_many_more_texts_are_printed_as_they_are_typed(texts):
    assert_all_say_the_same(said(page_of(body_of(PLACES.values(), texts))))


def _listed(inside):
    """Lists, some that begin with odd numbers, of items that hold some of what may be inside."""
    items = st.lists(st.lists(inside, min_size=1, max_size=3).map("".join), min_size=1, max_size=3)
    whole = items.map(lambda items: "".join(f"<li>{item}</li>" for item in items))
    names = ["ul", "ol", *(f'ol start="{one}"' for one in ("0", "3", "-5", "+5", "5x", " 5", "1e1", "9" * 20, "٣"))]
    names += ["ol reversed", 'ol type="A"', 'ol style="list-style: upper-roman"']
    listed = st.tuples(st.sampled_from(names), whole).map(lambda one: f"<{one[0]}>{one[1]}</{one[0][:2]}>")
    boxes = ["{}", "{}", "<div>{}</div>", "<ol>{}</ol>", "<blockquote>{}</blockquote>", "<p></p>{}"]
    return st.tuples(st.sampled_from(boxes), listed).map(lambda one: one[0].format(one[1]))


BLOCKS = st.recursive(st.sampled_from(["甲", "乙", "<p>丙</p>", "<p>1. 丁</p>", "<hr>", "<p></p>"]), _listed, max_leaves=12)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(BLOCKS, min_size=2, max_size=6).map("".join))
@example("<ol><li>甲</li><li>乙</li></ol><ol><li>丙</li></ol>")
@example("<ol><li>甲</ol><ol><li>乙</ol>")
@example("<ol><li>甲<ol><li>子</li></ol><ol><li>丑</li></ol></li></ol>")
@example('<div class="attachment"><ol><li>甲</ol></div><ol><li>乙</ol>')
@example("<ol>甲<li>乙</ol><ul><ol><li>丙</ol><li>丁</ul><ol><hr><li>戊</ol>")
@example('<ol start="-5"><li>甲</ol><ol start=" 5"><li value="7">乙</ol>')
def test_lists_in_any_order_have_the_same_numbers_in_every_format(body):
    assert_all_say_the_same(said(page_of(body)))


@pytest.mark.parametrize(
    "body",
    ["1. 甲\n2. 乙\n\n1. 丙\n2. 丁", "1. 甲\n\n1. 丙", "1. 甲\n<!-- 备忘 -->\n\n1. 乙", "- 甲\n  1. 子\n\n  1. 丑\n- 乙"],
)
def test_lists_in_a_row_of_a_narrative_each_begin_anew(body):
    html, faults = markdown.to_html(body, "narrative.md", 1, Path(), None)
    assert not faults
    assert_all_say_the_same(said(page_of(html)))


BEGUN = [*WORDS, *(f"{sign} 甲" for sign in string.punctuation)]


BATCHES = [BEGUN[at : at + 24] for at in range(0, len(BEGUN), 24)]


@pytest.mark.parametrize("texts", [BATCHES[0], *(pytest.param(one, marks=pytest.mark.slow) for one in BATCHES[1:])])
def test_what_begins_as_markup_is_printed_as_typed_in_every_place(texts):
    assert_all_say_the_same(said(page_of(body_of(PLACES.values(), texts))))


def outputs_of(text):
    """What an analyst's notebook shows that holds a text: what stands on one page, and Markdown, each on its own."""
    frame = pd.DataFrame({text: [text, "字"]}, index=[text, "字"])
    tables = (shown(html=frame.to_html()), shown(html=frame.style.set_caption(text).to_html()))
    yield (printed(f"{text}\n字 {text}\n"), shown(plain=text), *tables, shown(html=f"<b>{escape(text)}</b>"))
    yield from ([shown(html=text)], [shown(md=text)], [text])


def assert_shown(text):
    for outputs in outputs_of(text):
        try:
            page, _ = rendered(notebook(*outputs))
        except RenderError:
            assert len(outputs) == 1  # Markdown with a fault is refused by its cell
            continue
        if "<math" in page.body:
            assert len(outputs) == 1
            continue  # a formula's letters are set in italics, which are other characters: see test_notebooks
        assert_all_say_the_same(said(page))


@pytest.mark.slow
@FEW
@given(TEXT)
@example("- 甲")
@example("#")
@example("<div class='report panel' data-screen><p>甲</p></div>")
@example("甲<wbr>乙")
def test_what_an_analyst_shows_is_printed_as_the_page_shows_it(text):
    assert_shown(text)


@pytest.mark.slow
@MANY
@given(TEXT)
def test_much_more_that_an_analyst_shows_is_printed_as_the_page_shows_it(text):
    assert_shown(text)


IN_TABLES = {"table", "tr", "td", "th", "thead", "tbody", "caption", "col", "colgroup"}
NAMES = (
    "id",
    "class",
    "lang",
    "title",
    "style",
    "start",
    "width",
    "height",
    "colspan",
    "rowspan",
    "span",
    "headers",
    "href",
)


VALUES = ("", 'x"];#panic()[<>\\ ', "#panic()", "<wbr>", "//table")


def with_tag(tag, value):
    """HTML with a tag whose attributes hold a value, behind the tag's name."""
    opened = tag + "".join(f' {name}="{escape(value)}"' for name in NAMES if value)
    html = f"<{opened}>- 甲</{tag}>"
    if tag in IN_TABLES:
        html = "<table><caption>- 甲</caption><colgroup><col></colgroup><thead><tr><th>= 乙</th></tr></thead>"
        html = f"{html}<tbody><tr><td>丙</td></tr></tbody></table>".replace(f"<{tag}>", f"<{opened}>")
    elif tag in {"ol", "ul"}:
        html = f"<{opened}><li>- 甲</li></{tag}>"
    return f"<p>前{tag}</p>{html}<p>后</p>"


PRINTED = sorted(TAGS - MATH - {"style", *VOID})


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("tags", [PRINTED[at::5] for at in range(5)])
def test_no_tag_and_no_attribute_changes_the_text(tags):
    page, _ = rendered(notebook(*(shown(html=with_tag(tag, value)) for tag in tags for value in VALUES)))
    assert len(VALUES) * len(tags) == page.body.count("- 甲")
    assert_all_say_the_same(said(page))


def test_spaces_are_printed_as_a_browser_shows_them():
    texts = [
        "a  b   c",
        "甲\u3000乙",
        " 甲 -5 ",
        "\u3000\u3000甲",
        "甲\u3000",
        "a - b",
        "a\tb",
        "-  -",
        "甲 - 乙 -- 丙 - ",
        "a -b- c",
    ]
    page = page_of("".join(f"<p>〔{escape(text)}〕</p>" for text in texts))
    lines = {name: re.findall("〔(.*?)〕", text) for name, text in said(page).items()}
    assert set(lines) == set(formatnames.names())
    for found in lines.values():
        assert found == [re.sub("[ \t]+", " ", text) for text in texts]


# As typed in report.yaml, in a table file, and with its signs escaped in narrative.md.
TYPED = [
    "- 甲 -5 ...",
    "/ 乙: 丙 // /* */",
    "= 丁 ~ @a <x> #let $y$ _z_",
    '1. `戊` "q" \\ [k](l) *m*',
    '+ src="data:image/png,"',
]
NARRATIVE = """# {0}

{1}{2}

字{2}

### {2}

- {2}
- 乙

1. {2}
2. 乙

> {2}

**{2}**

[{2}](https://a.test/)

|{2}|乙|
|--|--|
|{2}|2|

## 附件：{0}

{2}
"""
REPORT = """editor: '{0}'
number: '{0}'
not_applicable: {{print: '{0}'}}
extra_rows: {{table2: {{第二十条第（一）项: ['{0}']}}}}
"""


def write_report(root, typed):
    """A report that holds a text in 19 places."""
    narrative = NARRATIVE.format(typed, BODY, re.sub(r"[\\*_`#+\-.!\[\]<>|]", r"\\\g<0>", typed))
    paths = write(root, narrative=narrative, report=REPORT.format(typed))
    edit(paths.report_file, "signature: 示例市测试局", f"signature: '{typed}'")
    table, cell = paths.table_file("table2"), typed.replace('"', '""')
    edit(table, "第二十条第（五）项", f'"{cell}",0,0,不适用\n第二十条第（五）项')
    table.write_text(table.read_text("utf-8") + f'"注：{cell}"\n', "utf-8")
    return paths


@pytest.mark.parametrize("typed", [TYPED[0], *(pytest.param(one, marks=pytest.mark.slow) for one in TYPED[1:])])
def test_a_report_prints_what_its_files_hold_in_every_format(typed, tmp_path):
    paths = write_report(tmp_path / "params", typed)
    words = ("--params", tmp_path / "params", "--outputs", tmp_path / "out", "--to", ",".join(formatnames.names()))
    nianbao("build", *words, "--notebook", ROOT / "notebooks" / "annual_report.ipynb", cwd=tmp_path)
    folder = tmp_path / "out" / paths.bureau / str(paths.year)
    made = {name: READERS[name]((folder / f"report.{formats.suffix(name)}").read_bytes()) for name in formatnames.names()}
    assert_all_say_the_same(made)
    # Once more in the list of attachments, where names have no marks at their ends.
    is_listed = squeezed(typed)[-1] not in "。，、；：！？.,;:!?"
    assert 19 + is_listed == squeezed(made["html"]).count(squeezed(typed))


@each("name", ["html", "pdf", "docx"])
def test_signs_of_numbers_are_printed_as_typed_and_a_pictures_description_is_no_caption(name):
    table = "<table><tr><td>-5</td><td>-</td><td>a-b</td></tr></table>"
    image = f'<img alt="替代文字" src="data:image/png;base64,{png(30, 30)}">'
    body = clean(f"<p>-3.2%，增长-9.5%，2020-2021。</p>{table}<p>{image}</p><p>后。</p>")
    page = Page("标题", "示例市", "2025-01-20", State.PUBLISHED, body)
    said = squeezed(READERS[name](formats.find(name).make(page, None)))
    assert squeezed("-3.2%，增长-9.5%，2020-2021。-5-a-b后。") in said
    assert "替代文字" not in said
