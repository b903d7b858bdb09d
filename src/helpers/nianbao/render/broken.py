"""Where the lines of a paragraph end where a browser prints it, and the marks in HTML that have them end there.

A browser fills line by line and squeezes no mark inside one: one line in six would not hold 28 characters. The lines of a
paragraph are chosen together here, as setting.lua does for the PDF; what a line costs is another sum, as a browser sets
marks whole or half. The browser is told in two ways, on paper only: a mark is half as wide, so that one character more has
room; and what begins the next line stays in one piece, where some of it would have room in the line above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from nianbao import fonts
from nianbao.render.pagination import CHARACTERS, INDENT, LATIN

if TYPE_CHECKING:
    from collections.abc import Iterator

# Lines of a paragraph with which a page begins, at least, and that stand with its heading at the end of one.
KEPT, HEADED = 2, 2
# What a line has room for beside its 28 characters: the type area is 156 mm wide, and a character 15.75 pt.
_SPARE = 156 / 25.4 * 72 / 15.75 - CHARACTERS

_TAG = re.compile("(<[^>]*>)")
_CHARACTER = re.compile("&#?\\w+;|.", re.S)
# Markup that changes no more than the looks of the words in it, and no width.
_LIGHT = re.compile("<(?:/?(?:a|b|em|i|span|strong|u)|br|wbr)\\b")
_WHOLE, _HELD, _CHANCE, _BREAK = '<span class="whole">', '<span class="held">', "<wbr>", "<br>"
_HALF, _BEGINS, _END = '<span class="half">', '<span class="begins">', "</span>"

# Marks whose right or left half is empty, which falls away beside another one, as in letters.lua. They are squeezed in this
# order.
_RIGHT, _LEFT = "”’》）〉〕】」』〗］｝、，；：。．？！", "“‘《（『「【〖〔〈［｛"
_CLOSING, _OPENING = frozenset(_RIGHT), frozenset(_LEFT)
_BRACKETS = frozenset("”’》）〉〕】」』〗］｝")  # a browser squeezes these at the end of a line by itself
_MARKS = _CLOSING | _OPENING
_BLANKS, _BOUND = frozenset(" \t\r\n"), frozenset("—…·•～")
_NEVER_FIRST = _CLOSING | _BOUND | _BLANKS | frozenset("%‰℃")
_NEVER_LAST = _OPENING | _BOUND | frozenset(map(chr, range(0x2460, 0x249C)))

_UNEVEN = 40  # what a line costs that holds another number of characters
_SQUEEZED = 20  # one whose marks are squeezed
_PARTED, _HELD_PARTED, _ORDERED = 28, 44, 60  # one that ends within a word, within what is held, or within 第三十六条
_SHORT = 200  # and a last line of two characters: more than two lines that are loose
_LOOSE, _TORN = 0.04, 0.15  # how far apart characters are in a line that is loose, or torn open
# How many characters a line may lack; more beside an address where a line would be torn open otherwise, which costs so much
# at least; and one beside a word that is long.
_LACKS, _OPEN = (1.6, 3.1, CHARACTERS), 150
_SLIVER = 1e-6


class Broken(NamedTuple):
    """A paragraph's words as HTML that tells a browser where its lines end, and how many these are."""

    html: str
    lines: int


