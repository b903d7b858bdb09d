"""The statutory tables in a flow: which rows of which grids belong to which table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing import celledlines
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.furniture import is_guide
from nianbao.importing.labelled import LONGEST_LABEL
from nianbao.importing.margins import without_margins, without_remarks
from nianbao.importing.ownrows import set_apart
from nianbao.importing.statutory import names_a_year, tables_in
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels


RowKey = tuple[int, int]  # the id of a grid, and a row of that


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a grid that belong to one table; with them the table may begin anew.

    ``origin`` is the grid with the columns beside the table; ``said`` are its rows that are lines beside each other.
    """

    table: str
    grid: Grid
    rows: tuple[int, ...]
    origin: Grid
    said: frozenset[int] = frozenset()
    is_anew: bool = False

    def key(self, row: int) -> RowKey:
        """What one of its rows is looked up by."""
        assert row in self.rows
        return id(self.grid), row

    @property
    def words(self) -> set[str]:
        """What stands in its rows, without figures."""
        texts = (cell for number in self.rows for cell in self.grid.rows[number])
        return {tree.normalise(text) for text in texts if text and not reading.is_figure(text)}

    @property
    def count(self) -> int:
        """How many figures it has, or signs for them."""
        return sum(map(is_value, (cell for row in self.rows for cell in self.grid.rows[row])))

    def keys(self, labels: Labels) -> set[tuple[str, str]]:
        """What its rows with figures are called, each with the title above it."""
        return {(title, name) for _, title, name in self.named(labels)}

    def named(self, labels: Labels) -> list[tuple[int, str, str]]:
        """Each row with figures, or signs for them: its place in the piece, the title above it, its name.

        A row is called by the last of its labels; where the statute has none of them, by what else it says, else by how
        many figures it has. Nothing is a title in a table whose parts have none.
        """
        found: list[tuple[int, str, str]] = []
        is_titled = any(part.title for table in labels.tables if table.id == self.table for part in table.parts)
        title = ""
        for at, number in enumerate(self.rows):
            filled = [cell for cell in self.grid.rows[number] if cell]
            said = [cell for cell in filled if not is_value(cell)]
            if len(filled) == 1 and said:
                title = title_key(filled[0]) if is_titled and not names_a_year(filled[0]) else ""
            elif len(said) < len(filled):
                known = [cell for cell in said if labels.is_one(tree.normalise(cell)) or labels.table_of(cell)]
                found.append((at, title, tree.normalise(next(reversed(known or said), "")) or str(len(filled))))
        return found


def taken_apart(blocks: Sequence[Block], labels: Labels, year: int) -> list[Block | Piece]:
    """A flow with each grid as the pieces of tables that it holds; rows of one long text alone become paragraphs.

    ``year`` is the report's.
    """
    result: list[Block | Piece] = []
    for block in celledlines.read(blocks, labels):
        for some in [block] if isinstance(block, Paragraph) else set_apart(block, labels):
            for part in [some] if isinstance(some, Paragraph) else _pieces(some, labels, year):
                result += _anew(part, labels) if isinstance(part, Piece) else [part]
    return result


def _anew(piece: Piece, labels: Labels) -> Iterator[Piece]:
    """A piece as several where its rows begin anew, as where each section's figures stand below those of another."""
    named = piece.named(labels)
    order = [(title if title.startswith("第") else "", name) for _, title, name in named]
    first = order[:2] if len(set(order)) > 1 else order[:1]
    cuts = [0]
    for at in range(1, len(named)) if first and first[0][1] not in labels.repeated else ():
        if order[at : at + len(first)] == first:
            above = named[at - 1][0] + 1
            notes = [row for row in range(above, named[at][0]) if reading.is_note("".join(piece.grid.rows[piece.rows[row]]))]
            cuts.append(max(notes, default=above - 1) + 1)
    if piece.table in labels.rowless and piece.count > labels.columns.get(piece.table, 0):
        cuts = sorted({*cuts, *_heads_again(piece)})
    for begin, end in zip(cuts, [*cuts[1:], len(piece.rows)], strict=True):
        yield replace(piece, rows=piece.rows[begin:end], is_anew=begin > 0)


def _heads_again(piece: Piece) -> list[int]:
    """Where other heads begin below figures, in a table whose rows have no labels."""
    rows = [[cell for cell in piece.grid.rows[row] if cell] for row in piece.rows]
    told = [at for at, row in enumerate(rows) if sum(map(is_value, row)) > 1]
    heads = {at for at, row in enumerate(rows) if len(set(row)) > 1 and not any(map(is_value, row))}
    behind = [above + 1 for above, below in pairwise(told) if heads & {*range(above, below)}]
    return [next(at for at in range(one, len(rows)) if not reading.is_note(rows[at][0])) for one in behind]


def whole(piece: Piece) -> Grid:
    """The rows of a piece as a table of the text, with the columns beside them."""
    return piece.origin.part(piece.rows[0], piece.rows[-1] + 1)


def _pieces(grid: Grid, labels: Labels, year: int) -> Iterator[Block | Piece]:
    there = tables_in(grid, labels)
    owners: list[str] = []
    for row in grid.rows if there else ():
        known = [labels.table_of(cell) for cell in dict.fromkeys(row)]
        filled = [cell for cell in row if cell]
        known += [labels.captioned(filled[0])] if len(set(filled)) == 1 else []
        counts = {table: known.count(table) for table in known if table in there}
        owners.append(max(counts, key=lambda table: counts[table]) if counts else "")
    if not any(owners):
        yield grid
        return
    origin = grid
    said = celledlines.said(grid, labels)
    grid, beside = without_margins(without_remarks(grid, labels), labels, owners, said, year)
    yield from beside
    here = next(filter(None, owners), "")
    rows: list[int] = []
    for number, (row, owner) in enumerate(zip(grid.rows, owners, strict=True)):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and not owner and _is_text(filled[0]):
            yield from [Piece(here, grid, tuple(rows), origin, said)] if rows else []
            rows, here = [], next(filter(None, owners[number:]), here)
            yield Paragraph(filled[0], f"{grid.place}第{grid.number(number)}行", sheet=grid.sheet)
            continue
        if owner and owner != here:
            yield from [Piece(here, grid, tuple(rows), origin, said)] if rows else []
            rows, here = [], owner
        if filled:
            rows.append(number)
    yield from [Piece(here, grid, tuple(rows), origin, said)] if rows else []


def _is_text(text: str) -> bool:
    """Whether what stands alone in a row is text and none of a table: a chapter's heading, a guide's, a whole sentence."""
    if reading.is_note(text) and not is_guide(text):
        return False
    return len(text) > LONGEST_LABEL or text.endswith("。") or is_chapter(text) or is_guide(text)
