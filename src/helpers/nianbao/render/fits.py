"""How many lines of a page a statutory table may take in the PDF, whole or in two parts, and what each way costs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.render.heights import breaks_of, endings, fits_of, parted, told_of, ways_of
from nianbao.render.pagination import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.render.heights import Rows, Way
    from nianbao.render.pagination import Choice


class Fits(NamedTuple):
    """The ways of one table: ``least`` lines or more, each with its price and with how tall a row of one line is then.

    It is ``parted`` between its parts. Of each line where it may begin the ``rests`` say how it ends on the next page where
    it is parted between its rows: lines, price, space in its rows. One longer than a page has these alone, and no ``least``.
    """

    least: int
    prices: Sequence[float]
    talls: Sequence[float]
    parted: Sequence[Way]
    rests: Sequence[Sequence[tuple[int, float, float]]]

    @property
    def easiest(self) -> int:
        """How many lines the table best takes, wherever it stands."""
        return self.least + min(range(len(self.prices)), key=self.prices.__getitem__, default=0)

    def talls_of(self, choice: Choice) -> Sequence[float]:
        """How tall rows of one line are with a choice of `sheets`, on one page or on both."""
        lines, number, _ = choice
        if number > 0:
            _, _, tall, _, other, _ = self.parted[number - 1]
            return tall, other
        return [] if number else self.talls[lines - self.least :][:1]


@lru_cache(maxsize=128)
def of(rows: Rows, kind: str) -> Fits | None:
    """Those of a table with such rows, of a kind; nothing where nobody can tell how tall it is.

    The tables of one format have the same rows in most reports.
    """
    if rows.least <= PAGE:
        rests = [parted(rows, line) for line in range(PAGE)]
        return Fits(*fits_of(rows.counts, kind), told_of(rows.counts, kind), ways_of(rows, kind), rests)
    return Fits(0, (), (), (), [endings(rows, line) for line in range(PAGE)]) if breaks_of(rows, 0) else None
