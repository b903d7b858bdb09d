"""Rows of figures, and pieces of tables, that stand among the text and are no table's that was read: none is a paragraph.

In the chapter of a statutory table, or where lines have its labels, they are left out and asked about, with the line that
leads to them (上年同期：). Elsewhere they may be a table of the bureau's own, or figures that a program has taken out of a
sentence: they stay where they are, and are asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import has_figure
from nianbao.importing.lines.tablelines import Words, line_of, tight
from nianbao.importing.statutory import tables_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels
    from nianbao.importing.lines.tablelines import Line

WHY = "像表格的行，不知是哪张表的"
NAMED = "像表格的行，有行名，不知是哪张表的"
LEFT = "章里有像表格的下列行，不知是哪张表、哪一行的，没有取用：对照原件填表；是正文的，补进 narrative.md"
KEPT = "正文里的下列行像是表格的行，或从句子里掉出来的数，照样写进了正文：对照原件核对"
_LONGEST_LABEL, _LONGEST_LEAD = 40, 20
_PROSE = re.compile("[。，；！？]")
_GIVEN = re.compile("[：:）)][0-9][0-9.,]*$")  # 同期：77
_YEAR = re.compile("(?:19|20)[0-9]{2}(?:[.年/-].*)?")
_OF_ANOTHER = re.compile("上年|去年|上一年|往年|同期|同比|本年|今年|20[0-9][0-9]年")
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
    for kind, some in groupby(enumerate(blocks), key=lambda one: kinds[one[0]]):
        lines = [(at, _line_of(block)) for at, block in some]
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


def _kinds(blocks: Sequence[Block], words: Words) -> list[str]:
    """What each block is: ``left`` or ``kept`` of such lines, '' for any other."""
    kinds, pieces = [""] * len(blocks), [False] * len(blocks)
    is_open = False
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            is_table = bool(tables_in(block, words.labels))
            kinds[at] = "left" if not is_table and _is_garbled(block, words) else ""
            is_open = is_open or is_table
            continue
        if not _is_line(block):
            is_open = is_open and not block.level
            continue
        line = line_of(block)
        if _is_row(line, is_open, words):
            kinds[at] = "kept" if not is_open else "own" if _is_own(line, words) else "left"
        elif is_chapter(block.text) and not words.begins_row(line):
            is_open = bool(words.labels.captioned(block.text))
        elif not _PROSE.search(block.text) or words.begins_row(line):
            is_counted = any(map(str.isdigit, line.words))
            pieces[at] = bool(line.words) and not is_counted and words.is_of_table(line, False)
            is_open = is_open or (pieces[at] and bool(words.owner(line)) and len(line.label) > 3)
    # Several rows with names of their own below each other are a table of the bureau's own.
    several = {at for at, pair in enumerate(pairwise(kinds)) if pair == ("own", "own")}
    several |= {at + 1 for at in several}
    kinds = [one if one != "own" else "kept" if at in several else "left" for at, one in enumerate(kinds)]
    _spread(blocks, kinds, pieces)
    return kinds


def _line_of(block: Block) -> Paragraph:
    return block if isinstance(block, Paragraph) else Paragraph(block.text, block.place)


def _is_garbled(grid: Grid, words: Words) -> bool:
    """Whether a table of lines of one cell each has labels of a statutory one, and several figures in a cell."""
    cells = [cell for row in grid.rows for cell in row if cell]
    several = any(len(line.values) > 1 and not line.words for line in (line_of(Paragraph(cell, "")) for cell in cells))
    return several and any(words.labels.table_of(cell) for cell in cells)


def _is_own(line: Line, words: Words) -> bool:
    """Whether the name of a row is none of a statutory table's, nor says a year."""
    return bool(line.words) and not _OF_ANOTHER.search(line.label) and not any(map(words.is_scrap, line.words))


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.around and not block.mark and not block.level


def _is_row(line: Line, is_open: bool, words: Words) -> bool:
    """Whether a line is figures alone, or a few words before figures; one figure is a row where a table stands."""
    label = "".join(line.words)
    is_prose = bool(_PROSE.search(label)) and not words.is_scrap(label)
    if len(label) > _LONGEST_LABEL or is_prose or (line.words and not has_figure(line.text)):
        return False
    figures = [one for one in line.values if any(map(str.isdigit, one))]
    if not figures:
        found = _GIVEN.search(label)
        return is_open and not line.values and bool(found) and not _YEAR.fullmatch(found.group()[1:] if found else "")
    if line.words and len(line.values) <= _FEWEST and _YEAR.fullmatch(line.values[0]):
        return False
    if len(figures) >= _FEWEST:
        return len(line.words) < 4
    # A sentence may be cut behind its figure: 决定 49件、强制决定 2.
    has_unit = bool(re.search("[\u4e00-\u9fff]", figures[0]))
    is_bare = figures[0] == line.values[-1] and (not has_unit or line.text == figures[0])
    return is_open and is_bare and len(label) <= _LONGEST_LEAD and not re.search("[0-9].*[^0-9].*[、件]|、", label)


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
