"""The lists of narrative.md, as the parser reads them, and their numbers where items were put in, taken out or moved."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao import markdown
from nianbao.narrative.placeholders import TAG
from nianbao.textfile import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ITEM = re.compile(r"\s*([-+*]|\d{1,9}\.)\s")
"""How an item begins. Of the lines of narrative.md only the parser knows whether they are items."""
BLOCK = re.compile(r"\s*(?:[#|>{]|<!--|---)")
"""What begins no plain paragraph."""


class Listed(NamedTuple):
    """A numbered list of a report: which of its lists it is, and the number of its first item."""

    list: int
    first: int


class Held(NamedTuple):
    """An item as the parser reads it: the number of its list, the innermost; how deep it stands in lists."""

    list: int
    depth: int


class Line(NamedTuple):
    """A line of a changed text.

    Parameters
    ----------
    text : str
    was : int
        The number of the line that it was, -1 for a new one.
    listed : Listed, optional
        The list of which a file that came back has it as an item.
    is_put : bool
        Whether it is new or has been moved.
    """

    text: str
    was: int = -1
    listed: Listed | None = None
    is_put: bool = False


def read(lines: Sequence[str]) -> dict[int, Held]:
    """The lines of narrative.md that begin an item of a list → that item."""
    text = COMMENT.sub(lambda one: "\n" * one[0].count("\n"), "\n".join(lines))
    filled = TAG.sub(lambda one: "数" * one[0].startswith("{{") + "\n" * one[0].count("\n"), text)
    found, open_ = dict[int, Held](), list[int]()
    for number, token in enumerate(markdown.read(filled)):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            open_.append(number)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            open_.pop()
        elif token.type == "list_item_open" and token.map:
            found[token.map[0]] = Held(open_[-1], len(open_))
    return found


def numbered(items: Iterable[tuple[str, int]]) -> dict[int, Listed]:
    """The items of numbered lists → the list of each, as their numbers tell: an item goes on from the one before its number.

    A list goes on behind whatever stands between its items, another list too, as in Word. A list in a list ends with the
    item that it stands in.

    Parameters
    ----------
    items : iterable of (str, int)
        What a list puts before each paragraph of a report, '' for nothing; how deep it stands in lists.
    """
    found = dict[int, Listed]()
    last: list[tuple[int, int, Listed]] = []  # the lists that go on, the latest last: their depth, their last number
    for at, (mark, depth) in enumerate(items):
        if not re.fullmatch(r"\d{1,9}\.", mark):
            continue
        number = int(mark[:-1])
        before = next((one for one in reversed(last) if one[:2] == (depth, number - 1) and number > 1), None)
        found[at] = before[2] if before else Listed(at, number)
        last = [one for one in last if one[0] <= depth and one is not before] + [(depth, number, found[at])]
    return found


def counted(made: Sequence[Line], items: Mapping[int, Held]) -> list[str]:
    """The lines of a changed text, in which the items of each numbered list count on; numbers of paragraphs stay.

    An item is of the list that the file has it in; one that only the folder has, of the list of those beside it in the
    folder. What was put between two items of a list is set in, as a paragraph of the first, so that the list goes on.
    """
    lines = [one.text for one in made]
    for listed, some in _lists(made, items).items():
        for number, at in enumerate(some, listed.first):
            _count(lines, at, number)
        for at, below in pairwise(some):
            _set_in(lines, made, range(at, below))
    return lines


def _count(lines: list[str], at: int, number: int) -> None:
    """Give an item its number; where that is longer, what stands in the item is set in further."""
    written = re.sub(r"\d+", f"{number}", lines[at], count=1)
    more, own = len(written) - len(lines[at]), indent_of(lines[at])
    lines[at] = written
    for below in range(at + 1, len(lines) if more > 0 else 0):
        if lines[below].strip() and indent_of(lines[below]) <= own:
            break
        lines[below] = f"{' ' * more}{lines[below]}" if lines[below].strip() else lines[below]


def _lists(made: Sequence[Line], items: Mapping[int, Held]) -> dict[Listed, list[int]]:
    """Each list of a changed text → the lines at which its items begin."""
    found: dict[Listed, list[int]] = {}
    of_folder = [(at, items[one.was], one.listed) for at, one in enumerate(made) if one.was in items]
    for at, line in enumerate(made):
        item = ITEM.match(line.text)
        if not (item and item[1][-1] == "." and (line.listed or line.was in items)):
            continue
        beside = ((abs(other - at), other > at, one) for other, own, one in of_folder if one and own == items.get(line.was))
        listed = line.listed or min(beside, key=lambda one: (one[1], one[0]), default=(0, False, None))[2]
        found.setdefault(listed or Listed(-1 - items[line.was].list, 1), []).append(at)
    return found


def _set_in(lines: list[str], made: Sequence[Line], between: range) -> None:
    """Set in the paragraphs between two items, where all that is not set in there has been put there."""
    inner = indent_of(lines[between.start])
    outer = [at for at in between[1:] if lines[at].strip() and indent_of(lines[at]) <= inner]
    if all(made[at].is_put and not BLOCK.match(lines[at]) and not ITEM.match(lines[at]) for at in outer):
        sign = lines[between.start].split(maxsplit=1)[0]
        width = indent_of(lines[between.start]) + len(sign) + 1
        for at in outer:
            lines[at] = f"{' ' * width}{lines[at].lstrip()}"


def continued(mark: str, listed: Listed | None) -> str:
    """The number of an item that goes on a list from the one before it; '' for none."""
    return mark if listed and mark != f"{listed.first}." else ""


def as_text(block: str) -> str:
    """A paragraph that begins as an item does, as Markdown that makes none of it."""
    return re.sub(r"^(\d*)(?=[-+*.])", r"\1\\", block) if ITEM.match(block) else block


def indent_of(line: str) -> int:
    """How many characters of white space a line begins with."""
    return len(line) - len(line.lstrip())
