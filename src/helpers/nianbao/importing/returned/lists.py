"""The lists of narrative.md, as the parser reads them, and their numbers where items were put in, taken out or moved."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao import markdown
from nianbao.narrative.placeholders import TAG
from nianbao.textfile import COMMENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ITEM = re.compile(r"\s*([-+*]|\d{1,9}\.)\s")
"""How an item begins. Of the lines of narrative.md only the parser knows whether they are items."""


class Line(NamedTuple):
    """A line of a changed text: the number of the line that it was, -1 for a new one; whether it has been moved."""

    text: str
    was: int = -1
    is_moved: bool = False


def read(lines: Sequence[str]) -> dict[int, int]:
    """The lines of narrative.md that begin an item of a list → the number of the list; of lists in lists, the innermost."""
    text = COMMENT.sub(lambda one: "\n" * one[0].count("\n"), "\n".join(lines))
    filled = TAG.sub(lambda one: "数" * one[0].startswith("{{") + "\n" * one[0].count("\n"), text)
    found, open_ = dict[int, int](), dict[int, int]()
    for number, token in enumerate(markdown.parsed(filled, {})):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            open_[token.level] = number
        elif token.type == "list_item_open" and token.map:
            found[token.map[0]] = open_[token.level - 1]
    return found


def counted(made: Sequence[Line], items: Mapping[int, int]) -> list[str]:
    """The lines of a changed text, in which the items of each numbered list count on; numbers of paragraphs stay.

    A list that was torn counts on behind what tears it. What was moved away from its list has the number that it is given.
    """
    lines = [one.text for one in made]
    so_far = Counter[int]()
    for run in _numbered(lines):
        for part in _parts(run, made, items):
            own = next((items[made[at].was] for at in part if made[at].was in items and not made[at].is_moved), None)
            if own is None:
                continue
            for at in part:
                so_far[own] += 1
                lines[at] = re.sub(r"\d+", f"{so_far[own]}", lines[at], count=1)
    return lines


def _parts(run: Sequence[int], made: Sequence[Line], items: Mapping[int, int]) -> list[list[int]]:
    """The lists in a run of numbered lines: a line that stayed begins one where the lines before it are of another.

    So does a new one whose number is 1. What was moved is of the list that it is in now, but for the only item of a list.
    A paragraph that begins with a number is by itself.
    """
    size = Counter(items.values())
    parts: list[list[int]] = [[]]
    last: int | None = None  # the list of the lines of the last part that stayed
    for at in run:
        text, was, is_moved = made[at]
        own = items.get(was)
        is_apart = (was >= 0 and own is None) or (is_moved and own is not None and size[own] == 1)
        is_other = not is_moved and own is not None and last not in {None, own}
        if is_apart or is_other or (was < 0 and ITEM.match(text)[1] == "1."):  # type: ignore[index]
            parts.append([])
            last = None
        parts[-1].append(at)
        last = last if is_moved or own is None else own
        parts += [[]] if is_apart else []
    return parts


def _numbered(lines: Sequence[str]) -> list[list[int]]:
    """The lines with numbers, each run as far as nothing else stands between them but further text of an item, set in."""
    found: list[list[int]] = []
    open_: list[tuple[int, list[int]]] = []  # the runs that go on, the inner ones last, each with its indent
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        item, indent = ITEM.match(line), indent_of(line)
        is_counted = bool(item and item[1][-1] == ".")
        while open_ and (indent < open_[-1][0] or (indent == open_[-1][0] and not is_counted)):
            open_.pop()
        if is_counted and (not open_ or indent > open_[-1][0]):
            open_.append((indent, []))
            found.append(open_[-1][1])
        if is_counted:
            open_[-1][1].append(at)
    return found


def indent_of(line: str) -> int:
    """How many characters of white space a line begins with."""
    return len(line) - len(line.lstrip())
