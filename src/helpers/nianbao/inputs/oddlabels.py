"""Labels and heads of a part that are struck out or that nobody sees, and the cells whose figures they leave in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.findings import Kind, Severity
from nianbao.inputs.cells import OddLabel, unread
from nianbao.inputs.outline import column_places, row_places
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.inputs.labels import Chain
    from nianbao.inputs.layout import Line
    from nianbao.inputs.outline import Place
    from nianbao.statute.tree import CellKey

ODD = Kind("F205", Severity.FAULT, "名称看不准")

# The number of a row, from 1, and a column, from 0, of each cell with words that are struck, changed or unseen → why.
Marks = dict[tuple[int, int], str]


def of_part(
    marks: Marks,
    name: str,
    head: Sequence[Line],
    body: Sequence[Line],
    stub: int,
    rows: Mapping[int, Chain | None],
    columns: Sequence[Chain | None],
) -> dict[CellKey, OddLabel]:
    """The cells of a part whose row or column, or a group of theirs, has such a label.

    Parameters
    ----------
    name : str
        The file, as findings name it.
    stub : int
        The number of columns with labels.
    rows : mapping
        The place of a line in the body → the heading of its row, ``None`` where it has none.
    """
    heads = column_places([_seen(marks, line)[stub:] for line in head])
    labels = row_places([_seen(marks, line)[:stub] for line in body])
    of_columns = [
        _first(marks, name, head, [(row, at + stub) for row, at in places], is_row=False) for places in heads[: len(columns)]
    ]
    found: dict[CellKey, OddLabel] = {}
    for at, chain in rows.items():
        of_row = _first(marks, name, body, labels[at], is_row=True)
        for column, of_column in zip(columns, of_columns, strict=False):
            if chain is not None and column is not None and (odd := of_row or of_column):
                found[tree.labels_of(chain), tree.labels_of(column)] = odd
    return found


def of_title(marks: Marks, name: str, lines: Sequence[Line]) -> OddLabel | None:
    """The title of a part, or the caption of its table, that is such a label; ``lines`` are those in which these stand."""
    places = [(at, column) for at, line in enumerate(lines) for column in range(len(line.cells))]
    return _first(marks, name, lines, places, is_row=False)


def _seen(marks: Marks, line: Line) -> list[str]:
    """The cells of a line; one whose words nobody sees is none that belongs to the one above it or on its left."""
    return [cell or marks.get((line.number, column), "") for cell, column in zip(line.cells, line.columns, strict=True)]


def _first(marks: Marks, name: str, lines: Sequence[Line], places: Sequence[Place], is_row: bool) -> OddLabel | None:
    for at, column in places:
        line = lines[at]
        if column < len(line.cells) and (said := marks.get((line.number, line.columns[column]), "")):
            return OddLabel(line.cells[column], unread(said)[1] or said, is_row, line.source(name, column))
    return None
