"""What readers see: the page in a browser, on paper and on a phone, and the PDF as poppler reads it."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

import paper
from looking import BOTTOM, DESK, LEFT, PHONE, RIGHT, TOP, ink, poppler, text
from making import BODY, write
from nianbao.render import formats
from nianbao.render.pdf import typeset
from project import ROOT, edit, nianbao
from published import notebook, rendered, squeezed

pytestmark = pytest.mark.browser

DINGXI, SHILI = ("dingxi-nyncj", "2020"), ("shili-szf", "2023")


@dataclass(frozen=True)
class Made:
    """One built report."""

    stem: Path

    @property
    def html(self):
        return self.stem.with_suffix(".html")

    @property
    def pdf(self):
        return self.stem.with_suffix(".pdf")

    @property
    def data(self):
        return json.loads(self.stem.with_suffix(".json").read_text("utf-8"))


@pytest.fixture(scope="session")
def made(once):
    """Two published reports and a draft: a signature is missing, a cell is empty, a sum is wrong."""
    root, _ = once("pages", make)
    return {
        "dingxi": Made(root / DINGXI[0] / DINGXI[1] / "report"),
        "shili": Made(root / SHILI[0] / SHILI[1] / "report"),
        "draft": Made(root / "draft" / "outputs" / "shili-szf" / "2023" / "report-draft"),
    }


def make(root):
    for bureau, year in (DINGXI, SHILI):
        nianbao("build", "--outputs", root, "--bureau", bureau, "--year", year, cwd=ROOT)
    shutil.copytree(ROOT / "notebooks", root / "draft" / "notebooks")
    shutil.copytree(ROOT / "params" / "shili-szf", root / "draft" / "params" / "shili-szf")
    folder = root / "draft" / "params" / "shili-szf" / "2023"
    edit(folder / "report.yaml", "signature: 示例市人民政府\n", "")
    edit(folder / "table2.csv", "规章,0,0,0", "规章,0,,0")
    edit(folder / "table3.csv", ",22,5,0,1,2,1,31", ",22,5,0,1,2,1,30")
    nianbao("build", "--draft", "--bureau", "shili-szf", "--year", "2023", cwd=root / "draft")


@pytest.fixture(params=["dingxi", "shili", "draft"])
def report(made, request):
    return made[request.param]


def is_draft(report):
    return "draft" in report.stem.name


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_is_self_contained_and_never_wider_than_the_screen(report, visit, viewport):
    page = visit(report.html, viewport)
    assert ([report.html.as_uri()], []) == (page.asked, page.said)
    assert ("zh-CN", 0) == (page.evaluate("document.documentElement.lang"), page.locator("script").count())
    assert viewport["width"] >= page.evaluate("document.documentElement.scrollWidth")
    # Only what stands in a box that scrolls may reach over the edge.
    edges = "all => all.filter(e => !e.closest('.scroll')).map(e => e.getBoundingClientRect().right)"
    assert viewport["width"] >= max(page.locator("main *").evaluate_all(edges))
    boxes = page.locator(".scroll").evaluate_all("all => all.map(e => [e.clientWidth, getComputedStyle(e).overflowX])")
    assert [viewport["width"] >= width and "auto" == how for width, how in boxes] == [True] * 3


def test_every_cell_is_announced_with_its_headings(report, visit):
    """A screen reader says for each cell what the report's data call its row and its column."""
    told = visit(report.html).evaluate(
        """() => [...document.querySelectorAll('.statutory td')].map(cell => {
            const heads = cell.headers.split(' ').filter(Boolean).map(id => document.getElementById(id));
            if (heads.some(head => head?.tagName !== 'TH' || head.closest('table') !== cell.closest('table'))) return null;
            const named = heads.filter(head => !head.closest('.part'));
            return [cell.closest('table').id, named.map(head => head.textContent).join(' > '), cell.textContent];
        })"""
    )
    cells = report.data["cells"]
    paths = [(cell["table"], " > ".join(filter(None, (cell["row"], cell["column"])))) for cell in cells]
    assert paths == [(table, path) for table, path, _ in told]
    values = [cell["state"] if cell["value"] is None else str(cell["value"]) for cell in cells]
    assert values == [shown for _, _, shown in told]


