"""Turn the statutory tables of a page into Typst markup; pandoc, which takes the longest over tables, turns all else.

The tables are those of `nianbao.document.tables`, in clean HTML: their cells hold text and places to break it, and no tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# In clean HTML < and > stand around tags only, and " around the values of attributes only (see `Page`).
_TABLE = re.compile(
    r'<div class="scroll (kept|dense)"><table class="statutory"[^>]*><caption>([^<]*)</caption>'
    r'<colgroup>((?:<col style="width: [\d.]+%">)+)</colgroup>'
    r"((?:<(t(?:head|body))>(?:<tr[^>]*>(?:<(t[hd])\b[^>]*>[^<]*(?:<wbr>[^<]*)*</\6>)*</tr>)+</\5>)+)</table></div>"
)
_WIDTH = re.compile(r"width: ([\d.]+)%")
_BLOCK = re.compile(r"<(thead|tbody)>(.*?)</\1>", re.S)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t", re.S)
_SPAN = re.compile(r'\b(col|row)span="(\d+)"')
_LEFT = "text-align: left"
# On paper, in pt: a line of the page, what lies between two; lines of a page; a table's width, the space at each side
# of a cell's text, its size, and what lies between its lines; the caption with the space below it.
PITCH, BETWEEN, PAGE = 225 / 25.4 * 72 / 22, 225 / 25.4 * 72 / 22 - 15.75, 22
_AREA, _SIDE, _SIZE, _LEADING, _CAPTION = 442.2, 2.5, 9.0, 3.6, 16.0
_LEAST, _MOST = {"kept": 1.6, "dense": 1.6}, {"kept": 8.0, "dense": 5.4}  # space above and below a cell's text
_LONG_CAPTION = 36
_MANY_ROWS = 10  # the label of so many rows stands in the middle
_OPENING, _CLOSING = "“‘（〔［｛《〈「『【〖([{", "”’）〕］｝》〉」』】〗，。、；：？！)]},.;:?!%"
CHANCE = "\u200b"  # to break a line
# The lengths are those of report.lua: of words without a break, and of words with signs.
_WORD, _LONG_RUN, _HALF = re.compile("[!-~]{7,}"), re.compile("[!-~]{33,}"), re.compile("([!-~]{16})")
_BEHIND_SIGN = re.compile(r"([!-/:-@\[-`{-~])(?!\d|$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the form: its text as clean HTML, whether it is a heading, where it begins and how far it goes."""

    html: str
    is_head: bool
    is_left: bool
    column: int
    across: int
    along: int
    is_again: bool = False  # it says what a cell on the page before says


