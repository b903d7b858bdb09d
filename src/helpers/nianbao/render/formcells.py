"""The cells of a statutory table on paper: the size of their texts, and how many lines these take."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from nianbao.render.pagination import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

# On paper, in pt: the space at each side of a cell's text, its size, and what lies between its lines; the size of a long
# number, and what lies between it and the lines of its cell, at least.
_SIDE, SIZE, _LEADING = 2.5, 9.0, 3.6
_SMALLEST, RULE = 6.0, 1.0
_RUN = re.compile(r"[\d.,%+−-]{6,}")
_OPENING, _CLOSING = "“‘（〔［｛《〈「『【〖([{", "”’）〕］｝》〉」』】〗，。、；：？！)]},.;:?!%"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the form: its text as clean HTML, whether it is a heading, where it begins and how far it goes.

    ``size`` is that of its text, in pt; ``mark`` says what a draft marks it with (`verdict`).
    """

    html: str
    is_head: bool
    is_left: bool
    column: int
    across: int
    along: int
    is_again: bool = False  # it says what a cell on the page before says
    size: float = SIZE
    mark: str = ""

    @property
    def side(self) -> float:
        """The space at each side of its text, in pt."""
        return _SIDE if self.size == SIZE else RULE

    def within(self, widths: Sequence[float]) -> Cell:
        """The cell, of which no number leaves its columns: one that is too wide is set smaller, a wider one is broken."""
        if "&" not in self.html and not _RUN.search(self.html):  # as most cells are
            return self
        lines = unescape(self.html.replace("<wbr>", "\n"))
        longest = max(map(_wide, _RUN.findall(lines)), default=0.0)
        whole = sum(widths[self.column : self.column + self.across]) / 100 * WIDTH
        room = (whole - 2 * _SIDE - 0.05 * SIZE) / SIZE
        if longest <= room:
            return self
        size = (whole - 2 * RULE) / (longest + 0.05)
        if size >= _SMALLEST:
            return replace(self, size=min(SIZE - 0.1, size))
        count = max(1, int(room / 0.62))
        broken = _RUN.sub(
            lambda run: "\n".join(re.findall(f".{{1,{count}}}", run[0])) if _wide(run[0]) > room else run[0], lines
        )
        return replace(self, html=escape(broken, quote=False).replace("\n", "<wbr>"))


def shared_of(cells: Sequence[Sequence[Cell]], heads: Sequence[range]) -> tuple[int, ...]:
    """How many cells each row shares with the row above; the rows of a head share all, with the first row below them too."""
    shared = [0] * len(cells)
    for number, row in enumerate(cells):
        for cell in row:
            for at in range(number + 1, min(number + cell.along, len(cells))):
                shared[at] += 1
    for head in set(heads):
        for at in range(head.start + 1, head.stop + 1):
            shared[at] += len(cells)
    return tuple(shared)


def height_of(count: int) -> float:
    """How tall a text of so many lines is, in pt."""
    return count * SIZE + (count - 1) * _LEADING


def counts_of(
    rows: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> tuple[tuple[int, ...], tuple[tuple[range, int], ...]]:
    """How many lines of text each row holds, and the labels of several lines beside several rows.

    There are none where that cannot be told, or a label is taller than its rows.
    """
    counts, labels = [1] * len(rows), []
    for number, row in enumerate(rows):
        for cell in row:
            width = sum(widths[cell.column : cell.column + cell.across]) / 100 * WIDTH - 2 * cell.side
            count = _lines_in(cell.html, width / cell.size)
            if cell.along == 1:
                counts[number] = max(counts[number], count)
            elif count > 1:
                labels.append((range(number, number + cell.along), count))
    fits = all(height_of(count) <= sum(map(height_of, counts[at.start : at.stop])) for at, count in labels)
    return (tuple(counts), tuple(labels)) if fits and max(counts) < 9 else ((), ())


def _wide(text: str) -> float:
    """How many characters wide a text is, at most; of capitals and signs those few that are wider do not come alone."""
    return sum(1.0 if char >= "⺀" or char in "“”‘’" else 0.56 if char.isdigit() else 0.62 for char in text)


@lru_cache(maxsize=4096)
def _lines_in(html: str, room: float) -> int:
    """In how many lines a cell's text stands, in a width of so many characters."""
    return sum(_broken(unescape(part), room) for part in html.split("<wbr>"))


def _broken(text: str, room: float) -> int:
    """In how many lines Typst breaks a text, in a width of so many characters; many for what it may not break."""
    count, used, piece = 1, 0.0, 0.0
    for at, char in enumerate(text):
        piece += _wide(char)
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
