"""nbconvert's exporters of the kit: a notebook as its published page, in HTML, PDF and DOCX."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import Bool, Unicode

from nianbao.findings import Severity
from nianbao.notes import NOTE_MARK
from nianbao.onpages import LACKING, UNSHOWN
from nianbao.paths import TEMPLATES
from nianbao.render import docx, folios, pdf, unparted
from nianbao.render.cells import View
from nianbao.render.frames import without_blank_heads
from nianbao.render.outputs import page_of
from nianbao.render.page import OWN, attribute
from nianbao.render.reached import reached
from nianbao.render.verdict import Verdict

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from nianbao.render.page import Page


_MORE = attribute("class", '(?:code|unshown|failed|markdown-alert|math|footnote|ansi-)[^"]*')
_CODE = re.compile(r"<(?:code|pre)\b")
# Between the number of an attachment and its title, which stand apart on paper, there is a sign in a line of text only.
_BETWEEN = re.compile('([：:、．.]\\s*)(<span class="title-part">)')
_CHAPTER, _ID, _TAG = re.compile("<h2([^>]*)>(.*?)</h2>", re.S), re.compile(' id="([^"]*)"'), re.compile("<[^>]*>")
_OWNED = attribute(OWN)  # which tells Word documents that come back of the notebook, and readers nothing
# A heading of words alone, and where its lines end best: behind marks but the one of its numeral, and before 行政复议.
_HEADING, _CLAUSE = (
    re.compile(r"(<h[2-6]\b[^>]*>)([^<]+)(?=</h)"),
    re.compile("(?<=[、，；：])(?<!^[一二三四五六七八九十]、)(?=.)|(?<=公开)(?=行政复议)"),
)
# The label of a row, or of all rows, that takes their three columns: of these a phone shows two when the table is moved.
_LABEL = re.compile(r'(<th\b[^>]* colspan="3"[^>]*>)([^<]+)(?=</th>)')
_DRAWING = re.compile(r'(?<=<figure class="numbered">)<img\b[^>]*>')
_LONG_PART = re.compile('<span class="title-part">(?=[^<]{18,20}</span>)')  # which a phone shows whole in smaller letters
_FIRST_HEADING = re.compile("<h[2-6]")
# A paragraph, and a word in it, such as an address, above which a line that fills the page would be spread out.
_PARAGRAPH, _ADDRESS = re.compile('<p( style="[^"]*")?>(.*?)</p>', re.S), re.compile("[!-~]{24}")
_LOGGED = {UNSHOWN, LACKING}  # which the cells have told already
FEWEST = 3  # chapters that are worth a contents list
# The options that tell a preprocessor what to remove; nbconvert enables these two always.
_TOLD_BY = {"remove_cell_tags", "remove_all_outputs_tags", "remove_single_output_tags", "remove_input_tags", "patterns"}


class NianbaoHTMLExporter(TemplateExporter):
    """``jupyter nbconvert --to nianbao-html``: the published page, without code (unless asked for), prompts and scripts."""

    export_from_notebook = "政府信息公开年度报告 (HTML)"
    output_mimetype = "text/html"
    template_name = Unicode("nianbao")
    exclude_input = Bool(True, help="Leave out the code of cells.").tag(config=True)
    extra_template_basedirs = [str(TEMPLATES)]  # noqa: RUF012  nbconvert makes a trait of it

    def _file_extension_default(self) -> str:
        return ".html"

    def _template_extension_default(self) -> str:
        return ".html.j2"

    def _init_preprocessors(self) -> None:
        """Keep the preprocessors that do something: each one, even if it is switched off, validates the whole notebook."""
        super()._init_preprocessors()
        self._preprocessors: Any = [one for one in self._preprocessors if _does_something(one)]

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        return super()._preprocess(nb, resources) if self._preprocessors else (nb, resources)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """The page as HTML and nbconvert's resources; raises `RenderError` when it cannot be published."""
        made, resources = self._with_page(nb, resources, **kw)
        return self.template.render(nb=made, resources=resources), resources

    def _with_page(self, nb: NotebookNode, resources: Any, **kw: Any) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as nbconvert's preprocessors leave it, and its resources with the page."""
        # nbconvert's own step from the notebook to the template is left out: it is a page that the template gets.
        made, resources = super(TemplateExporter, self).from_notebook_node(nb, resources, **kw)
        about = resources["metadata"]
        folders = (Path(about["path"]),) if about.get("path") is not None else ()
        view = View(folders, with_code=not self.exclude_input, name=about.get("name", ""))
        page = page_of(self._without_excluded(made), view)
        for one in page.findings:
            if one.severity is not Severity.NOTE and one.kind not in _LOGGED:
                self.log.warning("%s", one)
        resources.update(_resources(page))
        return made, resources

    def _without_excluded(self, nb: NotebookNode) -> NotebookNode:
        """The notebook, a copy already, without what nbconvert's options exclude."""
        excluded = {"markdown": self.exclude_markdown, "code": self.exclude_code_cell, "raw": self.exclude_raw}
        nb.cells = [cell for cell in nb.cells if not excluded.get(cell.cell_type)]
        for cell in nb.cells:
            if self.exclude_output and "outputs" in cell:
                cell.outputs = []
        return nb

    def render(self, page: Page) -> str:
        """The page as one self-contained HTML file."""
        text: str = self.template.render(nb=None, resources=_resources(page))
        return text


