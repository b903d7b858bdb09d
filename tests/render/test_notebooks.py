"""Any notebook through the exporters: what each kind of cell and output becomes, and what nbconvert's options do."""

import base64
import io
import logging
import re
import zipfile
from html import unescape
from itertools import pairwise

import nbformat
import pandas as pd
import pypdfium2
import pytest
from nbconvert.exporters.exporter import Exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pypdf import PdfReader
from pypdf.generic import ArrayObject
from traitlets.config import Config

import readers
from cases import each
from kinds import KINDS, MARKDOWN, OUTPUTS, html
from nianbao.errors import RenderError
from nianbao.render import docx
from nianbao.render import printed as prints
from nianbao.render.cells import View
from nianbao.render.exporters import NianbaoHTMLExporter, NianbaoPDFExporter, to_html
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from paper import MM, sheets
from pictures import png
from project import ROOT
from published import body, notebook, of, pdf, printed, shown, squeezed, text


@pytest.fixture
def folder(tmp_path):
    """A notebook's folder with a picture in it, and one beside it."""
    here = tmp_path / "work"
    (here / "plots").mkdir(parents=True)
    for path in (here / "plots" / "a b.png", tmp_path / "outside.png"):
        path.write_bytes(base64.b64decode(png()))
    return here


def page(cell, *folders, **about):
    made = of(cell)
    made.metadata.update({"lang": "en"} | about)
    return page_of(made, View(folders))


# What stands in a page, by what shows it: tags of HTML, structure elements of PDF, elements and styles of Word.
IN_HTML = {
    "heading": "<h[1-6]", "list": "<[ou]l", "table": "<table", "picture": "<img", "formula": "<math",
    "code in colours": '<pre class="code"|class="ansi-', "code": "<code>|<pre>", "a box that says so": "unshown",
    "a box with the error": 'class="failed"', "link": "<a href",
}  # fmt: skip
IN_PDF = {
    "heading": r"/H\d",
    "list": "/L",
    "table": "/Table",
    "picture": "/Figure",
    "formula": "/Formula",
    "code": "/Code",
    "link": "/Link",
}

IN_WORD = {
    "heading": '"(?:Title|Heading[1-4])"',
    "list": "<w:numPr>",
    "table": "<w:tbl>",
    "picture": "<w:drawing>",
    "formula": "<m:oMath>",
    "code": '"Code(?:Text)?"',
    "link": "<w:hyperlink",
}


def in_html(shown):
    found = [name for name, pattern in IN_HTML.items() if re.search(pattern, shown)]
    if "code in colours" in found:
        found.remove("code")
    return ", ".join(found) or ("text" if re.sub("<[^>]*>", "", shown).strip() else "nothing")


