"""What the lines of a flow are that stand among the text: of a table that was not read, to be asked about, or text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import ENTRY, is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import has_figure, is_below_text
from nianbao.importing.lines.tablelines import OF_LAST, line_of, tight
from nianbao.importing.pagenumbers import is_running_title
from nianbao.importing.statutory import tables_in
from nianbao.inputs.outline import is_value

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.lines.tablelines import Line, Words

_LONGEST_LABEL, _LONGEST_LEAD = 40, 20
_PROSE = re.compile("[。，；！？]")
_GIVEN = re.compile("[：:）)][0-9][0-9.,]*$")  # 同期：77
_YEAR = re.compile("(?:19|20)[0-9]{2}(?:[.年/-].*)?")
_BARE = re.compile("(?=.*[0-9])(?!(?:19|20)[0-9]{2}[./-])[0-9.,%‰/—–_+ -]+")  # figures alone, no date
_STOPS = "。！？；：!?;:"
_HOLE = re.compile("[\u4e00-\u9fff，：] [\u4e00-\u9fff，。％%]")  # where a program has taken a figure out of a sentence
_UNIT = re.compile("[年月日件条次万元个人项场期]")
_SAYS_UNIT = re.compile("[(（]?(?:计量)?单位[:：].{1,8}")
_OF_ANOTHER = re.compile(f"{OF_LAST}|同比|本年|今年|20[0-9][0-9]年")
_FEWEST_OF_ROW = 4  # characters of a row's label that heads no paragraph: （二）部分公开
_FEWEST = 2  # figures of a row that stands anywhere


class Kinds:
    """What each block is: ``left`` or ``kept`` of such lines, '' for any other.

    Attributes
    ----------
    made : set of int
        The ids of the blocks that were made of lines.
    asides : container of str
        Why a table's lines were left out before.
    pieces : list of bool
        Whether it is labels or pieces of them, or signs that are no words.
    signs : list of bool
        Whether it is signs that stand for figures.
    chapters : list of int
        The number of its chapter.
    is_statutory : list of bool
        Whether a statutory table stands in its chapter, or is to.
    unread : set of int
        The chapters with lines of a table that was not read, or not whole.
    """

    def __init__(self, blocks: Sequence[Block], made: set[int], words: Words, asides: Container[str]) -> None:
        self.blocks, self.made, self.words, self.asides = blocks, made, words, asides
        count = len(blocks)
        self.kinds, self.chapters = [""] * count, [0] * count
        self.pieces, self.signs, self.is_statutory = [False] * count, [False] * count, [False] * count
        self.unread: set[int] = set()

    def of_all(self) -> list[str]:
        """The kind of each."""
        is_open = False
        for at in range(len(self.blocks)):
            self.chapters[at] = self.chapters[at - 1] if at else 0
            self.is_statutory[at] = at > 0 and self.is_statutory[at - 1]
            is_open = self._see(at, is_open)
        # Several rows with names of their own below each other are a table of the bureau's own.
        several = {at for at, pair in enumerate(pairwise(self.kinds)) if pair == ("own", "own")}
        several |= {at + 1 for at in several}
        self.kinds = [
            one if one != "own" else "kept" if at in several else "left" for at, one in enumerate(self.kinds)
        ]  # fmt: skip
        self._see_pieces()
        self.unread |= {self.chapters[at] for at, kind in enumerate(self.kinds) if kind == "left"}
        for at in range(len(self.blocks)) if self.unread else ():
            self._leave_out(at)
        _spread(self.blocks, self.kinds, self.pieces, self.signs)
        kinds = zip(self.kinds, self.blocks, strict=True)
        return [
            "" if kind == "kept" and isinstance(one, Paragraph) and _is_beside(one.text) else kind for kind, one in kinds
        ]

    def _see(self, at: int, is_open: bool) -> bool:
        """Say what is known of a block by itself; returns whether it stands in a statutory table's chapter."""
        block = self.blocks[at]
        if not isinstance(block, Paragraph):
            tables = tables_in(block, self.words.labels)
            is_unread = id(block) in self.made and _is_of_pieces(block, self.words)
            self.kinds[at] = "left" if is_unread or (not tables and _is_garbled(block, self.words)) else ""
            if tables and self._is_short(block, tables):
                self.unread.add(self.chapters[at])
            self.is_statutory[at] |= bool(tables)
            return is_open or bool(tables)
        if not _is_line(block):
            if block.around in self.asides:
                self.unread.add(self.chapters[at])
            return is_open and not block.level
        line = line_of(block)
        if _is_row(line, is_open, self.words):
            self.kinds[at] = "kept" if not is_open else "own" if _is_own(line, self.words) else "left"
        elif is_chapter(block.text) and not self.words.begins_row(line):
            self.chapters[at] += 1
            self.is_statutory[at] = bool(self.words.labels.captioned(block.text))
            return self.is_statutory[at]
        elif is_running_title(block.text) and block.indent >= 0:
            self.kinds[at] = "left" if is_open else "kept"
        elif not line.words:
            is_sign = not re.search("[0-9]", reading.narrow(block.text))
            self.signs[at], self.pieces[at] = is_sign, is_sign and not block.text.isalpha()
        else:
            self.pieces[at] = self.words.are_pieces(line, block.indent >= 0)
            return is_open or (self.pieces[at] and bool(self.words.owner(line)) and len(line.label) > 3)
        return is_open

    def _see_pieces(self) -> None:
        """Say what labels are that stand in lines of their own.

        Several below or beside each other are a table's, where one has its chapter; elsewhere pieces are asked about.
        """
        for kind, some in groupby(range(len(self.blocks)), key=lambda at: (self.pieces[at], self.is_statutory[at])):
            places = list(some)
            run = [line_of(as_paragraph(self.blocks[at])) for at in places]
            if kind == (True, True) and (len(run) > 1 or len(run[0].words) > 1):
                self.kinds[places[0] : places[-1] + 1] = ["left"] * len(run)
            elif kind == (True, False):
                for at, line in zip(places, run, strict=True):
                    is_row = self.words.begins_row(line) and len(line.label) > _FEWEST_OF_ROW
                    is_asked = is_row if ENTRY.match(line.text) else self.words.is_broken(line)
                    self.kinds[at] = "kept" if is_asked else ""

    def _is_short(self, grid: Grid, shown: set[str]) -> bool:
        """Whether a grid has figures in doubt, or fewer than the statutory tables that it shows."""
        if grid.doubtful or grid.marks:
            return True
        count = sum(is_value(cell) for row in grid.rows for cell in row if cell)
        tables = [one for one in self.words.labels.tables if one.id in shown]
        return count < min((len(one.cells) for one in tables), default=0)

    def _leave_out(self, at: int) -> None:
        """Leave a line out where a table was not read: its labels and pieces of them, in any chapter its figures."""
        block, is_here = self.blocks[at], self.chapters[at] in self.unread
        if not isinstance(block, Paragraph) or not _is_line(block):
            return
        line = line_of(block)
        is_of_table = not line.words or self.words.are_pieces(replace(line, text="".join(line.words)))
        if self.kinds[at] == "kept" and is_of_table and not self._is_of_text(at):
            self.kinds[at] = "left"
        if not self.kinds[at] and self.pieces[at]:
            is_counted = bool(ENTRY.match(block.text)) and not self.words.begins_row(line)
            if (is_here and self.is_statutory[at]) or not is_counted:
                self.kinds[at] = "left"

    def _is_of_text(self, at: int) -> bool:
        """Whether figures may be those of a sentence: it goes on around them, or has a hole beside them."""
        above, below = (self._text(one) for one in (at - 1, at + 1))
        is_cut = len(above) > _LONGEST_LEAD and above[-1] not in _STOPS and bool(_PROSE.search(below))
        has_unit = bool(_UNIT.match(below)) and not self.pieces[at + 1]
        return has_unit or (is_cut and not ENTRY.match(below)) or any(map(_HOLE.search, (above, below)))

    def _text(self, at: int) -> str:
        block = self.blocks[at] if 0 <= at < len(self.blocks) else None
        return block.text if isinstance(block, Paragraph) and _is_line(block) else ""


