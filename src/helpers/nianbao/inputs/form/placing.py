"""Where each head, label and cell of a statutory table stands in a sheet: the official layout, with its merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.statute.tree import labels_of
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.statute.tree import CellKey, Node, Part, Table


@dataclass(frozen=True, slots=True)
class Box:
    """A cell or merged cells, from 0: its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """The address of its first cell, as formulas name it."""
        return f"${column_letter(self.left)}${self.top + 1}"


@dataclass(slots=True)
class Placed:
    """A table in a sheet: its texts by kind, its cells, and the first row below it.

    ``titles``, ``heads`` and ``labels`` are the titles of parts, the heads of columns and the labels of rows.
    """

    stub: int
    width: int
    titles: list[tuple[Box, str]] = field(default_factory=list)
    heads: list[tuple[Box, str]] = field(default_factory=list)
    labels: list[tuple[Box, str]] = field(default_factory=list)
    cells: dict[CellKey, tuple[Box, Node]] = field(default_factory=dict)
    first: int = 0
    """The first row below the heads of the first part."""
    end: int = 0


def place(table: Table, top: int) -> Placed:
    """Place a table from a row on. Where a part has fewer columns than another, its last one is as wide as the rest."""
    stub = max(part.stub_depth for part in table.parts)
    most = max(len(part.column_chains) for part in table.parts)
    made = Placed(stub, stub + most)
    row = top
    for part in table.parts:
        row = _part(part, row, made)
    made.end = row
    return made


def _part(part: Part, row: int, made: Placed) -> int:
    """Place one part; the first row below it."""
    if part.title:
        made.titles.append((Box(row, 0, row, made.width - 1), part.title))
        row += 1
    if made.stub:
        made.heads.append((Box(row, 0, row + part.head_depth - 1, made.stub - 1), part.corner or part.stub))
    edges = [*range(made.stub, made.stub + len(part.column_chains)), made.width]
    _heads(part.columns, row, 0, part.head_depth, edges, made)
    row += part.head_depth
    made.first = made.first or row
    _labels(part.rows, row, 0, made)
    for chain in part.row_chains:
        for at, column in enumerate(part.column_chains):
            key = labels_of(chain), labels_of(column)
            made.cells[key] = Box(row, edges[at], row, edges[at + 1] - 1), column[-1]
        row += 1
    return row


def _heads(nodes: Sequence[Node], row: int, at: int, depth: int, edges: list[int], made: Placed) -> int:
    """Place the heads of columns; the number of columns that they stand above."""
    for node in nodes:
        end = at + node.width
        bottom = row if node.parts else row + depth - 1
        made.heads.append((Box(row, edges[at], bottom, edges[end] - 1), node.label))
        _heads(node.parts, row + 1, at, depth - 1, edges, made)
        at = end
    return at


def _labels(nodes: Sequence[Node], row: int, level: int, made: Placed) -> None:
    """Place the labels of rows, each group over the rows below it."""
    for node in nodes:
        right = level if node.parts else made.stub - 1
        made.labels.append((Box(row, level, row + node.width - 1, right), node.label))
        _labels(node.parts, row, level + 1, made)
        row += node.width
