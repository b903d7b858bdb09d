"""What comes of a text's statements: of each by itself, then of those that one sentence makes of the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.judge.changes import change
from nianbao.checks.prose.judge.quantities import done, value
from nianbao.checks.prose.judge.shares import share
from nianbao.checks.prose.said import OPEN, Judged, Verdict, What
from nianbao.checks.prose.words import CASE_NAMES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Kinds, Said
    from nianbao.checks.prose.values import Values

ONE_TOTAL = {"申请人", "方式"}  # the families whose parts are all of what was received
_FAR, _FEW = 120, 3  # characters and numbers behind one among which its sentence goes on to what the tables count
# 收到150件（含咨询20件）
_INCLUDES = re.compile(r"\s?（(?:其中)?(?:含|包括|包含)(?![^（）\d]*结转)[^（）\d]{0,16}(\d{1,6})\s?[件份起宗]")
# What sets apart those that the tables count: 其中属于政府信息公开申请的27件, 实际受理27件.
_SETS_APART = re.compile("(?<!不)(?:属于?|认定为)(?:政府)?信息公开|(?:实际|确)(?:新收|收到|接收|受理|登记)")
_MIXED = "一起说的其他结果像是另一类案件的：写明是复议的、诉讼的，还是合计"
_RULES = {What.VALUE: value, What.DONE: done, What.SHARE: share}

_start = attrgetter("start")


def judge(said: Said, values: Values) -> Judged:
    """Judge one statement."""
    rule = _RULES.get(said.what, change)
    if rule is change and said.of and said.of.to_date and value(said.of, values).verdict is not Verdict.TRUE:
        return OPEN  # 截至2024年底累计收到330件，比2023年底增长50%
    return rule(said, values)


def in_parts(judged: Iterable[tuple[Said, Judged]], text: str, values: Values) -> list[tuple[Said, Judged]]:
    """The same statements of a text, true where a sentence tells one cell in parts: 裁定驳回起诉1件、判决驳回诉讼请求1件."""
    told = _without_others(_of_one_kind(list(judged), values), text, values)
    groups: dict[tuple[int, str, bool], list[int]] = {}
    for at, (said, one) in enumerate(told):
        if said.what is What.VALUE and said.count and not said.count.about and one.verdict is not Verdict.OPEN:
            groups.setdefault((said.start, said.cells[0], said.last), []).append(at)
    for (_, cell, last), group in groups.items():
        year = values.last if last else values
        wrong = [at for at in group if told[at][1].verdict is not Verdict.TRUE]
        if wrong and len(group) > 1 and year and year.value(cell) in {_sum(told, group), _sum(told, wrong)}:
            for at in wrong:
                told[at] = told[at][0], Judged(Verdict.TRUE, year.label(cell))
    return told


def _of_one_kind(told: list[tuple[Said, Judged]], values: Values) -> list[tuple[Said, Judged]]:
    """The same statements, results whose words leave open of which cases they are by the kind with which most agree.

    行政复议9件、行政诉讼5件，维持10件，尚未审结3件: of both. One that agrees with another kind than the others is a doubt.
    """
    groups: dict[tuple[Kinds, bool], list[int]] = {}
    for at, (said, _) in enumerate(told):
        if said.kinds and said.what is What.VALUE and not said.either:
            groups.setdefault((said.kinds, said.last), []).append(at)
    for (kinds, _), group in groups.items():
        read = [[_as_of(told[at][0], kind, values) for at in group] for kind in range(len(kinds.names))]
        best = max(read, key=lambda one: sum(judged.verdict is Verdict.TRUE for _, judged in one))
        for at, (said, judged) in zip(group, best, strict=True):
            is_mixed = judged.verdict is Verdict.FALSE and told[at][1].verdict is Verdict.TRUE
            is_mixed = is_mixed and bool(said.count and said.count.value)  # nearly every kind has a 0 somewhere
            told[at] = said, replace(judged, verdict=Verdict.DOUBTFUL, why=_MIXED) if is_mixed else judged
    return told


def _as_of(said: Said, kind: int, values: Values) -> tuple[Said, Judged]:
    """A result as that of one of the kinds of cases that it may be of."""
    assert said.kinds
    case = said.kinds.names[kind]
    one = replace(said, name=f"{CASE_NAMES[case]}{said.result}", case=case, cells=said.cells[kind : kind + 1], any=False)
    return one, judge(one, values)


def _without_others(told: list[tuple[Said, Judged]], text: str, values: Values) -> list[tuple[Said, Judged]]:
    """The same statements, open where one counts more than the tables do and its sentence goes on to what they count.

    收到133件，其中撤回3件，实际受理130件: what lies between is told, or that it is something else.
    """
    true: dict[tuple[int, tuple[str, ...], bool], list[Count]] = {}
    parts: set[int] = set()  # applicants, ways and what is as in the tables: nothing beside what these count
    for said, one in told:
        if said.what is not What.VALUE or not said.count:
            continue
        if one.verdict is Verdict.TRUE:
            true.setdefault((said.start, said.cells[:1], said.last), []).append(said.count)
        if one.verdict is Verdict.TRUE or said.family in ONE_TOTAL:
            parts.add(said.count.start)
    for at, (said, one) in enumerate(told):
        if one.verdict is Verdict.FALSE and said.what is What.VALUE and said.count and said.group and said.name != "办结":
            same = true.get((said.start, said.cells[:1], said.last), [])
            behind = same[bisect_right(same, said.count.start, key=_start) :][:_FEW]
            less = _INCLUDES.match(text, said.count.end)
            year = values.last if said.last else values
            is_beside = less is not None and less.start(1) not in parts
            is_more = is_beside and less and year and year.value(said.cells[0]) == said.count.value - int(less[1])
            if is_more or any(_goes_on_to(said.count, other, text, parts) for other in behind):
                told[at] = said, OPEN
    return told


def _goes_on_to(more: Count, less: Count, text: str, parts: Container[int]) -> bool:
    """Whether a text tells what sets a number apart from a smaller one behind it; ``parts`` are where its parts stand."""
    if less.start > more.end + _FAR or more.value <= less.value:
        return False
    difference = re.compile(rf"(?<!\d){wording.number(more.value - less.value)}(?!\d)")
    between = text[more.end : less.start]
    missing = (more.end + found.start() for found in difference.finditer(between.replace("，", " ")))
    return any(at not in parts for at in missing) or bool(_SETS_APART.search(text, more.end, less.end))


def _sum(told: list[tuple[Said, Judged]], some: list[int]) -> Decimal | None:
    """The sum of some statements' numbers, ``None`` for one alone."""
    numbers = {said.count.start: said.count.value for said, _ in (told[at] for at in some) if said.count}
    return sum(numbers.values(), Decimal(0)) if len(numbers) > 1 else None
