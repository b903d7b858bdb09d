"""The characters of a paragraph: what each takes on paper, and where a line may end among them."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import accumulate, pairwise
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import combining

from nianbao import fonts
from nianbao.characters import BELONGING
from nianbao.render.pagination import LATIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TAG = re.compile("(<[^>]*>)")
# Markup that changes no more than the looks of the words in it, or raises and lowers them; and code without any in it.
_LIGHT = re.compile(
    r"<(?:/?(?:a|b|del|em|i|ins|mark|s|span|strong|sub|sup|u)|br|wbr)\b"
    r"|<code>(?!\s|(?:[^<]|<wbr>)*\s(?:\s|</))(?=(?:[^<]|<wbr>)+</code>)|</code>"
)
_CHARACTER = re.compile("&#?\\w+;|.", re.S)
_WHOLE, _HELD, CHANCE, _BREAK = '<span class="whole">', '<span class="held">', "<wbr>", "<br>"
# Words in another face, and smaller ones, as report.typ and the style sheets set them: the face and the size by the tag,
# those first that give way to others inside or outside of them.
_CODE, _NOTE_MARK = "<code>", '<sup class="footnote-ref">'
_LOOKS = {"<em>": ("kai", 1.0), '<strong class="run-in">': ("kai", 1.0), _CODE: ("code", 14 / 15.75)}
_LOOKS |= dict.fromkeys(("<sub>", "<sup>", _NOTE_MARK), ("", 0.6))
_ORDER = [*_LOOKS]

# Marks whose right or left half is empty, which falls away beside another one. They are squeezed in this order.
_RIGHT, _LEFT = "”’》）〉〕】」』〗］｝、，；：。．？！", "“‘《（『「【〖〔〈［｛"
WIDE = "\u2e80"  # the first of the characters that are as wide as an ideograph
SQUEEZED, CLOSING, OPENING = _RIGHT + _LEFT, frozenset(_RIGHT), frozenset(_LEFT)
_MARKS = CLOSING | OPENING
_BLANKS, _JOINING, _BOUND = frozenset(" \t\r\n"), "\xa0", frozenset("—…·•～\xa0")
_HANGING = _BLANKS | {"\u3000"}  # take no room at the end of a line
_NEVER_FIRST = CLOSING | _BOUND | _HANGING | frozenset("%‰℃％々ー")
_BELONGING = re.compile(f"[{BELONGING}]")
_NEVER_LAST = OPENING | _BOUND | frozenset("￥") | frozenset(map(chr, range(0x2460, 0x249C)))

# What a line costs that ends within a word, within what is held, or within 第三十六条.
_PARTED, _HELD_PARTED, _ORDERED = 28, 44, 80
SLIVER, _BRINK = 1e-6, 0.02  # and what is left at least where all marks of a line are squeezed


class Words:
    """A paragraph's words: each character and the tags before it, as HTML; where lines may end; how wide all is.

    No line ends within what is ``firm``, one may at ``chances``, and one does at each of the ``breaks``. At some places it
    costs a price. Lines end beside characters that are ``full``, and grow there: ideographs, marks and blanks.
    The tags of ``pieces`` say what is firm or held, and nothing else.
    """

    def __init__(self, html: str, official: Path | None = None) -> None:
        self.chars, self.tags, self.breaks = list[str](), dict[int, list[str]](), list[int]()
        self.firm, self.prices, self.chances = set[int](), dict[int, int](), set[int]()
        self.pieces, looks = set[tuple[int, int]](), list[tuple[str, int, int]]()
        self.is_light, opened = len(_LIGHT.findall(html)) == html.count("<"), list[tuple[str, int]]()
        for part in TAG.split(html):
            at = len(self.chars)
            if not part.startswith("<"):
                self.chars += _CHARACTER.findall(part) if "&" in part else part
                continue
            here = self.tags.setdefault(at, [])
            here.append(part)
            if part == _BREAK:
                self.breaks.append(at)
            elif part == CHANCE:
                self.chances.add(at)
                self.prices[at] = _PARTED
            elif part[1] != "/":
                opened.append((part, at))
                if part in {_WHOLE, _HELD}:
                    self.pieces.add((at, len(here) - 1))
            elif opened:
                tag, begin = opened.pop()
                if tag == _WHOLE:
                    self.firm.update(range(begin + 1, at))
                elif tag == _HELD:
                    price = _ORDERED if self.chars[begin] == "第" else _HELD_PARTED
                    self.prices.update(dict.fromkeys(range(begin + 1, at), price))
                elif tag in _LOOKS:
                    looks.append((tag, begin, at))
                if tag in {_WHOLE, _HELD}:
                    self.pieces.add((at, len(here) - 1))
        self.firm.update(begin for tag, begin, _ in looks if tag == _NOTE_MARK)  # which begins no line
        self.breaks.append(len(self.chars))
        self._measure(looks, official)

    def _measure(self, looks: list[tuple[str, int, int]], official: Path | None) -> None:
        """How wide the characters are, marks beside each other being narrower; and sums up to each character."""
        known = kinds(official, "body")
        found = [known[one] for one in self.chars]
        self.is_known = all(is_known for _, _, is_known in found)
        self.wide, self.full = [wide for wide, _, _ in found], [is_full for _, is_full, _ in found]
        # Marks that can be squeezed: of some that stand together the last one alone, and none in code.
        self.alone, coded = [one in _MARKS for one in self.chars], set[int]()
        for tag, begin, end in sorted(looks, key=lambda look: _ORDER.index(look[0])):
            face, size = _LOOKS[tag]
            for at in range(begin, end):
                wide, _, is_known = kinds(official, face)[self.chars[at]] if face else (self.wide[at], False, True)
                self.wide[at] = wide * size
                if tag == _CODE:
                    coded.add(at)
                    self.alone[at], self.is_known = False, self.is_known and is_known
        self._squeeze(coded)
        if not _BLANKS.isdisjoint(self.chars):
            begins = {0, *self.breaks}
            for at, one in enumerate(self.chars):
                if one in _BLANKS and (at in begins or self.chars[at - 1] in _BLANKS):
                    self.wide[at] = 0.0
        self.sums = [0.0, *accumulate(self.wide)]
        self.squeezes, self.fulls = [0, *accumulate(self.alone)], [0, *accumulate(self.full)]

    def _squeeze(self, coded: set[int]) -> None:
        """Make marks beside each other narrower. Which of them are ``coded`` is told apart."""
        marks = [at for at, one in enumerate(self.chars) if one in _MARKS or one == "·"]
        for before, after in pairwise(marks):
            one, other = self.chars[before], self.chars[after]
            if after == before + 1 and (one in CLOSING or (one in OPENING and other in OPENING)):
                self.wide[before if self.chars[before] in CLOSING else after] /= 2
                self.alone[before], self.alone[after] = False, self.alone[after] and self.chars[after] in CLOSING
                # Chromium squeezes two of which one is in code, and Typst does not.
                self.is_known = self.is_known and (before in coded) == (after in coded)
        for at in marks:
            if at and self.chars[at] in OPENING and self.wide[at - 1] < 0.5:
                self.alone[at] = False  # no browser sets it nearer to a letter that is narrower than its empty half

    def may_end(self, at: int) -> bool:
        """Whether a line may end before a character."""
        before, after = self.chars[self.last(0, at) - 1], self.chars[at]
        if at in self.chances:
            return True
        if at in self.firm or after in _NEVER_FIRST or before in _NEVER_LAST or _BELONGING.match(after):
            return False
        return self.chars[at - 1] in _HANGING or self.full[at - 1] or self.full[at]

    def last(self, begin: int, end: int) -> int:
        """Where a line ends without the blanks at its end, which take no room."""
        while end > begin + 1 and self.chars[end - 1] in _HANGING:
            end -= 1
        return end

    def halves(self, begin: int, end: int, room: float) -> tuple[float, int]:
        """How much of a line's room stays free once so many marks are squeezed as have to be, and how many these are.

        Where that would be more than it has, less than nothing is free. None is squeezed where the line ends between two
        marks: Chromium would end it elsewhere. The mark at its end is squeezed first.
        """
        is_parted = self.is_parted(end)
        free = room - self.sums[end] + self.sums[begin] - is_parted / 2
        if free >= -SLIVER or is_parted:
            return free, 0
        count = ceil(-2 * free - SLIVER)
        marks = self.squeezes[end] - self.squeezes[begin] - self.opens(begin)
        return (free + count / 2, count) if marks / 2 + free > _BRINK else (free, 0)

    def opens(self, begin: int) -> bool:
        """Whether a line begins with a mark that no browser squeezes there."""
        return self.alone[begin] and self.chars[begin] in OPENING

    def trimmed(self, begin: int, end: int) -> float:
        """How much room marks at the begin and the end of a line take in a browser, and none in the PDF."""
        return ((self.chars[end - 1] in CLOSING) + (begin > 0 and self.chars[begin] in OPENING)) / 2

    def gap(self, begin: int, end: int, free: float, count: int) -> float:
        """How far apart the characters of a line are at most, in the PDF or a browser, by what `halves` says of it."""
        gaps = self.fulls[end] - self.fulls[begin] - self.full[end - 1]
        return (free + max(0.0, self.trimmed(begin, end) - count / 2)) / max(1, gaps)

    def is_parted(self, end: int) -> bool:
        """Whether a line ends between two marks: then the first one is as wide as alone."""
        return end < len(self.chars) and self.chars[end] in OPENING and self.chars[end - 1] in CLOSING


class _Kinds(dict[str, tuple[float, bool, bool]]):
    """Of each character how wide it is that stands beside no mark, whether it is full, and whether anybody knows it."""

    def __init__(self, widths: Mapping[str, float]) -> None:
        self.widths = widths

    def __missing__(self, char: str) -> tuple[float, bool, bool]:
        """As it is asked for; a reference of HTML is the character that it stands for."""
        one = unescape(char)
        is_on_top = bool(_BELONGING.match(one) or combining(one[0]))
        is_full = not is_on_top and (one >= WIDE or one in _MARKS)
        is_blank = one in _BLANKS or one == _JOINING
        wide = 1.0 if is_full else 0.0 if is_on_top else self.widths.get(" " if is_blank else one)
        known = wide is not None
        self[char] = found = wide if wide is not None else LATIN if one.isascii() else 1.0, is_full or is_blank, known
        return found


@lru_cache
def kinds(official: Path | None, face: str) -> _Kinds:
    """What `_Kinds` says, of a face of the fonts in the folder ``official`` or of the kit's own."""
    return _Kinds(fonts.widths(official)[face])
