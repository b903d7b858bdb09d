"""A statutory table on paper: how tall its rows are, the lines of a page that it takes, and where a page may end in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from html import escape, unescape
from itertools import accumulate, chain, pairwise
from math import ceil, log
from typing import TYPE_CHECKING, Any

from nianbao.render.pagination import PAGE, PITCH, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

# On paper, in pt: what lies between two lines of the page; the space at each side of a cell's text,
# its size, and what lies between its lines; the caption with the space below it.
_BETWEEN = PITCH - 15.75
_SIDE, SIZE, _LEADING, _CAPTION = 2.5, 9.0, 3.6, 16.0
_SMALLEST, _RULE = 6.0, 1.0  # the size of a long number; what lies between it and the lines of its cell, at least, or is one
_RUN = re.compile(r"[\d.,%+−-]{6,}")
# Space above and below a cell's text: at least, and at most by the kind of the table.
_LEAST, _MOST = 1.6, {"kept": 15.0, "dense": 7.0}
# The height of a row of one line that all tables of a report come near to, and what it costs that theirs is another: a page
# with three empty lines costs as much as a row that is a third taller. Many rows that are far taller cost more.
_ROW, _UNEVEN, _TALL = 16.0, 110, 1250
_SHORT = 5  # rows of a table, or of its part on a page, that may be taller beside those of others
_FEW = 3  # rows of a table that goes over a page; fewer look lost at its end, and at the beginning of the next
_EASY, _MANY = 3.2, 14  # space above and below the text of a last page's rows that take no more than so many lines with it
_LABELS = 1  # that stand again on the next page, of a table that could stay whole
_OPENING, _CLOSING = "“‘（〔［｛《〈「『【〖([{", "”’）〕］｝》〉」』】〗，。、；：？！)]},.;:?!%"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the form: its text as clean HTML, whether it is a heading, where it begins and how far it goes.

    ``size`` is that of its text, in pt.
    """

    html: str
    is_head: bool
    is_left: bool
    column: int
    across: int
    along: int
    is_again: bool = False  # it says what a cell on the page before says
    size: float = SIZE

    @property
    def side(self) -> float:
        """The space at each side of its text, in pt."""
        return _SIDE if self.size == SIZE else _RULE

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
        size = (whole - 2 * _RULE) / (longest + 0.05)
        if size >= _SMALLEST:
            return replace(self, size=min(SIZE - 0.1, size))
        count = max(1, int(room / 0.62))
        broken = _RUN.sub(
            lambda run: "\n".join(re.findall(f".{{1,{count}}}", run[0])) if _wide(run[0]) > room else run[0], lines
        )
        return replace(self, html=escape(broken, quote=False).replace("\n", "<wbr>"))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table: the lines of text in each, and how many labels each shares with the row above.

    ``heads`` are the rows that stand again above each row with which a page begins. ``parts`` are the numbers of the rows
    with which the parts of the table begin, but the first. ``labels`` of several lines stand beside some rows.
    """

    counts: tuple[int, ...]
    labels: tuple[tuple[range, int], ...]
    shared: tuple[int, ...]
    heads: tuple[range, ...]
    parts: tuple[int, ...]

    @property
    def heights(self) -> list[float]:
        """How tall each row is at least, in pt."""
        return [_height(count) + 2 * _LEAST for count in self.counts]

    @property
    def least(self) -> int:
        """How many lines of a page the table takes at least."""
        return _pitches(self.counts, _LEAST, _CAPTION)


def fits_of(counts: Sequence[int], kind: str, named: float = _CAPTION) -> tuple[int, list[float]]:
    """How many lines of a page rows of a table of a kind take at least, and what it costs to give them so many or more.

    ``counts`` are the lines of text in each row; a name stands above them, which is ``named`` so many pt tall.
    """
    least, rows = _tried(counts, kind, named)
    return least, [uneven(row, count=len(counts)) for row in rows]


def told_of(counts: Sequence[int], kind: str, named: float = _CAPTION) -> list[float]:
    """How tall a row of one line is, in pt, where rows take so many lines as `fits_of` says; nothing of few rows."""
    return [round(row, 2) for row in _tried(counts, kind, named)[1]] if len(counts) > _FEW else []


def _tried(counts: Sequence[int], kind: str, named: float) -> tuple[int, list[float]]:
    least, most = (min(PAGE, _pitches(counts, one, named)) for one in (_LEAST, _MOST[kind]))
    texts = named + sum(map(_height, counts)) + _BETWEEN
    return least, [SIZE + (lines * PITCH - texts) / len(counts) for lines in range(least, most + 1)]


def uneven(row: float, other: float = _ROW, count: int = 0) -> float:
    """What it costs that the rows of one line are so tall, in pt, and others of another height.

    ``count`` is how many rows the table has, or its part on a page.
    """
    apart = log(max(row, SIZE) / max(other, SIZE))
    return round(_UNEVEN * apart**2 + (_TALL * max(0, apart) ** 4 if count > _SHORT else 0), 2)


def spread(counts: Sequence[int], height: float) -> list[float]:
    """The heights of rows that hold so many lines of text, and are so tall together: each has the same space, in pt."""
    texts = [_height(count) for count in counts]
    space = max(2 * _LEAST, (height - sum(texts)) / max(1, len(counts)))
    return [text + space for text in texts]


def ways_of(rows: Rows, kind: str) -> list[tuple[Any, ...]]:
    """How a table may go over a page between its parts.

    Of each way: how many rows stand on the first page, what these take, and what the others do, as `fits_of` says it; how
    tall these and those are, as `told_of` does.
    """
    both = ((at, (rows.counts[:at], kind), (rows.counts[at:], kind, 0.0)) for at in rows.parts)
    return [(at, *fits_of(*first), *fits_of(*rest), told_of(*first), told_of(*rest)) for at, first, rest in both]


@lru_cache(maxsize=512)
def breaks_of(rows: Rows, line: int) -> tuple[int, ...]:
    """The rows with which the pages of a long table begin, but the first; the table begins on a ``line`` of a page, from 0.

    They are the last ones that share as few labels as can be with the page before. There are none where a row is taller than
    a page, and where less of the table has room on the first page than its head, some rows, and what belongs to these.
    """
    heights = rows.heights
    found: list[int] = []
    start = head = len(rows.heads[0])
    room = (PAGE - line) * PITCH - _CAPTION - sum(heights[:head])
    while True:
        stop = start + sum(height <= room for height in accumulate(heights[start:]))
        if stop == len(heights):
            return tuple(found)
        if stop <= start:
            return ()
        half = range(start + (stop - start + 1) // 2, stop + 1)
        start = min(half, key=partial(lambda start, at: (_tight(rows, heights, start, at), rows.shared[at], -at), start))
        if line and not found:
            whole = breaks_of(rows, 0)
            if not whole or start < head + _FEW or rows.shared[start] > rows.shared[whole[0]]:
                return ()
        found.append(start)
        room = PAGE * PITCH - sum(heights[at] for at in rows.heads[start])


def _tight(rows: Rows, heights: Sequence[float], start: int, at: int) -> int:
    """How many labels have no room beside their rows where a page goes from a row to the one before another."""
    return sum(
        _height(lines) > min(sum(heights[max(start, label.start) : at]), sum(heights[at : label.stop]))
        for label, lines in rows.labels
        if label.start < at < label.stop
    )


@lru_cache(maxsize=512)
def parting_of(rows: Rows, line: int) -> tuple[int, ...]:
    """The row with which the next page begins where a table goes over one that could stay whole; it begins on a ``line``.

    There is none where that parts what belongs together, leaves too few rows on either page, or a label no room.
    """
    if rows.parts:
        return ()
    heights, head = rows.heights, len(rows.heads[0])
    room = (PAGE - line) * PITCH - _CAPTION - sum(heights[:head])
    stop = head + sum(height <= room for height in accumulate(heights[head:]))
    some = range(max(head + _FEW, (head + stop + 1) // 2), min(stop, len(heights) - _FEW) + 1)
    found = min((at for at in some if not _tight(rows, heights, head, at)), key=lambda at: (rows.shared[at], -at), default=0)
    return (found,) if found and rows.shared[found] <= _LABELS else ()


def loose_in(rows: Rows) -> Sequence[int]:
    """The rows with which a page may begin in a table that could stay whole, where nobody knows where it stands."""
    if rows.parts:
        return rows.parts
    heights, head = rows.heights, len(rows.heads[0])
    some = range(head + _FEW, len(heights) - _FEW + 1)
    return [at for at in some if rows.shared[at] <= _LABELS and not _tight(rows, heights, head, at)]


def filled(rows: Rows, breaks: Sequence[int], line: int) -> tuple[list[float], int, float]:
    """The heights of a table's rows that fill their pages, how many lines of the last one they take, and what that costs."""
    heights = rows.heights
    made, lines, head = list(heights), 0, len(rows.heads[0])
    again = set(chain.from_iterable(rows.heads))  # as tall on every page
    for start, stop in pairwise((head, *breaks, len(heights))):
        is_first = start == head
        used = sum(heights[at] for at in (*rows.heads[start], *range(start, stop))) + (_CAPTION if is_first else 0)
        is_last = stop == len(heights)
        lines = ceil((used + _BETWEEN) / PITCH) if is_last else PAGE - (line if is_first else 0)
        easy = ceil((used + 2 * (_EASY - _LEAST) * (stop - start) + _BETWEEN) / PITCH) if is_last else 0
        lines = max(lines, easy) if easy <= _MANY else lines
        own = [at for at in range(start, stop) if at not in again] or range(start, stop)
        for at in own:  # where the table goes on, it leaves no room for a row more, and its last rule is on the page
            made[at] += (lines * PITCH - (_BETWEEN if is_last else _RULE) - used) / len(own)
    costs = (uneven(made[at], count=len(made)) for at in range(head, len(made)) if rows.counts[at] == 1)
    return made, lines, max(costs, default=0.0)


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


def _pitches(counts: Sequence[int], space: float, named: float = 0.0) -> int:
    """How many lines of the page rows take that hold so many lines of text, with what stands above them."""
    height = named + sum(_height(count) + 2 * space for count in counts)
    return ceil((height + _BETWEEN) / PITCH - 0.001)


def _height(count: int) -> float:
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
    fits = all(_height(count) <= sum(map(_height, counts[at.start : at.stop])) for at, count in labels)
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
