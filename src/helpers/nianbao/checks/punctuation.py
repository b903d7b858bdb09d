"""Brackets and quotation marks without their other half, paragraphs that end in a comma, and characters of another width.

The last are half-width marks in Chinese text that has full-width ones, full-width digits, and half-width blanks in it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao.checks.lines import as_read, line_of
from nianbao.checks.marks import OPENING
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.names import bare
from nianbao.narrative.headings import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

SINGLE = Kind("W236", Severity.WARNING, "括号、引号、书名号没有配对")
HALF_WIDTH = Kind("W237", Severity.WARNING, "中文里有半角标点")
UNENDED = Kind("W519", Severity.WARNING, "一段以逗号、顿号结尾")
WIDTHS = Kind("I119", Severity.NOTE, "全角数字，或汉字之间的空格")

_PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】", "“": "”"}
_HALVES = re.compile("[（）《》〔〕【】“”]")
_SIDES = str.maketrans("()［］", "（）【】")
# The sign of an item, which closes no bracket and ends no sentence: 1）, （一）, a）, 一., 第一. A name stands behind it,
# and where a line has as many brackets as ends of brackets, one may be what it closes: （合计：12）公开. Not where a list
# begins with 1 and goes on with 2.
_ITEM = re.compile(
    r"(?<![^\s。；，、：])[(（]?第?(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})(?:[）)]\.?(?![\s，。；、：）)]|$)|\.)",
    re.M,
)
_LISTED = re.compile(r"(?:其中|含|包括|如下)[：:][(（]?[1一][)）][^)）]*[：:，；。、][(（]?[2二][)）]")
_ORDINAL = re.compile("[0-9a-zA-Z一二三四五六七八九十]$")  # before the sign of an item wherever that stands: 渠道为：1）网站
_FACE = re.compile(r"[:;]-?[()](?=\s*$|[，。！])", re.M)  # :) is no bracket
_TAG = re.compile("<[^>]*>")
_HAN, _OPENED, _COUNTS = "\u4e00-\u9fff", "“《（", "一二三四五六七八九十百千万亿"
# Between Chinese characters, and at the end of a line where a sentence ends; a colon of a ratio (一:三) is none. What stands
# for a number that is missing (新收?件，) ends no sentence: no more than a unit follows it. Signs around the name of what a
# notice gives out, and around the year in a notice's number: 印发<格式>的通知, 函[2021]30号.
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])(?:(?P<spoken>:(?=[{_HAN}{_OPENED}])(?!(?<=[{_COUNTS}]:)[{_COUNTS}])"
    rf"|[?!](?=\s*$|[{_HAN}{_OPENED}”）)])(?![{_HAN}]{{1,2}}(?:[，。；、,;）)]|\s*$)))"
    rf"|[,;](?=[{_HAN}{_OPENED}])|\.(?=\s*$|[{_HAN}]))"
    rf"|<[{_HAN}][^<>\n]{{0,60}}[{_HAN}）》]>(?=\s?的)|(?<=[{_HAN}])\[20\d\d\](?=第?\d{{1,4}}号)",
    re.M,
)
_FULL = re.compile("[，；。：？！]")
_FEW = 5  # times as many marks in full width as in half width have the latter be slips
_SHOWN = 12  # characters beside a mark that are shown
_MOST = 10  # brackets of a chapter that are told one by one
# A line of a page that ends in a comma; what goes on from it below: a table or picture, a list that its words announce, and
# the next of several 一是….
# Behind the comma may stand the end of a bracket or quotation, a footnote's mark, and what only makes room.
_BEHIND = r"\[\^[^\]\s]+\]|&(?:amp;)?[a-z]+;|<br ?/?>|[）)”’】\s]"
_COMMA_LAST = re.compile(rf"(?P<text>[^\n]*[，、,])(?:</(?:strong|em|b|i|u)>|{_BEHIND})*</(?:p|li)>")
_SHOWN_BELOW = ("<div", "<figure", "<blockquote", "<p><img", "<p>(单位", "<p>（单位", "<p>单位")
_LISTS, _LIST_ENDS = ("<ul", "<ol"), {"</ul>", "</ol>"}
_ANNOUNCES = re.compile(
    rf"[如以下][下列]|下面|下述|包[括含]|主要|分别|重点|做到|其中|分为|[即是为有到]$|[{_COUNTS}两几多0-9]+[个项类条种点方大]|方面|措施"
)
_COUNTED = re.compile(rf"(?:<[^>]*>|\s)*(?:[{_COUNTS}][是要则来]|其[{_COUNTS}]|第[{_COUNTS}])")
# A digit in full width, but for the sign of an item （１） and the number of a table; a blank between Chinese characters,
# also behind a label, but for the one in 附件 名称 and between fields of a line: 地址：… 电话：….
_WIDE_DIGITS = r"[０-９]{2,}|(?<![图表（(第])(?<!^)[０-９](?![）)．、.])"
_GAP = rf"(?<=[{_HAN}，。；：、！？）》”])(?<![图表件录])(?:\n {{1,2}}| {{1,2}})(?=[{_HAN}“《（])(?![{_HAN}]{{1,6}}[：:])"
_WIDTH = re.compile(f"(?P<digits>{_WIDE_DIGITS})|(?P<gap>{_GAP})", re.M)


def unclosed(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each bracket and quotation mark of a chapter has its other half in it, in whichever width."""
    for passage in filter(lambda one: one.own, narrative.passages):
        text, places = as_read(passage.markdown)
        lines = text.translate(_SIDES).splitlines(keepends=True)
        even = "".join(_without_items(line) if _has_items(line) else line for line in lines)
        faces = {one.end() - 1 for one in _FACE.finditer(text)}
        single = [one for one in _single(even) if one not in faces]
        if len(single) > _MOST:
            shown = f"“{text[single[0] : single[0] + _SHOWN].partition(chr(10))[0]}”等{len(single)}处"
            source, action = line_of(report, passage, places[single[0]]), "补上缺的一半，或删去多的一半"
            yield Finding(SINGLE, passage.place, source, shown, "成对的括号、引号、书名号", action)
            continue
        for at in single:
            source, sign, wanted = line_of(report, passage, places[at]), even[at], _PAIRS.get(even[at], "")
            if wanted:
                shown, expected = text[at : at + _SHOWN].partition("\n")[0], f"后面有“{wanted}”"
            else:
                wanted = next(opening for opening, closing in _PAIRS.items() if closing == sign)
                shown = text[max(0, at - _SHOWN + 1) : at + 1].rpartition("\n")[2]
                expected = f"前面有“{wanted}”"
            place, action = f"{passage.place} · {shown}", f"补上“{wanted}”，或删去“{sign}”"
            yield Finding(SINGLE, place, source, f"“{shown}”", expected, action)


