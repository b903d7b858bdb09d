"""How wide the columns of a table are, in twentieths of a point, and how many lines of text its rows hold."""

from __future__ import annotations

import re
import unicodedata
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.shares import shared
from nianbao.render.word.blocks import UNTYPED, tall_of
from nianbao.render.word.lines import APART, latin, lines_in_cell
from nianbao.render.word.styles import SIDE, TABLE_LINE, TABLE_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.word.grid import Cell, Place

CHARACTER = 180  # the width of one in a table
_SPARE = 16  # of a cell, beside its text and what lies at both sides of it
_ROOMY = 160  # what lies at each side of a text at most, where the page has room
_LEAST, _LONGEST, _SHORT = 2, 20, 4  # characters of a column, of a word that is not parted, and of a text that is not
_WIDEST = 1.2  # of a character, what one takes at most: a digit alone between ideographs has room on both sides
_WORD = re.compile(r"[!-~]+")
_SEAM = re.compile(r"(?<=[0-9A-Za-z])(?=[⺀-\u9fff])|(?<=[⺀-\u9fff])(?=[0-9A-Za-z])")


def around(side: int = SIDE) -> int:
    """What a cell is wider than its text, where so much lies at each side of it."""
    return 2 * side + _SPARE


def wide(characters: float, size: int) -> float:
    """The width of a column for so many characters of a size."""
    return characters * CHARACTER * size / TABLE_SIZE + around()


def side_of(most: Sequence[float], room: float) -> int:
    """What lies at each side of the texts of columns that need so much at ``most``: more where the page has room for it."""
    return max(SIDE, min(_ROOMY, int(SIDE + (room - sum(most)) / len(most) / 2)))


def _extent(text: str) -> tuple[float, float]:
    """The width of a text, which is that of its widest line, and of its widest word, in characters."""
    if "\n" in text:
        wholes, words = zip(*map(_extent, text.split("\n")), strict=True)
        return max(wholes), max(words)
    if text.isascii():
        return latin(text), max(map(latin, text.split()), default=0)
    narrow = "".join(one for one in text if unicodedata.east_asian_width(one) not in "WFA")
    whole = len(text) - len(narrow) + latin(narrow) + APART * len(_SEAM.findall(text))
    return whole, max([1, *map(latin, _WORD.findall(text))])


def needs(grid: Sequence[Sequence[Place]], columns: int) -> tuple[list[float], list[float]]:
    """How many characters columns need for their longest word and their short texts, and for all that is written."""
    least, most = [float(_LEAST)] * columns, [float(_LEAST)] * columns
    for row in grid:
        column = 0
        for cell, across, _ in row:
            if across == 1:
                whole, word = _extent(cell.text)
                whole += cell.shown / CHARACTER
                least[column] = max(least[column], min(word, _LONGEST), min(whole, _SHORT))
                most[column] = max(most[column], whole)
            column += across
    return least, most


def texts(grid: Sequence[Sequence[Place]], part: Sequence[int], size: int) -> Iterator[list[tuple[int, float]]]:
    """The widths of the texts of each row that stand in one of some columns, by the number of this among them."""
    numbers = {column: at for at, column in enumerate(part)}
    for row in grid:
        found, column = [], 0
        for cell, across, is_going_on in row:
            if across == 1 and not is_going_on and column in numbers:
                found.append((numbers[column], wide(_extent(cell.text)[0], size) - around()))
            column += across
        yield found


def shares(
    least: Sequence[float], most: Sequence[float], room: float, texts: Sequence[Sequence[tuple[int, float]]]
) -> list[float]:
    """The width of each column: as wide as its texts where there is room for all of them."""
    few, many = sum(least), sum(most)
    if many <= room:
        return [float(one) for one in most]
    return [one * room / few for one in least] if few >= room else shared(least, most, room, around(), texts)


def counts(grid: Sequence[Sequence[Place]], widths: Sequence[int], size: int, side: int) -> list[int]:
    """How many lines of text each row holds; a label of several rows may need the last of them taller."""
    found = [1] * len(grid)
    for number, row in enumerate(grid):
        column = 0
        for cell, across, is_going_on in row:
            width = sum(widths[column : column + across]) - around(side)
            column += across
            if not is_going_on and (count := _lines(cell, width, size)) > 1:
                rows = range(number, number + cell.along)
                found[rows[-1]] += max(0, count - sum(found[at] for at in rows))
    return found


def _lines(cell: Cell, width: int, size: int) -> int:
    """The lines of a cell of some width."""
    text, character = cell.text, CHARACTER * size / TABLE_SIZE
    fits = len(text) * _WIDEST * character <= width or _extent(text)[0] * character <= width + 1  # of whole twentieths
    count = 1 + text.count("\n") if fits else lines_in_cell(text, width / character)
    if not cell.shown:
        return count
    parts = [one for one in (cell.written or "").split("</w:p>") if UNTYPED.search(one)]
    return bool(text.strip()) * count + ceil(sum(tall_of(one, width) or 2 * TABLE_LINE for one in parts) / TABLE_LINE)
