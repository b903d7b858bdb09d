"""How tall the tables and the pictures of a Word document are, so that they fill its pages.

Word breaks the pages itself, so they are played through first: a table gets rows as tall as suits the page on which it will
stand. It takes whole lines of it, as pictures do, so that the text below stands on the grid.
Lengths are in twentieths of a point.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.headings import room_of
from nianbao.render.letters import WIDE
from nianbao.render.pagination import NOTE_LINE as NOTED
from nianbao.render.pagination import PAGE, Ending, Pages, evened
from nianbao.render.word.blocks import Block, Rows, aligned, held, spaced, unwidowed
from nianbao.render.word.lines import TEXT, has_address, is_held, lines_of, lines_of_text, width
from nianbao.render.word.styles import (
    AREA,
    CAPTION,
    CODE_AROUND,
    CODE_LINE,
    CODE_SIZE,
    HEIGHT,
    LINE,
    NOTE,
    NOTE_LINE,
    SEAM,
    SPARE,
    TABLE_END,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LISTED, _NAME = 21, 36  # characters of a line of the list of attachments, and of a picture's name
_FEW = 8  # lines of an attachment, with its heading, below which a picture is made smaller to stand there
AROUND, NAMED, NAME_TALL = 120, 120, 320  # below a picture, below its name, and a line of that
_NOTE_CHARACTER = 180  # the width of one in a note
_PARTED, _TIGHT = 30, 20  # what a table on two pages costs, and a page filled to its last line
_TORN, _NOTED = 2400, 0  # and one that is no more than that for parts: as ten empty lines do, one with notes as five
# Styles of what stays with what follows, each with its empty lines.
_HEADS = {"Title": 1, "Number": 1, "BelowTitle": 1, "Heading1": 0, "Heading2": 0, "Heading3": 0, "Heading4": 0,
          "Signature": 1, "PictureTitle": 0}  # fmt: skip
_ENDS = {"Signature", "Attached", "AttachedFirst"}  # what stands below the text
_WHOLE = {"Picture", "PictureName", "Formula"}  # of one line each, or as tall as its picture
_BELOW = {"TableEnd": TABLE_END, "TableSeam": SEAM, "Seam": 0, "TableNote": NOTE}
_AFTER = {
    "Code": CODE_AROUND,
    "Picture": AROUND,
    "PictureName": NAMED,
    "TableEnd": SPARE // 2,
}  # the space that a style has below it


def filled(blocks: Sequence[Block], has_grid: bool = True) -> list[str]:
    """The blocks as XML, with tables and pictures as tall as suits the pages.

    Where the page ``has_grid``, what is left of their lines stands below those that are not made to measure, and headings
    that would be the last lines of a page are pushed to the next one: LibreOffice lays some of them out before what they
    stay with, and does not look again.
    """
    around: dict[int, int] = {}  # what stands around each table and picture
    pushed: dict[int, int] = {}  # what stands above each text, or above its headings
    pages = evened(partial(_play, blocks, around, pushed), Pages(_PARTED, _TIGHT))
    choices = dict(zip(sorted((*around, *pushed)), pages.choices(), strict=True))
    if not has_grid:  # for which alone rows of one's own are taller
        choices = {at: choice and (choice[0], max(0, choice[1]), choice[2]) for at, choice in choices.items()}
    made = [block.whole(choices.get(at), around[at]) if at in around else block.whole() for at, block in enumerate(blocks)]
    made = [unwidowed(xml) if _is_held(blocks, at) else xml for at, xml in enumerate(made)]
    if has_grid:
        made = [
            aligned(xml, "left") if blocks[at].style in {*TEXT, "TableNote"} and has_address(blocks[at]) else xml
            for at, xml in enumerate(made)
        ]
    more = dict.fromkeys(range(len(blocks)), 0)
    for at, choice in choices.items():
        block = blocks[at]
        if at in pushed:
            more[pushed[at]] += choice[0] * LINE if choice else 0
            made[at] = held(made[at], choice[1] == 2) if choice and choice[1] and has_grid else made[at]
        elif block.rows:
            more[at + len(list(_below(blocks, at)))] += choice[2] if choice and not block.rows.kind else 0
        else:
            left = choice[0] * LINE - around[at] - block.picture if choice else 0
            last = at + len(list(_held(blocks, at)))
            more[last] += max(0, left) + _titled(blocks, at)
            made[last] = aligned(made[last], "center") if _is_lone(blocks[at + 1 : last + 1]) else made[last]
    for at, block in enumerate(blocks):
        more[at] += -_code(block) % LINE if block.style == "Code" else 0
    for at, left in more.items():
        if left and has_grid and not blocks[at].rows and at + 1 < len(blocks):
            made[at] = spaced(made[at], left + _AFTER.get(blocks[at].style, 0))
    return made


def _play(blocks: Sequence[Block], around: dict[int, int], pushed: dict[int, int], pages: Pages) -> None:
    """Play the pages through; what stands around pictures and tables, and above headed texts, is noted."""
    named = taken = 0  # how tall a table's name is, and how many blocks a picture takes along
    for at, block in enumerate(blocks):
        if block.rows:
            around[at] = 0
            _table(pages, block.rows, named, sum(_below(blocks, at)))
        elif tall := block.picture:
            held = list(_held(blocks, at))
            taken, around[at] = len(held) + 1, AROUND + sum(held) + SPARE
            pages.picture(PAGE + 1 if block.is_tall else tall / LINE, around[at] / LINE)
        elif taken <= 0 and _paragraph(pages, blocks, at):
            pushed[at] = next((one for one in range(at - 1, -1, -1) if blocks[one].style not in _HEADS), 0)
        taken -= 1
        named = CAPTION + (ceil(width(block.text) / _NAME) - 1) * NAME_TALL if block.style == "Caption" else 0
    pages.block(0)


def _is_last(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph is the last one of the text."""
    return at + 1 < len(blocks) and blocks[at + 1].style in _ENDS


