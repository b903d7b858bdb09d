"""For which part of a year figures are counted, as a sentence says it: from a day until another, or until a month."""

from __future__ import annotations

import re

_MONTHS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH = f"(?:0?(?:1[0-2]|[1-9])|{'|'.join(reversed(_MONTHS[1:]))})"
# What follows a month: its end, a day, a third of it; 月 and 日 may be signs.
_DAY = "(?:份?(?:月?[底末]|月?[上中下]旬|月?初)|(?:[月./-]0?[0-9]{1,2}日?)|月份?)"


def _day(name: str) -> str:
    """A pattern of a day or a month, with its year where that is said; ``name`` begins the names of its groups."""
    year = f"(?:(?P<{name}year>20[0-9]{{2}})(?:年|[./-])|[当本同]年)?"
    return f"{year}(?P<{name}month>{_MONTH})(?P<{name}day>{_DAY})(?:[0-9]{{1,2}}[时点])?"


_FIGURES = "(?:统计|数[据字]|报告期)"
_MORE = (
    "(?:数[据字]|统计|汇总|填报|更新|起止|期[限间]?|周期|时[间限段点]段?|区间|范围|口径|日期|的|[均都仅只计]){0,12}"
    "[:为是自从由于在]*"
)
_COUNTED = re.compile(
    f"{_FIGURES}{_MORE}(?:{_day('first')}[起始]?,?)?(?:截?[-—–−~至到止]+)(?:{_day('last')}|(?P<part>[上下]半年|前?[一二三1-3]季度))"
)


def is_part_of_year(text: str, year: int) -> bool:
    """Whether a sentence, narrow, says that figures are counted from or until another day than the year's first and last.

    The figures come first, and nothing but words for times stands between them and the days: what else is done from one
    month until another is no period of figures.
    """
    return any(not _is_whole(found, year) for found in _COUNTED.finditer(text))


def _is_whole(found: re.Match[str], year: int) -> bool:
    """Whether a span begins with the year, where it says when, and ends with it."""
    begins = found["firstmonth"] is None or (
        found["firstyear"] in {None, str(year)}
        and _number(found["firstmonth"]) == 1
        and _day_of(found["firstday"]) in {0, 1}
    )
    ends = (
        found["part"] is None
        and found["lastyear"] in {None, str(year)}
        and _number(found["lastmonth"]) == 12
        and _day_of(found["lastday"]) in {0, 31}
    )
    return begins and ends


def _number(month: str) -> int:
    return int(month) if month.isdecimal() else _MONTHS.index(month)


def _day_of(said: str) -> int:
    """The day of a month; 0 for the whole month, and for its end; -1 for a part of it."""
    if any(one in said for one in "旬初"):
        return -1
    digits = re.sub("[^0-9]", "", said)
    return int(digits) if digits else 0