class _Words:
    """A paragraph's words: each character and the tags before it, as HTML; where lines may end; how wide all is.

    No line ends within what is ``firm``, one may at ``chances``, and one does at each of the ``breaks``. At some places it
    costs a price. Lines end beside characters that are ``full``, and grow there: ideographs, marks and blanks.
    """

    def __init__(self, html: str) -> None:
        self.chars, self.tags, self.breaks = list[str](), dict[int, list[str]](), list[int]()
        self.firm, self.prices, self.chances = set[int](), dict[int, int](), set[int]()
        opened = list[tuple[str, int]]()
        for part in _TAG.split(html):
            at = len(self.chars)
            if not part.startswith("<"):
                self.chars += _CHARACTER.findall(part) if "&" in part else part
                continue
            self.tags.setdefault(at, []).append(part)
            if part == _BREAK:
                self.breaks.append(at)
            elif part == _CHANCE:
                self.chances.add(at)
                self.prices[at] = _PARTED
            elif part[1] != "/":
                opened.append((part, at))
            elif opened:
                tag, begin = opened.pop()
                if tag == _WHOLE:
                    self.firm.update(range(begin + 1, at))
                elif tag == _HELD:
                    price = _ORDERED if self.chars[begin] == "第" else _HELD_PARTED
                    self.prices.update(dict.fromkeys(range(begin + 1, at), price))
        self.breaks.append(len(self.chars))
        self._measure()

    def _measure(self) -> None:
        """How wide the characters are, marks beside each other being narrower; and sums up to each character."""
        kinds = [_kind(one) for one in self.chars]
        self.wide, self.full = [wide for wide, _ in kinds], [is_full for _, is_full in kinds]
        self.alone = [one in _CLOSING for one in self.chars]  # marks that stand beside no other one
        marks = [at for at, one in enumerate(self.chars) if one in _MARKS]
        for before, after in pairwise(marks):
            if after == before + 1 and self.chars[before] in _CLOSING:
                self.wide[before], self.alone[before] = 0.5, False
            elif after == before + 1 and self.chars[after] in _OPENING:
                self.wide[after] = 0.5
        if not _BLANKS.isdisjoint(self.chars):
            begins = {0, *self.breaks}
            for at, one in enumerate(self.chars):
                if one in _BLANKS and (at in begins or self.chars[at - 1] in _BLANKS):
                    self.wide[at] = 0.0
        self.sums = [0.0, *accumulate(self.wide)]
        self.squeezes, self.fulls = [0, *accumulate(self.alone)], [0, *accumulate(self.full)]

    def may_end(self, at: int) -> bool:
        """Whether a line may end before a character."""
        before, after = self.chars[self.last(0, at) - 1], self.chars[at]
        if at in self.chances:
            return True
        if at in self.firm or after in _NEVER_FIRST or before in _NEVER_LAST:
            return False
        return self.chars[at - 1] in _BLANKS or self.full[at - 1] or self.full[at]

    def last(self, begin: int, end: int) -> int:
        """Where a line ends without the blanks at its end, which take no room."""
        while end > begin + 1 and self.chars[end - 1] in _BLANKS:
            end -= 1
        return end

    def halves(self, begin: int, end: int, room: float) -> tuple[float, int]:
        """How much of a line's room stays free once so many marks are squeezed as have to be, and how many these are.

        Where that would be more than it has, less than nothing is free. The mark at its end is squeezed first.
        """
        is_parted = self.is_parted(end)
        free = room - self.sums[end] + self.sums[begin] - is_parted / 2
        if free >= -_SLIVER:
            return free, 0
        count = ceil(-2 * free - _SLIVER)
        return (free + count / 2, count) if count <= self.squeezes[end] - self.squeezes[begin] + is_parted else (free, 0)

    def is_parted(self, end: int) -> bool:
        """Whether a line ends between two marks: then the first one is as wide as alone."""
        return end < len(self.chars) and self.chars[end] in _OPENING and self.chars[end - 1] in _CLOSING


@lru_cache(maxsize=4096)
def _kind(char: str) -> tuple[float, bool]:
    """How wide a character is that stands beside no mark, and whether it is full."""
    is_full = char >= "\u2e80" or char in _MARKS
    own = LATIN if len(char) > 1 or char.isascii() else 1.0
    return (1.0 if is_full else fonts.widths(None)["body"].get(char, own)), is_full or char in _BLANKS


@lru_cache(maxsize=512)
def lines_of(html: str, indent: float = INDENT, room: float = CHARACTERS) -> int:
    """How many lines a browser breaks words into that are not told where their lines end, such as a heading's."""
    words = _Words(html)
    words.squeezes = [0] * len(words.squeezes)
    return _chosen(words, indent, room)[0]


@lru_cache(maxsize=512)
def planned(html: str, indent: float = INDENT, room: float = CHARACTERS) -> Broken:
    """A paragraph's words, which are clean HTML, in lines of so many characters, the first one set in.

    Of words that hold markup with widths of its own the lines are only counted.
    """
    if len(_LIGHT.findall(html)) != html.count("<"):
        return Broken(html, lines_of(html, indent, room))
    words = _Words(html)
    count, lines = _chosen(words, indent, room)
    return Broken(_told(words, lines), count)


def _chosen(words: _Words, indent: float, room: float) -> tuple[int, list[tuple[int, int, float]]]:
    """How many lines some words take, and where they begin and end, with the room of each; none of what has a long word."""
    count, start, lines = 0, 0, list[tuple[int, int, float]]()
    for stop in words.breaks:
        ends = _ends(words, start, stop, indent if not start else 0.0, room + _SPARE)
        count += len(ends) or max(1, ceil((words.sums[stop] - words.sums[start]) / room))
        lines += ends
        start = stop
    return count, lines


