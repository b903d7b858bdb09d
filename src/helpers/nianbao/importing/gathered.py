"""The paragraphs and tables of a file, put into its flow one by one, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import DRAWN, LINK, LONGEST_CELL, MOST_BLOCKS, Grid, Paragraph, Unreadable
from nianbao.importing.rectangles import Cell, set_out
from nianbao.importing.remark import Remark
from nianbao.importing.words import in_cell, one_line, said, sentence_at
from nianbao.shown import blocks as shown
from nianbao.shown.blocks import BREAK, BULLET, CHANGE, ROW_CAME, ROW_GONE, UNSEEN_ROW, Drawn, Piece
from nianbao.shown.seen import squeezed
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.importing.flow import Block

_LONGEST_IN_TABLE, _LONGEST_HEAD = 300, 40  # characters: a cell with more may lay out a page; of a column's head
_SEAM = 12  # characters on either side of a change by which its place is known
ONLY_COUNTED, CHANGED = "格里只有列表的编号", "格里有修订"
IN_TABLE = "在表格里"  # where a picture stands
_CELLS_CHANGED = "行里有修订增删、合并的格"
_NUMBERED = re.compile("[0-9]+[.]")
_LETTER = re.compile("[\u4e00-\u9fff]")
_ATTACHED = re.compile(rf"附件\s*[0-9０-９{HAN}]*")


@dataclass
class Gathered:
    """What was read of a file so far.

    ``anchors`` are the places of comments and notes by kind and number. With each of its pictures stands how many blocks
    are above it.
    """

    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    pictures: list[tuple[int, Drawn]] = field(default_factory=list)
    paragraphs: int = 0
    grids: int = 0

    @property
    def place(self) -> str:
        """That of the next paragraph."""
        return f"第{self.paragraphs + 1}段"

    def paragraph(
        self, pieces: Sequence[Piece], level: int = 0, mark: str = "", depth: int = 0, goes_on: bool = False
    ) -> bool:
        """Add a paragraph, and what stands in it and is none of its text; returns whether it has a text."""
        place, found = self.place, said(pieces)
        self.paragraphs += bool(found.text or found.aside)
        if found.text:
            self.blocks.append(
                Paragraph(
                    found.text,
                    place,
                    level=level,
                    bold=found.bold,
                    mark=mark,
                    around=LINK if found.is_link else "",
                    is_tagged=found.is_tagged,
                    depth=depth,
                    strong=squeezed("".join(one.text for one in pieces if one.looks.bold and not one.looks.struck)),
                    goes_on=goes_on,
                )
            )
        self.blocks += [Paragraph(text, place, around=why) for text, why in found.aside]
        self.remarks += [Remark(what, place, "", where) for what, where in found.doubts]
        if len(self.blocks) > MOST_BLOCKS:
            raise Unreadable("段落太多，不像一份报告", f"最多{MOST_BLOCKS}段", "只保留报告的正文")
        return bool(found.text)

    def take(self, seen: Iterable[shown.Block]) -> None:
        """Add what a file shows; a line break ends a paragraph, and a table that only lays out the page is none."""
        for block in seen:
            if isinstance(block, shown.Paragraph):
                self._lines(block)
                continue
            rows = [[_cell(one, block.notes.get(number)) for one in row] for number, row in enumerate(block.rows)]
            if block.looks.around or sum(map(len, rows)) < 2 or _lays_out(block, rows):
                self.take([*block.captions, *(one for row in block.rows for cell in row for one in cell.blocks)])
            else:
                self.take(block.captions)
                self._grid(block, rows)
                self.take(one for row in block.rows for cell in row for one in _tables(cell))

    def _lines(self, paragraph: shown.Paragraph) -> None:
        sign = paragraph.marks[-1] if paragraph.marks else ""
        mark = "-" if sign == BULLET else sign if _NUMBERED.fullmatch(sign) else ""
        # A letter, as Markdown's lists have none, is part of the text.
        before, place, count = [Piece(f"{sign} ")] if sign and not mark else [], self.place, self.paragraphs
        goes_on = False
        for line in _parted(paragraph):
            if self.paragraph([*before, *line], paragraph.level, mark, paragraph.depth, goes_on):
                mark, before, goes_on = "", [], True
        # What is written on a paragraph that is taken out whole stands behind the one before.
        place = place if self.paragraphs > count else f"第{max(count, 1)}段"
        self._note(paragraph.notes, place)
        self.pictures += [(len(self.blocks), one) for one in paragraph.pictures]
        self._set_aside(paragraph.boxes, place)

    def _grid(self, table: shown.Table, rows: list[list[Cell]]) -> None:
        """Add a table; one without any text is none."""
        self.grids += 1
        place = f"第{self.grids}个表格"
        gone = {at for at, note in table.notes.items() if note.kind == CHANGE and note.said.startswith(ROW_GONE)}
        made = replace(set_out(rows, place), gone=frozenset(gone))
        if any(map(any, made.rows)):
            self.blocks.append(made)
        for number, row in enumerate(table.rows):
            text = "".join(made.rows[number])
            of_row = [table.notes[number]._replace(text=text, is_gone=number in gone)] if number in table.notes else []
            self._note(of_row, f"{place}第{number + 1}行", "")
            # What was changed in a row that was put in or taken out whole is told with it.
            is_whole = any(note.said.startswith((ROW_GONE, ROW_CAME)) for note in of_row)
            for one in _paragraphs(row):
                told = [note._replace(text=text, is_gone=False) for note in one.notes]
                told = [note for note in told if not (is_whole and note.kind == CHANGE)]
                self._note(told, f"{place}第{number + 1}行", "｜".join(filter(None, made.rows[number])))
                self._set_aside(one.boxes, place)
                self.pictures += [(len(self.blocks), each._replace(odd=each.odd or IN_TABLE)) for each in one.pictures]

    def _note(self, notes: Iterable[shown.Note], place: str, row: str | None = None) -> None:
        """Add what is written on a paragraph, or on the row of a table, with what is to be told of that."""
        for note in notes:
            if note.kind in {CHANGE, UNSEEN_ROW}:
                near = "" if note.is_gone else sentence_at(note.text, note.at, note.said) if row is None else row
                around = _seam(note) if row is None and not note.is_gone else f"\n{note.text}\n"
                self.remarks.append(Remark(note.kind, place, note.who, one_line(note.said), near, around, note.is_gone))
            else:
                self.anchors.setdefault((note.kind, note.said), place)

    def _set_aside(self, boxes: Iterable[shown.Block], place: str) -> None:
        begin = len(self.blocks)
        self.take(boxes)
        for at in range(begin, len(self.blocks)):
            one = self.blocks[at]
            self.blocks[at] = Paragraph(one.text, place, around=DRAWN) if isinstance(one, Paragraph) else one


def _seam(note: shown.Note) -> str:
    """The words of a paragraph where a change was made: what was put in, with some of what stands before and behind it."""
    text = f"\n{note.text}\n"
    came = 0 if note.said.startswith(("删除", "划去")) else len(note.said.rpartition(" → ")[2].partition("“")[2])
    return text[max(note.at + 1 - _SEAM, 0) : note.at + 1 + came + _SEAM]


def accepted(grid: Grid) -> Grid:
    """A table without the rows that a tracked change has taken out; as it is where nothing else would be left."""
    left = [row for row in range(len(grid.rows)) if row not in grid.gone]
    if not grid.gone or not any(any(grid.rows[row]) for row in left):
        return grid
    at = {row: number for number, row in enumerate(left)}
    by_cell = (grid.doubtful, grid.marks)
    doubtful, marks = ({(at[row], column): said for (row, column), said in some.items() if row in at} for some in by_cell)
    both = ((row, column, *first) for (row, column), first in grid.merged.items())
    merged = {(at[row], column): (at[top], side) for row, column, top, side in both if row in at and top in at}
    widths = tuple(grid.widths[row] for row in left) if grid.widths else ()
    rows, numbers = tuple(grid.rows[row] for row in left), tuple(map(grid.number, left))
    return replace(grid, rows=rows, doubtful=doubtful, marks=marks, merged=merged, numbers=numbers, widths=widths,
                   gone=frozenset())  # fmt: skip


def _parted(paragraph: shown.Paragraph) -> Iterator[list[Piece]]:
    """The lines of a paragraph that breaks part; an attachment's heading is one: its number stands above its name."""
    pieces = paragraph.pieces
    words = [one for one in pieces if one is not BREAK and one.text.strip("：:\t ")]
    if paragraph.level and BREAK in pieces and words and _ATTACHED.fullmatch(words[0].text.strip()):
        pieces = [words[0], *([words[0]._replace(text="：")] if words[1:] else []), *words[1:]]
    for is_break, line in groupby(pieces, key=lambda one: one is BREAK):
        if not is_break:
            yield list(line)


