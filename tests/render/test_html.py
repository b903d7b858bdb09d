"""The web page for every reader: on a phone, in the dark, by a screen reader, on paper, inside somebody else's page."""

import io
import re
import subprocess

import nbformat
import nh3
import pandas as pd
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_output
from PIL import Image
from pypdfium2 import raw

import paper
from looking import Tabs
from making import BODY, BUREAU, REST, plain, write
from nianbao import titles
from nianbao.inputs.select import select
from nianbao.render import forms, unparted
from nianbao.render.broken import in_lines
from nianbao.render.exporters import to_html
from nianbao.render.fragment import to_fragment
from nianbao.render.page import Page
from nianbao.render.pagination import Pages
from nianbao.render.pdf import typeset
from paper import CHARACTERS, EM, LEFT, LINES, PITCH, PRINTED, RIGHT, TITLE, TOP, sheets
from pictures import png
from project import NPM, ROOT, edit, nianbao
from published import notebook, of, printed, rendered, shown, standard_page

pytestmark = pytest.mark.browser

WIDTHS = (390, 768, 1280)
LOOKS = {"light": ("screen", "light"), "dark": ("screen", "dark"), "print": ("print", "light")}
REPORT = "shili-jyj/2024/report.html"
BUREAUS = sorted({one.bureau for one in select(ROOT / "params").reports})


@pytest.fixture(scope="module")
def samples(once):
    """The outputs of all samples, in HTML, as fragments and in PDF."""
    formats = "html,fragment,pdf"
    return once("samples", lambda outputs: nianbao("build", "--outputs", outputs, "--to", formats, cwd=ROOT))[0]


@pytest.fixture(scope="module")
def page(browser):
    """``page(path, width, look)``: a page, into which other scripts may be put, until the next one is asked for."""
    tabs = Tabs(browser, bypass_csp=True)

    def opened(path, width=1280, look="light", beside=False):
        return tabs.show(path, {"width": width, "height": 900}, *LOOKS[look], beside=beside)

    return opened


@pytest.fixture
def prints(once, samples, page):
    """Each sample as the browser prints it, by its name."""

    def make(folder):
        for path in samples.glob("*/*/report.html"):
            made = folder / "-".join(path.parts[-3:-1])
            page(path, look="print").pdf(path=made.with_suffix(".pdf"), prefer_css_page_size=True)

    return {path.stem: path.read_bytes() for path in sorted(once("prints", make)[0].iterdir())}


# Besides the rules that are on: text stands out from its ground as WCAG's level AAA has it. What axe calls experimental is
# off: of it table-fake-caption takes the first row of 表二, one wide head, for a name, though a caption stands above it.
AXE = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page, options=AXE):
    found = Axe().run(page, options=options).response["violations"]
    return {one["id"]: [node["target"] for node in one["nodes"]][:5] for one in found}


PAGES = [REPORT, "index.html", "findings.html"]
# Each page in each width and in each look, and each width in each look: a style sheet asks for one or the other.
SEEN = [(name, width, [*LOOKS][(row + at) % 3]) for row, name in enumerate(PAGES) for at, width in enumerate(WIDTHS)]


@pytest.mark.parametrize(("name", "width", "look"), SEEN)
def test_axe_finds_nothing_in_a_report_the_index_and_the_findings(samples, page, name, width, look):
    assert violations(page(samples / name, width, look)) == {}


def test_axe_finds_nothing_in_a_sample_of_each_bureau(samples, page):
    pages = [sorted((samples / name).glob("*/report.html"))[0] for name in BUREAUS]
    found = {one: violations(page(one, width)) for one, width in zip(pages, WIDTHS * len(pages), strict=False)}
    assert not any(found.values()), found


def test_the_nu_checker_finds_nothing(samples, tmp_path):
    cells = [
        "# Title",
        "## A",
        "## A",
        "$$\\begin{pmatrix}1&2\\end{pmatrix}$$",
        *IN_COLOURS.values(),
        shown(html=FRAME.to_html()),
    ]
    (tmp_path / "notebook.html").write_text(rendered(of(*cells))[1], "utf-8")
    pages = [
        tmp_path / "notebook.html",
        *sorted(samples.glob("*/*/report.html"))[::3],
        samples / "index.html",
        samples / "findings.html",
    ]
    # What runs for some seconds is compiled once, fast.
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xss8m"]
    command += ["-jar", NPM / "vnu-jar" / "build" / "dist" / "vnu.jar", "--exit-zero-always", *pages]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""


def report_in(folder, name="示例市测试局", **options):
    """The page of a report made to measure, as a file."""
    paths, path = write(folder / "params", **options), folder / "page.html"
    for file in (paths.bureau_file, paths.report_file):
        edit(file, "示例市测试局", name)
    path.write_text(to_html(standard_page(folder / "params", paths.bureau, paths.year)), "utf-8")
    return path


IN_COLOURS = {
    "styler": shown(html=pd.DataFrame({"a": [1, 2]}).style.highlight_max(color="#ffffcc").to_html()),
    "heads": shown(html="<style>th { background: #dde }</style><table><thead><tr><th>a</thead><tr><td>1</td></tr></table>"),
    "box": shown(html="<div style='background: #fff8e0'>words</div>"),
    "row": shown(html="<table><tr style='background-color: #ffe'><td>1</td></tr></table>"),
    "ink": shown(html="<p>dark <span style='color: #000080'>words</span></p>"),
    "sheet": shown(html="<style>b { color: #300 }</style><p>dark <b>words</b></p>"),
    "marked": "A <mark>word</mark> and <mark style='background: #cfc'>another</mark>, `code` and [a link](https://a.test/).",
    "printed": printed("plain \x1b[1;31mred\x1b[0m \x1b[42mback\x1b[0m"),
    "printed in 256 colours": printed("\x1b[38;5;18mblue\x1b[0m"),
    "code": "```python\nfor n in range(3):  # three\n    print('n', n)\n```",
    "error": new_code_cell("x", outputs=[new_output("error", ename="E", evalue="no", traceback=["\x1b[31mE\x1b[0m: no"])]),
    "not shown": shown(html="<iframe src='https://a.test/'></iframe>"),
}  # fmt: skip


WHITE_ON_BLUE = "background: #003366; color: white"
COLOURED = (
    "<table {}><thead {}><tr {}><th {}>头</th></tr></thead><tbody {}><tr {}><td {}>1 <a href='https://a.test/'>链接</a>"
    "</td></tr><tr><td><code>c</code></td></tr></tbody></table>"
)
PLACES = ["table", "thead", "thead tr", "th", "tbody", "tbody tr", "td"]
SHEETS = [*PLACES, ".k th", ".k thead > tr", "tbody tr:nth-child(even)", "div", "blockquote", "code", "pre"]
IN_WHITE = {
    **{f"sheet: {place}": f"<style>{place} {{ {WHITE_ON_BLUE} }}</style>" for place in SHEETS},
    **dict.fromkeys(PLACES, ""),
}


def in_white(place, sheet):
    """An output with a place in white on blue, by its style or by a sheet."""
    given = [f"style='{WHITE_ON_BLUE}'" if one == place else "class=k" for one in PLACES]
    return shown(
        html=f"{sheet}<div>{COLOURED.format(*given)}<blockquote>引</blockquote><pre>p</pre><p><code>c</code></p></div>"
    )


def test_where_somebody_gave_colours_no_ground_of_the_page_lies_under_their_ink(tmp_path, page):
    (tmp_path / "page.html").write_text(rendered(of("# Title", *(in_white(*one) for one in IN_WHITE.items())))[1], "utf-8")
    white = """name => [...document.querySelectorAll('main > :has(table)')]
        .map(output => [...output.querySelectorAll('.report *')]
        .map(getComputedStyle).filter(one => one.color == 'rgb(255, 255, 255)').map(one => one[name]))"""
    for look in ("light", "dark"):
        one = page(tmp_path / "page.html", look=look)
        assert violations(one, CONTRAST) == {}
        grounds = dict(zip(IN_WHITE, one.evaluate(white, "backgroundColor"), strict=True))
        assert {place for place, found in grounds.items() if "rgb(0, 51, 102)" not in found} == set()
        assert {ground for found in grounds.values() for ground in found} == {"rgb(0, 51, 102)", "rgba(0, 0, 0, 0)"}
    one.emulate_media(media="print")  # in the dark, of which paper knows nothing
    assert {kept for found in one.evaluate(white, "printColorAdjust") for kept in found} == {"exact"}
    one.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True, print_background=False)
    with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as pdf:
        pages = [sheet.render().to_pil().convert("RGB").getcolors(100_000) for sheet in pdf]
    assert all((0, 51, 102) in {colour for _, colour in colours} for colours in pages)


