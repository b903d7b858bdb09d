"""What style sheets and code have in colours on the screen, they have on paper."""

import re

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell

from cases import each
from kinds import html
from nianbao.paths import TEMPLATES
from nianbao.render import colours
from nianbao.render.cells import View
from nianbao.render.clean import clean
from nianbao.render.colours import coloured
from nianbao.render.fragment import to_fragment
from nianbao.render.outputs import page_of
from published import of, pdf, text

STYLES = (TEMPLATES / "notebook.css").read_text("utf-8")
FRAME = pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=["one", "two"])
_COLOUR = re.compile(r" ([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)\b")


def painted(reader):
    """The colours a PDF paints with, as #rrggbb."""
    streams = b"".join(page.get_contents().get_data() for page in reader.pages).decode("latin-1")
    return {"#" + "".join(f"{round(255 * float(one)):02x}" for one in found) for found in _COLOUR.findall(streams)}


def of_html(written):
    return pdf(page_of(of(html(written))))


def cell(style, sheet="", name="x"):
    row = f"<tr class=r><th>h</th><td id={name} style='{style}'>1</td></tr>"
    return f"<style>{sheet}</style><table id=t class=k>{row}</table>"


def test_a_stylers_colours_are_on_paper():
    styler = FRAME.style.map(lambda value: f"background-color: #0{value}f0{value}0; color: navy")
    styler = styler.set_table_styles([{"selector": "th.row_heading", "props": "color: #a0b0c0"}])
    made = of_html(styler.to_html())
    assert painted(made) >= {"#01f010", "#02f020", "#03f030", "#04f040", "#000080", "#a0b0c0"}
    assert text(made).startswith("abone13two24")


def test_a_stylers_bars_are_on_paper():
    made = of_html(FRAME.style.bar(color="lightblue").to_html())
    patterns = [one for page in made.pages for one in page["/Resources"].get("/Pattern", {})]
    assert 2 <= len(patterns)


@each(
    ("written", "angle", "offsets"),
    [
        ("red 60%, blue, white", "90deg", ["0%", "60%", "80%", "100%", "100%"]),
        ("red, blue 30%, white", "90deg", ["0%", "0%", "30%", "100%", "100%"]),
        ("to right, red 50%, blue 20%", "0deg", ["0%", "50%", "50%", "100%"]),
        ("45deg, red, blue, navy, white 1e999%", "-45deg", ["0%", "0%", "33.3333%", "66.6667%", "100%", "100%"]),
        ("red", "90deg", ["0%", "100%", "100%"]),
    ],
)
def test_a_gradient_has_its_colours_where_css_has_them(written, angle, offsets):
    found = coloured(clean(cell(f"background: linear-gradient({written})")))
    assert [angle] == re.findall(r"angle: (\S+),", found)
    assert offsets == re.findall(r"[\d.]+%", found.partition("gradient.linear")[2])
    assert pdf(page_of(of(html(cell(f"background: linear-gradient({written})"))))).pages


@each(
    "written",
    [",red", "red,,blue", "red,", "", "to 5px, red, blue", "to, red, blue", "1e999deg, red, blue", "red, 30%, blue"],
)
def test_a_gradient_that_is_not_understood_is_left_out(written):
    assert "gradient.linear" not in coloured(clean(cell(f"background: linear-gradient({written})")))


