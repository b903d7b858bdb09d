"""The numbers that paragraphs begin with, such as 2． and （二）: where a merged text has them as neither of both has."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.numbered import number_of
from nianbao.shown.seen import squeezed
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.returned.matching import Item

_HAN = "[一二三四五六七八九十]"
_DIGITS = "[0-9０-９]{1,2}"
_ORDINAL = re.compile(
    rf"(?P<before>[（(]?)(?P<number>{_DIGITS}|{_HAN}{{1,3}})(?P<behind>[）)])|(?P<first>第?)(?P<counted>{_HAN}{{1,3}})(?P<sign>[、，：]|是)"
    rf"|(?P<digits>{_DIGITS})(?P<stop>[.．、])(?![0-9０-９])"
)
_CIRCLED = range(0x2460, 0x2474)  # ① to ⑳


class Ordinal(NamedTuple):
    """What a paragraph begins with: its style, as （一）, and its number, with its text."""

    style: str
    number: int
    text: str


def of(text: str) -> Ordinal | None:
    """The number that a paragraph begins with; none where it begins with words."""
    text = squeezed(text)
    if text[:1] and ord(text[0]) in _CIRCLED:
        return Ordinal("①", ord(text[0]) - _CIRCLED.start + 1, text[0])
    found = _ORDINAL.match(text)
    if not found:
        return None
    digits = found["number"] or found["counted"] or found["digits"]
    number = number_of(digits)
    if number is None:  # 五四、三八 and the like
        return None
    style = found[0].replace(digits, "一" if digits[0] in HAN else "1")
    return Ordinal(style, number, found[0])


def twice(one: str, other: str) -> str:
    """What is said of two paragraphs that begin with the same number; '' where they do not."""
    first, second = of(one), of(other)
    return f"，“{second.text}”印了两次" if first and second and first[:2] == second[:2] else ""


def asked(ours: Sequence[Item], file: Sequence[Item], merged: Sequence[Item]) -> Iterator[tuple[str, str, str]]:
    """Each two paragraphs of which the merged text has the numbers one behind the other, and neither folder nor file.

    Yields
    ------
    tuple of (str, str, str)
        What is said of it; the text of both paragraphs.
    """
    known = _steps(ours), _steps(file)
    some = tuple(Counter({step: len(places) for step, places in one.items()}) for one in known)
    for step, places in _steps(merged).items():
        for before, here in places[max(one[step] for one in some) :]:
            number, text = of(here.text), before.text if before else ""
            assert number
            if not before:
                yield f"{here.chapter}：“{number.text}”前没有别的编号，“{here.text}”", text, here.text
            elif step[1] == step[2]:
                yield f"{here.chapter}：“{number.text}”印了两次，“{text}”，“{here.text}”", text, here.text
            else:
                yield f"{here.chapter}：“{text}”后面是“{here.text}”", text, here.text


def _steps(items: Sequence[Item]) -> dict[tuple[str, int, int], list[tuple[Item | None, Item]]]:
    """The numbers that do not count on from one before, in one style and chapter, and begin no new count.

    Each step is a style in a chapter, the number before, 0 for none, and the number; with the paragraphs that have them.
    """
    found: dict[tuple[str, int, int], list[tuple[Item | None, Item]]] = {}
    last: dict[str, tuple[int, Item]] = {}
    for one in items:
        ordinal = None if one.mark else of(one.text)
        if not ordinal:
            continue
        style = ordinal.style if one.is_heading else f"{one.chapter}\n{ordinal.style}"
        before, item = last.get(style, (0, None))
        if ordinal.number not in {1, before + 1}:
            found.setdefault((style, before, ordinal.number), []).append((item, one))
        last[style] = ordinal.number, one
    return found
