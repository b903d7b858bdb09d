"""How tall the statutory tables of a Word document are, so that they fill its pages.

Word breaks the pages itself, so they are played through first: a table gets rows as tall as suits the page on which it will
stand. It takes whole lines of it, so that the text below stands on the grid.
Lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.pagination import CHARACTERS, INDENT, LATIN, PAGE, TITLE_LINE, Choice, Pages
from nianbao.render.pagination import NOTE_LINE as NOTED
from nianbao.render.word.styles import CAPTION, LINE, NOTE, NOTE_LINE, SEAM, TABLE_END, TABLE_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LISTED, _NAME = 21, 36  # characters of a line of the list of attachments, and of a picture's name
# Of a row: its rule, and what it is taller than its text, in a statutory table at least and at most, and in any other.
_BORDER, _LEAST, _MOST, _OWN = 10, 10, {"kept": 250, "dense": 150}, 84
_BEGIN = 4 * LINE - CAPTION  # of a table of one's own: its first rows, which stay together
_SPARE = 20  # what a table leaves of its lines, so that it never takes a hair more
_FEW = 8  # lines of an attachment, with its heading, below which a picture is made smaller to stand there
_AROUND = 240  # above and below a picture
_NOTE_CHARACTER = 180  # the width of one in a note
_EMU = 635  # the units of drawings in a twentieth of a point
_PARTED, _TIGHT = 12, 20  # what a table on two pages costs, and one that fills its page to the last line
# Styles of what stays with what follows, each with its empty lines.
_HEADS = {"Title": 1, "BelowTitle": 1, "Heading1": 0, "Heading2": 0, "Heading3": 0, "Heading4": 0, "Signature": 1,
          "PictureTitle": 0}  # fmt: skip
# What stays with the style below it.
ABOVE = {"PictureName": ("Picture",), "TableNote": ("Picture", "PictureName", "TableNote")}
_WHOLE = {"Picture", "PictureName", "Formula"}  # of one line each, or as tall as its picture
_BELOW = {"TableEnd": TABLE_END, "TableSeam": SEAM, "TableNote": NOTE}
_TALL = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_SIZE = re.compile(r'\b(c[xy])="(\d+)"')
_RUN = re.compile("[!-~]+")
_WORD = re.compile("[（《“‘〔]*(?:[!-~]+|.)[，。、；：？！）》”’〕]*")


@dataclass(slots=True)
class Rows:
    """The rows of a table as XML: how many lines of text each holds, and with which rows parts begin, but the first.

    ``kind`` is that of a statutory table, kept or dense; '' for any other.
    """

    xml: list[str]
    counts: list[int]
    parts: list[int]
    kind: str

    @property
    def is_short(self) -> bool:
        """Whether all rows stay together: of a statutory table that fits on a page with its name, and of a small one."""
        return all(self.kept())

    def kept(self) -> list[bool]:
        """Of each row but the last, whether it stays with the next: of one's own the first few do, and the last two."""
        if self.kind:
            height = sum(self.counts) * TABLE_LINE + len(self.counts) * _LEAST + CAPTION
            return [height <= PAGE * LINE] * (len(self.counts) - 1)
        tall = [count * TABLE_LINE + _OWN for count in self.counts]
        kept = [whole <= _BEGIN for whole in accumulate(tall)][1:]
        return [*kept[:-1], sum(tall[-2:]) <= _BEGIN] if kept else []

    def ways(self, beside: int) -> Iterator[Choice]:
        """How tall the rows may be, so that they take whole lines with what stands ``beside`` them; the lowest first."""
        if not self.kind:
            yield sum(self.counts) * TABLE_LINE + len(self.counts) * _OWN, 0, 0
            return
        least, most = (sum(self.counts) * TABLE_LINE + len(self.counts) * one for one in (_LEAST, _MOST[self.kind]))
        low = ceil((beside + least + _SPARE) / LINE)
        for lines in range(low, max((beside + most) // LINE, low) + 1):
            yield lines * LINE - beside - _SPARE, 0, 0

    def parted(self, above: int, below: int) -> Iterator[tuple[int, int, Choice]]:
        """How the table may go over a page between its parts: the lines that it takes on the first page and on the next."""
        for at in self.parts:
            for first, *_ in replace(self, counts=self.counts[:at]).ways(above):
                for other, *_ in replace(self, counts=self.counts[at:]).ways(below):
                    yield ceil((first + above) / LINE), ceil((other + below) / LINE), (first, at, other)

    def chosen(self, choice: Choice) -> str:
        """The rows with their heights; where some stand on a page before the others, they are not held to these."""
        if not self.kind:
            return "".join(self.xml)
        tall, at, others = choice
        parts = ((0, at, tall), (at, len(self.xml), others)) if at else ((0, len(self.xml), tall),)
        rows = [row for start, stop, whole in parts for row in _heights(self.xml, self.counts, start, stop, whole)]
        if at:
            rows[at - 1] = rows[at - 1].replace("</w:pPr>", f"{ENDS}</w:pPr>")
        return "".join(rows)


@dataclass(slots=True)
class Block:
    """A paragraph with its style and its text, or a table: of this, ``xml`` is what stands before its rows."""

    style: str
    xml: str
    text: str = ""
    rows: Rows | None = None
    is_kept: bool = False
    inset: int = 0  # from the left edge of the page to that of a small table, and of the notes below it

    def keep(self) -> None:
        """Let a paragraph, or the last row of a table, stay with what follows."""
        if self.rows:
            self.rows.xml[-1] = self.rows.xml[-1].replace(ENDS, "")
        else:
            self.xml, self.is_kept = self.xml.replace("/>", "/><w:keepNext/>", 1), True

    def whole(self, choice: Choice | None = None, beside: int = 0) -> str:
        """The block as XML, a table with rows, and a picture with what stands beside it, as tall as has been chosen."""
        if self.rows:
            return f"{self.xml}{self.rows.chosen(choice or (0, 0, 0))}</w:tbl>"
        return _scaled(self.xml, choice[0] * LINE - beside) if choice else self.xml

    @property
    def picture(self) -> int:
        """How tall its picture is, the tallest of several; 0 without one."""
        return max(map(int, _TALL.findall(self.xml)), default=0) // _EMU if self.style == "Picture" else 0


def below(above: Sequence[Block], style: str, properties: str, inside: str, text: str) -> Block:
    """A paragraph below what stands last, if anything does: notes begin at the left edge of a small table."""
    inset = above[-1].inset if above and style == "TableNote" else 0
    indent = f'<w:ind w:left="{inset}" w:firstLine="0"/>' if inset else ""
    xml = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{indent}</w:pPr>{inside}</w:p>'
    return Block(style, xml, text, inset=inset)


HEIGHT = "<w:trHeight/>"  # the place of a row's height, which is not known when the row is written
ENDS = '<w:keepNext w:val="0"/>'  # of paragraphs in a row that does not stay with the next


def filled(blocks: Sequence[Block], has_grid: bool = True) -> list[str]:
    """The blocks as XML, with tables and pictures as tall as suits the pages.

    Where the page ``has_grid``, headings that would be its last lines are pushed to the next one: LibreOffice lays some of
    them out before what they stay with, and does not look again.
    """
    pages, named = Pages(_PARTED, _TIGHT), 0
    around: dict[int, int] = {}  # what stands around each table and picture
    pushed: dict[int, int] = {}  # what stands above the headings of each text that has some
    taken = 0  # how many blocks a picture takes along
    for at, block in enumerate(blocks):
        if block.rows:
            around[at] = 0
            _table(pages, block.rows, named, sum(_below(blocks, at)))
        elif tall := block.picture:
            held = list(_held(blocks, at))
            taken, around[at] = len(held) + 1, _AROUND + sum(held) + _SPARE
            pages.picture(tall / LINE, around[at] / LINE)
        elif taken <= 0 and _paragraph(pages, block):
            pushed[at] = next((one for one in range(at - 1, -1, -1) if blocks[one].style not in _HEADS), 0)
        taken -= 1
        named = CAPTION if block.style == "Caption" else 0
    pages.block(0)
    choices = dict(zip(sorted((*around, *pushed)), pages.choices(), strict=True))
    made = [block.whole(choices.get(at), around[at]) if at in around else block.whole() for at, block in enumerate(blocks)]
    for at, above in pushed.items():
        left = (choices[at] or (0,))[0]
        if left and has_grid:
            made[above] = re.sub("<w:ind |</w:pPr>", rf'<w:spacing w:after="{left * LINE}"/>\g<0>', made[above], count=1)
    return made


def _scaled(xml: str, height: int) -> str:
    """Pictures of which the tallest gets a height."""
    tall = max(map(int, _TALL.findall(xml)))
    if height >= tall // _EMU:
        return xml
    return _SIZE.sub(lambda size: f'{size[1]}="{max(1, int(size[2]) * height * _EMU // tall)}"', xml)


def _held(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The heights of what stays with a picture below it."""
    for above, block in pairwise(blocks[at:]):
        if not above.is_kept or block.style not in {"PictureName", "TableNote"}:
            return
        lines = ceil(_width(block.text) / (_room(block) if block.style == "TableNote" else _NAME))
        yield NOTE + lines * NOTE_LINE if block.style == "TableNote" else 120 + lines * 320


def _heights(xml: Sequence[str], counts: Sequence[int], start: int, stop: int, whole: int) -> Iterator[str]:
    """Some rows with their heights, which together are as tall as is said."""
    more = whole - sum(counts[start:stop]) * TABLE_LINE
    shares = [more * (one + 1) // (stop - start) - more * one // (stop - start) for one in range(stop - start)]
    for row, count, share in zip(xml[start:stop], counts[start:stop], shares, strict=True):
        yield row.replace(HEIGHT, f'<w:trHeight w:val="{count * TABLE_LINE + share - _BORDER}" w:hRule="atLeast"/>', 1)


def _below(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The heights of what belongs to a table below it."""
    for block in blocks[at + 1 :]:
        if block.style not in _BELOW:
            return
        yield _BELOW[block.style] + ceil(_width(block.text) / _room(block)) * NOTE_LINE


def _room(note: Block) -> float:
    """How many characters a line of a note holds."""
    return NOTED - note.inset / _NOTE_CHARACTER


def _width(text: str) -> int:
    """The width of a text in characters. LibreOffice gives whole ones of the grid to digits and letters, Word does not."""
    return len(text) + sum(ceil(len(run) * LATIN) - len(run) for run in _RUN.findall(text))


def lines_of(text: str, room: int = CHARACTERS, indent: int = INDENT) -> int:
    """How many lines a paragraph takes, at most: no line begins with a mark."""
    count, used = 0, indent
    for line in text.split("\n"):
        count += 1
        for word in _WORD.findall(line):
            wide = 1 if len(word) == 1 else _width(word)
            if used + wide > room:
                count, used = count + ceil(wide / room), wide % room
            else:
                used += wide
        used = 0
    return count


def beside(blocks: Sequence[Block]) -> int:
    """How many lines stand above a picture that must not move to a page of its own: headings, few lines of an attachment."""
    count, heads, is_text = 0, 0, False
    for block in reversed(blocks):
        if block.rows or block.style in _WHOLE:
            break
        if block.style == "Attachment":
            whole = count + lines_of(block.text, indent=0)
            return whole if whole <= _FEW or not is_text else heads
        is_text = is_text or block.style not in _HEADS
        count += _lines(block)
        heads = count if not is_text else heads
    return heads


def _lines(block: Block) -> int:
    if block.style in _WHOLE:
        return ceil((max(map(int, _TALL.findall(block.xml)), default=0) / _EMU + 240) / LINE)
    return lines_of(block.text, indent=2 * INDENT if block.style == "Listed" else INDENT)


def _paragraph(pages: Pages, block: Block) -> bool:
    """A paragraph that is no part of a table; whether it is text with headings, which is told where it stands."""
    style = block.style
    if style == "Attachment":
        pages.block(0)
        pages.fresh()
        pages.ahead = lines_of(block.text, indent=0)
    elif style in _HEADS:
        room, indent = (TITLE_LINE, 0) if style == "Title" else (CHARACTERS, INDENT)
        pages.ahead += lines_of(block.text, room, indent) + _HEADS[style]
    elif style.startswith("Attached"):
        pages.ahead += lines_of(block.text, _LISTED, indent=0) + (style != "AttachedNext")
    elif style in {"SignedOn", "Editor"}:
        pages.ahead += 1
    elif style in _BELOW or style == "Caption":
        pass
    elif block.is_kept:
        pages.ahead += _lines(block)
    elif style in _WHOLE:
        pages.block(_lines(block))
    else:
        is_headed = pages.ahead > 0
        pages.run(_lines(block), is_told=is_headed)
        return is_headed
    return False


def _table(pages: Pages, rows: Rows, above: int, below: int) -> None:
    """A table with its name above and its notes below."""
    whole = [(ceil((one[0] + above + below) / LINE), one) for one in rows.ways(above + below)]
    middle = (whole[0][0] + whole[-1][0]) / 2
    if whole[0][0] > PAGE or not (rows.kind or rows.is_short):
        pages.long(*whole[len(whole) // 4])
        return
    parted = ((first, lines, 0, choice) for first, lines, choice in rows.parted(above, below))
    pages.table([(lines, abs(lines - middle), choice) for lines, choice in whole], parted if rows.kind else ())
