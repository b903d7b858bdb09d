"""How tall the statutory tables of a Word document are, so that they fill its pages.

Word breaks the pages itself. They are played through here first, with 22 lines a page and 28 characters a line: a table gets
rows as tall as suits the page on which it will stand. It takes whole lines of it, so that the text below stands on the grid.
Lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.word.styles import CAPTION, LINE, NOTE, NOTE_LINE, SEAM, TABLE_END, TABLE_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PAGE, _CHARACTERS, _INDENT = 22, 28, 2  # lines of a page, characters of a line and of an indent
TITLE_LINE, _NOTE = 20, 49  # characters of a line of the title and of a note
_LISTED = 21  # characters of a line of the list of attachments
_LATIN = 0.56  # of a character, the width of a letter or digit
# Of a row: its rule, and what it is taller than its text, in a statutory table at least and at most, and in any other.
_BORDER, _LEAST, _MOST, _OWN = 10, 10, {"kept": 250, "dense": 150}, 84
_HALF = 6350  # of a page: 112 mm, as in the PDF
_SPARE = 20  # what a table leaves of its lines, so that it never takes a hair more
_FEW = 8  # lines of an attachment, with its heading, below which a picture is made smaller to stand there
_EMU = 635  # the units of drawings in a twentieth of a point
# What a page more costs, a table on two pages, and one that fills its page to the last line: it does not fit where a line of
# text more stands above it than is thought.
_PAGE_PRICE, _PARTED, _TIGHT = 20, 12, 20
# Styles of what stays with what follows, each with its empty lines.
_HEADS = {"Title": 1, "BelowTitle": 1, "Heading1": 0, "Heading2": 0, "Heading3": 0, "Heading4": 0, "Signature": 1,
          "PictureTitle": 0}  # fmt: skip
# What stays with the style below it.
ABOVE = {"PictureName": ("Picture",), "TableNote": ("Picture", "PictureName")}
_WHOLE = {"Picture", "PictureName", "Formula"}  # of one line each, or as tall as its picture
_BELOW = {"TableEnd": TABLE_END, "TableSeam": SEAM, "TableNote": NOTE}
_FREE = '<w:keepNext w:val="0"/></w:pPr>'
_TALL = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_RUN = re.compile("[!-~]+")
_WORD = re.compile("[（《“‘〔]*(?:[!-~]+|.)[，。、；：？！）》”’〕]*")

Choice = tuple[int, int, int]
"""How tall all rows are; or how many rows stand on the first page, and how tall these and the others are."""
_Chosen = tuple[Choice, "_Chosen"] | None
_Way = tuple[float, _Chosen]


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
        """Whether the table stays whole: a statutory one that fits on a page with its name, any other on half a page."""
        if not self.kind:
            return next(self.ways(0))[0] <= _HALF
        return sum(self.counts) * TABLE_LINE + len(self.counts) * _LEAST + CAPTION <= PAGE * LINE

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
            rows[at - 1] = rows[at - 1].replace("</w:pPr>", _FREE)
        return "".join(rows)


@dataclass(slots=True)
class Block:
    """A paragraph with its style and its text, or a table: of this, ``xml`` is what stands before its rows."""

    style: str
    xml: str
    text: str = ""
    rows: Rows | None = None
    is_kept: bool = False

    def keep(self) -> None:
        """Let a paragraph stay with what follows."""
        self.xml, self.is_kept = self.xml.replace("/>", "/><w:keepNext/>", 1), True

    def whole(self, choice: Choice = (0, 0, 0)) -> str:
        """The block as XML, a table with rows as tall as has been chosen."""
        return f"{self.xml}{self.rows.chosen(choice)}</w:tbl>" if self.rows else self.xml


HEIGHT = "<w:trHeight/>"  # the place of a row's height, which is not known when the row is written


def filled(blocks: Sequence[Block]) -> list[str]:
    """The blocks as XML, with tables as tall as suits the pages."""
    pages, named = _Pages(), 0
    for at, block in enumerate(blocks):
        if block.rows:
            pages.table(block.rows, named, sum(_below(blocks, at)))
        else:
            pages.paragraph(block)
        named = CAPTION if block.style == "Caption" else 0
    pages.end()
    choices = iter(pages.choices())
    return [block.whole(next(choices)) if block.rows else block.xml for block in blocks]


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
        yield _BELOW[block.style] + ceil(_width(block.text) / _NOTE) * NOTE_LINE


def _width(text: str) -> int:
    """The width of a text in characters. LibreOffice gives whole ones of the grid to digits and letters, Word does not."""
    return len(text) + sum(ceil(len(run) * _LATIN) - len(run) for run in _RUN.findall(text))


def lines_of(text: str, room: int = _CHARACTERS, indent: int = _INDENT) -> int:
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
    return lines_of(block.text, indent=2 * _INDENT if block.style == "Listed" else _INDENT)


@dataclass
class _Pages:
    """The pages as they may come out: for each line that the last page may end with, the best way there."""

    ways: dict[int, _Way] = field(default_factory=lambda: {0: (0, None)})
    ahead: int = 0  # lines of headings, which stay with what follows

    def paragraph(self, block: Block) -> None:
        """A paragraph that is no part of a table."""
        style = block.style
        if style == "Attachment":
            self.end()
            self._step(lambda _: [(0, 0, None)])
            self.ahead = lines_of(block.text, indent=0)
        elif style in _HEADS:
            room, indent = (TITLE_LINE, 0) if style == "Title" else (_CHARACTERS, _INDENT)
            self.ahead += lines_of(block.text, room, indent) + _HEADS[style]
        elif style.startswith("Attached"):
            self.ahead += lines_of(block.text, _LISTED, indent=0) + (style != "AttachedNext")
        elif style in {"SignedOn", "Editor"}:
            self.ahead += 1
        elif style in _BELOW or style == "Caption":
            return
        elif block.is_kept:
            self.ahead += _lines(block)
        elif style in _WHOLE:
            self._block(_lines(block))
        else:
            self._run(_lines(block))

    def _step(self, visit: Callable[[int], Iterable[tuple[int, float, Choice | None]]]) -> None:
        """Go on from every line: ``visit`` gives the lines that may follow, what each costs and what is chosen for it."""
        ways: dict[int, _Way] = {}
        for line, (price, chosen) in self.ways.items():
            for after, more, choice in visit(line):
                if after not in ways or price + more < ways[after][0]:
                    ways[after] = price + more, (choice, chosen) if choice else chosen
        self.ways, self.ahead = ways, 0

    def _placed(self, line: int, lines: int) -> tuple[int, float]:
        """Where lines end that stay together and with their headings, and what it costs that a page before ends early."""
        after = line + self.ahead + lines
        return (after, 0) if after <= PAGE else ((self.ahead + lines - 1) % PAGE + 1, (PAGE - line) ** 2 + _PAGE_PRICE)

    def _block(self, lines: int) -> None:
        self._step(lambda line: [(*self._placed(line, lines), None)])

    def _run(self, lines: int) -> None:
        """Lines between which a page may end anywhere."""

        def visit(line: int) -> Iterator[tuple[int, float, None]]:
            first, price = self._placed(line, 1)
            pages = max(0, first + lines - 2) // PAGE
            yield first + lines - 1 - pages * PAGE, price + pages * _PAGE_PRICE, None

        self._step(visit)

    def table(self, rows: Rows, above: int, below: int) -> None:
        """A table with its name above and its notes below."""
        whole = [(ceil((one[0] + above + below) / LINE), one) for one in rows.ways(above + below)]
        middle = (whole[0][0] + whole[-1][0]) / 2
        if whole[0][0] > PAGE or not (rows.kind or rows.is_short):
            self._long(*whole[len(whole) // 4])
            return
        # With its headings it is no taller than a page.
        whole = [one for one in whole if self.ahead + one[0] <= PAGE] or whole[:1]
        parted = list(rows.parted(above, below)) if rows.kind else []

        def visit(line: int) -> Iterator[tuple[int, float, Choice]]:
            for lines, choice in whole:
                after, price = self._placed(line, lines)
                yield after, price + abs(lines - middle) + _TIGHT * (after == PAGE), choice
            for first, lines, choice in parted:
                empty = PAGE - line - self.ahead - first
                if empty >= 0:
                    yield lines, _PAGE_PRICE + _PARTED + empty**2 + _TIGHT * (not empty), choice

        self._step(visit)

    def _long(self, lines: int, choice: Choice) -> None:
        """A table longer than a page, which may begin and end on any line."""

        def visit(line: int) -> Iterator[tuple[int, float, Choice]]:
            after = line + self.ahead + lines
            yield (after - 1) % PAGE + 1, (after - 1) // PAGE * _PAGE_PRICE, choice

        self._step(visit)

    def end(self) -> None:
        """Place what stays together at the end."""
        self._block(0)

    def choices(self) -> list[Choice]:
        """What was chosen for the tables on the best way, in their order."""
        _, chain = min(self.ways.values(), key=lambda way: way[0])
        found: list[Choice] = []
        while chain:
            found.insert(0, chain[0])
            chain = chain[1]
        return found
