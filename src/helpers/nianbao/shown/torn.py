"""Which lines of the kit's PDF stand torn: the room between their characters is more than any line is broken for."""

from __future__ import annotations

import re
import zlib

# The pages of a file, in their order, by the number of what stands on them.
_PAGE = re.compile(rb"/Type/Page/[^>]*?/Contents (\d+) 0 R")
# More than 15 % of a character between two of one line, in thousandths of an em, and the mark of the line before it.
_GAP = re.compile(rb"\)-(?:1[5-9]|[2-9]\d|\d{3,})\d(?:\.\d+)?\(")
_MARK = b"/MCID "


def torn(made: bytes) -> list[tuple[int, int]]:
    """The torn lines of a PDF: the place of the page, from 0, and the mark that ties its first torn words to their tag.

    One regular expression over what each page draws takes a third of a millisecond for a report.
    """
    found: dict[tuple[int, bytes], int] = {}  # by the height: words that look otherwise have marks of their own
    for place, number in enumerate(_PAGE.findall(made)):
        drawn = _drawn(made, number)
        for gap in _GAP.finditer(drawn):
            mark, moved = drawn.rfind(_MARK, 0, gap.start()), drawn.rfind(b" cm", 0, gap.start())
            if 0 <= mark < moved:
                height = drawn[drawn.rindex(b" ", 0, moved) : moved]
                found.setdefault((place, height), int(drawn[mark + len(_MARK) : drawn.index(b">", mark)]))
    return [(place, mark) for (place, _), mark in found.items()]


def _drawn(made: bytes, number: bytes) -> bytes:
    """What an object of a file draws."""
    begin = made.index(b"stream\n", made.index(b"\n%s 0 obj\n" % number)) + len(b"stream\n")
    return zlib.decompressobj().decompress(made[begin : made.index(b"endstream", begin)])
