"""nbconvert's exporters of the kit: a notebook as its published page, in HTML and PDF."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import List, Unicode

from nianbao.paths import TEMPLATES
from nianbao.render import pdf
from nianbao.render.outputs import page_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from nianbao.render.page import Page


class NianbaoHTMLExporter(TemplateExporter):
    """``jupyter nbconvert --to nianbao-html``: the published page, without code, prompts, scripts or parameters."""

    export_from_notebook = "政府信息公开年度报告 (HTML)"
    output_mimetype = "text/html"
    template_name = Unicode("nianbao")
    # Every preprocessor, even one that is switched off, validates the whole notebook; none is used here.
    default_preprocessors: Any = List([])
    extra_template_basedirs = [str(TEMPLATES)]  # noqa: RUF012  a traitlet

    def _file_extension_default(self) -> str:
        return ".html"

    def _template_extension_default(self) -> str:
        return ".html.j2"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """The page as HTML and nbconvert's resources; raises `RenderError` for a failed cell or faulty Markdown."""
        return super().from_notebook_node(nb, {**(resources or {}), **_resources(page_of(nb))}, **kw)

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

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, dict[str, Any]]:  # type: ignore[override]
        """The PDF's bytes and nbconvert's resources; raises `RenderError` as for HTML, and when the PDF cannot be made."""
        _, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return pdf.typeset(resources["page"]), resources


def _resources(page: Page) -> dict[str, Any]:
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("page.css", "report.css"))
    return {"page": page, "css": css}


@lru_cache
def _exporter() -> NianbaoHTMLExporter:
    """The one exporter of this process, its template compiled once."""
    return NianbaoHTMLExporter()


def to_html(page: Page) -> str:
    """The page as one self-contained HTML file."""
    return _exporter().render(page)
