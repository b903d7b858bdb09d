"""The paragraphs and tables of a Word document before its pages are known, and how tall each may be.

Lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, pairwise
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.heights import alike, uneven
from nianbao.render.pagination import PAGE, Choice, Parted
from nianbao.render.word.styles import ABOVE_TEXT, AREA, CAPTION, HEIGHT, LINE, SIDE, SPARE, TABLE_LINE, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Of a row: its rule, and what it is taller than its text, in a table of one's own, and from least to most in a form.
_BORDER, _OWN, _LEAST, _MOST = 10, 82, 10, 280
_BEGIN = 4 * LINE - CAPTION  # of a table of one's own: its first rows, which stay together
_LOWER, _TALLER = 48, 100  # by how much a row of one's own may be lower, and taller
TALL = 26  # lines of a row that may go over a page, half of one, if it is none of a statutory table
_BESIDE = 160  # between two pictures of a line
_EMU = 635  # the units of drawings in a twentieth of a point
# What stays with the style below it.
ABOVE = {"PictureName": ("Picture",), "TableNote": ("Picture", "PictureName", "TableNote")}
_EXTENT = re.compile(r'<wp:extent cx="(\d+)" cy="(\d+)"')
# Where the spacing of a paragraph stands, or would stand.
_SPACING = re.compile("<w:spacing |(?=<w:ind |<w:contextualSpacing|<w:jc |<w:outlineLvl |</w:pPr>)")
UNTYPED = re.compile("<w:drawing|<m:oMath")
"""Of these a paragraph's text says nothing."""
_SIZE = re.compile(r'\b(c[xy])="(\d+)"')

LONG_HEAD = 10  # lines: a longer head is not repeated, it may fill the page
# What parts two tables that are parts of one: Word makes one of two that touch, and shows no hidden paragraph.
SEAM = '<w:p><w:pPr><w:pStyle w:val="TableSeam"/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>'
ROW_HEIGHT = "<w:trHeight/>"  # the place of a row's height, which is not known when the row is written
ENDS = '<w:keepNext w:val="0"/>'  # of paragraphs in a row that does not stay with the next