def in_pdf(made, shown):
    kinds = set()

    def visit(node):
        if isinstance(node := node.get_object(), list):
            for one in node:
                visit(one)
        elif isinstance(node, dict):
            kinds.add(node.get("/S"))
            visit(node.get("/K", ArrayObject()))

    reader = PdfReader(io.BytesIO(made))
    visit(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    found = [name for name, pattern in IN_PDF.items() if any(re.fullmatch(pattern, str(kind)) for kind in kinds)]
    return ", ".join(found + boxes(shown)) or ("text" if readers.pdf(made).strip() else "nothing")


def in_word(made, shown):
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    found = [name for name, pattern in IN_WORD.items() if re.search(pattern, xml)]
    return ", ".join(found + boxes(shown)) or ("text" if readers.docx(made).strip() else "nothing")


def boxes(shown):
    return [name for name in ("a box that says so", "a box with the error") if name in shown]


@pytest.mark.slow
def test_the_page_on_notebooks_says_what_each_kind_becomes(folder, golden):
    lines = ["| kind | HTML | PDF | DOCX |", "|---|---|---|---|"]
    for name, cell in KINDS.items():
        made = page(cell, folder)
        seen = in_html(made.body)
        word = in_word(docx.make(made), seen)
        lines.append(f"| {name.replace('|', chr(92) + '|')} | {seen} | {in_pdf(typeset(made), seen)} | {word} |")
    written = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    table = re.search(r"^\| kind .*?\n(?=\n|\Z)", written, re.M | re.S)
    golden("../../docs/notebooks.md", written.replace(table[0], "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    "name", [name for name in KINDS if name not in {"output: stderr", "cell: code, as it is", "cell: raw"}]
)
def test_no_kind_leaves_a_blank(folder, name):
    made = page(KINDS[name], folder)
    assert re.search(r"<(img|math)\b", made.body) or re.sub("<style.*?</style>|<[^>]*>", "", made.body).strip()


def test_markdown_source_is_nowhere_printed_raw(folder):
    for name, source in MARKDOWN.items():
        seen = unescape(re.sub("<[^>]*>", "", page(new_markdown_cell(source), folder).body))
        if "pandoc does not understand" not in name and "any other environment" not in name:
            assert not re.search(r"\*\*|~~|\[x\]|\[\^|\]\[|\]:|```|\$|\\begin|\[!|^\||^#", seen, re.M), name


def test_each_environment_that_the_page_on_notebooks_names_is_a_formula():
    written = (
        (ROOT / "docs" / "notebooks.md").read_text("utf-8").partition("- **Environments** that")[2].partition("\n- ")[0]
    )
    names = re.findall(r"`(\w+)`", written)
    for name in [*names, *(f"{one}*" for one in ("align", "equation", "gather", "multline"))]:
        asks = {"alignat": "{1}", "alignedat": "{1}", "array": "{c}"}.get(name, "")
        made = page(new_markdown_cell(f"\\begin{{{name}}}{asks}\na\n\\end{{{name}}}"))
        assert ("<math" in made.body, ()) == (True, made.findings), name
    assert 20 < len(names)


def test_money_is_no_formula():
    assert "<math" not in page(new_markdown_cell("It costs $5, and then $10. Or $6 and $A_B in $C_D, some $.")).body


@each("written", [r"$a < b$", r"\( a < b \)", r"\[ a < b \]", "$$a < b$$"])
def test_a_formula_is_the_same_on_screen_and_on_paper(written):
    cell = new_code_cell("", outputs=[nbformat.v4.new_output("display_data", {"text/latex": written})])
    made = page(cell)
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in made.body
    assert "annotation" not in made.body
    assert "𝑎<𝑏" in text(pdf(made))


def test_a_formula_in_html_cannot_say_another_thing_on_paper():
    lie = '<math><semantics><mi>a</mi><annotation encoding="application/x-tex">b</annotation></semantics></math>'
    made = page(html(lie))
    assert "𝑎" == text(pdf(made)).partition("—")[0]


@pytest.mark.parametrize("address", ["../outside.png", "/etc/hostname", "plots", "plots/../../outside.png", "linked.png"])
def test_only_regular_files_in_the_notebooks_folder_are_pictures(folder, address, caplog):
    (folder / "linked.png").symlink_to(folder.parent / "outside.png")
    for cell in (new_markdown_cell(f"![a]({address})"), html(f"<p>x<img src='{address}' alt='a'></p>")):
        made = page(cell, folder)
        assert "<img" not in made.body
        assert "[not shown here: a picture a (" in made.body
    assert 2 == len([one for one in caplog.records if one.levelno == logging.WARNING])


def test_a_box_speaks_the_language_of_the_page_and_a_warning_names_the_cell(caplog):
    plotly = OUTPUTS["Plotly"]
    assert "［此处未显示：交互式图表（Plotly）（没有静态形式）］" in page(plotly, lang="zh-CN").body
    assert "[not shown here: an interactive chart (Plotly) (it has no static form)]" in page(plotly).body
    assert ["nianbao"] * 2 == [one.name for one in caplog.records]
    assert all(re.match("cell 1|第1个", one.getMessage()) for one in caplog.records)


def test_what_is_not_shown_is_a_finding_that_names_the_cell():
    made = page_of(of("words", OUTPUTS["Plotly"], new_markdown_cell("![plot](https://a.test/b.png) and $\\no{x}$")))
    assert [("W503", "第2个单元格"), ("W503", "第3个单元格"), ("W503", "第3个单元格")] == [
        (one.code, one.place) for one in made.findings if one.code != "I502"
    ]
    assert "交互式图表（Plotly）" in made.findings[0].found


def test_what_is_printed_has_the_colours_of_a_terminal_in_html_and_is_whole_on_paper():
    said = "a \x1b[1;31mred <b>\x1b[0m \x1b[42mback\x1b[0m\x1b[K & \x1b[38;5;208morange\x1b[0m"
    for cell in (printed(said), shown(plain=said)):
        made = page(cell)
        assert (
            '<span class="ansi-red-intense-fg ansi-bold">red &lt;b&gt;</span> <span class="ansi-green-bg">back</span>'
            in made.body
        )
        assert "ared<b>back&orange" in text(pdf(made))
        assert "\x1b" not in made.body


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    "said",
    ["a" * 2_000_000, "a\r" * 500_000, "\r" * 500_000 + "\n", "/a-" * 200_000 + " /", "\x1b[" + "1;" * 500_000 + "m"],
    ids=["letters", "lines begun anew", "returns", "folders", "numbers"],
)
def test_what_is_printed_takes_no_more_time_than_its_length(said):
    assert prints.html(said) == prints.plain(said)
    assert prints.without_places(said, ())


@pytest.mark.slow
def test_colours_that_are_not_reset_go_on_over_thousands_of_others():
    said = "\x1b[1m" + "".join(f"\x1b[3{n % 8}m{n % 8}\x1b[K" for n in range(50_000)) + "\x1b[0mend"
    made = prints.html(said)
    assert 50_000 == made.count("ansi-bold")
    assert made.endswith("</span>end")


def test_an_error_is_shown_in_colours_and_without_folders():
    seen = page(OUTPUTS["error"]).body
    assert '<span class="ansi-red-fg">---</span>' in seen
    assert "ValueError: no" in seen
    assert "…/x.py:3" in seen
    assert "\x1b" not in seen
    assert "jane" not in seen


def test_a_statutory_report_is_never_published_with_a_failed_cell_or_a_lost_picture():
    for cell in (OUTPUTS["error"], "![图](没有.png)"):
        with pytest.raises(RenderError, match="cell 2"):
            page_of(notebook(cell))


def test_code_is_code_though_dollars_stand_before_and_in_it():
    made = page("costs $5, and `$x$` code; $a$ and `b` and $c$ stay").body
    assert "costs $5, and <code>$x$</code> code" in made
    assert 2 == made.count("<math")


@pytest.mark.parametrize("end", [" /", "/", "></rect"])
def test_a_drawing_in_html_needs_no_quotation_marks(end, caplog):
    drawing = f"<svg width=50 height='9' ><rect width=50 height=9{end}></svg>"
    assert "<img" in page(shown(html=f"<p>a</p>{drawing}")).body
    assert not caplog.text


def test_the_box_of_an_unknown_kind_names_it():
    seen = page(new_code_cell("x", outputs=[new_output("display_data", {"application/x-own+json": {"a": 1}})])).body
    assert "something of the kind application/x-own+json" in seen


def test_html_may_bring_its_own_sizes_and_pictures(folder):
    made = page(new_markdown_cell("<img src='plots/a b.png' width='30'>"), folder)
    assert re.search(r'<img src="data:image/png;base64,[^"]*" width="30"', made.body)
    sized = new_code_cell("", outputs=[nbformat.v4.new_output(
        "display_data", {"image/png": png()}, metadata={"image/png": {"width": 31, "height": 15}})])  # fmt: skip
    assert 'width="31" height="15"' in page(sized).body


@each(
    ("about", "source", "title", "language", "button"),
    [
        ({"title": "Own"}, "# Head", "Own", "en", "Print"),
        ({}, "# Head *line*", "Head line", "en", "Print"),
        ({}, "no heading", "given", "en", "Print"),
        ({}, "# 分析\n\n三个区的销售", "分析", "zh-CN", "打印本页"),
        ({"lang": "fr-CH"}, "# Tête", "Tête", "fr-CH", "Print"),
        ({"lang": '"><script>'}, "# Head", "Head", "en", "Print"),
    ],
)
def test_a_notebook_without_a_report_has_its_own_title_language_and_no_masthead(about, source, title, language, button):
    made = of(source)
    made.metadata.update(about)
    page = page_of(made, View(name="given"))
    html = to_html(page)
    assert title == page.title
    assert f'<html lang="{language}">' in html
    assert f">{button}</button>" in html
    assert "政府信息" not in html.partition("</style>")[2]
    assert "草稿" not in html.partition("</style>")[2]
    reader = pdf(page)
    assert language.partition("-")[0] == str(reader.root_object["/Lang"]).partition("-")[0]
    assert title == reader.metadata.title


def converted(nb, exporter=NianbaoHTMLExporter, **config):
    made, _ = exporter(config=Config(config)).from_notebook_node(nb)
    return made


def test_the_code_is_shown_when_asked_for_in_colours():
    nb = of(new_code_cell("x = 1  # why"), new_code_cell("secret", metadata={"tags": ["remove-input"]}))
    assert "why" not in body(converted(nb))
    asked = body(converted(nb, NianbaoHTMLExporter={"exclude_input": False}))
    assert '<span class="c1"># why</span>' in asked
    assert "secret" not in asked
    assert "x=1#why" in text(
        PdfReader(io.BytesIO(converted(nb, NianbaoPDFExporter, NianbaoHTMLExporter={"exclude_input": False})))
    )


def test_the_options_of_nbconvert_do_what_they_do_elsewhere():
    nb = of("words", shown(plain="12345"), new_code_cell("code"), new_code_cell("x", metadata={"tags": ["own"]}))
    nb.cells[-1]["outputs"] = shown(plain="67890").outputs
    code = {"exclude_input": False}
    assert "code" not in body(converted(nb, TemplateExporter={"exclude_input": True}))
    assert "words" not in body(converted(nb, NianbaoHTMLExporter={"exclude_markdown": True}))
    assert "12345" not in body(converted(nb, NianbaoHTMLExporter={"exclude_output": True}))
    assert "12345" not in body(converted(nb, NianbaoHTMLExporter={"exclude_code_cell": True}))
    assert "67890" not in body(converted(nb, TagRemovePreprocessor={"remove_cell_tags": ["own"]}))
    assert "67890" not in body(converted(nb, TagRemovePreprocessor={"remove_all_outputs_tags": ["own"]}))
    hidden = converted(nb, NianbaoHTMLExporter=code, TagRemovePreprocessor={"remove_input_tags": ["own"]})
    assert ("code" in body(hidden), ">x<" in body(hidden), "67890" in body(hidden)) == (True, False, True)
    assert "words" not in body(converted(nb, RegexRemovePreprocessor={"patterns": ["^words"]}))
    assert "12345" not in body(converted(nb, ClearOutputPreprocessor={"enabled": True}))


def test_only_preprocessors_that_do_something_are_run(monkeypatch):
    """Each validates the whole notebook."""
    run = []
    monkeypatch.setattr(Exporter, "_validate_preprocessor", lambda *given: run.append(given))
    converted(of("words"))
    assert [] == run
    converted(of("words"), RegexRemovePreprocessor={"patterns": ["^never"]})
    assert 1 == len(run)


@pytest.mark.slow
def test_nbconvert_executes_a_notebook_that_was_never_run():
    nb = of(new_code_cell("print(6 * 7)"))
    made = converted(nb, ExecutePreprocessor={"enabled": True})
    assert "42" in body(made)


def sizes_and_words(reader):
    """The sizes of a PDF's text, in points, and the text."""
    sizes, words = set(), []

    def visit(said, _, matrix, font, size):
        if said.strip():
            sizes.add(round(size * abs(matrix[0]), 2))
            words.append(said)

    for sheet in reader.pages:
        sheet.extract_text(visitor_text=visit)
    return sizes, squeezed("".join(words))


def test_a_table_too_wide_for_paper_is_parted_and_never_smaller_than_six_points():
    heads = pd.MultiIndex.from_product([["north", "south", "west"], [f"column{n}" for n in range(12)]])
    rows = [[f"{row}x{n}" for n in range(36)] for row in range(2)]
    sizes, seen = sizes_and_words(pdf(page(html(pd.DataFrame(rows, columns=heads, index=["alpha", "beta"]).to_html()))))
    assert 6 <= min(sizes)
    assert [one for row in rows for one in row if one not in seen] == []
    assert 1 < seen.count("alpha") == seen.count("beta") <= 4


WIDE = "".join(f"<td>incomprehensibility{n}</td>" for n in range(20))


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "table",
    [
        f"<colgroup>{'<col style=width:5%>' * 20}</colgroup><tr>{WIDE}</tr>",
        f"<colgroup>{'<col width=20>' * 20}</colgroup><tr>{WIDE}</tr>",
        f"<tr><th colspan=20>a head over all</th></tr><tr>{WIDE}</tr>",
        f"<tr><th>{'a label of many words ' * 9}</th>{WIDE}</tr>",
        f"<tr><th>{'averylongword' * 9}</th>{WIDE}</tr>",
    ],
)
def test_no_word_of_a_wide_table_runs_into_another_or_off_the_paper(table):
    made = pdf(page(html(f"<table>{table}</table>")))
    sizes, seen = sizes_and_words(made)
    assert 6 <= min(sizes)
    assert all(f"incomprehensibility{n}" in seen for n in range(20))
    # Parted: such words of twenty columns find no room in one row.
    assert 1 < len(_heights(made))


