"""What tells a browser where the lines of a paragraph end that it prints.

It is told in two ways, on paper only: a mark is half as wide, so that one character more has room; and what begins the next
line stays in one piece, where some of it would have room in the line above.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from nianbao.render.letters import CHANCE, OPENING, SLIVER, SQUEEZED, Words
from nianbao.render.lines import Plan, planned
from nianbao.render.pagination import CHARACTERS, INDENT

KEPT = 2  # lines of a paragraph with which a page begins, at least
_HALF, _BEGINS, _END = '<span class="half">', '<span class="begins">', "</span>"
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


def _told(plan: Plan) -> str:
    """The words as HTML with the marks that have a browser end its lines so."""
    words = copy(plan.words)
    words.wide, words.alone, shown = words.wide.copy(), words.alone.copy(), words.chars.copy()
    words.tags = {at: tags.copy() for at, tags in words.tags.items()}
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
                words.wide[at], words.alone[at] = 0.5, False
    words.sums = [0.0, *accumulate(words.wide)]
    stops = {*words.breaks}
    for begin, end, room in plan.lines:
        if end not in stops:
            _begin(words, end, room - words.sums[end] + words.sums[begin] + SLIVER)
    made, done = list[str](), 0
    for at in sorted(words.tags):
        made += shown[done:at] + words.tags[at]
        done = at
    return "".join(made + shown[done:])


def _begin(words: Words, begin: int, free: float) -> None:
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
        depth += 0 if tag == CHANCE else -1 if tag[1] == "/" else 1
        if depth < 0:
            return
    if all(tag[1] == "/" for tag in behind[:depth]) and len(behind) >= depth:
        behind.insert(depth, _END)
        before.insert(first, _BEGINS)
