"""A sheet whose cells the formulas of a table take: its rows by their numbers, what heads and labels their cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned
from nianbao.importing.flow import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Place

_YEAR = re.compile("20[0-9]{2}")  # that heads a column
_DAY = re.compile("[0-9]{1,2}月[0-9]{1,2}日|(?:20)?[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2}")  # a case's
# A day or a month that is all of a cell; one that is shown in part stands in words: 格里的字看不见：2022-03-01（…）.
_WHOLE_DAY = re.compile(
    "(?:^|：)(20[0-9]{2}(?:[./-][0-9]{1,2}(?:[./-][0-9]{1,2})?|年[0-9]{1,2}月(?:[0-9]{1,2}日)?))(?: [0-9:]+)?(?:$|（)"
)
_REMARKS = re.compile("备注|说明|附注")  # the head of what is remarked of each row
_CARRIED = "结转"


class DetailSheet:
    """The tables of a sheet: each row by its number, with each cell in its column."""

    def __init__(self, name: str, blocks: Sequence[Block]) -> None:
        grids = [one for one in blocks if isinstance(one, Grid)]
        self.name = name
        rows = {grid.number(at): row for grid in grids for at, row in enumerate(grid.rows)}
        self.rows = dict(sorted(rows.items()))
        self._numbers = [*self.rows]
        self._heads: dict[Place, list[tuple[Place, str]]] = {}
        self._labels: dict[Place, str] = {}
        self.formulas = {(grid.number(at), column): said for grid in grids for (at, column), said in grid.formulas.items()}
        self._calculated = sorted(self.formulas)
        self._merged = {
            (grid.number(at), column): grid.rows[top][left]
            for grid in grids for (at, column), (top, left) in grid.merged.items() if top >= 0 and left < len(grid.rows[top])
        }  # fmt: skip
        self.width = max([*map(len, rows.values()), *(column + 1 for _, column in self._merged)], default=0)
        self._lines = [one for one in blocks if isinstance(one, Paragraph) and not one.around]

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell, or in the merged one to which it belongs."""
        cells = self.rows.get(row, ())
        return (cells[column] if column < len(cells) else "") or self._merged.get((row, column), "")

    def is_figure(self, row: int, column: int) -> bool:
        """Whether a cell holds a figure that may be taken."""
        text = self.cell(row, column)
        return reading.is_figure(text) and not (_YEAR.fullmatch(text) and self._is_head(row))

    def within(self, rows: range) -> list[int]:
        """The numbers of its rows among some, in their order."""
        return self._numbers[bisect_left(self._numbers, rows.start) : bisect_left(self._numbers, rows.stop)]

    def calculated(self, rows: range) -> list[Place]:
        """The cells with formulas in some of its rows, in their order."""
        return self._calculated[
            bisect_left(self._calculated, (rows.start, 0)) : bisect_left(self._calculated, (rows.stop, 0))
        ]

    def label(self, row: int, column: int) -> str:
        """The text on the left of a cell that is nearest to it; '' for none, and for a day."""
        if (row, column) not in self._labels:
            before = (self.cell(row, at) for at in range(column - 1, -1, -1))
            text = next((one for one in before if one and not reading.is_figure(one)), "")
            self._labels[row, column] = "" if _DAY.search(text) else text
        return self._labels[row, column]

    def heads_of(self, row: int, column: int) -> list[tuple[Place, str]]:
        """What heads a column, from its first figure in a row or below it up; from the row itself where it has none.

        The texts are below each other, the nearest first, each with its cell.
        """
        if (row, column) not in self._heads:
            rows = self._numbers[bisect_left(self._numbers, row) :]
            self._heads[row, column] = self._above(next((one for one in rows if self.is_figure(one, column)), row), column)
        return self._heads[row, column]

    @cached_property
    def remarks(self) -> dict[int, list[str]]:
        """What is remarked of each row: the texts of its cells below a head such as 备注."""
        columns: set[int] = set()
        found = {}
        for row, cells in self.rows.items():
            said = [self.cell(row, column) for column in sorted(columns)]
            found[row] = [one for one in said if one and not reading.is_figure(one)]
            columns |= {at for at, cell in enumerate(cells) if _REMARKS.fullmatch(disowned.compared(cell))}
        return found

    @cached_property
    def days(self) -> dict[int, list[str]]:
        """The days or months that are cells of each row, but for a row of a case that was carried over: 2022年结转."""
        return {
            row: [day[1] for one in cells if (day := _WHOLE_DAY.search(one))]
            for row, cells in self.rows.items()
            if not any(_CARRIED in one for one in cells)
        }

    @cached_property
    def lines(self) -> list[str]:
        """Its lines below the first row with a figure, and their places."""
        first = min((row for row, cells in self.rows.items() if any(map(reading.is_figure, cells))), default=0)
        alone = [(row, [*filter(None, cells)]) for row, cells in self.rows.items() if row > first]
        place = f"工作表“{self.name}”第"
        found = [(row, cells[0]) for row, cells in alone if len(cells) == 1 and not reading.is_figure(cells[0])]
        number = re.compile(f"{re.escape(place)}([0-9]+)行$")
        told = ((number.search(one.place), one.text) for one in self._lines)
        found += [(int(at[1]), text) for at, text in told if at and int(at[1]) > first]
        return [f"{place}{row}行：{text}" for row, text in sorted(found)]

    def _above(self, row: int, column: int) -> list[tuple[Place, str]]:
        above = self._numbers[: bisect_left(self._numbers, row)][::-1]
        begin = next((at for at, one in enumerate(above) if self._is_text(one, column)), len(above))
        found = takewhile(lambda one: self._is_text(one, column) or not self.cell(one, column), above[begin:])
        return [((one, column), self.cell(one, column)) for one in found if self.cell(one, column)]

    def _is_head(self, row: int) -> bool:
        """Whether all figures of a row are years, and nothing with a figure stands above it."""
        filled = [one for one in self.rows.get(row, ()) if one]
        return all(_YEAR.search(one) or not reading.is_figure(one) for one in filled)

    def _is_text(self, row: int, column: int) -> bool:
        text = self.cell(row, column)
        return bool(text) and not self.is_figure(row, column)
