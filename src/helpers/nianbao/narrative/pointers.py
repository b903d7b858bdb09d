"""What a text points to by its number: 见图3, （表5、图2）, 图1至3分别是…, 详见附件（3）.

A word that points stands before (见, 如, an opening bracket) or behind (所示, 列出, 分别是). It points to one number, a list
or a span, of which each part may repeat its mark or leave it out. 图3幅, 施工图3月 and 《通知》附件3 point nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.narrative.attached import number_of
from nianbao.numbered import DIGIT, HAN, NO_COUNT, NUMBER, SHOWS

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

_MARK = "附?[图表]|附[件录]"
_ITEM = re.compile(rf"(?P<mark>{_MARK})?\s*(?:(?P<bare>{NUMBER})|[（(]\s*(?P<inside>{NUMBER})\s*[）)])")
# 图1-2 and 图1.2; what is left of 图1-3月, 图2.5万.
_INDEX = re.compile(rf"[-－–—.．](?P<number>{DIGIT}{{1,2}}){NO_COUNT}")
_LEFT = re.compile(rf"[-－–—.．]{DIGIT}")
_DOT = (".", "．")
# Between two numbers; the name of the first in brackets may stand before: 图1（甲）、图2（乙）.
_ASIDE = r"(?:[（(][^（）()\n]{1,20}[）)])?"
_JOINT = re.compile(rf"{_ASIDE}\s*(?:(?P<range>至|到|[—–~～－-]{{1,2}})|、|和|与|或|以?及|[，,；;](?=\s*(?:{_MARK})))\s*")
_IN_LINK = r"(?![^\]\n]{0,40}\]\()"
_SHOWS = rf"[*”\"]*{SHOWS}"
_CLOSED = re.compile(rf"[*”\"]*\s*(?:[，。；：、）)和与及至到—–~～－-]|$)|{_SHOWS}", re.M)
_SHOWN = re.compile(_SHOWS)
_WHERE = r"[：:]?\s*(?:本报告|本文|正文|文[后末中])?[的中]?(?:以?[上下][列述文]?|[前右左]|后(?!附[图表]))?[*“\"]*"
_NUMBERED = rf"(?:{_MARK})\s*[（(]?[0-9０-９一二三四五六七八九十]"
_OF_ATTACHMENT = f"{_WHERE}附[件录]"
_LEADS = re.compile(
    rf"(?:(?<![意常可看少罕])见|参阅|[（(]|[上前]述|(?:如|由|从|据|看)(?!{_OF_ATTACHMENT})"
    rf"|(?:参照|查阅)(?={_WHERE}附[件表录])){_WHERE}(?={_NUMBERED}){_IN_LINK}"
)
_SUBJECT = re.compile(rf"(?:(?<![\u4e00-\u9fff》”])|(?<=如))(?={_NUMBERED}){_IN_LINK}")
_ALONE = re.compile(r"(?:[详参请另]见|参阅|[（(]见)\s*(附[件表])(?![\s0-9０-９一二三四五六七八九十（(\-]|[^\]\n]{0,40}\]\()")
_MOST_AT_ONCE = 20
_QUOTED = 200  # characters of a quotation; all of a long line each time would take too long


# A line that begins with a number as a name does, and the next name in it: 图1 甲　图2 乙, |图1|图2|.
_NAME = re.compile(
    rf"(?:[^\S\n]|[#*|（(续）)]|!\[[^\]\n]*\]\([^)\n]*\))*+(?P<mark>{_MARK})\s*[（(]?"
    rf"(?P<number>{DIGIT}{{1,3}}|{HAN})(?:[-－–—.．](?P<index>{DIGIT}{{1,2}})(?!{DIGIT}|[年月日]))?"
)
_NEXT = re.compile(rf"[^\S\n]+(?=(?:{_MARK})\s*{DIGIT})|\|")

Numbered = tuple[str, int, int]
"""图, 表, 附件 … with its part (图1-2), or 0, and its number."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a text points to ``at`` a character. 附件 and 附表 alone have no number (0).

    ``is_subject`` is one that a sentence begins with: 图3显示.
    """

    at: int
    kind: str
    part: int
    number: int
    is_subject: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{f'{self.part}-' if self.part else ''}{self.number or ''}"


def astray(text: str, there: Collection[Numbered]) -> Iterator[Pointer]:
    """What a text points to by a number that is not there.

    图1 is there where its parts are, and 图1-2 where there is a 图1 without parts.
    """
    parts = {(kind, part) for kind, part, _ in there if part}
    for one in pointers(text, {kind for kind, _ in parts}):
        has_parts = (one.kind, one.part or one.number) in parts
        is_near = not has_parts and (one.kind, 0, one.part) in there if one.part else has_parts
        is_astray = bool(one.number) and not is_near and (one.kind, one.part, one.number) not in there
        if is_astray and not _is_quoted(text, one.at):
            yield one


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place lies within what someone else has said or written: 来信写“见附件1”."""
    before = text[max(0, at - _QUOTED) : at].rpartition("\n")[2]
    return before.rfind("“") > before.rfind("”")


