"""Slips of the pen: a unit twice, 增长-9.5%, 1866.5条, 截止2024年底."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks.lines import as_read, line_of
from nianbao.checks.wordings import any_of, wordings
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import MAY_PART, PARTED, narrow
from nianbao.wording import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.findings import Source
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

REPEATED = Kind("W219", Severity.WARNING, "单位或“同比增长”重复")
NEGATIVE = Kind("W220", Severity.WARNING, "增减写成负数")
IMPOSSIBLE = Kind("W222", Severity.WARNING, "不会有的数")
MISUSED = Kind("W246", Severity.WARNING, "用错了字")

_LONGEST = 8  # characters of a unit or of 同比增长
_UNIT = re.compile(r"[^\d.,%]*%?$")
_GAP = re.compile(r"[ \t\u3000*_]*")
# What begins with a unit and is no unit: 2项项目, 5条条例, 3个个体工商户.
_WORD = re.compile(
    "项目|条[例款目]|家[庭属]|个[人体案别性]|期[刊满限间末]|起[诉草点步因]|名[单录称义]|部[门委署]|场[所地馆景]|人[员才大]|份额|次[年日月要]"
    "|门[户店诊]|台[账阶]|户[主籍外]|点击|处[室罚理分]|批[准复]|件[均]|位[于置]|站点|篇[章幅]|幅度|所[属在有]|元[旦素]|级别|天[津气]|年[度初末底]|本[级局机单]"
    "|章[程节]|版[本面块]|节[日目假]|号[码召]|封[面闭]|宗[旨教]|例[如行会外]|则[为是]|类[别型似]|套[餐房]|组[织成]|支[持部队]|轮[训候]|时[间限]|周[年期]|单[位]"
)
_CHANGE = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低)了?\s*[-－−–]\s*[\d.]+\s*(?:%|％|个百分点|[件条次万])")
_TWICE = re.compile(r"\d[^\S\n]*(?:余|多)?(条|件|次|期|份|篇|场|元|个|%|％)[^\S\n]?\1(?:(?<=[%％])|(?![\u4e00-\u9fff]))")
# Half a case there is only on average; of a rate of this kind all is the most. A task may be done beyond its aim.
_FRACTION = re.compile(r"(?<![\d.,])\d{1,9}\.\d{1,4}\s?(?:件次|条次|人次|[条件次期份篇场起宗例])(?![万亿])")
_OVER_ALL = re.compile(
    r"(?:满意度|满意率|(?:办结|办复|答复|回复|按时|按期|及时|公开|合格|准确|覆盖|(?:按时|按期|及时|整改)完成|整改|维持|纠错|胜诉|败诉)率)[^,;，。；\d增升高降减]{0,6}(\d{1,6}(?:\.\d{1,4})?)\s?[%％]"
)
_MEAN = re.compile("均|每|人手|倍|率|占")


def repeated(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A placeholder prints no unit or word that the text beside it writes too: 41.6万人次万人次, 同比同比增长5%."""
    for passage in narrative.passages:
        for value in passage.values if passage.own else ():
            text, at = passage.markdown, value.at
            twice = _before(text[max(0, at - _LONGEST - 4) : at], value.text) or _behind(
                value.text, text[at + len(value.text) : at + len(value.text) + 2 * _LONGEST]
            )
            if twice:
                end = at + len(value.text)
                begin = max(at - _LONGEST, text.rfind("\n", 0, at) + 1)
                shown = f"{text[begin:at]}{value.text}{text[end : end + _LONGEST].partition(chr(10))[0]}".strip()
                found = f"“{shown}”：占位符已印出“{value.text}”，旁边又写了“{twice}”"
                action = f"删去占位符旁边的“{twice}”"
                place = passage.place
                yield Finding(REPEATED, f"{place} · {twice}", line_of(report, passage, at), found, value.text, action)


