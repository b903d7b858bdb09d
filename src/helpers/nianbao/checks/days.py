"""Days of the text that there are not, and days behind the report's own date of which it tells what was done."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from nianbao.checks.lines import OURS, is_done, line_of, sentences
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import whole
from nianbao.wording import HAN, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.lines import Remark
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

NO_DAY = Kind("W241", Severity.WARNING, "日期不对")

_NUMERAL = f"(?<![{HAN}])(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH, _DAY = rf"(?P<month>\d{{1,2}}|{_NUMERAL})月", rf"(?P<day>\d{{1,3}}|{_NUMERAL})"
# 9月31日, 2月25日至30日, 二月三十日, 2025年13月, 13月份; a month by itself may be a time that something takes: 历时13月.
_IN_WORDS = re.compile(
    rf"(?=[\d{HAN}])(?<![\d第])(?:(?P<year>20\d\d)年)?{_MONTH}"
    rf"(?:{_DAY}[日号]?(?![文令])(?:[至到—–~～－-]+(?P<until>\d{{1,3}})[日号])?(?<=[日号])|(?P<part>份))?"
)
_IN_FIGURES = re.compile(
    r"(?<![\dA-Za-z./-])(?P<year>20\d\d)(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?P<until>)(?P<part>)(?![\dA-Za-z./-])"
)
_ANY_YEAR = re.compile(r"(20\d\d)年")
# Before a number of months that something takes: 工期13月份.
_TAKES = re.compile("(?:期限?|历[时经]|[用耗]时|需|满)[为约共]?$")
_LUNAR = re.compile("[农阴旧]历[^，]{0,8}$")
_FARTHEST = 10  # characters before a day in which it is said to be one of the lunar calendar
_QUOTED = re.compile("《[^》]*》|“[^”]*”|[〔（][^〕）]*[〕）]")
# A year, a month or a day at which something was done: it opens its clause, or 于 stands before it; a clause, a subject or
# the deed follows. It is no name of a thing: 2027年度项目清单, 2026年3月到货的设备.
# In words or in figures: 2027年, 2026年3月, 2025年12月31日, 2025.12.31.
_DATED = (
    rf"(?P<year>20\d\d)(?:年|(?P<mark>[./-])(?=\d))(?:(?P<month>\d{{1,2}}|{_NUMERAL})(?:月|(?P=mark)|(?(mark)(?!\d)|(?!)))"
    rf"(?:(?P<day>\d{{1,3}}|{_NUMERAL})(?(mark)(?!\d)|[日号]))?)?"
)
_DEED = "召开|举[办行]|印发|报告|完成|收到|受理|办结|参加|开展|公布|发布"
_AT = re.compile(
    rf"(?:^|(?<=[，：于在])|{OURS}){_DATED}"
    rf"(?=，|(?:{OURS})?(?:已|共|先后|组织)*(?:{_DEED}|[\u4e00-\u9fff]{{2}}了)(?!的))"
)
# The day as of which something is counted: 截至2026年底，共收到申请38件.
_AS_OF = re.compile(
    rf"截[至止到]{_DATED}(?P<end>[底末])?"
    rf"(?=，?(?:{OURS})?(?:已|共|累计|总计|全[市县区省局])?[^，；\d]{{0,16}}\d)"
)
# Before such a day, what lasts until then; behind it, what ends or is due then.
_TERM = re.compile("(?:[期时]限?|报名|征集|征求意见|合同|协议|证书?|申报|活动|展览|时间)$")
_ENDS = re.compile("^(?:前|需|应|有效|失效|到期|届满|结束|不再)")
# What was done, and what is planned, due, in force or runs until then: of that the day may lie ahead.
_DONE = re.compile(rf"(?:{_DEED}).{{0,12}}(?:会|培训|活动|件|通知)")
_AHEAD = re.compile(
    "将|拟|计划|预[计定]|力争|争取|准备|打算|安排|确保|定于|列入|下一?步|今后|规划(?!局|和自然)|目标|期限|有效|任期|施行|实施|执行|生效|须|要求"
    "|(?<![响相回反供适对])应(?![邀急聘约诉]|[^，]{1,10}(?:邀|请))|[年月日号底末初旬]起(?![草诉])"
    r"|[年月日底末][之以]?前|(?:(?<![收达受见做办])到|[至止自从])[\d本今明年]|以后|到期|届满|申报|承诺|续签|为期"
)


def days(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a day that there is not, and of what is told as done on a day behind the report's date."""
    for passage in narrative.passages:
        for one in sentences(passage.markdown) if passage.own else ():
            if "月" in one.text or "20" in one.text:
                for found in chain(_IN_WORDS.finditer(one.text), _IN_FIGURES.finditer(one.text)):
                    if not _is_day(found, one, report.year):
                        shown = one.typed(*found.span())
                        yield _finding(report, passage, one.places[found.start()], shown, f"“{shown}”", "有的月份和日期")
                if report.date:
                    yield from _ahead(report, report.date, passage, one)


