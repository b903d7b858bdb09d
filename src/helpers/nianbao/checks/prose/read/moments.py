"""Times of a sentence as the years that its numbers are of: 截至2023年底 and 2023.1.1—2023.12.31 are 2023年."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.vocabulary import CONCLUDES, RECEIVES
from nianbao.checks.prose.words import words
from nianbao.periods import Which, read
from nianbao.wording import CLAUSE_ENDS

if TYPE_CHECKING:
    from nianbao.periods import Period

_FEW = (3, 31)  # up to a day of these months of the next year, the figures may still be those of all the year
_FAR = 40  # characters before a time that are looked at
_BEFORE = re.compile(rf"[^{CLAUSE_ENDS}（）\n]*$")
_LEADS = re.compile(r"[自从在至到于]\s*$")
_COMPARES = tuple("较比与同跟和于及")
_JOINS = tuple("、和及与")
# What makes a time another: 2023年底前, 2023年底至今; and what was carried over from then: 截至2023年底未办结的4件.
_EARLIER = re.compile(r"\s*及?[之以]?前(?!后)(?=[^，；。\n]*\d)")
_GOES_ON = re.compile(
    r"\s*(?:为?止|期间)?(?:\s*(?:[之以]?[前后]|[来起至到—–~～－-]|开始)"
    r"|，?[^，；。\n\d尚还仍]{0,6}(?:结转(?!至?到?入?\s?(?:[下次明翌本]|20\d\d))|遗留|留存|未[办答结]|顺延))"
)
_MORE = re.compile("(?:为?止|期间)?(?:(?<=[底末止日])，全年)?")  # which says no more than the time before it
_HAS_NUMBER = re.compile(r"，?[^，；。\n]*\d")
_PERIOD = re.compile("(?:上|前一)(?!一?年)")  # the year before by the period that a report is of
_BARE, _IN = re.compile("[^全内期]{1,6}年度?"), re.compile("[在于][^，]*，")
_FIGURES = re.compile(r"(?P<by>截[至止][至到]?\s?)?20\d\d(?:\s?[./／－-]|\d\d)")
# Sums up to a day, which may begin in years before: 截至2024年底，累计收到330件，办结325件; not so 全年累计.
_SUM = re.compile(rf"[^，；。：\n]*?(?:，[^，；。：\n年]*?)?累计[^；。\n年]*?(?=，[^，；。]*(?:{RECEIVES})|[；。\n年]|$)")
# Of what is concluded by such a day nobody knows how many.
_UNTIL = re.compile(rf"(?![^；。\n]*(?:{CONCLUDES}))[^；。\n]*")


def as_years(text: str, own: int) -> tuple[str, list[range]]:
    """A text of the same length with a year for each time that is no more than one, blanks around it.

    And where numbers may be sums over more than the year ``own``: up to a day of the next one, or 累计.
    """
    sums: list[range] = []
    last = 0
    for one in [*read(text)]:
        begin, end = one.span
        is_late = one.until and one.in_years(own) == (own + 1,) and one.ends <= _FEW and _UNTIL.match(text, end) is not None
        run = (_UNTIL if is_late else _SUM).match(text, end) if is_late or (one.until and one.is_whole) else None
        sums += [range(begin, run.end())] if run else []
        is_joined = begin == last + 1 and text[last:begin] in _JOINS
        begin, end, word = (begin, end, " ") if is_late else _year_of(text, one, own, is_joined)
        if word:
            is_beside = is_joined or text.endswith(_COMPARES, 0, begin)
            word = word.ljust(end - begin) if is_beside else word.rjust(end - begin)
            text = f"{text[:begin]}{word}{text[end:]}"
            last = end
    return text, sums


def _year_of(text: str, one: Period, own: int, is_joined: bool) -> tuple[int, int, str]:
    """Where the year of a time is to stand, and the year; '' where nothing is to be written otherwise."""
    (begin, end), which = one.span, one.which(own)
    leads = None if one.until else _LEADS.search(text, max(0, begin - 2), begin)
    start, years = leads.start() if leads else begin, one.in_years(own)
    name = "上年" if one.years == (-1,) else f"{years[0]}年" if years else ""
    if _PERIOD.match(text, begin, end):
        return start, end, name
    is_own = which is Which.OWN and any(one.years) and (is_joined or not one.moment)
    if is_own or (one.years and which in {Which.LAST, Which.OTHER}):
        if not is_own and (earlier := _EARLIER.match(text, end)):
            return begin, earlier.end(), "历年"  # whose numbers nobody knows
        if is_joined or _is_time(text, one, start):
            more = _MORE.match(text, end)
            return start, more.end() if more else end, name
    if one.month or not (figures := _FIGURES.match(text, begin, end)):
        return begin, end, ""
    return max(begin, figures.end("by")), end, _in_words(one)


def _is_time(text: str, one: Period, start: int) -> bool:
    """Whether a time that begins at a place is that of its clause: 我局截至2023年底; not so 力争到2023年底."""
    end, clause = one.span[1], _BEFORE.search(text, max(0, start - _FAR), start)
    before = clause[0].strip() if clause else ""
    if _GOES_ON.match(text, end):
        return False
    if one.until:
        return one.moment and "年" not in before
    if words().opening.fullmatch(before) is None:
        return False
    if one.moment:
        return _HAS_NUMBER.match(text, end) is not None
    return not _BARE.fullmatch(text, *one.span) or _IN.match(text, start, end + 2) is not None


def _in_words(one: Period) -> str:
    """A time in words that are no longer than its figures: all of a year, its end, the first month of a part, two years."""
    first, last = one.years[0], one.years[-1]
    if first != last:
        return f"{first}年至{last}年"
    if one.is_whole:
        return f"{first}年{'底' if one.moment else '全年'}"
    return f"{first}年{one.ends[0] if one.moment else one.months[0]}月"