def test_in_the_dark_outputs_are_read_in_whatever_colours(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(rendered(of("# Title", "Words.", *IN_COLOURS.values()))[1], "utf-8")
    for look in ("light", "dark"):
        one = page(path, look=look)
        assert violations(one, CONTRAST) == {}
    for box in one.locator("pre").all():
        box.screenshot(path=tmp_path / "box.png")
        assert Image.open(tmp_path / "box.png").convert("L").getpixel((2, 2)) < 70


FRAME = pd.DataFrame({"a": ["x", "y"], "b": [1, 2]})


@pytest.mark.parametrize(("forced", "filtered"), [("none", True), ("active", False)])
def test_where_the_reader_has_colours_of_their_own_none_is_turned(forced, filtered, tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(rendered(of("# Title", "`code`", IN_COLOURS["code"], IN_COLOURS["error"]))[1], "utf-8")
    one = page(path, look="dark")
    one.emulate_media(forced_colors=forced)
    boxes = one.locator("pre, code, .failed")
    turned = boxes.evaluate_all("all => all.some(e => getComputedStyle(e).filter != 'none')")
    assert turned is filtered


COLOURLESS = {
    "frame": FRAME._repr_html_(),
    "styler": FRAME.style.to_html(),
    "styler of sizes and lines": FRAME.style.set_table_styles([{"selector": "td", "props": "border: 1px solid; width: 9em"}])
    .hide()
    .to_html(),
    "sheet that is seen through": "<style>td { background: none; color: inherit }</style><table><tr><td>1</td></tr></table>",
    "style that is seen through": "<p style='background: transparent; text-decoration: none; color: inherit'>words</p>",
    "sheet of nothing": "<style>td { position: fixed }</style><p>words</p>",
}


def test_in_the_dark_nothing_is_lighter_than_the_page_where_nobody_gave_colours(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(rendered(of("# Title", *(shown(html=html) for html in COLOURLESS.values())))[1], "utf-8")
    found = page(path, 390, "dark").evaluate("""() => [...document.querySelectorAll('main > *')].map(output =>
        [...output.querySelectorAll('*')].map(one => getComputedStyle(one).backgroundColor))""")
    grounds = dict(zip(COLOURLESS, found[1:-1], strict=True))  # between the title and the print button
    opaque = {name: [one for one in some if not one.endswith(", 0)")] for name, some in grounds.items()}
    light = [name for name, some in opaque.items() if any(int(one) > 59 for one in re.findall("[0-9]+", "".join(some)))]
    assert light == []


def test_a_contents_list_leads_to_each_chapter(samples, page):
    desk, phone = page(samples / REPORT), page(samples / REPORT, 390, beside=True)
    for one in (desk, phone):
        links = one.locator("nav a")
        assert [link.text_content() for link in links.all()] == [h2.text_content() for h2 in one.locator("h2").all()]
        assert one.evaluate(
            "[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.hash).matches('h2'))"
        )
    assert desk.locator("nav a").first.is_visible()
    assert not phone.locator("nav a").first.is_visible()
    phone.locator("nav summary").click()
    assert phone.locator("nav a").first.is_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_on_a_phone_a_long_table_keeps_its_heads_and_labels_in_sight(samples, page, width, height):
    one = page(samples / REPORT, width)
    one.set_viewport_size({"width": width, "height": height})
    seen = one.evaluate("""() => {
        const frame = document.querySelector("#table3").parentElement;
        frame.scrollIntoView();
        frame.scrollTo(250, 400);
        frame.scrollTop || scrollBy(0, 400);
        const box = node => node.getBoundingClientRect(), around = box(frame);
        const label = [...document.querySelectorAll("#table3 tbody [scope=row]")]
            .find(node => box(node).top > around.top + 200);
        const head = [...document.querySelectorAll("#table3 thead th")].at(-1);
        const corner = document.querySelector("#table3 .corner");
        const shown = document.elementFromPoint(around.left + 20, box(head).top + 5);
        return [box(label).left - around.left, box(label).right - around.left, box(head).top - around.top,
                box(corner).right - around.left, corner.contains(shown), box(head).top];
    }""")
    assert 0 <= seen[0] < seen[1]
    assert 0 <= seen[2] < 200
    assert abs(seen[3] - seen[1]) < 3 or width > height  # sideways all columns have room
    assert seen[4]
    assert 0 <= seen[5] < height


def test_on_a_phone_each_row_of_table_three_says_its_group_and_no_label_hides_a_column(samples, page):
    ends, groups, begin = page(samples / REPORT, 390).evaluate("""() => {
        const table = document.querySelector("#table3"), frame = table.parentElement;
        frame.scrollTo(300, 300);
        const box = node => node.getBoundingClientRect(), left = box(frame).left;
        const labels = [...table.querySelectorAll("tbody [scope=row]"), table.querySelector(".corner")];
        const groups = [...table.querySelectorAll("tbody [scope=rowgroup]")].slice(1);
        return [labels.map(node => Math.round(box(node).right - left)),
                groups.map(node => Math.round(box(node).left - left)),
                Math.round(box(document.querySelector("h1 .title-part:last-child")).height)];
    }""")
    assert len(set(ends)) == 1
    assert ends[0] < 200
    assert len(groups) > 2
    assert set(groups) == {0}
    assert begin < 40  # 2024年政府信息公开工作年度报告 is one line


def test_a_note_stands_below_its_table(tmp_path, page):
    noted = f"{BODY}\n## 三、收到和处理政府信息公开申请情况\n\n{{{{ 表三 }}}}\n\n注：表后说明。\n"
    write(tmp_path / "params", narrative=noted)
    nianbao("build", "--to", "html", "--bureau", BUREAU, cwd=tmp_path)
    for width in (390, 1280):
        one = page(tmp_path / "outputs" / BUREAU / "2024" / "report.html", width)
        note, table = one.locator(".note").bounding_box(), one.locator(".scroll:has(#table3)").bounding_box()
        assert 4 < note["y"] - table["y"] - table["height"] < 30


def test_each_table_is_named_by_its_caption(samples):
    made = (samples / REPORT).read_text("utf-8")
    labels = re.findall('aria-label="([^"]*)"[^>]* class="scroll', made)
    assert labels == re.findall("<caption>(.*?)</caption>", made)
    assert len(set(labels)) == 4


@pytest.mark.parametrize("width", [737, 768, 806, 1024])
def test_on_a_tablet_no_column_is_cut(samples, page, width):
    one = page(samples / REPORT, width)
    assert one.evaluate("[...document.querySelectorAll('.scroll')].every(node => node.scrollWidth <= node.clientWidth)")


@pytest.mark.parametrize("width", [768, 1280])
def test_a_table_of_months_is_seen_whole(tmp_path, page, width):
    cells = "".join(f"<th>{month}月</th>" for month in range(1, 13))
    rows = f"<tr><th>工程建设许可</th>{'<td>16</td>' * 12}<td>202</td></tr>"
    head = f"<thead><tr><th>月份</th>{cells}<th>合计</th></tr></thead>"
    table = f"<table><caption>表2 甲</caption>{head}<tbody>{rows}</tbody></table>"
    path = report_in(tmp_path, narrative=f"{BODY}\n" + REST)
    whole = path.read_text("utf-8").replace(
        '<div tabindex="0"', f'<div class="scroll" id="own">{table}</div><div tabindex="0"', 1
    )
    path.write_text(whole, "utf-8")
    assert page(path, width).evaluate("own.scrollWidth <= own.clientWidth")


def test_on_a_phone_the_name_of_a_table_stands_in_the_middle_and_on_a_desk_no_contents_touch_the_sheet(samples, page):
    name = page(samples / REPORT, 390).locator("caption").first
    assert name.evaluate("one => getComputedStyle(one).textAlign") == "center"
    edges = page(samples / REPORT).evaluate("""() => [document.querySelector('nav'), document.querySelector('main')]
        .map(one => one.getBoundingClientRect()).map(({left, right}) => [left, right])""")
    assert edges[1][0] - edges[0][1] > 8


def test_on_any_screen_the_name_of_a_wide_table_is_in_sight_and_no_label_ends_with_a_lone_character(tmp_path, page):
    heads, cells = "".join(f"|类别{one}信息条数" for one in range(12)), "|1234" * 12
    rows = "".join(f"|{label}{cells}|\n" for label in ("政策法规科", "行政审批科", "高新技术产业开发区"))
    table = f"表5 各县区情况\n\n|县区{heads}|\n{'|---' * 13}|\n{rows}"
    path = report_in(tmp_path, narrative=f"{BODY}\n{table}{REST}")
    for width in WIDTHS:
        (left, right), ends = page(path, width).evaluate("""() => {
            const lines = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return [...range.getClientRects()].filter(box => box.width > 0);
            };
            const table = [...document.querySelectorAll('.scroll > table')]
                .find(one => one.caption.innerText.startsWith('表5'));
            const frame = table.parentElement.getBoundingClientRect(), name = lines(table.caption);
            const ends = [...document.querySelectorAll('.scroll :is(td, th:not([scope=rowgroup]))')]
                .map(node => [lines(node), node.innerText])
                .filter(([found]) => found.length > 1 && found.at(-1).width < 20);
            return [[name[0].left - frame.left, frame.right - name[0].right], ends.map(([, text]) => text)];
        }""")
        assert left >= 0
        assert right >= 0
        assert width == 390 or abs(left - right) < 3
        assert ends == []


def test_a_link_to_a_cell_marks_it(samples, page):
    one = page(samples / REPORT)
    cell = one.locator("#table3 td[id]").first
    before = cell.evaluate("node => getComputedStyle(node).outlineStyle")
    one.goto(f"{(samples / REPORT).as_uri()}#{cell.get_attribute('id')}")
    assert (before, cell.evaluate("node => getComputedStyle(node).outlineStyle")) == ("none", "solid")


def test_chapters_are_heavier_than_what_opens_a_paragraph(samples, page):
    """But on paper 黑体 is as it is."""
    one = page(samples / REPORT)
    weight = "node => +getComputedStyle(node).fontWeight"
    heading = one.locator("h2").first
    assert heading.evaluate(weight) > one.locator(".run-in").first.evaluate(weight)
    one.emulate_media(media="print")
    assert "none" == heading.evaluate("node => getComputedStyle(node).fontSynthesisWeight")


def test_printed_by_the_browser_a_page_is_22_lines_of_28_characters_with_its_number_outside(tmp_path, page):
    text = "为便于公众了解和监督本机关的工作编写本报告" * 80
    paper, path = tmp_path / "paper.pdf", report_in(tmp_path, narrative=BODY.replace("工作有序开展。", text))
    page(path, look="print").pdf(path=paper, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(paper) as pdf:
        pages = [one.get_textpage().get_text_range().splitlines() for one in pdf]
    full = next(lines for lines in pages[1:] if all(set(line) <= set(text) for line in lines[1:-2]))
    lines = [line for line in full if set(line) <= set(text)]
    assert (len(lines), {len(line) for line in lines}) == (22, {28})
    assert [[line for line in lines if line.startswith("—")] for lines in pages] == [
        [f"— {number} —"] for number in range(1, len(pages) + 1)
    ]


def told(text):
    """A paragraph's words as a browser is told of its lines."""
    html = unparted.pieced(f"<p>{text}</p>")
    return in_lines(html.removeprefix("<p>").removesuffix("</p>"))


# Of each, lines 2 and 3 end just so.
BROKEN = (
    "示例市文化和旅游局依法向社会报告2024年政府信息公开情况。报告的结构和表格遵循国办公开办函〔2021〕30号文件，起讫时间为1月1日至12月31日，各项数据已与业务台账核对。",
    *(f"{'字' * 22}。”文文{mark}{'末' * count}" for mark in "，。）”" for count in (26, 27)),
    f"{'字' * 20}〔2021〕30号{'末' * 26}",
    f"{'字' * 23}1234件{'末' * 25}",
)


def test_the_lines_of_a_paragraph_are_counted_as_a_browser_prints_them(tmp_path, page):
    html = "".join(f'<p class="counted">{text}</p>' for text in BROKEN)
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    one = page(tmp_path / "page.html", look="print")
    one.add_style_tag(content="main { width: 156mm }")
    tall = "all => all.map(e => Math.round(e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)))"
    assert one.locator(".counted").evaluate_all(tall) == [told(text).lines for text in BROKEN]


def test_printed_by_the_browser_no_line_ends_inside_the_number_of_a_chapter_where_another_is_as_good():
    """A mark before it is squeezed, so that it ends the line."""
    text = "本报告所述为示例市自然资源局在2024年履行政府信息公开职责的情况，依据《中华人民共和国政府信息公开条例》第五章"
    html = told(f"{text}的有关规定和国办公开办函〔2021〕30号文件编写，经局长办公会议审定后公布。").html
    assert '条例<span class="half">》</span><span class="held"><span class="whole">第五</span>章</span>的有关' in html


def test_printed_by_the_browser_a_line_above_a_long_address_lacks_more_so_that_none_is_torn():
    text = (
        "系统升级采用HTTPS加密传输，接口遵循RESTful风格，数据目录见 https://www.example.gov.cn/zwgk/catalog/2024/index.html"
    )
    assert '风格，数据<span class="begins">目录</span>见' in told(f"{'字' * 53}。{text}").html


def test_printed_by_the_browser_a_text_has_the_lines_of_the_pdf(on_paper):
    text = (
        "示例市测试局（以下简称“本局”）按照《中华人民共和国政府信息公开条例》第五十条的规定，编制了2024年度报告，"
        "全年主动公开信息1512条，访问1.35万次，“我要买房”“我要建房”等场景"
    )
    looks = (
        f"{text}CO<sub>2</sub>、<em>乙ab</em>和<s>旧</s>，{text}见 https://www.example.gov.cn/zwgk/2024/index.html，{text}"
    )
    items = "".join(f"<li>{text[at:]}，{text}</li>" for at in range(12))
    html = f"<p>{text}<br>{text}</p><ol>{items}</ol><p>（一）{looks}。</p><p>“{looks}”。</p>"
    html += f"<ol><li><p>{text}</p><p>{text}</p></li></ol><blockquote><p>{text}</p></blockquote><p>末。</p>"
    printed, made = on_paper(html), sheets(typeset(rendered(notebook(shown(html=html)))[0]))
    assert [line.text for sheet in printed for line in sheet.body] == [line.text for sheet in made for line in sheet.body]


@pytest.mark.parametrize("lines", [19, 20])
def test_printed_by_the_browser_no_page_begins_with_the_last_of_two_lines(tmp_path, page, lines):
    html = f"{'<p>文。</p>' * lines}<h2>四、其他</h2><p>{'字' * 26}诉讼。</p><p>后。</p>"
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    _, second = sheets((tmp_path / "paper.pdf").read_bytes(), PRINTED)
    assert second.first.text == ("后。" if lines == 19 else "四、其他")


def test_printed_by_the_browser_the_first_page_stands_on_the_grid_and_the_lines_of_a_list_begin_at_the_edge(tmp_path, page):
    text = "为便于公众了解和监督本机关的工作编写本报告" * 12
    html = f'<h1><span class="title-part">标题</span></h1><p>{text}</p><ol><li>{text}</li></ol><p>{text * 2}</p>'
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    first, second = (
        [line for line in sheet.lines if "—" not in line.text and "标题" not in line.text]
        for sheet in sheets((tmp_path / "paper.pdf").read_bytes())
    )
    assert len(first) == 20
    for line in first:
        off = (line.base - second[0].base) / PITCH
        assert off == pytest.approx(round(off), abs=0.02), line.text
    numbered = next(at for at, line in enumerate(first) if line.text.startswith("1."))
    assert first[numbered].left == pytest.approx(LEFT + 2 * EM, abs=1)
    assert first[numbered + 1].left == pytest.approx(LEFT, abs=0.5)


@pytest.mark.parametrize("look", ["light", "print"])
def test_no_line_parts_a_number_from_what_it_counts(look, tmp_path, page):
    named = "<b>图1</b>和附件3（<a href='#表5'>表 5</a>），<b>237</b>项、第5页、2019年5月15日、〔2021〕30号、第（九）项"
    texts = "".join(f"<p>{'字' * count}见{named}，{'字' * 30}。</p>" for count in range(12, 40))
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=texts)))[1], "utf-8")
    tall = page(tmp_path / "page.html", look=look).evaluate(
        """look => [...document.querySelectorAll(look == 'print' ? '.whole' : '.whole, .held')]
            .map(one => new Set([...one.getClientRects()].map(box => box.bottom)).size)""",
        look,
    )
    assert tall == [1] * 28 * (10 if look == "print" else 12)


