"""A statutory table → accessible HTML: spans from the trees, scope and headers, one class per state."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import statute
from helpers.cells import NUMBER, Cell
from helpers.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.report import Report
    from helpers.statute import Labels, Node, Part, Table

STATES = {NUMBER: "n", NOT_APPLICABLE: "na", UNFILLED: "unfilled", UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading cell in its place: where it starts, how far it spans, which path it heads."""

    node: Node
    level: int
    start: int
    across: int
    along: int
    path: Labels


def to_html(report: Report, table: Table) -> str:
    """One table as a ``<table>`` that scrolls sideways on a narrow screen.

    Cells that are no number carry their state in words and as a class. A table of several parts is one ``<table>`` with a
    ``<tbody>`` for each part, whose columns share the width.
    """
    parts = "".join(_part(report, table, part, index) for index, part in enumerate(table.parts))
    columns = _columns(table)
    caption = f"<caption>{escape(table.caption)}</caption>"
    grid = f'<table class="statutory" id="{table.id}">{caption}<colgroup>{columns}</colgroup>{parts}</table>'
    return f'<div class="scroll">{grid}</div>\n'


def _width(table: Table) -> int:
    """Data columns of the grid: enough that every part's columns divide it."""
    width = 1
    for part in table.parts:
        count = len(part.column_chains())
        width = width * count // _gcd(width, count)
    return width


def _gcd(a: int, b: int) -> int:
    return a if b == 0 else _gcd(b, a % b)


def _columns(table: Table) -> str:
    stub, width = max(part.stub_depth for part in table.parts), _width(table)
    shares = {0: [], 1: [28.0], 3: [5.0, 9.5, 28.5]}[stub] if stub in {0, 1, 3} else [36.0 / stub] * stub
    shares += [(100 - sum(shares)) / width] * width
    return "".join(f'<col style="width: {share:.2f}%">' for share in shares)


def _part(report: Report, table: Table, part: Part, index: int) -> str:
    stub = max(one.stub_depth for one in table.parts)
    scale = _width(table) // len(part.column_chains())
    named = f'<th id="{table.id}-{index}t" colspan="{stub + _width(table)}" scope="rowgroup">{escape(part.title)}</th>'
    title = f'<tr class="part">{named}</tr>'
    head = "".join(_head_rows(part, table, index, stub, scale))
    body = "".join(_body_rows(report, table, part, index, stub, scale))
    if part.title:
        return f"<tbody>{title}{head}{body}</tbody>"
    return f"<thead>{head}</thead><tbody>{body}</tbody>"


def _heads(nodes: tuple[Node, ...], depth: int, level: int = 0, start: int = 0, above: Labels = ()) -> Iterator[_Head]:
    for node in nodes:
        path = (*above, node.label)
        yield _Head(node, level, start, node.width, 1 if node.parts else depth - level, path)
        yield from _heads(node.parts, depth, level + 1, start, path)
        start += node.width


def _id(table: Table, index: int, side: str, head: _Head) -> str:
    return f"{table.id}-{index}{side}{head.level}-{head.start}"


def _head_rows(part: Part, table: Table, index: int, stub: int, scale: int) -> Iterator[str]:
    heads = list(_heads(part.columns, part.head_depth))
    for level in range(part.head_depth):
        cells = ""
        if level == 0 and stub:
            corner = escape(part.corner or part.stub)
            cells = f'<th class="corner" colspan="{stub}" rowspan="{part.head_depth}" scope="col">{corner}</th>'
        for head in (one for one in heads if one.level == level):
            scope = "colgroup" if head.node.parts else "col"
            cells += (
                f'<th id="{_id(table, index, "c", head)}" scope="{scope}"{_span(head.across * scale, head.along)}>'
                f"{escape(head.node.label)}</th>"
            )
        yield f"<tr>{cells}</tr>"


def _body_rows(report: Report, table: Table, part: Part, index: int, stub: int, scale: int) -> Iterator[str]:
    columns, rows = list(_heads(part.columns, part.head_depth)), list(_heads(part.rows, stub))
    for line, chain in enumerate(part.row_chains()):
        cells = ""
        for head in (one for one in rows if one.start == line):
            scope = "rowgroup" if head.node.parts else "row"
            span = _span(head.along, head.across)
            opening = f'<th id="{_id(table, index, "r", head)}" scope="{scope}" style="text-align: left"{span}>'
            cells += f"{opening}{escape(head.node.label)}</th>"
        over = [f"{table.id}-{index}t"] if part.title else []
        over += [_id(table, index, "r", head) for head in rows if head.start <= line < head.start + head.across]
        for place, column in enumerate(part.column_chains()):
            heads = over + [
                _id(table, index, "c", head) for head in columns if head.start <= place < head.start + head.across
            ]
            cell = report.cells[table.id].get((statute.labels_of(chain), statute.labels_of(column))) or Cell(UNFILLED)
            cells += _cell(report, cell, column[-1], " ".join(heads), scale)
        yield f"<tr>{cells}</tr>"


def _cell(report: Report, cell: Cell, column: Node, headers: str, scale: int) -> str:
    text = number(cell.value) if cell.value is not None else cell.state
    if cell.state == NOT_APPLICABLE:
        text = report.params.not_applicable.print
    if cell.value is not None and cell.unit and cell.unit != column.unit:
        text += cell.unit
    anchor = f' id="{Path(cell.source.file).stem}-{cell.source.cell}"' if cell.source and cell.source.cell else ""
    return f'<td{anchor} class="{STATES[cell.state]}" headers="{headers}"{_span(scale, 1)}>{escape(text)}</td>'


def _span(across: int, along: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{along}"' if along > 1 else "")
