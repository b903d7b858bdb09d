"""Characters that nobody sees: those that make a text read otherwise than it is written, and those that are only left over.

Marks of direction and control characters are refused. What programs leave behind when text is copied (a zero-width space,
a byte order mark) is taken out and named. A joiner inside an emoji and the selector of a 异体字 belong to the text.

Source: Unicode Standard Annex 9 (direction), Technical Report 36 (security).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

LONGEST_SHOWN = 1000

# C0 and C1 but tab and line break, separators of lines, and marks of direction: what a terminal may obey.
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
# Halves of pairs, tags, and what is no character.
_BEYOND = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_REFUSED = re.compile(f"[{CONTROLS}\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f{_BEYOND}]")
_LEFT_OVER = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_JOINERS, _SELECTORS = "\u200c\u200d", "\ufe00-\ufe0f\U000e0100-\U000e01ef"
# What belongs to the character before it, and asks for another shape of that or is set on top of it.
BELONGING = f"\u0300-\u036f\u20d0-\u20ff{_JOINERS[1]}{_SELECTORS}"
_UNSEEN = re.compile(f"[{_LEFT_OVER}{_JOINERS}{_SELECTORS}]")
_ANY_ODD = re.compile(f"{_REFUSED.pattern[:-1]}{_LEFT_OVER}{_JOINERS}{_SELECTORS}]")
# The same with every rare character, in a form that is searched ten times as fast.
_MAY_BE_ODD = re.compile(
    f"[{CONTROLS}\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff"
    f"{_LEFT_OVER[: _LEFT_OVER.index(chr(0x1BCA0))]}{_JOINERS}{_SELECTORS[:3]}]"
)
_OF_TEXT = re.compile(f"[{_JOINERS}{_SELECTORS}]")
_SELECTOR = re.compile(f"[{_SELECTORS}]")
_IDEOGRAPH = re.compile("[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_NAMES = {
    "\u200b": "零宽空格", "\ufeff": "字节顺序标记", "\u00ad": "软连字符", "\u200c": "零宽不连字", "\u200d": "零宽连字",
    "\u2028": "行分隔符", "\u2029": "段分隔符",
}  # fmt: skip


NO_CHARACTER = "\ufdd0-\ufdef"
"""Code points that are no characters, as a part of a pattern: the kit's own marks in a text, which no input brings there."""
LOST = "\ufdd3"  # stands in a text for a placeholder that could not be read; no text of a file holds it


@dataclass(frozen=True, slots=True)
class Odd:
    """One odd character: how often it stands in a text, and where first: its line from 1, and the text around it."""

    char: str
    count: int
    line: int
    near: str

    def __str__(self) -> str:
        return f"{named(self.char)}{self.count}处，第一处在“{self.near}”"


def cleaned(text: str) -> tuple[str, list[Odd], list[Odd]]:
    """The text without what is left over; what of it is refused, and what was taken out."""
    if not _MAY_BE_ODD.search(text):
        return text, [], []
    refused = [(found.start(), found.group()) for found in _REFUSED.finditer(text)]
    taken = [(found.start(), found.group()) for found in _UNSEEN.finditer(text) if not _belongs(text, found.start())]
    kept, begin = [], 0
    for at, _ in taken:
        kept.append(text[begin:at])
        begin = at + 1
    return "".join((*kept, text[begin:])), _odd(refused, text), _odd(taken, text)


def refused_in(text: str) -> str:
    """The first character of a text that is refused or left over; '' without one."""
    odd = ((one.group(), one.start()) for one in _ANY_ODD.finditer(text)) if _MAY_BE_ODD.search(text) else ()
    return next((char for char, at in odd if _REFUSED.match(char) or not _belongs(text, at)), "")


def visible(text: str) -> str:
    """A text as a message can show it: refused characters by their code points, and no longer than anyone reads."""
    shown = _REFUSED.sub(lambda found: f"〔U+{ord(found.group()):04X}〕", text[: LONGEST_SHOWN + 1])
    if len(shown) > LONGEST_SHOWN:
        more = f"……（共{len(text)}个字符）"
        shown = shown[: LONGEST_SHOWN - len(more)] + more
    return shown


def in_a_line(text: str) -> str:
    """A text as one line of a message can show it: its line breaks too by their code points, so that it forges no line."""
    return visible(text.replace(LOST, "…")).replace("\n", "〔U+000A〕")


def named(char: str) -> str:
    """A character by its code point and what it does: ``U+202E（改变文字方向）``."""
    kind = unicodedata.category(char)
    direction = unicodedata.bidirectional(char)
    usual = "控制符" if kind == "Cc" else "不成对的代理项" if kind == "Cs" else "不可见字符"
    turns = kind == "Cf" and direction not in {"BN", "ON"} and not "\U000e0000" <= char <= "\U000e007f"
    return f"U+{ord(char):04X}（{_NAMES.get(char) or ('改变文字方向' if turns else usual)}）"


def _odd(found: list[tuple[int, str]], text: str) -> list[Odd]:
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for at, char in found:
        first.setdefault(char, at)
        count[char] = count.get(char, 0) + 1
    return [Odd(char, count[char], text.count("\n", 0, at) + 1, _near(text, at)) for char, at in first.items()]


def _near(text: str, at: int) -> str:
    """The text around a place, within its line; the character itself as its code point."""
    before, after = text[max(0, at - 12) : at].rpartition("\n")[2], text[at + 1 : at + 13].partition("\n")[0]
    return visible(f"{before}〔U+{ord(text[at]):04X}〕{after}")


def _belongs(text: str, at: int) -> bool:
    """Whether an unseen character belongs to the text: one that selects or joins forms of what stands before it."""
    before, char = text[at - 1 : at], text[at]
    if not _OF_TEXT.match(char) or not before or before.isspace() or unicodedata.category(before)[0] in "CZ":
        return False
    after = text[at + 1 : at + 2]
    if _SELECTOR.match(char):
        return _selects(before, char, after)
    joins = unicodedata.category(before) in {"So", "Sk", "Mn", "Mc"} or unicodedata.bidirectional(before) == "AL"
    return (joins or "\u0900" <= before < "\u0e00" or "\u1800" <= before < "\u18b0") and bool(after.strip())


def _selects(before: str, selector: str, after: str) -> bool:
    """Whether a selector has a form to select: of an ideograph, or of a sign that is text or emoji."""
    if selector in "\ufe0e\ufe0f":
        if before.isascii():
            return before in "0123456789#*" and after == "\u20e3"
        return unicodedata.category(before)[0] == "S" or before in "‼⁉ℹ〰"
    if selector < "\ufe0e":
        return ord(selector) - 0xFE00 < _standard_forms().get(before, 0)
    return bool(_IDEOGRAPH.match(before))


@lru_cache(maxsize=1)
def _standard_forms() -> dict[str, int]:
    """How many standardized forms an ideograph has: one for each compatibility ideograph that stands for it.

    Source: Unicode Standard 23.4, Variation Selectors.
    """
    compatible = map(chr, (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)))
    return dict(Counter(unicodedata.normalize("NFD", one) for one in compatible if unicodedata.decomposition(one)))
