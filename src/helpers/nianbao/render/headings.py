"""Where the lines of headings end on paper, and those of the names of tables and pictures: behind a mark, if they can.

The PDF, a browser that prints and Word would each fill line by line, and leave one character to the last line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from nianbao.render.letters import CLOSING, OPENING, TAG, WIDE, Words
from nianbao.render.lines import Line, Plan, lines_of
from nianbao.render.pagination import CHARACTERS, INDENT, LATIN, NAME_LINE, TITLE_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SENSE = frozenset("、，；：。？！》”）")  # a line ends best behind one of these
_LAST = 3  # characters of the last line at least
_MOST = 4  # lines; what is longer is no heading
_WIDER = 0.05  # of a character, by which a letter may be wider in the font of a heading
_APART = 0.25  # characters between digits and ideographs in LibreOffice
_RUN = re.compile("[!-~]+")
_TITLE_PART = re.compile('<span class="title-part">(.*?)</span>')
# Headings and names; and what holds paragraphs with less room.
_NAMED = re.compile(
    r"<(?P<box>blockquote|li)\b.*?</(?P=box)>|(?P<tag><(?P<name>h[1-6]|(?:fig)?caption)\b[^>]*>)(?P<words>.*?)(?=</(?P=name)>)",
    re.S,
)


def heading_lines(tag: str, html: str) -> int:
    """How many lines a heading takes; a title with the empty one below it, that of an attachment with those around it."""
    parts = [unescape(TAG.sub("", one)) for one in _TITLE_PART.findall(html)]
    if parts:
        return title_lines(parts) + (1 if tag == "h1" else 3)
    room, indent = room_of(tag)
    return (len(sensed(html, indent, room).lines) or lines_of(html, indent, room)) + (tag == "h1")


def title_lines(parts: Sequence[str]) -> int:
    """How many lines a title takes: one where all of its parts have room in it, else one each."""
    whole = "".join(parts)
    wide = len(whole) + sum(2 * _APART - (1 - LATIN) * len(run) for run in _RUN.findall(whole))
    return 1 if wide <= TITLE_LINE else len(parts)


def room_of(tag: str) -> tuple[int, int]:
    """How many characters a line of a heading or a name holds, and how many its first one is set in."""
    return (TITLE_LINE, 0) if tag == "h1" else (CHARACTERS, INDENT) if tag[0] == "h" else (NAME_LINE, 0)


def told(body: str, ended: Callable[[Plan], str]) -> str:
    """A page's body in which the words of headings and names of several lines are told where these end.

    Those in a quotation or a list are not, nor is a first heading that is no title: the PDF makes one of it.
    """
    is_first = True

    def with_ends(one: re.Match[str]) -> str:
        nonlocal is_first
        name = one["name"] or ""
        is_unlike = is_first and name > "h1"
        is_first = is_first and name < "h"
        if not name or is_unlike or "title-part" in one["words"]:
            return one[0]
        room, indent = room_of(name)
        plan = sensed(one["words"], indent, room)
        return f"{one['tag']}{ended(plan)}" if plan.lines else one[0]

    return _NAMED.sub(with_ends, body)


@lru_cache(maxsize=512)
def sensed(html: str, indent: int, room: int) -> Plan:
    """A heading or a name in as few lines as it needs: the last one has three characters, and as many as can end at a mark.

    There are no lines where it takes one, has no ideograph, or nobody knows how many it takes.
    """
    words = Words(html)
    is_plain = len(words.breaks) == 1 and words.is_light and words.is_known and any(one >= WIDE for one in words.chars)
    if not is_plain or not room - indent < words.sums[-1] < _MOST * room:
        return Plan(words, 0, [])
    tries = [_filled(words, indent, room - less) for less in range(room // 2)]
    right = [one for one in tries if one and len(one) == len(tries[0]) and _is_long(words, one[-1])] or tries
    best = max(right, key=lambda lines: _sense(words, lines))
    if len(best) > 2 and _sense(words, best) < len(best) - 1:
        best = right[0]  # all are narrowed by as much: one that ends at a mark is not worth another that is torn too early
    return Plan(words, len(best), best if len(best) == lines_of(html, indent, room) else [])


def _filled(words: Words, indent: int, room: int) -> list[Line]:
    """The words in lines that are filled one by one; none where one is wider than a line."""
    lines, begin, count = list[Line](), 0, len(words.chars)
    while begin < count:
        width, end = room - (0 if begin else indent), begin
        for at in range(begin + 1, count + 1):
            last = words.last(begin, at)
            letters = last - begin - words.fulls[last] + words.fulls[begin]
            if words.sums[last] - words.sums[begin] + _WIDER * letters > width:
                break
            end = at if at == count or words.may_end(at) else end
        if end == begin:
            return []
        lines.append(Line(begin, end, width))
        begin = end
    return lines


def _sense(words: Words, lines: list[Line]) -> int:
    """How many lines end behind a mark, besides the last."""
    return sum(words.chars[words.last(*line[:2]) - 1] in _SENSE for line in lines[:-1])


def _is_long(words: Words, line: Line) -> bool:
    """Whether a last line has characters enough beside its marks; one without any ideograph has."""
    said = words.chars[line.begin : line.end]
    count = sum(one not in CLOSING and one not in OPENING and not one.isspace() for one in said)
    return count >= _LAST or max(said) < WIDE
