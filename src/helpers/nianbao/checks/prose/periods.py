"""Which part of a year words name: its months, or one that cannot be counted."""

from __future__ import annotations

import re

from nianbao.reading import whole

_NUMERAL = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_DAY = r"(?:\s?\d{1,2}\s?[日号])?"
# 1至6月, 1月1日至6月30日, 7月, 第四季度, 前三个季度, 前9个月, 上半年
_PART = re.compile(
    rf"(?:(?P<first>{_NUMERAL})\s?月?份?{_DAY}起?\s?[至到—–~～－-]{{1,2}}\s?(?:(?:\d{{4}}|THIS|[本今当同])\s?年)?)?(?P<last>{_NUMERAL})\s?月"
    r"|(?P<sign>[前第])?(?P<quarter>[一二三四1-4])\s?(?(sign)个?)季度"
    rf"|前(?P<many>{_NUMERAL})\s?个月|(?P<half>[上下])半年"
)
_TO_THE_END = re.compile(r"(?<!\d)1\s?月.{0,14}12\s?月|12\s?月\s?31\s?日")
_OTHER = re.compile("半年|季度|月(?!亮)|年来|(?<![今本]年)(?<![今本]年度)以来|近.{1,3}年|历年")
_YEAR = frozenset(range(1, 13))


def part(text: str) -> frozenset[int] | None:
    """The months of the part of a year that a text names first.

    Empty where the text names another time than the one year whose months cannot be counted (各季度, 近半年, 历年); ``None``
    where it names none, or all of the year (1月1日至12月31日, 截至12月31日).
    """
    found = _PART.search(text)
    if found is None:
        return frozenset() if _OTHER.search(text) else None
    is_whole = found["last"] and not found["first"] and _TO_THE_END.search(text)
    months = _months(found)
    return None if is_whole or months == _YEAR else months


def _months(found: re.Match[str]) -> frozenset[int]:
    if found["quarter"]:
        last = 3 * whole(found["quarter"])
        return frozenset(range(1 if found["sign"] == "前" else last - 2, last + 1))
    if found["half"]:
        return frozenset(range(1, 7) if found["half"] == "上" else range(7, 13))
    if found["many"]:
        return frozenset(range(1, whole(found["many"]) + 1))
    last = whole(found["last"])
    return frozenset(range(whole(found["first"]) if found["first"] else last, last + 1)) or frozenset({last})
