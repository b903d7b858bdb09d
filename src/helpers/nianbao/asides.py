"""The lines that stand between a table or a picture and its name: its unit, the period of its figures, who gave them.

A form has a number and a day of its own there as well: 表号, 填表日期.
"""

from __future__ import annotations

import re

from nianbao.notes import NOTE_MARK
from nianbao.units import SAYS_UNIT, UNIT_ALONE

_SIGNS = "[0-9年月日时度底末上下半全第季前一二三四五六七八九十./至到起止—–－~～-]"
_HAN_YEAR = "二[〇○零][一二三四五六七八九〇○零]{2}年"
# 2024年, 2024 年, 数据截至2024年12月31日, 2024.1.1—2024.12.31, 自2024年1月1日起至12月31日止, 2023—2024年, 二〇二四年度.
_DATE = (
    r"(?:(?:(?:统计|以上)?数据(?:统计)?)?截[至止]到?)?自?"
    rf"(?:20[0-9]{{2}}(?:(?= ?[年./至—–－~～-])(?: ?{_SIGNS}){{1,40}}|[度底末]?)"
    rf"|{_HAN_YEAR}(?: ?{_SIGNS}){{0,40}})"
)
# 全年, 本年度, 1—12月, 上半年.
_MONTH = "(?:1[0-2]|[1-9])月?"
_BY_WORD = (
    "(?:(?:[本上去今]|上一)年度?(?:全年)?|全年|[上下]半年"
    f"|第?[一二三四]季度|{_MONTH}[至到—–~～－-]{{1,2}}{_MONTH}(?<=月)份?)"
)
_PERIOD = (
    r"(?:(?:统计|数据|报告|报表|所属|起止|截[至止])(?:的|数据|统计)?(?:所属|起止|截[止至])?"
    r"(?:期[限间]?|时[限间段点]|日期|年[度份]?|月份|区间|时间段)|年[度份]|期[限间]|时间)\s*[:：]\s*"
)
_DATED = rf"(?:{_PERIOD}(?:{_DATE}|{_BY_WORD})|{_BY_WORD}|(?!20[0-9]{{2}}(?! ?[年./至—–－~～-])){_DATE})"
_WORD = r"[^。；;：:（）()\s<]"
_UNIT = rf"(?:{SAYS_UNIT}{_WORD}{{1,16}}(?:[（(]{_WORD}{{1,8}}[）)])?|{UNIT_ALONE})(?:{NOTE_MARK.pattern})?"
# Who has filled the table in.
_MAKER = r"(?:填[报表写]|制表|编制|[报上]报送?|报送|汇总)(?:单位|机关|部门)\s*[:：]\s*[\u4e00-\u9fff]{2,25}"
_SOURCE = r"(?:数据|资料|材料)来源\s*[:：]\s*"
# What a form says of itself: 币种：人民币, 统计范围：全市, 填表日期：2025年1月10日, 表号：政公开01表.
_OF_FORM = (
    r"(?:币种|货币(?:单位|种类)?|(?:统计|数据|填[报表])(?:范围|口径|对象)|[表文]号|[制审]定机关|批准(?:机关|文号)|有效期至?"
    rf"|(?:填[报表写制]|制表|[报上]报|报[送出])(?:日期|时间))\s*[:：]\s*{_WORD}{{1,25}}"
)
_PERSON = r"(?:审[核定批]|复核|填[报表]|制表|统计|经办|校对|负责)(?:负责)?人?员?\s*[:：]\s*[\u4e00-\u9fff]{2,4}"
_AND, _ANY_DATE = r"(?:\s+|\s*[，,；;]\s*)", rf"(?:{_PERIOD})?(?:{_DATE}|{_BY_WORD})"
_WHOSE = rf"(?:{_MAKER}|{_OF_FORM}|{_SOURCE}[^。；;：:（）()<\s，,]{{2,25}})"
_OTHER = rf"(?:{_ANY_DATE}|{_WHOSE}|{_PERSON})"
_BOTH = rf"(?:{_OTHER}{_AND}){{0,3}}{_UNIT}(?:{_AND}{_OTHER}){{0,3}}"
_ONE = rf"{_BOTH}|{_DATED}"
ASIDE = (
    rf"(?:{_ONE}|[（(【]\s*(?:{_ONE})\s*[）)】]"
    rf"|[（(]?{_ANY_DATE}[）)]?\s*[（(]{_UNIT}[）)]|[（(]{_UNIT}[）)]\s*[（(]?{_ANY_DATE}[）)]?)"
)
"""A line above or below a name, without the white space around it, in clean HTML."""
BELOW = rf"(?:{ASIDE}|[（(]?(?:(?:{_WHOSE}{_AND}){{0,3}}{_WHOSE}|{_SOURCE}[^。；;：:（）()<\n]{{2,40}})[）)]?)"
"""One below it, which above it may be a note of the table before."""
_LINE = re.compile(rf"[\s*]*{BELOW}[\s*]*")
_HAS_UNIT = re.compile(rf"(?<![\u4e00-\u9fff])(?:{SAYS_UNIT}|{UNIT_ALONE})")
_SAID, _NO_PERIOD = re.compile(f"{_DATE}|{_BY_WORD}"), re.compile(_OF_FORM)
_BEHIND = re.compile("（((?:[^（）]|（[^（）]*）)*)）$")
# The brackets around what a line says; not those within: 件（次）.
_BRACKETS = re.compile(
    r"(?P<within>(?<=[\u4e00-\u9fff])[（(][\u4e00-\u9fff]{1,8}[）)])"
    r"|(?P<gap>(?<=[^\s（()）【】])[）)】]?[（(【]|[）)】](?=[^\s（()）【】]))|[（）()【】]"
)
_LOOKS = re.compile("</?(?:strong|em|b|i)>")


def is_aside(line: str) -> bool:
    """Whether a line of Markdown says a unit, a period, or whose figures these are: 单位：件, （2024年）."""
    return _LINE.fullmatch(line) is not None


def is_unit(line: str) -> bool:
    """Whether a line is a table's unit, with the day of its figures or without."""
    return is_aside(line) and _HAS_UNIT.search(line) is not None


def period_of(line: str) -> str:
    """The day or the period that a line which `is_aside` says: 2024年, 上半年; '' without one."""
    found = _SAID.search(_NO_PERIOD.sub("", line))
    return found[0] if found else ""


def behind_name(*asides: str) -> str:
    """How lines that are each `is_aside` are printed behind a table's name: （2024年　单位：件）; '' of none."""
    said = "\u3000".join(_bared(_LOOKS.sub("", one)) for one in asides)
    return f"（{said}）" if said else ""


def _bared(line: str) -> str:
    """What a line says, without brackets around it or its parts, and with a space between these."""
    return _BRACKETS.sub(lambda found: found["within"] or "\u3000" * bool(found["gap"]), line).strip()


def without_asides(name: str) -> str:
    """A table's name without what `behind_name` has put behind it."""
    found = _BEHIND.search(name)
    is_said = found is not None and all(map(is_aside, filter(None, found[1].split("\u3000"))))
    return name[: found.start()] if found and is_said else name
