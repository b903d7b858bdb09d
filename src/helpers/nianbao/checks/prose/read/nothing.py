"""What a clause says there was none of: 未收到申请, 没有行政复议, 上年结转数量：无."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import FEW, case_of
from nianbao.checks.prose.read.every import is_denied_of
from nianbao.checks.prose.read.meanings import meaning
from nianbao.checks.prose.read.phrases import left
from nianbao.checks.prose.read.quantities import value
from nianbao.checks.prose.read.years import OF_LAST_YEAR
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.words import APPLIED, CASE, CASES, LAWSUITS, NO_CASES, REVIEWED, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.words import Meaning

_NONE = re.compile("[未没零]|无(?!法提供)|不(?:存在|涉及|再)")  # one of these is in all that says so, for speed
_CORRECTS = re.compile("纠[正错]|败诉")
_NO = re.compile("未曾?|没有|无|不存在|“?双?零”?|实现|保持|做到|出现|过|事件|有关|关于")
# 举报、投诉、行政复议: of other matters too; not so 因投诉引发的行政复议.
_WITH_OTHERS = re.compile("(?:(?:举报|投诉|信访)(?:案件)?(?:[、和及与或]|以及))+(?=(?:行政)?(?:复议|诉讼))")
# Beside these, that no case was 撤销 or 确认违法 says how they were corrected.
_CORRECTED = re.compile(r"纠[正错][^，；。\d]{0,4}[1-9]|[1-9]\d*\s?[件起宗例][^，；。\d]{0,4}被?纠[正错]")
_CARRIED_IN = "没有上年结转"  # whose words have 上年 in them, and are of this year
_WHETHER = re.compile("的?(?:发生)?情况$")  # 提起行政诉讼的情况：无
_COUNTED = re.compile("件|申请|年[末底]")


def none_in(text: str) -> tuple[Meaning, ...]:
    """What a text says there was none of."""
    return tuple(one for one in words().none if one.words.search(text)) if _NONE.search(text) else ()


def nothing(clause: Clause) -> Iterator[Said]:
    """The statements that there was none of something."""
    for one in clause.none:
        if one.family == NO_CASES and _left("".join(one.words.findall(clause.text))):
            continue  # 没有因信息公开被纠正的行政复议, 没有因答复不及时引发的行政复议: of some only
        if one.name == "结果纠正" and not _CORRECTS.search(clause.text) and _is_corrected(clause, one):
            continue  # 纠正1件，无一件被确认违法
        sure, likely = _certainty(clause, one)
        case, either = _case(clause, one), clause.either
        said = Said(What.VALUE, one.named(case), one.cells_of(case, "一"), *clause.span, any=one.any,
                    sure=sure and not either, last=_is_last(clause, one), likely=likely, either=either,
                    case=case if one.topic == CASE else "", result=one.result)  # fmt: skip
        yield said
        if "首次" in clause.text:  # so that there were some last year
            yield replace(said, what=What.DIRECTION, of=replace(said, sure=False))


def _case(clause: Clause, one: Meaning) -> str:
    """The kind of cases that there were none of: behind a ；the only one that its part names, else what is spoken of.

    行政复议9件；行政诉讼5件，没有纠正的.
    """
    text = clause.context.text
    _, mark, part = text[: max(0, text.find(clause.text))].rpartition("；")
    named = {kind for kind in (REVIEWED, LAWSUITS) if words().topics[kind].search(part)} if mark else set()
    return one.case or (case_of(part) if len(named) == 1 else "") or clause.context.cases.case


def _is_corrected(clause: Clause, one: Meaning) -> bool:
    """Whether a case of the same kind is told to be corrected, before a clause or behind it in its sentence."""
    case = _case(clause, one)
    behind = clause.context.text.partition(clause.text)[2]
    if _CORRECTED.search(behind) and case_of(behind) in {"", case}:
        return True
    kinds = {*one.cells_of(case, "")[0].split("+")}
    told = [*clause.lists.reading.said[-FEW:], *clause.sentence.said[-FEW:]]
    corrected = (one for one in told if one.what is What.VALUE and one.count and one.count.value and not one.last)
    return any(kinds & {*one.cells[0].split("+")} for one in corrected if one.cells)


def _is_last(clause: Clause, one: Meaning) -> bool:
    """Whether it is last year that had none of something."""
    text = one.words.sub("", clause.text) if one.name == _CARRIED_IN else ""
    return clause.last_year and (one.name != _CARRIED_IN or OF_LAST_YEAR.search(text) is not None)


def _certainty(clause: Clause, one: Meaning) -> tuple[bool, bool]:
    """Whether some of what a clause says there was none of is a contradiction, and whether it is worth a question."""
    context, text, recent, is_applied = clause.context, clause.text, clause.recent, clause.context.topic == APPLIED
    ours = not clause.not_of_tables and not (one.row and not is_applied)
    sure = ours and one.sure and (one.topic != CASE or context.about_cases)
    is_all = one.family == NO_CASES and context.alone and not _left(text)  # nothing but that there was none
    sure = sure or (ours and is_all)
    if "结转" in one.name:  # which is said of budgets and proposals too
        sure = is_applied and clause.certain(one)
        ours = sure or (is_applied and ours and bool(_COUNTED.search(text)))
    if is_denied_of(clause, one):
        sure, ours = False, ours and bool(recent and recent.group)
    return sure, ours


def _left(text: str) -> str:
    """What a text that there were no cases tells of these besides: 没有因程序问题引发的行政复议."""
    topics = (words().topics[name] for name in (*CASES, APPLIED))
    return left(text, _WITH_OTHERS, *topics, words().everybody, _NO)


def none_of(clause: Clause) -> Iterator[Said]:
    """What has 无 behind its colon: 上年结转数量：无."""
    clause = clause.of(_WHETHER.sub("", clause.text))
    meant = meaning(clause)
    if meant and meant.cells and not clause.unknown(meant) and (said := value(meant, clause, clause.last_year)):
        yield said
