"""Turn a statutory table into accessible HTML: each cell names its headers and has a class for its state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from math import ceil, lcm
from typing import TYPE_CHECKING

from nianbao.inputs.cells import NUMBER, Cell
from nianbao.statute import tree
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Labels, Node, Part, Table

LONG = 20  # rows
WIDEST = 46.0  # of a column of labels, in per cent
AREA, SIDES, SIZE = 442.2, 5.2, 9  # on paper, in pt: width of the type area, both paddings of a cell, text
_ORDINAL, _ASCII = re.compile(r"（.*?）"), re.compile(r"[!-~]")
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


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a part as every report has it.

    ``heads`` are the opening tags of its headings, with their labels from the top down and the share of the width, in per
    cent, in which they may break; ``cells`` are its cells, each with the unit that its heading fixes and the end of its
    opening tag. The ``corner`` stands before the headings of columns.
    """

    heads: list[tuple[str, Labels, float]]
    cells: list[tuple[CellKey, str, str]]
    corner: str = ""


def to_html(report: Report, table: Table) -> str:
    """One table as a ``<table>`` that scrolls sideways on a narrow screen.

    A cell without a number shows its state in words and as a class. A table of several parts is one ``<table>`` with a
    ``<tbody>`` for each part, whose columns share the width. On paper a long table (``dense``) is set closer and may break
    across pages; a short table (``kept``) stays on one page.
    """
    parts = "".join(_part(report, table, part, index) for index, part in enumerate(table.parts))
    columns = "".join(f'<col style="width: {share:.2f}%">' for share in _shares(table))
    caption = f"<caption>{escape(table.caption)}</caption>"
    grid = f'<table class="statutory" id="{table.id}">{caption}<colgroup>{columns}</colgroup>{parts}</table>'
    return f'<div class="scroll {"dense" if parts.count("<tr") > LONG else "kept"}">{grid}</div>\n'


def prepare(table: Table) -> None:
    """Work out the rows of a table that all reports have alike, which `to_html` does when it is first called for it."""
    for index in range(len(table.parts)):
        _head_rows(table, index)
        _body_rows(table, index)


