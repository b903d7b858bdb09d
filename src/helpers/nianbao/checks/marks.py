"""The numbers before the sub-headings and items of a passage, as typed: （一）（二）, 1.2., ①②, 第一，第二，, 一是二是.

A number may also stand where nothing is counted: in 投入2.5万元, （三）项已落实, or before some of the items of a law.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.reading import narrow
from nianbao.statute.tree import nodes_of, normalise
from nianbao.wording import HAN, PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.narrative.passages import Passage
    from nianbao.statute.formats import Format

_NUMERALS = (*HAN, *(f"{ten}十{one}" for ten in ("", *HAN[1:9]) for one in ("", *HAN[:9]) if ten or one))
_HAN = rf"[{HAN[1:9]}]?十[{HAN[:9]}]?|[{HAN[:9]}]"
_FIGURES = tuple(map(str, range(1, 100)))
_CIRCLED, _BRACKETED = ("".join(map(chr, range(first, first + 20))) for first in (0x2460, 0x2474))
_FIGURE = r"(?<!\d)[1-9１-９][0-9０-９]?"
# The ways to count, each with its numbers; the last one only opens a paragraph.
_WAYS = (
    (rf"({_FIGURE}) ?[、.．]", _FIGURES),
    (rf"[（(][ \u3000]*({_HAN})[ \u3000]*[）)]", _NUMERALS),
    (rf"第({_HAN})(?:[，,]|、(?!第))", _NUMERALS),
    (rf"[（(]({_FIGURE})[）)]", _FIGURES),
    (rf"({_FIGURE})[）)]", _FIGURES),
    (f"([{_CIRCLED}])", _CIRCLED),
    (f"([{_BRACKETED}])", _BRACKETED),
    (f"({_HAN})是", _NUMERALS),
    (f"({_HAN})要(?![素点件求务领道闻])", _NUMERALS),
    (f"第({_HAN})是", _NUMERALS),
    (f"其({_HAN})[是，,、]", _NUMERALS),
    (rf"({_HAN})[、.．]", _NUMERALS),
)
_SIGNS, _WORDS = {5, 6}, {7, 8, 9, 10}  # one character; 一是, 一要, 第一是, 其一
_CHAINED = {0, *_SIGNS}  # whose items may stand behind a comma
OPENING = re.compile(rf"(?P<quoted>[\s\u3000*_“]*)(?:<[^<>\n]{{1,20}}>[*_]*)?(?P<mark>{'|'.join(way for way, _ in _WAYS)})")
# Behind a stop; anywhere else it is doubtful, and before a figure none: 投入2.5万元.
_INSIDE = re.compile(
    rf"(?P<stop>[{PART_ENDS}：:，,](?<!\d[：:])[ \u3000*_]*)?(?P<mark>{'|'.join(way for way, _ in _WAYS[:-1])})"
    r"(?(stop)|(?![0-9０-９]))"
)
# 3.5万元, 三、四季度 and （一）至（三）项 may open a sentence, as 3.2024年 and 三、四项机制 open an item; so may （5）件.
_DOUBTFUL = re.compile(
    rf"\d+ ?[.．、]\d(?!\d{{3}}年)|[{HAN}]+、[{HAN}]|[（(]\w{{1,3}}[）)][、至和到及～—-]?[（(]"
    r"|[（(]\d{1,2}[）)](?:[件次份篇期家]|[条项](?![目例块])|[个人](?![人员]))"
)
# What follows a number that points to an item, and the count of a row: rows without one may be left out.
_POINTING = re.compile(
    r"[项类条款点]?(?:所[列述称指涉提]|中[所的列，,]|[、至与均也已仍未略]|和(?!谐)|到(?!位)|及(?!时)|除外|[之以]外|同[上前])"
    r"|[项类款点](?:[中内的，,。]|正在)|[^。；;，,：:\n]{0,24}\d ?[件宗起]"
)
_CIRCLED_ITEM = re.compile(r"(?<![见和与及至到或第同由按（(、～—+＋＝=-]).(?![项类条款点中所])[\u4e00-\u9fffA-Za-z]")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
# A text may name some of the items of a law or a notice: 《条例》第二十条规定的信息：（一）…（三）…; 第3、5项：3.…5.….
_CITED = re.compile(rf"第[（(]?[{HAN}百0-9][{HAN}百0-9（）()、第和及]{{0,30}}[条款项类点]")
_ABOVE = re.compile("以上|上述|前述|这些")
_LEADS = ("：", ":")
_BREAK = re.compile("\n")
_BOLD = re.compile(r"\s*\*\*")
_LIST, _ASIDE = "-", ">"
_NAME = 40  # characters that the name of a row has at most
_NOBODY = -1  # cites an article: a paragraph without a number


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """The number before an item, as typed, its numeral, and the line of its passage where it stands, from 0.

    ``look`` is how the item is written: ``#…`` a heading, ``**`` bold, '' a paragraph or an item of a list; or the number of
    the paragraph that it stands inside. What is ``doubtful`` may be no item. A count may begin anew where it is ``parted``
    from the item before by something without a number.
    """

    text: str
    numeral: str
    way: int
    number: int
    line: int
    look: str
    doubtful: bool
    parted: bool

    @property
    def is_worded(self) -> bool:
        """Whether words count: 一是, 一要, 其一."""
        return self.way in _WORDS

    @property
    def shown(self) -> str:
        """The mark without the comma that parts it from its item."""
        return self.text.rstrip("，,、")

    def written(self, number: int) -> str:
        """Another number, shown as this is; in figures where its way to count goes no further: （21）."""
        numerals = _WAYS[self.way][1]
        return self.shown.replace(self.numeral, numerals[number - 1] if number <= len(numerals) else str(number))


@dataclass(slots=True)
class _Reader:
    """Reads a passage block by block; what a block says may leave the numbers of others in doubt.

    ``cites`` is the way of the item above that names an article, `_NOBODY` of a text without a number; ``run`` is where the
    items begin that nothing without a number parts.
    """

    names: tuple[str, ...]
    marks: list[Mark] = field(default_factory=list)
    run: int = 0
    cites: int | None = None
    is_quoted: bool = False
    is_below: bool = False
    is_headed: bool = False

    def add(self, line: int, look: str, typed: str) -> None:
        """Read a paragraph, a heading or the number of an item in a list."""
        if look == _LIST:
            self.marks.append(Mark(f"{typed}.", typed, 0, int(typed), line, "", doubtful=False, parted=self.is_below))
            self.is_below = self.is_headed = False
            return
        opening = OPENING.match(typed)
        if look == _ASIDE:
            if opening:
                self.marks.append(_mark(opening, line, "", doubtful=True, parted=False))
            return
        begun = self._opened(opening, line, look, typed) if opening else None
        if not begun:
            self._between(look, typed)
        self._inside(line, typed, begun, opening.end() if opening else 0)
        self.is_quoted = "“" in typed.rpartition("”")[2] or (self.is_quoted and "”" not in typed)

    def _opened(self, opening: re.Match[str], line: int, look: str, typed: str) -> Mark:
        heads = look or ("**" if _BOLD.match(typed) else "")
        mark = _mark(opening, line, heads, doubtful=False, parted=self.is_headed if heads else self.is_below)
        if mark.way == self.cites:
            self.cites = None
        is_item = self.cites is not None and not look
        if self.is_quoted or "“" in opening["quoted"] or (not mark.is_worded and (is_item or self._points(typed, opening))):
            mark = replace(mark, doubtful=True)
        if _leads(typed) and _CITED.search(typed):
            self.cites = mark.way
        self.marks.append(mark)
        self.is_below = self.is_headed = False
        return mark

    def _between(self, look: str, typed: str) -> None:
        """A text without a number: it may part counts, name the article of the items below it, or of those above."""
        is_heading = bool(look or _BOLD.match(typed))
        if _CITED.search(typed):
            if _ABOVE.search(typed):
                self.marks[self.run :] = [replace(one, doubtful=True) for one in self.marks[self.run :]]
            self.cites = _NOBODY
        elif is_heading or _leads(typed):
            self.cites = None
        self.is_below, self.is_headed = True, self.is_headed or is_heading or _leads(typed)
        self.run = len(self.marks)

    def _inside(self, line: int, typed: str, begun: Mark | None, start: int) -> None:
        """The numbers inside a paragraph, behind the one that opens it."""
        bare = _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), typed)
        is_cited, ends = bool(_CITED.search(typed)), [one.start() for one in _BREAK.finditer(typed)]
        read = [(one, _mark(one, line, str(line), doubtful=False, parted=False)) for one in _INSIDE.finditer(bare, start)]
        firsts = Counter(mark.way for mark in (*([begun] if begun else []), *(mark for _, mark in read)) if mark.number == 1)
        # There are items within items, or several lists: nobody can tell which is which.
        unclear = {way for way, count in firsts.items() if count > 1}
        certain = {begun.way} if begun and not begun.doubtful else set()
        for found, mark in read:
            stop = (found["stop"] or "").rstrip(" \u3000*_")
            if stop in _LEADS and mark.number > 1:  # some of what others count: 扣分：5.回应
                unclear.add(mark.way)
            doubtful = self.is_quoted or mark.way in unclear or not _is_stopped(bare, found, mark, stop, certain)
            doubtful = doubtful or (not mark.is_worded and (is_cited or self._points(typed, found)))
            certain |= set() if doubtful else {mark.way}
            at = line + bisect_left(ends, found.start("mark"))
            look = begun.look if begun and begun.way == mark.way and mark.way not in unclear else mark.look
            self.marks.append(replace(mark, line=at, look=look, doubtful=doubtful))

    def _points(self, typed: str, found: re.Match[str]) -> bool:
        """Whether a mark may be no item of the text: part of a number, a pointer, or before the name of a table's row."""
        if _DOUBTFUL.match(typed, found.start("mark")) or _POINTING.match(typed, found.end()):
            return True
        return normalise(typed[found.end() : found.end() + _NAME]).startswith(self.names)


