"""An executed notebook → one self-contained HTML page, the one rendered document; the only importer of nbconvert."""

from __future__ import annotations

import base64
import json
import re
import sys
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat.v4
import nh3
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode
from traitlets import List, Unicode

from helpers import markdown, pdf
from helpers.document import MIME
from helpers.errors import RenderError
from helpers.paths import PACKAGE, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator


UNTITLED = "未命名报告"
IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_RANDOM_IDS = re.compile(r'id=\\"(T_[0-9a-f]{5})\\"'), re.compile(r'id=\\"([cmp][0-9a-f]{10})\\"')
_RANDOM = (
    (re.compile(r"<dc:date>[^<]*</dc:date>"), ""),
    (re.compile(r"[^\s\"']*ipykernel_\d+[/\\]+\d+\.py"), "<cell>"),
    (re.compile(r"(?<= at )0x[0-9a-fA-F]{6,}\b"), "0x0"),
)
_CSS_LOADS = re.compile(r"@import|(url|src|image-set|image|element|cross-fade)\s*\(", re.I)
_PANDAS_SIZE = re.compile(r"<p>\d+ rows × \d+ columns</p>\s*")
_CELL = {"colspan", "rowspan", "headers", "scope"}


def _safe_attribute(_: str, name: str, value: str) -> str | None:
    """Nothing in a page comes from elsewhere: images are inline, styles load nothing."""
    if name == "src" and not value.startswith("data:image/"):
        return None
    return _without_loads(value) if name == "style" else value


def _without_loads(css: str) -> str:
    return _CSS_LOADS.sub("none(", css.replace("\\", ""))


_CLEAN = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"details", "summary", "style", "figure", "figcaption", "colgroup", "col", "caption", "section"},
    clean_content_tags={"script"},
    attributes={"*": {"class", "id", "style", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
                "td": _CELL, "th": _CELL, "ol": {"start"}, "details": {"open"}, "col": {"span"}, "colgroup": {"span"}},
    attribute_filter=_safe_attribute,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)  # fmt: skip


class NianbaoHTMLExporter(TemplateExporter):
    """``jupyter nbconvert --to nianbao-html``: the published page, without code, prompts, scripts or parameters."""

    export_from_notebook = "政府信息公开年度报告 (HTML)"
    output_mimetype = "text/html"
    template_name = Unicode("nianbao")
    # Every preprocessor validates the whole notebook, also one that is switched off; none is used here.
    default_preprocessors: Any = List([])
    extra_template_basedirs = [str(TEMPLATES)]  # noqa: RUF012  a traitlet

    def _file_extension_default(self) -> str:
        return ".html"

    def _template_extension_default(self) -> str:
        return ".html.j2"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """The page and nbconvert's resources; `RenderError` when a cell failed or Markdown cannot be set."""
        return super().from_notebook_node(nb, {**(resources or {}), "page": _page(nb)}, **kw)


class NianbaoPDFExporter(NianbaoHTMLExporter):
    """``jupyter nbconvert --to nianbao-pdf``: the same page as an official A4 document."""

    export_from_notebook = "政府信息公开年度报告 (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, dict[str, Any]]:  # type: ignore[override]
        """The PDF's bytes and nbconvert's resources."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return pdf.typeset(page, resources["page"]), resources


@lru_cache
def exporter() -> NianbaoHTMLExporter:
    """The one exporter of this process, its template compiled once."""
    return NianbaoHTMLExporter()


def html(notebook: NotebookNode) -> tuple[str, dict[str, Any]]:
    """The published page, and what it knows of the report: title, bureau, date, draft."""
    page, resources = exporter().from_notebook_node(notebook)
    return page, resources["page"]


def _page(notebook: NotebookNode) -> dict[str, Any]:
    """Everything the page template prints; a notebook that shows no report has no state and counts as a draft."""
    report: dict[str, Any] = next(
        (data[MIME] for data in _all_data(notebook) if MIME in data), {"title": UNTITLED, "draft": True}
    )
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("page.css", "report.css"))
    body = "\n".join(_fragments(notebook, draft=report["draft"]))
    return {"bureau": "", "date": None, **report, "title": report["title"] or UNTITLED, "css": css, "body": body}


def _all_data(notebook: NotebookNode) -> Iterator[Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _fragments(notebook: NotebookNode, draft: bool) -> Iterator[str]:
    for index, cell in enumerate(notebook.cells, 1):
        if "notes" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and cell.source.strip():
            yield _markdown(_with_attachments(cell), f"cell {index}")
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise RenderError(f"cell {index} failed: {output.ename}: {output.evalue}")
            yield from _output(output, draft, f"cell {index}")


def _markdown(text: str, where: str) -> str:
    body, faults = markdown.to_html(text, where, 1, Path())
    if faults:
        raise RenderError("\n".join(map(str, faults)))
    return f'<div class="report">{body}</div>'


def _with_attachments(cell: NotebookNode) -> str:
    """A Markdown cell's source with the images pasted into it."""
    source: str = cell.source
    for name, data in cell.get("attachments", {}).items():
        for kind, raw in data.items():
            source = source.replace(f"(attachment:{name})", f"(data:{kind};base64,{''.join(raw.split())})")
    return source


