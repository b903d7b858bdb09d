"""A table as WordprocessingML: merged cells, heads that are repeated over pages, columns that fit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, takewhile
from typing import TYPE_CHECKING

from nianbao.render.shares import cut, parts, shared
from nianbao.render.word.blocks import ENDS, ROW_HEIGHT, TALL, Block, Rows
from nianbao.render.word.lines import APART, LATIN_IN_CELL, lines_in_cell
from nianbao.render.word.styles import AREA, TABLE_SIZE
from nianbao.shown.joined import said_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST_COLUMNS = 63  # Word opens no table of more
LONG_HEAD, _LONG_HEAD = 120, 10  # characters and lines: a longer head is not repeated, it may fill the page
_CHARACTER, _SIDES = 180, 120  # widths of a character in a table, and of both margins of its cells
_LEAST, _LONGEST, _SHORT = 2, 20, 4  # characters of a column, of a word that is not parted, and of a text that is not
_FEW = 3  # rows below the head of a statutory table; fewer look lost at the end of a page, and at the beginning of the next
_SIZES = (TABLE_SIZE, 15, 13)  # of text, in half points: a wide table gets smaller, and then it is parted by columns
_WORD = re.compile(r"[!-~]+")
_SEAM = re.compile(r"(?<=[0-9A-Za-z])(?=[⺀-\u9fff])|(?<=[⺀-\u9fff])(?=[0-9A-Za-z])")


@dataclass(slots=True)
class Cell:
    """A cell: how to write its content in a size, with a paragraph property and in a width, its text, spans and colour."""

    write: Callable[[int, str, int], str]
    text: str
    across: int = 1
    along: int = 1
    shade: str = ""
    is_head: bool = False
    written: str | None = None


@dataclass(slots=True)
class Table:
    """The rows of a table, of which the first are its head.

    ``shares`` are the widths of columns in parts of a hundred, where they are given; ``kind`` is a statutory table's.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    shares: list[float] = field(default_factory=list)
    kind: str = ""


def _empty() -> Cell:
    return Cell(lambda *_: "", "")


_Place = tuple[Cell, int, bool]
"""A cell in a row: how many columns it takes there, and whether it began in a row above."""


def tables(table: Table, room: int) -> Iterator[Block]:
    """The table in a room of some width; one that is too wide as several, each of which begins with its labels.

    There is none without cells: Word opens no table without rows.
    """
    grid = list(_placed(table.rows))
    columns = max((sum(across for _, across, _ in row) for row in grid), default=0)
    if not columns:
        return
    for row in grid:
        if missing := columns - sum(across for _, across, _ in row):
            row.append((_empty(), missing, False))
    if len(table.shares) == columns <= MOST_COLUMNS:
        yield from _given(table, grid, [round(room * share / 100) for share in table.shares])
        return
    least, most = _needs(grid, columns)
    smallest = [_wide(one, _SIZES[-1]) for one in least]
    labels, merged = _labels(table, grid), _merged(grid)
    labels = labels if sum(smallest[:labels]) <= room / 2 else 0
    places = parts(smallest, labels, room, chain.from_iterable(merged)) or [[*range(columns)]]
    size = next(
        (one for one in _SIZES if all(sum(_wide(least[at], one) for at in part) <= room for part in places)), _SIZES[-1]
    )
    for part in places:
        few, many = ([_wide(needs[column], size) for column in part] for needs in (least, most))
        shares = _shared(few, many, room, list(_texts(grid, part, size)))
        more = (room - sum(shares)) / len(shares) if places[1:] else 0  # all parts are as wide as the page
        widths = [max(1, int(one + more)) for one in shares]
        said = said_of(labels, cut(merged, labels, part[labels])) if part is not places[0] else ""
        yield _block(table, [_within(row, set(part)) for row in grid], widths, size, table.heads, said)


def _wide(characters: float, size: int) -> float:
    """The width of a column for so many characters of a size."""
    return characters * _CHARACTER * size / TABLE_SIZE + _SIDES


