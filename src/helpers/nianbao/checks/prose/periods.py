"""Parts of a year: which months words name, and whether they leave a number one of these only."""

from __future__ import annotations

import re

from nianbao.reading import whole

_NUMERAL = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
# 1至6月, 7月, 第四季度, 上半年
_PART = re.compile(
    rf"(?:(?P<first>{_NUMERAL})\s?月?份?\s?[至到—–~～－-]\s?)?(?P<last>{_NUMERAL})\s?月"
    r"|(?P<quarter>[一二三四1-4])\s?个?季度|(?P<half>[上下])半年"
)
_MONTH = re.compile(r"\d{1,2}\s?月")
_WHOLE = re.compile(r"1\s?月.{0,14}12\s?月|12\s?月\s?31\s?日")
OTHER = re.compile("半年|季度|月|年来|以来|近.{1,3}年|历年")  # words of any time that is not the one year


def months(text: str) -> list[int]:
    """The months of the part of a year that a text names first; none where it names none."""
    found = _PART.search(text)
    if found is None:
        return []
    if found["quarter"]:
        last = 3 * whole(found["quarter"])
        return [*range(last - 2, last + 1)]
    if found["half"]:
        return [*range(1, 7)] if found["half"] == "上" else [*range(7, 13)]
    last = whole(found["last"])
    return [*range(whole(found["first"]) if found["first"] else last, last + 1)]


def is_of_some(text: str) -> bool:
    """Whether a text names months, and not that they are all of the year."""
    return _MONTH.search(text) is not None and not _WHOLE.search(text)
