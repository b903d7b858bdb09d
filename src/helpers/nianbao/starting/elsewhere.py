"""Sentences whose numbers are not of what the bureau did in all of its year: plans, rules, other times, others' doings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.words import words
from nianbao.periods import Which, read
from nianbao.wording import LAST_YEAR, SENTENCE_ENDS

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count

_PLANNED = re.compile(
    r"将|(?<!规划)计划(?!类|表|\d)|拟|力争|争取|打算|目标|下一步|预计|要求|应当|按规定|规定的"
    "|不[少低]于|不超过|以[上内]|每|平均|至少|最多"
)
_TIMED = re.compile(
    rf"明年|来年|{LAST_YEAR}|前年|同期|往年|年来|[近历]年|近[一二两三四五六七八九十]+年|工作日|季度|[上下]半年|\d月"
)
_YEAR = re.compile(r"(\d{4})年")
_SUMMED = re.compile("累计|历年|总共已|至今")
_OTHERS = re.compile("其他(?:单位|部门|机关|地区)|指导|兄弟单位")
_STOPS = f"{SENTENCE_ENDS}；\n"


def beside(text: str, count: Count) -> tuple[str, str]:
    """What its sentence says before a number, and behind it."""
    begin = max(text.rfind(mark, 0, count.start) for mark in _STOPS) + 1
    ends = [at for mark in _STOPS if (at := text.find(mark, count.end)) >= 0]
    return text[begin : count.start], text[count.end : min(ends, default=len(text))]


def planned(text: str) -> bool:
    """Whether a text tells of what is planned, bounded or repeated: 计划发布36篇, 每年召开4次."""
    return _PLANNED.search(text) is not None


def timed(text: str, year: int) -> bool:
    """Whether a text names another time than the whole of a report's year."""
    return _TIMED.search(text) is not None or any(int(one) != year for one in _YEAR.findall(text))


def told(text: str, count: Count, year: int, last: bool) -> bool:
    """Whether a number of a text is another one than its bureau's of a whole year, that of the report or the one before."""
    before, behind = beside(text, count)
    own = {Which.LAST} if last else {Which.OWN}
    is_timed = any(one.which(year) not in own for one in read(before) if one.which(year) is not Which.OWN)
    is_of_others = words().bodies.search(before) or _OTHERS.search(before)
    return bool(planned(before + behind) or is_timed or _SUMMED.search(before) or is_of_others)
