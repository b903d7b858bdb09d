"""Figures of a notebook that imports nianbao: style and font, drawings, captions and alternative texts."""

import base64
import io
import os
import re
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
from fontTools.ttLib import TTFont
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from pypdf import PdfReader

import readers
from cases import each
from nianbao import drawings, figures, fonts
from nianbao.figures import NO_TEXT, numbered
from nianbao.onpages import NAMELESS
from nianbao.render.exporters import to_html
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from project import add_cell, make, nianbao, states
from published import loaded, squeezed

RUN = """
import sys, papermill
for name in sys.argv[1:]:
    papermill.execute_notebook(f"{name}.ipynb", f"{name}.ipynb", engine_name="nianbao", progress_bar=False)
"""
USES = "from nianbao import describe"
LINES = """
import pandas as pd
frame = pd.DataFrame({"收到": [1, None, 3], "结转": [2, 2, 2]}, index=["2019", "2020", "2021"])
frame.plot(title="收到和结转的申请")
"""
SEVERAL = (
    USES,
    LINES,
    "axes = frame.plot(); describe(axes, caption='申请数量', alt='三年的申请数量，2020年没有数据')",
    "frame.plot()",
    "import matplotlib.pyplot as plt\nplt.scatter(range(60_000), range(60_000))\nplt.title('许多点')",
    "frame.plot(subplots=True, title=['甲', '乙'])[0]",
    r"frame.plot(title=r'每人 $\alpha \leq \frac{a+b}{2}$')",
)
PLOT = "import matplotlib.pyplot as plt\n"
STYLED = f"{PLOT}plt.rcParams['font.family'][0], plt.rcParams['axes.titlesize']"
DRESSED = "('Noto Sans SC', 10.0)"
CHANGED = f"{PLOT}plt.style.use('default')\nplt.rcParams['font.family'] = 'serif'\n"
CHANGED += "plt.rcParams['font.sans-serif'] = ['SimHei']\n_ = plt.title('季度收入 {}')\nplt.show()"
FORMULA = PLOT + "plt.plot([1])\nplt.title('{} $x^2$')\nplt.show()"
SIZE = "plt.rcParams['figure.figsize']"
NOTEBOOKS = {
    "several": SEVERAL,
    "no font": (USES, PLOT, "plt.plot([1, 2]); plt.xlabel('\U0001f980笑')"),
    "plain": (f"{PLOT}plt.plot([1, 2])\nplt.rcParams['font.family'], plt.rcParams['font.size']",),
    "changed": tuple(CHANGED.replace("{}", more) for more in ("", "\N{GRINNING FACE}")),
    "formula": tuple(FORMULA.replace("{}", one) for one in ("季度 A", "\U0001f980")),
    "before": (
        PLOT, USES, f"{SIZE} = (3, 2)", "plt.plot([1]); plt.title('甲')", USES, f"{SIZE}, plt.rcParams['font.family'][0]",
    ),
    "the package": ("import nianbao", STYLED),
    "a room": ("import matplotlib", "import nianbao.errors", STYLED),
}  # fmt: skip


def run(folder, notebooks, **environment):
    """Notebooks of some cells, by name, each run in a fork of one process that has a home of its own."""
    home = folder / "home"
    home.mkdir(parents=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for name, cells in notebooks.items():
        made = new_notebook(cells=list(map(new_code_cell, cells)), metadata={"kernelspec": kernel})
        nbformat.write(made, folder / f"{name}.ipynb")
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""} | environment
    words = [sys.executable, "-c", RUN, *notebooks]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: nbformat.read(folder / f"{name}.ipynb", 4) for name in notebooks}


@pytest.fixture(scope="module")
def both(once):
    """What two processes have drawn, the second one only the notebook of several figures; and the home of the second.

    Without nianbao matplotlib writes into the home of the first.
    """
    return once("drawn", draw)[1]