# How many lines the number of a document in a cell takes, and the last name of a signature.
IN_LINES = """() => [...document.querySelectorAll('td .held, .signature p')].map(one => {
    const range = document.createRange(), text = one.firstChild;
    range.setStart(text, text.data.indexOf('、') + 1);
    range.setEnd(text, text.length);
    return new Set([...range.getClientRects()].map(box => box.bottom)).size;
})"""


def test_on_a_phone_a_line_of_a_signature_ends_behind_a_name_and_numbers_of_documents_are_alike(tmp_path, page):
    signed = "<p>示例市发展和改革委员会、示例市粮食和物资储备局</p><p>2021年1月19日</p>"
    rows = "".join(f"<tr><td>《关于甲的通知》</td><td>示府办发〔2024〕{at}号</td><td>修订</td></tr>" for at in range(9, 13))
    html = f'<div class="scroll"><table><tr><th>名</th></tr>{rows}</table></div><div class="signature">{signed}</div>'
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    assert page(tmp_path / "page.html", 330).evaluate(IN_LINES) == [1] * 6


def test_on_a_phone_the_lower_edge_of_a_long_table_says_that_more_follows(samples, page):
    one = page(samples / REPORT, 390)
    table = one.locator(".scroll:has(.statutory thead)").last
    table.evaluate("one => { one.scrollLeft = 60; one.scrollIntoView({block: 'end'}); }")

    def ground():
        """The lightest point in each of the last rows of points above the edge."""
        shot = Image.open(io.BytesIO(table.screenshot())).convert("L")
        return [shot.crop((260, y, 320, y + 1)).getextrema()[1] for y in range(shot.height - 12, shot.height - 2)]

    there = ground()
    table.evaluate("one => { one.scrollTop = one.scrollHeight; }")
    assert (there[0] > there[-1] + 12, min(there) < 245, min(ground()[:6])) == (True, True, 255)


def test_printed_by_the_browser_heads_quotations_and_links_are_black_on_white(tmp_path, page):
    html = "<table><thead><tr><th>甲</th></tr></thead><tr><td>1</td></tr></table><blockquote><p>引</p></blockquote>"
    html += '<p><a href="https://example.com/">网站</a></p>'
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    one = page(tmp_path / "page.html", look="print")
    found = one.evaluate("""() => ['thead th', 'blockquote p', 'p a']
        .map(one => getComputedStyle(document.querySelector('.report ' + one)))
        .map(one => [one.color, one.backgroundColor.endsWith(', 0)'), one.textDecorationLine])""")
    assert found == [["rgb(26, 26, 26)", True, "none"]] * 3
    one.emulate_media(media="screen")
    assert one.locator("p a").evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"


@pytest.fixture
def on_paper(tmp_path, page):
    """``on_paper(html)`` or, of a report made to measure, ``on_paper(name, narrative=…)``: its pages, printed.

    They may be printed in other ``faces``, as CSS.
    """

    def made(html="", name="示例市测试局", faces="", **options):
        path = tmp_path / "page.html"
        if options:
            report_in(tmp_path, name, **options)
        else:
            path.write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
        opened = page(path, look="print")
        if faces:
            opened.add_style_tag(content=faces)
        opened.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        return sheets((tmp_path / "paper.pdf").read_bytes(), PRINTED)

    return made


@pytest.mark.parametrize(
    ("heading", "mark", "lines"),
    [
        ("附件1：办理统计", "附件1：", ["办理统计"]),
        ("附件：示例市测试局2024年政府信息公开申请办理明细", "附件：", ["示例市测试局2024年", "政府信息公开申请办理明细"]),
        ("附件二", "附件二", []),
    ],
)
def test_printed_by_the_browser_an_attachment_has_its_number_on_the_first_line_and_its_title_on_the_third(
    on_paper, heading, mark, lines
):
    text = "为便于公众了解和监督本机关的工作编写本报告" * 12
    pages = on_paper(narrative=f"{BODY}{REST}\n## {heading}\n\n{text}\n\n## 附件9\n\n{text * 4}\n")
    (sheet,) = (sheet for sheet in pages if sheet.first.text == mark)
    (full,) = (sheet for sheet in pages if len(sheet.body) == LINES)
    assert full.number == len(pages) - 1
    first, title = sheet.first, [line for line in sheet.lines if abs(line.size - TITLE) < 0.1]
    assert (first.left, first.base) == (pytest.approx(LEFT, abs=0.3), pytest.approx(full.first.base, abs=0.3))
    assert [line.text for line in title] == lines
    for number, line in enumerate(title, 2):
        assert (line.base - first.base) / PITCH == pytest.approx(number, abs=0.2)
        assert line.left - LEFT == pytest.approx(RIGHT - line.right, abs=1.5)
    below = [line for line in sheet.body if line.base > first.base]
    assert (below[0].base - first.base) / PITCH == pytest.approx(len(lines) + 3 if lines else 1, abs=0.02)
    assert [round((line.base - below[0].base) / PITCH, 1) for line in below] == [*range(len(below))]


