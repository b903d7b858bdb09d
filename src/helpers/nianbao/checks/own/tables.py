"""Tables that the bureau wrote in its text, by the names of their rows and columns, with what their cells count."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nianbao.checks.prose import counts
from nianbao.checks.tables.celled import tables
from nianbao.checks.tables.sums import TOTALS, cells_of, doubted, sums
from nianbao.numbered import TABLE
from nianbao.reading import even
from nianbao.units import unit_of, without_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from nianbao.checks.prose.texts import Text
    from nianbao.checks.tables.sums import Cells, Place, Sum

LEAST = 2  # characters of a name that is known in a sentence
_NUMBERED = re.compile(TABLE)
_BEHIND = re.compile("[\u4e00-\u9fff]{0,3}")
_STUB = 4  # characters of the head above the labels, which may stand behind each of them: 城关片区
_MOST = 8  # rows or columns of one name; of more nobody knows which one is meant


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell or a sentence counts, in which unit: 62户次."""

    value: Decimal
    unit: str


class Named:
    """One table, its texts `even` and without blanks; ``rows`` has the cells of each, ``labels`` what names it."""

    def __init__(self, text: Text, cells: Cells) -> None:
        self.text, self.cells, self.table = text, cells, cells.table
        self.first = cells.label + 1
        self.heads = [tight(even(head)) for head in cells.heads]
        self.rows = [[tight(even(cell)) for cell in row] for row in cells.rows]
        self.labels = [tight(even(cells.label_of(row))) for row in range(len(cells.rows))]
        number = _NUMBERED.search(even(self.table.above))
        self.number = tight(number[0]) if number else ""
        self._figures: dict[tuple[int, int], Figure | None] = {}

    @cached_property
    def by_label(self) -> dict[str, int]:
        """Its rows by their names."""
        stub = self.heads[self.first - 1]
        return _places(self.labels, stub if len(stub) <= _STUB else "")

    @cached_property
    def columns(self) -> dict[str, int]:
        """Its columns by their names."""
        return {name: at + self.first for name, at in _places(self.heads[self.first :], "").items()}

    @cached_property
    def lengths(self) -> list[int]:
        """How long the names of its columns are."""
        return sorted({len(name) for name in self.columns})

    @cached_property
    def total(self) -> int | None:
        """The one row of totals."""
        found = [at for at, label in enumerate(self.labels) if TOTALS.match(label)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def whole(self) -> int | None:
        """The column of what all of a row counts: the one of totals, else the only one with figures."""
        found = [at for at in self.counted if TOTALS.match(self.heads[at])] or self.counted
        return found[0] if len(found) == 1 else None

    @cached_property
    def counted(self) -> list[int]:
        """The columns with figures, in digits."""
        columns = range(self.first, len(self.heads))
        return [at for at in columns if any(row[at][:1].isdecimal() and figure_of(row[at]) for row in self.rows)]

    @cached_property
    def doubted(self) -> dict[Place, list[Sum]]:
        """Its cells that are wrong by some totals, each with the sums that say so."""
        return doubted(sums(self.cells))

    def figure(self, row: int, column: int) -> Figure | None:
        """What a cell counts; ``None`` of one that is about, that holds no number or several, or whose unit is not sure.

        A bare number has the unit that its row's label or its column's head names, a total that of all heads, else that
        of its column's other cells, else its table's.
        """
        at = row, column
        if at not in self._figures:
            found = figure_of(self.rows[row][column])
            if found and not found.unit:
                units = self._units(row, column)
                found = figure_of(f"{self.rows[row][column]}{next(iter(units), '')}") if len(units) <= 1 else None
            self._figures[at] = found
        return self._figures[at]

    def _units(self, row: int, column: int) -> set[str]:
        heads = self.heads if TOTALS.search(self.heads[column]) else [self.heads[column]]
        named = {unit for name in (self.labels[row], *heads) if (unit := unit_of(name))}
        return named or self._by_column[column] or {self.table.unit} - {""}

    @cached_property
    def _by_column(self) -> list[set[str]]:
        """The units that the cells of each column name."""
        figures = [[figure_of(row[at]) for row in self.rows] for at in range(len(self.heads))]
        return [{one.unit for one in column if one and one.unit} for column in figures]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table; ``is_by_table`` of a row of totals that is named by its table: 表5合计, 各流域合计."""

    table: Named
    at: int
    is_row: bool = True
    is_by_table: bool = False


def named(texts: Iterable[Text]) -> list[Named]:
    """The tables of some texts, but those with a row that has cells too few or too many."""
    found = []
    for text in texts:
        for table in tables(text.markdown):
            if cells := cells_of(text.markdown, table):
                found.append(Named(text, cells))
    return found


def lines_of(known: Iterable[Named]) -> dict[str, list[Line]]:
    """The rows and columns of tables by their names; those of totals by their tables'. Names of many are left out."""
    found = defaultdict[str, list[Line]](list)
    for table in known:
        stub = table.heads[table.first - 1]
        for name, at in table.by_label.items():
            if not TOTALS.match(name):
                found[name].append(Line(table, at))
        for name, at in table.columns.items():
            if not TOTALS.match(name):
                found[name].append(Line(table, at, is_row=False))
        names = {*([table.number] if table.number else []), *([f"各{stub}"] if len(stub) >= LEAST else [])}
        if (total := table.total) is not None:
            for name in names:
                found[name].append(Line(table, total, is_by_table=True))
    return {name: lines for name, lines in found.items() if len(lines) <= _MOST}


def figure_of(text: str) -> Figure | None:
    """What an `even` text of one number and a unit counts; ``None`` of anything else, and of what is about."""
    found = [*counts.numbers(text)]
    if len(found) != 1 or found[0].about or found[0].start or not _BEHIND.fullmatch(text, found[0].end):
        return None
    return Figure(found[0].value, found[0].unit + text[found[0].end :])


def _places(labels: Sequence[str], stub: str) -> dict[str, int]:
    """Where each label stands, by its text, without its unit, and with the head above it; not those of several."""
    found = defaultdict[str, set[int]](set)
    for at, label in enumerate(labels):
        name = without_unit(label)
        for one in (label, name, *([f"{name}{stub}"] if stub and not name.endswith(stub) else [])):
            found[one].add(at)
    return {name: min(some) for name, some in found.items() if len(some) == 1 and len(name) >= LEAST}


def tight(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())