def _given(table: Table, grid: Sequence[Sequence[_Place]], widths: Sequence[int]) -> Iterator[Block]:
    """A table with columns of given widths; where a page cannot hold it, each of its parts, which repeats its own heads."""
    whole = _block(table, grid, widths, TABLE_SIZE, table.heads)
    if not whole.rows or whole.rows.is_short or table.heads or not whole.rows.parts:
        yield whole
        return
    for start, stop in pairwise((0, *whole.rows.parts, len(grid))):
        heads = sum(1 for _ in takewhile(_is_head, grid[start:stop]))
        yield _block(table, grid[start:stop], widths, TABLE_SIZE, heads)


def _is_head(row: Sequence[_Place]) -> bool:
    return all(cell.is_head for cell, *_ in row)


def _placed(rows: Sequence[Sequence[Cell]]) -> Iterator[list[_Place]]:
    """Each row with the cells that reach into it from above."""
    reaching: dict[int, tuple[Cell, int, int]] = {}  # by its first column: a cell, its width, the rows that are left
    for row in rows:
        placed: list[_Place] = []
        below: dict[int, tuple[Cell, int, int]] = {}
        cells, column = iter(row), 0
        while True:
            if column in reaching:
                cell, across, left = reaching.pop(column)
                placed.append((cell, across, True))
            elif one := next(cells, None):
                # A cell that would lie over one from above gets no wider than the room before it.
                room = min((at for at in reaching if at > column), default=column + one.across) - column
                cell, across, left = one, min(one.across, room), one.along
                placed.append((cell, across, False))
            elif reaching:
                cell, across, left = _empty(), min(reaching) - column, 1
                placed.append((cell, across, False))
            else:
                break
            if left > 1:
                below[column] = cell, across, left - 1
            column += across
        reaching = below
        yield placed


def _within(row: Sequence[_Place], columns: set[int]) -> list[_Place]:
    """What of a row lies in some columns."""
    found, column = [], 0
    for cell, across, is_going_on in row:
        if inside := len(columns & {*range(column, column + across)}):
            found.append((cell, inside, is_going_on))
        column += across
    return found


def _labels(table: Table, grid: Sequence[Sequence[_Place]]) -> int:
    """How many columns at the left hold nothing but headings; the first one is taken for them where none does."""
    found = []
    for row in grid[table.heads :]:
        labels = takewhile(lambda place: place[0].is_head, row)
        found.append(sum(across for _, across, _ in labels))
    return min(found, default=0) or 1


def _merged(grid: Sequence[Sequence[_Place]]) -> list[list[tuple[int, int]]]:
    """Of each row the columns of its merged cells."""
    found: list[list[tuple[int, int]]] = []
    for row in grid:
        ends = [*accumulate(across for _, across, _ in row)]
        found.append([(end - across, end) for (_, across, _), end in zip(row, ends, strict=True) if across > 1])
    return found


def _extent(text: str) -> tuple[float, float]:
    """The width of a text and of its widest word, in characters."""
    if text.isascii():
        return LATIN_IN_CELL * len(text), LATIN_IN_CELL * max(map(len, text.split()), default=0)
    wide = sum(unicodedata.east_asian_width(one) in "WFA" for one in text)
    whole = wide + LATIN_IN_CELL * (len(text) - wide) + APART * len(_SEAM.findall(text))
    return whole, max(LATIN_IN_CELL * max(map(len, _WORD.findall(text)), default=0), 1)


def _needs(grid: Sequence[Sequence[_Place]], columns: int) -> tuple[list[float], list[float]]:
    """How many characters columns need for their longest word and their short texts, and for all that is written."""
    least, most = [float(_LEAST)] * columns, [float(_LEAST)] * columns
    for row in grid:
        column = 0
        for cell, across, _ in row:
            if across == 1:
                whole, word = _extent(cell.text)
                least[column] = max(least[column], min(word, _LONGEST), min(whole, _SHORT))
                most[column] = max(most[column], whole)
            column += across
    return least, most