def draw(root):
    first = run(root / "one", NOTEBOOKS, PYTHONHASHSEED="0")
    second = run(root / "another", {"several": SEVERAL}, PYTHONHASHSEED="1")
    return first, second, root / "another" / "home"


@pytest.fixture(scope="module")
def drawn(both):
    return both[0]


def pictures(notebook):
    found = (re.findall(r'data:image/([a-z+]+);base64,([^"]*)', html) for html in shown_html(notebook))
    return [(kind, base64.b64decode(data)) for one in found for kind, data in one]


def alternatives(element):
    """The alternative texts below an element of a PDF's tags, in order."""
    element = element.get_object()
    if not hasattr(element, "get"):
        return
    if "/Alt" in element:
        yield str(element["/Alt"])
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from alternatives(kid)


def shown_html(notebook):
    return [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    ]


@pytest.mark.slow
def test_figures_are_the_same_bytes_in_every_process_and_every_home(both):
    first, second = (pictures(made["several"]) for made in both[:2])
    assert first
    assert first == second


@pytest.mark.slow
def test_nothing_is_written_into_the_users_home(both):
    assert list(both[2].rglob("*matplotlib*")) == []


@pytest.mark.slow
def test_texts_are_outlines_and_a_large_drawing_is_a_picture(drawn):
    kinds = [kind for kind, _ in pictures(drawn["several"])]
    assert kinds == ["svg+xml", "svg+xml", "svg+xml", "png", "svg+xml", "svg+xml"]
    for kind, data in pictures(drawn["several"]):
        if kind == "svg+xml":
            assert b"<text" not in data
            assert b"<date" not in data
            drawings.judged(data)


@pytest.mark.slow
def test_chinese_is_drawn_in_the_kits_font(drawn):
    """Matplotlib names an outline by its font and the glyph's number in it."""
    svg = pictures(drawn["several"])[0][1].decode()
    with TTFont(fonts.PINNED / "NotoSansSC-Regular.otf") as font:
        glyphs = {f"NotoSansSC-Regular-{font.getGlyphID(font.getBestCmap()[ord(char)]):x}" for char in "收到结转"}
    assert glyphs <= set(re.findall('<path id="(.*?)"', svg))


@pytest.mark.slow
def test_a_year_without_a_figure_breaks_its_line(drawn):
    """收到 has no figure in 2020, so that its two points are not joined; those of 结转 are."""
    svg = pictures(drawn["several"])[0][1].decode()
    received, carried = (
        re.search(rf'<path d="([^"]*)" clip-path="[^"]*" style="fill: none;[^"]*stroke: #{colour}', svg)[1]
        for colour in ("1f4e79", "d55e00")
    )
    assert (received.count("M"), received.count("L")) == (2, 0)
    assert carried.count("L") > 0


def test_a_figure_gets_no_number_that_a_picture_has_from_its_author():
    own = '<figure class="numbered"><img><figcaption></figcaption></figure>'
    typed = "<figure><img><figcaption>图2 各镇</figcaption></figure>"
    made, count = numbered(f"{own}{typed}{own}", 0, "zh-CN")
    assert (re.findall("<figcaption>(.*?)</figcaption>", made), count) == (["图1", "图2 各镇", "图3"], 3)


