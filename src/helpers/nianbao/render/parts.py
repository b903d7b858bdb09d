"""The parts of a notebook's cell: its tags, its outputs, what is attached to it, what it shows in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from nianbao.bundle import MIME, PIECE
from nianbao.render import effects, printed
from nianbao.render.page import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_FIGURE = "<Figure size "  # so begins the text of a figure of matplotlib's, in whatever form it is shown
_FIRST = re.compile(r"\A<\w+")
_MISSING = re.compile(r"UserWarning: Glyph (\d+) .*missing from |does not have a glyph for .*\[U\+([0-9a-f]+)\]")


def written(cell: NotebookNode, is_said: bool = False) -> Iterator[str]:
    """What a cell shows as text, not as HTML or a picture: its Markdown, written or displayed, what it prints, its value.

    ``is_said`` leaves out the objects that it prints.
    """
    said = printed.without_objects if is_said else str
    if cell.cell_type == "markdown" and not is_tagged(cell, "input"):
        yield cell.source
    for output in outputs_of(cell):
        data = output.get("data", {})
        if output.output_type == "stream" and output.name == "stdout":
            yield said(printed.plain(output.text))
        elif data.keys() == {"text/plain"}:
            yield said(data["text/plain"])
        elif "text/markdown" in data and not data.keys() & {"text/html", *IMAGES}:
            yield data["text/markdown"]


def in_html(cell: NotebookNode, is_own: bool = False) -> Iterator[str]:
    """The HTML that a cell shows, as it wrote it; ``is_own`` leaves out the pieces of a report."""
    for output in cell.get("outputs", []) if not is_tagged(cell, "output") else ():
        if (data := output.get("data", {})) and MIME not in data and not (is_own and data.get("text/plain") == PIECE):
            yield data.get("text/html", "")


def is_tagged(cell: NotebookNode, what: str) -> bool:
    """Whether Jupyter's tag ``remove-cell``, ``remove-input`` or ``remove-output`` is there, in either spelling.

    The text of a Markdown cell is an input too.
    """
    return f"remove-{what}" in {tag.replace("_", "-") for tag in cell.metadata.get("tags", [])}


def outputs_of(cell: NotebookNode) -> Iterator[NotebookNode]:
    """The outputs of a cell that a page shows, of which pieces of one stream that follow one another are one.

    What drawing calls give back, such as <Axes: > and (0.0, 10.0), is none beside the figure that they have drawn.
    """
    outputs = cell.get("outputs", []) if not is_tagged(cell, "output") else []
    has_figure = any(str(one.get("data", {}).get("text/plain", "")).startswith(_FIGURE) for one in outputs)
    for output in _merged(outputs):
        data = output.get("data", {})
        is_value = output.output_type == "execute_result"
        is_text = has_figure and data.keys() == {"text/plain"}
        if not (is_text and (printed.is_drawn(data["text/plain"]) or (is_value and effects.sets(cell.source)))):
            yield output


def _merged(outputs: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    last = None
    for output in outputs:
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last = NotebookNode(last, text=last.text + output.text)
            continue
        if last:
            yield last
        last = output
    if last:
        yield last


def owned(html: str, number: int) -> str:
    """Clean HTML that a cell shows beside the report, with the cell's number, from 1, on its first element."""
    return _FIRST.sub(rf'\g<0> {OWN}="{number}"', html, count=1)


def attachments(cell: NotebookNode) -> dict[str, str]:
    """The images pasted into a Markdown cell, by the addresses its text has for them."""
    return {
        f"attachment:{name}": f"data:{kind};base64,{''.join(raw.split())}"
        for name, data in cell.get("attachments", {}).items()
        for kind, raw in data.items()
    }


def unwritten(cell: NotebookNode) -> str:
    """The characters that no font of a picture has, as matplotlib warns of them; '' where the figure itself says so."""
    outputs = cell.get("outputs", [])
    if any('class="lacking"' in html for html in in_html(cell)):
        return ""
    said = "".join(one.text for one in outputs if one.output_type == "stream" and one.name == "stderr")
    return "".join(
        dict.fromkeys(chr(int(plain) if plain else int(of_formula, 16)) for plain, of_formula in _MISSING.findall(said))
    )
