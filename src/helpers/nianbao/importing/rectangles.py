"""The cells of a table, as a file lays them out → a rectangle of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.importing.flow import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, Unreadable
from nianbao.shown.blocks import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.flow import Place

_OVERLAID = "格和另一格叠在一起"
_MOST_IN_A_ROW = 1_000  # cells, the blank ones behind a table's last column too


@dataclass(slots=True)
class Cell:
    """A cell of a table as a file lays it out: text, columns and rows that it takes, `Grid.doubtful`, `Grid.marks`."""

    text: str
    across: int = 1
    along: int = 1
    doubt: str = ""
    mark: str = ""


def _too_wide(place: str, columns: int) -> Unreadable:
    return Unreadable(f"{place}有{columns}栏以上", f"最多{MOST_COLUMNS}栏", "删去多余的栏；核对文件是否放错")


def set_out(rows: list[list[Cell]], place: str) -> Grid:
    """The cells of a table as a rectangle.

    Raises
    ------
    Unreadable
        When it is larger than any statutory table.
    """
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"{place}有{len(rows)}行", f"最多{MOST_ROWS}行", "删去多余的行；核对文件是否放错")
    taken: dict[Place, str] = {}
    doubtful: dict[Place, str] = {}
    marks: dict[Place, str] = {}
    merged: dict[Place, Place] = {}
    area = 0
    for (number, column), cell in _placed(rows, place, taken):
        across = max(cell.across, 1)
        end = min(number + max(cell.along, 1), len(rows))
        area += across * (end - number)
        if area > MOST_CELLS:
            raise _too_wide(place, area // len(rows))
        for below in range(number, end):
            for beside in range(column, column + across):
                if (below, beside) in taken:
                    doubtful |= dict.fromkeys(((number, column), merged.get((below, beside), (below, beside))), _OVERLAID)
                taken.setdefault((below, beside), "")
                if (below, beside) != (number, column):
                    merged.setdefault((below, beside), (number, column))
        taken[number, column] = cell.text
        marks |= {(number, column): cell.mark} if cell.mark else {}
        if cell.doubt:
            doubtful[number, column] = "、".join(filter(None, (cell.doubt, doubtful.get((number, column)))))
    width = max((column + 1 for (_, column), text in taken.items() if text), default=0)
    made = tuple(tuple(taken.get((number, column), "") for column in range(width)) for number in range(len(rows)))
    ends = [0] * len(rows)
    for number, column in taken:
        ends[number] = max(ends[number], column + 1)
    return Grid(made, place, doubtful, marks, merged=merged, widths=tuple(min(end, width) for end in ends))


def _placed(rows: list[list[Cell]], place: str, taken: dict[Place, str]) -> Iterator[tuple[Place, Cell]]:
    """Each cell with its row and column, which is the first that no cell above has taken; blanks far out are left out."""
    longest = max(map(len, rows), default=0)
    if longest > _MOST_IN_A_ROW:
        raise _too_wide(place, longest)
    for number, column, cell in placed(rows, taken):
        end = column + max(cell.across, 1)
        if end <= MOST_COLUMNS:
            yield (number, column), cell
        elif cell.text:
            raise _too_wide(place, end)
