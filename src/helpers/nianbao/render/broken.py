"""How many lines a browser breaks a paragraph into where it prints a page."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import ceil

from nianbao.render.measures import plain
from nianbao.render.pagination import CHARACTERS, INDENT, LATIN
from nianbao.render.unparted import FIRM, pieces_of

# Lines of a paragraph with which a page begins, at least, and that stand with its heading at the end of one.
KEPT, HEADED = 2, 2
_OPENING, _BRACKETS = "“‘（〔［｛《〈「『【〖", "”’）〕］｝》〉」』】〗"
_CLOSING = f"{_BRACKETS}，。、；：？！"
_MARKS = frozenset(_CLOSING + _OPENING)
_WORD = re.compile(f"(?:[{_OPENING}]*{FIRM}|[{_OPENING}]*(?:[!-~]+|.))[{_CLOSING}]*")

_WHOLE = '<p style="--inside: avoid">'
_PARAGRAPH = re.compile(r"<p>((?:[^<]|<(?!img\b|math\b|/p>))*+)</p>")


def marked(body: str) -> str:
    """A page's body whose paragraphs of two lines say that they stay whole: a page would begin with the second one."""
    return _PARAGRAPH.sub(_marked, body)


def _marked(paragraph: re.Match[str]) -> str:
    is_short = lines_of(plain(paragraph[1])) == KEPT
    return f"{_WHOLE}{paragraph[0].removeprefix('<p>')}" if is_short else paragraph[0]


@lru_cache(maxsize=512)
def lines_of(text: str, indent: int = INDENT, room: float = CHARACTERS) -> int:
    """How many lines a browser breaks a paragraph into; marks that stand together are narrower, and brackets at its end."""
    count, used = 0, float(indent)
    for line in text.split("\n"):
        count += 1
        before, words = "", [word for piece in pieces_of(line) for word in _WORD.findall(piece)]
        for at, word in enumerate(words, 1):
            wide, marks = _wide(word)
            wide -= 0.5 * (marks + (word[0] in _MARKS and before in _MARKS))
            if used + wide - 0.5 * (at < len(words) and word[-1] in _BRACKETS) > room + 0.01:
                count, used = count + ceil(wide / room), wide % room
            else:
                used += wide
            before = word[-1]
        used = 0.0
    return count


@lru_cache(maxsize=4096)
def _wide(word: str) -> tuple[float, int]:
    """How wide a word is, in characters, and how many pairs of marks stand together in it."""
    wide = sum(LATIN if char.isascii() else 1 for char in word)
    return wide, sum(one in _MARKS and other in _MARKS for one, other in pairwise(word))
