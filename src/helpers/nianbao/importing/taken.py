"""A statutory table as it was taken from a file: its cells, what was written otherwise than it stood, what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import roster
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from nianbao.findings import Finding
    from nianbao.importing.flow import Grid
    from nianbao.inputs.cells import Cells
    from nianbao.statute.tree import CellKey, Table

_FEW_ROWS = 3  # whose texts are shown one by one


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose value is written otherwise than its text: where, what stood there, what was taken, by which rule."""

    cell: str
    place: str
    found: str
    taken: str
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell is left unfilled: where its text stands, what it says, and why it is not taken.

    Where it is not certain which text is the cell's, ``is_of_row`` is true and the text is the row's.
    """

    place: str
    found: str
    why: str
    is_of_row: bool = False


@dataclass(frozen=True, slots=True)
class Taking:
    """A cell of a table that takes cells of other sheets: its place, its formula, its grid.

    ``is_of_last`` says that last year's figures belong there.
    """

    place: str
    formula: str
    grid: Grid
    is_of_last: bool


@dataclass(slots=True)
class Taken:
    """A table as it was taken from a file.

    Parameters
    ----------
    table : Table
        As it was read: with parts of another format, local rows, rows that stand several times.
    csv : str
        What table….csv holds.
    formats : dict
        As `TableInput.formats`.
    local : dict
        The title of a part → the labels of its local rows.
    doubtful : dict
        The cells that are left unfilled because of what stands there.
    blanks : list
        The cells that are blank in the file.
    units : dict
        The amounts without a unit of their own → the one that a line around the table says.
    apart : list
        The rows whose figures stand under other heads than those that they were read for.
    misprints : list
        The labels that were read as statutory ones from which a character differs.
    taken_for : list
        The columns that are headed with another column's label, and were read by their place.
    formulas : list
        The cells whose formulas may not give the year's own figures.
    takings : list
        The cells whose formulas name other sheets.
    """

    table: Table
    csv: str
    cells: Cells
    formats: dict[str, str]
    local: dict[str, list[str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    doubtful: dict[CellKey, Doubt] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    blanks: list[CellKey] = field(default_factory=list)
    units: dict[CellKey, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    apart: list[str] = field(default_factory=list)
    misprints: list[str] = field(default_factory=list)
    taken_for: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    takings: list[Taking] = field(default_factory=list)
    whole: str = ""

    @property
    def said(self) -> dict[CellKey, tuple[str, object, str, str]]:
        """What each cell says, wherever it stands: its value, or the text that is not taken."""
        known: dict[CellKey, tuple[str, object, str, str]] = {
            key: (cell.state, cell.value, cell.unit, cell.reason) for key, cell in self.cells.items()
        }
        return known | {key: (UNFILLED, None, "", one.found) for key, one in self.doubtful.items()}

    @property
    def doubts(self) -> list[Change]:
        """What is left unfilled, cells with the same text together; many rows of a table shown in whole in few words."""
        rows: dict[str, list[CellKey]] = {}
        for key, one in self.doubtful.items() if self.faults else ():
            rows.setdefault(one.why if one.is_of_row else "", []).append(key)
        many = {why: keys for why, keys in rows.items() if why and len({row for row, _ in keys}) > _FEW_ROWS}
        alike: dict[Doubt, list[CellKey]] = {}
        for key, one in ((key, one) for key, one in self.doubtful.items() if not one.is_of_row or one.why not in many):
            same = next((other for other in alike if (other.found, other.why) == (one.found, one.why)), one)
            alike.setdefault(one if one.is_of_row else same, []).append(key)
        return [*(self._said_of_rows(why, keys) for why, keys in many.items()), *(self._said(*one) for one in alike.items())]

    def _said_of_rows(self, why: str, keys: list[CellKey]) -> Change:
        first, last = self.doubtful[keys[0]].place, self.doubtful[keys[-1]].place
        begin, _, row = last.rpartition(" ")
        place = f"{first}至{row if first.startswith(f'{begin} ') else last}"
        return Change(
            roster.named(self.table, keys), place, "", UNFILLED, f"{why}；原文见 import.md 的“原件的{self.table.name}”"
        )

    def _said(self, doubt: Doubt, keys: list[CellKey]) -> Change:
        cells = roster.of_row(self.table, keys[0][0]) if doubt.is_of_row else roster.named(self.table, keys)
        more = "等" if any(self.doubtful[key].place != doubt.place for key in keys) else ""
        return Change(cells, doubt.place + more, doubt.found, UNFILLED, doubt.why)

    @property
    def other_units(self) -> list[str]:
        """The amounts whose head has another unit than the statutory one."""
        units = {key: column[-1].unit for key, (_, column) in self.table.cells.items()}
        return [
            f"{roster.named(self.table, [key])}：{cell.value}{cell.unit}"
            for key, cell in self.cells.items() if cell.value and cell.unit and units[key] not in {"", cell.unit}
        ]  # fmt: skip

    @property
    def has_zeros(self) -> bool:
        """Whether a 0 was typed anywhere: then a blank may be none, and figures beside it may have moved."""
        return any(cell.value == 0 and key not in self.blanks for key, cell in self.cells.items())

    @property
    def is_mostly_there(self) -> bool:
        """Whether at least half of its cells were in the file."""
        there = sum(cell.state != UNFILLED for cell in self.cells.values()) + len(self.doubtful)
        return 2 * there >= len(self.cells)
