"""One statutory table of a flow → its cells, as the kit reads a CSV, with everything that was made of what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.findings import Source
from nianbao.importing import bracketed, underheads, units
from nianbao.importing.counted import is_part_title
from nianbao.importing.relaid import relaid
from nianbao.importing.rules import rule_of, written
from nianbao.importing.taken import Change, Doubt, Taken
from nianbao.inputs.cells import NO_UNIT, NOT_A_NUMBER, Cell, place_of, unread
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.grid import EXTRA, LOST
from nianbao.inputs.sheets import place_in
from nianbao.inputs.variants import Variant, read_grid
from nianbao.statute import tree
from nianbao.wording import NOT_APPLICABLE, UNFILLED, column_letter

if TYPE_CHECKING:
    from nianbao.importing.flow import Grid, Place
    from nianbao.importing.pieces import Copy, Piece
    from nianbao.importing.relaid import Row
    from nianbao.inputs.cells import TableInput
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey, Labels, Table

_UNFIT = "这一行或这一部分对不上栏目"
_OF_ANOTHER = "“{line}”写明不是本报告的数，或还没有定"
_MERGED = "合并的单元格，不知属于哪一栏"


class _Places:
    """The rows of a copy of a table under numbers of their own, and where each of them stands.

    What belongs to a merged cell is no cell of its own: in a ``flat`` table, whose heads have one level, the cells of a row
    are counted; in any other, the columns in which no row has a cell of its own are left out.
    """

    def __init__(self, copy: Copy, table: Table, flat: bool) -> None:
        rows: list[Row] = []
        at: list[tuple[Piece, int]] = []
        self.copy = copy
        self.rows: list[tuple[int, list[str]]] = []
        self.at: dict[int, tuple[Piece, int]] = {}
        self.columns: dict[int, list[int | None]] = {}
        for piece in copy.pieces:
            grid = piece.grid
            bare = {one for one in range(len(grid.rows[0])) if all(grid.is_spanned(row, one) for row in piece.rows)}
            left = _left(piece, copy, table)
            for row in piece.rows:
                kept = [
                    one for one in range(grid.width(row)) if one not in bare and not (flat and grid.is_spanned(row, one))
                ]
                kept = [one for one in kept if one >= left or grid.rows[row][one]]
                at.append((piece, row))
                rows.append([(grid.rows[row][one], one) for one in kept])
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
        place = place_in(source)
        if place is None or place[0] + 1 not in self.at or place[1] >= len(self.columns[place[0] + 1]):
            return None
        (piece, row), column = self.at[place[0] + 1], self.columns[place[0] + 1][place[1]]
        return None if column is None else (piece, row, column)

    def text(self, source: Source | None) -> str:
        """What stands in a cell."""
        found = self.cell(source)
        return found[0].grid.rows[found[1]][found[2]] if found else ""

    def row(self, source: Source | None) -> str:
        """What stands in the row of a source."""
        if source is None or source.line not in self.at:
            return ""
        piece, row = self.at[source.line]
        return "，".join(filter(None, piece.grid.rows[row]))

    def doubt(self, source: Source | None) -> str:
        """Why the text of a cell may not be taken as it stands; '' where it may."""
        found = self.cell(source)
        return found[0].grid.doubtful.get(found[1:], "") if found else ""

    def disowned(self, source: Source | None) -> str:
        """The line that says that the row of a cell is another year's or body's; '' where none does."""
        found = self.cell(source)
        return self.copy.doubtful.get((id(found[0].grid), found[1]), "") if found else ""

    def has_merged_text(self, source: Source | None) -> bool:
        """Whether a figure of the row that a source means stands in a merged cell."""
        if source is None or source.cell is not None or source.line not in self.at:
            return False
        piece, row = self.at[source.line]
        # Merged cells that are blank may lie on the right of the rectangle.
        origins = {(one, at) for (here, _), (one, at) in piece.grid.merged.items() if here == row and one >= 0}
        return any(reading.is_figure(cell) for one, at in origins for cell in piece.grid.rows[one][at : at + 1])

    def remarks(self, read: TableInput) -> dict[Labels, str]:
        """What is said beside each row that was read, under 备注."""
        lines = {cell.source.line: row for (row, _), cell in read.cells.items() if cell.source and cell.source.cell}
        found = {row: self.at[line] for line, row in lines.items() if line in self.at}
        return {row: said for row, (piece, at) in found.items() if (said := piece.grid.remarks.get(at, ""))}

    def lost_remarks(self, read: TableInput) -> list[tuple[str, str]]:
        """What is said beside rows that were not read: the place and the text."""
        lines = {cell.source.line for cell in read.cells.values() if cell.source and cell.source.cell}
        at = [(piece.grid, row) for line, (piece, row) in self.at.items() if line not in lines]
        return [(f"{grid.place} 第{grid.number(row)}行", grid.remarks[row]) for grid, row in at if row in grid.remarks]

    def named(self, source: Source | None) -> str:
        """A source as a person would point at it: ``第2个表格 第5行 C5格``."""
        if source is None or source.line not in self.at:
            return ""
        piece, row = self.at[source.line]
        number, found = piece.grid.number(row), self.cell(source)
        return f"{piece.grid.place} {column_letter(found[2])}{number}格" if found else f"{piece.grid.place} 第{number}行"


def _left(piece: Piece, copy: Copy, table: Table) -> int:
    """The column in which the table begins: what stands on the left of it belongs to lines above or below.

    It is the same on each page that has as many columns: where the merged labels of a page before go on, they are blank. Its
    heads tell it too: the first cell of a row without labels may be blank.
    """
    heads = {tree.normalise(node.label) for part in table.parts for chain in part.column_chains for node in chain}
    alike = [one for one in copy.pieces if len(one.grid.rows[0]) == len(piece.grid.rows[0])]
    rows = [one.grid.rows[row] for one in alike for row in one.rows]
    told = [
        row for row in rows if any(map(reading.is_figure, row)) or heads & {tree.normalise(cell) for cell in row if cell}
    ]
    return min((next(at for at, cell in enumerate(row) if cell) for row in told), default=0)


def take(copy: Copy, form: Format, library: Library) -> Taken:
    """Read one copy of a table in the format, or part by part in the one, whose heads it has."""
    table = form.tables[copy.table]
    places = _Places(copy, table, all(part.head_depth == 1 and part.stub_depth < 2 for part in table.parts))
    taken = _take(copy, places, form, library)
    if taken.faults and any(piece.grid.merged for piece in copy.pieces):
        # Edges that are off by a sliver make columns that only some rows have: then the cells are counted.
        counted = _take(copy, _Places(copy, table, True), form, library)
        return taken if counted.faults else counted
    return taken


def _take(copy: Copy, places: _Places, form: Format, library: Library) -> Taken:
    local: dict[str, list[str]] = {}
    read = _read(copy.table, places, form, library, local)
    for title, label in (one for one in read.locals if not is_part_title(one[1])):
        has_figures = any(label in row and any(map(reading.is_figure, row)) for _, row in places.rows)
        if has_figures and not any(char.isdigit() for char in label) and label not in _rows_of(read):
            local.setdefault(title, []).append(label)
    if local:
        read = _read(copy.table, places, form, library, local)
    assert read.table
    taken = Taken(read.table, "", dict(read.cells), read.formats, local, whole=_raw(places))
    taken.apart = underheads.apart(taken, places.cell)
    _sort_merged(places, taken)
    _sort_faults(read, places, taken)
    _sort_cells(read, places, copy, taken)
    for aside in read.asides:
        if not aside.printed:
            taken.left_out.append((places.named(aside.source), aside.text))
    taken.left_out += places.lost_remarks(read)
    notes = [aside.text for aside in read.asides if aside.printed]
    taken.csv = to_csv(read.table, _texts(taken, places), read.labels, notes, places.remarks(read))
    with_units = {cell.source for cell in taken.cells.values() if cell.unit}
    told = (note for note in read.notes if note.kind not in {NO_UNIT, LOST} or note.source not in with_units)
    taken.notes = [replace(note, source=Source(places.named(note.source))) for note in told]
    return taken


def _read(table: str, places: _Places, form: Format, library: Library, local: dict[str, list[str]]) -> TableInput:
    others = [one.with_term(form.term) for one in library.formats.values() if one.id != form.id]
    forms = [one.with_rows({table: local}) for one in (form, *others) if table in one.tables]
    variants = [Variant(one.id, one.tables[table]) for one in forms]
    return read_grid(
        places.rows, "原件", variants[0], variants, ReportParams.model_validate({}), form.term, places.are_given
    )


def _rows_of(read: TableInput) -> set[str]:
    """The rows and heads of all parts: one that stands in another part than its own is no row of the bureau's own."""
    parts = read.table.parts if read.table else ()
    return {node.label for part in parts for chain in part.row_chains for node in chain} | {part.stub for part in parts}


