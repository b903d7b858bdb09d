"""The paragraphs and tables of a file, put into its flow one by one, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.importing.flow import MOST_BLOCKS, Cell, Paragraph, Remark, Unreadable, set_out
from nianbao.importing.words import in_cell, said
from nianbao.shown import blocks as shown
from nianbao.shown.blocks import BREAK, BULLET, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Block

LONGEST_CELL = 300  # characters: a cell with more lays out a page
_NUMBERED = re.compile("[0-9]+[.]")


@dataclass
class Gathered:
    """What was read of a file so far."""

    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    paragraphs: int = 0
    grids: int = 0

    @property
    def place(self) -> str:
        """That of the next paragraph."""
        return f"第{self.paragraphs + 1}段"

    def paragraph(self, pieces: Sequence[Piece], level: int = 0, mark: str = "", depth: int = 0) -> bool:
        """Add a paragraph, and what stands in it and is none of its text; returns whether it has a text."""
        place, found = self.place, said(pieces)
        self.paragraphs += bool(found.text or found.aside)
        if found.text:
            around = "链接" if found.is_link else ""
            self.blocks.append(Paragraph(found.text, place, level, found.bold, mark, around, found.is_tagged, depth))
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
            rows = [[cell_of(_pieces(one.blocks), one.across, one.along) for one in row] for row in block.rows]
            texts = [cell.text for row in rows for cell in row]
            if block.looks.around or len(texts) < 2 or max(map(len, texts)) > LONGEST_CELL or _is_nested(block):
                self.take([*block.captions, *(one for row in block.rows for cell in row for one in cell.blocks)])
            else:
                self.take(block.captions)
                self.grid(rows)

    def _lines(self, paragraph: shown.Paragraph) -> None:
        sign = paragraph.marks[-1] if paragraph.marks else ""
        mark = "-" if sign == BULLET else sign if _NUMBERED.fullmatch(sign) else ""
        # A letter, as Markdown's lists have none, is part of the text.
        before = [Piece(f"{sign} ")] if sign and not mark else []
        for is_break, line in groupby(paragraph.pieces, key=lambda one: one is BREAK):
            if not is_break and self.paragraph([*before, *line], paragraph.level, mark, paragraph.depth):
                mark, before = "", []

    def grid(self, rows: list[list[Cell]]) -> None:
        """Add a table; one without any text is none."""
        self.grids += 1
        made = set_out(rows, f"第{self.grids}个表格")
        if any(map(any, made.rows)):
            self.blocks.append(made)


def _pieces(inside: Iterable[shown.Block]) -> list[Piece]:
    """The words of a cell, a line end behind each paragraph."""
    return [piece for one in inside if isinstance(one, shown.Paragraph) for piece in (*one.pieces, BREAK)]


def _is_nested(table: shown.Table) -> bool:
    return any(isinstance(one, shown.Table) for row in table.rows for cell in row for one in cell.blocks)


def cell_of(pieces: Sequence[Piece], across: int = 1, along: int = 1, more: Sequence[str] = ()) -> Cell:
    """A cell with what makes its text doubtful; ``more`` of that is known from elsewhere."""
    text, doubts = in_cell(pieces)
    return Cell(text, across, along, "、".join((*more, *doubts)))