def test_headings_form_one_outline(report, visit):
    levels = visit(report.html).locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert 1 not in levels[1:]
    assert max(after - before for before, after in pairwise(levels)) <= 1


def test_the_print_button_prints_and_stays_off_the_paper(report, visit, tmp_path):
    page = visit(report.html)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="打印本页").click()
    assert page.evaluate("window.printed")
    assert [] == page.said
    page.emulate_media(media="print")
    assert [False, False] == [page.locator(one).is_visible() for one in (".tools", "header.site")]
    assert is_draft(report) is page.locator(".stamp").is_visible()
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    assert "A4" in poppler("pdfinfo", tmp_path / "printed.pdf")
    for left, top, right, bottom in ink(tmp_path / "printed.pdf", tmp_path):
        assert (LEFT <= left, TOP <= top, right <= RIGHT, bottom <= BOTTOM) == (True,) * 4
    # A sentence may go over a page, below which the folio and a draft's stamp stand.
    sheets = [re.sub(r"— ?\d+ ?—|草稿\s*$", "", sheet) for sheet in text(tmp_path / "printed.pdf", "-raw")]
    assert "打印本页" not in "".join(sheets)
    assert "核查发现" not in "".join(sheets)
    assert [is_draft(report)] * len(sheets) == stamps(tmp_path / "printed.pdf")
    for sentence in sentences(report):
        assert sentence in squeezed("".join(sheets))


def sentences(report):
    """Title, headings and every sentence of the text, without Markdown and white space."""
    data = report.data
    text = "\n".join([data["title"], *(part["heading"] + "\n" + part["text"] for part in data["narrative"])])
    return [
        squeezed(one) for one in re.split(r"[。\n]", unescape(re.sub(r"\*\*|^#+ ", "", text, flags=re.M))) if one.strip()
    ]


def test_the_pdf_is_a_tagged_a4_document_that_says_what_it_is(report):
    info = poppler("pdfinfo", report.pdf)
    data, reader = report.data, pypdf.PdfReader(report.pdf)
    for line in (
        "Tagged: yes",
        "Page size: 595.276 x 841.89 pts (A4)",
        f"Title: {data['title']}",
        f"Author: {data['bureau']['name']}",
    ):
        assert squeezed(line) in squeezed(info)
    assert "zh-CN" == reader.root_object["/Lang"]
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h", report.html.read_text("utf-8"))
    plain = [(int(level), unescape(re.sub("<.*?>", "", heading))) for level, heading in headings]
    assert [*plain, *[(2, "核查发现")] * is_draft(report)] == list(bookmarks(reader.outline))


def stamps(pdf):
    """Whether each sheet is stamped; poppler leaves slanted words out."""
    return ["草稿" in squeezed(page.extract_text()) for page in pypdf.PdfReader(pdf).pages]


def bookmarks(outline, level=1):
    for one in outline:
        if isinstance(one, list):
            yield from bookmarks(one, level + 1)
        else:
            yield level, one.title


def test_the_pdf_embeds_the_pinned_fonts_and_no_others(report):
    lines = [line.split() for line in poppler("pdffonts", report.pdf).splitlines()[2:]]
    # 楷体 is embedded where there are （一） headings.
    assert {"NotoSerifSC-Regular-Identity-H", "NotoSansSC-Regular-Identity-H"} == {
        line[0].partition("+")[2] for line in lines
    } - {"NianbaoKai"}
    assert [("yes", "yes", "yes")] * len(lines) == [tuple(line[-5:-2]) for line in lines]


def test_the_pdf_can_be_read_from_beginning_to_end(report):
    """Every sentence in its order, with no spaces put in; a number below every page, and on a draft the stamp."""
    for number, sheet in enumerate(text(report.pdf, "-layout"), 1):
        assert f"—{number}—" == squeezed(sheet.strip().splitlines()[-1])
    sheets = [page.extract_text() for page in pypdf.PdfReader(report.pdf).pages]
    assert [is_draft(report)] * len(sheets) == ["草稿" in squeezed(sheet) for sheet in sheets]
    assert f"{report.data['year']}年" in sheets[0]
    whole = squeezed("".join(re.sub(r"草稿|—\s*\d+\s*—\s*$", "", sheet) for sheet in sheets))
    at = 0
    for sentence in sentences(report):
        assert sentence in whole[at:]
        at = whole.index(sentence, at)
    assert whole.rindex(report.data["signature"] or "（落款未填）") > at


