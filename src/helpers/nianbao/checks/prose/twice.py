"""Numbers that no data settles, said of the same with two values, in two chapters or under one heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from nianbao.checks.prose.vocabulary import THIS_YEAR
from nianbao.reading import even
from nianbao.wording import PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.texts import Text

LEAST = 4  # characters that tell what is counted
_FAR = 120  # characters before a number, beyond which no beginning of its sentence is looked for
_BEGINS = re.compile(rf"[{PART_ENDS}\n]")
_ENDS = re.compile(rf"[，：、（）{PART_ENDS}\n]|$")
# Behind a number: it is of some only. 召开例会2次，研究收费; 印发通知1份，…，另2份….
_SOME = re.compile(
    rf"，(?:研究|讨论|专题|涉及|是[^，。]{{0,16}}(?:要求|计划|目标|任务))|[^{PART_ENDS}\n]*，另(?:有|外)?\s?\d"
)
# What a sentence may open with, and what stands before a number, without changing what is counted; {year} is the report's.
_OPENING = (
    r"（[一二三四五六七八九十\d]{{1,2}}）|[一二三四五六七八九十]、|[仅只](?:有)?|局(?=网站|门户|公众号|官网|政务)"
    r"|截[至止](?:{year}年)?(?:12月(?:31日|底)?|年?底)|全年度?|年[末底]|一年来"
    rf"|(?:{{year}}年度?|{THIS_YEAR})(?:[末底]|以?来)?"
    r"|[一二三四五六七八九十]是|(?:我|本)(?:局|委|办|厅|省|市|州|县|区|乡|镇|单位|机关|部门)|总?共计?|累计|总计|合计|先后|已"
    r"|[^\w《》“”]"
)

# In one chapter both are of the whole year, and under one heading or ordinal.
_WHOLE = f"全年|{THIS_YEAR}|截[至止](?:{{year}}年)?(?:12月(?:31日|底)|年?底)|{{year}}年"
_BLOCK = re.compile(
    r"^[ \t]*(?:#|（?[一二三四五六七八九十\d]{1,3}[）、.．]|第[一二三四五六七八九十])"
    r"|[一二三四五六七八九十]是|其[一二三四五六]|方面",
    re.M,
)
_NUMBER = "N"  # stands for a number before the one that is asked about
_REACHES = re.compile("(?:为|是|达到?|有)$")
# What a clause before it may say without changing what is counted: 问题：, 培训少，.
_COMPLAINT = re.compile(
    "(?:存在的?|主要)*(?:问题|不足)|(?!.*(?:号|站|博|台|[县区镇乡科室局]|单位|部门|系统|基层)).{2,8}(?:少|不足|不够|弱|窄|慢|低|差|散|不[广高多])"
)

_start = attrgetter("start")

Told = tuple["Text", "Count"]


def told_twice(accounts: Iterable[Account], names: Iterable[str], year: int) -> Iterator[tuple[Told, Told]]:
    """Each number without a source that a later place gives another value: the earlier one and the later one.

    Both sentences begin with what they count: of one that opens with anything else (微信公众号方面，发布信息30条),
    nobody knows that it speaks of the same. ``names`` are the bureau's own, ``year`` is the report's.
    """
    known = sorted(filter(None, names), key=len, reverse=True)
    opening, whole = _patterns(year)

    def bare(clause: str) -> str:
        for name in known:
            clause = clause.replace(name, " ")
        return opening.sub("", clause)

    first: dict[str, Told] = {}
    for account in accounts:
        text = account.text
        if not text.own or not text.chapter:
            continue
        said = even(text.markdown)
        here: dict[str, Told] = {}
        blocks = [found.start() for found in _BLOCK.finditer(said)]
        within: dict[tuple[str, int], Told] = {}
        for count in account.unbound:
            if not (what := _counted(said, count, bare, account.unbound)):
                continue
            told = text, count
            before = first.get(what)
            if not before and whole.search(said, _begin(said, count), count.start):
                before = within.setdefault((what, bisect_right(blocks, count.start)), told)
            if before and not (before[1].agrees(count.value) or count.agrees(before[1].value)):
                yield before, told
            here.setdefault(what, told)
        first = {**here, **first}


@lru_cache(maxsize=8)
def _patterns(year: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a sentence of this year's report may open with, and what says that a number is of the whole year."""
    return re.compile(_OPENING.format(year=year)), re.compile(_WHOLE.format(year=year))


def _begin(said: str, count: Count) -> int:
    """Where the part of a sentence begins in which a number stands, as far as it is looked for."""
    first = max(0, count.start - _FAR)
    return max((one.end() for one in _BEGINS.finditer(said, first, count.start)), default=first)


def _counted(said: str, count: Count, bare: Callable[[str], str], others: Sequence[Count]) -> str:
    """What a number counts, with its unit and the words behind it; '' where the sentence does not begin with it.

    ``bare`` takes out of a clause what changes nothing of what is counted.

    A number before it in the sentence is left out: 组织培训…次，参训160人次; so is a complaint: 培训少，组织培训2次.
    """
    begin = _begin(said, count)
    if not count.unit or _SOME.match(said, count.end):
        return ""
    told, at = "", begin
    for one in others[bisect_left(others, begin, key=_start) : bisect_left(others, count.start, key=_start)]:
        if one.unit:
            told, at = f"{told}{said[at : one.start]}{_NUMBER}{one.unit}", one.end
    *before, clause = re.split("[，：]", told + said[at : count.start])
    plain = [one for one in map(bare, before) if one and not _COMPLAINT.fullmatch(one)]
    clause = _REACHES.sub("", bare(clause))
    if any(_NUMBER not in one for one in plain) or len("".join((*plain, clause))) < LEAST or not clause:
        return ""
    end = _ENDS.search(said, count.end)
    words = "，".join((*plain, clause))
    return f"{words} {count.unit}{said[count.end : end.start() if end else count.end].strip()}"