def _sort_faults(read: TableInput, places: _Places, taken: Taken) -> None:
    """Empty the cells that a fault leaves uncertain."""
    for fault in [*read.faults, *(note for note in read.notes if note.kind is LOST)]:
        if fault.kind is not NOT_A_NUMBER:
            found = _MERGED if fault.kind is EXTRA and places.has_merged_text(fault.source) else fault.found
            taken.faults.append(replace(fault, source=Source(places.named(fault.source) or "原件"), found=found))
    rows: dict[Labels, list[CellKey]] = {}
    for key in taken.cells:
        if key in read.unsure:
            rows.setdefault(key[0], []).append(key)
    for keys in rows.values():
        sources = [read.cells[key].source for key in keys]
        if any(map(places.text, sources)):
            # Where the columns are not certain, no text of the row is any column's.
            why = Doubt(places.named(sources[0].row if sources[0] else None), places.row(sources[0]), _UNFIT, True)
            taken.doubtful |= {key: why for key in keys if key not in taken.doubtful}
        taken.cells |= dict.fromkeys(keys, Cell(UNFILLED))


def _sort_merged(places: _Places, taken: Taken) -> None:
    """Empty the cells that one merged cell covers where text stands in it: nobody knows whose it is."""
    areas: dict[tuple[int, Place], list[tuple[CellKey, Grid]]] = {}
    own: set[tuple[int, Place]] = set()  # the areas that are one cell of the statutory table
    for key, cell in taken.cells.items():
        if found := places.cell(cell.source):
            grid, place = found[0].grid, found[1:]
            area = id(grid), grid.merged.get(place, place)
            areas.setdefault(area, []).append((key, grid))
            own |= {area} if area[1] == place else set()
    for area, some in areas.items():
        (row, column), grid = area[1], some[0][1]
        text = "" if row < 0 or (len(some) == 1 and area in own) else grid.rows[row][column]
        for key, _ in some if text else ():
            named = f"{grid.place} {column_letter(column)}{grid.number(row)}格"
            taken.doubtful[key] = Doubt(named, text, _MERGED)
            taken.cells[key] = Cell(UNFILLED)