@dataclass(slots=True)
class Rows:
    """The rows of a table as XML: how many lines of text each holds, and the rows of the head that each stands ``under``.

    ``parts`` are the rows with which the parts of a table with several heads begin, but the first. ``kind`` is that of a
    statutory table, kept or dense; '' for any other. ``heads`` rows stand again on each page. So much lies at each ``side``
    of a text. ``breaks`` are the rows with which another page may begin, with what each costs.
    """

    xml: list[str]
    counts: list[int]
    under: list[range]
    parts: list[int]
    kind: str
    heads: int = 0
    side: int = SIDE
    breaks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Whether all rows stay together: of a statutory table that fits on a page with its name, and of a small one."""
        return all(self.kept())

    def kept(self) -> list[bool]:
        """Of each row but the last, whether it stays with the next: of one's own the first few do, and the last two."""
        if self.kind:
            height = sum(self.counts) * TABLE_LINE + len(self.counts) * _LEAST + CAPTION
            return [height <= PAGE * LINE] * (len(self.counts) - 1)
        tall = self._own()
        kept = [whole <= _BEGIN for whole in accumulate(tall)][1:]
        return [*kept[:-1], sum(tall[-2:]) <= _BEGIN] if kept else []

    def _own(self) -> list[int]:
        """How tall each row is of a table that is no statutory one."""
        return [count * TABLE_LINE + _OWN for count in self.counts]

    def ways(self, beside: int) -> Iterator[Choice]:
        """How tall the rows may be, so that they take whole lines with what stands ``beside`` them; the lowest first.

        The rows of a table of one's own are a bit taller by what is left of its lines; the last number is what is left then.
        """
        if not self.kind:
            whole, count = sum(self._own()), len(self.counts)
            left = -(whole + beside + SPARE) % LINE
            more = min(_TALLER, left // count // 2 * 2)
            yield whole + more * count, -more, left - more * count
            return
        least, most = (sum(self.counts) * TABLE_LINE + len(self.counts) * one for one in (_LEAST, _MOST))
        low = ceil((beside + least + SPARE) / LINE)
        for lines in range(low, max((beside + most) // LINE, low) + 1):
            yield lines * LINE - beside - SPARE, 0, 0

    def parted(self, above: int, below: int) -> Iterator[Parted]:
        """How a statutory table may go over a page.

        Where its head stands again on the next page, it is as tall as on the first one; and LibreOffice puts as many rows on
        this as have room.
        """
        for at, price in self.breaks:
            head, rest = [self.counts[row] for row in self.under[at]], self.counts[at:]
            firsts, others = self._filling(self.counts[:at], above), self._filling([*head, *rest], below)
            for first, tall, lines, other in alike(firsts, others, at):
                choice = _tall(self.counts[:at], tall), at, _tall([*head, *rest], other) - _tall(head, tall)
                yield first, lines, price + self.uneven(choice), choice, 0 if head and not self.heads else PAGE

    def _filling(self, counts: list[int], beside: int) -> list[tuple[int, float]]:
        """How many lines some rows may take with what stands ``beside`` them; how tall those of one line are then, in pt."""
        made = [(whole, ceil((whole + beside) / LINE)) for whole, *_ in replace(self, counts=counts).ways(beside)]
        return [(lines, (TABLE_LINE + (whole - sum(counts) * TABLE_LINE) / len(counts)) / 20) for whole, lines in made]

    def uneven(self, choice: Choice) -> float:
        """What it costs that rows of one line of a statutory table are so tall."""
        return max((uneven(row, count=len(self.counts)) for row in self.talls(choice)), default=0.0)

    def talls(self, choice: Choice) -> list[float]:
        """How tall, in pt, rows of one line of a statutory table are, or those of each of its parts."""
        if not self.kind:
            return []
        tall, at, others = choice
        stretches = ((self.counts[:at], tall), (self.counts[at:], others)) if at else ((self.counts, tall),)
        return [(TABLE_LINE + (whole - sum(some) * TABLE_LINE) / len(some)) / 20 for some, whole in stretches]

    def closest(self, room: int, below: int) -> tuple[int, tuple[int, int] | None]:
        """By how much each row of one's own is lower, so that no page holds few of them alone, and how all go over pages."""
        found = self.over(room, below)
        if found and found[0] and found[1] - below - sum(self._own()[: self.heads]) < _BEGIN:
            for lower in range(4, _LOWER + 1, 4):
                other = self.over(room, below, lower)
                if other and other[0] < found[0]:
                    return lower, other
        return 0, found

    def over(self, room: int, below: int, lower: int = 0) -> tuple[int, int] | None:
        """How rows go over pages, the first of which has some room: how many pages end, what is used of the last.

        What stands ``below`` stays with the last rows. Nothing where the first ones have no room.
        """
        tall, joined = [one - lower for one in self._own()], [False, *self.kept()]
        begins = [at for at, is_joined in enumerate(joined) if not is_joined]
        heads, pages, used = sum(tall[: self.heads]), 0, 0
        for at, stop in pairwise((*begins, len(tall))):
            group = sum(tall[at:stop]) + (below if stop == len(tall) else 0)
            is_torn = max(self.counts[at:stop]) >= TALL
            if used + group > room and not at and not is_torn:
                return None
            used += group
            while used > room:
                used, pages = heads + (used - room if is_torn or group + heads > HEIGHT else group), pages + 1
                room = HEIGHT
        return pages, used

    def set_apart(self, xml: str, lower: int) -> str:
        """What stands before the rows, with what lies around their texts where it is not as their style has it."""
        if not lower and self.side == SIDE:
            return xml
        around = {"top": ABOVE_TEXT - lower, "left": self.side, "bottom": ABOVE_TEXT - lower, "right": self.side}
        margins = "".join(f'<w:{edge} w:w="{one}" w:type="dxa"/>' for edge, one in around.items())
        return xml.replace("<w:tblLook", f"<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook", 1)

    def head_of(self, start: int) -> range:
        """The rows of the head with which some rows begin, where Word is to say them again on the next page."""
        head = next((head for head in self.under[start:] if head), range(0))
        is_repeated = head.start == start and sum(self.counts[at] for at in head) <= LONG_HEAD
        return head if is_repeated else range(0)

    def chosen(self, begin: str, choice: Choice) -> str:
        """The table with the heights of its rows; ``begin`` is what stands before these.

        One of several parts that goes over a page is several tables, each with its own head, as Word says the rows at the
        top of a table again and no others. Where some rows stand on a page before the others, they are not held to these.
        """
        if not self.kind:
            return f"{begin}{''.join(self.xml)}</w:tbl>"
        tall, at, others = choice
        parts = ((0, at, tall), (at, len(self.xml), others)) if at else ((0, len(self.xml), tall),)
        rows = [row for start, stop, whole in parts for row in _heights(self.xml, self.counts, start, stop, whole)]
        if at:
            rows[at - 1] = rows[at - 1].replace("</w:pPr>", f"{ENDS}</w:pPr>")
        starts = [0]
        if at and not self.heads:  # a part in which the page ends is a table of its own
            below = [one for one in self.parts if one > at and at not in self.parts]
            starts = sorted({0, self.under[at].start, *below[:1]})
        for row in chain.from_iterable(map(self.head_of, () if self.heads else starts)):
            rows[row] = rows[row].replace("</w:trPr>", "<w:tblHeader/></w:trPr>", 1)
        return SEAM.join(f"{begin}{''.join(rows[start:stop])}</w:tbl>" for start, stop in pairwise((*starts, len(rows))))


@dataclass(slots=True)
class Block:
    """A paragraph with its style and its text, or a table: of this, ``xml`` is what stands before its rows."""

    style: str
    xml: str
    text: str = ""
    rows: Rows | None = None
    is_kept: bool = False
    is_loose: bool = False
    is_tall: bool = False  # whether its picture would be taller than a page
    inset: int = 0  # from the left edge of the page to that of a small table, of its notes, of an item in other lists

    def keep(self) -> None:
        """Let a paragraph, or the last row of a table, stay with what follows."""
        if self.rows:
            self.rows.xml[-1] = self.rows.xml[-1].replace(ENDS, "")
        else:
            self.xml, self.is_kept = self.xml.replace("/>", "/><w:keepNext/>", 1), True

    def loosen(self) -> None:
        """Let a paragraph whose style keeps it with what follows stand on the page before that."""
        self.xml, self.is_loose = self.xml.replace("/>", f"/>{ENDS}", 1), True

    def whole(self, choice: Choice | None = None, beside: int = 0) -> str:
        """The block as XML, a table with rows, and a picture with what stands beside it, as tall as has been chosen."""
        if self.rows:
            lower = choice[1] // 2 if choice and not self.rows.kind else 0
            return self.rows.chosen(self.rows.set_apart(self.xml, lower), choice or (0, 0, 0))
        return _scaled(self.xml, choice[0] * LINE - beside) if choice else self.xml

    @property
    def picture(self) -> int:
        """How tall its picture is, or several with their lines; 0 without one."""
        return self.pictures if self.style == "Picture" else 0

    @property
    def pictures(self) -> int:
        """How tall the lines of pictures in a paragraph are; 0 without one."""
        return tall_of(self.xml)


def below(above: Sequence[Block], style: str, properties: str, inside: str, text: str, line: int) -> Block:
    """A paragraph below what stands last, if anything does: notes begin at the left edge of a small table.

    ``line`` is how tall each line of the text is, or 0.
    """
    inset = above[-1].inset if above and style == "TableNote" and above[-1].style != "Listed" else 0
    indent = f'<w:ind w:left="{inset}" w:firstLine="0"/>' if inset else ""
    xml = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{indent}</w:pPr>{inside}</w:p>'
    if UNTYPED.search(inside) and (line := line_of(style, line)):
        xml = _spacing(xml, f'w:line="{line}" w:lineRule="atLeast"')  # what is taller than an exact line is cut off
    return Block(style, xml, text, inset=inset)


def spaced(xml: str, after: int) -> str:
    """A paragraph with some room below it."""
    return _spacing(xml, f'w:after="{after}"')


def _spacing(xml: str, given: str) -> str:
    return _SPACING.sub(lambda at: f"<w:spacing {given}{' ' if at[0] else '/>'}", xml, count=1)


def unwidowed(xml: str) -> str:
    """A paragraph of whose lines two stand on each of its pages at least."""
    return re.sub("<w:pStyle [^>]*>(?:<w:keepNext/>)?", r"\g<0><w:widowControl/>", xml, count=1)


def held(xml: str, is_last: bool) -> str:
    """A paragraph whose lines all stand on one page; the last one with the signature."""
    kept = "<w:keepNext/><w:keepLines/>" if is_last else "<w:keepLines/>"
    return re.sub("<w:pStyle [^>]*>(?:<w:keepNext/>)?", rf"\g<0>{kept}", xml, count=1)


def aligned(xml: str, side: str) -> str:
    """A paragraph whose lines stand at the ``left``, at the ``right`` or in the ``center``."""
    return xml.replace("</w:pPr>", f'<w:jc w:val="{side}"/></w:pPr>', 1)


def _scaled(xml: str, height: int) -> str:
    """Pictures whose lines together get a height."""
    tall = tall_of(xml)
    if height >= tall:
        return xml
    return _SIZE.sub(lambda size: f'{size[1]}="{max(1, int(size[2]) * height // tall)}"', xml)


def tall_of(xml: str, room: int = AREA) -> int:
    """How tall the lines of a paragraph's pictures are, which hold as many as have room."""
    lines, used = [0], 0
    for across, along in ((int(one[1]) // _EMU, int(one[2]) // _EMU) for one in _EXTENT.finditer(xml)):
        if used and used + _BESIDE + across > room:
            lines, used = [*lines, 0], 0
        lines[-1], used = max(lines[-1], along), used + _BESIDE + across
    return sum(lines)


def _tall(counts: Sequence[int], row: float) -> int:
    """How tall some rows are together, of which those of one line are so tall, in pt."""
    return round(sum(counts) * TABLE_LINE + len(counts) * (20 * row - TABLE_LINE))


def _heights(xml: Sequence[str], counts: Sequence[int], start: int, stop: int, whole: int) -> Iterator[str]:
    """Some rows with their heights, which together are as tall as is said."""
    more = whole - sum(counts[start:stop]) * TABLE_LINE
    shares = [more * (one + 1) // (stop - start) - more * one // (stop - start) for one in range(stop - start)]
    for row, count, share in zip(xml[start:stop], counts[start:stop], shares, strict=True):
        yield row.replace(ROW_HEIGHT, f'<w:trHeight w:val="{count * TABLE_LINE + share - _BORDER}" w:hRule="atLeast"/>', 1)
