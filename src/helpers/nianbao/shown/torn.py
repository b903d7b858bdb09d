"""Which lines of the kit's PDF stand torn: the room between their characters is more than any line is broken for."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# How the kit's PDF ends (render/objects.py): its last object says where those lie that draw; that before holds all others.
_TABLE = re.compile(rb"(\d+) 0 obj\n<</Type/XRef/W\[1 (\d+) 2\].*?>>\nstream\n", re.S)
_OTHERS = re.compile(rb"\d+ 0 obj\n<</Type/ObjStm/N \d+/First (\d+)/Length (\d+)>>\nstream\n")
_STARTS = re.compile(rb"startxref\n(\d+)\n")
_PAGE, _CONTENTS = b"<</Type/Page/", re.compile(rb"/Contents (\d+) 0 R")
# More than 15 % of a character between two of one line, in thousandths of an em, and the mark of the line before it.
_GAP = re.compile(rb"\)-(?:1[5-9]|[2-9]\d|\d{3,})\d(?:\.\d+)?\(")
_MARK, _NUMBER = b"/MCID ", re.compile(rb"\d+")


def torn(made: bytes) -> list[tuple[int, int]]:
    """The torn lines of a PDF: the place of the page, from 0, and the mark that ties its first torn words to their tag.

    None for a PDF that is not the kit's. One regular expression over what each page draws takes a third of a millisecond for
    a report.
    """
    found: dict[tuple[int, bytes], int] = {}  # by the height: words that look otherwise have marks of their own
    for place, drawn in enumerate(_drawn(made)):
        for gap in _GAP.finditer(drawn):
            mark, moved = drawn.rfind(_MARK, 0, gap.start()), drawn.rfind(b" cm", 0, gap.start())
            number = _NUMBER.match(drawn, mark + len(_MARK))
            if number and 0 <= mark < moved:
                height = drawn[drawn.rindex(b" ", 0, moved) : moved]
                found.setdefault((place, height), int(number[0]))
    return [(place, mark) for (place, _), mark in found.items()]


def _drawn(made: bytes) -> Iterator[bytes]:
    """What each page draws.

    The pages are found by where objects lie: what a picture holds may look like a page.
    """
    starts = _STARTS.match(made, max(0, made.rfind(b"startxref")))
    table = _TABLE.match(made, int(starts[1])) if starts else None
    if not table:
        return
    wide = int(table[2])

    def begin(number: int) -> int:
        at = table.end() + number * (1 + wide + 2) + 1
        return int.from_bytes(made[at : at + wide])

    others = _OTHERS.match(made, begin(int(table[1]) - 1))
    if not others:
        return
    first, end = (others.end() + int(length) for length in others.groups())
    places = [first + int(place) for place in made[others.end() : first].split()[1::2]]
    for place, after in pairwise([*places, end]):
        if made.startswith(_PAGE, place) and (contents := _CONTENTS.search(made, place, after)):
            data = made.index(b"stream\n", begin(int(contents[1]))) + len(b"stream\n")
            yield zlib.decompressobj().decompress(made[data : made.index(b"endstream", data)])
