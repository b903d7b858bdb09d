"""What a text points to by its number: 见图3, （表5、图2）, 图1至3分别是…, 详见附件（3）.

A word that points stands before (见, 如, an opening bracket) or behind (所示, 列出, 分别是). It points to one number, a list
or a span, of which each part may repeat its mark or leave it out. Words that often do something else (参照表3填报, 列入表3)
point where the number ends what is said. 图3幅, 施工图3月 and 《通知》附件3 point nowhere, nor does what others have said or
written: 来信称“见附件1”, 《通知》（附件3）, 上年报告（图5）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.numbered import DIGIT, HAN, IN_NAME, NO_COUNT, NUMBER, PART, PARTED, SHOWS, number_of
from nianbao.reading import narrow

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

_MARK = "附?[图表]|附[件录]"
_ITEM = re.compile(rf"(?P<mark>{_MARK})?\s*(?:(?P<bare>{NUMBER})|[（(]\s*(?P<inside>{NUMBER})\s*[）)])")
# 图1-2 and 图1.2; what is left of 图1-3月, 图2.5万.
_INDEX = re.compile(rf"{PARTED}(?P<number>{DIGIT}{{1,2}}){NO_COUNT}")
_LEFT = re.compile(rf"{PARTED}{DIGIT}")
_DOT = (".", "．", "·")
# Between two numbers; the name of the first in brackets may stand before: 图1（甲）、图2（乙）.
_ASIDE = r"(?:[（(][^（）()\n]{1,20}[）)])?"
_JOINT = re.compile(rf"{_ASIDE}\s*(?:(?P<range>至|到|[—–~～－-]{{1,2}})|、|和|与|或|以?及|[，,；;](?=\s*(?:{_MARK})))\s*")
_IN_LINK = r"(?![^\]\n]{0,40}\]\()"
_ENDS = r"[*”\"》」』】〕]*"
_CLOSED = re.compile(rf"{_ENDS}\s*(?:[，。；：、）)和与及至到—–~～－-]|$)|{_ENDS}{SHOWS}", re.M)
_SHOWN, _PARTLY = re.compile(f"{_ENDS}{SHOWS}"), re.compile(f"{_ENDS}{PART}")
_TOGETHER = re.compile(rf"{_ENDS}(?:相?对?比较?|相[比同]|合计|共计|一致)")
_SETTLED = re.compile(rf"{_ENDS}\s*(?:[，。；：、！？）)]|$|来看|[所可]|分析|{PART})", re.M)
_WHERE = (
    r"[：:]?\s*(?:(?:本?报告|本文|正文|文)(?:[后末中]|后面)?)?(?:所附)?[的中]?"
    r"(?:以?[上下][列述文]?|[前右左]|附?后(?!附[图表])的?)?[*“\"《「『【〔]*"
)
_NUMBERED = rf"(?:{_MARK})\s*[（(]?[0-9０-９一二三四五六七八九十]"
_HAS_NUMBERED = re.compile(_NUMBERED)
_ATTACHED = "附[件表录]"
# The verbs that send a reader or put something somewhere do other things too: 参照表3填报, 写入表3.
_LEADS = re.compile(
    rf"(?:(?<![意常看少罕])见|参阅|[（(「]|[上前]述|[如由从据看](?!{_WHERE}{_ATTACHED})"
    rf"|(?P<weak>参[考照看]|查阅|请(?:下载|查看|阅读)|(?:[另随]|后)附|作为|(?<![填写录输])[于在入]"
    rf"|(?:[对按依比]照|结合|对比|查看)(?!{_WHERE}{_ATTACHED}))){_WHERE}(?={_NUMBERED}){_IN_LINK}"
)
_SUBJECT = re.compile(
    rf"(?:(?<![\u4e00-\u9fff》”])|(?<=[如但而且故上下左右前后])|(?<=其中|同时|此外|另外|因此|例如|比如))(?={_NUMBERED}){_IN_LINK}"
)
_AT_END = r"(?=[*”\"》」』】）)]*\s*(?:[，。；：、）)]|$|的|中[的所列]|[中内里](?=$|\W)|所[示列载附述]))"
_ALONE = re.compile(
    r"(?:(?<![意常看少罕可])见|[列附载][于在入]|[如按由从据](?=附[件录图]所))[*“\"《「『【]*"
    rf"(?:本?(?:报告|年报|正文|文))?[后末]?所?附?的?[*“\"《「『【]*(附[件录图])(?![\s（(]*{DIGIT}){_AT_END}{_IN_LINK}"
    rf"|(?:[详参请另]见|参阅|[（(]见)\s*(?:(?:报告|正文|文)?[后末]的?)?(附[件表录图])(?!格|下载|[\s0-9０-９A-ZＡ-Ｚ一二三四五六七八九十（(\-]){_IN_LINK}"
    rf"|(?:见|参阅|如|[（(])\s*(附[件录表]\s?[A-ZＡ-Ｚ])(?![A-Za-zＡ-Ｚ]){_IN_LINK}"
    r"|(?<![0-9０-９一二三四五六七八九十件录表图])(附后)(?=\s*(?:[，。；：、！）)]|$))",
    re.M,
)
# 如下图所示, 见下图, 由上图可知; 见第7图. No number tells which picture.
_PICTURED = re.compile(
    r"(?:(?<![意常看少罕可])[如见]|参见|[由从据]|按照?|依照?)(?:以?[上下左右前后]列?|第\s*(?P<number>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*[张幅个]?)?"
    rf"图片?(?:所[示列]|可[见知以]|看出|中(?=[，的可])|(?=[*”\"》」』】）)]*\s*(?:[，。；：、）)]|$))){_IN_LINK}"
    rf"|(?:^|(?<=[，。；：、（(\s]))(?:以?下|[左右])图(?:所示|显示|是|为(?!书)|反映|表明|展示|中(?=[，的可])){_IN_LINK}",
    re.M,
)
_LETTERED = re.compile(r"\W*(附[件录表])\s?([A-ZＡ-Ｚ])(?![A-Za-zＡ-Ｚ])")
# What someone else has written, before a bracket; whom a letter is from, before what it says.
_BRACKET = r"(?:等|中|里|内)?[（(]\s*(?:详情|具体)?请?可?[详参]?$"
_OTHERS = re.compile(
    r"(?:《[^《》]{1,40}》[^，。；：（）]{0,4}|〔[0-9]{4}〕\s*第?\s*[0-9]{1,4}\s*号[^，。；：（）]{0,4}"
    r"|(?:[上去往前]一?|历)年度?[^，。；（）]{0,12}(?:报告|年报|年鉴)|(?:印发|下发|转发|寄来|发来|提交|递交|出具|送达)的[^，。；（）]{1,12}"
    rf"|来[信函件]|邮件|[答告判裁决][复知决定]书|申请书|通[报知]|公报|图[集册]|[画手]册|模板|教材|年鉴|文本|批复|[将把]){_BRACKET}"
    r"|(?:申请人|来[信函]人?|信访人|投诉人|[答告决][复知定]书|复函|邮件)[^，。；]{0,3}(?:称|写[道明]?|[载注标]明)[^，。；]{0,4}$"
)
_MOST_AT_ONCE = 20
_OF_ATTACHMENTS = {"附件", "附表", "附录"}
_NEAR = 60  # characters before a place that name whose it is
_QUOTED = 200  # characters of a quotation; all of a long line each time would take too long


# A line that begins with a number as a name does, and the next name in it: 图1 甲　图2 乙, |图1|图2|. （附件3） only points.
_NAME = re.compile(
    r"(?:[^\S\n]|[#*|（(续）)▲△▼▽↑↓◆◇■□●○★☆]|!\[[^\]\n]*\]\([^)\n]*\)|<br>)*+"
    rf"(?P<mark>(?<![（(])附[件录]|附?[图表])\s*[（(]?(?P<number>{DIGIT}{{1,3}}|{HAN})(?:{PARTED}(?P<index>{DIGIT}{{1,2}})(?!{DIGIT}|[年月日]))?+[）)]?+\*{{0,2}}+{IN_NAME}"
)
_NEXT = re.compile(rf"(?<=[^\S\n])(?=(?:{_MARK})\s*{DIGIT})|\|")

Numbered = tuple[str, int, int]
"""图, 表, 附件 … with its part (图1-2), or 0, and its number."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a text points to ``at`` a character. 附件, 附图, 附录B and 附后 have no number (0)."""

    at: int
    kind: str
    part: int
    number: int

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
        if one.number and not is_near and (one.kind, one.part, one.number) not in there:
            yield one