def _heights(reader):
    """The heights at which these words stand."""
    found = set()
    for sheet in reader.pages:
        sheet.extract_text(visitor_text=lambda said, place, *_: found.add(round(place[5])) if "hensib" in said else None)
    return found


@pytest.mark.parametrize(
    "head",
    [
        "<tr><th rowspan=2>Region<th colspan=2>Sales</tr>",
        "<thead><tr><th>Of<th>all<th>years</thead><tr><th rowspan=2>Region<th>Sales<th>Costs",
    ],
)
def test_a_cell_stands_below_its_heading_on_paper_however_far_headings_reach(head):
    made = page(shown(html=f"<table>{head}<tr><td>11<td>22</tr><tr><td>North<td>33<td>44</tr></table>"))
    with pypdfium2.PdfDocument(typeset(made)) as document:
        sheet = document[0].get_textpage()
        words = ("Region", "11", "33", "22", "44")
        region, *left = (sheet.get_charbox(sheet.search(word).get_next()[0])[0] for word in words)
    assert left[::2] == pytest.approx(left[1::2], abs=2)
    assert region < left[0] < left[2]


@pytest.mark.parametrize("cell", [html(pd.DataFrame([range(60)]).to_html()), "".join(f"|a{n}" for n in range(60)) + "|"])
def test_a_wide_table_scrolls_and_is_reached_by_keyboard(cell):
    cell = new_markdown_cell(f"{cell}\n{'|-' * 60}|\n") if isinstance(cell, str) else cell
    seen = body(to_html(page(cell)))
    assert re.search('<div tabindex="0" role="region" aria-label="table" class="scroll"[^>]*>.*<table', seen, re.S)