def _output(output: NotebookNode, draft: bool, where: str) -> Iterator[str]:
    """One output's best form; stderr is for the notebook, not for the public."""
    if output.output_type == "stream":
        if output.name == "stdout":
            yield f"<pre>{escape(strip_ansi(output.text))}</pre>"
        return
    data = output.get("data", {})
    image = next((kind for kind in IMAGES if kind in data), None)
    if MIME in data:
        if draft:
            yield _CLEAN.clean(data["text/html"].partition("</style>")[2])
    elif "text/html" in data:
        yield _html(data["text/html"])
    elif image:
        raw = data[image] if image != IMAGES[0] else base64.b64encode(data[image].encode()).decode()
        said = data.get("text/plain", "")
        alt = "图" if said.startswith("<") or not said else said
        picture = f'<p><img src="data:{image};base64,{"".join(raw.split())}" alt="{escape(alt)}"></p>'
        yield f'<div class="report">{picture}</div>'
    elif "text/markdown" in data:
        yield _markdown(data["text/markdown"], where)
    elif data.get("text/plain"):
        yield f"<pre>{escape(strip_ansi(data['text/plain']))}</pre>"


def _html(fragment: str) -> str:
    """An output's HTML, cleaned; what is not the kit's own gets the report's look and scrolls when it is too wide."""
    clean = _CLEAN.clean(fragment)
    if clean.startswith('<div class="report">') or not clean.strip():
        return clean
    if "<style" in clean:
        clean = re.sub(r"<style.*?</style>", lambda style: _without_loads(style[0]), clean, flags=re.S)
    return f'<div class="report"><div class="scroll">{_PANDAS_SIZE.sub("", clean)}</div></div>'


def tidy(notebook: NotebookNode, folder: Path | None = None) -> str:
    """An executed notebook's file as it is published: no time, duration, path or user, the same bytes from every run.

    What it touches is all there is to normalise: papermill's and nbclient's records of the run, the id of the injected
    cell, the Python version; random ids of Stylers and of matplotlib's SVG, and its date; addresses of objects; the name
    ipykernel gives a cell; and in texts the ``folder`` it ran in and the folders of this machine.
    """
    metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    cells = [_tidied(cell, index) for index, cell in enumerate(notebook.cells)]
    tidied = NotebookNode(notebook, cells=cells, metadata=metadata, nbformat_minor=max(5, notebook.nbformat_minor))
    text: str = nbformat.v4.writes(tidied, ensure_ascii=False)
    for pattern, shown in _RANDOM:
        text = pattern.sub(shown, text)
    for kind in _RANDOM_IDS:
        for number, name in enumerate(dict.fromkeys(kind.findall(text))):
            text = text.replace(name, f"{name[0]}_{number:05x}")
    for path, shown in ((folder, "."), (sys.prefix, "<python>"), (PACKAGE.parent, "<nianbao>"), (Path.home(), "~")):
        if path and len(Path(path).parts) > 1:
            text = re.sub(re.escape(json.dumps(str(path), ensure_ascii=False)[1:-1]) + r"(?![\w.-])", shown, text)
    return text + "\n"


def _tidied(cell: NotebookNode, index: int) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    name = "injected-parameters" if "injected-parameters" in tags else cell.get("id", f"cell-{index}")
    return NotebookNode(cell, metadata={"tags": tags} if tags else {}, id=name)
