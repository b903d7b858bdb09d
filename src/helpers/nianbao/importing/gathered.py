"""The paragraphs and tables of a file, put into its flow one by one, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing.flow import MOST_BLOCKS, Cell, Paragraph, Remark, Unreadable, set_out
from nianbao.importing.words import in_cell, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.shown.blocks import Piece


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

    def grid(self, rows: list[list[Cell]]) -> None:
        """Add a table; one without any text is none."""
        self.grids += 1
        made = set_out(rows, f"第{self.grids}个表格")
        if any(map(any, made.rows)):
            self.blocks.append(made)


def cell_of(pieces: Sequence[Piece], across: int = 1, along: int = 1, more: Sequence[str] = ()) -> Cell:
    """A cell with what makes its text doubtful; ``more`` of that is known from elsewhere."""
    text, doubts = in_cell(pieces)
    return Cell(text, across, along, "、".join((*more, *doubts)))
