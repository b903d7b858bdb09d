"""The lines that stand between a table or a picture and its name: its unit, the period of its figures, who gave them."""

from __future__ import annotations

import re

from nianbao.notes import NOTE_MARK
from nianbao.units import SAYS_UNIT

_SIGNS = "[0-9年月日度底末上下半全第季前一二三四五六七八九十./至到起止—–－~～-]"
_HAN_YEAR = "二[〇○零][一二三四五六七八九〇○零]{2}年"
# 2024年, 截至2024年12月31日, 2024.1.1—2024.12.31, 自2024年1月1日起至12月31日止, 2023—2024年, 二〇二四年度.
_DATE = (
    rf"(?:截[至止])?自?(?:20[0-9]{{2}}(?:(?=[年./至—–－~～-])(?: ?{_SIGNS}){{1,40}}|[度底末]?)"
    rf"|{_HAN_YEAR}(?: ?{_SIGNS}){{0,40}})"
)
# 全年, 本年度, 1—12月, 上半年.
_MONTH = "(?:1[0-2]|[1-9])月?"
_BY_WORD = (
    f"(?:(?:[本上去]|上一)年度?(?:全年)?|全年|[上下]半年|第?[一二三四]季度|{_MONTH}[至到—–~～－-]{{1,2}}{_MONTH}(?<=月)份?)"
)
_PERIOD = (
    r"(?:(?:统计|数据|报告|报表|所属|起止|截[至止])(?:的|数据)?(?:所属|起止|截[止至])?(?:期[限间]?|时[限间段点]|日期|年度?|区间|时间段)"
    r"|年度|期[限间]|时间)\s*[:：]\s*"
)
_DATED = rf"(?:{_PERIOD}(?:{_DATE}|{_BY_WORD})|{_BY_WORD}|(?!20[0-9]{{2}}(?![年./至—–－~～-])){_DATE})"
_UNIT = rf"{SAYS_UNIT}[^。；;：:（）()\s<]{{1,16}}(?:{NOTE_MARK.pattern})?"
# Who has filled the table in.
_MAKER = r"(?:填[报表写]|制表|编制|[报上]报送?|报送|汇总)(?:单位|机关|部门)\s*[:：]\s*[\u4e00-\u9fff]{2,25}"
_SOURCE = r"(?:数据|资料|材料)来源\s*[:：]\s*[^。；;：:（）()<\n]{2,40}"
_AND, _ANY_DATE = r"(?:\s+|\s*[，,；;]\s*)", rf"(?:{_PERIOD})?(?:{_DATE}|{_BY_WORD})"
_OTHER = rf"(?:{_ANY_DATE}|{_MAKER})"
_BOTH = rf"(?:{_OTHER}{_AND}){{1,2}}{_UNIT}|{_UNIT}(?:{_AND}{_OTHER}){{1,2}}"
_ONE = rf"{_UNIT}|{_DATED}"
ASIDE = (
    rf"(?:{_ONE}|{_BOTH}|[（(【]\s*(?:{_ONE}|{_BOTH})\s*[）)】]"
    rf"|[（(]?{_ANY_DATE}[）)]?\s*[（(]{_UNIT}[）)]|[（(]{_UNIT}[）)]\s*[（(]?{_ANY_DATE}[）)]?)"
)
"""A line above or below a name, without the white space around it, in clean HTML."""
BELOW = rf"(?:{ASIDE}|[（(]?(?:{_MAKER}|{_SOURCE})[）)]?)"
"""One below it, which above it may be a note of the table before."""
_LINE, _HAS_UNIT = re.compile(rf"[\s*]*{BELOW}[\s*]*"), re.compile(rf"(?<![\u4e00-\u9fff]){SAYS_UNIT}")
_SAID = re.compile(f"{_DATE}|{_BY_WORD}")
_BEHIND = re.compile("（([^（）]*)）$")
_BRACKETS, _LOOKS = re.compile("[（）()【】]"), re.compile("</?(?:strong|em|b|i)>")


def is_aside(line: str) -> bool:
    """Whether a line of Markdown says a unit, a period, or whose figures these are: 单位：件, （2024年）."""
    return _LINE.fullmatch(line) is not None


def is_unit(line: str) -> bool:
    """Whether a line is a table's unit, with the day of its figures or without."""
    return is_aside(line) and _HAS_UNIT.search(line) is not None


def period_of(line: str) -> str:
    """The day or the period that a line which `is_aside` says: 2024年, 上半年; '' without one."""
    found = _SAID.search(line)
    return found[0] if found else ""


def behind_name(*asides: str) -> str:
    """How lines that are each `is_aside` are printed behind a table's name: （2024年　单位：件）; '' of none."""
    said = "\u3000".join(_BRACKETS.sub("", _LOOKS.sub("", one)).strip() for one in asides)
    return f"（{said}）" if said else ""


def without_asides(name: str) -> str:
    """A table's name without what `behind_name` has put behind it."""
    found = _BEHIND.search(name)
    is_said = found is not None and all(map(is_aside, filter(None, found[1].split("\u3000"))))
    return name[: found.start()] if found and is_said else name
