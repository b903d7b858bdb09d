"""Tables of the text that stand in one rectangle with a statutory one, as on a sheet: under it, or above it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.statutory import meant
from nianbao.inputs.outline import is_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels

_SHORT = 2  # characters of a word that many tables have
_YEAR = re.compile("20[0-9]{2}年?度?")


def set_apart(grid: Grid, labels: Labels) -> Iterator[Block]:
    """A rectangle as several where rows with heads of their own stand in it; the lines right above these are paragraphs."""
    rows = [[cell for cell in row if cell] for row in grid.rows]
    begin = at = 0
    has_own = any(labels.table_of(cell) for row in rows for cell in row)
    while has_own and at < len(rows):
        end = _end(grid, rows, at, labels) if _are_heads(grid, rows, at, labels) else at
        if end == at:
            at += 1
            continue
        above = _above(grid, rows, begin, at, labels)
        if begin < above:
            yield grid.part(begin, above)
        for number in range(above, at):
            yield Paragraph(rows[number][0], f"{grid.place}第{grid.number(number)}行", sheet=grid.sheet)
        yield grid.part(at, end)
        begin = at = end
    if begin < len(rows):
        yield grid.part(begin, len(rows)) if begin else grid


def _are_heads(grid: Grid, rows: Sequence[Sequence[str]], at: int, labels: Labels) -> bool:
    """Whether a row heads a table with words of its own: figures stand below it, and its first word is not known."""
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else []
    if len(set(row)) < 2 or len(below) < 2 or any(map(_is_value, row)) or not any(map(reading.is_figure, below[1:])):
        return False
    return not meant(row[0], labels) and not _is_gap(grid, at + 1)


def _is_value(text: str) -> bool:
    """Whether a cell is a figure, or stands for one, and no year."""
    return is_value(text) and not _YEAR.fullmatch(text)


def _end(grid: Grid, rows: Sequence[Sequence[str]], at: int, labels: Labels) -> int:
    """Where the rows below some heads end: at a blank row, or a line; there where they begin, when they are a statute's.

    With blank rows around it, and few words of a statutory one in its heads, a table may have labels of that.
    """
    end = at + 1
    while end < len(rows) and not _is_gap(grid, end) and not _is_line(rows[end], labels):
        end += 1
    is_own = 2 * sum(bool(meant(cell, labels)) for cell in rows[at]) < len(rows[at])
    is_apart = is_own and _is_gap(grid, _above(grid, rows, 0, at, labels)) and (end == len(rows) or _is_gap(grid, end))
    is_statutes = any(map(partial(_is_label, labels), (cell for row in rows[at + 1 : end] for cell in row)))
    return at if is_statutes and not is_apart else end


def _is_label(labels: Labels, text: str) -> bool:
    """Whether a text is the label of a row that only one statutory table has, and no word of many tables: 其他."""
    return len(text) > _SHORT and bool(labels.table_of(text) and meant(text, labels))


def _above(grid: Grid, rows: Sequence[Sequence[str]], begin: int, at: int, labels: Labels) -> int:
    """Where the lines begin that stand right above some heads and speak of them."""
    while at > begin and len(rows[at - 1]) == 1 and not _is_gap(grid, at) and not _is_of_above(rows[at - 1][0], labels):
        at -= 1
    return at


def _is_of_above(text: str, labels: Labels) -> bool:
    return reading.is_note(text) or is_value(text) or bool(labels.table_of(text))


def _is_gap(grid: Grid, at: int) -> bool:
    """Whether a blank row stands above a row."""
    return 0 < at < len(grid.rows) and grid.number(at) > grid.number(at - 1) + 1


def _is_line(row: Sequence[str], labels: Labels) -> bool:
    """Whether a row is no table's own: a note, a sentence, a chapter's heading, the statute's captions, titles, heads."""
    if len(set(row)) != 1:
        return not any(map(is_value, row)) and any(map(labels.table_of, row))
    text = row[0]
    is_text = reading.is_note(text) or text[-1] in "。：:；" or is_chapter(text)
    return is_text or bool(labels.captioned(text) or labels.table_of(text))
