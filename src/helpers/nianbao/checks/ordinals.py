"""Numbers before sub-headings and items that do not count on: （一）（二）（四）, 1.2.2., 一是…三是.

Who leaves an item out, or puts one in, leaves a gap or a number twice. A list of Markdown numbers itself.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, lines_of
from nianbao.checks.marks import Mark, marks
from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from nianbao.findings import Source
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

UNORDERED = Kind("W234", Severity.WARNING, "一是、二是的次序有误")
UNCOUNTED = Kind("W245", Severity.WARNING, "小标题或分项的序号不连贯")

_MOST = 4  # marks before a slip that are shown

Slips = dict[Mark, "Sequence[Mark]"]
"""Marks that do not count on, each with those of its count before it."""


def uncounted(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Sub-headings and items of one level are numbered one after another: none is skipped, and none stands twice."""
    by_way: dict[Hashable, int] = {}
    by_look: dict[Hashable, int] = {}
    for passage in narrative.passages:
        typed = marks(passage, report.format) if passage.own else []
        # One level may be written in two looks, and two levels in one way: a slip is one however the levels are told apart.
        found = _slips(typed, lambda one: one.way, by_way)
        also = _slips(typed, lambda one: (one.way, one.look), by_look)
        told = [(one, before[-_MOST:]) for one, before in found.items() if one in also]
        starts = [start for start, _ in lines_of(passage)] if told else []
        for one, before in told:
            yield _finding(passage, one, before, line_of(report, passage, starts[one.line]))


def _finding(passage: Passage, one: Mark, before: Sequence[Mark], source: Source) -> Finding:
    if before:
        last, wanted = before[-1], one.written(before[-1].number + 1)
        is_gap = one.number > last.number + 1
        expected, said = f"{last.shown}、{wanted}", "跳了号" if is_gap else "重了号"
        action = f"改正序号，或补上漏写的{wanted}" if is_gap else "改正重复的序号和它后面的序号"
    else:
        expected, said = one.written(1), "没有从头编起"
        action = f"从{expected}编起，或补上前面漏写的"
    found = f"“{'、'.join(other.shown for other in (*before, one))}”{said}"
    kind = UNORDERED if one.is_worded else UNCOUNTED
    return Finding(kind, f"{passage.place} · {one.shown}", source, found, expected, action)


def _slips(typed: Iterable[Mark], level_of: Callable[[Mark], Hashable], reached: dict[Hashable, int]) -> Slips:
    """The slips in a passage; an item ends what is counted below the one before it.

    ``reached`` is how far each level has counted: some count on through several chapters or items.
    """
    open_: dict[Hashable, list[Mark]] = {}
    groups: list[list[Mark]] = []
    for mark in typed:
        level = level_of(mark)
        if level not in open_:
            open_[level] = []
            groups.append(open_[level])
        while next(reversed(open_)) != level:
            open_.popitem()
        open_[level].append(mark)
    slips: Slips = {}
    for group in groups:
        level = level_of(group[0])
        slips |= _in_group(group, reached.get(level, 0))
        reached[level] = next((one.number for one in reversed(group) if not one.doubtful), reached.get(level, 0))
    return slips


def _in_group(group: Sequence[Mark], reached: int) -> Slips:
    """The first slip of each count among the items of one level below the same item."""
    counts: list[list[Mark]] = []
    for mark in group:
        if not counts or (mark.number == 1 and not mark.doubtful):
            counts.append([])
        counts[-1].append(mark)
    # Nobody counts a single item: it has its number by mistake. What begins with another number may be none: 三要：一要….
    again = {
        one[0]: before
        for before, one in pairwise(counts)
        if not one[0].parted and before[0].number == 1 and 1 in (len(before), len(one))
    }
    return again | {slip: before for at, one in enumerate(counts) for slip, before in _in_count(one, 0 if at else reached)}


def _in_count(count: Sequence[Mark], reached: int) -> Iterator[tuple[Mark, Sequence[Mark]]]:
    """The first mark that does not count on, with those before it."""
    first = count[0]
    if first.number not in {1, reached + 1} and not first.doubtful:
        is_certain = first.look.startswith("#") or any(one.number == first.number + 1 for one in count[1:2])
        if first.look.isdecimal() or first.is_worded:
            return
        if is_certain:
            yield first, ()
            return
    counted, allowed = [first], {first.number + 1}
    for mark in count[1:]:
        if mark.doubtful:
            allowed |= {mark.number + 1} if mark.number in {1, *allowed} else set()
        elif mark.number in allowed:
            allowed = {mark.number + 1}
            counted.append(mark)
        else:
            yield mark, counted
            return
