"""A document as an executed notebook shows it, made without a kernel; and what is on the page made from it."""

import io

import pypdfium2
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from nianbao.bundle import MIME
from nianbao.document import document
from nianbao.inputs.select import select
from nianbao.paths import ReportPaths
from nianbao.render import docx
from nianbao.render.exporters import to_html
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from project import ROOT

PARAMS = ROOT / "params"
ABOUT = {
    "title": "示例市测试局2024年政府信息公开工作年度报告",
    "bureau": "示例市测试局",
    "year": 2024,
    "findings": [],
    "date": "2025-01-20",
    "draft": False,
    "term": "政府信息",
}


def shown(**data):
    """A cell that displays something; ``html`` stands for ``text/html`` and so on."""
    kinds = {"html": "text/html", "plain": "text/plain", "md": "text/markdown", "png": "image/png", "svg": "image/svg+xml"}
    return new_code_cell("shown", outputs=[new_output("display_data", {kinds[kind]: one for kind, one in data.items()})])


def printed(text, name="stdout"):
    return new_code_cell("print", outputs=[new_output("stream", name=name, text=text)])


def loaded(**about):
    """The load cell: the panel of findings, and what the exporters read."""
    panel = '<style>p {}</style><div class="report panel"><p>核查发现：错误 1</p></div>'
    data = {MIME: ABOUT | about, "text/html": panel, "text/plain": "核查发现"}
    return new_code_cell("document", outputs=[new_output("execute_result", data)])


def notebook(*cells, **about):
    """A notebook of one loaded report and the cells."""
    return of(loaded(**about), *cells)


def of(*cells):
    cells = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def executed(root, paths):
    """The standard notebook's outputs for one report of a params folder."""
    report = document.load(paths.bureau, paths.year, root)
    bundle = report._repr_mimebundle_()
    head = new_code_cell("document", outputs=[new_output("execute_result", bundle)])
    parts = [report.title, report.preamble]
    for numeral, table in (("一", ""), ("二", "表二"), ("三", "表三"), ("四", "表四"), ("五", ""), ("六", "")):
        parts += [report.section(numeral), *([report.table(table)] if table else [])]
    return of(head, *(shown(html=part._repr_html_()) for part in (*parts, report.signature) if part._repr_html_()))


def standard_page(root, bureau, year):
    """The page of one report of a params folder, as the standard notebook shows it."""
    return page_of(executed(root, ReportPaths(root, bureau, year)))


def documents(folder):
    """Each sample's page by its name; its Word document is written into the folder."""
    pages = {f"{one.bureau}-{one.year}": standard_page(PARAMS, one.bureau, one.year) for one in select(PARAMS).reports}
    for name, page in pages.items():
        (folder / f"{name}.docx").write_bytes(docx.make(page))
    return pages


def body(page):
    """The page's own content, without the print button."""
    return page.partition("<main>")[2].rpartition('<p class="tools">')[0]


def rendered(notebook):
    """The notebook's page, and the HTML made of it."""
    page = page_of(notebook)
    return page, to_html(page)


def pdf(page, fonts=None):
    return PdfReader(io.BytesIO(typeset(page, fonts)))


def text(reader):
    """All text of a PDF without any white space."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def texts(made):
    """The text of each page of a PDF."""
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range() for page in document]


def squeezed(text):
    return "".join(text.split())


def families(reader):
    """The fonts a PDF embeds."""
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    return {font["/BaseFont"].partition("+")[2].removesuffix("-Identity-H") for font in fonts}
