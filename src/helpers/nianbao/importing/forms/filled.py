"""One copy of a report's form, or the CSV of one table: what somebody has filled in there, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.importing.flow import Flow, Grid
from nianbao.importing.rectangles import Cell, set_out
from nianbao.inputs.cells import NOT_A_NUMBER, NUMBER, TableInput
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.files.csv import read_csv
from nianbao.inputs.outline import is_value
from nianbao.inputs.placing import place
from nianbao.inputs.sheets import Finder, place_in
from nianbao.inputs.shifted import LOST
from nianbao.inputs.variants import Variant, read_grid
from nianbao.wording import UNFILLED, column_letter

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from nianbao.inputs import cells
    from nianbao.inputs.placing import Placed
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey, Labels, Table


@dataclass(frozen=True, slots=True)
class Said:
    """What one copy says in one place.

    Parameters
    ----------
    file, place : str
        Where it stands, as a person would point at it.
    meaning : hashable
        What it comes to: ``2件`` and ``2`` are the same.
    doubt, formula : str
        Why its text may not be taken as it stands, and the formula whose result it is; '' for none.
    is_held : bool
        Whether it stands in the report's folder.
    """

    text: str
    file: str
    place: str
    meaning: Hashable
    doubt: str = ""
    formula: str = ""
    is_held: bool = False


@dataclass(slots=True)
class FilledTable:
    """One table of a copy: its cells and its notes, the lines around it, and the rows of the bureau's own."""

    grid: Grid
    format: str
    cells: dict[CellKey, Said] = field(default_factory=dict)
    remarks: dict[Labels, Said] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    local: dict[str, list[str]] = field(default_factory=dict)

    def told(self, carried: Mapping[CellKey, Decimal | int]) -> dict[CellKey, Said]:
        """The cells in which somebody has filled in something: a number that was carried over into the form is nobody's."""
        return {key: one for key, one in self.cells.items() if one.text and one.meaning != _carried(carried.get(key))}

    def says(self, carried: Mapping[CellKey, Decimal | int]) -> bool:
        """Whether somebody has filled in anything."""
        return bool(self.told(carried) or self.remarks or self.lines or self.notes)


@dataclass(slots=True)
class Filled:
    """One copy: its tables, ``None`` for one that stands there twice or cannot be read, and all that the file says."""

    file: str
    flow: Flow
    tables: dict[str, FilledTable | None] = field(default_factory=dict)
    is_held: bool = False


def is_form(flow: Flow) -> bool:
    """Whether a file is a form of the kit's."""
    return any(isinstance(one, Grid) and one.is_placed for one in flow.blocks)


