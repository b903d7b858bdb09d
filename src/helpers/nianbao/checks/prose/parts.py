"""Whether numbers are parts of one total: those of a list, and those that one sentence says of one cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.judge import judge
from nianbao.checks.prose.said import OPEN, Judged, Verdict, What
from nianbao.checks.prose.words import CASE_NAMES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Kinds, Listed, Said
    from nianbao.checks.prose.values import Values

_FAR, _FEW = 120, 3  # characters and numbers behind one among which its sentence goes on to what the tables count
# 收到150件（含咨询20件）
_INCLUDES = re.compile(r"\s?（(?:其中)?(?:含|包括|包含)(?![^（）\d]*结转)[^（）\d]{0,16}(\d{1,6})\s?[件份起宗]")
# What sets apart those that the tables count: 其中属于政府信息公开申请的27件, 实际受理27件.
_SETS_APART = re.compile("(?<!不)(?:属于?|认定为)(?:政府)?信息公开|(?:实际|确)(?:新收|收到|接收|受理|登记)")
_PARTS = {"申请人", "方式"}
_COMPLETE = {*_PARTS, "案件结果"}  # the families of parts that make up all of their total
_BESIDES = re.compile(r"[^。；\d]{0,60}[。；]\s*(?:此外|另外|除此之外|另|还)[^。；]{0,120}")  # before more parts of a total
_NEARLY = Decimal("0.75")  # of a total: parts behind 其中 that are less of it are seldom meant to be all

_MIXED = "一起说的其他结果像是另一类案件的：写明是复议的、诉讼的，还是合计"

_start = attrgetter("start")


def judge_list(listed: Listed, values: Values) -> Judged:
    """Judge whether the parts of a list sum up to its total."""
    numbers = [listed.total, *(count for count, _ in listed.parts)]
    parts = [_by_words(said) for _, said in listed.parts]
    names = [said.cells for said in parts if said and said.cells and (said.sure or said.likely)]
    if any(one.about or one.unit == PERCENT for one in numbers) or len(names) != len(set(names)):
        return OPEN
    # 其他283条 is of no family, and all that is left.
    families = {said.family if said else "" for said in parts if not _is_rest(said)} or {""}
    has_rest = any(map(_is_rest, parts))
    is_settled = _settled([_by_words(listed.whole), *parts], values)
    if len(families) > 1 or _is_fact_in_parts(listed) or (is_settled and not listed.whole_list):
        return OPEN
    total, sum_ = listed.total.value, sum((count.value for count, _ in listed.parts), Decimal(0))
    if total == sum_:
        return Judged(Verdict.TRUE)
    if not (listed.whole_list or has_rest or listed.closed or families != {""}) and sum_ < total * _NEARLY:
        return OPEN
    added = " + ".join(wording.number(count.value) for count, _ in listed.parts)
    verdict = _severity(listed, families.pop(), over=sum_ > total)
    if verdict is Verdict.FALSE and (is_settled or has_rest):
        # Each number is as in the tables: one more may have been left out. What counts the rest may count some twice.
        verdict = Verdict.DOUBTFUL
    shown = f"总数 {wording.number(total)}，分项之和 {wording.number(sum_)}（{added}）"
    return Judged(verdict, "", shown, "分项之和等于总数；没有列全的，写“等”")


def completed(listed: Listed, judged: Judged, counts: Sequence[Count], text: str) -> Judged:
    """What a list comes to where the numbers behind it, of any unit, are just what its parts miss.

    公开236条，其中工作动态27条，微信198条，回复诉求11件; 其中，推文353条。此外，网站公开325条. ``counts`` are the text's.
    """
    if judged.verdict not in {Verdict.FALSE, Verdict.DOUBTFUL} or any(said and said.family for _, said in listed.parts):
        return judged
    last = listed.parts[-1][0]
    missing = listed.total.value - sum(count.value for count, _ in listed.parts)
    if missing < 0 and listed.apart and _may_overlap(listed, text):
        return OPEN
    for count in counts[bisect_right(counts, last.start, key=_start) :][:_FEW]:
        goes_on = _BESIDES.fullmatch(text, last.end, count.start) or count.start < listed.end
        if missing <= 0 or not goes_on or count.about or count.unit == PERCENT:
            break
        missing -= count.value
        if not missing:
            return OPEN
    return judged


def _may_overlap(listed: Listed, text: str) -> bool:
    """Whether parts are named by several points of view: 图解8篇，视频解读6篇，领导解读4篇; not so 政策类4条，业务类10条."""
    counts = [count for count, _ in listed.parts]
    ends = {text[: one.start].rstrip()[-1:] for one in counts}
    return len(ends) > 1 and all(one.value <= listed.total.value for one in counts)


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
    was, name = (CASE_NAMES[said.kinds.names[at]] for at in (0, kind))
    one = replace(said, name=said.name.replace(was, name, 1), cells=said.cells[kind : kind + 1], any=False)
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
        if one.verdict is Verdict.TRUE or said.family in _PARTS:
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


def _by_words(said: Said | None) -> Said | None:
    """What the words around a number say it is of: what only its placeholder tells proves nothing of the words."""
    return None if said and said.printed else said


def _is_rest(said: Said | None) -> bool:
    return said is not None and said.name == "其他" and not said.cells


def _is_fact_in_parts(listed: Listed) -> bool:
    """Whether a list tells a fact and parts of it, each once: their sum is proved where the fact stands."""
    parts = [said.cells[0] if said and said.is_fact else "" for _, said in listed.parts]
    whole = listed.whole.cells[0] if listed.whole and listed.whole.is_fact else ""
    return bool(whole) and len(parts) == len(set(parts)) and all(part.startswith(f"{whole}/") for part in parts)


def _settled(said: list[Said | None], values: Values) -> bool:
    """Whether the tables already tell of each number of a list whether it is true."""
    return all(one and _is_settled(one, values) for one in said) and any(one and not one.is_fact for one in said)


def _is_settled(said: Said, values: Values) -> bool:
    """Whether the tables tell of a number; of 企业10件 they do not, where only all organisations are 10."""
    verdict = judge(said, values).verdict
    if verdict is Verdict.TRUE and said.family == "申请人" and said.any:
        return judge(replace(said, any=False), values).verdict is Verdict.TRUE
    return verdict in {Verdict.TRUE, Verdict.FALSE}


def _severity(listed: Listed, family: str, over: bool) -> Verdict:
    name = listed.whole.name if listed.whole else ""
    if listed.open and not over:
        return Verdict.OPEN
    if listed.apart or (listed.sum_last and family not in {*_COMPLETE, "案件"}):
        return Verdict.DOUBTFUL
    if family == "结果":
        return Verdict.FALSE if name == "办结" else Verdict.DOUBTFUL if over else Verdict.OPEN
    if family in _COMPLETE:
        applicants = {said.name for _, said in listed.parts if said} & {"法人或其他组织"}
        return Verdict.FALSE if over or listed.closed or applicants else Verdict.DOUBTFUL
    if family:
        return Verdict.DOUBTFUL if over else Verdict.OPEN
    return Verdict.FALSE if listed.closed or (over and len(listed.parts) > 2) else Verdict.DOUBTFUL