def _has_items(line: str) -> bool:
    """Whether the signs of items in a line close no bracket of it."""
    return line.count("（") != line.count("）") or _LISTED.search(line) is not None


def _without_items(text: str) -> str:
    """A text with blanks for the signs of its items."""
    return _ITEM.sub(lambda item: " " * len(item[0]), text)


def _single(text: str) -> list[int]:
    """Where brackets stand that have no other half; one of another kind inside does not close them."""
    waiting: dict[str, list[int]] = {closing: [] for closing in _PAIRS.values()}
    single = []
    for found in _HALVES.finditer(text):
        at, sign = found.start(), found[0]
        if sign in _PAIRS:
            waiting[_PAIRS[sign]].append(at)
        elif waiting[sign]:
            waiting[sign].pop()
        elif not (sign == "）" and _ORDINAL.match(text[at - 1 : at])):
            single.append(at)
    return sorted([*single, *(at for some in waiting.values() for at in some)])


def half_width(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A chapter has no mark in half width between Chinese characters, where it has few, and no <格式> or 函[2021]30号.

    Cells may have :, ? and !.
    """
    for passage in filter(lambda one: one.own, narrative.passages):
        text, places = as_read(passage.markdown)
        found = _HALF.finditer(_without_items(text))
        marks = [one for one in found if not (one["spoken"] and _is_in_table(passage.markdown, places[one.start()]))]
        if _FEW * len(marks) > len(_FULL.findall(text)):
            marks = [one for one in marks if one[0][0] in "<["]  # which nobody types who means another width
        if marks:
            at = marks[0].start()
            begin = max(0, at - _SHOWN, text.rfind("\n", 0, at) + 1)
            shown = f"“{text[begin : at + _SHOWN].partition(chr(10))[0]}”{f'等{len(marks)}处' if len(marks) > 1 else ''}"
            source, action = line_of(report, passage, places[at]), "改成全角的标点"
            yield Finding(HALF_WIDTH, passage.place, source, shown, "，；。：？！〈〉〔〕", action)


def unended(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A paragraph ends its sentence, unless a table, picture or list below goes on with it, or the next of 一是…，二是…."""
    for passage in filter(lambda one: one.own, narrative.passages):
        before: Counter[str] = Counter()
        for number, (_, html) in enumerate(passage.pieces, 1):
            lines = [line for line in html.split("\n") if line]
            for at, line in enumerate(lines):
                if not (found := _COMMA_LAST.fullmatch(line)):
                    continue
                text = bare(_TAG.sub("", found["text"])).strip()
                words = text[-_SHOWN:]
                if not _goes_on(lines[at:], number < len(passage.pieces)):
                    shown = f"“{'…' * (len(text) > 2 * _SHOWN)}{text[-2 * _SHOWN :]}”"
                    source, action = _end_of(report, passage, words, before[words]), "补上后面的话；已经说完的，改成句号"
                    yield Finding(UNENDED, f"{passage.place} · {words}", source, shown, "一段以句号结尾", action)
                before[words] += 1


def _goes_on(lines: Sequence[str], is_above_table: bool) -> bool:
    """Whether what stands below goes on from the first of some lines of a page, which ends in a comma."""
    below = next((at for at, line in enumerate(lines[1:], 1) if not line.startswith("</")), len(lines))
    if _LIST_ENDS & {*lines[1:below]}:
        return False
    if below == len(lines):
        return is_above_table
    if lines[below].startswith(_LISTS) or OPENING.match(_TAG.sub("", lines[below])):
        said = _TAG.sub("", re.split("[。；]", lines[0])[-1]).rstrip("，、,")
        return bool(_ANNOUNCES.search(said) or _COUNTED.match("".join(lines[below : below + 2])))
    return lines[below].startswith(("<li", *_SHOWN_BELOW)) or bool(_COUNTED.match(lines[below]))


def _end_of(report: Report, passage: Passage, words: str, before: int) -> Source:
    """The line that ends in some words, behind some lines ``before`` that do."""
    text, places = as_read(passage.markdown)
    ends = [one.end() for one in re.finditer(rf"{re.escape(words)}(?=(?:{_BEHIND}|[^\w\n])*$)", text, re.M)]
    return (
        line_of(report, passage, places[ends[min(before, len(ends) - 1)] - 1])
        if ends
        else Source(FILE, passage.line or None)
    )


def widths(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A chapter has its digits in half width, and no such blank between Chinese characters; cells may be spaced out."""
    for passage in filter(lambda one: one.own, narrative.passages):
        text, places = as_read(passage.markdown)
        found = [one for one in _WIDTH.finditer(text) if one["digits"] or _is_gap(passage.markdown, places[one.start()])]
        if found:
            at, more = found[0].start(), f"等{len(found)}处" if len(found) > 1 else ""
            begin = max(0, at - _SHOWN, text.rfind("\n", 0, at) + 1)
            shown = f"“{text[begin : at + _SHOWN].replace(chr(10), '', 1).partition(chr(10))[0]}”{more}"
            source = line_of(report, passage, places[at])
            action = "数字改成半角的，空格删去；不影响发布"
            yield Finding(WIDTHS, passage.place, source, shown, "半角的数字，汉字之间没有空格", action)


def _is_gap(text: str, at: int) -> bool:
    """Whether a blank is none in a cell, and no line begins with it."""
    return text[at] in " *" and not _is_in_table(text, at)


def _is_in_table(text: str, at: int) -> bool:
    """Whether the line of a place has bars, as the rows of a table do."""
    return "|" in text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
