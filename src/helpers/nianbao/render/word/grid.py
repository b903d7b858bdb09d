"""The cells of a table, row by row with those that reach into a row from above."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(slots=True)
class Cell:
    """A cell: how to write its content in a size and a width, its text, spans and colour, and what a draft marks it with.

    So wide is what is ``shown`` in it, a picture or a formula, where it has room: in twentieths of a point.
    """

    write: Callable[[int, int], str]
    text: str
    shown: int = 0
    across: int = 1
    along: int = 1
    shade: str = ""
    is_head: bool = False
    written: str | None = None
    mark: str = ""


@dataclass(slots=True)
class Table:
    """The rows of a table, of which the first are its head, and its name.

    ``shares`` are the widths of columns in parts of a hundred, where they are given; ``kind`` is a statutory table's.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    shares: list[float] = field(default_factory=list)
    kind: str = ""
    name: str = ""


Place = tuple[Cell, int, bool]
"""A cell in a row: how many columns it takes there, and whether it began in a row above."""


def empty() -> Cell:
    """A cell in which nothing stands."""
    return Cell(lambda *_: "", "")


def placed(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Place]]:
    """Each row with the cells that reach into it from above."""
    reaching: dict[int, tuple[Cell, int, int]] = {}  # by its first column: a cell, its width, the rows that are left
    for row in rows:
        placed: list[Place] = []
        below: dict[int, tuple[Cell, int, int]] = {}
        cells, column = iter(row), 0
        while True:
            if column in reaching:
                cell, across, left = reaching.pop(column)
                placed.append((cell, across, True))
            elif one := next(cells, None):
                # A cell that would lie over one from above gets no wider than the room before it.
                room = min((at for at in reaching if at > column), default=column + one.across) - column
                cell, across, left = one, min(one.across, room), one.along
                placed.append((cell, across, False))
            elif reaching:
                cell, across, left = empty(), min(reaching) - column, 1
                placed.append((cell, across, False))
            else:
                break
            if left > 1:
                below[column] = cell, across, left - 1
            column += across
        reaching = below
        yield placed


def within(row: Sequence[Place], columns: set[int]) -> list[Place]:
    """What of a row lies in some columns."""
    found, column = [], 0
    for cell, across, is_going_on in row:
        if inside := len(columns & {*range(column, column + across)}):
            found.append((cell, inside, is_going_on))
        column += across
    return found


def is_head(row: Sequence[Place]) -> bool:
    """Whether a row holds nothing but headings."""
    return all(cell.is_head for cell, *_ in row)


def labels(table: Table, grid: Sequence[Sequence[Place]]) -> int:
    """How many columns at the left hold nothing but headings; the first one is taken for them where none does."""
    found = []
    for row in grid[table.heads :]:
        headings = takewhile(lambda place: place[0].is_head, row)
        found.append(sum(across for _, across, _ in headings))
    return min(found, default=0) or 1


def merged(grid: Sequence[Sequence[Place]]) -> list[list[tuple[int, int]]]:
    """Of each row the columns of its merged cells."""
    found: list[list[tuple[int, int]]] = []
    for row in grid:
        ends = [*accumulate(across for _, across, _ in row)]
        found.append([(end - across, end) for (_, across, _), end in zip(row, ends, strict=True) if across > 1])
    return found
