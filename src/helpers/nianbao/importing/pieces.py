"""The statutory tables in a flow: which rows of which grids belong to which table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from nianbao.importing.statutory import meant, names_a_year, tables_in
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line around a table, and where it stands.

    Parameters
    ----------
    is_near : bool
        Whether no sentence stands between it and the table; of a row, whether nothing stands beside it there.
    places : frozenset or None
        The rows, each with its grid's id, of which it speaks; ``None`` where it may speak of all.
    is_note : bool
        Whether it is a note, or counted below one: ``2.…``.
    """

    text: str
    where: str
    is_near: bool = True
    places: frozenset[tuple[int, int]] | None = None
    is_note: bool = False


@dataclass(slots=True)
class Copy:
    """A table as it stands in a flow, in one piece or in several: the blocks that it is in, and what its rows are called.

    ``around`` are the lines around it; ``doubtful`` are its rows, each with its grid's id, that are not to be taken → why.
    ``wanted`` are the year and the body's name that are meant.
    """

    table: str
    pieces: list[Piece] = field(default_factory=list)
    at: int = 0
    keys: set[tuple[str, ...]] = field(default_factory=set)
    around: tuple[Line, ...] = ()
    doubtful: dict[tuple[int, int], str] = field(default_factory=dict)
    wanted: tuple[int, str] = (0, "")

    @property
    def place(self) -> str:
        """Where it stands."""
        return "、".join(dict.fromkeys(piece.grid.place for piece in self.pieces))

    @property
    def text(self) -> str:
        """What stands in it."""
        return " / ".join("，".join(row) for row in _texts(self))

    @property
    def said(self) -> frozenset[tuple[int, int]]:
        """Its rows that are lines beside each other, with their grids' ids."""
        return frozenset((id(piece.grid), row) for piece in self.pieces for row in piece.said.intersection(piece.rows))

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """What is said beside its rows under 备注: the place and the text."""
        return [
            (f"{piece.grid.place} 第{piece.grid.number(row)}行", piece.grid.remarks[row])
            for piece in self.pieces for row in piece.rows if row in piece.grid.remarks
        ]  # fmt: skip

    @property
    def words(self) -> set[str]:
        """What stands in it beside figures."""
        return set().union(*map(_words, self.pieces))

    @property
    def is_blank(self) -> bool:
        """Whether no row of it has a figure, or a sign for one."""
        return not any(is_value(cell) for piece in self.pieces for row in piece.rows for cell in piece.grid.rows[row])

    def has_all_of(self, other: Copy) -> bool:
        """Whether each row with figures of another copy stands in a row of this one, or is a part of one."""
        rows, parts = ([[*filter(reading.is_figure, row)] for row in _texts(one)] for one in (self, other))
        return all(any(part == row[at : at + len(part)] for row in rows for at in range(len(row))) for part in parts if part)

    def same_as(self, other: Copy) -> bool:
        """Whether both say the same."""
        return _texts(self) == _texts(other)


def _texts(copy: Copy) -> list[list[str]]:
    return [[cell for cell in piece.grid.rows[row] if cell] for piece in copy.pieces for row in piece.rows]


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
    named = _named(piece, labels)
    order = [(title if title.startswith("第") else "", name) for _, title, name in named]
    first = order[:2] if len(set(order)) > 1 else order[:1]
    cuts = [0]
    for at in range(1, len(named)) if first and first[0][1] not in labels.repeated else ():
        if order[at : at + len(first)] == first:
            above = named[at - 1][0] + 1
            notes = [row for row in range(above, named[at][0]) if reading.is_note("".join(piece.grid.rows[piece.rows[row]]))]
            cuts.append(max(notes, default=above - 1) + 1)
    if piece.table in labels.rowless and _count(piece) > labels.columns.get(piece.table, 0):
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