def test_all_that_scrolls_is_a_region_with_a_name_of_its_own():
    frames = [html("<table><tr><td>1</td></tr></table>") for _ in range(2)]
    outputs = html("<div style='width: 900px'>words</div>"), html("<p>words</p>")
    formulas = [f"$${'+'.join(f'x_{{{number}}}' for number in range(count))}$$" for count in (3, 30)]
    seen = to_html(page_of(of("# Title", *frames, *outputs, *formulas)))
    named = re.findall('tabindex="0" role="region" aria-label="(.*?)" class="(.*?)"', seen)
    assert named == [("table", "scroll"), ("table (2)", "scroll"), ("output", "wide sized"), ("formula", "math block")]


def test_a_name_that_two_headings_share_is_a_place_once():
    seen = to_html(page_of(of("# Title", "## A\n\n## A", "## A\n\n## B")))
    assert re.findall('<h2 id="(.*?)"', seen) == ["A", "chapter-2", "chapter-3", "B"]


def test_on_a_page_without_a_title_the_first_heading_which_names_it_is_of_the_first_level():
    assert '<h2 aria-level="1" id="North">' in to_html(page_of(of("## North", "## South")))
    assert "aria-level" not in to_html(page_of(of("words", "# North", "## South")))


def test_a_long_table_repeats_its_head_on_each_sheet():
    made = pdf(page(html(pd.DataFrame({"north": range(90), "south": range(90)}).to_html())))
    assert 1 < len(made.pages)
    assert all("north" in sheet.extract_text() for sheet in made.pages)


