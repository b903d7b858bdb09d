"""Whether the parts of a list sum up to its total: 发布信息475条，其中A 300条、B 175条."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.judge.statements import ONE_TOTAL, judge
from nianbao.checks.prose.said import OPEN, Judged, Verdict
from nianbao.checks.prose.words import ALL_CASES, ANSWERED, RESULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Listed, Said
    from nianbao.checks.prose.values import Values

_FEW = 3  # numbers behind a list among which what its parts miss is told
_COMPLETE = {*ONE_TOTAL, RESULTS}  # the families of parts that make up all of their total
_BESIDES = re.compile(r"[^。；\d]{0,60}[。；]\s*(?:此外|另外|除此之外|另|还)[^。；]{0,120}")  # before more parts of a total
_NEARLY = Decimal("0.75")  # of a total: parts behind 其中 that are less of it are seldom meant to be all

_GIVEN = {"予以公开", "部分公开"}  # the outcomes that applicants asked for, of which a text may tell alone

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
    if len(families) > 1 or _is_fact_in_parts(listed):
        return OPEN
    total, sum_ = listed.total.value, sum((count.value for count, _ in listed.parts), Decimal(0))
    if is_settled and not listed.whole_list:
        return _left_out(listed, families.pop(), total, sum_, values)
    if total == sum_:
        return Judged(Verdict.TRUE)
    if not (listed.whole_list or has_rest or listed.closed or families != {""}) and sum_ < total * _NEARLY:
        return OPEN
    verdict = _severity(listed, families.pop(), over=sum_ > total)
    if verdict is Verdict.FALSE and (is_settled or has_rest):
        # Each number is as in the tables: one more may have been left out. What counts the rest may count some twice.
        verdict = Verdict.DOUBTFUL
    return _unequal(listed, verdict, total, sum_)


def _left_out(listed: Listed, family: str, total: Decimal, sum_: Decimal, values: Values) -> Judged:
    """A doubt where outcomes, each true, are most of those concluded and the text does not say that there are more."""
    said = [listed.whole, *(one for _, one in listed.parts)]
    if family != "结果" or listed.open or listed.sum_last or not total * _NEARLY <= sum_ < total:
        return OPEN
    if {one.name for _, one in listed.parts if one} <= _GIVEN:
        return OPEN
    is_true = all(one and judge(one, values).verdict is Verdict.TRUE for one in said)
    is_of_concluded = listed.whole is not None and listed.whole.name in ANSWERED
    return _unequal(listed, Verdict.DOUBTFUL, total, sum_) if is_true and is_of_concluded else OPEN


def _unequal(listed: Listed, verdict: Verdict, total: Decimal, sum_: Decimal) -> Judged:
    added = " + ".join(wording.number(count.value) for count, _ in listed.parts)
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
    if listed.apart or (listed.sum_last and family not in {*_COMPLETE, ALL_CASES}):
        return Verdict.DOUBTFUL
    if family == "结果":
        return Verdict.FALSE if name == "办结" else Verdict.DOUBTFUL if over else Verdict.OPEN
    if family in _COMPLETE:
        applicants = {said.name for _, said in listed.parts if said} & {"法人或其他组织"}
        return Verdict.FALSE if over or listed.closed or applicants else Verdict.DOUBTFUL
    if family:
        return Verdict.DOUBTFUL if over else Verdict.OPEN
    return Verdict.FALSE if listed.closed or (over and len(listed.parts) > 2) else Verdict.DOUBTFUL
