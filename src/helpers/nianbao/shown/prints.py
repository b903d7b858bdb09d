"""The digests of a document's paragraphs and tables: they tell, when it comes back from a reviewer, what was printed."""

from __future__ import annotations

import hashlib
import re
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.shown.blocks import BREAK, Paragraph, placed
from nianbao.shown.seen import squeezed
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.shown.blocks import Block, Cell, Piece, Table

PROPERTY = "nianbao-{}"
"""The names of the kit's own properties of a document, which hold the digests of what was printed, in its order."""
_DIGITS = 8
_MOST = 30  # digests in one property: Word keeps 255 characters of it
_ATTACHED = re.compile(rf"附件\s*[0-9０-９{HAN}]*")


def digest(text: str) -> str:
    """The digest of a paragraph's words."""
    return hashlib.sha256(squeezed(text).encode()).hexdigest()[:_DIGITS]


def digest_of_rows(rows: Iterable[Iterable[str]]) -> str:
    """The digest of a rectangle of text: of what stands in each row and column."""
    return _digest_of_cells((number, column, text) for number, row in enumerate(rows) for column, text in enumerate(row))


def digests(blocks: Iterable[Block]) -> Iterator[str]:
    """The digest of each line of a document's paragraphs that has words, and of each of its tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            texts = ("".join(piece.text for piece in line) for line in lines_of(block))
            yield from (digest(text) for text in texts if squeezed(text))
        elif any(text for row in block.rows for text in map(_text, row)):
            yield _digest_of_cells(_set_out(block))


def lines_of(paragraph: Paragraph) -> Iterator[list[Piece]]:
    """The lines of a paragraph that breaks part; an attachment's heading is one: its number stands above its name."""
    pieces = paragraph.pieces
    words = [one for one in pieces if one is not BREAK and one.text.strip("：:\t ")]
    if paragraph.level and BREAK in pieces and words and _ATTACHED.fullmatch(words[0].text.strip()):
        pieces = [words[0], *([words[0]._replace(text="：")] if words[1:] else []), *words[1:]]
    for is_break, line in groupby(pieces, key=lambda one: one is BREAK):
        if not is_break:
            yield list(line)


def properties(found: Sequence[str]) -> dict[str, str]:
    """The properties that a document gets, by their names."""
    starts = range(0, len(found), _MOST)
    return {PROPERTY.format(number): "".join(found[at : at + _MOST]) for number, at in enumerate(starts, 1)}


def read(properties_: Mapping[str, str]) -> tuple[str, ...]:
    """The digests that the properties of a document hold; none where it has none, or one that is no list of digests."""
    whole = ""
    for number in range(1, len(properties_) + 1):
        whole += properties_.get(PROPERTY.format(number), "")
    return tuple(re.findall("[0-9a-f]{8}", whole)) if re.fullmatch("(?:[0-9a-f]{8})+", whole) else ()


def _digest_of_cells(cells: Iterable[tuple[int, int, str]]) -> str:
    said = ((row, column, squeezed(text)) for row, column, text in cells)
    return digest("".join(f"{row},{column},{len(text)}:{text}" for row, column, text in said if text))


def _set_out(table: Table) -> Iterator[tuple[int, int, str]]:
    """The texts of a table's cells with the row and column in which each begins."""
    taken: set[tuple[int, int]] = set()
    for row, column, cell in placed(table.rows, taken):
        end = min(row + max(cell.along, 1), len(table.rows))
        taken |= {(below, beside) for below in range(row, end) for beside in range(column, column + max(cell.across, 1))}
        yield row, column, _text(cell)


def _text(cell: Cell) -> str:
    paragraphs = (one for one in cell.blocks if isinstance(one, Paragraph))
    return "".join(piece.text for one in paragraphs for piece in one.pieces)