def named(text: str) -> Iterator[Numbered]:
    """What the lines of a text begin with as names do, and not as sentences do."""
    begun = {one.at for one in pointers(text) if one.is_subject}
    start = 0
    for line in text.splitlines(keepends=True):
        at: int | None = 0
        while at is not None and (found := _NAME.match(line, at)):
            number, index = number_of(found["number"]) or 0, int(found["index"] or 0)
            if start + found.start("mark") not in begun:
                yield (found["mark"], number, index) if index else (found["mark"], 0, number)
            further = _NEXT.search(line, found.end())
            at = further.start() if further else None
        start += len(line)


def pointers(text: str, parted: Container[str] = ()) -> Iterator[Pointer]:
    """What a text points to. 图1-3 is a span, but where pictures are numbered in parts: ``parted`` has their kind."""
    places = {found.end(): (found.start(), False) for found in _LEADS.finditer(text)}
    places |= {found.start(): (found.start(), True) for found in _SUBJECT.finditer(text) if found.start() not in places}
    over = seen = 0
    for at, (start, is_subject) in sorted(places.items()):
        if at < over or (is_subject and at < seen):
            continue
        items, seen = _listed(text, at, parted)
        if not is_subject or _SHOWN.match(text, seen):
            over = seen
            yield from (Pointer(start, *item, is_subject) for item in items)
    yield from (Pointer(found.start(), found[1], 0, 0) for found in _ALONE.finditer(text))


def _listed(text: str, at: int, parted: Container[str]) -> tuple[list[Numbered], int]:
    """The kind, part and number of each in the list or span that begins at a place, and where that ends."""
    items: list[Numbered] = []
    groups, end = [0], at  # where in `items` those of each number written begin
    kind, is_span, is_inside = "", False, False
    while found := _ITEM.match(text, at):
        if not found["mark"] and (not items or bool(found["inside"]) != is_inside):
            break
        kind, part, stop = found["mark"] or kind, 0, found.end()
        number = number_of(found["bare"] or found["inside"]) or 0
        index = _INDEX.match(text, stop)
        if index and (index[0][0] in _DOT or kind in parted or int(index["number"]) <= number):
            part, number, stop = number, int(index["number"]), index.end()
        if not (number and (found["mark"] or is_span or _CLOSED.match(text, stop))):
            break
        last = items[-1] if items else ("", 0, 0)
        goes_on = is_span and last[:2] == (kind, part) and last[2] < number <= last[2] + _MOST_AT_ONCE
        groups.append(len(items))
        items += [(kind, part, one) for one in (range(last[2] + 1, number + 1) if goes_on else [number])]
        end, is_inside = stop, bool(found["inside"])
        joint = _JOINT.match(text, end)
        if not joint:
            break
        at, is_span = joint.end(), bool(joint["range"])
    if _LEFT.match(text, end):
        del items[groups[-1] :]
    return items, end
