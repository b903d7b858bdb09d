"""One statutory table of a flow → its cells, as the kit reads a CSV, with everything that was made of what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.findings import Source
from nianbao.importing.flow import MOST_COLUMNS
from nianbao.importing.relaid import relaid
from nianbao.importing.rules import rule_of, written
from nianbao.inputs.cells import NOT_A_NUMBER, NUMBER, Cell, place_of
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.grid import EXTRA, MISPLACED
from nianbao.inputs.variants import Variant, read_grid
from nianbao.statute import tree
from nianbao.wording import UNFILLED, column_letter

if TYPE_CHECKING:
    from nianbao.findings import Finding
    from nianbao.importing.pieces import Copy, Piece
    from nianbao.importing.relaid import Row
    from nianbao.inputs.cells import Cells, TableInput
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey, Labels, Table


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose value is written otherwise than its text: where, what stood there, what was taken, by which rule."""

    cell: str
    place: str
    found: str
    taken: str
    rule: str


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
    doubts : list of Change
        The cells that are left unfilled, with their text.
    """

    table: Table
    csv: str
    cells: Cells
    formats: dict[str, str]
    local: dict[str, list[str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Change] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    whole: str = ""

    @property
    def is_mostly_there(self) -> bool:
        """Whether at least half of its cells were in the file."""
        there = sum(cell.state != UNFILLED for cell in self.cells.values()) + len(self.doubts)
        return 2 * there >= len(self.cells)


class _Places:
    """The rows of a copy of a table under numbers of their own, and where each of them stands.

    What belongs to a merged cell is no cell of its own: in a ``flat`` table, whose heads have one level, the cells of a row
    are counted; in any other, the columns in which no row has a cell of its own are left out.
    """

    def __init__(self, copy: Copy, table: Table) -> None:
        flat = all(part.head_depth == 1 and part.stub_depth < 2 for part in table.parts)
        rows: list[Row] = []
        at: list[tuple[Piece, int]] = []
        self.rows: list[tuple[int, list[str]]] = []
        self.at: dict[int, tuple[Piece, int]] = {}
        self.columns: dict[int, list[int | None]] = {}
        for piece in copy.pieces:
            width, spanned = len(piece.grid.rows[0]), piece.grid.spanned
            bare = {column for column in range(width) if all((row, column) in spanned for row in piece.rows)}
            left = _left(piece)
            for row in piece.rows:
                kept = [
                    one for one in range(piece.grid.width(row)) if one not in bare and not (flat and (row, one) in spanned)
                ]
                kept = [one for one in kept if one >= left or piece.grid.rows[row][one]]
                at.append((piece, row))
                rows.append([(piece.grid.rows[row][one], one) for one in kept])
        self.are_given = all(piece.grid.is_placed for piece in copy.pieces)
        self._take(rows, at, table)

    def _take(self, rows: list[Row], at: list[tuple[Piece, int]], table: Table) -> None:
        """Number the rows, set out as the official form."""
        known = {id(cell): place for row, place in zip(rows, at, strict=True) for cell in row}
        before = at[0]
        for number, row in enumerate(relaid(rows, table), 1):
            before = next((known[id(cell)] for cell in row if id(cell) in known), before)
            self.at[number] = before
            self.columns[number] = [column for _, column in row]
            self.rows.append((number, [text for text, _ in row]))

    def cell(self, source: Source | None) -> tuple[Piece, int, int] | None:
        """The piece, row and column that a source means; ``None`` where it means no cell."""
        letters = (source.cell or "").rstrip("0123456789") if source else ""
        at = next((at for at in range(MOST_COLUMNS) if column_letter(at) == letters), None) if letters else None
        if source is None or at is None or source.line not in self.at or at >= len(self.columns[source.line]):
            return None
        (piece, row), column = self.at[source.line], self.columns[source.line][at]
        return None if column is None else (piece, row, column)

    def text(self, source: Source | None) -> str:
        """What stands in a cell."""
        found = self.cell(source)
        return found[0].grid.rows[found[1]][found[2]] if found else ""

    def doubt(self, source: Source | None) -> str:
        """Why the text of a cell may not be taken as it stands; '' where it may."""
        found = self.cell(source)
        return found[0].grid.doubtful.get(found[1:], "") if found else ""

    def remarks(self, read: TableInput) -> dict[Labels, str]:
        """What is said beside each row that was read, under 备注."""
        lines = {cell.source.line: row for (row, _), cell in read.cells.items() if cell.source and cell.source.cell}
        found = {row: self.at[line] for line, row in lines.items() if line in self.at}
        return {row: said for row, (piece, at) in found.items() if (said := piece.grid.remarks.get(at, ""))}

    def named(self, source: Source | None) -> str:
        """A source as a person would point at it: ``第2个表格 第5行 C5格``."""
        if source is None or source.line not in self.at:
            return ""
        piece, row = self.at[source.line]
        number, found = piece.grid.number(row), self.cell(source)
        return f"{piece.grid.place} {column_letter(found[2])}{number}格" if found else f"{piece.grid.place} 第{number}行"


def _left(piece: Piece) -> int:
    """The column in which the table begins: what stands on the left of it belongs to lines above or below."""
    rows = [piece.grid.rows[row] for row in piece.rows]
    first = [next(at for at, cell in enumerate(row) if cell) for row in rows if any(map(reading.is_figure, row))]
    return min(first, default=0)


def take(copy: Copy, form: Format, library: Library) -> Taken:
    """Read one copy of a table in the format, or part by part in the one, whose heads it has."""
    places = _Places(copy, form.tables[copy.table])
    local: dict[str, list[str]] = {}
    read = _read(copy.table, places, form, library, local)
    for title, label in read.locals:
        has_figures = any(label in row and any(map(reading.is_figure, row)) for _, row in places.rows)
        if has_figures and not any(char.isdigit() for char in label) and label not in _rows_of(read, title):
            local.setdefault(title, []).append(label)
    if local:
        read = _read(copy.table, places, form, library, local)
    assert read.table
    taken = Taken(read.table, "", dict(read.cells), read.formats, local, whole=_raw(places))
    _sort_faults(read, places, taken)
    _sort_cells(read, places, taken)
    for aside in read.asides:
        if not aside.printed:
            taken.left_out.append((places.named(aside.source), aside.text))
    notes = [aside.text for aside in read.asides if aside.printed]
    taken.csv = to_csv(read.table, _texts(taken, places), read.labels, notes, places.remarks(read))
    taken.notes = [replace(note, source=Source(places.named(note.source))) for note in read.notes]
    return taken


def _read(table: str, places: _Places, form: Format, library: Library, local: dict[str, list[str]]) -> TableInput:
    others = [one.with_term(form.term) for one in library.formats.values() if one.id != form.id]
    forms = [one.with_rows({table: local}) for one in (form, *others) if table in one.tables]
    variants = [Variant(one.id, one.tables[table]) for one in forms]
    return read_grid(
        places.rows, "原件", variants[0], variants, ReportParams.model_validate({}), form.term, places.are_given
    )


def _rows_of(read: TableInput, title: str) -> set[str]:
    parts = read.table.parts if read.table else ()
    return {node.label for part in parts if part.title == title for chain in part.row_chains for node in chain}


def _sort_faults(read: TableInput, places: _Places, taken: Taken) -> None:
    """Empty the cells that a fault makes uncertain: the one it names, those of its row, or all of its part."""
    for fault in read.faults:
        line = fault.source.line if fault.source else None
        if fault.kind is NOT_A_NUMBER:
            continue
        taken.faults.append(replace(fault, source=Source(places.named(fault.source) or "原件")))
        in_row = [key for key, cell in taken.cells.items() if cell.source and cell.source.cell and cell.source.line == line]
        is_of_row = fault.kind is MISPLACED and fault.found.startswith(("行", "缺少")) and "行" in fault.found
        is_shifted = fault.kind is EXTRA and line is not None and fault.source is not None and fault.source.cell is None
        is_of_no_part = len(taken.table.parts) > 1 and fault.place == taken.table.name
        if is_of_row or is_shifted or is_of_no_part:
            continue  # what could not be placed was not read
        doubtful = in_row if fault.kind is EXTRA and in_row else _part_of(read, fault.place)
        for key in doubtful:
            _doubt(taken, key, places, "这一行或这一部分对不上栏目")


def _part_of(read: TableInput, place: str) -> list[CellKey]:
    """The cells of the part that a fault's place names; of the whole table where it names none."""
    assert read.table
    parts = [part for part in read.table.parts if part.title and part.title in place] or list(read.table.parts)
    return [
        (tree.labels_of(row), tree.labels_of(column))
        for part in parts for row in part.row_chains for column in part.column_chains
    ]  # fmt: skip