def repeated_unit(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No unit stands twice behind a number: 1866条条。"""
    for passage in narrative.passages:
        text, places = as_read(passage.markdown)
        for found in _TWICE.finditer(text) if passage.own else ():
            at, place = places[found.start(1)], passage.place
            if any(one.at <= at < one.at + len(one.text) for one in passage.values):
                continue  # printed with its unit, as `repeated` says
            shown = text[max(0, found.start(1) - _LONGEST) : found.end()]
            action = f"删去一个“{found[1]}”"
            yield Finding(REPEATED, f"{place} · {found[1]}", line_of(report, passage, at), f"“{shown}”", found[1], action)


def impossible(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """What is counted is whole, no number has a blank, no rate is over all: 1866.5条, ６ ６件, 满意度104%."""
    for passage in narrative.passages:
        (text, _), place = as_read(passage.markdown), passage.place
        for found in _FRACTION.finditer(text) if passage.own and "." in text else ():
            begin = max(text.rfind(mark, 0, found.start()) for mark in f"{CLAUSE_ENDS}\n") + 1
            if not _MEAN.search(text, begin, found.start()):
                yield _impossible(report, passage, place, found, "整数；是平均数的，写明“平均”")
        for found in PARTED.finditer(text) if passage.own and MAY_PART.search(text) else ():
            shown, source = found[0], _line(report, passage, found)
            action = "删去数字中间的空格"
            yield Finding(IMPOSSIBLE, f"{place} · {shown}", source, f"“{shown}”", "一个数，中间没有空格", action)
        for found in _OVER_ALL.finditer(text) if passage.own else ():
            if float(found[1]) > 100:
                yield _impossible(report, passage, place, found, "不超过100%")


def _impossible(report: Report, passage: Passage, place: str, found: re.Match[str], expected: str) -> Finding:
    shown, source = "".join(found[0].split()), _line(report, passage, found)
    return Finding(IMPOSSIBLE, f"{place} · {shown}", source, f"“{found[0]}”", expected, "核对这个数")


def _line(report: Report, passage: Passage, found: re.Match[str]) -> Source:
    """The line of what was found in a passage as it is read."""
    return line_of(report, passage, as_read(passage.markdown)[1][found.start()])


def _behind(printed: str, text: str) -> str:
    """What a printed number ends in, where the text behind it begins so; '' where it does not."""
    printed, text = narrow(printed), narrow(text[_gap(text) :])
    unit = (_UNIT.search(printed) or [""])[0][-_LONGEST:]
    if not any(char.isdigit() for char in printed):
        return ""
    for begin in range(len(unit)):
        tail = unit[begin:]
        if text.startswith(tail) and not (len(tail) == 1 and _WORD.match(text)):
            return tail
    return ""


def _before(text: str, printed: str) -> str:
    """What a printed change begins with, where the text before it ends so: 同比, 增长."""
    text, lead = text.rstrip(" \t\u3000*_"), re.match("同比(?:增长|下降|持平)?", printed)
    if not lead:
        return ""
    parts = (lead[0], "同比", lead[0][2:])
    return next((part for part in parts if part and text.endswith(part)), "")


def _gap(text: str) -> int:
    found = _GAP.match(text)
    return found.end() if found else 0


def negative(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A change that is said to rise or fall has no sign besides: 同比增长-9.5%."""
    for passage in narrative.passages:
        for found in _CHANGE.finditer(as_read(passage.markdown)[0]) if passage.own else ():
            place = passage.place
            shown, source = "".join(found[0].split()), _line(report, passage, found)
            action = "写作“下降”或“增长”，数字不带负号"
            yield Finding(NEGATIVE, f"{place} · {shown}", source, f"“{found[0]}”", "增长或下降，后面是正数", action)


def misused(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No word is written for another one: 截止2024年底 for 截至2024年底."""
    for passage in narrative.passages:
        for found in misused_words().finditer(as_read(passage.markdown)[0]) if passage.own else ():
            begin, end = max(0, found.start() - _LONGEST), found.end() + _LONGEST
            shown, meant = (
                found.string[begin:end].rpartition("\n")[2] or found[0],
                meant_by(found, wordings("slips")["misused"]),
            )
            place, source = f"{passage.place} · {found[0]}", _line(report, passage, found)
            yield Finding(MISUSED, place, source, f"“{shown}”：{found[0]}", meant, f"把“{found[0]}”改为“{meant}”")


def meant_by(found: re.Match[str], entries: list[dict[str, str]]) -> str:
    """The word that was meant by one that `misused_words` finds."""
    return entries[int(str(found.lastgroup)[1:])]["meant"]


@lru_cache(maxsize=1)
def misused_words() -> re.Pattern[str]:
    """The words of slips.yaml that are written for others."""
    return words_of(wordings("slips")["misused"])


def words_of(entries: list[dict[str, str]]) -> re.Pattern[str]:
    """The words of some entries, each in a group that is named by its place: two may mean one word."""
    return any_of(f"(?P<m{at}>{one['words']})" for at, one in enumerate(entries))