def named(text: str) -> Iterator[Numbered]:
    """What the lines of a text begin with as names do, and not as sentences do."""
    for line in text.splitlines():
        at: int | None = 0
        while at is not None and (found := _NAME.match(line, at)):
            number, index = number_of(found["number"]) or 0, int(found["index"] or 0)
            yield (found["mark"], number, index) if index else (found["mark"], 0, number)
            further = _NEXT.search(line, found.end())
            at = further.start() if further else None


def lettered(text: str) -> Iterator[str]:
    """What the lines of a text begin with as headings of attachments with a letter do: 附录B."""
    for line in text.splitlines():
        if found := _LETTERED.match(line):
            yield narrow(found[1] + found[2])


def pointers(text: str, parted: Iterable[str] = ()) -> tuple[Pointer, ...]:
    """What a text points to. 图1-3 is a span, but where pictures are numbered in parts: ``parted`` has their kind."""
    return _pointers(text, frozenset(parted))


@lru_cache(maxsize=32)  # several rules ask for those of one chapter after the other
def _pointers(text: str, parted: frozenset[str]) -> tuple[Pointer, ...]:
    return tuple(_pointing(text, parted))


def _pointing(text: str, parted: Container[str]) -> Iterator[Pointer]:
    places: dict[int, tuple[int, str]] = {}
    if _HAS_NUMBERED.search(text):  # both patterns look for one at every character
        places = {found.end(): (found.start(), "weak" if found["weak"] else "lead") for found in _LEADS.finditer(text)}
        subjects = (found.start() for found in _SUBJECT.finditer(text))
        places |= {start: (start, "subject") for start in subjects if start not in places}
    over = seen = 0
    for at, (start, kind) in sorted(places.items()):
        if at < over or (kind == "subject" and at < seen):
            continue
        items, seen = _listed(text, at, parted)
        if kind == "lead" or (_SETTLED.match(text, seen) if kind == "weak" else _is_shown(text, seen, items)):
            over = seen
            if items and not _is_others(text, start):
                yield from (Pointer(start, *item) for item in items)
    for found in _ALONE.finditer(text) if "附" in text else ():
        if not _is_others(text, found.start()):
            yield Pointer(found.start(), narrow("".join(filter(None, found.groups())).replace(" ", "")), 0, 0)


def pictured(text: str) -> Iterator[tuple[int, str, int]]:
    """Where a text points to a picture by its place, as what, and the how manieth: 如下图所示 (0), 见第7图 (7)."""
    for found in _PICTURED.finditer(text) if "图" in text else ():
        if not _is_others(text, found.start()):
            yield found.start(), found[0], number_of(narrow(found["number"] or "")) or 0


def _is_shown(text: str, at: int, items: list[Numbered]) -> bool:
    """Whether something is said of the numbers that end at a place; of attachments, parts are no sign of that."""
    if _SHOWN.match(text, at):
        return True
    is_shown = bool(items) and items[0][0] not in _OF_ATTACHMENTS and _PARTLY.match(text, at)
    return bool(is_shown or (len(items) > 1 and _TOGETHER.match(text, at)))


def _is_others(text: str, at: int) -> bool:
    """Whether what points from a place lies within what another has said or written or its name, or stands behind it."""
    before = text[max(0, at - _QUOTED) : at].rpartition("\n")[2]
    is_quoted = before.rfind("“") > before.rfind("”") or before.rfind("《") > before.rfind("》")
    return is_quoted or _OTHERS.search(text[max(0, at - _NEAR, at - len(before)) : at + (text[at] in "（(")]) is not None


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
