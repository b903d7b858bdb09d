"""Which numbers a sum behind them adds up, and what that is: 行政复议9件，行政诉讼5件，共计14件."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.lists import ANSWERS
from nianbao.checks.prose.read.phrases import JOINED, TOGETHER
from nianbao.checks.prose.vocabulary import THIS_YEAR
from nianbao.checks.prose.words import (
    ALL_CASES,
    APPLIED,
    BOTH,
    CASE,
    CASE_NAMES,
    COURSES,
    DIVIDED,
    LAWSUITS,
    REVIEWED,
    words,
)
from nianbao.periods import part

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.read.lists import Lists
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning

# The kinds of cases that a sum is of, by the kinds that are summed up.
_BOTH = {
    frozenset(kinds): whole
    for whole, *kinds in ((BOTH, REVIEWED, LAWSUITS), (BOTH, REVIEWED, *COURSES), (LAWSUITS, *COURSES))
}
_PARTS = {"方式", "申请人", "结果"}
_OUTCOMES = {"", "结果", *DIVIDED}
_OTHERS = re.compile("其[他它余]")
_OF_YEARS = re.compile(r"[两二三四五六七八九十\d]年")  # 三年合计
_SUM = re.compile("(?:合计|总计|共计|总共)[为是收到]{0,2}$")  # not a bare 共: 新增栏目3个、专栏5个，现共有12个
_ALL = re.compile(rf"[，\s]*(?:(?:全年|{THIS_YEAR}|一|总)?共|全年)(?:有|计|为|收到|受理)?")  # no more than that it is all


def parts_of(clause: Clause, count: Count) -> list[tuple[Count, Said | None]]:
    """The numbers before one that it sums up; none where it is no sum.

    A bare 共 sums up all parts of the year (1至6月12件，7至12月15件，全年共27件), or outcomes and what no data
    knows, where 、 joins them (予以公开50件、部分公开9件，共59件; 代表建议30件、政协提案25件，共55件).
    """
    lists, text = clause.lists, clause.context.text
    same = [one for one in _summands(lists, count) if one[0].unit == count.unit]
    if lists.current or len(lists.run) < 2:
        return []
    if _OTHERS.search(clause.text):
        return []  # 予以公开50件，其他答复合计78件
    if _SUM.search(clause.text) and not _OF_YEARS.search(clause.text):
        return same
    if not _ALL.fullmatch(clause.own) or words().plain.sub("", clause.tail):
        return []
    starts = [0, *(one.end - clause.span[0] for one, _ in same)]
    between = [text[start : one.start - clause.span[0]] for start, (one, _) in zip(starts, same, strict=False)]
    months = sorted(month for one in between if (period := part(one)) for month in period.months)
    if months == [*range(1, 13)]:
        return same
    if len(months) > len(set(months)):
        return []  # 第一季度20件、第二季度30件、前三季度90件、第四季度40件: one is a sum of others
    many = 1 + sum(1 for _ in takewhile(lambda one: one.startswith(JOINED), reversed(between[1:])))
    known = {said.family if said else "" for _, said in same[-many:]}
    return same[-many:] if many > 1 and len(known) == 1 and known <= _OUTCOMES else []


def is_sum(clause: Clause) -> bool:
    """Whether a bare 共 adds up the numbers that its sentence has named: 网络85件、信函40件，共125件."""
    numbers = [one.value for one, _ in clause.lists.run if clause.count and one.unit == clause.count.unit]
    is_bare = clause.count is not None and not clause.lists.current and _ALL.fullmatch(clause.own) is not None
    return is_bare and any(clause.count.value == sum(numbers[at:]) for at in range(len(numbers) - 1) if clause.count)


def _summands(lists: Lists, count: Count) -> list[tuple[Count, Said | None]]:
    """The numbers that a sum may add up: not the whole before its parts: 收到130件，网上80件、信函50件，合计130件.

    Nor a sum before them that it does not take in: 公开50件、部分公开9件，合计59件，不予公开32件、无法提供26件，合计58件.
    """
    parts = lists.run[1:]
    if len(parts) > 1 and sum(one.value for one, _ in lists.run) != count.value:
        whole = {count.value, sum(one.value for one, _ in parts)}  # 行政诉讼5件，直接起诉3件，复议后起诉2件，共计5件
        if lists.run[:1] == lists.summed or lists.run[0][0].value in whole:
            return parts
    families = {said.family if said else "" for _, said in parts}
    head = lists.run[0][1] if len(parts) > 1 and len(families) == 1 and families <= _PARTS else None
    return parts if head and head.group else lists.run


def sum_of(clause: Clause, count: Count) -> Meaning | None:
    """What a sum is of: all received of ways or persons of application, both kinds of reviews and lawsuits."""
    lists = clause.lists
    if len(lists.run) < 2 or not TOGETHER.search(clause.text):
        return None
    run = _summands(lists, count)
    families = {said.family for _, said in run if said}
    names = {said.name for _, said in run if said}
    if families == {ALL_CASES}:
        return _sum_of_cases(lists, count)
    if families and families <= {"方式", "申请人"}:
        name = "新收"
    elif families == {ANSWERS}:
        name = "答复"
    elif names in ({"新收", "上年结转"}, {"新收", "结转"}):
        name = "新收和上年结转之和"
    else:
        name = min(names) if len(names) == 1 else ""
    return words().by_name.get((APPLIED, name))  # what the numbers are of may have a name that no meaning has


def _sum_of_cases(lists: Lists, count: Count) -> Meaning | None:
    """What a wrong sum of the whole kinds of cases is of: 行政复议9件，行政诉讼5件，共计15件."""
    run = _summands(lists, count)
    parts = [(one, said) for one, said in run if said and said.sure and one.unit == count.unit and not one.about]
    if lists.cut or len(parts) < len(run) or sum(one.value for one, _ in parts) == count.value:
        return None
    case = _BOTH.get(frozenset(said.case for _, said in parts))
    whole = words().one(CASE, ALL_CASES)
    return replace(whole, name=CASE_NAMES[case], case=case) if case else None
