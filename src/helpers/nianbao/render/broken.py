"""How many lines a browser breaks a paragraph into where it prints a page."""

from __future__ import annotations

import re
from math import ceil

from nianbao.render.pagination import CHARACTERS, INDENT, LATIN

_OPENING, _CLOSING = "“‘（〔［｛《〈「『【〖", "”’）〕］｝》〉」』】〗，。、；：？！"
_WORD = re.compile(f"[{_OPENING}]*(?:[!-~]+|.)[{_CLOSING}]*")


def lines_of(text: str, indent: int = INDENT, room: int = CHARACTERS) -> int:
    """How many lines a browser breaks a paragraph into; marks that stand together or end a line are narrower."""
    count, used = 0, float(indent)
    for line in text.split("\n"):
        count += 1
        before, words = "", _WORD.findall(line)
        for at, word in enumerate(words, 1):
            wide = sum(LATIN if char.isascii() else 1 for char in word)
            pairs = zip(before + word, (before + word)[1:], strict=False)
            wide -= 0.5 * sum((one in _CLOSING + _OPENING) and (other in _CLOSING + _OPENING) for one, other in pairs)
            if used + wide - 0.5 * (at < len(words) and word[-1] in _CLOSING) > room + 0.01:
                count, used = count + ceil(wide / room), wide % room
            else:
                used += wide
            before = word[-1]
        used = 0.0
    return count
