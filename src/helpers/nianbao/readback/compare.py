"""What a published file shows, beside what the report says: each difference with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.inputs.cells import place_of
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readback.expected import Chapter, Cross, Piece
    from nianbao.render.seen import Grid, Seen, Slot

MOST = 5  # differences that are told of one file
SHOWN = 40  # characters of a block that are told
NOTHING = "（没有）"


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
    """The differences between a report and a file that has to show the whole of it, in order; other content may stand between
    its pieces."""
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
        found = [misprint for piece in tables for misprint in _misplaced(piece, seen.grids)]
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


def _misplaced(piece: Piece, grids: Sequence[Grid]) -> list[Misprint]:
    """The cells of a table that no grid has under their headings: none where one of the grids has them all."""
    table, nearest = piece.table, None
    assert table
    for grid in grids:
        crosses = list(_crosses(grid))
        if len(crosses) == len(piece.cells):
            wrong = [(own, one) for own, one in zip(piece.cells, crosses, strict=True) if own[1:] != one]
            if not wrong:
                return []
            nearest = wrong if nearest is None or len(wrong) < len(nearest) else nearest
    if nearest is None:
        return [Misprint(table.name, say("{count} cells", count=len(piece.cells)), NOTHING)]
    return [Misprint(place_of(table, *own[0]), _said(own[1:]), _said(one)) for own, one in nearest]


def _said(cross: tuple[tuple[str, ...], tuple[str, ...], str]) -> str:
    left, above, text = cross
    return f"{text}（{' / '.join(filter(None, (*left[-1:], '·'.join(above[-2:]))))}）"


def _crosses(grid: Grid) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Of each cell that is no heading: the headings left of it in its row, those above it in its column, its text.

    Above a cell stand the rows of headings alone that come before its row, up to the cells of the part before.
    """
    covering: list[dict[int, tuple[Slot, int]]] = []  # of each row of headings above: column → heading
    over: dict[int, tuple[Slot, int]] = {}  # column → what reaches into the row from above, and how many rows it goes on
    was_head = False
    for row in grid:
        placed: dict[int, tuple[Slot, int]] = {column: (slot, rest - 1) for column, (slot, rest) in over.items() if rest}
        begun: list[tuple[int, Slot]] = []
        column = 0
        for slot in row:
            while column in placed:
                column += 1
            begun.append((column, slot))
            placed |= {one: (slot, slot.along - 1) for one in range(column, column + slot.across)}
            column += slot.across
        over, is_head = placed, all(slot.head for slot in row)
        if is_head:
            covering = [*(covering if was_head else []), placed]
        else:
            for column, slot in begun:
                if not slot.head:
                    left = _distinct(placed[one][0] for one in sorted(placed) if one < column and placed[one][0].head)
                    above = _distinct(level[column][0] for level in covering if column in level)
                    yield left, above, slot.text
        was_head = is_head


def _distinct(slots: Iterator[Slot]) -> tuple[str, ...]:
    """The texts of cells in order, each cell once."""
    return tuple(slot.text for slot in {id(slot): slot for slot in slots}.values())