@pytest.mark.parametrize(
    "name",
    [
        "示例市测试局",
        "示例省示例自治州住房和城乡建设局办公室",
        "示例省示例市人力资源和社会保障局劳动保障监察支队",
        "积石山保安族东乡族撒拉族自治县人力资源和社会保障局劳动监察大队",
        "示例市人民政府教育督导委员会办公室暨教育领域政务公开与信息公开工作领导小组",  # one part has 20 characters
    ],
)
def test_printed_by_the_browser_a_title_breaks_by_sense_and_the_date_ends_four_characters_from_the_edge(on_paper, name):
    pages = on_paper(name=name, narrative=BODY)
    shown = [line.text for line in pages[0].lines if abs(line.size - TITLE) < 0.1]
    assert shown == titles.parts(name, "2024年政府信息公开工作年度报告")
    *_, signed, date = pages[-1].body
    middle = (date.left + date.right) / 2
    assert (signed.left + signed.right) / 2 == pytest.approx(middle, abs=0.6)
    assert signed.right < RIGHT + 0.3
    if signed.right < RIGHT - 0.5:
        assert RIGHT - date.right == pytest.approx(4 * EM, abs=0.9)  # a glyph is narrower than its place
    else:
        assert RIGHT - date.right > 4 * EM


def test_printed_by_the_browser_a_tall_picture_fits_on_one_page(tmp_path, page):
    picture = f'<p><img alt="图" src="data:image/png;base64,{png(300, 2000)}"></p>'
    (tmp_path / "page.html").write_text(rendered(notebook("前。", shown(html=picture), "后。"))[1], "utf-8")
    page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as pdf:
        pages = [[one.type for one in sheet.get_objects()].count(raw.FPDF_PAGEOBJ_IMAGE) for sheet in pdf]
    assert sum(pages) == 1


PICTURE = f'<img alt="图" src="data:image/png;base64,{png(300, 1500)}">'
ATTACHED = '<div class="attachment"><h2>附件1：<span class="title-part">办理统计</span></h2>'


@pytest.mark.parametrize(
    "html",
    [
        f"{ATTACHED}<p>{PICTURE}</p></div>",
        f"{ATTACHED}<h3>（一）图</h3><p>{PICTURE}</p></div>",
        f"{ATTACHED}<p>见图。</p><p>{PICTURE}</p></div>",
        f"{ATTACHED}<figure>{PICTURE}<figcaption>图</figcaption></figure></div>",
        f'{ATTACHED[:-5]}<span class="title-part">说明</span></h2><h3>（一）图</h3><p>{PICTURE}</p></div>',
        f"<h2>六、其他</h2><h3>（一）图</h3><figure>{PICTURE}<figcaption>图</figcaption></figure>",
    ],
)
def test_printed_by_the_browser_a_tall_picture_stands_on_the_page_of_its_heading(on_paper, html):
    assert len(on_paper(html)) == 1


def test_printed_by_the_browser_text_behind_a_tall_picture_fills_the_page_above_it(on_paper):
    chart = f'<figure><img alt="图" src="data:image/png;base64,{png(700, 1620)}"></figure>'
    first, second, *_ = on_paper(f"<p>前。</p>{'<p>文。</p>' * 8}{chart}{'<p>后。</p>' * 30}")
    assert [line.text for line in first.body] == ["前。", *["文。"] * 8, *["后。"] * 13]
    assert {line.text for line in second.body} == {"后。"}


def test_printed_by_the_browser_no_table_begins_at_the_foot_of_a_page(prints):
    for name, made in [*prints.items()][::5]:
        with pypdfium2.PdfDocument(made) as pdf:
            texts = [one.get_textpage().get_text_range() for one in pdf]
        for sheet in sheets(made)[:-1]:
            assert max(line.base for line in sheet.lines if "—" not in line.text) > 12 * PITCH, name  # none is half empty
        (begin,) = (at for at, text in enumerate(texts) if "一、本年新收政府信息公开申请" in text)
        assert "四、结转下年度继续办理" in texts[begin], name
        assert re.search("收到和处理政.信息公开申请情况[^表]*申请人情况", texts[begin]), name


def off_the_grid(pages):
    """How far lines stand at most from the grid of a browser, which has text in the middle of its lines; in mm."""
    slots = [(line.base - TOP - 7.45) / PITCH for sheet in pages for line in sheet.body]
    return max(abs(one - round(one)) for one in slots) * PITCH


def assert_named(pages):
    """Each table has its name right above it, in the middle of the type area."""
    names = [(sheet, line) for sheet in pages for line in sheet.lines if line.size == paper.CAPTION]
    assert len(names) > 2
    for sheet, line in names:
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.3), line.text
        assert any(0 < top - line.base < PITCH / 4 for top, _ in sheet.tables), line.text


def test_printed_by_the_browser_every_sample_stands_on_the_official_page(prints, capsys):
    empty, off, torn, fill = {}, {}, [], paper.Fill()
    for key, made in prints.items():
        pages = sheets(made, PRINTED)
        paper.assert_numbered(pages)
        assert_named(pages)
        fill += paper.filled(pages)
        empty[key] = [sheet.empty for sheet in pages[:-1]]
        off[key] = 0 if "jyj" in key else off_the_grid(pages)  # whose notebook adds a table of its own
        texts = ["".join(line.text for line in sheet.lines) for sheet in pages]
        if not any("本年新收政府信息公开申请数量" in text and "结转下年度继续办理" in text for text in texts):
            torn.append(key)
    assert torn == []  # table three stays whole
    assert not {key: found for key, found in empty.items() if max(found) > 7}
    assert sum(max(found) > 3 for found in empty.values()) < 7, empty  # a heading takes two lines along
    assert not {key: found for key, found in off.items() if found > 0.6}
    with capsys.disabled():
        print(f"\n{len(empty)} samples, printed: {fill}")
    assert fill.is_official


def test_printed_by_the_browser_no_sample_has_more_pages_than_its_pdf(samples, prints):
    pages = {}
    for path in samples.glob("*/*/report.pdf"):
        name = "-".join(path.parts[-3:-1])
        pages[name] = tuple(len(pypdfium2.PdfDocument(one)) for one in (prints[name], path.read_bytes()))
    assert len(pages) == 25
    assert not {key: found for key, found in pages.items() if found[0] > found[1]}
    assert sum(one != other for one, other in pages.values()) < 2, pages


ADDRESSED = "https://www.example.gov.cn/zwgk/2024/annual/report/long/path/index.html"


# Fonts with lines of another height, as those of other machines have.
FACES = "".join(
    f'@font-face {{ font-family: {name}; src: local("Noto Serif CJK SC");'
    f" ascent-override: {up}%; descent-override: {down}% }}"
    for name, up, down in (("KaiTi_GB2312", 130, 50), ("FangSong_GB2312", 86, 14), ("SimHei", 106, 34))
)


def test_printed_by_the_browser_no_words_in_whatever_font_make_a_line_taller_and_none_is_torn_open(on_paper):
    words = ["CO<sub>2</sub>", "<code>a=1</code>", "<ruby>龘<rt>dá</rt></ruby>", '<sup><a href="#a">[1]</a></sup>', "😀"]
    words += ["<math><msup><mi>x</mi><mn>2</mn></msup></math>", "<kbd>键</kbd><small>小</small><mark>标</mark>"]
    texts = [f"<p>字{one}{'字' * 10}。</p>" for one in words]
    texts += [f'<h2>一、甲</h2><h3>（一）乙</h3><p><strong class="run-in">（一）丙。</strong>{"字" * 30}。</p>']
    texts += [f"<hr><p>{'字' * 40}见<a href='{ADDRESSED}'>{ADDRESSED}</a>。</p><p>后。</p>"]
    for faces in ("", FACES):
        (sheet,) = on_paper("".join(texts), faces=faces)
        slots = [line.slot - sheet.body[0].slot for line in sheet.body]
        assert [one for one in slots if abs(one - round(one)) > 0.06] == []
        assert max(line.gap for line in sheet.body) < 1.05


@pytest.mark.parametrize("width", [390, 768])
def test_beside_a_column_of_prose_no_short_text_is_broken_and_it_holds_ten_characters(page, tmp_path, width):
    row = f"<tr><td>1</td><td>清源河镇</td><td>12</td><td style='text-align: left'>{'已经办结并回访申请人，' * 4}</td></tr>"
    head = "<tr><th>序号</th><th>乡镇</th><th>件数</th><th>备注</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
    (tmp_path / "page.html").write_text(rendered(notebook(table))[1], "utf-8")
    cells = page(tmp_path / "page.html", width).locator("tbody td")
    size = cells.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    tall = "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().height }"
    assert cells.nth(1).evaluate(tall) < 2 * size
    assert cells.nth(3).evaluate("e => e.clientWidth") >= 10 * size


def test_names_of_rows_stand_at_the_left_below_a_head_of_several_rows_too(page, tmp_path):
    """As in the PDF and in Word; pandas sets those at the right."""
    cases = pd.DataFrame({"镇": ["甲镇", "乙镇"], "年": [2023, 2024], "结果": ["公开", "不予公开"]})
    frame = pd.crosstab(cases["镇"], [cases["年"], cases["结果"]])
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=frame._repr_html_())))[1], "utf-8")
    sides = "rows => rows.map(row => getComputedStyle(row.firstElementChild).textAlign)"
    assert page(tmp_path / "page.html").locator("tr").evaluate_all(sides) == ["start"] * 5


# Where a browser may end lines otherwise than the kit, or has signs of another width.
PIECES = [
    "甲——“乙",
    "：——甲",
    "乙，—甲",
    "①《甲》",
    "“互联网+政务”",
    "1+N",
    "“甲”“乙”",
    "3℃“甲”",
    "甲“乙，丙”",
    "甲々",
    "￥3",
]
PIECES += [
    "甲？”（乙",
    "（甲）！",
    "，·甲",
    "·《甲》",
    "Wi-Fi",
    "甲3件",
    "甲<b>乙</b>",
    "<b>甲</b>乙",
    "3％",
    "cafe\u0301",
    "3\xa0件",
]
PIECES += ["www.example.gov.cn", ADDRESSED]
PIECES += ["<code>params/a-b</code>甲", "<code>build --to pdf</code>", "<code>甲=“乙”</code>丙", "<code>x</code>《甲》"]
PIECES += [f"<{tag}>a.b 12</{tag}>甲" for tag in ("samp", "tt", "var", "kbd")]
PIECES += ["x" * 80]
PIECES += ["<b>2024年新收1234567件ABC</b>", "<b>1,234.56万元</b>"]
PIECES += ["甲<u>乙</u>（丙）", "甲<u>（乙）</u>（丙）"]
PIECES += ["<code>甲　乙</code>", "甲　　乙", "<b>甲　</b>乙"]
PIECES += [
    "<code>①</code>",
    "<b>①</b>",
    "<em>①</em>",
    "<code>a①</code>",
    '<a href="https://a.test/">①</a>',
    "<b>甲</b>①<em>②</em>",
]
PIECES += ["<b>甲</b>～<b>乙</b>", "<b>甲</b>……<b>乙</b>", "<b>￥</b>5", "<b>甲“</b>乙”", "甲<b>。</b>”"]
NAME = "nianbao_build_annual_report_of_the_bureau/for_the_year-2024"
PIECES += [f"<code>{NAME}</code>", f'<a href="https://a.test/"><code>{ADDRESSED}</code></a>', f"<code>{'x' * 80}</code>"]