TERMS = " + ".join(f"x_{{{n}}}^{{2}}y_{{{n}}}" for n in range(25))
WIDE = {
    "sum": f"$${TERMS}$$",
    "root": f"$$\\sqrt{{{TERMS}}}$$",
    "columns": rf"$$\begin{{aligned}} a &= {TERMS} \\ b &= c \end{{aligned}}$$",
    "root in a line": f"a $\\sqrt{{{TERMS}}}$ b",
    "product": "$$" + "xyz" * 60 + "$$",
    "printed": printed("\n".join(sign * 200 for sign in ".!─═█…)é")),
    "code": f"```\n{'.' * 200}\n{'─' * 200}\n```",
    "code in a line": f"a `{'.' * 200}` `{'─' * 200}` b",
    "dots": "…" * 100 + " " + "—" * 100 + " " + "。" * 100 + " " + "（" * 100,
    "letters": "é" * 150 + " " + "д" * 150 + " " + "aé" * 80,
    "parts of a word": "字" + "".join(f"{10 * '0'}<{tag}>{10 * '0'}</{tag}>" for tag in ("strong", "em", "sub", "u")) * 3,
}


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("cell", WIDE.values(), ids=WIDE)
def test_what_is_wide_without_a_blank_stays_on_the_paper(cell, caplog):
    for about in ({}, {"lang": "zh"}):
        made = page(cell, **about)
        assert readers.pdf(typeset(made))  # which looks where each character stands
    assert not caplog.text


