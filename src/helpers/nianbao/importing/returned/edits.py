"""Changes of narrative.md by its lines; all other lines stay as they are, to the byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing.returned import lists
from nianbao.importing.returned.lists import ITEM, Held, Line, Listed, indent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

STOPS = "。！？；："  # behind which a line ends a paragraph


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
    moved : dict
        Blocks that were moved, by the line that they follow and their place behind it → the line at which they began.
    listed : dict
        The numbered list of which the file that came back has an item, by the item's line, and of a new one by the line that
        it follows and its place behind it.
    depths : dict
        How deep the blocks stand in lists that are items, by the line that they follow and their place behind it.
    items : dict
        The number of a line that begins an item of a list, as the parser reads it → that item.
    """

    lines: list[str]
    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)
    rows: dict[int, list[str]] = field(default_factory=dict)

    tight: set[tuple[int, int]] = field(default_factory=set)
    moved: dict[tuple[int, int], int] = field(default_factory=dict)
    listed: dict[int | tuple[int, int], Listed] = field(default_factory=dict)
    depths: dict[tuple[int, int], int] = field(default_factory=dict)
    items: dict[int, Held] = field(init=False)

    def __post_init__(self) -> None:
        self.items = lists.read(self.lines)

    def add(self, after: int, block: str, listed: Listed | None = None, depth: int = 0) -> None:
        """Put a block behind a line, and behind those that were put there; an item before a list becomes its first."""
        after = self._at_list(block, after)
        self.added.setdefault(after, []).append(block)
        place = after, len(self.added[after]) - 1
        self.listed |= {place: listed} if listed else {}
        self.depths |= {place: depth} if depth else {}

    def replace(self, lines: Sequence[int], source: str, printed: str) -> None:
        """Put a text in the place of lines, with a blank line behind it where it ends no more as a sentence does.

        ``printed`` is what the last of them prints: the next line would go on from it.
        """
        below = self.lines[lines[-1] + 1 : lines[-1] + 2]
        is_open = printed.rstrip()[-1:] in STOPS and source.rstrip()[-1:] not in STOPS
        self.replaced[lines[0]] = f"{source}\n" if is_open and below and below[0].strip() else source
        self.dropped |= {*lines[1:]}

    def move(self, lines: Sequence[int], after: int, source: str = "", depth: int = 0) -> None:
        """Put lines, or what takes their place, behind another line; no blank lines around them where none stood there."""
        block = source or "\n".join(self.lines[one] for one in lines)
        beside = [*self.lines[max(lines[0] - 1, 0) : lines[0]], *self.lines[lines[-1] + 1 : lines[-1] + 2]]
        is_tight = any(map(str.strip, beside))
        after = self._at_list(block, after, lines[0])
        self.add(after, block, depth=depth)
        place = after, len(self.added[after]) - 1
        self.moved[place] = lines[0]
        if is_tight:
            self.tight.add(place)
        self.dropped |= {*lines}

    def _at_list(self, block: str, after: int, origin: int = -1) -> int:
        """The line behind which a block comes: the first of a list stands at it, and not at what is above.

        So does a line, ``origin``, that becomes the first of the lines among which it stood.
        """
        below = next((at for at in range(after + 1, len(self.lines)) if self.lines[at].strip()), after + 1)
        is_first = below < len(self.lines) and ITEM.match(block) and self._is_item(below) and not self._is_item(after)
        is_line = after + 1 < below < origin and all(map(str.strip, self.lines[below:origin]))
        return below - 1 if is_first or is_line else after

    def text(self) -> str:
        """The text with its changes; blocks stand apart by a blank line, the items of one list do not."""
        made: list[Line] = []
        loose = self._loose()
        for number in range(-1, len(self.lines)):
            block = self.replaced.get(number, self.lines[number]) if number >= 0 else ""
            is_doubled = number < 0 or (self._is_gap(number) and not (made and made[-1].text))
            if number not in self.dropped and not is_doubled:
                made += _lines_of(block, number, self.listed.get(number))
            made += map(Line, self.rows.get(number, ()))
            if number in self.added:
                self._put(number, made, loose)
        return "\n".join(lists.counted(made, self.items))

    def _put(self, number: int, made: list[Line], loose: set[int]) -> None:
        """Put the blocks behind a line below what is made, as close as the items of the list that they come into."""
        blocks, behind = self.added[number], range(number + 1, len(self.lines))
        below = next((at for at in behind if self.lines[at].strip()), -1)
        following = next((self.lines[at] for at in behind if at not in self.dropped), "")
        above = self._item_above(number, indent_of(blocks[0]))
        is_loose = (below if above is None else above) in loose
        is_item = above is not None
        for place, block in enumerate([*blocks, *filter(None, [following])]):
            was_item, is_item = is_item, bool(ITEM.match(block))
            if made and made[-1].text:
                stood_tight = {(number, place - 1), (number, place)} & self.tight
                is_tight = bool(stood_tight) and made[-1].text.rstrip()[-1:] in STOPS
                made += [] if is_tight or (was_item and is_item and not is_loose) else [Line("")]
            if place < len(blocks):
                was = self.moved.get((number, place), -1)
                made += _lines_of(block, was, self.listed.get(was if was >= 0 else (number, place)), is_put=True)

    def _item_above(self, number: int, indent: int) -> int | None:
        """The line of the item behind which a block with such an indent comes; ``None`` where it comes behind none."""
        for at in range(number, -1, -1):
            line = self.lines[at]
            if at not in self.dropped and line.strip() and indent_of(line) <= indent:
                return at if self._is_item(at) else None
        return None

    def _is_item(self, line: int) -> bool:
        return line in self.items

    def _loose(self) -> set[int]:
        """The lines of the items of all lists whose items stand apart by blank lines."""
        of_each = [[line for line, one in self.items.items() if one == held] for held in {*self.items.values()}]
        return {at for some in of_each if any(not self.lines[line - 1].strip() for line in some[1:]) for at in some}

    def _is_gap(self, number: int) -> bool:
        """Whether a line is a blank one right behind lines that went, or behind them and other blank ones."""
        above = number - 1
        while above >= 0 and not self.lines[above] and above not in self.dropped:
            above -= 1
        return not self.lines[number] and above in self.dropped and above not in self.added


def _lines_of(block: str, was: int, listed: Listed | None, is_put: bool = False) -> list[Line]:
    """The lines of a block that begins as one of the text does, or as none; of a list's item its first is the item."""
    first, *others = block.split("\n")
    return [Line(first, was, listed, is_put), *(Line(line, is_put=is_put) for line in others)]


def unlisted(source: str) -> str:
    """An item of a list as a paragraph, which ends in a blank line where it does not end as a sentence does."""
    made = ITEM.sub("", source, count=1)
    return made if made.rstrip()[-1:] in STOPS else f"{made}\n"
