"""Rows of figures, and pieces of tables, that stand among the text and are no table's that was read: none is a paragraph.

In the chapter of a statutory table, or where lines have its labels, they are left out and asked about, with the line that
leads to them (上年同期：). Elsewhere they may be a table of the bureau's own, or figures that a program has taken out of a
sentence: they stay where they are, and are asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.importing import unfilled
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.lines.linekinds import Kinds, as_paragraph, cells_of
from nianbao.importing.lines.tablelines import line_of, words_of
from nianbao.inputs.outline import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels
    from nianbao.importing.lines.tablelines import Words

WHY = "像表格的行，不知是哪张表的"
NAMED = "像表格的行，有行名，不知是哪张表的"
LEFT = "章里有像表格的下列行，不知是哪张表、哪一行的，没有取用：对照原件填表；是正文的，补进 narrative.md"
KEPT = "正文里的下列行像是表格的行，或从句子里掉出来的数，照样写进了正文：对照原件核对"


@dataclass(slots=True)
class Stray:
    """What becomes of a flow: what was left out and what was kept of such lines, each with its place."""

    blocks: list[Block]
    left: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def set_aside(blocks: Sequence[Block], given: Sequence[Block], labels: Labels) -> Stray:
    """The flow with the rows that are no table's as what is none of its text, where a statutory table stands.

    ``given`` are the blocks as the file has them: all other tables were made of lines.
    """
    words = words_of(labels)
    known = {id(one) for one in given}
    blocks = [one if id(one) in known else _as_line(one, words) for one in blocks]
    kinds = Kinds(blocks, {id(one) for one in blocks} - known, words, {WHY, NAMED, unfilled.WHY}).of_all()
    into = Stray(blocks)
    for kind, some in groupby(enumerate(blocks), key=lambda one: kinds[one[0]]):
        lines = [(at, as_paragraph(block)) for at, block in some]
        if kind == "kept":
            into.kept += [said([block for _, block in lines])]
        elif kind:
            into.left += [said([block for _, block in lines])]
            for at, block in lines:
                into.blocks[at] = replace(block, around=NAMED if _is_named(block) else WHY)
    return into


def said(lines: Sequence[Paragraph]) -> str:
    """Lines below each other as they are asked about."""
    places = dict.fromkeys((lines[0].place, lines[-1].place))
    return f"{'至'.join(places)}：{' / '.join(line.text for line in lines)}"


def _is_named(block: Paragraph) -> bool:
    """Whether a line has words beside its figures: it may say something of the table beside it."""
    line = line_of(block)
    return bool(line.words) and line.is_data


def _as_line(block: Block, words: Words) -> Block:
    """A block; a table that was made of a line with one label as that line."""
    cells = [cell for _, cell in cells_of(block) if cell] if isinstance(block, Grid) else []
    is_one = len(cells) == 1 and not is_value(cells[0]) and not words.is_title(cells[0])
    return Paragraph(cells[0], block.place) if is_one else block