def _ends(words: _Words, start: int, stop: int, indent: float, room: float) -> list[tuple[int, int, float]]:
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
            lines, end = list[tuple[int, int, float]](), stop
            while end > start:
                begin = came[end]
                lines.append((begin, end, room - indent if begin == start else room))
                end = begin
            return lines[::-1]
    return []


def _lines(words: _Words, begin: int, stop: int, room: float, indent: int, lack: float) -> Iterator[tuple[int, float]]:
    """Where a line may end that begins at some place, and what it costs to end there."""
    sums, squeezes = words.sums, words.squeezes
    for end in range(min(stop, max(begin + 1, bisect_right(sums, sums[begin] + room - lack))), stop + 1):
        if sums[end] - sums[begin] - (squeezes[end] - squeezes[begin]) / 2 > room + 1:
            return
        if end < stop and not words.may_end(end):
            continue
        last = words.last(begin, end)
        free, count = words.halves(begin, last, room)
        if free < -_SLIVER:
            continue
        price = _SQUEEZED if count > (words.chars[last - 1] in _CLOSING) else 0
        if end == stop:
            yield end, price + (_SHORT if last - begin <= 2 and not indent else 0)
            continue
        fulls = words.fulls[last] - words.fulls[begin]
        if fulls == last - begin and fulls + indent != CHARACTERS:
            price += _UNEVEN
        gap = free / max(1, fulls - words.full[last - 1])
        torn = _OPEN + 40 * free**2 if gap > _TORN else 2000 * gap**2 + (30 + 300 * gap if gap > _LOOSE else 0)
        yield end, price + torn + words.prices.get(end, 0)


def _told(words: _Words, lines: list[tuple[int, int, float]]) -> str:
    """The words as HTML with the marks that have a browser end its lines so."""
    shown = words.chars.copy()
    for begin, end, room in lines:
        last = words.last(begin, end)
        _, count = words.halves(begin, last, room)
        if words.is_parted(last):
            words.wide[last - 1], words.alone[last - 1] = 1.0, True
        if count:
            marks = [at for at in range(begin, last) if words.alone[at]]
            for at in sorted(marks, key=lambda at: (at < last - 1, _RIGHT.index(words.chars[at])))[:count]:
                shown[at] = f"{_HALF}{shown[at]}{_END}"
                words.wide[at], words.alone[at] = 0.5, False
    words.sums = [0.0, *accumulate(words.wide)]
    stops = {*words.breaks}
    for begin, end, room in lines:
        if end not in stops:
            _begin(words, end, room - words.sums[end] + words.sums[begin] + _SLIVER)
    made, done = list[str](), 0
    for at in sorted(words.tags):
        made += shown[done:at] + words.tags[at]
        done = at
    return "".join(made + shown[done:])


def _begin(words: _Words, begin: int, free: float) -> None:
    """Hold together what begins a line, where some of it would have room in what is ``free`` in the line above."""
    stop = words.breaks[bisect_right(words.breaks, begin)]
    has_room = False
    for end in range(begin + 1, stop + 1):
        if end == stop or words.may_end(end):
            last = words.last(begin, end)
            is_squeezed = words.alone[last - 1] and words.chars[last - 1] in _BRACKETS
            if words.sums[last] - words.sums[begin] - is_squeezed / 2 > free:
                break
            has_room = True
    if has_room:
        _hold(words.tags, begin, end)


def _hold(tags: dict[int, list[str]], begin: int, end: int) -> None:
    """Set tags around some characters, unless an element begins or ends among them alone."""
    before, behind = tags.setdefault(begin, []), tags.setdefault(end, [])
    first = max((at for at, tag in enumerate(before, 1) if tag[1] == "/"), default=0)
    inside = [*before[first:], *chain.from_iterable(tags.get(at, ()) for at in range(begin + 1, end))]
    depth = 0
    for tag in inside:
        depth += 0 if tag == _CHANCE else -1 if tag[1] == "/" else 1
        if depth < 0:
            return
    if all(tag[1] == "/" for tag in behind[:depth]) and len(behind) >= depth:
        behind.insert(depth, _END)
        before.insert(first, _BEGINS)