@each(
    ("sheet", "style", "colour"),
    [
        ("", "color: #123456", "#123456"),
        ("", "background: #123456 none", "#123456"),
        ("", "color: rgb(18 52 86)", "#123456"),
        ("", "background-color: hsl(120 100% 25%)", "#008000"),
        ("td {color: red} #x {color: #123456}", "", "#123456"),
        ("#x {color: #123456} td {color: red}", "", "#123456"),
        ("td {color: red} td {color: #123456}", "", "#123456"),
        ("#x {color: red}", "color: #123456", "#123456"),
        (".r td {color: #123456}", "", "#123456"),
        ("#t > tr > td {color: red} table.k tr > td {color: #123456}", "", "#123456"),
        ("td:nth-child(even) {color: #123456}", "", "#123456"),
        ("tr:first-child td:nth-child(2) {color: #123456}", "", "#123456"),
        ("tr {background: #123456}", "", "#123456"),
        ("th, td {color: #123456}", "", "#123456"),
        ("td {color: #123456 !important} #x {color: red}", "color: red", "#123456"),
        ("td {color: red !important}", "color: #123456 !important", "#123456"),
        ("#x {color: red !important} td {color: red}", "color: #123456 !important", "#123456"),
        ("table tr > td {color: #123456}", "", "#123456"),
        ("table > tbody td {color: #123456}", "", "#123456"),
        ("td {color: red}" * 200 + "td {color: #123456}", "", "#123456"),
        ("th + td {color: #123456}", "", "#123456"),
        ("th ~ td {color: #123456}", "", "#123456"),
        ("td:last-child {color: #123456}", "", "#123456"),
        ("td:nth-of-type(1) {color: #123456}", "", "#123456"),
        ("td:nth-last-child(1) {color: #123456}", "", "#123456"),
        ("td[style] {color: #123456}", "", "#123456"),
        (":is(th, td) {color: #123456}", "", "#123456"),
        ("td {color: red} td:not(.k, .l) {color: #123456}", "", "#123456"),
        ("tr:has(th) td {color: #123456}", "", "#123456"),
        ("tr { td {color: #123456} }", "", "#123456"),
        ("@media screen { td {color: #123456} }", "", "#123456"),
        ("td {background: red} td {background: none} td {color: #123456}", "", "#123456"),
        ("td {background-image: linear-gradient(red, red)} td {background: #123456}", "", "#123456"),
        ("tr {background: #123456} td {background: transparent}", "", "#123456"),
        ("td {background: red; color: #123456}", "background: none", "#123456"),
        ("table {color: #123456}", "", "#123456"),
        ("tbody {background: #123456}", "", "#123456"),
        ("TD {COLOR: #123456}", "", "#123456"),
        ("", "COLOR: #123456", "#123456"),
    ],
)
def test_the_rule_that_wins_on_the_screen_wins_on_paper(sheet, style, colour):
    seen = painted(of_html(cell(style, sheet)))
    assert colour in seen
    assert "#ff0000" not in seen


@each(
    "sheet",
    ["#x:hover", "#y", ".r > .r td", "td:first-child", "td:nth-child(odd)", "td:not(#x)", "tr td td", "@media print { td"],
)
def test_what_a_rule_is_not_meant_for_stays_as_it_is(sheet):
    assert "#123456" not in painted(of_html(cell("", sheet + " {color: #123456}")))


