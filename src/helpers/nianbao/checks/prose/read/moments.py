"""The end of a year and all its days, which say no more than the year does: 截至2023年底, 2023年1月1日至12月31日."""

from __future__ import annotations

import re

from nianbao.checks.prose.vocabulary import LAST_YEAR
from nianbao.checks.prose.words import words
from nianbao.wording import CLAUSE_ENDS

# LAST and NEXT are years that a text is read with (see `prose.read.reader`).
_YEAR = rf"(?P<year>(?:(?:LAST|NEXT|20\d\d)\s?年|{LAST_YEAR})度?)"
_DECEMBER = r"(?:12|十二)\s?月"
_END = rf"年?[终底末]|岁末|{_DECEMBER}(?:[底末]|\s?(?:31|三十一)\s?日)"
_SPAN = (
    r"(?:[1一]\s?(?:月份?(?:\s?[1一]\s?日)?)?|年?初)?起?\s?[至到—–~～－-]{1,2}\s?"
    rf"(?:(?P=year)\s?)?(?:{_DECEMBER}份?(?:\s?(?:31|三十一)\s?日|[底末])?|年?[底末])"
)
# Not so 截至2023年底前, 2023年底至2024年底, nor what was carried over from then: 截至2023年底未办结的4件.
_ENDS = (
    r"(?:为?止|期间)?(?!\s?(?:[之以]?[前后来起至到—–~～－-]|开始))"
    r"(?!，?[^，；。\n\d尚还仍]{0,6}(?:结转(?!至?到?入?\s?(?:[下次明翌]|THIS))|遗留|留存|未[办答结]|顺延))"
)
# Up to which the figures are told; the days of a whole year; the end of one, where a number is told of it at once.
_UNTIL = re.compile(rf"截[至止][到至]?\s?{_YEAR}\s?(?:{_END}|{_DECEMBER}(?=，)){_ENDS}")
_WHOLE = re.compile(rf"[自从在]?\s?{_YEAR}\s?{_SPAN}{_ENDS}")
_AT_END = re.compile(rf"[至到]?\s?{_YEAR}\s?(?:{_END}){_ENDS}(?=，?[^，；。\n]*\d)")
_NAMES = re.compile("[终底末初]|12|十二")  # one of these is in all that is looked for, for speed
_FAR = 40  # characters before a year that are looked at
_BEFORE = re.compile(rf"[^{CLAUSE_ENDS}（）\n]*$")


def as_years(text: str) -> str:
    """A text of the same length, with blanks for what stands around a year in its ends and all its days."""
    for pattern in (_UNTIL, _WHOLE, _AT_END) if _NAMES.search(text) else ():
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