def test_characters_that_no_font_has_are_named_in_the_pdf(caplog):
    read = readers.pdf(typeset(page(new_markdown_cell("Up 🚀, done ☑, Željko Ivezić, `ไ`, 𠮷田"))))
    named = "Up 〔rocket〕, done ☑ , Željko Ivezić, 〔thai character sara ai maimalai〕, 〔U+20BB7〕 田"
    assert named.replace(" ", "") in "".join(read.split())
    *_, cell = sorted((one.message for one in caplog.records), key=lambda said: "letters of" in said)
    assert 4 == len(caplog.records)  # three of the PDF, one of the cell
    assert "“🚀ไ𠮷”" in cell  # as they are read


@each(
    ("outputs", "lines"),
    [
        (["<b>Revenue</b>: 100", "<b>Cost</b>: 42"], ["Revenue: 100", "Cost: 42"]),
        (["<div>one<br><b>42</b></div><div>two<br><b>17</b></div>"], ["one", "42", "two", "17"]),
        (["<section>S</section><article>A</article>B"], ["S", "A", "B"]),
        (["<details open><summary>T</summary>body<p>more</p></details>"], ["T", "body", "more"]),
        (["<table><tr><td><div>a</div><div>b</div></td></tr></table>"], ["a", "b"]),
        (["<figure><figcaption>cap</figcaption></figure>", "<figure></figure>", "z"], ["cap", "z"]),
        (["<figure><pre>x</pre><figcaption>cap</figcaption></figure>"], ["x", "cap"]),
        (["<table><tr></tr></table>", "<figure><table><tr></tr></table></figure>", "z"], ["z"]),
        ([pd.DataFrame({"a": [1]}).style.hide().hide(axis=1).hide(axis=0, subset=[0]).to_html(), "z"], ["z"]),
    ],
)
def test_each_box_and_each_output_begins_a_line_on_paper(outputs, lines):
    made = of(*map(html, outputs))
    made.metadata["lang"] = "en"
    found = pdf(page_of(made)).pages[0].extract_text().partition("—")[0]
    assert lines == [line.strip() for line in found.splitlines() if line.strip()]


@each("written", ["每天3~5次，每周6~8次", "3~~5，6~~8", "~one~", "a~b~c", "3 ~ 5 ~ 7"])
def test_only_pairs_of_tildes_strike_and_none_between_digits(written):
    made = page(new_markdown_cell(written))
    assert ("<s>" in made.body, written in made.body) == (False, True)
    assert "<s>gone</s>" in page(new_markdown_cell(written + " ~~gone~~")).body


HIDDEN = {
    "style": '<div style="color: red; display:none">SECRET</div>',
    "attribute": "<div hidden>SECRET</div>",
    "invisible": '<span style="visibility: hidden">SECRET</span>',
    "own sheet": "<style>.fb, .x {display:none} p {color: red}</style><div class='fb'>SECRET <b hidden>SECRET</b></div>",
    "noscript": "<noscript>SECRET</noscript><template>SECRET</template>",
    "sound": "<audio controls><source src='data:audio/wav;base64,AA'>SECRET</audio>",
    "video": "<video src=x>SECRET</video>",
    "canvas": "<canvas>SECRET</canvas>",
    "animation": '<div class="animation"><img id="a"><div class="anim-controls"><button>S</button>SECRET</div></div>',
}


