"""Times as words name them: a year, its end and all its days, some months of one, several years.

In words and in figures, in an `even` text and in a line that is compared: 截至2023年底, 2023.1.1—12.31, 1至9月, 上半年,
上一报告期. Years by word are of the report's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from nianbao.reading import whole
from nianbao.wording import FOUR_DIGITS, HAN, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = (1, 1), (12, 31)  # how a year begins and ends
IN_PERIOD = "本?(?:报告|统计)期(?:间|限)?内?"
_TO = "(?:[至到]|[—–~～－-]{1,2})"
_UNITS = r"(?!\s?[.\d件条份次个人元万亿倍%])"  # of what is counted, no day: 2024.5万元

# A year, of four digits or by word. In a text that is read, LAST, THIS and NEXT are years of its report.
_BY_WORD = {-1: "LAST|(?<!以)上一?|去|前一", 0: "THIS|[本今当同]", 1: "NEXT|[下次明翌]一?"}
_WORDS = {back: re.compile(rf"(?:{word})\Z") for back, word in _BY_WORD.items()}
_ANY = "|".join((FOUR_DIGITS, *_BY_WORD.values()))
_PERIOD_BEFORE = (
    "(?:(?<!以)上(?:一个?|个)?|前一个?)(?:年度?)?(?:报告|统计)(?:年度|周?期)(?:[间限](?!制))?内?末?|上个年度内?"
    "|(?:上一?|前一)期(?=[^，；。：]{0,4}(?:新收|收到|受理|接[到收]|办[结理]|[答回]复|结转|末|为?\\d))"
)
_YEAR = rf"(?:(?P<year>{_ANY})\s?(?:年度?|(?=全年|\s?{_TO}\s?20\d\d\s?年))|(?P<before>{_PERIOD_BEFORE}))"
# A day, with its hour, which says no more: 12月31日24时, 12月31日（含）.
_HOUR = (
    r"(?:\s?(?:[（(]\s?(?:包?含|包括)(?:[当该]?[日天]|本[日数])?\s?[）)]|[（(]?\s?(?:晚上?|深夜|午夜|夜间?|凌晨)?\s?"
    r"(?:[012]?\d|二十[一二三四]|零)\s?(?:时|点[钟整]?|[：:][0-5]\d)(?:整|\s?(?:[0-5]?\d|五十九)\s?分)?(?:\s?[）)])?))?"
)
_NUMERAL = rf"\d{{1,2}}|十[一二]?|[{HAN}]"
_DAY = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})\s?[日号]"
# 1至6月, 1月1日至6月30日, 年初至11月底; 截至11月20日, 7月
_FROM = rf"(?:(?<![\d十])(?P<first>{_NUMERAL})\s?月?份?\s?(?:(?P<from>{_DAY}){_HOUR})?|(?P<start>年初|(?<=年)初))起?[，,]?"
_RUN = rf"(?:{_FROM}\s?{_TO}\s?(?:(?P<until>{_ANY})\s?年度?\s?)?)?"
_LAST = rf"(?P<last>{_NUMERAL})\s?月(?:\s?(?P<day>{_DAY}){_HOUR}|(?P<middle>[上中]旬)|(?P<edge>[份底末]))?"
_END = r"(?P<end>年?[终底末](?!端)|岁末)"
_YEARS = rf"[底末初]?起?\s?{_TO}\s?(?P<other>{_ANY})年?度?[底末]?"
_ALL_OF = rf"(?:全年|\s?(?:全年)?(?:{IN_PERIOD}末?|内(?![部容设控网外])))"
_IN_WORDS = (
    rf"(?:{_YEAR}\s?)?(?:{_RUN}{_LAST}|(?P<sign>[前第])?(?P<quarter>[一二三四1-4])\s?(?(sign)个?)季度"
    rf"|(?<![提此])前(?P<many>{_NUMERAL})\s?个?月|(?P<half>[上下])半年|(?(year)(?:{_YEARS}|{_END}|{_ALL_OF})|(?!))"
    rf"|(?(year)(?:(?P<onward>以来)|(?!来))|(?(before)|(?!))))"
)
# Days and months in figures, signs between them or none.
_MM, _DD = "(?:0?[1-9]|1[0-2])", r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_SIGNED = (
    rf"(?<![\d.])(?P<year1>20\d\d)(?P<mark>\s?[./／－-]\s?)(?P<month1>{_MM})(?!\d)(?:(?P=mark)(?P<day1>{_DD}){_HOUR})?"
    rf"(?:\s?起?\s?(?:{_TO}\s?(?P<year2>20\d\d)(?P=mark)|(?(day1){_TO}|(?!(?P=mark)){_TO})\s?)"
    rf"(?P<month2>{_MM})(?!\d)(?(day1)(?P=mark)(?P<day2>{_DD}){_HOUR})|(?(day1)|(?!))){_UNITS}"
)
_CODED = (
    r"(?<!\d)(?P<year3>20\d\d)(?P<month3>0[1-9]|1[0-2])(?P<day3>[0-3]\d)?"
    rf"(?:\s?起?\s?{_TO}\s?(?P<year4>20\d\d)(?P<month4>0[1-9]|1[0-2])(?P<day4>(?(day3)[0-3]\d))|(?(day3)|(?!)))(?!\d){_UNITS}"
)
_UNCOUNTED = (
    "半年|季度|月(?!亮)|(?<!一)年来|(?<![今本S]年)(?<![今本S]年度)以来|(?<!创)(?<!创下)近.{1,3}年|历年"  # S ends THIS
)
_BEGINS = rf"(?=[\d截{HAN}LTN上去前本今当同下次明翌年初第半季月历近以])"  # how any of them begins, for speed
_PERIOD = re.compile(rf"{_BEGINS}(?:(?P<by>截[至止到][至到]?\s?)?(?:{_SIGNED}|{_CODED}|{_IN_WORDS})(?:\s?止)?|{_UNCOUNTED})")
_NAMES = re.compile(r"[年月季半期]|以来|\d\s?[./／－-]\s?\d|20\d{4}")  # one of these is in all that names a time, for speed
_NEXT = 3  # 截至3月底, without a year, is of the next one; up to such a day the figures may still be those of all the year


class Which(Enum):
    """What a time is to a report."""

    OWN = "its year"
    LAST = "the year before"
    OTHER = "another year"
    YEARS = "several years"
    PART = "no whole years"


@dataclass(frozen=True, slots=True)
class Period:
    """A time that words name."""

    begins: tuple[int, int] | None = None  # the month and the day; `None` where they cannot be counted: 各季度, 近半年
    ends: tuple[int, int] = (0, LAST[1])
    years: tuple[int, ...] = ()  # those that it names, in their order; by word as years from the report's: 上年 is -1
    since: bool = False  # whether it names January as its beginning: 1至9月, 年初至9月
    to_date: bool = False  # whether it is told from January on up to a month: 1至9月, 截至9月, 前三季度; not so 上半年
    until: bool = False  # whether it is told up to its end: 截至2023年底
    moment: bool = False  # whether it names its end alone: 2023年底
    onward: bool = False  # whether it goes on from a year that it names: 2019年以来
    is_year: bool = False  # whether it names a year, several or the end of one by no month: 2023年, 2023年底, 上年度内
    span: tuple[int, int] = (0, 0)  # where it stands

    @property
    def months(self) -> range:
        """Its months in a year, none where they cannot be counted."""
        return range(min(self.begins[0], self.ends[0]), self.ends[0] + 1) if self.begins else range(0)

    @property
    def month(self) -> bool:
        """Whether it names one month or one day alone."""
        return self.moment and not (self.until or self.is_whole)

    @property
    def named(self) -> tuple[int, ...]:
        """The years that it names by their numbers."""
        return tuple(one for one in self.years if one > 1)

    @property
    def is_whole(self) -> bool:
        """Whether it is of whole years."""
        return (self.begins, self.ends) == (FIRST, LAST)

    def in_years(self, year: int) -> tuple[int, ...]:
        """The years that it names in a report of a year."""
        return tuple(one if one > 1 else year + one for one in self.years)

    def which(self, year: int) -> Which:
        """What it is to a report of a year."""
        named = set(self.in_years(year)) or {year}
        if self.onward or (self.is_whole and len(named) > 1):
            return Which.YEARS
        if not self.is_whole:
            return Which.PART
        return {year: Which.OWN, year - 1: Which.LAST}.get(named.pop(), Which.OTHER)


def part(text: str) -> Period | None:
    """The part of a year that a text names first; `None` where it names none, or all of a year: 截至12月31日."""
    return next((one for one in in_months(text) if not one.is_whole), None)


def in_months(text: str) -> Iterator[Period]:
    """The times that a text names by months, or by words for some of them."""
    return (one for one in read(text) if not one.is_year)


def at(text: str, begin: int) -> Period | None:
    """The time that begins at a place of a text."""
    found = _PERIOD.match(text, begin)
    return _period(found) if found else None


def read(text: str) -> Iterator[Period]:
    """The times that a text names, in their order."""
    return map(_period, _PERIOD.finditer(text)) if _NAMES.search(text) else iter(())


def _period(found: re.Match[str]) -> Period:
    if found["year1"] or found["year3"]:
        return _in_figures(found)
    if found["last"]:
        return _in_months(found)
    if found["quarter"] or found["many"] or found["half"]:
        first, last = _months(found)
        to_date = found["sign"] == "前" or found["many"] is not None
        return Period((first, 1), (last, 31), _years(found), to_date=to_date, span=found.span())
    if found["onward"] and _years(found) != (0,):
        return Period(years=_years(found), onward=True, span=found.span())
    if found["year"] or found["before"]:
        until, moment = found["by"] is not None, found["end"] is not None
        return Period(FIRST, LAST, _years(found), until=until, moment=moment, is_year=True, span=found.span())
    return Period(span=found.span())


def _years(found: re.Match[str]) -> tuple[int, ...]:
    """The years that words name, in their order."""
    if found["before"]:
        return (-1,)
    return tuple(_year(one) for one in found.group("year", "until", "other") if one)


def _year(word: str) -> int:
    back = next((back for back, known in _WORDS.items() if known.match(word)), None)
    return in_digits(word) if back is None else back


def _in_months(found: re.Match[str]) -> Period:
    """Some months by their numbers; the last day of a year by itself is that of all of it."""
    last, day = whole(found["last"]), 20 if found["middle"] else 31
    day = _day(found["day"]) if found["day"] else day
    is_span, year = bool(found["first"] or found["start"]), found["year"]
    is_named = year is not None and _year(year) != 0  # 截至今年2月底 is said by who writes the report in the next one
    first = whole(found["first"]) if found["first"] else 1 if found["start"] else last
    since, until = is_span and first == 1, found["by"] is not None and (last > _NEXT or is_named)
    is_end = (last, day) == LAST and not is_span and bool(found["day"] or (year and found["edge"] in {"底", "末"}))
    begun = _day(found["from"]) if found["from"] else day if found["day"] and not is_span else 1
    begins = FIRST if until or is_end else (first, begun)
    return Period(begins, (last, day), _years(found), since, since or until, until, moment=not is_span, span=found.span())


def _in_figures(found: re.Match[str]) -> Period:
    """A day, or a span of days or months, in figures."""
    at = 1 if found["year1"] else 3
    (year, month, day), (other, last, to) = (found.group(f"year{one}", f"month{one}", f"day{one}") for one in (at, at + 1))
    begins, until = (int(month), int(day or 1)), found["by"] is not None
    ends = (int(last), int(to or LAST[1])) if last else begins
    since, years = bool(last) and begins == FIRST, tuple(int(one) for one in (year, other) if one)
    begins = FIRST if not last and (until or ends == LAST) else begins
    return Period(begins, ends, years, since, since or until, until, moment=not last, span=found.span())


def _day(text: str) -> int:
    return whole(text.rstrip("日号 "))


def _months(found: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of quarters, of some months or of a half of the year."""
    if found["quarter"]:
        last = 3 * whole(found["quarter"])
        return (1 if found["sign"] == "前" else last - 2), last
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    return 1, whole(found["many"])
