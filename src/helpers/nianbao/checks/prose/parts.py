"""Whether the parts of a list sum up to its total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.judge import OPEN, Judged, Verdict, judge

if TYPE_CHECKING:
    from nianbao.checks.prose.said import Listed
    from nianbao.checks.prose.values import Values


def judge_list(listed: Listed, values: Values) -> Judged:
    """Judge whether the parts of a list sum up to its total."""
    numbers = [listed.total, *(count for count, _ in listed.parts)]
    names = [said.cells for _, said in listed.parts if said and said.cells and (said.sure or said.likely)]
    if any(one.about or one.unit == PERCENT for one in numbers) or len(names) != len(set(names)):
        return OPEN
    families = {said.family if said else "" for _, said in listed.parts}
    facts = listed.whole and listed.whole.is_fact and any(said and said.is_fact for _, said in listed.parts)
    is_settled = _settled(listed, values)
    if len(families) > 1 or facts or (is_settled and not listed.whole_list):
        return OPEN
    total, sum_ = listed.total.value, sum((count.value for count, _ in listed.parts), Decimal(0))
    if total == sum_:
        return Judged(Verdict.TRUE)
    parts = " + ".join(wording.number(count.value) for count, _ in listed.parts)
    verdict = _severity(listed, families.pop(), over=sum_ > total)
    if is_settled and verdict is Verdict.FALSE:
        verdict = Verdict.DOUBTFUL  # each number is as in the tables: one more may have been left out
    shown = f"总数 {wording.number(total)}，分项之和 {wording.number(sum_)}（{parts}）"
    return Judged(verdict, "", shown, "分项之和等于总数；没有列全的，写“等”")


def _settled(listed: Listed, values: Values) -> bool:
    """Whether the tables already tell of each number whether it is true."""
    said = [listed.whole, *(one for _, one in listed.parts)]
    return all(one and judge(one, values).verdict in {Verdict.TRUE, Verdict.FALSE} for one in said) and any(
        one and not one.is_fact for one in said
    )


def _severity(listed: Listed, family: str, over: bool) -> Verdict:
    name = listed.whole.name if listed.whole else ""
    if listed.open and not over:
        return Verdict.OPEN
    if family == "结果":
        return Verdict.FALSE if name == "办结" else Verdict.DOUBTFUL if over else Verdict.OPEN
    if family in {"方式", "申请人", "案件结果"}:
        applicants = {said.name for _, said in listed.parts if said} & {"法人或其他组织"}
        return Verdict.FALSE if over or listed.closed or applicants else Verdict.DOUBTFUL
    if family:
        return Verdict.DOUBTFUL if over else Verdict.OPEN
    if listed.sum_last:
        return Verdict.DOUBTFUL
    return Verdict.FALSE if listed.closed or (over and len(listed.parts) > 2) else Verdict.DOUBTFUL