def copies(parts: Sequence[Block | Piece], labels: Labels) -> list[Copy]:
    """The tables of a flow, each with all its pieces; what begins anew, or stands behind text, is another copy."""
    found: list[Copy] = []
    open_: dict[str, Copy] = {}
    told = [(part, _words(part)) for part in parts if isinstance(part, Piece)]
    for at, part in enumerate(parts):
        if not isinstance(part, Piece):
            if isinstance(part, Paragraph) and _is_between(part):
                open_ = {}
            continue
        keys = _keys(part, labels)
        if (not keys and _is_form_of(part, told, labels)) or _has_other_heads(part, labels):
            found.append(Copy(part.table, [part], at, keys))
            continue
        last = open_.get(part.table)
        if last is None or part.is_anew or _is_again(last.keys, keys, labels) or _is_too_much(last, part, labels):
            last = open_[part.table] = Copy(part.table, at=at)
            found.append(last)
        last.pieces.append(part)
        last.keys |= keys
    return found


def _is_again(there: set[tuple[str, ...]], keys: set[tuple[str, ...]], labels: Labels) -> bool:
    """Whether rows are called as some that are there; where no title stands above them, their names alone tell."""
    untitled = {name for title, name in there ^ keys if not title} - labels.repeated
    return bool(there & keys or untitled & {name for _, name in there} & {name for _, name in keys})


def _is_too_much(copy: Copy, piece: Piece, labels: Labels) -> bool:
    """Whether a table whose rows have no labels, and so only one row, would have more figures than columns with a piece."""
    if piece.table not in labels.rowless or all(one.grid is piece.grid for one in copy.pieces):
        return False
    return sum(map(_count, [*copy.pieces, piece])) > labels.columns.get(piece.table, 0) > 0


def _count(piece: Piece) -> int:
    return sum(map(is_value, (cell for row in piece.rows for cell in piece.grid.rows[row])))


def _has_other_heads(piece: Piece, labels: Labels) -> bool:
    """Whether a grid begins with heads of which most are none of a statutory table: it is no page of the table before."""
    heads = [cell for cell in piece.grid.rows[piece.rows[0]] if cell]
    known = [cell for cell in heads if meant(cell, labels)]
    is_first = not any(map(any, piece.grid.rows[: piece.rows[0]]))
    return is_first and len(heads) > 1 and not any(map(is_value, heads)) and 2 * len(known) < len(heads)


def _words(piece: Piece) -> set[str]:
    """What stands in the rows of a piece, without figures."""
    texts = (cell for number in piece.rows for cell in piece.grid.rows[number])
    return {tree.normalise(text) for text in texts if text and not reading.is_figure(text)}


def _is_form_of(piece: Piece, told: Sequence[tuple[Piece, set[str]]], labels: Labels) -> bool:
    """Whether a piece without figures is the blank form of one that is filled in elsewhere."""
    words = _words(piece)
    others = (other for other in told if other[0].table == piece.table and other[0].grid is not piece.grid)
    return len(words) > 1 and any(words <= said and _keys(other, labels) for other, said in others)


def _is_between(paragraph: Paragraph) -> bool:
    """Whether a paragraph is text that stands between tables, and no number of a page, caption or note of one."""
    text = paragraph.text
    return not reading.is_note(text) and not paragraph.around and (is_chapter(text) or text[-1] in "。：:")


def _keys(piece: Piece, labels: Labels) -> set[tuple[str, ...]]:
    """What the rows with figures are called."""
    return {(title, name) for _, title, name in _named(piece, labels)}


def _named(piece: Piece, labels: Labels) -> list[tuple[int, str, str]]:
    """Each row with figures, or signs for them: its place in the piece, the title above it, its name.

    A row is called by the last of its labels; where the statute has none of them, by what else it says, else by how many
    figures it has. Nothing is a title in a table whose parts have none.
    """
    found: list[tuple[int, str, str]] = []
    is_titled, title = any(part.title for table in labels.tables if table.id == piece.table for part in table.parts), ""
    for at, number in enumerate(piece.rows):
        filled = [cell for cell in piece.grid.rows[number] if cell]
        said = [cell for cell in filled if not is_value(cell)]
        if len(filled) == 1 and said:
            title = title_key(filled[0]) if is_titled and not names_a_year(filled[0]) else ""
        elif len(said) < len(filled):
            known = [cell for cell in said if labels.is_one(tree.normalise(cell)) or labels.table_of(cell)]
            found.append((at, title, tree.normalise(next(reversed(known or said), "")) or str(len(filled))))
    return found
