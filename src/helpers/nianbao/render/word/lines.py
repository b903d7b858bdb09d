"""How many lines of a page of Word a paragraph takes."""

from __future__ import annotations

import re
from html import escape
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from nianbao.render.headings import room_of, sensed
from nianbao.render.pagination import CHARACTERS, INDENT, LATIN
from nianbao.render.word.styles import AREA, CHARACTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.render.word.blocks import Block

TEXT = {"Normal", "Listed", "Quoted"}
"""The styles of running text."""
_FEWEST = 5  # characters of a line with which no page begins, and of what may be reckoned wrong
_LONG = 5.5  # characters of a word, which no line breaks
_APART = 0.2  # characters that LibreOffice leaves between digits or letters and ideographs
# The same of a table, and of a character the width of a digit or of most letters in it, and of a capital one.
APART, _LATIN_IN_CELL, _CAPITAL = 0.25, 0.64, 0.78
_BROAD = "%@MW"  # as wide as a character
_RUN = re.compile("[!-~]+")
# Headings and names: their tags by their styles, how wide a character is, and what lies free beside the longest line.
_TAGS = {"Title": "h1", "Heading1": "h2", "Heading2": "h3", "Heading3": "h4", "Heading4": "h5"}
_TAGS |= dict.fromkeys(("Caption", "PictureName", "PictureTitle"), "caption")
_FREE = 0.4
_SIZES = {"Title": 440, "Caption": 240, "PictureName": 240, "PictureTitle": 240}
# LibreOffice parts a quotation mark neither from what stands before it nor from what stands behind it.
_PIECE, _QUOTES = "[（《〔]*(?:[!-~]+|[^“”‘’])[，。、；：？！）》〕]*", "[“”‘’]+"
_WORD = re.compile(f"(?:{_QUOTES})?{_PIECE}(?:{_QUOTES}{_PIECE})*(?:{_QUOTES})?|{_QUOTES}")


class _Broken(NamedTuple):
    """The lines of a paragraph, and the characters of the last one."""

    lines: int
    last: float


def width(text: str) -> float:
    """The width of a text in characters."""
    return len(text) + sum(len(run) * (LATIN - 1) + 2 * _APART for run in _RUN.findall(text))


def lines_of(text: str, room: float = CHARACTERS, indent: float = INDENT) -> int:
    """How many lines a paragraph takes, at most."""
    return _broken(text, room, indent).lines


def narrowed(style: str, text: str) -> str:
    """How a heading or a name of several lines is set in at the right, so that they end as in the other formats.

    What stands in the middle is set in at both sides. A line of the text would come back from a reviewer as a change.
    """
    if style not in _TAGS or "\n" in text:
        return ""
    room, indent = room_of(_TAGS[style])
    words, _, lines = sensed(escape(text), indent, room)
    wide = _FREE + max(
        (words.sums[end] - words.sums[begin] + (0 if begin else indent) for begin, end, _ in lines), default=0
    )
    free = AREA - round(wide * _SIZES.get(style, CHARACTER))
    if not lines or free <= 0 or _broken(text, wide, indent, _width_in_cell).lines > len(lines):
        return ""
    return f'<w:ind w:right="{free}"/>' if indent else f'<w:ind w:left="{free // 2}" w:right="{free // 2}"/>'


def lines_in_cell(text: str, room: float) -> int:
    """How many lines a text takes in a cell that is so many characters wide."""
    return _broken(text, room, 0, _width_in_cell).lines


def latin(text: str) -> float:
    """How wide letters, digits and signs without ideographs are in a cell, at most."""
    broad = sum(map(text.count, _BROAD))
    capitals = sum(map(str.isupper, text)) - text.count("M") - text.count("W")
    return len(text) * _LATIN_IN_CELL + broad * (1 - _LATIN_IN_CELL) + capitals * (_CAPITAL - _LATIN_IN_CELL)


def _width_in_cell(text: str) -> float:
    return len(text) + sum(latin(run) - len(run) + 2 * APART for run in _RUN.findall(text))


def _broken(text: str, room: float, indent: float, wide_of: Callable[[str], float] = width) -> _Broken:
    """A paragraph in lines as LibreOffice breaks it, which makes more of them than Word: none begins with a mark."""
    made = _Broken(0, 0)
    for number, line in enumerate(text.split("\n")):
        count, used = made.lines + 1, 0.0 if number else indent
        for word in _WORD.findall(line):
            wide = 1 if len(word) == 1 else wide_of(word)
            if used + wide > room:
                count, used = count + ceil(wide / room), wide % room
            else:
                used += wide
        made = _Broken(count, used)
    return made


def is_held(block: Block, is_last: bool) -> bool:
    """Whether a page may not begin with the last line of a paragraph.

    It may not with few characters, as far as can be told; of an item, which may lie in others, it cannot.
    Nor may it with one line of the ``is_last`` above the signature.
    """
    broken = _broken(block.text, _room_of(block), _indent_of(block))
    is_told = block.style != "Listed" and _FEWEST < broken.last < CHARACTERS - _FEWEST
    return broken.lines > 1 and (is_last or not is_told)


def has_address(block: Block) -> bool:
    """Whether a word of a paragraph, such as an address, is so long that the line above it would be spread out."""
    return any(len(run) * LATIN > _LONG for run in _RUN.findall(block.text))


def lines_of_text(block: Block) -> int:
    """How many lines a paragraph of text takes, at most."""
    return lines_of(block.text, _room_of(block), _indent_of(block))


def _room_of(block: Block) -> float:
    """How many characters a line of a paragraph of text holds."""
    return CHARACTERS - block.inset / CHARACTER


def _indent_of(block: Block) -> int:
    """How many characters would fill the room before a paragraph of text."""
    return 2 * INDENT if block.style == "Listed" else INDENT