def _ahead(report: Report, known: date, passage: Passage, sentence: Remark) -> Iterator[Finding]:
    """What a sentence tells as done on a day behind the report's date; in a chapter of plans only 了 and 已 say so."""
    said = sentence.without(_QUOTED)
    if "20" not in said.text:
        return
    is_of_plans = passage.section and passage.section.measures
    is_told = is_done(said.text) or (not is_of_plans and _DONE.search(said.text))
    for found in chain(
        _AT.finditer(said.text) if is_told and not _AHEAD.search(said.text) else (),
        (one for one in _AS_OF.finditer(said.text) if not is_of_plans and _is_counted(said.text, one)),
    ):
        told = int(found["year"]), *(whole(found[name]) for name in ("month", "day") if found[name])
        told = told if told[1:] or not found.groupdict().get("end") else (*told, date.max.month)
        if told > (known.year, known.month, known.day)[: len(told)] and not (told[1:] and told[1] > date.max.month):
            at, shown = said.places[found.start("year")], said.typed(found.start("year"), found.end())
            yield _finding(report, passage, at, shown, f"“{sentence.typed()}”", f"不晚于成文日期{day(known)}")
            return


def _is_counted(text: str, as_of: re.Match[str]) -> bool:
    """Whether what stands beside a day tells what has been counted until then, and no term or plan that runs until it."""
    before = text[: as_of.start()].rpartition("；")[2]
    clause = text[as_of.end() :].removeprefix("，").partition("，")[0]
    return not (_AHEAD.search(before) or _AHEAD.search(clause) or _TERM.search(before) or _ENDS.search(clause))


def _finding(report: Report, passage: Passage, at: int, named: str, found: str, expected: str) -> Finding:
    place, action = f"{passage.place} · {named}", "核对年、月、日，改正写错的；说的是打算做的，把话写明白"
    return Finding(NO_DAY, place, line_of(report, passage, at), found, expected, action)


def _is_day(found: re.Match[str], sentence: Remark, own: int) -> bool:
    """Whether there is the month, and in it the days that are written; of the report's or a year beside it."""
    month, written = whole(found["month"]), [whole(found[name]) for name in ("day", "until") if found[name]]
    if not 1 <= month <= date.max.month:
        is_span = not found["year"] and _TAKES.search(sentence.text, max(0, found.start() - _FARTHEST), found.start())
        return not (found["year"] or written or (found["part"] and not is_span))
    if not written or _LUNAR.search(sentence.text, max(0, found.start() - _FARTHEST), found.start()):
        return True
    is_leap = month == 2 and not found["year"] and max(written) == 29
    years = [found["year"] or own, *(_ANY_YEAR.findall(sentence.paragraph) if is_leap else ())]
    most = max(monthrange(int(year), month)[1] for year in years)
    return all(1 <= one <= most for one in written)