class NianbaoPDFExporter(NianbaoHTMLExporter):
    """``jupyter nbconvert --to nianbao-pdf``: the same page as an official A4 document."""

    export_from_notebook = "政府信息公开年度报告 (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, dict[str, Any]]:  # type: ignore[override]  # text in nbconvert
        """The PDF's bytes and nbconvert's resources; raises `RenderError` as for HTML, and when the PDF cannot be made."""
        _, resources = self._with_page(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return pdf.typeset(resources["page"]), resources


class NianbaoDOCXExporter(NianbaoHTMLExporter):
    """``jupyter nbconvert --to nianbao-docx``: the same page as a Word document."""

    export_from_notebook = "政府信息公开年度报告 (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, dict[str, Any]]:  # type: ignore[override]  # text in nbconvert
        """The DOCX's bytes and nbconvert's resources; raises `RenderError` as for HTML, and when it cannot be made."""
        _, resources = self._with_page(nb, resources, **kw)
        resources["output_extension"] = ".docx"
        return docx.make(resources["page"]), resources


def _does_something(preprocessor: Any) -> bool:
    """Whether a preprocessor is enabled, and has tags or patterns if these tell it what to do."""
    if not getattr(preprocessor, "enabled", True):
        return False
    names = [name for name in preprocessor.trait_names() if name in _TOLD_BY] if hasattr(preprocessor, "trait_names") else []
    return not names or any(getattr(preprocessor, name) for name in names)


def _resources(page: Page) -> dict[str, Any]:
    # The page of a statutory report alone needs no more than the first two.
    more = page.state is None or _CODE.search(page.body) or _MORE.search(page.body)
    names = ("page.css", "report.css", "notebook.css")[: 3 if more else 2]
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in names)
    verdict = Verdict.of(page)
    css += (TEMPLATES / "draft.css").read_text("utf-8") if verdict.entries else ""
    body = _OWNED.sub(r"\1", unparted.pieced(verdict.marked(page.body)))
    body = _DRAWING.sub(r'<div class="wide drawn">\g<0></div>', folios.filled(body))
    body = reached(without_blank_heads(body), page.is_chinese)
    if "<h1" not in body:  # the first heading is the page's title
        body = _FIRST_HEADING.sub(r'\g<0> aria-level="1"', body, count=1)
    body = _LONG_PART.sub('<span class="title-part long">', body)
    body, contents = _with_contents(unparted.with_chances(unparted.held_in_cells(body)))
    body = _PARAGRAPH.sub(_uneven, body)
    body = _LABEL.sub(r'\1<span class="label">\2</span>', _HEADING.sub(lambda one: one[1] + _in_clauses(one[2]), body))
    return {"page": page, "css": css, "body": body, "contents": contents}


def _uneven(paragraph: re.Match[str]) -> str:
    look, words = paragraph[1] or "", paragraph[2]
    return f'<p class="uneven"{look}>{words}</p>' if _ADDRESS.search(_TAG.sub("", words)) else paragraph[0]


def _in_clauses(heading: str) -> str:
    clauses = _CLAUSE.split(heading)
    return "".join(f'<span class="clause">{one}</span>' for one in clauses) if len(clauses) > 1 else heading


def _with_contents(body: str) -> tuple[str, list[tuple[str, str]]]:
    """The page's body with an id at each chapter's heading, and the contents list: id and text (HTML) of each."""
    contents: list[tuple[str, str]] = []

    def named(heading: re.Match[str]) -> str:
        known = _ID.search(heading[1])
        name = _TAG.sub("", NOTE_MARK.sub("", heading[2])).strip()
        contents.append((known[1] if known else f"chapter-{len(contents) + 1}", name))
        shown = _BETWEEN.sub(r'<span class="unseen">\1</span>\2', heading[2], count=1)
        return heading[0] if known else f'<h2 id="{contents[-1][0]}"{heading[1]}>{shown}</h2>'

    body = _CHAPTER.sub(named, body)
    return body, [(one, _in_clauses(name)) for one, name in contents if name] if len(contents) >= FEWEST else []


@lru_cache
def _exporter() -> NianbaoHTMLExporter:
    """The one exporter of this process, its template compiled once."""
    return NianbaoHTMLExporter(default_preprocessors=[])


def to_html(page: Page) -> str:
    """The page as one self-contained HTML file."""
    return _exporter().render(page)
