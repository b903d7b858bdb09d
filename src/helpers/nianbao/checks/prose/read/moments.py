"""Words for a year, its end and all its days, which say no more than the year does: 截至2023年底, 2023.1.1—2023.12.31."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.periods import LAST
from nianbao.checks.prose.vocabulary import LAST_YEAR, PERIOD, RECEIVES
from nianbao.checks.prose.words import words
from nianbao.wording import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

# LAST and NEXT are years that a text is read with (see `prose.read.reader`).
_YEAR = rf"(?P<year>(?:(?:LAST|NEXT|20\d\d)\s?年|{LAST_YEAR})度?)"
_DECEMBER = r"(?:12|十二)\s?月"
_END = rf"年?[终底末]|岁末|{_DECEMBER}(?:[底末]|\s?(?:31|三十一)\s?日)"
_TO = "[至到—–~～－-]{1,2}"
_SPAN = (
    rf"(?:0?[1一]\s?(?:月份?(?:\s?0?[1一]\s?日)?)?|年?初)?\s*起?\s*{_TO}\s?"
    rf"(?:(?P=year)\s?)?(?:{_DECEMBER}份?(?:\s?(?:31|三十一)\s?日|[底末])?|年?[底末])"
)
# Not so 截至2023年底前, 2023年底至2024年底, nor what was carried over from then: 截至2023年底未办结的4件.
_ENDS = (
    r"\s*(?:为?止|期间)?(?!\s*(?:[之以]?[前后来起至到—–~～－-]|开始))"
    r"(?!，?[^，；。\n\d尚还仍]{0,6}(?:结转(?!至?到?入?\s?(?:[下次明翌]|THIS))|遗留|留存|未[办答结]|顺延))"
)
_PART_OF = rf"\s?(?:全年)?(?:{PERIOD}末?|内(?![部容设控网外]))"  # no part of it: 2023年报告期内, 上年度内
# Up to which the figures are told; the days of a whole year; the end of one, where a number is told of it at once.
_UNTIL = re.compile(rf"截[至止][到至]?\s?{_YEAR}\s?(?:{_END}|{_DECEMBER}(?=，)){_ENDS}")
_WHOLE = re.compile(rf"[自从在]?\s?{_YEAR.replace('NEXT', 'NEXT|THIS')}(?:\s?{_SPAN}{_ENDS}|{_PART_OF})")
_IN = re.compile(rf"[在于]\s*{_YEAR}(?=\s*，)")
_AT_END = re.compile(rf"[至到]?\s?{_YEAR}\s?(?:{_END}){_ENDS}(?=，?[^，；。\n]*\d)")
# Sums up to a day, which may begin in years before: 截至2024年底，累计收到330件，办结325件; not so 全年累计.
_TO_DATE = re.compile(
    rf"截[至止][^，；。：\n]*?(?:，[^，；。：\n年]*?)?累计[^；。\n年]*?(?=，[^，；。]*(?:{RECEIVES})|[；。\n年]|$)"
)
_NAMES = re.compile("[终底末初内期在于]|12|十二")  # one of these is in all that is looked for, for speed
_NEXT = 3  # up to a day in these months of the next year, the figures may still be those of all the year
_FAR = 40  # characters before a year that are looked at
_BEFORE = re.compile(rf"[^{CLAUSE_ENDS}（）\n]*$")

# The year before, by the period that a report is of: 上一报告期, 上个统计年度.
_LAST_PERIOD = re.compile(
    "(?:上(?:一个?|个)?|前一个?)(?:年度?)?(?:报告|统计)(?:年度|周?期)(?:[间限](?!制))?内?(?P<end>末?)|上个年度内?"
)
_COMPARES = tuple("较比与同跟和于及")
# An hour of a day, and whether the day is counted: 12月31日24时, 12月31日（含）.
_HOUR = re.compile(
    r"(?:(?<=[日底末])|(?<=[/.／－-]\d\d)|(?<=[/.／－-]\d\d\s))\s?(?:（\s?(?:包?含|包括)(?:[当该]?[日天]|本[日数])?\s?）"
    r"|（?\s?(?:晚上?|深夜|午夜|夜间?|凌晨)?\s?(?:[012]?\d|二十[一二三四]|零)\s?(?:时|点[钟整]?|：[0-5]\d)(?:整|\s?(?:[0-5]?\d|五十九)\s?分)?(?:\s?）)?)"
)
# Days and months in figures: a span of them, and one up to which the figures are told.
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAYS = re.compile(
    rf"(?<![\d.])(?P<year>20\d\d)\s?(?P<sign>[./／－-])\s?(?P<first>{_MONTH})(?!\d)(?:\s?(?P=sign)\s?(?P<from>{_DAY}))?\s?起?\s?"
    rf"(?:{_TO}\s?(?P<other>20\d\d)\s?(?P=sign)\s?|(?(from){_TO}|(?!(?P=sign)){_TO})\s?)(?P<last>{_MONTH})(?!\d)"
    rf"(?(from)\s?(?P=sign)\s?(?P<to>{_DAY}))(?!\s?[.\d件条份次个人元万亿倍%])"
)
_CODES = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)(?P<first>0[1-9]|1[0-2])(?P<from>\d\d)?\s?起?\s?{_TO}\s?"
    r"(?P<other>20\d\d)(?P<last>0[1-9]|1[0-2])(?P<to>(?(from)\d\d))(?!\d)"
)
_UP_TO = re.compile(
    rf"(?<=[至止到])\s?(?P<year>20\d\d)(?P<sign>\s?[./／－-]\s?|)(?P<month>{_MONTH})(?P=sign)(?P<day>{_DAY})(?!\s?[.起至到—–~～－-])"
)
_ALL_OF = re.compile(r"(?<![\d.])(20\d\d)全年")


def to_date(text: str) -> Iterator[range]:
    """Where numbers may be sums over years."""
    return (range(*found.span()) for found in _TO_DATE.finditer(text))


def in_words(text: str) -> str:
    """A text of the same length, with the days of a year in words where they are in figures, and 上年 for 上一报告期.

    An hour says no more than its day.
    """
    text = _HOUR.sub(lambda found: " " * len(found[0]), text)
    for pattern in (_DAYS, _CODES):
        text = pattern.sub(lambda found: _span(found).ljust(len(found[0])), text)
    text = _UP_TO.sub(lambda found: _day(found).ljust(len(found[0])), text)
    text = _ALL_OF.sub(r"\1年度", text)
    return _LAST_PERIOD.sub(_last, text)


def _last(found: re.Match[str]) -> str:
    """上年 right behind what compares with it, else right before what is said of it: 较上一报告期增长, 上一报告期结转."""
    word, is_compared = f"上年{found['end'] or ''}", found.string.endswith(_COMPARES, 0, found.start())
    return word.ljust(len(found[0])) if is_compared else word.rjust(len(found[0]))


def _span(found: re.Match[str]) -> str:
    """A span in words that are no longer than its figures: all of a year, the first month of a part, or two years."""
    year, other = found["year"], found["other"]
    if other and other != year:
        return f"{year}年至{other}年"
    begins, ends = (int(found["first"]), int(found["from"] or 1)), (int(found["last"]), int(found["to"] or LAST[1]))
    if (begins, ends) != ((1, 1), LAST):
        return f"{year}年{begins[0]}月"
    return next(one for one in (f"{year}年1至12月", f"{year}年全年") if len(one) <= len(found[0]))


def _day(found: re.Match[str]) -> str:
    month, day = int(found["month"]), int(found["day"])
    if (month, day) == LAST:
        return f"{found['year']}年底"
    return f"{found['year']}年{month}月" if month > _NEXT else found[0]


def as_years(text: str) -> str:
    """A text of the same length, with blanks for what stands around a year in its ends and all its days."""
    for pattern in (_UNTIL, _WHOLE, _IN, _AT_END) if _NAMES.search(text) else ():
        for found in [*pattern.finditer(text)]:
            begin, end = found.span()
            if _is_time(text[max(0, begin - _FAR) : begin], pattern):
                year = found["year"].rjust(found.end("year") - begin)
                text = f"{text[:begin]}{year.ljust(end - begin)}{text[end:]}"
    return text


def _is_time(before: str, pattern: re.Pattern[str]) -> bool:
    """Whether a year is the time of its clause by what stands before it: 我局截至2023年底; not so 力争到2023年底."""
    clause = _BEFORE.search(before)
    words_before = clause[0].strip() if clause else ""
    return "年" not in words_before if pattern is _UNTIL else words().opening.fullmatch(words_before) is not None
