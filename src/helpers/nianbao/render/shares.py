"""How wide the columns of a table are that the page is too narrow for: so that its rows hold as few lines as can be.

columns.lua has the same for the PDF.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
