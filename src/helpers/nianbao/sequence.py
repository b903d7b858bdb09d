"""The numbers of pictures and tables, as their names have them, and whether they are in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.asides import without_asides
from nianbao.names import bare
from nianbao.numbered import DIGIT, HAN, PARTED, number_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_INDEX = rf"(?:{PARTED}({DIGIT}{{1,2}})(?!{DIGIT}|[年月日]))?"  # 图1-2
_CAPTION = re.compile(r"<(?:fig)?caption\b[^>]*>(.*?)</(?:fig)?caption>", re.S)
# 图1 甲　图2 乙 are two names.
_NUMBERED = re.compile(
    rf"(?:^[^\w（(]*|(?<=\s))[（(]?(?:续[）)]?[（(]?)?(附?[图表]) ?[（(]?({DIGIT}{{1,3}}|{HAN})(?!{DIGIT}){_INDEX}"
)
# What goes on: 续表5, 表5（续）, 表5 甲（续表）, 表5 甲（接上页）.
_CONTINUED = re.compile(
    r"^\W*续|[）)0-9０-９一二三四五六七八九十]\s?[（(]?续(?=[）)\s:：]|$)|[（(](?:续[表图]?|[接续][上前][页表图]?)[）)]\s*$"
)


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """The name of a picture or table with its number, in a ``part`` of its own or none (0).

    What ``goes_on`` has the number of the one before it. ``between`` are the statutory tables between the last one and it,
    and ``where`` says where it stands: 第12行.
    """

    text: str
    kind: str
    part: int
    number: int
    goes_on: bool
    between: int = 0
    where: str = ""

    def __str__(self) -> str:
        return f"{self.kind}{self.part}-{self.number}" if self.part else f"{self.kind}{self.number}"


def in_html(html: str) -> Iterator[Name]:
    """The numbered names of the pictures and tables of clean HTML, in their order."""
    for caption in _CAPTION.findall(html):
        text = without_asides(bare(caption))
        places = list(_NUMBERED.finditer(text))
        for found, end in zip(places, [*(one.start() for one in places[1:]), len(text)], strict=False):
            name, number = text[found.start() : end].strip(), number_of(found[2]) or 0
            part, number = (number, int(found[3])) if found[3] else (0, number)
            if number:
                yield Name(name, found[1], part, number, _CONTINUED.search(name) is not None)


def misplaced(names: Sequence[Name], reached: int, first: Container[int]) -> Name | None:
    """The first name of one kind that is out of order: behind the number ``reached``, or one of the ``first``."""
    plain, parted = ([one for one in names if bool(one.part) is is_parted] for is_parted in (False, True))
    return _out_of_order(plain, reached, first) or _out_of_parts(parted)


def said(wrong: Name, names: Sequence[Name], reached: int) -> str:
    """The names of one kind with their places, and what is wrong with the first that is out of order."""
    shown = "、".join(f"{'续' * one.goes_on}{one}（{one.where}）" for one in names)
    return f"{shown}：{_slip(wrong, names, reached)}"


def _out_of_order(names: Sequence[Name], reached: int, first: Container[int]) -> Name | None:
    """The first that has not the number behind that of the one before; text and attachments may each begin anew."""
    last = reached
    for at, one in enumerate(names):
        steps = {-1} if one.goes_on and last else {0, one.between}
        is_first = at == 0 and (one.goes_on or one.number in first)
        if not is_first and one.number - last - 1 not in steps:
            return one
        last = one.number
    return None


def _out_of_parts(names: Sequence[Name]) -> Name | None:
    """The first that has not the number behind that of the one before it in its part, or 1 in a later part."""
    last = 0, 0
    for one in names:
        if one.goes_on and (one.part, one.number) == last:
            continue
        if one.number != (last[1] + 1 if one.part == last[0] else 1) or one.part < last[0]:
            return one
        last = one.part, one.number
    return None


def _slip(wrong: Name, names: Sequence[Name], reached: int) -> str:
    """What is wrong with the first that is out of order: twice, behind a later one, or behind a gap."""
    at = names.index(wrong)
    before = [one for one in names[:at] if one.part == wrong.part]
    last = before[-1].number if before else 0 if wrong.part else reached
    if wrong.goes_on:
        return f"续{wrong}前面没有{wrong}"
    if any(str(one) == str(wrong) for one in names[:at]):
        return f"{wrong}重号"
    left = [replace(wrong, number=number) for number in range(last + 1, wrong.number)]
    later = {str(one) for one in names[at:]}
    if not left or any(str(one) in later for one in left) or any(one.part > wrong.part for one in names[:at]):
        return "次序颠倒"
    if not before and wrong.kind == "表":
        return f"没有从头编起，{wrong}是第一张"
    return f"缺{left[0]}至{left[-1]}" if left[2:] else f"缺{'、'.join(map(str, left))}"