def _is_beside(text: str) -> bool:
    """Whether a line that stays where it is is the page's, or says a unit, so that nobody is asked about it."""
    return is_below_text(text) or bool(_SAYS_UNIT.fullmatch(text))


def _is_of_pieces(grid: Grid, words: Words) -> bool:
    """Whether a table that was made of lines has no certain figure, and pieces of labels in its cells."""
    cells = [(place, cell) for place, cell in cells_of(grid) if cell]
    said = [line_of(Paragraph(cell, "")) for _, cell in cells if not is_value(cell)]
    is_certain = any(is_value(cell) and place not in grid.doubtful for place, cell in cells)
    is_broken = bool(grid.doubtful) and any(map(words.is_broken, said))
    return not is_certain and is_broken and all(one.is_data or words.are_pieces(one) for one in said)


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
    if _BARE.fullmatch(reading.narrow(line.text)):
        return True
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


def _spread(blocks: Sequence[Block], kinds: list[str], pieces: Sequence[bool], signs: Sequence[bool]) -> None:
    """What stands beside lines that are left out: pieces of labels, signs, the line above that leads to them."""
    for order in (range(len(blocks) - 1, -1, -1), range(len(blocks))):
        beside = ""
        for at in order:
            block = blocks[at]
            is_above = order.step < 0 and beside == "left" and isinstance(block, Paragraph) and _leads(block)
            if not kinds[at] and beside == "left" and (pieces[at] or is_above):
                kinds[at] = "left"
            beside = kinds[at]
    for at in range(1, len(blocks) - 1):
        block = blocks[at]
        is_short = isinstance(block, Paragraph) and _is_line(block) and len(block.text) <= _LONGEST_LEAD
        is_between = kinds[at - 1] == kinds[at + 1] == "left" and not kinds[at] and is_short
        if is_between and (
            signs[at] or not (_PROSE.search(block.text) or is_chapter(block.text) or ENTRY.match(block.text))
        ):
            kinds[at] = "left"


def _leads(block: Paragraph) -> bool:
    """Whether a line leads to what stands below: it is short, and ends as one does."""
    is_short = _is_line(block) and len(block.text) <= _LONGEST_LEAD and not is_chapter(block.text)
    return is_short and (block.text[-1] in "：:" or bool(re.search("[年期]$|年[度]?[)）]$", tight(block.text))))


def as_paragraph(block: Block) -> Paragraph:
    """A block as a paragraph: a table with all that stands in it."""
    return block if isinstance(block, Paragraph) else Paragraph(block.text, block.place)


def cells_of(grid: Grid) -> Iterator[tuple[tuple[int, int], str]]:
    """Each cell of a table with its row and column."""
    return (((number, column), cell) for number, row in enumerate(grid.rows) for column, cell in enumerate(row))
