"""Where each head, label and cell of a statutory table stands: the official layout, with its merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nianbao.statute.tree import labels_of
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.statute.tree import CellKey, Labels, Node, Part, Table

    Typed = Mapping[Labels, str]


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
    """A table as it is laid out: its texts by kind, its cells, and the first row below it.

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
    widths: dict[int, int] = field(default_factory=dict)
    """How many cells of text each row has."""

    def rows(self, values: Mapping[CellKey, Any] = MappingProxyType({})) -> list[list[str]]:
        """The table as rows of text with its ``values``; merged cells show their text once, missing values are blank."""
        texts = [*self.titles, *self.heads, *self.labels]
        texts += [(box, str(values.get(key, ""))) for key, (box, _) in self.cells.items()]
        made = {row: [""] * width for row, width in self.widths.items()}
        for box, text in texts:
            made[box.top][box.left] = text
        return list(made.values())


def place(table: Table, top: int = 0, typed: Typed = MappingProxyType({})) -> Placed:
    """Place a table from a row on. Where a part has fewer columns than another, its last one is as wide as the rest.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → another label that stands there instead.
    """
    stub = max(part.stub_depth for part in table.parts)
    most = max(len(part.column_chains) for part in table.parts)
    made = Placed(stub, stub + most)
    row = top
    for part in table.parts:
        row = _part(part, row, made, typed)
    made.end = row
    return made


def _part(part: Part, row: int, made: Placed, typed: Typed) -> int:
    """Place one part; the first row below it."""
    if part.title:
        made.titles.append((Box(row, 0, row, made.width - 1), part.title))
        made.widths[row] = 1
        row += 1
    if made.stub:
        made.heads.append((Box(row, 0, row + part.head_depth - 1, made.stub - 1), part.corner or part.stub))
    below = range(row, row + part.head_depth + len(part.row_chains))
    made.widths |= dict.fromkeys(below, made.stub + len(part.column_chains))
    edges = [*range(made.stub, made.stub + len(part.column_chains)), made.width]
    above = (part.title,)
    _heads(part.columns, row, 0, part.head_depth, edges, made, typed, above)
    row += part.head_depth
    made.first = made.first or row
    _labels(part.rows, row, 0, made, typed, above)
    columns = [(labels_of(chain), chain[-1]) for chain in part.column_chains]
    for chain in part.row_chains:
        labels = labels_of(chain)
        for at, (column, node) in enumerate(columns):
            made.cells[labels, column] = Box(row, edges[at], row, edges[at + 1] - 1), node
        row += 1
    return row


def _heads(
    nodes: Sequence[Node], row: int, at: int, depth: int, edges: list[int], made: Placed, typed: Typed, above: Labels
) -> int:
    """Place the heads of columns; the number of columns that they stand above."""
    for node in nodes:
        end, path = at + node.width, (*above, node.label)
        bottom = row if node.parts else row + depth - 1
        made.heads.append((Box(row, edges[at], bottom, edges[end] - 1), typed.get(path, node.label)))
        _heads(node.parts, row + 1, at, depth - 1, edges, made, typed, path)
        at = end
    return at


def _labels(nodes: Sequence[Node], row: int, level: int, made: Placed, typed: Typed, above: Labels) -> None:
    """Place the labels of rows, each group over the rows below it; the lines of a row that repeats have one label."""
    for node in nodes:
        path = (*above, node.label)
        is_group = node.parts and level + 1 < made.stub
        right = level if is_group else made.stub - 1
        made.labels.append((Box(row, level, row + node.width - 1, right), typed.get(path, node.label)))
        if is_group:
            _labels(node.parts, row, level + 1, made, typed, path)
        row += node.width
