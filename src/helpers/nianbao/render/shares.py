"""How wide the columns of a table are that the page is too narrow for, and the parts of one that is too wide for it.

Rows hold as few lines as can be.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HAIR = 0.001  # of a line: a text that is as wide as its column stands in one


def shared(
    least: Sequence[float], most: Sequence[float], room: float, sides: float, texts: Sequence[Sequence[tuple[int, float]]]
) -> list[float]:
    """The widths of columns, from what each needs at least to what all that is written in it needs, in some ``room``.

    The narrowest have all that they need; what is left is shared out among the others by what is written. How many these are
    is what gives the fewest lines: ``texts`` are those of each row, its columns with the widths of their text, to which a
    cell adds its ``sides``.
    """
    order = sorted(range(len(most)), key=lambda at: (most[at], at))
    widths, few = list(least), float("inf")
    for count in range(len(order)):
        others = order[count:]
        free = room - sum(most[at] for at in order[:count]) - sum(least[at] for at in others)
        if free < 0:
            break
        share = min(1.0, free / max(sum(most[at] - least[at] for at in others), 0.01))
        tried = list(most)
        for at in others:
            tried[at] = least[at] + (most[at] - least[at]) * share
        lines = sum(max((ceil(text / (tried[at] - sides) - _HAIR) for at, text in row), default=1) for row in texts)
        if lines <= few:
            widths, few = tried, lines
    return widths


def parts(least: Sequence[float], labels: int, room: float, merged: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """The columns of each part of a table: the first ones, which are ``labels``, and some others; none where it stays whole.

    ``least`` is what each column needs. Parts are about as wide as each other, and no wider than the ``room``: a column
    stands where its middle is, with those that a cell joins to it. ``merged`` are the first column of each such cell, and
    the one behind its last: one that is itself wider than a part is cut, and stands in each of these.
    """
    taken, needed = sum(least[:labels]), sum(least)
    if needed <= room or taken > room / 2 or labels == len(least):
        return []
    free = room - taken
    groups = _joined(least, labels, free, merged)
    wide = [sum(least[at] for at in group) for group in groups]
    rest, widest = needed - taken, max(wide)
    each = rest / ceil(rest / max(free - widest / 2, widest))
    before, filled = [sum(wide[:at]) for at in range(len(wide))], _filled(wide, free)
    even = [int((start + one / 2) // each) for start, one in zip(before, wide, strict=True)]
    fits = all(sum(one for one, at in zip(wide, even, strict=True) if at == number) <= free for number in set(even))
    made: dict[int, list[int]] = {}
    for group, number in zip(groups, even if fits else filled, strict=True):
        made.setdefault(number, [*range(labels)]).extend(group)
    return [*made.values()]


def cut(merged: Sequence[Iterable[tuple[int, int]]], labels: int, first: int) -> list[int]:
    """The numbers of rows, from 1, of which a cell goes on over the ``first`` column of a part behind its labels.

    ``merged`` are the columns of each row's cells, as `parts` has them.
    """
    return [number for number, row in enumerate(merged, 1) if any(labels <= begin < first < end for begin, end in row)]


def _joined(least: Sequence[float], labels: int, free: float, merged: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The columns behind the labels that stay together, for which so much room is free; each alone where they are wider."""
    spans = ((max(begin, labels), end) for begin, end in merged)
    joined = {at for begin, end in spans if sum(least[begin:end]) <= free for at in range(begin + 1, end)}
    groups: list[list[int]] = []
    for at in range(labels, len(least)):
        groups = [*groups[:-1], [*groups[-1], at]] if at in joined else [*groups, [at]]
    whole = ((group, sum(least[at] for at in group) <= free) for group in groups)
    return [part for group, fits in whole for part in ([group] if fits else [[at] for at in group])]


def _filled(wide: Sequence[float], free: float) -> list[int]:
    """The number of the part in which each of some columns stands where each part is filled before the next one begins."""
    found, number, used = list[int](), 0, 0.0
    for one in wide:
        if used and used + one > free:
            number, used = number + 1, 0.0
        used += one
        found.append(number)
    return found
