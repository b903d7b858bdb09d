"""Captions of years that stand in one row, above or below several copies of a table: which of them is which copy's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks import disowned
from nianbao.importing import dated
from nianbao.importing.around import ABOVE, BELOW
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.wording import LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.copies import Copy, Line
    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import Piece

# Only as words alone: 本年新收 says nothing of a table's year.
_WORD = re.compile(f"[(【]?(?:(?P<this>[本今当]年)|{LAST_YEAR})度?的?(?:数据?|情况|统计|表)?[)】]?")


def shared_out(copies: Sequence[Copy], parts: Sequence[Block | Piece], edges: Sequence[int]) -> list[Copy]:
    """The copies of one table, each with its own of the captions that stand in one row for several of them.

    They stand above the first copy or below the last one, and name more than one year. As many captions as copies go in
    their order. Of others nobody knows which copy they mean: each copy has all of them. ``edges`` are the places among the
    parts where files and sheets end; what stands behind one, or behind a chapter's heading, has no captions in common.
    """
    made = list(copies)
    for run in _runs(copies, parts, edges):
        for where, owner in ((ABOVE, run[0]), (BELOW, run[-1])):
            captions = _captions(copies[owner], where)
            named = set().union(*(_years(one.text, copies[owner].wanted.year) for one in captions))
            others = [copies[at] for at in run if at != owner]
            if len(named) < 2 or any(_captions(one, side) for one in others for side in (ABOVE, BELOW)):
                continue
            for order, at in enumerate(run):
                own = [captions[order]] if len(captions) == len(run) else captions
                rest = [one for one in copies[at].around if one not in captions]
                made[at] = replace(copies[at], around=(*own, *rest))
    return made


def _runs(copies: Sequence[Copy], parts: Sequence[Block | Piece], edges: Sequence[int]) -> list[list[int]]:
    """The places of copies, in order, between which no chapter begins and no file or sheet ends; of two or more each."""
    runs: list[list[int]] = []
    for at, copy in enumerate(copies):
        last = copies[at - 1].at if at else 0
        is_apart = any(last < edge <= copy.at for edge in edges) or any(
            isinstance(part, Paragraph) and is_chapter(part.text) for part in parts[last : copy.at]
        )
        runs = [*runs, [at]] if not at or is_apart else [*runs[:-1], [*runs[-1], at]]
    return [run for run in runs if len(run) > 1]


def _captions(copy: Copy, where: str) -> list[Line]:
    """The lines above or below a copy that name a year, in the order in which they stand."""
    found = [one for one in copy.around if one.where == where and one.places is None and _years(one.text, copy.wanted.year)]
    return found[::-1] if where == ABOVE else found


def _years(text: str, year: int) -> set[int]:
    """The years that a line says its table is of, by number or by word; the one before, too, for any other by word."""
    word = _WORD.fullmatch(disowned.compared(text))
    if word:
        return {year if word["this"] else year - 1}
    said = dated.without_when(text, year)
    return disowned.years(said, year) if said else set()
