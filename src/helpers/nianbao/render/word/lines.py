"""How many lines of a page of Word a paragraph takes, and which are set closer, so that none ends with one character."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from nianbao.render.pagination import CHARACTERS, INDENT, LATIN
from nianbao.render.word.blocks import UNTYPED
from nianbao.render.word.styles import AREA, CLOSER, SIZE, closer

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.render.word.blocks import Block

_CLOSED = {one: closer(one) for one in ("Normal", "Listed")}
TEXT = {*_CLOSED, *_CLOSED.values(), "Quoted"}
"""The styles of running text."""
_FEWEST = 5  # characters of a line with which no page begins, and of what may be reckoned wrong
_LONE = 4  # at most, of a lone character with its marks
_CLOSER = AREA / (SIZE * 10 - CLOSER)  # characters of a line of text that is set closer
APART = 0.25  # characters between digits or letters and ideographs
LATIN_IN_CELL = 0.64  # of a character, the width of a letter or digit of a table
_RUN = re.compile("[!-~]+")
_WORD = re.compile("[（《“‘〔]*(?:[!-~]+|.)[，。、；：？！）》”’〕]*")


class _Broken(NamedTuple):
    """The lines of a paragraph, the characters of the last one, and the words in it: a character with its marks is one."""

    lines: int
    last: float
    words: int


def width(text: str) -> float:
    """The width of a text in characters.

    LibreOffice gives whole ones of the grid to digits and letters with the space beside them, Word does not.
    """
    return len(text) + sum(ceil(len(run) * LATIN + 2 * APART) - len(run) for run in _RUN.findall(text))


def _width_in_word(text: str) -> float:
    """The same in Word."""
    return len(text) - sum(len(run) * (1 - LATIN) for run in _RUN.findall(text))


def lines_of(text: str, room: float = CHARACTERS, indent: float = INDENT) -> int:
    """How many lines a paragraph takes, at most."""
    return _broken(text, room, indent).lines


def lines_in_cell(text: str, room: float) -> int:
    """How many lines a text takes in a cell that is so many characters wide."""
    return _broken(text, room, 0, _width_in_cell).lines


def _width_in_cell(text: str) -> float:
    return len(text) + sum(len(run) * (LATIN_IN_CELL - 1) + 2 * APART for run in _RUN.findall(text))


def _broken(text: str, room: float, indent: float, wide_of: Callable[[str], float] = width) -> _Broken:
    """A paragraph in lines as LibreOffice breaks it, which makes more of them than Word: none begins with a mark."""
    made = _Broken(0, 0, 0)
    for number, line in enumerate(text.split("\n")):
        count, used, words = made.lines + 1, 0.0 if number else indent, 0
        for word in _WORD.findall(line):
            wide = 1 if len(word) == 1 else wide_of(word)
            if used + wide > room:
                count, used, words = count + ceil(wide / room), wide % room, 0
            else:
                used += wide
            words += 1
        made = _Broken(count, used, words)
    return made


def is_held(block: Block) -> bool:
    """Whether a page may not begin with the last line of a paragraph: with few characters, as far as can be told."""
    broken = _broken(block.text, room_of(block), indent_of(block))
    return broken.lines > 1 and not _FEWEST < broken.last < CHARACTERS - _FEWEST


def lines_of_text(block: Block) -> int:
    """How many lines a paragraph of text takes, at most."""
    return lines_of(block.text, room_of(block), indent_of(block))


def room_of(block: Block) -> float:
    """How many characters a line of a paragraph of text holds."""
    return _CLOSER if block.style in _CLOSED.values() else CHARACTERS


def indent_of(block: Block) -> float:
    """How many of its characters would fill the room before a paragraph of text."""
    return (2 * INDENT if block.style.startswith("Listed") else INDENT) * room_of(block) / CHARACTERS


def closed(block: Block) -> Block:
    """A paragraph whose last line would hold one character alone, in the style of which each line holds one more."""
    style = _CLOSED.get(block.style)
    if not style or UNTYPED.search(block.xml):
        return block
    made = replace(block, style=style, xml=block.xml.replace(f'w:val="{block.style}"', f'w:val="{style}"', 1))
    return made if _lone(made) < _lone(block) else block


def _lone(block: Block) -> int:
    """In how many of LibreOffice and Word a paragraph ends with a line of one character with its marks, or may do so.

    It may where the last line is full: nobody knows to a character how wide letters and digits are. What is set closer
    stands on no grid, and LibreOffice breaks it as Word does.
    """
    room, is_mixed = room_of(block), _RUN.search(block.text) is not None
    first = _width_in_word if room > CHARACTERS else width
    broken = [_broken(block.text, room, indent_of(block), wide_of) for wide_of in (first, _width_in_word)]
    return sum(
        (one.lines > 1 and one.words == 1 and one.last <= _LONE) or (is_mixed and one.last > room - 1) for one in broken
    )
