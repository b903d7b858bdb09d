"""A statutory table on paper: how tall its rows are, the lines of a page that it takes, and where a page may end in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from math import ceil, inf, log
from typing import TYPE_CHECKING

from nianbao.render.formcells import RULE, SIZE, height_of
from nianbao.render.pagination import BETWEEN, PAGE, PITCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CAPTION = 16.0  # with the space below it, in pt
# Space above and below a cell's text: at least, and at most by the kind of the table.
_LEAST, _MOST = 1.6, {"kept": 15.0, "dense": 7.0}
# The height of a row of one line that all tables of a report come near to, and what it costs that theirs is another: a page
# with three empty lines costs as much as a row that is a third taller. Many rows that are far taller cost more.
_ROW, _UNEVEN, _TALL = 16.0, 110, 1250
# What it costs that one part of a table stands alone on a page, that it has a single row below its heads, which is less than
# five empty lines, and that a page ends in one.
_LONE, _SINGLE, _INSIDE = 10, 150, 10
_SHORT = 5  # rows of a table, or of its part on a page, that may be taller beside those of others
_FEW = 3  # rows of a table that goes over a page; fewer look lost at its end, and at the beginning of the next
_ALIKE, _OTHER = 1.1, 60  # so many times as tall as others of its table a row may be, and what it costs that some are more
_SPACES = (_LEAST, 2.0, 2.4, 2.8, 3.2)  # above and below the texts of a table longer than a page
_PAGE = 20  # what a page more costs
Way = tuple[int, float, float, int, float, float]
"""How a table of parts goes over a page, see `ways_of`."""
_LABELS = 1  # that stand again on the next page, of a table that could stay whole


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

    def spaced(self, space: float) -> list[float]:
        """How tall each row is with so much space above and below its text, in pt."""
        return [height_of(count) + 2 * space for count in self.counts]

    @property
    def heights(self) -> list[float]:
        """How tall each row is at least, in pt."""
        return self.spaced(_LEAST)

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


def told_of(counts: Sequence[int], kind: str) -> list[float]:
    """How tall a row of one line is, in pt, where rows take so many lines as `fits_of` says; nothing of few rows."""
    return [round(row, 2) for row in _tried(counts, kind, _CAPTION)[1]] if len(counts) > _FEW else []


def _tried(counts: Sequence[int], kind: str, named: float) -> tuple[int, list[float]]:
    least, most = (min(PAGE, _pitches(counts, one, named)) for one in (_LEAST, _MOST[kind]))
    texts = named + sum(map(height_of, counts)) + BETWEEN
    return least, [SIZE + (lines * PITCH - texts) / len(counts) for lines in range(least, most + 1)]


def uneven(row: float, other: float = _ROW, count: int = 0) -> float:
    """What it costs that the rows of one line are so tall, in pt, and others of another height.

    ``count`` is how many rows the table has, or its part on a page.
    """
    apart = log(max(row, SIZE) / max(other, SIZE))
    return round(_UNEVEN * apart**2 + (_TALL * max(0, apart) ** 4 if count > _SHORT else 0), 2)


def spread(counts: Sequence[int], height: float) -> list[float]:
    """The heights of rows that hold so many lines of text, and are so tall together: each has the same space, in pt."""
    texts = [height_of(count) for count in counts]
    space = max(2 * _LEAST, (height - sum(texts)) / max(1, len(counts)))
    return [text + space for text in texts]


@lru_cache(maxsize=512)
def breaks_in(rows: Rows) -> tuple[tuple[int, int], ...]:
    """The rows with which the next page may begin in a table of parts, and what each costs.

    A part begins there; or it has many rows, of which some stand on either page, and its head stands there again. Better
    neither page has a single part, and seldom one a single row below heads.
    """
    begins, heads = (0, *rows.parts), {at for head in rows.heads for at in head}
    plain = [at not in heads for at in range(len(rows.counts))]
    found = [
        (at, _SINGLE if min(sum(plain[:at]), sum(plain[at:])) < 2 else _LONE * (min(number, len(begins) - number) < 2))
        for number, at in enumerate(begins)
        if at
    ]
    for start, stop in pairwise((*begins, len(rows.counts))) if rows.parts else ():
        head = rows.heads[stop - 1]
        some = range(head.stop + _FEW, stop - _FEW + 1) if start == head.start < head.stop else ()
        found += [(at, _INSIDE) for at in some if not rows.shared[at]]
    return tuple(sorted(found))


def alike(
    above: Iterable[tuple[int, float]], below: Iterable[tuple[int, float]], count: int
) -> Iterator[tuple[float, float, int, float]]:
    """The rows of one table on two pages, about as tall on either; on the first there are so many.

    Of each page the lines that its rows may fill are given, with how tall those of one line are then, the fewest first. Rows
    that are taller than the others on the next page for that are as tall as these, and fill a part of their last line.
    """
    firsts = list(above)
    for lines, other in below:
        for first, tall in firsts:
            if tall > _ALIKE * other:
                yield first - count * (tall - other) / PITCH, other, lines, other
                break
            if other <= _ALIKE * tall:
                yield first, tall, lines, other


def ways_of(rows: Rows, kind: str) -> list[Way]:
    """How a table of parts may go over a page.

    Of each way: how many rows stand on the first page, how many lines these take, the last perhaps in part, and how tall
    those of one line are, in pt; of the others, lines and height; and what it costs.
    """
    found: dict[tuple[int, int, int], Way] = {}
    for at, price in breaks_in(rows):
        again = [rows.counts[row] for row in rows.heads[at]]
        fewest, above = _tried(rows.counts[:at], kind, _CAPTION + RULE - BETWEEN)  # nothing lies below it but its last rule
        few, below = _tried([*again, *rows.counts[at:]], kind, 0.0)
        for first, tall, lines, other in alike(enumerate(above, fewest), enumerate(below, few), at):
            cost = round(price + max(uneven(one, count=len(rows.counts)) for one in (tall, other)), 2)
            key = (0 if again else at, ceil(first), lines)
            if key not in found or cost < found[key][-1]:
                found[key] = (at, round(first, 2), round(tall, 3), lines, round(other, 3), cost)
    return list(found.values())


@lru_cache(maxsize=2048)
def breaks_of(rows: Rows, line: int, space: float = _LEAST) -> tuple[int, ...]:
    """The rows with which the pages of a long table begin, but the first; the table begins on a ``line`` of a page, from 0.

    They are the last ones that share as few labels as can be with the page before. There are none where a row is taller than
    a page, and where less of the table has room on the first page than its head, some rows, and what belongs to these.
    """
    heights = rows.spaced(space)
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
            whole = breaks_of(rows, 0, space)
            if not whole or start < head + _FEW or rows.shared[start] > rows.shared[whole[0]]:
                return ()
        found.append(start)
        room = PAGE * PITCH - sum(heights[at] for at in rows.heads[start])


def _tight(rows: Rows, heights: Sequence[float], start: int, at: int) -> int:
    """How many labels have no room beside their rows where a page goes from a row to the one before another."""
    return sum(
        height_of(lines) > min(sum(heights[max(start, label.start) : at]), sum(heights[at : label.stop]))
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
        return [at for at, price in breaks_in(rows) if at in rows.parts and price < _SINGLE]
    heights, head = rows.heights, len(rows.heads[0])
    some = range(head + _FEW, len(heights) - _FEW + 1)
    return [at for at in some if rows.shared[at] <= _LABELS and not _tight(rows, heights, head, at)]


def filled(rows: Rows, breaks: Sequence[int], line: int, space: float = _LEAST) -> tuple[list[float], int, float]:
    """The heights of a table's rows that fill their pages, how many lines of the last one they take, and what that costs.

    All have some ``space`` above and below their text, and a share of what is left of their page. Those of the last page are
    as tall as those of the one before; what is left of their lines stays empty where it would make them much taller.
    """
    made, lines, head, more = rows.spaced(space), 0, len(rows.heads[0]), 0.0
    for start, stop in pairwise((head, *breaks, len(made))):
        is_first, is_last = start == head, stop == len(made)
        own = range(0 if is_first else start, stop)
        used = sum(made[at] for at in (*(() if is_first else rows.heads[start]), *own)) + (_CAPTION if is_first else 0)
        if is_last:
            more = min(more, (PAGE * PITCH - BETWEEN - used) / len(own))
            lines = ceil((used + len(own) * more + BETWEEN) / PITCH - 0.001)
            more = min((lines * PITCH - BETWEEN - used) / len(own), more + (_ALIKE - 1) * (SIZE + 2 * space + more))
        else:  # where the table goes on, it leaves no room for a row more, and its last rule is on the page
            more = ((PAGE - (line if is_first else 0)) * PITCH - RULE - used) / len(own)
        for at in own:
            made[at] += more
    tall = [made[at] for at in range(head, len(made)) if rows.counts[at] == 1] or [_ROW]
    cost = max(uneven(one, count=len(made)) for one in tall) + _OTHER * (max(tall) > _ALIKE * min(tall) + 0.1)
    return made, lines, round(cost, 2)


def endings(rows: Rows, line: int) -> list[tuple[int, float, float]]:
    """How a table longer than a page may end that begins on a ``line`` of one.

    Of each way: how many lines of the last page it takes, what that costs, and the space above and below its texts. There is
    none where it cannot begin there.
    """
    found: dict[int, tuple[float, float]] = {}
    for space in _SPACES:
        if breaks := breaks_of(rows, line, space):
            _, lines, cost = filled(rows, breaks, line, space)
            found[lines] = min(found.get(lines, (inf, 0.0)), (round(cost + _PAGE * (len(breaks) - 1), 2), space))
    return [(lines, *way) for lines, way in found.items()]


def parted(rows: Rows, line: int) -> list[tuple[int, float, float]]:
    """The same of a table that could stay whole."""
    breaks = parting_of(rows, line)
    return [(*filled(rows, breaks, line)[1:], _LEAST)] if breaks else []


def _lines_of(counts: Sequence[int], tall: float, named: float = 0.0) -> int:
    """How many lines of the page rows take of which those of one line are so tall, with what stands above them."""
    height = named + sum(height_of(count) + tall - SIZE for count in counts)
    return ceil((height + BETWEEN) / PITCH - 0.001)


def _pitches(counts: Sequence[int], space: float, named: float = 0.0) -> int:
    """The same of rows with so much space above and below their text."""
    return _lines_of(counts, SIZE + 2 * space, named)