def _is_held(blocks: Sequence[Block], at: int) -> bool:
    """Whether two lines of a paragraph at least stand on each of its pages: those too that stand below its heading."""
    if blocks[at].style not in TEXT:
        return False
    is_headed = at > 0 and blocks[at - 1].style.startswith("Heading")
    return is_held(blocks[at], _is_last(blocks, at)) or (is_headed and _lines(blocks[at]) > 1)


def _is_lone(held: Sequence[Block]) -> bool:
    """Whether what stays with a picture ends with a single note of one line."""
    return [one.style for one in held].count("TableNote") == 1 and width(held[-1].text) <= NOTED


def _titled(blocks: Sequence[Block], at: int) -> int:
    """What is left of the lines of a picture's title above it."""
    above = blocks[at - 1] if at else None
    if above is None or above.style != "PictureTitle":
        return 0
    return lines_of(above.text) * LINE - NAMED - ceil(width(above.text) / _NAME) * NAME_TALL


def _held(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The heights of what stays with a picture below it; of the spaces between two paragraphs the greater one counts."""
    for above, block in pairwise(blocks[at:]):
        if not above.is_kept or block.style not in {"PictureName", "TableNote"}:
            return
        lines = ceil(width(block.text) / (_room(block) if block.style == "TableNote" else _NAME))
        if block.style == "TableNote":
            yield lines * NOTE_LINE + (NOTE if above.style == "TableNote" else 0)
        else:
            yield NAMED + lines * NAME_TALL


def _below(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The heights of what belongs to a table below it."""
    for block in blocks[at + 1 :]:
        if block.style not in _BELOW:
            return
        yield _BELOW[block.style] + ceil(width(block.text) / _room(block)) * NOTE_LINE


def _room(note: Block) -> float:
    """How many characters a line of a note holds."""
    return NOTED - note.inset / _NOTE_CHARACTER


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


def _code(block: Block) -> int:
    """How tall printed output or code is."""
    room = 2 * (AREA - block.inset) / (CODE_SIZE * 10)  # letters, which are half as wide as an ideograph
    lines = (sum(2 if one >= WIDE else 1 for one in line) for line in block.text.split("\n"))
    return 2 * CODE_AROUND + CODE_LINE * sum(max(1, ceil(line / room)) for line in lines)


def _lines(block: Block) -> int:
    if block.style == "Code":
        return ceil(_code(block) / LINE)
    if block.style in _WHOLE:
        return ceil((block.pictures + AROUND) / LINE)
    return lines_of_text(block)


def _paragraph(pages: Pages, blocks: Sequence[Block], at: int) -> bool:
    """A paragraph that is no part of a table; whether it is one of text, which is told where it stands."""
    block, is_last = blocks[at], _is_last(blocks, at)
    style = block.style
    if style == "Attachment":
        pages.block(0)
        pages.fresh()
        pages.ahead = lines_of(block.text, indent=0)
    elif style in _HEADS:
        pages.is_end = pages.is_end or (style == "Signature" and not pages.ahead)
        room, indent = room_of("h1" if style == "Title" else "h2")
        above = blocks[at - 1].style  # both together have one empty line
        is_next = above in {style, "Number"}
        pages.ahead += lines_of(block.text, room, indent) + _HEADS[style] * (not is_next)
    elif style.startswith("Attached"):
        count = lines_of(block.text, _LISTED, indent=0) + (style != "AttachedNext")
        pages.ahead += 0 if block.is_loose else count
        pages.block(count) if block.is_loose else None
    elif style in {"SignedOn", "Editor"}:
        pages.ahead += 1
    elif style in _BELOW or style == "Caption":
        pass
    elif block.is_kept:
        pages.ahead += _lines(block)
    elif style in _WHOLE:
        pages.block(_lines(block))
    else:
        pages.text(_lines(block), 2 if _is_held(blocks, at) else 1, is_last)
        return True
    return False


def _table(pages: Pages, rows: Rows, above: int, below: int) -> None:
    """A table with its name above and its notes below."""
    around = above + below
    whole = [(ceil((one[0] + around) / LINE), one) for one in rows.ways(around)]
    if whole[0][0] <= PAGE and (rows.kind or rows.is_short):
        torn = 0 if not rows.heads else _NOTED if below > TABLE_END else _TORN
        pages.table(
            [(lines, rows.uneven(choice), choice) for lines, choice in whole],
            [(first, lines, torn + price, choice, spare) for first, lines, price, choice, spare in rows.parted(above, below)]
            if rows.kind
            else (),
            rows.talls,
        )
        return

    def of_form(start: int) -> list[Ending]:
        lines, choice = min(whole, key=lambda way: rows.uneven(way[1]))
        return [((start + lines - 1) // PAGE, (start + lines - 1) % PAGE + 1, 0.0, choice)]

    def of_own(start: int) -> list[Ending]:
        lower, found = rows.closest(HEIGHT - start * LINE - above, below)
        if found is None:
            return []
        used = found[1] + (0 if found[0] else start * LINE + above) + SPARE
        return [(found[0], min(PAGE, ceil(used / LINE)), 0.0, (0, lower, -used % LINE))]

    pages.long(of_form if rows.kind else of_own)