_Part = tuple[bool, list[list[Cell]]]
"""Rows that belong together, and whether they are the head of the table."""


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory table as Typst markup, and how many lines of the page it takes at least, and at most where there is room.

    One that is longer than a page begins on a page of its own: ``least`` is 0, and ``most`` the lines of its last page. Both
    are 0 where nobody can tell.
    """

    markup: str
    least: int
    most: int
    rows: list[list[Cell]]


def taken_out(body: str) -> tuple[str, dict[str, Form]]:
    """A page's body with a mark in place of each statutory table, and the tables by the file that the mark names.

    Typst caches what it has typeset by its place in a file, and a change in the text above a table moves the table. In a
    file of its own the table does not move, so cells that are the same as in an earlier report are not typeset again.
    """
    forms: dict[str, Form] = {}

    def mark(table: re.Match[str]) -> str:
        columns = table[3].count("<col ")
        if any(side == "col" and int(count) > columns for side, count in _SPAN.findall(table[4])):
            return table[0]  # not the kit's: Typst refuses a cell that is wider than its table
        name = f"table{len(forms)}.typ"
        forms[name] = form = _form(*table.groups()[:4])
        # Nobody else's HTML has these attributes, see `clean`.
        return f'<div data-file="{name}" data-least="{form.least}" data-most="{form.most}"></div>'

    return _TABLE.sub(mark, body), forms


def _form(kind: str, caption: str, columns: str, blocks: str) -> Form:
    widths = [float(width) for width in _WIDTH.findall(columns)]
    parts = [(block == "thead", list(_placed(_ROW.findall(html)))) for block, html in _BLOCK.findall(blocks)]
    rows = [row for _, part in parts for row in part]
    counts, named = _counts(rows, widths), f"[{_text(caption)}]"
    how, least, most = "", 0, 0
    if counts and len(caption) <= _LONG_CAPTION:
        head = len(parts[0][1]) if parts[0][0] else 0
        heights = [_height(count) + 2 * _LEAST[kind] for count in counts]
        low, high = (_pitches(counts, space[kind]) for space in (_LEAST, _MOST))
        if low <= PAGE:
            how, least, most = f"statutory(lines, ({', '.join(map(str, counts))},), {named}", low, min(high, PAGE)
        elif breaks := _breaks(rows, heights, head):
            filled, most = _filled(heights, breaks, head)
            how = f"statutory-long(({', '.join(f'{height:.3f}pt' for height in filled)},), {named}"
            parts = _repeated(parts, breaks)
            rows = [row for _, part in parts for row in part]
        how += ", rows => table(rows: rows, " if most else ""
    return Form(_markup(how if most else f"statutory-free({named}, table(", parts, widths), least, most, rows)


def _markup(how: str, parts: Sequence[_Part], widths: Sequence[float]) -> str:
    lines, sides = [], ["auto"] * len(widths)
    for is_head, rows in parts:
        heads = next((number for number, row in enumerate(rows) if not all(cell.is_head for cell in row)), len(rows))
        if not heads and "left" not in sides:
            left = {at for cell in rows[0] if cell.is_left for at in range(cell.column, cell.column + cell.across)}
            sides = ["left" if at in left else "auto" for at in range(len(widths))]
        if heads:  # those of a part are no heads of the next part, nor of the next page
            repeat = "" if is_head else "repeat: false, "
            lines.append(f"table.header({repeat}{', '.join(_cells(cell for row in rows[:heads] for cell in row))}),")
            lines.append("table.hline(),")
        lines += [f"{', '.join(_cells(row))}," for row in rows[heads:]]
    columns = ", ".join(f"{width:g}%" for width in widths)
    grid = f"columns: ({columns},),\nalign: ({', '.join(sides)},),\n" + "\n".join(lines)
    return f'#import "report.typ": *\n#let shown(lines) = {how}\n{grid}\n))\n'


def _breaks(rows: Sequence[Sequence[Cell]], heights: Sequence[float], head: int) -> list[int]:
    """The rows with which the pages of a long table begin, but the first; none where a row is taller than a page.

    They are the last ones with which as few labels as can be go on from the page before.
    """
    found: list[int] = []
    start = head
    crossed = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row:
            for at in range(number + 1, number + cell.along):
                crossed[at] += 1
    while True:
        room = PAGE * PITCH - BETWEEN - _CAPTION - sum(heights[:head])
        stop = start
        while stop < len(rows) and heights[stop] <= room:
            room -= heights[stop]
            stop += 1
        if stop == len(rows):
            return found
        if stop == start:
            return []
        half = range(start + (stop - start + 1) // 2, stop + 1)
        start = min(half, key=lambda at: (crossed[at], -at))
        found.append(start)


def _filled(heights: Sequence[float], breaks: Sequence[int], head: int) -> tuple[list[float], int]:
    """The heights of rows that fill their pages, and how many lines of the last page they take."""
    made = list(heights[:head])
    for start, stop in pairwise((head, *breaks, len(heights))):
        used = sum(heights[:head]) + sum(heights[start:stop]) + (_CAPTION if start == head else 0)
        rest = PAGE if stop < len(heights) else ceil((used + BETWEEN) / PITCH)
        over = (rest * PITCH - BETWEEN - used - 0.01) / (stop - start)
        made += [height + over for height in heights[start:stop]]
    return made, rest


def _repeated(parts: Sequence[_Part], breaks: Sequence[int]) -> list[_Part]:
    """The parts with each label parted that goes over a break: the row behind it says it again."""
    again: dict[int, list[Cell]] = {}
    made: list[_Part] = []
    number = 0
    for is_head, rows in parts:
        out = []
        for row in rows:
            cells = []
            for cell in row:
                first, *others = pairwise(
                    (number, *(at for at in breaks if number < at < number + cell.along), number + cell.along)
                )
                cells.append(replace(cell, along=first[1] - number))
                for start, stop in others:
                    again.setdefault(start, []).append(replace(cell, along=stop - start, is_again=True))
            out.append(sorted(cells + again.get(number, []), key=lambda cell: cell.column))
            number += 1
        made.append((is_head, out))
    return made


def _placed(rows: Sequence[str]) -> Iterator[list[Cell]]:
    """The cells of rows in their columns."""
    below: dict[int, int] = {}
    for html in rows:
        row: list[Cell] = []
        taken, below = below, {at: left - 1 for at, left in below.items() if left > 1}
        column = 0
        for side, attributes, text in _CELL.findall(html):
            spans = {name: int(count) for name, count in _SPAN.findall(attributes)}
            across, along = spans.get("col", 1), spans.get("row", 1)
            while column in taken:
                column += 1
            row.append(Cell(text, side == "h", _LEFT in attributes, column, across, along))
            below |= dict.fromkeys(range(column, column + across), along - 1) if along > 1 else {}
            column += across
        yield row


def _pitches(counts: Sequence[int], space: float) -> int:
    """How many lines of the page a table takes whose rows hold so many lines of text."""
    height = _CAPTION + sum(_height(count) + 2 * space for count in counts)
    return ceil((height + BETWEEN) / PITCH - 0.001)


def _height(count: int) -> float:
    return count * _SIZE + (count - 1) * _LEADING


def _counts(rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> list[int]:
    """How many lines of text each row holds; none where that cannot be told, or a label is taller than its rows."""
    counts, tall = [1] * len(rows), []
    for number, row in enumerate(rows):
        for cell in row:
            width = sum(widths[cell.column : cell.column + cell.across]) / 100 * _AREA - 2 * _SIDE
            count = sum(_broken(unescape(part), width / _SIZE) for part in cell.html.split("<wbr>"))
            if cell.along == 1:
                counts[number] = max(counts[number], count)
            else:
                tall.append((number, cell.along, count))
    fits = all(_height(count) <= sum(map(_height, counts[at : at + along])) for at, along, count in tall)
    return counts if fits and max(counts) < 9 else []


def _broken(text: str, room: float) -> int:
    """In how many lines Typst breaks a text, in a width of so many characters; many for what it may not break."""
    count, used, piece = 1, 0.0, 0.0
    for at, char in enumerate(text):
        piece += 1.0 if char >= "⺀" or char in "“”‘’" else 0.62
        after = text[at + 1 : at + 2]
        if after and (char in _OPENING or after in _CLOSING or (char + after).isascii()):
            continue
        trimmed = 0.5 if char in _CLOSING and char > "~" else 0.0
        if used + piece - trimmed > room - 0.05:
            count, used = count + 1, 0.0
        if piece - trimmed > room:
            return 99
        used, piece = used + piece, 0.0
    return count


def _cells(row: Iterable[Cell]) -> Iterator[str]:
    for cell in row:
        settings = ["align: center"] if cell.along >= _MANY_ROWS else ["align: left"] if cell.is_left else []
        settings += [f"rowspan: {cell.along}"] if cell.along > 1 else []
        settings += [f"colspan: {cell.across}"] if cell.across > 1 else []
        lines = cell.html.split("<wbr>")
        shown = "[" + " \\\n".join(map(_text, lines)) + "]" if lines[1:] else _value(cell.html)
        shown = f"pdf.artifact({shown})" if cell.is_again else shown
        yield f"table.cell({', '.join((*settings, shown))})" if settings else shown


def _value(html: str) -> str:
    """A text as a value. Cells with equal strings are typeset once: markup is another at each place."""
    text = " ".join(unescape(html).split())
    parted = _WORD.sub(lambda run: _LONG_RUN.sub(_halved, _BEHIND_SIGN.sub(r"\1" + CHANCE, run[0])), text)
    literal = '"' + re.sub(r'[\\"]', r"\\\g<0>", parted) + '"'
    return f"breakable({literal})" if CHANCE in parted else literal


def _text(html: str) -> str:
    """A text as markup."""
    return f"#{_value(html)};"


def _halved(run: re.Match[str]) -> str:
    return _HALF.sub(r"\1" + CHANCE, run[0])