@each(
    ("titles", "shown"),
    [
        (["图1 各乡情况", ""], ["图1 各乡情况", "图2"]),
        (["图2-1 各乡情况", "各镇"], ["图2-1 各乡情况", "图3 各镇"]),
        (["图3：各乡情况", "各镇"], ["图3：各乡情况", "图4 各镇"]),
        (["图四 各乡情况", "各镇"], ["图四 各乡情况", "图5 各镇"]),
        (["附图1 各乡情况", "各镇"], ["附图1 各乡情况", "图1 各镇"]),
        (["（图１）各乡情况", "图 2  各镇", "各村"], ["（图１）各乡情况", "图 2  各镇", "图3 各村"]),
        (["图1各乡情况", "图表2 各镇", "表3 各村"], ["图1各乡情况", "图表2 各镇", "表3 各村"]),
        (["Figure 3. Towns", "Fig. 4", "Villages"], ["Figure 3. Towns", "Fig. 4", "图5 Villages"]),
        (["图书借阅", "图2024年走势"], ["图1 图书借阅", "图2 图2024年走势"]),
        (["图3年走势", "图一致"], ["图1 图3年走势", "图2 图一致"]),
        (["Figures of 3 towns", "Table 12a"], ["图1 Figures of 3 towns", "图2 Table 12a"]),
    ],
)  # fmt: skip
def test_a_number_that_a_title_begins_with_is_the_figures_number(titles, shown):
    own = '<figure class="numbered"><img><figcaption>{}</figcaption></figure>'
    made, _ = numbered("\n".join(map(own.format, titles)), 0, "zh-CN")
    assert re.findall("<figcaption>(.*?)</figcaption>", made) == shown


@pytest.mark.slow
def test_the_title_is_caption_and_alternative_text_and_the_figures_are_numbered(drawn):
    page = page_of(drawn["several"])
    captions = re.findall("<figcaption>(.*?)</figcaption>", page.body)
    assert captions == [
        "图1 收到和结转的申请",
        "图2 申请数量",
        "图3",
        "图4 许多点",
        "图5 甲；乙",
        "图6 每人 α ≤ (a+b)/2",
    ]
    alts = re.findall('<figure.*? alt="(.*?)"', page.body)
    assert alts == ["收到和结转的申请", "三年的申请数量，2020年没有数据", NO_TEXT, "许多点", "甲；乙", "每人 α ≤ (a+b)/2"]
    # What a cell ends with is not shown beside its figure.
    assert "Axes" not in page.body


@pytest.mark.slow
def test_a_figure_without_title_is_a_note_with_its_cell(drawn):
    found = page_of(drawn["several"]).findings
    assert [(one.code, str(one.severity), one.place) for one in found] == [("I502", "提示", "第4个单元格的图")]


@pytest.mark.slow
def test_captions_and_alternative_texts_are_in_html_and_pdf_alike(drawn):
    page = page_of(drawn["several"])
    made = typeset(page)
    for caption in ("图1 收到和结转的申请", "图2 申请数量", "图3", "图5 甲；乙"):
        assert caption in readers.html(to_html(page).encode())
        assert squeezed(caption) in squeezed(readers.pdf(made))
    tags = PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]
    assert list(alternatives(tags)) == re.findall('<figure.*? alt="(.*?)"', page.body)


@pytest.mark.slow
def test_a_character_that_no_font_has_is_named_below_its_figure_and_found(drawn):
    ran = drawn["no font"]
    page = page_of(ran)
    assert "“〔U+1F980〕笑”" in page.body
    assert ["I502", "W503"] == [one.code for one in page.findings]
    report = page_of(new_notebook(cells=[loaded(), *ran.cells], metadata=ran.metadata))
    assert ["I502", "E505"] == [one.code for one in report.findings]
    assert "“〔U+1F980〕笑”" in report.findings[1].found


@pytest.mark.slow
def test_a_notebook_that_does_not_import_nianbao_draws_as_matplotlib_does(drawn):
    (result, figure) = drawn["plain"].cells[0].outputs
    assert result.data["text/plain"] == "(['sans-serif'], 10.0)"
    assert set(figure.data) == {"image/png", "text/plain"}


@pytest.mark.slow
def test_chinese_is_no_boxes_where_nianbao_is_not_imported_and_styles_are_changed(drawn):
    said = ["".join(output.get("text", "") for output in cell.outputs) for cell in drawn["changed"].cells]
    assert ["Glyph" in one for one in said] == [False, True]
    [finding] = (one for one in page_of(drawn["changed"]).findings if one.kind is not NAMELESS)
    assert (finding.code, finding.place) == ("W503", "第2个单元格")
    assert "〔U+1F600〕" in finding.found


