"""Many cells of one table, named in few words: row by row, rows with the same columns together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.inputs.cells import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.statute.tree import CellKey, Labels, Table

ALL_ROWS, ALL_COLUMNS = "各行", "各栏"


def named(table: Table, keys: Sequence[CellKey]) -> str:
    """The cells as a person names them: ``表三 5格：一、…、二、… / 自然人、总计；（七）总计 / 各栏``."""
    if len(keys) == 1:
        return place_of(table, *keys[0])
    columns_of = _by_row(keys)
    all_of = _by_row(table.cells)
    rows_of: dict[tuple[str, ...], list[Labels]] = {}
    for row, columns in columns_of.items():
        shown: list[str] = (
            [ALL_COLUMNS] if len(columns) == len(all_of[row]) > 1 else [_column(one, all_of[row]) for one in columns]
        )
        rows_of.setdefault(tuple(shown), []).append(row)
    said = []
    for heads, rows in rows_of.items():
        labels = [row[-1] for row in rows if row]
        are_all = len(rows) == len(all_of) > 1
        said.append(" / ".join(filter(None, (ALL_ROWS if are_all else "、".join(labels), "、".join(heads)))))
    return f"{table.name} {len(keys)}格：{'；'.join(said)}"


def of_row(table: Table, row: Labels) -> str:
    """A row as a person names it."""
    return " ".join((table.name, *row[-1:]))


def _by_row(keys: Iterable[CellKey]) -> dict[Labels, list[Labels]]:
    columns: dict[Labels, list[Labels]] = {}
    for row, column in keys:
        columns.setdefault(row, []).append(column)
    return columns


def _column(column: Labels, of_row: Sequence[Labels]) -> str:
    """A column's label, with the one above it where other columns have the same."""
    is_one = sum(other[-1] == column[-1] for other in of_row) == 1
    return column[-1] if is_one else "·".join(column[-2:])
