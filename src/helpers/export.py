"""An executed notebook → one self-contained HTML page → PDF; the only importer of nbconvert, pandoc and typst.

HTML is the one rendered document. PDF is made from that very page (pandoc to Typst markup, Typst to PDF), so the two cannot
disagree, and whatever an analyst adds to the notebook reaches both.
"""

from __future__ import annotations

import base64
import copy
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import nh3
import pylopdf_fonts_zh_cn
import pypandoc
import typst
from fontTools.ttLib import TTCollection, TTFont
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import Unicode

from helpers import markdown
from helpers.document import MIME
from helpers.errors import RenderError
from helpers.paths import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

PINNED_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
FONT_FILES = {".otf", ".ttf", ".ttc", ".otc"}
IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_STYLER = re.compile(r"T_([0-9a-f]{5})\b")
_CELL = {"colspan", "rowspan", "headers", "scope"}
_CLEAN = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"details", "summary", "style", "figure", "figcaption", "colgroup", "col", "caption", "section"},
    clean_content_tags={"script"},
    attributes={"*": {"class", "id", "style", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
                "td": _CELL, "th": _CELL, "ol": {"start"}, "details": {"open"}, "col": {"span"}, "colgroup": {"span"}},
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)  # fmt: skip


class NianbaoHTMLExporter(TemplateExporter):
    """``jupyter nbconvert --to nianbao-html``: the published page, without code, prompts, scripts or parameters."""

    export_from_notebook = "政府信息公开年度报告 (HTML)"
    output_mimetype = "text/html"
    template_name = Unicode("nianbao")
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
        return pdf(page, resources["page"]), resources


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
        (data[MIME] for data in _all_data(notebook) if MIME in data), {"title": "未命名报告", "draft": True}
    )
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("page.css", "report.css"))
    body = "\n".join(_fragments(notebook, draft=report["draft"]))
    return {"bureau": "", "date": None, **report, "css": css, "body": body}


