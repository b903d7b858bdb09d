"""What a number of a sentence counts: the words beside it, and whether these are others where the number stands now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.whose import is_within

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?")
_STOP = re.compile("[0-9０-９%％，。；：、！？,;:!?（）()]")
_NEAREST = 6  # characters before a number that tell what it counts


def numbers(text: str, values: Iterable[tuple[int, int]]) -> set[int]:
    """Where the numbers of a text begin, each of the values, from its beginning to its end, as one."""
    spans = [*values]
    others = (one.start() for one in _NUMBER.finditer(text))
    return {begin for begin, _ in spans} | {at for at in others if not any(begin <= at < end for begin, end in spans)}


def before(text: str, at: int) -> str:
    """The words of a clause before a place, from the number before it on."""
    begin = at
    while begin and not _STOP.match(text, begin - 1):
        begin -= 1
    return text[begin:at]


def is_kept(old: str, begin: int, new: str, place: int, length: int) -> bool:
    """Whether the words beside a number are those beside it in another text, with some put in or left out."""
    label, other = before(old, begin), before(new, place)
    own = label + _STOP.split(old[begin + length :], maxsplit=1)[0]
    theirs = other + _STOP.split(new[place + length :], maxsplit=1)[0]
    return is_within(label[-_NEAREST:], theirs) or (bool(other) and is_within(other[-_NEAREST:], own))
