"""Days of the text that there are not, and days behind the report's own date of which it tells what was done."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from nianbao.checks.lines import as_read, line_of
from nianbao.checks.prose.counts import even
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import spoken
from nianbao.wording import HAN, HAN_DIGITS, PART_ENDS, day, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

NO_DAY = Kind("W241", Severity.WARNING, "日期不对")

_YEAR = rf"(?P<year>20\d\d|二[〇○零][○零{HAN_DIGITS}]{{2}})\s?年"
_NUMERAL = f"(?<![{HAN}])(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = rf"(?P<day>\d{{1,3}}|{_NUMERAL})"
# 9月31日, 2月25日至30日, 二月三十日, 2025年13月; not 第13月, 历时13月, 13月龄, 农历二月三十日.
_IN_WORDS = re.compile(
    rf"(?=[\d{HAN}])(?<!\d)(?:{_YEAR}\s?)?(?<![\d.第时期共满达近超约每历])(?P<month>\d{{1,2}}|{_NUMERAL})\s?月(?![龄薪租供])"
    rf"(?:\s?{_DAY}\s?(?:[日号](?![文令]))?(?:\s?[至到—–~～-]+\s?(?P<until>\d{{1,3}})\s?[日号])?(?<=[日号]))?"
)
_IN_FIGURES = re.compile(
    r"(?<![\dA-Za-z./-])(?P<year>20\d\d)(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?P<until>)(?![\dA-Za-z./-])"
)
_ANY_YEAR = re.compile(r"(20\d\d)\s?年")
_SENTENCE = re.compile(f"[^{PART_ENDS}\n]+")
_QUOTED = re.compile("《[^》]*》|“[^”]*”|[〔（][^〕）]*[〕）]")
_LATER = re.compile(
    rf"(?=[2２二])(?<!\d){_YEAR}(?!\s?[至到—–~～-])(?:\s?(?P<month>\d{{1,2}}|{_NUMERAL})\s?月(?:\s?{_DAY}\s?[日号])?)?"
)
# What was done, and what is planned, due, in force or runs until then: of that the day may lie ahead.
_DONE = re.compile(
    "了(?!解)|已(?!定|经?列入|安排)|(?:召开|举办|印发|报告|完成|收到|受理|参加|开展).{0,12}(?:会|培训|活动|件|文)"
)
_AHEAD = re.compile(
    "将|拟|计划|预[计定]|力争|争取|准备|打算|安排|确保|定于|列入|下一?步|今后|规划|目标|期限|有效|任期|施行|实施|执行|生效|应当?|须|要求"
    r"|[年月日底末]之?以?前|[到至截止迄自从]\s?(?:20\d\d|二[〇○零]|[本今明年月日]|\d)|起|以后|到期|届满|申报|承诺|续签|为期"
)


def days(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a day that there is not, and of what is told as done on a day behind the report's date."""
    for passage in narrative.passages:
        if passage.own and ("月" in passage.markdown or "20" in passage.markdown):
            text, places = as_read(passage.markdown)
            said = even(text)
            for found in chain(_IN_WORDS.finditer(said), _IN_FIGURES.finditer(said)):
                if not _is_day(found, _year_of(found, said, report.year)):
                    shown = text[found.start() : found.end()].strip()
                    yield _finding(report, passage, places[found.start()], shown, f"“{shown}”", "有的月份和日期")
            yield from _ahead(report, passage)


def _ahead(report: Report, passage: Passage) -> Iterator[Finding]:
    """What a passage tells as done on a day behind the report's date; not in a chapter of plans, unless it says 了 or 已."""
    text, places = as_read(passage.markdown)
    for sentence in _SENTENCE.finditer(even(text)) if report.date else ():
        if not _LATER.search(sentence[0]):
            continue
        said = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), sentence[0])
        done = _DONE.search(said)
        if not done or _AHEAD.search(said) or (passage.section and passage.section.measures and done[0][0] not in "了已"):
            continue
        for found in _LATER.finditer(said):
            month, on = (_number(found[name]) for name in ("month", "day"))
            told = in_digits(found["year"]), month or 0, on or 0
            known = (
                (report.date.year, report.date.month if month else 0, report.date.day if on else 0) if report.date else told
            )
            if told > known and not (month and month > 12):
                shown = text[sentence.start() : sentence.end()].strip()
                at, named = places[sentence.start() + found.start()], found[0].strip()
                expected = f"不晚于成文日期{day(report.date)}" if report.date else ""
                yield _finding(report, passage, at, named, f"“{shown}”", expected)
                break


def _finding(report: Report, passage: Passage, at: int, named: str, found: str, expected: str) -> Finding:
    place, action = f"{passage.place} · {named}", "核对年、月、日，改正写错的；说的是打算做的，把话写明白"
    return Finding(NO_DAY, place, line_of(report, passage, at), found, expected, action)


def _year_of(found: re.Match[str], text: str, own: int) -> int:
    """The year of a day: its own, else a leap year that its line names, else the report's."""
    if found["year"]:
        return in_digits(found["year"])
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    return next((year for year in map(int, _ANY_YEAR.findall(line)) if isleap(year)), own)


def _number(numeral: str | None) -> int:
    """The number of a month or a day in digits or numerals; 0 where none is written."""
    return int(spoken(numeral or ""))


def _is_day(found: re.Match[str], year: int) -> bool:
    """Whether there is the month, and in it the days that are written."""
    month = _number(found["month"])
    if not 1 <= month <= date.max.month:
        return False
    return all(1 <= _number(found[name]) <= monthrange(year, month)[1] for name in ("day", "until") if found[name])
