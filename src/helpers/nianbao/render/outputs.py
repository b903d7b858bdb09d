"""Turn an executed notebook into its page: its Markdown and its cells' outputs, without code and prompts."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.filters.ansi import strip_ansi

from nianbao import markdown
from nianbao.bundle import MIME, Bundle
from nianbao.errors import RenderError
from nianbao.render.clean import clean, framed
from nianbao.render.page import Page
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

NO_REPORT = Bundle("", "", 0, None, State.DRAFT)
IMAGES = ("image/svg+xml", "image/png", "image/jpeg")


def page_of(notebook: NotebookNode) -> Page:
    """The page of an executed notebook; a notebook that shows no report makes an untitled draft.

    Raises
    ------
    RenderError
        When a cell failed, or Markdown cannot be typeset.
    """
    about = next((Bundle.from_json(data[MIME]) for data in _all_data(notebook) if MIME in data), NO_REPORT)
    return Page.of(about, "\n".join(_fragments(notebook, about.state is State.DRAFT)))


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
    """One output in its best form, as HTML; stderr is left out, because it is not for the public."""
    if output.output_type == "stream":
        if output.name == "stdout":
            yield f"<pre>{escape(strip_ansi(output.text))}</pre>"
        return
    data = output.get("data", {})
    image = next((kind for kind in IMAGES if kind in data), None)
    if MIME in data:
        if draft:
            yield clean(data["text/html"].partition("</style>")[2])
    elif "text/html" in data:
        yield framed(data["text/html"])
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
