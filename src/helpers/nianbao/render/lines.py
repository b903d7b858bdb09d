"""Where the lines of a paragraph end on paper: in the PDF, and where a browser prints it.

Both would fill line by line, or make all lines look alike: one in six would not hold 28 characters. The lines of a paragraph
are chosen together here, once for both. What they can be is what a browser can set, which has marks whole or half.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from nianbao.render.letters import CLOSING, SLIVER, Words, kinds
from nianbao.render.pagination import CHARACTERS, INDENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What a line has room for beside its 28 characters: the type area is 156 mm wide, and a character 15.75 pt.
_SPARE = 156 / 25.4 * 72 / 15.75 - CHARACTERS

_UNEVEN = 30  # what a line costs that holds another number of characters
_SQUEEZED, _MORE = 20, 5  # one with a mark inside that is squeezed, and each mark more
_SHORT = 200  # and a last line of two characters: more than two lines that are loose
_WIDE = 45  # one that is loose, at least
_LOOSE, TORN = 0.04, 0.15  # how far apart characters are in a line that is loose, or torn open
# How many characters a line may lack; more beside an address where a line would be torn open otherwise, which costs so much
# at least; and one beside a word that is long.
_LACKS, _OPEN = (1.6, 3.1, CHARACTERS), 150

# By how much letters may stand further apart than each by itself, as those of xxx do, where a line holds many.
_KERNED, _MANY = 0.006, 16

# What begins an item of a list, with its list and the number of its first item; and the characters before its first one.
_ITEM = re.compile(r'<(?:(?P<list>[ou]l)\b(?:[^>]*? start="(?P<start>\d+)")?|(?P<end>/[ou]l)>|li\b[^>]*>\s*)')
_LEAD, _AFTER_NUMBER = 3.2, 0.26
_CIRCLES = 20  # numbers that have a circle of their own


class Line(NamedTuple):
    """Where a line begins and ends, and its room in characters."""

    begin: int
    end: int
    room: float


class Plan(NamedTuple):
    """The words of a paragraph, how many lines they take, and where each of these ends; none of what has a long word."""

    words: Words
    number: int
    lines: list[Line]

    @property
    def is_sure(self) -> bool:
        """Whether there are words, anybody knows how wide all of them are, and all of them stand in lines."""
        set_in_lines = sum(line.end - line.begin for line in self.lines)
        return self.words.is_light and self.words.is_known and 0 < set_in_lines == len(self.words.chars)


@lru_cache(maxsize=512)
def planned(html: str, indent: float, room: float, official: Path | None) -> Plan:
    """A paragraph's words, which are clean HTML, in lines of so many characters, the first one set in.

    They are as wide as in the fonts of the folder ``official``, or in the kit's own.
    """
    return _chosen(Words(html, official), indent, room)


@lru_cache(maxsize=512)
def lines_of(html: str, indent: float = INDENT, room: float = CHARACTERS) -> int:
    """How many lines words take that are not told where their lines end, such as a heading's."""
    words = Words(html)
    words.squeezes = [0] * len(words.squeezes)
    return _chosen(words, indent, room).number


def leads(body: str) -> dict[int, float]:
    """How many characters stand before the first one of each item, by where its tag begins and where its words do."""
    found, lists = dict[int, float](), list[int | None]()
    for one in _ITEM.finditer(body):
        if one["list"]:
            lists.append(int(one["start"] or 1) if one["list"] == "ol" else None)
        elif one["end"]:
            del lists[-1:]
        else:
            number, lead = lists[-1] if lists else None, _LEAD
            if number is not None:
                mark, after = numeral(number, sum(one is not None for one in lists))
                lead = max(lead, INDENT + after + sum(kinds(None, "body")[char][0] for char in mark))
                lists[-1] = number + 1
            found[one.start()] = found[one.end()] = lead
    return found


def numeral(number: int, level: int) -> tuple[str, float]:
    """The mark of an item of a numbered list, by how many such lists it stands in, and what follows it before its words."""
    if level == 1:
        return f"{number}.", _AFTER_NUMBER
    if level == 2:
        return f"（{number}）", 0.0
    return (chr(ord("①") + number - 1) if 1 <= number <= _CIRCLES else str(number)), _AFTER_NUMBER


def _chosen(words: Words, indent: float, room: float) -> Plan:
    count, start, lines = 0, 0, list[Line]()
    for stop in words.breaks:
        ends = _ends(words, start, stop, indent if not start else 0.0, room + _SPARE)
        count += len(ends) or max(1, ceil((words.sums[stop] - words.sums[start]) / room))
        lines += ends
        start = stop
    return Plan(words, count, lines)


def _ends(words: Words, start: int, stop: int, indent: float, room: float) -> list[Line]:
    """The lines of some words, with the room that each has: where each begins and ends. None where a word is too long."""
    for lack in _LACKS:
        best, came = {start: 0.0}, dict[int, int]()
        for begin in range(start, stop):
            if begin in best:
                width = room - indent if begin == start else room
                indented = round(indent) if begin == start else 0
                for end, price in _lines(words, begin, stop, width, indented, lack):
                    if end not in best or best[begin] + price < best[end]:
                        best[end], came[end] = best[begin] + price, begin
        if stop in best and (best[stop] < _OPEN or lack > _LACKS[0] or not words.chances):
            lines, end = list[Line](), stop
            while end > start:
                begin = came[end]
                lines.append(Line(begin, end, room - indent if begin == start else room))
                end = begin
            return lines[::-1]
    return []


def _lines(words: Words, begin: int, stop: int, room: float, indent: int, lack: float) -> Iterator[tuple[int, float]]:
    """Where a line may end that begins at some place, and what it costs to end there."""
    sums, squeezes = words.sums, words.squeezes
    for end in range(min(stop, max(begin + 1, bisect_right(sums, sums[begin] + room - lack))), stop + 1):
        if sums[end] - sums[begin] - (squeezes[end] - squeezes[begin]) / 2 > room + 1:
            return
        if end < stop and not words.may_end(end):
            continue
        last = words.last(begin, end)
        free, count = words.halves(begin, last, room)
        fulls = words.fulls[last] - words.fulls[begin]
        letters = last - begin - fulls
        if free < (_KERNED * letters if letters > _MANY else -SLIVER):
            continue
        inside = count - (words.chars[last - 1] in CLOSING)
        price = _SQUEEZED + _MORE * (inside - 1) if inside > 0 else 0
        if end == stop:
            yield end, price + (_SHORT if last - begin <= 2 and not indent else 0)
            continue
        if fulls == last - begin and fulls + indent != CHARACTERS:
            price += _UNEVEN
        gap = words.gap(begin, last, free, count)
        torn = _OPEN + 40 * free**2 if gap > TORN else 2000 * gap**2 + (_WIDE + 300 * gap if gap > _LOOSE else 0)
        yield end, price + torn + words.prices.get(end, 0)