def _sort_cells(read: TableInput, places: _Places, copy: Copy, taken: Taken) -> None:
    known = {fault.source: fault.found for fault in read.faults if fault.kind is NOT_A_NUMBER}
    _sort_bracketed(read, places, taken)
    around = units.Units(copy)
    for key, cell in list(taken.cells.items()):
        column = taken.table.cells[key][1][-1]
        unit, line = around.said_once(places.cell(cell.source), cell, column)
        if unit:
            taken.cells[key], taken.units[key] = (cell := replace(cell, unit=unit)), unit
        name, text = place_of(taken.table, *key), places.text(cell.source)
        said, odd = unread(text)
        # What a fault has found is the cell's text, which stands beside it, and why it cannot be read.
        why = odd or places.doubt(cell.source) or known.get(cell.source, "").removeprefix(f"“{text}”").strip("（）")
        why = why or ("" if unit else around.doubt(places.cell(cell.source), cell, column))
        if (of_another := places.disowned(cell.source)) and text:
            row = cell.source.row if cell.source else None
            taken.doubtful[key] = Doubt(places.named(row), places.row(row), _OF_ANOTHER.format(line=of_another), True)
            taken.cells[key] = Cell(UNFILLED)
        elif why:
            taken.doubtful[key] = Doubt(places.named(cell.source), said if odd else text, why)
            taken.cells[key] = Cell(UNFILLED)
        elif cell.state == UNFILLED:
            taken.blanks += [key] if cell.source and cell.source.cell else []
        else:
            made = written(text, cell, column, unit)
            if made != text:
                rule = f"单位按“{line}”" if unit else rule_of(text, cell)
                taken.changes.append(Change(name, places.named(cell.source), text, made, rule))
            elif cell.state == NOT_APPLICABLE != text:
                taken.marks.add(reading.plain(text))


def _sort_bracketed(read: TableInput, places: _Places, taken: Taken) -> None:
    """Empty the cells of rows and columns whose labels have words in brackets that may say that they are none of ours."""
    odd = bracketed.odd(taken.table, read.labels, *places.copy.wanted)
    there = [key for key in odd if places.text(taken.cells[key].source)]
    for key in there:
        label, is_row = odd[key]
        source = taken.cells[key].source
        column = "，".join(places.text(taken.cells[one].source) for one in there if odd[one] == odd[key])
        place, found = places.named(source.row if is_row and source else source), places.row(source)
        taken.doubtful[key] = Doubt(place, found if is_row else column, bracketed.WHY.format(label=label), is_row)
    taken.cells |= dict.fromkeys(there, Cell(UNFILLED))


def _texts(taken: Taken, places: _Places) -> dict[CellKey, Any]:
    """What each cell is written as; blank is only what is blank in the file.

    A row with blanks may be read as one that lost them, and ``marks`` may say that blanks are 0.
    """
    made: dict[CellKey, Any] = {
        key: written(places.text(cell.source), cell, taken.table.cells[key][1][-1], taken.units.get(key, ""))
        for key, cell in taken.cells.items()
        if cell.state != UNFILLED
    }
    return dict.fromkeys(taken.cells.keys() - taken.blanks, UNFILLED) | made


def _raw(places: _Places) -> str:
    return "\n".join("\t".join(row) for _, row in places.rows)
