"""The rows of an HTML table: each cell with its spans, its style and its colours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.render.wide import lines_in
from nianbao.render.word import styles
from nianbao.render.word.grid import Cell, Table
from nianbao.render.word.markup import Look, paint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    Write = Callable[[LexborNode, str, Look, int], str]
    """Writes what stands in a cell: in a style, with a look, in a width."""
    Wide = Callable[[LexborNode], int]
    """Says how wide what is shown in a cell is, a picture or a formula; 0 where nothing is."""

_WIDTH = re.compile(r"width: ([\d.]+)%")
_SIDE = re.compile(r"text-align:\s*(left|right|center|start|end)")
_STYLES = {
    ("th", "left"): "TableLabel",
    ("th", "right"): "TableHeadRight",
    ("td", "left"): "TableLeft",
    ("td", "right"): "TableRight",
}
_WHOLE = 100.5  # of a hundred parts: the shares of columns are rounded
_KINDS = {"kept", "dense"}  # of statutory tables, which their box has
_SECTIONS = {"thead", "tbody", "tfoot"}


def rows_of(node: LexborNode, write: Write, wide: Wide, look: Look) -> Table:
    """A ``<table>`` without its caption."""
    table, classes = Table(shares=_shares(node)), (node.attributes.get("class") or "").split()
    is_frame = "frame" in classes
    for section in node.iter():
        if section.tag in _SECTIONS:
            rows = [
                [_cell(one, write, wide, look, is_frame) for one in row.iter() if one.tag in {"td", "th"}]
                for row in _rows(section)
            ]
            for number, row in enumerate(rows):  # no cell reaches out of its section
                for cell in row:
                    cell.along = min(cell.along, len(rows) - number)
            rows = list(_shown(rows))
            table.heads += len(rows) if section.tag == "thead" and table.heads == len(table.rows) else 0
            table.rows += rows
    if "statutory" in classes:
        around = (node.parent.attributes.get("class") or "").split() if node.parent else []
        table.kind = next((one for one in around if one in _KINDS), "kept")
    return table


def _shown(rows: Sequence[list[Cell]]) -> Iterator[list[Cell]]:
    """The rows without those in which nothing stands: one without cells is seen where cells reach into it from above."""
    reaching = 0
    for row in rows:
        if row or reaching:
            yield row
        reaching = max(reaching - 1, *(cell.along - 1 for cell in row), 0)


def _rows(section: LexborNode) -> Iterator[LexborNode]:
    return (one for one in section.iter() if one.tag == "tr")


def _columns(node: LexborNode) -> Iterator[LexborNode]:
    return (one for group in node.iter() if group.tag == "colgroup" for one in group.iter())


def _shares(node: LexborNode) -> list[float]:
    found = [_WIDTH.search(one.attributes.get("style") or "") for one in _columns(node)]
    shares = [float(one[1]) for one in found if one]
    return shares if len(shares) == len(found) and sum(shares) < _WHOLE else []


def _cell(node: LexborNode, write: Write, wide: Wide, look: Look, is_frame: bool) -> Cell:
    tag, attributes = node.tag or "", node.attributes
    side = _SIDE.search(attributes.get("style") or "")
    # In what `frames` has found to be columns of words and of numbers; a head of several stands in their middle.
    is_one = is_frame and not (tag == "th" and _span(attributes.get("colspan")) > 1)
    found = ("right" if "num" in (attributes.get("class") or "").split() else "left") if is_one else ""
    turned = {"start": "left", "end": "right"}.get(side[1], side[1]) if side else found
    style = _STYLES.get((tag, turned), "TableHead" if tag == "th" else "TableText")
    ink, stroke = paint(attributes.get("data-typst:text:fill")), attributes.get("data-typst:text:stroke")
    is_plain = is_text(node)
    own = replace(look, ink=ink or look.ink, bold=look.bold or stroke is not None) if ink or stroke else look
    return Cell(
        lambda size, width: write(node, styles.sized(style, size), own, width),
        node.text() if is_plain else _said(node),
        0 if is_plain else wide(node),
        _span(attributes.get("colspan")),
        _span(attributes.get("rowspan")),
        paint(attributes.get("data-typst:fill")),
        tag == "th",
        mark=attributes.get("data-wrong") or "",
    )


def is_text(node: LexborNode) -> bool:
    """Whether nothing but text stands in a cell, or nothing at all."""
    first = node.first_child
    return first is None or (first.tag == "-text" and first.next is None)


def _said(node: LexborNode) -> str:
    """The text of a cell in its lines, with a sign before each item of a list."""
    html = " ".join((node.html or "").split())
    return "\n".join(line.strip() for line in lines_in(html.replace("<li>", "<li>•\u00a0")) if line.strip())


def _span(value: str | None) -> int:
    return max(1, min(int(value[:5]), 1000)) if value and value.isdecimal() else 1