def lines_of(pages):
    """The letters of each line of text, and of code in it.

    Those of print are not told in their order: a squeezed one begins before another.
    """
    rows = {}
    for sheet in pages:
        for line in sheet.lines:
            if line.size in {14.0, 13.99, paper.BODY} and line is not sheet.folio:
                rows.setdefault((sheet.number, round(line.slot)), []).extend(
                    line.text.replace("—", "").replace("\2", "-")
                )  # as pdfium reads one that ends a line
    return [sorted(row) for row in rows.values()]


def test_printed_by_the_browser_lines_end_where_those_of_the_pdf_do(on_paper):
    """As they do where a browser has the fonts of the PDF."""
    html = "".join(f"<p>{'字' * count}{piece}{'字' * 30}。</p>" for piece in PIECES for count in range(14, 28))
    made = sheets(typeset(rendered(notebook(shown(html=html)))[0]))
    assert lines_of(on_paper(html)) == lines_of(made)
    texts = [line.text for sheet in made for line in sheet.body]
    assert [text for text in texts if text[0] in "—，。”％々·" or text[-1] in "—①“《￥·"] == []


@pytest.mark.parametrize("text", ["工作开展情况和存在的问题" * 3, f"详情见{ADDRESSED}", f"详情见<code>{NAME * 2}</code>"])
def test_printed_by_the_browser_the_lines_of_a_heading_are_full(on_paper, text):
    """And so is one before a word that is longer than it."""
    (sheet,) = on_paper(f"<h1>标题</h1><h2>一、{text}</h2><h3>（一）{text}</h3><p>末。</p>")
    rows = {round(line.slot): line for line in sheet.lines if line.left < LEFT + 3 * EM and line.base < 250}
    torn = [line.text for line in rows.values() if line.gap > 1.15]
    assert torn == []
    assert len(rows) > 4


@pytest.mark.parametrize(
    "piece",
    [
        "<samp>ok</samp>",
        "<tt>ok</tt>",
        "<small><code>ok</code></small>",
        "<small>小</small>",
        "<var>n</var>",
        "<kbd>n</kbd>",
    ],
)
def test_printed_by_the_browser_what_is_set_like_code_has_one_size_in_a_text_a_cell_and_a_name(on_paper, piece):
    cell = f"<table><caption>表1 甲{piece}</caption><tr><td>甲{piece}</td></tr></table>"
    name = f"<figure>{PICTURE}<figcaption>图1 甲{piece}</figcaption></figure>"
    html = f"<h1>标题</h1><p>甲{piece}</p><h2>一、{piece}</h2><div class='scroll'>{cell}</div>{name}"
    sizes = [
        {round(line.size, 1) for sheet in pages for line in sheet.lines if re.search("[okn小]", line.text)}
        for pages in (on_paper(html), sheets(typeset(rendered(notebook(shown(html=html)))[0])))
    ]
    assert sizes[0] == sizes[1]


def test_code_in_a_note_a_cell_or_a_name_has_the_chances_of_the_pdf_to_break_and_a_box_of_code_has_none():
    cell = f"<table><caption><code>a/{NAME}</code></caption><tr><td><code>b/{NAME}</code></td></tr></table>"
    made = rendered(
        notebook(shown(html=f"<pre><code>c/{NAME}</code></pre><div class='note'><p><code>d/{NAME}</code></p></div>{cell}"))
    )[1]
    parted = re.findall(r"<code>([a-d]/(?:<wbr>)?nianbao_(?:<wbr>)?)", made)
    assert sorted(parted) == ["a/<wbr>nianbao_<wbr>", "b/<wbr>nianbao_<wbr>", "c/nianbao_", "d/<wbr>nianbao_<wbr>"]


def own_table(rows, cells=("行", "1")):
    """A table that is no statutory one, with its name."""
    made = f"<tr>{''.join(f'<td>{one}</td>' for one in cells)}</tr>" * rows
    head = "<thead><tr><th>甲</th><th>乙</th></tr></thead>"
    return f'<div class="scroll"><table><caption>表5 甲</caption>{head}{made}</table></div>'


NOTES = '<div class="note"><p>注：子。</p><p>丑。</p><p>寅。</p></div>'


NO_TEXT = {
    "few rows": own_table(4),
    "some rows": own_table(12),
    "many rows": own_table(18),
    "tall picture": f"<figure>{PICTURE}<figcaption>图1 甲</figcaption></figure>",
    "wide picture": f'<p><img alt="图" src="data:image/png;base64,{png(600, 500)}"></p>',
}
WHERE = [(4, NOTES), (8, NOTES), (12, NOTES), (16, NOTES), (8, ""), (16, "")]
STANDING = [(name, *one) for name in NO_TEXT for one in WHERE if name != "wide picture"]
STANDING += [("wide picture", lines, "") for lines in (4, 8, 12, 16)]


@pytest.mark.parametrize(("name", "lines", "below"), STANDING)
def test_printed_by_the_browser_what_is_no_text_leaves_few_lines_empty_and_keeps_its_notes(on_paper, name, lines, below):
    pages = on_paper(f"{'<p>文。</p>' * lines}{NO_TEXT[name]}{below}<p>{'后' * CHARACTERS * 12}。</p>")
    # Where six lines are left, Chromium moves a picture of six to the next page; a narrow one could not be read there.
    most = 14 if name == "tall picture" else 5 + (lines == 16)
    assert [sheet.empty for sheet in pages[:-1] if sheet.empty > most] == []
    [last] = [sheet for sheet in pages if any("寅" in line.text for line in sheet.lines)] or pages[:1]
    parted = ("注", "丑", "寅") if pages[0].empty > 5 else ("注", "丑", "寅", "图")
    assert not below or not last.lines[0].text.startswith(parted)


@pytest.mark.parametrize("lines", range(4, 19, 4))
def test_printed_by_the_browser_rows_taller_than_half_a_page_go_over_it_and_all_their_notes_stand_below(on_paper, lines):
    rows = own_table(2, ("行", "很长的内容" * 270))
    for below in ("", NOTES):
        pages = on_paper(f"{'<p>文。</p>' * lines}{rows}{below}<p>{'后' * CHARACTERS * 12}。</p>")
        assert [sheet.empty for sheet in pages[:-1] if sheet.empty > 5] == []
        # Chromium ends no row earlier for what stands below its table: the notes may begin a page, and stay together.
        noted = [sum(line.text[:1] in "注丑寅" for line in sheet.lines) for sheet in pages]
        assert [count for count in noted if count] == ([3] if below else [])


def with_own_table(rows, lines, notes=0, columns=3):
    """A report with so many lines above a table of its own with its notes, and three below."""
    sentence = "全年公开信息条目齐全，征地专栏新增按村名检索。\n\n"
    head = "".join(f"|数量{number}" for number in range(1, columns))
    below = "".join(f"|事项{row}{f'|{row}' * (columns - 1)}|\n" for row in range(rows))
    table = f"表5 各镇情况\n\n|事项{head}|\n{'|---' * columns}|\n{below}\n"
    note = f"注：{sentence.strip() * notes}\n\n" if notes else ""
    return BODY.replace("工作有序开展。", f"{sentence * lines}{table}{note}{sentence * 3}") + REST


@pytest.mark.parametrize(
    ("rows", "lines", "notes"),
    [
        (6, 2, 0),
        (6, 14, 1),
        (11, 18, 0),
        (14, 9, 8),
        (18, 15, 0),
        (22, 12, 1),
        (30, 6, 0),
        (8, 4, 0),
        (60, 3, 0),
        (47, 9, 1),
        (90, 12, 0),
    ],
)
def test_printed_by_the_browser_tables_of_ones_own_leave_the_others_their_room_and_the_text_its_grid(
    on_paper, rows, lines, notes
):
    pages = on_paper(narrative=with_own_table(rows, lines, notes))
    assert max(sheet.empty for sheet in pages[:-1]) < 6, [sheet.empty for sheet in pages]
    assert off_the_grid(pages) < 0.6


def rows_of_table_three(pages):
    """The labels of table three on each page that has some."""
    label = re.compile("[一二四]、|（[一二七]）|[1-8]\\.")
    texts = ["".join(line.text for line in sheet.lines if label.match(line.text)) for sheet in pages]
    begin = next(at for at, text in enumerate(texts) if "本年新收政府信息公开申请数量" in text)
    end = next(at for at, text in enumerate(texts) if "结转下年度继续办理" in text)
    return texts[begin : end + 1]


def test_on_a_desk_the_columns_of_a_wide_table_hold_their_words(tmp_path, page):
    heads, row = (
        ["项目编号", "任务", "责任科室", "完成时间", "完成情况"],
        ["示例市第1号项目", "公布保障性住房分配结果", "住房保障科", "每季度末"],
    )
    cells = [
        f"<td>{one}</td>"
        for one in (*row, "已公布6批，涉及房源1283套，公示期内收到异议4件，均已答复，另有2件转有关单位办理")
    ]
    head = "".join(f"<th>{one}</th>" for one in heads)
    html = f"<table><thead><tr>{head}</tr></thead><tbody><tr>{''.join(cells)}</tr></tbody></table>"
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    rects = "const all = document.createRange(); all.selectNodeContents(e); return all.getClientRects().length"
    lines = f"cells => cells.map(e => {{ {rects} }})"
    one = page(tmp_path / "page.html", width=1280)
    found = one.locator("td").evaluate_all(lines)
    assert (found[0], found[2:4], max(found)) == (1, [1, 1], 2)
    assert one.locator("table").bounding_box()["width"] <= one.locator(".scroll").bounding_box()["width"]