def _cell(cell: shown.Cell, of_row: shown.Note | None) -> Cell:
    """A cell with what makes its text doubtful; ``of_row`` is what is written on its row."""
    inside = list(_paragraphs([cell]))
    text, doubts, mark = in_cell([piece for one in inside for piece in (*one.pieces, BREAK)])
    is_unseen = of_row is not None and of_row.kind == UNSEEN_ROW
    # A sign that a list puts before a figure is shown as its minus.
    marks, has_figure = [mark for one in inside for mark in one.marks], any(map(str.isdigit, text))
    counted = bool(marks) and (has_figure or (text != "" and any(map(_NUMBERED.fullmatch, marks))))
    alone = "" if text else " ".join(mark for mark in marks if mark != BULLET)
    of_words = any(note.kind == CHANGE for one in inside for note in one.notes)
    tracked = of_words or (of_row is not None and of_row.said.startswith((ROW_GONE, ROW_CAME)))
    boxed = any(one.boxes for one in inside)
    said = {
        ONLY_COUNTED: alone != "",
        CHANGED: tracked,
        _CELLS_CHANGED: of_row is not None and of_row.said.startswith("有"),
        "格里有文本框": boxed,
        UNSEEN_ROW: is_unseen,
        "格里有列表的编号或符号": counted,
    }
    doubt = "、".join([*(why for why, is_so in said.items() if is_so), *doubts])
    return Cell(text or alone, cell.across, cell.along, doubt, mark)


