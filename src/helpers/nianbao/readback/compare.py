"""What a published file shows, beside what the report says: each difference with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.inputs.cells import place_of
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readback.expected import Chapter, Piece
    from nianbao.shown.seen import Grid, Seen, Slot

MOST = 5  # differences that are told of one file
SHOWN = 40  # characters of a block that are told
NOTHING = "（没有）"
Cross = tuple[tuple[str, ...], tuple[str, ...], str]
"""A cell as a grid shows it: the headings left of it, those above it, its text."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """A place where a file does not show what the report says, and what stands on either side."""

    place: str
    expected: str
    found: str

    def __str__(self) -> str:
        said = "{place}: expected “{expected}”, found “{found}”"
        return say(said, place=self.place, expected=_short(self.expected), found=_short(self.found))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def misprints(chapters: Sequence[Chapter], seen: Seen) -> list[Misprint]:
    """The differences between a report and a file that has to show all of it; other content may stand between its pieces."""
    text = _Text(seen.blocks)
    found: list[Misprint] = []
    end = 0
    for chapter in chapters:
        begin = end
        for pieces in (chapter.texts, chapter.tables):
            at = begin
            for piece in pieces:
                at, wrong = text.after(piece, at)
                found += wrong
                end = max(end, at)
    if not found and seen.grids:
        tables = (piece for chapter in chapters for piece in chapter.tables)
        crosses = [_crosses(grid) for grid in seen.grids]
        found = [misprint for piece in tables for misprint in _misplaced(piece, crosses)]
    return found


class _Text:
    """The blocks of a file as one text, each between line breaks."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.whole = "\n" + "\n".join(blocks) + "\n"

    def after(self, piece: Piece, at: int) -> tuple[int, list[Misprint]]:
        """Where a piece that begins at a place or later ends; its first difference when it does not stand there."""
        needle = "\n" + "\n".join(piece.blocks) + "\n"
        if not piece.blocks or (begin := self.whole.find(needle, at)) >= 0:
            return (begin + len(needle) - 1 if piece.blocks else at), []
        if needle in self.whole:
            return at, [Misprint(piece.place(0), piece.blocks[0], say("the same in another place"))]
        return self._nearest(piece, at)

    def _nearest(self, piece: Piece, at: int) -> tuple[int, list[Misprint]]:
        """The end of the longest run that agrees with the piece from its beginning on, and what differs there."""
        best = (-1, 0)
        begin = self.whole.find(f"\n{piece.blocks[0]}\n", at)
        while begin >= 0:
            best = max(best, self._agreeing(piece, begin, 0))
            begin = self.whole.find(f"\n{piece.blocks[0]}\n", begin + 1)
        agreed, place = best
        if agreed > 0:
            return place, [Misprint(piece.place(agreed), piece.blocks[agreed], self._block(place))]
        # Its beginning is nowhere: what stands before the first block that is there.
        for index, block in enumerate(piece.blocks[1:], 1):
            if (place := self.whole.find(f"\n{block}\n", at)) >= 0:
                before = self.whole[at + 1 : place].rpartition("\n")[2]
                return at, [Misprint(piece.place(index - 1), piece.blocks[index - 1], before or NOTHING)]
        return at, [Misprint(piece.place(0), piece.blocks[0], NOTHING)]

    def _agreeing(self, piece: Piece, at: int, agreed: int) -> tuple[int, int]:
        """How many blocks agree from a place on, and where they end."""
        while agreed < len(piece.blocks) and self.whole.startswith(f"\n{piece.blocks[agreed]}\n", at):
            at += len(piece.blocks[agreed]) + 1
            agreed += 1
        return agreed, at

    def _block(self, at: int) -> str:
        return self.whole[at + 1 :].partition("\n")[0] or NOTHING


def _misplaced(piece: Piece, grids: Sequence[Sequence[Cross]]) -> list[Misprint]:
    """The cells of a table that no grid has under their headings: none where one of the grids has them all."""
    table, nearest = piece.table, None
    assert table
    for crosses in grids:
        if len(crosses) == len(piece.cells):
            wrong = [(own, one) for own, one in zip(piece.cells, crosses, strict=True) if own[1:] != one]
            if not wrong:
                return []
            nearest = wrong if nearest is None or len(wrong) < len(nearest) else nearest
    if nearest is None:
        return [Misprint(table.name, say("{count} cells", count=len(piece.cells)), NOTHING)]
    return [Misprint(place_of(table, *own[0]), _said(own[1:]), _said(one)) for own, one in nearest]


def _said(cross: Cross) -> str:
    left, above, text = cross
    return f"{text}（{' / '.join(filter(None, (*left[-1:], '·'.join(above[-2:]))))}）"


@lru_cache(maxsize=16)
def _crosses(grid: Grid) -> tuple[Cross, ...]:
    """The cells of a table; a sound report has the same tables in each of its files."""
    return tuple(_crossing(grid))


def _crossing(grid: Grid) -> Iterator[Cross]:
    """Of each cell that is no heading: the headings left of it in its row, those above it in its column, its text.

    Above a cell stand the rows of headings alone that come before its row, up to the cells of the part before. A cell
    without a word left of a heading is that of the page before, printed again: it reaches as far as there is room.
    """
    above: dict[int, tuple[str, ...]] = {}  # of each column the headings over it
    over: dict[int, tuple[Slot, int]] = {}  # of each column the cell that reaches into the row from above, for so many rows
    begun: dict[int, Slot] = {}  # of each column the last heading in it
    again: list[int] = []  # the columns of headings that are printed again
    was_head = False
    for row in grid:
        placed = {column: (slot, rest - 1) for column, (slot, rest) in over.items() if rest}
        while again and len(placed) + sum(slot.across for slot in row) > sum(slot.across for slot in grid[0]):
            placed.pop(again.pop(), None)
        reaching, column, cells = set(placed), 0, []
        for at, slot in enumerate(row):
            while column in placed:
                column += 1
            if slot.head:
                begun[column] = slot
            elif not slot.text and column in begun and any(one.head for one in row[at + 1 :]):
                slot = replace(begun[column], along=len(grid))
                again.append(column)
            cells.append((column, slot.text)) if not slot.head else None
            for one in range(column, column + slot.across):
                placed[one] = (slot, slot.along - 1)
            column += slot.across
        if not cells:
            above = above if was_head else {}
            new = {one: slot.text for one, (slot, _) in placed.items() if one not in reaching}
            above = {one: (*above.get(one, ()), text) for one, text in new.items()} | {
                one: heads for one, heads in above.items() if one not in new
            }
        else:
            heads = {id(slot): slot.text for one, (slot, _) in sorted(placed.items()) if slot.head and one < cells[0][0]}
            left = tuple(heads.values())
            for column, text in cells:
                yield left, above.get(column, ()), text
        over, was_head = placed, not cells