def _doubt(taken: Taken, key: CellKey, places: _Places, why: str) -> None:
    cell = taken.cells[key]
    if cell.source and cell.source.cell and (text := places.text(cell.source)):
        taken.doubts.append(Change(place_of(taken.table, *key), places.named(cell.source), text, UNFILLED, why))
    taken.cells[key] = Cell(UNFILLED, source=None)


def _sort_cells(read: TableInput, places: _Places, taken: Taken) -> None:
    known = {fault.source: fault.found for fault in read.faults if fault.kind is NOT_A_NUMBER}
    for key, cell in list(taken.cells.items()):
        column = taken.table.cells[key][1][-1]
        name, text = place_of(taken.table, *key), places.text(cell.source)
        if why := known.get(cell.source, "") or places.doubt(cell.source):
            taken.doubts.append(Change(name, places.named(cell.source), text, UNFILLED, why))
            taken.cells[key] = Cell(UNFILLED)
        elif cell.state == UNFILLED:
            taken.blanks += [name] if cell.source and cell.source.cell else []
        else:
            made = written(text, cell, column)
            if made != text:
                taken.changes.append(Change(name, places.named(cell.source), text, made, rule_of(text, cell)))
            elif cell.state not in {NUMBER, UNFILLED, text}:
                taken.marks.add(reading.plain(text))


def _texts(taken: Taken, places: _Places) -> dict[CellKey, Any]:
    return {
        key: written(places.text(cell.source), cell, taken.table.cells[key][1][-1])
        for key, cell in taken.cells.items()
        if cell.state != UNFILLED
    }


def _raw(places: _Places) -> str:
    return "\n".join("\t".join(row) for _, row in places.rows)