def marks(passage: Passage, form: Format) -> list[Mark]:
    """The numbers before the items of a passage, in their order."""
    reader = _Reader(_names(form))
    for line, look, typed in _blocks(passage.markdown):
        reader.add(line, look, typed)
    return reader.marks


def _mark(found: re.Match[str], line: int, look: str, doubtful: bool, parted: bool) -> Mark:
    way, numeral = next((at, one) for at, one in enumerate(found.groups()[found.re.groupindex["mark"] :]) if one)
    return Mark(found["mark"], numeral, way, _WAYS[way][1].index(narrow(numeral)) + 1, line, look, doubtful, parted)


def _leads(typed: str) -> bool:
    return typed.rstrip("* \u3000").endswith(_LEADS)


def _is_stopped(bare: str, found: re.Match[str], mark: Mark, stop: str, certain: set[int]) -> bool:
    """Whether a number inside a paragraph stands where an item may begin.

    Behind a comma, and ② anywhere, only where an item that is counted in this way is before it.
    """
    if mark.way in _SIGNS and not stop:
        return mark.way in certain and bool(_CIRCLED_ITEM.match(bare, found.start("mark")))
    return stop not in {"", "，", ","} or (bool(stop) and (mark.is_worded or mark.way in certain & _CHAINED))


@lru_cache(maxsize=8)
def _names(form: Format) -> tuple[str, ...]:
    """The names of the rows of a format's tables that have numbers: 不予公开 of （三）不予公开."""
    parts = (part for table in form.tables.values() for part in table.parts)
    labels = (node.tight for part in parts for node in nodes_of(part.rows))
    return tuple(label[opening.end() :] for label in labels if (opening := OPENING.match(label)))


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Paragraphs, headings and items of numbered lists: the line of each, its look, what is typed, or an item's number.

    What stands in a table is left out; what stands in a quotation, in a list or in HTML is aside.
    """
    look = ""
    for token in markdown.read(text):
        line = token.map[0] if token.map else 0
        if token.type in {"heading_open", "paragraph_open", "td_open", "th_open"}:
            look = token.markup if token.level == 0 else _ASIDE if token.type == "paragraph_open" else "|"
        elif token.type == "inline" and look != "|":
            yield line, look, token.content
        elif token.type == "html_block":
            yield from ((line + at, _ASIDE, one) for at, one in enumerate(token.content.split("\n")))
        elif token.level == 1 and token.type == "list_item_open" and token.info:
            yield line, _LIST, token.info
