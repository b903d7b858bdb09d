"""Numbers that no data settles, said of the same in two chapters with two values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import even

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.texts import Text

LEAST = 4  # characters that tell what is counted
_FAR = 120  # characters before a number, beyond which no beginning of its sentence is looked for
_BEGINS = re.compile(r"[。；！？\n]")
_ENDS = re.compile(r"[，。；：！？、（）\n]|$")
# Behind a number: it is of some only. 召开例会2次，研究收费; 印发通知1份，…，另2份….
_SOME = re.compile(r"，(?:研究|讨论|专题|涉及)|[^。；！？\n]*，另(?:有|外)?\s?\d")
# What a sentence may open with, and what stands before a number, without changing what is counted; {year} is the report's.
_OPENING = (
    r"截[至止](?:{year}年)?(?:12月(?:31日|底)?|年?底)|(?:{year}年度?|本年度?|当年)[末底]?|全年度?|今年以?来?|年[内末底]|一年来"
    r"|[一二三四五六七八九十]是|(?:我|本)(?:局|委|办|厅|省|市|州|县|区|乡|镇|单位|机关|部门)|总?共计?|累计|总计|合计|先后|已"
    r"|[^\w《》“”]"
)

Told = tuple["Text", "Count"]


def told_twice(accounts: Iterable[Account], names: Iterable[str], year: int) -> Iterator[tuple[Told, Told]]:
    """Each number without a source that another chapter gives another value: the earlier one and the later one.

    Both sentences begin with what they count: of one that opens with anything else (微信公众号方面，发布信息30条),
    nobody knows that it speaks of the same. ``names`` are the bureau's own, ``year`` is the report's.
    """
    known = sorted(filter(None, names), key=len, reverse=True)
    opening = re.compile("|".join((*map(re.escape, known), _OPENING.format(year=year))))
    first: dict[str, Told] = {}
    for account in accounts:
        text = account.text
        if not text.own or not text.chapter:
            continue
        said = even(text.markdown)
        here: dict[str, Told] = {}
        for count in account.unbound:
            if not (what := _counted(said, count, opening)):
                continue
            told = text, count
            before = first.get(what)
            if before and not (before[1].agrees(count.value) or count.agrees(before[1].value)):
                yield before, told
            here.setdefault(what, told)
        first = {**here, **first}


def _counted(said: str, count: Count, opening: re.Pattern[str]) -> str:
    """What a number counts, with its unit and the words behind it; '' where the sentence does not begin with it."""
    begin = max((one.end() for one in _BEGINS.finditer(said, max(0, count.start - _FAR), count.start)), default=0)
    *before, clause = re.split("[，：]", said[begin : count.start])
    plain = [opening.sub("", one) for one in (*before, clause)]
    if any(plain[:-1]) or len(plain[-1]) < LEAST or not count.unit:
        return ""
    if _SOME.match(said, count.end):
        return ""
    end = _ENDS.search(said, count.end)
    return f"{plain[-1]} {count.unit}{said[count.end : end.start() if end else count.end].strip()}"