@pytest.mark.slow
def test_chinese_beside_a_formula_is_no_box_where_nianbao_is_not_imported(drawn):
    said = ["".join(output.get("text", "") for output in cell.outputs) for cell in drawn["formula"].cells]
    assert ["glyph" in one for one in said] == [False, True]
    [finding] = (one for one in page_of(drawn["formula"]).findings if one.kind is not NAMELESS)
    assert (finding.code, finding.place, "〔U+1F980〕" in finding.found) == ("W503", "第2个单元格", True)


@pytest.mark.slow
def test_matplotlib_may_be_imported_before_nianbao_and_styles_of_ones_own_stay(drawn):
    assert len(pictures(drawn["before"])) == 1
    assert drawn["before"].cells[-1].outputs[0].data["text/plain"] == "([3.0, 2.0], 'Noto Sans SC')"


@pytest.mark.slow
def test_whatever_a_notebook_imports_of_nianbao_its_figures_are_in_the_house_style(drawn):
    shown = [drawn[name].cells[-1].outputs[0].data["text/plain"] for name in ("the package", "a room")]
    assert shown == [DRESSED, DRESSED]


@pytest.mark.slow
def test_the_standard_kernel_draws_in_the_house_style_too(tmp_path):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(one) for one in ("import nianbao", STYLED, "plt.plot([1]); plt.title('甲')")]
    ran = NotebookClient(new_notebook(cells=cells, metadata={"kernelspec": kernel})).execute(cwd=str(tmp_path))
    assert DRESSED == ran.cells[1].outputs[0].data["text/plain"]
    assert "<figcaption>甲</figcaption>" in shown_html(ran)[-1]


def test_colours_of_lines_differ_in_lightness_so_that_they_print_in_grey():
    """By relative luminance: neighbours in the order of use are well apart."""
    hexes = re.findall(r'"([0-9a-f]{6})"', re.search("prop_cycle: .*", figures.STYLE.read_text("utf-8"))[0])
    grey = [sum(w * int(one[at : at + 2], 16) for w, at in ((0.2126, 0), (0.7152, 2), (0.0722, 4))) for one in hexes]
    assert all(abs(one - other) > 25 for one, other in pairwise(grey))


def test_no_figure_is_made_ready_outside_of_a_notebook():
    script = "import sys, nianbao; nianbao.Finding; print('nianbao.figures' in sys.modules, len(sys.meta_path))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded, count = done.stdout.split()
    plain = subprocess.run(
        [sys.executable, "-c", "import sys; print(len(sys.meta_path))"], capture_output=True, text=True, check=True
    )
    assert (loaded, count) == ("False", plain.stdout.strip())


@pytest.mark.slow
def test_a_figure_in_a_report_is_published_and_proved_as_the_report_is(tmp_path):
    """No cell names matplotlib, which pandas imports, and several reports are built from one fork server."""
    folder = make(tmp_path, years=("2019", "2020", "2021"))
    add_cell(folder, "document.report.frame.value.dropna().astype(float).head(5).plot(title='前五格')")
    assert set(states("build", "--bureau", "shili-jyj", "--jobs", "2", cwd=folder).values()) == {"已发布"}
    assert set(states("verify", "--bureau", "shili-jyj", cwd=folder).values()) == {"一致"}
    html = (folder / "outputs" / "shili-jyj" / "2020" / "report.html").read_text("utf-8")
    assert "<figcaption>图1 前五格</figcaption>" in html
    add_cell(folder, "document.report.frame.value.dropna().astype(float).head(5).plot()")
    add_cell(folder, "from IPython.display import IFrame\nIFrame('https://a.test', 9, 9)")
    out, _ = nianbao("build", "--bureau", "shili-jyj", "--year", "2020", "--format", "json", cwd=folder)
    assert {"I502", "W503"} <= {*re.findall(r"\b[A-Z][0-9]{3}\b", out)}