def test_on_a_phone_the_labels_of_rows_stay_in_sight_in_a_wide_table(tmp_path, page):
    heads = "".join(f"<th>指标{number}</th>" for number in range(9))
    rows = "".join(f"<tr><th>甲{number}县</th>{'<td>12345</td>' * 9}</tr>" for number in range(3))
    html = f"<table><thead><tr><th>县区</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    one = page(tmp_path / "page.html", width=390)
    box = one.locator(".scroll")
    box.evaluate("e => { e.scrollLeft = 200 }")
    assert box.evaluate("e => e.scrollLeft") == 200
    left = box.bounding_box()["x"]
    labels = one.locator("tr > :first-child").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert [label == pytest.approx(left, abs=1) for label in labels] == [True] * 4


def test_a_short_note_of_a_picture_stands_in_its_middle_on_the_screen(tmp_path, page):
    html = f'<figure>{PICTURE}<figcaption>图1 甲</figcaption></figure><div class="note"><p>资料来源：乙。</p></div>'
    (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
    box, around = (page(tmp_path / "page.html").locator(one).bounding_box() for one in (".note", "figcaption"))
    assert box["x"] + box["width"] / 2 == pytest.approx(around["x"] + around["width"] / 2, abs=1)
    assert box["width"] < around["width"] / 2


@pytest.mark.parametrize("lines", [2, 4, 9, 13])
def test_printed_by_the_browser_table_three_stays_whole_and_no_page_half_empty(on_paper, lines):
    pages = on_paper(narrative=with_own_table(6, lines))
    assert len(rows_of_table_three(pages)) == 1
    assert max(sheet.empty for sheet in pages[:-1]) < 6


@pytest.mark.parametrize(("year", "lines"), [(2020, 9), (2023, 10)])
def test_printed_by_the_browser_no_page_of_a_plain_report_stays_half_empty(on_paper, year, lines):
    """Between two parts of 表二, each with its head, or above 表三."""
    pages = on_paper(year=year, narrative=plain(lines))
    assert max(sheet.empty for sheet in pages[:-1]) <= 4, [sheet.empty for sheet in pages]
    assert len(rows_of_table_three(pages)) == 1
    assert off_the_grid(pages) < 0.6
    assert all(sheet.lines[0].text.startswith("第二十条") for sheet in pages if sheet.in_table(sheet.lines[0]))


def test_printed_by_the_browser_a_page_ends_in_a_table_though_it_has_room_for_the_rest(on_paper):
    """So the next one, which ends above 表三, has fewer empty lines: both together have eight."""
    long = f"三、申请情况\n\n{'依' * (CHARACTERS * 9 - 3)}。\n\n"
    pages = on_paper(year=2020, narrative=plain(2).replace("三、申请情况\n\n", long))
    assert max(sheet.empty for sheet in pages[:-1]) <= 4, [sheet.empty for sheet in pages]


@pytest.mark.parametrize("lines", [3, 7, 12])
def test_printed_by_the_browser_lists_in_lists_are_counted(on_paper, lines):
    """So pictures and tables below them take the room of their page."""
    items = "".join(f"- {'甲' * 40}：\n  - {'乙' * number * 6}；\n  - 丙。\n" for number in range(1, 5))
    pages = on_paper(narrative=BODY.replace("工作有序开展。", items + "\n" + "全年公开信息条目齐全。\n\n" * lines) + REST)
    assert len(rows_of_table_three(pages)) == 1
    assert max(sheet.empty for sheet in pages[:-1]) < 6, [sheet.empty for sheet in pages]
    figure = f'<figure><img alt="图" src="data:image/png;base64,{png(600, 500)}"><figcaption>图1 甲</figcaption></figure>'
    listed = f"<ul><li>{'甲' * 40}<ul><li><p>{'乙' * 30}</p><p>{'丁' * 30}</p></li><li>丙</li></ul></li></ul>"
    pages = on_paper(f"{'<p>文。</p>' * lines}{listed}{figure}<p>{'后' * CHARACTERS * 12}。</p>")
    assert [sheet.empty for sheet in pages[:-1] if sheet.empty > 5] == []
    begun = [round((line.left - LEFT) / EM) for line in pages[0].body if line.text[-1] in "甲乙丁"]
    assert begun == [3, 0, 2, 0, 2, 0]  # of an item: a bullet, which is no letter, stands two in; a dash is one


@pytest.mark.parametrize("lines", [15, 17])
def test_printed_by_the_browser_the_list_of_attachments_and_the_signature_take_a_paragraph_along(on_paper, lines):
    text = "全年公开信息条目齐全。\n\n" * lines
    attached = "\n\n## 附件1：清单\n\n甲。\n\n## 附件2：目录\n\n乙。\n"
    pages = on_paper(narrative=BODY + REST + text + attached)
    (signed,) = [sheet for sheet in pages if any(line.text.startswith("附件：") for line in sheet.lines)]
    assert not signed.lines[0].text.startswith("附件：")


SIGNED = '<div class="signature"><p>示例市测试局</p><p>2025年1月21日</p></div><div class="editor"><p>责任编辑：甲</p></div>'
CHART = f'<figure><img alt="图" src="data:image/png;base64,{png(500, 1400)}"><figcaption>图1 流程</figcaption></figure>'


@pytest.mark.parametrize(
    ("above", "last"),
    [
        (["<p>文。</p>"] * 10, f"<p>{'字' * (CHARACTERS * 31 - 3)}。</p>"),  # whose 19 lines on the second page leave three
        (["<p>文。</p>"] * 10, f"<p>{'字' * (CHARACTERS * 32 - 3)}。</p>"),
        (["<p>文。</p>"] * 10, f"<p>{'字' * (CHARACTERS * 34 - 3)}。</p>"),
        (["<p>文。</p>"] * 16, f"<h2>六、其他</h2><p>{'字' * 60}。</p>"),
        (["<p>文。</p>"] * 12, CHART),
    ],
    ids=["19 lines", "20 lines", "22 lines", "heading", "picture"],
)
def test_printed_by_the_browser_the_whole_signature_stands_on_the_page_of_two_lines_or_a_picture(on_paper, above, last):
    """Chromium takes no line along of a paragraph that began on the page before."""
    *_, end = on_paper("".join(above) + last + SIGNED)
    texts = [line.text for line in end.lines[:-1]]
    assert texts[-3:] == ["示例市测试局", "2025年1月21日", "责任编辑：甲"]
    assert len(texts) > 4 or texts[0] == "图1流程"


@pytest.mark.parametrize("lines", [12, 16])
def test_printed_by_the_browser_table_three_in_parts_tears_no_label(on_paper, lines):
    quoted = "> - 甲\n\n"  # nobody counts the lines below it
    text = quoted + "全年公开信息条目齐全，征地专栏新增按村名检索。\n\n" * lines
    first, *_ = rows_of_table_three(on_paper(narrative=BODY.replace("工作有序开展。", text) + REST))
    assert "8.属于行政查询事项" in first  # 三、本年度办理结果 has room beside the rows to there


def test_printed_by_the_browser_table_three_says_its_labels_again_on_the_next_page(tmp_path):
    """Where it goes over one: what is printed in place of the table on the screen has the labels of its groups twice."""
    paths = write(tmp_path)
    body = standard_page(tmp_path, paths.bureau, paths.year).body
    [table] = re.findall(r'<div class="scroll dense">(<table class="statutory".*?</table>)</div>', body, re.S)
    printed = forms.Printed.of("dense", table, 0)
    pages = Pages(24, 6)
    pages.block(10)  # so many lines would stay empty above it otherwise that it does
    printed.place(pages)
    [choice] = pages.choices()
    screen, _, paper = printed.made(choice).replace("<wbr>", "").partition("<div hidden")
    assert [part.count("三、本年度办理结果") for part in (screen, paper)] == [1, 2]
    assert "--after: auto" in paper


def test_printed_by_the_browser_a_table_longer_than_a_page_begins_below_its_text_and_says_its_heads_again(tmp_path, page):
    names = [f"其他文件{number}类" for number in range(40)]
    paths = write(tmp_path / "params", report=f"extra_rows: {{table2: {{第二十条第（一）项: {names}}}}}\n")
    rows = "".join(f"{name},1,0,3\n" for name in names)
    edit(paths.table_file("table2"), "第二十条第（五）项", f"{rows}第二十条第（五）项")
    (tmp_path / "page.html").write_text(to_html(standard_page(tmp_path / "params", paths.bureau, paths.year)), "utf-8")
    page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    pages = sheets((tmp_path / "paper.pdf").read_bytes(), PRINTED)
    texts = [[line.text for line in sheet.lines] for sheet in pages]
    headed = [any("第二十条第（一）项" in text for text in one) for one in texts]
    assert headed.count(True) == 2
    begun = headed.index(True)
    assert (pages[begun].empty, any(text.startswith("二、") for text in texts[begun])) == (0, True)


LONG_ROWS = [
    "五、通过政务服务一体化平台和热线转办、经审查属于政府信息公开申请并按条例规定另行登记编号的件数",
    "其中：以涉及国家安全、公共安全、经济安全和社会稳定为由不予公开的件数",
    "其中：转送公安交通管理、出入境管理、户籍管理等窗口当场办结的件数",
]


@pytest.mark.parametrize("lines", [13, 15, 17, 20])
def test_printed_by_the_browser_no_row_is_torn_and_those_of_two_tables_are_alike(tmp_path, page, lines):
    report = f"extra_rows: {{table3: {{'': {LONG_ROWS}}}}}\n"
    paths = write(tmp_path / "params", year=2023, narrative=with_own_table(0, lines), report=report)
    file = paths.table_file("table3")
    rows = "".join(f"{row},,,0,0,0,0,0,0,0\n" for row in LONG_ROWS)
    file.write_text(file.read_text("utf-8-sig").rstrip() + "\n" + rows + "注：甲。\n", "utf-8-sig")
    (tmp_path / "page.html").write_text(to_html(standard_page(tmp_path / "params", paths.bureau, 2023)), "utf-8")
    page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    pages = sheets((tmp_path / "paper.pdf").read_bytes(), PRINTED)
    texts = ["".join(line.text for line in sheet.lines if line.left < LEFT + 60) for sheet in pages]
    for begin, end in (("1.申请人无正当理由逾期不补", "信息公开申请"), ("其中：转送公安", "当场办结的件数")):
        assert len([text for text in texts if begin in text and end in text.partition(begin)[2]]) == 1
    pitches = [apart(pages, *labels) for labels in (("规章", "行政规范性文件"), ("1.属于国家秘密", "2.其他法律行政法规"))]
    assert max(pitches) / min(pitches) < 1.8
    assert max(sheet.empty for sheet in pages[:-1]) < 7, [sheet.empty for sheet in pages]
    [(sheet, note)] = [(sheet, line) for sheet in pages for line in sheet.lines if line.text == "注：甲。"]
    above = note.base - max(bottom for _, bottom in sheet.tables if bottom < note.base)
    assert above < min((line.base for line in sheet.body if line.base > note.base), default=note.base + 99) - note.base - 6


def apart(pages, above, below):
    """How far two labels of rows are apart that stand one above the other, in mm."""
    for sheet in pages:
        first, *_ = [line.base for line in sheet.lines if line.text.startswith(above) and sheet.in_table(line)] or [None]
        found = [line.base - first for line in sheet.lines if first and line.text.startswith(below) and line.base > first]
        if found:
            return found[0]
    raise AssertionError(above)


@pytest.mark.parametrize("lines", [2, 20])
def test_printed_by_the_browser_a_table_of_tall_rows_begins_where_some_have_room(on_paper, lines):
    rows = own_table(6, ("行", "很长的内容" * 76))
    pages = on_paper(f"{'<p>文。</p>' * lines}{rows}<p>{'后' * CHARACTERS * 12}。</p>")
    assert max(sheet.empty for sheet in pages[:-1]) < 6, [sheet.empty for sheet in pages]


@pytest.mark.parametrize("lines", [19, 20])
def test_printed_by_the_browser_two_lines_stand_with_their_heading_at_the_end_of_a_page(on_paper, lines):
    first, _ = on_paper(f"{'<p>文。</p>' * lines}<h2>四、其他</h2><p>{'字' * CHARACTERS * 6}。</p>")
    heading = next((at for at, line in enumerate(first.body) if line.text == "四、其他"), None)
    assert heading is None or len(first.body) - heading > 2


def test_printed_by_the_browser_tables_are_ruled_in_black_and_lettered_alike_as_in_the_pdf(samples, page):
    one = page(samples / "shili-wlj/2020/report.html", look="print")
    one.set_default_timeout(30_000)
    of = "(node, name) => getComputedStyle(node)[name]"
    assert one.locator(".statutory td").first.evaluate(of, "borderTopColor") == one.locator("p").first.evaluate(of, "color")
    cell = one.locator(".statutory td").first
    for corner, side in ((one.locator("thead .corner"), "left"), (one.locator("tbody .corner").first, "center")):
        assert [corner.evaluate(of, name) for name in ("fontSize", "textAlign")] == [cell.evaluate(of, "fontSize"), side]
    weights = "all => [...new Set(all.map(node => getComputedStyle(node).fontWeight))]"
    assert one.locator(".statutory .part th, h3, .run-in, td").evaluate_all(weights) == ["400"]


def test_printed_by_the_browser_a_small_table_is_as_small_as_in_the_pdf(on_paper, tmp_path):
    printed = on_paper(narrative=with_own_table(6, 2))
    paths = write(tmp_path / "params", narrative=with_own_table(6, 2))
    made = sheets(typeset(standard_page(tmp_path / "params", paths.bureau, paths.year)))
    sizes = []
    for pages in (printed, made):
        rows = [line for line in pages[0].lines if line.text.startswith(("事项", "数量"))]
        sizes.append((max(one.right for one in rows) - min(one.left for one in rows), rows[-1].base - rows[0].base))
    assert sizes[0] == pytest.approx(sizes[1], abs=8)  # a cell of the PDF has more room beside its text


@pytest.mark.parametrize("rows", [30, 32])
def test_printed_by_the_browser_a_table_takes_its_last_rows_to_the_page_of_its_notes(on_paper, rows):
    table = own_table(rows).replace('<div class="scroll">', '<div class="noted"><div class="scroll">')
    for lines in range(4, 9):
        pages = on_paper(f'{"<p>文。</p>" * lines}{table}<div class="note"><p>注：子。</p></div></div>{"<p>后。</p>" * 3}')
        [sheet] = [sheet for sheet in pages if any("注" in line.text for line in sheet.lines)]
        assert any("行" in line.text for line in sheet.lines), lines


@pytest.mark.parametrize(("rows", "lines"), [(2, 19), (3, 19), (4, 18)])
def test_printed_by_the_browser_a_small_table_goes_to_the_page_of_its_notes(on_paper, rows, lines):
    table = f'<div class="noted">{own_table(rows)}<div class="note"><p>注：子。</p></div></div>'
    pages = on_paper(f"{'<p>文。</p>' * lines}{table}{'<p>后。</p>' * 3}")
    [sheet] = [sheet for sheet in pages if any("注" in line.text for line in sheet.lines)]
    assert sheet.tables


def test_printed_by_the_browser_no_line_holds_one_character_alone(on_paper):
    cell = f"<table><tr><th>甲</th><th>乙</th></tr><tr><td>{'子' * 80}。</td><td>{'丑' * 81}。</td></tr></table>"
    for more in range(-1, 2):
        (sheet,) = on_paper(f"<p>{'文' * (26 + 28 + more)}。</p><div class='scroll'>{cell}</div>")
        assert [line.text for line in sheet.lines if len(line.text) < 3] == ["甲乙"]


def wide_table(columns, rows=6):
    """A table of so many columns, with numbers below its heads."""
    head = "".join(f"<th>指标{number}</th>" for number in range(1, columns))
    body = "".join(f"<tr><th>甲{row}县</th>{f'<td>{row + 13}</td>' * (columns - 1)}</tr>" for row in range(8, 8 + rows))
    return f'<div class="scroll"><table><thead><tr><th>县区</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'


@pytest.mark.parametrize("is_noted", [False, True])
def test_printed_by_the_browser_labels_of_a_wide_table_stay_in_one_line(on_paper, is_noted):
    note = '<div class="note"><p>注：子。</p></div>'
    (sheet,) = on_paper(f'<div class="noted">{wide_table(16)}{note}</div>' if is_noted else wide_table(16))
    (head, *rows) = [line for line in sheet.lines if not line.text.startswith(("—", "注"))]
    assert (head.text.startswith("县区指标1指标2"), head.text.endswith("指标15")) == (True, True)
    assert [line.text[:4] for line in rows] == ["甲8县2", "甲9县2", "甲10县", "甲11县", "甲12县", "甲13县"]
    assert head.left - LEFT < 5 > RIGHT - head.right


def test_printed_by_the_browser_a_table_too_wide_is_parted_under_its_name_with_its_labels_again(on_paper, tmp_path, page):
    named = wide_table(20, 12).replace("<table>", "<table><caption>表5 甲</caption>")
    noted = f'<div class="noted">{named}<div class="note"><p>注：子。</p></div></div>'
    pages = on_paper(f"{'<p>文。</p>' * 5}{noted}<p>后。</p>")
    lines = [line.text for sheet in pages for line in sheet.lines]
    assert [line for line in lines if line.startswith("表5")] == ["表5甲", "表5甲（续）"]
    assert [line[:6] for line in lines if line.startswith("县区")] == ["县区指标1指", "县区指标11"]
    assert [sum(line.startswith(f"甲{row}县") for line in lines) for row in range(8, 20)] == [2] * 12
    (sheet,) = (one for one in pages if any(line.text == "注：子。" for line in one.lines))
    assert any(line.text.startswith("甲19县") for line in sheet.lines)
    on_screen = page(tmp_path / "page.html").locator("table:visible")
    assert (on_screen.count(), on_screen.locator("tr").first.locator("th").count()) == (1, 20)


def test_printed_by_the_browser_a_wide_table_goes_on_below_its_first_part(on_paper):
    """Its second part begins there though its notes stand on the next page: these take two rows along."""
    named = wide_table(20, 12).replace("<table>", "<table><caption>表5 甲</caption>")
    first, second = on_paper(f'{"<p>文。</p>" * 8}<div class="noted">{named}{NOTES}</div><p>后。</p>')
    assert first.empty < 3
    assert sum(line.text.startswith("甲") for line in second.lines) >= 2


def test_printed_by_the_browser_a_row_of_less_than_half_a_page_stays_whole(on_paper):
    cells = [f"<tr><td>{number}</td><td>{chr(0x4E00 + number) * 600}</td></tr>" for number in range(9)]
    pages = on_paper(
        f"<p>文。</p><div class='scroll'><table><tr><th>号</th><th>内容</th></tr>{''.join(cells)}</table></div>"
    )
    texts = ["".join(line.text for line in sheet.lines) for sheet in pages]
    assert [sum(chr(0x4E00 + number) in text for text in texts) for number in range(9)] == [1] * 9


def test_printed_by_the_browser_a_quotation_is_counted(on_paper):
    quoted = "> " + "工作有序开展。" * 20 + "\n\n"
    pages = on_paper(narrative=BODY.replace("工作有序开展。", "工作有序开展。" * 70 + "\n\n" + quoted) + REST)
    assert max(sheet.empty for sheet in pages[:-1]) < 4, [sheet.empty for sheet in pages]


def test_printed_by_the_browser_short_notes_of_a_picture_stand_in_the_middle_and_long_ones_begin_at_the_edge(on_paper):
    figure = f'<figure><img alt="图" src="data:image/png;base64,{png(300, 200)}"><figcaption>图1 甲</figcaption></figure>'
    for note, is_short in (("注：甲类含其他。", True), ("注：" + "甲类含其他。" * 20, False)):
        (sheet,) = on_paper(f'<div class="report"><p>前。</p>{figure}<div class="note"><p>{note}</p></div><p>后。</p></div>')
        (line,) = (one for one in sheet.lines if one.text.startswith("注："))
        edges = (line.left - LEFT, RIGHT - line.right)
        assert edges[0] == pytest.approx(edges[1], abs=3) if is_short else edges[0] < 0.5


@pytest.mark.parametrize("lines", range(4, 20, 3))
def test_printed_by_the_browser_tables_are_as_tall_as_their_page_has_room(on_paper, lines):
    text = ("字" * CHARACTERS * lines)[2:-1] + "。"
    pages = on_paper(narrative=BODY.replace("工作有序开展。", text) + REST)
    assert max(sheet.empty for sheet in pages[:-1]) < 6, [sheet.empty for sheet in pages]
    assert off_the_grid(pages) < 0.6


def test_printed_by_the_browser_a_statutory_table_takes_whole_lines(samples, page):
    for name in sorted(samples.glob("*/*/report.html"))[::4]:
        found = page(name, 590, look="print").evaluate("""() => [...document.querySelectorAll('.statutory')].map(table => {
            if (table.parentElement.style.cssText.includes("--inside: auto")) return 1;  // it goes over a page
            const below = parseFloat(getComputedStyle(table.parentElement).marginBottom);
            return (table.getBoundingClientRect().height + below) / (225 / 25.4 * 96 / 22);
        })""")
        assert found == [pytest.approx(round(one), abs=0.03) for one in found], name


def test_printed_by_the_browser_the_rows_of_a_head_have_the_space_of_the_others(samples, page):
    for name in sorted(samples.glob("*/*/report.html"))[::4]:
        found = page(name, 590, look="print").evaluate("""() => {
            const tall = row => row.getBoundingClientRect().height;
            return [...document.querySelectorAll('.statutory:has(thead)')]
                .filter(table => table.tBodies[0].rows.length < 3)
                .map(table => [tall(table.tHead.rows[0]), tall(table.tBodies[0].rows[0])]);
        }""")
        assert found, name
        assert all(head > 0.75 * row for head, row in found), (name, found)


def test_printed_by_the_browser_no_head_of_a_part_ends_a_page(page, tmp_path):
    part = "<tr class=part><th colspan=2>甲项</th></tr><tr><th>子</th><th>丑</th></tr>"
    rows = "".join(f"<tr><th>行</th><td>{number}值</td></tr>" for number in range(4))
    table = (
        f'<div class="scroll kept"><table class="statutory"><caption>表</caption><tbody>{part}{rows}</tbody></table></div>'
    )
    for above in (18, 19, 20):
        text = "<p>文。</p>" * above
        html = f'{text}<div class="scroll kept"><table class="statutory">{table}</table></div>'
        (tmp_path / "page.html").write_text(rendered(notebook(shown(html=html)))[1], "utf-8")
        page(tmp_path / "page.html", look="print").pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as pdf:
            texts = ["".join(one.get_textpage().get_text_range().split()) for one in pdf]
        assert [text.count("甲项") * 4 for text in texts] == [text.count("值") for text in texts]


def test_a_fragment_is_left_alone_by_cleaners_and_is_read_without_its_styles(samples, page):
    fragments = sorted(samples.glob("*/*/report.fragment.html"))
    assert len(fragments) == 25
    one = page(samples / "index.html")
    one.add_script_tag(path=NPM / "dompurify" / "dist" / "purify.min.js")
    for path in fragments:
        made = path.read_text("utf-8")
        attributes = {**nh3.ALLOWED_ATTRIBUTES, "*": {"style", "lang", "title"}}
        assert nh3.clean(made, attributes=attributes) == made, path
        # The browser writes the same tree in its own way, as it does without DOMPurify.
        kept, plain = one.evaluate(
            "made => { const own = document.createElement('div'); own.innerHTML = made;"
            " return [DOMPurify.sanitize(made), own.innerHTML]; }",
            made,
        )
        assert kept == plain, path


def test_axe_finds_nothing_in_a_fragment_below_the_title_of_its_page_on_a_phone(samples, page, tmp_path):
    for number, path in enumerate(sorted(samples.glob("*/*/report.fragment.html"))[::10]):
        host = tmp_path / f"{number}.html"
        made = f"<main><h1>网站的标题</h1>{path.read_text('utf-8')}</main>"
        head = "<meta charset=utf-8><meta name=viewport content='width=device-width'><title>网站</title>"
        host.write_text(f"<!DOCTYPE html><html lang=zh-CN>{head}{made}", "utf-8")
        assert violations(page(host, 390)) == {}, path


def test_a_pasted_fragment_looks_like_a_report_in_anothers_page(samples, page, tmp_path):
    made = (samples / "shili-jyj" / "2024" / "report.fragment.html").read_text("utf-8")
    host = tmp_path / "host.html"
    style = "table, td, th { border: 0; text-align: left } p { margin: 1em; font-size: 12px }"
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style><article>{made}</article>", "utf-8")
    one = page(host, 1000)
    look = "(node, name) => getComputedStyle(node)[name]"
    cell, paragraph = one.locator("td").first, one.locator("p").first
    assert [cell.evaluate(look, name) for name in ("borderTopWidth", "textAlign")] == ["1px", "center"]
    assert paragraph.evaluate(look, "textIndent") == "24px"
    assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [600, 800, 1000, 1200])
