"""The parts of a sheet that stand beside and below each other: tables, facts, text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.inputs.sheets import FACTS, fact_head
from nianbao.reading import is_figure, is_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.files.workbook import Sheet
    from nianbao.inputs.sheets import Finder

LONGEST_TITLE = 20
_MOST_GAPS = 12  # blank rows of a sheet that may part tables beside each other


def parted(sheet: Sheet, finder: Finder) -> Iterator[Sheet]:
    """A sheet as what stands in it beside each other, and the facts apart from what stands above and below them.

    A blank column parts two tables, a table and the facts, or a table and text; in a table of several parts it parts
    nothing. Between blank rows tables may stand beside each other that stand above or below others.
    """
    gaps = [at for at in range(1, len(sheet.rows)) if sheet.rows[at][0] > sheet.rows[at - 1][0] + 1]
    may_part = len(gaps) <= _MOST_GAPS and bool(finder.whole(sheet.rows))
    cuts = [0, *(gaps if may_part else []), len(sheet.rows)]
    bands = combinations(range(len(cuts)), 2)
    found = {(begin, end): _strips(replace(sheet, rows=sheet.rows[cuts[begin] : cuts[end]]), finder) for begin, end in bands}
    # What stands above each of two tables is theirs alone where only one stands in each of the columns.
    single = {band: strips for band, strips in found.items() if strips and all(len(tables) < 2 for _, tables in strips)}
    kept: list[tuple[int, list[str]]] = []
    begin = 0
    while begin < len(cuts) - 1:
        ends = (end for end in range(len(cuts) - 1, begin, -1) if (single or found).get((begin, end)))
        end = next(ends, 0)
        if not end:
            kept += sheet.rows[cuts[begin] : cuts[begin + 1]]
        else:
            yield from _by_rows(replace(sheet, rows=kept), finder) if kept else ()
            for one, _ in found[begin, end]:
                yield from _by_rows(one, finder)
            kept = []
        begin = end or begin + 1
    if kept or not sheet.rows:
        yield from _by_rows(replace(sheet, rows=kept), finder)


def _strips(sheet: Sheet, finder: Finder) -> list[tuple[Sheet, list[str]]]:
    """What stands beside each other, each with the ids of its tables; nothing where it is one table, or nobody can tell.

    Blank columns stand between, or the labels of a table begin anew.
    """
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    filled = [any(at < len(cells) and cells[at] for _, cells in sheet.rows) for at in range(width)]
    starts = [at for at in range(width) if filled[at] and (at == 0 or not filled[at - 1])]
    starts += [at] if len(starts) == 1 and (at := _anew(sheet, starts[0])) else []
    strips = [_columns(sheet, *ends) for ends in pairwise([*starts, width])] if len(starts) > 1 else []
    found = [(one, finder.whole(one.rows)) for one in strips]
    are_whole = [bool(tables) or any(fact_head(cells) for _, cells in one.rows) for one, tables in found]
    are_told = all(whole or _is_text(one) for whole, one in zip(are_whole, strips, strict=True))
    is_twice = len(found) == 2 and found[0][1] == found[1][1] != []
    return found if any(are_whole) and are_told and (is_twice or sum(filled) < width - starts[0]) else []


def _anew(sheet: Sheet, first: int) -> int:
    """The column in which what stands in the first one stands in several rows once more; 0 for none."""
    alike = Counter(
        at for _, cells in sheet.rows for at in range(first + 1, len(cells))
        if cells[at] and cells[at] == cells[first] and not is_figure(cells[at])
    )  # fmt: skip
    at, count = max(alike.items(), key=lambda one: one[1], default=(0, 0))
    return at if count > 1 else 0


def _is_text(sheet: Sheet) -> bool:
    """Whether some columns of a sheet hold text and no figures: each row is one cell, one of them heads a chapter."""
    rows = [[cell for cell in cells if cell] for _, cells in sheet.rows]
    return all(len(row) == 1 and not is_figure(row[0]) for row in rows) and any(is_chapter(row[0]) for row in rows)


def _columns(sheet: Sheet, begin: int, end: int) -> Sheet:
    """Some columns of a sheet, each in its place."""
    rows = [(number, [*[""] * begin, *cells[begin:end]]) for number, cells in sheet.rows]
    return replace(sheet, rows=[(number, cells) for number, cells in rows if any(cells)])


def _by_rows(sheet: Sheet, finder: Finder) -> Iterator[Sheet]:
    """The facts of a sheet, and what stands above and below them; a line of a table without figures ends the facts."""
    parts: list[tuple[bool, list[tuple[int, list[str]]]]] = []
    for number, cells in sheet.rows:
        is_facts = bool(parts) and parts[-1][0]
        is_head = fact_head(cells) is not None
        ends = is_facts and bool(finder.table_of(cells)) and not any(map(is_figure, cells))
        if not parts or (is_head and not is_facts) or (ends and not is_head):
            # A line right above the head is the facts' own.
            titles = [parts[-1][1].pop()] if is_head and parts and _is_title(parts[-1][1][-1][1], finder) else []
            parts.append((is_head, titles))
        parts[-1][1].append((number, cells))
    for _, rows in parts or [(False, [])]:
        if rows or len(parts) < 2:
            yield replace(sheet, rows=rows)


def _is_title(cells: Sequence[str], finder: Finder) -> bool:
    """Whether a row is one short line that is of no table."""
    filled = [cell for cell in cells if cell]
    is_line = len(filled) == 1 and len(filled[0]) <= LONGEST_TITLE and not is_figure(filled[0])
    return is_line and not is_note(filled[0]) and not finder.table_of(filled)


def above_facts(part: Sheet) -> Sheet:
    """What stands above the facts, but for a title 事实."""
    head = next(at for at, (_, cells) in enumerate(part.rows) if fact_head(cells))
    return replace(part, rows=[(number, cells) for number, cells in part.rows[:head] if [*filter(None, cells)] != [FACTS]])
