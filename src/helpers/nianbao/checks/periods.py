"""Which part of a year words name: its months, or one that cannot be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.reading import whole
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERAL = rf"\d{{1,2}}|十[一二]?|[{HAN}]"
_DAY = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})\s?[日号]"
_THIS = r"(?:THIS|[本今当同])\s?年"
# 1至6月, 1月1日至6月30日, 年初至11月底; 截至11月20日, 7月
_FROM = rf"(?:(?<![\d十])(?P<first>{_NUMERAL})\s?月?份?\s?(?:{_DAY})?|(?P<start>年初|(?<=年)初))起?，?"
_RUN = rf"(?:{_FROM}\s?[至到—–~～－-]{{1,2}}\s?(?:(?:(?P<until>20\d\d)\s?年|{_THIS})\s?)?)?"
_LAST = rf"(?P<last>{_NUMERAL})\s?月(?:\s?(?P<day>{_DAY})|(?P<middle>[上中]旬)|[份底末])?止?"
_PART = re.compile(  # S is the end of THIS
    rf"(?P<by>截[至止到])?(?:(?:(?<!\d)(?P<year>20\d\d)\s?年|{_THIS})\s?)?(?:{_RUN}{_LAST}"
    r"|(?P<sign>[前第])?(?P<quarter>[一二三四1-4])\s?(?(sign)个?)季度"
    rf"|(?<![提此])前(?P<many>{_NUMERAL})\s?个?月|(?P<half>[上下])半年)"
    "|半年|季度|月(?!亮)|[^一]年来|(?<![今本S]年)(?<![今本S]年度)以来|(?<!创)(?<!创下)近.{1,3}年|历年"
)
_NAMES = re.compile("[月季半]|[年以]来|近.{1,3}年|历年")  # one of these is in all that names a part of a year, for speed
LAST = (12, 31)  # how a year ends
_YEAR, _NEXT = range(1, 13), 3  # 截至3月底, without a year, is of the next one


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year, or all of it, as words name it."""

    months: range = range(0)  # empty where they cannot be counted: 各季度, 近半年, 历年
    day: int = 31  # with which the last of them ends, 31 for its end
    to_date: bool = False  # whether it is told from January on up to a month: 1至9月, 截至9月, 前三季度; not so 上半年
    since: bool = False  # whether it names that beginning: 1至9月, 年初至9月
    years: frozenset[int] = frozenset()  # those that it names
    span: tuple[int, int] = (0, 0)  # where it stands

    @property
    def ends(self) -> tuple[int, int]:
        """The month and the day with which it ends."""
        return (self.months[-1] if self.months else 0), self.day


def part(text: str) -> Period | None:
    """The part of a year that a text names first; ``None`` where it names none, or all of a year: 截至12月31日."""
    return next((one for one in named(text) if (one.months, one.ends) != (_YEAR, LAST)), None)


def named(text: str) -> Iterator[Period]:
    """The parts of a year that a text names, and all of one where it names that by months: 1月1日至12月31日."""
    for found in _PART.finditer(text) if _NAMES.search(text) else ():
        years = frozenset(int(year) for year in found.group("year", "until") if year)
        if found["last"]:
            yield _run(found, years)
        else:
            to_date = found["sign"] == "前" or found["many"] is not None
            yield Period(_months(found), to_date=to_date, years=years, span=found.span())


def _run(found: re.Match[str], years: frozenset[int]) -> Period:
    """Some months by their numbers; the last day of a year by itself is that of all of it."""
    last, day = whole(found["last"]), 20 if found["middle"] else 31
    day = whole(found["day"].rstrip("日号 ")) if found["day"] else day
    first = whole(found["first"]) if found["first"] else 1 if found["start"] else last
    since = first == 1 and bool(found["first"] or found["start"])
    until = found["by"] is not None and (last > _NEXT or found["year"] is not None)
    if until or (first, found["day"] and (last, day)) == (last, LAST):
        first = 1
    return Period(range(first if first <= last else last, last + 1), day, since or until, since, years, found.span())


def _months(found: re.Match[str]) -> range:
    if found["quarter"]:
        last = 3 * whole(found["quarter"])
        return range(1 if found["sign"] == "前" else last - 2, last + 1)
    if found["half"]:
        return range(1, 7) if found["half"] == "上" else range(7, 13)
    return range(1, whole(found["many"]) + 1) if found["many"] else range(0)
