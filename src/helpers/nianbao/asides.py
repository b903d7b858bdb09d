"""The lines that stand between a table of the text and its name: its unit, the day or the period of its figures."""

from __future__ import annotations

import re

from nianbao.notes import NOTE_MARK
from nianbao.units import SAYS_UNIT

_SIGNS = "[0-9年月日度底末上下半全第季前一二三四五六七八九十./至到起止—–－~～-]"
_HAN_YEAR = "二[〇○零][一二三四五六七八九〇○零]{2}年"
# 2024年, 截至2024年12月31日, 2024.1.1—2024.12.31, 自2024年1月1日起至12月31日止, 二〇二四年度.
DATE = rf"(?:截[至止])?自?(?:20[0-9]{{2}}(?:(?=[年./-])(?: ?{_SIGNS}){{1,40}}|[度底末]?)|{_HAN_YEAR}(?: ?{_SIGNS}){{0,40}})"
_PERIOD = (
    r"(?:(?:统计|数据|报告|报表|所属|起止|截[至止])(?:的|数据)?(?:所属|起止|截[止至])?(?:期[限间]?|时[限间段点]|日期|年度?|区间|时间段)"
    r"|年度|期[限间])\s*[:：]\s*"
)
_DATED = rf"(?:{_PERIOD}(?:{DATE}|[本上去]年度?(?:全年)?|全年)|(?!20[0-9]{{2}}(?![年./-])){DATE})"
_UNIT = rf"{SAYS_UNIT}[^。；;：:（）()\s<]{{1,16}}(?:{NOTE_MARK.pattern})?"
_AND, _ANY_DATE = r"(?:\s+|\s*[，,；;]\s*)", rf"(?:{_PERIOD})?{DATE}"
_BOTH = rf"{_ANY_DATE}{_AND}{_UNIT}|{_UNIT}{_AND}{_ANY_DATE}"
_ONE = rf"{_UNIT}|{_DATED}"
ASIDE = (
    rf"(?:{_ONE}|{_BOTH}|[（(【]\s*(?:{_ONE}|{_BOTH})\s*[）)】]"
    rf"|{_ANY_DATE}\s*[（(]{_UNIT}[）)]|[（(]{_UNIT}[）)]\s*{_ANY_DATE})"
)
"""A line beside a name, without the white space around it, in clean HTML."""
_LINE, _HAS_UNIT = re.compile(rf"\s*{ASIDE}\s*"), re.compile(SAYS_UNIT)
_BEHIND = re.compile("（([^（）]*)）$")
_BRACKETS = re.compile("[（）()【】]")


def is_aside(line: str) -> bool:
    """Whether a line is a table's unit, or the day or the period of its figures: 单位：件, 2024年　单位：件, （2024年）."""
    return _LINE.fullmatch(line) is not None


def is_unit(line: str) -> bool:
    """Whether a line is a table's unit, with the day of its figures or without."""
    return is_aside(line) and _HAS_UNIT.search(line) is not None


def behind_name(*asides: str) -> str:
    """How lines that are each `is_aside` are printed behind a table's name: （2024年　单位：件）; '' of none."""
    said = "\u3000".join(_BRACKETS.sub("", one).strip() for one in asides)
    return f"（{said}）" if said else ""


def without_asides(name: str) -> str:
    """A table's name without what `behind_name` has put behind it."""
    found = _BEHIND.search(name)
    is_said = found is not None and all(map(is_aside, found[1].replace("\u3000", "\n").split()))
    return name[: found.start()] if found and is_said else name