def _edges(table: Table) -> list[int]:
    """Where a data column of any part begins or ends, in units of which each part's columns take the same whole number."""
    counts = {len(part.column_chains) for part in table.parts}
    return sorted({place * (lcm(*counts) // count) for count in counts for place in range(count + 1)})


def _across(table: Table, part: Part, start: int, across: int) -> int:
    """How many columns of the table some data columns of a part span."""
    edges = _edges(table)
    unit = edges[-1] // len(part.column_chains)
    return sum(start * unit < edge <= (start + across) * unit for edge in edges)


def _stub_shares(table: Table) -> list[float]:
    """The width of each column of labels, in per cent."""
    stub = max(part.stub_depth for part in table.parts)
    if stub == 1:  # wider where labels are long, beside columns of numbers
        longest = max(len(label) for part in table.parts for chain in part.row_chains for label in tree.labels_of(chain))
        return [min(WIDEST, max(28.0, (longest * SIZE + SIDES) / AREA * 100 + 0.5))]
    return {0: [], 3: [5.0, 9.5, 28.5]}[stub] if stub in {0, 3} else [36.0 / stub] * stub


def _shares(table: Table) -> list[float]:
    """The width of each column, in per cent."""
    edges, stub = _edges(table), _stub_shares(table)
    return stub + [(100 - sum(stub)) * (end - begin) / edges[-1] for begin, end in pairwise(edges)]


def _label(text: str, share: float) -> str:
    """A label as HTML; when it is too long for its column on paper, it gets a place where it may break.

    The place is after the ordinal, or where the lines get about the same length, so that no line has a single character.
    ``share`` is the column's width in per cent.
    """
    fit, ordinal = int((share / 100 * AREA - SIDES) // SIZE), _ORDINAL.match(text)
    if fit < 2 or len(text) <= fit or _ASCII.search(text):
        return escape(text)
    at = ordinal.end() if ordinal else ceil(len(text) / ceil(len(text) / fit))
    if at == len(text) or (ordinal and len(text) - at > fit):
        return escape(text)
    return f"{escape(text[:at])}<wbr>{escape(text[at:])}"


def _part(report: Report, table: Table, part: Part, index: int) -> str:
    head, body = (
        "".join(_row(report, table, part, row) for row in rows)
        for rows in (_head_rows(table, index), _body_rows(table, index))
    )
    if part.title:
        named = f'<th id="{table.id}-{index}t" colspan="{len(_shares(table))}" scope="rowgroup">{escape(part.title)}</th>'
        return f'<tbody><tr class="part">{named}</tr>{head}{body}</tbody>'
    return f"<thead>{head}</thead><tbody>{body}</tbody>"


def _heads(nodes: tuple[Node, ...], depth: int, level: int = 0, start: int = 0, above: Labels = ()) -> Iterator[_Head]:
    for node in nodes:
        path = (*above, node.label)
        yield _Head(node, level, start, node.width, 1 if node.parts and not node.repeats else depth - level, path)
        if not node.repeats:  # the lines of a row that stands several times share its label
            yield from _heads(node.parts, depth, level + 1, start, path)
        start += node.width


def typed(report: Report, table: Table, part: Part, path: Labels) -> str:
    """A heading, given by its labels from the top down, as it is printed."""
    return report.labels.get(table.id, {}).get((part.title, *path), path[-1])


def cell_at(report: Report, table: Table, key: CellKey) -> Cell:
    """One cell of the report; 未填 where its files say nothing of it."""
    return report.cells[table.id].get(key) or Cell(UNFILLED)


def printed(report: Report, cell: Cell, unit: str) -> str:
    """A cell as it is printed below a heading that fixes a unit, or none."""
    if cell.shown is not None:
        return cell.shown
    if cell.value is None:
        return report.params.not_applicable.print if cell.state == NOT_APPLICABLE else cell.state
    return number(cell.value) + (cell.unit if cell.unit != unit else "")


def _id(table: Table, index: int, side: str, head: _Head) -> str:
    return f"{table.id}-{index}{side}{head.level}-{head.start}"


def _ids(table: Table, index: int, side: str, heads: Iterable[_Head], place: int) -> list[str]:
    """The names of the headings that stand over a row or column of the body."""
    return [_id(table, index, side, head) for head in heads if head.start <= place < head.start + head.across]


@lru_cache(maxsize=32)
def _head_rows(table: Table, index: int) -> list[_Row]:
    part = table.parts[index]
    stub = max(one.stub_depth for one in table.parts)
    share = (100 - sum(_stub_shares(table))) / len(part.column_chains)
    heads = list(_heads(part.columns, part.head_depth))
    rows = []
    for level in range(part.head_depth):
        labels = []
        for head in (one for one in heads if one.level == level):
            scope = "colgroup" if head.node.parts else "col"
            span = _span(_across(table, part, head.start, head.across), head.along)
            opening = f'<th id="{_id(table, index, "c", head)}" scope="{scope}"{span}>'
            labels.append((opening, head.path, share * head.across))
        corner = ""
        if level == 0 and stub:
            named = escape(part.corner or part.stub)
            corner = f'<th class="corner" colspan="{stub}" rowspan="{part.head_depth}" scope="col">{named}</th>'
        rows.append(_Row(labels, [], corner))
    return rows


@lru_cache(maxsize=32)
def _body_rows(table: Table, index: int) -> list[_Row]:
    part = table.parts[index]
    stub = max(one.stub_depth for one in table.parts)
    columns, lines = list(_heads(part.columns, part.head_depth)), list(_heads(part.rows, stub))
    shares, spans = _shares(table), [_across(table, part, place, 1) for place in range(len(part.column_chains))]
    labels = [tree.labels_of(column) for column in part.column_chains]
    above = [_ids(table, index, "c", columns, place) for place in range(len(part.column_chains))]
    rows = []
    for line, chain in enumerate(part.row_chains):
        heads = []
        for head in (one for one in lines if one.start == line):
            scope = "rowgroup" if head.node.parts else "row"
            span = _span(head.along, head.across)
            opening = f'<th id="{_id(table, index, "r", head)}" scope="{scope}" style="text-align: left"{span}>'
            # The outermost label of a single row has the height of one line, so it may not break.
            plain = head.level == 0 and head.across == 1
            heads.append((opening, head.path, 0.0 if plain else sum(shares[head.level : head.level + head.along])))
        over = [f"{table.id}-{index}t"] if part.title else []
        over += _ids(table, index, "r", lines, line)
        named = tree.labels_of(chain)
        cells = [
            ((named, labels[place]), column[-1].unit, f' headers="{" ".join(over + above[place])}"{_span(spans[place], 1)}>')
            for place, column in enumerate(part.column_chains)
        ]
        rows.append(_Row(heads, cells))
    return rows


def _row(report: Report, table: Table, part: Part, row: _Row) -> str:
    heads = "".join(f"{opening}{_label(typed(report, table, part, path), share)}</th>" for opening, path, share in row.heads)
    cells = "".join(_cell(report, cell_at(report, table, key), unit, about) for key, unit, about in row.cells)
    return f"<tr>{row.corner}{heads}{cells}</tr>"


def _cell(report: Report, cell: Cell, unit: str, about: str) -> str:
    text = printed(report, cell, unit)
    anchor = f' id="{cell.source.anchor}"' if cell.source and cell.source.cell else ""
    return f'<td{anchor} class="{STATES[cell.state]}"{about}{escape(text)}</td>'


def _span(across: int, along: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{along}"' if along > 1 else "")