def _texts(grid: Sequence[Sequence[_Place]], part: Sequence[int], size: int) -> Iterator[list[tuple[int, float]]]:
    """The widths of the texts of each row that stand in one of some columns, by the number of this among them."""
    numbers = {column: at for at, column in enumerate(part)}
    for row in grid:
        texts, column = [], 0
        for cell, across, is_going_on in row:
            if across == 1 and not is_going_on and column in numbers:
                texts.append((numbers[column], _wide(_extent(cell.text)[0], size) - _SIDES))
            column += across
        yield texts


def _shared(
    least: Sequence[float], most: Sequence[float], room: float, texts: Sequence[Sequence[tuple[int, float]]]
) -> list[float]:
    """The width of each column: as wide as its texts where there is room for all of them."""
    few, many = sum(least), sum(most)
    if many <= room:
        return [float(one) for one in most]
    return [one * room / few for one in least] if few >= room else shared(least, most, room, _SIDES, texts)


def _block(
    table: Table,
    grid: Sequence[Sequence[_Place]],
    widths: Sequence[int],
    size: int,
    heads: int,
    said: str = "",
) -> Block:
    """A table, or a part of one, with what it says of itself."""
    last = len(grid) - 1
    counts = _counts(grid, widths, size)
    words = sum(len(cell.text) for row in grid[:heads] for cell, _, is_going_on in row if not is_going_on)
    if words > LONG_HEAD or sum(counts[:heads]) > _LONG_HEAD:
        heads = 0
    of_heads = list(map(_is_head, grid))
    rows = Rows([], counts, list(_begins(grid, of_heads, heads)) if table.kind else [], table.kind, heads)
    kept = rows.kept()
    for number, row in enumerate(grid):
        head = "<w:tblHeader/>" if number < heads else ""
        # Headings stay with what they head.
        free = "" if number < last and (kept[number] or of_heads[number]) else ENDS
        column, cells = 0, []
        for cell, across, is_going_on in row:
            width = sum(widths[column : column + across])
            if cell.written is None:
                cell.written = cell.write(size, free, width - _SIDES)
            cells.append(_cell(cell, width, across, is_going_on, free))
            column += across
        height = ROW_HEIGHT if table.kind else ""
        whole = "<w:cantSplit/>" if table.kind or counts[number] < TALL else ""
        rows.xml.append(f"<w:tr><w:trPr>{whole}{height}{head}</w:trPr>{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style = "Form" if table.kind else "Grid"
    about = f'<w:tblDescription w:val="{said}"/>' if said else ""
    return Block(
        "",
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>{about}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>",
        rows=rows,
        inset=0 if table.kind else max(0, (AREA - sum(widths)) // 2),
    )


def _begins(grid: Sequence[Sequence[_Place]], of_heads: Sequence[bool], heads: int) -> Iterator[int]:
    """The rows with which another page may begin: the head of a part, or below a head a row that no label reaches into."""
    for at in range(1, len(grid) - 1):
        if not heads:
            if of_heads[at] and not of_heads[at - 1]:
                yield at
        elif heads + _FEW <= at <= len(grid) - _FEW and not any(is_going_on for _, _, is_going_on in grid[at]):
            yield at


def _counts(grid: Sequence[Sequence[_Place]], widths: Sequence[int], size: int) -> list[int]:
    """How many lines of text each row holds; a label of several rows may need the last of them taller."""
    counts, character = [1] * len(grid), _CHARACTER * size / TABLE_SIZE
    for number, row in enumerate(grid):
        column = 0
        for cell, across, is_going_on in row:
            width = sum(widths[column : column + across]) - _SIDES
            column += across
            if _extent(cell.text)[0] * character > width + 1 and not is_going_on:  # columns are whole twentieths
                count = lines_in_cell(cell.text, width / character)
                rows = range(number, number + cell.along)
                counts[rows[-1]] += max(0, count - sum(counts[at] for at in rows))
    return counts


def _cell(cell: Cell, width: int, across: int, is_going_on: bool, free: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = "<w:vMerge/>" if is_going_on else '<w:vMerge w:val="restart"/>' if cell.along > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
    inside = (not is_going_on and cell.written) or ""
    if not inside.endswith("</w:p>"):
        inside += f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{free}</w:pPr></w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{shade}</w:tcPr>{inside}</w:tc>'
