"""Turn an executed notebook into its page: its Markdown and its cells' outputs, without code and prompts."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nbconvert.filters.ansi import strip_ansi

from nianbao import figures, markdown, pictures
from nianbao.bundle import MIME, Bundle
from nianbao.errors import RenderError
from nianbao.inputfiles import InputFiles
from nianbao.language import say
from nianbao.render.clean import MOST_NESTED, clean, findings, framed, too_deep
from nianbao.render.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

    from nianbao.findings import Finding

# Characters that print nothing and have no place in HTML; some readers take some of them for the punctuation of Windows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Typst takes about half a minute for so much, and the time grows faster than the page.
MOST_LINES = 60_000
IMAGES = ("image/svg+xml", "image/png", "image/jpeg")


def page_of(notebook: NotebookNode) -> Page:
    """The page of an executed notebook; see `Page.of` for its title and state.

    Raises
    ------
    RenderError
        When a cell failed, or Markdown cannot be set.
    """
    notes: list[Finding] = []
    body = _CONTROL.sub("", "\n".join(_fragments(notebook, notes)))
    return Page.of(shown_in(notebook), body, notes)


def shown_in(notebook: NotebookNode) -> list[Bundle]:
    """What the load cells of an executed notebook say of their reports, in order; raises `RenderError` where they do not."""
    data = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    try:
        return [Bundle.from_json(one[MIME]) for one in data if MIME in one]
    except ValueError as error:
        said = "a cell's output is marked as a report of nianbao's and holds something else ({why})"
        raise RenderError(say(said, why=error)) from error


def _fragments(notebook: NotebookNode, notes: list[Finding]) -> Iterator[str]:
    # Cells are counted as the author sees them: papermill's own is not one of them.
    cells = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    album, lines, count = pictures.Album(InputFiles(Path())), 0, 0
    for index, cell in enumerate(cells, 1):
        where = say("cell {count}", count=index)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                said = "{where} failed: {name}: {value}"
                raise RenderError(say(said, where=where, name=output.ename, value=output.evalue))
        try:
            shown = () if _is_tagged(cell, "cell") else tuple(_shown(cell, where))
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # no shape that Jupyter knows
            why = f"{type(error).__name__}: {error}"
            raise RenderError(say("{where}: what it shows cannot be published ({why})", where=where, why=why)) from error
        for plain in shown:
            _take(album, plain, where)
            fragment, count = figures.numbered(plain, count)
            notes += figures.nameless(fragment, index)
            lines += fragment.count("\n") + fragment.count("<") // 2
            if lines > MOST_LINES:
                said = "{where}: a page of more than {count} lines, rows and cells; show a part of them"
                raise RenderError(say(said, where=where, count=MOST_LINES))
            yield fragment


def _shown(cell: NotebookNode, where: str) -> Iterator[str]:
    if cell.cell_type == "markdown" and cell.source.strip():
        yield _markdown(cell.source, where, _attached(cell))
    for output in cell.get("outputs", []) if not _is_tagged(cell, "output") else ():
        yield from _output(output, where)


def _take(album: pictures.Album, fragment: str, where: str) -> None:
    """Take in the pictures of a fragment; refuse what the PDF cannot show, or not at a bounded cost."""
    if too_deep(fragment):
        said = "{where}: more than {count} tags one inside another"
        raise RenderError(say(said, where=where, count=MOST_NESTED))
    for address in pictures.in_html(fragment):
        try:
            album.data(address)
        except pictures.Unfit as error:
            said = "{where}: a picture cannot be published: {why}"
            raise RenderError(say(said, where=where, why=f"图片{error.found}；{error.action}")) from error


def _is_tagged(cell: NotebookNode, what: str) -> bool:
    """Whether Jupyter's tag ``remove-cell``, ``remove-input`` or ``remove-output`` is there, in either spelling.

    No input is ever shown, but the text of a Markdown cell is an input too.
    """
    tags = {tag.replace("_", "-") for tag in cell.metadata.get("tags", [])}
    return f"remove-{what}" in tags or (what == "cell" and cell.cell_type == "markdown" and "remove-input" in tags)


def _markdown(text: str, where: str, attached: dict[str, str] | None = None) -> str:
    body, faults = markdown.to_html(text, where, 1, Path(), attached)
    # A link between an analyst's own files does not forbid publishing: its text stays, as in an output's HTML.
    if faults := [fault for fault in faults if fault.kind is not markdown.LINK]:
        raise RenderError("\n".join(map(str, faults)))
    return f'<div class="report">{body}</div>'


def _attached(cell: NotebookNode) -> dict[str, str]:
    """The images pasted into a Markdown cell, by the addresses its text has for them."""
    return {
        f"attachment:{name}": f"data:{kind};base64,{''.join(raw.split())}"
        for name, data in cell.get("attachments", {}).items()
        for kind, raw in data.items()
    }


def _output(output: NotebookNode, where: str) -> Iterator[str]:
    """One output in its best form, as HTML; stderr is left out, because it is not for the public."""
    if output.output_type == "stream":
        if output.name == "stdout":
            yield f"<pre>{escape(strip_ansi(output.text))}</pre>"
        return
    data = output.get("data", {})
    image = next((kind for kind in IMAGES if kind in data), None)
    if MIME in data:
        if data[MIME]["draft"]:
            yield findings(data["text/html"].partition("</style>")[2])
    elif "text/html" in data:
        yield framed(data["text/html"])
    elif image:
        raw = data[image] if image != IMAGES[0] else base64.b64encode(data[image].encode()).decode()
        said = data.get("text/plain", "")
        alt = "图" if said.startswith("<") or not said else said
        picture = f'<p><img src="data:{image};base64,{"".join(raw.split())}" alt="{escape(alt)}"></p>'
        yield f'<div class="report">{clean(picture)}</div>'
    elif "text/markdown" in data:
        yield _markdown(data["text/markdown"], where)
    elif data.get("text/plain"):
        yield f"<pre>{escape(strip_ansi(data['text/plain']))}</pre>"