def test_in_a_pasted_fragment_a_short_column_beside_prose_keeps_its_words(tmp_path, page, width):
    row = f"<tr><td>办公室</td><td>{'本年度的工作' * 30}</td><td>责任</td></tr>"
    head = "<tr><th>科室</th><th>内容</th><th>分工</th></tr>"
    body = f'<div class="scroll"><table><thead>{head}</thead><tbody>{row}</tbody></table></div>'
    made = to_fragment(Page("报告", "", None, None, body))
    host = tmp_path / "host.html"
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>网站</title>{made}", "utf-8")
    cells = page(host, width).locator("td").evaluate_all("cells => cells.map(one => one.getBoundingClientRect().width)")
    assert [round(cells[at]) for at in (0, 2)] == [54, 54]


ADDRESS = "https://www.shili.gov.cn/zwgk/zfxxgkml/" + "a-very-long-path-" * 8 + "?id=" + "1234567890" * 6


WHOLE = f"| 名称 | 网址 | 注 |\n|---|---|---|\n| 甲 | {{}} | 乙 |\n| 丙 | {'A' * 160} | 丁 |"
DEEP = "".join(f"{'  ' * level}- 甲{level}\n" for level in range(7)).rstrip() + "{}"


@pytest.mark.parametrize("make", [to_html, to_fragment], ids=["page", "fragment"])
@pytest.mark.parametrize("typed", ["网址：{}。", "- 网址 {}", WHOLE, "### （一）{}", DEEP])
def test_a_long_address_does_not_widen_the_page_on_a_phone_and_lies_over_nothing(tmp_path, page, make, typed):
    paths = write(tmp_path / "params", narrative=BODY.replace("工作有序开展。", f"甲。\n\n{typed.format(ADDRESS)}\n\n乙。"))
    made = make(standard_page(tmp_path / "params", paths.bureau, paths.year))
    assert ADDRESS in re.sub("<wbr>|</?span[^>]*>", "", made)
    host = tmp_path / "host.html"
    head = "<!DOCTYPE html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    host.write_text(made if make is to_html else f"{head}<article>{made}</article>", "utf-8")
    one = page(host, 320)
    assert one.evaluate("document.documentElement.scrollWidth") <= 320
    one.set_viewport_size({"width": 1280, "height": 900})
    assert one.evaluate("[...document.querySelectorAll('td')].every(cell => cell.scrollWidth <= cell.clientWidth)")


