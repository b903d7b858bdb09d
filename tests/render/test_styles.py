"""An analyst's CSS: what decorates stays, what loads or says anything does not."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.render.styles import safe_sheet, safe_style

LOADS = [
    "@import 'https://x.test/a.css';", "@import url(//x.test);",
    "@font-face { font-family: a; src: url(https://x.test/a) }", "p { background: url(https://x.test/a.png) }",
    "p { background: URL( 'a.png' ) }", "p { background: u\\72l(//x.test) }", "p { background: \\75rl(//x.test) }",
    "p { background: u/**/rl(a) }", "p { background: image-set('https://x.test/a' 1x) }",
    "p { background: -webkit-image-set('a' 1x) }", "p { background: src('https://x.test/a') }",
    "p { background: cross-fade(url(a), url(b)) }", "p { background: element(#a) }",
    "p { --a: url(https://x.test/a); background: var(--a) }", "p { cursor: url(a), auto }",
    "p { filter: url(a.svg#b) }", "p { width: expression(alert(1)) }", "p { width: attr(data-a url) }",
    "@namespace url(https://x.test);", "p::after { content: '另外的话' }", "p::after { content: url(a) }",
    "li { list-style-type: '另外的话' }", "p { quotes: '另外的话' '' }",
    "@media print { p { background: url(a) } @import 'a'; }", "p { & b { background: url(a) } }",
    "@layer a { p { background: url(b) } }", "@im@importport '//x.test'",
    "@container (width) { p { background: url(b) } }",

]  # fmt: skip


@each("css", LOADS)
def test_what_loads_or_says_anything_is_left_out(css):
    safe = safe_sheet(f"{css} b {{ color: red }}")
    assert None is re.search(r"url|src|image|import|font-face|另外|x\.test|\\|element|fade|expression|attr", safe, re.I)
    inside = re.search(r"{(.*)}", css)
    assert None is re.search(r"url|image|另外|x\.test|\\", safe_style(inside[1]) if inside else "", re.I)


def test_declarations_beside_those_that_load_stay():
    assert "td { color: red; }\n" == safe_sheet("td { color: red; background: url(a) }")
    assert "color: red; width: 3px" == safe_style("color:red; background: url(a);; width: 3px")


def test_no_length_of_an_element_outdoes_what_the_page_says_of_paper():
    assert "color: red !important; width: 3px" == safe_style("color:red!important; width: 3px!important")
    assert "td { width: 3px !important; }\n" == safe_sheet("td { width: 3px !important }")


def test_the_marks_of_lists_are_left_as_every_format_has_them():
    css = "list-style: none; LIST-STYLE-TYPE: upper-roman; counter-reset: list-item 5; counter-increment: list-item 2"
    assert "color: red" == safe_style(f"{css}; color: red")
    assert "" == safe_sheet(f"li {{ {css} }}")


HIDES = [
    "display: none", "display:contents!important", "visibility: hidden", "opacity: 0", "position: fixed; top: 0",
    "font-size: 0", "font-size:-1px", "transform: scale(0)", "margin-left: -9999px", "margin: 0 -50em",
    "clip-path: inset(100%)",
    "height: 1e9px", "block-size: 0", "max-height:0; overflow:hidden", "overflow: clip", "line-height:0", "line-height: 1px",
    "contain:strict", "--y: none", "display:var(--y,none)", "display: table-column", "display: table-footer-group",
    "display: inline-block", "font:0/0 serif", "font: 12px/0 serif", "font: caption", "font-size:calc(0px)",
    "font-size:.001px",
    "font-size: .5em", "letter-spacing:-1em", "color:transparent", "color: #0001", "color: rgb(0 0 0 / 0)",
    "color: var(--a)",
    "margin-left:calc(-9999px)", "margin-left: min(-9999px,0px)", "margin-left:var(--x)", "margin-inline-start:calc(-9px)",
    "margin: 9999px", "float:right;width:5000px", "width: 1e999px", "outline: 9999px solid #fff", "box-shadow:0 0 0 9999px",
    "border: 9999px solid #fff", "border-width: 1px 500px", "background-clip: text", "background: red fixed", "columns: 9",
    "justify-content: end", "table-layout: fixed", "vertical-align: 999px", "text-shadow: 0 0 9px #fff",
    "caption-side: bottom",
    "flex-direction: row-reverse", "direction: rtl", "text-indent: -99em", "-webkit-mask-size: 0", "zoom: 0", "all: unset",
]  # fmt: skip


@each("css", HIDES)
def test_what_hides_covers_or_reorders_is_left_out(css):
    assert "color: red" == safe_style(f"{css}; color: red")
    assert "td { color: red; }\n" == safe_sheet(f"td {{ {css}; color: red }}")


def test_what_lies_inside_of_a_line_covers_no_other_line():
    assert "color: red" == safe_style("padding: 20px 2px; color: red", "span")
    assert "color: red" == safe_style("padding-top: 20px; color: red", "mark")
    assert "padding: 2px 30px" == safe_style("padding: 2px 30px", "span")
    assert "padding: 20px" == safe_style("padding: 20px", "td")
    assert "a { color: red; }\n" == safe_sheet("a { padding: 20px; color: red }")


def test_a_box_gets_no_lower_than_its_text_and_a_picture_as_low_as_asked():
    assert "min-height: 20px" == safe_style("height: 20px")
    assert "height: 20px" == safe_style("height: 20px", "img")


def test_a_sheet_reaches_only_what_lies_inside():
    assert ".own-1 td, .own-1 * { color: red; }\n" == safe_sheet("td, * { color: red }", ".own-1")
    assert ".own-1 :is(a, b) c { color: red; }\n" == safe_sheet(":is(a, b) c { color: red }", ".own-1")
    media = safe_sheet("@media print { html td { color: red } }", ".own-1")
    assert "@media print { .own-1 html td { color: red; } }\n" == media
    assert ".own-1 a { b { color: red; } }\n" == safe_sheet("a { b { color: red } }", ".own-1")
    assert "" == safe_sheet("a { :not(&) { color: red } & b { color: red } }", ".own-1")


SHEET = """#T_1 th { color: red; border: 1px solid #000080; }
#T_1 tr:hover td { background: rgba(0, 0, 0, .1); font-family: "SimHei", serif; }
#T_1 > tbody td:nth-child(2n+1):not(.a) { width: 10em; padding: .4em 8px; }
@media (max-width: 40em) { #T_1 td { display: block; } }
"""


def test_a_sheet_that_decorates_stays_as_it_is():
    assert SHEET == safe_sheet(SHEET).replace("/**/", "")


def test_a_stylers_colours_bars_and_borders_stay():
    styler = pd.DataFrame({"件": [1, 4]}).style.bar().highlight_max(color="#ffd").set_table_styles(
        [{"selector": "th", "props": "border: 1px solid red"}]
    )  # fmt: skip
    sheet = re.search("<style[^>]*>(.*?)</style>", styler.to_html(), re.S)[1]
    safe = safe_sheet(sheet)
    assert safe.split() == sheet.split()


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("opening", ["p { color: (", "p {", "@media print {", "p { a: rgb(", "[", "p { & b {"])
def test_css_nested_without_end_is_left_out_or_closed(opening):
    assert safe_sheet(opening * 5000).count("{") <= 1000
    assert isinstance(safe_style(opening * 5000), str)


CSS = [
    *"{}()[]:;@#.,'\"\\/*<>!-% \n", "url(", "\\75 rl(", "a", "p", "--a", "color", "red", "import", "media", "'x'",
    "</style>", "<!--", "-->", "/*", "*/", "1px", "var(", "image-set(", "@import", "@media print {", "content",
]  # fmt: skip


@given(st.lists(st.sampled_from(CSS)).map("".join))
def test_whatever_a_sheet_holds_it_ends_where_it_ends_and_loads_nothing(css):
    for safe in (safe_sheet(css), safe_style(css)):
        plain = re.sub(r"'[^']*'|\"[^\"]*\"", "", safe.replace("\\'", "").replace('\\"', ""))
        assert None is re.search(r"url\(|image-set\(|@import|content:", plain)
    assert "<" not in safe_sheet(css)
    assert safe_sheet(css) == safe_sheet(safe_sheet(css))