def _all_data(notebook: NotebookNode) -> Iterator[Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _fragments(notebook: NotebookNode, draft: bool) -> Iterator[str]:
    for index, cell in enumerate(notebook.cells, 1):
        if "notes" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and cell.source.strip():
            body, faults = markdown.to_html(cell.source, f"cell {index}", 1, Path())
            if faults:
                raise RenderError("\n".join(map(str, faults)))
            yield f'<div class="report">{body}</div>'
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise RenderError(f"cell {index} failed: {output.ename}: {output.evalue}")
            yield from _output(output, draft)


def _output(output: NotebookNode, draft: bool) -> Iterator[str]:
    """One output's best form; stderr is for the notebook, not for the public."""
    if output.output_type == "stream":
        if output.name == "stdout":
            yield f"<pre>{escape(output.text)}</pre>"
        return
    data = output.get("data", {})
    image = next((kind for kind in IMAGES if kind in data), None)
    if MIME in data:
        if draft:
            yield _CLEAN.clean(data["text/html"].partition("</style>")[2])
    elif "text/html" in data:
        yield _without_loads(_CLEAN.clean(data["text/html"]))
    elif image:
        raw = data[image] if image != IMAGES[0] else base64.b64encode(data[image].encode()).decode()
        yield f'<p><img src="data:{image};base64,{"".join(raw.split())}" alt="{escape(data.get("text/plain", "图"))}"></p>'
    elif "text/markdown" in data:
        yield f'<div class="report">{markdown.to_html(data["text/markdown"], "output", 1, Path())[0]}</div>'
    elif data.get("text/plain"):
        yield f"<pre>{escape(data['text/plain'])}</pre>"


def _without_loads(fragment: str) -> str:
    """Style sheets in outputs (a Styler's) must not load anything from elsewhere."""
    return fragment.replace("@import", "").replace("url(", "(") if "<style" in fragment else fragment


def tidy(notebook: NotebookNode) -> NotebookNode:
    """An executed notebook as it is published: no time, duration, path or user, and the same bytes from every run.

    What it touches is all there is to normalise: papermill's and nbclient's records of the run, the id of the injected
    cell, the Python version, a Styler's random ids, and folders of this machine in texts.
    """
    tidied = copy.deepcopy(notebook)
    tidied.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    for index, cell in enumerate(tidied.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        cell.id = "injected-parameters" if "injected-parameters" in tags else cell.get("id", f"cell-{index}")
    text = nbformat.writes(tidied)
    for number, name in enumerate(dict.fromkeys(_STYLER.findall(text))):
        text = text.replace(name, f"{number:05x}")
    for folder, shown in ((sys.prefix, "<python>"), (str(Path.home()), "~")):
        text = text.replace(json.dumps(folder)[1:-1] + "/", f"{shown}/")
    return nbformat.reads(text, 4)


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook in nbformat's own layout."""
    nbformat.write(notebook, path)


def font_dirs(fonts: Path | None) -> list[Path]:
    """Where Typst looks for fonts, the official families first."""
    return ([fonts] if fonts else []) + [PINNED_FONTS]


@lru_cache
def covered(directory: Path) -> frozenset[int]:
    """The code points a folder's fonts have glyphs for."""
    points: set[int] = set()
    for path in sorted(directory.iterdir()):
        if path.suffix.lower() in FONT_FILES:
            fonts = (
                TTCollection(path, lazy=True).fonts if path.suffix.lower() in {".ttc", ".otc"} else [TTFont(path, lazy=True)]
            )
            for font in fonts:
                # Only the characters matter: made-up glyph names spare reading the outlines for the real ones.
                font.setGlyphOrder([str(index) for index in range(font["maxp"].numGlyphs)])
                points |= font.getBestCmap().keys()
    return frozenset(points)


def check_glyphs(page: str, fonts: Path | None = None) -> None:
    """Refuse a page with a character that no font of the PDF has.

    Raises
    ------
    RenderError
        Naming each such character and the text around it: tofu is never printed.
    """
    known = frozenset().union(*map(covered, font_dirs(fonts)))
    text = markdown.plain_text(page.partition("<main>")[2])
    missing = sorted({char for char in text if ord(char) not in known and not char.isspace()})
    if missing:
        raise RenderError("\n".join(_tofu(char, text) for char in missing))


def _tofu(char: str, text: str) -> str:
    at = text.index(char)
    near = text[max(0, at - 12) : at + 13].replace("\n", " ")
    name = unicodedata.name(char, "unnamed")
    return f"字体缺字：“{char}”（U+{ord(char):04X} {name}），见“{near}”。换一个字，或用 --fonts 指定含有该字的字体文件夹。"


def pdf(page: str, about: dict[str, Any], fonts: Path | None = None) -> bytes:
    """The page as PDF: A4, pinned fonts only (or those of ``fonts`` before them), tagged, with bookmarks.

    Parameters
    ----------
    page : str
        What `html` returned first.
    about : dict
        What it returned second; ``title``, ``bureau``, ``date`` and ``draft`` go into the document.

    Raises
    ------
    RenderError
        For a character without a glyph, or when pandoc or Typst refuses the page.
    """
    check_glyphs(page, fonts)
    day = date.fromisoformat(about["date"]) if about["date"] else date(1970, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        body = _to_typst(page, root)
        (root / "report.typ").write_text((TEMPLATES / "report.typ").read_text("utf-8"), "utf-8")
        (root / "main.typ").write_text(_preamble(about, day) + body, "utf-8")
        try:
            return typst.compile(
                str(root / "main.typ"),
                root=folder,
                font_paths=[str(path) for path in font_dirs(fonts)],
                ignore_system_fonts=True,
                timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
                pdf_standards=["a-2a", "ua-1"],
            )
        except typst.TypstError as error:
            raise RenderError(f"Typst cannot set the page: {error}") from error


def _preamble(about: dict[str, Any], day: date) -> str:
    texts = {key: str(about[key]).replace("\\", "\\\\").replace('"', '\\"') for key in ("title", "bureau")}
    when = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
    return (
        '#import "report.typ": *\n'
        f'#show: report.with(title: "{texts["title"]}", author: "{texts["bureau"]}", date: {when}, '
        f"draft: {str(about['draft']).lower()})\n"
    )


def _to_typst(page: str, folder: Path) -> str:
    body = page.partition("<main>")[2].partition('<p class="tools">')[0]
    # Runs in the folder: pandoc writes the images it extracts there, under names Typst can resolve.
    command = [
        pypandoc.get_pandoc_path(),
        "--from=html+east_asian_line_breaks",
        "--to=typst",
        "--wrap=none",
        "--extract-media=media",
        f"--lua-filter={TEMPLATES / 'report.lua'}",
    ]
    done = subprocess.run(command, input=body.encode(), capture_output=True, cwd=folder, check=False)
    if done.returncode:
        raise RenderError(f"pandoc cannot read the page: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()
