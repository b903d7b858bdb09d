"""The copies of the statutory tables in a flow, each with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nianbao import reading
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.pieces import Piece
from nianbao.importing.statutory import meant
from nianbao.inputs.outline import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels
    from nianbao.importing.pieces import RowKey


@dataclass(frozen=True, slots=True)
class Line:
    """A line around a table, and where it stands.

    Parameters
    ----------
    is_near : bool
        Whether no sentence stands between it and the table; of a row, whether nothing stands beside it there.
    places : frozenset or None
        The rows of which it speaks; ``None`` where it may speak of all.
    is_note : bool
        Whether it is a note, or counted below one: ``2.…``.
    """

    text: str
    where: str
    is_near: bool = True
    places: frozenset[RowKey] | None = None
    is_note: bool = False


class Wanted(NamedTuple):
    """The year that a report is meant to be of, and its body's name; '' where nobody knows that."""

    year: int
    name: str


@dataclass(slots=True)
class Copy:
    """A table as it stands in a flow, in one piece or in several: the blocks that it is in, and what its rows are called.

    ``around`` are the lines around it; ``doubtful`` are its rows that are not to be taken → why.
    """

    table: str
    wanted: Wanted
    pieces: list[Piece] = field(default_factory=list)
    at: int = 0
    keys: set[tuple[str, str]] = field(default_factory=set)
    around: tuple[Line, ...] = ()
    doubtful: dict[RowKey, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # The key of a grid that another one has replaced would find no row: what a line disowns would be taken.
        told = {*self.doubtful}.union(*(line.places for line in self.around if line.places))
        assert told <= {piece.key(row) for piece in self.pieces for row in piece.rows}

    @property
    def place(self) -> str:
        """Where it stands."""
        return "、".join(dict.fromkeys(piece.grid.place for piece in self.pieces))

    @property
    def text(self) -> str:
        """What stands in it."""
        return " / ".join("，".join(row) for row in _texts(self))

    @property
    def said(self) -> frozenset[RowKey]:
        """Its rows that are lines beside each other."""
        return frozenset(piece.key(row) for piece in self.pieces for row in piece.said.intersection(piece.rows))

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
        return set().union(*(piece.words for piece in self.pieces))

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


def of(parts: Sequence[Block | Piece], labels: Labels, wanted: Wanted) -> list[Copy]:
    """The tables of a flow, each with all its pieces; what begins anew, or stands behind text, is another copy."""
    found: list[Copy] = []
    open_: dict[str, Copy] = {}
    told = [(part, part.words) for part in parts if isinstance(part, Piece)]
    for at, part in enumerate(parts):
        if not isinstance(part, Piece):
            if isinstance(part, Paragraph) and _is_between(part):
                open_ = {}
            continue
        keys = part.keys(labels)
        if (not keys and _is_form_of(part, told, labels)) or _has_other_heads(part, labels):
            found.append(Copy(part.table, wanted, [part], at, keys))
            continue
        last = open_.get(part.table)
        if last is None or part.is_anew or _is_again(last.keys, keys, labels) or _is_too_much(last, part, labels):
            last = open_[part.table] = Copy(part.table, wanted, at=at)
            found.append(last)
        last.pieces.append(part)
        last.keys |= keys
    return found


def _is_again(there: set[tuple[str, str]], keys: set[tuple[str, str]], labels: Labels) -> bool:
    """Whether rows are called as some that are there; where no title stands above them, their names alone tell."""
    untitled = {name for title, name in there ^ keys if not title} - labels.repeated
    return bool(there & keys or untitled & {name for _, name in there} & {name for _, name in keys})


def _is_too_much(copy: Copy, piece: Piece, labels: Labels) -> bool:
    """Whether a table whose rows have no labels, and so only one row, would have more figures than columns with a piece."""
    if piece.table not in labels.rowless or all(one.grid is piece.grid for one in copy.pieces):
        return False
    return sum(one.count for one in [*copy.pieces, piece]) > labels.columns.get(piece.table, 0) > 0


def _has_other_heads(piece: Piece, labels: Labels) -> bool:
    """Whether a grid begins with heads of which most are none of a statutory table: it is no page of the table before."""
    heads = [cell for cell in piece.grid.rows[piece.rows[0]] if cell]
    known = [cell for cell in heads if meant(cell, labels)]
    is_first = not any(map(any, piece.grid.rows[: piece.rows[0]]))
    return is_first and len(heads) > 1 and not any(map(is_value, heads)) and 2 * len(known) < len(heads)


def _is_form_of(piece: Piece, told: Sequence[tuple[Piece, set[str]]], labels: Labels) -> bool:
    """Whether a piece without figures is the blank form of one that is filled in elsewhere."""
    words = piece.words
    others = (other for other in told if other[0].table == piece.table and other[0].grid is not piece.grid)
    return len(words) > 1 and any(words <= said and other.keys(labels) for other, said in others)


def _is_between(paragraph: Paragraph) -> bool:
    """Whether a paragraph is text that stands between tables, and no number of a page, caption or note of one."""
    text = paragraph.text
    return not reading.is_note(text) and not paragraph.around and (is_chapter(text) or text[-1] in "。：:")
