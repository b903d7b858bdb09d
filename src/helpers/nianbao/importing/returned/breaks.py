"""Line breaks inside paragraphs: a line that a reviewer has put behind one stays in its paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.placed import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nianbao.importing.outline import Part
    from nianbao.importing.returned.edits import Edits
    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.pairs import Pairs
    from nianbao.importing.returned.placed import Placed

BREAK = "<br>"
ASKED = "稿子里换行的印成了分段，或分段的印成了换行：核对 narrative.md"


def goes_on(part: Part) -> bool:
    """Whether a part of a chapter is a line of the paragraph before it, behind a break."""
    return isinstance(part, Paragraph) and part.goes_on


def blocks(parts: Sequence[Part], written: Callable[[Sequence[Part]], list[str]]) -> list[str]:
    """The blocks as which parts are ``written``; the lines of one paragraph are one."""
    made: list[str] = []
    for is_on, some in groupby(parts, key=goes_on):
        texts = written([*some])
        if is_on and made:
            made[-1] = BREAK.join([made[-1], *texts])
        else:
            made += texts
    return made


def put(edits: Edits, pairs: Pairs, now: Placed, number: int, spot: int, block: str) -> bool:
    """Put what an item of the file is written as into the paragraph before it, if it is a line of that; whether it was put.

    Parameters
    ----------
    spot : int
        The line behind which something new is put.
    """
    first = number
    while first and goes_on(pairs.theirs[first].part) and first not in pairs.of_now:
        first -= 1
    if first == number or pairs.theirs[first].is_heading:
        return False
    at = pairs.of_now.get(first)
    place = now.places[at] if at is not None else Place()
    staying = [one.number for one in place.lines if one.number in edits.replaced or one.number not in edits.dropped]
    if staying:
        is_last = now.places.index(place) + place.shared - 1 == at and place.lines[-1].behind == spot
        if not is_last or any(one.is_cut or one.within for one in place.lines):
            return False
        source = edits.replaced.get(staying[-1], edits.lines[staying[-1]]).rstrip()
        edits.replace(staying[-1:], f"{source}{BREAK}{block}", place.lines[-1].printed)
        return True
    is_new = at is None and first not in pairs.of_base
    if spot not in edits.added or not (is_new or place.lines):
        return False
    edits.added[spot][-1] += f"{BREAK}{block}"
    return True


def asked(given: Sequence[Item], theirs: Sequence[Item], prints: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """A question for each text with which the file begins a line or a paragraph, and the print the other one."""
    before, file, text = map(_counted, (given, theirs, prints))
    chapters = {one.key: one for one in theirs}
    for key, number in file.items():
        printed = text.get(key, number)
        if number.total() == printed.total() and number not in (printed, before.get(key)):
            yield ASKED, f"{chapters[key].chapter}：“{chapters[key].text}”"


def _counted(items: Sequence[Item]) -> dict[str, Counter[bool]]:
    """The texts → how often each goes on behind a break, and how often it does not."""
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in items:
        found[one.key][goes_on(one.part)] += 1
    return found
