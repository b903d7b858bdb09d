"""Figures of a part of the year where those of all of it belong: 1—11月收到申请50件, 截至12月20日受理申请50件."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, sentences
from nianbao.checks.wordings import wordings
from nianbao.findings import Finding, Kind, Severity
from nianbao.periods import LAST, in_months
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.periods import Period

PARTIAL = Kind("W240", Severity.WARNING, "数字不是全年的")

# What the tables count of a whole year, as a text counts it.
_NUMBER = rf"(?:\d[\d，]*|[{HAN}两百千])[余多]?[件起份宗](?!事)"
_COUNTED = re.compile(
    r"(?:(?:(?:收到|受理|接到|新收|办结|答复|办理|处理)(?:[^，]{0,12}(?:公开|依|组织|公民|群众|的))?|公开|依)申请(?!人)|行政(?:复议|诉讼))"
    rf"[^，]{{0,12}}?{_NUMBER}"
)
# Between the period and what is counted: the period is that of something else. Before it: it is an object, no time.
_OTHER_DEED = re.compile(
    r"完成|整改|开展|举[办行]|召开|组织|实施|进行|结束|行动|期间|发布|公布|修订|清理|培训|检查|推进|答复|[办审]结|每|\d"
)
_OBJECT = re.compile("(?:[对就把将与较比含]|包括|其中|抽查|复核|评查|核查)$")
_FARTHEST = 24  # characters between them
_MONTHLY = re.compile("月|季度")
# A sentence that may tell of the rest: it has a number of cases, or says that there was none; not of other things.
_TOLD = re.compile(f"{_NUMBER}|未|没有|无新|为[零0]")
_OF_OTHERS = re.compile("信息(?!公开)|文件|公文|提案|建议|许可|处罚|信访|来信|培训|解读|政策|活动|会议")
# Where the whole year is told as well, or the rest of it, the months are no slip; nor where a sentence tells of another
# year, of what was carried in, or of a bureau that there was for these months only.
_WHOLE = re.compile("全年|本年度|(?:[至到]|截止)年[底末]")
_ELSEWHERE = re.compile("同期|上年|去年|往年|结转|改革|撤销|撤并|合并|划[转入出]|组建|成立|挂牌|更名")


def is_claim(text: str) -> bool:
    """Whether a sentence says which period the figures of the report are of."""
    return any(word in text for word in wordings("misplaced")["period"])


def is_short(text: str) -> bool:
    """Whether such a sentence names a period from January on that ends before its year: 2025年1月1日至11月30日."""
    found = next((one for one in in_months(text) if one.since), None)
    return found is not None and found.ends < LAST and len({*found.years}) < 2 and not (_is_whole(text) and not found.years)


def of_months(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of applications and cases that a text counts for some months only; the statutory tables are of a whole year."""
    for passage in narrative.passages:
        told = sentences(passage.markdown) if passage.own and _MONTHLY.search(passage.markdown) else ()
        found = [(one, period) for one in told if (period := _period_of(one.text, report.year))]
        latest = _latest([one.text for one in told]) if found else 0
        for one, period in found:
            if period.ends >= (latest, 0):
                place, source = one.typed(*period.span), line_of(report, passage, one.places[period.span[0]])
                action = "写全年的数；确要写这几个月的，写明全年的数，或接受时写明原因"
                expected = f"{report.year}年1月1日至12月31日的数"
                yield Finding(PARTIAL, f"{passage.place} · {place}", source, f"“{one.typed()}”", expected, action)


def _period_of(text: str, year: int) -> Period | None:
    """The months of a year in which a sentence counts what the tables count of all of it.

    The period stands before what is counted, and no other deed between them. Where it is that of the report, E112 says so.
    """
    counted = _COUNTED.search(text) if _MONTHLY.search(text) else None
    if not counted or _ELSEWHERE.search(text) or (is_claim(text) and is_short(text)):
        return None
    found = next((one for one in in_months(text[: counted.start()]) if one.to_date), None)
    if found is None or found.ends >= LAST or not {*found.in_years(year)} <= {year}:
        return None
    between, before = text[found.span[1] : counted.start()], text[: found.span[0]]
    is_time = len(between) <= _FARTHEST and not _OTHER_DEED.search(between) and not _OBJECT.search(before)
    return found if is_time else None


def _is_whole(text: str) -> bool:
    """Whether a sentence tells of the whole year, or of the rest of it: 全年, 截至12月31日, 下半年."""
    return _WHOLE.search(text) is not None or any(len(one.months) > 1 and one.ends == LAST for one in in_months(text))


def _latest(told: Sequence[str]) -> int:
    """The latest month of which a chapter tells how many cases there were; 13 where it tells of the whole year."""
    months = [0]
    for text in told:
        *_, last = (None, *_TOLD.finditer(text))
        if last is None or (_OF_OTHERS.search(text) and not _COUNTED.search(text)):
            continue
        if _is_whole(text):
            return 13
        months += [one.ends[0] for one in in_months(text[: last.start()])]
    return max(months)