@each("name", HIDDEN)
def test_what_a_browser_does_not_show_is_in_no_format(name):
    for cell in (new_markdown_cell(f"Seen. {HIDDEN[name]}"), shown(html=f"<p>Seen.</p>{HIDDEN[name]}")):
        made = page(cell)
        assert ("SECRET" in made.body, "Seen." in made.body) == (False, True)


@each(
    "written",
    [
        "<style>#a .c {display: inline-block !important}</style><div id='a'><div class='c' hidden>SEEN</div></div>",
        '<p style="display: none; display: block">SEEN</p>',
        "<style>p {display: none} p.b {display: block}</style><p class='b'>SEEN</p>",
        "<code>display:none</code> SEEN",
    ],
)
def test_what_another_rule_shows_is_seen(written):
    assert "SEEN" in page(shown(html=written)).body


def test_an_animation_and_a_sound_are_boxes():
    for name in ("animation", "sound", "video"):
        made = page(shown(html=HIDDEN[name]))
        assert (["W503"], 1) == ([one.code for one in made.findings], made.body.count('class="unshown"'))


@pytest.mark.parametrize("written", ["한국어", "ภาษาไทย", "🚀"])
def test_characters_that_the_pdf_names_are_a_warning_with_their_cell(written):
    for cell in (
        new_markdown_cell(f"Word {written}"),
        shown(html=f"<p>{written}</p>"),
        printed(written),
        shown(plain=written),
    ):
        made = page(cell)
        assert [("W503", "第1个单元格")] == [(one.code, one.place) for one in made.findings]
        assert "〔" in text(pdf(made))
    assert () == page(new_markdown_cell("Ελληνικα, кириллица, 日本語かな, ½ → ≤ é")).findings


@each("address", ["data.csv", "other.ipynb#x", "file:///etc/passwd", "javascript:alert(1)", "//a.test/b"])
def test_a_link_that_leads_nowhere_is_its_text_and_a_warning(address):
    for cell in (
        new_markdown_cell(f"[the file]({address})"),
        shown(html=f'<p><a class="x" href="{address}">the file</a></p>'),
    ):
        made = page(cell)
        assert (["W503"], "href" in made.body, "the file" in made.body) == ([one.code for one in made.findings], False, True)
        assert address in made.findings[0].found


def test_an_anchor_has_its_name_and_a_link_to_it_leads_there():
    made = page(new_markdown_cell("<a name='there'></a><a name=b id=c>x</a>\n\n[to it](#there)"))
    assert ('id="there"' in made.body, 'id="c"' in made.body, 'href="#there"' in made.body, made.findings) == (True,) * 3 + (
        (),
    )


def test_sys_exit_is_no_error_on_the_page():
    error = new_output("error", ename="SystemExit", evalue="0", traceback=["SystemExit: 0"])
    made = page_of(of("Seen.", new_code_cell("exit()", execution_count=1, outputs=[error]), new_code_cell("1")))
    assert ("SystemExit" in made.body, ["W505"]) == (False, [one.code for one in made.findings])


@pytest.mark.parametrize(("language", "wide"), [("en", ""), ("zh-CN", "“’”")])
def test_quotation_marks_are_as_wide_as_a_character_only_in_chinese(language, wide):
    nb = of("It “is Bob’s draft”of mine.")
    nb.metadata["lang"] = language
    letters = [one for line in sheets(typeset(page_of(nb)))[0].lines for one in line.letters]
    taken = [(one.char, (after.left - one.left) / MM / one.size) for one, after in pairwise(letters) if one.char in "“’”"]
    assert [("“", "“" in wide), ("’", "’" in wide), ("”", "”" in wide)] == [(char, part > 0.9) for char, part in taken]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_emphasis_can_be_seen_on_paper(language):
    nb = of("Plain *emphasised 强调* plain.")
    nb.metadata["lang"] = language
    made = typeset(page_of(nb))
    assert "Kai" in "".join(str(one.get("/BaseFont", "")) for one in fonts_of(made))
    assert "Kai" not in "".join(str(one.get("/BaseFont", "")) for one in fonts_of(typeset(page_of(of("Plain.")))))


def fonts_of(made):
    reader = PdfReader(io.BytesIO(made))
    return [font.get_object() for one in reader.pages for font in one["/Resources"]["/Font"].values()]
