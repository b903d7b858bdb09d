"""Figures of a part of the year where those of all of it belong: 1—11月收到申请50件, 截至12月20日受理申请50件."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, sentences
from nianbao.checks.wordings import wordings
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import whole
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

PARTIAL = Kind("W240", Severity.WARNING, "数字不是全年的")

_YEAR = r"(?:(?<!\d)(?P<year>20\d\d)年?)?"
_MONTH = rf"(?P<month>\d{{1,2}}|[{HAN}]{{1,2}})"
_DAY = rf"(?P<day>\d{{1,2}}|[{HAN}]{{1,3}})[日号]"
_TO = r"(?:至|到|[—–~～－-]+)"
_END = rf"(?:(?P<until>20\d\d)年|[本今当]年)?{_MONTH}月(?:{_DAY}|(?P<middle>[上中]旬)|[份底末])?止?"
# From January on, up to a month or a day of it; 截至2月底 without a year is of the next one.
_SINCE_JANUARY = re.compile(rf"{_YEAR}(?:(?<![\d十])[1一]月?(?:[1一][日号])?|年初)起?，?{_TO}{_END}")
# Up to a day; so many months.
_PERIODS = [
    _SINCE_JANUARY,
    re.compile(rf"截[至止到]{_YEAR}(?(year)|(?!(?:[今本]年)?[1-3一二三]月)){_END}"),
    re.compile(rf"{_YEAR}(?<!\d)前{_MONTH}个?月(?P<until>)(?P<day>)(?P<middle>)"),
    re.compile(rf"{_YEAR}前三季度(?P<month>)(?P<until>)(?P<day>)(?P<middle>)"),
]
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
_MONTHLY, _LAST = re.compile("月|季度"), (12, 31)
# A sentence that may tell of the rest: it has a number of cases, or says that there was none; not of other things.
_TOLD = re.compile(f"{_NUMBER}|未|没有|无新|为[零0]")
_OF_OTHERS = re.compile("信息(?!公开)|文件|公文|提案|建议|许可|处罚|信访|来信|培训|解读|政策|活动|会议")
# Where the whole year is told as well, or the rest of it, the months are no slip; nor where a sentence tells of another
# year, of what was carried in, or of a bureau that there was for these months only.
_WHOLE = re.compile(rf"全年|本年度|下半年|四季度|(?:{_TO}|截[至止到])(?:年[底末]|12月(?!\d|[上中]旬))|12月31日")
_LATER = re.compile(rf"(?<![\d{HAN}])(\d{{1,2}}|[{HAN}]{{1,2}})月")
_ELSEWHERE = re.compile("同期|上年|去年|往年|结转|改革|撤销|撤并|合并|划[转入出]|组建|成立|挂牌|更名")


def is_claim(text: str) -> bool:
    """Whether a sentence says which period the figures of the report are of."""
    return any(word in text for word in wordings("misplaced")["period"])


def is_short(text: str) -> bool:
    """Whether such a sentence names a period from January on that ends before its year: 2025年1月1日至11月30日."""
    found = _SINCE_JANUARY.search(text)
    if not found or _end_of(found) >= _LAST:
        return False
    return found["until"] in {None, found["year"]} if found["year"] else not _WHOLE.search(text)


def of_months(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of applications and cases that a text counts for some months only; the statutory tables are of a whole year."""
    for passage in narrative.passages:
        told = sentences(passage.markdown) if passage.own and _MONTHLY.search(passage.markdown) else ()
        found = [(one, period) for one in told if (period := _period_of(one.text, report.year))]
        latest = _latest([one.text for one in told]) if found else 0
        for one, period in found:
            if _end_of(period) >= (latest, 0):
                place, source = one.typed(*period.span()), line_of(report, passage, one.places[period.start()])
                action = "写全年的数；确要写这几个月的，写明全年的数，或接受时写明原因"
                expected = f"{report.year}年1月1日至12月31日的数"
                yield Finding(PARTIAL, f"{passage.place} · {place}", source, f"“{one.typed()}”", expected, action)


def _period_of(text: str, year: int) -> re.Match[str] | None:
    """The months of a year in which a sentence counts what the tables count of all of it.

    The period stands before what is counted, and no other deed between them. Where it is that of the report, E112 says so.
    """
    counted = _COUNTED.search(text) if _MONTHLY.search(text) else None
    if not counted or _ELSEWHERE.search(text) or (is_claim(text) and is_short(text)):
        return None
    found = next(filter(None, (period.search(text, 0, counted.start()) for period in _PERIODS)), None)
    if not found or not {found["year"], found["until"]} <= {None, "", str(year)} or _end_of(found) >= _LAST:
        return None
    between, before = text[found.end() : counted.start()], text[: found.start()]
    is_time = len(between) <= _FARTHEST and not _OTHER_DEED.search(between) and not _OBJECT.search(before)
    return found if is_time else None


def _latest(told: Sequence[str]) -> int:
    """The latest month of which a chapter tells how many cases there were; 13 where it tells of the whole year."""
    months = [0]
    for text in told:
        *_, last = (None, *_TOLD.finditer(text))
        if last is None or (_OF_OTHERS.search(text) and not _COUNTED.search(text)):
            continue
        if _WHOLE.search(text):
            return 13
        months += [month for one in _LATER.finditer(text, 0, last.start()) if (month := whole(one[1])) <= date.max.month]
    return max(months)


def _end_of(period: re.Match[str]) -> tuple[int, int]:
    """The month and the day with which a period ends."""
    day = whole(period["day"]) if period["day"] else 20 if period["middle"] else 31
    return whole(period["month"]) if period["month"] else 9, day
