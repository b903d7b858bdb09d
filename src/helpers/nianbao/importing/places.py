"""The rows of one copy of a statutory table, laid out as the official form, and where each of their cells stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.celledlines import are_spoken
from nianbao.importing.relaid import relaid
from nianbao.importing.taken import Doubt
from nianbao.inputs.sheets import place_in
from nianbao.statute import tree
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.findings import Source
    from nianbao.importing.copies import Copy
    from nianbao.importing.pieces import Piece
    from nianbao.importing.relaid import Row
    from nianbao.inputs.cells import TableInput
    from nianbao.inputs.oddlabels import Marks
    from nianbao.statute.tree import CellKey, Labels, Table


class Places:
    """The rows of a copy of a table under numbers of their own, and where each of them stands.

    What belongs to a merged cell is no cell of its own: in a ``flat`` table, whose heads have one level, the cells of a row
    are counted; in any other, the columns in which no row has a cell of its own are left out. ``misread`` are the
    labels with a wrong character → the statutory ones.
    """

    def __init__(self, copy: Copy, table: Table, flat: bool, misread: Mapping[str, str]) -> None:
        rows: list[Row] = []
        at: list[tuple[Piece, int]] = []
        self.copy, self.misread = copy, misread
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
                rows.append([(misread.get(text := grid.rows[row][one], text), one) for one in kept])
        self.marks: Marks = {}
        self.said: set[int] = set()  # the rows that are surely lines
        self.are_given = all(piece.grid.is_placed for piece in copy.pieces)
        self._take(rows, at, table)

    def _take(self, rows: list[Row], at: list[tuple[Piece, int]], table: Table) -> None:
        """Number the rows, set out as the official form."""
        known = {id(cell): place for row, place in zip(rows, at, strict=True) for cell in row}
        before = at[0]
        for number, row in enumerate(relaid(rows, table), 1):
            self.at[number] = before = next((known[id(cell)] for cell in row if id(cell) in known), before)
            self.columns[number] = [column for _, column in row]
            texts = [text for text, _ in row if text]
            is_said = before[1] in before[0].said and (len(texts) == 1 or are_spoken(texts))
            self.said |= {number} if is_said else set()
            self.rows.append((number, [text for text, _ in row]))
            for column, cell in enumerate(row):
                piece, here = known.get(id(cell), before)
                why = piece.grid.marks.get((here, -1 if cell[1] is None else cell[1]), "")
                self.marks |= {(number, column): why} if why else {}

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
        """Why the text of a cell may not be taken as it stands; '' where it may, and of a blank with words nobody sees."""
        found = self.cell(source)
        return found[0].grid.doubt(found[1:]) if found else ""

    def doubts(self, read: TableInput, keys: list[CellKey]) -> dict[CellKey, Doubt]:
        """The texts of some cells that may not be taken as they stand."""
        at = {key: read.cells[key].source for key in keys}
        return {key: Doubt(self.named(one), self.text(one), why) for key, one in at.items() if (why := self.doubt(one))}

    def disowned(self, source: Source | None) -> str:
        """The line that says that the row of a cell is another year's or body's; '' where none does."""
        found = self.cell(source)
        return self.copy.doubtful.get(found[0].key(found[1]), "") if found else ""

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