def _paragraphs(cells: Iterable[shown.Cell]) -> Iterator[shown.Paragraph]:
    return (one for cell in cells for one in cell.blocks if isinstance(one, shown.Paragraph))


def _tables(cell: shown.Cell) -> list[shown.Table]:
    return [one for one in cell.blocks if isinstance(one, shown.Table)]


def _lays_out(table: shown.Table, rows: list[list[Cell]]) -> bool:
    """Whether a table only lays out the page: it has a long cell, or a table in a cell, that is none of a table's own.

    Of a table are a long note, a long text beside short ones, and a table that is all of its row.
    """
    filled = [
        [(one, cell.text) for one, cell in zip(row, some, strict=True) if cell.text or _tables(one)]
        for row, some in zip(table.rows, rows, strict=True)
    ]
    large = [(row, one, text) for row in filled for one, text in row if len(text) > _LONGEST_IN_TABLE or _tables(one)]
    is_column = all(len(row) < 2 for row in filled)
    return bool(large) and (is_column or any(_is_of_page(row, one, text, filled) for row, one, text in large))


def _is_of_page(
    row: list[tuple[shown.Cell, str]], cell: shown.Cell, text: str, rows: list[list[tuple[shown.Cell, str]]]
) -> bool:
    lines = [line for one in _paragraphs([cell]) for line in "".join(piece.text for piece in one.pieces).split("\n")]
    is_long, has_table = len(text) > _LONGEST_IN_TABLE, bool(_tables(cell))
    if len(text) > LONGEST_CELL or any(is_chapter(line.strip()) for line in lines):
        return True
    if len(row) == 1:
        is_data = any(reading.is_figure(said) for some in rows if len(some) > 1 for _, said in some)
        return not is_data or (has_table and is_long)
    if has_table:
        return True
    is_regular = len(rows) > 1 and len({len(some) for some in rows if len(some) > 1}) == 1
    return sum(map(bool, lines)) > 1 and not (is_regular and all(len(said) <= _LONGEST_HEAD for _, said in rows[0]))
