"""Numbers in the rows of a table that its totals account for: these hold, and come from a placeholder, a cell or a fact."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from nianbao.checks.prose.celled import tables
from nianbao.checks.prose.sums import FEWEST, cells_of, sums

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.checks.prose.sums import Cells, Place, Sum
    from nianbao.checks.prose.values import Values

OF_TOTAL = "合计的各项"


def totalled(markdown: str, starts: Sequence[int], known: Container[int], values: Values) -> dict[int, str]:
    """What accounts for numbers in the tables of a text, by where they start: a fact that a total is, or their total.

    ``starts`` are where its numbers start, ascending, ``known`` where those do that are accounted for.
    """
    found: dict[int, str] = {}
    for table in tables(markdown):
        cells = cells_of(markdown, table)
        whole = [one for one in sums(cells) if one.holds and sum(map(bool, one.parts.values())) >= FEWEST] if cells else []
        if cells and whole:
            at = {place: _start(cells, place, starts) for one in whole for place in (one.total, *one.parts)}
            facts = {at[one.total]: origin for one in whole if (origin := _fact(cells, one, values))}
            found |= _parts(whole, at, {*facts, *(start for start in at.values() if start in known)}) | facts
    return {start: origin for start, origin in found.items() if start >= 0 and start not in known}


def _parts(whole: Sequence[Sum], at: dict[Place, int], known: set[int]) -> dict[int, str]:
    """The parts of totals that are known, and in turn the parts of these."""
    found: dict[int, str] = {}
    waiting = [*whole]
    while ready := [one for one in waiting if at[one.total] in known]:
        waiting = [one for one in waiting if at[one.total] not in known]
        parts = {at[place] for one in ready for place in one.parts}
        known |= parts
        found |= dict.fromkeys(parts, OF_TOTAL)
    return found


def _start(cells: Cells, place: Place, starts: Sequence[int]) -> int:
    """Where the number of a cell starts; -1 of one without."""
    begin, end = cells.table.rows[place[0]][place[1]]
    index = bisect_left(starts, begin)
    return starts[index] if index < len(starts) and starts[index] < end else -1


def _fact(cells: Cells, one: Sum, values: Values) -> str:
    """The fact, or part of one, whose value and unit a total has, and whose name its head, label or table's name has."""
    row, column = one.total
    words = f"{cells.table.above}，{cells.label_of(row)}，{cells.heads[column]}"
    found = [
        named
        for named, unit, name in values.facts_by_value.get(one.value, ())
        if name in words and (not cells.table.unit or not unit or unit == cells.table.unit)
    ]
    return found[0].replace(".", " · ") if len(found) == 1 else ""
