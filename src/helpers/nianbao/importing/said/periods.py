"""For which part of a year figures are counted, as a sentence says it: from a day until another, or until a month."""

from __future__ import annotations

import re

from nianbao.periods import LAST, Which, read

# The figures come first, and nothing but words for times stands between them and the days.
_COUNTED = re.compile(
    "(?:统计|数[据字]|报告期)(?:数[据字]|统计|汇总|填报|更新|起止|期[限间]?|周期|时[间限段点]段?|区间|范围|口径|日期|的|[均都仅只计]){0,12}"
    "[:为是自从由于在]*(?P<until>[-—–−~至到止]*)"
)


def is_part_of_year(text: str, year: int) -> bool:
    """Whether a sentence, narrow, says that figures are counted from or until another day than the year's first and last.

    What else is done from one month until another is no period of figures.
    """
    times = {one.span[0]: one for one in read(text) if one.begins and not one.is_year}
    counted = ((found, times.get(found.end())) for found in _COUNTED.finditer(text))
    return any(
        one.which(year) is not Which.OWN and not (one.month and (one.ends == LAST or not found["until"]))
        for found, one in counted
        if one
    )