def test_a_rule_that_not_every_browser_takes_is_named(caplog):
    coloured(clean(cell("", "td:hover {color: red} td {color: #123456}")))
    assert not caplog.records
    unsure = "@supports (color: red) { td {color: red} } td::first-letter {color: red} td {color: #123456}"
    assert "#123456" in coloured(clean(cell("", unsure)))
    assert ["nianbao"] == [one.name for one in caplog.records]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("sheet", "part"),
    [("td{color:#123456}" * 3_000, 1), ("td," * 1_600 + "td{color:#123456}", 10), ("p i{color:#123456}" * 2_000, 10)],
)
def test_a_hostile_style_sheet_takes_no_time_and_its_loss_is_said(sheet, part, caplog, monkeypatch):
    for bound in ("MOST_SAID", "MOST_SEEN"):
        monkeypatch.setattr(colours, bound, getattr(colours, bound) // part)
    rest = "<table>" + "<tr><td>1</td></tr>" * 1_000 + "</table>"
    seen = coloured("<div>" * 60 + cell("background: #654321", sheet) + rest + "</div>" * 60)
    assert "#123456" not in seen.partition("</style>")[2]
    assert "#654321" in seen.partition("</style>")[2]
    assert ["nianbao"] == [one.name for one in caplog.records]


@pytest.mark.slow
def test_a_sheet_with_a_rule_for_each_of_thousands_of_cells_is_read():
    rules = "".join(f"#x_{at} {{color: #123{at:03x}}}" for at in range(3_000))
    rows = "".join(f"<tr><th>h</th><td id=x_{at}>1</td><td>2</td></tr>" for at in range(3_000))
    assert 3_000 == len(re.findall(r"#123\w{3}ff", coloured(f"<style>{rules}</style><table>{rows}</table>")))


def test_a_sheet_colours_its_own_output_only():
    made = pdf(page_of(of(html(cell("", "td {color: #123456}") + "<p>a</p>"), html(cell("color: #654321")), html(cell("")))))
    assert painted(made) >= {"#123456", "#654321"}
    streams = b"".join(page.get_contents().get_data() for page in made.pages).decode("latin-1")
    assert 1 == len(re.findall("0.07058824 0.20392157 0.3372549 scn", streams))


@pytest.mark.parametrize(
    "written", ["<div>{}</div>", "<ul><li>{}<ul><li>in</li></ul></li></ul>", "<section><p>{}</p></section>",
                "<blockquote>a<p><b>{}</b></p></blockquote>", "<dl><dt>a</dt><dd>{}</dd></dl>", "<p>{}<small>b</small></p>"],
)  # fmt: skip
def test_the_words_of_coloured_boxes_are_on_paper(written):
    opened, rest = written.format("words").split(">", 1)
    made = of_html(f"<p>so</p>{opened} style='color: #123456; background: #ffeedd'>{rest}<p>and</p>")
    assert painted(made) >= {"#123456", "#ffeedd"}
    assert re.sub("<[^>]*>", "", written.format("words")) in text(made).replace("•", "").replace("‣", "")
    assert "#123456" not in painted(of_html(f"<p>so</p>{opened} style='color: #654321'>{rest}<p>and</p>"))


@each("tag", ["span", "b", "em", "code", "p", "h3"])
def test_coloured_words_are_on_paper(tag):
    made = of_html(f"<p>so</p><{tag} style='color: #123456'>words</{tag}><p>and</p>")
    assert "#123456" in painted(made)
    assert "sowordsand" in text(made)


def test_marked_words_are_on_paper():
    assert "#ffff00" in painted(of_html("<p>a <span style='background-color: yellow'>marked</span> word</p>"))
    assert "#ffff00" in painted(of_html("<p>a <mark>marked</mark> word</p>"))
    assert "#00ff00" in painted(of_html("<p>a <mark style='background: lime'>marked</mark> word</p>"))


def test_code_and_what_is_printed_are_read_on_each_of_their_grounds():
    rules = re.findall(r"^(.*?(?:code|ansi).*?) \{.*?(color|background): (#\w+)", STYLES, re.M)
    code, printed = ({one for name, what, one in rules if what == "color" and kind in name} for kind in ("code", "ansi-"))
    grounds = {one for name, what, one in rules if what == "background"}
    assert (len(code), len(printed), len(grounds)) == (5, 8, 9)
    faint = [(ink, ground) for ink in printed - {"#fff"} for ground in grounds - {"#1a1a1a"} if contrast(ink, ground) < 7]
    assert faint == [ink for ink in code if contrast(ink, "#f7f4ef") < 7] == []


def contrast(ink, ground):
    """How far two colours stand apart, as WCAG reckons it."""
    lower, upper = sorted(map(luminance, (ink, ground)))
    return (upper + 0.05) / (lower + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    lights = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * lights[0] + 0.7152 * lights[1] + 0.0722 * lights[2]


def test_code_has_its_colours_on_paper_and_is_copied_as_typed():
    code = 'def f(x):  # why\n    return "a is " + str(1.5)\n\n\nclass A:\n    """Two\n    lines."""'
    made = pdf(page_of(of(new_code_cell(code)), View(with_code=True)))
    assert painted(made) >= {"#7a1fa2", "#9c1d17", "#4a4a4a", "#0a4a73", "#1f4e79", "#f7f4ef"}
    assert "".join(code.split()) in text(made)


@each("mark", ["\ufdd4", "\ufdd9", "\ue000"])
def test_a_mark_in_code_colours_nothing_and_a_character_of_somebodys_font_keeps_its_place(mark):
    made = page_of(of(new_code_cell(f"x = 甲{mark}乙", metadata={})), View(with_code=True))
    assert {"#7a1fa2", "#4a4a4a"} & painted(pdf(made)) == set()
    assert ("甲〔u+e000〕乙" if mark == "\ue000" else "甲乙") in text(pdf(made))


@each("place", ["table", "thead", "thead tr", "th", ".k th", "div"])
def test_in_a_fragment_no_ground_of_the_page_lies_under_the_ink_of_somebody_else(place):
    written = (
        "<div><table class=k><thead><tr><th>a</th></tr></thead><tr><td>1</td></tr></table><blockquote>b</blockquote></div>"
    )
    sheet = f"<style>{place} {{ background: #036; color: white }}</style>"
    own = "#f5f2ec", "#4a4a4a"  # of heads and quotes
    assert [one in to_fragment(page_of(of(html(written)))) for one in own] == [True, True]
    for one in (f"{sheet}{written}", written.replace("<div", "<div style='background: #036; color: white'")):
        made = to_fragment(page_of(of(html(one))))
        assert [one in made for one in (*own, "#036")] == [False, False, True]
