"""Changes of narrative.md by its lines; all other lines stay as they are, to the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STOPS = "。！？；："  # behind which a line ends a paragraph

_ITEM = re.compile(r"\s*([-+*]|\d{1,9}\.)\s")


@dataclass(slots=True)
class Edits:
    """The lines of a text, and what becomes of them.

    Parameters
    ----------
    lines : list of str
    replaced : dict
        The number of a line → what takes its place.
    dropped : set of int
        The lines that go.
    added : dict
        The number of a line, -1 for the beginning → the blocks that follow it.
    rows : dict
        The number of a line of a table → the rows that follow it.
    tight : set of (int, int)
        The blocks that stood among other lines, by the line that they follow and their place behind it.
    """

    lines: list[str]
    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)
    rows: dict[int, list[str]] = field(default_factory=dict)

    tight: set[tuple[int, int]] = field(default_factory=set)

    def add(self, after: int, block: str) -> None:
        """Put a block behind a line, and behind those that were put there; an item before a list becomes its first."""
        self.added.setdefault(self._at_list(block, after), []).append(block)

    def replace(self, lines: Sequence[int], source: str, printed: str) -> None:
        """Put a text in the place of lines, with a blank line behind it where it ends no more as a sentence does.

        ``printed`` is what the last of them prints: the next line would go on from it.
        """
        below = self.lines[lines[-1] + 1 : lines[-1] + 2]
        is_open = printed.rstrip()[-1:] in STOPS and source.rstrip()[-1:] not in STOPS
        self.replaced[lines[0]] = f"{source}\n" if is_open and below and below[0].strip() else source
        self.dropped |= {*lines[1:]}

    def move(self, lines: Sequence[int], after: int) -> None:
        """Put lines behind another line; no blank lines come around them where none stood there."""
        block = "\n".join(self.lines[one] for one in lines)
        beside = [*self.lines[max(lines[0] - 1, 0) : lines[0]], *self.lines[lines[-1] + 1 : lines[-1] + 2]]
        is_tight = any(map(str.strip, beside))
        after = self._at_list(block, after, lines[0])
        self.add(after, block)
        if is_tight:
            self.tight.add((after, len(self.added[after]) - 1))
        self.dropped |= {*lines}

    def _at_list(self, block: str, after: int, origin: int = -1) -> int:
        """The line behind which a block comes: the first of a list stands at it, and not at what is above.

        So does a line, ``origin``, that becomes the first of the lines among which it stood.
        """
        below = next((at for at in range(after + 1, len(self.lines)) if self.lines[at].strip()), after + 1)
        is_first = below < len(self.lines) and _ITEM.match(block) and self._is_item(below) and not self._is_item(after)
        is_line = after + 1 < below < origin and all(map(str.strip, self.lines[below:origin]))
        return below - 1 if is_first or is_line else after

    def sign_beside(self, line: int) -> str:
        """The sign or number of the item of a list behind which, or before which, a new block would stand; '' for none."""
        below = next((one for one in self.lines[line + 1 :] if one), "")
        last = [*([self.lines[line]] if line >= 0 else []), *self.added.get(line, ())][-1:]
        found = next(filter(None, map(_ITEM.match, [*last, below])), None)
        return found[1] if found else ""

    def text(self) -> str:
        """The text with its changes; blocks stand apart by a blank line, the items of one list do not."""
        made: list[str] = []
        loose = self._loose()
        for number in range(-1, len(self.lines)):
            line = self.replaced.get(number, self.lines[number]) if number >= 0 else ""
            if number >= 0 and number not in self.dropped and not (self._is_gap(number) and (not made or not made[-1])):
                made.append(line)
            made += self.rows.get(number, ())
            if number in self.added:
                self._put(number, made, loose)
        return "\n".join(_counted([line for block in made for line in block.split("\n")], self.lines))

    def _put(self, number: int, made: list[str], loose: set[int]) -> None:
        """Put the blocks behind a line below what is made, as close as the items of the list that they come into."""
        blocks, behind = self.added[number], range(number + 1, len(self.lines))
        below = next((at for at in behind if self.lines[at].strip()), -1)
        following = next((self.lines[at] for at in behind if at not in self.dropped), "")
        above = self._item_above(number, _indent(blocks[0]))
        is_loose = (below if above is None else above) in loose
        is_item = above is not None
        for place, block in enumerate([*blocks, *filter(None, [following])]):
            was_item, is_item = is_item, bool(_ITEM.match(block))
            if made and made[-1]:
                stood_tight = {(number, place - 1), (number, place)} & self.tight
                is_tight = bool(stood_tight) and made[-1].rstrip()[-1:] in STOPS
                made += [] if is_tight or (was_item and is_item and not is_loose) else [""]
            made += block.split("\n") if place < len(blocks) else []

    def _item_above(self, number: int, indent: int) -> int | None:
        """The line of the item behind which a block with such an indent comes; ``None`` where it comes behind none."""
        for at in range(number, -1, -1):
            line = self.lines[at]
            if at not in self.dropped and line.strip() and _indent(line) <= indent:
                return at if self._is_item(at) else None
        return None

    def _is_item(self, line: int) -> bool:
        return line >= 0 and bool(_ITEM.match(self.lines[line]))

    def _loose(self) -> set[int]:
        """The lines of the items of all lists whose items stand apart by blank lines."""
        found: set[int] = set()
        lists: list[tuple[tuple[int, str], list[int]]] = []  # those that go on, the inner ones last, each with its look
        for at, line in enumerate(self.lines):
            item, is_apart = _ITEM.match(line), not at or not self.lines[at - 1].strip()
            if not line.strip() or not (item or is_apart):
                continue
            look = (_indent(line), item[1][-1] if item else "")
            while lists and (look[0] < lists[-1][0][0] or (look[0] == lists[-1][0][0] and look != lists[-1][0])):
                lists.pop()
            if item and lists and look == lists[-1][0]:
                lists[-1][1].append(at)
                found |= {*lists[-1][1]} if is_apart else {at} if lists[-1][1][0] in found else set()
            elif item:
                lists.append((look, [at]))
        return found

    def _is_gap(self, number: int) -> bool:
        """Whether a line is a blank one right behind lines that went, or behind them and other blank ones."""
        above = number - 1
        while above >= 0 and not self.lines[above] and above not in self.dropped:
            above -= 1
        return not self.lines[number] and above in self.dropped and above not in self.added


def unlisted(source: str) -> str:
    """An item of a list as a paragraph, which ends in a blank line where it does not end as a sentence does."""
    made = _ITEM.sub("", source, count=1)
    return made if made.rstrip()[-1:] in STOPS else f"{made}\n"


def _counted(made: list[str], before: Sequence[str]) -> list[str]:
    """Lines in which the items of each numbered list count on from its least number; a list that was so before stays."""
    known = {tuple(before[at] for at in run) for run in _numbered(before)}
    for run in _numbered(made):
        numbers = [int(_ITEM.match(made[at])[1][:-1]) for at in run]  # type: ignore[index]
        if len({*numbers}) == 1 or tuple(made[at] for at in run) in known:
            continue
        for at, number in zip(run, count(min(numbers)), strict=False):
            made[at] = re.sub(r"\d+", f"{number}", made[at], count=1)
    return made


def _numbered(lines: Sequence[str]) -> list[list[int]]:
    """The lines of the items of each numbered list; further text of an item stands deeper than its number."""
    found: list[list[int]] = []
    lists: list[tuple[int, list[int]]] = []  # those that go on, the inner ones last, each with its indent
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        item, indent = _ITEM.match(line), _indent(line)
        is_counted = bool(item and item[1][-1] == ".")
        while lists and (indent < lists[-1][0] or (indent == lists[-1][0] and not is_counted)):
            lists.pop()
        if is_counted and (not lists or indent > lists[-1][0]):
            lists.append((indent, []))
            found.append(lists[-1][1])
        if is_counted:
            lists[-1][1].append(at)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
