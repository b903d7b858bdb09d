"""What tells a browser where the lines of a paragraph end that it prints.

It is told on paper only. A mark is half as wide, so that one character more has room. What begins the next line stays in one
piece, where some of it would have room in the line above. A line that would be torn open ends like the last one. And where a
browser may not know that a line can end, it is told so.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from nianbao.render.letters import CHANCE, CLOSING, OPENING, SLIVER, SQUEEZED, WIDE, Words
from nianbao.render.lines import TORN, Line, Plan, planned
from nianbao.render.pagination import CHARACTERS, INDENT

KEPT = 2  # lines of a paragraph with which a page begins, at least
_HALF, _BEGINS, _ENDS, _END = '<span class="half">', '<span class="begins">', '<span class="ends">', "</span>"
_JOINED = '<span class="begins joined">'  # to what stands behind it, in another element
_NARROWER = 0.05  # of a character, by which a letter may be narrower in the fonts of a browser
_MOST = 14  # characters that are held together
# A browser squeezes no mark beside the first two, and one that opens something behind the third: the PDF does the opposite.
_ASKING, _APART = frozenset("！？"), frozenset("！？·")
_BRACKETS = frozenset("”’》）〉〕】」』〗］｝")  # a browser squeezes these at the end of a line by itself


class Broken(NamedTuple):
    """A paragraph's words as HTML that tells a browser where its lines end, and how many these are."""

    html: str
    lines: int


@lru_cache(maxsize=512)
def in_lines(html: str, indent: float = INDENT, room: float = CHARACTERS) -> Broken:
    """A paragraph's words, which are clean HTML, in lines of so many characters, the first one set in.

    Of words that hold markup with widths of its own the lines are only counted.
    """
    plan = planned(html, indent, room, None)
    return Broken(_told(plan) if plan.words.is_light else html, plan.number)


def ended(plan: Plan) -> str:
    """A heading or a name as HTML whose lines end on paper where they are planned to."""
    words, shown = plan.words, plan.words.chars.copy()
    for line in plan.lines[:-1]:
        last = words.last(line.begin, line.end) - 1
        shown[last] = f"{_ENDS}{shown[last]}{_END}"
    return _html(words, shown)


def _told(plan: Plan) -> str:
    """The words as HTML with the marks that have a browser end its lines so."""
    words = copy(plan.words)
    words.wide, words.alone, shown = words.wide.copy(), words.alone.copy(), words.chars.copy()
    words.tags = {at: tags.copy() for at, tags in words.tags.items()}
    if not _APART.isdisjoint(shown):
        _apart(plan.words, words, shown)
    for begin, end, room in plan.lines:
        last = words.last(begin, end)
        _, count = words.halves(begin, last, room)
        if words.is_parted(last):
            words.wide[last - 1] = 1.0
        if count:
            marks = [at for at in range(begin + words.opens(begin), last) if words.alone[at]]
            for at in sorted(marks, key=lambda at: (at < last - 1, SQUEEZED.index(words.chars[at])))[:count]:
                narrower = at - (words.chars[at] in OPENING)  # the empty half is on its left: what stands there is nearer
                shown[narrower] = f"{_HALF}{shown[narrower]}{_END}"
                words.wide[narrower] -= 0.5
                words.alone[at] = False
    words.sums = [0.0, *accumulate(words.wide)]
    stops = {*words.breaks}
    for line in plan.lines:
        if line.end not in stops:
            _end(plan.words, words, shown, line)
    return _html(words, shown)


def _html(words: Words, shown: list[str]) -> str:
    """The characters as they are shown, with the tags among them."""
    made, done = list[str](), 0
    for at in sorted(words.tags):
        made += shown[done:at] + words.tags[at]
        done = at
    return "".join(made + shown[done:])


def _apart(known: Words, words: Words, shown: list[str]) -> None:
    """Squeeze the marks that a browser does not squeeze by itself, and know of those that it alone squeezes."""
    for at, (one, after) in enumerate(pairwise(known.chars)):
        if known.wide[at] == 0.5 and not _ASKING.isdisjoint((one, after)):
            shown[at] = f"{_HALF}{one}{_END}"
        elif one == "·" and after in OPENING:
            words.wide[at + 1], words.alone[at + 1] = 0.5, False


def _end(known: Words, words: Words, shown: list[str], line: Line) -> None:
    """Have a browser end a line where the plan does, which is made of the ``known`` words."""
    begin, end, room = line
    last = known.last(begin, end)
    if known.gap(begin, last, *known.halves(begin, last, room)) > TORN:
        shown[end - 1] = f"{_ENDS}{shown[end - 1]}{_END}"
        return
    if end not in words.chances and min(words.chars[end - 1], words.chars[end]) < WIDE and end == last:
        words.tags.setdefault(end, []).append(CHANCE)
    letters = end - begin - known.fulls[end] + known.fulls[begin]
    beside = words.is_parted(end) / 2  # by which both marks would be nearer in one line
    _begin(words, shown, end, room - words.sums[end] + words.sums[begin] + beside + SLIVER + _NARROWER * letters)


def _begin(words: Words, shown: list[str], begin: int, free: float) -> None:
    """Hold together what begins a line, where some of it may have room in what is ``free`` in the line above."""
    wider = [
        last
        for last in range(begin, min(begin + _MOST, len(words.chars)))
        if words.sums[last + 1] - words.sums[begin] - (words.alone[last] and words.chars[last] in _BRACKETS) / 2 > free
    ]
    if wider and wider[0] > begin and not any(_is_held(words.tags, begin, last + 1) for last in wider):
        _join(words, shown, begin, wider[0] + 1)


def _join(words: Words, shown: list[str], begin: int, end: int) -> None:
    """Set tags around each part of some characters that no element begins or ends in, with signs that join the parts.

    Beside such a sign a browser squeezes no mark by itself. It needs none where a mark holds both parts together:
    elsewhere it may end a line where the plan never does, as behind ①.
    """
    tags = words.tags
    parts = [begin, *(at for at in range(begin + 1, end) if any(tag != CHANCE for tag in tags.get(at, ()))), end]
    for first, last in pairwise(parts):
        is_joined = last < end and words.chars[last] not in CLOSING and words.chars[last - 1] not in OPENING
        if is_joined and words.is_parted(last):
            shown[last - 1] = f"{_HALF}{words.chars[last - 1]}{_END}"
        tags[first].append(_JOINED if is_joined else _BEGINS)
        tags.setdefault(last, []).insert(0, _END)


def _is_held(tags: dict[int, list[str]], begin: int, end: int) -> bool:
    """Set tags around some characters, unless an element begins or ends among them alone."""
    before, behind = tags.setdefault(begin, []), tags.setdefault(end, [])
    first = max((at for at, tag in enumerate(before, 1) if tag == CHANCE or tag[1] == "/"), default=0)
    inside = [*before[first:], *chain.from_iterable(tags.get(at, ()) for at in range(begin + 1, end))]
    depth = 0
    for tag in inside:
        depth += 0 if tag == CHANCE else -1 if tag[1] == "/" else 1
        if depth < 0:
            return False
    has_ends = len(behind) >= depth and all(tag[1] == "/" for tag in behind[:depth])
    if has_ends:
        behind.insert(depth, _END)
        before.insert(first, _BEGINS)
    return has_ends
