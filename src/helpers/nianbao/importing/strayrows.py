"""Rows of figures, and pieces of tables, that stand among the text and are no table's that was read: none is a paragraph.

In the chapter of a statutory table, or where lines have its labels, they are left out and asked about, with the line that
leads to them (上年同期：). Elsewhere they may be a table of the bureau's own, or figures that a program has taken out of a
sentence: they stay where they are, and are asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import has_figure
from nianbao.importing.statutory import tables_in
from nianbao.importing.tablelines import Words, line_of, tight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels
    from nianbao.importing.tablelines import Line

WHY = "像表格的行，不知是哪张表的"
LEFT = "章里有像表格的下列行，不知是哪张表、哪一行的，没有取用：对照原件填表；是正文的，补进 narrative.md"
KEPT = "正文里的下列行像是表格的行，或从句子里掉出来的数，照样写进了正文：对照原件核对"
_LONGEST_LABEL, _LONGEST_LEAD = 40, 20
_PROSE = re.compile("[。，；！？]")
_GIVEN = re.compile("[：:][0-9][0-9.,]*$")  # 同期：77
_FEWEST = 2  # figures of a row that stands anywhere


@dataclass(slots=True)
class Stray:
    """What becomes of a flow: what was left out and what was kept of such lines, each with its place."""

    blocks: list[Block]
    left: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def set_aside(blocks: Sequence[Block], labels: Labels) -> Stray:
    """The flow with the rows that are no table's as what is none of its text, where a statutory table stands."""
    words = Words(labels)
    kinds = _kinds(blocks, words)
    into = Stray(list(blocks))
    for at, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if kind == "kept" and isinstance(block, Paragraph):
            into.kept.append(f"{block.place}：{block.text}")
        elif kind == "left" and isinstance(block, Paragraph):
            into.left.append(f"{block.place}：{block.text}")
            into.blocks[at] = replace(block, around=WHY)
    return into


def _kinds(blocks: Sequence[Block], words: Words) -> list[str]:
    """What each block is: ``left`` or ``kept`` of such lines, '' for any other."""
    kinds, pieces = [""] * len(blocks), [False] * len(blocks)
    is_open = False
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            is_open = is_open or bool(tables_in(block, words.labels))
            continue
        if not _is_line(block):
            is_open = is_open and not block.level
            continue
        line = line_of(block)
        if _is_row(line, is_open):
            kinds[at] = "left" if is_open else "kept"
        elif is_chapter(block.text):
            is_open = bool(words.labels.captioned(block.text))
        elif not _PROSE.search(block.text):
            pieces[at] = bool(line.words) and words.is_of_table(line, False)
            is_open = is_open or (pieces[at] and bool(words.owner(line)) and len(line.label) > 3)
    _spread(blocks, kinds, pieces)
    return kinds


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.around and not block.mark and not block.level


def _is_row(line: Line, is_open: bool) -> bool:
    """Whether a line is figures alone, or a few words before figures; one figure is a row where a table stands."""
    label = "".join(line.words)
    if is_open and not line.values and _GIVEN.search(label) and len(label) <= _LONGEST_LABEL and not _PROSE.search(label):
        return True
    if not any(map(str.isdigit, "".join(line.values))) or len(label) > _LONGEST_LABEL or _PROSE.search(label):
        return False
    is_enough = len(line.values) >= _FEWEST or is_open
    return is_enough and (not line.words or (has_figure(line.text) and len(line.words) < 4))


def _spread(blocks: Sequence[Block], kinds: list[str], pieces: Sequence[bool]) -> None:
    """What stands beside lines that are left out: pieces of labels, and the line above that leads to them."""
    for order in (range(len(blocks) - 1, -1, -1), range(len(blocks))):
        beside = ""
        for at in order:
            block = blocks[at]
            is_above = order.step < 0 and beside == "left" and isinstance(block, Paragraph) and _leads(block)
            if not kinds[at] and beside == "left" and (pieces[at] or is_above):
                kinds[at] = "left"
            beside = kinds[at]


def _leads(block: Paragraph) -> bool:
    """Whether a line leads to what stands below: it is short, and ends as one does."""
    is_short = _is_line(block) and len(block.text) <= _LONGEST_LEAD and not is_chapter(block.text)
    return is_short and (block.text[-1] in "：:" or bool(re.search("[年期]$|年[度]?[)）]$", tight(block.text))))
