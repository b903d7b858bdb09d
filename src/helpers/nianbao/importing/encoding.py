"""A merged text → the bytes of its file: in the encoding that this had, each line that stayed with the end that it had."""

from __future__ import annotations

import codecs
import re
from difflib import SequenceMatcher

from nianbao.textfile import decoded

_END = re.compile(r"\r\n|\r|\n")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_PAGES = {"GBK": "gb18030", "Big5": "cp950"}


def encoded(before: bytes, text: str) -> bytes:
    """The bytes of a text that takes the place of what a file holds.

    A line that is new ends as the one above it. In UTF-8 where the encoding does not have one of its characters.
    """
    old, called = decoded(before)
    made = _ended(old, text)
    for mark, name in _MARKS.items():
        if before.startswith(mark):
            return mark + made.encode(name)
    try:
        return made.encode(_PAGES.get(called, "utf-8"))
    except UnicodeError:
        return made.encode()


def _ended(old: str, text: str) -> str:
    """A text with the line ends of another one where their lines are the same."""
    ends = _END.findall(old)
    if len({*ends}) < 2:
        return text.replace("\n", ends[0]) if ends else text
    lines = text.split("\n")
    blocks = SequenceMatcher(None, _END.split(old), lines, autojunk=False).get_matching_blocks()
    known = {b + step: a + step for a, b, size in blocks for step in range(size)}
    made, end = "", ends[0]
    for number, line in enumerate(lines[:-1]):
        at = known.get(number, -1)
        end = ends[at] if 0 <= at < len(ends) else end
        made += line + end
    return made + lines[-1]
