"""The rows of a table that were read in the order of their figures, which stand under other heads than their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.findings import Source
    from nianbao.importing.flow import Grid
    from nianbao.importing.pieces import Piece
    from nianbao.importing.taken import Taken

    CellOf = Callable[[Source | None], tuple[Piece, int, int] | None]


def apart(taken: Taken, cell_of: CellOf) -> list[str]:
    """Those rows, as a person would point at them, those of a table together.

    A table that has lost its merged cells, as one that was copied as text, tells nothing by its columns: it has to have
    some, and a row with all its figures under their heads, or its heads in one row.
    """
    rows: dict[tuple[int, int], list[bool]] = {}
    grids: dict[int, Grid] = {}
    places: dict[int, dict[str, list[tuple[int, int]]]] = {}
    lines: dict[tuple[int, int], set[int]] = {}
    for key, cell in taken.cells.items():
        found = cell_of(cell.source)
        if found is None or not found[0].grid.merged or not reading.is_figure(found[0].grid.rows[found[1]][found[2]]):
            continue
        grid, row, column = found[0].grid, *found[1:]
        head = tree.normalise(taken.table.cells[key][1][-1].label)
        if id(grid) not in places:
            places[id(grid)] = _places(grid)
        heads = [one for one in places[id(grid)].get(head, ()) if one[0] < row]
        if heads:
            place = id(grid), row
            own = {at for at in range(len(grid.rows[row])) if _origin(grid, row, at) == _origin(grid, row, column)}
            rows.setdefault(place, []).append(any(at in own for _, at in heads))
            lines.setdefault(place, set()).update(at for at, _ in heads)
            grids[id(grid)] = grid
    are_told = any(map(all, rows.values()))
    odd = [place for place, fit in rows.items() if not all(fit) and (are_told or (len(fit) > 1 and len(lines[place]) == 1))]
    return [
        f"{grid.place}第{'、'.join(str(grid.number(row)) for which, row in odd if which == number)}行"
        for number, grid in grids.items() if any(which == number for which, _ in odd)
    ]  # fmt: skip


def _origin(grid: Grid, row: int, column: int) -> tuple[int, int]:
    return grid.merged.get((row, column), (row, column))


def _places(grid: Grid) -> dict[str, list[tuple[int, int]]]:
    """Each text of a grid, as it is compared, with the places that it stands in, those of merged cells too."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place in ((row, column) for row, cells in enumerate(grid.rows) for column in range(len(cells))):
        at, beside = _origin(grid, *place)
        found.setdefault(tree.normalise(grid.rows[at][beside]) if at >= 0 else "", []).append(place)
    return found