def test_every_row_of_a_table_is_in_the_pdf_with_its_numbers(report):
    lines = [squeezed(line) for sheet in text(report.pdf, "-layout") for line in sheet.splitlines()]
    rows = {}
    for cell in report.data["cells"]:
        rows.setdefault((cell["table"], cell["row"]), []).append(
            cell["state"] if cell["value"] is None else str(cell["value"])
        )
    for values in rows.values():
        assert any(line.endswith("".join(values)) for line in lines), values


def test_the_pdf_keeps_to_the_type_area(report, tmp_path):
    for left, top, right, bottom in ink(report.pdf, tmp_path):
        assert (LEFT <= left, TOP <= top, right <= RIGHT, bottom <= BOTTOM) == (True,) * 4


@pytest.fixture
def made_to_measure(tmp_path):
    """Build the PDF of a small report with the given text."""

    def build(narrative, **options):
        paths = write(tmp_path / "params", narrative=narrative, **options)
        words = (
            "--params",
            tmp_path / "params",
            "--outputs",
            tmp_path / "out",
            "--notebook",
            ROOT / "notebooks" / "annual_report.ipynb",
        )
        nianbao("build", "--draft", *words, cwd=tmp_path)
        folder = tmp_path / "out" / paths.bureau / str(paths.year)
        return Made(next(folder.glob("*.pdf")).with_suffix(""))

    return build


def test_a_full_page_of_text_is_22_lines_of_28_characters(made_to_measure):
    built = made_to_measure(BODY.replace("工作有序开展。", "天地玄黄宇宙洪荒日月盈昃辰宿列张" * 120))
    lines = [line for line in text(built.pdf)[1].splitlines() if line.strip() not in {"", "草", "稿"}]  # it is a draft
    assert "—2—" == squeezed(lines[-1])
    assert [28] * 22 == [len(line) for line in lines[:-1]]


@pytest.mark.parametrize("lines", range(8, 17, 2))
def test_a_table_that_runs_on_repeats_its_head_and_a_signature_never_stands_alone(made_to_measure, lines):
    built = made_to_measure(
        BODY + "\n## 三、申请\n\n" + "字" * 28 * lines + "。\n" + "\n## 六、其他\n\n" + "末" * 28 * 3 + "。\n"
    )
    told = next(at for at, sheet in enumerate(text(built.pdf)) if "核查发现" in sheet)  # it is a draft
    sheets = text(built.pdf)[:told]
    continued = [sheet for sheet in sheets if "商业" in sheet]
    assert 1 <= len(continued) <= 2
    for sheet in continued:
        assert {"申请人情况", "自然人", "总计"} <= {squeezed(line) for line in sheet.split()}
    assert "末" in sheets[-1]
    assert "示例市测试局" in sheets[-1]


def test_headings_of_the_fourth_level_are_as_the_text_in_every_format(tmp_path, visit):
    """GB/T 9704-2012: 1. and below in the face and the weight of the text."""
    page, html = rendered(notebook("# 报告\n\n## 一、甲\n\n### （一）乙\n\n#### 1.丙\n\n丁。"))
    (tmp_path / "page.html").write_text(html, "utf-8")
    seen = visit(tmp_path / "page.html")
    look = "e => ((style) => [style.fontWeight, style.fontFamily, style.fontSize])(getComputedStyle(e))"
    assert seen.locator("h4").evaluate(look) == seen.locator(".report p").first.evaluate(look)
    fragment = formats.find("fragment").make(page, None).decode()
    assert "font-weight: normal" in re.search("<h5[^>]*>1.丙", fragment)[0]
    lines = {line.text: {(one.face, one.size) for one in line.letters} for line in paper.sheets(typeset(page))[0].lines}
    assert lines["1.丙"] == lines["丁。"]
    with zipfile.ZipFile(io.BytesIO(formats.find("docx").make(page, None))) as word:
        style = re.search('<w:style [^>]*w:styleId="Heading3".*?</w:style>', word.read("word/styles.xml").decode(), re.S)[0]
    assert ("<w:b/>" in style, "<w:rFonts" in style) == (False, False)
