"""What a reader finds in a published file, in a form that is the same for every output format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.shown.blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.shown.blocks import Block, Cell

# What marks a draft, wherever a format puts it; on a page in another language than Chinese.
STAMP, FOREIGN_STAMP = "草稿", "DRAFT"
MADE_BY = "nianbao"  # what a file of the kit's says of its making: a PDF among its keywords
# White space, what only says where a line may break, and what only selects or joins forms of the character before it.
_NO_TEXT = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")
# A PDF hands out ﬁ as f and i.
_LIGATURE = re.compile("[\ufb00-\ufb04]")


def squeezed(text: str) -> str:
    """A text without white space and what prints nothing: lines end elsewhere in every format."""
    if text.isdecimal() and text.isascii():  # as most cells are
        return text
    return _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _NO_TEXT.sub("", text))


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a table as it is laid out: its text, squeezed, the columns and rows it takes, whether it is a heading."""

    text: str
    across: int = 1
    along: int = 1
    head: bool = False


Grid = tuple[tuple[Slot, ...], ...]
"""The rows of a table; a cell stands in the row where it begins."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader finds in a published file.

    Parameters
    ----------
    blocks : tuple of str
        The text, squeezed, of each heading, paragraph, list mark, list item, caption and table cell, in reading order.
        Empty ones are left out, and so is what stands on every page: page numbers, stamps, repeated heads of tables.
    stamps : tuple of bool
        For each place where a draft is marked as such, as each page of a PDF, whether it is.
    grids : tuple of Grid
        The tables, where the format tells which columns and rows a cell takes.
    about : tuple of str
        What the file says of itself beside its pages, the title first: author, programs, …
    torn : tuple of (int, str)
        The page and the text of each line whose characters stand torn apart, where the format has lines.
    """

    blocks: tuple[str, ...]
    stamps: tuple[bool, ...]
    grids: tuple[Grid, ...] = ()
    about: tuple[str, ...] = ()
    torn: tuple[tuple[int, str], ...] = ()


def is_stamped(text: str) -> bool:
    """Whether a text holds what marks a draft."""
    return STAMP in text or FOREIGN_STAMP in text


def seen_in(blocks: Iterable[Block], stamps: tuple[bool, ...] = (), about: tuple[str, ...] = ()) -> Seen:
    """What a reader finds in paragraphs and tables."""
    texts: list[str] = []
    grids: list[Grid] = []
    _collect(blocks, texts, grids)
    return Seen(tuple(texts), stamps, tuple(grids), about)


def _collect(blocks: Iterable[Block], texts: list[str], grids: list[Grid]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            texts += block.marks
            if text := _text(block):
                texts.append(text)
        else:
            _collect(block.captions, texts, grids)
            grids.append(tuple([tuple([_slot(cell, texts, grids) for cell in row]) for row in block.rows]))


def _slot(cell: Cell, texts: list[str], grids: list[Grid]) -> Slot:
    begin = len(texts)
    _collect(cell.blocks, texts, grids)
    said = texts[begin] if len(texts) == begin + 1 else "".join(texts[begin:])
    return Slot(said, cell.across, cell.along, cell.is_head)


def _text(paragraph: Paragraph) -> str:
    pieces = paragraph.pieces
    return squeezed(pieces[0].text if len(pieces) == 1 else "".join([one.text for one in pieces]))