def test_without_its_style_sheet_as_jupyterlab_shows_what_it_does_not_trust_a_table_keeps_borders(samples, page, tmp_path):
    notebook = nbformat.read(samples / "shili-jyj" / "2024" / "report.ipynb", 4)
    shown = [output.data["text/html"] for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    (made,) = (one for one in shown if 'id="table3"' in one)
    host = tmp_path / "host.html"
    style = "td, th { border: none; text-align: right } table { border-collapse: collapse }"  # as JupyterLab's own
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{made}", "utf-8")
    assert "<style" not in made
    looks = page(host).evaluate(
        "[...document.querySelectorAll('td, th')].map(getComputedStyle).map(one => one.borderTopWidth + one.textAlign)"
    )
    assert set(looks) == {"1pxcenter", "1pxleft"}


def test_axe_finds_nothing_in_a_draft(tmp_path, page):
    path = report_in(tmp_path, fill="未填")
    assert "核查发现" in path.read_text("utf-8")
    for look in LOOKS:
        assert violations(page(path, look=look)) == {}


def test_a_picture_in_a_fragment_stays_inside(tmp_path, page):
    paths = write(tmp_path, narrative=BODY.replace("工作有序开展。", "![图](a.png)"))
    Image.new("RGB", (3000, 300), "red").save(paths.folder / "a.png")
    made = to_fragment(standard_page(tmp_path, paths.bureau, paths.year))
    host = tmp_path / "host.html"
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><article style='margin: 0 50px'>{made}</article>", "utf-8")
    one = page(host, 700)
    box = one.locator("img").bounding_box()
    assert 50 <= box["x"] < box["x"] + box["width"] <= 650


def test_the_fragment_of_a_draft_says_so_first_and_holds_no_finding(tmp_path):
    paths = write(tmp_path, fill="未填")
    page = standard_page(tmp_path, paths.bureau, paths.year)
    assert "核查发现" in page.body
    made = to_fragment(page)
    assert "草稿，未经审定，不得发布" in made.partition("</p>")[0]
    assert "核查发现" not in made


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (
            "<figure><figure>{0}<figcaption>内</figcaption></figure>{0}<figcaption>外</figcaption></figure>",
            ["p", "p", "p", "p"],
        ),
        ('<figure><a href="https://example.gov.cn/">{0}</a><figcaption>名</figcaption></figure>', ["a", "p"]),
        ("<figure><pre>甲 {0}</pre><figcaption>名</figcaption></figure>", ["pre", "p"]),
        ('<a href="https://example.gov.cn/"><figure>{0}<figcaption>名</figcaption></figure></a>', ["a"]),
        ("<figure><h3>题{0}</h3><figcaption>名</figcaption></figure>", ["p"]),
        ("<figure>{0}<figcaption><p>名</p><p>另一行</p></figcaption></figure>", ["p", "p"]),
    ],
    ids=["nested", "link", "code", "in a link", "heading", "name in paragraphs"],
)
def test_no_figure_is_left_in_a_fragment_and_no_paragraph_stands_in_a_line(figure, expected):
    picture = '<img alt="图" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    body = f'<div class="report">{figure.format(picture)}</div>'
    made = to_fragment(Page("报告", "", None, None, body))
    assert "figure" not in made
    assert "figcaption" not in made
    assert made.count("<img") == figure.count("{0}")
    assert re.findall(r"<(p|a|pre)\b", made) == expected