class Reader:
    """Reads copies of the form of one report, in any format that its tables may have."""

    def __init__(self, form: Format, library: Library) -> None:
        self.form = form
        self.others = [one.with_term(form.term) for one in library.formats.values() if one.id != form.id]
        every = (form, *self.others)
        self.finder = Finder({key: [one.tables[key] for one in every if key in one.tables] for key in form.tables})

    def copy(self, flow: Flow, file: str, is_held: bool = False) -> Filled:
        """What a form, or the CSV of a table, says."""
        into = Filled(file, flow, is_held=is_held)
        for grid in (one for one in flow.blocks if isinstance(one, Grid)):
            for key in self.finder.whole([(number, [*row]) for number, row in enumerate(grid.rows, 1)])[:1]:
                into.tables[key] = None if key in into.tables else self._table(key, grid, into)
        return into

    def csv(self, path: Path, is_held: bool = False) -> Filled | None:
        """What the CSV of one table says, as the kit lays it out; ``None`` for any other file."""
        rows = read_csv(path, TableInput())
        key = next(iter(self.finder.whole(rows)), "") if rows else ""
        if not rows or not key:
            return None
        region = self.finder.region(key, "", rows)
        tables = (one.tables[key] for one in (self.form, *self.others) if key in one.tables)
        if not any(_is_laid_out([cells for _, cells in region.rows], place(table)) for table in tables):
            return None
        said = {number: text for number, _, text in region.remarks}
        grid = set_out([[Cell("" if text == UNFILLED else text) for text in cells] for _, cells in region.rows], path.name)
        grid = replace(
            grid,
            numbers=tuple(number for number, _ in region.rows),
            remarks={at: said[number] for at, (number, _) in enumerate(region.rows) if number in said},
            is_placed=True,
        )
        return self.copy(Flow("CSV", (grid,)), path.name, is_held)

    def _table(self, key: str, grid: Grid, copy: Filled) -> FilledTable | None:
        """One table; ``None`` where its rows and columns, or what stands beside them, are not certain."""
        read, local = self._read(key, grid, {}), dict[str, list[str]]()
        for title, label in read.locals:
            local.setdefault(title, []).append(label)
        read = self._read(key, grid, local) if local else read
        if not any(is_value(cell) for row in grid.rows for cell in row):
            # The one row of a table may be blank, and be no row of the sheet.
            return FilledTable(grid, "", lines=_beyond(grid, self.form.tables[key]))
        if not _is_certain(read):
            return None
        made = FilledTable(grid, read.formats.get("", self.form.id), local=local)
        begins = "" if grid.place.startswith(copy.file) else f"{copy.file} "
        for labels, cell in read.cells.items():
            at = place_in(cell.source)
            if at is None or at in grid.merged:
                return None
            text = _at(grid, at)
            text = "" if text == UNFILLED else text
            between = " " if grid.place[-1].isascii() else ""
            place = f"{begins}{grid.place}{between}{column_letter(at[1])}{grid.number(at[0])}格"
            made.cells[labels] = Said(
                text, copy.file, place, _meaning(cell, text), grid.doubt(at), grid.formulas.get(at, ""), copy.is_held
            )
            if at[0] in grid.remarks:
                said, place = grid.remarks[at[0]], f"{begins}{grid.place}第{grid.number(at[0])}行备注"
                made.remarks[labels[0]] = Said(said, copy.file, place, said, is_held=copy.is_held)
        for aside in read.asides:
            (made.notes if aside.printed else made.lines).append(aside.text)
        return made

    def _read(self, key: str, grid: Grid, local: dict[str, list[str]]) -> TableInput:
        forms = [one.with_rows({key: local}) for one in (self.form, *self.others) if key in one.tables]
        variants = [Variant(one.id, one.tables[key]) for one in forms]
        return read_grid(
            [(number, [*row]) for number, row in enumerate(grid.rows, 1) if any(row)],
            "原件",
            own=variants[0],
            variants=variants,
            params=ReportParams.model_validate({}),
            term=self.form.term,
            is_placed=grid.is_placed,
            marks={(row + 1, column): why for (row, column), why in grid.marks.items()},
        )


def _is_laid_out(rows: Sequence[Sequence[str]], placed: Placed) -> bool:
    """Whether every label of a table stands in its place, and no row has lost a cell."""
    texts = [*placed.titles, *placed.heads, *placed.labels]
    if len(rows) < len(placed.widths) or any(len(rows[row]) < width for row, width in placed.widths.items()):
        return False
    return all(rows[box.top][box.left] == text for box, text in texts)


def _is_certain(read: TableInput) -> bool:
    """Whether every number of a table is known to be its cell's, in one format."""
    is_lost = any(one.kind is LOST for one in read.notes) or any(one.kind is not NOT_A_NUMBER for one in read.faults)
    return not (is_lost or read.unsure or read.odd) and read.formats.keys() <= {""}


def meaning_of(text: str) -> Hashable:
    """What a text comes to that is no cell of a table: its number, else its words."""
    try:
        return reading.decimal(text)
    except ValueError:
        return reading.plain(text)


def _at(grid: Grid, at: Sequence[int]) -> str:
    row = grid.rows[at[0]]
    return row[at[1]] if at[1] < len(row) else ""


def _beyond(grid: Grid, table: Table) -> list[str]:
    """What stands to the right of a table, of its notes and of its checks."""
    return [cell for row in grid.rows for cell in row[place(table).width + 2 :] if cell]


def _carried(value: Any) -> Hashable:
    return None if value is None else (NUMBER, value, "", "")


def _meaning(cell: cells.Cell, text: str) -> Hashable:
    """What a cell comes to; its text, where that cannot be read."""
    return text if cell.state == UNFILLED else (cell.state, cell.value, cell.unit, cell.reason)
